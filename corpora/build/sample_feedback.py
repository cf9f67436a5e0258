"""Write the invented feedback of the sample corpus, with its gold answers.

The comments and notes are hand-written in ``sample_feedback_bank.toml``; nothing in them
comes from a real person, organisation or document. :func:`write` lays them out as a
friends and family test export, a workbook of carers' comments and the notes of two groups,
and returns what was planted and where. Run as a script it writes to a temporary folder and
checks the counts, the variety rule and the repeatability of the files.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import pathlib
import random
import re
import statistics
import sys
import tempfile
import tomllib
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEED = 20260930
BANK = pathlib.Path(__file__).with_name("sample_feedback_bank.toml")
FOLDER = "feedback"
FFT_FILE = f"{FOLDER}/fft-comments.csv"
CARER_FILE = f"{FOLDER}/carer-comments.xlsx"
QUESTION = "Why did you choose that answer, and is there anything you would change?"
FIRST_DAY = dt.date(2024, 10, 1)
LAST_DAY = dt.date(2026, 9, 30)
SHORTEST = 4  # words in a sentence that can bear a theme beside longer ones
FROZEN = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)

ORGANISATIONS = {
    "har": "Harrowdale Mental Health NHS Foundation Trust",
    "tar": "Tarnside Partnership NHS Foundation Trust",
    "esk": "Eskmoor Healthcare NHS Trust",
    "cal": "Calderwick Community NHS Trust",
}
TEAMS = {
    "har_north": "North Team",
    "har_south": "South Team",
    "har_linden": "Linden Ward",
    "tar_quay": "Quay Team",
    "tar_hill": "Hill Team",
    "tar_rowan": "Rowan Ward",
    "esk_valley": "Valley Team",
    "esk_alder": "Alder Ward",
    "cal_coast": "Coast Team",
    "cal_market": "Market Team",
}
VOICES = {"C": "Carer", "F": "Family member", "P": "Person using services"}
POLARITIES = {"+": "positive", "-": "negative", "~": "mixed", "=": "neutral"}

MARKED = re.compile(r"\{([^|{}]+)\|([^{}]*)\}")
IDENTIFIER = re.compile(r"<<(\w+)=([^>]+)>>")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
TAG = re.compile(r"([a-z]{2})([+\-~=])")
MONTH = re.compile(r"@(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Passage:
    """One sentence as it appears, with the themes planted in it."""

    text: str
    themes: dict[str, str]


@dataclass
class Entry:
    """One comment, or one speaker's paragraph, with its mark-up taken out."""

    text: str
    head: str
    voice: str = ""
    organisation: str = ""
    team: str = ""
    date: dt.date = FIRST_DAY
    reference: str = ""
    passages: list[Passage] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    trivia: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)


@dataclass
class Gold:
    """The planted answers, gathered file by file."""

    documents: list[dict[str, object]] = field(default_factory=list)
    passages: list[dict[str, object]] = field(default_factory=list)
    identifiers: list[dict[str, str]] = field(default_factory=list)
    decoys: list[dict[str, str]] = field(default_factory=list)
    contradiction: dict[str, str] = field(default_factory=dict)

    def add_entry(self, file: str, entry: Entry) -> None:
        """Record the passages, identifiers and trivia of one comment or paragraph."""
        for passage in entry.passages:
            self.passages.append(
                {
                    "file": file,
                    "reference": entry.reference,
                    "text": passage.text,
                    "voice": entry.voice,
                    "themes": passage.themes,
                }
            )
        for kind, value in entry.identifiers:
            self.identifiers.append({"file": file, "value": value, "kind": kind})
        for text in entry.trivia:
            self.add_decoy(file, entry.reference, "trivia", text)

    def add_decoy(self, file: str, reference: str, kind: str, text: str) -> None:
        """Record wording that must not come up as a theme."""
        self.decoys.append({"file": file, "reference": reference, "kind": kind, "text": text})

    def add_document(self, file: str, entry: Entry, themes: dict[str, str]) -> None:
        """Record one comment, or one whole set of notes."""
        self.documents.append(
            {
                "file": file,
                "reference": entry.reference,
                "organisation": entry.organisation,
                "date": entry.date.isoformat(),
                "voice": entry.voice,
                "themes": themes,
            }
        )

    def as_dict(self) -> dict[str, object]:
        """Return the gold fragment as plain data."""
        return {
            "documents": self.documents,
            "passages": self.passages,
            "identifiers": self.identifiers,
            "contradiction": self.contradiction,
            "decoys": self.decoys,
        }


