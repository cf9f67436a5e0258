"""The copy that a release freezes: the report's pages, what goes with them, and the SHA-256 of each.

The list is what `sha256sum --check SHA256SUMS` reads, so that it can be checked without this program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from thememiner.errors import InputError

SUMS = "SHA256SUMS"


def freeze(pages: Mapping[str, bytes], besides: Iterable[Path] = ()) -> dict[str, bytes]:
    """Name -> bytes of a released copy: the pages, other files as they are, and the list of digests.

    Raises `InputError` for a file that cannot be read, or whose name is taken or no plain one.
    """
    files = dict(pages)
    for path in besides:
        if path.name.casefold() in {*map(str.casefold, files), SUMS.casefold()}:
            raise InputError(f"{path}: a file called {path.name} is in the release already; rename it.")
        if not path.name.isprintable() or "\\" in path.name:
            raise InputError(f"{path.name!r} cannot stand in a list of files: rename it.")
        try:
            files[path.name] = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    return files | {SUMS: listed(files)}


def listed(files: Mapping[str, bytes]) -> bytes:
    """The list of digests, a line a file, in the order of their names."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode("utf-8")
