"""Document → Passage: sentences, list items and table cells, cut and never searched for.

    passages = segment(documents)

A mapped step: a passage depends on its own document alone. spaCy's tokens carry the offsets, and the
rules below say which token begins a sentence. Nothing is tidied, so every character that is not white
space lies in exactly one passage, or in an aside (a heading, a page's footer), which is never evidence.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from thememiner.records import Document, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

# A sentence of fewer words says too little alone: it joins its neighbour.
FEWEST_WORDS = 5
# A passage longer than this, in characters, is cut at a clause: no encoder reads further.
LONGEST = 1_000

_Piece = tuple[int, int]


def segment(documents: Iterable[Document]) -> list[Passage]:
    """Passages in the order of the documents and of their text; offsets are of each document's text."""
    return [passage for document in documents for passage in _passages(document)]


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, list item and cell of `text`, before short ones are joined."""
    return [piece for paragraph in _paragraphs(text, 0, len(text)) for piece in _sentences(text, *paragraph)]


def _passages(document: Document) -> Iterator[Passage]:
    text = document.text
    heading = _Labels(document.parts, "")
    section = _Labels(document.sections, "")
    voice = _Labels(document.voices, document.voice)
    location = _Labels(document.locations, "")
    for first, last in _stretches(document):
        for start, end in _pieces(text, first, last):
            yield Passage(
                id=f"{document.id}:{start}-{end}",
                document_id=document.id,
                start=start,
                end=end,
                text=text[start:end],
                kind=document.kind,
                voice=voice.at(start),
                organisation=document.organisation,
                heading=heading.at(start),
                section=section.at(start),
                location=location.at(start),
            )


def _stretches(document: Document) -> Iterator[_Piece]:
    """The text between the bounds that no passage crosses, of parts, form sections and voices; no asides."""
    length = len(document.text)
    bounds = {0, length}
    for _, start, end in (*document.parts, *document.sections, *document.voices, *document.asides):
        bounds |= {min(max(start, 0), length), min(max(end, 0), length)}
    aside = _Labels(document.asides, "")
    for start, end in pairwise(sorted(bounds)):
        if not aside.at(start):
            yield start, end


class _Labels:
    """Which label holds at an offset: of the spans that cover it, the shortest."""

    def __init__(self, spans: Sequence[Span], default: str) -> None:
        self.bounds = sorted({offset for _, start, end in spans for offset in (start, end)})
        self.labels = [default] * (len(self.bounds) + 1)
        places = {offset: place for place, offset in enumerate(self.bounds)}
        for label, start, end in sorted(spans, key=lambda span: span[1] - span[2]):
            for place in range(places[start], places[end]):
                self.labels[place + 1] = label

    def at(self, offset: int) -> str:
        return self.labels[bisect_right(self.bounds, offset)]


# ---------------------------------------------------------------- pieces of a stretch

_WORD = re.compile(r"\w\S*")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*|\x00")


def _pieces(text: str, first: int, last: int) -> Iterator[_Piece]:
    whole = _trimmed(text, first, last)
    if whole is None:
        return
    if not _enough_words(text, *whole):
        yield from _shortened(text, *whole)
        return
    for paragraph in _paragraphs(text, first, last):
        for start, end in _joined(text, _sentences(text, *paragraph)):
            yield from _shortened(text, start, end)


def _paragraphs(text: str, first: int, last: int) -> Iterator[_Piece]:
    start = first
    for match in _PARAGRAPH_END.finditer(text, first, last):
        piece = _trimmed(text, start, match.start())
        if piece:
            yield piece
        start = match.end() if match[0] != "\x00" else match.start()
    piece = _trimmed(text, start, last)
    if piece:
        yield piece


def _trimmed(text: str, start: int, end: int) -> _Piece | None:
    """The stretch without its outer white space, or None when nothing is left."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    right = len(inner.rstrip())
    return (start + left, start + right) if left < right else None


def _enough_words(text: str, start: int, end: int) -> bool:
    return (
        sum(1 for _ in zip(_WORD.finditer(text, start, end), range(FEWEST_WORDS), strict=False))
        == FEWEST_WORDS
    )


