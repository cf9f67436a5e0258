"""Names that other tools find, masked besides ours where the user has such a tool and names it.

A recogniser is a spaCy pipeline with a recogniser of entities ("en_core_web_md", or the folder of one), or
"presidio" for Presidio's analyser over the first of spaCy's English pipelines that is installed
("presidio:en_core_web_md" says which). Only people are taken from either, and, from Presidio, telephone and
payment numbers; nothing is ever downloaded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner.deidentifying.capitals import WORD
from thememiner.deidentifying.mentions import Name
from thememiner.deidentifying.vocabulary import TITLES
from thememiner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thememiner.deidentifying.identifiers import Hit

PRESIDIO = "presidio"
_PIPELINES = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
_KINDS = {
    "PERSON": "PERSON",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "PAYMENT NUMBER",
    "IBAN_CODE": "PAYMENT NUMBER",
}
_MASK = re.compile(r"\[[A-Z][A-Z ]*(?: \d+)?\]")
_MOST = 100_000  # characters given at once; spaCy refuses a million
_STOP = re.compile(r"[\n\x00]")


def check(recogniser: str) -> None:
    """Load a recogniser; raises `InputError` saying what to install when it cannot be used."""
    _load(recogniser)


def recognised(text: str, recognisers: tuple[str, ...]) -> tuple[list[Name], list[Hit]]:
    """The people that the recognisers find in `text`, and the numbers."""
    if not recognisers:
        return [], []
    masks = [match.span() for match in _MASK.finditer(text)]
    names: list[Name] = []
    numbers: list[Hit] = []
    for recogniser in recognisers:
        find = _load(recogniser)
        for first, piece in _pieces(text):
            for kind, start, end in find(piece):
                here, there = first + start, first + end
                if kind not in _KINDS or any(here < b and a < there for a, b in masks):
                    continue
                if _KINDS[kind] == "PERSON":
                    names += _name(text, here, there)
                else:
                    numbers.append((_KINDS[kind], here, there))
    return names, numbers


def _name(text: str, start: int, end: int) -> Iterator[Name]:
    """The name in a stretch, without a title before it or "'s" behind."""
    found = [match for match in WORD.finditer(text, start, end) if match[0].lower() not in TITLES]
    if not found:
        if text[start:end].strip():
            yield Name(start, end, "", "", "recogniser")
        return
    words = [re.sub(r"['’][sS]$", "", match[0]) for match in found]
    last = found[-1].start() + len(words[-1])
    if end > found[-1].end() and text[found[-1].end() : end].strip(" '’s"):
        last = end  # it goes on in lower case or with a number
    forename = words[0] if len(words) > 1 else ""
    yield Name(found[0].start(), last, forename, words[-1], "recogniser")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Stretches of whole lines, each short enough, and where each begins."""
    start = 0
    while start < len(text):
        end = min(start + _MOST, len(text))
        if end < len(text):
            stops = [match.end() for match in _STOP.finditer(text, start, end)]
            end = stops[-1] if stops else end
        yield start, text[start:end].replace("\x00", "\n")
        start = end


@lru_cache(maxsize=4)
def _load(recogniser: str) -> Callable[[str], list[Hit]]:
    name, _, pipeline = recogniser.partition(":")
    if name == PRESIDIO:
        return _presidio(pipeline or _installed())
    return _spacy(recogniser)


def _spacy(pipeline: str) -> Callable[[str], list[Hit]]:
    _check_installed(pipeline)
    import spacy

    try:
        model: Any = spacy.load(pipeline)
    except (OSError, ValueError, ImportError) as error:
        raise _broken(pipeline, error) from None
    if not {"ner", "entity_ruler"} & set(model.pipe_names):
        raise InputError(f"recogniser {pipeline!r} finds no entities: choose a pipeline with `ner`.")

    def find(text: str) -> list[Hit]:
        return [(entity.label_, entity.start_char, entity.end_char) for entity in model(text).ents]

    return find


def _check_installed(pipeline: str) -> None:
    if find_spec("spacy") is None:
        raise InputError(f"recogniser {pipeline!r} needs spaCy: pip install spacy.")
    import spacy

    if not pipeline or not (Path(pipeline).is_dir() or spacy.util.is_package(pipeline)):
        raise InputError(
            f"recogniser {pipeline!r} is not installed: give the name of an installed spaCy pipeline, such "
            f"as en_core_web_md, the folder of one, or {PRESIDIO}."
        )


def _broken(recogniser: str, error: Exception) -> InputError:
    reason = str(error).split("\n", 1)[0]
    return InputError(f"recogniser {recogniser!r} cannot be loaded: {reason}")


def _presidio(pipeline: str) -> Callable[[str], list[Hit]]:
    if find_spec("presidio_analyzer") is None:
        raise InputError(f"recogniser {PRESIDIO!r} is not installed: pip install presidio-analyzer.")
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    _check_installed(pipeline)  # Presidio would download one that is not there
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": pipeline}])
    try:
        analyser = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    except (OSError, ValueError, ImportError) as error:
        raise _broken(f"{PRESIDIO}:{pipeline}", error) from None

    def find(text: str) -> list[Hit]:
        found = analyser.analyze(text=text, language="en", entities=list(_KINDS))
        return [(hit.entity_type, hit.start, hit.end) for hit in found]

    return find


def _installed() -> str:
    """The first of spaCy's English pipelines that is there."""
    found = next((name for name in _PIPELINES if find_spec(name) is not None), "")
    if not found:
        raise InputError(
            f"recogniser {PRESIDIO!r} needs a spaCy pipeline: install one of {', '.join(_PIPELINES)}, "
            f"or say which as {PRESIDIO}:NAME."
        )
    return found
