"""A released folder → whether each file in it is what its report.json gives, and whether there are others.

Every file is made again from the report, by what made it: a digest in a list could be changed with the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from thememiner.errors import InputError
from thememiner.records import Evidence, Report
from thememiner.releasing import codenames, packaging
from thememiner.reports.json import load
from thememiner.reports.tables import folders

REPORT = "report.json"
CHANGED = "{name} is not what report.json gives"
ANOTHER = (
    "{name} is as files.csv lists it, but not what report.json gives here: another version of thememiner or "
    "of what draws and packs wrote it, or both were changed"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found: the report, how many files it gives, and a line for each thing that is wrong.

    `seal` is the SHA-256 of the list of files: who wrote it down can tell whether all was replaced.
    """

    report: Report | None
    files: int
    failures: tuple[str, ...]
    seal: str = ""


def is_release(folder: Path) -> bool:
    """Whether a folder is one that `packaging.write` wrote, whatever became of it since."""
    return any((folder / name).is_file() for name in ("release-log.csv", "release-log.md"))


def prove(folder: str | Path) -> Proof:
    """Make every file of a released folder again, and hold what is there against it, byte for byte.

    Raises `InputError` for a folder that cannot be read.
    """
    folder = Path(folder)
    try:
        report = load(folder / REPORT)
    except InputError as error:
        return Proof(None, 0, (str(error).rstrip("."),))
    if report.release.profile == "working":
        return Proof(report, 0, (f"{REPORT} is a working report, which is no part of a release",))
    given = packaging.files(report)
    listed = folders.listed(folder / folders.FILES)
    rooms = {parent.as_posix() for name in given for parent in Path(name).parents}
    failures = []
    try:
        held = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
        for name, content in given.items():
            path = held.get(name)
            if path is None or path.is_symlink() or not path.is_file():
                failures.append(f"{name} is missing")
            elif (there := path.read_bytes()) != content:
                same = hashlib.sha256(there).hexdigest() == listed.get(name)
                failures.append((ANOTHER if same else CHANGED).format(name=name))
        for name, path in held.items():
            room = name in rooms and path.is_dir() and not path.is_symlink()
            if name not in given and not room:
                failures.append(f"{name} was added: report.json does not give it")
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror or error}.") from error
    return Proof(report, len(given), tuple(failures), hashlib.sha256(given[folders.FILES]).hexdigest())


def quoted(released: Report, working: Report) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """The excerpts of the working report that a released one quotes, and a line for each that it has not."""
    codes = codenames.of_documents(working.documents)
    files = codenames.of_files(working.documents)
    mine: dict[tuple[str, str, str], Evidence] = {}
    for e in working.evidence:
        for of in (codes, files):
            mine.setdefault((of.get(e.document_id, ""), e.quote, e.sha256), e)
    found, lines = [], []
    for e in released.evidence:
        own = mine.get((e.document_id, e.quote, e.sha256))
        if own is None:
            lines.append(f"excerpt {e.id}: the working report has no such words of {e.document_id}")
        else:
            found.append(own)
    return tuple({e.id: e for e in found}.values()), tuple(lines)
