"""Slots of a note in which a person stands and hardly anything else: "noted by X", "Hi X -", "X to ring home".

They are for names that are words as well, for surnames alone and for words of no list; a sure forename
needs none. What a slot takes for a person is told by the words beside it alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.beside import LIVES, PRESENT, SPOKE
from thememiner.deidentifying.brands import BRANDS
from thememiner.deidentifying.lists import is_plain
from thememiner.deidentifying.parts import (
    DOUBTFUL_FORENAME,
    DOUBTFUL_SURNAME,
    FORENAME,
    STRANGE,
    SURNAME,
    part,
)
from thememiner.deidentifying.things import MEASURES, THINGS
from thememiner.deidentifying.vocabulary import CALENDAR, PLACES, RELATIONS, ROLES, VERBS, words

if TYPE_CHECKING:
    from thememiner.deidentifying.capitals import Text, Word

_SHORTEST_IN_CAPITALS = 4
# Endings of villages, hospitals and homes, for words that are in no list of surnames.
_LIKE_A_PLACE = re.compile(
    r"(?:mead|ford|ham|ton|bury|worth|ley|field|wick|stoke|mouth|pool|wood|bridge|hurst|combe|dale|shire|stead|minster"
    r"|chester|port|gate|hill|hall|lands?|park|view|lea|brook|croft|thorpe|by|well|court|house|grange|side|way)s?$"
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
    """affected branded caused complicated commissioned covered developed exacerbated explained followed funded
    hampered hindered impeded indicated influenced inspired limited manufactured marketed owned patented
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
    "speak speaking spoke spoken talk talked talking handed handover h/o escalated reported wrote listened lied waved"
)
_CALLED = words("call calls called calling name named nickname nicknamed")
_WHOM = words("him her them me himself herself themselves it us")
_GREETED = words("hi hello hey hiya dear morning afternoon evening")
_PARTED = words("regards wishes love cheers ta yours sincerely faithfully thx bw kr")
_LABELS = (
    words(
        """action actions actioned apologies attendees attended attending author cc chair chaired contact crew done
        distribution driver escort escorts facilitator facilitators from informant initials invitees
        lead leads members name named names nok owner owners participants present printed reporter resp
        reviewer reviewers scribe seen signed signature speaker speakers staff staffing team to witness
        witnessed witnesses handover kin"""
    )
    | RELATIONS
    | {role for role in ROLES if role.isalpha()}
)
_LISTS = words("attendees attended attending apologies present invitees participants members cc facilitators")
_KNOWN_AS = re.compile(
    r"\b(?:(?:known|introduced|identified|goes|go|went) (?:\w+self )?(?:as|by)|answers to|calls? (?:him|her|them)self|prefers"
    r"|prefers to be called|likes to be called|nicknamed|name(?:'s| is| was|,)?|someone called|somebody called|esp\.?"
    r"|especially|particularly|namely|aka|a\.k\.a\.|other than|apart from|except|info re|letter re|email re|except for) $",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?P<gap>[ :=\-–\"'“‘(,\n]*)$")
_GREETING_ENDS = re.compile(r"(?: ?[,!\-–—:\n]|\.|$)")
_CLAUSE_ENDS = re.compile(
    r"(?:[.,;:)\]!?\n/]|$| (?:at|on|in|and|&|for|from|with|w/|who|as|when|after|before|today|yesterday|then|to|\d|\()|'s )"
)
_RE = re.compile(r"(?:^|[.;\n(]\s?)(?:re|fao|f\.a\.o\.|attn|about|ref):? $", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|[.!?,)\n] ?|\b(?:love|thanks|cheers|regards),? )x{1,3} ?$")
_SIGNED_ENDS = re.compile(r"(?:[,.\n(]|$| x| \()")

