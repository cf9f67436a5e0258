"""The chain, end to end: the only module that knows the order of the stages."""

from __future__ import annotations

import dataclasses
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from thememiner import (
    codebooks,
    coding,
    counting,
    discovering,
    embedding,
    evidence,
    frontmatter,
    gathering,
    labelling,
    languages,
    linking,
    mapping,
    polarity,
    resources,
    scoping,
    segmenting,
)
from thememiner.deidentifying import Rules, deidentify, mask, number_repeats, residual_risk, rules
from thememiner.errors import InputError, InputWarning
from thememiner.reading import Limits, read_files
from thememiner.records import (
    Code,
    Codebook,
    Document,
    DocumentEntry,
    Embeddings,
    Evidence,
    Finding,
    LedgerEntry,
    Link,
    Mark,
    Membership,
    Passage,
    Report,
    SectionResult,
    Skipped,
    Source,
    Template,
    Theme,
)
from thememiner.scoping import Review
from thememiner.settings import Settings
from thememiner.wording import content_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thememiner.coding import Coder
    from thememiner.embedding import Encoder

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

# Told (stage, done, total) as the work goes on.
Progress = Callable[[str, int, int], None]

_MOST_FOUND = 25  # discovered themes shown, those of most documents first; the rest are counted
_UNTITLED = "Themes and evidence"  # of a review that was given no title: a template's is not the review's
_NEAR = 0.4  # cosine of a passage to its discovered theme from which it is assigned, not weak


@dataclass(frozen=True, slots=True)
class Result:
    """What a run leaves: the report, and the texts and passages that it was made from."""

    report: Report
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    settings: Settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A corpus ready for analysis: de-identified, in scope, cut into passages, with its ledger."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    ledger: tuple[LedgerEntry, ...]
    inputs: tuple[dict[str, Any], ...]
    skipped: tuple[Skipped, ...]


def run(
    review: Review,
    settings: Settings | None = None,
    progress: Progress | None = None,
    since: Report | None = None,
) -> Result:
    """Return the whole result for a review: every stage once, in order.

    `since` is an earlier run's report: groups beside the codebook that are new or growing against it say so.

    Raises `InputError` for what the user can mend: a path, a column, a codebook, a template.
    """
    settings = settings or Settings()
    settings = replace(
        settings,
        codebook=review.codebook or settings.codebook,
        template=review.template or settings.template,
        local_patterns=tuple(dict.fromkeys((*settings.local_patterns, *review.patterns))),
        dates=review.dates or settings.dates,
        recognisers=tuple(dict.fromkeys((*settings.recognisers, *review.recognisers))),
        reason=mask(settings.reason).text,
    )
    book, layout = codebooks.codebook(settings.codebook), codebooks.template(settings.template)
    tell = progress or _silent
    _warn(codebooks.mismatch(layout, book))
    taught = coding.load(settings.coder, book) if settings.coder else None  # before anything is read
    corpus = prepare(review, settings, progress)
    links = linking.relate(corpus.documents)
    marks = linking.link(corpus.documents, corpus.passages, links)
    kept, foreign = languages.set_aside(_unmarked(corpus.passages, marks))
    encoder = embedding.encoder(settings.encoder, settings.precision)
    embeddings = embedding.embed(kept, encoder, lambda done, total: tell("embed", done, total))
    tell("code", 0, 1)
    coder = coding.ready(book, encoder, taught)
    memberships = _code(kept, embeddings, book, coder, settings)
    if not any(m.outcome == "assigned" for m in memberships):
        _warn(
            f"no passage was assigned a code of codebook {book.id!r}, so the report has no theme of it. A "
            "code needs examples to be found: see 'thememiner codebooks check FILE'."
        )
    tell("discover", 0, 1)
    found, joined = (
        _discover(corpus, kept, embeddings, memberships, book, encoder, settings, _earlier(since, corpus))
        if settings.discover
        else ([], [])
    )
    tell("label", 0, 1)
    judged = polarity.judge([*memberships, *joined], kept, embeddings, book)
    themes = counting.count_themes([*(_code_theme(book, c) for c in book.codes), *found], judged, kept)
    tell("report", 0, 1)
    findings, quotes, sections, blanks = _findings(
        themes, judged, kept, corpus.documents, layout, embeddings, settings
    )
    quotes = (*quotes, *_unread(foreign, corpus.documents))
    received, outstanding, absent = scoping.tally(review, corpus.documents, corpus.ledger)
    report = Report(
        provenance=_provenance(settings, review, corpus, book, layout, encoder) | _since(since),
        title=review.title or _UNTITLED,
        question=review.question,
        ledger=corpus.ledger,
        documents=_documents(corpus.documents, kept, links),
        received=received,
        outstanding=outstanding,
        absent_voices=absent,
        sections=sections,
        themes=themes,
        findings=findings,
        evidence=quotes,
        memberships=tuple(sorted(judged, key=lambda m: (m.passage_id, m.theme_id))),
        passages=counting.count_outcomes(kept, judged) | _told(marks),
        skipped=(*corpus.skipped, *_marked(marks, corpus.passages), *_foreign(foreign), *_unshown(found)),
        content_note=counting.content_note(corpus.documents),
        linked=links,
        blanks=blanks,
        residual=residual_risk(corpus.documents),
        caution=discovering.caution(len(kept)) if settings.discover else "",
    )
    return Result(report, corpus.documents, corpus.passages, settings)


