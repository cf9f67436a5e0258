from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from lxml import etree

import thememiner as tm
from thememiner import codebooks, projects
from thememiner.errors import InputError, UnknownNameError
from thememiner.projects.naming import Labels, clean, label
from thememiner.projects.texts import placed, plain
from thememiner.records import DocumentEntry, Evidence, Finding, Membership, Report, SectionResult, Theme
from thememiner.reports import json as saved
from thememiner.reports import wording

Q = "{urn:QDA-XML:project:1.0}"
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DAY = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")

# The part of the project schema that we write, from the standard (REFI-QDA 1.5, project exchange): for each
# element what it must have, what it may have, and its children in their order with how often each may stand.
# "*" any number, "+" one at least, "?" at most one, "" exactly one.
MADE = {"creatingUser", "creationDateTime"}
SHAPE: dict[str, tuple[set[str], set[str], str]] = {
    "Project": (
        {"name"},
        {"origin", "creatingUserGUID", "creationDateTime"},
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? NoteRef*",
    ),
    "Users": (set(), set(), "User+"),
    "User": ({"guid"}, {"name", "id"}, ""),
    "CodeBook": (set(), set(), "Codes"),
    "Codes": (set(), set(), "Code+"),
    "Code": ({"guid", "name", "isCodable"}, {"color"}, "Description? NoteRef* Code*"),
    "Variables": (set(), set(), "Variable+"),
    "Variable": ({"guid", "name", "typeOfVariable"}, set(), "Description?"),
    "Cases": (set(), set(), "Case+"),
    "Case": (
        {"guid"},
        {"name"},
        "Description? CodeRef* VariableValue* SourceRef* SelectionRef*",
    ),
    "VariableValue": (set(), set(), "VariableRef TextValue? DateValue?"),
    "Sources": (set(), set(), "TextSource+"),
    "TextSource": (
        {"guid"},
        {"name", "plainTextPath", *MADE},
        "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
    ),
    "PlainTextSelection": (
        {"guid", "startPosition", "endPosition"},
        {"name", *MADE},
        "Description? Coding* NoteRef*",
    ),
    "Coding": ({"guid"}, MADE, "CodeRef NoteRef*"),
    "Notes": (set(), set(), "Note+"),
    "Note": (
        {"guid"},
        {"name", "plainTextPath", *MADE},
        "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
    ),
    "Sets": (set(), set(), "Set+"),
    "Set": ({"guid", "name"}, set(), "Description? MemberCode* MemberSource* MemberNote*"),
    **dict.fromkeys(
        ("NoteRef", "CodeRef", "SourceRef", "VariableRef", "MemberCode", "MemberNote"),
        ({"targetGUID"}, set(), ""),
    ),
    **dict.fromkeys(("Description", "TextValue", "DateValue"), (set(), set(), "")),
}
POINTS = {
    "NoteRef": "Note",
    "MemberNote": "Note",
    "CodeRef": "Code",
    "MemberCode": "Code",
    "SourceRef": "TextSource",
    "VariableRef": "Variable",
}
TEXTS = {
    "plain": "The plan was late. Nobody rang the family back.",
    # one face of five code points, marks apart from their letters, another script, letters beyond 16 bits
    "astral": (
        "\U0001f469\U0001f3fd\u200d\u2695\ufe0f said the café (cafe\u0301) was shut 🚑🚑.\n\nمرحبا, the next "
        "day 𝒩o one came. Naïve e\u0301tude."
    ),
    "lines": "first line\nsecond line\n\n* third",
    "empty": "",
}
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "]]><Code guid='x'/><![CDATA[",
    "&amp;&lt;&#0;",
    "a\x00b\x0b\x1b[31m\ufffe\uffff",
    "\ud800 lone",
    "\u202egnp.exe\u202c",
    "../../etc/passwd",
    'C:\\con\\nul?*|"<>',
    "line one\nline two\r\nthree\rfour",
    "  ",
    "x" * 40_000,
    "🚑" * 300,
    "Include: everything\nId: other",
    "a / b / c",
)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entry(identity: str, text: str, **more: str) -> DocumentEntry:
    known = {
        "kind": "feedback",
        "voice": "family or carer",
        "organisation": "Northvale",
        "date": "2026-03-04",
    }
    return DocumentEntry(
        id=identity,
        sha256=sha(text),
        source="notes/march.docx",
        locator=f"page {len(text)}",
        **{"place": "", "team": "", **known, **more},  # type: ignore[arg-type]
    )


