"""Train the shipped polarity weights.

    python models/build/polarity.py --data DIR [--without-comments] [--begin FILE] [--out FILE]

Reads the invented sentences and answers beside this file (written without sight of the sample corpus, of
the cue lists and of `evaluation/sets/polarity.toml`), the rated comments of the NHS patient-experience
project (MIT licence), of which the first of the five splits of `evaluation/` is left
out, and the rated comments of UCI's Druglib set (CC BY 4.0). Trains low-rank changes to the built-in
encoder (Hu et al. 2021) twice, without and with the sentences that tell by facts alone, and writes the mean
of both, which tells tone better than either ("model soups", Wortsman et al. 2022). On that mean more changes
learn from the invented documents of `coder_documents/`, whose sentences are read beside their paragraph, and
from some of what went before, so that it is not forgotten; half of that step is taken. `--begin` takes the
mean out of an earlier file and learns from the documents alone. Numbers, no text, no vocabulary. Takes about
an hour on one core with bfloat16; the same input gives the same bytes on one machine.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coder as documents  # beside this file
import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch import nn

from thememiner import codebooks, embedding, lowrank, paragraphs
from thememiner.polarity.tone import LONGEST, about, pooled
from thememiner.records import POLARITIES
from thememiner.tomls import load
from thememiner_evaluation import datasets
from thememiner_evaluation.splits import grouped

HERE = Path(__file__).parent
Changes = dict[str, np.ndarray]
PAIRS, FACTS = ("polarity_pairs.toml", "polarity_pairs_more.toml"), "polarity_facts.toml"
RANK, EPOCHS, BATCH, RATE = 24, 4, 32, 1e-3
HALVED, DRUGS = 0.5, 0.2  # weight of a comment, or of a sentence without a theme, and of a drug's review
ALONE = 4  # words; an answer of no more means nothing without its question
AGAIN, FURTHER, SLOWER = 3_000, 2, 0.7  # sentences gone through again with the documents; times; of the rate
COMPACT = 48  # the rank that is shipped
HALF = 0.5  # how far to go from what was learnt before to what the documents add
DOCUMENT_ALONE = 0.4  # weight of a document's sentence by itself
SIGNS = {"+": "positive", "-": "negative", "~": "mixed", "=": "neutral", "!": "neutral"}
BLOCK = 12  # sentences that stand together are variants of one another: held out together


@dataclass(frozen=True, slots=True)
class Example:
    """A text, what it is asked about, what it says of that, how much it counts, and what it goes with."""

    text: str
    asked: str
    target: int
    weight: float
    block: str


def main() -> None:
    """Train, print figures on what was held out, write the weights."""
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--without-comments", action="store_true")
    options.add_argument("--begin", type=Path)
    options.add_argument("--out", type=Path, default=HERE.parent / "artefacts" / "polarity.safetensors")
    given = options.parse_args()
    torch.set_num_threads(1)
    learnt, kept_back = comments(given.data)
    learnt = [] if given.without_comments else learnt
    begun = load_file(given.begin) if given.begin else mean(members(given.data, learnt, kept_back))
    save_file(
        compact(documented(begun, learnt, kept_back)),
        given.out,
        metadata={"classes": ",".join(POLARITIES), "encoder": embedding.MiniLM.digest},
    )


def members(data: Path, learnt: list[Example], kept_back: list[Example]) -> list[Changes]:
    """What is learnt from sentences and comments: without and with those that tell by facts alone."""
    found = []
    for files in (PAIRS, (*PAIRS, FACTS)):
        _seeded()
        invented = sentences(files)
        held = [e for e in invented if _tenth(e.block) == 0]
        taught = [e for e in invented if _tenth(e.block) != 0] + drug_reviews(data) + learnt
        model = Adapted()
        for epoch in model.learn(taught, EPOCHS, RATE):
            print(f"epoch {epoch} of {len(taught)}: {_right(model, held, kept_back)}", flush=True)
        found.append(model.changes())
    return found


def documented(begun: Changes, learnt: list[Example], kept_back: list[Example]) -> Changes:
    """What is learnt from the invented documents on top of what was learnt before: the mean of both."""
    _seeded()
    invented = document_sentences()
    held = [e for e in invented if _tenth(e.block) == 0]
    old = sentences((*PAIRS, FACTS))
    taught = [e for e in invented if _tenth(e.block) != 0]
    taught += random.sample(old, AGAIN) + random.sample(learnt, min(AGAIN // 2, len(learnt)))
    model = Adapted(begun)
    for epoch in model.learn(taught, FURTHER, RATE * SLOWER):
        print(f"documents, epoch {epoch} of {len(taught)}: {_right(model, held, kept_back)}", flush=True)
    more = model.changes()
    joined = {}
    for name, first in begun.items():
        if name.endswith(".in"):
            joined[name] = np.concatenate([first, more[name]], axis=0)
        elif name.endswith(".out"):
            halved = (HALF * more[name].astype(np.float32)).astype(first.dtype)
            joined[name] = np.concatenate([first, halved], axis=1)
        else:
            joined[name] = ((1 - HALF) * first + HALF * more[name]).astype(first.dtype)
    return joined


def compact(changes: Changes) -> Changes:
    """The same changes of a lower rank, by the singular values of each layer's: a smaller file."""
    found = dict(changes)
    for name in changes:
        layer, _, part = name.rpartition(".")
        if part == "in":
            whole = changes[f"{layer}.out"].astype(np.float64) @ changes[name].astype(np.float64)
            left, size, right = np.linalg.svd(whole, full_matrices=False)
            root = np.sqrt(size[:COMPACT])
            found[name] = (root[:, None] * right[:COMPACT]).astype(np.float16)
            found[f"{layer}.out"] = (left[:, :COMPACT] * root).astype(np.float16)
    return found


