"""Invented texts without a name of a person or of where one lives: none of them should get a mask."""

from __future__ import annotations


def decoys() -> list[str]:
    """The texts, sorted."""
    return ["Rose Ward"]
