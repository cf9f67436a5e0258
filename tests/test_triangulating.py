"""What each voice says → position, basis and verdict; nobody is outvoted; the grid; grave accounts."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from thememiner import embedding, triangulating
from thememiner.records import (
    ASSURANCES,
    GAPS,
    Document,
    Evidence,
    Finding,
    Membership,
    Passage,
    Received,
    Section,
    Theme,
)
from thememiner.settings import Settings
from thememiner.tomls import load
from thememiner.triangulating import Rules
from thememiner.triangulating.positions import claimed
from thememiner.triangulating.sides import lean, shows

DESCRIBED, WRITTEN, SHOWN, CONFIRMED = ASSURANCES
NORTH, SOUTH = "North Trust", "South Trust"
RULES = Rules()
_NUMBER = count()


def said(kind, tone, organisation="", times=1, *, document="", text="It is so.", score=0.9, commits=False):
    """So many passages, each of a document of its own unless one is named."""
    pairs = []
    for _ in range(times):
        n = next(_NUMBER)
        passage = Passage(f"p{n}", document or f"d{n}", 0, len(text), text, kind, organisation=organisation)
        modality = "commitment" if commits else "description"
        pairs.append((Membership(passage.id, "t", score, "assigned", tone, modality), passage))
    return pairs


def policy(times=3):
    return said("policy", "neutral", NORTH, times, commits=True)


def claim(organisation, times=3):
    return said("account", "positive", organisation, times, document=f"return {organisation}")


def admission(organisation, times=3):
    return said("account", "negative", organisation, times, document=f"return {organisation}")


def weigh(*parts, gap="", grave=frozenset(), told=None):
    theme = triangulating.sides([pair for part in parts for pair in part], RULES, grave, told)
    return theme, triangulating.judge(theme, RULES, gap)


def verdict(*parts, grave=frozenset()):

    theme, _ = weigh(*parts, grave=grave)
    return triangulating.triangulate(Theme("t", "T", "codebook"), theme, [], RULES).verdict


def test_few_documents_conclude_nothing():
    _, judged = weigh(claim(NORTH), said("incident", "negative", NORTH))
    assert judged.position == "not known"
    assert verdict(claim(NORTH), said("incident", "negative", NORTH)) == "not enough evidence"


PRAISE = said("incident", "positive", times=3)
AUDIT = said("account", "positive", NORTH, 2, text="An audit found it in 38 of 40 records.")


@pytest.mark.parametrize(
    ("rules", "parts", "usual", "changed"),
    [
        (Rules(enough=5), (claim(NORTH), said("incident", "positive", NORTH, 3)), "assured", "not known"),
        (Rules(doubt=0.2), (claim(NORTH), admission(NORTH, 1), PRAISE), "assured", "mixed"),
        (
            Rules(seen=3),
            (claim(NORTH), AUDIT, PRAISE, said("incident", "negative", times=3)),
            "assured",
            "mixed",
        ),
    ],
)
def test_a_changed_threshold_changes_a_position(rules, parts, usual, changed):
    pairs = [pair for part in parts for pair in part]
    assert [triangulating.judge(triangulating.sides(pairs, r), r).position for r in (RULES, rules)] == [
        usual,
        changed,
    ]


def test_a_changed_threshold_changes_what_is_an_account():
    pairs = [*claim(NORTH), *policy(), *said("feedback", "negative", NORTH, 2, document="story")]
    theme = Theme("t", "T", "codebook")
    verdicts = [
        triangulating.triangulate(theme, triangulating.sides(pairs, r), [], r).verdict
        for r in (RULES, Rules(told=2))
    ]
    assert verdicts == ["agreed", "contradicted by at least one account"]


def test_a_word_of_the_provider_alone_is_described_and_no_more():
    _, judged = weigh(claim(NORTH), claim(SOUTH), said("incident", "neutral", NORTH, 3))
    assert (judged.position, judged.basis) == ("assured", (DESCRIBED,))
    assert judged.needs


def test_each_basis_of_an_assurance_needs_its_own_evidence():
    praise = said("feedback", "positive", NORTH, 5)
    _, judged = weigh(claim(NORTH), claim(SOUTH), policy(), AUDIT, praise)
    assert (judged.position, judged.basis) == ("assured", ASSURANCES)


@pytest.mark.parametrize(("kind", "times"), [("account", 1), ("incident", 2)])
def test_one_passage_with_a_number_or_an_incident_report_shows_nothing(kind, times):
    audit = said(kind, "positive", NORTH, times, text="An audit found it in 38 of 40 records.")
    theme, judged = weigh(claim(NORTH), claim(SOUTH), policy(), audit)
    assert not theme.shown
    assert SHOWN not in judged.basis


def test_a_policy_is_no_assurance_by_itself():
    _, judged = weigh(policy(6))
    assert judged.position == "not known"


def test_what_nobody_claims_and_incidents_show_is_a_gap_of_practice():
    _, judged = weigh(policy(), said("incident", "negative", NORTH, 8))
    assert (judged.position, judged.basis) == ("gap", ("practice",))


def test_what_is_not_there_is_a_gap_of_provision():
    bad = said("incident", "negative", NORTH, 8)
    ids = [p.id for _, p in bad]
    for absent, basis in ((5, ("provision",)), (4, ("provision", "practice")), (3, ("practice",))):
        assert weigh(bad, told=dict.fromkeys(ids[:absent], "provision"))[1].basis == basis
    unknown = dict.fromkeys(ids[3:6], "assurance")  # of five that tell of the one or the other
    assert weigh(bad, told=dict.fromkeys(ids[:3], "provision") | unknown)[1].basis == ("provision",)
    assert weigh(said("incident", "negative", NORTH, 8), gap="provision")[1].basis == ("provision",)


def test_what_nobody_knows_is_a_gap_of_assurance():
    unknown = said("account", "neutral", NORTH, 3, text="This is not routinely audited.")
    assert weigh(unknown)[1].basis == ("assurance",)


def test_a_mixed_finding_names_the_organisation_it_does_not_hold_for():
    _, judged = weigh(
        claim(NORTH), claim("East Trust"), admission(SOUTH), said("incident", "neutral", NORTH, 3)
    )
    assert judged.position == "mixed"
    assert judged.exception == SOUTH


def test_an_assurance_is_not_stronger_than_what_practice_shows():
    parts = [claim(NORTH), claim(SOUTH), policy(), said("feedback", "positive", NORTH, 9)]
    assert weigh(*parts)[1].position == "assured"
    assert weigh(*parts, said("incident", "negative", NORTH, 9))[1].position == "mixed"


def test_one_account_against_an_assurance_is_enough_and_five_thousand_comments_do_not_outvote_it():
    told = said("feedback", "negative", NORTH, 3, document="mother")
    praise = said("feedback", "positive", NORTH, 500)
    assert verdict(claim(NORTH), policy(), praise, told) == "contradicted by at least one account"
    assert verdict(claim(NORTH), policy(), praise) == "agreed"
    remark = said("feedback", "negative", NORTH, 1, document="remark")
    assert verdict(claim(NORTH), policy(), praise, remark) == "agreed"
    once = verdict(claim(NORTH), policy(), praise, remark, grave=frozenset({"remark"}))
    assert once == "agreed"  # one passage may be misread; it is quoted, and to be read in full
    again = said("feedback", "negative", NORTH, 1, document="remark")
    assert verdict(claim(NORTH), policy(), praise, remark, again) == "agreed"
    grave = verdict(claim(NORTH), policy(), praise, remark, again, grave=frozenset({"remark"}))
    assert grave == "contradicted by at least one account"


def test_an_account_of_another_organisation_contradicts_nothing():
    told = said("feedback", "negative", SOUTH, 3, document="mother")
    assert verdict(claim(NORTH), policy(), told) == "agreed"
    nowhere = said("feedback", "negative", "", 3, document="mother")
    assert verdict(claim(NORTH), policy(), nowhere) == "contradicted by at least one account"


def test_verdicts_in_their_order():
    bad = said("incident", "negative", NORTH, 6)
    assert verdict(policy(), bad) == "written but not seen in practice"
    assert verdict(bad) == "policy silent on a reported problem"
    assert verdict(claim(NORTH), said("feedback", "positive", NORTH, 4)) == "practised but not written"
    assert verdict(policy(), bad, admission(NORTH)) == "agreed"


def test_a_policy_of_which_nobody_tells_agrees_with_nobody():
    assert verdict(policy()) == "not enough evidence"
    assert verdict(policy(), said("account", "neutral", NORTH, 3)) == "not enough evidence"
    assert verdict(policy(), said("incident", "negative", NORTH, 2)) == "not enough evidence"
    assert verdict(policy(), claim(NORTH)) == "agreed"
    assert verdict(policy(), said("feedback", "positive", NORTH, 4)) == "agreed"
    assert verdict(policy(), said("incident", "positive", NORTH, 4)) == "agreed"


def test_one_commitment_may_be_misread_and_a_doubtful_passage_weighs_nothing():
    assert verdict(policy(1), said("incident", "negative", NORTH, 6)) == "policy silent on a reported problem"
    assert verdict(said("incident", "negative", NORTH, 6, score=0.4)) == "not enough evidence"


@pytest.mark.parametrize(
    ("good", "bad", "mixed", "leaning"),
    [
        (0, 0, 0, ""),
        (2, 1, 0, "good"),
        (2, 2, 0, "both"),
        (1, 2, 0, "bad"),
        (1, 0, 1, "both"),
        (0, 0, 3, "both"),
    ],
)
def test_which_way_numbers_lean(good, bad, mixed, leaning):
    assert lean(good, bad, mixed, RULES) == leaning


def test_order_does_not_matter():
    parts = [claim(NORTH), admission(SOUTH), policy(), said("incident", "negative", NORTH, 4)]
    assert weigh(*parts)[1] == weigh(*parts[::-1])[1]


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("Our audit of forty records found a plan in each.", True),
        ("Follow-up was on time for 92 per cent of people.", True),
        ("An audit is planned.", False),
        ("We saw 12 people.", False),
    ],
)
def test_a_thing_is_shown_by_audit_or_data_with_a_number(text, is_shown):
    assert shows(text) is is_shown


def document(text, kind="feedback", voice="family or carer", name="d"):
    return Document(name, kind, text, "", name, "letters.docx", "", voice=voice)


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("He died on the Sunday.", "feedback", "a death"),
        ("Found unresponsive, cardiac arrest.", "incident", "serious harm"),
        (
            "I rang them four times to say he was not eating. Nobody came.",
            "feedback",
            "a warning that was not acted on",
        ),
    ],
)
def test_grave_accounts_are_to_be_read_in_full(text, kind, reason):
    (found,) = triangulating.read_in_full([document(text, kind)])
    assert found.reasons == (reason,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They rang four times to check and came the same day.", "feedback"),
        ("Nobody minded, thank you.", "feedback"),
        ("The policy covers deaths in custody; staff must report a fatal event.", "policy"),
        ("I rang them four times.\n\nNobody parks there.", "feedback"),
    ],
)
def test_other_texts_are_not(text, kind):
    assert triangulating.read_in_full([document(text, kind)]) == ()


def cells(*parts, missing=(), blanks=None, sections=("s",), comparable=True):
    theme, _ = weigh(*parts)
    theme = replace(theme, comparable=comparable)
    findings = [Finding("s/t", "s", "t", "T.", 1.0, "")]
    found = triangulating.collate(
        [Section(s, s) for s in sections],
        {NORTH, SOUTH},
        [Received(name, "return") for name in missing],
        findings,
        {"t": theme},
        [],
        blanks or {},
    )
    return {(c.section_id, c.organisation): c.state for c in found}


def test_the_grid_says_who_differs_and_who_has_sent_nothing():
    third = claim("East Trust")
    grid = cells(claim(NORTH), third, admission(SOUTH), missing=["West Homes"])
    assert grid == {("s", NORTH): "consistent", ("s", SOUTH): "differs", ("s", "West Homes"): "not received"}


def test_a_theme_about_how_places_differ_sets_no_organisation_apart():
    told = claim(NORTH), claim("East Trust"), admission(SOUTH)
    assert cells(*told)["s", SOUTH] == "differs"
    assert cells(*told, comparable=False)["s", SOUTH] == "consistent"
    theme, _ = weigh(*told)
    pairs = [pair for part in told for pair in part]
    assert triangulating.variation(theme, pairs, RULES)
    assert not triangulating.variation(replace(theme, comparable=False), pairs, RULES)


def test_an_organisation_that_leaves_a_section_blank_is_silent():
    grid = cells(claim(NORTH), claim(SOUTH), blanks={"s": [(SOUTH, "Who leads?")]}, sections=("s", "other"))
    assert grid["s", SOUTH] == "silent"
    assert grid["s", NORTH] == "consistent"
    assert grid["other", NORTH] == "silent"  # nothing is placed there


def test_an_account_against_an_organisation_makes_it_differ():
    told = said("feedback", "negative", SOUTH, 3, document="mother")
    assert cells(claim(NORTH), claim(SOUTH), told)["s", SOUTH] == "differs"


def test_an_audit_that_found_it_wanting_assures_nothing():
    wanting = said("account", "negative", NORTH, text="An audit found it in 3 of 40 records.")
    _, judged = weigh(claim(NORTH), claim(SOUTH), wanting, said("feedback", "neutral", NORTH, 3))
    assert SHOWN not in judged.basis


def test_an_incident_that_was_handled_well_afterwards_is_still_one():
    pairs = said("incident", "negative", NORTH, document="i") + said(
        "incident", "positive", NORTH, 4, document="i"
    )
    theme, _ = weigh(pairs)
    assert (theme.incidents[NORTH].lean, theme.incidents[NORTH].good) == ("bad", frozenset())


def test_two_incidents_are_no_trouble_yet():
    parts = [claim(NORTH), claim(SOUTH), said("incident", "positive", NORTH, 1)]
    assert weigh(*parts, said("incident", "negative", NORTH, 2))[1].position == "assured"
    assert weigh(*parts, said("incident", "negative", NORTH, 3))[1].position == "mixed"


def test_an_account_contradicts_only_what_is_claimed_as_a_whole():
    torn = [pair for name in ("A", "B") for pair in claim(name, 2) + admission(name, 2)]
    told = said("feedback", "negative", NORTH, 3, document="mother")
    assert verdict(claim(NORTH), torn, policy(), told) == "agreed"
    assert verdict(claim(NORTH), claim(SOUTH), torn, policy(), told) == "contradicted by at least one account"


def test_what_organisations_say_of_themselves_is_no_contradiction():
    elsewhere = said("incident", "negative", SOUTH, 6)
    assert verdict(policy(), elsewhere) == "written but not seen in practice"
    assert verdict(policy(), elsewhere, admission(NORTH)) == "agreed"
    own = verdict(policy(), claim(NORTH), claim("East Trust"), admission(SOUTH), elsewhere)
    assert own == "agreed"


def test_of_two_that_differ_the_one_that_says_it_is_wanting_is_told():
    grid = cells(claim(NORTH), admission(SOUTH))
    assert (grid["s", NORTH], grid["s", SOUTH]) == ("consistent", "differs")


def test_an_organisation_whose_return_is_missing_is_heard_by_what_else_came():
    theme, _ = weigh(claim(SOUTH))
    quote = Evidence("e", "s", "t", "d", "account", "staff", SOUTH, "positive", 0, 1, "x", "")
    (cell,) = triangulating.collate(
        [Section("s", "S")],
        [],
        [Received(SOUTH, "return")],
        [Finding("s/t", "s", "t", "T.", 1.0, "")],
        {"t": theme},
        [quote],
        {},
    )
    assert (cell.state, cell.answers) == ("consistent", ("e",))


def test_a_long_list_of_grave_accounts_is_cut_on_the_page_and_says_so():
    from thememiner.records import ReadInFull, Report
    from thememiner.reports import collating

    many = tuple(ReadInFull(f"d{i}", "extract.csv", f"row {i}", NORTH, ("a death",)) for i in range(130))
    report = Report({}, "T", "", *((),) * 11, read_in_full=many)
    table = collating.in_full(report)
    assert len(table.rows) == collating.SHOWN_ACCOUNTS
    assert "30 more are in report.json" in table.note


def test_who_says_nothing_of_its_own_is_never_called_consistent():
    told = said("incident", "negative", SOUTH, 5)  # about it, and not by it
    assert cells(claim(NORTH), told)["s", SOUTH] == "silent"
    assert cells(claim(NORTH), told, missing=[SOUTH])["s", SOUTH] == "not received"


def test_a_verdict_says_no_more_than_there_is():
    theme, _ = weigh(admission(NORTH), said("incident", "neutral", NORTH, 3))
    why = triangulating.triangulate(Theme("t", "T", "codebook"), theme, [], RULES).why
    assert why == "organisations say themselves that it is wanting"
    theme, _ = weigh(admission(NORTH), said("incident", "negative", NORTH, 3))
    why = triangulating.triangulate(Theme("t", "T", "codebook"), theme, [], RULES).why
    assert why.endswith("and so do incidents or people")


def test_a_finding_says_in_whole_sentences_for_whom_it_does_not_hold():
    told = said("feedback", "negative", NORTH, 3, document="mother")
    parts = [claim(NORTH), claim(SOUTH), policy()]
    assert (
        weigh(*parts, told)[1].sentences().startswith("One account by a person or family tells otherwise. ")
    )
    _, mixed = weigh(
        claim(NORTH), claim("East Trust"), admission(SOUTH), said("incident", "neutral", NORTH, 3)
    )
    assert mixed.sentences().startswith(f"It does not hold for: {SOUTH}. Still needed: ")


def test_one_organisation_does_not_speak_for_those_that_only_incidents_tell_of():
    bad = [said("incident", "negative", name, 3) for name in (NORTH, SOUTH, "East Trust")]
    theme, judged = weigh(claim(NORTH), policy(), *bad)
    assert (judged.position, judged.basis) == ("gap", ("practice",))
    assert not claimed(theme, RULES)
    warned = said("feedback", "negative", NORTH, 3, document="a mother")
    assert verdict(claim(NORTH), policy(), *bad, warned) == "written but not seen in practice"
    both = claim(NORTH), claim(SOUTH)  # two of three are half and more
    assert verdict(*both, policy(), *bad, warned) == "contradicted by at least one account"


def test_two_passages_of_an_account_lean_no_way_since_both_may_be_misread():
    theme, judged = weigh(claim(NORTH), admission(SOUTH, 2), PRAISE)
    assert (theme.described[SOUTH].lean, judged.position) == ("", "assured")
    assert weigh(claim(NORTH), admission(SOUTH), PRAISE)[1].position == "mixed"


def test_only_what_all_who_speak_say_of_themselves_is_agreed_to_be_wanting():
    bad = said("incident", "negative", "East Trust", 4)
    assert verdict(admission(NORTH), admission(SOUTH), policy(), bad) == "agreed"
    unsure = said("account", "mixed", SOUTH, 3, document="return South Trust")
    assert verdict(admission(NORTH), unsure, policy(), bad) == "written but not seen in practice"


def test_incident_reports_do_not_outweigh_people_who_praise_it():
    bad, praise = said("incident", "negative", SOUTH, 8), said("feedback", "positive", SOUTH, 6)
    assert verdict(claim(NORTH), policy(), bad) == "written but not seen in practice"
    assert verdict(claim(NORTH), policy(), bad, praise) == "agreed"


def test_the_sort_of_a_gap_is_told_of_sentences_never_seen():
    """On sentences written apart from those that it learns from; telling by chance would get a third."""
    encoder = embedding.encoder(Settings().encoder, "float32")
    told = load(Path("evaluation/sets/gaps.toml"))
    texts = [text for sort in GAPS for text in told[sort]]
    found = triangulating.sorts(encoder.encode(texts), encoder.encode)
    wanted = [sort for sort in GAPS for _ in told[sort]]
    assert sum(a == b for a, b in zip(found, wanted, strict=True)) >= 0.75 * len(texts)
    alone = triangulating.sorts(encoder.encode(texts[:1]), encoder.encode)
    assert alone == found[:1]  # whatever else is asked
    assert triangulating.sorts(encoder.encode(texts[:0]), encoder.encode) == []


def test_what_all_who_speak_tell_both_ways_is_mixed_and_no_gap_where_practice_is_too():
    both = [*claim(NORTH, 2), *said("account", "negative", NORTH, 2, document="return North Trust")]
    bad, good = said("incident", "negative", SOUTH, 5), said("feedback", "positive", SOUTH, 4)
    _, judged = weigh(both, policy(), bad, good, said("feedback", "negative", SOUTH, 4))
    assert (judged.position, judged.basis, judged.exception) == ("mixed", (DESCRIBED, WRITTEN), SOUTH)
    assert weigh(both, policy(), bad)[1].position == "gap"
    assert weigh(both)[1].position == "not known"
