"""How organisations vary by their own accounts, and what goes wrong between two: planted and invented."""

from __future__ import annotations

import dataclasses

import pytest

from thememiner import planning, triangulating
from thememiner.pipeline import between
from thememiner.planning.drafting import Trace
from thememiner.records import Document, Finding, Membership, Passage, Report, SectionResult, Theme
from thememiner.reports import arranging
from thememiner.reports import between as called
from thememiner.reports.json import load
from thememiner.reports.json import render as as_json
from thememiner.triangulating import Mention, Names, Rules

ASH = "Ashcombe Mental Health NHS Foundation Trust"
BIRCH = "Birchover Partnership NHS Trust"
CEDAR = "Cedarholt Community Healthcare NHS Trust"
THEME = Theme("code:book/handover", "Handover", "codebook", "handover")
RULES = Rules()
BOTH = (ASH, BIRCH)


def ways(text, teams=()):
    return [(m.organisation, m.way) for m in Names([ASH, BIRCH, CEDAR], teams).mentions(text)]


# Names.


@pytest.mark.parametrize(
    "text",
    [
        "Birchover Partnership NHS Trust rang us.",
        "Birchover Partnership rang us.",
        "We rang Birchover's duty desk.",
        "Nobody at Birchover\nanswered.",
        "The Birchover CMHT were rung.",
        "The Mill Team were rung.",
    ],
)
def test_an_organisation_is_named_by_its_forms(text):
    assert [name for name, _ in ways(text, [(BIRCH, "Mill Team")])] == [BIRCH]


def test_initials_of_four_letters_name_it():
    assert ways("AMHFT did not answer.") == [(ASH, "")]
    assert ways("BPT did not answer.") == []  # three letters mean too much else


@pytest.mark.parametrize(
    "text",
    [
        "He lives in Birchover.",
        "A flat near Birchover, by the river.",
        "Birchover Council was told.",
        "The Birchover police came.",
        "Old Birchovers never die.",
        "birchover is a word in lower case here",
        "The crisis team did not answer.",
    ],
)
def test_a_place_or_another_body_is_no_organisation(text):
    assert ways(text) == []


def test_a_team_in_a_place_is_the_organisation():
    assert ways("The team in Birchover was told.") == [(BIRCH, "")]


def test_a_form_of_two_organisations_names_neither():
    twins = Names([ASH, "Ashcombe Housing Partnership"])
    assert twins.mentions("Ashcombe did not answer.") == []
    assert [m.organisation for m in twins.mentions(f"{ASH} did not answer.")] == [ASH]
    teams = [(ASH, "Mill Team"), (BIRCH, "Mill Team")]
    assert ways("The Mill Team did not answer.", teams) == []


def test_a_team_whose_name_any_may_have_is_none():
    assert ways("The Crisis Team did not answer.", [(BIRCH, "Crisis Team")]) == []


def test_a_masked_name_is_no_form():
    names = Names(["[ORGANISATION 1]", "[PERSON 2] Trust", ASH], [(ASH, "[PERSON 1] Team")])
    assert names.mentions("[ORGANISATION 1] told [PERSON 1] Team of it.") == []
    assert Names([]).mentions("Nothing is known.") == []


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("He was transferred to Birchover.", "to"),
        ("Care was handed over to the Birchover team.", "to"),
        ("The referral letter was sent to Birchover.", "to"),
        ("She moved from us to Birchover.", "to"),
        ("He came to us from Birchover.", "from"),
        ("She was referred by Birchover.", "from"),
        ("He was discharged from Birchover.", "from"),
        ("At the transfer meeting the worker from Birchover was not there.", ""),
        ("We had a call and then a letter from Birchover.", ""),
        ("We spoke to Birchover.", ""),
        ("Birchover said no.", ""),
    ],
)
def test_direction_is_said_only_where_the_words_say_it(text, way):
    assert ways(text) == [(BIRCH, way)]