def _joined(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces of one paragraph, those of too few words joined to the next or, at its end, the last."""
    joined: list[_Piece] = []
    waiting: int | None = None
    for start, end in pieces:
        begin = start if waiting is None else waiting
        if _enough_words(text, start, end) or _enough_words(text, begin, end):
            joined.append((begin, end))
            waiting = None
        else:
            waiting = begin
    if waiting is not None:
        end = pieces[-1][1]
        if joined:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((waiting, end))
    return joined


_CLAUSES = (
    re.compile(r";\s+"),
    re.compile(r"(?<!\d),\s+|:\s+|\s[\-–—]\s+"),
    re.compile(r"(?<!\d)\s+"),
    re.compile(r"\s+"),
)


def _shortened(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The piece, cut into even parts of at most `LONGEST` characters, each cut at the nearest clause."""
    while end - start > LONGEST:
        parts = math.ceil((end - start) / LONGEST)
        aim = start + (end - start) // parts
        # Leave room on both sides, so that neither part is a fragment.
        low, high = start + LONGEST // 4, min(start + LONGEST, end - 1)
        cut = next(
            (
                min(places, key=lambda place: (abs(place - aim), place))
                for clause in _CLAUSES
                if (places := [match.end() for match in clause.finditer(text, low, high)])
            ),
            aim,
        )
        piece = _trimmed(text, start, cut)
        if piece:
            yield piece
        start = cut
    piece = _trimmed(text, start, end)
    if piece:
        yield piece


# ---------------------------------------------------------------- sentences of a paragraph


# Where a sentence, an item or a cell can end: without one of these a paragraph is one sentence.
_MAY_END = re.compile(r"[.?!…。．？！]['\"’”)\]]*\s*\S|[.?!…][A-Z]|[\n\t|•●▪◦‣⁃∙·]|\d\)|[a-z]\)|\*\*")


def _sentences(text: str, start: int, end: int) -> list[_Piece]:
    paragraph = text[start:end]
    if not _MAY_END.search(paragraph):
        return [(start, end)]
    tokens = _pipeline()(paragraph)
    # `tokens.sents` says the same, but asks every token first whether anything was set.
    begun = (tokens.to_array("SENT_START") == 1).nonzero()[0].tolist()
    bounds = [start, *(start + tokens[at].idx for at in begun if at), end]
    pieces = (_trimmed(text, first, last) for first, last in pairwise(bounds))
    return [piece for piece in pieces if piece]


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    """The English tokeniser of spaCy, which needs no weights, with the rules of this module behind it."""
    import spacy
    from spacy.language import Language

    if not Language.has_factory(_COMPONENT):
        Language.component(_COMPONENT, func=_begin_sentences)
    pipeline = spacy.blank("en")
    pipeline.add_pipe(_COMPONENT)
    pipeline.max_length = 10**9  # a paragraph may be long; nothing here grows faster than its length
    return pipeline


_COMPONENT = "thememiner_sentences"


def _begin_sentences(doc: Doc) -> Doc:
    """The document with its sentence starts set."""
    # Setting `is_sent_start` token by token asks all tokens each time: quadratic.
    starts = [0] * len(doc)
    for at in _starts(doc):
        if at < len(doc):
            starts[at] = 1
    import numpy as np

    column: Any = np.array(starts, dtype="uint64").reshape(-1, 1)
    return doc.from_array(["SENT_START"], column)


def _starts(doc: Doc) -> set[int]:
    tokens = _Tokens(doc)
    items = _items(tokens)
    starts = _after_stops(tokens, items)
    starts |= items
    starts |= _after_lines(tokens)
    starts |= {tokens.at_offset(match.end()) for match in _NOTE.finditer(tokens.source)}
    return starts


class _Tokens:
    """A document's tokens as plain lists, which are faster to walk than spaCy's own objects."""

    def __init__(self, doc: Doc) -> None:
        columns: list[list[int]] = doc.to_array(["ORTH", "SPACY"]).tolist()
        strings = doc.vocab.strings
        self.texts: list[str] = [strings[orth] for orth, _ in columns]
        self.ends: list[int] = []
        self.starts: list[int] = []
        start = 0
        for word, (_, space) in zip(self.texts, columns, strict=True):
            self.starts.append(start)
            end = start + len(word)
            self.ends.append(end)
            start = end + space
        # `doc.text` walks the tokens again, which takes as long as all the rest.
        self.source = "".join(
            [word + " " if space else word for word, (_, space) in zip(self.texts, columns, strict=True)]
        )

    def __len__(self) -> int:
        return len(self.texts)

    def glued(self, at: int) -> bool:
        """Whether token `at` follows the one before it with nothing between."""
        return at > 0 and self.starts[at] == self.ends[at - 1] and not self.texts[at - 1].isspace()

    def at_offset(self, offset: int) -> int:
        """The first token that starts at `offset` or later."""
        return bisect_right(self.starts, offset - 1)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_STOPS = frozenset(".?!…。．？！")
_CLOSERS = frozenset("'\"’”)]}»") | {"''", "*", "**"}
_OPENERS = frozenset("\"'“‘([{«-–—*") | {"``", "--"}

# Abbreviations after which a sentence goes on, whatever follows.
_NEVER_LAST = _words(
    """mr mrs ms mx dr prof rev revd fr sr st mt sgt capt col gen lt maj cllr hon insp supt cmdr messrs drs
    ft e.g eg i.e ie viz vs v cf approx ca esp incl excl resp. fig figs para paras ch sect art vol ed eds
    pp dept nos ref refs tel ext consult sen rep gov pres"""
)
# Those that go on before a figure, and end before anything else: "No. 5", "p. 12", "Sec. 4".
_BEFORE_FIGURES = _words(
    """no p sec jan feb mar apr jun jul aug sep sept oct nov dec para bed rm s ss reg regs rs mon tue tues
    wed thur thurs fri"""
)
# Those that end a sentence only before a word that begins one: "at 6 p.m. The ward ...".
_SOMETIMES_LAST = _words(
    """a.m p.m am pm etc inc ltd co corp plc jr sr bros u.s u.k e.u u.s.a u.n ph.d b.d t.d.s q.d.s o.d p.r.n
    p.o i.v i.m s.c n.b d.o.b a.k.a b.i.d t.i.d q.i.d hrs hr wks wk yrs yr mins secs mg ml mcg kg cm mm lb
    oz min max temp hosp amb appt pt pts tab tabs cap caps inj med meds dob obs sats al ave rd blvd sq"""
)
# Words that begin sentences, for the doubtful cases above.
_BEGINNERS = _words(
    """the a an this that these those there here it its he she they we i you his her their our my your who
    what when where why how which did do does is are was were has have had can could would should will may
    might must in on at by for from with as if after before during since while although though however
    because but and so then also no not all some many most each every one two both please thank thanks
    staff patients patient millions travelers travellers yes let's i'm it's he's she's we're they're i've
    i'll nobody everyone"""
)
_SHORT_WORDS = _words("""is it me us to do go so he we up in on be my by of at as if ok gp""")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_]")


