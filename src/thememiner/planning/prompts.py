"""Where draft actions get their words: a TOML file of prompts by code, sort of gap and horizon.

    book = prompts("assertive-care")
    book.of("handover", "Handover between providers").gaps["practice"].longer.action

A code or demand without prompts of its own has the general ones, which name it. Nothing else drafts wording.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from thememiner import resources
from thememiner.errors import TomlError, nearest
from thememiner.records import GAPS, HORIZONS, STRENGTHS, Horizon
from thememiner.tomls import Reader, load

_T = TypeVar("_T")
_GENERAL = "general"
_ANY = ("general", "demand", "recommendation", "interface")  # what has no prompts of its own
_FACTORS = "seips"  # the codebook whose codes are the contributing factors


@dataclass(frozen=True, slots=True)
class Prompt:
    """A draft action in a sentence, and how strongly it would hold (one of `STRENGTHS`)."""

    action: str
    strength: str


@dataclass(frozen=True, slots=True)
class GapPrompts:
    """What to draft for one sort of gap: an action for each horizon, and how it would be seen to work."""

    measure: str
    short: Prompt
    longer: Prompt

    def at(self, horizon: Horizon) -> Prompt:
        """The prompt for a horizon."""
        return self.short if horizon == "short" else self.longer


@dataclass(frozen=True, slots=True)
class CodePrompts:
    """What to draft about one code: by sort of gap; `keep` is what would keep an assurance.

    `factors` are ids of the codebook `seips`: parts of the work system to look at first.
    """

    gaps: Mapping[str, GapPrompts]
    keep: str
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemandPrompts:
    """What to draft for a demand or recommendation, and what where nothing is known of it (`find`)."""

    horizon: Horizon
    strength: str
    action: str
    find: str
    measure: str


@dataclass(frozen=True, slots=True)
class Prompts:
    """A file of prompts; `codebook` is the name of, or path to, the codebook whose codes it speaks of."""

    id: str
    version: str
    codebook: str
    codes: Mapping[str, CodePrompts]
    demands: Mapping[str, DemandPrompts]
    any_code: CodePrompts
    any_demand: DemandPrompts
    any_recommendation: DemandPrompts
    any_interface: GapPrompts

    def of(self, code: str, name: str) -> CodePrompts:
        """The prompts of a code; the general ones, with its name in them, where it has none."""
        return self.codes.get(code) or _filled(self.any_code, name)

    def interface(self, name: str, where: str, partners: str) -> GapPrompts:
        """The prompts for what goes wrong between two organisations ("from A to B", "A and B") in a theme."""
        words = {"{theme}": name, "{where}": where, "{partners}": partners}
        return _put(self.any_interface, words)

    def demand(self, identity: str, text: str) -> DemandPrompts:
        """The prompts of a requirement; the general ones, with its text in them, where it has none."""
        return _asking(self.demands.get(identity, self.any_demand), "{demand}", text)

    def recommendation(self, text: str) -> DemandPrompts:
        """The prompts of a recommendation, with its text in them."""
        return _asking(self.any_recommendation, "{recommendation}", text)


def prompts(name: str = "") -> Prompts:
    """The prompts called `name` (a shipped name, or a path to a TOML file); "" for the general ones alone.

    Raises `UnknownNameError` with the nearest name, or `TomlError` saying what is wrong and where.
    """
    path = resources.named_file("actions", name or _GENERAL)
    top = Reader(load(path), path.name)
    top.only(("id", "version", "codebook", "description", "code", "requirement", *_ANY))
    whole = resources.folder("actions") / f"{_GENERAL}.toml"
    base = Reader(load(whole), whole.name)
    any_code, any_demand, any_recommendation, any_interface = (
        _table(top if key in top.table else base, key) for key in _ANY
    )
    demand = _demand(any_demand)
    codebook = top.text("codebook", "")
    return Prompts(
        id=top.text("id"),
        version=top.text("version", "1"),
        codebook=str(path.parent / codebook) if codebook.endswith((".toml", ".xlsx", ".qdc")) else codebook,
        codes=_by_id(top, "code", _code),
        demands=_by_id(top, "requirement", functools.partial(_demand, base=demand)),
        any_code=_code(any_code),
        any_demand=demand,
        any_recommendation=_demand(any_recommendation),
        any_interface=_gap(any_interface),
    )


def check_codes(book: Prompts, known: Iterable[str]) -> None:
    """Raise `TomlError` where prompts are for a code that the codebook has not, with the nearest it has."""
    names = list(known)
    gone = [code for code in book.codes if code not in names]
    if gone:
        near = nearest(gone[0], names)
        guess = f" Did you mean {near!r}?" if near else ""
        raise TomlError(
            f"the actions {book.id!r} have prompts for {gone[0]!r}, which is no code of codebook "
            f"{book.codebook!r}.{guess} It has {', '.join(names)}."
        )


@functools.cache
def factor_names() -> Mapping[str, str]:
    """Id -> name of the contributing factors: the codes of the codebook `seips`."""
    path = resources.named_file("codebooks", _FACTORS)
    return {row.text("id"): row.text("name") for row in Reader(load(path), path.name).tables("code")}


def _by_id(top: Reader, key: str, read: Callable[[Reader], _T]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for row in top.tables(key):
        identity = row.text("id")
        if identity in found:
            raise TomlError(f"{row.where}: the id {identity!r} stands twice; keep one.")
        found[identity] = read(Reader(row.table, f"{row.where} ({identity})"))
    return found


def _code(row: Reader) -> CodePrompts:
    row.only(("id", "factors", "keep", *GAPS))
    factors = row.texts("factors")
    for factor in factors:
        if factor not in factor_names():
            near = nearest(factor, factor_names())
            guess = f" Did you mean {near!r}?" if near else ""
            known = ", ".join(factor_names())
            raise TomlError(f"{row.where}: the factor {factor!r} is not one of {known}.{guess}")
    return CodePrompts({gap: _gap(_table(row, gap)) for gap in GAPS}, row.text("keep"), factors)


def _gap(row: Reader) -> GapPrompts:
    row.only(("measure", *HORIZONS))
    short, longer = (_prompt(_table(row, horizon)) for horizon in HORIZONS)
    return GapPrompts(row.text("measure"), short, longer)


def _prompt(row: Reader) -> Prompt:
    row.only(("strength", "action"))
    return Prompt(row.text("action"), row.choice("strength", STRENGTHS))


def _demand(row: Reader, base: DemandPrompts | None = None) -> DemandPrompts:
    row.only(("id", "horizon", "strength", "action", "find", "measure"))
    return DemandPrompts(
        horizon="longer" if row.choice("horizon", HORIZONS) == "longer" else "short",
        strength=row.choice("strength", STRENGTHS),
        action=row.text("action"),
        find=row.text("find", base.find if base else None),
        measure=row.text("measure"),
    )


def _table(row: Reader, key: str) -> Reader:
    if key not in row.table:
        raise TomlError(f"{row.where}: {key!r} is missing.")
    return Reader(row.table[key], f"{row.where}, {key}")


def _asking(found: DemandPrompts, sign: str, text: str) -> DemandPrompts:
    """Prompts with what is asked for put in the place of its sign."""
    words = text.rstrip(".")
    return replace(found, action=found.action.replace(sign, words), find=found.find.replace(sign, words))


def _filled(found: CodePrompts, theme: str) -> CodePrompts:
    words = {"{theme}": theme}
    gaps = {gap: _put(of, words) for gap, of in found.gaps.items()}
    return CodePrompts(gaps, _with(found.keep, words), found.factors)


def _put(found: GapPrompts, words: Mapping[str, str]) -> GapPrompts:
    """Prompts with words put in the place of their signs."""
    short, longer = (replace(p, action=_with(p.action, words)) for p in (found.short, found.longer))
    return GapPrompts(_with(found.measure, words), short, longer)


def _with(text: str, words: Mapping[str, str]) -> str:
    return re.sub("|".join(map(re.escape, words)), lambda sign: words[sign[0]], text)
