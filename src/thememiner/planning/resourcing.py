"""What the evidence itself says of resources: caseloads, vacancies, whole-time equivalents, money.

Whole sentences, word for word, each with where it stands. Nothing is added up, rounded or estimated: a
number that nobody stated is not in a plan. What a policy asks for is no shortfall, and neither is what
is told as good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from thememiner.records import DocumentEntry, Evidence

NONE_STATED = "none stated in the evidence"
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9£])|\s*\n\s*")
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
# A number that counts, and no length of time, share or year.
_NUMBER = (
    r"(?<![\w.,£-])(?!(?:19|20)\d\d\b)(?:\d[\d,]*(?:\.\d+)?|" + "|".join(_WORDS.split()) + r")\b"
    r"(?!\s*(?:%|per ?cent|(?:working |calendar )?(?:minute|hour|day|week|month|year)s?\b))"
)
_PEOPLE = r"(?:people|persons|patients|service users|clients|cases)"
_WORKER = r"(?:worker|practitioner|nurse|cpn|coordinator|member of staff|clinician|post)"
_THEIR = "(?:her|his|their|its|our|the)"
_POSTS = (
    r"(?:posts?|roles?|band|nurs\w+|psycholog\w+|psychiatr\w+|social work\w*|doctors?|staff\w*|teams?|rate)"
)
_NEEDED = r"(?:further|new|additional|more|extra|recurrent|lack of|insufficient|not enough)"
_MEANS = r"(?:investment|funding|funds|money|resources?|resourcing)"
# What is stated -> how a sentence states it.
_STATED = {
    "caseloads": (
        rf"case-?loads?\b(?:\W+\w+){{0,6}}?\W+{_NUMBER}",
        rf"{_NUMBER}(?:\W+\w+){{0,3}}?\W+(?:on|in)\s+(?:\w+\W+){{0,3}}?case-?loads?\b",
        rf"\b(?:holds?|holding|held|carr(?:y|ies|ying))\s+(?:\w+\s+)?{_NUMBER}\s+(?:\w+\s+)?{_PEOPLE}\b",
        rf"\b(?:has|have|having)\s+(?:\w+\s+)?{_NUMBER}\s+{_PEOPLE}\s+(?:to look after|on {_THEIR} books)",
        rf"{_NUMBER}\s+(?:\w+\s+)?{_PEOPLE}\s+(?:each|per|for (?:each|every))\b",
        rf"{_NUMBER}\s+{_PEOPLE}\s+to\s+(?:a|one|each)\s+{_WORKER}",
    ),
    "vacancies": (
        rf"\b(?:vacan(?:t|cy|cies)|unfilled)\b(?=.*\b{_POSTS}\b)",
        rf"\b{_POSTS}\b.*\b(?:vacan(?:t|cy|cies)|unfilled)\b",
        rf"{_NUMBER}\s+(?:\w+\s+){{0,3}}vacanc(?:y|ies)\b",
    ),
    "whole-time equivalents": (
        rf"{_NUMBER}\s*(?:w\.?t\.?e|f\.?t\.?e|(?:whole|full)[- ]time equivalent)",
        rf"\b(?:w\.?t\.?e|f\.?t\.?e|(?:whole|full)[- ]time equivalent)s?\b.*{_NUMBER}",
    ),
    "money": (
        r"£\s?\d",
        rf"\b{_NEEDED}\s+(?:\w+\s+){{0,2}}{_MEANS}\b",
        r"\b(?:unfunded|underfunded|not (?:been )?(?:funded|commissioned))\b",
    ),
}
_RULES = {what: re.compile("|".join(rules), re.IGNORECASE) for what, rules in _STATED.items()}
# A sentence that says that there is none of it, or speaks of homes, states no shortfall.
_NONE = re.compile(
    r"\b(?:no|nil|zero|without|any|not have)\s+(?:\w+\s+){0,3}?(?:vacan\w+|unfilled)"
    r"|\b(?:hostel|housing|flats?|beds?|tenanc\w+|accommodation|placements?)\b.*\bvacan"
    rf"|\b(?:no|without|not need|not require)\s+(?:any\s+)?{_NEEDED}\s+(?:\w+\s+){{0,2}}{_MEANS}",
    re.IGNORECASE,
)


def stated(text: str, kind: str = "account") -> list[tuple[str, str]]:
    """(what, sentence) of each sentence of a text that states caseloads, vacancies, posts or money.

    Each sentence is a slice of the text, given once, under the first that fits. In feedback, money is
    people's own and does not count.
    """
    found = []
    for sentence in filter(None, (part.strip() for part in _SENTENCE.split(text))):
        if _NONE.search(sentence):
            continue
        for what, rule in _RULES.items():
            if rule.search(sentence) and not (what == "money" and kind == "feedback"):
                found.append((what, sentence))
                break
    return found


def resource_gap(excerpts: Iterable[Evidence], documents: Mapping[str, DocumentEntry]) -> str:
    """The sentences of excerpts that state resources, each with its source, a line each.

    `NONE_STATED` where there is none.
    """
    lines: dict[str, str] = {}
    for excerpt in excerpts:
        if excerpt.modality == "commitment" or excerpt.polarity == "positive":
            continue
        for _, sentence in stated(excerpt.quote, excerpt.kind):
            lines.setdefault(
                f"{excerpt.document_id} {sentence}", f"“{sentence}” ({place(excerpt, documents)})"
            )
    return "\n".join(lines.values()) or NONE_STATED


def place(excerpt: Evidence, documents: Mapping[str, DocumentEntry]) -> str:
    """Whose words an excerpt has and where they stand: "Northfield, return.docx, page 2"."""
    document = documents.get(excerpt.document_id)
    parts = [
        excerpt.organisation,
        *([document.source, document.locator] if document else []),
        excerpt.location,
    ]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "place not recorded"