class Bank:
    """The hand-written comments and the short tags that mark them."""

    def __init__(self, path: pathlib.Path = BANK) -> None:
        self.data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.tags: dict[str, str] = self.data["tags"]

    def themes(self, marks: str) -> dict[str, str]:
        """Turn ``cc+,ho-`` into theme ids and polarities."""
        return {self.tags[code]: POLARITIES[sign] for code, sign in TAG.findall(marks)}

    def entry(self, line: str) -> Entry:
        """Read one line of the bank."""
        head, _, marked = line.partition("|")
        entry = Entry(text="", head=head.strip())
        marked = marked.strip().replace("\\n", "\n")
        entry.identifiers = [(kind, value) for kind, value in IDENTIFIER.findall(marked)]
        marked = IDENTIFIER.sub(r"\2", marked)
        for marks, sentence in MARKED.findall(marked):
            if marks == "!":
                entry.trivia.append(sentence)
            elif marks == "0":
                entry.plain.append(sentence)
            else:
                entry.passages.append(Passage(sentence, self.themes(marks)))
        entry.text = MARKED.sub(r"\2", marked)
        return entry

    def comment(self, line: str) -> Entry:
        """Read a comment whose head may hold themes for the whole of it."""
        entry = self.entry(line)
        themes = self.themes(" ".join(w for w in entry.head.split() if TAG.match(w)))
        if themes:
            entry.passages = [Passage(s, themes) for s in telling_sentences(entry)]
        return entry

    def fft(self) -> Iterator[Entry]:
        """Every friends and family comment with its organisation and team."""
        lines = [(key, line) for key in TEAMS for line in rows(self.data["fft"][key])]
        lines += [split_key(line) for line in rows(self.data["extra"]["lines"])]
        for key, line in lines:
            entry = self.comment(line)
            entry.organisation = ORGANISATIONS[key.partition("_")[0]]
            entry.team = TEAMS[key]
            entry.voice = VOICES["F" if "F" in entry.head.split() else "P"]
            yield entry

    def carers(self) -> Iterator[Entry]:
        """Every comment of the carers' workbook with its organisation."""
        for key, organisation in ORGANISATIONS.items():
            for line in rows(self.data["carers"][key]):
                entry = self.comment(line)
                entry.organisation = organisation
                entry.voice = VOICES[entry.head[0]]
                yield entry


def telling_sentences(entry: Entry) -> list[str]:
    """List the sentences that bear a comment's themes, without mere scraps such as "Twice."."""
    sentences = [s for s in SENTENCE_END.split(entry.text) if s not in entry.plain]
    return [s for s in sentences if len(s.split()) >= SHORTEST] or sentences


def rows(block: str) -> list[str]:
    """List the non-empty lines of a block of the bank."""
    return [line for line in block.splitlines() if line.strip()]


def split_key(line: str) -> tuple[str, str]:
    """Take the team's key off the front of a line."""
    key, _, rest = line.partition(" ")
    return key, rest


def draw_date(rng: random.Random, head: str) -> dt.date:
    """Draw a day in the 24 months, or in the month the head asks for."""
    asked = MONTH.search(head)
    if asked:
        return dt.date(int(asked[1]), int(asked[2]), rng.randint(1, 28))
    return FIRST_DAY + dt.timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days + 1))


def dated(entries: Iterable[Entry], rng: random.Random, pattern: str) -> list[Entry]:
    """Shuffle the entries, give each a date, put them in order and number them."""
    listed = list(entries)
    rng.shuffle(listed)
    for entry in listed:
        entry.date = draw_date(rng, entry.head)
    listed.sort(key=lambda entry: entry.date)
    for number, entry in enumerate(listed, start=1):
        entry.reference = pattern.format(number)
    return listed


def overall(passages: Iterable[Passage]) -> dict[str, str]:
    """Find the polarity of each theme over several passages."""
    seen: dict[str, set[str]] = {}
    for passage in passages:
        for theme, polarity in passage.themes.items():
            seen.setdefault(theme, set()).add(polarity)
    return {t: next(iter(p)) if len(p) == 1 else "mixed" for t, p in sorted(seen.items())}


def record_comments(gold: Gold, file: str, entries: Iterable[Entry]) -> None:
    """Put the comments of one file into the gold answers."""
    for entry in entries:
        gold.add_document(file, entry, overall(entry.passages))
        gold.add_entry(file, entry)


def write_fft(path: pathlib.Path, entries: Iterable[Entry]) -> None:
    """Write the friends and family test export."""
    headings = ["date", "location_1", "location_2", "question_1", "fft_answer_1"]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow([*headings, "fft_score", "comment_id"])
        for entry in entries:
            day = entry.date.strftime("%d/%m/%Y")
            place = [entry.organisation, entry.team]
            score = entry.head.split()[0]
            writer.writerow([day, *place, QUESTION, entry.text, score, entry.reference])