_FACE = re.compile(r"[:;=]['\-^]?[)(\]\[DPpOo3/\\|*]+|[☹☺🙂-🙏👍👏❤️💙]+|xx+|<3|\^_\^|XX+")
# A note's figure stands behind the stop: "of harm.[7] The", "of harm.12 The".
_NOTE = re.compile(r"[a-z)]\.(?:(?:\[\d{1,3}\])+|\d{1,3}(?:[, –-]+\d{1,3})*)\s+(?=[A-Z])")


def _after_stops(tokens: _Tokens, items: set[int]) -> set[int]:
    """Tokens that begin a sentence because a stop ended the one before."""
    starts: set[int] = set()
    texts, size = tokens.texts, len(tokens)
    began = at = 0
    while at < size:
        word = texts[at]
        if word[-1] not in _STOPS:
            at += 1
            continue
        after = at + 1
        while (
            after < size
            and (texts[after][-1] in _STOPS or texts[after] in _CLOSERS)
            and (tokens.glued(after) or texts[after] in {".", "?", "!"})
        ):
            after += 1
        following = _skip_spaces(texts, after)
        while following < size and _FACE.fullmatch(texts[following]):
            # A face stands behind the stop and belongs to what it comments on.
            after = following + 1
            following = _skip_spaces(texts, after)
        if following >= size:
            break
        began = max((began, *(item for item in (at - 2, at - 1, at) if item in items)))
        if _ends(tokens, began, at, after, following, marked=began in items):
            starts.add(following)
            began = following
        at = max(after, at + 1)
    return starts


