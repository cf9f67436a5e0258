"""Self-ratings beside evidence: an organisation's own word is no support, and no level is read or ordered."""

from __future__ import annotations

import dataclasses
import json as stdlib_json
from itertools import count
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from thememiner import reports, triangulating
from thememiner.pipeline import enclosing
from thememiner.records import BORNE_OUT, Evidence, Finding, Membership, Passage, Rating, RatingResult, Theme
from thememiner.reports import html, json, markdown
from thememiner.triangulating import Rules

NORTH = "North Trust"
RULES = Rules()
SUPPORTED, NOT_SUPPORTED, NOT_EVIDENCED = BORNE_OUT
AUDIT = "Our audit of 40 records showed that 38 had it."
_NUMBER = count()


def said(kind, tone, times=1, *, document="", text="It is so.", score=0.9, commits=False):
    pairs = []
    for _ in range(times):
        n = next(_NUMBER)
        passage = Passage(f"p{n}", document or f"d{n}", 0, len(text), text, kind, organisation=NORTH)
        modality = "commitment" if commits else "description"
        pairs.append((Membership(passage.id, "t", score, "assigned", tone, modality), passage))
    return pairs


def quoted(organisation, tone):
    return Evidence(
        id=f"e{organisation}",
        section_id="s",
        theme_id="t:a",
        document_id=f"d{organisation}",
        kind="feedback",
        voice="unknown",
        organisation=organisation,
        polarity=tone,
        start=0,
        end=9,
        quote="It is so.",
        sha256="",
    )


def claim(times=5, text="It is so."):
    return said("account", "positive", times, document="return", text=text)


def sides(*parts, grave=frozenset()):
    return triangulating.sides([pair for part in parts for pair in part], RULES, grave)


def weigh(*parts, grave=frozenset()):
    return triangulating.weigh({"Handover": sides(*parts, grave=grave)}, NORTH, RULES, frozenset())


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([], "nothing of this organisation speaks of it surely enough"),
        ([claim(50)], "only its own account speaks of it"),
        ([said("policy", "neutral", 9, commits=True)], "only its own policy speaks of it"),
        (
            [claim(), said("policy", "neutral", 9, commits=True)],
            "only its own account and policy speak of it",
        ),
        ([claim(4), claim(1, AUDIT)], "only its own account speaks of it"),  # one may be misread
        ([claim(), said("feedback", "positive", 2)], "too few incident reports or people speak of it to say"),
        ([claim(), said("incident", "negative", 2)], "too few incident reports or people speak of it to say"),
        ([claim(), said("feedback", "positive", 9, score=0.4)], "only its own account speaks of it"),
        (
            [claim(), said("feedback", "positive", 3), said("feedback", "negative", 3)],
            "incidents or people tell of it both ways",
        ),
    ],
)
def test_an_organisation_s_own_word_and_too_little_are_not_evidence(parts, why):
    found = weigh(*parts)
    assert (found.verdict, found.why) == (NOT_EVIDENCED, why)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([said("feedback", "positive", 3)], "people and families bear it out"),
        ([claim(2, AUDIT)], "audit or data that it gives show it"),
        (
            [claim(2, AUDIT), said("feedback", "positive", 9), said("feedback", "negative", 1)],
            "people and families bear it out and audit or data that it gives show it",
        ),
    ],
)
def test_people_or_audit_support_it(parts, why):
    found = weigh(*parts)
    assert (found.verdict, found.why) == (SUPPORTED, why)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([claim(), said("incident", "negative", 3)], "incident reports tell of it going wrong"),
        ([claim(), said("feedback", "negative", 3)], "people tell of it going wrong"),
        ([said("account", "negative", 3, document="return")], "its own account says that it is wanting"),
        (
            [claim(), said("feedback", "negative", 3, document="letter")],
            "an account by a person or family tells otherwise",
        ),
        (  # one account is not outvoted by any number of others
            [
                claim(2, AUDIT),
                said("feedback", "positive", 90),
                said("feedback", "negative", 3, document="one"),
            ],
            (
                "an account by a person or family tells otherwise, although people and families bear it out "
                "and audit or data that it gives show it"
            ),
        ),
        (
            [said("incident", "negative", 3), said("feedback", "positive", 3)],
            "incident reports tell of it going wrong, although people and families bear it out",
        ),
    ],
)
def test_what_tells_otherwise_comes_first_and_what_speaks_for_it_is_told_beside_it(parts, why):
    found = weigh(*parts)
    assert (found.verdict, found.why) == (NOT_SUPPORTED, why)