# After a name.
_ROLE_AFTER = (
    r"(?:nurse|hca|hcsw|rn|rmn|rgn|cpn|hv|mw|clerk|mgr|manager|reg|registrar|sho|consultant|doctor|dr|gp|physio\w*|ot|sw|slt"
    r"|pharmacist|midwife|keyworker|worker|receptionist|secretary|porter|cleaner|carer|practitioner|paramedic"
    r"|technician|co-?ordinator|sister|matron|driver|volunteer|chaplain|interpreter|advocate|psychologist"
    r"|psychiatrist|therapist|radiographer|dietitian|dietician|phleb\w*|amhp|imca|imha|odp|surgeon|anaesthetist|student"
    r"|mum|mother|dad|father|wife|husband|partner|son|daughter|brother|neighbour|friend|niece|nephew|nok|landlord"
    r"|landlady|solicitor|band \d)\b"
)
_BEHIND = re.compile(
    r",? \(?(?:gmc|nmc|hcpc|gphc|gdc|goc)(?: (?:pin|no\.?|number|reg\.?|ref\.?)){0,2}:? ?[a-z]{0,3}\d"
    r"|,? \(?(?:on |tel\.?:? ?|mob\.?:? ?|m: ?|t: ?)?(?:\+44|\(?0[127])[\d ()]{8,}"
    r"|,? \((?:[mf]|male|female)\b|,? \(?\d{1,3} ?(?:[mf]\b|yrs?\b|years\b|yo\b|y/o|/12)|, \d{1,3}(?=[,.;)]|$)"
    rf"|,? \((?:[a-z\-]+ ){{0,2}}{_ROLE_AFTER}"
    rf"|, (?:(?:the|a|an|our|my|his|her|their) |[a-z\-]+ ){{0,3}}(?:{_ROLE_AFTER})",
    re.IGNORECASE,
)
_AGE_ALONE = re.compile(r", \d{1,3}(?=[,.;)]|$)")
# "X to ring home": what somebody has to do. "Hope to see" begins with a verb, as do these.
_TO_DO = re.compile(
    r" to (?:arrange|ask|attend|book|bring|buy|call|chase|check|circulate|collect|complete|confirm|contact|cover|discuss|do"
    r"|draft|email|escort|explain|feed ?back|find|finish|fix|follow|get|give|hand|help|inform|join|keep|lead|let|liaise"
    r"|log|look|make|meet|move|note|order|organise|phone|pick|post|prepare|present|print|provide|put|raise|refer|remind"
    r"|reply|report|request|return|review|ring|rv|scan|see|send|share|show|sign|sit|sort|speak|start|stay|submit|take|talk"
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
    r" (?:off sick|off today|on leave|on a/l|on annual leave|aware|informed|updated|happy (?:to|with)|x{1,3}(?=$|[.\n]))"
)
_BOTH = re.compile(r" (?:and|&) (?P<other>[A-Z][a-z]+) (?P<verb>[a-z]+)")
_IS = re.compile(
    r" (?:is|was|became|seems|looks|felt|remains|still|very|v)(?: (?:very|v|more|quite|still|so|then|now|also))? "
    r"(?:tearful|upset|unwell|poorly|asleep|awake|agitated|confused|anxious|distressed|drowsy|frightened|scared|cross|angry"
    r"|lonely|delirious|pregnant|breathless|aggressive|abusive|deaf|blind|fasting|nil by|admitted|discharged|sectioned|detained"
    r"|diagnosed|referred|seen (?:by|in|at|on|with)|told|asked|born|on leave|off sick|sick|crying|sleeping|eating|unable to)\b"
)
_MODAL = words(
    "should would could wld shd cld must can't couldn't won't wouldn't didn't hasn't hadn't doesn't"
)
# "X from estates", "X in HR": where somebody works.
_FROM = re.compile(
    r" (?:from|in|on|at) (?:the )?(?:HR|IT|IG|ED|ITU|ICU|PALS|estates|pharmacy|switch(?:board)?|reception|admin|finance|comms"
    r"|theatres?|portering|catering|domestics|security|nights|days|lates?|earl(?:y|ies)|bed \d|bay \w|ward|bank|agency"
    r"|site|bed management|governance|informatics|procurement|payroll|training|records|coding|the lab|stores)\b"
)
_HIS = re.compile(r", (?:his|her|my|their) [a-z]")
_AND_I = re.compile(r",? (?:and|&) (?:I|me|myself|my|his|her|their)\b")
_SAID_BETWEEN = re.compile(
    r", (?:told|said|asked|rang|says|opened|found|who|phoned|called|came|noticed|gave|took|had)\b"
)
_OF = (
    words(
        """sports birthday car van house bag phone gp nan own wheelchair glasses teeth dentures hearing leg arm
        hand head face eyes hair skin hip knee foot stick coat shift pin locker bike dog cat"""
    )
    | RELATIONS
)


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
    return _before(text, word, found, before) or _after(text, word, found, before)


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
    return found != STRANGE and verb.endswith("ed") and verb not in _CAUSED_BY


def _name_ends(text: Text, word: Word, found: str) -> bool:
    return found != STRANGE and re.compile(r"[,.:;\n]| -|$|'s").match(text.text, word.end) is not None


def _after(text: Text, word: Word, found: str, before: str) -> bool:
    """Whether what stands after the word stands after people."""
    whole, end = text.text, word.end
    if found == DOUBTFUL_SURNAME:
        return False
    begins = text.begins_sentence(word.start)
    behind = _BEHIND.match(whole, end)
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
