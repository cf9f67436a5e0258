"""Picks the quotes for a theme in a section, and refuses any that is not verbatim.

A quote is `document.text[start:end]` and nothing else. It is picked by how sure it is that it is about the
theme, how often its document speaks of that, how near it is to what the codebook says, and how sure it is
whether it speaks well or badly of it. Voices are balanced, what speaks against the rest is shown, no document
gives a second quote before every other has given one, and people's and families' own words keep their
paragraph where that is short, or is itself about the theme.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from thememiner.embedding import digest
from thememiner.errors import VerificationError
from thememiner.records import REPAIRS, Document, Evidence, Membership, Modality, Passage
from thememiner.wording import question, tokens

# Below this no quote is printed: it should be likelier than not that a passage is about its theme.
LEAST = 0.5
SAME_VOICE = 3  # quotes of one kind and voice: more of the same show nothing new
_PARAGRAPH = 400  # characters: a longer paragraph is quoted by its passage,
_ACCOUNT = 2000  # unless this many characters at most hold
_TOLD = 3  # passages or more about the theme: then it is an account of it, and is quoted whole
_TELLING = ("positive", "negative", "mixed", "commitment")  # what is neutral, or describes, tells less
_SAID: tuple[Modality, ...] = ("commitment", "description")
_BEST_WORDS = (8, 60)  # quotes this long read best
# A sentence that begins so, and not its document, says only beside the one before it who or what it is about.
_LEANING = re.compile(
    r"\W*(?:"
    r"(?:this|that|these|those|it|its|they|their|them|he|his|she|her|such|both|neither|either|so|thus|hence|"
    r"therefore|however|furthermore|moreover|nevertheless|nonetheless|consequently|accordingly|instead|"
    r"otherwise|likewise|similarly|also|additionally|conversely|meanwhile|then|thereafter|afterwards|firstly|"
    r"secondly|thirdly|fourthly|lastly|finally|but|and|or|nor|yet)\b|"
    r"(?:as|in|by|for|on) (?:this|that|these|those|such|a result|addition|contrast|turn|response|consequence|"
    r"way of example|the other hand)\b|"
    r"the (?:above|former|latter|same)\b)",
    re.IGNORECASE,
)


def pick(
    section_id: str,
    theme_id: str,
    members: Iterable[tuple[Membership, Passage]],
    documents: Mapping[str, Document],
    most: int,
    fits: Mapping[str, float] | None = None,
) -> list[Evidence]:
    """Return at most `most` excerpts, people and families first, then by kind and polarity in turn.

    `fits` is how well each passage shows the theme, 0 to 1, by passage id: how near it is to what the
    codebook says of it, and how sure it is whether it speaks well or badly of it.
    """
    members = list(members)
    about: dict[str, list[Passage]] = {}
    for _, passage in members:
        about.setdefault(passage.document_id, []).append(passage)
    fits = fits or {}
    near: dict[str, float] = {}
    kinds: dict[tuple[int, str], dict[str, list[Evidence]]] = {}
    for membership, passage in members:
        whole = passage.kind == "feedback"
        same = about[passage.document_id] if whole else ()
        excerpt = cut(section_id, theme_id, membership, passage, documents[passage.document_id], same)
        if membership.score < LEAST:
            continue
        fit = sureness(membership.score, len(about[passage.document_id])) * max(fits.get(passage.id, 1.0), 0)
        near[excerpt.id] = max(near.get(excerpt.id, 0.0), fit)
        kinds.setdefault((_rank(excerpt), excerpt.kind), {}).setdefault(excerpt.polarity, []).append(excerpt)
    order = functools.partial(_order, near)
    queues = [_in_turn(kind, _whole(tones), order) for (_, kind), tones in sorted(kinds.items())]
    picked: dict[str, Evidence] = {}
    said: set[str] = set()
    heard: Counter[tuple[str, str]] = Counter()
    for row in zip_longest(*queues):
        for excerpt in row:
            if excerpt is None or excerpt.id in picked or len(picked) >= most:
                continue
            words, speaker = " ".join(tokens(excerpt.quote)), (excerpt.kind, excerpt.voice)
            if words not in said and heard[speaker] < SAME_VOICE:
                said.add(words)
                heard[speaker] += 1
                picked[excerpt.id] = excerpt
    kept = sorted(picked.values(), key=lambda e: (_rank(e), e.kind, e.polarity, order(e)))
    return [replace(e, repairs=repairs(documents[e.document_id], e.start, e.end)) for e in kept]


def sureness(score: float, told: int) -> float:
    """How sure it is that a passage is about a theme, of whose passages its document holds `told`.

    The only one of its document is often there by chance: it counts two thirds, one of many nearly whole, by
    Laplace's rule of succession.
    """
    return score * (told + 1) / (told + 2)


def cut(
    section_id: str,
    theme_id: str,
    membership: Membership,
    passage: Passage,
    document: Document,
    same: Sequence[Passage] = (),
) -> Evidence:
    """One excerpt, cut from the document's text; raises `VerificationError` if the passage is not there.

    `same` are the document's passages about the theme: they say how much of a comment belongs to it.
    """
    if document.text[passage.start : passage.end] != passage.text or passage.document_id != document.id:
        raise VerificationError(f"passage {passage.id} is not in its document: it is not quoted")
    start, end = (passage.start, passage.end)
    if passage.kind == "feedback":
        start, end = paragraph(document, passage, same)
    quote = document.text[start:end]
    return Evidence(
        id=f"{section_id}|{theme_id}|{document.id}:{start}-{end}",
        section_id=section_id,
        theme_id=theme_id,
        document_id=document.id,
        kind=passage.kind,
        voice=passage.voice,
        organisation=passage.organisation,
        polarity=membership.polarity,
        start=start,
        end=end,
        quote=quote,
        sha256=digest(quote),
        modality=membership.modality,
        strength=membership.score,
        location=passage.location or document.locator,
        answers=question(passage.kind, passage.heading),
    )


def repairs(document: Document, start: int, end: int) -> tuple[str, ...]:
    """The sorts of repair (`REPAIRS`) by which words of `document.text[start:end]` differ from the source."""
    inside = {
        sort
        for sort, first, last in document.repairs
        # What was taken out between two letters is only in a stretch that has both.
        if min(end, last) - max(start, first) >= min(2, last - first)
    }
    return tuple(sort for sort in REPAIRS if sort in inside)


def paragraph(document: Document, passage: Passage, same: Iterable[Passage] = ()) -> tuple[int, int]:
    """The paragraph a passage stands in, if it is short or an account of the theme; else the passage."""
    start = document.text.rfind("\n\n", 0, passage.start)
    start = 0 if start < 0 else start + 2
    end = document.text.find("\n\n", passage.end)
    end = len(document.text) if end < 0 else end
    # A speaker, a number or a heading is no part of what is said, and ends what was said before.
    start = max([start, *(after for _, _, after in document.asides if after <= passage.start)])
    end = min([end, *(before for _, before, _ in document.asides if before >= passage.end)])
    end = max(passage.end, start + len(document.text[start:end].rstrip()))
    told = sum(start <= p.start and p.end <= end for p in same) >= _TOLD
    if end - start > (_ACCOUNT if told else _PARAGRAPH) or not document.text[start:end].strip():
        return passage.start, passage.end
    return start, end


def _in_turn(
    kind: str,
    tones: Mapping[str, list[Evidence]],
    order: Callable[[Evidence], tuple[bool, bool, bool, float, str]],
) -> list[Evidence]:
    """One kind's excerpts: one of how most speak, one against it, another of how most speak, and the rest.

    What a policy says is neither good nor bad: what it commits to takes turns with what it describes.
    """
    if kind == "policy":
        every = [excerpt for group in tones.values() for excerpt in group]
        tones = {said: of for said in _SAID if (of := [e for e in every if e.modality == said])}
    first, *others = [
        _spread(sorted(group, key=order)) for _, group in sorted(tones.items(), key=_telling_and_most_first)
    ]
    turns = zip_longest(first[::2], *others[:1], first[1::2], *others[1:])
    return [excerpt for row in turns for excerpt in row if excerpt is not None]


def _telling_and_most_first(tone: tuple[str, list[Evidence]]) -> tuple[bool, int, str]:
    return tone[0] not in _TELLING, -len(tone[1]), tone[0]


def _rank(excerpt: Evidence) -> int:
    return 0 if excerpt.kind == "feedback" else 1


def _order(near: Mapping[str, float], excerpt: Evidence) -> tuple[bool, bool, bool, float, str]:
    """Whole sentences first; of a policy what it commits to; what reads well alone; the surest; by digest."""
    words = len(excerpt.quote.split())
    described = excerpt.kind == "policy" and excerpt.modality == "description"
    leaning = excerpt.start > 0 and excerpt.kind != "feedback" and _LEANING.match(excerpt.quote) is not None
    long = words > _BEST_WORDS[1] and excerpt.kind != "feedback"  # people's accounts are never too long
    unread = words < _BEST_WORDS[0] or long or leaning
    return (_broken(excerpt), described, unread, -round(near[excerpt.id], 2), excerpt.sha256)


def _broken(excerpt: Evidence) -> bool:
    """Whether a quote from an organisation's own paper begins or ends in the middle of a sentence.

    Lines of a page that were set apart are passages too. People and incident reports write as they write.
    """
    first, last = excerpt.quote[:1], excerpt.quote.rstrip("”’\"')]")[-1:]
    return excerpt.kind in ("policy", "account") and (first.islower() or last not in ".!?:;")


def _whole(tones: Mapping[str, list[Evidence]]) -> Mapping[str, list[Evidence]]:
    """The excerpts that are whole sentences, if any is; else all."""
    whole = {tone: kept for tone, of in tones.items() if (kept := [e for e in of if not _broken(e)])}
    return whole or tones


def _spread(excerpts: list[Evidence]) -> list[Evidence]:
    """One excerpt a document and an organisation before a second of either."""
    seen: dict[str, int] = {}
    turns: list[tuple[int, int]] = []
    for excerpt in excerpts:
        document, organisation = excerpt.document_id, f"organisation {excerpt.organisation}"
        turns.append((seen.get(document, 0), seen.get(organisation, 0) if excerpt.organisation else 0))
        for key in (document, organisation):
            seen[key] = seen.get(key, 0) + 1
    return [e for _, e in sorted(zip(turns, excerpts, strict=True), key=lambda pair: pair[0])]
