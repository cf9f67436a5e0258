"""The library's front door for scripts: sources in, frames and reports out."""

from __future__ import annotations

import dataclasses
import json
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner import scoping
from thememiner.records import Kind, Report, Source
from thememiner.scoping import Review
from thememiner.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from thememiner.pipeline import Progress, Result

_SETTINGS_HEAD = """\
# What was set in this run: codebook, template, thresholds. It does not say what was read: give the same
# sources again beside --settings with this file, or write them down in a review.toml.
"""
Given = Any  # a path, a DataFrame, a Source, or a list of these


class ThemedReview:
    """One finished run: its parts as pandas frames, and reports written from it.

    `record` is the `Report`; `documents` are the de-identified texts that excerpts are cut from.
    """

    def __init__(self, result: Result, sources: Iterable[Any] = ()) -> None:
        self.record: Report = result.report
        self.documents = result.documents
        self._result = result
        self._sources = tuple(sources)

    def __repr__(self) -> str:
        r = self.record
        return (
            f"ThemedReview({len(r.documents)} documents, {len(r.themes)} themes, {len(r.evidence)} excerpts)"
        )

    @property
    def themes(self) -> pd.DataFrame:
        """One row a theme, largest first; `incident_negative` and the like are counts of passages."""
        rows = []
        for theme in self.record.themes:
            row = dataclasses.asdict(theme)
            for gone in ("counts", "organisations", "voices", "exemplars"):
                row.pop(gone)
            for kind, tone, passages, _ in theme.counts:
                row[f"{kind}_{tone}"] = passages
            rows.append(row)
        frame = _frame(rows)
        counts = [
            c
            for c in frame.columns
            if "_" in c and c.split("_")[0] in ("incident", "policy", "account", "feedback")
        ]
        frame[counts] = frame[counts].fillna(0).astype(int)
        return frame

    @property
    def evidence(self) -> pd.DataFrame:
        """One row an excerpt, with its document, offsets and digest."""
        return _frame(map(dataclasses.asdict, self.record.evidence))

    @property
    def findings(self) -> pd.DataFrame:
        """One row a finding, in the template's order."""
        return _frame(map(dataclasses.asdict, self.record.findings))

    @property
    def passages(self) -> pd.DataFrame:
        """One row a passage and theme: its theme, score, outcome and polarity; themeless ones too."""
        held: dict[str, list[dict[str, Any]]] = {}
        for m in self.record.memberships:
            held.setdefault(m.passage_id, []).append(
                {"theme_id": m.theme_id, "score": m.score, "outcome": m.outcome, "polarity": m.polarity}
            )
        rows = [
            dataclasses.asdict(passage) | theme
            for passage in self._result.passages
            for theme in held.get(
                passage.id, [{"theme_id": "", "score": 0.0, "outcome": "no", "polarity": ""}]
            )
        ]
        return _frame(rows)

    @property
    def ledger(self) -> pd.DataFrame:
        """One row a file: read, partly read or refused, with the reason."""
        return _frame(map(dataclasses.asdict, self.record.ledger))

    def report(self, path: str | Path) -> Path:
        """Write the report to `path`; the suffix (.html, .json, .md, .xlsx) chooses the renderer."""
        from thememiner import reports

        return reports.write(self.record, path)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write report.html, report.json, report.md, settings.toml and documents.jsonl into `folder`.

        An earlier report there is replaced. Raises `InputError` when a page of it was changed after it was
        written, unless `overwrite`, and when the folder lies in a folder that was read.
        """
        from thememiner import outputs, reports
        from thememiner.settings import to_toml

        folder = Path(folder)
        outputs.keep_apart([folder], self._sources)
        if not overwrite:
            outputs.check_earlier(folder)
        self.record = outputs.carried(self.record, folder / "report.json")
        reports.write_pages(self.record, folder)
        reports.write_file(
            folder / "settings.toml", f"{_SETTINGS_HEAD}{to_toml(self._result.settings)}".encode()
        )
        lines = [json.dumps(dataclasses.asdict(d), ensure_ascii=False) + "\n" for d in self.documents]
        reports.write_file(folder / "documents.jsonl", "".join(lines).encode())
        return folder


def planned(
    *,
    incidents: Given = (),
    policies: Given = (),
    accounts: Given = (),
    feedback: Given = (),
    review: str | Path | Review | None = None,
    codebook: str = "",
    template: str = "",
    recommendations: str | Path = "",
) -> Review:
    """The review that `mine` would run on these: what a review.toml says, and what is given besides."""
    plan = review if isinstance(review, Review) else scoping.load_review(review) if review else Review()
    given: Mapping[Kind, Given] = {
        "incident": incidents,
        "policy": policies,
        "account": accounts,
        "feedback": feedback,
    }
    added = tuple(source for kind, things in given.items() for source in _sources(kind, things))
    return dataclasses.replace(
        plan,
        sources=plan.sources + added,
        codebook=codebook or plan.codebook,
        template=template or plan.template,
        recommendations=str(recommendations) or plan.recommendations,
    )


def mine(
    *,
    incidents: Given = (),
    policies: Given = (),
    accounts: Given = (),
    feedback: Given = (),
    review: str | Path | Review | None = None,
    codebook: str = "",
    template: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
    since: str | Path | None = None,
    recommendations: str | Path = "",
    findings: str | Path | None = None,
) -> ThemedReview:
    """Return the themes, evidence and findings of what is given: paths, DataFrames or `Source`s, by kind.

        review = tm.mine(incidents=["lfpse.csv"], feedback=[tm.Source(df, text="comment", id="ref")],
                         codebook="assertive-care", template="assertive-care-review")

    `review` is a `review.toml` (or a `Review`) whose sources come before those given here. `codebook`
    and `template` are names or paths, and override what the review and settings say. `since` is the
    report.json of an earlier run of some of the same texts: groups beside the codebook that are new or
    growing since then say so. `recommendations` is a table of those of outside bodies
    (docs/findings.md). `findings` is a reviewed.json of what people decided of findings
    (docs/reviewing.md), put over what the program drafts. Raises `InputError` for what can be mended.
    """
    from thememiner import pipeline, reviewing
    from thememiner.errors import InputWarning
    from thememiner.reports.json import load

    decided = reviewing.load(findings) if findings else None  # before anything is read
    plan = planned(
        incidents=incidents,
        policies=policies,
        accounts=accounts,
        feedback=feedback,
        review=review,
        codebook=codebook,
        template=template,
        recommendations=recommendations,
    )
    result = pipeline.run(plan, settings, progress, load(since) if since else None)
    if decided:
        made = reviewing.decide(result.report, decided)
        result = dataclasses.replace(result, report=made.report)
        for line in made.notes:
            warnings.warn(line, InputWarning, stacklevel=2)
    return ThemedReview(result, scoping.given(plan))


def _sources(kind: Kind, things: Given) -> Iterable[Source]:
    if things is None:
        return
    if isinstance(things, (str, Path, Source)) or hasattr(things, "columns"):
        things = [things]
    for thing in things:
        yield dataclasses.replace(thing, kind=kind) if isinstance(thing, Source) else Source(thing, kind)


def _frame(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows))
