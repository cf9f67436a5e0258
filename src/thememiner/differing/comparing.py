"""Two reports of one review → what changed between them.

Findings are matched by section and theme; a group found beside the codebook, whose id is made of its
passages, with the earlier group that shares most of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from thememiner.differing import instruments
from thememiner.differing.changes import Changes, FindingChange, SourceChange
from thememiner.differing.reasons import Held, came, moved, went
from thememiner.differing.standing import standing
from thememiner.records import Finding, LedgerEntry, Plan, Report
from thememiner.reports import between, wording
from thememiner.reports import standing as standing_of
from thememiner.reports.collating import judged

_SAME = 0.5  # the least share of passages in common of two groups that are one: there can be but one such
# What a finding is made of -> how it is called.
_PARTS = {
    "position": "position",
    "basis": "basis",
    "exception": "what it does not hold for",
    "needs": "what is needed",
    "section_id": "section",
    "statement": "statement",
    "review": "review",
}


def compare(old: Report, new: Report, plan: Plan | None = None) -> Changes:
    """What changed from one report to the next, and how the actions of a plan stand on the later's day.

    Raises `InputError` for reports of different templates or codebooks.
    """
    instruments.check(old, new)
    made_otherwise = instruments.different(old, new)
    cautions = [*instruments.cautions(old, new)]
    day = instruments.day(new)
    if plan and plan.documents and not set(plan.documents) & {d.id for r in (old, new) for d in r.documents}:
        cautions.append("The plan rests on no document of the two reports: it may be of another review.")
    found, unchanged = _findings(old, new, made_otherwise)
    alike = _groups(old, new)
    names_old, names_new = wording.theme_names(old.themes), wording.theme_names(new.themes)
    was, now = {alike.get(t.id, t.id) for t in old.themes}, {t.id for t in new.themes}
    return Changes(
        earlier=old.title,
        later=new.title,
        marking=_marking(old, new, plan),
        earlier_day=instruments.day(old),
        day=day,
        earlier_stands=standing_of.status(old),
        stands=standing_of.status(new),
        cautions=tuple(cautions),
        instruments=made_otherwise,
        findings=found,
        unchanged=unchanged,
        themes_new=tuple(names_new[t.id] for t in new.themes if t.id not in was),
        themes_gone=tuple(names_old[t.id] for t in old.themes if alike.get(t.id, t.id) not in now),
        sources=_sources(old, new),
        outstanding=_outstanding(old, new),
        actions=standing(plan, day) if plan else None,
    )


def _marking(old: Report, new: Report, plan: Plan | None) -> str:
    """That of the report for fewer eyes: nobody has approved the comparison, and a plan names people."""
    profiles = {old.release.profile, new.release.profile}
    least = "working" if plan else min(profiles, key=[*wording.MARKINGS].index)
    return wording.marking(least)


def _findings(
    old: Report, new: Report, made_otherwise: tuple[str, ...]
) -> tuple[tuple[FindingChange, ...], int]:
    """The findings that changed, sort by sort, and how many did not."""
    alike = _groups(old, new)
    back = {later: earlier for earlier, later in alike.items()}
    before, after = Held.of(old), Held.of(new)
    was = {_key(f, alike): f for f in old.findings}
    now = {_key(f, {}): f for f in new.findings}
    themes_old, themes_new = ({t.id for t in report.themes} for report in (old, new))
    changed: dict[str, list[FindingChange]] = defaultdict(list)
    unchanged = 0
    for key, finding in now.items():
        earlier = was.get(key)
        one = _about(finding, new)
        theme = back.get(finding.theme_id, finding.theme_id)
        if earlier is None:
            again = any(f.id == finding.id for f in old.set_aside)
            why = (
                ("People had set it aside, and no longer do.",)
                if again
                else came(finding, before, after, theme if theme in themes_old else "")
            )
            changed["new"].append(replace(one, sort="new", why=why))
            continue
        parts = tuple(
            name for part, name in _PARTS.items() if getattr(earlier, part) != getattr(finding, part)
        )
        if not parts:
            unchanged += 1
            continue
        sort = "position" if {"position", "basis"} & set(parts) else "changed"
        changed[sort].append(
            replace(
                one,
                sort=sort,  # type: ignore[arg-type]  # one of two
                was=earlier.statement,
                was_position=judged(earlier),
                what=parts,
                why=moved(earlier, finding, before, after, (theme, finding.theme_id), made_otherwise),
            )
        )
    for key, finding in was.items():
        if key not in now:
            theme = alike.get(finding.theme_id, finding.theme_id)
            one = _about(finding, old)
            why = went(finding, before, after, theme if theme in themes_new else "")
            gone = replace(
                one,
                sort="withdrawn",
                was=one.now,
                was_position=one.now_position,
                now="",
                now_position="",
                why=why,
            )
            changed["withdrawn"].append(gone)
    return tuple(
        each for sort in ("position", "new", "withdrawn", "changed") for each in changed[sort]
    ), unchanged


def _about(finding: Finding, report: Report) -> FindingChange:
    """A finding as it stands in its report."""
    titles = {section.id: section.title for section in report.sections}
    return FindingChange(
        id=finding.id,
        sort="changed",
        section=titles.get(finding.section_id, finding.section_id) or wording.BESIDE_TITLE,
        title=between.title(finding, wording.theme_names(report.themes)),
        now=finding.statement,
        now_position=judged(finding),
        review=finding.mark,
    )


def _key(finding: Finding, alike: Mapping[str, str]) -> str:
    """A finding's id, with the later name of its theme."""
    later = alike.get(finding.theme_id)
    return finding.id.replace(finding.theme_id, later) if later else finding.id


