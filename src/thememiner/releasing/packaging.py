"""The folder of a released report: every format, tables, charts, what was withheld; nothing of who or where.

The log that names documents (`Log.csv`) is no part of it: it stays beside the working report.
"""

from __future__ import annotations

import json
from pathlib import Path

from thememiner.errors import InputError
from thememiner.records import Release, Report
from thememiner.releasing import logs
from thememiner.reports import RENDERERS, pictures, tables, wording
from thememiner.reports.markdown import escape
from thememiner.reports.tables import folders
from thememiner.saving import write_folder

TEXTS = "documents.jsonl"  # beside a working report.json
REFUSED = (
    "{name} holds whole texts of incidents and people, so it is no part of a released report: give --out a "
    "folder, or a file that ends in {known}."
)
_WITHHELD_KINDS = ("incident", "feedback")


def check(folder: Path) -> None:
    """Raise `InputError` for a folder that holds anything but an earlier release as it was written."""
    folders.check(folder, "--out", "file")


def write(report: Report, folder: str | Path) -> Path:
    """The folder written whole, or not at all; an earlier release in it is replaced.

    Raises `InputError` for a folder that holds anything else, and for one that cannot be written.
    """
    folder = Path(folder)
    check(folder)
    return write_folder(folder, files(report))


def files(report: Report) -> dict[str, bytes]:
    """Name → bytes of every file of a released report; the same report gives the same."""
    content: dict[str, bytes] = {}
    for suffix, render in RENDERERS.items():
        page = render(report)
        content[f"report{suffix}"] = page.encode("utf-8") if isinstance(page, str) else page
    content |= {f"tables/{name}": data for name, data in tables.files(report).items()}
    content |= {f"charts/{name}": data for name, data in pictures.files(report).items()}
    content["release-log.csv"] = logs.public_csv(report.release.withheld)
    content["release-log.md"] = _words(report.release).encode("utf-8", "replace")
    return folders.with_list(content)


def texts(report: Report, kept: Path) -> list[str]:
    """The texts of incident reports and people, out of the documents.jsonl of a run, to compare quotes with.

    Raises `InputError` for a file that is not that of the report; there are none where there is no file.
    """
    kinds = {d.id: d.kind for d in report.documents}
    if not kept.is_file():
        return []
    try:
        rows = [json.loads(line) for line in kept.read_text("utf-8").split("\n") if line.strip()]
        held = {str(row["id"]): str(row["text"]) for row in rows}
    except (OSError, ValueError, RecursionError, TypeError, KeyError):
        raise InputError(f"{kept} cannot be read as the texts of a run: run again.") from None
    wanted = [identity for identity, kind in kinds.items() if kind in _WITHHELD_KINDS]
    if missing := [identity for identity in wanted if identity not in held]:
        raise InputError(
            f"{kept} lacks {wording.counted(len(missing), 'text')} of the report, so quotes cannot be "
            "compared with them: run again."
        )
    return [held[identity] for identity in wanted]


def _words(release: Release) -> str:
    """What was withheld, in words."""
    lines = [
        f"**{wording.marking(release.profile)}**",
        "# What was withheld, and why",
        "\n".join(
            f"- {escape(what)}: {escape(number)}; {escape(why)}." for what, why, number in release.withheld
        ),
    ]
    if release.held:
        lines += [
            f"## {wording.HELD_CAPTION}",
            wording.HELD_NOTE,
            "\n".join(f"- {escape(what)}: {escape(why)}." for what, why in release.held),
        ]
    if release.small_numbers != "none":
        lines.append(wording.SUPPRESSED_NOTE + (wording.ROUNDED if release.small_numbers == "hes" else ""))
    return "\n\n".join(lines) + "\n"
