"""The items of two checklists for reporting qualitative work, in our own short words, by number.

Sources: COREQ, 32 items: Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19(6), 349-357. SRQR, 21 items:
O'Brien, Harris, Beckman, Reed & Cook 2014, Acad Med 89(9), 1245-1251. Their full wording stands there and is
not repeated here.
"""

from __future__ import annotations

from dataclasses import dataclass

TEAM, DESIGN, ANALYSIS = (
    "1 Team and its relation to people",
    "2 Design of the work",
    "3 Analysis and findings",
)
OPENING, INTRODUCTION, METHODS, RESULTS, DISCUSSION, OTHER = (
    "Title and abstract",
    "Introduction",
    "Methods",
    "Results",
    "Discussion",
    "Other",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number, part and what it asks; which answer of the run fits; what people must say."""

    number: str
    part: str
    asks: str
    answer: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One checklist: its name, where it was published, and its items in order."""

    name: str
    source: str
    items: tuple[Item, ...]


_GATHERED = "How the texts came to be written: by whom, when, where and why."

COREQ = Checklist(
    "COREQ",
    "Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19(6): 349-357 (32 items)",
    (
        Item(
            "1",
            TEAM,
            "Who gathered people’s accounts",
            prompt="Name who gathered them, or say that they were written without an interviewer.",
        ),
        Item("2", TEAM, "Their qualifications", prompt="State them."),
        Item("3", TEAM, "Their work at the time", prompt="State their posts."),
        Item("4", TEAM, "Their gender", prompt="State it, if they agree."),
        Item("5", TEAM, "Their experience and training", prompt="State it."),
        Item("6", TEAM, "Whether they knew the people before", prompt="Say whether, and how."),
        Item("7", TEAM, "What people knew of them and of the purpose", prompt="Say what people were told."),
        Item(
            "8",
            TEAM,
            "What of them may have coloured the work",
            prompt="State interests, assumptions, reasons.",
        ),
        Item(
            "9",
            DESIGN,
            "The approach that the analysis rests on",
            "approach",
            "Say why this approach, and what theory, if any, stands behind it.",
        ),
        Item("10", DESIGN, "How people and texts were chosen", "scope", "Say who chose, and by what rule."),
        Item("11", DESIGN, "How people were approached", prompt="Say how they were asked, and by whom."),
        Item(
            "12",
            DESIGN,
            "How many there are",
            "corpus",
            "Say how many people; the run counts documents alone.",
        ),
        Item(
            "13",
            DESIGN,
            "Who did not take part, and why",
            "outstanding",
            "Say who declined, and their reasons.",
        ),
        Item("14", DESIGN, "Where accounts were gathered", prompt="Name the settings."),
        Item("15", DESIGN, "Who else was there", prompt="Say whether anybody else was present."),
        Item(
            "16",
            DESIGN,
            "What matters of the people in the sample",
            "voices",
            "Describe them as far as they agreed to; the run knows who speaks, and no more.",
        ),
        Item(
            "17",
            DESIGN,
            "What was asked, and whether it was tried out",
            prompt="Give the questions or forms.",
        ),
        Item("18", DESIGN, "Whether anybody was asked again", prompt="Say whether, and how often."),
        Item(
            "19",
            DESIGN,
            "Whether sound or pictures were recorded",
            prompt="Say whether, and how it was written up.",
        ),
        Item("20", DESIGN, "Whether notes were taken", prompt="Say whether, and when."),
        Item("21", DESIGN, "How long it took", prompt="Give the length of interviews or groups."),
        Item(
            "22",
            DESIGN,
            "Whether and how saturation was judged",
            prompt="Discuss it; the run does not judge it.",
        ),
        Item(
            "23",
            DESIGN,
            "Whether people saw what was written of them",
            prompt="Say whether transcripts went back.",
        ),
        Item("24", ANALYSIS, "How many coded", "coders", "Name the people who coded or reviewed."),
        Item(
            "25", ANALYSIS, "The codes, and how they hang together", "codebook", "Say who wrote the codebook."
        ),
        Item("26", ANALYSIS, "Where the themes come from", "themes", "Say which people named or changed."),
        Item("27", ANALYSIS, "The software", "software"),
        Item(
            "28",
            ANALYSIS,
            "Whether people commented on the findings",
            "seen",
            "Say what they said, and what changed.",
        ),
        Item("29", ANALYSIS, "Quotes, each with who says it", "quotes", "Check that each may be shown."),
        Item(
            "30",
            ANALYSIS,
            "Whether data and findings agree",
            "steps",
            "Say what a reader found who compared them.",
        ),
        Item(
            "31",
            ANALYSIS,
            "Whether the main themes are plain",
            "findings",
            "Say which people hold to be the main ones.",
        ),
        Item("32", ANALYSIS, "Cases that differ, and lesser themes", "minor", "Discuss them."),
    ),
)

SRQR = Checklist(
    "SRQR",
    "O’Brien, Harris, Beckman, Reed & Cook 2014, Acad Med 89(9): 1245-1251 (21 items)",
    (
        Item(
            "S1",
            OPENING,
            "A title that says what was studied, and how",
            "title",
            "Check that it names the approach.",
        ),
        Item("S2", OPENING, "An abstract with its usual parts", prompt="Write it."),
        Item(
            "S3",
            INTRODUCTION,
            "The problem, and what is known of it",
            prompt="Describe it, with the literature.",
        ),
        Item("S4", INTRODUCTION, "The purpose or question", "question", "Say what for."),
        Item(
            "S5",
            METHODS,
            "The approach, and what it takes for granted",
            "approach",
            "Give the paradigm, and why.",
        ),
        Item(
            "S6",
            METHODS,
            "Who the researchers are, and how that bears on it",
            prompt="Describe the team, what they assumed, and how they dealt with it.",
        ),
        Item(
            "S7", METHODS, "The setting and what matters of it", prompt="Describe the services and the time."
        ),
        Item(
            "S8",
            METHODS,
            "How texts and people were chosen, and when it was enough",
            "scope",
            "Say why these.",
        ),
        Item(
            "S9",
            METHODS,
            "Ethics: approval, consent, confidentiality",
            "masking",
            "Give the approval or why none was needed, consent, and how the data are kept.",
        ),
        Item("S10", METHODS, "What data, and how gathered", "corpus", _GATHERED),
        Item(
            "S11",
            METHODS,
            "The instruments, and whether they changed",
            "codebook",
            "Give forms and question lists.",
        ),
        Item("S12", METHODS, "How many people, documents or events", "corpus", "Say how many people."),
        Item("S13", METHODS, "How data were prepared before analysis", "processing", "Say who checked it."),
        Item(
            "S14", METHODS, "How findings were reached, and by whom", "steps", "Name who reviewed, and how."
        ),
        Item(
            "S15", METHODS, "What was done so that it can be trusted", "trust", "Add checks that people made."
        ),
        Item("S16", RESULTS, "The main findings", "findings", "Say what they mean together."),
        Item("S17", RESULTS, "The evidence that shows them", "quotes", "Check that it is enough."),
        Item("S18", DISCUSSION, "How it fits earlier work, and what follows", prompt="Write it."),
        Item(
            "S19", DISCUSSION, "Limits, and how far it can be trusted", "limits", "Add those of this review."
        ),
        Item(
            "S20", OTHER, "Interests that may conflict", prompt="Declare them, and how they were dealt with."
        ),
        Item("S21", OTHER, "Who paid, and what part they had", prompt="Say who."),
    ),
)
