"""Names of people: what is masked, what leaks, what is masked for nothing, and how fast.

    python -m thememiner_evaluation.deidentification synthetic uk_nhs_synthetic.jsonl
    python -m thememiner_evaluation.deidentification reports pfd_reports.jsonl pfd_person_spans.jsonl
    python -m thememiner_evaluation.deidentification decoys [FILE...]
    python -m thememiner_evaluation.deidentification notes
    python -m thememiner_evaluation.deidentification speed FILE...

Prints counts and shares, never a text. `evaluation/README.md` says where the files come from.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thememiner.deidentifying import Masked, mask
from thememiner_evaluation.name_decoys import decoys

_LONG_FIELD = 200  # characters: shorter fields of a record are ids and dates
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What announces the deceased in a coroner's report; with cues off, letters of it become "x".
_CUES = re.compile(
    r"\b(?:(?:deaths?|bod(?:y|ies)|inquests?|investigations?) (?:of|into|touching|concerning|regarding)"
    r"|the late|named|known as|called)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """How many spans of each type were wanted and found, and how many masks were made and wanted."""

    wanted: Counter[str]
    found: Counter[str]
    masks: int
    right: int

    def recall(self, kind: str = "") -> float:
        """The share of spans found, of one type or of all."""
        return (self.found[kind] / self.wanted[kind]) if kind else self.found.total() / self.wanted.total()

    @property
    def precision(self) -> float:
        """The share of masks that touch a wanted span, whatever its type."""
        return self.right / self.masks if self.masks else 1.0


@dataclass(frozen=True, slots=True)
class Leaks:
    """Name tokens and tokens of all kinds in the reports, and how many of them are masked."""

    names: int
    masked_names: int
    reports: int
    leaking: int
    tokens: int
    masked: int


def find_spans(rows: Iterable[dict[str, Any]]) -> Found:
    """What is found in texts with `spans`: a span counts when every letter and digit of it is masked."""
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    masks = right = 0
    for row in rows:
        masked = mask(row["text"])
        covered = _covered(masked)
        for span in row["spans"]:
            places = [at for at in range(span["start"], span["end"]) if row["text"][at].isalnum()]
            wanted[span["type"]] += 1
            found[span["type"]] += covered.issuperset(places)
        gold = {at for span in row["spans"] for at in range(span["start"], span["end"])}
        masks += len(masked.cuts)
        right += sum(not gold.isdisjoint(range(start, end)) for start, end in masked.cuts)
    return Found(wanted, found, masks, right)


def find_leaks(texts: Iterable[tuple[str, list[tuple[int, int]]]], *, cues: bool) -> Leaks:
    """What is masked of the name tokens in reports, with or without the words that announce a name."""
    names = masked_names = reports = leaking = tokens = masked_tokens = 0
    for text, spans in texts:
        given = text if cues else without_cues(text)
        covered = _covered(mask(given))
        kept = sum(not covered.issuperset(range(start, end)) for start, end in spans)
        names += len(spans)
        masked_names += len(spans) - kept
        reports += 1
        leaking += kept > 0
        for match in _TOKEN.finditer(given):
            tokens += 1
            masked_tokens += match.start() in covered
    return Leaks(names, masked_names, reports, leaking, tokens, masked_tokens)


def without_cues(text: str) -> str:
    """`text` with the words that announce a name made "x", letter by letter, so that offsets hold."""
    return _CUES.sub(lambda match: re.sub(r"\w", "x", match[0]), text)


def notes() -> list[dict[str, Any]]:
    """Terse invented notes, one a line of `name_notes.txt`, where people stand in curly brackets."""
    rows = []
    for line in _lines("name_notes.txt"):
        text, spans = "", []
        for piece in re.split(r"(\{[^}]*\})", line):
            name = piece.startswith("{")
            if name:
                spans.append({"type": "PERSON", "start": len(text), "end": len(text) + len(piece) - 2})
            text += piece[1:-1] if name else piece
        rows.append({"text": text, "spans": spans})
    return rows


def masked_note_decoys() -> tuple[int, list[str]]:
    """How many terse invented notes without a name there are, and those of them that get a mask."""
    texts = _lines("name_note_decoys.txt")
    return len(texts), [text for text in texts if mask(text).masks]


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text("utf-8").splitlines()


def masked_decoys(texts: Sequence[str]) -> tuple[int, list[str]]:
    """How many invented texts without a name there are, and those of them that get a mask."""
    return len(texts), [text for text in texts if mask(text).masks]


def report_texts(reports: Path, spans: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The text of every report and where the deceased's name stands in it."""
    texts = {row["url"]: _joined(row) for row in _rows(reports)}
    for row in _rows(spans):
        if row["url"] in texts:
            yield texts[row["url"]], [(span["start"], span["end"]) for span in row["name_spans"]]


