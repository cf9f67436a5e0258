"""What leaves the building: chosen field by field, by leave, and with no name of a source in any byte."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import html as html_texts
import io
import json as stdlib_json
import random
import re
import struct
import typing
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import thememiner as tm
from thememiner import reports, resources
from thememiner.errors import InputError
from thememiner.records import (
    Comparison,
    DocumentEntry,
    Evidence,
    Finding,
    GridCell,
    LedgerEntry,
    Link,
    Membership,
    Rate,
    RatingResult,
    ReadInFull,
    Received,
    Release,
    Report,
    RequirementResult,
    Residual,
    Risk,
    SectionResult,
    Skipped,
    Theme,
    Timeline,
    Trend,
    Triangulation,
)
from thememiner.records.words import KINDS, Kind
from thememiner.releasing import Approvals, load_approvals, packaging, quoting, release, suppressing
from thememiner.releasing.approvals import Approval
from thememiner.releasing.deciding import PUBLIC
from thememiner.releasing.repeating import repeats, runs
from thememiner.reports import json

HARBOUR, HILL = "Harbour NHS Trust", "Hill NHS Trust"
POLARITIES = ("positive", "negative", "mixed", "neutral")
VOICE = {
    "incident": "staff",
    "policy": "provider lead",
    "account": "provider lead",
    "feedback": "family or carer",
}
WHO = Approval("A. Name", "Medical director", "2026-11-01", every=True)
EVERY = Approvals(quotes=(WHO,))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def words(seed: object, number: int = 12) -> str:
    """Words that stand in no other text."""
    made = random.Random(str(seed))
    return " ".join("".join(made.choices("bdfgklmnprstv", k=7)) for _ in range(number)).capitalize() + "."


def document(kind: Kind, number: int, *, may_quote: str = "", organisation: str = "") -> DocumentEntry:
    own = organisation or (HARBOUR if number % 2 else HILL)
    return DocumentEntry(
        id=digest(f"{kind} {number}")[:16],
        kind=kind,
        voice=VOICE[kind],
        organisation=own,
        place=f"CANARY place {kind} {number}",
        team=f"CANARY team {kind} {number}",
        date="2025-03-04",
        source=f"CANARY-file-{kind}-{number if kind in ('policy', 'account') else 0}.csv",
        sha256=digest(f"text {kind} {number}"),
        reference=f"CANARY-reference-{kind}-{number}",
        locator=f"CANARY row {number}",
        file_sha256=digest(f"file {kind}"),
        masks=3,
        passages=1,
        may_quote=may_quote,
    )


def review(
    counts: Mapping[str, int] | None = None, *, leave: str = "yes", themes: tuple[str, ...] = ("one", "two")
) -> Report:
    """An invented review of two trusts: a document has a passage about each theme, quoted, and canaries."""
    counts = counts or {"incident": 24, "feedback": 20, "policy": 3, "account": 4}
    documents = [
        document(kind, n, may_quote=leave if kind == "feedback" else "")
        for kind in KINDS
        for n in range(counts[kind])
    ]
    evidence, memberships = [], []
    for number, d in enumerate(documents):
        for theme in themes:
            quote = words((d.id, theme))
            start = 200 * themes.index(theme)
            place = f"{d.id}:{start}-{start + len(quote)}"
            polarity = POLARITIES[number % 2]
            memberships.append(Membership(place, f"code:book/{theme}", 0.9, "assigned", polarity))
            evidence.append(
                Evidence(
                    id=f"s|code:book/{theme}|{place}",
                    section_id="s",
                    theme_id=f"code:book/{theme}",
                    document_id=d.id,
                    kind=d.kind,
                    voice=d.voice,
                    organisation=d.organisation,
                    polarity=polarity,
                    start=start,
                    end=start + len(quote),
                    quote=quote,
                    sha256=digest(quote),
                    location=f"CANARY row {number}",
                )
            )
    made = [_theme(theme, documents, evidence) for theme in themes]
    findings = tuple(
        Finding(
            id=f"s/{t.id}",
            section_id="s",
            theme_id=t.id,
            statement=f"{t.name}: incident reports describe problems. "
            "One account by a person or family tells otherwise.",
            score=1.0,
            reason="the template names this code for this section",
            position="gap",
            basis=("practice",),
            evidence_ids=tuple(e.id for e in evidence if e.theme_id == t.id),
            passages=t.passages,
            exception="one account by a person or family",
            latest="2025-03-04",
            review="use",
            reviewer="CANARY reviewer",
            review_reason="CANARY reason",
            drafted=(("position", "CANARY draft"),),
        )
        for t in made
    )
    ids = {kind: tuple(e.id for e in evidence if e.kind == kind) for kind in KINDS}
    return Report(
        provenance={
            "thememiner": "0.1.0",
            "settings": {
                "redact": True,
                "discover": True,
                "local_patterns": ["CANARY\\d"],
                "reason": "CANARY",
            },
            "inputs": [
                {"source": "CANARY-file.csv", "kind": "incident", "sha256": digest("x"), "options": {}}
            ],
            "codebook": {"id": "book", "version": "1", "sha256": digest("CANARY")},
        },
        title="A review",
        question="What is said?",
        ledger=tuple(
            LedgerEntry(
                f"CANARY-file-{kind}-0.csv", kind, "read", documents=counts[kind], detail="CANARY detail"
            )
            for kind in KINDS
        ),
        documents=tuple(documents),
        received=(Received(HILL, "return", ("CANARY-file-account-0.csv",)),),
        outstanding=(Received(HARBOUR, "return"),),
        absent_voices=("partner",),
        sections=(
            SectionResult("s", "Section", tuple(f.id for f in findings), "", 1207),
            SectionResult(
                "none",
                "None",
                (),
                "searched for and not found: 3 documents CANARY.",
                3,
                absence="searched for and not found",
            ),
        ),
        themes=tuple(made),
        findings=findings,
        evidence=tuple(evidence),
        memberships=tuple(memberships),
        passages={"total": 99, "assigned": 90, "weak": 4, "unassigned": 5},
        skipped=(Skipped("read", "CANARY reason", 3),),
        linked=(Link(documents[0].id, documents[1].id, "repeat", "CANARY", 0.9, "CANARY a", "CANARY b"),),
        residual=Residual((("PERSON", 7),), 1, 1, (Risk(documents[0].id, "CANARY", "CANARY", ("CANARY",)),)),
        caution="CANARY caution",
        requirements=(
            RequirementResult("r1", "Say it.", tuple(f.id for f in findings), (), "2 findings CANARY"),
        ),
        triangulation=tuple(
            Triangulation(
                t.id,
                "agreed",
                "no one disagrees",
                ids["policy"],
                ids["account"],
                ids["incident"],
                ids["feedback"],
            )
            for t in made
        ),
        grid=(
            GridCell(
                "s",
                HILL,
                "consistent",
                "why",
                (),
                ids["account"],
                ids["policy"],
                ids["incident"],
                ids["feedback"],
                (("CANARY place", made[0].id, "incident", "bad"),),
            ),
        ),
        read_in_full=(ReadInFull(documents[0].id, "CANARY", "CANARY", HILL, ("CANARY",)),),
        ratings=(RatingResult(HILL, "Item", "Good", "We do it.", "supported", "people say so", "named"),),
        comparisons=(Comparison(made[0].id, "incident", HILL, 13, 3, 2, note="CANARY"),),
        rates=(Rate(made[0].id, HILL, 3, 1000.0, "bed days", note="CANARY"),),
        set_aside=(replace(findings[0], id="aside", statement="CANARY set aside"),),
        timelines=(Timeline("incident", "month", 24, 24, note="CANARY"),),
        trends=(
            Trend(
                made[0].id,
                "one",
                "incident",
                "month",
                "none",
                points=(("2025-03-01", 24, 24, 1.0, "", "", 1),),
                says="CANARY",
            ),
        ),
    )


def _theme(name: str, documents: list[DocumentEntry], evidence: list[Evidence]) -> Theme:
    mine = [e for e in evidence if e.theme_id == f"code:book/{name}"]
    counts = [
        (kind, tone, n, n)
        for kind in KINDS
        for tone in POLARITIES
        if (n := sum((e.kind, e.polarity) == (kind, tone) for e in mine))
    ]

    def by(field: str) -> tuple[tuple[str, int, int], ...]:
        names = sorted({getattr(e, field) for e in mine})
        return tuple((x, n, n) for x in names if (n := sum(getattr(e, field) == x for e in mine)))

    return Theme(
        id=f"code:book/{name}",
        name=f"Theme {name}",
        origin="codebook",
        code_id=name,
        keywords=("canary", "CANARYword"),
        passages=len(mine),
        documents=len(documents),
        counts=tuple(counts),
        organisations=by("organisation"),
        voices=by("voice"),
        exemplars=(("central", mine[0].id.rpartition("|")[2]),) if mine else (),
    )


def inside(content: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every file as text, those inside zips, the rows of Parquet and the chunks of PNGs too."""
    import pyarrow.parquet as pq

    for name, data in content.items():
        yield name, data.decode("utf-8", "replace")
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as held:
                for part in held.infolist():
                    yield (
                        f"{name}/{part.filename}",
                        held.read(part).decode("utf-8", "replace") + str(part.comment),
                    )
        if name.endswith(".png"):
            yield (
                f"{name} chunks",
                " ".join(f"{kind} {said}" for kind, said in chunks(data) if kind != "IDAT"),
            )
        if name.endswith(".parquet"):
            yield f"{name} rows", str(pq.read_table(io.BytesIO(data)).to_pylist())


