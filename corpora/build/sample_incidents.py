"""Write the invented incident extracts of the sample corpus, and say what was planted in them.

Every sentence is invented and stands in ``sample_incidents_bank.toml``. Mark-up of the bank, one sentence a line:

* ``@ N key=value`` opens an incident; ``N`` is the team letter of its organisation. Keys: ``on`` (month or day),
  ``wd`` (weekday, Monday 0), ``n`` (patients), ``ph``/``ps`` (physical, psychological harm), ``out`` (outcome),
  ``ev`` (``good`` or ``risk``), ``id`` (name used by the duplicate lists).
* ``themes|sentence`` is narrative, ``>themes|sentence`` the action taken, ``=2`` opens the narrative of a second patient.
  Themes are letters with commas between; ``+`` positive, ``=`` neutral. Without a sign narrative is negative, action neutral.
* The ``tails`` are circumstances added to some incidents: ``g`` to any, ``t`` to one with a theme, ``p`` to one patient,
  ``o`` as the background of one patient.
* ``{day}``, ``{t}``, ``{e}``, ``{nhs}``, ``{phone}`` and the like are slots.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
import tempfile
import tomllib
import zipfile
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from openpyxl import Workbook

SEED = 20260930
BANK = Path(__file__).with_name("sample_incidents_bank.toml")
CSV_FILE = "incidents/lfpse-extract.csv"
XLSX_FILE = "incidents/eskmoor-incidents.xlsx"
FOOTER = (
    "Record exported from the regional learning system for the Northmere review. "
    "Figures are provisional until quality assured by the submitting organisation."
)
STAFF_DECOY = "Nurse Ambrithwaite"
CSV_HEADINGS = (
    "Reference",
    "Revision",
    "Taxonomy Version",
    "Occurred Organisation Code",
    "L002 - Organisation",
    "T005 - Event date",
    "Reported Date",
    "CL001 - Event Type",
    "L003 - Service Area",
    "L004 - Location Within Service",
    "Number of patients",
    "Patient no.",
    "F001 - Describe what happened",
    "AC001 - Immediate Actions",
    "OT003 - What was the clinical outcome for the patient?",
    "OT001 - Physical harm",
    "OT002 - Psychological harm",
)
XLSX_HEADINGS = ("Log number", "Incident date", "Organisation", "Team", "What happened", "Action taken")

ORGANISATIONS = {
    "HAR": ("ZH1", "Harrowdale Mental Health NHS Foundation Trust"),
    "TAR": ("ZT2", "Tarnside Partnership NHS Foundation Trust"),
    "ESK": ("ZE3", "Eskmoor Healthcare NHS Trust"),
    "CAL": ("ZC4", "Calderwick Community NHS Trust"),
}
TEAMS = {
    "HAR": {"N": "North Team", "S": "South Team", "L": "Linden Ward"},
    "TAR": {"Q": "Quay Team", "H": "Hill Team", "R": "Rowan Ward"},
    "ESK": {"V": "Valley Team", "A": "Alder Ward"},
    "CAL": {"C": "Coast Team", "M": "Market Team"},
}
THEMES = {
    "h": "handover",
    "s": "step-up-capacity",
    "k": "care-coordination",
    "x": "dna-discharge",
    "f": "family-involvement",
    "g": "multi-agency",
    "r": "risk-formulation",
    "m": "medication",
    "c": "crisis-interface",
    "d": "hospital-discharge",
    "i": "information-sharing",
    "a": "access-waiting",
    "w": "workforce",
    "n": "interpreters",
    "p": "phone-lines",
    "t": "travel-parking",
    "l": "lone-worker-devices",
}
SIGNS = {"+": "positive", "=": "neutral", "~": "mixed"}
HARM = {"": "No", "low": "Low", "mod": "Moderate", "sev": "Severe"}
ROLES = (
    "team manager",
    "ward manager",
    "locality manager",
    "duty senior",
    "clinical lead",
    "service manager",
    "lead nurse",
    "operational lead",
    "quality lead",
)
COMMUNITY_ROLES = tuple(role for role in ROLES if role != "ward manager")
SLIPS = {
    "received": "recieved",
    "which": "wich",
    "their": "thier",
    "because": "becuase",
    "until": "untill",
    "believed": "beleived",
    "separate": "seperate",
    "definitely": "definately",
    "address": "adress",
    "Neighbour": "Nieghbour",
    "weeks": "wks",
    "minutes": "mins",
    "hours": "hrs",
    "patient": "pt",
    "appointment": "appt",
    "medication": "meds",
    "referral": "refferal",
}
# Themes whose stories are often about staff or relatives, so that nothing is added about "the person".
NOT_OF_PATIENT = {
    "workforce",
    "lone-worker-devices",
    "family-involvement",
    "access-waiting",
    "phone-lines",
    "multi-agency",
}
BANK_HOLIDAYS = {
    dt.date(2000 + year, month, day)
    for year, month, day in (
        *(
            (24, 12, 25),
            (24, 12, 26),
            (25, 1, 1),
            (25, 4, 18),
            (25, 4, 21),
            (25, 5, 5),
            (25, 5, 26),
            (25, 8, 25),
        ),
        *(
            (25, 12, 25),
            (25, 12, 26),
            (26, 1, 1),
            (26, 4, 3),
            (26, 4, 6),
            (26, 5, 4),
            (26, 5, 25),
            (26, 8, 31),
        ),
    )
}
FIRST_DAY = dt.date(2024, 10, 1)
LAST_DAY = dt.date(2026, 9, 30)
# Months for Harrowdale's handover incidents without a month of their own, so that they grow over the last eight.
RISING = (
    ["2024-11", "2025-02", "2025-04", "2025-07", "2025-12"]
    + ["2026-03", "2026-04", "2026-04", "2026-05", "2026-05", "2026-06", "2026-06", "2026-07", "2026-07"]
    + ["2026-08"] * 3
    + ["2026-09"] * 6
)
IDENTIFIERS = {
    "nhs_number": re.compile(r"\b999 ?\d{3} ?\d{4}\b"),
    "phone": re.compile(r"\b0(?:7700 900|1632 960)\d{3}\b"),
    "email": re.compile(r"\b[\w.]+@example\.nhs\.uk\b"),
    "postcode": re.compile(r"\bZZ99 \d[A-Z]{2}\b"),
    "date_of_birth": re.compile(r"(?<=DOB )\d\d/\d\d/\d{4}"),
    "name": re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Nurse) (?:O'|Mc)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?"),
}
PAST_OUTCOME = re.compile(
    r"police|admitted|admission|ambulance|died|refus|\bED\b|section|missing|hospital|arrest", re.IGNORECASE
)
PLURAL = re.compile(
    r"\b(?:people|persons|pts|patients|SUs|clients|two|three|four|five|seven|both|group|families)\b",
    re.IGNORECASE,
)
SINGULAR = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)
# A past is given only to a person whose story says nothing about it.
HISTORY = re.compile(r"year|\byrs?\b|first|\bnew\b|aged|known|young|child|old\b|boy|student", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One line of the bank: its words, where they stand, and its themes."""

    text: str
    action: bool = False
    patient: int = 1
    themes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Incident:
    """One incident, as read from the bank and then finished."""

    organisation: str
    team: str
    options: dict[str, str]
    sentences: tuple[Sentence, ...]
    date: dt.date = FIRST_DAY
    reference: str = ""
    twin_of: int | None = None
    footer: bool = False

    def text(self, *, action: bool, patient: int = 1) -> str:
        """Join the text of one column for one patient."""
        wanted = patient if any(s.patient == patient for s in self.sentences) else 1
        return " ".join(
            s.text for s in self.sentences if s.action == action and (action or s.patient == wanted)
        )

    def narrative(self, patient: int = 1) -> str:
        """Give the narrative column, with the export footer where there is one."""
        body = self.text(action=False, patient=patient)
        return f"{body} {FOOTER}" if self.footer else body

    def everything(self) -> str:
        """Join all the words that belong to the incident, without the footer."""
        return " ".join(s.text for s in self.sentences)

    @property
    def ward(self) -> bool:
        """Whether it happened on a ward, where every day is a working day."""
        return self.team.endswith("Ward")

    def themes(self) -> dict[str, str]:
        """Say the polarity of each theme over the whole incident; neutral sentences do not count against others."""
        seen: dict[str, set[str]] = {}
        for sentence in self.sentences:
            for theme, polarity in sentence.themes:
                seen.setdefault(theme, set()).add(polarity)
        return {theme: _together(polarities) for theme, polarities in seen.items()}


