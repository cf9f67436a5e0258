"""Train the shipped polarity weights.

    python models/build/polarity.py FFT_MULTILABEL_CSV

Reads `polarity_sentences.toml` (invented, written without sight of the sample corpus and of the cue lists)
and the labelled comments of the NHS patient-experience project (MIT licence; columns `text` and
`sentiment_1verypos_5veryneg`), trains a softmax over MiniLM vectors, register and cues, prints held-out
figures, and writes `models/artefacts/polarity.safetensors` (weights and biases: no text, no vocabulary).
The same input gives the same bytes on one machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from threadpoolctl import threadpool_limits

from thememiner.embedding import MiniLM
from thememiner.polarity import REGISTERS, features, surely
from thememiner.records import POLARITIES
from thememiner.tomls import load

HERE = Path(__file__).parent
FOLDS = 6
STRENGTH = 3.0  # inverse of the regularisation
COMMENT = 0.2  # weight of a labelled comment beside a sentence of our own
LONGEST = 40  # words: polarity is asked of sentences, so long comments teach little


def main(comments: Path) -> None:
    """Train, print six-fold figures, write the weights."""
    rows = load(HERE / "polarity_sentences.toml")["sentence"]
    texts, kinds = [row["t"] for row in rows], [row["r"] for row in rows]
    target = np.array([POLARITIES.index(row["p"]) for row in rows])
    encoder = MiniLM("float32")
    seen = features(texts, kinds, encoder.encode(texts))
    said, beside, beside_target = rated(comments, encoder)

    def fit(part: np.ndarray, shown: np.ndarray) -> LogisticRegression:
        inputs = np.vstack([seen[part], beside[shown]])
        wanted = np.concatenate([target[part], beside_target[shown]])
        weights = np.concatenate([np.ones(int(part.sum())), np.full(int(shown.sum()), COMMENT)])
        return LogisticRegression(C=STRENGTH, max_iter=3000).fit(inputs, wanted, sample_weight=weights)

    with threadpool_limits(1):
        chance = np.random.default_rng(0)
        fold, comment = chance.permutation(len(rows)) % FOLDS, chance.permutation(len(said)) % FOLDS
        shares, comment_shares = (np.zeros((n, len(POLARITIES))) for n in (len(rows), len(said)))
        for k in range(FOLDS):
            model = fit(fold != k, comment != k)
            shares[fold == k] = model.predict_proba(seen[fold == k])
            comment_shares[comment == k] = model.predict_proba(beside[comment == k])
        model = fit(np.ones(len(rows), dtype=bool), np.ones(len(said), dtype=bool))
    held = shares.argmax(axis=1)
    print(f"{len(rows)} sentences, held out: accuracy {accuracy_score(target, held):.3f}, ", end="")
    print(f"macro F1 {f1_score(target, held, average='macro'):.3f}")
    for register in REGISTERS:
        part = np.array([kind == register for kind in kinds])
        print(f"  {register}: {accuracy_score(target[part], held[part]):.3f}")
    print("what is stated, held out")
    stated("own sentences", texts, kinds, shares, target)
    stated("labelled comments", said, ["feedback"] * len(said), comment_shares, beside_target)
    save_file(
        {"weights": model.coef_.T.astype(np.float32), "bias": model.intercept_.astype(np.float32)},
        HERE.parent / "artefacts" / "polarity.safetensors",
        metadata={"classes": ",".join(POLARITIES), "encoder": MiniLM.digest},
    )


def stated(name: str, texts: list[str], kinds: list[str], shares: np.ndarray, target: np.ndarray) -> None:
    """Print how often a polarity is stated, and how often rightly, where the judge does not abstain."""
    pairs = zip(texts, kinds, shares, strict=True)
    got = np.array([POLARITIES.index(surely(text, kind, said)) for text, kind, said in pairs])
    for register in REGISTERS:
        part = np.array([kind == register for kind in kinds])
        for tone in range(3):
            chosen = part & (got == tone)
            if chosen.any():
                right, opposite = (target[chosen] == tone).sum(), (target[chosen] == 1 - tone).sum()
                print(
                    f"  {name}, {register}, {POLARITIES[tone]}: {chosen.sum()} stated "
                    f"of {(part & (target == tone)).sum()}, right {right}, the opposite {opposite}"
                )


def rated(path: Path, encoder: MiniLM) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The labelled comments as texts, inputs and classes: 1 and 2 positive, 3 neutral, 4 and 5 negative."""
    frame = pd.read_csv(path).dropna(subset=["text", "sentiment_1verypos_5veryneg"])
    words = frame["text"].str.split().str.len()
    frame = frame[(words >= 2) & (words <= LONGEST)].drop_duplicates("text").sort_values("text")
    rating = frame["sentiment_1verypos_5veryneg"].astype(int).tolist()
    names = ["positive" if r <= 2 else "neutral" if r == 3 else "negative" for r in rating]
    texts = frame["text"].tolist()
    inputs = features(texts, ["feedback"] * len(texts), encoder.encode(texts))
    return texts, inputs, np.array([POLARITIES.index(name) for name in names])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
