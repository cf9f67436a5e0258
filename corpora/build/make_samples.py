"""Write the whole invented sample corpus, its gold answers and the configuration of its review.

Run as ``python corpora/build/make_samples.py [--out DIR]``. The incidents, the feedback and the
documents come from the modules beside this one. Everything is invented and nothing depends on the
clock, so that two runs give the same bytes. The script ends by checking the variety rule over the
whole corpus: apart from planted duplicates, no two texts share more than a quarter of the five-word
runs of the shorter.
"""

from __future__ import annotations

import argparse
import csv
import json
import pathlib
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import sample_documents
import sample_feedback
import sample_incidents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OUT = pathlib.Path(__file__).parents[1] / "samples"
FOLDERS = ("incidents", "feedback", "policies", "returns", "meetings")
TITLE = "Intensive and assertive community mental health care: sample review"
QUESTION = (
    "How well do the four providers reach and stay with people who have complex and enduring psychosis and "
    "need intensive or assertive support, and where do they fall short?"
)
PERIOD = ("2024-10-01", "2026-09-30")
RECORDS: dict[str, dict[str, object]] = {
    "incidents/lfpse-extract.csv": {"kind": "incident", "voice": "staff"},
    "incidents/eskmoor-incidents.xlsx": {
        "kind": "incident",
        "voice": "staff",
        "text": ["What happened", "Action taken"],
        "id": "Log number",
        "date": "Incident date",
        "organisation_column": "Organisation",
        "team": "Team",
    },
    "feedback/fft-comments.csv": {
        "kind": "feedback",
        "voice": "person using services",
        "organisation_column": "location_1",
        "team": "location_2",
    },
    "feedback/carer-comments.xlsx": {
        "kind": "feedback",
        "text": ["Comment"],
        "id": "Ref",
        "date": "Date",
        "organisation_column": "Organisation",
        "voice_column": "Who is commenting",
    },
}
TEXT_COLUMNS = {
    "incidents/lfpse-extract.csv": (
        "Reference",
        ["F001 - Describe what happened", "AC001 - Immediate Actions"],
    ),
    "incidents/eskmoor-incidents.xlsx": ("Log number", ["What happened", "Action taken"]),
    "feedback/fft-comments.csv": ("comment_id", ["fft_answer_1"]),
    "feedback/carer-comments.xlsx": ("Ref", ["Comment"]),
}
REVISION = "Revision"
STRIPPED = ("export-footer", "disclaimer")  # decoys that are no part of what a record says
GROUP_NOTES = ("feedback/lived-experience-group-march.docx", "feedback/carers-group-june.docx")
RUN = 5  # words in a row
FEWEST_RUNS = 4  # a text with fewer is not compared
LARGEST_SHARE = 0.25
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Text:
    """One record, comment or document, without boilerplate."""

    file: str
    reference: str
    kind: str
    body: str

    @property
    def name(self) -> str:
        """The file and, for a record, its reference."""
        return f"{self.file} {self.reference}".strip()


# ------------------------------------------------------------------------------- the gold answers


