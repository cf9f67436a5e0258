"""Texts that people have coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thememiner.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """De-identified texts with their codes: `labels` is bool, texts × codes of the codebook, in its order.

    `groups` name who wrote each text (one respondent, one report), empty for a group a text; `told` are the
    codes that people looked for, empty for all: of the others a text says nothing. Raises `InputError` where
    the sizes differ.
    """

    texts: tuple[str, ...]
    labels: NDArray[np.bool_]
    groups: tuple[str, ...] = ()
    told: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        if self.labels.ndim != 2 or len(self.labels) != len(self.texts):
            raise InputError(
                f"labelled texts: {len(self.texts):,} texts need labels of as many rows, found an "
                f"array of {' × '.join(map(str, self.labels.shape))}."
            )
        if self.groups and len(self.groups) != len(self.texts):
            raise InputError(
                f"labelled texts: {len(self.texts):,} texts need as many groups, found {len(self.groups):,}."
            )
        if self.told and len(self.told) != self.labels.shape[1]:
            raise InputError(
                f"labelled texts: {self.labels.shape[1]:,} codes need as many told, found {len(self.told):,}."
            )

    def __repr__(self) -> str:
        return f"Labelled({len(self.texts)} texts × {self.labels.shape[1]} codes, texts hidden)"
