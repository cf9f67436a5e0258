"""Who lets which quotes and which held themes into a public version: `release.toml`, read and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from thememiner.errors import InputError, TomlError
from thememiner.tomls import Reader, load

_KEYS = ("by", "role", "date", "ids", "all")


@dataclass(frozen=True, slots=True)
class Approval:
    """What a named person lets through: ids, or with `every` all that may be."""

    by: str
    role: str
    date: str
    ids: tuple[str, ...] = ()
    every: bool = False

    def covers(self, identity: str) -> bool:
        """Whether it lets this through."""
        return self.every or identity in self.ids


@dataclass(frozen=True, slots=True)
class Approvals:
    """The approvals of quotes, and those of themes and findings that few sources carry."""

    quotes: tuple[Approval, ...] = ()
    held: tuple[Approval, ...] = ()


def load_approvals(path: str | Path) -> Approvals:
    """The approvals in a TOML file. Errors are `TomlError`s: a name, a role and a day are always needed."""
    path = Path(path)
    top = Reader(load(path), path.name)
    top.only(("quotes", "held"))
    return Approvals(
        quotes=tuple(map(_approval, top.tables("quotes"))), held=tuple(map(_approval, top.tables("held")))
    )


def check_known(approvals: Approvals, excerpts: Collection[str], held: Collection[str]) -> None:
    """Raise `InputError` for an id that the report does not have: a slip would else approve nothing."""
    for what, given, known in (
        ("excerpt", approvals.quotes, excerpts),
        ("theme or finding", approvals.held, held),
    ):
        for approval in given:
            for identity in approval.ids:
                if identity not in known:
                    raise InputError(
                        f"the approval of {approval.by} names {identity!r}, which is no {what} of this "
                        "report: take the ids from report.json."
                    )


def _approval(row: Reader) -> Approval:
    row.only(_KEYS)
    by, role = (" ".join(row.text(key, "").split()) for key in ("by", "role"))
    if not by or not role:
        raise TomlError(f"{row.where}: {'role' if by else 'by'!r} is missing: a named person approves.")
    ids, every = row.texts("ids"), row.flag("all", default=False)
    if bool(ids) == every:
        raise TomlError(f"{row.where}: give either 'ids', a list, or all = true.")
    return Approval(by, role, _day(row), ids, every)


def _day(row: Reader) -> str:
    value = row.table.get("date", "")
    try:
        return (
            value.isoformat()[:10] if isinstance(value, dt.date) else dt.date.fromisoformat(value).isoformat()
        )
    except (TypeError, ValueError):
        raise TomlError(f"{row.where}: 'date' must be a day such as 2026-11-01, found {value!r}.") from None
