"""Whether a name stands for what is called after somebody: an eponym, a ward, a hospital, a device."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thememiner.deidentifying.beside import BEHIND
from thememiner.deidentifying.brands import BRANDS
from thememiner.deidentifying.eponyms import (
    CALLED,
    CALLED_LIKE_PEOPLE,
    EPONYM_NAMES,
    FORENAME_EPONYMS,
    HEADS,
    HOSPITALS,
    SCALES,
    SIGNS,
    VIRTUES,
)
from thememiner.deidentifying.lists import is_forename, kind_of
from thememiner.deidentifying.things import EPONYMS
from thememiner.deidentifying.vocabulary import ROLES_AFTER, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thememiner.deidentifying.capitals import Text, Word

_CAPITALISED = r"[^\W\d_a-z][\w'’\-]*"
_WARDS = (
    *(
        "Ward ",
        "Unit ",
        "Suite ",
        "Block ",
        "Wing ",
        "Lodge ",
        "Theatre ",
        "Building ",
        "Zone ",
        "Villa ",
        "Annexe ",
    ),
    *("Pod ", "on ward ", "to ward ", "from ward ", "of ward "),
)
# "Fern and Clover wards", "Kell and Diego antigens".
_SHARED_HEAD = re.compile(
    rf"(?:(?:,| and| &|, and|/) ?{_CAPITALISED}){{1,4}} "
    r"(?:wards?|units|suites|wings|lodges|theatres|bays|hospitals|clinics|sites|antibod(?:y|ies)|antigens|tests?|signs?|criteria|scales?|scores?|models?|theories|cycles?|principles"
    r"|phenotypes?|groups?)(?!\w)"
)
_DEPARTMENT = re.compile(
    r" (?:ED|A&E|ICU|ITU|HDU|CCU|AMU|MAU|SAU|ASU|MIU|UTC|CDU|EAU|AAU|PICU|NICU|SCBU|PAU|SDEC|OPD|DSU|GUM"
    r"|HASU|CAMHS)(?![\w'’])"
    rf"(?! (?:{'|'.join(ROLES_AFTER)}|reg|sister|charge|staff|lead|matron)\b)"
)
# "Exampleton T34": a model of a device.
_MODEL = re.compile(r" (?:[A-Z]{1,3}-?\d{1,4}[A-Za-z]?|Mk ?\d|II|III|IV|VI|VII)(?![\w/])")
_SCORED = re.compile(r" (?:was |of |now |= ?)?\d{1,3}(?:/\d+|[A-C])?[.,;)]")
# What hospitals do and have, in a note that calls one by a name alone.
_HOSPITAL_AFTER = re.compile(
    r"(?:'s)? (?:(?:has|had|have|has got) (?:a|no|any|one|two|\d+) (?:\w+ )?beds?\b"
    r"|(?:is|are|was|were) (?:now |currently |still |both )?"
    r"(?:closed|full|shut|diverting|on divert|on black|on opel|on red|at capacity|escalated)\b"
    r"|breached\b"
    r"|(?:sent|send|returned|emailed|faxed|posted|lost|reported|rejected) (?:us |over |back )?"
    r"(?:the |our |their |no |two )?"
    r"(?:scans?|images?|imaging|films?|histology|samples?|bloods?|slides|referrals?|transfers?)\b"
    r"|(?:transplant|path|pathology|switchboard|neuro|neurosurg\w*|cardiac|burns|spinal|vascular|renal|stroke|trauma"
    r"|theatres?|site|labs?|radiology|microbiology|bed managers?|critical care|retrieval|on-call|on call) ?"
    r"(?:\w+)?"
    r"|(?:accepted|declined|refused|repatriated) (?:the|him|her|them|our|transfer|back)\b)"
)
_HOSPITAL_BEFORE = re.compile(
    r"(?:^|\W)(?:at|in|via|near|(?:transferred|transfer|moved|sent|admitted|repatriated|repat|blue-?lighted|conveyed|taken"
    r"|referred|discharged|back|scans|images|bed|beds) (?:to|from|at)) $"
)
# Nobody is called "the Xton", but those of a household are.
_THE = ("The ", "the ")
_HOUSEHOLD = words(
    """family families boy boys girl girls twin twins baby babies child children household brothers sisters
    parents couple sons daughters kids siblings"""
)
# "Patience is asked of visitors."
_ASKED = re.compile(
    r" (?:is|are|was) (?:\w+ly )?"
    r"(?:asked|required|needed|expected|appreciated|essential|important|key|vital|requested|valued)\b"
)
# One name with a plural: "Xton have a bed", "Xton are full".
_COLLECTIVE = re.compile(r"(?:'s)? (?:have|are|haven't|aren't) ")
_CLAUSE = re.compile(r"(?:[.;:!?\n\x00(]|^|\b(?:as|since|because|that|but|so|now)) ?$")
_LISTED = rf"(?:{_CAPITALISED})"
_NEXT_LISTED = re.compile(rf"(?:, | and | & |, and )(?P<word>{_LISTED})")
_LAST_LISTED = re.compile(rf"(?P<word>{_LISTED})(?:, | and | & |, and )$")
# Surnames that too many people bear to tell by one of them what a list is of.
_COMMON = words(
    """smith jones williams taylor brown davies evans wilson thomas roberts johnson lewis walker robinson wood
    thompson white watson jackson wright green harris cooper king lee martin clarke james morgan hughes
    edwards hill moore clark harrison scott young morris hall ward turner carter phillips mitchell patel
    adams campbell anderson allen cook bailey parker miller davis murphy price bell baker griffiths
    kelly simpson marshall collins bennett cox richardson fox gray chapman hunt robertson shaw reynolds
    lloyd ellis richards russell wilkinson graham stewart reid murray powell palmer holmes rogers
    stevens hunter thomson ross owen mason knight kennedy butler foster harvey hudson gibson barnes
    pearson dixon grant gordon harper hart mcdonald brooks ryan hamilton west gill dawson gardner
    andrews williamson fisher lawrence wells spencer poole fraser black fletcher willis marsh lowe
    nicholson newman henderson howard barrett burton riley perry ball elliott duncan austin wallace
    hawkins hayes francis davidson may morrison"""
)
_TELLING = (EPONYM_NAMES | EPONYMS) - _COMMON


def is_called(text: Text, run: Sequence[Word], at: int, end: int, *, known: bool = False) -> bool:
    """Whether run[at:end], of which one or more words can be a name, stands for a thing and no person.

    A `known` name is that of a person of the same text, and is not doubted for a word or two beside it.
    """
    whole, first, last = text.text, run[at], run[end - 1]
    if whole[max(0, first.start - 10) : first.start].endswith(_WARDS):
        return True
    if len(run) > 1:
        for place in range(max(0, at - 1), min(end, len(run) - 1)):
            pair = f"{run[place].lower} {run[place + 1].lower}"
            if pair in CALLED:
                return BEHIND.match(whole, last.end) is None
            if pair in CALLED_LIKE_PEOPLE and _among_hospitals(text, run[place], run[place + 1]):
                return True
    if "-" in first.text and first.lower.replace("-", " ") in CALLED:
        return True
    after = whole[last.end : last.end + 5]
    if after[:1] == " " and after[1:2].isupper() and _DEPARTMENT.match(whole, last.end):
        return True
    if end < len(run):
        return False
    joined = after[:1] in {",", "/"} or after.startswith((" and ", " & "))
    if joined and _SHARED_HEAD.match(whole, last.end):
        return True
    lone = len(run) == 1 or (len(run) == 2 and run[0].lower == "the")
    return lone and not known and _is_called_alone(text, first)


def is_eponym(text: Text, word: Word) -> bool:
    """Whether what follows makes a name an eponym: "Rey's figure", "Cullen's sign"."""
    heads = FORENAME_EPONYMS.get(word.lower)
    if heads is None and word.lower not in EPONYM_NAMES:
        return False
    following, of = text.following(word.end)
    if heads is not None and following.lower() in heads:
        return True
    if word.lower not in EPONYM_NAMES:
        return False
    return (of and following in SIGNS) or (following in HEADS and not is_forename(word.lower))


def _is_called_alone(text: Text, word: Word) -> bool:
    whole = text.text
    before = whole[max(0, word.start - 40) : word.start]
    if (
        whole[word.end : word.end + 1] == " "
        and _COLLECTIVE.match(whole, word.end)
        and _CLAUSE.search(before)
    ):
        return True
    if word.lower in BRANDS and _MODEL.match(whole, word.end):
        return True
    if word.lower in SCALES and _SCORED.match(whole, word.end):
        return True
    name = f"{word.lower}s" if whole.startswith("'s", word.end) else word.lower
    if name in HOSPITALS and (before.endswith(_THE) or _among_hospitals(text, word, word)):
        return text.following(word.end)[0] not in _HOUSEHOLD
    if word.lower in VIRTUES and _ASKED.match(whole, word.end):
        return True
    if word.lower in EPONYM_NAMES:
        following = _NEXT_LISTED.match(whole, word.end)
        leading = _LAST_LISTED.search(before)
        return any(
            found is not None
            and found["word"].lower() in _TELLING
            and "F" not in kind_of(found["word"].lower())
            for found in (following, leading)
        )
    return False


def _among_hospitals(text: Text, first: Word, last: Word) -> bool:
    return (
        _HOSPITAL_AFTER.match(text.text, last.end) is not None
        or _HOSPITAL_BEFORE.search(text.text, max(0, first.start - 20), first.start) is not None
        or text.following(last.end)[0] in {"have", "are"}
        or _DEPARTMENT.match(text.text, last.end) is not None
    )
