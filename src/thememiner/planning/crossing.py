"""Recommendations of outside bodies → the findings and draft actions that bear on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from thememiner.planning.drafting import Trace, recommended_id, standing
from thememiner.records import Finding, Recommendation, RecommendationResult, Theme

NAMED = "the table names them"
MEANT = "placed by meaning: about 8 in 10 such placings were right"
NOT_NEAR = "it names no code, and none of the codebook is near to it in meaning"


def cross(
    recommendations: Iterable[Recommendation],
    meant: Mapping[str, Sequence[str]],
    themes: Iterable[Theme],
    findings: Sequence[Finding],
) -> tuple[RecommendationResult, ...]:
    """Each recommendation with the findings under its codes and the actions drafted for it, as `trace` does.

    `meant` are the codes that one is about by meaning, by its id; it is asked only of one that names none.
    Where no finding stands under them the statement is "no evidence yet".
    """
    themes = tuple(themes)
    found = Trace(themes, findings)
    crossed = []
    for each in recommendations:
        codes = each.codes or tuple(meant.get(each.id, ()))
        mine = found.under(codes)
        crossed.append(
            RecommendationResult(
                id=each.id,
                source=each.source,
                text=each.text,
                reason=NAMED if each.codes else MEANT if codes else NOT_NEAR,
                statement=standing(mine),
                theme_ids=tuple(theme.id for code in codes for theme in themes if theme.code_id == code),
                finding_ids=tuple(finding.id for finding in mine),
                positions=tuple(finding.position or "" for finding in mine),
                action_ids=(recommended_id(each.id), *found.actions(mine)),
                date=each.date,
                organisation=each.organisation,
            )
        )
    return tuple(crossed)