def prepare(review: Review, settings: Settings, progress: Progress | None = None) -> Prepared:
    """Read, de-identify, put in canonical order, apply the scope and segment.

    Raises `InputError` when there is nothing to read, or nothing that could be read.
    """
    tell = progress or _silent
    wall = rules(settings.local_patterns, settings.dates, settings.recognisers)
    if not review.sources:
        raise InputError("there is nothing to read: give at least one file, folder or DataFrame.")
    documents: list[Document] = []
    ledger: list[LedgerEntry] = []
    inputs: list[dict[str, Any]] = []
    gathered = gathering.gather(review.sources)
    read = []
    for n, (source, files) in enumerate(gathered.files):
        tell("read", n, len(gathered.files))
        reading = read_files(files, limits=Limits(seconds=settings.reading_seconds))
        read.append((source, files, reading.ledger))
        documents += deidentify(reading.documents, redact=settings.redact, rules=wall)
        entries = [_masked(entry, wall) if settings.redact else entry for entry in reading.ledger]
        ledger += entries
        inputs += [_input(entry, source) for entry in entries if not entry.inside]
    gathering.check_columns(read)
    documents = sorted(number_repeats(documents), key=lambda d: d.id)
    if not documents:
        raise InputError(f"no text could be read from what was given. {gathering.refusals(ledger)}")
    inside, skipped = scoping.apply(review.scope, documents)
    if not inside:
        raise InputError("no document is in scope: widen the dates, services, teams or terms under [scope].")
    tell("segment", 0, 1)
    passages, fronts = frontmatter.set_aside(inside, segmenting.segment(inside))
    for note in (*gathered.notes, *scoping.unheard(ledger, inside), *scoping.notes(review, inside)):
        _warn(note)
    skipped += gathered.skipped
    skipped += [Skipped("segment", "front matter", len(fronts))] if fronts else []
    skipped += [
        Skipped("read", reason, sum(n for e in ledger for r, n in e.skipped if r == reason))
        for reason in sorted({r for e in ledger for r, _ in e.skipped if not gathering.is_absence(r)})
    ]
    return Prepared(
        documents=tuple(inside),
        passages=tuple(passages),
        ledger=tuple(sorted(ledger, key=lambda e: (e.source, e.kind, e.sha256))),
        inputs=tuple(sorted(inputs, key=lambda i: (i["source"], i["kind"], i["sha256"]))),
        skipped=tuple(skipped),
    )


def _code(
    passages: Sequence[Passage], embeddings: Embeddings, book: Codebook, coder: Coder, settings: Settings
) -> list[Membership]:
    found = coding.code(passages, embeddings, coder, assigned=settings.assigned, weak=settings.weak)
    return [replace(m, theme_id=code_theme(book, m.theme_id)) for m in found]


def code_theme(book: Codebook, code_id: str) -> str:
    """The id of the theme of one code: `code:<codebook>/<code>`."""
    return f"code:{book.id}/{code_id}"


