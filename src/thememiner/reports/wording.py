"""The words a reader of the report sees: numbers, names of things, and the sentences that never change.

Every page takes them from here, so that a thing has one name on paper, on screen and in a spreadsheet.
They describe services and systems, never a person; and they claim no more than a count can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thememiner.wording import UNNAMED, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thememiner.records import DocumentEntry, Evidence, Theme

MARKING = "OFFICIAL-SENSITIVE: working draft, not for publication"
MARKINGS = {
    "working": MARKING,
    "internal": "OFFICIAL-SENSITIVE: for those inside the review, not for publication",
    "public": "Public version: what could tell who people are is withheld",
}
APPROVED_MARKING = "OFFICIAL-SENSITIVE: not for publication"  # of a working report that stands as approved
SUPPRESSED = "suppressed"  # in a cell, in place of a number
SUPPRESSED_NOTE = "“Suppressed”: a small number, or one from which a small one could be worked out."
ROUNDED = " Other numbers of people’s words and of incident reports are rounded to the nearest five."
PUBLIC_NOTE = (
    "This is a public version. No incident is quoted; people and carers are quoted only where they and a "
    "named person allow it; sources have codes in place of names. What was withheld is counted further down "
    "under “What was left out, and why”."
)
PUBLIC_SUMMARY = (
    "This version counts documents and lists no file. Sources have codes: P for policies, A for "
    "organisations’ accounts, F for what people and families gave."
)
NO_PEOPLE_PUBLIC = (
    "What people and families said has its part in the findings. None of their words is quoted in this "
    "version, since that needs their agreement and a named person’s approval; it does not mean that they had "
    "nothing to say."
)
PUBLIC_LEDGER = "Policies and organisations’ accounts, by code"
BESIDE_WITHHELD = "This version shows none: their names and quotes are made of the texts."
HELD_CAPTION = "Held until a named person signs it off"
HELD_NOTE = "Few sources carry these. They are held back in this version, not dropped."
WITHHELD_CAPTION = "What is withheld from this version, and why"
CONTENT_NOTE = (
    "This report quotes accounts of harm, distress and death in the words of the people who gave them. "
    "Take your time, and stop when you need to."
)
NOTE_ON_MARKS = (
    "Quotes stand under the findings, and under “What people and families told us”. Those that are hard to "
    "read are marked, and on a web page stay closed until you open them. Your own organisation can say where "
    "to find support."
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
    "They are shown as given and are not ranked, and their number says nothing about their weight: one "
    "account can matter more than a thousand comments. Each stands here under the theme that it is surest "
    "of, at most two a theme; the rest stand first under the findings."
)
MAIN_TITLE = "Main findings"
MAIN_NOTE = (
    "Draft sentences, each theme once, with one quote as an example where one is short and sure. The "
    "evidence is under the finding of that number."
)
READING_TITLE = "How it reads"
READABILITY = (
    "Our own sentences, quotes left out, ask for grade {grade} of school by the formula of Flesch and "
    "Kincaid (1975), a reading age of about {age}. Names of organisations and themes count with them."
)
MARKED_NOTE = (
    "Quotes that are hard to read (a method of self-harm, an injury and the like) are marked, by words that "
    "stand in them and by what they are like. Some are not marked, and some are in vain: read with care. A "
    "mark changes no word, and leaves no quote out."
)
SHORT_TITLE = "Short forms"
SHORT_CAPTION = "Short forms in this report, and what they stand for"
SHORT_NOTE = (
    "Quotes are left as they were written. Where two meanings are given, the sentence around it says which "
    "is meant."
)
NOT_EXPLAINED = "Not explained, since no glossary has them"
MARK_HEAD = "Hard to read"
MARKED_BELOW = "Its quotes that are hard to read are marked, and stand with the evidence."
PEOPLE_TITLE = "What people and families told us"
LETTER_TITLE = "What the commissioning letter asks for"
LETTER_NOTE = (
    "“No evidence yet” says that nothing which was read was placed under its codes, not that there is none. "
    "The draft action plan, which is a paper of its own, has an action for each demand."
)
RECOMMENDED_TITLE = "What others have recommended"
RECOMMENDED_CAPTION = "Each recommendation, and where it is answered"
RECOMMENDED_NOTE = (
    "“No evidence yet” says that nothing which was read was placed under its themes, not that there is none. "
    "A finding under the same theme need not answer the recommendation: read both. The draft action plan, "
    "which is a paper of its own, has an action for each recommendation."
)
RATED_TITLE = "How organisations rate themselves"
RATED_CAPTION = "Each self-rating as it was given, beside what was read"
RATED_NOTE = (
    "The program does not know what a rating means, assigns none and holds none to be higher than another. "
    "Supported: what people and families say, or audit or data, shows it done there. Not supported: a person "
    "or family, incidents, or its own account tell otherwise; where an organisation rates itself low, that "
    "may be what its rating says. Not evidenced: nothing but its own word, or too little. The evidence that "
    "it states is shown and not weighed."
)
BESIDE_TITLE = "Groups found beside the codebook"
BESIDE_NOTE = (
    "Passages that no code explains, grouped by likeness, with words of their own to tell them apart. They "
    "are not findings: read the quotes, and name, rename or reject each. A group has a name in draft "
    "where words of its passages give one, and else a number. They are not looked for in policies."
)
BLANKS_TITLE = "Unanswered questions that match no section of the template"
BLANKS_NOTE = (
    "Questions of the completed forms that were left without an answer, and that neither their heading nor "
    "their words place in a section. Those that match one stand at its end."
)
NOT_THE_WHOLE = "A passage may be about more than one theme, so these numbers do not add up to the whole."
TONES_NOTE = (
    "A passage counts once for each theme that it is about. What a policy says must happen is not judged, "
    "and counts as neutral."
)
TONES_VOICE = "The voice is that of the whole document, not of a speaker quoted inside it."
SUMMARY_END = "The summary ends here. What follows is the evidence, section by section."
SINGLE_TITLE = "Findings that rest on one passage"
NO_PEOPLE = (
    "No account from a person using services, a family member or a carer is quoted in this report. "
    "That is a gap in the evidence, not a sign that they had nothing to say."
)
NO_PEOPLE_QUOTED = (
    "{came} came from people and families, and no passage of theirs was placed under a theme of the codebook "
    "surely enough to be quoted. That is a limit of the sorting, not a sign that they had nothing to say: "
    "read them."
)
UNKNOWN_NOTE = "Silence is not absence: what was not sent, asked or found may still be there."
RESIDUAL_TITLE = "Before this is shared: what may still identify a person"
RESIDUAL_NOTE = (
    "The texts are de-identified (pseudonymised): what names a person is masked as far as the program knows "
    "it. What happened, where and when can tell who a person is as well, and only a reader can judge that. "
    "The program points to texts to read first; that one is not listed does not make it safe."
)
NO_FINDING = "No finding was made for this section."
NOT_JUDGED = (
    "Position (assurance or gap) and basis have not been judged for any finding. A finding says who speaks "
    "of a theme; it says which way they lean only where enough passages surely agree."
)
NONE_REVIEWED = "No finding has been reviewed by a named person yet; each carries that mark."
MARKED_REST = ". All others carry the mark “not yet reviewed”."
SET_ASIDE_NOTE = (
    "Marked “do not use” by the people named. They stand in no section, and no action is drafted from them."
)
ALL_TAKEN = "{taken} stood here, and people set aside or moved every one: see what was left out, and why."
GRID_DRAFTED = (
    " The grid and the verdicts are as the program drafted them: what people decided of findings does not "
    "change them."
)
GRID_TITLE = "Sections and organisations"
GRID_CAPTION = "How each organisation stands to what the others describe, by section"
GRID_NOTE = (
    "Consistent: its account does not lean against the others\u2019. Differs: its account leans the other "
    "way on the themes named, or a person or family tells otherwise than it does. Silent: it left a question "
    "without an answer, or no account of its own speaks of the section. Silence is not absence. Not "
    "applicable: a person says that it does not provide this. “Differs within it” names places of which "
    "incidents or people tell the other way than of its others."
)
ACROSS_TITLE = "Across sections and voices"
SIDES_TITLE = "What each voice says of a theme"
SIDES_NOTE = (
    "One short quote of each kind as an example; the rest stand under the findings. A verdict compares what "
    "is said, by rules, and is not settled by numbers: one account against what is assured is enough to say "
    "so."
)
BETWEEN_TITLE = "Between organisations"
BETWEEN_NOTE = (
    "What goes wrong between two organisations by enough documents that name the other, whoever tells it; "
    "which way care goes is said only where their words say so. And themes on which organisations’ own "
    "accounts differ. Most documents name no other organisation: what is not here may be there all the same."
)
IN_FULL_TITLE = "Read these in full"
IN_FULL_NOTE = (
    "Accounts of a death, of serious harm, or of a warning that was not acted on, found by words: others "
    "will have been missed."
)
NO_ORGANISATION = "Organisation not recorded"
OPENED_NOTE = (
    "Each cell opens: the organisation’s own account, what its policies commit to (with page, version, "
    "review date and the numbers stated), its incidents, and what people said. On paper cells stay closed."
)
COMPARED_TITLE = "Where an organisation’s share is not the others’"
COMPARED_NOTE = (
    "Of an organisation’s incident reports, or of the comments of people and families, how many speak of a "
    "theme, and how many tell badly of it, with 95 % intervals (Wilson), against all other organisations "
    "together (Cohen’s h). Only differences that are at least small and more than chance would give stand "
    "here; where services do not differ at all, at most about one comparison in twenty would. No share is "
    "given of fewer than ten documents or from fewer than five. These are shares of what was written down, "
    "sent in and found by the program: they say where to look, not how often anything happens."
)
RATES_TITLE = "Incident reports for each 1,000"
COMPARED_TOLD_TITLE = "Organisations side by side, by theme: the shares that may be told"
COMPARED_TOLD = (
    "Of an organisation’s incident reports, or of the comments of people and families, how many speak of a "
    "theme, with 95 % intervals (Wilson), against all others in this table together (Cohen’s h). Themes and "
    "organisations are left out where a number would be small, or would give a small one away. All is "
    "worked out from the numbers as they stand here. These are shares of what was written down, sent in and "
    "found by the program: they say where to look, not how often anything happens."
)
RATES_NOTE = (
    "With exact 95 % limits (Poisson). A report is not an incidence, and a service that reports more may be "
    "the safer one. No rate is given from fewer than five reports; themes with fewer are left out."
)
TELLERS = {"incident": "incident reports", "feedback": "people and families"}
POLICIES_TITLE = "Policies received, with version and review date"
POLICIES_NOTE = "Version and review date as the document prints them; “not found” is not “has none”. "
EXPIRED_ON = "Expired: the review date had passed on {day}, the day that the review speaks of."
NO_DAY = "It is not said which have expired, since no day of the review is given (date in review.toml)."
EXPIRED = {True: "Expired", False: "No", None: "Not known"}
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
# Said first of all when files of a kind were given and nothing of them is in the report.
UNHEARD = {
    "incident": "No incident report could be used, although files were given: nothing here rests on one. ",
    "policy": "No policy could be used, although files were given: nothing here rests on one. ",
    "account": "No organisation’s account could be used, although files were given. ",
    "feedback": "No feedback could be used, although files were given: people and families are not heard. ",
}
PEOPLE = ("person using services", "family or carer")
VOICES = {"unknown": "voice not recorded"}
POLARITY_HEADS = {
    "positive": "Positive",
    "negative": "Negative",
    "mixed": "Mixed",
    "neutral": "Neutral or not judged",
}
POLARITIES = {
    "positive": "positive about this theme",
    "negative": "negative about this theme",
    "mixed": "mixed about this theme",
    "neutral": "neutral about this theme, or not judged",
}
_COMMITMENT = "says what should happen, not what does"
# Said of a quote, of which a word does not stand in the source in quite these characters.
REPAIRS = {
    "hyphen": "a word is divided by a hyphen at a line end",
    "ligature": "letters such as “fi” are one sign",
    "character": "a character is written another way or cannot be seen",
}
STATES = {"read": "Read", "partly_read": "Partly read", "refused": "Not read"}
FOREIGN = "Not in English: not coded, for a person to read"
# Of a group, against the documents that an earlier run had.
EMERGING = {"new": "new since the earlier run", "growing": "growing since the earlier run"}
ORIGINS = {"codebook": "Codebook", "discovered": "Found beside the codebook, not named yet"}
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
    "review": "What people decided of findings",
}

# (at least, words): how like a theme is to what is found there when documents are drawn anew. The bounds are
# Hennig's (2008, "Dissolution point and isolation robustness", and the guide to his clusterboot).
STABLE = 0.75
_STABILITIES = (
    (0.85, "very stable"),
    (STABLE, "stable"),
    (0.6, "a pattern, whose edges are doubtful"),
    (0.0, "unstable: read with care"),
)

_EFFECTS = ((0.8, "large"), (0.5, "medium"), (0.2, "small"), (0.0, "very small"))

STEPS_TITLE = "Step by step"
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
        "and placed under those it is clearly about. It misses many: on the invented sample review it found "
        "1,086 of 2,019 planted passages, about half. That no passage stands under a theme never shows "
        "that there is none."
    ),
    (
        "Look beside the codebook: passages that no code explains are grouped by likeness, several times "
        "over; groups that are found again when documents are drawn anew, and that are in one document in "
        "fifty at least, are listed. Against an earlier run a group is called new or growing where it has "
        "more of the new documents than chance gives: were nothing to change, any group would be in one run "
        "in twenty at most."
    ),
    (
        "Judge tone: whether a passage is positive, negative or mixed about its theme, by a small trained "
        "classifier that reads both and by cue words; where nothing stands out it is left neutral, and what "
        "a policy says must happen is not judged. About one passage in seven is judged wrongly."
    ),
    (
        "Place: an answer goes to the section that it was given under, and each theme of the codebook to the "
        "sections that name its code. One that no section names goes to the section that it is nearest to in "
        "meaning, and the finding says so, and how often such placings were right."
    ),
    (
        "Quote: passages that are surely about the theme are chosen for each finding and cut from the text "
        "again, letter for letter. The document, characters and SHA-256 of each quote are in report.json."
    ),
)

NOT_MASKED_STEP = "De-identify: switched off for this run."
NOT_SOUGHT_STEP = "Look beside the codebook: switched off for this run."
THRESHOLDS_STEP = "Weigh: positions and verdicts of this run rest on thresholds that are not the usual ones:"
THRESHOLDS = {
    "enough": "nothing is concluded of under {now} documents or passages of an account (usually {usual})",
    "told": "one person's words are an account from {now} passages (usually {usual})",
    "doubt": "a share of {now} may say otherwise before both are said (usually {usual})",
    "seen": "a policy commits, or audit shows something, from {now} passages (usually {usual})",
}

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
        "Found beside the codebook",
        "A group of passages that are alike and that no code describes; a person has still to name it.",
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
        "What one passage says about one theme, as the program drafts it; no judgement of a service.",
    ),
    (
        "Stability",
        (
            "How like itself a group is found again when documents are drawn anew (1: the same passages). "
            "Themes of the codebook have none: they are set beforehand."
        ),
    ),
    ("Theme", "Something that recurs in the evidence."),
    ("Voice", "Who is speaking, where it can be told; “voice not recorded” where it cannot."),
)


def mistyped(value: int) -> str:
    """What to know of masked numbers that fail their own check; "" when there are none."""
    if not value:
        return ""
    return (
        f"{capital(counted(value, 'masked number'))} named as an NHS or National Insurance number "
        f"{'fails its' if value == 1 else 'fail their'} own check: possibly mistyped."
    )


def marking(profile: str) -> str:
    """For whom a report is, at the head of every page; of a profile that is not known, for nobody else."""
    return MARKINGS.get(profile, MARKING)


def number(value: float | None) -> str:
    """A count with its thousands grouped; a suppressed one says that it is."""
    return SUPPRESSED if value is None else f"{value:,}"


def amount(value: int | None) -> int | str:
    """A count as a cell of a table has it."""
    return SUPPRESSED if value is None else value


def counted(value: int | None, singular: str, plural: str = "") -> str:
    """A count with its noun: "no passages", "1 passage", "2,431 passages", "a suppressed number of"."""
    noun = singular if value == 1 else plural or singular + "s"
    if value is None:
        return f"a {SUPPRESSED} number of {noun}"
    return f"{number(value) if value else 'no'} {noun}"


def documents(kind: str, value: int | None) -> str:
    """A number of documents of a kind: "1 policy", "3 from people and families"."""
    if kind == "feedback":
        return f"{number(value)} from {KINDS[kind]}"
    return f"{number(value)} {KINDS[kind] if value == 1 else KIND_HEADS[kind].lower()}"


def says(evidence: Evidence) -> str:
    """What a quote says of its theme: polarity and exception, or that it commits, and to what numbers."""
    if evidence.modality == "commitment":
        numbers = "; ".join(f"“{number}”" for number in evidence.states)
        return f"{_COMMITMENT}; it states {numbers}" if numbers else _COMMITMENT
    said = POLARITIES.get(evidence.polarity, evidence.polarity)
    return f"{said}, with an exception: “{evidence.exception}”" if evidence.exception else said


def repaired(sorts: Iterable[str]) -> str:
    """How the source shows words of a quote: "in the source a word is divided by a hyphen at a line end"."""
    return f"in the source {listed([REPAIRS.get(sort, sort) for sort in sorts])}"


def imprint(document: DocumentEntry) -> str:
    """A policy's version and review date: "version 5; expired, review date 30 June 2026"; "" of neither."""
    version = f"version {document.version}" if document.version else ""
    review = f"review date {day(document.review_date)}" if document.review_date else ""
    return "; ".join(filter(None, (version, f"expired, {review}" if document.expired else review)))


