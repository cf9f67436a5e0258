"""Build the shipped vectors of the texts that come with thememiner.

    python models/build/own_vectors.py

To be run again when a codebook, a template or the cues of `sorting.py` change (a test says so); takes a
minute. Writes `models/artefacts/own_vectors.safetensors`; same texts and machine, same bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from thememiner import codebooks, labelling, mapping, ownvectors, resources
from thememiner.coding.training import training_set
from thememiner.embedding import MiniLM
from thememiner.tomls import load

SORTED_BY = ("commitments", "gaps", "harm")  # cue files of sentences that passages are told by


def texts() -> list[str]:
    """All texts of ours that a run may need a vector of, distinct and in order."""
    found: set[str] = set()
    for name in resources.names("codebooks"):
        book = codebooks.codebook(name)
        found.update(training_set(book)[0], *labelling.texts_of(book))
    for name in resources.names("templates"):
        for section in codebooks.template(name).sections:
            found.update(text for text, _ in mapping.section_texts(section))
    for name in SORTED_BY:
        found.update(*load(resources.folder("cues") / f"{name}.toml").values())
    return sorted(found)


def main() -> None:
    """Read them all, and write the file."""
    own = texts()
    encoder = MiniLM("float32")
    rows = encoder.read(own)
    rows = np.rint(127 * rows / np.abs(rows).max(axis=1, keepdims=True))  # they are made unit rows again
    path = Path(__file__).parents[1] / "artefacts" / ownvectors.FILE
    keys = np.frombuffer(b"".join(map(ownvectors.key, own)), dtype=np.uint8).reshape(len(own), -1)
    save_file({"keys": keys, "vectors": rows.astype(np.int8)}, path, {"encoder": encoder.digest})
    print(f"{len(own):,} texts, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
