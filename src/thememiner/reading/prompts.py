"""How a form's own words are told from an answer: what asks, and what tells how to fill it in."""

from __future__ import annotations

import re

from thememiner.reading.tidying import line

_NUMBERED = re.compile(
    r"(?:q(?:uestion)?\s*\d{1,2}(?:\.\d{1,2})*[a-z]?[.):]?|\d{1,2}(?:\.\d{1,2})+[.):]?|"
    r"\d{1,2}[a-z]?[.):]|[a-z][.)])\s+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:q(?:uestion)?\s*)?\d{0,3}(?:\.\d{1,2})*[a-z]?[.):]?", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?:please\s+)?(?:describe|explain|outline|set out|summarise|provide|give|list(?! of)|"
    r"state(?! of)|detail|"
    r"tell us|confirm|identify|specify|indicate|comment on|demonstrate)\b",
    re.IGNORECASE,
)
# A question mark at the end, or at the end of the first sentence with guidance after it.
_ASKED = re.compile(r"[^?.!]{3,300}\?(?:\W|$)|.*\?\W*$", re.DOTALL)
_ENDS_ASKING = re.compile(r".*\?\W*$", re.DOTALL)
IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*[.:]?\s*$")
_FORM = (
    r"(?:this|the|each|every|all|your|completed|of) (?:(?:completed|attached) )?(?:form|template|return|"
    r"questionnaire|pro-?forma|box(?:es)?|questions?|submission|spreadsheet|self-assessment)s?\b"
)
_ABOUT_FORM = re.compile(rf"\b(?:{_FORM}|deadline|closing date|office use)", re.IGNORECASE)
# What a form says to whoever fills it in.
_GUIDANCE = re.compile(
    r"please (?:do not|don’t|don't|describe|explain|outline|set out|summarise|provide|give|list|"
    r"state|detail|tell|"
    r"confirm|identify|specify|indicate|comment|demonstrate|complete|return|send|e-?mail|submit|answer|tick|"
    r"select|choose|use|include|attach|ensure|make sure|keep|write|limit|consider|enter|insert|type|rate|"
    r"score|add|fill|save|expand|continue|mark|delete|circle|upload)\b|"
    r"(?:describe|explain|outline|summarise|set out) (?:how|what|why|where|your|any|the)\b|"
    r"(?:tick|select|mark|circle|delete) (?:all|one|as|the|those|any|whichever)\b|"
    r"guidance(?: notes?)?:|instructions?:|notes? (?:for|on) (?:completing|completion)|"
    r"(?:thank you\W+)?(?:this|the) (?:form|template|return|questionnaire|pro-?forma) "
    r"(?:is|will|must|should|may|can|asks|covers|has)\b|"
    r"thank you for (?:completing|your (?:response|return|submission|time))|end of (?:the )?(?:form|return)|"
    r"(?:no more than|up to|maximum(?: of)?|max\.?|in) (?:about )?\d{2,4} words\b",
    re.IGNORECASE,
)
_BRACKETED_GUIDANCE = re.compile(
    r"\b(?:max(?:imum)?\.?|no more than|up to|about|limit)\W+(?:of )?\d{2,4}\b|\bwords\b|\bplease\b|"
    r"\be\.?g\b|"
    r"\bfor example\b|\byour?\b|\boptional\b|\bmandatory\b|\brequired\b|\bif (?:yes|no|so|not|applicable)\b|"
    r"\btick\b|\bdelete\b|\bselect\b|\binclude\b|\bfree text\b|\bdescribe\b|\battach\b",
    re.IGNORECASE,
)
_ITALIC_GUIDANCE = re.compile(
    r"(?:consider|include|note|refer|think|ensure|use|attach|add|tell|say|see|complete|tick|select|"
    r"enter|keep|"
    r"write|mention|cover|focus|do not|give|list|describe|provide|this (?:section|question|part)|if|"
    r"for example|"
    r"e\.g|you|answers?|responses?|maximum|max|no more|evidence (?:might|may|could|should))\b|.*\byour?\b",
    re.IGNORECASE,
)
_MOST_PROMPT = 40  # words of a numbered prompt without a question mark
_MOST_LEAD = 600  # characters of a question with its guidance


def is_question(text: str) -> bool:
    """Whether a cell asks: it has a question mark at a word's end, is numbered, or begins with a request."""
    plain = line(text)
    if not plain or len(plain) > _MOST_LEAD:
        return False
    numbered = _NUMBERED.match(plain)
    rest = plain[numbered.end() :] if numbered else plain
    if _ASKED.match(rest) or _requests(rest):
        return True
    return numbered is not None and 4 <= len(plain.split()) <= _MOST_PROMPT and rest[:1].isupper()


def asks(text: str) -> bool:
    """Whether words where an answer may stand ask all the same: they end in a question or begin a request.

    Stricter than `is_question`: an answer may be numbered, and may ask something and go on.
    """
    plain = line(text)
    if not plain or len(plain) > _MOST_LEAD:
        return False
    rest = unnumbered(plain)
    if _ENDS_ASKING.match(IN_BRACKETS.sub("", rest)) and len(re.findall(r"[.!?](?:\s|$)", rest)) <= 2:
        return True
    first, mark, after = rest.partition("?")
    if mark and not re.search(r"[.!]\s", first) and is_guidance(after.strip()):
        return True
    return _requests(rest)


def _requests(rest: str) -> bool:
    return bool(_REQUEST.match(rest)) and len(rest.split()) >= 3


def unnumbered(text: str) -> str:
    """The words without the number that they begin with."""
    plain = line(text)
    numbered = _NUMBERED.match(plain)
    return plain[numbered.end() :] if numbered else plain


def is_numbered(text: str) -> bool:
    """Whether a line begins with a question's number ("2.1 ", "Q3: ")."""
    return _NUMBERED.match(line(text)) is not None


def is_number(text: str) -> bool:
    """Whether a cell is a question's number alone ("3", "Q2.1"), or blank."""
    return _NUMBER.fullmatch(line(text)) is not None


def is_guidance(text: str, *, italic: bool = False) -> bool:
    """Whether a line is what a form says to whoever fills it in; of italics less is asked."""
    plain = line(text)
    if not plain or len(plain) > _MOST_LEAD:
        return False
    if _GUIDANCE.match(plain):
        return True
    if IN_BRACKETS.fullmatch(plain) and _BRACKETED_GUIDANCE.search(plain):
        return True
    return italic and (bool(_ITALIC_GUIDANCE.match(plain.lstrip("([")) or IN_BRACKETS.fullmatch(plain)))


def about_form(text: str) -> bool:
    """Whether a paragraph speaks of the form itself, or tells how to fill it in."""
    return names_form(text) or is_guidance(text)


def names_form(text: str) -> bool:
    """Whether a paragraph names the form, its boxes or its deadline."""
    return bool(_ABOUT_FORM.search(line(text)))
