"""What stands after a person in a note and after hardly anything else: "X to ring", "X and I"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.beside import LIVES, PRESENT, SPOKE, STAFF_BEHIND
from thememiner.deidentifying.parts import (
    DOUBTFUL_FORENAME,
    DOUBTFUL_SURNAME,
    FORENAME,
    STRANGE,
    part,
)
from thememiner.deidentifying.vocabulary import CALENDAR, RELATIONS, VERBS, words

if TYPE_CHECKING:
    from thememiner.deidentifying.capitals import Text, Word

_AGE_ALONE = re.compile(r", \d{1,3}(?=[,.;)]|$)")
# "X to ring home": what somebody has to do. "Hope to see" begins with a verb, as do these.
_TO_DO = re.compile(
    r" to (?:arrange|ask|attend|book|bring|buy|call|chase|check|circulate|collect|complete|confirm"
    r"|contact|cover|discuss|do"
    r"|draft|email|escort|explain|feed ?back|find|finish|fix|follow|get|give|hand|help|inform|join|keep"
    r"|lead|let|liaise"
    r"|log|look|make|meet|move|note|order|organise|phone|pick|post|prepare|present|print|provide|put"
    r"|raise|refer|remind"
    r"|reply|report|request|return|review|ring|rv|scan|see|send|share|show|sign|sit|sort|speak|start"
    r"|stay|submit|take|talk"
    r"|teach|tell|text|update|visit|wait|write)\b"
)
_VERBS_FIRST = words("will may mark can chase rose drew hope bill grant don wade said sue pat")
# What persons are and do in a note, and things and organisations do not.
_DOES = SPOKE | LIVES | PRESENT | words("texted screamed shouted swore apologised nodded")
# What staff and patients are told to have done; of a word like "Mercy" only where a sentence begins with it.
_ACTED = words(
    """gave brought took signed checked rang phoned called told helped washed fed moved escorted noticed
    spotted noted reported handed answered reviewed wrote documented assisted apologised kicked hit bit
    slapped punched pushed pulled slipped tripped fainted vomited absconded covered cannulated clerked
    bleeped did texted emailed apologized"""
)
_STATE = re.compile(
    r" (?:off sick|off today|on leave|on a/l|on annual leave|aware|informed|updated|happy (?:to|with)"
    r"|x{1,3}(?=$|[.\n]))"
)
_BOTH = re.compile(r" (?:and|&) (?P<other>[A-Z][a-z]+) (?P<verb>[a-z]+)")
_IS = re.compile(
    r" (?:is|was|became|seems|looks|felt|remains|still|very|v)(?: (?:very|v|more|quite|still|so|then"
    r"|now|also))? "
    r"(?:tearful|upset|unwell|poorly|asleep|awake|agitated|confused|anxious|distressed|drowsy"
    r"|frightened|scared|cross|angry"
    r"|lonely|delirious|pregnant|breathless|aggressive|abusive|deaf|blind|fasting|nil by|admitted"
    r"|discharged|sectioned|detained"
    r"|diagnosed|referred|seen (?:by|in|at|on|with)|told|asked|born|on leave|off sick|sick|crying"
    r"|sleeping|eating|unable to)\b"
)
_MODAL = words(
    "should would could wld shd cld must can't couldn't won't wouldn't didn't hasn't hadn't doesn't"
)
# "X from estates", "X in HR": where somebody works.
_FROM = re.compile(
    r" (?:from|in|on|at) (?:the )?(?:HR|IT|IG|ED|ITU|ICU|PALS|estates|pharmacy|switch(?:board)?"
    r"|reception|admin|finance|comms"
    r"|theatres?|portering|catering|domestics|security|nights|days|lates?|earl(?:y|ies)|bed \d|bay \w"
    r"|ward|bank|agency"
    r"|site|bed management|governance|informatics|procurement|payroll|training|records|coding|the lab"
    r"|stores)\b"
)
_HIS = re.compile(r", (?:his|her|my|their) [a-z]")
_AND_I = re.compile(r",? (?:and|&) (?:I|me|myself|my|his|her|their)\b")
_SAID_BETWEEN = re.compile(
    r", (?:told|said|asked|rang|says|opened|found|who|phoned|called|came|noticed|gave|took|had)\b"
)
_OF = (
    words(
        """sports birthday car van house bag phone gp nan own wheelchair glasses teeth dentures hearing
        leg arm hand head face eyes hair skin hip knee foot stick coat shift pin locker bike dog cat"""
    )
    | RELATIONS
)


def stands_before(text: Text, word: Word, found: str, before: str) -> bool:
    """Whether what stands after the word, with `before` before it, stands after people."""
    whole, end = text.text, word.end
    if found == DOUBTFUL_SURNAME:
        return False
    begins = text.begins_sentence(word.start)
    behind = STAFF_BEHIND.match(whole, end)
    if behind is not None:
        alone = _AGE_ALONE.match(whole, end) is not None
        if found == STRANGE and whole[end : end + 1] == " " and whole[end + 1 : end + 2] != "(":
            return False
        return not alone or (found != STRANGE and (begins or before[-1:] == " "))
    if _TO_DO.match(whole, end):
        return word.lower not in _VERBS_FIRST and (begins or found != STRANGE)
    following, of = text.following(end)
    if of:
        return following in _OF and found != STRANGE
    if found in {FORENAME, DOUBTFUL_FORENAME} and _FROM.match(whole, end):
        return word.lower not in _VERBS_FIRST
    if _HIS.match(whole, end) and found != STRANGE and not begins:
        return True
    if _AND_I.match(whole, end):
        return found != STRANGE or before.endswith((", ", "esp. "))
    if _SAID_BETWEEN.match(whole, end) and before.endswith((", ", "- ")):
        return True
    if found == STRANGE:
        return False
    if _STATE.match(whole, end):
        return word.lower not in _VERBS_FIRST
    if found == DOUBTFUL_FORENAME and word.lower not in _VERBS_FIRST and word.lower not in CALENDAR:
        both = _BOTH.match(whole, end)
        if following in _ACTED or (
            both is not None
            and both["verb"] in _ACTED
            and part(both["other"]) in {FORENAME, DOUBTFUL_FORENAME}
        ):
            return True
    if following in _DOES or _IS.match(whole, end):
        return not (
            begins and following in VERBS and following not in _DOES and _IS.match(whole, end) is None
        )
    return not begins and following in _MODAL and found == FORENAME
