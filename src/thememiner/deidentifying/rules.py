"""What a place adds: patterns of its own numbers, whether dates keep their day, other recognisers of names.

A pattern is a regular expression, met in any case and as whole words, or "KIND=regular expression". It
must be safe on any text: no repeat without an end, few ways to match, and at least three characters long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from thememiner.deidentifying.identifiers import Identifier
from thememiner.deidentifying.recognisers import check
from thememiner.errors import InputError
from thememiner.records import DATES

LOCAL_KIND = "LOCAL NUMBER"
_LONGEST, _SHORTEST_MATCH, _MOST_WAYS, _MOST = 200, 3, 1_000, 50
_NAMED = re.compile(r"([A-Z][A-Z ]{1,30}[A-Z])=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rules:
    """Local patterns as they were given, "keep" or "month" for dates of events, and other recognisers."""

    patterns: tuple[str, ...] = ()
    dates: str = "keep"
    recognisers: tuple[str, ...] = ()

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """An identifier for each pattern."""
        return _identifiers(self.patterns)


def rules(patterns: tuple[str, ...] = (), dates: str = "keep", recognisers: tuple[str, ...] = ()) -> Rules:
    """The rules, once they are found good.

    Raises `InputError` naming the pattern that cannot be used, and what to write in its place, or the
    recogniser that is not there.
    """
    if dates not in DATES:
        raise InputError(f"dates = {dates!r} is not known: choose one of {', '.join(DATES)}.")
    if len(patterns) > _MOST:
        raise InputError(f"there are {len(patterns)} local patterns: {_MOST} is the most.")
    _identifiers(patterns)
    for recogniser in recognisers:
        check(recogniser)
    return Rules(patterns, dates, recognisers)


@lru_cache(maxsize=64)
def _identifiers(patterns: tuple[str, ...]) -> tuple[Identifier, ...]:
    return tuple(_identifier(pattern) for pattern in patterns)


def _identifier(given: str) -> Identifier:
    named = _NAMED.fullmatch(given)
    kind, pattern = (named[1], named[2]) if named else (LOCAL_KIND, given)
    if len(given) > _LONGEST:
        raise _bad(given, f"is longer than {_LONGEST} characters")
    if kind in {"PERSON", "DATE"}:
        raise _bad(given, f"uses the kind {kind}, which has a meaning of its own; choose another")
    try:
        tree = import_module("re._parser").parse(pattern, re.IGNORECASE)
        ways = _ways(tree)
        shortest = tree.getwidth()[0]
        compiled = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise _bad(given, f"is no regular expression ({error})") from None
    except _UnsafeError as error:
        raise _bad(given, str(error)) from None
    if shortest < _SHORTEST_MATCH:
        raise _bad(
            given, f"can match fewer than {_SHORTEST_MATCH} characters, so it would mask ordinary words"
        )
    if ways > _MOST_WAYS:
        raise _bad(given, "can match in too many ways to be safe on long texts; say exactly how many of each")
    return Identifier(kind, compiled, near="text", digits=False)


def _bad(pattern: str, why: str) -> InputError:
    shown = pattern if len(pattern) <= 60 else f"{pattern[:60]}…"
    return InputError(f"local pattern {shown!r} {why}.")


class _UnsafeError(Exception):
    """Why a pattern may take for ever."""


def _ways(tree: Any) -> int:
    """In how many ways a parsed pattern can match from one place, at the most."""
    ways = 1
    for operation, argument in tree:
        ways *= _ways_of(str(operation), argument)
        if ways > _MOST_WAYS:
            return ways
    return ways


def _ways_of(operation: str, argument: Any) -> int:
    if operation in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        fewest, most, inner = argument
        if most > _LONGEST:
            raise _UnsafeError(
                "repeats without an end (*, + or {n,}); write how many at most, as in \\d{4,10}"
            )
        once = _ways(inner)
        return (
            sum(min(once**times, _MOST_WAYS) for times in range(fewest, most + 1))
            if once > 1
            else most - fewest + 1
        )
    if operation == "BRANCH":
        return sum(_ways(branch) for branch in argument[1])
    if operation == "SUBPATTERN":
        return _ways(argument[-1])
    if operation == "ATOMIC_GROUP":
        return _ways(argument)
    if operation in {"ASSERT", "ASSERT_NOT"}:
        return _ways(argument[1])
    if operation in {"GROUPREF", "GROUPREF_EXISTS"}:
        raise _UnsafeError("refers back to a group, which is not supported")
    return 1
