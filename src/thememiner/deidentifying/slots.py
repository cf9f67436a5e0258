"""Slots of a note in which a person stands and hardly anything else: "noted by X", "Hi X -", "X to ring".

They are for names that are words as well, for surnames alone and for words of no list; a sure forename
needs none. What a slot takes for a person is told by the words beside it alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.brands import BRANDS
from thememiner.deidentifying.lists import is_plain
from thememiner.deidentifying.parts import (
    DOUBTFUL_FORENAME,
    DOUBTFUL_SURNAME,
    FORENAME,
    STRANGE,
    SURNAME,
)
from thememiner.deidentifying.slots_after import stands_before
from thememiner.deidentifying.things import MEASURES, THINGS
from thememiner.deidentifying.vocabulary import CALENDAR, PLACES, RELATIONS, ROLES, words

if TYPE_CHECKING:
    from thememiner.deidentifying.capitals import Text, Word

_SHORTEST_IN_CAPITALS = 4
# Endings of villages, hospitals and homes, for words that are in no list of surnames.
_LIKE_A_PLACE = re.compile(
    r"(?:mead|ford|ham|ton|bury|worth|ley|field|wick|stoke|mouth|pool|wood|bridge|hurst|combe|dale"
    r"|shire|stead|minster"
    r"|chester|port|gate|hill|hall|lands?|park|view|lea|brook|croft|thorpe|by|well|court|house|grange"
    r"|side|way)s?$"
)
# "noted by X", "X noted": what staff do to patients and papers.
_DONE_BY = words(
    """accepted accompanied actioned administered admitted advised agreed answered approved arranged assessed
    assisted attended audited authorised bleeped booked brought called carried cared chaired changed
    charted checked chaperoned cleaned closed collected completed confirmed consented contacted
    countersigned covered declined dictated discharged discussed dispensed documented done drawn dressed
    drafted driven emailed entered escalated escorted examined faxed fed filed filled finished fitted
    flagged followed found given greeted handed handled heard helped informed inserted inspected
    interviewed investigated joined led left lifted made-out mentored met minuted monitored moved named
    nursed observed opened ordered performed phoned picked placed prepared prescribed printed raised
    read received recorded reassured rechecked referred relieved removed repeated replied reported
    represented requested reviewed rung scanned scribed seen sent set shadowed shown signed sited sorted
    spotted submitted supervised supported taken taught telephoned tested texted told took transcribed
    transferred treated triaged turned typed updated verified visited washed weighed witnessed written"""
)
_CAUSED_BY = words(
    """affected branded caused complicated commissioned covered developed exacerbated explained followed
    funded     hampered hindered impeded indicated influenced inspired limited manufactured marketed
    owned patented
    preceded prevented produced provided published replaced required scored staged stocked supplied
    triggered used classified described defined modified need needed named"""
)
_TELL = words(
    """tell told ask asked inform informed ring rang rung phone phoned bleep bleeped text texted email emailed
    telephoned advised reminded warned thanked thank meet met chase-up contact contacted notify notified
    escorted assisted reassured comforted restrained approached encouraged attacked assaulted hugged
    invite invited introduce saw seen visited relieved interviewed consented supervised remind"""
)
_WITH = words(
    """speak speaking spoke spoken talk talked talking check checked checking discuss discussed liaise liaised
    liaising met meeting meet agreed agree chat chatted d/w disc live lives living lived stay stays
    staying stayed sat shared left along together arranged visit visiting came come arrived attended
    went handed handover escalated escalate reported report refer referred write wrote writing said"""
)
_TO = words(
    "speak speaking spoke spoken talk talked talking handed handover h/o escalated reported wrote waved"
)
# "Transfer X to another ward": papers and notes move people, and move things of other names.
_MOVE = words(
    """transfer transferring transferred move moving moved send sending sent bring bringing brought take
    taking took drive driving drove readmit readmitting readmitted discharge discharging discharged"""
)
_MOVED = re.compile(r" (?:back |over |across |straight )?(?:to|into|onto|from|out of)\b")
_CALLED = words("call calls called calling name named nickname nicknamed")
_WHOM = words("him her them me himself herself themselves it us")
_GREETED = words("hi hello hey hiya dear morning afternoon evening")
_PARTED = words("regards wishes love cheers ta yours sincerely faithfully thx bw kr")
_LABELS = (
    words(
        """action actions actioned apologies attendees attended attending author cc chair chaired contact
        crew done         distribution driver escort escorts facilitator facilitators from informant
        initials invitees
        lead leads members name named names nok owner owners participants present printed reporter resp
        reviewer reviewers scribe seen signed signature speaker speakers staff staffing team to witness
        witnessed witnesses handover kin"""
    )
    | RELATIONS
    | {role for role in ROLES if role.isalpha()}
)
_LISTS = words("attendees attended attending apologies present invitees participants members cc facilitators")
_KNOWN_AS = re.compile(
    r"\b(?:(?:known|introduced|identified|goes|go|went) (?:\w+self )?(?:as|by)|answers to|calls? (?:him"
    r"|her|them)self|prefers"
    r"|prefers to be called|likes to be called|nicknamed|name(?:'s| is| was|,)?|someone called"
    r"|somebody called|esp\.?"
    r"|especially|particularly|namely|aka|a\.k\.a\.|other than|apart from|except|info re|letter re"
    r"|email re|except for) $",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?P<gap>[ :=\-–\"'“‘(,\n]*)$")
_GREETING_ENDS = re.compile(r"(?: ?[,!\-–—:\n]|\.|$)")
_CLAUSE_ENDS = re.compile(
    r"(?:[.,;:)\]!?\n/]|$| (?:at|on|in|and|&|for|from|with|w/|who|as|when|after|before|today|yesterday"
    r"|then|to|\d|\()|'s )"
)
_RE = re.compile(r"(?:^|[.;\n(]\s?)(?:re|fao|f\.a\.o\.|attn|about|ref):? $", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|[.!?,)\n] ?|\b(?:love|thanks|cheers|regards),? )x{1,3} ?$")
_SIGNED_ENDS = re.compile(r"(?:[,.\n(]|$| x| \()")


def is_in_slot(text: Text, word: Word, found: str) -> bool:
    """Whether a capitalised word that may be a name stands where a person does."""
    if found not in {FORENAME, DOUBTFUL_FORENAME, SURNAME, DOUBTFUL_SURNAME, STRANGE}:
        return False
    if word.lower in BRANDS or (is_plain(word.lower) and found == DOUBTFUL_SURNAME):
        return False
    if word.text.isupper() and (len(word.text) < _SHORTEST_IN_CAPITALS or found in {SURNAME, STRANGE}):
        return False
    if found == STRANGE and _LIKE_A_PLACE.search(word.lower):
        return False
    following = text.following(word.end)[0]
    if following.lower() in PLACES or following in THINGS or following in MEASURES:
        return False
    before = text.text[max(0, word.start - 40) : word.start]
    if word.lower in CALENDAR and word.lower != "jan":
        return not before.endswith(("by ", "to ")) and _before(text, word, found, before)
    return _before(text, word, found, before) or stands_before(text, word, found, before)


def _before(text: Text, word: Word, found: str, before: str) -> bool:
    """Whether what stands before the word stands before people."""
    gap = _TAIL.search(before)
    assert gap is not None
    spoken = before[: gap.start()].lower().split()[-3:]
    if not spoken:
        return False
    last, second = spoken[-1].strip("(\"'“‘"), spoken[-2] if len(spoken) > 1 else ""
    whole, end, between = text.text, word.end, gap["gap"]
    if between == " ":
        if _SIGNED.search(before) and _SIGNED_ENDS.match(whole, end):
            return True
        if found == DOUBTFUL_SURNAME:
            return False
        if last == "by":
            return _is_done(second.strip("("), found) and _CLAUSE_ENDS.match(whole, end) is not None
        if last in _TELL and not last[0].isupper():
            return found != STRANGE or _CLAUSE_ENDS.match(whole, end) is not None
        if last in _MOVE:
            forename = found in {FORENAME, DOUBTFUL_FORENAME} and word.lower not in CALENDAR
            return forename and _MOVED.match(whole, end) is not None
        if last in {"with", "w/"}:
            return second.strip("(") in _WITH and _CLAUSE_ENDS.match(whole, end) is not None
        if last == "to":
            return second in _TO
        if last in _WHOM:
            return second in _CALLED
        if last in _GREETED:
            return _GREETING_ENDS.match(whole, end) is not None
        if last in _LISTS:
            return True
        if last in {"d/w", "lives", "re"} and last != "lives":
            return last == "d/w" or (_RE.search(before) is not None and _name_ends(text, word, found))
        return _KNOWN_AS.search(before) is not None and found != STRANGE
    if between == ", " and last in _PARTED | {"thanks"}:
        return _SIGNED_ENDS.match(whole, end) is not None
    if set(between) & set(":=") and set(between) <= set(" :=\"'"):
        return last in _LABELS and (found != DOUBTFUL_SURNAME) and not text.following(end)[0][:1].isupper()
    if "\n" in between and last.rstrip(",") in _PARTED | {"thanks"}:
        return _SIGNED_ENDS.match(whole, end) is not None
    return False


def _is_done(verb: str, found: str) -> bool:
    """Whether somebody does this: "started by X"; of a word of no list only what is listed."""
    if verb in _DONE_BY:
        return True
    return found != STRANGE and verb.endswith(("ed", "en", "wn", "one")) and verb not in _CAUSED_BY


def _name_ends(text: Text, word: Word, found: str) -> bool:
    return found != STRANGE and re.compile(r"[,.:;\n]| -|$|'s").match(text.text, word.end) is not None
