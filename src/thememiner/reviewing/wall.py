"""What people wrote of findings → the same behind the wall: what tells of a person is masked.

A decision is printed on every page of a report. The name of who decided stays: a decision needs one.
"""

from __future__ import annotations

from dataclasses import replace

from thememiner.deidentifying.masking import mask_together
from thememiner.records import Decision


def behind_the_wall(decision: Decision) -> Decision:
    """A decision with its statement and reason de-identified, somebody named in both as one person."""
    statement, reason = mask_together((decision.statement, decision.reason))
    return replace(decision, statement=statement.text, reason=reason.text)
