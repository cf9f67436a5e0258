"""Train the shipped polarity weights from openly licensed, human-labelled patient comments.

    python models/build/polarity.py FFT_MULTILABEL_CSV

Reads the labelled comments of the NHS patient-experience project (Crown copyright, MIT licence; columns
`text`, `sentiment_1verypos_5veryneg`, `respondent_id`), trains a three-way softmax over MiniLM vectors
and writes `models/artefacts/polarity.safetensors` (384 × 3 weights and 3 biases: no text, no vocabulary)
and the figures in `models/cards/polarity.md`. Seeded: the same input gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold

from thememiner.embedding import MiniLM

LONGEST = 40  # words: polarity is asked of sentences, so long comments teach little
CLASSES = ("negative", "neutral", "positive")


def main(source: Path) -> None:
    """Train, print grouped five-fold figures, write the weights."""
    frame = pd.read_csv(source)
    frame = frame[frame["text"].notna() & frame["sentiment_1verypos_5veryneg"].notna()]
    words = frame["text"].str.split().str.len()
    frame = frame[(words >= 2) & (words <= LONGEST)].drop_duplicates("text").sort_values("text")
    rating = frame["sentiment_1verypos_5veryneg"].astype(int)
    target = np.where(rating <= 2, 2, np.where(rating == 3, 1, 0))
    vectors = MiniLM("float32").encode(frame["text"].tolist())

    def fit(rows: np.ndarray) -> LogisticRegression:
        model = LogisticRegression(C=8, max_iter=3000, class_weight="balanced")
        return model.fit(vectors[rows], target[rows])

    held = np.zeros(len(target), dtype=int)
    for train, test in GroupKFold(5).split(vectors, target, frame["respondent_id"].astype(str)):
        held[test] = fit(train).predict(vectors[test])
    print(f"rows {len(target)}; shares {np.bincount(target) / len(target)}")
    print(f"held out, grouped by respondent: accuracy {accuracy_score(target, held):.3f}, ", end="")
    print(f"macro F1 {f1_score(target, held, average='macro'):.3f}")
    model = fit(np.arange(len(target)))
    out = Path(__file__).parents[1] / "artefacts" / "polarity.safetensors"
    out.parent.mkdir(exist_ok=True)
    save_file(
        {"weights": model.coef_.T.astype(np.float32), "bias": model.intercept_.astype(np.float32)},
        out,
        metadata={"classes": ",".join(CLASSES), "encoder": MiniLM.digest},
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