def chunks(png: bytes) -> Iterator[tuple[str, str]]:
    """(type, content) of each chunk of a PNG, what is packed in it unpacked."""
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, held = png[at + 4 : at + 8].decode("latin-1"), png[at + 8 : at + 8 + size]
        if kind in ("zTXt", "iTXt"):
            name, _, packed = held.partition(b"\0")
            with contextlib.suppress(zlib.error):
                held = name + b" " + zlib.decompress(packed[packed.find(b"\x78") :])
        yield kind, held.decode("latin-1")
        at += 12 + size


def plain(text: str) -> str:
    return html_texts.unescape(re.sub(r"<[^>]*>", " ", text))


def leaks(content: Mapping[str, bytes], report: Report, shown: set[str]) -> set[str]:
    """What of a working report can be found in the bytes of a package, beyond the quotes `shown`."""
    secret = {d.id for d in report.documents} | {m.passage_id for m in report.memberships}
    secret |= {d.sha256 for d in report.documents} | {d.file_sha256 for d in report.documents}
    secret |= {e.id for e in report.evidence} | {e.sha256 for e in report.evidence if e.quote not in shown}
    texts = [e.quote for e in report.evidence if e.quote not in shown]
    known = runs(texts)
    found = set()
    for name, text in inside(content):
        found |= {f"{name}: {word}" for word in re.findall(r"(?i)canary[-\w ]*", text)}
        found |= {f"{name}: {each}" for each in secret if each in text}
        if any(repeats(said, known) for said in (plain(text), html_texts.unescape(text))):
            found.add(f"{name}: words of a withheld text")
    return found


