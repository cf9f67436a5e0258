"""What comes out, held to its promises on an invented review with hostile texts in it."""
# ruff: noqa: E501  an invented quote stays on its line

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
import json as stdlib_json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser as HTMLParser

import thememiner.reports
from thememiner import reports
from thememiner.errors import InputError
from thememiner.records import (
    VOICES,
    DocumentEntry,
    Evidence,
    Finding,
    GridCell,
    LedgerEntry,
    Link,
    Membership,
    ReadInFull,
    Received,
    Report,
    RequirementResult,
    Rules,
    SectionResult,
    Skipped,
    Theme,
    Triangulation,
)
from thememiner.reports import arranging, charts, html, json, markdown, ordering, tabling, wording
from thememiner.reports import contents as contents_of

SCHEMA = Path(thememiner.reports.__file__).with_name("schema.json")
NEVER = ("mined", "anonymised", "anonymized", "non-compliant", "hard to engage", "confirms")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


NORTH, VALE, COAST, MOOR = (
    "Northfield NHS Foundation Trust",
    "Vale and Wolds Mental Health NHS Trust",
    "Coastline Healthcare NHS Foundation Trust",
    "Moorside Community Partnership",
)
GROUP = "Open Door lived experience group"

LONG = (
    "I have been my brother’s carer for nineteen years, and I want to set down what those months were like, "
    "because nobody has ever asked me to. "
    + "Every week I rang, and every week I was told that he was an adult and that they could not talk to me. "
    "I was not asking them to tell me anything. I was asking them to listen. " * 16
)[:2999] + "."

# Name, origin, definition and keywords of each.
THEMES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Handover between providers", "codebook", "How care is passed from one organisation to another.", ()),
    (
        "Capacity to step up support",
        "codebook",
        "Whether a team can see a person more often when needed.",
        (),
    ),
    ("Care coordination and key worker", "codebook", "One named person who holds the plan together.", ()),
    ("Did not attend as a trigger for discharge", "codebook", "Whether missed appointments end care.", ()),
    ("Family and carer involvement", "codebook", "Whether those close to a person are heard and told.", ()),
    ("Crisis line and out-of-hours response", "codebook", "What happens at night and at weekends.", ()),
    ("Medication supply and monitoring of depot injections across several services", "codebook", "", ()),
    ("Sharing records between services", "codebook", "Whether one service can read what another wrote.", ()),
    (
        "Unnamed group (words: transport, parking, bus)",
        "discovered",
        "",
        ("bus", "parking", "two buses", "lift", "taxi"),
    ),
    ("Wrong address on <b>post</b>", "discovered", "", ("letter", "address", "=1+1", "<i>post</i>")),
)

SECTIONS = (
    ("policies", "Relevant policies and procedures"),
    ("experience", "Experience of service use"),
    ("governance", "Governance, monitoring and partnership arrangements"),
    ("gaps", "Identification of gaps, barriers and challenges"),
    ("housing", "Housing and social needs"),
)

# Source, kind, voice, organisation and locator of each.
DOCUMENTS = (
    ("incidents/lfpse-extract-q3.csv", "incident", "staff", NORTH, "row 113"),
    ("incidents/lfpse-extract-q3.csv", "incident", "staff", VALE, "row 2044"),
    ("incidents/regulation-28-reports.pdf", "incident", "independent body", "", ""),
    ("policies/non-attendance-policy-v4.pdf", "policy", "unknown", NORTH, ""),
    ("policies/transfer-of-care.docx", "policy", "unknown", VALE, ""),
    ("policies/step-up-procedure.docx", "policy", "unknown", COAST, ""),
    ("returns/northfield-return.docx", "account", "provider lead", NORTH, ""),
    ("returns/vale-return.docx", "account", "provider lead", VALE, ""),
    ("returns/review-meeting-12-september.docx", "account", "commissioner", "", ""),
    ("feedback/fft-comments.csv", "feedback", "unknown", NORTH, "row 18"),
    ("feedback/care-opinion.json", "feedback", "person using services", VALE, "story 41"),
    ("feedback/open-door-group-notes.docx", "feedback", "family or carer", GROUP, ""),
)

# A row a line, however long: document, section (-1: none), theme, polarity, modality, location, quote.
# fmt: off
QUOTES: tuple[tuple[int, int, int, str, str, str, str], ...] = (
    (3, 0, 3, "neutral", "commitment", "page 7", "Staff must not discharge a person solely because of missed appointments; a second missed contact is to be treated as an early warning sign."),
    (3, 0, 3, "neutral", "commitment", "page 8", "Discharge after non-attendance requires a full multidisciplinary discussion, recorded in the notes."),
    (6, 0, 3, "positive", "description", "Section 1, question 4", "Our teams regard non-attendance as a reason to go out and see the person, and this is described consistently across all nine localities."),
    (11, 0, 3, "negative", "description", "page 2", "He missed two appointments because he was too unwell to leave the house, and the letter that came said he had been discharged."),
    (1, 0, 3, "negative", "description", "", "Patient discharged from caseload following two DNAs. No record of contact with family or GP prior to discharge."),
    (4, 0, 0, "neutral", "commitment", "section 5.2", "The sending team remains responsible until the receiving team has seen the person and accepted the transfer in writing."),
    (7, 0, 0, "mixed", "description", "Section 1, question 6", "Handover within the trust works well; with the neighbouring provider it depends on who picks up the telephone."),
    (0, 0, 0, "negative", "description", "", "Referral sent to receiving team on Friday. Not opened until the following Thursday. No interim plan."),
    (10, 1, 4, "positive", "description", "", "The new nurse rang my mum back the same day and actually wrote down what she said. First time in ten years 😊🌈."),
    (11, 1, 4, "negative", "description", "page 1", LONG),
    (11, 1, 4, "negative", "description", "page 3", "“We knew he was getting ill. We told them on the Monday, the Wednesday and the Friday.”"),
    (9, 1, 4, "positive", "description", "", "They asked my daughter what she thought, which helped."),
    (6, 1, 4, "positive", "description", "Section 2, question 1", "Families are invited to every review where the person agrees; a carers’ lead sits in each team."),
    (2, 1, 4, "negative", "description", "paragraph 14", "Concerns raised by the family on three occasions were not passed to the treating team."),
    (10, 1, 5, "negative", "description", "", "Rang the crisis line at 2 a.m. and was told to have a bath. I had already had a bath."),
    (9, 1, 5, "negative", "description", "", "Waited 4 hours for a call back, then it went to voicemail <script>alert('x')</script> ]]> -->"),
    (9, 1, 5, "neutral", "description", "", "=1+1 is what I typed in the box because nobody reads these, [click here](javascript:alert(1)) ![](x)"),
    (0, 1, 5, "negative", "description", "", "Out-of-hours team unable to view community record; attended without risk information."),
    (11, 1, 2, "mixed", "description", "page 4", "When we had one person who knew her, it worked. Then that person left and we had eleven in a year."),
    (10, 1, 2, "positive", "description", "", "My care coordinator turns up. That is it. That is the review."),
    (7, 1, 2, "positive", "description", "Section 2, question 3", "Every person on the caseload has a named key worker within five working days."),
    (1, 1, 2, "negative", "description", "", "Key worker on long-term leave; no cover allocated for 7 weeks. Depot overdue by 12.5 days."),
    (8, 2, 1, "negative", "description", "line 210", "The commissioner asked what would be needed to step up; all four providers said that further investment would be required."),
    (5, 2, 1, "neutral", "commitment", "page 3", "Teams should be able to increase contact to daily within 24 hours of a concern being raised."),
    (6, 2, 1, "negative", "description", "Section 3, question 2", "Current caseloads of 38 to 45 do not allow more than weekly contact in two of our localities."),
    (0, 2, 1, "negative", "description", "", "Increase in visits requested by GP. Team at capacity, next contact 9 days later."),
    (11, 2, 1, "negative", "description", "page 5", "They said he needed seeing every day and then they said they could not see him every day."),
    (7, 2, 7, "mixed", "description", "Section 3, question 5", "A shared care record is live for primary care; the ambulance service cannot yet see it."),
    (8, 2, 7, "negative", "description", "line 88", "It was noted that three systems are in use & none shows \u202ethe others' plans\u202c."),
    (2, 3, 0, "negative", "description", "paragraph 22", "There was no agreed process for handover where the person moved between two providers."),
    (8, 3, 0, "mixed", "description", "line 301", "Variation of practice was described where handovers occur between different providers."),
    (10, 3, 0, "negative", "description", "", "I moved eleven miles and had to start again, tell it all again, wait again."),
    (7, 3, 6, "mixed", "description", "Section 4, question 1", "Depot clinics run in every locality, but supply between hospital and community pharmacy is not always matched."),
    (1, 3, 6, "negative", "description", "", "Dose 150 mg on transfer letter, 105 mg on community chart. Query raised by pharmacist."),
    (9, -1, 8, "negative", "description", "", "Two buses each way for a ten-minute appointment."),
    (9, -1, 8, "negative", "description", "", "Nowhere to park, and the lift was out of order again."),
    (11, -1, 8, "negative", "description", "page 6", "I take a morning off work each time to drive him, or he cannot go."),
    (9, -1, 9, "negative", "description", "", "Letters still go to my old address. # Not a heading\nI have told them | four | times."),
    (10, -1, 9, "negative", "description", "", "\u200fمرحبا\u200f the letter was in English only <img src=x onerror=alert(1)>"),
    (6, -1, 7, "positive", "description", "Section 3, question 6", "We have offered read access to partners."),
)
# fmt: on

