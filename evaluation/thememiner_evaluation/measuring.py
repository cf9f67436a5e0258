"""What a task is given and what it gives back.

A task is a function from a `Bench` to `Reading`s, one a metric of its benchmark. It raises `NotMeasured`
when nothing can be said, and gives a reading without a value, with the reason, when one figure cannot.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from thememiner.settings import Settings
from thememiner_evaluation.vectors import Kept, keep

Named = tuple[tuple[str, float], ...]


class NotMeasured(Exception):  # noqa: N818  # no error: data or a codebook is not here, or a part not built
    """Why a benchmark, or a figure of it, has no value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure: `spread` is the standard deviation over splits or runs, `peers` the same figure of others.

    `detail` are the figures that it is made of, by name. Without a value `note` says why.
    """

    metric: str
    value: float | None
    spread: float | None = None
    peers: Named = ()
    detail: Named = ()
    note: str = ""


@dataclass(frozen=True)
class Bench:
    """The data folder (None: not given), the folder of vectors, and whether peers run beside the product."""

    data: Path | None
    vectors: Path
    peers: bool = False
    precision: str = "auto"

    @functools.cached_property
    def _kept(self) -> tuple[str, Kept]:
        return keep(self.vectors, self.precision)

    @property
    def encoder(self) -> Kept:
        """The product's encoder, with a memory."""
        return self._kept[1]

    def settings(self, **changes: str) -> Settings:
        """The product's settings as they are, but for the encoder's memory and `changes`."""
        return Settings(encoder=self._kept[0], precision=self.precision, **changes)  # type: ignore[arg-type]


WITHOUT_PEERS = "needs --peers"