def _discover(
    corpus: Prepared,
    passages: Sequence[Passage],
    embeddings: Embeddings,
    memberships: Iterable[Membership],
    book: Codebook,
    encoder: Encoder,
    settings: Settings,
    earlier: frozenset[str],
) -> tuple[list[Theme], list[Membership]]:
    """Themes among passages no code explains, and who belongs to them.

    What is clustered are paragraphs, each by the mean of its uncoded passages: a sentence alone says
    too little. A passage is assigned when it is itself near its paragraph's theme, else weak. Policies
    are left out where there is anything else: what recurs in them is how policies are written.
    """
    coded = {m.passage_id for m in memberships if m.outcome == "assigned"}
    free = [i for i, p in enumerate(passages) if p.id not in coded and len(set(content_words(p.text))) >= 2]
    spoken = [i for i in free if passages[i].kind != "policy"] or free
    texts = {d.id: d.text for d in corpus.documents}
    paragraphs: dict[str, list[list[int]]] = defaultdict(list)  # equal ones are clustered once
    for _, rows in groupby(spoken, key=lambda i: _paragraph(passages[i], texts)):
        group = list(rows)
        paragraphs["\n".join(passages[i].text for i in group)].append(group)
    distinct = sorted(paragraphs, key=embedding.digest)
    heads = [replace(passages[paragraphs[text][0][0]], text=text) for text in distinct]
    vectors = _means(embeddings.vectors, [paragraphs[text][0] for text in distinct])
    clustering = discovering.persistent(
        vectors, [h.document_id for h in heads], smallest=settings.smallest_theme, seed=settings.seed
    )
    themes, members_of = labelling.label(heads, clustering, vectors, encoder.encode)
    carried = _carried(members_of, heads)
    text_of = {head.id: head.text for head in heads}
    themes = sorted(themes, key=lambda t: (-carried[t.id], t.id))
    found: list[Membership] = []
    shown = []
    codes, names = _code_vectors(book, encoder), {code.id: code.name for code in book.codes}
    for theme in themes[:_MOST_FOUND]:
        mine = [m for m in members_of if m.theme_id == theme.id]
        members = [i for m in mine for group in paragraphs[text_of[m.passage_id]] for i in group]
        centre = _means(embeddings.vectors, [members])[0]
        for i in members:
            near = round(float(embeddings.vectors[i] @ centre), 4)
            found.append(
                Membership(passages[i].id, theme.id, max(near, 0.0), "assigned" if near >= _NEAR else "weak")
            )
        held = [i for i in members if float(embeddings.vectors[i] @ centre) >= _NEAR] or members
        portrait = discovering.portray(embeddings.vectors[held], np.zeros(len(held), dtype=np.int64))[0]
        theme = replace(  # noqa: PLW2901
            theme,
            cohesion=portrait.cohesion,
            exemplars=tuple(
                (sort, passages[held[i]].id)
                for sort in ("central", "diverse", "boundary")
                for i in getattr(portrait, sort)
            ),
            near_code=labelling.near_codes(centre[None], book, codes)[0],
        )
        told = labelling.describe(theme, [passages[i] for i in held], names)
        shown.append(replace(theme, definition=told))
    home = {p.id: p.document_id for p in passages}
    held_by: dict[str, set[str]] = {theme.id: set() for theme in shown}
    for m in found:
        if m.outcome == "assigned":
            held_by[m.theme_id].add(home[m.passage_id])
    looked_at = {passages[i].document_id for i in spoken}
    changed = discovering.emerging([held_by[t.id] for t in shown], looked_at, earlier & looked_at)
    shown = [replace(theme, emerging=how) for theme, how in zip(shown, changed, strict=True)]
    return [*shown, *themes[_MOST_FOUND:]], found


def _earlier(since: Report | None, corpus: Prepared) -> frozenset[str]:
    """The ids of the documents that an earlier run had, warned of where none of them is here again."""
    if since is None:
        return frozenset()
    known = frozenset(entry.id for entry in since.documents)
    if not known & {d.id for d in corpus.documents}:
        _warn(
            "no document of the earlier report is in this run, so nothing can be called new or growing: give "
            "what was read then together with what came since."
        )
    return known


def _code_vectors(book: Codebook, encoder: Encoder) -> Floats:
    """The unit mean of the vectors of each code's texts, float32, codes × dimensions."""
    texts = labelling.texts_of(book)
    vectors = encoder.encode([text for of in texts for text in of])
    ends = np.cumsum([len(of) for of in texts]).tolist()
    return _means(vectors, [range(end - len(of), end) for of, end in zip(texts, ends, strict=True)])


