"""What each kind of source says of a theme, organisation by organisation, in documents."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from thememiner import resources
from thememiner.records import GAPS, Membership, Passage, Rules
from thememiner.tomls import Reader, load

Pair = tuple[Membership, Passage]
Lean = Literal["good", "bad", "both", ""]
LISTS = ("audit", "unknown", "death", "harm", "warned", "unheeded")
# Read by `naming`: where an organisation is named, and which way care goes.
NAMING = (
    "sent_to",
    "received_from",
    "people",
    "place_before",
    "body_before",
    "place_after",
    "generic",
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|half|all)\b",
    re.IGNORECASE,
)
_ABSENT, _UNDONE, _ = GAPS
SURE = 0.5  # the score from which a passage weighs: likelier than not about the theme


@dataclass(frozen=True, slots=True)
class Side:
    """What one kind of source says of one organisation ("" where none is recorded): ids of documents.

    `lean` is which way all of it leans, "" where it says too little. For accounts passages are weighed, since
    an organisation sends few documents; an incident report counts as bad where any of it is, since what was
    done afterwards shows no practice. `telling` is the number of passages of an account that tell the way it
    leans.
    """

    lean: Lean
    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()
    telling: int = 0


@dataclass(frozen=True, slots=True)
class Sides:
    """All that is said of one theme. Each mapping is by organisation.

    `commitments` are passages of policies that commit, `shown` passages that show something good by
    counting (of either none where there are too few: one may be misread), `unknown` those that say that
    nobody knows, `accounts` (document, organisation) in which a person or family tells at length, or gravely,
    of what went wrong; `lacking` is the share of what is bad that says something is not there, of what says
    that or that it was not done. No
    organisation is told from another by a theme that is not `comparable`: it is itself about how places
    differ.
    """

    documents: int
    commitments: tuple[str, ...]
    described: Mapping[str, Side]
    incidents: Mapping[str, Side]
    people: Mapping[str, Side]
    shown: tuple[str, ...]
    unknown: tuple[str, ...]
    accounts: tuple[tuple[str, str], ...]
    lacking: float
    comparable: bool = True


def sides(
    members: Iterable[Pair],
    rules: Rules,
    grave: frozenset[str] = frozenset(),
    told: Mapping[str, str] | None = None,
) -> Sides:
    """Return what is said of a theme by the passages assigned to it.

    `grave` are documents that a person has to read in full: what one of them says against a theme counts as
    an account from `seen` passages on, since one may be misread. `told` is passage id -> the sort of gap
    that it tells of, if of anything wrong (`gaps`).
    """
    held = [(m, p) for m, p in members if m.outcome == "assigned" and m.score >= SURE]
    of: dict[str, list[Pair]] = defaultdict(list)
    for m, p in held:
        of[p.kind].append((m, p))
    shown = tuple(
        p.id for m, p in held if p.kind != "incident" and m.polarity == "positive" and shows(p.text)
    )
    bad = [p for m, p in held if m.polarity in ("negative", "mixed") and p.kind != "policy"]
    committing = tuple(p.id for m, p in of["policy"] if m.modality == "commitment")
    return Sides(
        documents=len({p.document_id for _, p in held}),
        commitments=committing if len(committing) >= rules.seen else (),
        described=_by_organisation(of["account"], rules, _passages),
        incidents=_by_organisation(of["incident"], rules, _any_bad),
        people=_by_organisation(of["feedback"], rules, _documents),
        shown=shown if len(shown) >= rules.seen else (),
        unknown=tuple(p.id for m, p in of["account"] if says("unknown", p.text)),
        accounts=_accounts(of["feedback"], rules, grave),
        lacking=_lacking(bad, told or {}),
    )


def _lacking(bad: Iterable[Passage], told: Mapping[str, str]) -> float:
    """Of what tells of something not there or not done, the share of the first; not known is neither."""
    sorts = [sort for p in bad if (sort := told.get(p.id, _UNDONE)) in (_ABSENT, _UNDONE)]
    return sorts.count(_ABSENT) / max(len(sorts), 1)


def together(said: Mapping[str, Side], rules: Rules, but: frozenset[str] = frozenset()) -> Lean:
    """Which way all organisations lean together, but for those in `but`, by documents; "" of too few."""
    kept = [side for name, side in said.items() if name not in but]
    good = sum(len(side.good - side.bad) for side in kept)
    bad = sum(len(side.bad) for side in kept)
    return lean(good, bad, 0, rules) if good + bad >= rules.enough else ""


def lean(good: int, bad: int, mixed: int, rules: Rules) -> Lean:
    """Which way a number of passages or documents leans; "" where none leans at all."""
    every = good + bad + mixed
    if not every:
        return ""
    if bad + mixed <= rules.doubt * every:
        return "good"
    return "bad" if good <= rules.doubt * every and bad >= mixed else "both"


def shows(text: str) -> bool:
    """Whether a passage shows something by counting: a word of audit or data, and a number."""
    return says("audit", text) and bool(_NUMBER.search(text))


def says(sort: str, text: str) -> bool:
    """Whether a text holds a cue of a list of `corpora/cues/findings.toml`."""
    return bool(_cues()[sort].search(text))


@functools.cache
def _cues() -> dict[str, re.Pattern[str]]:
    path = resources.folder("cues") / "findings.toml"
    top = Reader(load(path), path.name)
    top.only((*LISTS, *NAMING))
    return {sort: re.compile("|".join(top.texts(sort)), re.IGNORECASE) for sort in LISTS}


def _by_organisation(
    pairs: Sequence[Pair], rules: Rules, weigh: Callable[[Sequence[Pair], Rules], Side]
) -> dict[str, Side]:
    of: dict[str, list[Pair]] = defaultdict(list)
    for m, p in pairs:
        of[p.organisation].append((m, p))
    return {name: weigh(of[name], rules) for name in sorted(of)}


def _passages(pairs: Sequence[Pair], rules: Rules) -> Side:
    tones = Counter(m.polarity for m, _ in pairs)
    good, bad = tones["positive"], tones["negative"] + tones["mixed"]
    few = good + bad < rules.enough  # all may be misread
    leaning: Lean = "" if few else lean(good, tones["negative"], tones["mixed"], rules)
    telling = {"good": good, "bad": bad}.get(leaning, 0)
    return Side(leaning, _with(pairs, "positive"), _with(pairs, "negative", "mixed"), telling)


def _any_bad(pairs: Sequence[Pair], rules: Rules) -> Side:
    bad = _with(pairs, "negative", "mixed")
    good = _with(pairs, "positive") - bad
    return Side(lean(len(good), len(bad), 0, rules), good, bad)


def _documents(pairs: Sequence[Pair], rules: Rules) -> Side:
    tones: dict[str, Counter[str]] = defaultdict(Counter)
    for m, p in pairs:
        tones[p.document_id][m.polarity] += 1
    good = frozenset(d for d, t in tones.items() if t["positive"] > t["negative"] + t["mixed"])
    bad = frozenset(d for d, t in tones.items() if t["negative"] > t["positive"])
    mixed = sum(bool(t["mixed"] + t["negative"]) for d, t in tones.items() if d not in good | bad)
    return Side(lean(len(good), len(bad), mixed, rules), good, bad)


def _with(pairs: Iterable[Pair], *tones: str) -> frozenset[str]:
    return frozenset(p.document_id for m, p in pairs if m.polarity in tones)


def _accounts(pairs: Sequence[Pair], rules: Rules, grave: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """(document, organisation) of what somebody tells at length, or gravely, of what went wrong."""
    tones: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for m, p in pairs:
        tones[p.document_id, p.organisation][m.polarity] += 1
    return tuple(
        sorted(
            where
            for where, t in tones.items()
            if t["negative"] > t["positive"]
            and t["negative"] >= (rules.seen if where[0] in grave else rules.told)
        )
    )
