"""Codebooks and templates: what is read is what is written, and a slip is told where it stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thememiner import resources
from thememiner.codebooks import codebook, mismatch, missing_codes, template
from thememiner.codebooks.templates import written
from thememiner.errors import TomlError, UnknownNameError
from thememiner.records import KINDS, Code, Codebook, Example, NearMiss, Requirement, Section, Template
from thememiner.wording import judging_words, tokens

BOOK = """
id = "transport"
name = "Getting there"
version = "2"
description = "Journeys."

[[code]]
id = "lifts"
name = "Lifts"
definition = "Being driven."
include = ["taxis", "volunteers"]
exclude = "Buses."
wanted = false
columns = ["Lift", "Taxi"]
examples = [{kind = "feedback", text = "my neighbour drove me"}, {text = "Taxi late."}]
near_misses = [{text = "The bus was late.", code = "buses"}, {text = "The lift is broken."}]

[[code]]
id = "buses"
name = "Buses"

[[background]]
kind = "policy"
text = "This document has twelve pages."
"""
LAYOUT = """
id = "visit"
name = "A visit"
official = true

[[section]]
id = "way"
title = "The way there"
prompts = ["How do people come?"]
kinds = ["feedback", "account"]
codes = ["lifts"]
needs = ["How many, and from how far."]

[[section]]
id = "rest"
title = "All else"

