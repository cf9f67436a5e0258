"""How a form's own words are told from an answer: questions, headings of columns, particulars, tick boxes."""

from __future__ import annotations

import re

from thememiner.reading.tidying import line

_NUMBERED = re.compile(
    r"(?:q(?:uestion)?\s*\d{1,2}(?:\.\d{1,2})*[a-z]?[.):]?|\d{1,2}(?:\.\d{1,2})+[.):]?|\d{1,2}[a-z]?[.):]|[a-z][.)])\s+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:q(?:uestion)?\s*)?\d{0,3}(?:\.\d{1,2})*[a-z]?[.):]?", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?:please\s+)?(?:describe|explain|outline|set out|summarise|provide|give|list|state|detail|tell us|"
    r"confirm|identify|specify|indicate|comment on|demonstrate)\b",
    re.IGNORECASE,
)
# A question mark at the end, or at the end of the first sentence with guidance after it.
_ASKED = re.compile(r"[^?.!]{3,300}\?(?:\W|$)|.*\?\W*$", re.DOTALL)
_QUESTION_WORDS = (
    "question|questions|prompt|prompts|requirement|requirements|standard|standards|criterion|criteria|"
    "key line of enquiry|key lines of enquiry|kloe|kloes|line of enquiry|lines of enquiry|expectation|"
    "recommendation|recommendations|area of enquiry|review question|review questions|topic|item|area|"
    "what we ask|element|domain|theme|statement|indicator|section"
)
_QUESTION_HEADINGS = frozenset(_QUESTION_WORDS.split("|"))
_ANSWER_HEADINGS = re.compile(
    r"\b(responses?|answers?|reply|replies|comments?|narrative|your evidence|evidence|assurance|"
    r"current position|current state|position|self[- ]assessment|free text|details)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"(?:(?:name of )?(?:the )?(?:your )?(?:responding |reporting |provider )?"
    r"(?:organisation|organization|trust|provider|icb|employer)(?:'s|’s)?(?: name)?|"
    r"(?:organisation|trust|provider|icb) (?:completing|submitting) (?:this|the) (?:form|return|template))$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:date|(?:date )?(?:completed|submitted|returned|signed|issued)(?: on)?|"
    r"date (?:of|form|template|return) ?(?:completion|submission|return|completed|submitted)?|"
    r"(?:completion|submission|return) date)$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:(?:full |your |contact )?name|job title|title|role|position held|e-?mail(?: address)?|"
    r"(?:tele)?phone(?: number)?|contact(?: details| number| name)?|completed by|prepared by|submitted by|"
    r"author|signed(?: off)?(?: by)?|signature|approved by|respondent|lead contact|address|"
    r"name (?:and|&) (?:job )?(?:title|role)|region|system|icb area|reference(?: number)?)$",
    re.IGNORECASE,
)
_BOXES = re.compile(r"([☐☒☑□■✓✔✗✘])")
_TICKED = frozenset("☒☑■✓✔✗✘")
_MOST_LABEL = 60  # characters of a particular's label
_MOST_PROMPT = 40  # words of a numbered prompt without a question mark
_MOST_LEAD = 600  # characters of a question with its guidance


def is_question(text: str) -> bool:
    """Whether a cell asks: it has a question mark at a word's end, is numbered, or begins with a request."""
    plain = line(text)
    if not plain or len(plain) > _MOST_LEAD:
        return False
    words = len(plain.split())
    numbered = _NUMBERED.match(plain)
    rest = plain[numbered.end() :] if numbered else plain
    if _ASKED.match(rest):
        return True
    requests = bool(_REQUEST.match(rest)) and words >= 3
    if numbered:
        return requests or (4 <= words <= _MOST_PROMPT and rest[:1].isupper())
    return requests


def is_number(text: str) -> bool:
    """Whether a cell is a question's number alone ("3", "Q2.1"), or blank."""
    return _NUMBER.fullmatch(line(text)) is not None


def question_heading(text: str) -> bool:
    """Whether a column's heading says that questions stand under it."""
    return line(text).rstrip(":").casefold() in _QUESTION_HEADINGS


def answer_heading(text: str) -> bool:
    """Whether a column's heading says that answers stand under it."""
    plain = line(text)
    return len(plain) <= _MOST_LABEL and bool(_ANSWER_HEADINGS.search(plain))


def particular(text: str) -> str:
    """What particular a label asks for: "organisation", "date", "person" (not kept), or "" for none."""
    plain = line(text).rstrip(" :*")
    if not plain or len(plain) > _MOST_LABEL:
        return ""
    for sort, pattern in (("organisation", _ORGANISATION), ("date", _DATE), ("person", _PERSON)):
        if pattern.match(plain):
            return sort
    return ""


def ticked(answer: str) -> str:
    """The answer; of one that offers boxes to tick, only what is ticked, on whichever side its words are."""
    pieces = _BOXES.split(answer)
    if len(pieces) == 1:
        return answer
    words, boxes = pieces[0::2], pieces[1::2]
    before = bool(words[0].strip()) and not words[-1].strip()  # "Yes ☒ No ☐"
    options = words[:-1] if before else words[1:]
    chosen = [option.strip() for box, option in zip(boxes, options, strict=True) if box in _TICKED]
    said = [] if before else [words[0].strip()]
    return "\n".join(filter(None, [*said, *chosen]))
