"""project.qde: the codes, variables, cases, texts, coded passages, notes and sections of a report as XML.

The order of elements is the schema's, and matters. Places in a text are code points from 0 with the end left
out. Nobody's name stands there as a coder: the one user is the program, so that its codings can be told from
people's.

Source: REFI-QDA standard 1.5, project exchange (Rotterdam Exchange Format Initiative, 2019).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from thememiner.codebooks import refiqda
from thememiner.projects.naming import Labels, clean, guid, label
from thememiner.projects.notes import Note, about
from thememiner.projects.passages import Stretch
from thememiner.projects.texts import placed
from thememiner.projects.themes import code_ids, codebook
from thememiner.records import DocumentEntry, Report
from thememiner.reports import wording

_SPACE = "urn:QDA-XML:project:1.0"
_USER = guid("user", "thememiner")
# Where a report says no day. A day there must be: QualCoder reads no passage or note without one.
_NO_DAY = "1980-01-01"
_DATE = "Date"
_VARIABLES = ("Kind", "Voice", "Organisation", "Place", "Team", _DATE, "File", "Where in it", "Document id")


def project(
    report: Report,
    texts: Mapping[str, str],
    coded: Mapping[str, Iterable[Stretch]],
    findings: Iterable[Note],
) -> bytes:
    """The XML, as UTF-8. `texts`, as the report has them, and `coded` stretches are by document id."""
    from lxml import etree

    findings = list(findings)
    made = {"creatingUser": _USER, "creationDateTime": _day(report)}
    root = etree.Element(
        f"{{{_SPACE}}}Project",
        {
            "name": label(report.title),
            "origin": "thememiner",
            "creatingUserGUID": _USER,
            "creationDateTime": made["creationDateTime"],
        },
        nsmap={None: _SPACE},
    )
    _add(_add(root, "Users"), "User", guid=_USER, name="thememiner (software)")
    codes: dict[str, str] = {}
    if report.themes:
        codes = _codes(root, report, findings)
    if report.documents:
        values = {document.id: _values(document) for document in report.documents}
        variables = _variables(root, values.values())
        _cases(root, report.documents)
        names = Labels()
        sources = _add(root, "Sources")
        for document in report.documents:
            source = _source(sources, document, names, made)
            for stretch in coded.get(document.id, ()):
                _selection(source, document.id, texts[document.id], stretch, codes, made)
            for name, value in values[document.id].items():
                held = _add(source, "VariableValue")
                _add(held, "VariableRef", targetGUID=variables[name])
                _add(held, "DateValue" if name == _DATE else "TextValue", value)
    if findings:
        notes = _add(root, "Notes")
        for note in findings:
            identity = guid("note", note.finding.id)
            _add(
                notes,
                "Note",
                guid=identity,
                name=note.name,
                plainTextPath=f"internal://{identity}.txt",
                **made,
            )
    _sections(root, report, codes)
    _add(root, "Description", about(report))
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: Any, name: str, text: str = "", /, **marks: str) -> Any:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{_SPACE}}}{name}", marks)
    if text:
        element.text = clean(text)
    return element


def _day(report: Report) -> str:
    """The review's own day, which pins when everything was made: never the clock's."""
    day = str(report.provenance.get("date", ""))
    return f"{day if _is_day(day) else _NO_DAY}T00:00:00Z"


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _codes(root: Any, report: Report, findings: Iterable[Note]) -> dict[str, str]:
    """The codebook, as a .qdc has it, with the notes of each code; theme id -> GUID of its code."""
    from lxml import etree

    book = codebook(report)
    codes = {identity: refiqda.guid(book.id, code) for identity, code in code_ids(report).items()}
    noted: dict[str, list[str]] = defaultdict(list)
    for note in findings:
        if note.finding.theme_id in codes:
            noted[codes[note.finding.theme_id]].append(guid("note", note.finding.id))
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
    whole = etree.fromstring(refiqda.written(book), parser)
    for element in whole.iter():
        name = etree.QName(element).localname
        element.tag = f"{{{_SPACE}}}{name}"
    for element in whole.iter(f"{{{_SPACE}}}Code"):
        # After the description, before the codes inside it.
        at = 1 if len(element) and element[0].tag == f"{{{_SPACE}}}Description" else 0
        for place, note_guid in enumerate(noted.get(element.get("guid"), ()), start=at):
            element.insert(place, etree.Element(f"{{{_SPACE}}}NoteRef", targetGUID=note_guid))
    _add(root, "CodeBook").append(whole[0])
    return codes


def _values(document: DocumentEntry) -> dict[str, str]:
    """What is known of a document, by variable; what is not known has no value."""
    values = (
        wording.KINDS.get(document.kind, document.kind),
        wording.voice(document.voice),
        document.organisation,
        document.place,
        document.team,
        document.date if _is_day(document.date) else "",
        document.source,
        document.locator,
        document.id,
    )
    return {
        name: line
        for name, value in zip(_VARIABLES, values, strict=True)
        if (line := " ".join(clean(value).split()))
    }


def _variables(root: Any, values: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The variables that any document has a value of; name -> GUID."""
    used = {name for held in values for name in held}
    made = _add(root, "Variables")
    known = {name: guid("variable", name) for name in _VARIABLES if name in used}
    for name, identity in known.items():
        _add(made, "Variable", guid=identity, name=name, typeOfVariable="Date" if name == _DATE else "Text")
    return known