def test_a_grave_account_counts_from_two_passages_on():
    once = said("feedback", "negative", 1, document="letter")
    assert weigh(claim(), once, grave=frozenset(["letter"])).verdict == NOT_EVIDENCED
    account = said("feedback", "negative", 2, document="letter")
    assert weigh(claim(), account).verdict == NOT_EVIDENCED
    assert weigh(claim(), account, grave=frozenset(["letter"])).verdict == NOT_SUPPORTED


def test_several_themes_are_supported_only_where_each_is():
    good, bad, none = said("feedback", "positive", 3), said("incident", "negative", 3), claim()

    def all_of(**parts):
        return triangulating.weigh(
            {name: sides(part) for name, part in parts.items()}, NORTH, RULES, frozenset()
        )

    assert all_of(A=good, B=good) == triangulating.Weighed(
        SUPPORTED, "supported on A and B: people and families bear it out"
    )
    assert all_of(A=good, B=none) == triangulating.Weighed(
        NOT_EVIDENCED,
        "supported on A: people and families bear it out; not evidenced on B: only its own account speaks of "
        "it",
    )
    mixed = all_of(A=good, B=bad, C=none)
    assert mixed.verdict == NOT_SUPPORTED
    assert mixed.why.startswith("not supported on B: incident reports tell of it going wrong; supported on A")
    assert triangulating.weigh({}, NORTH, RULES, frozenset()) == triangulating.Weighed(
        NOT_EVIDENCED, "no theme of the codebook is near to it"
    )


def test_an_account_of_no_recorded_organisation_is_told_beside_what_is_supported():
    themes = {"A": sides(said("feedback", "positive", 3))}
    found = triangulating.weigh(themes, NORTH, RULES, frozenset(["A"]))
    assert found.verdict == SUPPORTED
    assert found.why.endswith("; but an account of no recorded organisation tells otherwise")
    assert triangulating.weigh({"A": sides(claim())}, NORTH, RULES, frozenset(["A"])).why == (
        "only its own account speaks of it"
    )


def _given(*ratings):
    return enclosing.Given(ratings=ratings)


def test_each_rating_is_weighed_by_what_is_known_of_its_own_organisation():
    themes = [Theme("t:a", "Alpha", "codebook", "a"), Theme("t:b", "Beta", "codebook", "b")]
    findings = [Finding("s/t:b", "s", "t:b", "Said.", 1.0, "named")]
    members, passages, quotes = [], [], []
    for name, tone in ((NORTH, "positive"), ("South Trust", "negative"), ("", "negative")):
        for m, p in said("feedback", tone, 3, document=f"letter {name}" if name != NORTH else ""):
            members.append(dataclasses.replace(m, theme_id="t:a"))
            passages.append(dataclasses.replace(p, organisation=name))
        quotes.append(quoted(name, tone))
    weighed = enclosing.weighed(
        _given(
            Rating(NORTH, "Item", "4", "Stated", ("a",)),
            Rating("South Trust", "Item", "4", "", ("a",)),
            Rating("South Trust", "Whole", "9", "", (), "s"),
            Rating("South Trust", "meant", "9"),
            Rating("South Trust", "lost", "9"),
        ),
        {"meant": ("a", "b")},
        themes,
        findings,
        members,
        passages,
        quotes,
        frozenset(),
        RULES,
    )
    north, south, whole, meant, lost = weighed
    assert (north.verdict, south.verdict) == (SUPPORTED, NOT_SUPPORTED)
    assert north.why.endswith("but an account of no recorded organisation tells otherwise")
    assert north.evidence_ids == (f"e{NORTH}",)
    assert south.evidence_ids == ("eSouth Trust",)
    assert (north.stated, north.rating, north.reason) == ("Stated", "4", "the table names them")
    assert whole.theme_ids == ("t:b",)
    assert whole.reason == "those placed in the section that the table names"
    assert whole.verdict == NOT_EVIDENCED
    assert meant.theme_ids == ("t:a", "t:b")
    assert meant.reason.startswith("placed by meaning")
    assert meant.why.startswith("not supported on Alpha: ")
    assert (lost.theme_ids, lost.reason, lost.verdict) == ((), "", NOT_EVIDENCED)


