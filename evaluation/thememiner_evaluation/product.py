"""The product as its users call it, and the thin seams where a part of it is not built yet.

Only public functions of thememiner are called. What a later version gains is called here and nowhere else.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import thememiner
from thememiner import codebooks, coding, embedding, polarity, resources, steps
from thememiner.coding import Coder
from thememiner.errors import ThememinerError
from thememiner.polarity import tone
from thememiner.records import Code, Codebook, Document, Embeddings, Kind, Membership, Passage
from thememiner_evaluation.datasets import Labelled
from thememiner_evaluation.measuring import Bench, NotMeasured

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

_HERE = Path(__file__).parent
_SHIPPED = ("actions", "codebooks", "columns", "cues", "models", "samples", "templates")


def documents(texts: Sequence[str], kind: Kind) -> list[Document]:
    """A document a text, with its row number as its id."""
    return [
        Document(
            id=str(i),
            kind=kind,
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            reference=str(i),
            source="benchmark",
            file_sha256="",
        )
        for i, text in enumerate(texts)
    ]


def passages(texts: Sequence[str], kind: Kind) -> list[Passage]:
    """A passage a text, each the whole of its document."""
    return [Passage(f"{i}:0-{len(t)}", str(i), 0, len(t), t, kind) for i, t in enumerate(texts)]


def themes(texts: Sequence[str], bench: Bench, kind: Kind = "incident") -> NDArray[np.int64]:
    """The number of the discovered theme of each text, -1 where there is none: `thememiner discover`."""
    home: dict[str, str] = {}
    for row in steps.theme_rows(documents(texts, kind), bench.settings()):
        home.setdefault(row["id"], row["theme_id"])  # the strongest stands first
    number = {theme: n for n, theme in enumerate(sorted(set(home.values()) - {""}))}
    return np.array([number.get(home.get(str(i), ""), -1) for i in range(len(texts))], dtype=np.int64)


def book(name: str) -> Codebook:
    """A codebook, shipped or at a path; raises `NotMeasured` when it is not there."""
    try:
        return codebooks.codebook(name)
    except ThememinerError as error:
        raise NotMeasured(f"codebook: {error}") from None


def names_alone(labels: Sequence[str]) -> Codebook:
    """A codebook of labels that have a name and nothing else, in their order."""
    return Codebook("labels", "Labels", "1", tuple(Code(f"c{j}", name) for j, name in enumerate(labels)))


def code_scores(texts: Sequence[str], codebook: str, bench: Bench, kind: Kind) -> tuple[Floats, Flags]:
    """The score of each code for each text, and whether it is assigned: `thememiner code`."""
    ids = [code.id for code in book(codebook).codes]
    scores = np.zeros((len(texts), len(ids)))
    assigned = np.zeros(scores.shape, dtype=bool)
    place = {code: j for j, code in enumerate(ids)}
    for row in steps.code_rows(documents(texts, kind), bench.settings(codebook=codebook)):
        i, j = int(row["id"]), place[row["code_id"]]
        scores[i, j], assigned[i, j] = row["score"], row["outcome"] == "assigned"
    return scores, assigned


def trained_scores(
    taught: Labelled,
    book: Codebook,
    unseen: Sequence[str],
    bench: Bench,
    kind: Kind,
    *,
    fine_tune: bool = False,
) -> tuple[Floats, Flags]:
    """Scores and assignments, unseen texts × codes, of a coder trained on a codebook and labelled texts.

    The labels of `taught` are the book's codes, in its order.
    """
    return said(trained(taught, book, bench, fine_tune=fine_tune), book, unseen, bench, kind)


def said(
    coder: Coder, book: Codebook, unseen: Sequence[str], bench: Bench, kind: Kind
) -> tuple[Floats, Flags]:
    """What a trained coder says of unseen texts: scores and assignments, texts × codes."""
    rows = passages(unseen, kind)
    settings = bench.settings()
    place = {p.id: i for i, p in enumerate(rows)}
    column = {code.id: j for j, code in enumerate(book.codes)}
    scores = np.zeros((len(rows), len(book.codes)))
    assigned = np.zeros(scores.shape, dtype=bool)
    for m in coding.code(
        rows, embed(rows, bench), coder, assigned=settings.assigned, weak=settings.weak, every=True
    ):
        i, j = place[m.passage_id], column[m.theme_id.rpartition("/")[2]]
        scores[i, j], assigned[i, j] = m.score, m.outcome == "assigned"
    return scores, assigned


def trained(taught: Labelled, book: Codebook, bench: Bench, *, fine_tune: bool = False) -> Coder:
    """A coder trained on a codebook and labelled texts: `thememiner train`, with `--fine-tune` or without."""
    # of a code that nobody gave, "no" teaches nothing
    told = tuple(bool(given) for given in np.any(taught.gold, axis=0).tolist())
    labelled = coding.Labelled(taught.texts, taught.gold, taught.groups, told)
    return coding.train(book, bench.encoder, labelled, fine_tune=fine_tune)


def chosen(coder: Coder, pool: Sequence[str], number: int, bench: Bench) -> list[int]:
    """Rows of `number` texts of the pool that a coder would have labelled next: `thememiner choose`."""
    return coding.choose(pool, bench.encoder.encode(pool), coder, number)


def polarities(
    rows: Sequence[Passage], codes: Sequence[str], bench: Bench, weights: Path | None = None
) -> list[str]:
    """The polarity of each passage towards its code ("" for a wanted thing that is no code).

    By the shipped weights, or by those of a file.
    """
    shipped = [codebooks.codebook(name) for name in resources.names("codebooks")]
    all_codes = {code.id: code for found in shipped for code in found.codes}
    if unknown := sorted(set(codes) - set(all_codes) - {""}):
        raise NotMeasured(f"codes of no shipped codebook: {', '.join(unknown)}")
    whole = Codebook("all", "All codes", "1", tuple(all_codes.values()))
    held = [
        Membership(p.id, f"code:all/{code}" if code else "found:any", 1.0, "assigned")
        for p, code in zip(rows, codes, strict=True)
    ]
    judge = tone.Tone(weights, bench.settings().precision)
    return [m.polarity for m in polarity.judge(held, rows, whole, judge)]


def embed(rows: Sequence[Passage], bench: Bench) -> Embeddings:
    """The passages' vectors."""
    return embedding.embed(rows, bench.encoder)


@functools.cache
def digest() -> str:
    """SHA-256 of the product's and the evaluation's own files, in hexadecimal: which state was measured."""
    whole = hashlib.sha256()
    own = (Path(thememiner.__file__).parent, _HERE, _HERE.parent / "sets")
    roots = [*own, *(resources.folder(name) for name in _SHIPPED)]
    for root in roots:
        for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            whole.update(path.relative_to(root).as_posix().encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def version() -> str:
    """The version of thememiner."""
    from importlib.metadata import version as installed

    return installed("thememiner")