STATEMENTS = {
    (
        0,
        3,
    ): "Missing appointments is not a sole reason for discharge in written policy, and providers describe the same; one family and one incident report describe otherwise.",
    (
        0,
        0,
    ): "Responsibility during a transfer is set out in policy; incident reports describe transfers that were not opened for several days.",
    (
        1,
        4,
    ): "People and families describe being heard in some teams and not in others; providers describe routine involvement.",
    (1, 5): "People describe long waits and short answers from the crisis line at night.",
    (1, 2): "A named person who stays is described as what works; cover for absence is described as missing.",
    (
        2,
        1,
    ): "Providers and the commissioner describe too little capacity to see a person more often when needed.",
    (2, 7): "Records are partly shared: primary care can see them, ambulance services cannot.",
    (3, 0): "Practice is described as varying where people move between providers.",
    (3, 6): "Supply and doses of depot injections are described as not always matching across a transfer.",
}


@functools.cache
def sample_report() -> Report:
    """An invented review of four organisations: no real person, place or event."""
    ids = [sha(f"{kind} {number}") for number, (_, kind, *_) in enumerate(DOCUMENTS)]
    ids[9] += "~2"
    theme_ids = [
        f"code:assertive-care/c{n}" if origin == "codebook" else f"found:{sha(name)[:16]}"
        for n, (name, origin, *_) in enumerate(THEMES)
    ]
    section_ids = [section for section, _ in SECTIONS]
    evidence = tuple(
        Evidence(
            id=f"e{n:03}",
            section_id=section_ids[section] if section >= 0 else "",
            theme_id=theme_ids[theme],
            document_id=ids[document],
            kind=DOCUMENTS[document][1],
            voice=DOCUMENTS[document][2],
            organisation=DOCUMENTS[document][3],
            polarity=polarity,
            start=140 * n,
            end=140 * n + len(quote),
            quote=quote,
            sha256=sha(quote),
            modality=modality,
            strength=round(0.95 - n / 100, 6),
            location=location,
            repairs=("hyphen", "ligature") if n == 1 else (),
            answers="What could we do better?" if n == 2 else "",
        )
        for n, (document, section, theme, polarity, modality, location, quote) in enumerate(QUOTES)
    )
    findings = tuple(
        Finding(
            id=f"f{n}",
            section_id=section_ids[section],
            theme_id=theme_ids[theme],
            statement=statement,
            score=round(0.92 - 0.07 * n, 6),
            reason=f"The section lists the code “{THEMES[theme][0]}”, and its prompts ask about it.",
            evidence_ids=tuple(
                e.id
                for e in evidence
                if (e.section_id, e.theme_id) == (section_ids[section], theme_ids[theme])
            ),
            passages=12,
        )
        for n, ((section, theme), statement) in enumerate(STATEMENTS.items())
    )
    rows = [
        (theme, QUOTES[n][0], e)
        for theme in range(len(THEMES))
        for n, e in enumerate(evidence)
        if QUOTES[n][2] == theme
    ]
    themes = tuple(
        _theme(n, theme_ids[n], [(document, e) for theme, document, e in rows if theme == n])
        for n in range(len(THEMES))
    )
    return Report(
        provenance={
            "thememiner": "0.1.0",
            "seed": 20240726,
            "method": "codebook (framework) analysis",
            "scope": {"start": "2024-10-01"},
            "encoder": {"name": "minilm", "sha256": sha("weights"), "precision": "float32"},
            "codebook": {"id": "assertive-care", "version": "1"},
            "template": {
                "id": "assertive-care-review",
                "version": "1",
                "official": False,
                "note": "a starter",
            },
            "settings": {
                "assigned": 0.5,
                "weak": 0.3,
                "discover": True,
                "quotes": 8,
                "redact": True,
                "since": None,
            },
            "inputs": [
                {"source": source, "kind": kind, "sha256": sha(source), "options": {"voice": voice}}
                for source, kind, voice, *_ in DOCUMENTS
            ],
        },
        title="Intensive and assertive community mental health care: what the evidence says",
        question="What do incident reports, policies, organisations and the people concerned say about care for "
        "people who find it difficult to stay in touch with services, and what is not yet known?",
        ledger=_ledger(),
        documents=tuple(
            sorted(
                (
                    DocumentEntry(
                        id=ids[n],
                        kind=kind,
                        voice=voice,
                        organisation=organisation,
                        place="",
                        team="",
                        date="2024-09-12",
                        source=source,
                        sha256=sha(f"text {n}"),
                        reference=f"R{n}",
                        locator=locator,
                        file_sha256=sha(source),
                        masks=n,
                        passages=40 + n,
                        superseded_by=ids[4] if n == 5 else "",
                    )
                    for n, (source, kind, voice, organisation, locator) in enumerate(DOCUMENTS)
                ),
                key=lambda entry: entry.id,
            )
        ),
        received=(
            Received(NORTH, "Completed review template", ("returns/northfield-return.docx",)),
            Received(NORTH, "Non-attendance policy", ("policies/non-attendance-policy-v4.pdf",)),
            Received(GROUP, "Notes of the group", ("feedback/open-door-group-notes.docx",), expected=False),
            Received(VALE, "Completed review template", ("returns/vale-return.docx",)),
        ),
        outstanding=(
            Received(COAST, "Completed review template"),
            Received(MOOR, "Completed review template"),
            Received(MOOR, "Transfer of care policy"),
        ),
        absent_voices=("partner",),
        sections=tuple(
            SectionResult(
                id=section,
                title=title,
                finding_ids=tuple(f.id for f in findings if f.section_id == section),
                statement=""
                if section != "housing"
                else "Searched for and not found: 1,204 passages were compared with what this section asks about, "
                "and none was clearly about it.",
                searched=1204,
                blanks=(
                    (COAST, "3.4 How are concerns raised by families recorded?"),
                    (VALE, "3.1 Who chairs the partnership board?"),
                    (VALE, "3.2 How often is the joint protocol audited?"),
                )
                if section == "governance"
                else (),
                absence="searched for and not found" if section == "housing" else "",
            )
            for section, title in SECTIONS
        ),
        themes=themes,
        findings=findings,
        evidence=evidence,
        memberships=tuple(
            sorted(
                (
                    Membership(
                        f"{e.document_id}:{e.start}-{e.end}",
                        e.theme_id,
                        e.strength,
                        "assigned",
                        e.polarity,
                        e.modality,
                    )
                    for e in evidence
                ),
                key=lambda m: (m.passage_id, m.theme_id),
            )
        ),
        passages={"total": 1204, "assigned": 861, "weak": 77, "unassigned": 266},
        skipped=(
            Skipped("link", "standard wording of a form", 212),
            Skipped("link", "repeat of an earlier passage", 1),
            Skipped("discover", "a group of fewer than 8 passages", 31),
        ),
        content_note="This report quotes accounts of serious illness, distress and death.",
        linked=_links(ids),
        blanks=((VALE, "9. Who keeps the gardens?"), ("", "10. Is there a shuttle?")),
    )