# The whitelist.


@pytest.mark.parametrize("record", PUBLIC, ids=lambda record: record.__name__)
def test_every_field_is_decided(record):
    assert sorted(PUBLIC[record]) == sorted(f.name for f in dataclasses.fields(record))


def test_every_record_that_a_public_report_can_hold_is_decided():
    held, seen = [Report], set()
    while held:
        record = held.pop()
        seen.add(record)
        fates = PUBLIC[record]
        for name, hint in typing.get_type_hints(record).items():
            inner = [r for r in _records_in(hint) if fates[name] != "withheld" and r is not Release]
            held += [r for r in inner if r not in seen]
    assert seen == set(PUBLIC)


def _records_in(hint: Any) -> Iterator[type]:
    if dataclasses.is_dataclass(hint):
        yield typing.cast("type", hint)
    for inner in typing.get_args(hint):
        yield from _records_in(inner)


def _same(record: Any) -> Any:
    return record


def test_what_is_withheld_is_empty_and_what_is_kept_is_the_same():
    report = review()
    made, _ = release(report, "public", approvals=EVERY)
    blank: dict[Any, Any] = {int: 0, str: "", "None": None}
    for record, fates in PUBLIC.items():
        rows = [made] if record is Report else _rows(made, record)
        for row in rows:
            for name, fate in fates.items():
                value = getattr(row, name)
                if fate == "withheld":
                    assert not value or value == Residual(), (record, name, value, blank)
    for name in ("title", "question", "absent_voices", "blanks", "content_note", "status"):
        assert getattr(made, name) == getattr(report, name)