def write_carers(path: pathlib.Path, entries: Iterable[Entry]) -> None:
    """Write the workbook of carers' comments."""
    book = openpyxl.Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has no worksheet")
    sheet.title = "Comments"
    sheet.append(["Ref", "Date", "Organisation", "Who is commenting", "Comment"])
    for entry in entries:
        sheet.append([entry.reference, entry.date, entry.organisation, entry.voice, entry.text])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for (cell,) in sheet.iter_rows(min_row=2, min_col=2, max_col=2):
        cell.number_format = "dd/mm/yyyy"
    for letter, width in zip("ABCDE", (9, 12, 46, 22, 110), strict=True):
        sheet.column_dimensions[letter].width = width
    book.properties.creator = "Invented sample"
    book.properties.created = FROZEN.replace(tzinfo=None)
    book.save(path)
    freeze(path)


def write_notes(path: pathlib.Path, title: str, date: dt.date, parts: list[Entry]) -> None:
    """Write the notes of a group; the first part is the disclaimer."""
    notes = docx.Document()
    notes.core_properties.author = "Invented sample"
    notes.core_properties.title = title
    notes.core_properties.created = notes.core_properties.modified = FROZEN
    notes.add_heading(title, level=1)
    notes.add_paragraph(f"{date.day} {date:%B %Y}")
    notes.add_paragraph(parts[0].text)
    for part in parts[1:]:
        paragraph = notes.add_paragraph()
        paragraph.add_run(f"{part.voice}:").bold = True
        paragraph.add_run(f" {part.text}")
    notes.save(str(path))
    freeze(path)