def _links(ids: list[str]) -> tuple[Link, ...]:
    """Made up: documents 1, 5 and 9 in the words of 0, 4 and 10."""
    rows = ((1, 0, "repeat", "the same event told again"), (5, 4, "superseded", "version 3.0 against 2.1"))
    rows += ((9, 10, "shared", "different organisations <i>x</i>"),)
    return tuple(
        sorted(
            (
                Link(ids[a], ids[b], sort, reason, 0.751234, DOCUMENTS[a][0], DOCUMENTS[b][0])
                for a, b, sort, reason in rows
            ),
            key=lambda link: link.document_id,
        )
    )


def _theme(number: int, theme_id: str, rows: list[tuple[int, Evidence]]) -> Theme:
    name, origin, definition, keywords = THEMES[number]

    def tally(of):
        found: dict[object, list[int]] = {}
        for document, item in rows:
            found.setdefault(of(item), []).append(document)
        return [(key, len(documents), len(set(documents))) for key, documents in found.items()]

    theme = Theme(
        id=theme_id,
        name=name,
        origin=origin,
        code_id=f"c{number}" if origin == "codebook" else "",
        definition=definition,
        keywords=keywords,
        passages=len(rows),
        documents=len({document for document, _ in rows}),
        counts=tuple(
            (*key, passages, documents) for key, passages, documents in tally(lambda e: (e.kind, e.polarity))
        ),
        organisations=tuple(tally(lambda e: e.organisation)),
        voices=tuple(tally(lambda e: e.voice)),
        stability=None if origin == "codebook" else 0.91 - 0.3 * (number - 8),
    )
    return ordering.canonical_theme(theme)


def _ledger() -> tuple[LedgerEntry, ...]:
    kinds = {source: kind for source, kind, *_ in DOCUMENTS}
    read = [
        LedgerEntry(
            source,
            kind,
            "partly_read" if source.endswith("q3.csv") else "read",
            reason="3 rows had no text" if source.endswith("q3.csv") else "",
            documents=sum(source == other for other, *_ in DOCUMENTS),
            format=source.rsplit(".", 1)[1],
            sha256=sha(source),
            parser="thememiner.reading 1",
            skipped=(("no text", 3),) if source.endswith("q3.csv") else (),
        )
        for source, kind in kinds.items()
    ]
    refused = [
        LedgerEntry(
            "policies/old-scan-2009.pdf",
            "policy",
            "refused",
            "pictures of pages only: no text layer",
            format="pdf",
        ),
        LedgerEntry(
            "returns/<b>final</b> FINAL.xlsx", "account", "refused", "protected by a password", format="xlsx"
        ),
    ]
    return tuple(sorted((*read, *refused), key=lambda e: (e.source, e.kind, e.sha256)))


REPORT = sample_report()
RENDERERS = {"html": html.render, "json": json.render, "md": markdown.render}


def empty_report() -> Report:
    return Report({}, "", "", (), (), (), (), (), (), (), (), (), ())


