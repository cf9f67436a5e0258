"""An encoder that keeps what it has encoded: the product's own, with a folder of vectors behind it.

A vector depends on its text alone, so it is kept by the text's SHA-256, under the encoder's digest and
precision. The folder is the user's or a temporary one, never the project's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from thememiner import embedding
from thememiner.embedding import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Kept:
    """`inner` with a memory: encodes only texts that are not in the folder yet (float32 unit rows)."""

    def __init__(self, inner: Encoder, folder: Path) -> None:
        self._inner = inner
        self.name, self.digest, self.precision = inner.name, inner.digest, inner.precision
        self._folder = folder / f"{inner.digest[:16]}-{inner.precision}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._rows: dict[bytes, NDArray[np.float32]] = {}
        for path in sorted(self._folder.glob("*.safetensors")):
            self._take(path)

    def encode(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one unit row a text, in the order given."""
        keys = [bytes.fromhex(embedding.digest(text)) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if new:
            self._put(list(new), self._inner.encode(list(new.values()), progress))
        if not texts:
            return self._inner.encode(texts)
        return np.stack([self._rows[key] for key in keys])

    def _put(self, keys: list[bytes], vectors: NDArray[np.float32]) -> None:
        from safetensors.numpy import save_file

        from thememiner.embedding import digest

        name = digest("".join(key.hex() for key in keys))[:32]
        path, part = self._folder / f"{name}.safetensors", self._folder / f"{name}.part"
        digests = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), 32)
        save_file({"digests": digests.copy(), "vectors": vectors}, part)
        part.replace(path)  # a run that is stopped leaves no half file behind
        self._rows.update(zip(keys, vectors, strict=True))

    def _take(self, path: Path) -> None:
        from safetensors.numpy import load_file

        found = load_file(path)
        self._rows.update(zip(map(bytes, found["digests"]), found["vectors"], strict=True))


def keep(folder: Path, precision: str = "auto") -> tuple[str, Kept]:
    """Enter the built-in encoder with a memory in the product's table of encoders; its name there, and it."""
    name = f"minilm, kept in {folder}"
    embedding.ENCODERS[name] = lambda wanted: Kept(embedding.encoder("minilm", wanted), folder)
    found = embedding.encoder(name, precision)
    assert isinstance(found, Kept)
    return name, found
