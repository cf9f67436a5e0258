"""How well files are read: what is found, what is lost, what is refused, and what bombs do.

    python -m thememiner_evaluation.reading [--data DIR]

Without DIR: the bombs, the encodings and the speed, on files made here. With DIR also what must be found in
`policy_documents`, the visible words of every DOCX, and the pairs of `parser_stress`. Prints counts and file
names, never a text. Exits with 1 when a must is missed.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from thememiner.reading import decoding, formats, read, sandbox
from thememiner.reading.parsed import CODES, RefusedError
from thememiner.records import Source
from thememiner_evaluation import bombs

_WORD = re.compile(r"[^\W_]+")
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")  # "H2O" is also written "H 2 O"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_FILES = ("SOURCE.md", "manifest.csv", "sentinels.jsonl")
_PAIR_RECALL = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, on how many, and whether the must is met."""

    name: str
    must: str
    got: str
    met: bool


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--without-bombs", action="store_true")
    options = parser.parse_args()
    figures = [*encodings(), *speed()] if options.without_bombs else [*hostile(), *encodings(), *speed()]
    if options.data and (options.data / "policy_documents").is_dir():
        folder = options.data / "policy_documents"
        texts = _texts(folder)
        figures += [sentinels(folder, texts), word_recall(folder), *_ledger("policy_documents", folder)]
    if options.data and (options.data / "parser_stress").is_dir():
        folder = options.data / "parser_stress"
        figures += [*pairs(folder), *_ledger("parser_stress", folder)]
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        missed = "" if figure.met else "   MISSED"
        print(f"{figure.name:<{width}}  must {figure.must:<10}  got {figure.got}{missed}")
    raise SystemExit(not all(figure.met for figure in figures))


def hostile() -> Iterator[Figure]:
    """Every bomb ends in a reason code or is read, within its time, and the reader goes on."""
    slowest, odd = 0.0, []
    for name, suffix, data in bombs.every():
        began = time.monotonic()
        try:
            sandbox.parse(suffix, data)
            code = "read"
        except RefusedError as refused:
            code = refused.code
        took = time.monotonic() - began
        slowest = max(slowest, took)
        if code not in (*CODES, "read"):
            odd.append(name)
        print(f"  bomb {name:<32} {len(data):>9,} bytes  {code:<11} {took:5.1f} s")
    alive = sandbox.parse(".txt", b"Still here.")
    yield Figure(
        "bombs: host deaths or hangs", "0", f"{len(odd)} (slowest {slowest:.1f} s)", bool(alive) and not odd
    )


_SAID = (
    "Patient’s wife said “call me” – £20 café",
    "Ward 3’s naïve coöperation… 5 µg at 10°C",
    "Siân rang at 09:00; “no bed”, she was told",
    "plain words and a £ sign",
    "€ and ™ and Œ stand in Windows-1252 alone",
)


def encodings() -> Iterator[Figure]:
    """UK texts in the encodings that UK systems write, each decoded exactly."""
    right = total = 0
    for said in _SAID:
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
            for text in (said, f"id,text\n1,{said}\n2,second line\n", "\r\n".join([said] * 50)):
                total += 1
                data = text.encode(encoding)
                right += decoding.decode(data).text == text
    yield Figure("UK encodings decoded exactly", "100 %", f"{right} of {total}", right == total)


def speed() -> Iterator[Figure]:
    """Pages a second of ordinary PDF through the pool, every process started beforehand."""
    documents = [bombs.ordinary_pdf(pages=20, seed=seed) for seed in range(24)]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(sandbox.workers()) as side_by_side:
        list(side_by_side.map(lambda data: sandbox.parse(".pdf", data), documents[:4]))
        began = time.monotonic()
        list(side_by_side.map(lambda data: sandbox.parse(".pdf", data), documents))
        rate = 20 * len(documents) / (time.monotonic() - began)
    yield Figure("PDF pages a second, two cores", "150", f"{rate:.0f}", rate >= 150)


def sentinels(folder: Path, texts: dict[str, str]) -> Figure:
    """How many of the sentences that must be found are found, word for word."""
    lines = (folder / "sentinels.jsonl").read_text("utf-8").splitlines()
    wanted = [json.loads(line) for line in lines if line.strip()]
    lost: Counter[str] = Counter()
    for one in wanted:
        if _plain(one["sentence"]) not in texts.get(one["file"], ""):
            lost[one["file"]] += 1
    for name, number in sorted(lost.items()):
        print(f"  sentinels lost: {number} of {name}")
    found = len(wanted) - lost.total()
    return Figure(
        "sentinels found",
        "99 %",
        f"{found} of {len(wanted)} ({found / len(wanted):.1%})",
        found >= 0.99 * len(wanted),
    )


