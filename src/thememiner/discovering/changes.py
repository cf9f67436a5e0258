"""What is new since an earlier run: themes with more of the new documents than chance gives.

Exact: were the new documents a random draw of all, the number of them in a theme would be hypergeometric.
Over all themes together the chance of any false alarm is at most `LEVEL` (Holm 1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

LEVEL = 0.05  # the chance that any theme is called new or growing when nothing has changed
FEW = 50  # passages below which groups are hints


def emerging(
    themes: Sequence[AbstractSet[str]], documents: AbstractSet[str], earlier: AbstractSet[str]
) -> list[str]:
    """For each theme (the ids of its documents) "new", "growing" or "".

    `documents` are all that were looked at now, `earlier` those that the earlier run had. A theme that
    has more of the new ones than chance gives is growing, and new when none of the earlier ones has it. All
    are "" when nothing is new, or nothing is left of what was there: then nothing can be compared.
    """
    from scipy.stats import hypergeom

    fresh = documents - earlier
    if not themes or not fresh or fresh == documents:
        return [""] * len(themes)
    chances = [
        float(hypergeom.sf(len(theme & fresh) - 1, len(documents), len(fresh), len(theme)))
        for theme in themes
    ]
    found = [""] * len(themes)
    for rank, i in enumerate(sorted(range(len(themes)), key=lambda i: (chances[i], i))):
        if chances[i] > LEVEL / (len(themes) - rank):
            break
        found[i] = "growing" if themes[i] & earlier else "new"
    return found


def caution(passages: int) -> str:
    """What can and cannot be told of so few passages, in a sentence; "" where there are enough."""
    if passages >= FEW:
        return ""
    said = "1 passage" if passages == 1 else f"{passages} passages"
    return (
        f"With {said} no themes can be discovered reliably: passages can be coded and quoted, but a group "
        f"found among fewer than {FEW} is a hint to read them again, and how stable it is cannot be told."
    )