def excerpt(document: str, quote: str, theme: str, text: str) -> Evidence:
    start = text.index(quote)
    return Evidence(
        id=f"s1|{theme}|{document}:{start}",
        section_id="s1",
        theme_id=theme,
        document_id=document,
        kind="feedback",
        voice="family or carer",
        organisation="Northvale",
        polarity="negative",
        start=start,
        end=start + len(quote),
        quote=quote,
        sha256=sha(quote),
        location="page 2",
    )


def passage(document: str, words: str, theme: str, outcome: str = "assigned", texts: dict[str, str] = TEXTS):
    start = texts[document].index(words)
    identity = f"{document}:{start}-{start + len(words)}"
    return Membership(identity, theme, 0.9, outcome, "positive")  # type: ignore[arg-type]


def sample() -> Report:
    late = excerpt("plain", "The plan was late.", "code:book/plans", TEXTS["plain"])
    shut = excerpt("astral", "the café (cafe\u0301) was shut 🚑🚑.", "code:book/access", TEXTS["astral"])
    none = excerpt("lines", "second line", "", TEXTS["lines"])
    both = ("First finding.", 1.0, "the template names it", "gap", ("practice",))
    return Report(
        provenance={
            "date": "2026-05-06",
            "codebook": {"id": "book", "version": "3"},
            "settings": {"redact": True},
        },
        title="Review of plans",
        question="What holds?",
        ledger=(),
        documents=tuple(
            entry(i, t, **({"organisation": "", "date": "", "kind": "policy"} if i == "lines" else {}))
            for i, t in TEXTS.items()
        ),
        received=(),
        outstanding=(),
        absent_voices=(),
        sections=(
            SectionResult("s1", "Plans", ("f1", "f2")),
            SectionResult("s2", "Access", (), "Searched for and not found."),
        ),
        themes=(
            Theme("code:book/plans", "Plans", "codebook", code_id="plans", definition="What is planned."),
            Theme("code:book/access", "Access", "codebook", code_id="access", wider="Getting in"),
            Theme("code:book/waits", "Waits", "codebook", code_id="waits", wider="Getting in"),
            Theme("found:1234", "Lifts and buses", "discovered", definition="Words that they share."),
        ),
        findings=(
            Finding("f1", "s1", "code:book/plans", *both, evidence_ids=(late.id,), passages=2),
            Finding("f2", "s1", "code:book/access", *both, evidence_ids=(shut.id,), passages=1),
            Finding("f3", "", "found:1234", *both, passages=1),
        ),
        evidence=(late, shut, none),
        memberships=(
            passage("plain", "The plan was late.", "code:book/plans"),
            passage("plain", "The plan was late.", "code:book/access"),
            passage("plain", "Nobody rang the family back.", "code:book/plans"),
            passage("astral", "𝒩o one came.", "code:book/waits"),
            passage("astral", "Naïve e\u0301tude.", "found:1234"),
            passage("lines", "* third", "code:book/waits", "weak"),
        ),
        passages={"total": 6, "assigned": 5, "weak": 1, "unassigned": 0},
    )


GROUP = wording.theme_names(sample().themes)["found:1234"]  # what a group is called until people name it


