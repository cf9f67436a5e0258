"""Every file that can be made of a finished report: by name what makes it, from records to bytes.

made = writers(Material(report, texts))
made["report.docx"]()           # {"report.docx": bytes}; a folder's writer gives each of its files
"""

from __future__ import annotations

import dataclasses
import functools
import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from thememiner import differing, filling, planning, plans, releasing, reports, reviewing
from thememiner.codebooks import refiqda
from thememiner.projects import codebook, packed
from thememiner.records import Plan, Report
from thememiner.releasing import packaging
from thememiner.reports import pictures, standing, tables
from thememiner.reports.checklists import CHECKLISTS
from thememiner.reports.checklists import writing as checklists

Files = Mapping[str, bytes]


@dataclasses.dataclass(frozen=True)
class Material:
    """A report with what its outputs need beside it.

    `texts` are by document id; without them no project is made. `house` is an organisation's own .docx,
    `wording` names the file of prompts that actions are drafted from.
    """

    report: Report
    texts: Mapping[str, str] | None = None
    house: bytes = b""
    sha256: str = "0" * 64
    wording: str = ""

    @functools.cached_property
    def plan(self) -> Plan:
        """The plan that is drafted from the report."""
        return planning.plan(
            self.report,
            planning.prompts(self.wording),
            sha256=self.sha256,
            stands=standing.status(self.report),
        )

    @functools.cached_property
    def forms(self) -> Mapping[str, bytes]:
        """Ending → a blank form that asks one question a section."""
        return {suffix: blank(_parts(self.report), suffix) for suffix in (".docx", ".xlsx")}


def writers(given: Material) -> dict[str, Callable[[], Files]]:
    """Name of an output → what makes its files; names are those of the commands' own examples."""
    made = {name: _single(name, make) for name, make in _files(given)}
    made["tables/"] = lambda: _within("tables", tables.files(given.report))
    made["charts/"] = lambda: _within("charts", pictures.files(given.report))
    for profile in ("internal", "public"):
        made[f"{profile}/"] = functools.partial(_released, given, profile)
    return made


def _single(name: str, make: Callable[[], bytes]) -> Callable[[], Files]:
    return lambda: {name: make()}


def _files(given: Material) -> Iterator[tuple[str, Callable[[], bytes]]]:
    report = given.report
    for suffix in reports.RENDERERS:
        yield f"report{suffix}", functools.partial(reports.content, report, Path(f"report{suffix}"))
    house = given.house
    if house:
        yield "board.docx", lambda: reports.paper.render(report, house, "house.docx")
    texts = given.texts
    if texts is not None:
        yield "report.qdpx", lambda: packed(report, texts)
    yield "report.qdc", lambda: refiqda.written(codebook(report))
    for suffix in plans.FORMATS:
        yield f"plan{suffix}", functools.partial(_plan, given, suffix)
    yield "findings.xlsx", lambda: reviewing.book(report, given.sha256)
    for name in CHECKLISTS:
        for suffix, write in checklists.FORMATS.items():
            yield f"{name}{suffix}", functools.partial(write, report, name)
    for suffix in differing.FORMATS:
        yield f"changes{suffix}", functools.partial(_changes, given, suffix)
    for suffix in (".docx", ".xlsx"):
        yield f"form{suffix}", functools.partial(_form, given, suffix)


def _plan(given: Material, suffix: str) -> bytes:
    return plans.render(given.plan, suffix)


def _changes(given: Material, suffix: str) -> bytes:
    """What changed since an earlier report, that had no findings of half the sections."""
    known = given.report
    gone = {finding.id for finding in known.findings[::2]}
    before = dataclasses.replace(
        known,
        findings=tuple(
            dataclasses.replace(f, position="not known", basis=()) for f in known.findings if f.id not in gone
        ),
        sections=tuple(
            dataclasses.replace(s, finding_ids=tuple(i for i in s.finding_ids if i not in gone))
            for s in known.sections
        ),
    )
    return differing.render(differing.compare(before, known, given.plan), suffix)


def _form(given: Material, suffix: str) -> bytes:
    """A blank form that asks one question a section, filled in with every finding."""
    report = _parts(given.report)
    with tempfile.TemporaryDirectory() as folder:
        form = Path(folder) / f"form{suffix}"
        form.write_bytes(given.forms[suffix])
        return filling.fill(form, report, drafts=True).content


def _parts(report: Report) -> Report:
    """The report with plain titles, so that hostile ones do not decide where an answer goes."""
    sections = tuple(dataclasses.replace(s, title=f"Part {s.id}") for s in report.sections)
    return dataclasses.replace(report, sections=sections)


def blank(report: Report, suffix: str) -> bytes:
    """A form with a heading and a question for each section, and nothing filled in."""
    out = io.BytesIO()
    if suffix == ".docx":
        import docx

        document = docx.Document()
        for section in report.sections:
            document.add_heading(section.title, 1)
            table = document.add_table(2, 2)
            for cell, text in zip(table.rows[0].cells, ("Question", "Response"), strict=True):
                cell.text = text
            table.cell(1, 0).text = f"How is {section.title} known to hold?"
        document.save(out)
        return out.getvalue()
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Return")
        row = 0
        for section in report.sections:
            for line in (
                (section.title,),
                ("Question", "Response"),
                (f"How is {section.title} known?",),
            ):
                page.write_row(row, 0, line)
                row += 1
    return out.getvalue()


def _released(given: Material, profile: str) -> Files:
    texts = list((given.texts or {}).values())
    made, _ = releasing.release(given.report, profile, texts=texts if profile == "public" else ())  # type: ignore[arg-type]
    return _within(profile, packaging.files(made))


def _within(folder: str, files: Files) -> Files:
    return {f"{folder}/{name}": content for name, content in files.items()}
