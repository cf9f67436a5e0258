"""The vectors of the texts that come with thememiner: codebooks, templates and cues need no reading.

Made once by the built-in encoder (`models/build/own_vectors.py`) and looked up by a text's digest, so that a
text that somebody changed is read like any other. Whole numbers of -127 to 127: no text stands in the file.
"""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

import numpy as np

from thememiner import resources
from thememiner.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

FILE = "own_vectors.safetensors"


def key(text: str) -> bytes:
    """SHA-256 of a text's UTF-8 bytes: what its vector is found by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


@functools.cache
def known(encoder: str) -> Mapping[bytes, Vectors]:
    """Key -> unit row, float32, of the texts that come with thememiner.

    `encoder` is the digest of the encoder that asks. Raises `ResourceError` when the file is damaged or was
    made by another.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(resources.folder("models") / FILE, framework="np") as file:
            made_by = (file.metadata() or {}).get("encoder")
            keys, rows = file.get_tensor("keys"), file.get_tensor("vectors").astype(np.float32)
    except (OSError, SafetensorError) as error:
        raise ResourceError(f"{FILE} cannot be read: reinstall thememiner ({error}).") from None
    if made_by != encoder or len(keys) != len(rows):
        raise ResourceError(f"{FILE} was made for another encoder or version: reinstall thememiner.")
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return dict(zip(map(bytes, keys), rows, strict=True))
