"""Proves a finished report against its sources: every excerpt is found again, or the proof fails.

Each given file is matched to the report by its SHA-256, read and de-identified again with the settings
the report holds, and each document's digest is compared; then each excerpt is a slice, byte for byte.
Nothing is searched for and nothing is matched loosely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from thememiner import outputs, projects, resources
from thememiner.deidentifying import Rules, deidentify, mask, rules
from thememiner.embedding import digest
from thememiner.errors import InputError
from thememiner.reading import Limits, find, read
from thememiner.records import DocumentEntry, Evidence, Report, Source
from thememiner.reports import content
from thememiner.reports.json import load

_NOTED = 5  # files that are none of the report, named in the notes


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved: excerpts in all, those proved, and a line for each thing that failed.

    `notes` are lines on what is no failure, such as a file given that the report does not know.
    """

    excerpts: int
    proved: int
    files: int
    failures: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every excerpt was proved and nothing else failed."""
        return not self.failures and self.proved == self.excerpts


def verify(
    report: Report | str | Path,
    sources: Iterable[Any],
    pages: Iterable[str | Path] = (),
    house: str | Path | None = None,
) -> Verification:
    """Return the proof of `report` against the files, folders and DataFrames given.

    What is proved is that each excerpt stands in its source. A report given by the path of its report.json
    (or of a page beside it) is also rendered again: a page that is not what report.json gives fails, and so
    does a documents.jsonl beside it that does not hold the texts that report.json lists. `pages` are
    further ones, under names of their own (board.docx), of which every .docx is dressed as `house` where it
    is given.

    Fails closed: a file of the report that was not given or has changed, a document that reads differently,
    a reader or setting that differs, and an excerpt that is not its slice are all failures. Files
    that the report does not know are noted. Raises `InputError` for a path that is not there and a report
    that does not say how it was made.
    """
    if not isinstance(report, Report):
        path = Path(report).with_suffix(".json")
        kept, beside = load(path), path.with_name("documents.jsonl")
        changed = [*outputs.changed_since(path), *projects.changed_since(path)]
        changed += [page.name for page in map(Path, pages) if _differs(kept, page, house)]
        broken = [
            f"{name} was changed after it was written: it is not what {path.name} gives" for name in changed
        ]
        if beside.exists() and (how := outputs.texts_differ(kept, beside)):
            broken.append(f"documents.jsonl does not hold the texts that {path.name} lists: {how}")
        proof = verify(kept, sources)
        return replace(proof, failures=(*broken, *proof.failures))
    failures: list[str] = []
    if report.provenance.get("reader") != resources.reader_digest():
        failures.append("the reader or the identifier tables are not those the report was made with")
    redact, wall, inputs = _recorded(report)
    limits = Limits(seconds=report.provenance["settings"].get("reading_seconds", 20))
    known: dict[str, list[_Input]] = {}
    for given in inputs:
        known.setdefault(given.sha256, []).append(given)
    texts: dict[tuple[str, str], str] = {}
    came: set[str] = set()
    strange: list[str] = []
    files = [found for source in sources for found in find(Source(source))]
    for found in files:
        name = mask(found.name, wall).text
        try:
            sha256 = _digest(found.path)
        except OSError:
            failures.append(f"{name} cannot be opened")
            continue
        if sha256 not in known:
            strange.append(name)
            continue
        came.add(sha256)
        for given in known[sha256]:
            reading = read([replace(given.source, path=found.path, exclude=())], limits=limits)
            for document in deidentify(reading.documents, redact=redact, rules=wall):
                texts[document.id, document.sha256] = document.text
    proved = {e.id: t for e in report.documents if (t := _text(e, texts)) is not None}
    held = _by_file(report, inputs)
    failures += _unmatched(report, inputs, held, came, strange, proved)
    failures += _not_there(report, proved)
    return Verification(
        excerpts=len(report.evidence),
        proved=sum(_stands(excerpt, proved) for excerpt in report.evidence),
        files=len(files) - len(strange),
        failures=tuple(failures),
        notes=_notes(inputs, held, came, strange),
    )


def _differs(report: Report, page: Path, house: str | Path | None) -> bool:
    """Whether a page is not what the report gives. Raises `InputError` for one that is not there."""
    try:
        held = page.read_bytes()
    except OSError as error:
        raise InputError(f"{page} cannot be read: {error.strerror or error}.") from None
    return held != content(report, page, house if page.suffix.lower() == ".docx" else None)


def _digest(path: Any) -> str:
    """SHA-256 of a file, or of a DataFrame's rows as reading gives it."""
    if isinstance(path, (str, Path)):
        return resources.sha256(Path(path))
    return read([Source(path)]).ledger[0].sha256


@dataclass(frozen=True, slots=True)
class _Input:
    """A file of the report: its digest, its name, and the source it was read as."""

    sha256: str
    name: str
    source: Source


def _recorded(report: Report) -> tuple[bool, Rules, list[_Input]]:
    """Whether the texts were de-identified, by which rules, and the files.

    Raises `InputError` if the report does not say.
    """
    try:
        settings = report.provenance["settings"]
        redact = settings["redact"]
        patterns, recognisers = (tuple(settings.get(key, ())) for key in ("local_patterns", "recognisers"))
        wall = rules(patterns, settings.get("dates", "keep"), recognisers)
        inputs = [
            _Input(given["sha256"], given["source"], Source(None, given["kind"], **given["options"]))
            for given in report.provenance["inputs"]
        ]
        inputs.sort(key=lambda i: (i.name, i.source.kind, i.sha256))
    except (KeyError, TypeError):
        raise InputError(
            "the report does not say how its files were read (provenance), so it proves nothing."
        ) from None
    return bool(redact), wall, inputs