def _skip_spaces(texts: Sequence[str], at: int) -> int:
    while at < len(texts) and texts[at].isspace():
        at += 1
    return at


def _ends(tokens: _Tokens, began: int, at: int, after: int, following: int, *, marked: bool) -> bool:
    """Whether the stop at `at` ends its sentence; `after` is behind its quotes and brackets."""
    texts = tokens.texts
    if marked and at - began < 3 and not any(word.isalpha() and len(word) > 1 for word in texts[began:at]):
        # The stop of a marker: "2. Check", "(b). Check".
        return False
    follower = texts[following]
    cluster = "".join(texts[at:after])
    closed = any(character in "'\"’”)]" for character in cluster[1:])
    if follower in {",", ";", ":", ")", "]", "%"}:
        return False
    if tokens.glued(after) and after == following:
        return _ends_glued(tokens, at, after)
    lead = follower
    step = following
    while lead in _OPENERS and step + 1 < len(texts):
        step += 1
        lead = texts[step]
    lower = lead[:1].islower()
    if follower in {"-", "–", "—", "--"} and lower:
        return False
    if any(character in "?!？！" for character in cluster):
        return not (lower and closed)
    if "…" in cluster or ".." in cluster:
        return not lower and lead[:1].isalnum()
    if lower and closed:
        return False
    return _ends_after_word(tokens, began, at, lead)


def _ends_glued(tokens: _Tokens, at: int, after: int) -> bool:
    """Whether a stop with no space behind it ends a sentence: "world.Today" has whole words on both sides."""
    texts = tokens.texts
    before = texts[at - 1] if at else ""
    if ".." in texts[at] or texts[at] == "…":
        return len(texts[after]) > 1 and texts[after][0].isupper() and not texts[after].isupper()
    return (
        texts[at] in {".", "?", "!"}
        and tokens.glued(at)
        and len(before) > 2
        and before.isalpha()
        and texts[after][:1].isupper()
        and (len(texts[after]) > 1 or texts[after] in {"I", "A"})
        and before.lower() not in _NEVER_LAST
    )


def _ends_after_word(tokens: _Tokens, began: int, at: int, lead: str) -> bool:
    """Whether a full stop ends a sentence, told by the word it follows and the word that comes next."""
    texts = tokens.texts
    word = texts[at]
    own = word.rstrip(".")
    first = at
    if not own:
        first = at - 1
        if first < 0 or not tokens.glued(at):
            return True
        own = texts[first]
    lower = own.lower()
    begins = lead.lower() in _BEGINNERS and not lead[:1].islower()
    if lower in _NEVER_LAST:
        return False
    if lower in _BEFORE_FIGURES:
        return not lead[:1].isdigit() and not (len(own) > 2 and lead[:1].islower() and own[0].isupper())
    if lower in _SOMETIMES_LAST or _ACRONYM.fullmatch(own):
        return begins or (lower in {"etc", "am", "pm", "mg", "ml", "hrs", "mins"} and not lead[:1].islower())
    if first <= began + 1 and (own.isdigit() or len(own) == 1) and first - began <= 1:
        # A marker at the start of an item: "1. Check", "A. His name".
        return False
    if _INITIAL.fullmatch(own) and own.isupper():
        return begins and lead.lower() not in {"may", "will", "a", "i"}
    if own.isdigit() and lead[:1].islower():
        return False
    if lead[:1].islower():
        # People write without capitals; a short unknown word before the stop may be an abbreviation.
        return len(own) > 2 or lower in _SHORT_WORDS
    return True


