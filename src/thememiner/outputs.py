"""Where results go: never onto what was read, and never over what a person wrote into a report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner.errors import InputError
from thememiner.reports import RENDERERS, content, standing
from thememiner.reports.json import load

if TYPE_CHECKING:
    from thememiner.records import Report


def keep_apart(outputs: Iterable[Path], sources: Iterable[Any]) -> None:
    """Raise `InputError` for an output that is one of the sources, or that lies in a folder of them.

    There it would take a source's place, or be read as one the next time.
    """
    paths = [Path(source) for source in sources if isinstance(source, (str, Path)) and _is_there(source)]
    for out in outputs:
        real = out.resolve()
        for path in paths:
            source = path.resolve()
            if real == source or (out.is_file() and path.is_file() and out.samefile(path)):
                raise InputError(
                    f"{out} is what is to be read: choose another --out, so that it is not lost."
                )
            if path.is_dir() and source in real.parents:
                raise InputError(
                    f"{out} lies in {path}, which is to be read: choose an --out outside it, so that the "
                    "result is not read as a source the next time."
                )


def _is_there(path: str | Path) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # no path at all: reading says so
        return False


def changed_since(report: Path) -> list[str]:
    """The names of the pages of a report, of those beside its report.json, that are not what that renders to.

    One was changed after it was written, or written by another version; or report.json itself was. Raises
    `InputError` if there is no report to read.
    """
    kept = load(report)
    changed = []
    for suffix in RENDERERS:
        page = report.with_suffix(suffix)
        if page.is_file() and page.read_bytes() != content(kept, page):
            changed.append(page.name)
    return sorted(changed)


def texts_differ(report: Report, kept: Path) -> str:
    """How the texts that a run kept (documents.jsonl) are not those of its report, in words; "" if they are.

    Only ids and texts are held against the report: it lists nothing else of them.
    """
    listed = {document.id: document.sha256 for document in report.documents}
    try:
        rows = [json.loads(line) for line in kept.read_text("utf-8").split("\n") if line.strip()]
        held = [(str(row["id"]), hashlib.sha256(row["text"].encode()).hexdigest()) for row in rows]
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return "it cannot be read as the texts of a run"
    ids = {identity for identity, _ in held}
    counts = {
        "changed": sum(identity in listed and listed[identity] != digest for identity, digest in held),
        "missing": len(listed.keys() - ids),
        "in no report": len(ids - listed.keys()),
        "there twice": len(held) - len(ids),
    }
    return ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)


def carried(report: Report, earlier: Path) -> Report:
    """A report with the steps (who reviewed and approved it) that an earlier one of the same review took.

    It is of the same review where both have a document; otherwise, or with no earlier report to read, the
    report is as it was.
    """
    try:
        before = load(earlier)
    except InputError:
        return report
    shared = {entry.id for entry in before.documents} & {entry.id for entry in report.documents}
    return standing.kept(before.ladder, report) if shared else report


def check_earlier(folder: Path) -> bool:
    """Whether a folder holds an earlier report, which may be replaced.

    Raises `InputError` when a page of it was changed after it was written, or when that cannot be told: what
    a person wrote into it would be lost.
    """
    pages = [folder / f"report{suffix}" for suffix in RENDERERS if (folder / f"report{suffix}").is_file()]
    if not pages:
        return False
    how = "Choose another --out, or pass --overwrite to replace it."
    try:
        changed = changed_since(folder / "report.json")
    except InputError:
        raise InputError(
            f"{folder} holds {pages[0].name} and no report.json that this version can check it by. {how}"
        ) from None
    if changed:
        verb = "was" if len(changed) == 1 else "were"
        raise InputError(
            f"{' and '.join(changed)} in {folder} {verb} changed after the report was written (or another "
            f"version of thememiner wrote it). {how}"
        )
    return True
