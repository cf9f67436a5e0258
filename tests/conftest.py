"""Fixtures that several test modules share."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import hashlib
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import thememiner as tm
from thememiner import embedding, planning, resources
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
    RecommendationResult,
    Report,
    Residual,
    Risk,
    SectionResult,
    Skipped,
    Theme,
    Timeline,
    Trend,
    Triangulation,
)
from thememiner.wording import tokens
from thememiner_cli.app import main


class WordEncoder:
    """A light stand-in for the encoder: texts that share words lie near, and a row is its text's alone."""

    name = "words"
    digest = "0" * 64
    precision = "float32"

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def encode(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.seen.append(list(texts))
        rows = np.zeros((len(texts), 64), dtype=np.float64)
        for i, text in enumerate(texts):
            for word in tokens(text) or [""]:
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
                rows[i] += np.random.default_rng(seed).normal(size=64)
        if progress:
            progress(len(texts), len(texts))
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="session")
def encoder() -> embedding.Encoder:
    """The real MiniLM, loaded once (about six seconds)."""
    return embedding.encoder()


@pytest.fixture
def word_encoder() -> WordEncoder:
    """A fresh stand-in for the encoder; `seen` are the lists of texts that it was given."""
    return WordEncoder()


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


def command(*arguments: object) -> Outcome:
    """Run the command line in this process, which has the encoder loaded already."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["thememiner", *map(str, arguments)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv = before
    return Outcome(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session", name="command")
def command_fixture() -> Callable[..., Outcome]:
    """`command(*arguments)`: the command line, in this process."""
    return command


# Planted in the small review: in texts, an id, a file's name, a heading, and a column that is not mapped.
PLANTED = ("943 476 5919", "07700 900461", "peverell@example.org", "LS1 4AP", "Peverell", "Quillfeather")

# A codebook and a template that train in a blink.
GOLDEN = Path(__file__).parent / "golden"
SMALL = ("--codebook", GOLDEN / "codebook.toml", "--template", GOLDEN / "template.toml")

_INCIDENTS = (
    ("L01", "The crisis team handed over to the community team by telephone and no written plan was sent."),
    (
        "L02",
        "Handover between the two trusts took six weeks and nobody held the case. NHS number 943 476 5919.",
    ),
    ("L03", "He was discharged after two missed appointments without a home visit. Mr Peverell rang us."),
    ("L04", "Closed to the team after she did not attend twice. Her brother on 07700 900461 was not told."),
    ("943 476 5919", "The depot was four weeks late because the clinic list had not been passed on."),
    ("L06", "Family rang three times to say she was unwell and nobody called back from LS1 4AP."),
    (
        "L06",
        "The family was not asked for their view before the section ended. Write to peverell@example.org.",
    ),
    ("L08", "No care coordinator was named for nine weeks after the last one left."),
    ("L09", ""),
    (
        "L10",
        "The risk assessment had not been updated since the admission. Its formulation was copied forward.",
    ),
    ("L11", "Request to step up to daily visits was declined because caseloads were full."),
    ("L12", "Housing, police and the mental health team each thought that another was visiting."),
)
_COMMENTS = (
    "The car park at the clinic was full and I missed the start of my slot.",
    "Parking is a nightmare, I drove round the car park for half an hour.",
    "No disabled parking bays free near the clinic entrance again.",
    "The parking machine took my coins and gave no ticket.",
    "I was fined for parking although the machine was broken.",
    "Please make parking free for patients, it costs more than my bus.",
    "The car park has too few spaces on clinic mornings.",
    "Could not find anywhere to park so my dad had to wait in the car.",
    "The parking charges went up twice this year, that is unfair.",
    "Staff cars fill the whole car park before nine.",
    "I parked on the street because the car park barrier was stuck.",
    "The new parking app did not work on my phone at all.",
    "The soup at lunch was cold and the bread was stale.",
    "Lunch portions were tiny, I was hungry by four.",
    "The food was bland but the pudding was nice.",
    "No vegetarian lunch was left when the trolley reached us.",
    "Breakfast was only toast and the tea was cold.",
    "The evening meal came at half past four, far too early for food.",
    "They gave me a meal with nuts although I had told the kitchen.",
    "The kitchen staff made a lovely birthday cake and hot soup.",
    "Same sandwich for lunch every single day of the week.",
    "The menu said curry and the food was plain rice.",
    "Hot food arrived lukewarm on most evenings.",
    "Fresh fruit with breakfast would be nice, not just toast.",
    "My worker listened to me and my mum, and rang when she said she would.",
    "I had to tell my story again to each new worker.",
    "They stopped seeing me because I missed two appointments.",
    "My sister was left out of every meeting about her care plan.",
    "good",
    "Nobody told me who my care coordinator was after she left.",
)
_POLICY = """# Discharge and handover policy
## Missed appointments
Staff must not discharge a person only because they missed appointments.
The care coordinator must contact the family within two working days.
## Questions to Mrs Peverell on 07700 900461
Each handover between teams must be made in writing and in a joint meeting.
"""
_NOTES = """# Notes of the review meeting
Provider lead: We hold a weekly handover meeting with the crisis team, and it works well.
Carer: Nobody rang me back when my son was unwell.
"""
_REVIEW = """question = "How well are people kept in touch with?"
[[source]]
path = "comments.csv"
kind = "feedback"
voice = "person using services"
text = ["Comment"]
id = "Ref"
[[expected]]
organisation = "Northfield"
document = "return"
"""


def _table(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([header, *rows])


def write_review(folder: Path, *, backwards: bool = False) -> list[str]:
    """Write a small invented review into a folder, and return the arguments of `run` for it, without --out.

    With `backwards` the rows of its tables stand in the other order.
    """
    (folder / "policies").mkdir(parents=True)
    step = -1 if backwards else 1
    incidents = folder / "extract of Mr Peverell 943 476 5919.csv"
    rows = [(log, text, "Zebedee Quillfeather") for log, text in _INCIDENTS][::step]
    _table(incidents, ("Log no", "What happened", "Reporter"), rows)
    comments = [(f"C{n}", text) for n, text in enumerate(_COMMENTS, 1)][::step]
    _table(folder / "comments.csv", ("Ref", "Comment"), comments)
    (folder / "policies" / "discharge.md").write_text(_POLICY, encoding="utf-8")
    (folder / "policies" / "scan from Mrs Peverell.png").write_bytes(b"not a picture")
    (folder / "notes.md").write_text(_NOTES, encoding="utf-8")
    (folder / "review.toml").write_text(_REVIEW, encoding="utf-8")
    tables = ["--text-column", "What happened", "--id-column", "Log no"]
    sources = ["--policies", folder / "policies", "--accounts", folder / "notes.md"]
    given = (*sources, "--incidents", incidents, *tables, "--review", folder / "review.toml", *SMALL)
    return [*map(str, given)]


@dataclass(frozen=True)
class Finished:
    """A run of the small review: where its sources and its report are, how it was started, what it said."""

    sources: Path
    out: Path
    arguments: list[str]
    said: Outcome


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The small review, run once a session; to be read and never changed."""
    sources, out = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("report") / "out"
    arguments = write_review(sources)
    said = command("run", *arguments, "--out", out)
    assert said.code == 0, said.err
    return Finished(sources, out, arguments, said)