_BULLET = re.compile(
    r"(?:^|(?<=\s))[•●▪◦‣⁃∙·■□✓✔➢►](?=\s?\S)|(?:^|(?<=\n))[^\S\n]*(?P<dash>[\-–—*o])\s+(?=\S)"
)
_MARKER_END = re.compile(r"[.)](?=\s+\S)")
_MARKER = re.compile(
    r"(?:^|\s)(?P<mark>(?P<open>\(?)(?P<value>\d{1,3}|[a-z]|[A-Z]|[ivx]{2,5}|[IVX]{2,5})(?P<close>\.\)|[.)]))$"
)
# The longest marker: a bracket, five letters, a stop and a bracket, after a space.
_MARKER_REACH = 9
_LINE_MARKER = re.compile(
    r"[^\S\n]*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]+|\d{1,3}(?:\.\d{1,3})+|[•●▪◦‣⁃∙·■□✓✔➢►\-–—*o])\s+\S|[•●▪◦‣⁃]"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def _items(tokens: _Tokens) -> set[int]:
    """Tokens that begin a list item inside a line: bullets, and markers that count on from the last."""
    starts: set[int] = set()
    source = tokens.source
    for match in _BULLET.finditer(source):
        starts.add(tokens.at_offset(match.start("dash") if match["dash"] else match.start()))
    counts: dict[tuple[str, str, str], int] = {}
    for end in _MARKER_END.finditer(source):
        # Stops are few: each is looked back from, rather than every word tried as a marker.
        first = max(0, end.end() - _MARKER_REACH)
        marker = _MARKER.search(source[first : end.end()])
        if marker is None or (first and not marker.start() and not marker[0][0].isspace()):
            continue
        start = first + marker.start("mark")
        value = marker["value"]
        begins = _begins_line_or_sentence(source, start)
        for style, number in _numbers(value):
            key = (marker["open"], marker["close"], style)
            if (counts.get(key) == number - 1 and number > 1) or (number == 1 and begins):
                counts[key] = number
                starts.add(tokens.at_offset(start))
    return starts


def _numbers(value: str) -> Iterator[tuple[str, int]]:
    """What a marker can count as: "i" is a letter and a Roman figure."""
    if value.isdigit():
        yield "figure", int(value)
        return
    case = "upper" if value.isupper() else "lower"
    if len(value) == 1:
        yield f"{case} letter", ord(value.lower()) - ord("a") + 1
    if value.lower() in _ROMAN:
        yield f"{case} roman", _ROMAN[value.lower()]


def _begins_line_or_sentence(source: str, offset: int) -> bool:
    while offset and source[offset - 1] in " \t":
        offset -= 1
    return not offset or source[offset - 1] in "\n.:;?!"


# A line ends its passage, where no mark does, if it is this much shorter than the longest of its paragraph.
_SHORT_LINE = 0.6


def _after_lines(tokens: _Tokens) -> set[int]:
    """Tokens that begin a passage because a line, or a cell of a table, ended before them."""
    source = tokens.source
    starts: set[int] = set()
    for match in re.finditer(r"\t+|\s\|\s", source):
        starts.add(tokens.at_offset(match.end()))
    if "\n" not in source:
        return starts
    lines = source.split("\n")
    longest = max(map(len, lines))
    offset = 0
    for line, following in pairwise(lines):
        offset += len(line) + 1
        if _line_ends(line, following, longest):
            starts.add(tokens.at_offset(offset + len(following) - len(following.lstrip())))
    return starts


def _line_ends(line: str, following: str, longest: int) -> bool:
    if _LINE_MARKER.match(following):
        return True
    lead = following.lstrip()[:1]
    if not lead or lead.islower():
        return False
    if _LINE_MARKER.match(line) and line.rstrip()[-1:] != ",":
        return len(line) < longest * 0.9 or line.rstrip()[-1:] in ".;:?!"
    return len(line.rstrip()) < longest * _SHORT_LINE and line.rstrip()[-1:] not in ",-"
