"""Of what a finding's position and basis rest on, one quote at least stands with it."""

from __future__ import annotations

from thememiner import triangulating
from thememiner.pipeline.bearing import bear_out
from thememiner.records import Document, Finding, Membership, Passage

THEME = "code:b/meals"
RULES = triangulating.Rules()


def pair(name, kind, tone, text, *, score=0.9, commits=False, organisation="North Trust"):
    passage = Passage(f"{name}:0-{len(text)}", name, 0, len(text), text, kind, organisation=organisation)
    modality = "commitment" if commits else "description"
    return Membership(passage.id, THEME, score, "assigned", tone, modality), passage


def document(passage):
    return Document(
        id=passage.document_id,
        kind=passage.kind,
        text=passage.text,
        sha256="",
        reference="",
        source="",
        file_sha256="",
    )


def borne_out(*pairs, already=(), sure=()):
    said = triangulating.sides(pairs, RULES)
    judged = triangulating.judge(said, RULES)
    quoted = tuple(e.id for e in already)
    finding = Finding(f"s/{THEME}", "s", THEME, "Meals.", 1.0, "", evidence_ids=quoted)
    documents = {p.document_id: document(p) for _, p in pairs}
    found, new = bear_out(
        [finding], {THEME: judged}, {THEME: said}, {THEME: pairs}, documents, already, {THEME: sure}
    )
    return judged, found[0], new


RULE = [
    pair(f"policy {n}", "policy", "neutral", f"Meals must be warm on floor {n}.", commits=True) for n in "ABC"
]
PRAISE = [pair(f"praise {n}", "feedback", "positive", f"Warm soup in {n}.") for n in "ABCD"]
COLD = [pair(f"cold {n}", "incident", "negative", f"Meals were cold in {n}.") for n in "ABCD"]


def test_each_basis_of_an_assurance_has_a_quote():
    one_a_document = [pair(f"return {n}", "account", "positive", f"Meals are warm in {n}.") for n in "ABC"]
    judged, finding, new = borne_out(*one_a_document, *RULE, *PRAISE)
    assert judged.position == "assured"
    assert {e.kind for e in new} == {"account", "policy", "feedback"}
    assert set(finding.evidence_ids) == {e.id for e in new}
    assert next(e.quote for e in new if e.kind == "policy").startswith("Meals must")


def test_what_is_quoted_already_is_not_quoted_again():
    one_a_document = [pair(f"return {n}", "account", "positive", f"Meals are warm in {n}.") for n in "ABC"]
    _, finding, first = borne_out(*one_a_document, *RULE, *PRAISE)
    _, again, new = borne_out(*one_a_document, *RULE, *PRAISE, already=first)
    assert new == ()
    assert set(again.evidence_ids) == set(finding.evidence_ids)


def test_another_quote_of_the_same_sort_will_do():
    _, _, first = borne_out(*COLD, *RULE)
    surer = pair("surest", "incident", "negative", "Meals were cold again.", score=0.99)
    _, finding, new = borne_out(surer, *COLD, *RULE, already=first)
    assert new == ()
    assert finding.evidence_ids == (first[0].id,)


def test_a_gap_shows_what_is_wrong_by_its_surest_passage():
    surer = [pair("surest", "incident", "negative", "Meals were cold again.", score=0.99), *COLD]
    judged, _, new = borne_out(*surer, *RULE)
    assert judged.position == "gap"
    assert [e.document_id for e in new] == ["surest"]


def test_a_gap_of_assurance_shows_that_nobody_knows():
    unknown = [pair(f"return {n}", "account", "neutral", "Meals are not routinely audited.") for n in "ABC"]
    judged, _, new = borne_out(*unknown, COLD[0])  # one report is no trouble yet
    assert judged.basis == ("assurance",)
    assert [e.kind for e in new] == ["account"]


def test_nothing_doubtful_is_quoted_for_want_of_better():
    claim = [pair(name, "account", "positive", f"Warm: {name}.") for name in ("return", "minutes", "letter")]
    well = [pair(f"good {n}", "incident", "positive", "Warm.", organisation=f"Trust {n}") for n in "ABC"]
    doubtful = [pair("doubt", "incident", "negative", "Maybe cold.", score=0.4)]
    judged, _, new = borne_out(*claim, *well, *doubtful)
    assert judged.position == "mixed"
    assert [e.kind for e in new] == ["account"]


def test_one_person_against_an_assurance_is_quoted_beside_what_else_is_wrong():
    alone = pair("daughter", "feedback", "negative", "My father's soup was always cold.", score=0.6)
    described = [pair(f"return {n}", "account", "positive", f"Meals are warm in {n}.") for n in "ABC"]
    judged, _, new = borne_out(*described, *RULE, *COLD, alone)
    assert "described by the provider" in judged.basis
    assert {e.document_id for e in new} & {"daughter", "cold A"} == {"daughter", "cold A"}
    doubtful = pair("daughter", "feedback", "negative", "My father's soup was always cold.", score=0.4)
    assert "daughter" not in {e.document_id for e in borne_out(*described, *RULE, *COLD, doubtful)[2]}


def test_a_gap_that_nobody_assures_needs_no_second_voice():
    alone = pair("daughter", "feedback", "negative", "My father's soup was always cold.", score=0.6)
    judged, _, new = borne_out(*COLD, alone)
    assert judged.position == "gap"
    assert len(new) == 1


def test_what_is_wrong_is_shown_by_what_surely_says_so():
    doubtful = pair("doubtful", "incident", "negative", "Meals came at noon.", score=0.99)
    known = [passage.id for _, passage in COLD]
    _, _, first = borne_out(doubtful, *COLD)
    assert [e.document_id for e in first] == ["doubtful"]
    _, finding, new = borne_out(doubtful, *COLD, already=first, sure=known)
    assert [e.document_id for e in new] == ["cold A"]
    assert len(finding.evidence_ids) == 2
    assert borne_out(doubtful, *COLD, already=first)[2] == ()  # nothing is sure: the best there is


def test_what_is_both_good_and_bad_is_quoted_for_want_of_what_is_bad():
    both = pair("both", "incident", "mixed", "Meals were warm and late.", score=0.99)
    assert [e.document_id for e in borne_out(both, *COLD)[2]] == ["cold A"]
    mixed = [pair(f"both {n}", "incident", "mixed", f"Meals were warm and late in {n}.") for n in "ABCD"]
    assert {e.polarity for e in borne_out(*mixed)[2]} == {"mixed"}
