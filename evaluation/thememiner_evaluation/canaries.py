"""Canaries: identifiers of nobody, planted in every format and field, and looked for in all that comes out.

    python -m thememiner_evaluation.canaries [--size 1000]

Writes a review's worth of invented files in a folder that is thrown away, each with canaries in its text,
headings, file name, ids, mapped and unmapped columns, mail headers and properties, and broken files with
canaries too. Runs every command that writes something, in processes of their own, and looks through every
byte of every artefact, log, error text, cache and temporary file. Exits with 1 when a canary is found.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from thememiner_evaluation import bombs

_LETTERS = "bcdfghjklmnprstvwz"
_SAID = (
    "The team rang the ward about the plan and wrote to {} before noon.",
    "He was seen by {} on the ward, and nobody had the handover.",
    "We asked for the crisis line and were told to ring {} again.",
    "At the review {} said that the depot had been missed.",
)


@dataclass(slots=True)
class Canaries:
    """Makes canaries, each once, and remembers in which field each was planted."""

    rng: random.Random
    planted: dict[str, str] = field(default_factory=dict)
    sorts: Iterator[int] = field(default_factory=lambda: itertools.cycle(range(6)))

    def one(self, where: str, *, sort: int | None = None) -> str:
        """The next canary as it is to be written; the part that must not come out is remembered."""
        sort = next(self.sorts) if sort is None else sort
        while True:
            shown, secret = _MAKERS[sort](self.rng)
            if secret not in self.planted:
                self.planted[secret] = where
                return shown

    def sentence(self, where: str) -> str:
        """A sentence of a report with a canary in it."""
        return self.rng.choice(_SAID).format(self.one(where))


def _word(rng: random.Random, syllables: int = 4) -> str:
    return "".join(rng.choice(_LETTERS) + rng.choice("aeiou") for _ in range(syllables)).capitalize() + "x"


def _nhs_number(rng: random.Random) -> tuple[str, str]:
    while True:
        digits = [9, 9, 9, *(rng.randrange(10) for _ in range(6))]
        check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            number = "".join(map(str, digits)) + str(check % 11)
            return f"NHS number {number[:3]} {number[3:6]} {number[6:]}", number


def _email(rng: random.Random) -> tuple[str, str]:
    word = _word(rng).lower()
    return f"{word}@example.nhs.uk", word


def _phone(rng: random.Random) -> tuple[str, str]:
    number = f"07{rng.randrange(10**9):09}"
    return f"{number[:5]} {number[5:]}", number


def _hospital(rng: random.Random) -> tuple[str, str]:
    number = f"{rng.randrange(10**7, 10**8)}"
    return f"hospital number {number}", number


def _titled(rng: random.Random) -> tuple[str, str]:
    word = _word(rng)
    return f"{rng.choice(('Mrs', 'Mr', 'Dr', 'Nurse', 'Sister'))} {word}", word


def _insurance(rng: random.Random) -> tuple[str, str]:
    # Prefixes that are given out: neither D, F, I, Q, U, V nor the pairs that are never used.
    while (prefix := rng.choice("ABCEGHJKLMNPRSTWXYZ") + rng.choice("ABCEGHJKLMNPRSTWXYZ")) in _NEVER_GIVEN:
        pass
    number = f"{prefix}{rng.randrange(10**6):06}A"
    return number, number


_NEVER_GIVEN = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_MAKERS = (_nhs_number, _email, _phone, _hospital, _titled, _insurance)


def plant(folder: Path, size: int, seed: int = 20261122) -> Canaries:
    """Files below `folder`, a folder for each kind, with about `size` canaries; what was planted where."""
    made = Canaries(random.Random(seed))  # words, not secrets
    for kind in ("incident", "policy", "account", "feedback", "labelled", "broken"):
        (folder / kind).mkdir(parents=True)
    turn = 0
    while len(made.planted) < size:
        turn += 1
        _tables(folder, made, turn)
        _texts(folder, made, turn)
        _mails(folder, made, turn)
        _labelled(folder / "labelled", made, turn)
        _broken(folder / "broken", made, turn)
    return made


def _rows(made: Canaries, where: str, number: int) -> list[list[str]]:
    header = ["Ref", "Narrative", "Patient name", "Date of birth", "NHS number", "Handler", "Spare", "Team"]
    return [
        header,
        *(
            [
                f"{made.one(where + ' id')}",
                f"{made.sentence(where + ' text')} {made.sentence(where + ' text')}",
                made.one(where + " known column", sort=4),
                "1961-02-03",
                made.one(where + " known column", sort=0).removeprefix("NHS number "),
                made.one(where + " known column", sort=4),
                made.one(where + " unmapped column"),
                made.one(where + " team", sort=4) if row % 5 == 0 else "North Team",
            ]
            for row in range(number)
        ),
    ]


def _tables(folder: Path, made: Canaries, turn: int) -> None:
    rows = _rows(made, "csv", 6)
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    name = made.one("file name", sort=4)
    (folder / "incident" / f"{name} {turn}.csv").write_text(stream.getvalue(), "utf-8")
    rows = _rows(made, "xlsx", 4)
    cells = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{chr(65 + column)}{at}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for column, cell in enumerate(row)
        )
        + "</row>"
        for at, row in enumerate(rows, 1)
    )
    (folder / "incident" / f"extract {turn}.xlsx").write_bytes(bombs.workbook(cells))
    header, *records = _rows(made, "jsonl", 3)
    lines = [json.dumps(dict(zip(header, record, strict=True))) for record in records]
    (folder / "incident" / f"lines {turn}.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "feedback" / f"list {turn}.json").write_text(
        json.dumps([dict(zip(header, record, strict=True)) for record in _rows(made, "json", 3)[1:]]), "utf-8"
    )
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        return
    header, *records = _rows(made, "parquet", 3)
    table = pa.table(
        {name: list(column) for name, column in zip(header, zip(*records, strict=True), strict=True)}
    )
    parquet.write_table(table, folder / "incident" / f"table {turn}.parquet")


def _texts(folder: Path, made: Canaries, turn: int) -> None:
    def said(where: str, number: int = 2) -> list[str]:
        return [made.sentence(where + " text") for _ in range(number)]

    paragraphs = said("docx")
    heading = f"Visit to {made.one('docx heading', sort=4)}"
    header = f"Letter about {made.one('docx comment', sort=4)}"
    body = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{heading}</w:t></w:r></w:p>' + "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in [*paragraphs, header]
    )
    (folder / "policy" / f"plan {turn}.docx").write_bytes(bombs.document(body))
    shown = " ".join(f"({text}) Tj 0 -30 Td" for text in said("pdf"))
    stream = zlib.compress(f"BT /F 9 Tf 40 700 Td {shown} ET".encode())
    (folder / "policy" / f"Notes of {made.one('file name', sort=4)}.pdf").write_bytes(bombs.pdf(stream))
    html = f"<title>{made.one('html title', sort=4)}</title><h1>{made.one('html heading', sort=4)}</h1>"
    html += "".join(f"<p>{text}</p>" for text in said("html"))
    (folder / "policy" / f"page {turn}.html").write_text(html, "utf-8")
    markdown = f"# About {made.one('md heading', sort=4)}\n\n" + "\n\n".join(said("md"))
    (folder / "account" / f"return {turn}.md").write_text(markdown, "utf-8")
    spoken = [f"Mother: {said('txt')[0]}", f"{made.one('speaker', sort=4)}: {said('txt')[0]}"]
    (folder / "feedback" / f"group {turn}.txt").write_text("\n\n".join(spoken), "utf-8")


def _mails(folder: Path, made: Canaries, turn: int) -> None:
    def mail() -> EmailMessage:
        message = EmailMessage()
        writer = made.one("mail header", sort=4).partition(" ")[2]
        message["From"] = f"{writer} <{made.one('mail header', sort=1)}>"
        message["To"] = made.one("mail header", sort=1)
        message["Subject"] = f"About {made.one('mail subject', sort=4)}"
        message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
        message["X-Note"] = made.one("mail header")
        message.set_content(f"{made.sentence('mail text')}\n\nRegards,\n{writer}\n")
        name = f"{made.one('attachment name', sort=4)}.txt"
        message.add_attachment(made.sentence("attachment text"), filename=name)
        return message

    (folder / "feedback" / f"letter {turn}.eml").write_bytes(mail().as_bytes())
    box = b"".join(b"From someone Mon Mar  2 10:00:00 2026\n" + mail().as_bytes() + b"\n" for _ in range(2))
    (folder / "feedback" / f"box {turn}.mbox").write_bytes(box)
    inner: dict[str, str | bytes] = {
        f"{made.one('name in a zip', sort=4)}.txt": made.sentence("text in a zip"),
        "mail.eml": mail().as_bytes(),
    }
    (folder / "account" / f"folder {turn}.zip").write_bytes(bombs.zipped(inner))


def _labelled(folder: Path, made: Canaries, turn: int) -> None:
    """Texts that people have coded, for a coder to learn from."""
    stream = io.StringIO()
    out = csv.writer(stream)
    out.writerow(["Ref", "Respondent", "Narrative", "handover", "step-up-capacity"])
    for row in range(6):
        words = made.sentence("labelled text")
        out.writerow(
            [made.one("labelled id"), made.one("respondent", sort=4), words, row % 2, (row + turn) % 3 == 0]
        )
    (folder / f"{made.one('file name', sort=4)} {turn}.csv").write_text(stream.getvalue(), "utf-8")


def _broken(folder: Path, made: Canaries, turn: int) -> None:
    """Files whose reading fails, so that errors and ledgers have something to leak."""
    name = made.one("name of a broken file", sort=4)
    text = made.sentence("broken file")
    (folder / f"{name}.docx").write_bytes(bombs.document(f"<w:p>{text}")[:-40])
    (folder / f"broken {turn}.xlsx").write_bytes(b"PK\x03\x04" + text.encode())
    (folder / f"broken {turn}.pdf").write_bytes(b"%PDF-1.7 " + text.encode())
    (folder / f"broken {turn}.json").write_text(f'{{"{text}": ', "utf-8")
    (folder / f"broken {turn}.csv").write_text(f'{made.one("broken heading", sort=4)},b\n"{text}\n', "utf-8")
    (folder / f"broken {turn}.doc").write_text(text, "utf-8")


_TEXT = ("--text-column", "Narrative")
_TABLE = (*_TEXT, "--id-column", "Ref")
_BOOK = ("--codebook", "assertive-care")
_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("run", "--review", "{in}/review.toml", "--out", "{out}/run"),
    ("read", "{in}/incident", *_TABLE, "--out", "{out}/read.jsonl", "--ledger", "{out}/ledger.json"),
    ("read", "{in}/broken", "--kind", "policy", "--out", "{out}/b.jsonl", "--ledger", "{out}/b.json"),
    ("redact", "{in}/incident", *_TABLE, "--out", "{out}/redacted.jsonl"),
    ("redact", "{in}/policy", "{in}/account", "{in}/broken", "--kind", "account", "--out", "{out}/r.jsonl"),
    ("segment", "{in}/account", "{in}/feedback", *_TABLE, "--out", "{out}/passages.jsonl"),
    ("code", "{in}/incident", *_TABLE, *_BOOK, "--out", "{out}/codes.csv"),
    ("train", "{in}/labelled", *_TEXT, "--group-column", "Respondent", *_BOOK, "--out", "{out}/coder"),
    ("code", "{in}/incident", *_TABLE, *_BOOK, "--coder", "{out}/coder", "--out", "{out}/coded.csv"),
    ("choose", "{in}/incident", *_TABLE, *_BOOK, "--coder", "{out}/coder", "--out", "{out}/next.csv"),
    ("discover", "{in}/incident", *_TABLE, "--out", "{out}/themes.csv"),
    ("discover", "{in}/feedback", *_TEXT, "--unit", "passage", "--out", "{out}/passage-themes.csv"),
    ("trends", "{out}/run/report.json", "--out", "{out}/trends.csv"),
    ("read", "{in}/incident", "--text-column", "no such column", "--out", "{out}/none.jsonl"),
    ("verify", "{out}/run/report.json", "{in}/incident", "{in}/policy"),
)


def leaks(folder: Path, made: Canaries) -> list[tuple[str, str]]:
    """(field it was planted in, artefact) of every canary that is found below a folder."""
    found = []
    secrets = {secret.lower().encode(): where for secret, where in made.planted.items()}
    pattern = re.compile(b"|".join(map(re.escape, sorted(secrets))))
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        for data in _unpacked(path.read_bytes()):
            plain = data.lower()
            for view in (plain, re.sub(rb"[\s\-]|&nbsp;", b"", plain)):
                found += [(secrets[hit], path.name) for hit in set(pattern.findall(view))]
        name = path.relative_to(folder).as_posix().lower().encode()
        found += [(secrets[hit], "a file name") for hit in set(pattern.findall(name))]
    return sorted(set(found))


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield package.read(name)


def main() -> None:
    """Plant, run everything, look, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_here:
        folder = Path(made_here)
        made = plant(folder / "in", options.size)
        (folder / "in" / "review.toml").write_text(_REVIEW, "utf-8")
        (folder / "out" / "temporary").mkdir(parents=True)
        for number, command in enumerate(_COMMANDS):
            words = [
                w.replace("{in}", str(folder / "in")).replace("{out}", str(folder / "out")) for w in command
            ]
            home = {"TMPDIR": str(folder / "out" / "temporary"), "HOME": str(folder / "out" / "temporary")}
            done = subprocess.run(  # noqa: S603  # our own command line
                [sys.executable, "-m", "thememiner", *words],
                env=os.environ | home,
                cwd=folder / "out",
                capture_output=True,
                check=False,
            )
            (folder / "out" / f"said {number} {command[0]}.txt").write_bytes(done.stdout + done.stderr)
            print(f"{command[0]:<9} exit code {done.returncode}")
        found = leaks(folder / "out", made)
    print(f"canaries planted: {len(made.planted)}; found: {len(found)}")
    for where, artefact in found[:40]:
        print(f"  planted as {where}, found in {artefact}")
    raise SystemExit(bool(found))


_REVIEW = """title = "Canaries"
[[source]]
path = "incident"
kind = "incident"
text = ["Narrative"]
id = "Ref"
team = "Team"
[[source]]
path = "policy"
kind = "policy"
[[source]]
path = "account"
kind = "account"
[[source]]
path = "feedback"
kind = "feedback"
text = ["Narrative"]
[[source]]
path = "broken"
kind = "policy"
"""


if __name__ == "__main__":
    main()