def _together(polarities: set[str]) -> str:
    loud = polarities - {"neutral"}
    if not loud:
        return "neutral"
    return loud.pop() if len(loud) == 1 else "mixed"


# --- Reading the bank -------------------------------------------------------------------------------------------------


def _sentence(line: str, patient: int) -> Sentence:
    marks, _, words = line.partition("|")
    action = marks.startswith(">")
    plain = "neutral" if action else "negative"
    themes = tuple(
        (THEMES[mark[0]], SIGNS[mark[1]] if len(mark) > 1 else plain)
        for mark in marks.removeprefix(">").split(",")
        if mark
    )
    return Sentence(words.strip(), action, patient, themes)


def _incident(organisation: str, block: str) -> Incident:
    head, *lines = block.strip().splitlines()
    team, *options = head.split()
    sentences: list[Sentence] = []
    patient = 1
    for line in filter(None, lines):
        if line == "=2":
            patient = 2
        else:
            sentences.append(_sentence(line, patient))
    return Incident(
        organisation, TEAMS[organisation][team], dict(o.split("=", 1) for o in options), tuple(sentences)
    )


def _read(bank: dict[str, Any]) -> list[Incident]:
    return [
        _incident(part["organisation"], block)
        for part in bank["bank"]
        for block in re.split(r"^@ ", part["incidents"], flags=re.MULTILINE)
        if block.strip()
    ]


