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
# Full-width stops end a sentence wherever they stand.
_WIDE = frozenset("。．？！")
_QUOTES = frozenset("'\"’”")
_BRACKETS = frozenset("([")
_OPENERS = frozenset("\"'“‘([{«-–—*") | {"``", "--"}

_FACE = re.compile(r"[:;=]['\-^]?[)(\]\[DPpOo3/\\|*]+|[☹☺🙂-🙏👍👏❤️💙]+|xx+|<3|\^_\^|XX+")
# In tokens: a bracket so long is not cut ("(1a. Pneumonia)"); a longer one holds sentences of its own.
_SHORT_BRACKET = 15
_LONGEST_CITATION = 40
# "On Monday 3 May 2021 at approximately 6 p.m."
_LONGEST_TIME = 9

_WHOLE_WORD = re.compile(r"[^\W\d_]{2,}[^\W\d_A-Z]")
# The number of a section, an item or a step: "4", "4.2.1", "1a", "iv", "b".
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[a-z]?|[ivx]{2,5}|[IVX]{2,5}|[^\W\d_]")
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
            and (texts[after][0] in _STOPS or texts[after] in _CLOSERS)
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
    if texts[at][-1] in _WIDE:
        return True
    follower = texts[following]
    cluster = "".join(texts[at:after])
    closed = any(character in _QUOTES or character in ")]" for character in cluster[1:])
    if follower in {",", ";", ":", ")", "]", "%"}:
        return False
    if tokens.glued(after) and after == following:
        return _ends_glued(tokens, began, at, after)
    if _in_bracket(texts, began, at, after) or (cluster[-1] in _QUOTES and _cites(texts, following)):
        return False
    lead = follower
    step = following
    while lead in _OPENERS and step + 1 < len(texts):
        step += 1
        lead = texts[step]
    lower = lead[:1].islower()
    if follower in {"-", "–", "—", "--"} and lower:
        return False
    if any(character in "?!" for character in cluster):
        return not (lower and (closed or _is_name(tokens, began, at)))
    if "…" in cluster or ".." in cluster:
        return not lower and lead[:1].isalnum()
    if lower and closed:
        return False
    return _ends_after_word(tokens, began, at, lead)


def _is_name(tokens: Tokens, began: int, at: int) -> bool:
    """Whether the mark at `at` belongs to a name inside a sentence: "the Think! campaign"."""
    before = tokens.texts[at - 1] if at - 1 > began else ""
    return (
        tokens.texts[at] == "!" and before.istitle() and tokens.texts[began][0].isupper() and tokens.glued(at)
    )


def _cites(texts: Sequence[str], at: int) -> bool:
    """Whether the bracket at `at` says whose words a quotation is, its sentence's stop behind it."""
    closing = _closing(texts, at + 1, at + _LONGEST_CITATION)
    return texts[at] in _BRACKETS and closing + 1 < len(texts) and texts[closing + 1] in {".", ",", ";"}


def _in_bracket(texts: Sequence[str], began: int, at: int, after: int) -> bool:
    """Whether a short bracket that was opened within the sentence closes behind the stop: "(see pg. 4)"."""
    for opened in range(at - 1, max(began, at - _SHORT_BRACKET), -1):
        if texts[opened] in _BRACKETS:
            return _closing(texts, after, opened + _SHORT_BRACKET) < len(texts)
        if texts[opened] in {")", "]"}:
            break
    return False


def _closing(texts: Sequence[str], first: int, last: int) -> int:
    """Where a bracket closes, from `first` to before `last`, none opened between; past the end if nowhere."""
    for at in range(first, min(last, len(texts))):
        if texts[at] in {")", "]"}:
            return at
        if texts[at] in _BRACKETS:
            break
    return len(texts)


def _ends_glued(tokens: Tokens, began: int, at: int, after: int) -> bool:
    """Whether a stop with no space behind it ends a sentence: "world.Today", "by 1,000.Then"."""
    texts = tokens.texts
    word, lead = texts[at], texts[after]
    if ".." in word or word == "…":
        return len(lead) > 1 and lead[0].isupper() and not lead.isupper()
    if not lead[:1].isupper() or (len(lead) == 1 and lead not in {"I", "A"}):
        return False
    begins = lead.lower() in abbreviations.BEGINNERS
    if not tokens.glued(at) and word[0] in _STOPS:
        # "?Lost" is a quotation mark that an export lost; a cry may stand off: "Nothing !It was".
        return word[0] == "!" and begins
    if word[-1] in "?!":
        return True
    own = word.rstrip(".") or texts[at - 1]
    if own.isdigit() and at > 1 and texts[at - 2][-1] in ",;:.(>":
        # Behind a mark a figure is an item's: "gloves, 2.Gowns".
        return False
    # Behind a whole word or a figure any capital will do; "ED.The" and "NHS.Net" are told by the next word.
    if not (_WHOLE_WORD.fullmatch(own) or not own[-1].isalpha()) and not begins:
        return False
    return _ends_after_word(tokens, began, at, lead)


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
        own = texts[first - 1] + "°" if texts[first] == "°" and first else texts[first]
    lower = own.lower()
    begins = lead.lower() in abbreviations.BEGINNERS and not lead[:1].islower()
    if lower in abbreviations.NEVER_LAST:
        # "ed. Example" is an editor, and ED a department.
        return own.isalpha() and own.isupper() and len(own) > 1 and begins and len(lead) > 1
    if lower in abbreviations.BEFORE_FIGURES:
        return not lead[:1].isdigit() and not (len(own) > 2 and lead[:1].islower() and own[0].isupper())
    if lower in abbreviations.TIMES and lead.istitle() and lead.lower() not in abbreviations.DATE_WORDS:
        return begins or not _opens_with_time(texts, began, at)
    if lower in abbreviations.SOMETIMES_LAST or abbreviations.ACRONYM.fullmatch(own):
        return begins or (lower in {"etc", "am", "pm", "mg", "ml", "hrs", "mins"} and not lead[:1].islower())
    if _NUMBER.fullmatch(own) and _leads(tokens, began, first):
        # A marker at the start of an item: "1. Check", "A. His name", "4.2. Duties".
        return False
    if abbreviations.INITIAL.fullmatch(own) and own.isupper():
        return begins and lead.lower() not in {"may", "will", "a", "i"}
    if own.isdigit() and lead[:1].islower():
        return False
    if lead[:1].islower():
        # People write without capitals; a short unknown word before the stop may be an abbreviation.
        return len(own) > 2 or lower in abbreviations.SHORT_WORDS
    return True


def _opens_with_time(texts: Sequence[str], began: int, at: int) -> bool:
    """Whether the sentence so far is no more than when: "At about 6 p.m."."""
    opening = texts[began]
    return at - began <= _LONGEST_TIME and (
        opening[0].isdigit() or opening.lower() in abbreviations.TIME_OPENERS
    )


def _leads(tokens: Tokens, began: int, at: int) -> bool:
    """Whether token `at` is the first of its sentence or line, or the second of its sentence: "Table 2."."""
    return at <= began + 1 or tokens.source[tokens.starts[at] - 1] == "\n"
