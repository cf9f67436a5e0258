"""Why a finding moved: what the two reports hold of it that is not the same, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from thememiner.records import Evidence, Finding, Report
from thememiner.reports import wording

_NAMED = 3  # places that are named; the rest are counted
_LEANING = ("positive", "negative", "mixed")


@dataclass(frozen=True, slots=True)
class Held:
    """A report by id, for looking things up."""

    report: Report
    documents: frozenset[str]
    sources: dict[str, str]
    evidence: dict[str, Evidence]

    @classmethod
    def of(cls, report: Report) -> Held:
        """A report by id."""
        return cls(
            report,
            frozenset(entry.id for entry in report.documents),
            {entry.id: entry.source for entry in report.documents},
            {excerpt.id: excerpt for excerpt in report.evidence},
        )

    def quotes(self, finding: Finding) -> dict[tuple[str, str], Evidence]:
        """The excerpts of a finding, by document and digest."""
        found = (self.evidence[i] for i in finding.evidence_ids if i in self.evidence)
        return {(excerpt.document_id, excerpt.sha256): excerpt for excerpt in found}

    def where(self, excerpts: Sequence[Evidence]) -> str:
        """Where excerpts stand, the first few by name: "return-x.docx, table 2, row 4; and 3 more"."""
        named = [
            ", ".join(filter(None, (self.sources.get(e.document_id, "a document not listed"), e.location)))
            for e in excerpts[:_NAMED]
        ]
        more = len(excerpts) - _NAMED
        return "; ".join(named) + (f"; and {more:,} more" if more > 0 else "")


def moved(
    was: Finding, now: Finding, old: Held, new: Held, themes: tuple[str, str], instruments: Sequence[str]
) -> tuple[str, ...]:
    """Sentences on why a finding of both reports moved; `themes` are its theme's ids in each."""
    decided = tuple(_people(was, now))
    if _draft(was) == _draft(now) and decided:
        return decided  # the program says what it said
    found = [
        *decided,
        *_evidence(was, now, old, new),
        *_counts(old, new, themes),
        *_verdicts(old, new, themes),
    ]
    if instruments:
        found.append("The two reports were made with different instruments, which may have moved it.")
    return tuple(found) or ("Nothing that the two reports hold says why.",)


def came(finding: Finding, old: Held, new: Held, theme: str) -> tuple[str, ...]:
    """Sentences on why a finding is new; `theme` is its theme's id in the earlier report, or ""."""
    fresh = [e for e in new.quotes(finding).values() if e.document_id not in old.documents]
    found = []
    if fresh:
        found.append(f"Quotes from documents that came since: {len(fresh):,} ({new.where(fresh)}).")
    if not theme:
        found.append("Its theme was not in the earlier report.")
    elif not fresh:
        found.append(
            "Its theme was in the earlier report, without this finding; no quote of it is from a document "
            "that came since."
        )
    return tuple(found)


def went(finding: Finding, old: Held, new: Held, theme: str) -> tuple[str, ...]:
    """Sentences on why a finding was withdrawn; `theme` is its theme's id in the later report, or ""."""
    aside = next((f for f in new.report.set_aside if f.id == finding.id), None)
    if aside:
        reason = f" Reason given: {aside.review_reason}" if aside.review_reason else ""
        return (f"Set aside by {aside.reviewer or 'a person'}.{reason}",)
    lost = [e for e in old.quotes(finding).values() if e.document_id not in new.documents]
    found = []
    if lost:
        found.append(f"Quotes of it from documents that have gone since: {len(lost):,} ({old.where(lost)}).")
    if not theme:
        found.append("Its theme is not in the later report.")
    return tuple(found) or (
        "Its theme is in the later report, without this finding. The program says no more.",
    )


def _draft(finding: Finding) -> tuple[str, ...]:
    """What the program has of a finding, under what people put in its place."""
    drafted = dict(finding.drafted)
    values = {
        "statement": finding.statement,
        "section": finding.section_id,
        "position": finding.position or "",
        "basis": "\n".join(finding.basis or ()),
    }
    return (*(drafted.get(what, value) for what, value in values.items()), finding.exception, finding.needs)


def _people(was: Finding, now: Finding) -> Iterator[str]:
    if was.mark != now.mark:
        yield f"{was.mark} then; {now.mark[:1].lower() + now.mark[1:]} now."
    drafts = [dict(finding.drafted) for finding in (was, now)]
    for what in ("position", "basis", "statement", "section"):
        before, after = (what in draft for draft in drafts)
        if after and drafts[0].get(what) != drafts[1][what]:
            draft = "; ".join(filter(None, drafts[1][what].split("\n"))) or "none"
            who = now.reviewer or "A person"
            yield f"{who} changed the {what}; the program’s draft is: {draft.rstrip('.')}."
        elif before and not after:
            yield f"The {what} that {was.reviewer or 'a person'} had put in place is not in the later report."


def _evidence(was: Finding, now: Finding, old: Held, new: Held) -> Iterator[str]:
    before, after = old.quotes(was), new.quotes(now)
    added = [e for key, e in after.items() if key not in before]
    gone = [e for key, e in before.items() if key not in after]

    def said(
        what: str, held: Held, excerpts: list[Evidence], test: Callable[[Evidence], bool]
    ) -> Iterator[str]:
        if picked := [e for e in excerpts if test(e)]:
            yield f"{what}: {len(picked):,} ({held.where(picked)})."

    yield from said(
        "Quotes from documents that came since", new, added, lambda e: e.document_id not in old.documents
    )
    yield from said(
        "Other quotes from documents that both have", new, added, lambda e: e.document_id in old.documents
    )
    yield from said(
        "Quotes no longer shown, of documents not in the later report",
        old,
        gone,
        lambda e: e.document_id not in new.documents,
    )
    yield from said(
        "Quotes no longer shown, of documents that both have",
        old,
        gone,
        lambda e: e.document_id in new.documents,
    )
    toned = [e for key, e in after.items() if key in before and _tone(e) != _tone(before[key])]
    if toned:
        first = toned[0]
        was_tone = _tone(before[first.document_id, first.sha256])
        yield (
            f"Quotes whose tone is judged otherwise: {len(toned):,} (the first: {was_tone} then, "
            f"{_tone(first)} now; {new.where(toned)})."
        )


def _tone(excerpt: Evidence) -> str:
    return "what should happen" if excerpt.modality == "commitment" else excerpt.polarity


def _counts(old: Held, new: Held, themes: tuple[str, str]) -> Iterator[str]:
    """How many documents tell well, badly or both of the theme, where that is not the same."""
    before, after = (
        {
            (kind, tone): documents
            for t in held.report.themes
            if t.id == theme
            for kind, tone, _, documents in t.counts
        }
        for held, theme in zip((old, new), themes, strict=True)
    )
    shifts = [
        f"{heads.lower()}, {tone}, from {before.get((kind, tone), 0):,} to {after.get((kind, tone), 0):,}"
        for kind, heads in wording.KIND_HEADS.items()
        for tone in _LEANING
        if before.get((kind, tone), 0) != after.get((kind, tone), 0)
    ]
    if shifts:
        yield f"Documents that tell of the theme: {'; '.join(shifts)}."


def _verdicts(old: Held, new: Held, themes: tuple[str, str]) -> Iterator[str]:
    before, after = (
        next((t for t in held.report.triangulation if t.theme_id == theme), None)
        for held, theme in zip((old, new), themes, strict=True)
    )
    if before and after and before.verdict != after.verdict:
        yield f"What the voices say together: “{before.verdict}” then, “{after.verdict}” now ({after.why})."
