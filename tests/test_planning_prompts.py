"""The words of draft actions: there for every code, sort of gap and horizon, and fit for a board to sign."""

from __future__ import annotations

import re

import pytest

import thememiner as tm
from thememiner import resources, wording
from thememiner.planning.prompts import check_codes, factor_names, prompts
from thememiner.records import GAPS, HORIZONS, STRENGTHS

BOOK = prompts("assertive-care")
CODES = [code.id for code in tm.codebook("assertive-care").codes]
SENTENCE = re.compile(r"[A-Z][^.!?]*\.")
NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred "
    "dozen half quarter third twice once weekly monthly fortnightly fortnight".split()
)
AMERICAN = re.compile(
    r"\b(?:\w+iz(?:e|es|ed|ing|ation|ations)|\w*(?:behavior|color|favor|labor|honor|center|program\b|judgment|"
    r"enroll\b|fulfill|skillful|counselor|canceled|traveled|modeling|toward\b|gotten)\w*)",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"\b(?:fail\w*|fault of|blame\w*|non-?complian\w+|refus\w+|disengag\w+|hard to (?:engage|reach)|chaotic|"
    r"difficult to (?:engage|reach)|manipulat\w+|should have|negligen\w+|careless\w*|mistake\w*|error\w*)",
    re.IGNORECASE,
)
# Words that would judge a person, and here only say what a service meets with.
SUBJECTS = frozenset(["abuse", "neglect", "self-neglect", "exploitation"])
# Not American, though they end so: Oxford spelling is not this house's, and these have no other.
FINE = frozenset(["size", "prize", "seize"])


def words_of() -> list[tuple[str, str]]:
    """(where, text) of everything that the shipped files say."""
    every = []
    for name in ("assertive-care", ""):
        book = prompts(name)
        for code, found in {**book.codes, "general": book.any_code}.items():
            every.append((f"{code} keep", found.keep))
            for gap, of in found.gaps.items():
                every += [(f"{code} {gap} measure", of.measure)]
                every += [(f"{code} {gap} {h} action", of.at(h).action) for h in HORIZONS]
        for key, demand in {**book.demands, "demand": book.any_demand}.items():
            every += [
                (f"{key} action", demand.action),
                (f"{key} find action", demand.find),
                (f"{key} measure", demand.measure),
            ]
    return every


WORDS = words_of()


def test_every_code_has_prompts_of_every_sort_and_both_horizons():
    assert list(BOOK.codes) == CODES
    for code in CODES:
        of = BOOK.codes[code]
        assert set(of.gaps) == set(GAPS)
        assert of.factors, code
        assert {of.gaps[gap].at(h).strength for gap in GAPS for h in HORIZONS} <= set(STRENGTHS)


def test_no_two_prompts_are_the_same():
    actions = [text for where, text in words_of()[: len(WORDS)] if " action" in where and "find" not in where]
    own = [text for text in actions if "{" not in text]
    assert len(own) == len(set(own)) > 144


@pytest.mark.parametrize(("where", "text"), WORDS, ids=[where for where, _ in WORDS])
def test_a_board_could_sign_it(where, text):
    assert not re.search(r"\d", text), "no number is invented"
    assert not NUMBERS & set(wording.tokens(text)), "no number is invented"
    assert not AMERICAN.findall(text) or set(map(str.lower, AMERICAN.findall(text))) <= FINE
    assert not BLAME.search(text)
    assert not wording.is_judging(set(wording.tokens(text)) - SUBJECTS)
    assert text == " ".join(text.split())
    if " action" in where and "{demand}" not in text:
        assert SENTENCE.fullmatch(text), "one sentence, with its stop"
        assert 8 <= len(text.split()) <= 45
    if where.endswith("measure"):
        assert not text.endswith(".")


def test_every_demand_of_the_shipped_template_has_words_of_its_own():
    wanted = {r.id for r in tm.template("assertive-care-review").requirements}
    assert set(BOOK.demands) == wanted
    assert BOOK.demand("dna-in-practice", "x").find.startswith("Ask the organisations concerned")


def test_hierarchy_is_used_and_the_short_term_is_not_all_weak():
    strengths = [BOOK.codes[c].gaps[g].at(h).strength for c in CODES for g in GAPS for h in HORIZONS]
    assert all(strengths.count(s) > 15 for s in STRENGTHS)
    assert "stronger" in {BOOK.codes[c].gaps["provision"].short.strength for c in CODES}


def test_codes_that_the_codebook_has_not_are_told():
    check_codes(BOOK, CODES)
    with pytest.raises(tm.TomlError, match=r"'handover', which is no code .* Did you mean 'hand-over'"):
        check_codes(BOOK, ["hand-over", *CODES[1:]])


def test_a_code_without_prompts_has_general_ones_that_name_it():
    found = prompts("").of("tests", "Waiting for tests")
    texts = [found.keep, *(found.gaps[g].at(h).action for g in GAPS for h in HORIZONS)]
    assert all("“Waiting for tests”" in text for text in texts)
    assert not any("{" in text for text in texts)
    demand = prompts("").demand("mine", "People are asked.")
    assert "“People are asked”" in demand.action
    assert "“People are asked”" in demand.find


def test_factors_are_those_of_the_work_system():
    assert {f for of in BOOK.codes.values() for f in of.factors} <= set(factor_names())
    assert factor_names()["tools-technology"] == "Tools and technology"


SHIPPED = (resources.folder("actions") / "assertive-care.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"organisation", "processes"', '"organization", "processes"', "Did you mean 'organisation'"),
        ('strength = "stronger"', 'strength = "strongest"', "Did you mean 'stronger'"),
        ("[code.provision]", "[code.provisions]", "Did you mean 'provision'"),
        ("longer = {", "long = {", "Did you mean 'longer'"),
        ("keep = ", "keeps = ", "Did you mean 'keep'"),
        ('id = "step-up-capacity"', 'id = "handover"', "stands twice"),
        ('horizon = "short"', 'horizon = "shorter"', "Did you mean 'short'"),
        ("[[requirement]]", "[[requirements]]", "Did you mean 'requirement'"),
    ],
)
def test_a_slip_says_where_and_the_nearest(tmp_path, old, new, said):
    file = tmp_path / "mine.toml"
    text = SHIPPED.replace(old, new, -1 if old.startswith("[[") else 1)
    file.write_text(text, "utf-8")
    with pytest.raises(tm.TomlError, match=re.escape(said)) as caught:
        prompts(str(file))
    assert "mine.toml" in str(caught.value)


def test_an_own_file_names_its_codebook_beside_it_and_may_have_its_own_general_words(tmp_path):
    file = tmp_path / "mine.toml"
    general = (
        (resources.folder("actions") / "general.toml").read_text("utf-8").replace("set intervals", "times")
    )
    file.write_text('codebook = "book.xlsx"\n' + general, "utf-8")
    found = prompts(str(file))
    assert found.codebook == str(tmp_path / "book.xlsx")
    assert "at times" in found.any_code.keep
    with pytest.raises(tm.UnknownNameError, match="Did you mean 'assertive-care'"):
        prompts("asertive-care")
