"""A finished report for the programs in which people code texts by hand: NVivo, ATLAS.ti, MAXQDA, QualCoder.

    write("review/report.json", "review.qdpx")    # texts, codes, coded passages, findings as notes
    write("review/report.json", "themes.qdc")     # the themes alone, as a codebook

Both are REFI-QDA 1.0 files (Rotterdam Exchange Format Initiative, 2019), the same bytes for the same report.
A project holds whole texts, not only the quotes: who is given one can read everything that was read.
"""

from __future__ import annotations

from pathlib import Path

from thememiner.codebooks import refiqda
from thememiner.errors import InputError, UnknownNameError
from thememiner.projects.packing import packed
from thememiner.projects.texts import texts_beside
from thememiner.projects.themes import codebook
from thememiner.records import Report
from thememiner.reports.json import load
from thememiner.saving import write_file

__all__ = ["FORMATS", "changed_since", "codebook", "content", "packed", "texts_beside", "warning", "write"]

FORMATS = (".qdpx", ".qdc")
_MASKED = (
    "They are de-identified (pseudonymised), not anonymous: people could still be recognised. Keep it where "
    "the report is kept, and give it only to those who may read every text."
)
_NOT_MASKED = (
    "They were not de-identified: names and other identifiers may be in them. Keep it where the sources are "
    "kept."
)


def write(report: str | Path, out: str | Path) -> Path:
    """The file written, as a project (.qdpx) or a codebook (.qdc) by its ending: whole, or not at all.

    The texts of a project come from documents.jsonl beside `report`. Raises `InputError` for another ending,
    a report that cannot be read, texts that are missing or not those that it lists, a quote that is not what
    stands in its text, and a report without themes for a codebook.
    """
    path, out = Path(report), Path(out)
    if out.suffix.lower() not in FORMATS:
        raise UnknownNameError("the project format", out.suffix or out.name, FORMATS)
    return write_file(out, content(path, load(path), out.suffix.lower()))


def changed_since(report: str | Path) -> list[str]:
    """The names of projects and codebooks beside a report, called as it is, that are not what it gives.

    Raises `InputError` if there is no report to read.
    """
    path = Path(report)
    kept = load(path)
    return [
        page.name for f in FORMATS if (page := path.with_suffix(f)).is_file() and not _is(page, path, kept)
    ]


def _is(page: Path, path: Path, report: Report) -> bool:
    try:
        return page.read_bytes() == content(path, report, page.suffix)
    except InputError:
        return False


def content(path: Path, report: Report, suffix: str) -> bytes:
    """The bytes of a project or codebook of a report, whose texts stand beside `path`."""
    if suffix == ".qdc":
        return refiqda.written(codebook(report))
    return packed(report, texts_beside(path, report))


def warning(report: Report, out: str | Path) -> str:
    """What to know before a project is given to anybody; "" for a codebook, which holds no text."""
    if Path(out).suffix.lower() != ".qdpx":
        return ""
    how = _MASKED if report.provenance.get("settings", {}).get("redact", True) else _NOT_MASKED
    texts = f"{len(report.documents):,} text{'' if len(report.documents) == 1 else 's'}"
    return f"{Path(out).name} holds the whole of {texts}, not only the quotes. {how}"