def _rows(report: Report, record: type) -> list[Any]:
    return [
        row
        for f in dataclasses.fields(Report)
        if isinstance(value := getattr(report, f.name), tuple)
        for row in value
        if type(row) is record
    ]


# The bytes.


@pytest.fixture(scope="module")
def package() -> tuple[Report, Report, dict[str, bytes]]:
    report = review(leave="with role")
    some = Approvals(
        quotes=(
            replace(WHO, every=False, ids=tuple(e.id for e in report.evidence if e.kind == "feedback")[:6]),
        )
    )
    made, _ = release(
        report, "public", approvals=some, texts=[e.quote for e in report.evidence if e.kind == "incident"]
    )
    return report, made, packaging.files(made)


def test_no_byte_of_a_public_package_tells_a_source(package):
    report, made, content = package
    shown = {e.quote for e in made.evidence}
    assert {e.kind for e in made.evidence} == {"feedback", "policy", "account"}
    assert len(shown) == 6 + 2 * 7
    assert {"report.html", "report.md", "report.json", "report.xlsx", "release-log.md"} <= set(content)
    assert not leaks(content, report, shown)


def _left_in(made: Report, name: str, report: Report) -> Report:
    """The public report with one thing of the working one left in."""
    first, secret = made.documents[0], report.documents[0]
    value = getattr(secret, name)
    return replace(made, documents=(replace(first, **{name: value}), *made.documents[1:]))


@pytest.mark.parametrize("name", ["source", "place", "team", "sha256", "reference", "locator", "file_sha256"])
def test_the_search_finds_a_field_of_a_document_left_in(package, name):
    report, made, _ = package
    assert leaks(packaging.files(_left_in(made, name, report)), report, {e.quote for e in made.evidence})


@pytest.mark.parametrize(
    "name",
    ["memberships", "skipped", "linked", "residual", "caution", "read_in_full", "comparisons", "rates",
     "set_aside", "timelines", "trends", "ledger", "received", "sections", "findings", "evidence", "grid",
     "requirements", "themes"],
)  # fmt: skip
def test_the_search_finds_a_list_left_in(package, name):
    report, made, _ = package
    mutant = replace(made, **{name: getattr(report, name)})
    written = {"report.json": json.render(mutant).encode()}
    assert leaks(written, report, {e.quote for e in made.evidence})


def test_no_chart_has_a_property_that_tells_of_anything(package):
    _, _, content = package
    pictures = [name for name in content if name.endswith(".png")]
    assert {name.rpartition(".")[0].rpartition("/")[2] for name in pictures} >= {"grid", "compared-01"}
    for name in pictures:
        assert {kind for kind, _ in chunks(content[name])} <= {"IHDR", "pHYs", "IDAT", "IEND"}
        drawn = content[name.replace("png", "svg")].decode()
        assert not re.search(r"<metadata|<script|\son\w+=|href=\"(?!#)|matplotlib|Matplotlib|<!--", drawn)
        assert drawn.count("<title") == drawn.count("<desc") == 1  # a word over each mark would be hover text


