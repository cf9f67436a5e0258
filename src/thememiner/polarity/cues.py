"""The words that a reader would point at: cues from a TOML file, met by spaCy's matchers.

A rule is a table of phrases and of patterns of spaCy's Matcher (https://spacy.io/api/matcher); the shipped
rules are in `corpora/cues/polarity.toml`, where each says what it means.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from thememiner import resources
from thememiner.errors import TomlError
from thememiner.records import POLARITIES, Polarity
from thememiner.tomls import Reader, load

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULES = (
    "commitment",
    "shortfall",
    "exception",
    "variation",
    "varying",
    "denial",
    "absence",
    "unfunded",
    "unproven",
    "praise",
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue where it stands in a text: `text[start:end]`, by which rule."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule's cues speak for, of a wanted and an unwanted theme, and by how much; None if nothing."""

    name: str
    wanted: Polarity | None
    unwanted: Polarity | None
    odds: float


class Cues:
    """Rules read from a TOML file. Raises `TomlError` for what is no rule or no pattern."""

    def __init__(self, path: Path) -> None:
        import spacy
        from spacy.matcher import Matcher

        self._nlp = spacy.blank("en")
        self._matcher: Any = Matcher(self._nlp.vocab, validate=True)
        top = Reader(load(path), path.name)
        top.only(RULES)
        self.rules: dict[str, Rule] = {}
        for name in top.table:
            where = f"{path.name}, {name}"
            table = Reader(top.table[name], where)
            table.only(("phrases", "patterns", "wanted", "unwanted", "odds"))
            self.rules[name] = _rule(name, table, where)
            phrases = [[{"LOWER": t.lower_} for t in self._nlp.make_doc(p)] for p in table.texts("phrases")]
            try:
                self._matcher.add(name, [*phrases, *table.table.get("patterns", [])])
            except (TypeError, ValueError) as error:
                reason = str(error).split("\n", 1)[0]
                raise TomlError(f"{where}: not a pattern of spaCy's Matcher: {reason}") from None

    def find(self, text: str) -> tuple[Cue, ...]:
        """The cues of a text, in order of their place."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[tuple[Cue, ...]]:
        """The cues of each text. A curly apostrophe counts as a straight one."""
        return [self._cues(self._nlp.make_doc(_plain(text))) for text in texts]

    def _cues(self, doc: Doc) -> tuple[Cue, ...]:
        met = [
            (self._nlp.vocab.strings[rule], doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
            for rule, start, end in self._matcher(doc)
        ]
        found: list[Cue] = []
        for rule, start, end in sorted(met):
            if found and found[-1].rule == rule and start <= found[-1].end:  # "but not", "not across all"
                found[-1] = Cue(rule, found[-1].start, max(found[-1].end, end))
            else:
                found.append(Cue(rule, start, end))
        return tuple(sorted(found, key=lambda cue: (cue.start, -cue.end, cue.rule)))


def _rule(name: str, table: Reader, where: str) -> Rule:
    def tone(key: str) -> Polarity | None:
        return cast("Polarity", table.choice(key, POLARITIES)) if key in table.table else None

    odds = table.table.get("odds", 1.0)
    if not isinstance(odds, int | float) or isinstance(odds, bool) or odds < 1:
        raise TomlError(f"{where}: 'odds' must be a number of 1 or more, found {odds!r}.")
    return Rule(name, tone("wanted"), tone("unwanted"), float(odds))


def _plain(text: str) -> str:
    """The text with straight apostrophes and in lower case, in which "CAN'T" too is two tokens."""
    lower = text.replace("’", "'").lower()
    return lower if len(lower) == len(text) else text.replace("’", "'")


@functools.cache
def shipped() -> Cues:
    """The shipped cues, read once."""
    return Cues(resources.folder("cues") / "polarity.toml")