def document_sentences() -> list[Example]:
    """Each sentence of the invented documents under each of its codes: beside its paragraph, and alone."""
    book = {code.id: (code.name, code.wanted) for code in codebooks.codebook("assertive-care").codes}
    found = []
    for path in sorted((HERE / "coder_documents").glob("*.txt")):
        for number, (kind, parts) in enumerate(documents.read(path)):
            for paragraph in parts:
                texts = [text for text, _ in paragraph]
                for n, (text, marks) in enumerate(paragraph):
                    for mark in marks:
                        name, wanted = book[mark[:-1]]
                        asked = about(kind, name, wanted=wanted)  # type: ignore[arg-type]
                        target, block = POLARITIES.index(SIGNS[mark[-1]]), f"{path.name}{number}"
                        near = asked + paragraphs.around(texts, n)
                        found.append(Example(text, near, target, 1.0, block))
                        found.append(Example(text, asked, target, DOCUMENT_ALONE, block))
    return found


def _seeded() -> None:
    torch.manual_seed(0)
    random.seed(0)


def _right(model: Adapted, held: list[Example], kept_back: list[Example]) -> str:
    three = model.right(kept_back, lambda i: 2 if i == 3 else i)  # mixed and neutral are one grade
    return f"sentences {model.right(held, lambda i: i):.3f}, comments {three:.3f}"


def mean(members: list[Changes]) -> Changes:
    """The mean of changes learnt apart: the thin matrices of each layer side by side."""
    found = {}
    for name, first in members[0].items():
        each = [member[name] for member in members]
        if name.endswith(".in"):
            found[name] = np.concatenate(each, axis=0)
        elif name.endswith(".out"):
            found[name] = (np.concatenate(each, axis=1) / len(members)).astype(first.dtype)
        else:
            found[name] = np.mean(each, axis=0, dtype=first.dtype)
    return found


def sentences(pairs: tuple[str, ...]) -> list[Example]:
    """The invented sentences, of `pairs` with a theme; those of comments that judge it teach the service's
    tone, too.
    """
    book = {code.id: (code.name, code.wanted) for code in codebooks.codebook("assertive-care").codes}
    found = []
    for file in pairs:
        for n, row in enumerate(load(HERE / file)["sentence"]):
            sort, _, theme = row["c"].partition(":")
            name, wanted = book.get(row["c"], (theme.strip(), not sort.endswith("unwanted")))
            target, block = POLARITIES.index(row["p"]), f"{file}{n // BLOCK}"
            found.append(Example(row["t"], about(row["k"], name, wanted=wanted), target, 1.0, block))
            if row["k"] == "feedback" and row["p"] != "neutral":
                found.append(Example(row["t"], about("feedback"), target, HALVED, block))
    for n, row in enumerate(load(HERE / "polarity_sentences.toml")["sentence"]):
        target = POLARITIES.index(row["p"])
        found.append(Example(row["t"], about(row["r"]), target, HALVED, f"plain{n // BLOCK}"))
    for n, row in enumerate(load(HERE / "polarity_cards.toml")["sentence"]):
        target = POLARITIES.index(row["p"])
        asked = about("feedback", question=_known(n, row["t"], row["q"]))
        found.append(Example(row["t"], asked, target, 1.0, f"cards{n // BLOCK}"))
    return found