def kept(folder: Path, report: Report, texts: dict[str, str] = TEXTS) -> Path:
    """A report as a run leaves it in a folder, with the texts beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(saved.render(report), "utf-8")
    rows = [json.dumps({"id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in texts.items()]
    (folder / "documents.jsonl").write_bytes("".join(rows).encode())
    return folder / "report.json"


class Opened:
    """A project as a program reads it."""

    def __init__(self, content: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        assert self.zip.testzip() is None
        self.qde = self.zip.read("project.qde")
        self.root = etree.fromstring(self.qde)

    def all(self, name: str) -> list[etree._Element]:
        return list(self.root.iter(Q + name))

    def text(self, element: etree._Element) -> str:
        path = element.get("plainTextPath")
        assert path.startswith("internal://")
        return self.zip.read("sources/" + path.removeprefix("internal://")).decode("utf-8")

    def coded(self) -> dict[tuple[str, str], set[str]]:
        """(document id, words of the selection) -> names of its codes."""
        names = {code.get("guid"): code.get("name") for code in self.all("Code")}
        by = {v.get("guid"): v.get("name") for v in self.all("Variable")}
        found = {}
        for source in self.all("TextSource"):
            text = self.text(source)
            values = {by[v[0].get("targetGUID")]: v[1].text for v in source.iterfind(Q + "VariableValue")}
            for part in source.iterfind(Q + "PlainTextSelection"):
                words = text[int(part.get("startPosition")) : int(part.get("endPosition"))]
                refs = {names[c[0].get("targetGUID")] for c in part.iterfind(Q + "Coding")}
                assert (values["Document id"], words) not in found
                found[values["Document id"], words] = refs
        return found


def opened(report: Report, texts: dict[str, str] = TEXTS) -> Opened:
    return Opened(projects.packed(report, texts))


def misshapen(root: etree._Element) -> list[str]:
    """What in a project.qde is not as the standard says, in words."""
    wrong = []
    for element in root.iter():
        name = etree.QName(element).localname
        if element.tag != Q + name or name not in SHAPE:
            wrong.append(f"{element.tag} has no place in a project")
            continue
        must, may, children = SHAPE[name]
        marks = set(element.attrib)
        if must - marks or marks - must - may:
            wrong.append(f"{name}: {sorted(must - marks)} missing, {sorted(marks - must - may)} unknown")
        order = "".join(f"(?:<{c.rstrip('?*+')}>){c[len(c.rstrip('?*+')) :]}" for c in children.split())
        inside = "".join(f"<{etree.QName(child).localname}>" for child in element)
        if not re.fullmatch(order, inside):
            wrong.append(f"{name}: {inside} is not {children!r}")
        for mark, value in element.attrib.items():
            if mark in ("guid", "targetGUID", "creatingUser", "creatingUserGUID") and not GUID.fullmatch(
                value
            ):
                wrong.append(f"{name}: {mark} {value!r}")
            if mark == "creationDateTime" and not DAY.fullmatch(value):
                wrong.append(f"{name}: {mark} {value!r}")
        if name == "Variable" and element.get("typeOfVariable") not in ("Text", "Date"):
            wrong.append("a variable of no type")
        # QualCoder takes no passage and no note without a day.
        if name in ("TextSource", "PlainTextSelection", "Coding", "Note") and not marks >= MADE:
            wrong.append(f"{name}: who made it, and when, is missing")
        if name in ("TextSource", "Note") and not element.get("plainTextPath"):
            wrong.append("a text without a path")
    kinds = {e.get("guid"): etree.QName(e).localname for e in root.iter() if e.get("guid")}
    if len(kinds) != sum(1 for e in root.iter() if e.get("guid")):
        wrong.append("a GUID stands twice")
    for element in root.iter():
        name = etree.QName(element).localname
        if name in POINTS and kinds.get(element.get("targetGUID")) != POINTS[name]:
            wrong.append(f"{name} points at {kinds.get(element.get('targetGUID'))}")
        if element.get("creatingUser") and kinds.get(element.get("creatingUser")) != "User":
            wrong.append(f"{name} was made by nobody")
    return wrong


def hostile(words: str) -> Report:
    """A report with these words in every name and sentence of it."""
    r = sample()
    return replace(
        r,
        title=words,
        question=words,
        content_note=words,
        documents=tuple(
            replace(d, source=words, locator=words, organisation=words, place=words, team=words, date=words)
            for d in r.documents
        ),
        sections=tuple(replace(s, title=words, statement=words) for s in r.sections),
        themes=tuple(
            replace(t, name=words, definition=words, wider=words, code_id=words if t.code_id else "")
            for t in r.themes
        ),
        findings=tuple(replace(f, statement=words, reason=words, reviewer=words) for f in r.findings),
        evidence=tuple(replace(e, organisation=words, location=words, exception=words) for e in r.evidence),
    )


def test_it_is_shaped_as_the_standard_says():
    project = opened(sample())
    assert misshapen(project.root) == []
    assert {etree.QName(e).localname for e in project.root.iter()} >= {*POINTS, "DateValue", "Set", "Coding"}


@pytest.mark.parametrize(
    "change",
    [
        lambda root: root.append(root[0]),  # users last
        lambda root: root.find(f".//{Q}Code").attrib.pop("isCodable"),
        lambda root: root.find(f".//{Q}Coding")[0].set("targetGUID", "x"),
        lambda root: root.find(f".//{Q}TextSource").set("path", "x"),
        lambda root: root.find(f".//{Q}NoteRef").set("targetGUID", root.find(f".//{Q}Code").get("guid")),
        lambda root: root.find(f".//{Q}Code").append(root.find(f".//{Q}Code")[0]),  # description last
        lambda root: root.remove(root.find(f"{Q}Users")),
    ],
)
def test_what_is_not_so_shaped_is_seen(change):
    root = opened(sample()).root
    change(root)
    assert misshapen(root)


def test_the_published_schema_takes_it():
    """With `REFI_QDA_XSD=Project.xsd` (qdasoftware.org), which is not kept here."""
    path = os.environ.get("REFI_QDA_XSD")
    if not path:
        pytest.skip("REFI_QDA_XSD does not name the published Project.xsd")
    schema = etree.XMLSchema(etree.parse(path))
    for report in (sample(), *map(hostile, HOSTILE), replace(sample(), themes=(), **_nothing())):
        schema.assertValid(opened(report).root)


def _nothing() -> dict[str, tuple[()]]:
    return dict.fromkeys(("findings", "evidence", "memberships", "sections"), ())


def test_each_selection_is_its_passage_letter_for_letter():
    assert opened(sample()).coded() == {
        ("plain", "The plan was late."): {"Plans", "Access"},
        ("plain", "Nobody rang the family back."): {"Plans"},
        ("astral", "the café (cafe\u0301) was shut 🚑🚑."): {"Access"},
        ("astral", "𝒩o one came."): {"Waits"},
        ("astral", "Naïve e\u0301tude."): {GROUP},
        ("lines", "second line"): set(),  # quoted under no theme
    }


def test_places_are_code_points_and_not_bytes_or_utf_16():
    project = opened(sample())
    (source,) = (s for s in project.all("TextSource") if "🚑" in project.text(s))
    starts = [int(p.get("startPosition")) for p in source.iterfind(Q + "PlainTextSelection")]
    assert starts == [
        TEXTS["astral"].index(words) for words in ("the café", "𝒩o one came.", "Naïve e\u0301tude.")
    ]


def test_texts_are_verbatim_utf_8_with_newlines_alone():
    project = opened(sample())
    digests = [hashlib.sha256(project.text(s).encode()).hexdigest() for s in project.all("TextSource")]
    assert digests == [d.sha256 for d in sample().documents]
    assert not any(b"\r" in project.zip.read(name) for name in project.zip.namelist())
    assert not any("PlainTextContent" in str(e.tag) for e in project.root.iter())


@pytest.mark.parametrize(
    "text",
    [
        "one\r\ntwo\r\nthree 🚑\r\nHere it stands.\r\nend",
        "one\rtwo\r\rHere it stands.\rend",
        "\ufeffone\r\nHere it stands.",
        "\r\n\r\nHere it stands.",
        "\ufeff\ufeffHere it stands.",
        "one\n\rHere it stands.\n\r",
        "Here it stands.\r\n",
        "a\x00b\x1b ]]><x/> &amp; \u2028\x85\x0c Here it stands. \ufeff",
    ],
)
def test_places_agree_where_line_ends_become_one(text):
    report = replace(
        sample(),
        documents=(entry("plain", text),),
        evidence=(excerpt("plain", "Here it stands.", "code:book/plans", text),),
        memberships=(passage("plain", "Here it stands.", "code:book/plans", texts={"plain": text}),),
        findings=(),
        sections=(),
    )
    project = opened(report, {"plain": text})
    assert project.coded() == {("plain", "Here it stands."): {"Plans"}}
    assert "\r" not in project.text(project.all("TextSource")[0])


def test_every_place_of_a_text_stays_a_place():
    text = "\ufeffa\r\nb\rc\n\r\nd"
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            low, high = placed(text, start, end)
            assert 0 <= low <= high <= len(plain(text))
    assert placed(text, 0, len(text)) == (0, len(plain(text)))
    assert plain(text) == "a\nb\nc\n\nd"


def test_what_is_only_weakly_like_a_theme_is_not_coded_and_is_told():
    project = opened(sample())
    assert "* third" not in [words for _, words in project.coded()]
    assert "Not coded: 1 passage only weakly" in project.root.findtext(Q + "Description")


def test_what_a_passage_says_of_each_theme_stands_beside_it():
    told = [p.findtext(Q + "Description") for p in opened(sample()).all("PlainTextSelection")]
    assert (
        "Plans: Negative about this theme. Quoted: Family or carer, Northvale; notes/march.docx, page 47, "
        "page 2.\nAccess: Positive about this theme."
    ) in told
    assert "Waits: Positive about this theme." in told


def test_what_must_happen_is_told_as_that():
    first, *rest = sample().memberships
    report = replace(
        sample(), evidence=(), memberships=(replace(first, modality="commitment", polarity="neutral"), *rest)
    )
    told = [p.findtext(Q + "Description") for p in opened(report).all("PlainTextSelection")]
    assert "Plans: Says what should happen, not what does.\nAccess: Positive about this theme." in told


def test_wider_themes_hold_their_themes_and_are_no_codes():
    project = opened(sample())
    (wider,) = (code for code in project.all("Code") if code.get("name") == "Getting in")
    assert [code.get("name") for code in wider.iterfind(Q + "Code")] == ["Access", "Waits"]
    assert wider.get("isCodable") == "false"
    codable = [c.get("name") for c in project.all("Code") if c.get("isCodable") == "true"]
    assert codable == ["Plans", "Access", "Waits", GROUP]


def test_themes_of_one_name_stay_two():
    first, second, *rest = sample().themes
    report = replace(sample(), themes=(first, replace(second, name="plans", wider=""), *rest))
    names = [c.get("name") for c in opened(report).all("Code")]
    assert {"Plans", "plans (2)"} <= set(names)
    assert len(names) == len(set(names))


def test_documents_have_what_is_known_of_them():
    project = opened(sample())
    by = {v.get("guid"): (v.get("name"), v.get("typeOfVariable")) for v in project.all("Variable")}
    held = [
        {by[v[0].get("targetGUID")]: v[1].text for v in source.iterfind(Q + "VariableValue")}
        for source in project.all("TextSource")
    ]
    assert held[0] == {
        ("Kind", "Text"): "people and families",
        ("Voice", "Text"): "family or carer",
        ("Organisation", "Text"): "Northvale",
        ("Date", "Date"): "2026-03-04",
        ("File", "Text"): "notes/march.docx",
        ("Where in it", "Text"): "page 47",
        ("Document id", "Text"): "plain",
    }
    assert ("Date", "Date") not in held[2]
    assert ("Organisation", "Text") not in held[2]
    (case,) = project.all("Case")
    assert case.get("name") == "Northvale"
    sources = [s.get("guid") for s in project.all("TextSource")]
    assert [r.get("targetGUID") for r in case] == [sources[0], sources[1], sources[3]]


@pytest.mark.parametrize("date", ["2026", "2026-13-01", "20260304", "March 2026", "2026-03-04T10:00"])
def test_what_is_no_day_is_no_date(date):
    report = replace(sample(), documents=tuple(replace(d, date=date) for d in sample().documents))
    project = opened(report)
    assert project.all("DateValue") == []
    assert "Date" not in [v.get("name") for v in project.all("Variable")]


def test_findings_are_notes_marked_as_drafts_on_their_codes_and_quotes():
    project = opened(sample())
    notes = {n.get("guid"): (n.get("name"), project.text(n)) for n in project.all("Note")}
    assert [name for name, _ in notes.values()] == [
        "1.1 Plans",
        "1.2 Access",
        GROUP,
    ]
    for _, text in notes.values():
        assert text.startswith(wording.MARKING)
        assert "\nReview: Not yet reviewed\n" in text
        assert wording.STATUS_NOTES[0] in text
    assert "First finding.\nPosition: Gap of practice" in next(iter(notes.values()))[1]
    of = {
        c.get("name"): [notes[r.get("targetGUID")][0] for r in c.iterfind(Q + "NoteRef")]
        for c in project.all("Code")
    }
    assert of["Plans"] == ["1.1 Plans"]
    assert of["Waits"] == []
    beside = [
        [notes[r.get("targetGUID")][0] for r in p.iterfind(Q + "NoteRef")]
        for p in project.all("PlainTextSelection")
    ]
    assert sorted(filter(None, beside)) == [["1.1 Plans"], ["1.2 Access"]]


def test_who_reviewed_is_said_in_the_note_and_is_no_user():
    first, *rest = sample().findings
    seen = replace(first, review="accept", reviewer="A. Reader", review_reason="It holds.")
    gone = replace(first, id="f9", review="do not use", reviewer="B. Reader", review_reason="Twice.")
    project = opened(replace(sample(), findings=(seen, *rest), set_aside=(gone,)))
    texts = [project.text(n) for n in project.all("Note")]
    assert "Review: Reviewed by A. Reader\n" in texts[0]
    assert "Review: Set aside by B. Reader\n" in texts[-1]
    assert [u.get("name") for u in project.all("User")] == ["thememiner (software)"]
    assert b"Reader" not in project.qde


def test_passages_stand_in_the_order_of_the_text_and_notes_in_the_order_of_the_report():
    r = sample()
    turned = replace(
        r,
        memberships=tuple(reversed(r.memberships)),
        evidence=tuple(reversed(r.evidence)),
        findings=tuple(reversed(r.findings)),
    )
    for project in (opened(r), opened(turned)):
        for source in project.all("TextSource"):
            starts = [int(p.get("startPosition")) for p in source.iterfind(Q + "PlainTextSelection")]
            assert starts == sorted(starts)
        assert [n.get("name")[:3] for n in project.all("Note")] == ["1.1", "1.2", GROUP[:3]]


def test_a_finding_set_aside_stays_with_the_passages_that_it_quotes():
    *others, third = sample().findings
    gone = replace(third, id="f9", review="do not use", evidence_ids=(sample().evidence[2].id,))
    project = opened(replace(sample(), findings=tuple(others), set_aside=(gone,)))
    note = project.all("Note")[-1].get("guid")
    (part,) = (
        p
        for p in project.all("PlainTextSelection")
        if p.find(f"{Q}NoteRef[@targetGUID='{note}']") is not None
    )
    assert part.find(Q + "Coding") is None


def test_a_policy_says_its_version_and_that_a_newer_one_came():
    first, second, *rest = sample().documents
    old = replace(first, version="4", review_date="2025-06-01", expired=True, superseded_by=second.id)
    told = opened(replace(sample(), documents=(old, second, *rest))).all("TextSource")
    assert told[0].findtext(Q + "Description") == (
        "Version 4; expired, review date 1 June 2025; superseded by a newer version"
    )
    assert told[1].find(Q + "Description") is None


def test_a_section_has_a_theme_once_however_many_findings_it_has_of_it():
    first, second, third = sample().findings
    report = replace(sample(), findings=(first, replace(second, theme_id=first.theme_id), third))
    made, _ = opened(report).all("Set")
    assert [etree.QName(e).localname for e in made] == ["MemberCode"] + ["MemberNote"] * 2


def test_sections_are_sets_with_how_they_end():
    first, second = opened(sample()).all("Set")
    assert first.get("name") == "1. Plans"
    assert [etree.QName(e).localname for e in first] == ["MemberCode"] * 2 + ["MemberNote"] * 2
    assert second.findtext(Q + "Description") == "Searched for and not found."


def test_same_bytes_whatever_the_order_and_no_clock():
    first = projects.packed(sample(), TEXTS)
    assert projects.packed(sample(), dict(reversed(TEXTS.items()))) == first
    project = Opened(first)
    assert {i.date_time for i in project.zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {i.create_system for i in project.zip.infolist()} == {3}
    days = set(re.findall(rb'DateTime="([^"]*)"', project.qde))
    assert days == {b"2026-05-06T00:00:00Z"}


def test_a_report_of_no_day_has_a_day_all_the_same():
    project = opened(replace(sample(), provenance={}))
    assert misshapen(project.root) == []
    assert set(re.findall(rb'DateTime="([^"]*)"', project.qde)) == {b"1980-01-01T00:00:00Z"}


def test_ids_stay_when_the_report_is_made_again_with_more():
    before = {e.get("guid") for e in opened(sample()).root.iter() if e.get("guid")}
    more = replace(sample(), title="Another", documents=(*sample().documents, entry("new", "New.")))
    after = {e.get("guid") for e in opened(more, TEXTS | {"new": "New."}).root.iter() if e.get("guid")}
    assert before < after
    assert len(after - before) == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(words):
    project = opened(hostile(words))
    assert misshapen(project.root) == []
    for element in project.root.iter():
        assert isinstance(element.tag, str)  # no comment, no instruction, no entity
        for mark in ("name", "plainTextPath"):
            name = element.get(mark)
            assert name is None or (name.strip() and len(name) <= 130 and "\n" not in name)
            assert name is None or not re.search("[\u202a-\u202e]", name)
    names = project.zip.namelist()
    assert all(re.fullmatch(rf"project\.qde|sources/{GUID.pattern}\.txt", name) for name in names)
    assert len(names) == len(set(names))
    for source in project.all("TextSource"):
        assert not re.search(r'[\\/:*?"<>|]', source.get("name"))
        assert source.get("name").strip(". ")
    for sort in ("TextSource", "Note", "Case", "Variable", "Set"):
        given = [e.get("name").casefold() for e in project.all(sort)]
        assert len(given) == len(set(given))
    assert len(project.all("Coding")) == len(opened(sample()).all("Coding"))
    assert len(project.all("Code")) >= 5
    assert b"<!DOCTYPE" not in project.qde


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_codebook_comes_back(words, tmp_path):
    report = hostile(words)
    path = codebooks.export(projects.codebook(report), tmp_path / "themes.qdc")
    assert len(codebooks.codebook(str(path)).codes) == 4


def test_the_codebook_holds_the_themes_and_shares_their_ids(tmp_path):
    out = projects.write(kept(tmp_path, sample()), tmp_path / "themes.qdc")
    book = codebooks.codebook(str(out))
    assert [(c.id, c.name, c.group) for c in book.codes] == [
        ("plans", "Plans", ""),
        ("access", "Access", "Getting in"),
        ("waits", "Waits", "Getting in"),
        ("found:1234", GROUP, ""),
    ]
    assert book.codes[0].definition == "What is planned."
    assert "not named yet" in book.codes[3].definition
    assert "draft" in book.description
    mine = {e.get("guid"): e.get("name") for e in etree.parse(out).getroot().iter() if e.get("guid")}
    theirs = {c.get("guid"): c.get("name") for c in opened(sample()).all("Code")}
    assert mine == theirs
    assert not any(text and text in out.read_text("utf-8") for text in TEXTS.values())


def test_a_report_without_themes_has_no_codebook(tmp_path):
    bare = replace(sample(), themes=(), **_nothing())
    with pytest.raises(InputError, match="no theme"):
        projects.codebook(bare)
    project = opened(bare)
    assert misshapen(project.root) == []
    assert len(project.all("TextSource")) == 4
    assert misshapen(opened(replace(bare, documents=()), {}).root) == []


def _spoil(change):
    texts = dict(TEXTS)
    change(texts)
    return texts


@pytest.mark.parametrize(
    ("change", "how"),
    [
        (lambda t: t.update(plain=TEXTS["plain"] + " "), "1 changed"),
        (lambda t: t.update(plain=TEXTS["plain"].replace("late", "LATE")), "1 changed"),
        (lambda t: t.pop("astral"), "1 missing"),
        (lambda t: t.update(more="x"), "1 in no report"),
    ],
)
def test_texts_that_are_not_the_reports_are_refused(change, how, tmp_path, command):
    report = kept(tmp_path, sample(), _spoil(change))
    out = tmp_path / "out" / "p.qdpx"
    ran = command("report", report, "--out", out)
    assert ran.code == 2
    assert how in ran.err
    assert ran.err.count("\n") == 1
    assert not out.exists()


def test_no_texts_is_one_line_and_the_old_file_stays(tmp_path, command):
    report = kept(tmp_path, sample())
    (tmp_path / "documents.jsonl").unlink()
    out = tmp_path / "p.qdpx"
    out.write_bytes(b"old")
    ran = command("report", report, "--out", out)
    assert ran.code == 2
    assert "no documents.jsonl" in ran.err
    assert ran.err.count("\n") == 1
    assert out.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p.qdpx", "report.json"]
    assert command("report", report, "--out", tmp_path / "t.qdc").code == 0  # it holds no text


@pytest.mark.parametrize(
    "change",
    [
        lambda e: replace(e, quote="The plan was made", sha256=sha("The plan was made")),
        lambda e: replace(e, start=e.start + 1, end=e.end + 1),
        lambda e: replace(e, end=e.start, quote="", sha256=sha("")),
        lambda e: replace(e, start=-18, end=0),
        lambda e: replace(e, sha256=sha("x")),
        lambda e: replace(e, document_id="gone"),
    ],
)
def test_a_quote_that_is_not_in_its_text_is_refused(change):
    first, *rest = sample().evidence
    with pytest.raises(InputError, match="1 quote is not what stands"):
        projects.packed(replace(sample(), evidence=(change(first), *rest)), TEXTS)


@pytest.mark.parametrize(
    ("passage_id", "theme"),
    [
        ("plain:0-4000", "code:book/plans"),
        ("plain:5-5", "code:book/plans"),
        ("plain:9-5", "code:book/plans"),
        ("gone:0-4", "code:book/plans"),
        ("plain:0", "code:book/plans"),
        ("plain:a-b", "code:book/plans"),
        ("0-4", "code:book/plans"),
        ("plain:0-4", "code:book/gone"),
    ],
)
def test_a_passage_that_is_nowhere_is_refused(passage_id, theme):
    lost = Membership(passage_id, theme, 0.9, "assigned")
    with pytest.raises(InputError, match=r"report\.json"):
        projects.packed(replace(sample(), memberships=(lost,)), TEXTS)


def test_a_document_told_twice_is_two_sources():
    report = replace(sample(), documents=(*sample().documents, entry("plain~2", TEXTS["plain"])))
    report = replace(
        report,
        memberships=(*report.memberships, Membership("plain~2:0-18", "code:book/plans", 1, "assigned")),
    )
    project = opened(report, TEXTS | {"plain~2": TEXTS["plain"]})
    assert project.coded()["plain~2", "The plan was late."] == {"Plans"}
    names = [s.get("name") for s in project.all("TextSource")]
    assert names[0] == "notes_march.docx, page 47"
    assert names[4] == "notes_march.docx, page 47 (2)"


def test_the_command_writes_and_warns_that_whole_texts_leave(tmp_path, command):
    report = kept(tmp_path, sample())
    out = tmp_path / "sent" / "p.qdpx"
    ran = command("report", report, "--out", out)
    assert (ran.code, ran.out) == (0, f"Report: {out}\n")
    assert "holds the whole of 4 texts, not only the quotes" in ran.err
    assert "not anonymous" in ran.err
    assert ran.err.count("\n") == 1
    assert out.read_bytes() == projects.packed(saved.load(report), TEXTS)
    assert command("report", report, "--out", tmp_path / "t.qdc").err == ""
    bare = replace(sample(), provenance={**sample().provenance, "settings": {"redact": False}})
    assert "were not de-identified" in command("report", kept(tmp_path, bare), "--out", out).err


def test_another_ending_is_not_known(tmp_path, command):
    with pytest.raises(UnknownNameError, match="qdpx"):
        projects.write(kept(tmp_path, sample()), tmp_path / "p.qdp")
    ran = command("report", tmp_path / "report.json", "--out", tmp_path / "p.qdp")
    assert ran.code == 2
    assert all(f in ran.err for f in (".html", ".qdpx", ".qdc"))


def test_a_changed_project_beside_its_report_is_seen(tmp_path):
    report = kept(tmp_path, sample())
    projects.write(report, tmp_path / "report.qdpx")
    projects.write(report, tmp_path / "report.qdc")
    assert projects.changed_since(report) == []
    content = bytearray((tmp_path / "report.qdpx").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "report.qdpx").write_bytes(content)
    assert projects.changed_since(report) == ["report.qdpx"]
    with (tmp_path / "report.qdc").open("ab") as codebook:
        codebook.write(b"\n")
    assert projects.changed_since(report) == ["report.qdpx", "report.qdc"]
    (tmp_path / "documents.jsonl").unlink()
    assert projects.changed_since(report) == ["report.qdpx", "report.qdc"]


def test_verify_says_that_a_project_was_changed(tmp_path):
    source = tmp_path / "none.txt"
    source.write_text("Nothing of this report.")
    report = kept(
        tmp_path,
        replace(sample(), provenance={**sample().provenance, "inputs": []}),
    )
    projects.write(report, tmp_path / "report.qdpx").write_bytes(b"PK")
    assert any("report.qdpx was changed" in line for line in tm.verify(report, [source]).failures)


def test_names_and_texts_are_made_safe():
    assert clean("a\x00b\r\nc\rd\ud800") == "a\ufffdb\nc\nd\ufffd"
    assert label("  two\n words \u202e ") == "two words"
    assert label("\u200b", "id") == "id"
    assert len(label("x" * 500)) == 120
    labels = Labels()
    assert [labels.give("A"), labels.give("a"), labels.give("A (2)")] == ["A", "a (2)", "A (2) (2)"]
    assert labels.give_file("../..", "id") == "_"
    assert asdict(sample())["title"] == "Review of plans"  # nothing was changed on the way
