"""Invented narratives and policies with seeded edits, for measuring what linking finds."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable

from thememiner.records import Document

_OPENINGS = (
    "On the {time} round the {person} was found {state} beside the {thing} in {place}.",
    "At {clock} hours {name} rang from {place} to say that the {person} was {state} and had asked for help.",
    "The {person} came back to {place} at {clock} and told the nurse that the {thing} had given way.",
    "Staff on {place} noticed at {clock} that the {thing} was missing and that the {person} looked {state}.",
    "The {relative} reported at {clock} that nobody had come for {number} days and the {person} was {state}.",
    "During {time} checks {name} saw that the {person} had been left in the {thing} for {number} hours.",
)
_MIDDLES = (
    "A dose of {dose} mg of {drug} had been signed for but was still in the pot.",
    "The chart showed {dose} mg of {drug} although the letter from the surgery said otherwise.",
    "Blood pressure was taken {number} times and the reading was passed to {name}.",
    "The bleep was tried {number} times and nobody answered until after {clock}.",
    "The referral had been sent to another team, which said that it had not arrived.",
    "The {relative} had warned us that this could happen and the note was not read.",
    "No bed could be found and the {person} waited in the corridor on a chair.",
    "The alarm on the door had been switched off since the morning for the decorators.",
    "The plan said a visit every week but the last one written down was a month before.",
    "The hoist was out of use and the spare one had gone to the ground floor.",
    "The {person} said that the pain was worse on the {side} side and would not lie flat.",
    "A bank worker who did not know the {person} was covering two bays alone.",
)
_ENDINGS = (
    "The {relative} was told the same evening and an apology was given.",
    "The doctor on call came after {number} hours and wrote a new plan.",
    "{name} has been asked to look at how the list is handed on.",
    "The {thing} was taken out of use and a note left for the works department.",
    "Observations were repeated every {number} minutes and stayed as they had been.",
    "We have asked the pharmacy to ring before the next delivery is due.",
)
_EXTRA = (
    "This was talked over at the safety huddle the next day and nothing more was needed.",
    "The record was completed late because the computers were down on the unit.",
    "The team leader has since read this report and agrees with what it says.",
)
_SLOTS: dict[str, tuple[str, ...]] = {
    "time": ("early", "teatime", "late", "lunchtime"),
    "person": ("patient", "resident", "gentleman", "lady", "man", "woman"),
    "state": ("confused", "cold and tired", "upset", "drowsy", "short of breath", "unsteady"),
    "thing": ("wheelchair", "bed rail", "walking frame", "side table", "shower seat", "call bell"),
    "place": ("Bramble Ward", "Heron Ward", "Larch Unit", "Foxglove Ward", "Pebble House", "Tern Unit"),
    "relative": ("daughter", "husband", "sister", "neighbour", "father", "wife"),
    "drug": ("paracetamol", "clozapine", "senna", "lithium", "metformin", "furosemide"),
    "dose": ("5", "2.5", "40", "75", "150", "0.5", "500", "12.5"),
    "number": ("two", "three", "four", "six", "seven", "nine", "ten"),
    "clock": ("02:10", "06:45", "11:20", "14:05", "17:50", "21:35", "23:15"),
    "side": ("left", "right"),
    "name": ("[PERSON 1]", "[PERSON 2]", "[PERSON 3]"),
}
TRUSTS = ("Alderbeck NHS Trust", "Wendling Care NHS Trust", "Skerry Bay NHS Trust", "Orrin NHS Trust")
_WORDS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "six": "6",
    "seven": "7",
    "nine": "9",
    "ten": "10",
    "patient": "pt",
    "because": "becuase",
    "noticed": "noted",
    "given": "offered",
    "found": "seen",
    "told": "informed",
}
Rng = random.Random
Edit = Callable[[Rng, Document], Document]


def event(rng: Rng, number: int) -> Document:
    """One invented incident of 60 to 130 words, with a date, a place and an organisation."""
    slots = {name: rng.choice(values) for name, values in _SLOTS.items()}
    sentences = [rng.choice(_OPENINGS), *rng.sample(_MIDDLES, rng.randint(3, 6)), *rng.sample(_ENDINGS, 2)]
    text = " ".join(s[:1].upper() + s[1:] for s in (sentence.format(**slots) for sentence in sentences))
    day = dt.date(2031, 1, 1) + dt.timedelta(days=rng.randrange(700))
    return document(f"e{number:05}", text, date=day.isoformat(), organisation=rng.choice(TRUSTS))


def document(name: str, text: str, **fields: str) -> Document:
    """An incident, or what `fields` say."""
    given = {
        "kind": "incident",
        "sha256": "",
        "reference": name,
        "source": f"{name}.txt",
        "file_sha256": name,
    }
    return Document(id=name, text=text, **(given | fields))  # type: ignore[arg-type]


def edited(found: Document, name: str, **fields: str) -> Document:
    """A copy under another id, with what is given changed."""
    kept = {"kind": found.kind, "date": found.date, "organisation": found.organisation, "title": found.title}
    kept |= {"source": found.source, "place": found.place}
    return document(name, fields.pop("text", found.text), **(kept | fields))


def _words(rng: Rng, found: Document, most: int = 4) -> Document:
    """Up to four words spelt, shortened, counted or put otherwise."""
    held = [w for w in _WORDS if re.search(rf"\b{w}\b", found.text)]
    text = found.text
    for word in rng.sample(held, min(most, len(held))):
        text = re.sub(rf"\b{word}\b", _WORDS[word], text, count=1)
    return edited(found, found.id + "w", text=text)


def _masks(rng: Rng, found: Document) -> Document:
    text = re.sub(
        r"\[PERSON \d\]", lambda _: rng.choice(("[PERSON 4]", "[STAFF 1]", "the nurse")), found.text
    )
    return edited(found, found.id + "m", text=text)


def _added(rng: Rng, found: Document) -> Document:
    return edited(found, found.id + "a", text=f"{found.text} {rng.choice(_EXTRA)}")


def _dropped(rng: Rng, found: Document) -> Document:
    sentences = found.text.split(". ")
    del sentences[rng.randrange(1, len(sentences) - 1)]
    return edited(found, found.id + "d", text=". ".join(sentences))


def _all(rng: Rng, found: Document) -> Document:
    day = dt.date.fromisoformat(found.date) + dt.timedelta(days=rng.randint(-2, 2))
    return edited(_added(rng, _masks(rng, _words(rng, found, 3))), found.id + "z", date=day.isoformat())


def _undated(rng: Rng, found: Document) -> Document:
    return edited(_added(rng, found), found.id + "u", date="")


EDITS: dict[str, Edit] = {
    "words spelt or put otherwise": _words,
    "masks differ": _masks,
    "a sentence added": _added,
    "a sentence dropped": _dropped,
    "all of these, a day or two apart": _all,
    "a sentence added, no date": _undated,
}


def _slot(rng: Rng, found: Document, *names: str) -> Document:
    """The same wording about another event: one slot that the text fills is filled otherwise."""
    filled = [v for name in names for v in _SLOTS[name] if re.search(_whole(v), found.text)]
    if not filled:
        return _later(rng, found)
    old = rng.choice(filled)
    values = next(_SLOTS[name] for name in names if old in _SLOTS[name])
    new = rng.choice([v for v in values if v != old])
    return edited(found, found.id + "s" + names[0], text=re.sub(_whole(old), new, found.text))


def _whole(value: str) -> str:
    return rf"(?<![\w.:]){re.escape(value)}(?!\w|[.:]\d)"


def _later(rng: Rng, found: Document) -> Document:
    day = dt.date.fromisoformat(found.date) + dt.timedelta(days=rng.randint(5, 200))
    return edited(found, found.id + "l", date=day.isoformat())


def _elsewhere(rng: Rng, found: Document) -> Document:
    other = rng.choice([t for t in TRUSTS if t != found.organisation])
    return edited(found, found.id + "o", organisation=other)


DECOYS: dict[str, Edit] = {
    "another dose or number": lambda rng, found: _slot(rng, found, "dose", "number"),
    "another time": lambda rng, found: _slot(rng, found, "clock"),
    "another ward": lambda rng, found: _slot(rng, found, "place"),
    "another drug": lambda rng, found: _slot(rng, found, "drug"),
    "another relative": lambda rng, found: _slot(rng, found, "relative"),
    "days later": _later,
    "another organisation": _elsewhere,
}


_SUBJECTS = ("Visiting", "Transfer", "Observation", "Lone Working", "Key Safe", "Escort", "Property", "Leave")
_ACTS = (
    "The ward manager keeps the list and signs it every {number} days.",
    "A person who {verb} is offered another time within {number} working days.",
    "Staff write down who was told, at what hour and by whom.",
    "The team must not close the record until the {relative} has been asked.",
    "Keys are counted at the start of each shift and the number is entered.",
    "Where two teams are involved the sending team {verb} until the other has answered.",
    "The {thing} is checked before use and after it has been moved.",
    "Exceptions go to the service lead, who answers within {number} hours.",
    "Training is repeated every {number} years and a list of those trained is kept.",
    "A copy goes to the surgery and to the person, in words that they can read.",
)
_VERBS = ("does not come", "moves house", "stays responsible", "asks for a change", "is away", "needs a lift")


def policy(rng: Rng, number: int) -> tuple[Document, Document, Document]:
    """An older version, the newer one, and another body's copy of the older."""
    second = rng.choice(("Safety", "Record", "Contact"))
    area = f"{_SUBJECTS[number % len(_SUBJECTS)]} and {second} {number} Policy"
    body = [
        rng.choice(_ACTS).format(
            number=rng.randint(2, 60),
            verb=rng.choice(_VERBS),
            relative=rng.choice(_SLOTS["relative"]),
            thing=rng.choice(_SLOTS["thing"]),
        )
        for _ in range(rng.randint(20, 40))
    ]
    major, year = rng.randint(1, 4), 2025 + rng.randint(0, 3)
    changed = [*body[: len(body) - 4], "The duty lead is told at once.", *body[-2:]]
    heads = (
        (f"Version {major}.{rng.randint(0, 3)}", f"Date ratified: 4 May {year}"),
        (f"Version {major + 1}.0", f"Date ratified: 11 June {year + 2}"),
    )
    trust, other = rng.sample(TRUSTS, 2)
    made = []
    for name, body_, (version, ratified), owner in (
        ("old", body, heads[0], trust),
        ("new", changed, heads[1], trust),
        ("elsewhere", body, heads[0], other),
    ):
        # Told by a version on the cover, by the date alone, or by the file's name.
        way = number % 3
        cover = {0: f"{version}\n\n{ratified}", 1: ratified, 2: "Controlled document"}[way]
        stem = area.lower().replace(" ", "-")
        source = f"{stem}-v{version.split()[1]}.docx" if way == 2 else f"{stem}-{name}.docx"
        text = f"{owner}\n\n{area}\n\n{cover}\n\n" + "\n\n".join(body_)
        made.append(
            document(
                f"p{number:03}{name}", text, kind="policy", organisation=owner, title=area, source=source
            )
        )
    return made[0], made[1], made[2]


