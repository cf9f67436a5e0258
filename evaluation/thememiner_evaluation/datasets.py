"""The public sets that are measured on: where each comes from, and how its file is read.

Nothing of them is in the project. A set that is not in the data folder is said, with where to get it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner.records import Codebook
from thememiner_evaluation.measuring import NotMeasured
from thememiner_evaluation.splits import sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 6_000  # texts of a set that are used, chosen by their SHA-256: for time


@dataclass(frozen=True, slots=True)
class Dataset:
    """One set: its files below the data folder, and in a sentence where to get it and what it must hold."""

    files: tuple[str, ...]
    origin: str


DATASETS = {
    "banking77": Dataset(
        ("clustering_benchmarks/banking77.csv",),
        "github.com/PolyAI-LDN/task-specific-datasets, banking_data/train.csv (CC BY 4.0); text, label",
    ),
    "clinc150": Dataset(
        ("clustering_benchmarks/clinc150.csv",),
        "github.com/clinc/oos-eval, data_full.json, train and val (CC BY 3.0); text, label",
    ),
    "stackoverflow": Dataset(
        ("clustering_benchmarks/stc_stackoverflow.csv",),
        "github.com/jacoxu/STC2, StackOverflow titles (research use); text, label",
    ),
    "bbc": Dataset(
        ("clustering_benchmarks/bbc.csv",),
        "mlg.ucd.ie/datasets/bbc.html, raw articles (research use); text, label",
    ),
    "20newsgroups": Dataset(
        ("clustering_benchmarks/20newsgroups_bydate_train.parquet",),
        "qwone.com/~jason/20Newsgroups, bydate, train, without headers, quotes and footers; text, label",
    ),
    "agnews": Dataset(
        ("clustering_benchmarks/agnews_test.csv",),
        "github.com/mhjabreel/CharCnn_Keras, AG News test.csv (research use); text, label",
    ),
    "safecom": Dataset(
        ("incidents_safecom_hazards/safecom_hazards.csv",),
        "github.com/nasa/mika, SAFECOM hazard labels (public domain); tracking, narrative, a column a hazard",
    ),
    "safenet": Dataset(
        ("incidents_safenet/safenet.csv",),
        "github.com/nasa/mika, data/SAFENET (public domain); safenet_id, narrative, contributing_factors",
    ),
    "pfd": Dataset(
        ("pfd_reports/pfd_reports.jsonl",),
        "judiciary.uk, Prevention of Future Deaths reports (OGL); url, categories, investigation, "
        "circumstances, concerns",
    ),
    "pfd-flags": Dataset(
        ("pfd_reports/pfd_reports.jsonl", "pfd_reports/theme_flags_llm.csv"),
        "github.com/Sam-Osian/PFD-toolkit, ons_replication; url, theme_set, theme, value",
    ),
    "fft": Dataset(
        ("fft_nhs_feedback/fft_multilabel.csv",),
        "github.com/The-Strategy-Unit/pxtextmining, datasets (MIT); comment_id, respondent_id, text, "
        "sentiment_1verypos_5veryneg, a 0/1 column a label",
    ),
    "ewt": Dataset(
        ("sentence_segmentation/ewt_dev.jsonl",),
        "github.com/UniversalDependencies/UD_English-EWT, dev (CC BY-SA 4.0); text, sentence_spans",
    ),
    "golden-rules": Dataset(
        ("sentence_segmentation/golden_rules_en.jsonl",),
        "github.com/nipunsadvilkar/pySBD, tests (MIT); text, sentences",
    ),
}


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts with one true class each."""

    texts: tuple[str, ...]
    classes: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many true classes there are."""
        return len(set(self.classes))


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Texts with any number of labels: `gold` is bool, texts × labels; `groups` say who wrote each."""

    texts: tuple[str, ...]
    groups: tuple[str, ...]
    labels: tuple[str, ...]
    gold: NDArray[np.bool_]

    def rows(self, kept: Sequence[int] | NDArray[np.int64]) -> Labelled:
        """Some of the texts, in the order of `kept`."""
        numbers = [int(i) for i in kept]
        return Labelled(
            tuple(self.texts[i] for i in numbers),
            tuple(self.groups[i] for i in numbers),
            self.labels,
            self.gold[numbers],
        )

    def of_codes(self, book: Codebook) -> Labelled:
        """The same texts with the codes of a book for labels: a code holds where one of its columns does."""
        place = {label: j for j, label in enumerate(self.labels)}
        gold = np.zeros((len(self.texts), len(book.codes)), dtype=bool)
        for j, code in enumerate(book.codes):
            columns = [place[name] for name in code.columns if name in place]
            gold[:, j] = self.gold[:, columns].any(axis=1)
        return Labelled(self.texts, self.groups, tuple(code.id for code in book.codes), gold)