def word_recall(folder: Path) -> Figure:
    """The share of the visible words of every DOCX that its text has."""
    had = kept = 0
    for path in sorted(folder.rglob("*.docx")):
        visible = Counter(_words(visible_text(path)))
        documents = read([Source(path, kind="policy")]).documents
        if not documents:
            continue
        text = Counter(_words(documents[0].text))
        had += visible.total()
        kept += (visible & text).total()
        if (visible - text).total() > 0.005 * max(visible.total(), 1):
            print(f"  words lost: {(visible - text).total()} of {visible.total()} in {path.name}")
    share = kept / had if had else 1.0
    return Figure("DOCX visible words", "99.5 %", f"{share:.2%}", share >= 0.995)


def visible_text(path: Path) -> str:
    """The words of `w:t` in the body, headers, footers and notes, outside `moveFrom` and `mc:Fallback`."""
    from lxml import etree

    pieces: list[str] = []
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", name):
                root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False))
                pieces += _visible(root)
    return "".join(pieces)


def _visible(root: object) -> Iterator[str]:
    stack = [root]
    while stack:
        element = stack.pop()
        tag = getattr(element, "tag", "")
        if not isinstance(tag, str) or tag in (_FALLBACK, f"{_W}moveFrom", f"{_STRICT}moveFrom"):
            continue
        if tag in (f"{_W}t", f"{_STRICT}t"):
            yield getattr(element, "text", "") or ""
        elif tag.endswith(("}p", "}tab", "}br", "}tc")):
            yield " "
            stack.extend(reversed(list(element)))  # type: ignore[call-overload]
        else:
            stack.extend(reversed(list(element)))  # type: ignore[call-overload]


def pairs(folder: Path) -> Iterator[Figure]:
    """Of the files with a gold reading, in formats that are read: how many keep 95 % of its words."""
    texts = _texts(folder)
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["gold_md"]]
    good = total = 0
    for row in rows:
        if Path(row["file"]).suffix.lower() not in formats.FORMATS:
            continue
        gold = Counter(
            _WORD_OR_NUMBER.findall(_plain(_unmarked((folder / row["gold_md"]).read_text("utf-8"))))
        )
        kept = (gold & Counter(_WORD_OR_NUMBER.findall(texts.get(row["file"], "")))).total()
        total += 1
        share = kept / gold.total() if gold else 1.0
        good += share >= _PAIR_RECALL
        if share < _PAIR_RECALL:
            print(f"  pair below {_PAIR_RECALL}: {share:.2f} of {gold.total()} words, {row['file']}")
    yield Figure(
        "pairs with recall of .95", "90 %", f"{good} of {total} ({good / total:.1%})", good >= 0.9 * total
    )


def _unmarked(markdown: str) -> str:
    """The words of a gold reading without Markdown's marks, pictures' comments and links' targets.

    A merged cell, which Markdown has to repeat in every place that it covers, counts once.
    """
    text = re.sub(r"<!--.*?-->", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"\]\([^)\s]*\)|\[[xX]\]", "] ", text)
    lines, above = [], [""]
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 2:
            kept = [
                cell
                for at, cell in enumerate(cells)
                if len(cell.split()) < 3 or cell not in (cells[at - 1], *above[at : at + 1])
            ]
            above, line = cells, " ".join(kept)  # noqa: PLW2901  # the same line without repeats
        lines.append(line)
    return html.unescape(html.unescape(re.sub(r"</?\w+[^>]*>", " ", "\n".join(lines))))


def _ledger(name: str, folder: Path) -> Iterator[Figure]:
    """That the ledger balances, and what was refused of formats that are read."""
    ledger = read([Source(folder, kind="policy", exclude=_NOT_FILES)]).ledger
    states = Counter(entry.status for entry in ledger)
    codes = Counter(entry.reason for entry in ledger if entry.status == "refused")
    print(f"  {name}: {dict(states)}; refused {dict(codes)}")
    for entry in ledger:
        if entry.status == "refused" and f".{entry.format}" in formats.FORMATS:
            print(f"  refused: {entry.reason:<12} {entry.source}")
    balanced = states.total() == len(ledger) and set(states) <= {"read", "partly_read", "refused"}
    yield Figure(f"ledger balances, {name}", "yes", f"{len(ledger)} files", balanced)


def _texts(folder: Path) -> dict[str, str]:
    """The words of each file below the folder by its name there, with headings, members and all."""
    found: dict[str, list[str]] = {}
    for document in read([Source(folder, kind="policy", exclude=_NOT_FILES)], keep_empty=False).documents:
        name = document.source.partition("/")[2]
        found.setdefault(name, []).append(_plain(document.text))
    return {name: " ".join(texts) for name, texts in found.items()}


def _plain(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> Iterable[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


if __name__ == "__main__":
    main()
