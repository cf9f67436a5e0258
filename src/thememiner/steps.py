"""One stage at a time, for scripts and the command line: each takes sources and gives rows.

Rows name a text by its reference: its own id where a column gives one, else its file's name (and row);
a repeated reference gets `~2`, `~3` ...
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from thememiner import gathering
from thememiner.deidentifying import deidentify, mask, rules, unnumbered
from thememiner.errors import InputWarning
from thememiner.reading import read_files
from thememiner.records import Document, LedgerEntry, Membership, Passage, Source, Theme
from thememiner.settings import Settings

# Later stages are imported where they are used, so that reading and redacting need none of their libraries.
if TYPE_CHECKING:
    from thememiner import embedding
    from thememiner.coding import Coder

_FIELDS = ("voice", "organisation", "place", "team", "date", "document", "title", "locator")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadTexts:
    """Documents as read, with references that differ and ids to match, and the ledger."""

    documents: tuple[Document, ...]
    ledger: tuple[LedgerEntry, ...]


def read_texts(
    sources: Iterable[Source],
    *,
    redact: bool = True,
    keep_empty: bool = False,
    local_patterns: tuple[str, ...] = (),
    dates: str = "keep",
    recognisers: tuple[str, ...] = (),
) -> ReadTexts:
    """Return the sources' documents, de-identified unless `redact` is false, and the ledger.

    `keep_empty` gives a document for each row of a table, also one that holds no text or that repeats a
    record. `local_patterns`, `dates` and `recognisers` are as in `Settings`. A document's `id` is its
    reference here. File names in the ledger go through the wall too. Raises `InputError` for a pattern or
    recogniser that cannot be used.
    """
    wall = rules(local_patterns, dates, recognisers)
    gathered = gathering.gather(sources)
    reading = read_files([f for _, files in gathered.files for f in files], keep_empty=keep_empty)
    of_source = [
        (source, files, [e for e in reading.ledger if e.source in {f.name for f in files}])
        for source, files in gathered.files
    ]
    gathering.check_columns(of_source)
    taken: set[str] = set()
    seen: Counter[str] = Counter()
    documents = []
    for document in deidentify(reading.documents, redact=redact, rules=wall):
        reference = document.reference
        while reference in taken:
            seen[document.reference] += 1
            reference = f"{document.reference}~{seen[document.reference] + 1}"
        taken.add(reference)
        documents.append(replace(document, id=reference))
    ledger = reading.ledger
    if redact:
        ledger = tuple(
            replace(
                e,
                source=mask(e.source, wall).text,
                detail=mask(e.detail, wall).text,
                notes=tuple(mask(note, wall).text for note in e.notes),
            )
            for e in ledger
        )
    for note in filter(None, (*gathered.notes, gathering.doubtful_dates(ledger))):
        warnings.warn(note, InputWarning, stacklevel=2)
    return ReadTexts(tuple(documents), ledger)


def document_rows(documents: Iterable[Document]) -> Iterator[Row]:
    """A row a document: id, kind, source, text, fields."""
    for d in documents:
        fields: Row = {name: getattr(d, name) for name in _FIELDS if getattr(d, name)}
        for name in ("parts", "sections", "voices", "locations", "asides", "repairs", "blanks"):
            if value := getattr(d, name):
                fields[name] = [list(item) for item in value]
        yield {"id": d.id, "kind": d.kind, "source": d.source, "text": d.text, "fields": fields}


def redaction_rows(documents: Iterable[Document]) -> Iterator[Row]:
    """A row a document: id, text, and what was masked, as start and end in the new text, with its kind.

    The kind of "[PERSON 2]" is PERSON: its number only tells people of one document apart.
    """
    for d in documents:
        masks = [{"start": start, "end": end, "kind": unnumbered(kind)} for kind, start, end in d.masks]
        yield {"id": d.id, "text": d.text, "redactions": masks}


def passage_rows(documents: Sequence[Document]) -> Iterator[Row]:
    """A row a passage: id, document, start, end, text, and its heading, voice and place where known."""
    from thememiner import segmenting

    for p in segmenting.segment(documents):
        yield {
            "id": p.id,
            "document": p.document_id,
            "start": p.start,
            "end": p.end,
            "text": p.text,
            "voice": p.voice,
            "heading": p.heading,
            "location": p.location,
        }


def code_rows(documents: Sequence[Document], settings: Settings) -> Iterator[Row]:
    """A row for each document and code: the best passage's score, outcome, where it stands, and why.

    Why: the words of that passage which weighed most for the code, and the codebook's nearest example.

    A coder taught by labelled texts scores a text as it was taught, whole: the passage is the likeliest.
    """
    from thememiner import codebooks, coding, embedding, paragraphs, segmenting

    if not documents:
        return
    book = codebooks.codebook(settings.codebook)
    encoder = embedding.encoder(settings.encoder, settings.precision)
    passages = _english(segmenting.segment(documents))
    coder = coding.ready(book, encoder, coding.load(settings.coder, book) if settings.coder else None)
    best: dict[tuple[str, str], tuple[Membership, Passage]] = {}
    vectors = embedding.embed(passages, encoder)
    texts = {d.id: d.text for d in documents}
    memberships = coding.code(
        passages,
        coding.in_context(passages, vectors, texts),
        coder,
        assigned=settings.assigned,
        weak=settings.weak,
        every=True,
        beside=paragraphs.beside(passages, texts),
    )
    by_id = {p.id: p for p in passages}
    for m in memberships:
        passage = by_id[m.passage_id]
        key = (passage.document_id, m.theme_id)
        if key not in best or m.score > best[key][0].score:
            best[key] = (m, passage)
    whole = _as_taught(documents, coder, encoder, settings)
    explainer = coding.Explainer(coder, book, encoder)
    at = {p.id: i for i, p in enumerate(passages)}
    for document in documents:
        for code in book.codes:
            row: Row = {
                "id": document.id,
                "code_id": code.id,
                "score": 0.0,
                "outcome": "no",
                "start": "",
                "end": "",
                "words": "",
                "nearest_example": "",
            }
            if found := best.get((document.id, code.id)):
                membership, passage = found
                said = whole.get((document.id, code.id), membership)
                row |= {"score": said.score, "outcome": said.outcome}
                row |= {"start": passage.start, "end": passage.end}
                if said.outcome != "no":
                    why = explainer.reasons(passage.text, vectors.vectors[at[passage.id]], code.id)
                    row["words"] = "; ".join(word for word, _ in why.words)
                    row["nearest_example"] = next((text for text, _ in why.examples), "")
            yield row


def _as_taught(
    documents: Sequence[Document], coder: Coder, encoder: embedding.Encoder, settings: Settings
) -> dict[tuple[str, str], Membership]:
    """What a coder says of whole texts, by document and code, where it has learnt from whole texts."""
    from thememiner import coding, embedding

    if not coder.origin.labelled:
        return {}
    texts = _whole(documents)
    vectors = embedding.embed(texts, encoder)
    said = coding.code(texts, vectors, coder, assigned=settings.assigned, weak=settings.weak, every=True)
    home = {p.id: p.document_id for p in texts}
    return {(home[m.passage_id], m.theme_id): m for m in said}


def choice_rows(documents: Sequence[Document], settings: Settings, number: int) -> Iterator[Row]:
    """A row for each of the texts to label next, most telling first: id, text, and an empty cell a code.

    Once a person has filled in the cells, `teaching.teach` reads the rows as they are.
    """
    from thememiner import codebooks, coding, embedding

    book = codebooks.codebook(settings.codebook)
    encoder = embedding.encoder(settings.encoder, settings.precision)
    coder = coding.ready(book, encoder, coding.load(settings.coder, book) if settings.coder else None)
    texts = _whole(documents)
    vectors = embedding.embed(texts, encoder).vectors
    for at in coding.choose([p.text for p in texts], vectors, coder, number):
        yield {"id": texts[at].document_id, "text": texts[at].text} | {code.id: "" for code in book.codes}


def theme_rows(documents: Sequence[Document], settings: Settings, unit: str = "document") -> Iterator[Row]:
    """A row for each document and discovered theme, strongest first; theme_id empty where there is none.

    `wider_theme` names what a theme is a part of with others, where there is such a thing. `stability` is how
    often the theme's members are found together again, 0 to 1.
    """
    from thememiner import discovering, embedding

    if not documents:
        return
    units = _english(_whole(documents) if unit == "document" else _free_passages(documents))
    if note := discovering.caution(len(units)):
        warnings.warn(note, InputWarning, stacklevel=2)
    encoder = embedding.encoder(settings.encoder, settings.precision)
    themes, members = discover(units, encoder, settings, unit)
    known = {t.id: (t.name, t.wider, t.stability) for t in themes}
    home = {p.id: p.document_id for p in units}
    strongest: dict[tuple[str, str], float] = {}
    for m in members:
        key = (home[m.passage_id], m.theme_id)
        strongest[key] = max(strongest.get(key, 0.0), m.score)
    held: dict[str, list[tuple[float, str]]] = {}
    for (document_id, theme_id), strength in strongest.items():
        held.setdefault(document_id, []).append((-strength, theme_id))
    for document in documents:
        for strength, theme_id in sorted(held.get(document.id, [])) or [(0.0, "")]:
            name, wider, stability = known.get(theme_id, ("", "", None))
            yield {
                "id": document.id,
                "theme_id": theme_id,
                "theme_name": name,
                "wider_theme": wider,
                "strength": -strength or 0.0,
                "stability": stability,
            }


def discover(
    passages: Sequence[Passage], encoder: embedding.Encoder, settings: Settings, unit: str = "document"
) -> tuple[list[Theme], list[Membership]]:
    """Return the themes among passages (equal texts clustered once) and who belongs to them.

    Where each is a whole document (`unit`), all that is there is parted into themes. A sentence alone often
    says too little: of passages only those themes are told that are found again when documents are drawn
    anew.
    """
    from thememiner import discovering, embedding, labelling

    rows: dict[str, list[Passage]] = {}
    for passage in passages:
        rows.setdefault(passage.text, []).append(passage)
    heads = [min(rows[text], key=lambda p: p.id) for text in sorted(rows, key=embedding.digest)]
    vectors = embedding.embed(heads, encoder).vectors
    smallest, seed = settings.smallest_theme, settings.seed
    if unit == "document":
        clustering = discovering.cluster(vectors, smallest=smallest, seed=seed)
        about = 0.0
    else:
        homes = [head.document_id for head in heads]
        clustering = discovering.persistent(vectors, homes, smallest=smallest, seed=seed)
        about = labelling.ABOUT
    themes, members = labelling.label(heads, clustering, vectors, encoder.encode, about=about)
    text_of = {head.id: head.text for head in heads}
    return themes, [replace(m, passage_id=p.id) for m in members for p in rows[text_of[m.passage_id]]]


def _english(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that are English; of the rest a warning says how many a person has to read."""
    from thememiner import languages

    kept, foreign = languages.set_aside(passages)
    if foreign:
        places = ", ".join(sorted({p.document_id for p in foreign})[:5])
        warnings.warn(
            f"{len(foreign)} of {len(passages)} passages are not in English: not coded, for a person to read "
            f"(first in {places}).",
            InputWarning,
            stacklevel=3,
        )
    return kept


def _whole(documents: Iterable[Document]) -> list[Passage]:
    return [
        Passage(f"{d.id}:0-{len(d.text)}", d.id, 0, len(d.text), d.text, d.kind)
        for d in documents
        if d.text.strip()
    ]


def _free_passages(documents: Sequence[Document]) -> list[Passage]:
    from thememiner import linking, segmenting

    passages = segmenting.segment(documents)
    out = {m.passage_id for m in linking.link(documents, passages) if m.sort == "boilerplate"}
    return [p for p in passages if p.id not in out]