# --- Slots ------------------------------------------------------------------------------------------------------------


@dataclass
class Slots:
    """Fills the slots of a sentence, never giving out the same identifier twice."""

    rng: random.Random
    given: set[str] = field(default_factory=set)

    def fill(self, text: str, incident: Incident, *, action: bool) -> str:
        """Fill every slot of the sentence."""
        return re.sub(r"\{(\w+)\}", lambda hit: self._value(hit[1], incident, action=action), text)

    def _value(self, slot: str, incident: Incident, *, action: bool) -> str:
        if slot == "day":
            return f"{_later(incident.date) if action else incident.date:%A}"
        if slot in {"role", "Role"}:
            role = self.rng.choice(ROLES[1:] if incident.ward else COMMUNITY_ROLES)
            return role.capitalize() if slot == "Role" else role
        plain = {
            "t": lambda: self._clock(9, 16, incident),
            "e": lambda: self._clock(19, 23, incident),
            "n": lambda: str(self.rng.randint(2, 9)),
            "age": lambda: str(self.rng.randint(24, 67)),
        }
        return plain[slot]() if slot in plain else self._unique(slot)

    def _clock(self, first: int, last: int, incident: Incident) -> str:
        hour, minute = self.rng.randint(first, last), self.rng.randrange(0, 60, 5)
        return f"{hour:02}{minute:02}hrs" if incident.organisation == "ESK" else f"{hour:02}:{minute:02}"

    def _unique(self, slot: str) -> str:
        makers = {
            "nhs": self._nhs_number,
            "phone": lambda: f"07700 900{self.rng.randint(100, 999)}",
            "land": lambda: f"01632 960{self.rng.randint(100, 999)}",
            "post": lambda: (
                f"ZZ99 {self.rng.randint(1, 9)}{''.join(self.rng.choices('ABDEFGHJLNPQRSTUWXYZ', k=2))}"
            ),
            "dob": lambda: (
                f"{self.rng.randint(1, 28):02}/{self.rng.randint(1, 12):02}/{self.rng.randint(1955, 1990)}"
            ),
            "mail": self._email,
        }
        value = makers[slot]()
        while value in self.given:
            value = makers[slot]()
        self.given.add(value)
        return value

    def _email(self) -> str:
        initial = self.rng.choice("abcdehjklmnprst")
        return f"{initial}.{self.rng.choice(['oxenbright', 'larkstoke', 'tremmick', 'wadderly', 'fellgarth'])}@example.nhs.uk"

    def _nhs_number(self) -> str:
        while True:
            digits = [9, 9, 9, *(self.rng.randint(0, 9) for _ in range(6))]
            check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
            if check != 10:
                tail = "".join(map(str, [*digits, check % 11]))
                return f"{tail[:3]} {tail[3:6]} {tail[6:]}" if self.rng.random() < 0.6 else tail


