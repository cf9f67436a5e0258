"""What is looked for: codebooks and review templates."""

from __future__ import annotations

from dataclasses import dataclass

from thememiner.records.words import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Example:
    """A text that shows what a code is about, in the register of its kind."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A text that looks like the code but belongs to `code` ("" for none)."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a codebook. `wanted` says whether the presence of what it names is a good thing.

    `columns` names the labels that count as this code in data that people have already coded. `group` is the
    heading that it stands under ("Staffing / Skill mix" is one in another) and `colour` its #RRGGBB in
    programs for coding; neither means anything to the coder. `gap` is one of `GAPS` where a lack of what the
    code names is of one sort by its nature (vacancies are a gap of provision), else "". A code that is itself
    about how places or organisations differ is not `comparable`: that one of them says so of itself does not
    set it apart from the others.
    """

    id: str
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    wanted: bool = True
    examples: tuple[Example, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""
    colour: str = ""
    gap: str = ""
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes with definitions and examples; `background` are texts that belong to no code."""

    id: str
    name: str
    version: str
    codes: tuple[Code, ...]
    background: tuple[Example, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a review template: its prompts, the kinds it takes, the codes that feed it.

    `needs` say what a good answer holds.
    """

    id: str
    title: str
    prompts: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = KINDS
    codes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand of the commissioning letter, and the codes under which its evidence would stand."""

    id: str
    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A review template. `official` is true only for a body's own published form."""

    id: str
    name: str
    version: str
    sections: tuple[Section, ...]
    requirements: tuple[Requirement, ...] = ()
    official: bool = False
    note: str = ""
    source: str = ""
    question: str = ""
