"""Every error thememiner raises on purpose.

ThememinerError
├── InputError            the user's to mend: one line on stderr, exit code 2
│   ├── UnknownNameError  a name that is not known, with the nearest known one
│   └── TomlError         a TOML file that is broken: file, line, what was expected
├── VerificationError     an excerpt that is not in its source: never printed as evidence
└── ResourceError         a shipped file or model whose digest is wrong or which is missing

`InputWarning` is a Python warning, of what was given and what a run that goes on made of it.

    try:
        review = thememiner.mine(incidents=["extract.csv"])
    except thememiner.InputError as error:
        print(error)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ThememinerError(Exception):
    """Base of all errors raised on purpose."""


class InputError(ThememinerError):
    """Something the user gave that the user can mend; says what, where and what to do."""


class UnknownNameError(InputError):
    """A name that is not known: the message lists the known ones, the nearest first."""

    def __init__(self, what: str, name: str, known: Iterable[str], hint: str = "") -> None:
        names = list(known)
        near = nearest(name, names)
        listed = ", ".join(names) if names else "none"
        guess = f" Did you mean {near!r}?" if near else ""
        super().__init__(f"{what} {name!r} is not known.{guess} Known: {listed}.{' ' + hint if hint else ''}")


class TomlError(InputError):
    """A TOML file that cannot be used: says which file, where, and what was expected."""


class InputWarning(UserWarning):
    """What a reader of the result must know of what was given: told once, as the run goes on."""


class VerificationError(ThememinerError):
    """An excerpt that is not what its source says: it is refused, never printed."""


class ResourceError(ThememinerError):
    """A shipped file or model that is missing or whose digest is not the one pinned."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name closest to `name`, or "" when none is close."""
    by_lower = {k.lower(): k for k in known}
    match = difflib.get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.5)
    return by_lower[match[0]] if match else ""