def _groups(old: Report, new: Report) -> dict[str, str]:
    """Earlier group beside the codebook -> the later one that is the same, by the passages they share."""
    before, after = _members(old), _members(new)
    found = {}
    for theme, passages in before.items():
        for other, later in after.items():
            shared = len(passages & later)
            if theme == other or shared / max(len(passages | later), 1) > _SAME:
                found[theme] = other
    return found


def _members(report: Report) -> dict[str, set[str]]:
    groups = {theme.id: set[str]() for theme in report.themes if theme.origin == "discovered"}
    for membership in report.memberships:
        if membership.theme_id in groups:
            groups[membership.theme_id].add(membership.passage_id)
    return groups


def _sources(old: Report, new: Report) -> tuple[SourceChange, ...]:
    """The sources that came, came again otherwise, or are gone, with how many documents each."""
    before, after = ({entry.source: entry for entry in report.ledger} for report in (old, new))
    was, now = _documents(old), _documents(new)
    found = []
    for name in [*after, *(name for name in before if name not in after)]:
        entry, earlier = after.get(name), before.get(name)
        then, later = was.get(name, set()), now.get(name, set())
        if entry is None:
            kept: LedgerEntry = before[name]
            found.append(
                SourceChange(name, "not in the later report", kept.kind, went=len(then - _every(now)))
            )
        elif earlier is None:
            found.append(SourceChange(name, "received since", entry.kind, came=len(later - _every(was))))
        elif entry.sha256 != earlier.sha256 or entry.status != earlier.status:
            came, went = len(later - then), len(then - later)
            found.append(SourceChange(name, "came again, changed", entry.kind, came, went))
    return tuple(found)


def _documents(report: Report) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in report.documents:
        found[entry.source].add(entry.id)
    return found


def _every(documents: Mapping[str, Collection[str]]) -> set[str]:
    return {i for ids in documents.values() for i in ids}


def _outstanding(old: Report, new: Report) -> tuple[tuple[str, str, str], ...]:
    """What was owed: came since, still outstanding, or outstanding now."""
    before, after = ([(r.organisation, r.document) for r in report.outstanding] for report in (old, new))
    asked = {(r.organisation, r.document) for r in new.received}
    came = [(*pair, "came") for pair in before if pair not in after and pair in asked]
    still = [(*pair, "still outstanding" if pair in before else "outstanding now") for pair in after]
    return (*came, *still)