# Between which two.


def test_between_which_two():
    to, away = Mention(BIRCH, "to"), Mention(BIRCH, "from")
    plain = Mention(BIRCH, "")
    assert triangulating.passing(ASH, [to]) == (BOTH, (ASH, BIRCH))
    assert triangulating.passing(ASH, [away]) == (BOTH, (BIRCH, ASH))
    assert triangulating.passing(ASH, [plain]) == (BOTH, ())
    assert triangulating.passing(ASH, [to, away]) == (BOTH, ())  # there and back
    assert triangulating.passing("", [Mention(ASH, "from"), to]) == (BOTH, (ASH, BIRCH))
    assert triangulating.passing("", [plain]) is None
    assert triangulating.passing(ASH, [Mention(ASH, "")]) is None
    assert triangulating.passing(ASH, [plain, Mention(CEDAR, "")]) is None  # it may speak of either
    assert triangulating.passing("[ORGANISATION 1]", [plain]) is None
    assert triangulating.passing(ASH, []) is None


# The findings, from passages.


class Corpus:
    """Invented documents, each of paragraphs of sentences: (text, tone), tone None where of no theme."""

    def __init__(self):
        self.documents, self.passages, self.members = [], [], []

    def add(self, kind, organisation, *paragraphs, times=1, document="", date="2026-01-05"):
        for _ in range(times):
            n = len(self.documents)
            text = "\n\n".join(" ".join(said for said, _ in sentences) for sentences in paragraphs)
            if n:  # no two alike
                text += f"\n\nNumber {n}."
            one = Document(
                f"d{n:03}", kind, text, "", f"r{n}", f"{n}.csv", "", organisation=organisation,
                document=document, date=date,
            )  # fmt: skip
            self.documents.append(one)
            at = 0
            for said, tone in [s for sentences in paragraphs for s in sentences]:
                start = text.index(said, at)
                at = start + len(said)
                p = Passage(
                    f"{one.id}:{start}-{at}", one.id, start, at, said, kind, organisation=organisation
                )
                self.passages.append(p)
                if tone:
                    self.members.append(Membership(p.id, THEME.id, 0.9, "assigned", tone))
        return self

    def find(self, expected=(ASH, BIRCH, CEDAR)):
        of = {p.id: p for p in self.passages}
        pairs = [(m, of[m.passage_id]) for m in self.members]
        said = {THEME.id: triangulating.sides(pairs, RULES)}
        placed = [
            Finding("one/" + THEME.id, "one", THEME.id, "Handover: so.", 1.0, "why", "mixed", ("practice",)),
            Finding("/" + THEME.id, "", THEME.id, "Beside.", 0.0, "why"),
            Finding("two/" + THEME.id, "two", THEME.id, "Handover: so.", 1.0, "why", "gap", ("practice",)),
        ]
        self.placed = tuple(placed)
        return between.find(
            placed, [THEME], said, self.members, self.passages, self.documents, expected, RULES, 8
        )


def one(corpus):
    """The only finding, as it stands in the first section, and its quotes."""
    findings, quotes = corpus.find()
    assert [f.section_id for f in findings] == ["one", "two"], [f.statement for f in findings]
    return findings[0], [q for q in quotes if q.section_id == "one"]


DONE = [[("Each handover has a joint visit.", "positive")], [("It is always met face to face.", "positive")]]
WANTING = [[("Our handover is poor.", "negative")], [("Nobody is told when it happens.", "negative")]]
THIRD = [("It works well here too.", "positive")], [("It fails here too.", "negative")]