def _later(date: dt.date) -> dt.date:
    """Find a working day two or more days on."""
    later = date + dt.timedelta(days=2)
    while later.weekday() > 4:
        later += dt.timedelta(days=1)
    return later


# --- Finishing the incidents ------------------------------------------------------------------------------------------


def _dates(incidents: list[Incident], rng: random.Random) -> list[Incident]:
    free = [
        n
        for n, i in enumerate(incidents)
        if i.organisation == "HAR" and "on" not in i.options and i.themes().get("handover") == "negative"
    ]
    rng.shuffle(free)
    months = dict(zip(free, [RISING[-1 - (k % len(RISING))] for k in range(len(free))], strict=True))
    return [
        replace(i, date=_date(i, i.options.get("on", months.get(n, "")), rng))
        for n, i in enumerate(incidents)
    ]


def _date(incident: Incident, on: str, rng: random.Random) -> dt.date:
    if len(on) == 10:
        return dt.date.fromisoformat(on)
    days = [FIRST_DAY + dt.timedelta(days=d) for d in range((LAST_DAY - FIRST_DAY).days - 2)]
    weekday = incident.options.get("wd")
    return rng.choice(
        [
            day
            for day in days
            if f"{day:%Y-%m-%d}".startswith(on)
            and day not in BANK_HOLIDAYS
            and (day.weekday() == int(weekday) if weekday else incident.ward or day.weekday() < 5)
        ]
    )


def _filled(incident: Incident, slots: Slots) -> Incident:
    done = tuple(replace(s, text=slots.fill(s.text, incident, action=s.action)) for s in incident.sentences)
    return replace(incident, sentences=done)


def _sober(incident: Incident) -> bool:
    """Whether the incident is grave or glad enough to be left without circumstance."""
    return incident.options.get("ph") in {"fatal", "sev"} or "ev" in incident.options


def _suits(tail: str, incident: Incident) -> bool:
    """Whether a circumstance can be said of it: g of any, t of one with a theme, p of one patient at hand, o their past."""
    mark = tail.removeprefix(">")[0]
    text, themes = incident.everything(), set(incident.themes())
    if mark in "gt":
        return mark == "g" or bool(themes)
    one = bool(SINGULAR.search(text)) and not PLURAL.search(text) and not PAST_OUTCOME.search(text)
    one &= bool(themes) and not themes & NOT_OF_PATIENT
    return one and (mark == "p" or not (HISTORY.search(text) or themes & {"handover", "dna-discharge"}))


def _with_tail(incident: Incident, tail: str, slots: Slots) -> Incident:
    mark, _, words = tail.partition("|")
    action = mark.startswith(">")
    text = slots.fill(words, incident, action=action)
    added = Sentence(text, action)
    first, second = incident.sentences, (added,)
    if mark == "o":
        return replace(incident, sentences=second + first)
    if action:
        return replace(incident, sentences=first + second)
    place = next((n for n, s in enumerate(first) if s.action or s.patient > 1), len(first))
    return replace(incident, sentences=first[:place] + second + first[place:])


def _circumstances(incidents: list[Incident], bank: dict[str, Any], slots: Slots) -> list[Incident]:
    """Give shorter incidents a circumstance each; one with slots may serve twice, one without only once."""
    rng = slots.rng
    plain = bank["tails"].strip().splitlines()
    stock = bank["identifier_tails"].strip().splitlines() + [
        t for t in plain for _ in range(2 if "{" in t else 1)
    ]
    done = list(incidents)
    order = [n for n, i in enumerate(incidents) if not _sober(i) and len(i.everything().split()) > 30]
    rng.shuffle(order)
    order.sort(key=lambda n: len(incidents[n].sentences) > 4)
    said: set[str] = set()
    for tail in stock:
        for chosen in (n for n in order if _suits(tail, done[n])):
            finished = _with_tail(done[chosen], tail, slots)
            new = {s.text for s in finished.sentences} - {s.text for s in done[chosen].sentences}
            if not new & said:
                said |= new
                done[chosen] = finished
                order.remove(chosen)
                break
    return done