@pytest.mark.parametrize("level", ["0", "1", "5", "Red", "Green", "outstanding", "-3", "IV"])
def test_no_level_changes_a_verdict(level):
    theme = Theme("t:a", "Alpha", "codebook", "a")
    pairs = said("feedback", "negative", 3)
    members = [dataclasses.replace(m, theme_id="t:a") for m, _ in pairs]
    rating = Rating(NORTH, "Item", level, "We are the best at it; audit of 90 showed 90.", ("a",))
    (found,) = enclosing.weighed(
        _given(rating), {}, [theme], [], members, [p for _, p in pairs], [], frozenset(), RULES
    )
    assert (found.rating, found.verdict) == (level, NOT_SUPPORTED)
    assert found.why == "people tell of it going wrong"


RATINGS = (
    RatingResult("North", "Handover", "4", "Policy v3", NOT_SUPPORTED, "why so", "the table names them"),
    RatingResult("South", "Handover", "<b>Amber</b>", "", NOT_EVIDENCED, "too little", ""),
    RatingResult("North", "Zeal", "1", "", SUPPORTED, "supported on A: x", ""),
)


def test_ratings_are_on_every_page_as_given_and_in_the_order_of_the_table(judged, tmp_path):
    theme, north = judged.evidence[0].theme_id, judged.evidence[0].organisation
    first = dataclasses.replace(
        RATINGS[0], theme_ids=(theme,), organisation=north, evidence_ids=(judged.evidence[0].id,)
    )
    report = dataclasses.replace(judged, ratings=(first, *RATINGS[1:]))
    whole = json.render(report)
    schema = stdlib_json.loads(Path(reports.__file__).with_name("schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(stdlib_json.loads(whole))
    (tmp_path / "report.json").write_text(whole, "utf-8")
    assert json.load(tmp_path / "report.json").ratings == report.ratings
    for page in (HTMLParser(html.render(report)).text(), markdown.render(report).replace("\\", "")):
        assert "How organisations rate themselves" in page
        assert "assigns none and holds none to be higher" in page
        assert "Not supported: why so." in page
        assert "Not evidenced: too little." in page
        assert "Supported on A: x." in page
        assert "<b>Amber</b>" in page
        assert "none stated" in page
        assert "Policy v3" in page
        assert judged.evidence[0].quote in page
        assert page.index("why so") < page.index("<b>Amber</b>") < page.index("Zeal")
    assert "How organisations rate" not in markdown.render(judged) + html.render(judged)


def test_the_quote_beside_a_rating_shows_what_the_verdict_says(judged):
    bad = dataclasses.replace(
        judged.evidence[1], organisation="Northfield", quote="Nobody held it for six weeks."
    )
    good = dataclasses.replace(
        bad, id="other", polarity="positive", quote="The handover went well for all of us."
    )
    for verdict, wanted in ((NOT_SUPPORTED, bad), (SUPPORTED, good)):
        rating = dataclasses.replace(
            RATINGS[0], verdict=verdict, evidence_ids=(good.id, bad.id)[:: 1 if wanted is bad else -1]
        )
        text = markdown.render(dataclasses.replace(judged, evidence=(bad, good), ratings=(rating,)))
        row = next(line for line in text.split("\n") if line.startswith("| North | Handover"))
        assert wanted.quote in row