def test_organisations_whose_accounts_differ_are_a_finding():
    corpus = Corpus().add("account", ASH, *DONE, THIRD[0]).add("account", BIRCH, *WANTING, THIRD[1])
    finding, quotes = one(corpus)
    assert (finding.sort, finding.between, finding.position) == ("variation", BOTH, "mixed")
    assert finding.basis == ("described by the provider",)
    assert finding.exception == BIRCH
    assert finding.statement.startswith(
        "Variation between organisations: Handover. By their own accounts Ashcombe Mental Health describes "
        "it as done, and Birchover Partnership says that it is wanting."
    )
    assert not any(sign.isdigit() for sign in finding.statement)
    assert {q.organisation for q in quotes} == set(BOTH)
    assert finding.evidence_ids == tuple(q.id for q in quotes)
    assert {q.organisation: q.polarity for q in quotes} == {ASH: "positive", BIRCH: "negative"}
    assert finding.latest == "2026-01-05"
    assert finding.review == "not yet reviewed"


@pytest.mark.parametrize(
    "corpus",
    [
        Corpus().add("account", ASH, *DONE, THIRD[0]).add("account", BIRCH, *DONE, THIRD[0]),
        Corpus().add("account", ASH, *DONE, THIRD[0]).add("incident", BIRCH, *WANTING, THIRD[1], times=9),
        Corpus().add("account", ASH, *DONE, THIRD[0]).add("feedback", BIRCH, *WANTING, THIRD[1], times=9),
        Corpus().add("account", ASH, *DONE, THIRD[0]).add("account", "", *WANTING, THIRD[1]),
        Corpus().add("account", ASH, *DONE).add("account", BIRCH, *WANTING, THIRD[1]),  # may be misread
        Corpus().add("account", ASH, *DONE, THIRD[0]).add("account", BIRCH, *WANTING),
    ],
)
def test_no_variation_is_found_where_accounts_do_not_differ(corpus):
    assert corpus.find() == ((), ())


GONE_WRONG = [("He was transferred to Birchover.", None), ("No one there knew of him.", "negative")]
UNSAID = [("Birchover were rung.", None), ("No one there knew of him.", "negative")]


def test_what_goes_wrong_between_two_is_a_gap_with_its_direction():
    finding, quotes = one(Corpus().add("incident", ASH, GONE_WRONG, times=3))
    assert (finding.sort, finding.between, finding.position) == ("from, to", BOTH, "gap")
    assert finding.basis == ("practice",)
    assert finding.statement.startswith(
        "Handover, from Ashcombe Mental Health to Birchover Partnership: incident reports of Ashcombe Mental "
        "Health tell of it going wrong."
    )
    assert {q.quote for q in quotes} == {"He was transferred to Birchover. No one there knew of him."}


def test_the_receiving_one_may_tell_it():
    came = [("She came to us from Ashcombe.", None), ("There were no papers.", "negative")]
    finding, _ = one(Corpus().add("incident", BIRCH, came, times=3))
    assert (finding.sort, finding.between) == ("from, to", BOTH)
    back = [("She came to us from Birchover.", None), ("There were no papers.", "negative")]
    finding, _ = one(Corpus().add("incident", ASH, back, times=3))
    assert (finding.sort, finding.between) == ("from, to", BOTH[::-1])


def test_without_enough_words_of_direction_none_is_said():
    finding, _ = one(Corpus().add("incident", ASH, GONE_WRONG, times=2).add("incident", ASH, UNSAID))
    assert (finding.sort, finding.between) == ("between", BOTH)
    assert finding.statement.startswith("Handover, between Ashcombe Mental Health and Birchover Partnership:")
    back = [("He came to us from Birchover.", None), ("No one had told us.", "negative")]
    both = Corpus().add("incident", ASH, GONE_WRONG, times=3).add("incident", ASH, back, times=3)
    assert one(both)[0].sort == "between"


def test_two_documents_are_not_enough_and_paragraphs_of_one_are_one():
    assert Corpus().add("incident", ASH, GONE_WRONG, times=2).find() == ((), ())
    told = [("Birchover never rang me.", "negative")]
    assert Corpus().add("feedback", ASH, told, told, told).find() == ((), ())


