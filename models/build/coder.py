"""Train the shipped coder of the codebook `assertive-care`.

    python models/build/coder.py [--out DIR] [--epochs N] [--by-words]

Reads the codebook's own texts, the invented documents of `coder_documents/` (each sentence with its codes and
what it says of them; written without sight of the sample corpus, of any real text and of the codebook's
examples) and the invented sentences with a theme that the classifier of tone learns from. The light coder
learns from all of them; then low-rank changes to the upper half of the built-in encoder (Hu et al. 2021),
which reads a sentence beside its kind and its paragraph. One document in eight is held back: how much the
encoder counts, and the calibration, are settled on those. A coder that reads a passage by its own words is
written too (`-by-words`; with `--by-words` that one alone, in seconds): it learns from the codebook and from
sentences about other subjects (`coder_elsewhere.toml`). Numbers: no text and no vocabulary. Takes half an
hour on one core; the same input gives the same bytes on one machine.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from thememiner import codebooks, embedding, lowrank, paragraphs
from thememiner.coding import calibrating, learning, lexical, saving, training
from thememiner.coding.coder import Coder, Origin
from thememiner.coding.ridge import Fitting, Inputs
from thememiner.coding.tuned import FIRST, LONGEST, Tuned, pooled
from thememiner.records import Codebook, Example
from thememiner.tomls import load

HERE = Path(__file__).parent
SENTENCES = ("polarity_pairs.toml", "polarity_pairs_more.toml", "polarity_facts.toml")
RANK, EPOCHS, BATCH, RATE, SEED = 32, 4, 32, 1.5e-3, 0
RIDGE, DROPPED, RARE = 4.0, 0.1, -3.0  # the last: the first bias, since few texts are about a code
BESIDE, ALONE = 1.5, 0.4  # how much a sentence counts in its paragraph, and by itself
SHARES = (0.5, 1.0, 2.0, 4.0)  # of the encoder's logits beside the light coder's decision values
HELD = 8  # one document in so many is held back

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its kind, what stands beside it, its codes, and whether it is held back."""

    text: str
    kind: str
    beside: str
    codes: tuple[str, ...]
    paragraph: int
    held: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A text to learn from, beside what it is read, its labels, and how much it counts."""

    text: str
    beside: str
    labels: NDArray[np.float32]
    weight: float


def main() -> None:
    """Train, print figures on the documents held back, write the coder."""
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, default=HERE.parent / "artefacts" / "coder-assertive-care")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--by-words", action="store_true")
    given = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    random.seed(SEED)
    book = codebooks.codebook("assertive-care")
    encoder = embedding.encoder("minilm", "auto")
    saving.save(by_words(book, encoder), given.out.with_name(f"{given.out.name}-by-words"))
    if given.by_words:
        return
    sentences = list(documents(book))
    held = [s for s in sentences if s.held]
    wanted = np.array([labels(book, s.codes) for s in held], dtype=bool)
    alone = alone_rows(book)
    light, features, idf, decisions = learn_light(book, encoder, alone, sentences)
    rows = [*alone]
    for s in sentences:
        if not s.held:
            rows.append(Row(s.text, s.kind + s.beside, labels(book, s.codes), BESIDE))
            rows.append(Row(s.text, s.kind, labels(book, s.codes), ALONE))
    print(f"{len(rows)} rows, of {len(sentences) - len(held)} sentences of documents; {len(held)} held back")
    model = Adapted(len(book.codes))
    for epoch in model.learn(rows, given.epochs):
        print(f"epoch {epoch}", flush=True)
    tuned = model.tuned(encoder.precision)
    logits = tuned.adds([s.text for s in held], [s.kind + s.beside for s in held])
    slope = calibrating.shared(decisions, wanted)[0]
    scored = [
        learning.mean_average_precision(slope * decisions + share * logits, wanted)
        for share in (0.0, *SHARES)
    ]
    print(
        "held back, mean average precision by share:",
        dict(zip((0.0, *SHARES), np.round(scored, 3), strict=True)),
    )
    share = SHARES[int(np.argmax(scored[1:]))] / slope
    both = decisions + share * logits
    slope, offset = calibrating.shared(both, wanted)
    each = np.ones(len(book.codes))
    none = np.full(len(book.codes), np.nan)
    coder = Coder(
        origin=Origin(
            codebook=book.id,
            version=book.version,
            codebook_sha256=training.digest(book),
            encoder=encoder.name,
            encoder_sha256=encoder.digest,
            precision=encoder.precision,
        ),
        code_ids=tuple(code.id for code in book.codes),
        features=features,
        idf=idf,
        weights=light[:-1].astype(np.float32),
        bias=light[-1],
        slope=slope * each,
        offset=offset * each,
        assigned=none,
        weak=none,
        tuned=Tuned(
            tuned.changes,
            (share * tuned.weights).astype(np.float32),
            share * tuned.bias,
            tuned.precision,
            paired=True,
        ),
    )
    said = calibrating.probability(slope * both + offset)
    for bar in (0.2, 0.35, 0.5):
        found = said >= bar
        right = (found & wanted).sum()
        print(
            f"held back, from {bar}: precision {right / found.sum():.3f}, recall {right / wanted.sum():.3f}"
        )
    saving.save(coder, given.out)


def by_words(book: Codebook, encoder: embedding.Encoder) -> Coder:
    """The coder that reads a passage by its own words, and knows other subjects too."""
    elsewhere = tuple(Example("incident", text) for text in load(HERE / "coder_elsewhere.toml")["texts"])
    wider = replace(book, background=(*book.background, *elsewhere))
    learnt = training.train(wider, encoder)
    return replace(learnt, origin=replace(learnt.origin, codebook_sha256=training.digest(book)))


def labels(book: Codebook, codes: Sequence[str]) -> NDArray[np.float32]:
    """Which codes a text has, float32, codes."""
    return np.array([code.id in codes for code in book.codes], dtype=np.float32)


def documents(book: Codebook) -> Iterator[Sentence]:
    """Every sentence of the invented documents, in order."""
    known = {code.id for code in book.codes}
    count = 0
    for path in sorted((HERE / "coder_documents").glob("*.txt")):
        for number, (kind, parts) in enumerate(read(path)):
            held = int(hashlib.sha256(f"{path.name}{number}".encode()).hexdigest(), 16) % HELD == 0
            for paragraph in parts:
                count += 1
                texts = [text for text, _ in paragraph]
                for n, (text, marks) in enumerate(paragraph):
                    codes = tuple(mark[:-1] for mark in marks)
                    if unknown := set(codes) - known:
                        raise SystemExit(f"{path.name}: {', '.join(sorted(unknown))} is no code: {text[:60]}")
                    yield Sentence(text, kind, paragraphs.around(texts, n), codes, count, held)


def read(path: Path) -> list[tuple[str, list[list[tuple[str, list[str]]]]]]:
    """A file's documents: (kind, paragraphs of (sentence, marks)), a mark being a code and a sign.

    The signs: + good, - bad, ~ both, = neither, ! what must be done. "# kind" begins a document, "p|" a
    paragraph, and "." marks a sentence of no code.
    """
    found: list[tuple[str, list[list[tuple[str, list[str]]]]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        marks, bar, text = line.partition("|")
        if line.startswith("# "):
            found.append((line[2:].split()[0], [[]]))
        elif bar and marks.strip() == "p":
            found[-1][1].append([])
        elif bar and text.strip():
            found[-1][1][-1].append((text.strip(), [m for m in marks.split() if m != "."]))
    return [(kind, [p for p in paragraphs if p]) for kind, paragraphs in found]


def alone_rows(book: Codebook) -> list[Row]:
    """The codebook's own texts, and the sentences with a theme, each by itself."""
    texts, own = training.training_set(book)
    rows = [Row(text, "", given.astype(np.float32), 1.0) for text, given in zip(texts, own, strict=True)]
    for file in SENTENCES:
        rows += [Row(r["t"], r["k"], labels(book, [r["c"]]), 1.0) for r in load(HERE / file)["sentence"]]
    return rows


