"""The product as its users call it, and the thin seams where a part of it is not built yet.

Only public functions of thememiner are called. What a later version gains is called here and nowhere else.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import codebooks, coding, embedding, polarity, resources, steps
from thememiner.errors import ThememinerError
from thememiner.records import Codebook, Document, Embeddings, Kind, Membership, Passage
from thememiner.tomls import load
from thememiner_evaluation.measuring import Bench, NotMeasured

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]


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


def book(name: str) -> tuple[Codebook, dict[str, tuple[str, ...]]]:
    """A codebook, shipped or at a path, and for each code the label columns of data that count as it.

    Raises `NotMeasured` when it is not there.
    """
    try:
        found = codebooks.codebook(name)
    except ThememinerError as error:
        raise NotMeasured(f"codebook: {error}") from None
    table = load(resources.named_file("codebooks", name))
    return found, {code["id"]: tuple(code.get("columns", ())) for code in table["code"]}


def code_scores(texts: Sequence[str], codebook: str, bench: Bench, kind: Kind) -> tuple[Floats, Flags]:
    """The score of each code for each text, and whether it is assigned: `thememiner code`."""
    ids = [code.id for code in book(codebook)[0].codes]
    scores = np.zeros((len(texts), len(ids)))
    assigned = np.zeros(scores.shape, dtype=bool)
    place = {code: j for j, code in enumerate(ids)}
    for row in steps.code_rows(documents(texts, kind), bench.settings(codebook=codebook)):
        i, j = int(row["id"]), place[row["code_id"]]
        scores[i, j], assigned[i, j] = row["score"], row["outcome"] == "assigned"
    return scores, assigned


def trained_scores(
    texts: Sequence[str], gold: Flags, labels: Sequence[str], unseen: Sequence[str], bench: Bench
) -> tuple[Floats, Flags]:
    """Scores and assignments, unseen texts × labels, of a coder trained on labelled texts.

    Raises `NotMeasured` while `thememiner.coding.train` takes no labelled texts.
    """
    if "labelled" not in inspect.signature(coding.train).parameters:
        raise NotMeasured("not built yet: thememiner.coding.train takes no labelled texts")
    told = [(t, tuple(f"c{j}" for j in np.flatnonzero(row))) for t, row in zip(texts, gold, strict=True)]
    train: Any = coding.train
    coder = train(_bare(labels), bench.encoder, labelled=told)
    rows = passages(unseen, "feedback")
    vectors = embedding.embed(rows, bench.encoder)
    settings = bench.settings()
    place = {p.id: i for i, p in enumerate(rows)}
    scores, assigned = np.zeros((len(rows), len(labels))), np.zeros((len(rows), len(labels)), dtype=bool)
    for m in coding.code(rows, vectors, coder, assigned=settings.assigned, weak=settings.weak, every=True):
        i, j = place[m.passage_id], int(m.theme_id.rpartition("/")[2].removeprefix("c"))
        scores[i, j], assigned[i, j] = m.score, m.outcome == "assigned"
    return scores, assigned


def chosen(
    texts: Sequence[str],  # noqa: ARG001  # what a later version will be given
    gold: Flags,  # noqa: ARG001
    labels: Sequence[str],  # noqa: ARG001
    pool: Sequence[str],  # noqa: ARG001
    number: int,  # noqa: ARG001
    bench: Bench,  # noqa: ARG001
) -> list[int]:
    """Rows of `number` texts of the pool that a coder trained on the labelled texts would have labelled next.

    Raises `NotMeasured` while thememiner cannot choose them.
    """
    choose: Any = getattr(coding, "choose", None)
    if choose is None:
        raise NotMeasured("not built yet: thememiner.coding does not choose which texts to label")
    raise NotMeasured(f"thememiner.coding.choose{inspect.signature(choose)} is there: call it here")


def polarities(rows: Sequence[Passage], codes: Sequence[str], bench: Bench) -> list[str]:
    """The polarity of each passage towards its code ("" for a wanted thing that is no code)."""
    shipped = [codebooks.codebook(name) for name in resources.names("codebooks")]
    all_codes = {code.id: code for found in shipped for code in found.codes}
    if unknown := sorted(set(codes) - set(all_codes) - {""}):
        raise NotMeasured(f"codes of no shipped codebook: {', '.join(unknown)}")
    whole = Codebook("all", "All codes", "1", tuple(all_codes.values()))
    held = [
        Membership(p.id, f"code:all/{code}" if code else "found:any", 1.0, "assigned")
        for p, code in zip(rows, codes, strict=True)
    ]
    return [m.polarity for m in polarity.judge(held, rows, embed(rows, bench), whole)]


def embed(rows: Sequence[Passage], bench: Bench) -> Embeddings:
    """The passages' vectors."""
    return embedding.embed(rows, bench.encoder)


@functools.cache
def version() -> str:
    """The version of thememiner."""
    from importlib.metadata import version as installed

    return installed("thememiner")


def _bare(labels: Sequence[str]) -> Codebook:
    """A codebook of names alone, with ids "c0", "c1", ..."""
    from thememiner.records import Code

    return Codebook("labels", "Labels", "1", tuple(Code(f"c{j}", name) for j, name in enumerate(labels)))
