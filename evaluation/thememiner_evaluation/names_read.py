"""Names of discovered themes to be read by a person, each with the texts nearest the middle of its theme.

    python -m thememiner_evaluation.names_read --data DIR [SET ...]

It prints texts of the sets: read them, and keep them nowhere.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from thememiner_evaluation.measuring import Bench
from thememiner_evaluation.tasks.names import SETS, named

_TEXTS, _CHARACTERS = 3, 200


def main() -> None:
    """Discover, name and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("sets", nargs="*", default=SETS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.data, Path(folder))
        for name in options.sets:
            found = named(bench, name)
            print(f"{name}: {len(found.themes)} themes of {len(found.texts)} texts")
            for theme, rows, centre in zip(found.themes, found.rows, found.centres(), strict=True):
                print(f"\n{theme.name} ({len(rows)} texts)")
                near = np.argsort(-np.round(found.vectors[list(rows)] @ centre, 5), kind="stable")
                for i in near[:_TEXTS].tolist():
                    print("   ", " ".join(found.texts[rows[i]].split())[:_CHARACTERS])


if __name__ == "__main__":
    main()