def merge(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put the gold fragments together: lists are joined, and anything else may be said only once."""
    merged: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            if key not in merged:
                merged[key] = list(value) if isinstance(value, list) else value
            elif isinstance(value, list):
                merged[key] += value
            else:
                raise ValueError(f"two modules answer for {key}")
    return merged


def kind_of(file: str) -> str:
    """Tell the kind of source from the folder a file is in."""
    folder = file.partition("/")[0]
    return {"incidents": "incident", "policies": "policy", "feedback": "feedback"}.get(folder, "account")


def fill_passages(gold: dict[str, Any]) -> None:
    """Give every passage and document the same fields, whichever module it came from."""
    whose = {(d["file"], d.get("reference", "")): d.get("organisation", "") for d in gold["documents"]}
    whose = {key: sample_documents.ORGANISATIONS.get(name, name) for key, name in whose.items()}
    for document in gold["documents"]:
        document["kind"] = kind_of(document["file"])
        document["organisation"] = whose[document["file"], document.get("reference", "")]
    for passage in gold["passages"]:
        passage.setdefault("kind", kind_of(passage["file"]))
        passage.setdefault("organisation", whose.get((passage["file"], passage.get("reference", "")), ""))
        passage.setdefault("voice", "staff")
        passage.setdefault("section", "")
        passage.setdefault("modality", "description")


def group_decoys(decoys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gather the decoys under their ids, each text once."""
    grouped: dict[str, list[str]] = {}
    for decoy in decoys:
        texts = grouped.setdefault(decoy.get("id") or decoy["kind"], [])
        told = decoy.get("texts") or [decoy["text"]]
        texts += [text for text in told if text not in texts]
    return [{"id": name, "texts": texts} for name, texts in grouped.items()]


def build(out: pathlib.Path) -> dict[str, Any]:
    """Write every file of the corpus and return the gold answers."""
    writers = (sample_incidents.write, sample_feedback.write, sample_documents.write)
    gold = merge([*(write(out) for write in writers), {"themes": sample_documents.themes()}])
    fill_passages(gold)
    gold["decoys"] = group_decoys(gold["decoys"])
    return gold


def empty(out: pathlib.Path) -> None:
    """Take away the files of an earlier run."""
    out.mkdir(parents=True, exist_ok=True)
    known = [out / "gold.json", out / "review.toml"]
    for folder in FOLDERS:
        known += [path for path in (out / folder).glob("*") if path.is_file()]
    for path in known:
        path.unlink(missing_ok=True)


# ---------------------------------------------------------------------------------- review.toml


def toml_value(value: object) -> str:
    """Write a string or a list of strings as TOML."""
    return json.dumps(value, ensure_ascii=False)


def toml_table(name: str, values: dict[str, object]) -> str:
    """Write one table of an array."""
    return "\n".join([f"[[{name}]]", *(f"{key} = {toml_value(value)}" for key, value in values.items())])


def review() -> str:
    """Write out the configuration of the sample review."""
    head = {
        "title": TITLE,
        "question": QUESTION,
        "codebook": "assertive-care",
        "template": "assertive-care-review",
    }
    lines = [f"{key} = {toml_value(value)}" for key, value in head.items()]
    scope = ["[scope]", f'from = "{PERIOD[0]}"', f'to = "{PERIOD[1]}"']
    expected = [
        {"organisation": name, "document": "return"} for name in sample_documents.ORGANISATIONS.values()
    ]
    sources: list[dict[str, object]] = [{"path": path, **told} for path, told in RECORDS.items()]
    sources += [{"path": path, "kind": "feedback"} for path in GROUP_NOTES]
    sources += sample_documents.sources()
    tables = [toml_table("expected", dict(item)) for item in expected]
    tables += [toml_table("source", item) for item in sources]
    return "\n\n".join(["\n".join(lines), "\n".join(scope), *tables]) + "\n"


# ----------------------------------------------------------------------------- reading the texts


def rows(path: pathlib.Path, reference: str) -> Iterator[dict[str, str]]:
    """Read the rows of a table by the names of its columns; of a workbook, the sheet that has the reference."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield from csv.DictReader(handle)
        return
    for sheet in openpyxl.load_workbook(path).worksheets:
        listed = sheet.iter_rows(values_only=True)
        names = [str(name) for name in next(listed)]
        if reference in names:
            for row in listed:
                yield {name: str(cell or "") for name, cell in zip(names, row, strict=True)}


def latest(listed: list[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the rows of the last revision of a record, where there are revisions."""
    last = max(row.get(REVISION, "") for row in listed)
    return [row for row in listed if row.get(REVISION, "") == last]


def record_texts(out: pathlib.Path, boilerplate: list[str]) -> Iterator[Text]:
    """Read the texts of the records, each reference once, without the boilerplate planted in them."""
    for file, (reference, columns) in TEXT_COLUMNS.items():
        grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows(out / file, reference):
            grouped[row[reference]].append(row)
        for name, listed in grouped.items():
            told = dict.fromkeys(row[column] for row in latest(listed) for column in columns if row[column])
            body = "\n".join(told)
            for text in boilerplate:
                body = body.replace(text, " ")
            yield Text(file, name, kind_of(file), body.strip())


def document_texts(out: pathlib.Path, boilerplate: list[str]) -> Iterator[Text]:
    """Give the texts of the documents and of the groups' notes."""
    for file, body in sample_documents.bodies().items():
        yield Text(file, "", kind_of(file), body)
    for file in GROUP_NOTES:
        paragraphs = [paragraph.text for paragraph in docx.Document(str(out / file)).paragraphs]
        yield Text(file, "", "feedback", "\n".join(p for p in paragraphs if p not in boilerplate))


def read_texts(out: pathlib.Path, gold: dict[str, Any]) -> list[Text]:
    """Read every text of the corpus that is not empty."""
    boilerplate = [text for decoy in gold["decoys"] if decoy["id"] in STRIPPED for text in decoy["texts"]]
    found = [*record_texts(out, boilerplate), *document_texts(out, boilerplate)]
    return [text for text in found if text.body]


# ------------------------------------------------------------------------------------ the checks


def words(text: str) -> list[str]:
    """List the words of a text, lower-cased and without punctuation."""
    return re.sub(r"[^\w\s]", "", text.lower()).split()


def runs(text: str) -> set[tuple[str, ...]]:
    """Collect the runs of five words in a text."""
    listed = words(text)
    return {tuple(listed[start : start + RUN]) for start in range(len(listed) - RUN + 1)}


def shares(texts: list[Text]) -> Iterator[tuple[float, Text, Text]]:
    """Find the share of the shorter text's runs for each two texts that have any in common."""
    sets = [(text, found) for text in texts if len(found := runs(text.body)) >= FEWEST_RUNS]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, (_, found) in enumerate(sets):
        for run in found:
            holders[run].append(index)
    common: Counter[tuple[int, int]] = Counter()
    for listed in holders.values():
        common.update((a, b) for place, a in enumerate(listed) for b in listed[place + 1 :])
    for (a, b), count in common.items():
        yield count / min(len(sets[a][1]), len(sets[b][1])), sets[a][0], sets[b][0]


def duplicate_pairs(gold: dict[str, Any]) -> set[frozenset[str]]:
    """List the references of the planted duplicates, two by two."""
    return {frozenset(pair) for pair in gold.get("duplicates", [])}


def repeated(texts: list[Text], planted: set[frozenset[str]]) -> list[str]:
    """Find sentences of five words or more that stand in two texts."""
    where: dict[str, set[Text]] = defaultdict(set)
    for text in texts:
        for sentence in SENTENCE_END.split(text.body):
            where[" ".join(words(sentence))].add(text)
    found = []
    for sentence, holders in where.items():
        told = frozenset(text.reference for text in holders)
        if len(holders) > 1 and len(sentence.split()) >= RUN and told not in planted:
            found.append(f"repeated in {', '.join(sorted(text.name for text in holders))}: {sentence}")
    return found


def check_gold(out: pathlib.Path, gold: dict[str, Any], texts: list[Text]) -> list[str]:
    """Find gold answers that point at a missing file, an unknown theme or words that are not there."""
    known = {theme["id"] for theme in gold["themes"]}
    bodies: dict[str, str] = defaultdict(str)
    for text in texts:
        bodies[text.file] += " ".join(text.body.split()) + "\n"
    problems = [f"no such file: {d['file']}" for d in gold["documents"] if not (out / d["file"]).is_file()]
    problems += [f"unknown theme: {t}" for p in gold["passages"] for t in p["themes"] if t not in known]
    quoted = [(p["file"], p["text"]) for p in gold["passages"]]
    quoted += [(i["file"], i["value"]) for i in gold["identifiers"]]
    problems += [f"not in {f}: {q}" for f, q in quoted if " ".join(q.split()) not in bodies[f]]
    return problems


def check(out: pathlib.Path, gold: dict[str, Any], texts: list[Text]) -> tuple[float, list[str]]:
    """Measure the variety of the corpus and list what is amiss."""
    planted = duplicate_pairs(gold)
    measured = [
        (share, a, b) for share, a, b in shares(texts) if frozenset((a.reference, b.reference)) not in planted
    ]
    problems = [
        f"too alike ({share:.2f}): {a.name} and {b.name}" for share, a, b in measured if share > LARGEST_SHARE
    ]
    problems += repeated(texts, planted) + check_gold(out, gold, texts)
    return max((share for share, _, _ in measured), default=0.0), problems


def report(gold: dict[str, Any], texts: list[Text], largest: float) -> None:
    """Print the counts."""
    files = Counter(text.file for text in texts)
    sentences: Counter[str] = Counter()
    for text in texts:
        sentences[text.kind] += sum(bool(words(s)) for s in SENTENCE_END.split(text.body))
    records = sum(count for file, count in files.items() if file in TEXT_COLUMNS)
    print(f"records {records}, documents {len(texts) - records}, sentences {sentences.total()}")
    for kind, count in sorted(sentences.items()):
        number = sum(text.kind == kind for text in texts)
        passages = sum(passage["kind"] == kind for passage in gold["passages"])
        print(f"  {kind:10} {number:5} texts {count:6} sentences {passages:6} passages")
    print(f"identifiers {len(gold['identifiers'])}, duplicates {len(gold.get('duplicates', []))}")
    print(f"largest share of five-word runs in common: {largest:.3f}")


def main() -> int:
    """Write the corpus and check it; a non-zero answer means something is amiss."""
    parser = argparse.ArgumentParser(description="Write the invented sample corpus.")
    parser.add_argument(
        "--out", type=pathlib.Path, default=OUT, help="folder to write (default corpora/samples)"
    )
    out: pathlib.Path = parser.parse_args().out
    empty(out)
    gold = build(out)
    text = json.dumps(gold, indent=1, sort_keys=True, ensure_ascii=False)
    (out / "gold.json").write_text(text + "\n", encoding="utf-8")
    (out / "review.toml").write_text(review(), encoding="utf-8")
    texts = read_texts(out, gold)
    largest, problems = check(out, gold, texts)
    report(gold, texts, largest)
    print("\n".join(problems) or "all checks passed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