def missing(folder: Path | None, names: Iterable[str]) -> list[str]:
    """A line for each set that is not in the folder: what it is called and where to get it."""
    return [
        f"{name}: {', '.join(DATASETS[name].files)}; get it from {DATASETS[name].origin}"
        for name in names
        if folder is None or not all((folder / file).is_file() for file in DATASETS[name].files)
    ]


def corpus(folder: Path | None, name: str, largest: int = LARGEST) -> Corpus:
    """A set of texts with one class each; texts without a word are left out, the rest capped by hash."""
    if name == "safecom":
        return _hazards(folder)
    if name == "pfd":
        return _reports(folder)
    path = _file(folder, name)
    rows = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    pairs = [(str(row["text"]), str(row["label"])) for row in rows]
    pairs = [pair for pair in pairs if any(c.isalnum() for c in pair[0])]
    kept = sample([text for text, _ in pairs], largest)
    return Corpus(tuple(pairs[i][0] for i in kept), tuple(pairs[i][1] for i in kept))


def comments(folder: Path | None) -> Labelled:
    """Patients' comments with their labels; blank ones and those that could not be labelled are left out."""
    rows = [row for row in _csv(_file(folder, "fft")) if row["text"].strip()]
    rows = [row for row in rows if row["Labelling not possible"] != "1"]
    names = list(rows[0])
    labels = names[names.index("sentiment_1verypos_5veryneg") + 1 :]
    # neither says what a comment is about
    labels = [name for name in labels if name not in ("Not assigned", "Labelling not possible")]
    return _labelled(rows, "text", "respondent_id", labels)


@dataclass(frozen=True, slots=True)
class Rated:
    """Comments, what each was asked, who wrote it, and whether it is "positive", "neutral" (or mixed) or
    "negative".
    """

    texts: list[str]
    questions: list[str]
    groups: list[str]
    grades: list[str]


def ratings(folder: Path | None) -> Rated:
    """The rated comments."""
    rows = [row for row in _csv(_file(folder, "fft")) if row["text"].strip()]
    rows = [row for row in rows if row["sentiment_1verypos_5veryneg"]]
    grades = [int(float(row["sentiment_1verypos_5veryneg"])) for row in rows]
    said = ["positive" if g <= 2 else "negative" if g >= 4 else "neutral" for g in grades]
    return Rated(
        [row["text"] for row in rows],
        [row["question"] for row in rows],
        [row["respondent_id"] for row in rows],
        said,
    )


def hazards(folder: Path | None) -> Labelled:
    """Aviation incidents with 26 hazard labels."""
    rows = _csv(_file(folder, "safecom"))
    return _labelled(rows, "narrative", "tracking", list(rows[0])[2:])


def factors(folder: Path | None) -> Labelled:
    """Wildland-fire incidents with the contributing factors that their reporters ticked."""
    rows = _csv(_file(folder, "safenet"))
    ticked = [set(filter(None, row["contributing_factors"].split("|"))) for row in rows]
    labels = sorted(set().union(*ticked))
    flags = [dict.fromkeys(labels, "0") | dict.fromkeys(t, "1") for t in ticked]
    whole = [row | flag for row, flag in zip(rows, flags, strict=True)]
    return _labelled(whole, "narrative", "safenet_id", labels)


