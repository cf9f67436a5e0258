"""Which documents of a kind are in nearly the same words, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from thememiner.linking.events import (
    EVENT_WORDS,
    SAME_NIGHT,
    SAME_NIGHT_WITHIN,
    Telling,
    difference,
    telling,
)
from thememiner.linking.resembling import Likeness, resemble
from thememiner.linking.versions import Version, newer, same_title, version_of
from thememiner.records import KINDS, Document, Link

# A comment of fewer words is like another by chance; twelve in a row alike are copied.
_COMMENT_WORDS = 12
# Wording counts as shared from here: half of all runs, or most of the shorter text within the longer.
_SHARED = 0.5
_SHARED_WITHIN = 0.8
# A policy rewritten under its old title keeps at least this much of its headings and stock sentences.
_REWRITTEN = 0.2

# (sort, reason) for a document and one that comes before it, or None when they are not linked.
Judgement = tuple[str, str] | None
_Pair = tuple[int, int, Likeness]


def relate(documents: Iterable[Document]) -> tuple[Link, ...]:
    """Return at most one link for each document: to what it repeats, what supersedes it, or what it shares.

    What is linked to as the original or the newer version is never itself set aside as a repeat.
    """
    by_kind: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_kind[document.kind].append(document)
    links: list[Link] = []
    for kind in KINDS:
        least = _COMMENT_WORDS if kind == "feedback" else EVENT_WORDS
        tellings = [t for t in map(telling, by_kind[kind]) if len(t.words) >= least]
        # The fullest telling first: it is the one that is kept.
        tellings.sort(key=lambda t: (-len(t.words), t.document.id))
        links += _policies(tellings) if kind == "policy" else _tellings(tellings, _JUDGES[kind], kind)
    return tuple(sorted(links, key=lambda link: link.document_id))


def _tellings(
    tellings: Sequence[Telling], judge: Callable[[Telling, Telling, Likeness], Judgement], kind: str
) -> Iterator[Link]:
    """Each telling against those before it that are kept, the likest first."""
    repeated: set[int] = set()
    least = (SAME_NIGHT, SAME_NIGHT_WITHIN) if kind == "incident" else (_SHARED, _SHARED_WITHIN)
    for i, near in _near(tellings, *least):
        shared: Link | None = None
        for j, alike in near:
            if j in repeated or not (judged := judge(tellings[i], tellings[j], alike)):
                continue
            sort, reason = judged
            link = _link(tellings[i], tellings[j], sort, reason, alike)
            if sort == "repeat":
                repeated.add(i)
                shared = link
                break
            shared = shared or link
        if shared:
            yield shared


def _near(
    tellings: Sequence[Telling], jaccard: float, containment: float
) -> Iterator[tuple[int, list[tuple[int, Likeness]]]]:
    """For each telling that has any, the earlier ones in nearly its words, the likest first."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)  # of equal words
    for i, told in enumerate(tellings):
        groups[told.words].append(i)
    texts = list(groups)
    number = {text: n for n, text in enumerate(texts)}
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    found: dict[tuple[int, int], Likeness] = {}
    for alike in resemble(texts, jaccard, containment):
        found[alike.first, alike.second] = found[alike.second, alike.first] = alike
        near[alike.first].append((-alike.jaccard, alike.second))
        near[alike.second].append((-alike.jaccard, alike.first))
    for i, told in enumerate(tellings):
        mine = number[told.words]
        earlier = [(j, Likeness(mine, mine, 1.0, 1.0)) for j in groups[told.words] if j < i]
        for _, other in sorted(near[mine]):
            earlier += [(j, found[mine, other]) for j in groups[texts[other]] if j < i]
        if earlier:
            yield i, earlier


def _event(told: Telling, before: Telling, alike: Likeness) -> Judgement:
    reason = difference(told, before, alike)
    if reason and alike.jaccard < _SHARED and alike.containment < _SHARED_WITHIN:
        return None
    return ("shared", reason) if reason else ("repeat", "the same event told again")


def _voices(told: Telling, before: Telling, _: Likeness) -> Judgement:
    """Accounts and comments: every voice counts, whatever its words."""
    if told.organisation != before.organisation:
        return "shared", "different organisations"
    if told.document.voice != before.document.voice:
        return "shared", "different voices"
    return "shared", "separate documents in nearly the same words"


_JUDGES: dict[str, Callable[[Telling, Telling, Likeness], Judgement]] = {
    "incident": _event,
    "account": _voices,
    "feedback": _voices,
}


def _policies(tellings: Sequence[Telling]) -> Iterator[Link]:
    """Versions of one document, the same document twice, and wording that several bodies share."""
    versions = [version_of(t.document) for t in tellings]
    newest: dict[int, list[_Pair]] = defaultdict(list)  # superseded -> by what
    rest: dict[int, tuple[str, str, _Pair]] = {}
    for i, near in _near(tellings, _SHARED, _REWRITTEN):
        for j, alike in near:
            way, reason = _versions(tellings[i], tellings[j], versions[i], versions[j], alike)
            if way:
                old, new = (j, i) if way > 0 else (i, j)
                newest[old].append((old, new, alike))
                continue
            judged = _copies(tellings[i], tellings[j], alike, reason)
            # A repeat outweighs what is only shared.
            if judged and (i not in rest or (judged[0] == "repeat" and rest[i][0] != "repeat")):
                rest[i] = (*judged, (i, j, alike))
    for old, found in newest.items():
        # Of several newer ones the newest: the one that none of the others supersedes.
        others = {new for _, new, _ in found}
        last = [p for p in found if not others & {n for _, n, _ in newest.get(p[1], ())}] or found
        _, new, alike = min(last, key=lambda p: (-p[2].jaccard, p[1]))
        _, reason = newer(versions[new], versions[old])
        yield _link(tellings[old], tellings[new], "superseded", reason, alike)
    for i, (sort, reason, (_, j, alike)) in rest.items():
        if i not in newest:
            yield _link(tellings[i], tellings[j], sort, reason, alike)


def _versions(a: Telling, b: Telling, here: Version, there: Version, alike: Likeness) -> tuple[int, str]:
    """Which of two is the newer version of the other, as `newer` says; 0 when they are two documents."""
    if a.organisation and b.organisation and a.organisation != b.organisation:
        return 0, "different organisations"
    if a.document.file_sha256 and a.document.file_sha256 == b.document.file_sha256:
        return 0, "parts of one file"
    known = bool(a.organisation and b.organisation)
    if same_title(here, there) and (known or alike.jaccard >= _SHARED):
        return newer(here, there)
    return 0, "no title or version tells them apart"


def _copies(a: Telling, b: Telling, alike: Likeness, reason: str) -> Judgement:
    if alike.jaccard < _SHARED and alike.containment < _SHARED_WITHIN:
        return None
    if a.words == b.words and a.organisation and a.organisation == b.organisation:
        return "repeat", "the same document of one organisation twice"
    return "shared", reason or "nothing says which is the newer"


def _link(told: Telling, of: Telling, sort: str, reason: str, alike: Likeness) -> Link:
    return Link(
        told.document.id,
        of.document.id,
        sort,  # type: ignore[arg-type]
        reason,
        round(alike.jaccard, 4),
        _source(told.document),
        _source(of.document),
    )


def _source(document: Document) -> str:
    return ", ".join(dict.fromkeys(part for part in (document.source, document.locator) if part))
