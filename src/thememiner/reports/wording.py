"""The words a reader of the report sees: numbers, names of things, and the sentences that never change.

Every page takes them from here, so that a thing has one name on paper, on screen and in a spreadsheet.
They describe services and systems, never a person; and they claim no more than a count can.
"""

from __future__ import annotations

MARKING = "OFFICIAL-SENSITIVE: working draft, not for publication"
CONTENT_NOTE = (
    "This report quotes accounts of harm, distress and death in the words of the people who gave them. "
    "Take your time, and stop when you need to."
)

STATUS_NOTES = (
    (
        "Every theme and finding here is a draft until a named reviewer has accepted it. "
        "The wording was put together by software."
    ),
    (
        "Counts of reports are not incidence. They show how often something was written down and sent in, "
        "not how often it happens, and a service that reports more may be the safer one."
    ),
    (
        "The method is framework analysis with a codebook: passages are sorted by themes described "
        "beforehand, and other themes that recur are listed beside them."
    ),
    (
        "The text is de-identified (pseudonymised), not anonymous. People could still be recognised from "
        "what happened to them. Check each quote, and apply your own rule for small numbers, before "
        "anything is shared more widely."
    ),
)
NOT_MASKED = (
    "De-identification was switched off for this run: names and other identifiers may be in the text. "
    "Keep this report where the sources are kept."
)

REASON = "Texts were not de-identified; reason given: {reason}"

PEOPLE_NOTE = (
    "These are the words of people who use services, their families and carers, as they gave them. "
    "They come first, they are not ranked, and their number says nothing about their weight: "
    "one account can matter more than a thousand comments."
)
NO_PEOPLE = (
    "No account from a person using services, a family member or a carer is quoted in this report. "
    "That is a gap in the evidence, not a sign that they had nothing to say."
)
UNKNOWN_NOTE = "Silence is not absence: what was not sent, asked or found may still be there."
NO_FINDING = "No finding was made for this section."
NOT_JUDGED = "not yet judged"
NO_ORGANISATION = "Organisation not recorded"
BESIDES = (
    "More came that was not asked for by name: it is counted above, and every file is listed further down."
)
NOTHING_ASKED = "No list of expected documents was given, so nothing can be said to be outstanding."

KINDS = {
    "incident": "incident report",
    "policy": "policy",
    "account": "organisation’s account",
    "feedback": "people and families",
}
KIND_HEADS = {
    "incident": "Incident reports",
    "policy": "Policies",
    "account": "Organisations’ accounts",
    "feedback": "People and families",
}
PEOPLE = ("person using services", "family or carer")
VOICES = {"unknown": "voice not recorded"}
POLARITY_HEADS = {
    "positive": "Positive",
    "negative": "Negative",
    "mixed": "Mixed",
    "neutral": "Neutral",
}
POLARITIES = {
    "positive": "positive about this theme",
    "negative": "negative about this theme",
    "mixed": "mixed about this theme",
    "neutral": "neutral about this theme",
}
COMMITMENT = "says what should happen, not what does"
STATES = {"read": "Read", "partly_read": "Partly read", "refused": "Not read"}
ORIGINS = {"codebook": "Codebook", "discovered": "Found beside the codebook"}
OUTCOMES = {
    "total": "Passages in all",
    "assigned": "Placed under one theme or more",
    "weak": "Only weakly like a theme, so not counted under it",
    "unassigned": "Under no theme",
    "shared": "Of all: in the same words as another document, each counted",
    "superseded": "Of all: only in a version since superseded, counted and said so beside each quote",
}
LINKS = {
    "repeat": "Told again: counted once",
    "superseded": "Older version: what the newer says too is counted once",
    "shared": "Shared wording: each counts",
}
LINKED_NOTE = (
    "Check each document that was counted once: two events in the same words would be counted as one."
)
STAGES = {
    "read": "Reading files",
    "scope": "Keeping to the scope",
    "deidentify": "De-identifying",
    "segment": "Cutting into passages",
    "link": "Setting repeats and standard wording aside",
    "embed": "Comparing meanings",
    "code": "Sorting by the codebook",
    "discover": "Looking for other themes",
    "label": "Naming other themes",
    "polarity": "Judging tone",
    "map": "Placing themes in sections",
    "quote": "Choosing quotes",
}

# (at least, words): how well a theme suits the section it was placed in.
_FITS = ((0.8, "very good"), (0.6, "good"), (0.4, "fair"), (0.0, "slight"))
# (at least, words): how often two passages of a theme stay together when part of the evidence is held back.
_STABILITIES = (
    (0.85, "very stable"),
    (0.7, "stable"),
    (0.5, "fairly stable"),
    (0.0, "unstable: read with care"),
)

