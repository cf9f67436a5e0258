"""What stands before or behind people in a sentence, and before or behind nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.lists import kind_of
from thememiner.deidentifying.parts import SURNAME
from thememiner.deidentifying.vocabulary import RELATIONS, VERBS, words

if TYPE_CHECKING:
    from thememiner.deidentifying.capitals import Text, Word

TOLD = re.compile(
    r"(?:^|\W)(?:told|asked|informed|met|texted|hugged|named|escorted|assisted|advised"
    r"|reminded|approached|encouraged|reassured|comforted|restrained|attacked|assaulted|thank|love) $",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"(?:^|\W)(?:by|with|that|when|while|whilst|because|if|and|where|as|after|before|although|about) $",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?:says|said) $")
_SPEECH = re.compile(r": [\"'“‘]?[A-Z]")
OF = re.compile(r"(?:^|\W)(?:of|by|to|for|from|with) $")
# What people do, and organisations and medicines do not.
LIVES = words(
    """died lived felt fell suffered collapsed cried ate slept walked wept drank woke sadly tragically
    screamed smoked vomited fainted married smiled laughed hanged jumped ran whose who herself himself"""
)
SPOKE = words("said told asked spoke explained rang phoned thought wanted went came sat stood got knew")
# The same in the present of a note.
PRESENT = words(
    """says denies feels thinks cries sleeps eats drinks walks believes worries refuses weeps smokes knows
    lives wants likes hopes agrees declines asks prefers"""
)
# After a forename that begins a sentence, what tells it from a word.
FOLLOWERS = (
    VERBS
    | SPOKE
    | LIVES
    | PRESENT
    | words(
        """in on at from with and & to also then still not now has had who will would can could should may
        might must does did do is was isn't wasn't hasn't didn't doesn't won't can't or but as by
        for rings phones calls texts reports states gets goes comes takes gives needs uses lives
        sits lies looks seems upset tearful unwell confused agitated asleep awake anxious poorly
        unsettled settled aggressive drowsy alert frail deaf blind you we he she i lost sent ran led
        fell found gave kept made met put read saw shut spent threw woke won wore wrote bit broke
        brought bought caught chose cut drove fed forgot fought hit held hurt let lay paid swore
        tore pt the a one our my your"""
    )
)
HIS = RELATIONS | words(
    "death family parents children bedroom room condition body behaviour mood notes flat bed wishes life age"
)
BEHIND = re.compile(
    r",? (?:\(?aged? \d|\(?\d\d ?(?:years|yrs|y/o|yo\b)|(?:sadly |tragically )?(?:died|passed away|was born)"
    r"|\((?:dob|d\.o\.b|born|nhs|he/|she/|they/)|dob\b|born (?:on )?\d|who )",
    re.IGNORECASE,
)

# After the name of staff, family or a caller: a register, a telephone, an age, who it is.
_ROLE_AFTER = (
    r"(?:nurse|hca|hcsw|rn|rmn|rgn|cpn|hv|mw|clerk|mgr|manager|reg|registrar|sho|consultant|doctor|dr"
    r"|gp|physio\w*|ot|sw|slt"
    r"|pharmacist|midwife|keyworker|worker|receptionist|secretary|porter|cleaner|carer|practitioner"
    r"|paramedic"
    r"|technician|co-?ordinator|sister|matron|driver|volunteer|chaplain|interpreter|advocate|psychologist"
    r"|psychiatrist|therapist|radiographer|dietitian|dietician|phleb\w*|amhp|imca|imha|odp|surgeon"
    r"|anaesthetist|student"
    r"|mum|mother|dad|father|wife|husband|partner|son|daughter|brother|neighbour|friend|niece|nephew"
    r"|nok|landlord"
    r"|landlady|solicitor|band \d)\b"
)
STAFF_BEHIND = re.compile(
    r",? \(?(?:gmc|nmc|hcpc|gphc|gdc|goc)(?: (?:pin|no\.?|number|reg\.?|ref\.?)){0,2}:? ?[a-z]{0,3}\d"
    r"|,? \(?(?:on |tel\.?:? ?|mob\.?:? ?|m: ?|t: ?)?(?:\+44|\(?0[127])[\d ()]{8,}"
    r"|,? \((?:[mf]|male|female)\b|,? \(?\d{1,3} ?(?:[mf]\b|yrs?\b|years\b|yo\b|y/o|/12)"
    r"|, \d{1,3}(?=[,.;)]|$)"
    rf"|,? \((?:[a-z\-]+ ){{0,2}}{_ROLE_AFTER}"
    rf"|, (?:(?:the|a|an|our|my|his|her|their) |[a-z\-]+ ){{0,3}}(?:{_ROLE_AFTER})",
    re.IGNORECASE,
)


def is_line(text: Text, seen: list[Word]) -> bool:
    """Whether the words are a whole line and more than ASCII, as no heading of a text in English is."""
    start, end = seen[0].start, seen[-1].end
    alone = text.text[start - 1 : start] in {"", "\n"} and text.text[end : end + 1] in {"", "\n"}
    return alone and not text.text[start:end].isascii()


def has_evidence(text: Text, seen: list[Word]) -> bool:
    """Whether what stands before or behind two words or more is what stands beside people."""
    start, end = seen[0].start, seen[-1].end
    following, of = text.following(end)
    if BEHIND.match(text.text, end) or following in LIVES or (of and following in HIS):
        return True
    if STAFF_BEHIND.match(text.text, end) and not text.stands_as_place(seen[0]):
        return True
    before = text.text[max(0, start - 16) : start]
    if TOLD.search(before):
        return True
    return following in VERBS and not of and (BESIDE.search(before) is not None or following in SPOKE)


def is_speaker(text: Text, word: Word, found: str) -> bool:
    """Whether somebody says this: "Example: what now?", '"Go," says Example.'."""
    if _SAYS.search(text.text, max(0, word.start - 6), word.start):
        return text.text[word.end : word.end + 1] in {".", ",", ";", '"'}
    return (
        found == SURNAME
        and "p" not in kind_of(word.lower)
        and text.begins_sentence(word.start)
        and text.text[word.start - 1 : word.start] in {"", "\n"}
        and _SPEECH.match(text.text, word.end) is not None
    )