def learn_light(
    book: Codebook, encoder: Any, alone: Sequence[Row], sentences: Sequence[Sentence]
) -> tuple[Floats, NDArray[np.int64], Floats, Floats]:
    """The weights of the light coder, its features, and its decision values of the sentences held back."""
    together: dict[str, NDArray[np.float32]] = {}
    for row in alone:
        together[row.text] = np.maximum(
            together.get(row.text, np.zeros(len(book.codes), np.float32)), row.labels
        )
    texts = [*together, *(s.text for s in sentences)]
    known = np.array([*together.values(), *(labels(book, s.codes) for s in sentences)], dtype=np.float64)
    vectors = encoder.encode(texts).astype(np.float64)
    first = len(together)
    paragraph = np.array([s.paragraph for s in sentences])
    own = vectors[first:]
    for number in np.unique(paragraph):  # as `coding.in_context` mixes them
        rows = first + np.flatnonzero(paragraph == number)
        if len(rows) > 1:
            mixed = own[rows - first] + own[rows - first].mean(axis=0)
            vectors[rows] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    learnt = np.array([True] * first + [not s.held for s in sentences])
    features, idf = learning.features([t for t, is_in in zip(texts, learnt, strict=True) if is_in], [])
    inputs = Inputs(vectors, lexical.weighted(texts, features, idf))
    at = np.flatnonzero(learnt)
    weights = Fitting(inputs.rows(at), known[at]).weights(np.ones(len(at)), RIDGE)
    return weights, features, idf, inputs.rows(np.flatnonzero(~learnt)).times(weights)


