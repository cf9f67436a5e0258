"""Our own wording is in British spelling: sources, documentation, codebooks, templates and cues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# American stems, and those with -ize, which some British houses write: we write -ise.
_STEMS = r"""
    behavior color favor harbor honor(?!ar) humor(?!ous) labor(?!ator|io|at) neighbor rumor
    vapor(?!i) center fiber liter(?!al|at) theater meager somber analyz catalyz paralyz apologiz
    authoriz categoriz characteriz criticiz emphasiz finaliz generaliz hospitaliz initializ minimiz
    maximiz normaliz optimiz organiz pseudonymiz anonymiz prioritiz realiz recogniz standardiz
    summariz tokeniz utiliz visualiz canceled canceling counselor counseling labeled labeling
    modeled modeling signaled traveled traveler totaled fulfill(?!ed|ing) enrollment skillful
    willful installment defense offense pretense anesth estrogen fetus gynecolog hematolog hemorrhag
    leukemia orthopedic pediatr diarrhea anemi edema catalog(?!ue)\b dialog\b gray(?!scale) jewelry
    mustache pajama plow skeptic sulfur airplane aluminum program(?:ed|ing)\b judgment(?!al)
""".split()
AMERICAN = re.compile(rf"(?<![\w.])(?:{'|'.join(_STEMS)})\w*", re.IGNORECASE)
# What is not ours to spell: code between marks, addresses, names of programs' keys.
_CODE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+", re.DOTALL)
_OURS = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
]
_TOMLS = [
    *sorted(
        path
        for path in (ROOT / "corpora").rglob("*.toml")
        if "samples" not in path.parts and "build" not in path.parts
    )
]
_STRING = re.compile(r'"""(.*?)"""|"([^"\n]*)"', re.DOTALL)
# Words of others' interfaces; of titles that are cited, and of lists of words that are met in texts.
_LEFT = frozenset(
    """
    tokenizer tokenizers tokenize tokenized initialize normalize color center gray
    catalog dialog analyzer organization organizations
    honor apologized colorectal modeling neighbors
    """.split()
)


def found(text: str) -> list[str]:
    """The American spellings of a text."""
    return [match[0] for match in AMERICAN.finditer(_CODE.sub(" ", text)) if match[0].lower() not in _LEFT]


@pytest.mark.parametrize("word", ["organization's", "Behavior", "centers", "analyzed", "labeled", "colored"])
def test_american_spelling_is_told(word: str) -> None:
    text = f"The {word} of it."
    assert AMERICAN.search(text)


@pytest.mark.parametrize(
    "text",
    ["The organisation's behaviour was analysed.", "A literal laboratory, honorary.", "`color` in code"],
)
def test_british_spelling_and_code_are_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("path", _OURS, ids=lambda path: path.name)
def test_documentation_is_british(path: Path) -> None:
    assert found(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", _TOMLS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_codebooks_templates_and_cues_are_british(path: Path) -> None:
    assert found(path.read_text(encoding="utf-8")) == []


def test_what_the_program_says_is_british() -> None:
    wrong = []
    for folder in ("src/thememiner", "cli"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for match in _STRING.finditer(path.read_text(encoding="utf-8")):
                text = match[1] or match[2] or ""
                if " " in text:  # a sentence, no key
                    wrong += [f"{path.name}: {word} in {text[:60]!r}" for word in found(text)]
    assert not wrong, "\n".join(wrong)
