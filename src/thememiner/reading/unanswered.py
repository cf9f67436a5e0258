"""Answers that say only that there is none, as people and survey programs write them into a cell.

"Nothing" and "none" are not among them: to "what could we do better?" they are answers.
"""

from __future__ import annotations

import re

_SAYS_NOTHING = re.compile(
    r"n[/.]?a|not applicable|nan|null|nil return|unanswered"
    r"|(?:(?:intentionally |left )*|question )(?:blank|skipped)"
    r"|(?:did not|didn't|declined to|refused to|chose not to|prefer not to|would rather not) "
    r"(?:answer|respond|comment|say)"
    r"|no(?: further)? (?:answers?|comments?|response|text|data)(?: (?:given|made|left|provided|recorded))?"
    r"|(?:not|none) (?:answered|stated|given|provided|recorded)"
)


def unanswered(text: str) -> bool:
    """Whether a cell says that nothing was answered, or holds but a dash or a full stop."""
    plain = " ".join(text.casefold().replace("’", "'").split()).strip(" .!-–—()[]<>*\"'")
    return not plain or bool(_SAYS_NOTHING.fullmatch(plain))