def _slipped(incidents: list[Incident], rng: random.Random) -> list[Incident]:
    """Misspell or shorten one word in about one sentence of twelve, as hurried hands do."""

    def slip(sentence: Sentence) -> Sentence:
        words = [w for w in SLIPS if re.search(rf"\b{w}\b", sentence.text)]
        if not words or rng.random() > 0.16:
            return sentence
        word = rng.choice(words)
        return replace(sentence, text=re.sub(rf"\b{word}\b", SLIPS[word], sentence.text, count=1))

    return [replace(i, sentences=tuple(map(slip, i.sentences))) for i in incidents]


def _copies(incidents: list[Incident], bank: dict[str, Any]) -> list[Incident]:
    """Make the second reports: exact ones by id, near ones with their swaps."""
    at = {i.options["id"]: n for n, i in enumerate(incidents) if "id" in i.options}
    swaps = {entry["id"]: entry["swaps"] for entry in bank["near_copy"]}
    swaps |= {name: [] for name in at if name.startswith("exact")}
    twins = []
    for name, pairs in swaps.items():
        original = incidents[at[name]]
        said = tuple(replace(s, text=_swapped(s.text, pairs)) for s in original.sentences)
        twins.append(replace(original, sentences=said, twin_of=at[name]))
    return twins