def _carried(members: Iterable[Membership], heads: Sequence[Passage]) -> Counter[str]:
    """How many documents carry each discovered theme."""
    home = {head.id: head.document_id for head in heads}
    return Counter(theme_id for theme_id, _ in {(m.theme_id, home[m.passage_id]) for m in members})


def _paragraph(passage: Passage, texts: dict[str, str]) -> tuple[str, int]:
    return passage.document_id, texts[passage.document_id].rfind("\n\n", 0, passage.start)


def _means(vectors: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The unit mean of each group of rows, float32, groups × dimensions."""
    means = np.array([vectors[list(group)].mean(axis=0) for group in groups], dtype=np.float32)
    if not len(means):
        return vectors[:0]
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    unit: Floats = np.divide(means, norms, out=np.zeros_like(means), where=norms > 0)
    return unit


def _code_theme(book: Codebook, code: Code) -> Theme:
    return Theme(
        id=code_theme(book, code.id),
        name=code.name,
        origin="codebook",
        code_id=code.id,
        definition=code.definition,
    )


def _findings(
    themes: Sequence[Theme],
    memberships: Sequence[Membership],
    passages: Sequence[Passage],
    documents: Sequence[Document],
    layout: Template,
    embeddings: Embeddings,
    settings: Settings,
) -> tuple[tuple[Finding, ...], tuple[Evidence, ...], tuple[SectionResult, ...], tuple[tuple[str, str], ...]]:
    by_id = {p.id: p for p in passages}
    texts = {d.id: d for d in documents}
    kinds = {d.kind for d in documents}
    central = _central(memberships, embeddings)
    findings: list[Finding] = []
    quotes: list[Evidence] = []
    for placing in mapping.place(themes, memberships, by_id, layout):
        theme_id = placing.theme.id
        picked = evidence.pick(
            placing.section.id, theme_id, placing.members, texts, settings.quotes, central[theme_id]
        )
        quotes += picked
        findings.append(replace(mapping.state(placing, kinds), evidence_ids=tuple(e.id for e in picked)))
    for theme in themes:
        if theme.origin == "discovered":  # no finding is made of a group until a person has named it
            members = [(m, by_id[m.passage_id]) for m in memberships if _assigned_to(m, theme.id)]
            quotes += evidence.pick("", theme.id, members, texts, settings.quotes, central[theme.id])
    blanks = _blanks(documents, layout)
    sections = []
    for section in layout.sections:
        mine = tuple(f.id for f in findings if f.section_id == section.id)
        searched = sum(p.kind in section.kinds for p in passages)
        sections.append(
            SectionResult(
                id=section.id,
                title=section.title,
                finding_ids=mine,
                statement="" if mine else f"no evidence found in {searched} passages",
                searched=searched,
                blanks=tuple(blanks[section.id]),
            )
        )
    return tuple(findings), tuple(quotes), tuple(sections), tuple(blanks[""])


def _blanks(documents: Sequence[Document], layout: Template) -> dict[str, list[tuple[str, str]]]:
    """Section id ("" for none) -> (organisation, question) of the questions left without an answer there."""
    fits = mapping.section_of_answers({blank for d in documents for blank in d.blanks}, layout)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for d in documents:
        for heading, question in d.blanks:
            if heading or question:
                found[fits.get((heading, question), "")].append((d.organisation, question or heading))
    return found


def _assigned_to(membership: Membership, theme_id: str) -> bool:
    return membership.theme_id == theme_id and membership.outcome == "assigned"


def _central(memberships: Iterable[Membership], embeddings: Embeddings) -> dict[str, dict[str, float]]:
    """Theme id -> passage id -> cosine to the mean of the theme's assigned passages, 4 decimal places."""
    row = {passage_id: i for i, passage_id in enumerate(embeddings.ids)}
    rows: dict[str, list[int]] = defaultdict(list)
    for m in sorted(memberships, key=lambda m: (m.theme_id, m.passage_id)):
        if m.outcome == "assigned":
            rows[m.theme_id].append(row[m.passage_id])
    found = {}
    for theme_id, mine in rows.items():
        centre = _means(embeddings.vectors, [mine])[0]
        found[theme_id] = {embeddings.ids[i]: round(float(embeddings.vectors[i] @ centre), 4) for i in mine}
    return found


def _unmarked(passages: Iterable[Passage], marks: Iterable[Mark]) -> list[Passage]:
    out = {m.passage_id for m in marks if m.aside}
    return [p for p in passages if p.id not in out]


def _marked(marks: Sequence[Mark], passages: Sequence[Passage]) -> list[Skipped]:
    """What is set aside before counting, by reason."""
    kinds = {p.id: p.kind for p in passages}
    reasons = Counter(
        "wording repeated across documents (passages)"
        if m.sort == "boilerplate"
        else "the same incident reported again (passages)"
        if kinds[m.passage_id] == "incident"
        else "in another version or copy of the same document (passages)"
        for m in marks
        if m.aside
    )
    return [Skipped("link", reason, n) for reason, n in sorted(reasons.items())]


def _told(marks: Sequence[Mark]) -> dict[str, int]:
    """How many passages that count are shared wording, or only in a superseded version, where any are."""
    return dict(sorted(Counter(str(m.sort) for m in marks if not m.aside).items()))


def _documents(
    documents: Sequence[Document], passages: Sequence[Passage], links: Sequence[Link]
) -> tuple[DocumentEntry, ...]:
    """The documents as the report lists them; a superseded one names the newer."""
    newer = {link.document_id: link.of for link in links if link.sort == "superseded"}
    return tuple(
        replace(entry, superseded_by=newer.get(entry.id, ""))
        for entry in counting.list_documents(documents, passages)
    )


def _masked(entry: LedgerEntry, wall: Rules) -> LedgerEntry:
    """An entry whose file name and detail have gone through the wall: people name files after people."""
    return replace(entry, source=mask(entry.source, wall).text, detail=mask(entry.detail, wall).text)


def _unread(foreign: Iterable[Passage], documents: Iterable[Document]) -> list[Evidence]:
    """What is not English, in its own words, under no theme: a person has to read it."""
    texts = {d.id: d for d in documents}
    nothing = Membership("", "", 0.0, "no")
    return [evidence.cut("", "", nothing, p, texts[p.document_id]) for p in foreign]


def _foreign(foreign: Sequence[Passage]) -> list[Skipped]:
    reason = "not in English: not coded, for a person to read (passages)"
    return [Skipped("code", reason, len(foreign))] if foreign else []


def _unshown(found: Sequence[Theme]) -> list[Skipped]:
    more = len(found) - _MOST_FOUND
    return [Skipped("discover", "smaller themes beside the codebook, not shown", more)] if more > 0 else []


def _input(entry: LedgerEntry, source: Source) -> dict[str, Any]:
    """What `verify` needs to read one file again: its digest and the settings it was read with."""
    options = {
        f.name: list(value) if isinstance(value := getattr(source, f.name), tuple) else value
        for f in dataclasses.fields(Source)
        if f.name not in ("path", "kind") and getattr(source, f.name)
    }
    return {"source": entry.source, "kind": entry.kind, "sha256": entry.sha256, "options": options}


def _provenance(
    settings: Settings,
    review: Review,
    corpus: Prepared,
    book: Codebook,
    layout: Template,
    encoder: Encoder,
    taught: Coder | None,
) -> dict[str, Any]:
    return {
        "thememiner": metadata.version("thememiner"),
        "settings": dataclasses.asdict(settings)
        | {"codebook": Path(settings.codebook).name, "template": Path(settings.template).name}
        | ({"coder": Path(settings.coder).name} if settings.coder else {}),
        "scope": {k: v for k, v in dataclasses.asdict(review.scope).items() if v},
        "encoder": {"name": encoder.name, "sha256": encoder.digest, "precision": encoder.precision},
        "codebook": {"id": book.id, "version": book.version},
        **({"coder": {"labelled": taught.origin.labelled, "sha256": taught.sha256}} if taught else {}),
        "template": {
            "id": layout.id,
            "version": layout.version,
            "official": layout.official,
            "note": layout.note,
        },
        "inputs": list(corpus.inputs),
        "reader": resources.reader_digest(),
        "seed": settings.seed,
        "method": "codebook (framework) analysis",
    }


def _since(since: Report | None) -> dict[str, Any]:
    if since is None:
        return {}
    return {"since": {"title": since.title, "documents": len(since.documents)}}


def _warn(note: str) -> None:
    """Tell what was made of the input, as a Python warning; the command line prints it in a line."""
    if note:
        warnings.warn(note, InputWarning, stacklevel=3)


def _silent(stage: str, done: int, total: int) -> None:
    """Say nothing."""