def _joined(row: dict[str, Any]) -> str:
    parts = (row.get(part) for part in ("investigation", "circumstances", "concerns"))
    return "\n\n".join(part for part in parts if part)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _covered(masked: Masked) -> set[int]:
    return {at for start, end in masked.cuts for at in range(start, end)}


# ---------------------------------------------------------------- the command


def main() -> None:
    """Measure what the arguments name, and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("synthetic", "reports", "notes", "decoys", "speed"))
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    lacking = [path.name for path in given.files if not path.is_file()]
    if lacking:
        print(f"skipped: {', '.join(lacking)} not there; evaluation/README.md says how to get them")
        return
    if given.what == "synthetic":
        _print_spans(find_spans(row for path in given.files for row in _rows(path)))
    elif given.what == "reports":
        texts = list(report_texts(*given.files))
        for cues in (True, False):
            _print_leaks(find_leaks(texts, cues=cues), cues=cues)
    elif given.what == "notes":
        _print_spans(find_spans(notes()))
        count, wrong = masked_note_decoys()
        print(f"notes without a name masked {len(wrong)} of {count}: {len(wrong) / count:.4f}")
    elif given.what == "decoys":
        listed = [row["text"] for path in given.files for row in _rows(path)]
        count, wrong = masked_decoys(listed or decoys())
        print(f"decoys masked {len(wrong)} of {count}: {len(wrong) / count:.4f}")
        for text in wrong:
            print(f"  {mask(text).text}")
    else:
        _print_speed([text for path in given.files for text in _plain_texts(path)])


def _print_spans(found: Found) -> None:
    for kind, count in sorted(found.wanted.items()):
        print(f"{kind:16} {found.found[kind]} of {count}: {found.recall(kind):.4f}")
    print(f"all types: recall {found.recall():.4f}, precision {found.precision:.4f} ({found.masks} masks)")


def _print_leaks(leaks: Leaks, *, cues: bool) -> None:
    print(
        f"cues {'on' if cues else 'off'}: {leaks.masked_names} of {leaks.names} name tokens masked "
        f"({leaks.masked_names / leaks.names:.4f}); {leaks.leaking} of {leaks.reports} reports leak "
        f"({leaks.leaking / leaks.reports:.4f}); {leaks.masked / leaks.tokens:.4f} of all tokens masked"
    )


def _plain_texts(path: Path) -> list[str]:
    """The texts of a file: of JSON lines the long fields of each record, else forty paragraphs at a time."""
    if path.suffix == ".jsonl":
        records = [[value for value in row.values() if isinstance(value, str)] for row in _rows(path)]
        return ["\n\n".join(value for value in record if len(value) > _LONG_FIELD) for record in records]
    paragraphs = re.split(r"(?<=\n)(?=\n)", path.read_text("utf-8"))
    return ["".join(paragraphs[at : at + 40]) for at in range(0, len(paragraphs), 40)]


def _print_speed(texts: list[str]) -> None:
    mask("Dr Example")  # the lists are loaded once
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    began = time.process_time()
    for text in texts:
        mask(text)
    print(f"{size / 1e6:.1f} MB, {size / 1e6 / (time.process_time() - began):.2f} MB a second on one core")


if __name__ == "__main__":
    main()