def _text(entry: DocumentEntry, texts: dict[tuple[str, str], str]) -> str | None:
    """The text of a document as it was read again, if it is the one that the report recorded."""
    text = texts.get((entry.id.partition("~")[0], entry.sha256))
    return text if text is not None and digest(text) == entry.sha256 else None


def _unmatched(
    report: Report,
    inputs: Sequence[_Input],
    held: Sequence[Sequence[DocumentEntry]],
    came: set[str],
    strange: Sequence[str],
    proved: dict[str, str],
) -> list[str]:
    """A line for each file of the report that was not given, has changed, or reads differently.

    A file of which nothing was read may stay away.
    """
    quotes = Counter(e.document_id for e in report.evidence)
    lines: list[str] = []
    told: set[str] = set()
    for given, mine in zip(inputs, held, strict=True):
        gone = [d.id for d in mine if d.id not in proved]
        told.update(gone)
        rest = f"({_counted(sum(quotes[i] for i in gone), 'quote')} on it)"
        if given.sha256 in came:
            if gone:
                many = f"{len(gone)} of its {_counted(len(mine), 'text', '')}"
                lines.append(f"{given.name} reads differently now: {many} not as recorded {rest}")
        elif _has_changed(given.name, strange):
            lines.append(f"{given.name} has changed since the report was made {rest}")
        elif mine:
            lines.append(f"{given.name} was not given {rest}")
    lost = {d.source for d in report.documents if d.id not in proved and d.id not in told}
    lines += [
        f"{source} is in no entry of the report's files, so it proves nothing" for source in sorted(lost)
    ]
    return list(dict.fromkeys(lines))


def _not_there(report: Report, proved: dict[str, str]) -> list[str]:
    """A line for each excerpt that is not what stands in its source, or that has none in the report."""
    places = {d.id: ", ".join(filter(None, (d.source, d.locator))) for d in report.documents}
    lines = []
    for excerpt in report.evidence:
        if excerpt.document_id not in places:
            lines.append(f"excerpt {excerpt.id}: its document is not one of the report")
        elif excerpt.document_id in proved and not _stands(excerpt, proved):
            lines.append(f"excerpt {excerpt.id}: it is not what stands in {places[excerpt.document_id]}")
    return lines


def _stands(excerpt: Evidence, proved: dict[str, str]) -> bool:
    """Whether an excerpt is the slice that it says it is, of a text that was read again."""
    text = proved.get(excerpt.document_id)
    return (
        text is not None
        and 0 <= excerpt.start < excerpt.end
        and text[excerpt.start : excerpt.end] == excerpt.quote
        and digest(excerpt.quote) == excerpt.sha256
    )


def _notes(
    inputs: Sequence[_Input], held: Sequence[Sequence[DocumentEntry]], came: set[str], strange: Sequence[str]
) -> tuple[str, ...]:
    """A line for each file given that the report does not know, and each missing that was not needed."""
    missing = [
        (given.name, mine) for given, mine in zip(inputs, held, strict=True) if given.sha256 not in came
    ]
    extra = sorted(name for name in strange if not any(_same(gone, name) for gone, _ in missing))
    notes = [f"{name} is no file of this report, and was not looked at" for name in extra[:_NOTED]]
    if len(extra) > _NOTED:
        notes.append(f"{_counted(len(extra) - _NOTED, 'more file', '')} given are none of this report")
    notes += [
        f"{name}, of which nothing was read, was not given"
        for name, mine in missing
        if not mine and not _has_changed(name, strange)
    ]
    return tuple(notes)


def _by_file(report: Report, inputs: Sequence[_Input]) -> list[list[DocumentEntry]]:
    """The documents of each file, and of the files inside it."""
    digests: dict[tuple[str, str], list[int]] = defaultdict(list)
    names: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, given in enumerate(inputs):
        digests[given.source.kind, given.sha256].append(at)
        names[given.source.kind, given.name].append(at)
    found: list[list[DocumentEntry]] = [[] for _ in inputs]
    for document in report.documents:
        places = digests.get((document.kind, document.file_sha256), [])
        outer = document.source
        while not places and "/" in outer:
            outer = outer.rpartition("/")[0]
            places = names.get((document.kind, outer), [])
        for at in places:
            found[at].append(document)
    return found


def _has_changed(name: str, strange: Iterable[str]) -> bool:
    """Whether a file of that name was given, with other bytes."""
    return any(_same(name, other) for other in strange)


def _same(name: str, other: str) -> bool:
    """Whether two names mean one file, which may be given by itself, in its folder or in one above."""
    short, long = sorted((name, other), key=len)
    return long == short or long.endswith(f"/{short}")


def _counted(number: int, noun: str, verb: str = " rest") -> str:
    """How many of a thing, and what they do: "1 quote rests", "4 quotes rest"."""
    if number == 1:
        return f"1 {noun}{verb and verb + 's'}"
    return f"{number:,} {noun}s{verb}"
