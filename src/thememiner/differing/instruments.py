"""With what two reports were made, and whether they can be held against one another at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thememiner.errors import InputError
from thememiner.records import Report
from thememiner.reports import json

# Settings whose values are short words; of other texts it is only said that they changed.
_SHOWN = frozenset(("precision", "encoder", "dates"))
_TOLD_APART = frozenset(("codebook", "template"))


def check(old: Report, new: Report) -> None:
    """Raise `InputError` for reports of different templates or codebooks, of which nothing can be matched."""
    for what, before, now in (
        ("template", {s.id for s in old.sections}, {s.id for s in new.sections}),
        ("codebook", _coded(old), _coded(new)),
    ):
        if before and now and not before & now:
            same = "section" if what == "template" else "theme"
            raise InputError(
                f"the two reports are of different {what}s ({_named(old, what)} and {_named(new, what)}): no "
                f"{same} is in both, so no finding of one is in the other. Give two reports of one review."
            )


def cautions(old: Report, new: Report) -> Iterator[str]:
    """What else a reader must know before comparing."""
    if json.render(old) == json.render(new):
        yield "The two files are the same report."
        return
    before, now = ({d.id for d in report.documents} for report in (old, new))
    if before and now and not before & now:
        yield "The two reports have no document in common: they may be of different reviews."
    if day(old) and day(new) and day(old) > day(new):
        yield (
            f"The report given as the later one is of {day(new)}, the earlier one of {day(old)}: they may "
            "be the wrong way round."
        )
    if old.provenance.get("scope") != new.provenance.get("scope"):
        yield "The scope (dates, services or terms) is not the same: some of what is new or gone may be that."


def different(old: Report, new: Report) -> tuple[str, ...]:
    """Sentences on each instrument that is not the same."""
    return tuple(_different(old.provenance, new.provenance))


def _different(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for what in ("codebook", "template"):
        before, now = _part(old, what), _part(new, what)
        if (before.get("id"), before.get("version")) != (now.get("id"), now.get("version")):
            yield f"Its {what} is another: {_name(before)} then, {_name(now)} now."
        elif before.get("sha256") != now.get("sha256"):
            yield f"Its {what} {_name(now)} is worded otherwise than it was."
    if _part(old, "encoder") != _part(new, "encoder"):
        yield "The encoder, by which meanings are compared, is another or runs at another precision."
    if _part(old, "coder") != _part(new, "coder"):
        yield "The coder was taught otherwise."
    if old.get("thememiner") != new.get("thememiner"):
        versions = [str(made.get("thememiner", "")) or "an unknown version" for made in (old, new)]
        yield f"Another version of the program made it: {versions[0]} then, {versions[1]} now."
    elif old.get("reader") != new.get("reader"):
        yield "Another build of the program read the files."
    before, now = _flat(_part(old, "settings")), _flat(_part(new, "settings"))
    for key in sorted((before.keys() | now.keys()) - _TOLD_APART):
        if before.get(key) != now.get(key):
            yield _setting(key, before.get(key), now.get(key))


def day(report: Report) -> str:
    """The day that a report speaks of (ISO): the review's own, else the end of its scope; "" of neither."""
    return str(report.provenance.get("date") or _part(report.provenance, "scope").get("end") or "")


def _setting(key: str, before: object, now: object) -> str:
    shown = key in _SHOWN or all(isinstance(value, bool | int | float) for value in (before, now))
    return f"The setting {key} changed: {before} then, {now} now." if shown else f"The setting {key} changed."


def _flat(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with those of a table by "table.key"."""
    found: dict[str, Any] = {}
    for key, value in settings.items():
        found |= {f"{key}.{k}": v for k, v in value.items()} if isinstance(value, dict) else {key: value}
    return found


def _coded(report: Report) -> set[str]:
    return {theme.id for theme in report.themes if theme.origin == "codebook"}


def _named(report: Report, what: str) -> str:
    return _name(_part(report.provenance, what))


def _name(given: Mapping[str, Any]) -> str:
    return f"{given.get('id', '')} {given.get('version', '')}".strip() or "not recorded"


def _part(made: Mapping[str, Any], what: str) -> Mapping[str, Any]:
    given = made.get(what)
    return given if isinstance(given, dict) else {}