def test_whoever_tells_counts_and_people_are_told_apart():
    told = [("My care went from Ashcombe to Birchover and nobody rang.", "negative")]
    corpus = Corpus().add("incident", ASH, UNSAID).add("incident", BIRCH, [("Ashcombe lost it.", "mixed")])
    finding, quotes = one(corpus.add("feedback", "", told))
    assert "incident reports of Ashcombe Mental Health and Birchover Partnership and people and families" in (
        finding.statement
    )
    assert {q.kind for q in quotes} == {"incident", "feedback"}


def test_what_people_praise_is_no_gap_and_what_is_both_is_mixed():
    good = [("Birchover and they did it together, lovely.", "positive")]
    bad = [("Birchover never rang me.", "negative")]
    assert Corpus().add("feedback", ASH, bad, times=3).add("feedback", ASH, good, times=9).find() == ((), ())
    finding, _ = one(Corpus().add("feedback", ASH, bad, times=3).add("feedback", ASH, good, times=3))
    assert (finding.position, finding.basis) == ("mixed", ("confirmed by people and families",))


def test_what_was_done_well_after_an_incident_is_no_practice():
    good = [("Birchover met us the same day.", "positive")]
    finding, _ = one(Corpus().add("incident", ASH, UNSAID, times=3).add("incident", ASH, good, times=9))
    assert finding.position == "gap"


def test_more_than_one_other_or_none_is_not_told():
    many = [("Birchover and Cedarholt were rung.", "negative")]
    assert Corpus().add("incident", ASH, many, times=9).find() == ((), ())
    none = [("No one was told.", "negative")]
    assert Corpus().add("incident", ASH, none, times=9).find() == ((), ())


def test_accounts_stand_beside_it_by_the_sentence_that_names_the_other():
    corpus = Corpus().add("incident", ASH, UNSAID, times=3)
    speaks = [("Inside our trust it works well.", "positive"), ("Cedarholt is good.", None)]
    speaks += [("With Ashcombe there are long pauses.", None)]
    corpus.add("account", BIRCH, speaks, document="return")
    finding, quotes = one(corpus)
    # the good sentence is not of the boundary, and the one that is stands under no theme
    assert "the account of Birchover Partnership speaks of Ashcombe Mental Health" in finding.statement
    assert [q.quote for q in quotes if q.kind == "account"] == ["With Ashcombe there are long pauses."]
    assert {q.theme_id for q in quotes if q.kind == "account"} == {""}
    assert "describes it as done" not in finding.statement


def test_an_account_leans_by_two_passages_at_least():
    bad = [("With Birchover it fails.", "negative")]
    corpus = Corpus().add("incident", ASH, UNSAID, times=3).add("account", ASH, bad)
    assert "the account of Ashcombe Mental Health speaks of it" in one(corpus)[0].statement
    corpus = Corpus().add("incident", ASH, UNSAID, times=3).add("account", ASH, bad, bad)
    assert "the account of Ashcombe Mental Health tells of it going wrong" in one(corpus)[0].statement


def test_a_name_too_far_from_what_is_told_does_not_count():
    far = [("Birchover were rung.", None), ("A long day it was. " * 40, None), ("No one knew.", "negative")]
    assert Corpus().add("incident", ASH, far, times=3).find() == ((), ())
    apart = ([("Birchover has a nice garden.", None)], [("Nobody ever rang me.", "negative")])
    assert Corpus().add("feedback", ASH, *apart, times=3).find() == ((), ())


def test_every_quote_is_cut_from_its_document():
    corpus = (
        Corpus()
        .add("incident", ASH, GONE_WRONG, times=3)
        .add("account", BIRCH, [("Ashcombe is near.", None)])
    )
    texts = {d.id: d.text for d in corpus.documents}
    _, quotes = corpus.find()
    assert len(quotes) == 4  # the same words once, and the account's, in each section
    assert all(texts[q.document_id][q.start : q.end] == q.quote for q in quotes)


