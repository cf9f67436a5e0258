"""What changed between two reports of one review, and how the plan's actions stand: the next board's paper.

changes = compare(old, new, plan)
render(changes, ".html")      # or ".md", ".json"

Why something moved is told from what the two reports hold, and from nothing else.
"""

from __future__ import annotations

from thememiner.differing.changes import Changes
from thememiner.differing.comparing import compare
from thememiner.differing.pages import summary
from thememiner.differing.writing import FORMATS, render

__all__ = ["FORMATS", "Changes", "compare", "render", "summary"]