def _swapped(text: str, pairs: list[list[str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _unstopped(incident: Incident, rng: random.Random) -> Incident:
    """Drop the last full stop of some narratives that nothing follows."""
    last = [n for n, s in enumerate(incident.sentences) if not s.action and s.patient == 1][-1]
    if incident.footer or rng.random() > 0.1:
        return incident
    sentences = list(incident.sentences)
    sentences[last] = replace(sentences[last], text=sentences[last].text.removesuffix("."))
    return replace(incident, sentences=tuple(sentences))


def _referenced(incidents: list[Incident], rng: random.Random) -> list[Incident]:
    """Give numbers in order of date, with gaps; Eskmoor has a log of its own."""
    number = {"ESK": 10400, "": 2100}
    names: dict[int, str] = {}
    for n in sorted(range(len(incidents)), key=lambda n: (incidents[n].date, n)):
        esk = incidents[n].organisation == "ESK"
        key = "ESK" if esk else ""
        number[key] += rng.randint(1, 9)
        names[n] = f"ESK-{number[key]}" if esk else f"LFP{incidents[n].date:%y}-{number[key]:06}"
    return [replace(i, reference=names[n]) for n, i in enumerate(incidents)]


def _compose(bank: dict[str, Any]) -> list[Incident]:
    rng = random.Random(SEED)
    slots = Slots(rng)
    incidents = [_filled(i, slots) for i in _dates(_read(bank), rng)]
    incidents = _slipped(_circumstances(incidents, bank, slots), rng)
    incidents = [replace(i, footer=i.organisation != "ESK" and rng.random() < 0.34) for i in incidents]
    incidents = [_unstopped(i, rng) for i in incidents]
    return _referenced(incidents + _copies(incidents, bank), rng)


# --- Writing the files ------------------------------------------------------------------------------------------------


def _harm(incident: Incident, patient: int, rng: random.Random) -> tuple[str, str, str]:
    """Outcome, physical and psychological harm for one patient row."""
    options = incident.options
    if options.get("ev") == "risk":
        return "", "", ""
    physical = options.get("ph", "") if patient == 1 else ""
    mental = options.get("ps") or ("low" if incident.themes() and rng.random() < 0.35 else "")
    outcome = options.get("out", "").replace("_", " ")
    if not outcome or patient > 1:
        common = {"low": "Minor treatment only", "mod": "Hospital treatment"}
        outcome = common.get(physical) or rng.choice(
            ["", "", "None known", "No change", "Unsettled" if mental else ""]
        )
    words = {"fatal": "Fatal", "na": "No physical harm"}
    return (
        outcome,
        words.get(physical, f"{HARM.get(physical, 'No')} physical harm"),
        "Not applicable" if mental == "na" else f"{HARM[mental]} psychological harm",
    )


def _rows(incident: Incident, earlier: dict[str, str], rng: random.Random) -> list[list[str]]:
    """Make the extract's rows for one incident: an earlier revision if there is one, then a row for each patient."""
    code, name = ORGANISATIONS[incident.organisation]
    patients = int(incident.options.get("n", "1"))
    first = earlier.get(incident.reference)
    area = "Adult mental health inpatient" if incident.ward else "Community mental health"
    kind = {"good": "Good care", "risk": "Risk"}.get(incident.options.get("ev", ""), "Incident")
    reported = incident.date + dt.timedelta(
        days=rng.choice([0, 0, 1, 1, 2, 4]) + (incident.twin_of is not None)
    )
    start = [
        "6",
        code,
        name,
        f"{incident.date:%d/%m/%Y}",
        f"{reported:%d/%m/%Y}",
        kind,
        area,
        incident.team,
        str(patients),
    ]
    numbers = range(1, patients + 1) if patients else range(1)
    rows = [
        [
            incident.reference,
            "2" if first else "1",
            *start,
            str(patient or ""),
            incident.narrative(patient or 1),
            incident.text(action=True),
            *_harm(incident, patient, rng),
        ]
        for patient in numbers
    ]
    if first:
        rows.insert(0, [incident.reference, "1", *start, "1", first, "", *rows[0][-3:]])
    return rows


def _write_csv(path: Path, incidents: list[Incident], bank: dict[str, Any]) -> None:
    rng = random.Random(SEED + 1)
    earlier = {
        next(
            i.reference for i in incidents if i.twin_of is None and entry["contains"] in i.everything()
        ): entry["text"]
        for entry in bank["earlier"]
    }
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(CSV_HEADINGS)
        for incident in sorted(incidents, key=lambda i: i.reference):
            writer.writerows(_rows(incident, earlier, rng))


def _write_xlsx(path: Path, incidents: list[Incident]) -> None:
    book = Workbook()
    book.remove(book["Sheet"])
    strategy = book.create_sheet("Search strategy")
    for line in (
        ("Eskmoor Healthcare NHS Trust: incident extract for the Northmere ICB review",),
        ("Confidential. Contains information about people who use services; do not forward.",),
        ("Incident date", "01/10/2024 to 30/09/2026"),
        ("Filter: team", "Valley Team; Alder Ward"),
        ("Filter: status", "Any, including under review"),
        ("Free text", "Not searched; all records in the date range returned"),
        ("Records", len(incidents)),
    ):
        strategy.append(line)
    sheet = book.create_sheet("Incidents")
    sheet.append(XLSX_HEADINGS)
    for i in sorted(incidents, key=lambda i: i.reference):
        name = ORGANISATIONS[i.organisation][1]
        sheet.append((i.reference, i.date, name, i.team, i.narrative(), i.text(action=True) or None))
    for cell in sheet["B"][1:]:
        cell.number_format = "dd/mm/yyyy"
    book.save(path)
    _freeze(path)


def _freeze(path: Path) -> None:
    """Take the clock out of a workbook, so that the same text gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts:
            still = (
                re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-10-01T09:00:00Z", content)
                if "core.xml" in name
                else content
            )
            archive.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 9, 0, 0)), still, zipfile.ZIP_DEFLATED)


# --- Gold -------------------------------------------------------------------------------------------------------------


def _file(incident: Incident) -> str:
    return XLSX_FILE if incident.organisation == "ESK" else CSV_FILE


def _identifiers(incidents: list[Incident]) -> list[dict[str, str]]:
    found: dict[tuple[str, str], str] = {}
    for incident in incidents:
        for kind, pattern in IDENTIFIERS.items():
            for value in pattern.findall(incident.everything()):
                found.setdefault((_file(incident), value), kind)
    return [{"file": file, "value": value, "kind": kind} for (file, value), kind in found.items()]


def _gold(incidents: list[Incident]) -> dict[str, object]:
    return {
        "documents": [
            {
                "file": _file(i),
                "reference": i.reference,
                "organisation": i.organisation,
                "date": i.date.isoformat(),
                "themes": i.themes(),
            }
            for i in incidents
        ],
        "passages": [
            {"file": _file(i), "reference": i.reference, "text": s.text, "themes": dict(s.themes)}
            for i in incidents
            for s in i.sentences
            if s.themes
        ],
        "duplicates": [
            [incidents[i.twin_of].reference, i.reference] for i in incidents if i.twin_of is not None
        ],
        "identifiers": _identifiers(incidents),
        "decoys": [
            {"id": "export-footer", "texts": [FOOTER]},
            {"id": "staff-surname", "texts": [STAFF_DECOY]},
        ],
    }


def write(folder: Path) -> dict[str, object]:
    """Write the two extracts into ``folder/incidents`` and return what was planted in them."""
    bank = tomllib.loads(BANK.read_text(encoding="utf-8"))
    incidents = sorted(_compose(bank), key=lambda i: i.twin_of is not None)
    (folder / "incidents").mkdir(parents=True, exist_ok=True)
    _write_csv(folder / CSV_FILE, [i for i in incidents if i.organisation != "ESK"], bank)
    _write_xlsx(folder / XLSX_FILE, [i for i in incidents if i.organisation == "ESK"])
    return _gold(incidents)


# --- Checks -----------------------------------------------------------------------------------------------------------


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("\u2019", ""))
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


def _too_alike(incidents: list[Incident]) -> list[tuple[float, str, str]]:
    """Pairs sharing more than a quarter of the runs of the shorter, planted duplicates apart."""
    alike = []
    runs = [(i, _runs(i.everything())) for i in incidents if i.twin_of is None]
    for (one, a), (two, b) in combinations(runs, 2):
        short = min(len(a), len(b))
        if short >= 4 and len(a & b) > short / 4:
            alike.append((len(a & b) / short, one.everything(), two.everything()))
    return alike


def _count(text: str) -> int:
    return len(re.findall(r"[^.?!]+(?:[.?!](?!\d)|$)", text))


def _report() -> None:
    """Print the counts, the variety figures and whether two writings are the same."""
    bank = tomllib.loads(BANK.read_text(encoding="utf-8"))
    incidents = _compose(bank)
    single = [i for i in incidents if i.twin_of is None]
    said = Counter(s.text for i in single for s in i.sentences)
    print("incidents", len(incidents), Counter(i.organisation for i in single))
    lines = [len(i.sentences) for i in single]
    print(
        "lines",
        sum(lines),
        "distinct",
        len(said),
        "longest",
        max(lines),
        "mean",
        round(sum(lines) / len(lines), 2),
    )
    print("repeated verbatim:", [t for t, n in said.items() if n > 1])
    print("pairs over the limit:", len(_too_alike(incidents)), _too_alike(incidents)[:3])
    for theme in THEMES.values():
        hits = [i for i in single if theme in i.themes()]
        negative = sum(i.themes()[theme] == "negative" for i in hits)
        print(f"{theme:20} {len(hits):4} negative {negative:4}", dict(Counter(i.organisation for i in hits)))
    print("no theme", sum(not i.themes() for i in single))
    months = Counter(
        f"{i.date:%Y-%m}" for i in single if i.organisation == "HAR" and "handover" in i.themes()
    )
    print("HAR handover by month", sorted(months.items()))
    print(
        "footers",
        sum(i.footer for i in single),
        "staff decoy",
        sum(STAFF_DECOY in i.everything() for i in single),
    )
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        gold = write(Path(one))
        same = gold == write(Path(two))
        same &= all(
            (Path(one) / f).read_bytes() == (Path(two) / f).read_bytes() for f in (CSV_FILE, XLSX_FILE)
        )
        print("deterministic", same, {k: len(v) for k, v in gold.items() if isinstance(v, list)})
        kinds = [entry["kind"] for entry in _identifiers(incidents)]
        print("identifiers", Counter(kinds))


if __name__ == "__main__":
    _report()
