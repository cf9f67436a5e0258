"""How hard our own sentences are to read: the grade of Flesch and Kincaid, and the age that goes with it.

Source: Kincaid, Fishburne, Rogers & Chissom 1975, Derivation of new readability formulas, Naval Technical
Training Command, Research Branch Report 8-75. Syllables are told by rule: no list of words comes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from thememiner.records import Report
from thememiner.reports import wording

_WORD = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*")
_SENTENCE = re.compile(r"[.!?]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are two syllables, and a letter e that is none.
_SPLIT = re.compile(
    r"(?:[aeiou]ing|io(?!us|n)|(?<!q)uo|eo(?!us|p)|ua(?!r|l)|ien[ct]|[vtwr]iew(?=er)|ria|rea\b|dea\b|coo(?=rd)|[aeo]ism\b)"
)
_SILENT = re.compile(
    r"(?:[^aeiouyl]e|[aeiouy]le|[^aeioutdy]ed|[^aeiouyscxzgh]es)\b|[^aeiouy]e(?=(?:ly|ments?|ful|less)\b)"
)
_FIRST = 5  # years old in the first grade, less one


def statement(report: Report) -> str:
    """A sentence on the sentences of a report that are ours; "" where there is none."""
    found = grade(_ours(report))
    if found is None:
        return ""
    return wording.READABILITY.format(grade=f"{found:.0f}", age=f"{found + _FIRST:.0f}")


def grade(texts: Iterable[str]) -> float | None:
    """The grade of school that texts ask for: 0.39 words a sentence + 11.8 syllables a word - 15.59.

    Never under 0; None where there is no word.
    """
    sentences = [words for text in texts for part in _SENTENCE.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    return max(
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59, 0.0
    )


def syllables(word: str) -> int:
    """How many syllables a word has, by rule; a short form in capitals is said letter by letter."""
    if word.isupper() and len(word) > 1:
        return len(word)
    small = word.lower()
    count = len(_VOWELS.findall(small)) + len(_SPLIT.findall(small)) - len(_SILENT.findall(small))
    return max(count, 1)


def _ours(report: Report) -> Iterator[str]:
    """Our own sentences: drafted, or the same in every report. No quote is among them."""
    yield from (finding.statement for finding in report.findings if not finding.changed)
    yield from (section.statement for section in report.sections)
    yield from wording.STATUS_NOTES
    yield from wording.METHOD
    yield from (wording.MAIN_NOTE, wording.PEOPLE_NOTE, wording.GRID_NOTE, wording.UNKNOWN_NOTE)
    yield from (meaning for _, meaning in wording.GLOSSARY)
