"""The records that stages hand to one another: frozen, flat, and the same words everywhere.

A record is a row of JSON, Parquet or Excel with no converter of its own, so its fields are text,
numbers, booleans and tuples of these. Only `Embeddings` and `Clustering` hold arrays, and only
`Codebook`, `Template`, `Residual`, `Plan` and `Report` nest. Offsets are code points of the document's
text, from 0, with the end left out, so that `document.text[start:end]` is the excerpt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["incident", "policy", "account", "feedback"]
Polarity = Literal["positive", "negative", "mixed", "neutral"]
Outcome = Literal["assigned", "weak", "no"]
Modality = Literal["commitment", "description"]
Status = Literal["read", "partly_read", "refused"]
Position = Literal["assured", "gap", "mixed", "not known"]
Horizon = Literal["short", "longer"]
# How a section ends in which no theme stands; "" is for one that has findings.
Absence = Literal["", "stated absent by a source", "searched for and not found", "not asked"]

PRECISIONS = ("auto", "bfloat16", "float32")
# How much of an event's date stays in the text.
DATES = ("keep", "month")
KINDS: tuple[Kind, ...] = ("incident", "policy", "account", "feedback")
POLARITIES: tuple[Polarity, ...] = ("positive", "negative", "mixed", "neutral")
POSITIONS: tuple[Position, ...] = ("assured", "gap", "mixed", "not known")
# On what an assurance rests, and of what sort a gap is.
ASSURANCES: tuple[str, ...] = (
    "described by the provider",
    "written in policy",
    "shown by audit or data",
    "confirmed by people and families",
)
GAPS: tuple[str, ...] = ("provision", "practice", "assurance")
# Of an action: for now with minimal resource implications, or later with potential ones.
HORIZONS: tuple[Horizon, ...] = ("short", "longer")
# How strongly an action holds, by the hierarchy of action: stronger does not depend on anybody's memory.
STRENGTHS: tuple[str, ...] = ("stronger", "intermediate", "weaker")
# How a word of the text may differ from the source's: whole where a line end divides it, in letters where
# they are one sign, or with a character written otherwise or an unseen one left out.
REPAIRS: tuple[str, ...] = ("hyphen", "ligature", "character")
# What a record's own columns or headers can say of people (`RawDocument.known`).
KNOWN: tuple[str, ...] = ("person", "date of birth", "number", "e-mail", "phone", "address")
VOICES: tuple[str, ...] = (
    "person using services",
    "family or carer",
    "staff",
    "provider lead",
    "commissioner",
    "partner",
    "independent body",
    "unknown",
)

# (label, start, end): a stretch of a text and what it is.
Span = tuple[str, int, int]
# (start, end, was): a stretch of a text, and what the parser gave where it stands.
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read (a file, a folder or a pandas DataFrame) and what is known of it.

    `text`, `id`, `date`, `organisation_column`, `place`, `team`, `voice_column` and `question` (what the
    text answers) name columns of a table; `organisation` and `voice` hold for the whole source. `exclude`
    are globs of file names.
    """

    path: Any
    kind: Kind = "incident"
    text: tuple[str, ...] = ()
    id: str = ""
    date: str = ""
    organisation: str = ""
    organisation_column: str = ""
    place: str = ""
    team: str = ""
    voice: str = ""
    voice_column: str = ""
    question: str = ""
    document: str = ""
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("text", "exclude"):
            value = getattr(self, name)
            if isinstance(value, str):
                object.__setattr__(self, name, (value,))
            elif not isinstance(value, tuple):
                object.__setattr__(self, name, tuple(value))


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One text as it was read, with identifiers still in it: private, so its `repr` hides the text.

    Only `deidentifying` takes one. `reference` is the record's own id when `own_reference`, else the
    file's name (and row). `parts` are (heading, start, end); a completed form has a part for each
    answer, headed by its question, and `sections` are (form heading, start, end) over its answers.
    `locations` say where each stretch came from ("page 7", "row 113", "sheet Staff, row 4");
    `voices` override `voice` for a stretch (a speaker in notes). `asides` are (sort, start, end) of what
    belongs to the text but is never evidence: headings, contents, page headers and footers, and the bullet,
    number or speaker that leads into a paragraph. `blanks` are (form heading,
    question) of questions left without an answer. `known` are (sort, value) of what the record's own
    columns or headers say of people, with sort one of `KNOWN`: to be masked wherever its text has them.
    `originals` are the edits by which tidying made the text of what the parser gave, and `repairs` are
    (sort, start, end) of those that changed a word, with sort one of `REPAIRS`.
    """

    kind: Kind
    text: str
    reference: str
    source: str
    file_sha256: str
    own_reference: bool = False
    known: tuple[tuple[str, str], ...] = ()
    locator: str = ""
    title: str = ""
    form: bool = False
    voice: str = "unknown"
    organisation: str = ""
    place: str = ""
    team: str = ""
    date: str = ""
    document: str = ""
    parts: tuple[Span, ...] = ()
    sections: tuple[Span, ...] = ()
    locations: tuple[Span, ...] = ()
    voices: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    blanks: tuple[tuple[str, str], ...] = ()
    originals: tuple[Edit, ...] = ()
    repairs: tuple[Span, ...] = ()

    def __repr__(self) -> str:
        return f"RawDocument(kind={self.kind!r}, {len(self.text)} characters, text hidden)"


@dataclass(frozen=True, slots=True)
class Document:
    """One de-identified text: the canonical text that every excerpt is cut from.

    `id` is as the design says (`identify` in `deidentifying`), `sha256` is of the text's UTF-8 bytes,
    and `masks` are (kind, start, end) of what was masked, in this text; `mistyped` of them were named as
    a number that they cannot be (its check digit is wrong). The rest is as in `RawDocument`, gone
    through the same identifiers, but for what the parser gave, which stays behind.
    """

    id: str
    kind: Kind
    text: str
    sha256: str
    reference: str
    source: str
    file_sha256: str
    locator: str = ""
    title: str = ""
    form: bool = False
    voice: str = "unknown"
    organisation: str = ""
    place: str = ""
    team: str = ""
    date: str = ""
    document: str = ""
    parts: tuple[Span, ...] = ()
    sections: tuple[Span, ...] = ()
    locations: tuple[Span, ...] = ()
    voices: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    blanks: tuple[tuple[str, str], ...] = ()
    masks: tuple[Span, ...] = ()
    repairs: tuple[Span, ...] = ()
    mistyped: int = 0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one file: read, partly read or refused, with the reason and what was left out.

    `skipped` are (reason, number of rows or parts), e.g. ("no text", 3); `inside` is the file that this one
    came in (a zip folder, a mail), "" for a file by itself.
    """

    source: str
    kind: Kind
    status: Status
    reason: str = ""
    documents: int = 0
    format: str = ""
    sha256: str = ""
    parser: str = ""
    skipped: tuple[tuple[str, int], ...] = ()
    detail: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, list item or table cell of a document: `document.text[start:end] == text`."""

    id: str
    document_id: str
    start: int
    end: int
    text: str
    kind: Kind
    voice: str = "unknown"
    organisation: str = ""
    heading: str = ""
    section: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What linking found of a passage; `of` is the passage in whose words it is, where there is one.

    `boilerplate` (a form's words) and `repeat` (told again of the same event, or standing in the newer
    version) are set aside; `superseded` (only in an older version) and `shared` (also in another
    document, by another body or of another event) count, and are told.
    """

    passage_id: str
    sort: Literal["boilerplate", "repeat", "superseded", "shared"]
    of: str = ""

    @property
    def aside(self) -> bool:
        """Whether the passage is set aside before counting."""
        return self.sort in ("boilerplate", "repeat")


