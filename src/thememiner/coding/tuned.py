"""What a fine-tuned encoder adds to a coder's decision values: changes of low rank, and linear weights.

It reads a text beside the light coder: the built-in encoder with the changes added to its last blocks
(`lowrank`), the mean state of the text's tokens as a row of fixed length, and a weight a code.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import lowrank
from thememiner.embedding import DIMENSIONS, batches, padded, plain_encoder, tokenizer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIRST = 3  # the block of the encoder from which on it changes: those below read as they always do
LONGEST = 256  # tokens of a text, which are read at once; what stands beyond is left to the light coder
SCALE = 8.0  # the length of a text's row
_MOST_RANK = 256
_WIDE = 4 * DIMENSIONS
_NAME = re.compile(r"[3-5]\.(query|key|value|attention|wide|narrow)\.(in|out)")


@dataclass(frozen=True, slots=True, eq=False)
class Tuned:
    """A fine-tuned encoder and its weights.

    `changes` are those of `lowrank.kept`; `weights`, float32, dimensions × codes, and `bias`, float64, codes,
    give what is added to the light coder's decision values. `precision` is the one it was trained in. One
    that is `paired` reads a text beside another (its kind and what stands around it).
    """

    changes: Mapping[str, NDArray[np.float16]]
    weights: NDArray[np.float32]
    bias: Floats
    precision: str
    paired: bool = False

    def adds(self, texts: Sequence[str], beside: Sequence[str] = ()) -> Floats:
        """What is added for each text, float64, texts × codes: a row depends on its own text alone.

        `beside` are what stands beside the texts, one each, or none: of use to one that is `paired` alone.
        """
        given = list(zip(texts, beside or [""] * len(texts), strict=True))
        if not self.paired:
            given = [(text, "") for text in texts]
        distinct = sorted(set(given))
        row = {pair: i for i, pair in enumerate(distinct)}
        return self._of(distinct)[[row[pair] for pair in given]]

    def _of(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        found = np.zeros((len(pairs), len(self.bias)))
        if not pairs:
            return found
        encoder = _encoder(self)
        texts, beside = ([pair[at] for pair in pairs] for at in (0, 1))
        cut = (
            tokenizer()(texts, beside, truncation="longest_first", max_length=LONGEST)
            if self.paired
            else tokenizer()(texts, truncation=True, max_length=LONGEST)
        )
        ids, types = cut["input_ids"], cut["token_type_ids"]
        for batch, length, rows in batches([len(row) for row in ids]):
            read = self._rows(encoder, [ids[i] for i in batch], [types[i] for i in batch], length, rows)
            for j in range(found.shape[1]):  # one order of sums, whatever the machine's threads
                found[batch, j] = (read * self.weights[:, j]).sum(axis=1) + self.bias[j]
        return found

    def _rows(
        self, encoder: Any, ids: list[list[int]], types: list[list[int]], length: int, rows: int
    ) -> Floats:
        import torch

        mask = padded([[1] * len(row) for row in ids], length, rows)
        mask[len(ids) :, 0] = 1  # dummy rows need a token, or pooling divides by zero
        second = padded(types, length, rows)
        half = self.precision == "bfloat16"
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            states = encoder(
                input_ids=padded(ids, length, rows), attention_mask=mask, token_type_ids=second
            ).last_hidden_state
        own = mask * (1 - second)
        return np.asarray(pooled(states.float(), own).numpy()[: len(ids)], dtype=np.float64)

    @property
    def parts(self) -> dict[str, NDArray[Any]]:
        """All its numbers by name, in one order: as they are written, and what its digest is made of."""
        own: dict[str, NDArray[Any]] = {"weights": self.weights, "bias": self.bias}
        return own | {name: self.changes[name] for name in sorted(self.changes)}


def fits(found: Mapping[str, NDArray[Any]], codes: int) -> bool:
    """Whether these are the parts of one for so many codes: names, sizes and types, and all finite."""
    changes = {name: values for name, values in found.items() if name not in ("weights", "bias")}
    own = found.get("weights"), found.get("bias")
    if own[0] is None or own[1] is None or own[0].dtype != np.float32 or own[1].dtype != np.float64:
        return False
    return (
        own[0].shape == (DIMENSIONS, codes)
        and own[1].shape == (codes,)
        and all(bool(np.isfinite(values).all()) for values in found.values())
        and all(_thin(name, values) for name, values in changes.items())
        and all(_paired(name, changes) for name in changes)
    )


def _thin(name: str, values: NDArray[Any]) -> bool:
    """Whether it is a change of a layer of the encoder."""
    if not _NAME.fullmatch(name) or values.dtype != np.float16 or values.ndim != 2:
        return False
    wide = (".wide.out", ".narrow.in")
    size, rank = values.shape if name.endswith(".out") else values.shape[::-1]
    return bool(size == (_WIDE if name.endswith(wide) else DIMENSIONS) and 0 < rank <= _MOST_RANK)


def _paired(name: str, changes: Mapping[str, NDArray[Any]]) -> bool:
    layer = name.rpartition(".")[0]
    into, out = changes.get(f"{layer}.in"), changes.get(f"{layer}.out")
    return into is not None and out is not None and len(into) == out.shape[-1]


def pooled(states: Any, mask: Any) -> Any:
    """The mean state of each text's tokens, of length `SCALE`: texts × the encoder's dimensions."""
    own = mask.unsqueeze(-1).float()
    mean = (states * own).sum(1) / own.sum(1)
    return SCALE * mean / mean.norm(dim=1, keepdim=True)


@functools.lru_cache(1)
def _encoder(tuned: Tuned) -> Any:
    """The encoder with the changes added, kept for the coder that is in use."""
    encoder = plain_encoder()
    lowrank.add(encoder, tuned.changes)
    return encoder