def test_a_suppressed_number_is_a_word_in_a_chart(package):
    _, made, content = package
    hidden = sum(t.by == "voice" and bool(t.theme_id) and t.passages is None for t in made.release.tallies)
    drawn = content["charts/svg/themes-by-voice.svg"].decode()
    assert drawn.count(">suppressed</text>") == hidden > 0
    said = content["charts/charts.md"].decode()
    assert re.search(rf"{hidden} of \d+ numbers are suppressed\.", said)


@pytest.mark.parametrize("field", ["title", "question"])
def test_the_search_finds_words_left_in_a_chart(package, field):
    report, made, _ = package
    incident = next(e.quote for e in report.evidence if e.kind == "incident")
    content = packaging.files(replace(made, **{field: incident}))
    found = leaks(content, report, {e.quote for e in made.evidence})
    assert any(name.startswith("report.html") for name in found)
    assert any(name.startswith("charts/svg/") for name in found) == (field == "title")


@pytest.mark.parametrize("packed", [False, True])
def test_the_search_finds_words_left_in_a_picture(package, packed):
    from PIL import Image, PngImagePlugin

    report, _, content = package
    incident = next(e.quote for e in report.evidence if e.kind == "incident")
    held, out = PngImagePlugin.PngInfo(), io.BytesIO()
    held.add_text("Title", incident, zip=packed)
    with Image.open(io.BytesIO(next(content[n] for n in content if n.endswith(".png")))) as drawn:
        drawn.save(out, format="png", pnginfo=held)
    assert leaks({"a.png": out.getvalue()}, report, set())


def test_the_same_report_gives_the_same_bytes(package):
    _, made, content = package
    assert packaging.files(made) == content


def test_what_is_shown_is_letter_for_letter(package):
    report, made, _ = package
    known = {(e.quote, e.sha256, e.kind) for e in report.evidence}
    assert {(e.quote, e.sha256, e.kind) for e in made.evidence} <= known