def day(date: str) -> str:
    """A day as people write it, "3 June 2026", or a month; what is no ISO date as it stands."""
    import datetime as dt

    try:
        if len(date) == len("2026-06"):
            return f"{dt.date.fromisoformat(f'{date}-01'):%B %Y}"
        at = dt.date.fromisoformat(date[:10])
    except ValueError:
        return date
    return f"{at.day} {at:%B %Y}"


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


def effect(h: float) -> str:
    """The size of a difference of shares in Cohen's words (1988), by h."""
    return next(words for least, words in _EFFECTS if abs(h) >= least)


def theme_names(themes: Iterable[Theme]) -> dict[str, str]:
    """Theme id -> its name as shown: a group that nothing names has a number and words."""
    names = {}
    groups = 0
    for theme in themes:
        names[theme.id] = theme.name
        if theme.origin == "discovered":
            groups += 1
            if theme.name.startswith(UNNAMED):
                names[theme.id] = theme.name.replace(UNNAMED, f"{UNNAMED} {groups}", 1)
    return names


def stability(value: float | None) -> str:
    """A theme's stability in words."""
    if value is None:
        return "set by the codebook"
    return (
        f"{next((words for least, words in _STABILITIES if value >= least), 'unstable')} ({value:.2f} of 1)"
    )
