"""The files of a report: all its pages, to freeze; or those beside its report.json, to write them anew."""

from __future__ import annotations

from pathlib import Path

from thememiner import projects
from thememiner.records import Report
from thememiner.reports import RENDERERS


def pages(report: Report, name: str = "report") -> dict[str, bytes]:
    """File name -> bytes of a report in every format that holds no whole text."""
    made = {f"{name}{suffix}": render(report) for suffix, render in RENDERERS.items()}
    return {file: content.encode() if isinstance(content, str) else content for file, content in made.items()}


def anew(report: Report, path: Path) -> dict[str, bytes]:
    """File name -> bytes of a report.json at `path`, and of each page and project that stands beside it."""
    made = {
        file: content
        for file, content in pages(report, path.stem).items()
        if file.endswith(".json") or path.with_name(file).is_file()
    }
    there = [suffix for suffix in projects.FORMATS if path.with_suffix(suffix).is_file()]
    return made | {f"{path.stem}{suffix}": projects.content(path, report, suffix) for suffix in there}
