"""Every stage once, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thememiner import (
    acronyms,
    codebooks,
    coding,
    counting,
    denominators,
    discovering,
    embedding,
    languages,
    linking,
    paragraphs,
    planning,
    polarity,
    scoping,
    trending,
    triangulating,
)
from thememiner.deidentifying import mask, residual_risk, rules
from thememiner.pipeline import beside, between, cells, concluding, enclosing, marking, placing, recording
from thememiner.pipeline.preparing import Progress, prepare, silent, walled, warn
from thememiner.polarity import tone
from thememiner.records import Code, Codebook, Document, Embeddings, Membership, Passage, Report, Theme
from thememiner.scoping import Review
from thememiner.settings import Settings

if TYPE_CHECKING:
    from thememiner.coding import Coder
    from thememiner.embedding import Encoder

_UNTITLED = "Themes and evidence"  # of a review that was given no title: a template's is not the review's


@dataclass(frozen=True, slots=True)
class Result:
    """What a run leaves: the report, and the texts and passages that it was made from."""

    report: Report
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    settings: Settings


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
    if settings.redact:
        review = walled(review, rules(settings.local_patterns, settings.dates, settings.recognisers))
    book, layout = codebooks.codebook(settings.codebook), codebooks.template(settings.template)
    tell = progress or silent
    warn(codebooks.mismatch(layout, book))
    # What the user can mend is told before anything is read.
    short_forms, taught = (
        _short_forms(settings),
        coding.load(settings.coder, book) if settings.coder else None,
    )
    given = enclosing.read(review, settings, book, layout)
    counted = denominators.read(review.denominators) if review.denominators else ()
    corpus = prepare(review, settings, progress)
    given = enclosing.named(given, review, corpus.documents)
    organisations = {d.organisation for d in corpus.documents}
    out = concluding.not_applicable(review, layout, organisations | {name for name, _ in review.expected})
    held, note = denominators.match(counted, organisations)
    warn(note)
    links = linking.relate(corpus.documents)
    marks = linking.link(corpus.documents, corpus.passages, links)
    kept, foreign = languages.set_aside(recording.unmarked(corpus.passages, marks))
    encoder = embedding.encoder(settings.encoder, settings.precision)
    embeddings = embedding.embed(kept, encoder, lambda done, total: tell("embed", done, total))
    tell("code", 0, 1)
    coder = coding.ready(book, encoder, taught)
    texts = {d.id: d.text for d in corpus.documents}
    memberships, alone = _read(kept, embeddings, corpus.documents, book, coder, encoder, settings)
    if not any(m.outcome == "assigned" for m in memberships):
        warn(
            f"no passage was assigned a code of codebook {book.id!r}, so the report has no theme of it. A "
            "code needs examples to be found: see 'thememiner codebooks check FILE'."
        )
    tell("discover", 0, 1)
    found: list[Theme] = []
    joined: list[Membership] = []
    if settings.discover:
        # Unexplained by its own words: a paragraph about several things is coded by what the others say.
        found, joined = beside.discover(
            corpus, kept, embeddings, alone, book, encoder, settings, beside.earlier(since, corpus)
        )
    tell("label", 0, 1)
    told = polarity.judge_with_shares(
        [*memberships, *joined],
        kept,
        book,
        tone.shipped(settings.precision),
        lambda done, total: tell("polarity", done, total),
        texts,
    )
    told = _commitments(told, embeddings, encoder)
    judged = [m for m, _ in told]
    themes = counting.count_themes([*(_code_theme(book, c) for c in book.codes), *found], judged, kept)
    tell("report", 0, 1)
    findings, quotes, sections, blanks = placing.findings(
        themes, told, kept, corpus.documents, layout, book, embeddings, encoder, settings
    )
    quotes = (*quotes, *placing.foreign(foreign, corpus.documents))
    received, outstanding, absent = scoping.tally(review, corpus.documents, corpus.ledger)
    concluded = concluding.conclude(
        findings,
        themes,
        judged,
        kept,
        corpus.documents,
        quotes,
        sections,
        layout,
        outstanding,
        book.codes,
        settings.findings,
        out,
        [replace(d, unit=mask(d.unit).text, counts=mask(d.counts).text) for d in held],
        _gaps(judged, embeddings, encoder),
        placing.surely(told),
    )
    quotes = (*quotes, *concluded.evidence)
    findings_between, quotes_between = between.find(
        concluded.findings,
        themes,
        concluded.said,
        judged,
        kept,
        corpus.documents,
        {name for name, _ in review.expected},
        settings.findings,
        settings.quotes,
    )
    every = between.beside(concluded.findings, findings_between)
    about = enclosing.meant(given, book, coder, encoder, settings)
    grid, shown = cells.open_up(
        concluded.grid, concluded.findings, judged, kept, corpus.documents, layout, quotes
    )
    report = Report(
        provenance=recording.provenance(settings, review, corpus, book, layout, encoder, taught)
        | recording.compared(since)
        | dict(given.provenance),
        title=review.title or _UNTITLED,
        question=review.question,
        ledger=corpus.ledger,
        documents=recording.documents(corpus.documents, kept, links, review.day),
        received=received,
        outstanding=outstanding,
        absent_voices=absent,
        sections=tuple(between.filled(section, every) for section in sections),
        themes=themes,
        findings=every,
        evidence=marking.marked(between.added((*quotes, *shown), quotes_between), kept, embeddings, encoder),
        memberships=tuple(sorted(judged, key=lambda m: (m.passage_id, m.theme_id))),
        passages=counting.count_outcomes(kept, judged) | recording.told(marks),
        skipped=(
            *corpus.skipped,
            *given.skipped,
            *recording.marked(marks, corpus.passages),
            *recording.unread(foreign),
            *recording.unshown(found),
        ),
        content_note=counting.content_note(corpus.documents),
        linked=links,
        blanks=blanks,
        residual=residual_risk(corpus.documents),
        caution=discovering.caution(len(kept)) if settings.discover else "",
        requirements=planning.trace(layout.requirements, themes, every),
        triangulation=concluded.triangulation,
        grid=grid,
        read_in_full=concluded.read_in_full,
        recommendations=enclosing.crossed(given, about, themes, every),
        ratings=enclosing.weighed(
            given,
            about,
            themes,
            every,
            judged,
            kept,
            quotes,
            frozenset(account.document_id for account in concluded.read_in_full),
            settings.findings,
        ),
        comparisons=concluded.comparisons,
        rates=concluded.rates,
        glossary=short_forms,
    )
    return Result(trending.over_time(report), corpus.documents, corpus.passages, settings)


def _short_forms(settings: Settings) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The users' own short forms, each with its meanings."""
    return tuple(acronyms.own(settings.glossary).items()) if settings.glossary else ()