METHOD = (
    "Read: each file is opened apart from the rest; what cannot be read is listed with its reason.",
    (
        "De-identify: names, dates of birth, addresses and numbers that point to a person are masked as far "
        "as the program knows them, before any other step sees the text."
    ),
    "Cut: each text is cut into passages (a sentence, list item or table cell), which are never reworded.",
    (
        "Set aside: standard wording is marked, and what is told again of the same event or stands in a "
        "newer version of the same document, so that it does not count twice. Words that several bodies "
        "share count for each."
    ),
    (
        "Sort by the codebook: each passage is compared with the description and examples of every code, "
        "and placed under those it is clearly about."
    ),
    (
        "Look beside the codebook: passages that no code explains are grouped by likeness, several times "
        "over; groups that hold together are listed as themes found beside the codebook."
    ),
    "Judge tone: whether a passage is positive, negative, mixed or neutral about its theme.",
    "Place: each theme is placed in the sections of the template that ask about it, as a draft sentence.",
    "Quote: passages are chosen for each finding and cut from the text again, letter for letter.",
)

NOT_MASKED_STEP = "De-identify: switched off for this run."
NOT_SOUGHT_STEP = "Look beside the codebook: switched off for this run."

GLOSSARY = (
    (
        "Assurance",
        (
            "A finding that something is in place, with the basis for saying so: described by the provider, "
            "written in policy, shown by audit or data, or confirmed by people and families."
        ),
    ),
    ("Code, codebook", "A theme described before the work began; the list of all such themes."),
    (
        "Commitment",
        "A passage that says what should happen (“staff must …”). It never counts as showing that it does.",
    ),
    ("De-identified, pseudonymised", "Direct identifiers are masked. It is still personal information."),
    ("Draft", "Put together by software and not yet accepted by a named reviewer."),
    ("Finding", "A theme placed in a section of the template, as a sentence with its evidence."),
    (
        "Fit",
        (
            "How well a theme suits the section it was placed in, from slight to very good. "
            "It does not say how serious, how common or how certain the matter is."
        ),
    ),
    (
        "Found beside the codebook",
        "A theme that no code describes, made of passages that are alike and named from their own words.",
    ),
    (
        "Gap",
        (
            "A finding that something is missing: in provision (it is not there), in practice (it is written "
            "but not done) or in assurance (nobody knows)."
        ),
    ),
    (
        "Organisation’s account",
        "What an organisation says of itself: returns, notes of meetings, papers. Never people’s experience.",
    ),
    ("Passage", "A sentence, list item or table cell, exactly as written."),
    (
        "Positive, negative, mixed, neutral",
        "What one passage says about one theme. It is not a judgement of a service.",
    ),
    (
        "Stability",
        (
            "How often passages of a theme stay together when part of the evidence is held back. "
            "Themes of the codebook have none: they are set beforehand."
        ),
    ),
    ("Theme", "Something that recurs in the evidence."),
    ("Voice", "Who is speaking, where it can be told; “voice not recorded” where it cannot."),
)


def number(value: float) -> str:
    """A count with its thousands grouped."""
    return f"{value:,}"


def counted(value: int, singular: str, plural: str = "") -> str:
    """A count with its noun: "no passages", "1 passage", "2,431 passages"."""
    noun = singular if value == 1 else plural or singular + "s"
    return f"{number(value) if value else 'no'} {noun}"


def documents(kind: str, value: int) -> str:
    """A number of documents of a kind: "1 policy", "3 from people and families"."""
    if kind == "feedback":
        return f"{number(value)} from {KINDS[kind]}"
    return f"{number(value)} {KINDS[kind] if value == 1 else KIND_HEADS[kind].lower()}"


def listed(words: list[str]) -> str:
    """Words as in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(text: str) -> str:
    """A text with its first letter a capital, the rest as it was."""
    return text[:1].upper() + text[1:]


def voice(name: str) -> str:
    """A voice in words."""
    return VOICES.get(name, name)


def speaker(kind: str, name: str) -> str:
    """Who a quote comes from: for feedback the voice decides, for the rest the kind comes first."""
    if kind == "feedback":
        return KINDS[kind] if name == "unknown" else name
    return KINDS.get(kind, kind) if name == "unknown" else f"{KINDS.get(kind, kind)}, {name}"


def fit(score: float) -> str:
    """A finding's score in words."""
    return f"{next((words for least, words in _FITS if score >= least), 'slight')} ({score:.2f} of 1)"


def stability(value: float | None) -> str:
    """A theme's stability in words."""
    if value is None:
        return "set by the codebook"
    return (
        f"{next((words for least, words in _STABILITIES if value >= least), 'unstable')} ({value:.2f} of 1)"
    )
