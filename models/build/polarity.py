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
from thememiner.polarity import REGISTERS, features
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
    beside, beside_target = rated(comments, encoder)

    def fit(part: np.ndarray) -> LogisticRegression:
        inputs, wanted = np.vstack([seen[part], beside]), np.concatenate([target[part], beside_target])
        weights = np.concatenate([np.ones(int(part.sum())), np.full(len(beside), COMMENT)])
        return LogisticRegression(C=STRENGTH, max_iter=3000).fit(inputs, wanted, sample_weight=weights)

    with threadpool_limits(1):
        fold = np.random.default_rng(0).permutation(len(rows)) % FOLDS
        held = np.zeros(len(rows), dtype=int)
        for k in range(FOLDS):
            held[fold == k] = fit(fold != k).predict(seen[fold == k])
        model = fit(np.ones(len(rows), dtype=bool))
    print(f"{len(rows)} sentences, held out: accuracy {accuracy_score(target, held):.3f}, ", end="")
    print(f"macro F1 {f1_score(target, held, average='macro'):.3f}")
    for register in REGISTERS:
        part = np.array([kind == register for kind in kinds])
        print(f"  {register}: {accuracy_score(target[part], held[part]):.3f}")
    save_file(
        {"weights": model.coef_.T.astype(np.float32), "bias": model.intercept_.astype(np.float32)},
        HERE.parent / "artefacts" / "polarity.safetensors",
        metadata={"classes": ",".join(POLARITIES), "encoder": MiniLM.digest},
    )


def rated(path: Path, encoder: MiniLM) -> tuple[np.ndarray, np.ndarray]:
    """The labelled comments as inputs and classes: ratings 1 and 2 positive, 3 neutral, 4 and 5 negative."""
    frame = pd.read_csv(path).dropna(subset=["text", "sentiment_1verypos_5veryneg"])
    words = frame["text"].str.split().str.len()
    frame = frame[(words >= 2) & (words <= LONGEST)].drop_duplicates("text").sort_values("text")
    rating = frame["sentiment_1verypos_5veryneg"].astype(int).tolist()
    names = ["positive" if r <= 2 else "neutral" if r == 3 else "negative" for r in rating]
    texts = frame["text"].tolist()
    inputs = features(texts, ["feedback"] * len(texts), encoder.encode(texts))
    return inputs, np.array([POLARITIES.index(name) for name in names])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
