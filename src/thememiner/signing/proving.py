"""A released copy → whether anything in it has changed, is missing or was added since it was frozen."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from thememiner import resources
from thememiner.errors import InputError
from thememiner.reports import standing
from thememiner.reports.json import load
from thememiner.signing.copying import SUMS

REPORT = "report.json"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found: how many files the list has, a line for each thing that is wrong, what it says it is.

    `seal` is the SHA-256 of the list itself: who wrote it down at the time can tell whether the list was
    replaced too.
    """

    files: int
    failures: tuple[str, ...]
    seal: str
    says: str = ""


def prove(folder: str | Path) -> Proof:
    """Hold a released copy against its list, and its report against the step that released it.

    Raises `InputError` for a folder that is no released copy.
    """
    folder = Path(folder)
    try:
        content = (folder / SUMS).read_bytes()
    except OSError as error:
        raise InputError(
            f"{folder} is no released copy: its {SUMS} cannot be read ({error.strerror or error})."
        ) from error
    listed = _listed(folder, content)
    failures = [*_changed(folder, listed)]
    says, wrong = _released(folder, listed)
    return Proof(len(listed), (*failures, *wrong), hashlib.sha256(content).hexdigest(), says)


def _listed(folder: Path, content: bytes) -> dict[str, str]:
    """Name -> digest as the list has them; it names files of this folder alone."""
    listed: dict[str, str] = {}
    for line in content.decode("utf-8", "replace").splitlines():
        found = _LINE.fullmatch(line)
        if found is None or found[2] in listed or "/" in found[2] or "\\" in found[2]:
            raise InputError(f"{folder / SUMS} is not the list of a released copy: {line[:80]!r}.")
        listed[found[2]] = found[1]
    return listed


def _changed(folder: Path, listed: dict[str, str]) -> list[str]:
    lines = []
    for name, digest in listed.items():
        path = folder / name
        if not path.is_file():
            lines.append(f"{name} is missing")
            continue
        try:
            if resources.sha256(path) != digest:
                lines.append(f"{name} has changed since the release")
        except OSError as error:
            lines.append(f"{name} cannot be read: {error.strerror or error}")
    there = sorted(path.name for path in folder.iterdir() if path.name not in (*listed, SUMS))
    return [*lines, *(f"{name} was added: it is not in the list" for name in there)]


def _released(folder: Path, listed: dict[str, str]) -> tuple[str, list[str]]:
    """What the report says of its release; and that it is not what was released, where it is not."""
    if REPORT not in listed or not (folder / REPORT).is_file():
        return "", [f"{REPORT} is not in it"]
    try:
        report = load(folder / REPORT)
    except InputError as error:
        return "", [str(error).rstrip(".")]
    at = standing.reached(report.ladder)
    if at is None or at.status != "released":
        return "", [f"{REPORT} does not say that it was released"]
    wrong = [] if at.digest == standing.digest(report) else [f"{REPORT} is not what was released"]
    return standing.status(report), wrong