def _read(
    passages: Sequence[Passage],
    embeddings: Embeddings,
    documents: Sequence[Document],
    book: Codebook,
    coder: Coder,
    encoder: Encoder,
    settings: Settings,
) -> tuple[list[Membership], list[Membership]]:
    """The memberships of passages read in their paragraphs, and those of passages read alone."""
    texts = {d.id: d.text for d in documents}
    in_context = coding.in_context(passages, embeddings, texts)
    beside = _code(passages, in_context, book, coder, settings, paragraphs.beside(passages, texts))
    paired = bool(coder.tuned and coder.tuned.paired)
    by_words = coding.by_words(book, encoder) if paired else coder
    alone = _code(passages, embeddings, book, by_words, settings)
    grave = {account.document_id for account in triangulating.read_in_full(documents)}
    return coding.agree(beside, alone, passages, grave) if paired else beside, alone


def _code(
    passages: Sequence[Passage],
    vectors: Embeddings,
    book: Codebook,
    coder: Coder,
    settings: Settings,
    around: Mapping[str, str] | None = None,
) -> list[Membership]:
    found = coding.code(
        passages, vectors, coder, assigned=settings.assigned, weak=settings.weak, beside=around
    )
    return [replace(m, theme_id=code_theme(book, m.theme_id)) for m in found]


def _gaps(memberships: Iterable[Membership], embeddings: Embeddings, encoder: Encoder) -> dict[str, str]:
    """Passage id -> the sort of gap that it tells of; of those that tell of something wrong."""
    bad = {m.passage_id for m in memberships if m.polarity in ("negative", "mixed")}
    rows = [i for i, passage_id in enumerate(embeddings.ids) if passage_id in bad]
    sorts = triangulating.sorts(embeddings.vectors[rows], encoder.encode)
    return {embeddings.ids[i]: sort for i, sort in zip(rows, sorts, strict=True)}


def _commitments(
    told: Sequence[tuple[Membership, float]], embeddings: Embeddings, encoder: Encoder
) -> list[tuple[Membership, float]]:
    """The memberships as they are, those that commit with how sure it is that they do."""
    committing = {m.passage_id for m, _ in told if m.modality == "commitment"}
    rows = [i for i, passage_id in enumerate(embeddings.ids) if passage_id in committing]
    said = polarity.sureness(embeddings.vectors[rows], encoder.encode)
    sure = {embeddings.ids[i]: share for i, share in zip(rows, said, strict=True)}
    return [(m, sure.get(m.passage_id, share)) for m, share in told]


def code_theme(book: Codebook, code_id: str) -> str:
    """The id of the theme of one code: `code:<codebook>/<code>`."""
    return f"code:{book.id}/{code_id}"


def _code_theme(book: Codebook, code: Code) -> Theme:
    return Theme(
        id=code_theme(book, code.id),
        name=code.name,
        origin="codebook",
        code_id=code.id,
        definition=code.definition,
    )
