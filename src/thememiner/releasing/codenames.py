"""Codes in place of the names of sources: "P2" of a policy, "A1", "F3", "I12".

They are numbered by the SHA-256 of what they stand for, so that neither a file's place, a row nor a date
shows in them, and the same report has the same codes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from thememiner.records import DocumentEntry

_LETTERS = {"incident": "I", "policy": "P", "account": "A", "feedback": "F"}


def of_documents(documents: Iterable[DocumentEntry]) -> dict[str, str]:
    """Document id -> its code."""
    return _numbered((d.kind, d.id, d.id) for d in documents)


def of_files(documents: Iterable[DocumentEntry]) -> dict[str, str]:
    """Document id -> the code of its file, by which what two people gave in it cannot be told apart."""
    return _numbered((d.kind, f"{d.source}\n{d.file_sha256}", d.id) for d in documents)


def _numbered(named: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    rows = [
        (kind, hashlib.sha256(name.encode("utf-8", "replace")).hexdigest(), own) for kind, name, own in named
    ]
    codes: dict[tuple[str, str], str] = {}
    for kind, digest in sorted({(kind, digest) for kind, digest, _ in rows}):
        number = 1 + sum(known == kind for known, _ in codes)
        codes[kind, digest] = f"{_LETTERS[kind]}{number}"
    return {own: codes[kind, digest] for kind, digest, own in rows}