class Adapted:
    """The encoder with changes to learn in its upper blocks, and a weight a code."""

    def __init__(self, codes: int) -> None:
        self.encoder = embedding.plain_encoder()
        self.changed = lowrank.learnable(self.encoder, RANK, FIRST)
        self.last = nn.Linear(embedding.DIMENSIONS, codes)
        with torch.no_grad():
            self.last.bias.fill_(RARE)

    def logits(self, rows: Sequence[Row], dropped: float = 0.0) -> torch.Tensor:
        """Rows × codes."""
        given = embedding.tokenizer()(
            [row.text for row in rows],
            [row.beside for row in rows],
            truncation="longest_first",
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=embedding.fastest() == "bfloat16"):
            states = self.encoder(**given).last_hidden_state.float()
        own = given["attention_mask"] * (1 - given["token_type_ids"])
        return self.last(nn.functional.dropout(pooled(states, own), dropped))

    def learn(self, rows: list[Row], epochs: int) -> Iterator[int]:
        """Go through the rows several times; yields after each."""
        changing = [part for change in self.changed.values() for part in (change.into, change.out)]
        step = torch.optim.AdamW([*changing, *self.last.parameters()], lr=RATE, weight_decay=0.01)
        steps = epochs * -(-len(rows) // BATCH) + 1
        rate = torch.optim.lr_scheduler.OneCycleLR(step, RATE, total_steps=steps, pct_start=0.1)
        self.encoder.train()
        for epoch in range(epochs):
            for batch in batches(rows):
                target = torch.from_numpy(np.array([row.labels for row in batch]))
                weight = torch.tensor([row.weight for row in batch])
                lost = nn.functional.binary_cross_entropy_with_logits(
                    self.logits(batch, DROPPED), target, reduction="none"
                ).sum(1)
                step.zero_grad()
                (lost * weight).mean().backward()
                nn.utils.clip_grad_norm_(changing, 1.0)
                step.step()
                rate.step()
            yield epoch
        self.encoder.eval()

    def tuned(self, precision: str) -> Tuned:
        """What is shipped of it."""
        return Tuned(
            changes=lowrank.kept(self.changed),
            weights=np.ascontiguousarray(self.last.weight.detach().numpy().T.astype(np.float32)),
            bias=self.last.bias.detach().numpy().astype(np.float64),
            precision=precision,
            paired=True,
        )


def batches(rows: list[Row]) -> list[list[Row]]:
    """The rows in batches of like length, in an order of chance."""
    order = random.sample(rows, len(rows))
    size = BATCH * 20
    near = [
        sorted(order[i : i + size], key=lambda r: len(r.text) + len(r.beside))
        for i in range(0, len(order), size)
    ]
    found = [part[i : i + BATCH] for part in near for i in range(0, len(part), BATCH)]
    return random.sample(found, len(found))


if __name__ == "__main__":
    main()
