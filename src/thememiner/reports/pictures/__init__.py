"""The report's charts as files: a slide each as SVG and PNG, and a page that says the same in words.

    write(report, "charts/")        # svg/, png/, charts.md, files.csv

They have words and numbers of the report and nothing else; no quote is among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thememiner.records import Report
from thememiner.reports import ordering, standing, wording
from thememiner.reports.markdown import escape, table_lines
from thememiner.reports.pictures import plots
from thememiner.reports.pictures.canvas import settings
from thememiner.reports.pictures.slides import Slide, missing, slides
from thememiner.reports.tables import folders
from thememiner.saving import write_folder

__all__ = ["PAGE", "Slide", "check", "files", "slides", "write"]

PAGE = "charts.md"


def files(report: Report) -> dict[str, bytes]:
    """Name → bytes of every file; the same report gives the same with one version of matplotlib."""
    known = ordering.canonical(report)
    made, marking = slides(known), standing.marking(known)
    content = {}
    with settings():
        for slide in made:
            drawn = plots.draw(slide, source(known), marking)
            content[f"svg/{slide.id}.svg"] = drawn.svg(slide.title, f"{slide.about} {slide.alt}")
            content[f"png/{slide.id}.png"] = drawn.png()
    content[PAGE] = _page(known, made).encode("utf-8", "replace")
    return folders.with_list(content)


def write(report: Report, folder: str | Path) -> Path:
    """The folder written whole, or not at all; charts of an earlier report in it are replaced.

    Raises `InputError` for a folder that holds anything else, and for one that cannot be written.
    """
    folder = Path(folder)
    check(folder)
    return write_folder(folder, files(report))


def check(folder: Path) -> None:
    """Raise `InputError` for a folder that holds anything but charts as written: it would be lost."""
    folders.check(folder, "--charts", "chart")


def source(report: Report) -> str:
    """The line under each chart: what it rests on, and what its numbers are not."""
    # A released report lists some of the documents alone.
    came = "" if report.release.tallies else f"; {wording.counted(len(report.documents), 'document')}"
    return (
        f"Source: {report.title or 'a report without a title'}{came}; status: {report.status}. "
        "Drafted by thememiner. Numbers show where evidence lies, not how often anything happens."
    )


def _page(report: Report, made: Sequence[Slide]) -> str:
    """Every chart in words, with the figures that are drawn."""
    blocks = [f"**{standing.marking(report)}**", "# Charts, in words and figures", escape(source(report))]
    for slide in made:
        blocks += [
            f"## {escape(slide.title)}",
            f"Files: `svg/{slide.id}.svg`, `png/{slide.id}.png`.",
            escape(slide.about),
            f"What it shows: {escape(slide.alt)}",
            *filter(None, table_lines(slide.table)),
        ]
    left = missing(report, made)
    if left:
        blocks += ["## What has no chart", "\n".join(f"- {escape(line)}" for line in left)]
    return "\n\n".join(blocks) + "\n"
