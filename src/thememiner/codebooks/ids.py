"""Ids made of names, for what comes from elsewhere without one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LONGEST = 60  # characters


def slug(name: str, otherwise: str) -> str:
    """The words of a name in lower case with hyphens between them; `otherwise` where it has no letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or otherwise


def free(candidates: Sequence[str], taken: set[str]) -> str:
    """The first candidate that is not taken, else the first with a number; it is taken from now on."""
    found = next((c for c in candidates if c not in taken), "")
    number = 2
    while not found:
        found = "" if f"{candidates[0]}-{number}" in taken else f"{candidates[0]}-{number}"
        number += 1
    taken.add(found)
    return found