@dataclass(frozen=True, slots=True)
class Link:
    """That two documents are in nearly the same words, what follows from it, and why.

    `repeat`: the same event or document again, so `document_id` is set aside; `superseded`: `of` is the
    newer version; `shared`: the same wording, each counts. `likeness` is the share of all their runs of
    three words that they have in common.
    """

    document_id: str
    of: str
    sort: Literal["repeat", "superseded", "shared"]
    reason: str
    likeness: float
    source: str = ""
    of_source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """float32 vectors, passages × dimensions, unit rows, in the order of `ids`."""

    ids: tuple[str, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """The result of discovery over n rows.

    `labels` int64, n: the theme of each row, -1 unassigned; `strength` float64, n: share of a row's
    neighbour weight inside its theme; `coarse` int64, n: the wider theme; `stability` float64, one a
    theme: how often two members stay together over subsamples, 0 to 1; `resolution` is the one chosen.
    """

    labels: NDArray[np.int64]
    strength: NDArray[np.float64]
    coarse: NDArray[np.int64]
    stability: NDArray[np.float64]
    resolution: float = 1.0
    agreement: float = 0.0


@dataclass(frozen=True, slots=True)
class Example:
    """A text that shows what a code is about, in the register of its kind."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A text that looks like the code but belongs to `code` ("" for none)."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a codebook. `wanted` says whether the presence of what it names is a good thing.

    `columns` names the labels that count as this code in data that people have already coded. `group` is the
    heading that it stands under ("Staffing / Skill mix" is one in another) and `colour` its #RRGGBB in
    programs for coding; neither means anything to the coder. `gap` is one of `GAPS` where a lack of what the
    code names is of one sort by its nature (vacancies are a gap of provision), else "".
    """

    id: str
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    wanted: bool = True
    examples: tuple[Example, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""
    colour: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes with definitions and examples; `background` are texts that belong to no code."""

    id: str
    name: str
    version: str
    codes: tuple[Code, ...]
    background: tuple[Example, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a review template: its prompts, the kinds it takes, the codes that feed it.

    `needs` say what a good answer holds.
    """

    id: str
    title: str
    prompts: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = KINDS
    codes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand of the commissioning letter, and the codes under which its evidence would stand."""

    id: str
    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A review template. `official` is true only for a body's own published form."""

    id: str
    name: str
    version: str
    sections: tuple[Section, ...]
    requirements: tuple[Requirement, ...] = ()
    official: bool = False
    note: str = ""
    source: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """That a passage is about a theme: `score` 0 to 1, `outcome`, and its polarity towards the theme."""

    passage_id: str
    theme_id: str
    score: float
    outcome: Outcome
    polarity: Polarity = "neutral"
    modality: Modality = "description"


@dataclass(frozen=True, slots=True)
class Theme:
    """A recurring theme: a code of the codebook with evidence, or one discovered beside it.

    `counts` are (kind, polarity, passages, documents); `organisations` and `voices` are
    (name, passages, documents). For a code `stability` and `cohesion` are None: how often a discovered
    theme's passages are found together again, and how near they are to one another, 0 to 1. `exemplars` are
    (central, diverse or boundary, passage id); `near_code` is the code that a discovered theme is close to,
    `wider` the name of what it is a part of with other themes, where there is such a thing; `emerging` is
    "new" or "growing" against an earlier run.
    """

    id: str
    name: str
    origin: Literal["codebook", "discovered"]
    code_id: str = ""
    definition: str = ""
    keywords: tuple[str, ...] = ()
    passages: int = 0
    documents: int = 0
    counts: tuple[tuple[str, str, int, int], ...] = ()
    organisations: tuple[tuple[str, int, int], ...] = ()
    voices: tuple[tuple[str, int, int], ...] = ()
    stability: float | None = None
    status: str = "draft"
    cohesion: float | None = None
    exemplars: tuple[tuple[str, str], ...] = ()
    near_code: str = ""
    wider: str = ""
    emerging: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change in how things are reported: the day (ISO), what changed, and whether a new baseline starts."""

    date: str
    note: str
    rebase: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """How much of one kind of text carried a theme, period by period, and what of it is more than chance.

    `organisation` and `polarity` are "" for all. `points` are (first day of the period, documents with the
    theme, documents, share, flag, rule, segment), one for every period from first to last: share is None
    where there is no document; flag is "high", "low" or ""; rule says by what, or why a point is not judged
    ("no document", "incomplete"). `segments` are (number, what begins it: "", "coding" or "change", centre,
    lower, upper, trial limits), with None where there is none; a line joins no two points across a "coding".
    `chart` is "xmr" (centre: the mean), "run" (the median) or "none". `changes` are (day, note) of changes in
    reporting. `left_out` are (reason, documents). `movement` is "emerging", "fading" or "", by `chance`, None
    where that was not tested. `note` says all this in sentences.
    """

    theme_id: str
    theme: str
    kind: Kind
    period: Literal["month", "quarter"]
    chart: Literal["xmr", "run", "none"]
    organisation: str = ""
    polarity: str = ""
    points: tuple[tuple[str, int, int, float | None, str, str, int], ...] = ()
    segments: tuple[tuple[int, str, float | None, float | None, float | None, bool], ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    movement: str = ""
    chance: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One verbatim excerpt for a theme: `quote` is `document.text[start:end]`, `sha256` is of the quote.

    `repairs` are those of `REPAIRS` by which a word of it differs from the source's. `exception` are the
    quote's words that say what a mixed one does not hold for, `states` the numbers of a commitment. `answers`
    is the question that feedback answers, where its heading is one.
    """

    id: str
    section_id: str
    theme_id: str
    document_id: str
    kind: Kind
    voice: str
    organisation: str
    polarity: Polarity
    start: int
    end: int
    quote: str
    sha256: str
    modality: Modality = "description"
    strength: float = 0.0
    location: str = ""
    repairs: tuple[str, ...] = ()
    exception: str = ""
    states: tuple[str, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A theme placed in a section of the template, as a draft sentence, with the theme's position and basis.

    `position` and `basis` are None in a report made before they were judged; `basis` is of `ASSURANCES`, or
    of `GAPS` where the position is a gap. `passages` is the number of passages that it rests on, of which
    `evidence_ids` are quoted. `exception` says what a finding does not hold for, `needs` what further
    evidence is needed, `latest` is the date of the newest document that speaks of the theme.
    """

    id: str
    section_id: str
    theme_id: str
    statement: str
    score: float
    reason: str
    position: str | None = None
    basis: tuple[str, ...] | None = None
    evidence_ids: tuple[str, ...] = ()
    passages: int = 0
    exception: str = ""
    needs: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Triangulation:
    """What policy says, organisations describe, incidents show and people say of a theme, and the verdict.

    The tuples are ids of evidence, by kind of source; `why` says in words what the verdict rests on.
    """

    theme_id: str
    verdict: str
    why: str
    policy: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """One organisation in one section: its state, why, the themes it differs on, and ids of evidence.

    `answers` are of its own account, `commitments` of its policies.
    """

    section_id: str
    organisation: str
    state: str
    why: str
    theme_ids: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadInFull:
    """A document that a person has to read in full, whatever its themes, and why."""

    document_id: str
    source: str
    locator: str
    organisation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionResult:
    """What the run found for one section: finding ids, or an absence of one sort and the words that say it.

    `evidence_ids` are the excerpts in which a source states that there is none.
    """

    id: str
    title: str
    finding_ids: tuple[str, ...]
    statement: str = ""
    searched: int = 0
    blanks: tuple[tuple[str, str], ...] = ()
    absence: Absence = ""
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One demand of the letter, traced to findings and draft actions; `statement` says what there is on it.

    Where nothing is placed under its codes the statement is "no evidence yet"; an action is drafted all the
    same.
    """

    id: str
    text: str
    finding_ids: tuple[str, ...] = ()
    action_ids: tuple[str, ...] = ()
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One draft action for a gap, for what is not known, or for a demand of the letter.

    `id` follows from theme, gap and horizon, or from the demand, so that it stays from run to run. One action
    serves a theme in every section: `section_id` and `finding_id` are the first, `also` the other findings.
    `gap` is one of `GAPS`, `strength` one of `STRENGTHS`, `factors` are ids of the codebook `seips`. `origin`
    is "gap", "mixed", "not known", "requirement" or "people" (a row that people added). `owner`, `due`
    and `status` are people's; `edited` are the names of fields whose draft people changed. `progress` says
    how it stands against an earlier plan.
    """

    id: str
    section_id: str
    theme_id: str
    finding_id: str
    requirement_id: str
    horizon: Horizon
    action: str
    resource_gap: str = ""
    measure: str = ""
    strength: str = ""
    evidence_ids: tuple[str, ...] = ()
    owner: str = ""
    due: str = ""
    status: str = ""
    factors: tuple[str, ...] = ()
    finding: str = ""
    origin: str = "people"
    gap: str = ""
    also: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Assurance:
    """Something that is in place, on what basis, but for what (`exception`), and what would keep it."""

    finding_id: str
    section_id: str
    theme_id: str
    finding: str
    basis: tuple[str, ...]
    keep: str
    exception: str = ""
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft action plan, whole: every file of it is written from this and from nothing else.

    `about` are (what, value) of how it was made; `sections` and `themes` are (id, name) as people read them;
    `documents` are the ids of the documents that its report rests on.
    """

    actions: tuple[Action, ...]
    assurances: tuple[Assurance, ...] = ()
    requirements: tuple[RequirementResult, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    themes: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What one organisation owed and sent: (organisation, document) with the sources that came."""

    organisation: str
    document: str
    sources: tuple[str, ...] = ()
    expected: bool = True


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something left out of a stage, counted with its reason: nothing vanishes."""

    stage: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as the report lists it: everything but its text, which stands in documents.jsonl.

    `superseded_by` is the id of the newer version, where it came too.
    """

    id: str
    kind: Kind
    voice: str
    organisation: str
    place: str
    team: str
    date: str
    source: str
    sha256: str
    reference: str = ""
    locator: str = ""
    file_sha256: str = ""
    masks: int = 0
    passages: int = 0
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders of the same units agree on one code: every measure together, so that none stands alone.

    All is of the `units` that at least two coders coded. `both` were given the code by every coder who
    coded them, `neither` by none; `used` and `prevalence` have, for each of `raters`, how many units it
    gave the code and what share (0 to 1) of those it coded. `percent` is 0 to 100; `kappa` (Cohen), `ac1`
    (Gwet) and `alpha` (Krippendorff) are at most 1. `low` and `high` are the ends of 95 % intervals from
    resampling `resampled` documents (or units, when no documents were given). What is not defined is None,
    and `note` says why in words.
    """

    code: str
    raters: tuple[str, ...]
    units: int
    both: int
    neither: int
    used: tuple[int, ...]
    prevalence: tuple[float | None, ...]
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None
    kappa: float | None = None
    kappa_low: float | None = None
    kappa_high: float | None = None
    ac1: float | None = None
    ac1_low: float | None = None
    ac1_high: float | None = None
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None
    resampled: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A document to read before anything is shared, and why: `reasons` are in words, about its text."""

    document_id: str
    source: str
    locator: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Residual:
    """What may still identify a person: (kind, masks) over all documents, and the documents to read first.

    `mistyped` masks were of numbers that fail their own check; `risky` counts the documents with a
    reason, of which `risks` are the first.
    """

    masks: tuple[tuple[str, int], ...] = ()
    mistyped: int = 0
    risky: int = 0
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One run's result, whole: every renderer works from this and from nothing else.

    Its JSON form is schema 1 (`reports/schema.json`). `blanks` are (organisation, question) of questions left
    without an answer that no section of the template asks; the rest stand in their sections. `caution` says
    what so few passages cannot tell.
    """

    provenance: dict[str, Any]
    title: str
    question: str
    ledger: tuple[LedgerEntry, ...]
    documents: tuple[DocumentEntry, ...]
    received: tuple[Received, ...]
    outstanding: tuple[Received, ...]
    absent_voices: tuple[str, ...]
    sections: tuple[SectionResult, ...]
    themes: tuple[Theme, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    memberships: tuple[Membership, ...]
    passages: dict[str, int] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    content_note: str = ""
    status: str = "draft"
    linked: tuple[Link, ...] = ()
    blanks: tuple[tuple[str, str], ...] = ()
    residual: Residual = field(default_factory=Residual)
    caution: str = ""
    requirements: tuple[RequirementResult, ...] = ()
    triangulation: tuple[Triangulation, ...] = ()
    grid: tuple[GridCell, ...] = ()
    read_in_full: tuple[ReadInFull, ...] = ()
