"""Where a full stop, a question mark or an exclamation mark ends a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.segmenting import abbreviations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.segmenting.tokens import Tokens

_STOPS = frozenset(".?!…。．？！")
_CLOSERS = frozenset("'\"’”)]}»") | {"''", "*", "**"}
_OPENERS = frozenset("\"'“‘([{«-–—*") | {"``", "--"}

_FACE = re.compile(r"[:;=]['\-^]?[)(\]\[DPpOo3/\\|*]+|[☹☺🙂-🙏👍👏❤️💙]+|xx+|<3|\^_\^|XX+")
# A note's figure stands behind the stop: "of harm.[7] The", "of harm.12 The".
_NOTE = re.compile(r"[a-z)]\.(?:(?:\[\d{1,3}\])+|\d{1,3}(?:[, –-]+\d{1,3})*)\s+(?=[A-Z])")


def after_stops(tokens: Tokens, items: set[int]) -> set[int]:
    """Tokens that begin a sentence because a stop ended the one before."""
    starts: set[int] = set()
    texts, size = tokens.texts, len(tokens)
    began = at = 0
    while at < size:
        word = texts[at]
        if word[-1] not in _STOPS:
            at += 1
            continue
        after = at + 1
        while (
            after < size
            and (texts[after][-1] in _STOPS or texts[after] in _CLOSERS)
            and (tokens.glued(after) or texts[after] in {".", "?", "!"})
        ):
            after += 1
        following = _skip_spaces(texts, after)
        while following < size and _FACE.fullmatch(texts[following]):
            # A face stands behind the stop and belongs to what it comments on.
            after = following + 1
            following = _skip_spaces(texts, after)
        if following >= size:
            break
        began = max((began, *(item for item in (at - 2, at - 1, at) if item in items)))
        if _ends(tokens, began, at, after, following, marked=began in items):
            starts.add(following)
            began = following
        at = max(after, at + 1)
    return starts


def after_notes(tokens: Tokens) -> set[int]:
    """Tokens that begin a sentence behind a stop and the figure of its note."""
    return {tokens.at_offset(match.end()) for match in _NOTE.finditer(tokens.source)}


def _skip_spaces(texts: Sequence[str], at: int) -> int:
    while at < len(texts) and texts[at].isspace():
        at += 1
    return at


def _ends(tokens: Tokens, began: int, at: int, after: int, following: int, *, marked: bool) -> bool:
    """Whether the stop at `at` ends its sentence; `after` is behind its quotes and brackets."""
    texts = tokens.texts
    if marked and at - began < 3 and not any(word.isalpha() and len(word) > 1 for word in texts[began:at]):
        # The stop of a marker: "2. Check", "(b). Check".
        return False
    follower = texts[following]
    cluster = "".join(texts[at:after])
    closed = any(character in "'\"’”)]" for character in cluster[1:])
    if follower in {",", ";", ":", ")", "]", "%"}:
        return False
    if tokens.glued(after) and after == following:
        return _ends_glued(tokens, at, after)
    lead = follower
    step = following
    while lead in _OPENERS and step + 1 < len(texts):
        step += 1
        lead = texts[step]
    lower = lead[:1].islower()
    if follower in {"-", "–", "—", "--"} and lower:
        return False
    if any(character in "?!？！" for character in cluster):
        return not (lower and closed)
    if "…" in cluster or ".." in cluster:
        return not lower and lead[:1].isalnum()
    if lower and closed:
        return False
    return _ends_after_word(tokens, began, at, lead)


def _ends_glued(tokens: Tokens, at: int, after: int) -> bool:
    """Whether a stop with no space behind it ends a sentence: "world.Today" has whole words on both sides."""
    texts = tokens.texts
    before = texts[at - 1] if at else ""
    if ".." in texts[at] or texts[at] == "…":
        return len(texts[after]) > 1 and texts[after][0].isupper() and not texts[after].isupper()
    return (
        texts[at] in {".", "?", "!"}
        and tokens.glued(at)
        and len(before) > 2
        and before.isalpha()
        and texts[after][:1].isupper()
        and (len(texts[after]) > 1 or texts[after] in {"I", "A"})
        and before.lower() not in abbreviations.NEVER_LAST
    )


def _ends_after_word(tokens: Tokens, began: int, at: int, lead: str) -> bool:
    """Whether a full stop ends a sentence, told by the word it follows and the word that comes next."""
    texts = tokens.texts
    word = texts[at]
    own = word.rstrip(".")
    first = at
    if not own:
        first = at - 1
        if first < 0 or not tokens.glued(at):
            return True
        own = texts[first]
    lower = own.lower()
    begins = lead.lower() in abbreviations.BEGINNERS and not lead[:1].islower()
    if lower in abbreviations.NEVER_LAST:
        return False
    if lower in abbreviations.BEFORE_FIGURES:
        return not lead[:1].isdigit() and not (len(own) > 2 and lead[:1].islower() and own[0].isupper())
    if lower in abbreviations.SOMETIMES_LAST or abbreviations.ACRONYM.fullmatch(own):
        return begins or (lower in {"etc", "am", "pm", "mg", "ml", "hrs", "mins"} and not lead[:1].islower())
    if first <= began + 1 and (own.isdigit() or len(own) == 1) and first - began <= 1:
        # A marker at the start of an item: "1. Check", "A. His name".
        return False
    if abbreviations.INITIAL.fullmatch(own) and own.isupper():
        return begins and lead.lower() not in {"may", "will", "a", "i"}
    if own.isdigit() and lead[:1].islower():
        return False
    if lead[:1].islower():
        # People write without capitals; a short unknown word before the stop may be an abbreviation.
        return len(own) > 2 or lower in abbreviations.SHORT_WORDS
    return True
