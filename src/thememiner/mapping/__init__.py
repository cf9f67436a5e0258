"""Themes × template → findings: where each theme stands, why, and in what words.

`placing` says where, by the form's headings, the template's codes and `meaning`, which `priors` weighs with
what the passages themselves show; `stating` says it in a draft sentence;
`absences` says of a section in which none stands why that is. `asking` says which codes a text is about that
asks for something.
"""

from thememiner.mapping.absences import Ending, endings
from thememiner.mapping.asking import about, nearest
from thememiner.mapping.meaning import Near, by_meaning, near, section_texts, theme_texts, theme_vector
from thememiner.mapping.placing import (
    Placing,
    asked,
    place,
    section_of_answers,
    section_of_headings,
)
from thememiner.mapping.priors import by_kinds, by_position
from thememiner.mapping.stating import state, state_beside

__all__ = [
    "Ending",
    "Near",
    "Placing",
    "about",
    "asked",
    "by_kinds",
    "by_meaning",
    "by_position",
    "endings",
    "near",
    "nearest",
    "place",
    "section_of_answers",
    "section_of_headings",
    "section_texts",
    "state",
    "state_beside",
    "theme_texts",
    "theme_vector",
]