def comments(data: Path) -> tuple[list[Example], list[Example]]:
    """The rated comments: those to learn from, and those of the first split, which are left out."""
    rated = datasets.ratings(data)
    split = grouped(rated.groups, rated.texts)[0]
    target = {"positive": 0, "negative": 1, "neutral": 2}
    every = [
        Example(t, about("feedback", question=_known(n, t, q)), target[g], HALVED, "")
        for n, (t, q, g) in enumerate(zip(rated.texts, rated.questions, rated.grades, strict=True))
    ]
    return [every[i] for i in split.train.tolist()], [every[i] for i in split.test.tolist()]


def _known(n: int, text: str, question: str) -> str:
    """The question, but of every second answer that says by itself what it is: often nobody knows it."""
    return "" if n % 2 and len(text.split()) > ALONE else question


def drug_reviews(data: Path) -> list[Example]:
    """Comments on medicines with a rating of 1–3, 4–6 or 9–10 of ten."""
    with (data / "drug_reviews_druglib" / "druglib.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["comments_review"] or "", int(row["rating_1_10"])) for row in csv.DictReader(file)]
    grade = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 9: 0, 10: 0}
    return [
        Example(text, about("feedback", "the treatment"), grade[rating], DRUGS, "")
        for text, rating in rows
        if rating in grade and 5 <= len(text.split()) <= 60
    ]


class Adapted:
    """The encoder with changes to learn, on top of those it has `begun` with."""

    def __init__(self, begun: Changes | None = None) -> None:
        self.encoder = embedding.plain_encoder()
        if begun:
            lowrank.add(self.encoder, begun)
        self.changed = lowrank.learnable(self.encoder, RANK)
        self.last = nn.Linear(2 * embedding.DIMENSIONS, len(POLARITIES))
        if begun:
            with torch.no_grad():
                self.last.weight[:] = torch.from_numpy(begun["weights"])
                self.last.bias[:] = torch.from_numpy(begun["bias"])

    def logits(self, examples: list[Example]) -> torch.Tensor:
        """Examples × polarities."""
        given = embedding.tokenizer()(
            [e.text for e in examples],
            [e.asked for e in examples],
            truncation="longest_first",
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=embedding.fastest() == "bfloat16"):
            states = self.encoder(**given).last_hidden_state.float()
        return self.last(pooled(states, given["attention_mask"], given["token_type_ids"]))

    def learn(self, examples: list[Example], epochs: int, fastest: float) -> Any:
        """Go through the examples several times; yields after each."""
        changing = [p for c in self.changed.values() for p in (c.into, c.out)] + list(self.last.parameters())
        step = torch.optim.AdamW(changing, lr=fastest, weight_decay=0.01)
        batches = -(-len(examples) // BATCH)
        rate = torch.optim.lr_scheduler.OneCycleLR(
            step, fastest, total_steps=epochs * batches + 1, pct_start=0.1
        )
        for epoch in range(epochs):
            self.encoder.train()
            for batch in _batches(examples):
                target = torch.tensor([e.target for e in batch])
                weight = torch.tensor([e.weight for e in batch])
                lost = nn.functional.cross_entropy(
                    self.logits(batch), target, reduction="none", label_smoothing=0.05
                )
                step.zero_grad()
                (lost * weight).mean().backward()
                nn.utils.clip_grad_norm_(changing, 1.0)
                step.step()
                rate.step()
            yield epoch

    def right(self, examples: list[Example], seen_as: Any) -> float:
        """The share of examples whose likeliest polarity is theirs."""
        self.encoder.eval()
        order = sorted(examples, key=lambda e: len(e.text))
        said: list[int] = []
        with torch.inference_mode():
            for start in range(0, len(order), 64):
                said += self.logits(order[start : start + 64]).argmax(1).tolist()
        return float(np.mean([seen_as(got) == e.target for got, e in zip(said, order, strict=True)]))

    def changes(self) -> Changes:
        """What is shipped: for each layer two thin matrices, in half precision, and the last layer."""
        return {
            "weights": self.last.weight.detach().numpy().astype(np.float32),
            "bias": self.last.bias.detach().numpy().astype(np.float32),
            **lowrank.kept(self.changed),
        }


def _batches(examples: list[Example]) -> list[list[Example]]:
    """The examples in batches of like length, in an order of chance."""
    order = random.sample(examples, len(examples))
    size = BATCH * 20
    near = [sorted(order[i : i + size], key=lambda e: len(e.text)) for i in range(0, len(order), size)]
    batches = [part[i : i + BATCH] for part in near for i in range(0, len(part), BATCH)]
    return random.sample(batches, len(batches))


def _tenth(block: str) -> int:
    return int(hashlib.sha256(block.encode()).hexdigest(), 16) % 10


if __name__ == "__main__":
    main()
