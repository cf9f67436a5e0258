"""A report × a step → the report with that step on its ladder, or a line on why it cannot be taken.

A step is added and never changed. A rung stands on those before it: each has been reached, or somebody has
said why not yet. Only the two rungs before approval may be left open so, and a release needs an approval of
the report as it is.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace

from thememiner.errors import InputError, UnknownNameError
from thememiner.records import RUNGS, Report, Rung, Step
from thememiner.reports import standing
from thememiner.reports.wording import counted

# What is typed -> the rung that it means.
NAMES: dict[str, Rung] = {
    "draft": "draft",
    "reviewed": "analyst reviewed",
    "seen": "seen by the lived-experience group",
    "approved": "approved",
    "released": "released",
}
_OPEN: tuple[Rung, ...] = ("analyst reviewed", "seen by the lived-experience group")
_LONGEST = 1000  # characters of anything that is typed
_UNSEEN = ("Cc", "Cs", "Co", "Cn")  # categories: controls, halves of characters, those of no meaning
# What turns the direction of what stands beside it, and so can make a name read as another.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def take(
    report: Report,
    to: str,
    *,
    by: str,
    date: str,
    role: str = "",
    authority: str = "",
    note: str = "",
    not_yet: str = "",
    unreviewed_reason: str = "",
) -> Report:
    """The report with one step more: to "reviewed", "seen", "approved", "released", or back to "draft".

    `not_yet` says why a rung is not reached, so that the next may be. Raises `InputError` for a step that
    lacks what it needs, that leaves one out in silence or comes before the last, and for a word that is no
    step; an approval of findings that nobody has reviewed needs `unreviewed_reason`.
    """
    if to not in NAMES:
        raise UnknownNameError("the status", to, NAMES)
    rung = NAMES[to]
    step = Step(
        status=rung,
        by=_typed("--by", by),
        date=_day(date),
        digest=standing.digest(report),
        role=_typed("--role", role),
        authority=_typed("--authority", authority),
        note=_typed("--note", note),
        not_yet=_typed("--not-yet", not_yet),
    )
    _check_whole(step, to)
    _check_order(report, step, to)
    reason = _typed("--unreviewed", unreviewed_reason)
    if rung == "approved" and (open_ := unreviewed(report)):
        if not reason:
            raise InputError(
                f"{counted(open_, 'finding')} of {len(report.findings):,} not reviewed as "
                f"{'it is' if open_ == 1 else 'they are'}: review with 'thememiner findings', or say with "
                "--unreviewed why it is approved all the same."
            )
        step = replace(step, unreviewed=open_, unreviewed_reason=reason)
    elif reason:
        raise InputError(
            "--unreviewed is for an approval of findings that nobody has reviewed: leave it out here."
        )
    return standing.kept((*report.ladder, step), report)


def unreviewed(report: Report) -> int:
    """How many findings nobody has reviewed as they are: not at all, or before they changed."""
    return sum(f.review == "not yet reviewed" or bool(f.changed) for f in report.findings)


def _check_whole(step: Step, to: str) -> None:
    """Raise `InputError` for a step without what it needs."""
    if not step.by:
        raise InputError(f'a step to "{to}" needs --by, the name of who takes it.')
    if step.not_yet and step.status not in _OPEN:
        raise InputError(f'--not-yet is for "reviewed" and "seen" alone: leave it out of "{to}".')
    if step.status == "approved" and not (step.role and step.authority):
        raise InputError(
            "an approval needs --role and --authority: who the director is, and what lets them approve "
            '(such as "Quality committee, item 7").'
        )
    if step.status == "draft" and not step.note:
        raise InputError("to take a report back to a draft, say why with --note.")


def _check_order(report: Report, step: Step, to: str) -> None:
    """Raise `InputError` where a step comes before its time, again, or over one that was left out."""
    steps = standing.live(report.ladder)
    if report.ladder and step.date < report.ladder[-1].date:
        raise InputError(
            f"{step.date} is before the last step ({report.ladder[-1].date}), and steps stand in order: give "
            "a later --date."
        )
    if step.status == "draft":
        if not steps:
            raise InputError("the report is a draft already, so there is nothing to take back.")
        return
    if any(
        (each.status, each.by, bool(each.not_yet), each.digest)
        == (step.status, step.by, bool(step.not_yet), step.digest)
        for each in steps
    ):
        raise InputError(f'"{to}" by {step.by} is recorded already, and the report has not changed since.')
    if step.not_yet:
        return
    for rung in RUNGS[1 : RUNGS.index(step.status)]:
        mine = [each for each in steps if each.status == rung]
        if not mine:
            name = next(name for name, each in NAMES.items() if each == rung)
            how = f"record it first (--to {name})"
            how += " or say why not yet (--not-yet)" if rung in _OPEN else ""
            raise InputError(f'it cannot be "{to}" yet: nobody has recorded "{rung}"; {how}.')
    if step.status == "released" and not any(
        each.status == "approved" and each.digest == step.digest for each in steps
    ):
        raise InputError(
            "the report has changed since it was approved: have it approved as it is (--to approved) first."
        )


def _typed(option: str, text: str) -> str:
    """What was typed, on one line, without what cannot be seen; raises `InputError` where it is too long."""
    seen = "".join(
        " " if c.isspace() or unicodedata.category(c) in _UNSEEN else c for c in text if c not in _TURNING
    )
    line = " ".join(seen.split())
    if len(line) > _LONGEST:
        raise InputError(f"{option} is {len(line):,} characters long: say it in {_LONGEST:,} at most.")
    return line


def _day(date: str) -> str:
    try:
        return dt.datetime.strptime(date.strip(), "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day alone
    except ValueError:
        raise InputError(f"--date {date!r} cannot be read as a day: give it as 2026-11-20.") from None
