"""What headings and labels of a form's tables are: of questions, answers, a scale's steps, particulars."""

from __future__ import annotations

import re

from thememiner.reading.prompts import IN_BRACKETS, unnumbered
from thememiner.reading.tidying import line

_QUESTION_HEADING = re.compile(
    r"(?:(?:review|audit|assessment|self-assessment|core|key|main|the|your|our|area of|areas of|"
    r"no\.? and|lines? of|"
    r"key lines? of|template|national|good practice) )*"
    r"(?:questions?|prompts?|requirements?|standards?|criteri(?:on|a)|enquiry|kloes?|expectations?|"
    r"recommendations?|topics?|items?|areas?|what we ask(?:ed)?|elements?|domains?|themes?|statements?|"
    r"indicators?|sections?|subjects?|aspects?|components?|objectives?|dimensions?|measures?)"
    r"(?: (?:of|for) (?:enquiry|focus|interest|review|practice|work|care|service|assessment))?"
    r"(?: ?/ ?\w+)?",
    re.IGNORECASE,
)
_ANSWER_HEADING = re.compile(
    r"\b(responses?|answers?|reply|replies|comments?|commentary|narrative|your evidence|evidence|assurance|"
    r"current position|current state|position|self[- ]assessment|free text|details|your \w+|rationale)\b",
    re.IGNORECASE,
)
_SURE_HEADING = re.compile(
    r"\b(responses?|answers?|reply|replies|your \w+|self[- ]assessment|free text)\b", re.IGNORECASE
)
_NUMBER_HEADING = re.compile(
    r"(?:(?:q|question|item|ref) )?(?:no|nr|number|ref|reference|q|#|id)\W*|#", re.IGNORECASE
)
# Headings of columns that hold more of the form's own words.
_OWN_HEADING = re.compile(
    r"\b(guidance|prompts?|what good looks like|good practice|examples?|suggested|required|expected|"
    r"criteri(?:a|on)|"
    r"standards?|requirements?|descriptions?|descriptors?|definitions?|why (?:this|we|it)|help|instructions?|"
    r"explanat\w+|max(?:imum)? score|weight(?:ing)?|sources? of|points to consider|things to consider)\b",
    re.IGNORECASE,
)
# Steps of a scale: a column headed so is one to tick.
_STEP = re.compile(
    r"(?:level|stage|score|rating)?\s*[0-5](?:\W.{0,40})?|(?:level|stage) [0-5a-e]\b.{0,40}|yes|no|n/?a|y|n|"
    r"not applicable|don[’']?t know|not known|unsure|red|amber|green|blue|(?:red|amber|green)\W.{0,30}|"
    r"(?:fully|partly|partially|mostly|largely|not|in part|not yet)(?: (?:yet )?(?:met|in place|"
    r"compliant|assured|"
    r"achieved|implemented|started|applicable|embedded|at all))?|met|unmet|always|often|sometimes|"
    r"rarely|never|"
    r"emerging|developing|developed|maturing|mature|established|embedded|advanced|basic|starting|progressing|"
    r"leading|exemplar|good|fair|poor|low|medium|high|none|some|all|most|"
    r"strongly (?:agree|disagree)|agree|disagree|neither.{0,25}",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"(?:(?:full )?(?:name of )?(?:the )?(?:your )?(?:responding |reporting |provider |submitting )?"
    r"(?:organisation|organization|trust|provider|icb|employer)(?:'s|’s)?(?: name)?|"
    r"(?:organisation|organization|trust|provider|icb) (?:name|completing|submitting|responding)"
    r"(?: (?:this|the) (?:form|return|template))?|(?:which|what) (?:organisation|trust|provider)\b.{0,40}\?|"
    r"what is the name of your (?:organisation|trust|provider)\?)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:date|(?:date )?(?:completed|submitted|returned|signed|issued)(?: on)?|"
    r"date (?:of|form|template|return) ?(?:completion|submission|return|completed|submitted)?|"
    r"(?:completion|submission|return) (?:date|time)|date/time|timestamp|submitted at)$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:(?:full |your |contact |first |last )?name|surname|job title|title|your role|role|position held|"
    r"e-?mail(?: address)?|(?:tele)?phone(?: number)?|contact(?: details| number| name| person| e-?mail)?|"
    r"(?:form )?(?:completed|prepared|submitted|signed|signed[- ]off|approved|authorised|agreed) by|"
    r"author|sign(?:ed)?(?:[- ]off)?|signature|respondent|(?:lead|main) contact|address|"
    r"(?:name|role)(?:,| and| &| /|/) ?(?:job )?(?:title|role|name)|"
    r"(?:name|role|details|job title|e-?mail) of (?:the )?(?:person|lead|author|respondent|contact|"
    r"individual)\b.{0,30}|"
    r"person completing\b.{0,30}|(?:executive|accountable|responsible|nominated|lead) (?:lead|"
    r"officer|director)|"
    r"region|system|icb area|reference(?: number)?|version)$",
    re.IGNORECASE,
)
# The columns that a survey tool adds of its own.
_SURVEY = re.compile(
    r"(?:respon(?:se|dent|dant) )?id|start(?:ed)? (?:time|date|at)|last modified.*|ip address|collector.*|"
    r"language|custom data.*|browser|status|progress|duration.*|recorded date|user ?(?:name|agent)|#|no\.?",
    re.IGNORECASE,
)
_MOST_LABEL = 60  # characters of a particular's label


def heading(text: str) -> str:
    """A column's heading on one line, without what it asks for in brackets."""
    plain = line(text)
    return IN_BRACKETS.sub("", plain) or plain


def question_heading(text: str) -> bool:
    """Whether a column's heading says that questions stand under it."""
    return _QUESTION_HEADING.fullmatch(line(text).rstrip(":")) is not None


def answer_heading(text: str) -> bool:
    """Whether a column's heading says that answers stand under it."""
    plain = line(text)
    return len(plain) <= _MOST_LABEL and bool(_ANSWER_HEADING.search(plain)) and not own_heading(plain)


def sure_heading(text: str) -> bool:
    """Whether a column's heading says that somebody was asked to write under it."""
    return answer_heading(text) and bool(_SURE_HEADING.search(line(text)))


def own_heading(text: str) -> bool:
    """Whether a column's heading says that the form's own words stand under it, or the question's number."""
    plain = line(text)
    return bool(_NUMBER_HEADING.fullmatch(plain)) or (
        bool(_OWN_HEADING.search(plain)) and not _SURE_HEADING.search(plain)
    )


def is_step(text: str) -> bool:
    """Whether a column's heading is one step of a scale, or one option ("Yes", "Amber", "Level 2")."""
    return _STEP.fullmatch(line(text).rstrip(":")) is not None


def particular(text: str) -> str:
    """What particular a label asks for: "organisation", "date", "person" (not kept), or "" for none."""
    plain = IN_BRACKETS.sub("", line(text).rstrip(" :*")).rstrip(" :*")
    plain = unnumbered(plain)
    if not plain or len(plain) > _MOST_LABEL:
        return ""
    for sort, pattern in (("organisation", _ORGANISATION), ("date", _DATE), ("person", _PERSON)):
        if pattern.match(plain):
            return sort
    return ""


def survey_column(text: str) -> bool:
    """Whether a column's heading is one that a survey tool adds of its own ("Start time")."""
    return _SURVEY.fullmatch(line(text)) is not None