def _markdown_nodes(text):
    """Every token of a Markdown text, the inline ones too."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()


def _markdown_text(text):
    kinds = {"text": lambda t: t.content, "code_inline": lambda t: t.content, "softbreak": lambda _: " "}
    return "".join(kinds[t.type](t) for t in _markdown_nodes(text) if t.type in kinds)


# The data form.


@pytest.mark.parametrize("report", [REPORT, empty_report()], ids=["sample", "empty"])
def test_json_is_of_its_schema(report):
    schema = stdlib_json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(stdlib_json.loads(json.render(report)))


@pytest.mark.parametrize(
    "record", ["sections", "themes", "findings", "evidence", "memberships", "documents", "linked"]
)
def test_schema_knows_every_key_and_no_other(record):
    schema = stdlib_json.loads(SCHEMA.read_text(encoding="utf-8"))
    given = stdlib_json.loads(json.render(REPORT))
    named = schema["$defs"][schema["properties"][record]["items"]["$ref"].rsplit("/", 1)[1]]
    assert list(given[record][0]) == list(named["properties"]) == named["required"]
    assert list(given) == list(schema["properties"]) == schema["required"]


def test_a_report_comes_back_whole(tmp_path):
    path = reports.write(REPORT, tmp_path / "report.json")
    assert json.load(path) == REPORT
    assert json.render(json.load(path)) == path.read_text(encoding="utf-8")


def test_order_and_far_digits_do_not_matter():
    shuffled = dataclasses.replace(
        REPORT,
        ledger=REPORT.ledger[::-1],
        documents=REPORT.documents[::-1],
        memberships=tuple(dataclasses.replace(m, score=m.score + 1e-9) for m in REPORT.memberships[::-1]),
        themes=tuple(
            dataclasses.replace(t, counts=t.counts[::-1], voices=t.voices[::-1]) for t in REPORT.themes
        ),
        provenance=dict(reversed(REPORT.provenance.items())),
    )
    assert json.render(shuffled) == json.render(REPORT)


@given(st.text(alphabet='ab"\\\n\u2028\x00<é\U0001f600'), st.lists(st.text(alphabet="a, \n]}"), max_size=3))
def test_any_text_comes_back(tmp_path_factory, text, blanks):
    section = SectionResult("s", text, (), text, 3, tuple((blank, text) for blank in blanks))
    report = dataclasses.replace(empty_report(), title=text, sections=(section,), absent_voices=(text,))
    path = tmp_path_factory.getbasetemp() / "any.json"
    assert json.load(reports.write(report, path)) == report


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ('"a"', 'no "schema"'),
        ('{"schema": 2}', "newer thememiner"),
        ('{"schema": "1"}', "its schema is"),
        ('{"schema": true}', "its schema is"),
        ('{"schema": 1}', 'no "ledger"'),
        ('{"schema": 1, "title": NaN}', "not a JSON number"),
        ("[" * 200_000, "not JSON"),
    ],
)
def test_what_is_not_a_report_is_refused(tmp_path, text, reason):
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(reason)) as caught:
        json.load(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda r: r["themes"][2].pop("name"), 'themes[2] has no "name"'),
        (
            lambda r: r["themes"][0].update(counts={"incident": {"mixed": 3}}),
            "themes[0].counts.incident.mixed",
        ),
        (lambda r: r["themes"].append(7), "themes[10] should be an object"),
        (lambda r: r["evidence"][1].update(start="7"), "evidence[1].start should be a whole number"),
        (lambda r: r["evidence"][1].update(kind="rumour"), "evidence[1].kind should be one of"),
        (lambda r: r["sections"][0].update(findings="f1"), "sections[0].findings should be a list"),
        (lambda r: r["sections"][2]["blanks"].append(["a"]), "sections[2].blanks should be lists of 2"),
        (lambda r: r["findings"][0].update(colour="red"), 'findings[0] has "colour"'),
        (lambda r: r.update(memberships={}), "memberships should be a list"),
        (lambda r: r.update(ledger=[]), '"ledger" has no "files"'),
        (lambda r: r["passages"].update(total=1.5), "passages should be a whole number"),
    ],
)
def test_what_leaves_the_shape_is_refused_by_name(tmp_path, change, reason):
    given = stdlib_json.loads(json.render(REPORT))
    change(given)
    path = tmp_path / "bent.json"
    path.write_text(stdlib_json.dumps(given), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(reason)):
        json.load(path)


def test_a_missing_file_is_the_users_to_mend(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        json.load(tmp_path / "nothing.json")


def test_a_hundred_thousand_memberships_are_a_row_a_line_and_quick():
    rows = tuple(Membership(f"d{n:06}:0-9", "code:a/b", n / 100_000, "assigned") for n in range(100_000))
    start = time.perf_counter()
    text = json.render(dataclasses.replace(REPORT, memberships=rows))
    assert time.perf_counter() - start < 10  # about 1 s
    assert text.count('\n  {"passage": ') == 100_000


# Writing.


@pytest.mark.parametrize("suffix", [".html", ".json", ".md"])
def test_files_are_utf_8_with_plain_line_ends_and_nothing_is_left_beside_them(tmp_path, suffix):
    path = reports.write(REPORT, tmp_path / f"report{suffix}")
    content = path.read_bytes()
    assert b"\r" not in content
    assert content.decode("utf-8").endswith("\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_an_unknown_suffix_lists_the_known(tmp_path):
    with pytest.raises(InputError, match=r"\.pdf.*\.html, \.json, \.md"):
        reports.write(REPORT, tmp_path / "report.pdf")
    with pytest.raises(InputError, match="Known"):
        reports.write(REPORT, tmp_path / "report")


def test_a_failed_write_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "report.md"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError, match="No space left"):
        reports.write(REPORT, path)
    assert [p.name for p in tmp_path.iterdir()] == ["report.md"]
    assert path.read_text(encoding="utf-8") == "before"


def test_a_folder_is_made_and_a_file_in_its_place_is_the_users_to_mend(tmp_path):
    path = reports.write(REPORT, tmp_path / "new" / "folder" / "report.md")
    assert path.read_text(encoding="utf-8") == markdown.render(REPORT)
    with pytest.raises(InputError, match="cannot be written"):
        reports.write(REPORT, path / "report.md")


# Every renderer.


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_same_bytes_twice(render):
    assert render(sample_report.__wrapped__()) == render(REPORT)


def test_same_bytes_in_another_process(tmp_path):
    kept = reports.write(REPORT, tmp_path / "report.json")
    code = (
        "import sys\nfrom thememiner import reports\n"
        "reports.write(reports.json.load(sys.argv[1]), sys.argv[2])\n"
        "heavy = {'torch', 'bertopic', 'pandas', 'sklearn'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    source = str(Path(thememiner.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": source, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, kept, tmp_path / "a.html"], check=True, env=environment)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == html.render(REPORT)


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_an_empty_report_renders(render):
    assert render(empty_report())


@pytest.mark.parametrize("render", [html.render, markdown.render])
@pytest.mark.parametrize("report", [REPORT, empty_report()], ids=["sample", "empty"])
def test_words_never_used(render, report):
    page = render(report).lower()
    assert [word for word in NEVER if re.search(rf"\b{word}\b", page)] == []


@pytest.mark.parametrize("render", [html.render, markdown.render])
def test_page_one_is_in_order(render):
    page = render(REPORT)
    heads = re.findall(r"^## (.+)$", page, re.MULTILINE) or [
        node.text().strip() for node in HTMLParser(page).css("h2")
    ]
    assert heads[:6] == [
        "The question asked",
        "Status of this report",
        "Evidence received and outstanding",
        "Main findings",
        "What people and families told us",
        "What we do not know",
    ]
    assert (
        page.index(wording.MARKING)
        < page.index("Content note")
        < page.index("The question asked</h2>" if "</h2>" in page else "## The question")
    )


def test_nothing_of_the_report_is_lost_from_the_pages():
    seen = HTMLParser(html.render(REPORT)).body.text()
    read = _markdown_text(markdown.render(REPORT))
    wanted = [
        *(entry.source for entry in REPORT.ledger),
        *(entry.reason for entry in REPORT.ledger),
        *(received.document for received in REPORT.outstanding),
        *(finding.statement for finding in REPORT.findings),
        *(finding.reason for finding in REPORT.findings),
        *wording.theme_names(REPORT.themes).values(),
        *(skipped.reason for skipped in REPORT.skipped),
        *(question for section in REPORT.sections for _, question in section.blanks),
        *(section.statement for section in REPORT.sections),
    ]
    assert [text for text in wanted if text not in seen] == []
    assert [text for text in wanted if text not in read] == []


def test_de_identification_switched_off_is_said():
    report = dataclasses.replace(REPORT, provenance={"settings": {"redact": False}})
    for render in (html.render, markdown.render):
        assert wording.NOT_MASKED in render(report)
        assert wording.NOT_MASKED_STEP in render(report)
        assert wording.NOT_MASKED not in render(REPORT)
        assert "de-identified (pseudonymised)" not in render(report)


def test_why_texts_were_not_de_identified_is_said_on_page_one_and_in_the_method():
    settings = {"redact": False, "reason": "masked by the <trust> & agreed"}
    report = dataclasses.replace(REPORT, provenance={"settings": settings})
    text = HTMLParser(html.render(report)).body.text()
    said = wording.REASON.format(reason=settings["reason"])
    assert said.startswith("Texts were not de-identified; reason given: masked")
    assert text.count(said) == 2
    assert markdown.render(report).count("reason given: masked by the") == 2
    assert "<trust>" not in html.render(report)


def test_the_method_says_which_thresholds_are_not_the_usual_ones():
    usual = dataclasses.asdict(Rules())
    for same in ({}, {"settings": {}}, {"settings": {"findings": usual}}, {"settings": {"findings": "all"}}):
        report = dataclasses.replace(
            REPORT, provenance=same | {"settings": {"redact": True} | same.get("settings", {})}
        )
        assert wording.THRESHOLDS_STEP not in markdown.render(report)
    report = dataclasses.replace(
        REPORT, provenance={"settings": {"findings": usual | {"enough": 5, "doubt": 0.2}}}
    )
    said = (
        f"{wording.THRESHOLDS_STEP} nothing is concluded of under 5 documents or passages of an account "
        "(usually 3); a share of 0.2 may say otherwise before both are said (usually 0.4)."
    )
    assert said in markdown.render(report).replace("\\", "")
    assert said in HTMLParser(html.render(report)).body.text()
    assert set(wording.THRESHOLDS) == set(usual)


def test_dates_that_can_be_read_in_two_ways_are_listed_with_their_file():
    said = '"When": 1 (row 3) can only be month first, none only day first, none could be either'
    first, *rest = REPORT.ledger
    report = dataclasses.replace(REPORT, ledger=(dataclasses.replace(first, notes=(said,)), *rest))
    line = f"{first.source}, {said}."
    group = next(g for g in arranging.arrange(report).unknown if g.title.startswith("Dates"))
    assert group.lines == (line,)
    assert line in HTMLParser(html.render(report)).body.text()
    assert "Dates that can be read in two ways" in markdown.render(report)
    assert "Dates that can be read in two ways" not in markdown.render(REPORT)
    written = stdlib_json.loads(json.render(report))
    Draft202012Validator(stdlib_json.loads(SCHEMA.read_text("utf-8"))).validate(written)
    assert [entry["notes"] for entry in written["ledger"]["files"]].count([said]) == 1


# HTML.


@functools.cache
def page() -> HTMLParser:
    return HTMLParser(html.render(REPORT))


def test_every_quote_is_in_the_page_letter_for_letter():
    shown = {node.text() for node in page().css("blockquote p")}
    assert {e.quote for e in REPORT.evidence} == shown


def test_a_carriage_return_in_a_quote_survives():
    odd = dataclasses.replace(REPORT.evidence[0], quote="one\r\ntwo\rthree")
    report = dataclasses.replace(REPORT, evidence=(odd, *REPORT.evidence[1:]))
    assert "one\r\ntwo\rthree" in {n.text() for n in HTMLParser(html.render(report)).css("blockquote p")}


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=javascript:1 style='x'>]]>--></style></title>"


@functools.cache
def hostile_report() -> Report:
    """The sample with every text made hostile."""

    def bent(value):
        if isinstance(value, str):
            return HOSTILE + value
        if isinstance(value, tuple):
            return tuple(bent(item) for item in value)
        if isinstance(value, dict):
            return {(HOSTILE + k): bent(v) for k, v in value.items()}
        return value

    keep = {"id", "section_id", "theme_id", "finding_ids", "evidence_ids", "passage_id", "kind", "polarity"}
    keep |= {"origin", "outcome", "modality", "sha256", "counts"}

    def spoiled(record):
        names = [f.name for f in dataclasses.fields(record) if f.name not in keep]
        return dataclasses.replace(record, **{n: bent(getattr(record, n)) for n in names if n != "status"})

    return dataclasses.replace(
        REPORT,
        **{
            f.name: tuple(
                spoiled(r) if dataclasses.is_dataclass(r) else bent(r) for r in getattr(REPORT, f.name)
            )
            if isinstance(getattr(REPORT, f.name), tuple)
            else bent(getattr(REPORT, f.name))
            for f in dataclasses.fields(REPORT)
            if f.name != "passages"
        },
    )


@pytest.mark.parametrize("report", [REPORT, hostile_report()], ids=["sample", "hostile"])
def test_no_text_becomes_an_element(report):
    tree = HTMLParser(html.render(report))
    elements = {node.tag for node in tree.css("*")}
    assert elements & {"script", "img", "iframe", "object", "form", "b", "i", "base", "link"} == set()
    for node in tree.css("*"):
        assert not [a for a in node.attributes if a.startswith("on") or a in {"style", "src"}]
    assert all(node.attributes["href"].startswith("#") for node in tree.css("a"))
    assert len(tree.css("style")) == 1
    assert "http:" not in html.render(REPORT)
    assert "https:" not in html.render(REPORT)


def test_the_policy_lets_only_the_one_style_sheet_in():
    policy = page().css_first("meta[http-equiv='Content-Security-Policy']").attributes["content"]
    nonce = page().css_first("style").attributes["nonce"]
    assert policy == f"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:"
    assert len(nonce) == 24
    assert html._nonce(dataclasses.replace(REPORT, title="other")) != nonce


@pytest.mark.parametrize(
    "report", [REPORT, empty_report(), hostile_report()], ids=["sample", "empty", "hostile"]
)
def test_headings_are_in_order_and_everything_linked_is_there(report):
    tree = HTMLParser(html.render(report))
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {node.attributes["href"][1:] for node in tree.css("a")} <= set(ids)
    for name in ("aria-labelledby",):
        for node in tree.css(f"[{name}]"):
            assert set(node.attributes[name].split()) <= set(ids)


def test_the_page_can_be_used_without_sight_or_mouse():
    tree = page()
    assert tree.css_first("html").attributes["lang"] == "en-GB"
    assert tree.css_first("body a").attributes["href"] == "#main"
    for table in tree.css("table"):
        assert table.css_first("caption").text().strip()
        assert all(cell.attributes["scope"] in {"row", "col"} for cell in table.css("th"))
        region = table.parent
        assert (region.attributes["role"], region.attributes["tabindex"]) == ("region", "0")
    for chart in tree.css("svg"):
        assert chart.attributes["role"] == "img"
        assert chart.css_first("title").text()
        assert chart.css_first("desc").text()


def test_the_colours_of_text_have_contrast():
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a, b):
        high, low = sorted((light(a), light(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    text, quiet, link, white, tint = "#212b32", "#4c6272", "#005eb8", "#ffffff", "#f0f4f5"
    css = (SCHEMA.parent / "report.css").read_text(encoding="utf-8")
    pairs = [(text, white), (quiet, white), (link, white), (text, tint), (quiet, tint), (text, "#ffeb3b")]
    pairs += [(text, "#e6f0fa"), (text, "#c2dbf2"), (text, "#8fbbe3"), (white, link), (white, "#003f7d")]
    assert all(colour in css for pair in pairs for colour in pair if colour != white)
    assert min(contrast(*pair) for pair in pairs) >= 4.5


# What stands in the pages.


def test_people_are_never_ranked_and_come_first_under_a_finding():
    contents = arranging.arrange(REPORT)
    assert [group.title for group in contents.people] == sorted(g.title for g in contents.people)
    assert all(quote.people for group in contents.people for quote in group.quotes)
    for section in contents.sections:
        for finding in section.findings:
            people = [quote.people for quote in finding.quotes]
            assert people == sorted(people, reverse=True)


def shown_quotes(contents: contents_of.Contents) -> list[str]:
    """The text of every quote on the page, in no order."""
    findings = [f for s in contents.sections for f in s.all]
    groups = (*contents.people, *contents.beside, *contents.unplaced)
    quotes = [q for g in groups for q in g.quotes] + [q for f in findings for q in f.quotes]
    return [q.text for q in (*quotes, *(f.lead for f in findings if f.lead))]


def test_each_quote_stands_once_and_says_where_else_it_is_cited():
    again = dataclasses.replace(REPORT.evidence[0], id="again", theme_id=REPORT.findings[1].theme_id)
    findings = (
        REPORT.findings[0],
        dataclasses.replace(REPORT.findings[1], evidence_ids=(*REPORT.findings[1].evidence_ids, "again")),
        *REPORT.findings[2:],
    )
    report = dataclasses.replace(REPORT, evidence=(*REPORT.evidence, again), findings=findings)
    contents = arranging.arrange(report)
    assert sorted(shown_quotes(contents)) == sorted(e.quote for e in REPORT.evidence)
    assert [place for place, _ in contents.sections[0].findings[1].again][-1] == "1.1"
    assert [place for place, _ in arranging.arrange(REPORT).sections[0].findings[1].again] == [
        "Main findings"
    ]


def test_a_passage_of_a_paragraph_that_is_shown_is_not_shown_again():
    whole = REPORT.evidence[3]
    start = whole.quote.index("because")
    part = dataclasses.replace(
        whole,
        id="part",
        start=whole.start + start,
        end=whole.end,
        quote=whole.quote[start:],
        theme_id=REPORT.themes[7].id,
        strength=0.1,
    )
    report = dataclasses.replace(REPORT, evidence=(*REPORT.evidence, part))
    assert part.quote not in shown_quotes(arranging.arrange(report))
    # the same place in the text, but not the same words: nothing is taken for shown
    other = dataclasses.replace(part, quote="Something else.")
    report = dataclasses.replace(REPORT, evidence=(*REPORT.evidence, other))
    assert other.quote in shown_quotes(arranging.arrange(report))


def test_peoples_words_stand_where_they_are_surest_two_a_theme():
    one = dataclasses.replace(REPORT.evidence[26], id="one", theme_id=REPORT.themes[3].id, strength=0.99)
    contents = arranging.arrange(dataclasses.replace(REPORT, evidence=(*REPORT.evidence, one)))
    homes = {group.title: [q.text for q in group.quotes] for group in contents.people}
    assert one.quote in homes[REPORT.themes[3].name]
    assert one.quote not in homes.get(REPORT.themes[1].name, [])
    assert max(map(len, homes.values())) == arranging.PEOPLE_QUOTES


def test_a_voice_in_what_an_organisation_sends_is_peoples_only_by_its_label():
    at = next(n for n, e in enumerate(REPORT.evidence) if e.kind == "account")
    said = dataclasses.replace(REPORT.evidence[at], voice="family or carer")
    rest = tuple(e for e in REPORT.evidence if e.kind not in {"feedback", "account"})
    labelled = arranging.arrange(dataclasses.replace(REPORT, evidence=(*rest, said)))
    assert [q.text for g in labelled.people for q in g.quotes] == [said.quote]
    whole = tuple(
        dataclasses.replace(d, voice="family or carer") if d.id == said.document_id else d
        for d in REPORT.documents
    )
    sourced = arranging.arrange(dataclasses.replace(REPORT, evidence=(*rest, said), documents=whole))
    assert sourced.people == ()


def test_feedback_stands_before_what_a_meetings_notes_have_people_say():
    said = dataclasses.replace(REPORT.evidence[12], voice="family or carer", strength=0.99)
    evidence = (said, *(e for e in REPORT.evidence if e.id != said.id))
    contents = arranging.arrange(dataclasses.replace(REPORT, evidence=evidence))
    for group in contents.people:
        kinds = [quote.kind != "feedback" for quote in group.quotes]
        assert kinds == sorted(kinds)


def test_a_finding_of_one_passage_stands_in_the_table_at_the_end_of_its_section():
    one = dataclasses.replace(REPORT.findings[0], passages=1, score=1.0)
    report = dataclasses.replace(REPORT, findings=(one, *REPORT.findings[1:]))
    section = arranging.arrange(report).sections[0]
    assert [f.statement for f in section.single] == [one.statement]
    assert [f.number for f in section.all] == ["1.1", "1.2"]
    assert section.all[-1].statement == one.statement
    assert one.statement not in [f.statement for f in section.main]
    tree = HTMLParser(html.render(report))
    assert one.statement in tree.css_first("table.single").text()
    assert {e.quote for e in REPORT.evidence} == {n.text() for n in tree.css("blockquote p")}
    assert wording.SINGLE_TITLE in markdown.render(report)
    assert tree.css_first("table.single td blockquote")


def test_a_theme_leads_once_on_the_first_page():
    led = [f.title for s in arranging.arrange(REPORT).sections for f in s.main]
    assert len(led) == len(set(led))
    assert len({f.theme_id for f in REPORT.findings}) < len(REPORT.findings)  # some stand in two sections


def test_a_lead_quote_is_short_and_not_from_people():
    leads = [f.lead for s in arranging.arrange(REPORT).sections for f in s.main if f.lead]
    assert leads
    least, most = arranging.LEAD_WORDS
    assert all(least <= len(q.text.split()) <= most and q.kind != "feedback" for q in leads)


def test_a_group_has_a_number_where_nothing_names_it():
    contents = arranging.arrange(REPORT)
    assert [row[0] for row in contents.groups.rows] == [
        "Unnamed group 1 (words: transport, parking, bus)",
        "Wrong address on <b>post</b>",
    ]
    assert [group.title for group in contents.beside] == [row[0] for row in contents.groups.rows]
    others = (contents.by_kind, contents.by_polarity, contents.themes)
    assert not any("group" in str(row[0]) for table in others for row in table.rows)
    named = tuple(dataclasses.replace(t, name="Bus stops", status="accepted") for t in REPORT.themes)
    assert wording.theme_names(named)[named[8].id] == "Bus stops"


def test_position_and_basis_are_said_once_to_be_unjudged():
    for render in (html.render, markdown.render):
        shown = render(REPORT)
        assert shown.count("have not been judged for any finding") == 1
        assert "not yet judged" not in shown
        assert "of 1)" not in shown.split(wording.BESIDE_TITLE, 1)[0].split("Main findings")[1]


def test_voices_are_not_recorded_rather_than_not_heard():
    assert arranging.arrange(REPORT).absent_voices == (
        "Voices not recorded: partner. 4 documents do not say whose words they hold."
    )
    unsaid = tuple(dataclasses.replace(d, voice="unknown") for d in REPORT.documents)
    every = tuple(v for v in VOICES if v != "unknown")
    plain = dataclasses.replace(REPORT, documents=unsaid, absent_voices=every)
    assert arranging.arrange(plain).absent_voices.startswith("Voices were not recorded")
    for render in (html.render, markdown.render):
        assert "not heard" not in render(plain).lower()


def test_feedback_that_is_not_quoted_is_not_said_to_be_missing():
    silent = dataclasses.replace(REPORT, evidence=(), findings=())
    note = arranging.arrange(silent).people_note
    assert note.startswith("3 documents came from people and families")
    none = tuple(d for d in REPORT.documents if d.kind != "feedback")
    assert arranging.arrange(dataclasses.replace(silent, documents=none)).people_note == wording.NO_PEOPLE


def test_the_method_says_how_much_the_coder_misses():
    figures = (SCHEMA.parents[3] / "evaluation" / "README.md").read_text(encoding="utf-8")
    said = next(step for step in wording.METHOD if step.startswith("Sort by the codebook"))
    found = re.search(r"([\d,]+ of [\d,]+) planted passages", said)
    assert found
    assert f"| {found[1]} (" in figures
    assert said in markdown.render(REPORT)


def test_a_staff_voice_in_feedback_is_not_peoples():
    staff = dataclasses.replace(REPORT.evidence[8], voice="staff")
    report = dataclasses.replace(REPORT, evidence=(staff,), findings=())
    assert arranging.arrange(report).people == ()


def test_documents_by_kind_are_counted_once_or_not_at_all():
    themes = arranging.arrange(REPORT).themes
    assert (
        themes.rows[0][4]
        == "2 incident reports, 1 policy, 2 organisations’ accounts, 1 from people and families"
    )
    unlike = tuple(dataclasses.replace(m, passage_id="p" + m.passage_id) for m in REPORT.memberships)
    unknown = arranging.arrange(dataclasses.replace(REPORT, memberships=unlike)).themes
    assert "Documents, by kind" not in unknown.columns


def test_the_strongest_five_findings_of_a_section_lead():
    many = tuple(
        Finding(f"g{n}", "policies", REPORT.themes[n].id, f"Statement {n}.", n / 10, "r", passages=9)
        for n in range(8)
    )
    sections = (SectionResult("policies", "Policies", tuple(f.id for f in many)),)
    report = dataclasses.replace(REPORT, findings=many, sections=sections)
    section = arranging.arrange(report).sections[0]
    assert [f.statement for f in section.main] == [f"Statement {n}." for n in (7, 6, 5, 4, 3)]
    assert "3 more findings in this section" in html.render(report)


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2026-06-03", "3 June 2026"),
        ("2026-06", "June 2026"),
        ("2026-06-03T10:00", "3 June 2026"),
        ("spring", "spring"),
    ],
)
def test_dates_are_written_as_people_write_them(date, said):
    assert wording.day(date) == said


def test_judged_findings_show_their_position_and_basis():
    def page(position, *basis, latest=""):
        judged = dataclasses.replace(REPORT.findings[0], position=position, basis=basis, latest=latest)
        return dataclasses.replace(REPORT, findings=(judged, *REPORT.findings[1:]))

    report = page("assured", "described by the provider", "written in policy")
    finding = arranging.arrange(report).sections[0].findings[0]
    assert finding.judged == "Assured (described by the provider; written in policy)"
    assert f"Position: {finding.judged}." in HTMLParser(html.render(report)).text()
    assert "- Position: Assured" in markdown.render(report)
    assert wording.NOT_JUDGED not in arranging.arrange(report).status_notes
    for report, said in (
        (page("assured", "described by the provider"), "Assured (described by the provider only)"),
        (page("gap", "provision", "practice"), "Gap of provision and practice"),
        (
            page("assured", "written in policy", latest="2026-06-03"),
            "Assured (written in policy; newest evidence 3 June 2026)",
        ),
        (page("not known"), "Not known"),
        (REPORT, ""),
    ):
        assert arranging.arrange(report).sections[0].findings[0].judged == said


def test_the_grid_the_voices_the_demands_and_the_grave_accounts_are_on_every_page():
    quote = REPORT.evidence[0]
    report = dataclasses.replace(
        REPORT,
        grid=(GridCell(REPORT.sections[0].id, "North Trust", "differs", "", (quote.theme_id,)),),
        triangulation=(Triangulation(quote.theme_id, "agreed", "nothing disagrees", (quote.id,)),),
        requirements=(RequirementResult("r", "Say who leads.", (), (), "no evidence yet"),),
        read_in_full=(ReadInFull("none", "letter.docx", "page 2", "", ("a death",)),),
    )
    schema = stdlib_json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(stdlib_json.loads(json.render(report)))
    text = HTMLParser(html.render(report)).text()
    for shown in (text, markdown.render(report).replace("\\", "")):
        for words in (
            "Differs on:",
            "Agreed: nothing disagrees.",
            "Say who leads.",
            "No evidence yet",
            "A death",
        ):
            assert words in shown
    assert arranging.arrange(REPORT).grid is None
    assert arranging.arrange(REPORT).across == ()


def test_a_long_list_of_themes_is_cut_in_the_chart_only():
    many = tuple(dataclasses.replace(REPORT.themes[0], id=f"t{n}", name=f"Theme {n}") for n in range(45))
    contents = arranging.arrange(dataclasses.replace(REPORT, themes=many))
    chart = charts.heat_map(contents.by_kind)
    assert len([w for w in chart.words if w.style == "name"]) == charts.ROWS
    assert "all 45" in chart.note
    assert len(contents.by_kind.rows) == 45


def test_charts_of_nothing_and_of_one():
    none = contents_of.Table("c", ("Theme", "A"), (("x", 0),))
    assert {box.style for box in charts.heat_map(none).boxes} == {"heat-0"}
    assert charts.bars(none).boxes == ()
    one = contents_of.Table("c", ("Theme", "A", "B"), (("x", 1_000, 1),))
    assert [box.style for box in charts.heat_map(one).boxes] == ["heat-5", "heat-1"]
    assert [box.width for box in charts.bars(one).boxes] == [74.0, 2.0]
    assert "1,000" in {word.text for word in charts.bars(one).words}


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        (wording.counted(0, "passage"), "no passages"),
        (wording.counted(1, "passage"), "1 passage"),
        (wording.counted(12345, "policy", "policies"), "12,345 policies"),
        (wording.listed([]), ""),
        (wording.listed(["a"]), "a"),
        (wording.listed(["a", "b", "c"]), "a, b and c"),
        (wording.documents("policy", 1), "1 policy"),
        (wording.documents("feedback", 1200), "1,200 from people and families"),
        (wording.speaker("feedback", "unknown"), "people and families"),
        (wording.speaker("feedback", "family or carer"), "family or carer"),
        (wording.speaker("incident", "staff"), "incident report, staff"),
        (wording.speaker("policy", "unknown"), "policy"),
        (wording.stability(None), "set by the codebook"),
        (wording.stability(0.2), "unstable: read with care (0.20 of 1)"),
    ],
)
def test_words(given_, shown):
    assert given_ == shown


# Markdown.


def test_every_quote_is_in_the_markdown_once_it_is_rendered():
    shown = _markdown_text(markdown.render(REPORT))
    assert [e.quote for e in REPORT.evidence if " ".join(e.quote.split("\n")) not in shown] == []


@pytest.mark.parametrize("report", [REPORT, hostile_report()], ids=["sample", "hostile"])
def test_no_text_becomes_markup(report):
    kinds = {token.type for token in _markdown_nodes(markdown.render(report))}
    allowed = (
        "heading paragraph inline text strong bullet_list ordered_list list_item table thead tbody tr th td"
    )
    assert {kind.removesuffix("_open").removesuffix("_close") for kind in kinds} <= {
        *allowed.split(),
        "blockquote",
        "softbreak",
        "code_inline",
    }


@given(st.text(alphabet="ab1.)(-+=#>*_`~|\\[]!<&;:/@w \n\t$^{}\"'"))
def test_an_escaped_text_reads_the_same_and_is_only_text(text):
    for before in ("", "- ", "> "):
        tokens = list(_markdown_nodes(f"x\n\n{before}{markdown.escape(text)}\n"))
        kinds = {token.type for token in tokens if token.children is None or token.type == "inline"}
        assert kinds <= {
            *("inline", "text", "code_inline", "paragraph_open", "paragraph_close", "bullet_list_open"),
            *(
                "bullet_list_close",
                "list_item_open",
                "list_item_close",
                "blockquote_open",
                "blockquote_close",
            ),
        }
        read = "".join(t.content for t in tokens if t.type in {"text", "code_inline"})
        assert (
            read.split() == ["x" + "".join(text.split()[:1]), *text.split()[1:]]
            or read[1:].split() == text.split()
        )


def test_headings_of_the_markdown_are_in_order():
    levels = [len(m) for m in re.findall(r"^(#+) ", markdown.render(REPORT), re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


# Linked documents.


@pytest.mark.parametrize("form", ["html", "md"])
def test_linked_documents_are_listed_with_what_follows_and_why(form):
    shown = RENDERERS[form](REPORT)
    text = HTMLParser(shown).body.text() if form == "html" else _markdown_text(shown)
    for link in REPORT.linked:
        assert wording.LINKS[link.sort] in text
        assert link.reason in text
        assert f"{link.source} (document {link.document_id[: tabling.DIGEST]})" in text
        assert f"{link.of_source} (document {link.of[: tabling.DIGEST]})" in text
    assert "75 %" in text
    assert wording.LINKED_NOTE in text


def test_what_was_set_aside_is_listed_first():
    assert [row[2] for row in tabling._linked(REPORT.linked).rows] == list(wording.LINKS.values())


def test_a_long_list_of_links_says_how_many_more():
    many = [Link(f"a{i}", "b", "shared", "numbers differ", 0.6) for i in range(tabling.SHOWN_LINKS + 2)]
    table = tabling._linked(many)
    assert len(table.rows) == tabling.SHOWN_LINKS
    assert table.note == "2 more links in report.json."


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_quote_from_a_superseded_policy_says_so(form):
    shown = RENDERERS[form](REPORT)
    text = HTMLParser(shown).body.text() if form == "html" else _markdown_text(shown)
    said = "policies/step-up-procedure.docx, page 3; superseded by policies/transfer-of-care.docx"
    assert text.count(said) == 1
    assert text.count("; superseded by") == 1


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_blank_answer_that_no_section_asks_for_has_a_place_of_its_own(form):
    shown = RENDERERS[form](REPORT)
    text = HTMLParser(shown).body.text(separator="\n") if form == "html" else _markdown_text(shown)
    for question in ("9. Who keeps the gardens?", "10. Is there a shuttle?"):
        assert text.count(question) == 1
        assert text.index(question) > text.index(wording.BLANKS_NOTE)
    assert f"{VALE}: 1 question that no section of the template asks" in text
    assert f"{wording.NO_ORGANISATION}: 1 question that no section of the template asks" in text
    bare = RENDERERS[form](dataclasses.replace(REPORT, blanks=()))
    assert wording.BLANKS_TITLE not in bare


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_section_that_a_source_says_is_empty_shows_where_it_says_so(form):
    quote = "We do not have a housing officer."
    account = next(e for e in REPORT.evidence if e.kind == "account")
    said = dataclasses.replace(
        account,
        id="said",
        section_id="housing",
        theme_id="",
        quote=quote,
        sha256=hashlib.sha256(quote.encode()).hexdigest(),
    )
    statement = "stated absent by a source: the account of Vale says that there is none."
    sections = tuple(
        dataclasses.replace(
            s, absence="stated absent by a source", statement=statement, evidence_ids=("said",)
        )
        if s.id == "housing"
        else s
        for s in REPORT.sections
    )
    report = dataclasses.replace(REPORT, sections=sections, evidence=(*REPORT.evidence, said))
    shown = RENDERERS[form](report)
    text = HTMLParser(shown).body.text() if form == "html" else _markdown_text(shown)
    assert text.count(quote) == 1
    assert text.count(statement[1:]) == 2  # in its section, and under what is not known
    assert text.rindex(statement[1:]) < text.index(quote)
    assert wording.FOREIGN not in text


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_quote_says_what_it_answers(form):
    shown = RENDERERS[form](REPORT)
    text = HTMLParser(shown).body.text() if form == "html" else _markdown_text(shown)
    assert text.count("; asked “What could we do better?”") == 1


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_quote_whose_words_look_otherwise_in_the_source_says_so(form):
    shown = RENDERERS[form](REPORT)
    text = HTMLParser(shown).body.text() if form == "html" else _markdown_text(shown)
    said = "page 8; in the source a word is divided by a hyphen at a line end and letters such as “fi” are one sign"
    assert text.count(said) == text.count("in the source") == 1


def test_a_report_from_before_links_were_kept_still_loads(tmp_path):
    given = stdlib_json.loads(json.render(REPORT))
    del given["linked"]
    for entry in given["documents"]:
        del entry["superseded_by"]
    for entry in given["evidence"]:
        del entry["repairs"]
    del given["blanks"]
    path = tmp_path / "report.json"
    path.write_text(stdlib_json.dumps(given), encoding="utf-8")
    loaded = json.load(path)
    assert loaded.linked == ()
    assert {entry.superseded_by for entry in loaded.documents} == {""}
    assert {excerpt.repairs for excerpt in loaded.evidence} == {()}
    assert loaded.blanks == ()


def test_a_quote_says_its_exception_letter_for_letter_or_the_numbers_it_commits_to():
    whole = sample_report()
    mixed, committed, *rest = whole.evidence
    mixed = dataclasses.replace(
        mixed, polarity="mixed", modality="description", exception="but not in the North"
    )
    committed = dataclasses.replace(committed, modality="commitment", states=("7 days", "two visits"))
    changed = dataclasses.replace(whole, evidence=(mixed, committed, *rest))
    for text in (
        HTMLParser(reports.html.render(changed)).text(),
        reports.markdown.render(changed),
    ):
        assert "Mixed about this theme, with an exception: “but not in the North”." in text
        assert "Says what should happen, not what does; it states “7 days”; “two visits”." in text


def test_groups_that_nothing_names_are_numbered_by_their_place():
    given = ("GP letter", "Unnamed group (words: car, park)")
    themes = [Theme(f"found:{n}", name, "discovered") for n, name in enumerate(given)]
    assert list(reports.wording.theme_names(themes).values()) == [
        "GP letter",
        "Unnamed group 2 (words: car, park)",
    ]
