"""The words of completed forms and ordinary papers to test the reader with, from a seed; all invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

TOPICS = (
    "handover between wards", "weekend cover", "support for carers", "missed appointments", "the duty desk",
    "joint visits", "long-acting medicines", "waiting lists", "crisis planning", "links with housing",
    "outreach in rural places", "discharge letters", "named workers", "peer support", "health checks",
    "out-of-hours calls", "interpreters", "transport to clinics", "shared records", "staff supervision",
)  # fmt: skip
LABELS = (
    "Capacity to step up", "Evidence of family involvement", "Named worker", "Joint working", "Out of hours",
    "Risk and safety planning", "Staffing and skill mix", "Information sharing", "Physical health",
    "Oversight", "Discharge arrangements", "Equality of access", "Peer workers", "Medicines",
    "Outreach model", "Estates",
)  # fmt: skip
_ASKING = (
    "How do you arrange {}?", "What has changed in {} over the past year?", "Who is responsible for {}?",
    "Describe how {} is reviewed", "Please outline your approach to {}", "Is {} in place across all teams?",
    "What evidence do you have about {}?", "Explain what stands in the way of {}",
)  # fmt: skip
_SAID = (
    "The {a} team has met each {d} since {m} to talk about {t}.",
    "We moved {t} to the {a} base, where two nurses and a support worker hold it.",
    "An audit in {m} looked at {n} cases and found {k} with no entry.",
    "Families told us that {t} was slow, and the {a} lead now rings them within {k} days.",
    "Staff in {a} say that cover on {d}s is thin.",
    "There is no budget for {t} beyond {m}.",
    "Since {m}, {n} people have been seen at home.",
    "The matron for {a} keeps a list, and it is read out every {d}.",
)  # fmt: skip
_SHORT = (
    "Weekly.",
    "Two teams",
    "n/a",
    "Not applicable",
    "None at present",
    "In {a} only",
    "Nil return",
    "See above",
)
_TRAPS = (
    "1. We ring the family each {d} and write it down\n2. The {a} lead reads the notes in {m}",
    "Why did {t} change? Because people in {a} asked for it in {m}.",
    "Please see the audit of {m}, which covers {a} and {n} files.",
    "• {a}: done in {m}\n• the rest: by {d} week",
    "Yes, in {a} since {m}; no elsewhere.",
    "What was agreed in {m}:\nthe {a} desk takes calls about {t}",
)
_PLACES = ("Alderby", "Brackmoor", "Coldwick", "Dunsall", "Elmthorpe", "Fenwater", "Garside", "Hollin")
_BODIES = ("Northmoor", "Southfield", "Westerdale", "Eastmere", "Highcombe", "Lowmarsh")
_MONTHS = ("January", "March", "May", "July", "September", "November")
_DAYS = ("Monday", "Tuesday", "Thursday", "Friday")
_BLANKS = ("", "", "", "tbc", "-", "…", "Click or tap here to enter text.", "TBC", "[insert response]")
GUIDANCE = (
    "Please describe your arrangements in no more than 300 words.", "(max 250 words)",
    "Please give examples and attach audits where you have them.", "(Please include figures where known.)",
)  # fmt: skip
OPENING = (
    "Please complete every part of this form and return it by the closing date.",
    "Do not name any person in this template.",
)


@dataclass(slots=True)
class Made:
    """A file: its name and bytes, what must come back of each body, what is blank, and what must not."""

    name: str
    data: bytes = b""
    answers: list[tuple[str, str]] = field(default_factory=list)  # (organisation, words)
    blanks: list[tuple[str, str]] = field(default_factory=list)  # (organisation, question)
    own: list[str] = field(default_factory=list)  # the form's words
    kept: list[str] = field(default_factory=list)  # of a paper: its words, all of which must be read


@dataclass(slots=True)
class Words:
    """Where invented words come from; `body` is the organisation that is answering."""

    rng: random.Random
    made: Made
    body: str = ""
    number: int = 0

    def filled(self, pattern: str) -> str:
        """The pattern with its slots filled."""
        pick = self.rng.choice
        return pattern.format(
            a=pick(_PLACES),
            m=pick(_MONTHS),
            d=pick(_DAYS),
            t=pick(TOPICS),
            n=self.rng.randint(20, 90),
            k=pick("3456"),
        )

    def next_body(self) -> str:
        """Another organisation, whose name is no part of what it says."""
        self.number += 1
        kind = self.rng.choice(("NHS Trust", "Care Trust", "Healthcare CIC", "NHS Foundation Trust"))
        self.body = f"{_BODIES[self.number % len(_BODIES)]} {kind}"
        return self.body

    def own(self, text: str) -> str:
        """The text, noted as the form's own."""
        if text not in self.made.own:
            self.made.own.append(text)
        return text

    def questions(self, number: int) -> list[str]:
        """So many different questions."""
        topics = self.rng.sample(TOPICS, number)
        return [self.own(self.rng.choice(_ASKING).format(topic)) for topic in topics]

    def labels(self, number: int) -> list[str]:
        """So many different labels."""
        return [self.own(label) for label in self.rng.sample(LABELS, number)]

    def said(self) -> str:
        """Some sentences."""
        return " ".join(self.filled(p) for p in self.rng.sample(_SAID, self.rng.randint(1, 3)))

    def answer(self, question: str, *, long: bool = False, blank: float = 0.2, traps: bool = True) -> str:
        """An answer to a question, or something that is none; noted either way."""
        roll = self.rng.random()
        if roll < blank:
            self.made.blanks.append((self.body, question))
            return self.rng.choice(_BLANKS)
        if roll < blank + 0.12 and not long:
            text = self.filled(self.rng.choice(_SHORT))
        elif roll < blank + 0.25 and traps:
            text = self.filled(self.rng.choice(_TRAPS))
        else:
            text = self.said()
        return self.give(text)

    def give(self, text: str) -> str:
        """The text, noted as an answer."""
        self.made.answers.append((self.body, text))
        return text
