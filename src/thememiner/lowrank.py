"""Low-rank changes to the weights of the built-in encoder (Hu et al. 2021, "LoRA"): learnt, kept and added.

A change is the product of two thin matrices, `in` (rank × what the layer is given) and `out` (what it gives
× rank). Kept by name in half precision they are numbers alone: no text and no vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Changes = Mapping[str, NDArray[np.float16]]

_STRENGTH = 2  # of a change while it is learnt


@dataclass(frozen=True, slots=True, eq=False)
class LowRank:
    """The change of one linear layer while it is learnt: two tensors, `into` and `out`, of which `out` begins
    as zeros, so that the encoder begins as it was.
    """

    into: Any
    out: Any

    def of(self, given: Any) -> Any:
        """What the change adds to what the layer makes of `given`."""
        return _STRENGTH * (given @ self.into.T) @ self.out.T


def linear_layers(encoder: Any, first: int = 0) -> dict[str, Any]:
    """The encoder's linear layers by name ("0.query"), those of its blocks from number `first` on."""
    return {
        f"{n}.{name}": linear
        for n, block in enumerate(encoder.encoder.layer)
        if n >= first
        for name, linear in (
            ("query", block.attention.self.query),
            ("key", block.attention.self.key),
            ("value", block.attention.self.value),
            ("attention", block.attention.output.dense),
            ("wide", block.intermediate.dense),
            ("narrow", block.output.dense),
        )
    }


def learnable(encoder: Any, rank: int, first: int = 0) -> dict[str, LowRank]:
    """Hang a change beside each linear layer from block `first` on; nothing else of the encoder will learn.

    Returns them by the layers' names. They are drawn by torch's own generator.
    """
    import torch

    for parameter in encoder.parameters():
        parameter.requires_grad = False
    hung = {}
    for name, layer in linear_layers(encoder, first).items():
        into = torch.randn(rank, layer.in_features) / layer.in_features**0.5
        change = LowRank(into.requires_grad_(), torch.zeros(layer.out_features, rank, requires_grad=True))
        layer.register_forward_hook(lambda _, given, made, change=change: made + change.of(given[0]))
        hung[name] = change
    return hung


def kept(learnt: Mapping[str, LowRank]) -> dict[str, NDArray[np.float16]]:
    """The changes as they are written: `<layer>.in` and `<layer>.out`, float16."""
    found = {}
    for name, change in learnt.items():
        found[f"{name}.in"] = change.into.detach().numpy().astype(np.float16)
        found[f"{name}.out"] = (_STRENGTH * change.out.detach().numpy()).astype(np.float16)
    return found


def add(encoder: Any, changes: Changes) -> None:
    """Add the changes to the encoder's weights; a layer without one stays as it is."""
    import torch

    with torch.no_grad():
        for name, layer in linear_layers(encoder).items():
            if f"{name}.in" in changes:
                change = changes[f"{name}.out"].astype(np.float32) @ changes[f"{name}.in"].astype(np.float32)
                layer.weight += torch.from_numpy(change)