def test_masked_organisations_break_nothing():
    mask = "[ORGANISATION 1]"
    corpus = Corpus().add("incident", mask, GONE_WRONG, times=9)
    assert corpus.find() == ((), ())
    corpus = Corpus().add("account", mask, *DONE, THIRD[0]).add("account", BIRCH, *WANTING, THIRD[1])
    assert one(corpus)[0].between == (mask, BIRCH)


# In the report, the plan and the book.


def report():
    corpus = Corpus().add("incident", ASH, GONE_WRONG, times=3)
    corpus.add("account", ASH, *DONE, THIRD[0]).add("account", CEDAR, *WANTING, THIRD[1])
    found, quotes = corpus.find()
    every = between.beside(corpus.placed, found)
    sections = tuple(between.filled(SectionResult(i, i.title(), ()), every) for i in ("one", "two"))
    return Report(
        provenance={}, ledger=(), documents=(), received=(), outstanding=(), absent_voices=(),
        sections=sections, themes=(THEME,), findings=every, evidence=between.added((), quotes),
        memberships=(), title="Review", question="",
    )  # fmt: skip


def test_they_stand_behind_the_finding_of_their_theme_in_each_section():
    made = report()
    assert [(f.section_id, f.sort) for f in made.findings] == [
        *[("one", sort) for sort in ("theme", "variation", "from, to")],
        ("", "theme"),
        *[("two", sort) for sort in ("theme", "variation", "from, to")],
    ]
    assert len(made.sections[0].finding_ids) == 3
    assert len({f.id for f in made.findings}) == 7


def test_they_are_the_same_from_report_json(tmp_path):
    made = report()
    path = tmp_path / "report.json"
    path.write_text(as_json(made), "utf-8")
    assert load(path).findings == made.findings


def test_the_page_names_them_and_leads_with_what_goes_wrong_between_two():
    made = report()
    titles = [f.title for f in arranging.arrange(made).sections[0].findings]
    assert titles == [
        "Handover",
        "Handover: variation between organisations",
        f"Handover: from {ASH} to {BIRCH}",
    ]
    assert [len(s.main) for s in arranging.arrange(made).sections] == [2, 0]  # each once
    table = called.table(made, {THEME.id: "Handover"}, arranging.numbers(made))
    assert table is not None
    assert [row[3] for row in table.rows] == ["1.3, 2.3", "1.2, 2.2"]
    plain = dataclasses.replace(made, findings=tuple(f for f in made.findings if f.sort == "theme"))
    assert called.table(plain, {}, {}) is None


def test_the_plan_has_actions_for_both_as_partners_and_none_of_its_own_for_variation():
    made = report()
    actions = planning.draft(made, planning.prompts())
    shared = [a for a in actions if "|" in a.finding_id]
    assert [a.horizon for a in shared] == ["short", "longer"]
    assert all(f"{ASH} and {BIRCH}, as partners" in a.action for a in shared)
    assert all(f"from {ASH} to {BIRCH}" in a.action and "“Handover”" in a.action for a in shared)
    assert all(not a.owner and a.evidence_ids and a.also for a in shared)
    rest = [a for a in actions if a not in shared]
    assert [a.horizon for a in rest] == ["short", "longer"]
    assert any("variation" in also for also in rest[0].also)
    assert CEDAR not in rest[0].action  # the theme's own finding is a gap: nothing narrows it
    assert len({a.id for a in actions}) == 4
    assert Trace([THEME], made.findings).actions(made.findings) == [a.id for a in actions]
    assert not [a for a in planning.assure(made, planning.prompts()) if "|" in a.finding_id]


def test_an_action_keeps_its_id_whichever_way_is_told():
    made = report()
    turned = [
        dataclasses.replace(f, sort="between", between=f.between[::-1]) if f.interface else f
        for f in made.findings
    ]
    again = dataclasses.replace(made, findings=tuple(turned))
    book = planning.prompts()
    assert [a.id for a in planning.draft(again, book)] == [a.id for a in planning.draft(made, book)]


