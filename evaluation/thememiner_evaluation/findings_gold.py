"""The sample review's findings against its gold: positions, bases, verdicts, grid, accounts, demands.

    python -m thememiner_evaluation.findings_gold [--report FILE]

Prints each planted finding with what was found, so that a miss can be read. Without a report the sample
review is run.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import thememiner as tm
from thememiner import planning, resources
from thememiner.evidence import LEAST
from thememiner.records import ASSURANCES, Report, Requirement
from thememiner.reports.json import load
from thememiner_evaluation.sample_gold import groups

Gold = dict[str, Any]
_PARTS = ("position", "basis", "verdict")


@dataclass(frozen=True, slots=True)
class Compared:
    """One planted finding: position, basis and verdict as planted and as found ("" where there is none)."""

    theme: str
    planted: tuple[str, str, str]
    found: tuple[str, str, str]


def compare(report: Report, gold: Gold, texts: Mapping[str, str]) -> list[Compared]:
    """Each planted finding beside the report's finding of that theme, whatever its section.

    A planted theme without a code is that of the group most of which it is (`sample_gold.groups`).
    """
    themes = {t.id: t.code_id for t in report.themes if t.code_id}
    themes |= {i: planted for planted, i in groups(report, texts, gold).items()}
    verdicts = {themes.get(v.theme_id, ""): v.verdict for v in report.triangulation}
    findings = {themes.get(f.theme_id, ""): f for f in report.findings if f.sort == "theme"}
    rows = []
    for planted in gold["findings"]:
        f = findings.get(planted["theme"])
        found = (
            (f.position or "", _listed(f.basis or ()), verdicts.get(planted["theme"], "")) if f else ("",) * 3
        )
        wanted = (planted["position"], _listed(planted["basis"]), planted["verdict"])
        rows.append(Compared(planted["theme"], wanted, found))
    return rows


def f1(rows: list[Compared]) -> float:
    """F1 over positions, each basis and verdicts: what was both planted and found, of either."""
    planted = {(r.theme, part, one) for r in rows for part, one in _each(r.planted)}
    found = {(r.theme, part, one) for r in rows for part, one in _each(r.found)}
    return 2 * len(planted & found) / max(len(planted) + len(found), 1)


def grid_right(report: Report, gold: Gold) -> float:
    """The share of the planted grid's cells that are right."""
    found = {(cell.section_id, cell.organisation): cell.state for cell in report.grid}
    right: int = sum(found.get((c["section"], c["organisation"])) == c["cell"] for c in gold["grid"])
    return right / max(len(gold["grid"]), 1)


def contradiction_shown(report: Report, gold: Gold) -> bool:
    """Whether the planted family's account stands among the quotes of a finding of its theme."""
    words, code = gold["contradiction"]["text"], gold["contradiction"]["theme"]
    ids = {t.id for t in report.themes if t.code_id == code}
    cited = {i for f in report.findings if f.theme_id in ids for i in f.evidence_ids}
    return any(e.id in cited and e.quote[:80] in words for e in report.evidence)


def accounts_beside(report: Report) -> tuple[int, int]:
    """Of the findings whose assurance a person or family speaks against, those that quote one, and all."""
    kinds = {d.id: d.kind for d in report.documents}
    against = {
        m.theme_id
        for m in report.memberships
        if m.outcome == "assigned"
        and m.score >= LEAST
        and m.polarity in ("negative", "mixed")
        and kinds[m.passage_id.rpartition(":")[0]] == "feedback"
    }
    quotes = {e.id: e for e in report.evidence}
    told = [
        any(
            quotes[i].kind == "feedback" and quotes[i].polarity in ("negative", "mixed")
            for i in f.evidence_ids
        )
        for f in report.findings
        if f.section_id
        and f.sort == "theme"
        and f.theme_id in against
        and not {*(f.basis or ())}.isdisjoint(ASSURANCES)
    ]
    return sum(told), len(told)


def demands_traced(report: Report, gold: Gold) -> float:
    """The share of the planted demands traced to every finding of their themes, and to no other."""
    themes = {theme["id"]: theme["code_id"] for theme in gold["themes"]}
    of_code = {t.id: t.code_id for t in report.themes}
    asked = [
        Requirement(f"planted-{n}", each["text"], tuple(themes[i] for i in each["themes"]))
        for n, each in enumerate(gold["requirements"])
    ]
    right = [
        set(found.finding_ids) == {f.id for f in report.findings if of_code.get(f.theme_id) in demand.codes}
        and len(found.action_ids) > 0
        for demand, found in zip(asked, planning.trace(asked, report.themes, report.findings), strict=True)
    ]
    return sum(right) / len(right)


def _each(values: tuple[str, str, str]) -> list[tuple[str, str]]:
    return [
        (part, one) for part, value in zip(_PARTS, values, strict=True) for one in value.split("; ") if one
    ]


def _listed(basis: Any) -> str:
    return "; ".join(sorted(basis))


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    samples = resources.folder("samples")
    gold = json.loads((samples / "gold.json").read_text(encoding="utf-8"))
    if options.report:
        report = load(options.report)
        lines = (options.report.parent / "documents.jsonl").read_text(encoding="utf-8").splitlines()
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    else:
        found = tm.mine(review=samples / "review.toml")
        report, texts = found.record, {d.id: d.text for d in found.documents}
    rows = compare(report, gold, texts)
    for row in rows:
        marks = "".join("+" if a == b else "-" for a, b in zip(row.planted, row.found, strict=True))
        print(f"{marks} {row.theme}: planted {' | '.join(row.planted)}")
        if row.planted != row.found:
            print(f"    found {' | '.join(row.found)}")
    print(f"F1 of positions, bases and verdicts: {f1(rows):.3f}")
    print(f"cells of the grid right: {grid_right(report, gold):.3f}")
    print(f"the family's account stands beside the assurance: {contradiction_shown(report, gold)}")
    print("findings that show an account against their assurance: {} of {}".format(*accounts_beside(report)))
    print(f"planted demands traced to the findings of their themes: {demands_traced(report, gold):.3f}")


if __name__ == "__main__":
    main()
