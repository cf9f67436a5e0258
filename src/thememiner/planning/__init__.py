"""Findings and demands of the letter → a draft action plan, for people to accept, reword or leave out.

    made = plan(report, prompts("assertive-care"))
    made.actions

Every action's wording comes from a file of prompts, and what is said of resources from the evidence, word
for word. `compare` carries an earlier plan on.
"""

from __future__ import annotations

from thememiner.planning.assembling import COMPARED, DRAFT, plan, traced
from thememiner.planning.comparing import (
    DONE,
    GONE,
    LEFT_OUT,
    NOT_USED,
    OUT,
    WORDED,
    added,
    compare,
    counted,
    lost,
)
from thememiner.planning.crossing import MEANT, NAMED, cross
from thememiner.planning.drafting import NO_EVIDENCE, assure, draft, retrace, trace
from thememiner.planning.prompts import Prompts, check_codes, factor_names, prompts
from thememiner.planning.resourcing import NONE_STATED

__all__ = [
    "COMPARED",
    "DONE",
    "DRAFT",
    "GONE",
    "LEFT_OUT",
    "MEANT",
    "NAMED",
    "NONE_STATED",
    "NOT_USED",
    "NO_EVIDENCE",
    "OUT",
    "WORDED",
    "Prompts",
    "added",
    "assure",
    "check_codes",
    "compare",
    "counted",
    "cross",
    "draft",
    "factor_names",
    "lost",
    "plan",
    "prompts",
    "retrace",
    "trace",
    "traced",
]