def freeze(path: pathlib.Path) -> None:
    """Take the clock out of an office file, so that the same content gives the same bytes."""
    stamp = FROZEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = modified.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            info = zipfile.ZipInfo(name, date_time=FROZEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    path.write_bytes(packed.getvalue())


def write_group(bank: Bank, folder: pathlib.Path, name: str, gold: Gold) -> None:
    """Write one group's notes and put them into the gold answers."""
    group = bank.data["groups"][name]
    file, reference = f"{FOLDER}/{name}.docx", f"{name}.docx"
    parts = [bank.entry(line) for line in rows(group["paragraphs"])]
    for part in parts:
        part.reference = reference
        part.voice = part.head.rstrip("* ").rstrip(":")
        gold.add_entry(file, part)
        if part.head.endswith("*"):
            gold.contradiction = {
                "file": file,
                "theme": "dna-discharge",
                "organisation": ORGANISATIONS["esk"],
                "text": part.text,
            }
    date = dt.date.fromisoformat(group["date"])
    disclaimer = Entry(text=bank.data["groups"]["disclaimer"], head="")
    write_notes(folder / file, group["title"], date, [disclaimer, *parts])
    whole = Entry(text="", head="", voice=group["voice"], date=date, reference=reference)
    gold.add_document(file, whole, overall(p for part in parts for p in part.passages))
    gold.add_decoy(file, reference, "disclaimer", disclaimer.text)


def write(folder: pathlib.Path) -> dict[str, object]:
    """Write the feedback under ``folder`` and return its gold answers."""
    rng, bank, gold = random.Random(SEED), Bank(), Gold()
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    comments = dated(bank.fft(), rng, "FFT-{:04d}")
    write_fft(folder / FFT_FILE, comments)
    record_comments(gold, FFT_FILE, comments)
    carers = dated(bank.carers(), rng, "CC-{:03d}")
    write_carers(folder / CARER_FILE, carers)
    record_comments(gold, CARER_FILE, carers)
    for name in ("lived-experience-group-march", "carers-group-june"):
        write_group(bank, folder, name, gold)
    return gold.as_dict()


# ------------------------------------------------------------------ checks, run as a script

FEWEST_RUNS = 4  # a text with fewer is not compared
WANTED = {
    ("compassionate-care", "positive"): (70, 999),
    ("compassionate-care", "negative"): (12, 999),
    ("access-waiting", "negative"): (30, 999),
    ("crisis-interface", "negative"): (25, 999),
    ("family-involvement", "negative"): (28, 999),
    ("family-involvement", "positive"): (14, 999),
    ("handover", "negative"): (26, 999),
    ("handover", "positive"): (5, 6),
    ("phone-lines", "negative"): (22, 999),
    ("travel-parking", "negative"): (22, 999),
    ("interpreters", "negative"): (13, 999),
    ("care-coordination", "positive"): (16, 999),
    ("care-coordination", "negative"): (14, 999),
    ("information-sharing", "negative"): (12, 999),
    ("medication", "negative"): (15, 999),
    ("hospital-discharge", "negative"): (12, 13),
    ("hospital-discharge", "positive"): (10, 11),
    ("step-up-capacity", "negative"): (14, 999),
    ("workforce", "negative"): (8, 9),
    ("workforce", "positive"): (4, 4),
    ("risk-formulation", "negative"): (6, 9),
    ("access-waiting", "positive"): (2, 4),
    ("multi-agency", "positive"): (3, 5),
    ("multi-agency", "negative"): (2, 4),
    ("time-limits", "positive"): (6, 7),
    ("dna-discharge", "negative"): (1, 1),
}


def words(text: str) -> list[str]:
    """List the words of a text, lower-cased and without punctuation."""
    return re.sub(r"[^\w\s]", "", text.lower()).split()


def runs(text: str) -> set[tuple[str, ...]]:
    """Collect the runs of five words in a text."""
    listed = words(text)
    return {tuple(listed[i : i + 5]) for i in range(len(listed) - 4)}


def worst_overlap(texts: Iterable[str]) -> float:
    """Find the largest share of the shorter text's runs that two texts have in common."""
    sets = [found for found in map(runs, texts) if len(found) >= FEWEST_RUNS]
    shares = (len(a & b) / min(len(a), len(b)) for a, b in combinations(sets, 2))
    return max(shares, default=0.0)


def all_units(bank: Bank) -> list[Entry]:
    """Every comment, and every speaker's paragraph."""
    units = [*bank.fft(), *bank.carers()]
    for group in bank.data["groups"].values():
        if isinstance(group, dict):
            units += [bank.entry(line) for line in rows(group["paragraphs"])]
    return units


def count_units(bank: Bank) -> Counter[tuple[str, str]]:
    """How many comments and paragraphs bear each theme and polarity."""
    counts: Counter[tuple[str, str]] = Counter()
    for unit in all_units(bank):
        counts.update({pair for p in unit.passages for pair in p.themes.items()})
    return counts


def repeated_sentences(units: Iterable[Entry]) -> list[str]:
    """Sentences of more than three words that stand in more than one place."""
    sentences = (" ".join(words(s)) for u in units for s in SENTENCE_END.split(u.text))
    counts = Counter(sentence for sentence in sentences if sentence)
    return [s for s, n in counts.items() if n > 1 and len(s.split()) > 3]


def count_problems(bank: Bank) -> list[str]:
    """Themes planted more or less often than was asked for."""
    counts = count_units(bank)
    found = [
        f"{theme} {polarity}: {counts[theme, polarity]}, wanted {low} to {high}"
        for (theme, polarity), (low, high) in WANTED.items()
        if not low <= counts[theme, polarity] <= high
    ]
    return found + [f"unasked for: {pair}" for pair in counts if pair not in WANTED]


def same_twice(first: pathlib.Path, second: pathlib.Path) -> bool:
    """Whether writing again gives the same bytes and the same gold."""
    if write(first) != write(second):
        return False
    files = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    return all((first / f).read_bytes() == (second / f).read_bytes() for f in files)


def report(bank: Bank) -> None:
    """Print the figures for the corpus."""
    units, fft = all_units(bank), list(bank.fft())
    lengths = [len(words(e.text)) for e in fft if e.text]
    long_ones = sum(60 <= n <= 200 for n in lengths)
    distinct = {" ".join(words(s)) for u in units for s in SENTENCE_END.split(u.text)} - {""}
    plain = [u for u in (*fft, *bank.carers()) if u.text and not u.passages]
    print(f"fft {len(fft)} ({len(fft) - len(lengths)} blank), carers {len(list(bank.carers()))}")
    print(f"median words {statistics.median(lengths)}, long {long_ones}, longest {max(lengths)}")
    print(f"distinct sentences {len(distinct)}, no theme {len(plain)}")
    print(f"no theme and not stock {len({e.text.lower() for e in plain})}")
    print(f"identifiers {sum(len(u.identifiers) for u in units)}")
    for name, group in bank.data["groups"].items():
        if isinstance(group, dict):
            texts = [bank.entry(line).text for line in rows(group["paragraphs"])]
            print(f"{name}: {sum(len(SENTENCE_END.split(t)) for t in texts)} sentences")
    for (theme, polarity), number in sorted(count_units(bank).items()):
        print(f"  {theme:20} {polarity:9} {number}")


def main() -> int:
    """Check the bank and the written files; a non-zero answer means something is amiss."""
    bank = Bank()
    report(bank)
    units = all_units(bank)
    overlap = worst_overlap(u.text for u in units)
    print(f"largest share of five-word runs in common: {overlap:.3f}")
    problems = count_problems(bank)
    problems += [f"repeated: {s}" for s in repeated_sentences(units)]
    problems += [f"mark-up left: {u.text}" for u in units if re.search(r"[{}|<>]", u.text)]
    problems += ["the variety rule is broken"] if overlap > 0.25 else []
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        if not same_twice(pathlib.Path(one), pathlib.Path(two)):
            problems.append("writing twice gives different files")
    print("\n".join(problems) or "all checks passed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