_FORM = (
    "On {date} {who} {opened} a review into the care of {person} aged {age} under the regional scheme.",
    "The review {ended} at the end of the panel meeting {held} on {date} and its outcome was {outcome}.",
    "In {my} opinion there is a {kind} risk that the same will happen again unless action is taken by you.",
    "You are {duty} to answer this report within {age} days of the date on which it was sent to you.",
    "Copies of this {paper} have been sent to the chief officer and to the following persons: {person}.",
)
_FORM_SLOTS = {
    "date": ("4 March 2031", "17/09/2030", "2 May", "the 11th of June 2031"),
    "who": ("I", "I", "the panel", "this office"),
    "opened": ("opened", "opened", "began", "commenced"),
    "person": ("[PERSON 1]", "Mrs [PERSON 2]", "Mr [PERSON 3]", "the late [PERSON 1]"),
    "age": ("41", "56", "8", "73", "90"),
    "ended": ("concluded", "concluded", "was concluded", "ended"),
    "held": ("held", "held", "heard", "that was held by me"),
    "outcome": ("recorded", "recorded as narrative", "partly upheld", "as follows"),
    "my": ("my", "my", "our"),
    "kind": ("real", "continuing", "real and continuing", "clear"),
    "duty": ("under a duty", "under a duty", "required"),
    "paper": ("report", "report", "letter"),
}
# What many people tell, each in their own words: content, however often it recurs.
_OWN = [
    line.split("|")
    for line in """
He|She|Mum|Dad|Gran|The patient|My brother|Our mother|The resident|A lady in bay two|This gentleman
fell|slipped|was found on the floor|went down|tumbled|lost balance|hit the ground|took a fall|keeled over
near the bed|in the bathroom|on the way to the toilet|by the window|beside the lift|at the sink|off the ramp
and hurt|and knocked|and complained of pain in|with a bruise to|and had grazed|then held|and cut|and jarred
the left hip|an elbow|the back of the head|one knee|a wrist|the right shoulder|some ribs|the jaw|an ankle
when nobody was about|while the nurse was with another|at night|in socks|as the bell was out of reach
""".strip().splitlines()
]


def filled(rng: Rng, number: int) -> tuple[list[Document], dict[str, list[str]], dict[str, str]]:
    """Reports, a form's sentences in each, altered, and one event in each, told in people's own words."""
    corpus, copied, told = [], {}, {}
    for n in range(number):
        form = [s.format(**{k: rng.choice(v) for k, v in _FORM_SLOTS.items()}) for s in _FORM]
        form = [f[:1].upper() + f[1:] for f in form]
        who, *parts = (rng.choice(part) for part in _OWN)
        rng.shuffle(parts)  # people do not tell in a form's order
        own = f"{who} {', '.join(parts)}."
        corpus.append(document(f"f{n:04}", "\n\n".join([*form[:2], own, _babble(rng), *form[2:]])))
        copied[f"f{n:04}"], told[f"f{n:04}"] = form, own
    return corpus, copied, told


def _babble(rng: Rng) -> str:
    """A sentence that no other document has, so that a form is never all that a document says."""
    words = ["".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(3)) for _ in range(8)]
    return f"{' '.join(words).capitalize()}."