@pytest.fixture(scope="session")
def golden() -> Path:
    """The folder of the golden review, with the small codebook and template."""
    return GOLDEN


@pytest.fixture(scope="session")
def planted() -> tuple[str, ...]:
    """The identifiers planted in the small review."""
    return PLANTED


@pytest.fixture(scope="session", name="write_review")
def write_review_fixture() -> Callable[..., list[str]]:
    """`write_review(folder, backwards=False)`: the small review, written anew."""
    return write_review


@pytest.fixture(scope="session")
def sample_run() -> tm.ThemedReview:
    """The shipped sample review, run once a session (about twenty seconds); to be read and never changed."""
    with pytest.warns(tm.InputWarning, match="2 incidents and comments have no date"):
        return tm.mine(review=resources.folder("samples") / "review.toml")


def _quoted(at: int, section: str, code: str, quote: str, **changes: object) -> Evidence:
    document = f"{at:016x}"
    values: dict[str, object] = {
        "id": f"{section}|code:assertive-care/{code}|{document}:0-{len(quote)}",
        "section_id": section,
        "theme_id": f"code:assertive-care/{code}",
        "document_id": document,
        "kind": "account",
        "voice": "provider lead",
        "organisation": "Northfield",
        "polarity": "negative",
        "start": 0,
        "end": len(quote),
        "quote": quote,
        "sha256": hashlib.sha256(quote.encode()).hexdigest(),
        "location": "page 2",
    }
    return Evidence(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def judged() -> Report:
    """An invented report whose findings have been judged, with the demands of the shipped template."""
    layout = tm.template("assertive-care-review")
    names = {code.id: code.name for code in tm.codebook("assertive-care").codes}
    quotes = (
        _quoted(1, "policies", "handover", "Each area has its own handover form."),
        _quoted(2, "gaps", "handover", "Nobody held the case for weeks.", kind="incident", organisation=""),
        _quoted(
            3,
            "gaps",
            "step-up-capacity",
            "We do what we can. Each practitioner holds 38 people. The team is 3.4 WTE below establishment.",
        ),
        _quoted(
            4, "policies", "dna-discharge", "Staff must not discharge.", kind="policy", modality="commitment"
        ),
        _quoted(
            5, "experience", "family-involvement", "=They rang me back the same day", polarity="positive"
        ),
        _quoted(6, "governance", "multi-agency", "Joint meetings work well, though not in the east."),
        _quoted(
            7, "gaps", "workforce", "Caseloads must not exceed 15.", kind="policy", modality="commitment"
        ),
    )

    def finding(
        section: str, code: str, position: str | None, basis: tuple[str, ...] | None, *at: int, **more: str
    ) -> Finding:
        theme = f"code:assertive-care/{code}"
        cited = tuple(quotes[n - 1].id for n in at)
        said = f"{names[code]}: accounts of Northfield speak of it."
        return Finding(
            f"{section}/{theme}", section, theme, said, 1.0, "named", position, basis, cited, len(at), **more
        )

    findings = (
        finding("policies", "handover", "gap", ("practice",), 1),
        finding("policies", "dna-discharge", "assured", ("written in policy",), 4),
        finding("experience", "family-involvement", "assured", ("confirmed by people and families",), 5),
        finding("governance", "handover", None, None),
        finding(
            "governance",
            "multi-agency",
            "mixed",
            ("described by the provider",),
            6,
            exception="places in the east",
        ),
        finding("gaps", "handover", "gap", ("practice", "provision"), 2),
        finding("gaps", "step-up-capacity", "gap", ("provision",), 3),
        finding("gaps", "workforce", "not known", None, 7, needs="figures of posts by team"),
    )
    themes = tuple(
        Theme(f"code:assertive-care/{code}", names[code], "codebook", code_id=code)
        for code in dict.fromkeys(f.theme_id.rpartition("/")[2] for f in findings)
    )
    documents = tuple(
        DocumentEntry(q.document_id, q.kind, q.voice, q.organisation, "", "", "", f"file{n}.docx", q.sha256)
        for n, q in enumerate(quotes, start=1)
    )
    return Report(
        provenance={
            "thememiner": "0.1.0",
            "codebook": {"id": "assertive-care", "version": "2.0"},
            "template": {"id": layout.id, "version": layout.version, "official": False, "note": ""},
            "settings": {"redact": True, "template": "assertive-care-review"},
        },
        title="Invented review",
        question="Does it hold?",
        ledger=(),
        documents=documents,
        received=(),
        outstanding=(),
        absent_voices=(),
        sections=tuple(
            SectionResult(s.id, s.title, tuple(f.id for f in findings if f.section_id == s.id))
            for s in layout.sections
        ),
        themes=themes,
        findings=findings,
        evidence=quotes,
        memberships=(),
        passages={"total": 7, "assigned": 7, "weak": 0, "unassigned": 0},
        requirements=planning.trace(layout.requirements, themes, findings),
    )


@pytest.fixture
def whole(judged: Report) -> Report:
    """The judged report with something in every other list of it."""
    first, second, third, fourth, fifth, sixth, seventh = judged.evidence
    group = Theme(
        "found:0123456789abcdef",
        "Parking, bus",
        "discovered",
        definition="Passages that are alike.",
        keywords=("parking", "bus"),
        passages=2,
        documents=1,
        counts=(("feedback", "negative", 2, 1),),
        organisations=(("Northfield", 2, 1),),
        voices=(("family or carer", 2, 1),),
        stability=0.9,
        cohesion=0.5,
        exemplars=(("central", "0000000000000008:0-10"),),
        near_code="code:assertive-care/handover",
    )
    voiced = DocumentEntry(
        "0000000000000008",
        "feedback",
        "family or carer",
        "Northfield",
        "Hill",
        "",
        "2026-05-04",
        "comments.csv",
        "8" * 64,
        reference="C8",
        locator="row 8",
        passages=3,
    )
    policy = dataclasses.replace(
        judged.documents[3], version="4", review_date="2026-03", expired=True, superseded_by="0" * 15 + "7"
    )
    alone = Finding(
        f"/{group.id}", "", group.id, "Parking: people tell of it.", 0.0, "a group", "gap", ("practice",)
    )
    moved = dataclasses.replace(
        judged.findings[0],
        review="use",
        reviewer="A. Reader",
        review_reason="seen",
        drafted=(("statement", "Before."), ("section", "gaps")),
        latest="2026-05-04",
    )
    aside = Finding(
        "gaps/code:assertive-care/family-involvement",
        "gaps",
        fifth.theme_id,
        "Set aside.",
        0.5,
        "named",
        "gap",
        ("assurance",),
        (fifth.id,),
        1,
        review="do not use",
        reviewer="B. Reader",
        review_reason="another matter",
    )
    between = Finding(
        f"gaps/{first.theme_id}|Northfield|Southvale",
        "gaps",
        first.theme_id,
        "Handover, from Northfield to Southvale: it goes wrong.",
        1.0,
        "beside its theme",
        "gap",
        ("practice",),
        (second.id,),
        4,
        sort="from, to",
        between=("Northfield", "Southvale"),
    )
    sections = tuple(
        dataclasses.replace(
            s,
            finding_ids=(*s.finding_ids, between.id) if s.id == "gaps" else s.finding_ids,
            searched=7,
            blanks=(("Northfield", "How is it known?"),) if s.id == "policies" else (),
            evidence_ids=(sixth.id,) if s.id == "policies" else (),
        )
        for s in judged.sections
    )
    members = [
        Membership(f"{e.document_id}:{e.start}-{e.end}", e.theme_id, 0.9, "assigned", e.polarity, e.modality)
        for e in judged.evidence
    ]
    members += [
        Membership("0000000000000008:0-10", group.id, 0.8, "assigned", "negative"),
        Membership("0000000000000008:11-30", group.id, 0.7, "assigned", "negative"),
        Membership("0000000000000008:31-40", first.theme_id, 0.3, "weak"),
    ]
    return dataclasses.replace(
        judged,
        ledger=(
            LedgerEntry("file1.docx", "account", "read", documents=1, format="docx", sha256="1" * 64),
            LedgerEntry("scan.pdf", "policy", "refused", "no text", sha256="2" * 64, skipped=(("page", 3),)),
        ),
        documents=(*judged.documents[:3], policy, *judged.documents[4:], voiced),
        received=(Received("Northfield", "return", ("file1.docx",)), Received("", "policy", expected=False)),
        outstanding=(Received("Fellgate", "return"),),
        absent_voices=("partner",),
        sections=sections,
        themes=(*judged.themes, group),
        findings=(moved, *judged.findings[1:], between, alone),
        set_aside=(aside,),
        memberships=tuple(members),
        skipped=(Skipped("read", "blank", 2),),
        content_note="Take your time.",
        linked=(
            Link(first.document_id, second.document_id, "shared", "alike", 0.9, "file1.docx", "file2.docx"),
        ),
        blanks=(("", "Who else?"),),
        residual=Residual((("PERSON", 2),), 1, 1, (Risk(first.document_id, "file1.docx", "", ("a name",)),)),
        caution="Few passages.",
        triangulation=(
            Triangulation(
                first.theme_id,
                "agreed",
                "they say the same",
                (fourth.id,),
                (first.id,),
                (second.id,),
                (fifth.id,),
            ),
        ),
        grid=(
            GridCell(
                "policies",
                "Northfield",
                "differs",
                "its account leans the other way",
                (first.theme_id,),
                (first.id, third.id),
                (fourth.id, seventh.id),
                (second.id,),
                (fifth.id,),
                (("Hill", first.theme_id, "incident", "bad"),),
            ),
            GridCell("gaps", "Fellgate", "not received", "nothing came"),
        ),
        read_in_full=(ReadInFull(voiced.id, "comments.csv", "row 8", "Northfield", ("a death",)),),
        recommendations=(
            RecommendationResult(
                "R1",
                "Coroner",
                "Agree a form.",
                "named by its code",
                "1 finding",
                (first.theme_id,),
                (moved.id,),
                ("gap",),
                ("A-1",),
                "2025-01-02",
                "Northfield",
            ),
        ),
        ratings=(
            RatingResult(
                "Northfield",
                "Handover",
                "Good",
                "a file",
                "not supported",
                "it does not",
                "named",
                (first.theme_id,),
                (first.id,),
            ),
        ),
        comparisons=(
            Comparison(first.theme_id, "incident", "Northfield", 20, 8, 6, 0.2, 0.6, -0.9, 0.1, 0.5, 0.7),
            Comparison(first.theme_id, "incident", "Southvale", 30, 4, 1, 0.1, 0.3, 0.9, 0.0, 0.2, -0.7),
        ),
        rates=(Rate("", "Northfield", 20, 4000.0, "bed days", rate=5.0, low=3.1, high=7.7),),
        timelines=(
            Timeline(
                "incident",
                "month",
                30,
                28,
                "2026-01-01",
                "2026-02-01",
                themes=1,
                left_out=(("no date", 2),),
                uncharted=(fourth.theme_id,),
                note="Charted by month.",
            ),
        ),
        trends=(
            Trend(
                first.theme_id,
                "Handover between providers",
                "incident",
                "month",
                "xmr",
                points=(
                    ("2026-01-01", 2, 10, 0.2, "high", "a point outside the limits", 1),
                    ("2026-02-01", 0, 0, None, "", "no document", 1),
                ),
                segments=((1, "", 0.2, 0.0, 0.4, True),),
                signal=True,
                says="It stands out in January 2026.",
                note="By the rules.",
            ),
        ),
    )


# Fields of records that are keys, or that a report does not hold together without.
FIXED = frozenset(
    "id kind polarity outcome modality origin status sha256 review sort counts position passages exemplars "
    "absence answers commitments incidents people policy accounts linked superseded_by of changed drafted "
    "places provenance start end verdict".split()
)


@pytest.fixture
def bent() -> Callable[[object, str], object]:
    """Puts a text before each text of a record that is no key."""
    return _bent


def _bent(value, text):
    if isinstance(value, str):
        return text + value
    if isinstance(value, tuple):
        return tuple(_bent(item, text) for item in value)
    if isinstance(value, dict):
        return {_bent(k, text): _bent(v, text) for k, v in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [f.name for f in dataclasses.fields(value)]
        free = [n for n in names if n not in FIXED and not n.endswith(("_id", "_ids", "_sha256"))]
        return dataclasses.replace(value, **{n: _bent(getattr(value, n), text) for n in free})
    return value
