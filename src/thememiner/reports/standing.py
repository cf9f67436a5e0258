"""How a report stands on its ladder, in words, and whether it has changed since a step was taken.

What changed is told by a digest of the content: everything a report holds but its steps. What is empty, or
as a new field is in an older report, has no part in it, so that a newer version finds nothing changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from thememiner.records import RUNGS, Report, Rung, Step
from thememiner.reports import wording
from thememiner.reports.contents import Table
from thememiner.reports.ordering import canonical

CAPTION = "Steps of this report"
_COLUMNS = ("Step", "Date", "By", "Authority", "Remarks", "Since then")
_SEEN: Rung = "seen by the lived-experience group"
CHANGED = "changed since then"


def digest(report: Report) -> str:
    """SHA-256 of a report's content, in hexadecimal: all but its steps and the status they give it."""
    bare = dataclasses.replace(canonical(report), ladder=(), status="")
    said = json.dumps(_told(bare), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _told(value: Any) -> Any:
    """A record as a mapping of what is not as it is by default."""
    if dataclasses.is_dataclass(value):
        return {
            f.name: _told(given)
            for f in dataclasses.fields(value)
            if (given := getattr(value, f.name)) != _default(f)
        }
    if isinstance(value, Mapping):
        return {str(key): _told(each) for key, each in value.items()}
    return [_told(each) for each in value] if isinstance(value, (list, tuple)) else value


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def live(ladder: Iterable[Step]) -> tuple[Step, ...]:
    """The steps since the report was last taken back to a draft."""
    steps = list(ladder)
    last = max((at for at, step in enumerate(steps) if step.status == "draft"), default=-1)
    return tuple(steps[last + 1 :])


def reached(ladder: Iterable[Step]) -> Step | None:
    """The step that a report stands on: the last on the highest rung reached; None of a draft."""
    done = [step for step in live(ladder) if not step.not_yet]
    return max(reversed(done), key=lambda step: RUNGS.index(step.status), default=None)


def status(report: Report) -> str:
    """How a report stands, in sentences: which rung, since when, by whom, and whether it changed since."""
    if not report.ladder:
        if report.status == "draft":
            return "Draft until accepted by a named reviewer."
        return f"{wording.capital(report.status)}."
    return " ".join(_sentences(report, digest(report)))


def approved(report: Report) -> bool:
    """Whether a named director has approved a report, and it has not changed since."""
    at = reached(report.ladder)
    return at is not None and at.status in ("approved", "released") and at.digest == digest(report)


def marking(report: Report) -> str:
    """For whom a report is, at the head of every page; no draft where it stands as it was approved."""
    if report.release.profile == "working" and approved(report):
        return wording.APPROVED_MARKING
    return wording.marking(report.release.profile)


def _sentences(report: Report, now: str) -> Iterator[str]:
    at = reached(report.ladder)
    if at is None:
        yield "Draft until accepted by a named reviewer."
        if report.ladder[-1].status == "draft":
            back = report.ladder[-1]
            yield f"Taken back on {wording.day(back.date)} by {back.by}: {_ended(back.note)}"
    else:
        approved = [step for step in live(report.ladder) if step.status == "approved"][-1:]
        for step in dict.fromkeys((at, *approved)):
            yield f"{said(step)}{'' if step.digest == now else f'; {CHANGED}'}."
            if step.unreviewed:
                many = wording.number(step.unreviewed)
                yield f"{many} of its findings had not been reviewed then: {_ended(step.unreviewed_reason)}"
    seen = [step for step in live(report.ladder) if step.status == _SEEN]
    if seen and seen[-1].not_yet:
        yield f"Not yet seen by the lived-experience group: {_ended(seen[-1].not_yet)}"
    out = next((step for step in reversed(report.ladder) if step.status == "released"), None)
    if out is not None and out is not at:
        since = "Changed since the release of" if out.digest != now else "Not changed since the release of"
        yield f"{since} {wording.day(out.date)}."


def said(step: Step) -> str:
    """A step in words: "Approved on 20 November 2026 by J. Example, Medical director (Committee, item 7)"."""
    who = ", ".join(filter(None, (step.by, step.role)))
    by = f" ({step.authority})" if step.authority else ""
    if step.not_yet:
        return f"Not yet {step.status} (said on {wording.day(step.date)} by {who})"
    if step.status == "draft":
        return f"Taken back to a draft on {wording.day(step.date)} by {who}{by}"
    return f"{wording.capital(step.status)} on {wording.day(step.date)} by {who}{by}"


def steps(report: Report) -> Table:
    """Every step that was recorded, in order; none is ever taken off."""
    now = digest(report) if report.ladder else ""
    return Table(
        CAPTION,
        _COLUMNS,
        tuple(
            (
                _name(step),
                wording.day(step.date),
                ", ".join(filter(None, (step.by, step.role))),
                step.authority,
                _remarks(step),
                "as it was" if step.digest == now else "changed",
            )
            for step in report.ladder
        ),
        note="“Changed” says that the report is no longer what it was when the step was taken.",
    )


def _name(step: Step) -> str:
    if step.not_yet:
        return f"Not yet {step.status}"
    return "Taken back to a draft" if step.status == "draft" else wording.capital(step.status)


def _remarks(step: Step) -> str:
    told = (
        f"Why not yet: {_ended(step.not_yet)}" if step.not_yet else "",
        (
            f"{wording.capital(wording.counted(step.unreviewed, 'finding'))} not reviewed: "
            f"{_ended(step.unreviewed_reason)}"
        )
        if step.unreviewed
        else "",
        step.note,
    )
    return " ".join(filter(None, told))


def kept(ladder: tuple[Step, ...], report: Report) -> Report:
    """A report with the steps of an earlier one of the same review before its own; none of them is lost."""
    whole = (*ladder, *(step for step in report.ladder if step not in ladder))
    at = reached(whole)
    return dataclasses.replace(report, ladder=whole, status=at.status if at else "draft") if whole else report


def follow(given: Report, made: Report) -> Report:
    """A report made of another by taking things out of it (a release profile), standing where that stands.

    A step that the first has not changed since, the second has not either.
    """
    if not given.ladder:
        return made
    was, now = digest(given), digest(made)
    return dataclasses.replace(
        made,
        ladder=tuple(
            dataclasses.replace(step, digest=now if step.digest == was else "") for step in given.ladder
        ),
        status=given.status,
    )


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