[[requirement]]
id = "r1"
text = "Say how people come."
codes = "buses"
"""

# Texts that a TOML file has to quote.
WORDS = st.text(st.sampled_from("a é\n\t\"'\\#[]=\x7f\x00"), max_size=8)


@pytest.fixture
def file(tmp_path):
    def write(text: str) -> str:
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_codebook_is_read_whole(file):
    assert codebook(file(BOOK)) == Codebook(
        id="transport",
        name="Getting there",
        version="2",
        description="Journeys.",
        codes=(
            Code(
                id="lifts",
                name="Lifts",
                definition="Being driven.",
                include="taxis; volunteers",
                exclude="Buses.",
                wanted=False,
                examples=(Example("feedback", "my neighbour drove me"), Example("incident", "Taxi late.")),
                near_misses=(NearMiss("The bus was late.", "buses"), NearMiss("The lift is broken.")),
                columns=("Lift", "Taxi"),
            ),
            Code(id="buses", name="Buses"),
        ),
        background=(Example("policy", "This document has twelve pages."),),
    )


def test_a_template_is_read_whole(file):
    assert template(file(LAYOUT)) == Template(
        id="visit",
        name="A visit",
        version="1",
        official=True,
        sections=(
            Section(
                "way",
                "The way there",
                ("How do people come?",),
                ("feedback", "account"),
                ("lifts",),
                ("How many, and from how far.",),
            ),
            Section("rest", "All else", (), KINDS, ()),
        ),
        requirements=(Requirement("r1", "Say how people come.", ("buses",)),),
    )


@pytest.mark.parametrize("name", resources.names("templates"))
def test_a_shipped_template_comes_back_as_it_was_written(tmp_path, name):
    layout = template(name)
    path = tmp_path / "own.toml"
    path.write_bytes(written(layout))
    assert template(str(path)) == layout
    assert written(template(str(path))) == path.read_bytes()


@given(st.lists(WORDS, min_size=4, max_size=4), st.lists(WORDS, max_size=3), st.booleans())
def test_any_template_comes_back_as_it_was_written(tmp_path_factory, words, many, official):
    name, title, text, note = words
    layout = Template(
        "t",
        name,
        "1",
        (Section("s", title, tuple(many), ("policy",), tuple(many), tuple(many)), Section("r", "Rest")),
        (Requirement("q", text, tuple(many)),),
        official,
        note,
        question=text,
    )
    path = tmp_path_factory.mktemp("t") / "own.toml"
    path.write_bytes(written(layout))
    assert template(str(path)) == layout


def test_a_template_is_not_official_unless_it_says_so(file):
    assert template(file(LAYOUT.replace("official = true", ""))).official is False


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "buses"', 'id = "lifts"', "own.toml: the id 'lifts' stands twice"),
        (
            'code = "buses"',
            'code = "busses"',
            "code 'lifts' names 'busses', which is not a code; nearest: buses",
        ),
        (
            'kind = "feedback"',
            'kind = "feedbak"',
            "own.toml, code 1, examples 1: kind = 'feedbak' is not one of",
        ),
        ('definition = "', 'definitoin = "', "code 1: 'definitoin' is not known. Did you mean 'definition'"),
        ('version = "2"', "version = 2", "own.toml: 'version' must be text in quotes, found a number"),
        ("wanted = false", 'wanted = "no"', "code 1: 'wanted' must be true or false, found text"),
        (
            'columns = ["Lift", "Taxi"]',
            "columns = 2",
            "code 1: 'columns' must be a list of texts, found a number",
        ),
        ('name = "Buses"', "", "own.toml, code 2: 'name' is missing"),
        ('kind = "policy"', 'knid = "policy"', "own.toml, background 1: 'knid' is not known"),
        ('description = "', 'descripton = "', "own.toml: 'descripton' is not known"),
        ('id = "transport"', "", "own.toml: 'id' is missing"),
        ("[[background]]", "[background]", r"'background' must be a list of tables, \[\[background\]\]"),
    ],
)
def test_a_slip_in_a_codebook_is_told_where_it_stands(file, old, new, said):
    assert old in BOOK
    with pytest.raises(TomlError, match=said):
        codebook(file(BOOK.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "rest"', 'id = "way"', "own.toml: the id 'way' stands twice"),
        ('kinds = ["feedback", "account"]', 'kinds = ["comment"]', "section 1: kind 'comment' is not one of"),
        ('title = "All else"', "", "own.toml, section 2: 'title' is missing"),
        ("prompts =", "promts =", "section 1: 'promts' is not known. Did you mean 'prompts'"),
        ('text = "Say', 'words = "Say', "own.toml, requirement 1: 'words' is not known"),
        ("official = true", "official = 1", "'official' must be true or false, found a number"),
    ],
)
def test_a_slip_in_a_template_is_told_where_it_stands(file, old, new, said):
    assert old in LAYOUT
    with pytest.raises(TomlError, match=said):
        template(file(LAYOUT.replace(old, new, 1)))


def test_two_requirements_of_one_id(file):
    with pytest.raises(TomlError, match=r"the id 'r1' stands twice"):
        template(file(LAYOUT + '[[requirement]]\nid = "r1"\ntext = "Again."\n'))


def test_nothing_in_it(file):
    with pytest.raises(TomlError, match=r"at least one \[\[code\]\]"):
        codebook(file('id = "a"\nname = "A"\n'))
    with pytest.raises(TomlError, match=r"at least one \[\[section\]\]"):
        template(file('id = "a"\nname = "A"\n'))


def test_an_unknown_name_comes_back_with_the_nearest():
    with pytest.raises(
        UnknownNameError, match=r"codebook 'asertive-care' is not known. Did you mean 'assertive-"
    ):
        codebook("asertive-care")
    with pytest.raises(
        UnknownNameError, match=r"template 'assertive-care-reveiw' is not known. Did you mean"
    ):
        template("assertive-care-reveiw")


def test_codes_that_a_template_asks_for_and_the_codebook_has_not(file):
    book, layout = codebook(file(BOOK)), template(file(LAYOUT))
    assert missing_codes(layout, book) == []
    fewer = Codebook("own", "Own", "1", (Code("bus", "Bus"),))
    assert missing_codes(layout, fewer) == [
        "section way: 1 of 1 codes not there: lifts",
        "requirement r1: 1 of 1 codes not there: buses (nearest: bus)",
    ]
    assert mismatch(layout, fewer).startswith(
        "1 of the 1 codes that template 'visit' names are not in codebook 'own', the first lifts: themes that"
    )
    near = replace(layout, sections=(Section("s", "S", codes=("lift", "trams")),))
    assert "'transport', the first lift (nearest: lifts): themes" in mismatch(near, book)


def test_a_code_that_no_section_takes_is_told(file):
    book, layout = codebook(file(BOOK)), template(file(LAYOUT))
    assert mismatch(layout, book) == (
        "1 of the 2 codes of codebook 'transport' are in no section of template 'visit': "
        "their themes are placed by what they mean, which is less sure."
    )
    bare = replace(layout, sections=(Section("s", "S"),))
    assert mismatch(bare, book).startswith("template 'visit' names no codes, so the themes of codebook")
    assert mismatch(layout, Codebook("t", "T", "1", book.codes[:1])) == ""


# The kinds of text that a shipped codebook is for, with the least that each code must hold of them.
FOR = {
    "assertive-care": {"incident": 2, "policy": 2, "feedback": 2},
    "contributory-factors": {"incident": 20, "policy": 2, "account": 2},
    "lfpse-risk-themes": {"incident": 20, "policy": 2, "account": 2},
    "patient-experience": {"feedback": 24},
    "pfd-concerns": {"incident": 20},
    "seips": {"incident": 20, "policy": 2, "account": 2},
}
# Those whose codes stand for labels of a published frame.
FRAMES = ["contributory-factors", "lfpse-risk-themes", "patient-experience", "pfd-concerns"]


@pytest.fixture(params=resources.names("codebooks"))
def shipped(request) -> Codebook:
    return codebook(request.param)


def test_a_shipped_codebook_has_enough_to_train_on(shipped):
    for code in shipped.codes:
        kinds = Counter(example.kind for example in code.examples)
        assert len(code.examples) >= 8, code.id
        assert all(kinds[kind] >= least for kind, least in FOR[shipped.id].items()), code.id
        assert len(code.near_misses) >= 3, code.id
        assert code.definition, code.id
        assert code.include, code.id
    assert len(shipped.background) >= 20


def test_a_shipped_codebook_never_teaches_one_text_as_two_things(shipped):
    homes = Counter(
        text
        for code in shipped.codes
        for text in {e.text for e in code.examples} | {m.text for m in code.near_misses}
    )
    homes.update({e.text for e in shipped.background})
    # a near miss may be told in the same words by the code that it belongs to, but then names that code
    examples = {e.text: code.id for code in shipped.codes for e in code.examples}
    misses = {m.text: m.code for code in shipped.codes for m in code.near_misses}
    for text, n in homes.items():
        assert n == 1 or (text in examples and misses.get(text) == examples[text]), text


def test_a_near_miss_is_never_of_its_own_code(shipped):
    for code in shipped.codes:
        assert code.id not in {miss.code for miss in code.near_misses}


def test_a_shipped_codebook_counts_each_example_once(shipped):
    for code in shipped.codes:
        assert len({e.text for e in code.examples}) == len(code.examples), code.id


@pytest.mark.parametrize("name", FRAMES)
def test_a_codebook_of_a_published_frame_gives_each_label_to_one_code(name):
    labels = Counter(column for code in codebook(name).codes for column in code.columns)
    assert set(labels.values()) == {1}
    assert all(code.columns for code in codebook(name).codes)


def test_codes_of_a_shipped_codebook_are_told_apart(shipped):
    """Two codes that hold much the same words would each be taught as what the other is not."""
    rows = [
        (code.id, frozenset(tokens(text)))
        for code in shipped.codes
        for text in (code.name, *(example.text for example in code.examples))
    ]
    for (one, a), (other, b) in combinations(rows, 2):
        if one != other and min(len(a), len(b)) > 2:
            assert len(a & b) / len(a | b) <= 0.7, (one, other, sorted(a & b))


def test_a_code_is_told_from_neighbours_that_there_are(shipped):
    """`exclude` names in brackets the codes that a text belongs to instead."""
    known = {code.id for code in shipped.codes}
    for code in shipped.codes:
        named = {
            word
            for inner in re.findall(r"\(([a-z_-]+(?:, [a-z_-]+)*)\)", code.exclude)
            for word in inner.split(", ")
        }
        assert code.id not in named
        assert named <= known, (code.id, named - known)
        assert {miss.code for miss in code.near_misses} - {""} <= known


@pytest.mark.parametrize("name", ["contributory-factors", "lfpse-risk-themes", "seips"])
def test_a_frame_of_contributing_factors_has_neighbours_and_background(name):
    book = codebook(name)
    assert len(book.background) >= 30
    for code in book.codes:
        assert len(code.near_misses) >= 5, code.id
        assert code.exclude, code.id


def test_no_shipped_code_judges_or_blames_by_its_name(shipped):
    for code in shipped.codes:
        assert not set(tokens(code.name)) & judging_words(), code.name


def test_ids_of_shipped_codes_can_stand_in_a_theme_id(shipped):
    for code in shipped.codes:
        assert re.fullmatch(r"[a-z][a-z_-]*", code.id)
    assert re.fullmatch(r"[a-z][a-z-]*", shipped.id)


@pytest.mark.parametrize("name", resources.names("templates"))
def test_a_shipped_template_asks_only_for_codes_that_there_are(name):
    layout = template(name)
    books = [codebook(book) for book in resources.names("codebooks")]
    assert any(mismatch(layout, book) == "" == "".join(missing_codes(layout, book)) for book in books)
    for section in layout.sections:
        assert section.prompts, section.id
        assert section.needs, section.id
        assert section.codes, section.id
    assert layout.requirements
    assert all(requirement.codes for requirement in layout.requirements)


# Each shipped template with the codebook that it is made for.
FITTING = {
    "assertive-care-review": "assertive-care",
    "experience-report": "patient-experience",
    "psirf-thematic-review": "seips",
}


@pytest.mark.parametrize("name", resources.names("templates"))
def test_every_code_of_the_fitting_codebook_has_a_section(name):
    book, layout = codebook(FITTING[name]), template(name)
    assert {code for section in layout.sections for code in section.codes} == {c.id for c in book.codes}
    assert mismatch(layout, book) == ""


@pytest.mark.parametrize("name", resources.names("templates"))
def test_a_shipped_template_says_whose_it_is_and_that_it_is_not_official(name):
    layout = template(name)
    assert layout.official is False
    assert re.search(r"not (?:the|an) official", layout.note)
    assert layout.source
    assert layout.question.endswith("?")