def _cases(root: Any, documents: Iterable[DocumentEntry]) -> None:
    """A case for each organisation, with its documents; variables stay with the documents."""
    of: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.organisation:
            of[document.organisation].append(document.id)
    if not of:
        return
    cases, names = _add(root, "Cases"), Labels()
    for organisation in sorted(of):
        case = _add(cases, "Case", guid=guid("case", organisation), name=names.give(organisation))
        for identity in of[organisation]:
            _add(case, "SourceRef", targetGUID=guid("source", identity))


def _source(sources: Any, document: DocumentEntry, names: Labels, made: Mapping[str, str]) -> Any:
    identity = guid("source", document.id)
    where = ", ".join(filter(None, (document.source, document.locator)))
    source = _add(
        sources,
        "TextSource",
        guid=identity,
        name=names.give_file(where, document.id),
        plainTextPath=f"internal://{identity}.txt",
        **made,
    )
    told = [wording.imprint(document), "superseded by a newer version" if document.superseded_by else ""]
    if any(told):
        _add(source, "Description", wording.capital("; ".join(filter(None, told))))
    return source


def _selection(
    source: Any,
    document_id: str,
    text: str,
    stretch: Stretch,
    codes: Mapping[str, str],
    made: Mapping[str, str],
) -> None:
    """A stretch of a text: what is said of it, the codes it stands under, the findings that quote it."""
    key = f"{document_id}:{stretch.start}-{stretch.end}"
    start, end = placed(text, stretch.start, stretch.end)
    selection = _add(
        source,
        "PlainTextSelection",
        guid=guid("selection", key),
        startPosition=str(start),
        endPosition=str(end),
        **made,
    )
    _add(selection, "Description", "\n".join(stretch.lines))
    for theme_id in stretch.theme_ids:
        coding = _add(selection, "Coding", guid=guid("coding", f"{key}|{theme_id}"), **made)
        _add(coding, "CodeRef", targetGUID=codes[theme_id])
    for finding_id in stretch.finding_ids:
        _add(selection, "NoteRef", targetGUID=guid("note", finding_id))


def _sections(root: Any, report: Report, codes: Mapping[str, str]) -> None:
    """A set for each section of the template: how it ends, its themes and its findings."""
    if not report.sections:
        return
    findings = {finding.id: finding for finding in report.findings}
    sets, names = _add(root, "Sets"), Labels()
    for number, section in enumerate(report.sections, start=1):
        made = _add(
            sets, "Set", guid=guid("section", section.id), name=names.give(f"{number}. {section.title}")
        )
        if section.statement:
            _add(made, "Description", section.statement)
        known = [findings[i] for i in section.finding_ids if i in findings]
        for theme_id in dict.fromkeys(finding.theme_id for finding in known):
            if theme_id in codes:
                _add(made, "MemberCode", targetGUID=codes[theme_id])
        for finding in known:
            _add(made, "MemberNote", targetGUID=guid("note", finding.id))