def flagged(folder: Path | None, theme_set: str) -> Labelled:
    """Coroners' reports with the theme flags of one set, which a language model gave: silver, not gold."""
    folder = _file(folder, "pfd-flags").parent
    flags: dict[str, dict[str, str]] = {}
    for row in _csv(folder / "theme_flags_llm.csv"):
        if row["theme_set"].startswith(theme_set):
            flags.setdefault(row["url"], {})[row["theme"]] = row["value"]
    reports = {r["url"]: _report(r) for r in _jsonl(folder / "pfd_reports.jsonl")}
    labels = sorted({theme for themes in flags.values() for theme in themes})
    rows = [
        dict.fromkeys(labels, "0") | themes | {"url": url, "text": reports[url]}
        for url, themes in sorted(flags.items())
        if url in reports
    ]
    return _labelled(rows, "text", "url", labels)


def spans(folder: Path | None) -> list[tuple[str, list[tuple[int, int]]]]:
    """Documents of a treebank: text, and (start, end) of each sentence."""
    rows = _jsonl(_file(folder, "ewt"))
    return [(row["text"], [(start, end) for start, end in row["sentence_spans"]]) for row in rows]


def rules(folder: Path | None) -> list[tuple[str, list[tuple[int, int]]]]:
    """Golden rules whose sentences are their text, verbatim and whole: text, and where each sentence is."""
    found = []
    for row in _jsonl(_file(folder, "golden-rules")):
        where, at = [], 0
        for sentence in map(str.strip, row["sentences"]):
            start = row["text"].find(sentence, at)
            if start < 0:
                break
            at = start + len(sentence)
            where.append((start, at))
        else:
            whole = "".join(row["text"].split())
            if whole == "".join("".join(row["sentences"]).split()):  # some tidy the text, or leave out of it
                found.append((row["text"], where))
    return found


def digests(folder: Path | None, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of each file of the sets that is there, by its path below the data folder."""
    from thememiner.resources import sha256

    if folder is None:
        return {}
    files = sorted({file for name in names for file in DATASETS[name].files})
    return {file: sha256(folder / file) for file in files if (folder / file).is_file()}


def _file(folder: Path | None, name: str) -> Path:
    """The first file of a set; raises `NotMeasured` when one of them is not there."""
    if lines := missing(folder, [name]):
        raise NotMeasured(f"not in the data folder: {lines[0]}")
    assert folder is not None
    return folder / DATASETS[name].files[0]


def _hazards(folder: Path | None) -> Corpus:
    """The incidents with exactly one hazard."""
    whole = hazards(folder)
    one = np.flatnonzero(whole.gold.sum(axis=1) == 1).tolist()
    classes = [whole.labels[int(whole.gold[i].argmax())] for i in one]
    return Corpus(tuple(whole.texts[i] for i in one), tuple(classes))


def _reports(folder: Path | None) -> Corpus:
    """The reports with exactly one official category."""
    rows = [(_report(row), row["categories"] or "") for row in _jsonl(_file(folder, "pfd"))]
    rows = [(text, category) for text, category in rows if category and "|" not in category and text]
    return Corpus(tuple(text for text, _ in rows), tuple(category for _, category in rows))


def _report(row: dict[str, Any]) -> str:
    return "\n\n".join(row[part] for part in ("investigation", "circumstances", "concerns") if row[part])


def _labelled(rows: Sequence[dict[str, str]], text: str, group: str, labels: Sequence[str]) -> Labelled:
    gold = [[float(row[label] or 0) > 0 for label in labels] for row in rows]
    return Labelled(
        texts=tuple(row[text] for row in rows),
        groups=tuple(row[group] for row in rows),
        labels=tuple(labels),
        gold=np.array(gold, dtype=bool),
    )


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def _parquet(path: Path) -> list[dict[str, Any]]:
    from pyarrow.parquet import read_table

    rows: list[dict[str, Any]] = read_table(path).to_pylist()
    return rows