def test_a_public_report_comes_back_whole_and_is_of_its_schema(package, tmp_path):
    from jsonschema import Draft202012Validator

    _, made, content = package
    path = tmp_path / "report.json"
    path.write_bytes(content["report.json"])
    assert json.load(path) == json.load(reports.write(json.load(path), tmp_path / "again.json"))
    assert json.load(path).release == made.release
    schema = stdlib_json.loads(Path(reports.__file__).with_name("schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(stdlib_json.loads(content["report.json"]))


def test_every_page_says_for_whom_it_is(package):
    _, _, content = package
    for name in (
        "report.html",
        "report.md",
        "release-log.md",
        "tables/dictionary.md",
        "tables/csv/report.csv",
    ):
        text = content[name].decode()
        assert "Public version" in text, name
        assert "OFFICIAL-SENSITIVE" not in text, name


def test_nothing_of_the_sample_reviews_people_is_in_its_public_package(sample_run):
    """Every file name, id, digest and reference, and any five words in a row that are not ours."""
    report = sample_run.record
    texts = {
        kind: [d.text for d in sample_run.documents if d.kind == kind] for kind in ("incident", "feedback")
    }
    made, _ = release(report, "public", texts=[*texts["incident"], *texts["feedback"]])
    secret = {
        value for d in report.documents for value in (d.id, d.sha256, d.file_sha256, d.source, d.reference)
    }
    secret |= {e.source for e in report.ledger} | {e.id for e in report.evidence}
    gold = stdlib_json.loads((resources.folder("samples") / "gold.json").read_text("utf-8"))
    secret |= {planted["value"] for planted in gold["identifiers"]}
    book, form = tm.codebook("assertive-care"), tm.template("assertive-care-review")
    own = [words for c in book.codes for words in (c.name, c.definition)]
    own += [words for s in form.sections for words in (s.title, *s.prompts)]
    own += [requirement.text for requirement in form.requirements]
    own += [path.read_text("utf-8") for path in Path(reports.__file__).parents[1].rglob("*.py")]
    own += [d.organisation for d in report.documents]
    known = runs([*texts["incident"], *texts["feedback"]]) - runs(own)
    assert len(known) > 30_000
    found = []
    for name, text in inside(packaging.files(made)):
        found += [f"{name}: {value}" for value in secret if value and value in text]
        found += [f"{name}: words"] * (
            repeats(plain(text), known) or repeats(html_texts.unescape(text), known)
        )
    assert not found
    assert len(made.evidence) > 100


# Whose words may be printed.


@pytest.mark.parametrize(
    ("leave", "approved", "why"),
    [
        ("", True, quoting.NO_LEAVE),
        ("no", True, quoting.NO_LEAVE),
        ("paraphrase", True, quoting.PARAPHRASE),
        ("with role", False, quoting.NOT_APPROVED),
        ("yes", False, quoting.NOT_APPROVED),
        ("with role", True, ""),
        ("yes", True, ""),
    ],
)
def test_people_are_quoted_by_their_leave_and_a_named_persons(leave, approved, why):
    report = review(leave=leave)
    made, log = release(report, "public", approvals=EVERY if approved else Approvals())
    people = [e for e in made.evidence if e.kind == "feedback"]
    assert bool(people) == (not why)
    of = {e.id for e in report.evidence if e.kind == "feedback"}
    assert {line.why for line in log.lines if line.own in of} == {why}
    assert not [e for e in made.evidence if e.kind == "incident"]


@pytest.mark.parametrize(("leave", "named"), [("with role", {""}), ("yes", {HARBOUR, HILL})])
def test_with_role_prints_who_speaks_and_never_where(leave, named):
    made, _ = release(review(leave=leave), "public", approvals=EVERY)
    people = [e for e in made.evidence if e.kind == "feedback"]
    assert {e.voice for e in people} == {"family or carer"}
    assert {e.organisation for e in people} == named
    assert {e.location for e in people} == {""}
    assert {e.document_id for e in people} == {"F1"}  # all of one file: who gave two cannot be told


def test_a_quote_names_no_organisation_of_which_few_people_speak():
    report = review({"incident": 24, "feedback": 9, "policy": 3, "account": 4}, leave="yes")
    made, _ = release(report, "public", approvals=EVERY)
    assert {e.organisation for e in made.evidence if e.kind == "feedback"} == {""}


def test_a_person_who_speaks_in_an_account_needs_leave_too():
    report = review()
    spoken = tuple(
        replace(e, voice="person using services") if e.kind == "account" else e for e in report.evidence
    )
    made, _ = release(replace(report, evidence=spoken), "public", approvals=EVERY)
    assert not [e for e in made.evidence if e.kind == "account"]


@pytest.mark.parametrize("leave", ["no", "paraphrase"])
def test_organisations_are_quoted_unless_they_say_no(leave):
    report = review()
    closed = tuple(replace(d, may_quote=leave) if d.kind == "policy" else d for d in report.documents)
    made, _ = release(replace(report, documents=closed), "public")
    assert {e.kind for e in made.evidence} == {"account"}


def test_an_excerpt_that_repeats_an_incident_is_withheld():
    report = review()
    incident = next(e.quote for e in report.evidence if e.kind == "incident")
    stolen = " ".join(incident.split()[2:7]).upper()
    evidence = list(report.evidence)
    at = next(n for n, e in enumerate(evidence) if e.kind == "policy")
    evidence[at] = replace(evidence[at], quote=f"As we said: {stolen}, and more.")
    made, log = release(replace(report, evidence=tuple(evidence)), "public")
    assert stolen not in json.render(made)
    assert quoting.REPEATS in {line.why for line in log.lines}


def test_an_organisations_long_name_is_no_repeat():
    report = review()
    name = "The Very Long Named Harbour Trust"
    incident = next(n for n, d in enumerate(report.documents) if d.kind == "incident")
    documents = tuple(
        replace(d, organisation=name) if n == incident else d for n, d in enumerate(report.documents)
    )
    named = replace(report, title=f"A review of {name}", documents=documents)
    made, _ = release(named, "public", texts=[f"He was seen by {name} twice."])
    assert made.title == named.title


def test_what_a_person_wrote_may_not_repeat_a_withheld_text():
    report = review()
    incident = next(e.quote for e in report.evidence if e.kind == "incident")
    own = replace(report.findings[0], statement=f"We read: {incident}", drafted=(("statement", "x"),))
    with pytest.raises(InputError, match="five words in a row"):
        release(replace(report, findings=(own, *report.findings[1:])), "public")


# Small numbers, held themes, words that count.


def test_no_single_account_is_counted_in_words():
    made, _ = release(review(), "public")
    assert not [f for f in made.findings if "one account" in f"{f.statement}{f.exception}".lower()]
    assert all("What people or families say tells otherwise." in f.statement for f in made.findings)


def test_a_theme_that_few_carry_is_held_and_named_with_the_reason():
    report = review({"incident": 3, "feedback": 2, "policy": 1, "account": 1})
    made, _ = release(report, "public")
    assert made.themes == made.findings == ()
    assert [(what, "fewer than 8" in why) for what, why in made.release.held] == [
        ("Theme one", True), ("Theme two", True)]  # fmt: skip
    pages = packaging.files(made)
    assert all("Theme one" in pages[name].decode() for name in ("report.html", "report.md", "release-log.md"))
    signed, _ = release(
        report, "public", approvals=Approvals(held=(replace(WHO, every=False, ids=("code:book/one",)),))
    )
    assert [t.name for t in signed.themes] == ["Theme one"]
    assert signed.themes[0].passages is None


def test_a_theme_of_one_organisations_people_is_held():
    report = review()
    alone = tuple(
        replace(d, organisation=HILL) if d.kind in ("incident", "feedback") else d for d in report.documents
    )
    other = document("incident", 99, organisation=HARBOUR)  # says nothing of any theme
    made, _ = release(replace(report, documents=(*alone, other)), "public")
    assert {why for _, why in made.release.held} == {
        "all incident reports and people that carry it are of one organisation"
    }


def test_a_finding_of_few_passages_is_held():
    report = review()
    few = (replace(report.findings[0], passages=4), *report.findings[1:])
    made, _ = release(replace(report, findings=few), "public")
    assert [f.id for f in made.findings] == [report.findings[1].id]
    assert "Theme one (Section)" in [what for what, _ in made.release.held]
    assert made.sections[0].finding_ids == (report.findings[1].id,)


def test_groups_that_nobody_named_are_not_shown():
    report = review()
    group = replace(report.themes[0], origin="discovered", id="found:x", name="CANARY words")
    moved = tuple(
        replace(e, theme_id="found:x") if e.theme_id == report.themes[0].id else e for e in report.evidence
    )
    made, _ = release(
        replace(report, themes=(group, report.themes[1]), evidence=moved, findings=()), "public"
    )
    assert "CANARY" not in json.render(made)
    assert ("Groups found beside the codebook", quoting.UNNAMED, "suppressed") in made.release.withheld


@pytest.mark.parametrize(
    ("regime", "numbers"),
    [("none", (0, 1, 4, 5, 7, 8, 12, 13)), ("fft", (0, None, None, 5, 7, 8, 12, 13)),
     ("hes", (0, None, None, None, None, 10, 10, 15))],
)  # fmt: skip
def test_a_number_by_each_rule(regime, numbers):
    assert tuple(suppressing.told(n, regime) for n in (0, 1, 4, 5, 7, 8, 12, 13)) == numbers


def test_no_order_tells_which_theme_has_more():
    report = review(themes=("one", "two", "three"))
    themes = report.themes[::-1]
    backwards = replace(
        report,
        themes=themes,
        findings=report.findings[::-1],
        evidence=report.evidence[::-1],
        triangulation=report.triangulation[::-1],
    )
    made, _ = release(backwards, "public")
    names = [t.name for t in made.themes]
    assert names == ["Theme one", "Theme three", "Theme two"]
    order = [t.id for t in made.themes]
    assert [t.theme_id for t in made.triangulation] == order
    assert [f.theme_id for f in made.findings] == order
    assert list(made.sections[0].finding_ids) == [f.id for f in made.findings]
    assert list(dict.fromkeys(e.theme_id for e in made.evidence)) == order
    assert list(dict.fromkeys(t.theme_id for t in made.release.tallies if t.theme_id)) == order


# Inside.


def test_those_inside_see_all_but_what_names_a_source():
    report = review(leave="no")
    made, _ = release(report, "internal")
    assert len(made.documents) == len(report.documents)
    assert {e.kind for e in made.evidence} == {"incident", "policy", "account"}
    written = json.render(made)
    assert not re.search(r"CANARY-file|CANARY-reference|CANARY row|[0-9a-f]{16}:", written)
    assert not [d for d in report.documents if d.sha256 in written or d.id in written]
    for render in reports.RENDERERS.values():
        assert render(made)
    assert packaging.files(made)


def test_small_numbers_inside_when_asked_for():
    made, _ = release(review(), "internal", small_numbers="fft")
    assert (made.memberships, made.passages, made.timelines, made.trends) == ((), {}, (), ())
    assert [(c.organisation, c.documents, c.speak, c.bad, c.note) for c in made.comparisons] == [
        (HARBOUR, 12, 12, None, ""),
        (HILL, 12, 12, None, ""),
    ]
    assert all(not t.counts and not t.voices for t in made.themes)
    assert packaging.files(made)


def test_a_working_release_is_the_report_itself():
    report = review()
    assert release(report, "working")[0] is report


# What is refused.


def test_a_public_version_of_texts_with_names_in_them_is_refused():
    report = review()
    open_texts = report.provenance | {"settings": {"redact": False}}
    with pytest.raises(InputError, match="not de-identified"):
        release(replace(report, provenance=open_texts), "public")


def test_a_released_report_is_not_released_again():
    made, _ = release(review(), "internal")
    with pytest.raises(InputError, match="internal version already"):
        release(made, "public")


@pytest.mark.parametrize(("profile", "regime"), [("publik", None), ("public", "fftt")])
def test_unknown_names_come_back_with_the_known(profile, regime):
    with pytest.raises(InputError, match=r"hes|public"):
        release(review(), profile, small_numbers=regime)


def test_an_approval_of_nothing_is_an_error():
    slip = Approvals(quotes=(replace(WHO, every=False, ids=("e1",)),))
    with pytest.raises(InputError, match="'e1', which is no excerpt"):
        release(review(), "public", approvals=slip)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[quotes]]\nrole = "r"\ndate = "2026-11-01"\nall = true', "'by' is missing"),
        ('[[quotes]]\nby = "A"\ndate = "2026-11-01"\nall = true', "'role' is missing"),
        ('[[quotes]]\nby = "A"\nrole = "r"\nall = true', "'date' must be a day"),
        ('[[quotes]]\nby = "A"\nrole = "r"\ndate = "1 May"\nall = true', "'date' must be a day"),
        ('[[quotes]]\nby = "A"\nrole = "r"\ndate = 2026-11-01', "either 'ids'"),
        ('[[quotes]]\nby = "A"\nrole = "r"\ndate = 2026-11-01\nids = ["x"]\nall = true', "either 'ids'"),
        ('[[quote]]\nby = "A"', "quote"),
    ],
)
def test_approvals_that_are_not_whole(tmp_path, text, said):
    path = tmp_path / "release.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(said)):
        load_approvals(path)


def test_approvals_as_they_are_written(tmp_path):
    path = tmp_path / "release.toml"
    path.write_text(
        '[[quotes]]\nby = "A. Name"\nrole = "Medical director"\ndate = 2026-11-01\nall = true\n'
        '[[held]]\nby = "B. Name"\nrole = "Chair"\ndate = "2026-11-02"\nids = ["code:book/one"]\n',
        encoding="utf-8",
    )
    made = load_approvals(path)
    assert made.quotes == (WHO,)
    assert made.held == (Approval("B. Name", "Chair", "2026-11-02", ("code:book/one",)),)