def test_variation_calls_for_action_itself_where_its_theme_has_none_left():
    made = report()
    alone = dataclasses.replace(made, findings=tuple(f for f in made.findings if f.sort == "variation"))
    actions = planning.draft(alone, planning.prompts())
    assert [a.horizon for a in actions] == ["short", "longer"]
    assert all(CEDAR in a.action for a in actions)


def test_what_only_comments_add_makes_no_side_of_a_variation():
    corpus = Corpus().add("account", ASH, *DONE).add("feedback", ASH, *DONE, times=3)
    assert corpus.add("account", BIRCH, *WANTING, THIRD[1]).find() == ((), ())


def test_an_account_that_only_speaks_of_it_praises_nothing():
    speaks = [("Birchover has the form.", "neutral")]
    finding, _ = one(Corpus().add("incident", ASH, UNSAID, times=3).add("account", ASH, speaks, times=9))
    assert finding.position == "gap"


def test_an_incident_report_is_of_one_event_whatever_its_paragraphs():
    parts = ([("He was transferred to Birchover.", None)], [("No one there knew of him.", "negative")])
    assert one(Corpus().add("incident", ASH, *parts, times=3))[0].sort == "from, to"


def test_an_account_names_one_other_a_sentence():
    speaks = [("Cedarholt is good.", None), ("With Ashcombe it fails.", "negative")]
    speaks += [("Ashcombe is late.", "negative")]
    corpus = Corpus().add("incident", ASH, UNSAID, times=3).add("account", BIRCH, speaks)
    assert "the account of Birchover Partnership tells of it going wrong" in one(corpus)[0].statement


def test_the_sentence_that_names_the_other_decides_and_not_its_neighbours():
    told = [("Birchover never rang me.", "negative"), ("The tea was good.", "positive")]
    told += [("So were the biscuits.", "positive")]
    assert one(Corpus().add("feedback", ASH, told, times=3))[0].position == "gap"
    good = [("Birchover rang me each day.", "positive"), ("The tea was cold.", "negative")]
    good += [("So was the room.", "negative")]
    assert Corpus().add("feedback", ASH, good, times=3).find() == ((), ())


def test_a_passage_that_is_likelier_not_of_the_theme_tells_nothing():
    corpus = Corpus().add("incident", ASH, GONE_WRONG, times=3)
    corpus.members = [dataclasses.replace(m, score=0.4) for m in corpus.members]
    assert corpus.find() == ((), ())


def test_a_name_that_begins_that_of_something_else_is_none():
    assert ways("Birchover Grammar was rung.") == []
    assert Names([ASH, "Homes of Ashcombe"]).mentions("Ashcombe did not answer.") == []


def test_variation_opens_and_narrows_no_action_where_its_theme_has_one():
    made = report()

    def drafted(**changes):
        kept = [f for f in made.findings if not f.interface and f.section_id == "one"]
        kept = [dataclasses.replace(f, **changes) if f.sort == "theme" else f for f in kept]
        return planning.draft(dataclasses.replace(made, findings=tuple(kept)), planning.prompts())

    assert [a.gap for a in drafted(position="gap", basis=("provision",))] == ["provision"] * 2
    actions = drafted(position="mixed", basis=(), exception=BIRCH)
    assert all(BIRCH in a.action and CEDAR not in a.action for a in actions)


def test_an_interface_leads_one_section_of_three():
    made = report()
    third = [
        dataclasses.replace(f, id=f"three/{f.id.partition('/')[2]}", section_id="three")
        for f in made.findings
        if f.section_id == "two"
    ]
    every = (*made.findings, *third)
    sections = (*made.sections, between.filled(SectionResult("three", "Three", ()), every))
    page = arranging.arrange(dataclasses.replace(made, findings=every, sections=sections))
    assert [len(s.main) for s in page.sections] == [2, 0, 0]
