"""What a run coded, and with what: reports → runs, and runs of one coding as one.

Points of two runs are joined only where their coding is the same throughout: the codebook and its wording,
the encoder, the coder, the threshold, the version of thememiner. The encoder's precision is no part of it:
between bfloat16 and float32 hardly a passage changes its theme (AMI .99).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

from thememiner.errors import InputError
from thememiner.records import Change, DocumentEntry, Membership, Report


@dataclass(frozen=True, slots=True)
class Coded:
    """What one run coded, and by what: `coding` are (part, version or digest), "" for one that is not told.

    Points of two runs are joined only where their `coding` is the same throughout.
    """

    coding: tuple[tuple[str, str], ...]
    documents: tuple[DocumentEntry, ...]
    memberships: tuple[Membership, ...]
    themes: tuple[tuple[str, str], ...] = ()  # (theme id, name)

    @property
    def codebook(self) -> tuple[tuple[str, str], ...]:
        """The parts of the coding that say which codebook it was; () where it is not told."""
        parts = tuple(part for part in self.coding if part[0].startswith("codebook"))
        return parts if all(version for _, version in parts) else ()


def of_report(report: Report) -> Coded:
    """What a finished report says of its run."""
    made = report.provenance

    def told(part: str, *keys: str) -> str:
        table = made.get(part)
        return " ".join(str(table.get(key, "")) for key in keys).strip() if isinstance(table, dict) else ""

    return Coded(
        coding=(
            ("codebook", told("codebook", "id", "version")),
            ("codebook's text", told("codebook", "sha256") or "not told"),
            ("encoder", told("encoder", "sha256")),
            ("coder", told("coder", "sha256") or "of the codebook"),
            ("threshold", told("settings", "assigned")),
            ("thememiner", str(made.get("thememiner", ""))),
        ),
        documents=report.documents,
        memberships=report.memberships,
        themes=tuple((theme.id, theme.name) for theme in report.themes),
    )


def changes_of(report: Report) -> tuple[Change, ...]:
    """The changes in reporting that a finished report was told of; `InputError` where they cannot be read."""
    try:
        return tuple(Change(**row) for row in report.provenance.get("changes", ()))
    except TypeError:
        raise InputError("the report's changes in reporting (provenance) cannot be read.") from None


def looking(runs: Sequence[Coded]) -> dict[str, tuple[int, ...]]:
    """For each theme the runs, by their place, that looked for it: there its absence is a zero, else nothing.

    A run looked for what it found, and for the codes that another run found with the same codebook. A group
    beside the codebook is looked for only where it was found.
    """
    known = [{theme for theme, _ in run.themes} | {m.theme_id for m in run.memberships} for run in runs]
    by_book: dict[tuple[tuple[str, str], ...], set[str]] = defaultdict(set)
    for run, themes in zip(runs, known, strict=True):
        by_book[run.codebook] |= {theme for theme in themes if theme.startswith("code:")}
    found: dict[str, list[int]] = defaultdict(list)
    for i, (run, themes) in enumerate(zip(runs, known, strict=True)):
        for theme in themes | (by_book[run.codebook] if run.codebook else set()):
            found[theme].append(i)
    return {theme: tuple(places) for theme, places in found.items()}


def pooled(runs: Sequence[Coded], places: Sequence[int]) -> list[tuple[tuple[int, ...], Coded]]:
    """(places, run) of the runs at these places, those of one coding as one, each document once.

    A run that does not tell its coding stays alone.
    """
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i in places:
        coding = runs[i].coding
        told = coding and all(version for _, version in coding)
        alike[(coding,) if told else (coding, i)].append(i)
    return [
        (tuple(group), _pool([runs[i] for i in group]) if len(group) > 1 else runs[group[0]])
        for group in alike.values()
    ]


def differences(a: Coded, b: Coded) -> str:
    """In what two codings differ, in words; digests are not spelled out."""
    before, after = dict(a.coding), dict(b.coding)
    parts = []
    for part in dict.fromkeys((*before, *after)):
        was, now = before.get(part, ""), after.get(part, "")
        if was != now:
            short = was and now and max(len(was), len(now)) < 60
            parts.append(f"another {part} ({was}, then {now})" if short else f"another {part}")
    return ", ".join(parts) or "a run does not tell how it was coded"


def _pool(runs: Sequence[Coded]) -> Coded:
    """Runs of one coding as one: what they share counts once, what one of them sets aside is set aside."""
    entries = sorted((d for run in runs for d in run.documents), key=lambda d: tuple(map(str, astuple(d))))
    documents: dict[str, DocumentEntry] = {}
    for entry in entries:
        kept = documents.setdefault(entry.id, entry)
        if not entry.passages:
            documents[entry.id] = replace(kept, passages=0)
    members = {(m.passage_id, m.theme_id): m for run in runs for m in run.memberships}
    return Coded(
        coding=runs[0].coding,
        documents=tuple(documents[key] for key in sorted(documents)),
        memberships=tuple(members[key] for key in sorted(members)),
        themes=tuple(sorted({theme: name for run in runs for theme, name in run.themes}.items())),
    )
