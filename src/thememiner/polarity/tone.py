"""How probable each polarity is of a sentence towards a theme: a small network over the built-in encoder.

The encoder reads sentence and theme together, with low-rank changes to its weights (Hu et al. 2021, "LoRA")
that were trained on invented sentences and labelled comments (`models/build/polarity.py`; the card says on
which). Only the changes are shipped: numbers, no text and no vocabulary.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import lowrank, resources
from thememiner.embedding import MiniLM, batches, fastest, padded, plain_encoder, tokenizer
from thememiner.errors import ResourceError
from thememiner.records import POLARITIES, Kind

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FILE = "polarity.safetensors"
NO_THEME = "the service"  # what a sentence is about where no code says it
LONGEST = 160  # tokens of sentence and theme together; the longer of them is cut


def about(kind: Kind, theme: str = NO_THEME, *, wanted: bool = True, question: str = "") -> str:
    """What the classifier is told beside a sentence: its kind, its theme, whether that is wanted, and what it
    answers.
    """
    told = f"{kind}, {'wanted' if wanted else 'unwanted'}: {theme}"
    return f"{told}; {question}" if question else told


class Tone:
    """The classifier; raises `ResourceError` when its file is damaged or was made for another encoder."""

    def __init__(self, path: Path | None = None, precision: str = "auto") -> None:
        self.precision = fastest() if precision == "auto" else precision
        self._encoder, self._weights, self._bias = _adapted(path or resources.folder("models") / FILE)

    def shares(self, texts: Sequence[str], abouts: Sequence[str]) -> Floats:
        """The probability of each polarity, float64, texts × `POLARITIES`, 6 decimal places.

        `abouts` are made by `about`, one a text. A row depends on its own text alone.
        """
        shares = np.zeros((len(texts), len(POLARITIES)))
        if not texts:
            return shares
        given = tokenizer()(list(texts), list(abouts), truncation="longest_first", max_length=LONGEST)
        ids, types = given["input_ids"], given["token_type_ids"]
        for batch, length, rows in batches([len(row) for row in ids]):
            pooled = self._pooled([ids[i] for i in batch], [types[i] for i in batch], length, rows)
            for j in range(len(POLARITIES)):  # one order of sums, whatever the machine's threads
                shares[batch, j] = (pooled * self._weights[j]).sum(axis=1) + self._bias[j]
        odds = np.exp(shares - shares.max(axis=1, keepdims=True))
        rounded: Floats = np.round(odds / odds.sum(axis=1, keepdims=True), 6)
        return rounded

    def _pooled(self, ids: list[list[int]], types: list[list[int]], length: int, rows: int) -> Floats:
        """The mean state of the sentence's tokens and that of the theme's, side by side."""
        import torch

        mask = padded([[1] * len(row) for row in ids], length, rows)
        mask[len(ids) :, :2] = 1  # dummy rows need a token of each, or pooling divides by zero
        second = padded(types, length, rows)
        second[len(ids) :, 1] = 1
        half = self.precision == "bfloat16"
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            states = self._encoder(
                input_ids=padded(ids, length, rows), attention_mask=mask, token_type_ids=second
            ).last_hidden_state
        both = pooled(states.float(), mask, second)
        return np.asarray(both.numpy()[: len(ids)], dtype=np.float64)


def pooled(states: Any, mask: Any, second: Any) -> Any:
    """The mean of the first text's states and of the second's: rows × twice the encoder's dimensions."""
    import torch

    theme = (second * mask).unsqueeze(-1).float()
    sentence = mask.unsqueeze(-1).float() - theme
    parts = [(states * part).sum(1) / part.sum(1) for part in (sentence, theme)]
    return torch.cat(parts, dim=1)


def _adapted(path: Path) -> tuple[Any, Floats, Floats]:
    """The encoder with the changes of a file added to its weights, and the last layer's weights and bias."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="np") as file:
            said = file.metadata() or {}
            found = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise ResourceError(f"{path.name} cannot be read: reinstall thememiner ({error}).") from None
    if said.get("encoder") != MiniLM.digest or said.get("classes") != ",".join(POLARITIES):
        raise ResourceError(f"{path.name} was made for another encoder or version: reinstall thememiner.")
    encoder = plain_encoder()
    lowrank.add(encoder, found)
    return encoder, found["weights"].astype(np.float64), found["bias"].astype(np.float64)


@functools.cache
def shipped(precision: str = "auto") -> Tone:
    """The shipped classifier, loaded once a process."""
    return Tone(precision=precision)
