"""How a section ends in which no theme stands: stated absent by a source, searched for, or not asked.

None of the three is ever printed as another: silence is not absence, and what nobody was asked is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from thememiner.mapping.placing import asked, section_of_answers
from thememiner.mapping.stating import organisations
from thememiner.records import KINDS, Absence, Document, Passage, Section, Template
from thememiner.wording import content_words, listed

_STATED: Absence = "stated absent by a source"
_SEARCHED: Absence = "searched for and not found"
_NOT_ASKED: Absence = "not asked"
_KINDS = {
    "incident": "incident reports",
    "policy": "policies",
    "account": "organisations' accounts",
    "feedback": "feedback from people and families",
}
# Words with which an answer may say of whatever was asked that there is none.
_ANY = frozenset(
    "none nil return place available present currently time exist policy formal kind nothing".split()
)


_NO = re.compile(r"\W*no\W*", re.IGNORECASE)
_WHETHER = re.compile(r"\b(?:is|are) there\b|\bdo(?:es)?\b.*\bhave\b|\bin place\b", re.IGNORECASE)

Asked = tuple[str, str]  # the heading of a form, and a question


@dataclass(frozen=True, slots=True)
class Ending:
    """The sort of absence, a sentence that says it and what was searched, and passages that state it."""

    absence: Absence
    statement: str
    passages: tuple[Passage, ...] = ()


def endings(
    template: Template,
    wanted: Collection[str],
    passages: Sequence[Passage],
    documents: Iterable[Document],
    denies: Callable[[str], bool],
) -> dict[str, Ending]:
    """Section id -> how it ends, of those `wanted`, in which no theme stands.

    `denies` says of a text whether it says that there is none of something (`polarity.absence`).
    """
    forms = [_questions(document) for document in documents if document.form]
    every = {pair for form in forms for pair in form} | {asked(p) for p in passages}
    given = section_of_answers(every, template)
    opening = _openings(passages)
    return {
        section.id: _ending(
            section, passages, forms, given, lambda p: p in opening and denies(p.text), denies
        )
        for section in template.sections
        if section.id in wanted
    }


def _ending(
    section: Section,
    passages: Sequence[Passage],
    forms: Sequence[Mapping[Asked, bool]],
    given: Mapping[Asked, str],
    opens: Callable[[Passage], bool],
    denies: Callable[[str], bool],
) -> Ending:
    inside = [
        p for p in passages if p.kind in section.kinds and given.get(asked(p), section.id) == section.id
    ]
    answers = [p for p in inside if given.get(asked(p)) == section.id]
    stating = [p for p in answers if (opens(p) and _of(section, p)) or _says_no(p)]
    free = [p for p in inside if p.kind == "account" and asked(p) not in given]
    stating += [p for p in free if _names(section, p) and denies(p.text)]
    if stating:
        return Ending(_STATED, _stated(stating, answers), tuple(stating))
    asking = [form for form in forms if any(given.get(pair) == section.id for pair in form)]
    if section.kinds == ("account",) and not asking:
        return Ending(_NOT_ASKED, _unasked(len(forms), len(free)))
    blank = sum(not any(form[pair] for pair in form if given.get(pair) == section.id) for form in asking)
    return Ending(_SEARCHED, _searched(section, inside, len(asking), blank))


def _questions(form: Document) -> dict[Asked, bool]:
    """(heading, question) of a form -> whether it was answered."""
    found = dict.fromkeys(form.blanks, False)
    for question, start, _ in form.parts:
        heading = next((text for text, first, last in form.sections if first <= start < last), "")
        found[heading, question] = True
    return found


def _openings(passages: Iterable[Passage]) -> frozenset[Passage]:
    """The passages that open an answer: what an answer is about, its first words say."""
    first: dict[tuple[str, Asked], Passage] = {}
    for p in sorted(passages, key=lambda p: (p.document_id, p.start)):
        if p.kind == "account":
            first.setdefault((p.document_id, asked(p)), p)
    return frozenset(first.values())


def _of(section: Section, answer: Passage) -> bool:
    """Whether what an answer says there is none of is what was asked: one of its words, or nothing more."""
    told = _stems(answer.text)
    about = _stems(" ".join((section.title, *section.prompts, answer.heading)))
    return bool(told & about) or told <= _ANY


def _says_no(answer: Passage) -> bool:
    """Whether an answer is "No" to a question of whether there is such a thing."""
    return _NO.fullmatch(answer.text) is not None and _WHETHER.search(answer.heading) is not None


def _names(section: Section, passage: Passage) -> bool:
    """Whether a passage has every word of the section's title that can carry a theme."""
    title = _stems(section.title)
    return bool(title) and title <= _stems(passage.text)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in content_words(text))


def _stated(stating: Sequence[Passage], answers: Sequence[Passage]) -> str:
    many = len({p.document_id for p in stating}) > 1
    names = organisations(stating)
    who = (
        f"the account{'s' if many else ''} of {names}"
        if names
        else ("some accounts" if many else "an account")
    )
    others = len({(p.document_id, asked(p)) for p in answers} - {(p.document_id, asked(p)) for p in stating})
    rest = (
        f"; {_counted(others, 'other answer')} under it {'stand' if others > 1 else 'stands'} under no theme"
    )
    return f"{_STATED}: {who} {'say' if many else 'says'} that there is none{rest if others else ''}."


def _unasked(forms: int, free: int) -> str:
    came = f"none of the {forms} forms that came has" if forms > 1 else "the form that came has not"
    came = f"{came} its heading or a question of it" if forms else "no form came that asks it"
    other = (
        f", and no theme of it was found in the {_counted(free, 'passage')} of other accounts" if free else ""
    )
    return f"{_NOT_ASKED}: {came}{other}."


def _searched(section: Section, inside: Sequence[Passage], asking: int, blank: int) -> str:
    kinds = listed([_KINDS[kind] for kind in KINDS if kind in section.kinds])
    left = f" {_counted(asking, 'form')} asked it, and {blank or 'none'} left it blank." if asking else ""
    if not inside:
        return (
            f"{_SEARCHED}: nothing came of the kinds that it takes ({kinds}), so nothing was searched.{left}"
        )
    came = {p.kind for p in inside}
    missing = [_KINDS[kind] for kind in KINDS if kind in section.kinds and kind not in came]
    none = f"; there were no {' and no '.join(missing)}" if missing else ""
    documents = _counted(len({p.document_id for p in inside}), "document")
    what = listed([_KINDS[kind] for kind in KINDS if kind in came])
    return (
        f"{_SEARCHED}: none of the {_counted(len(inside), 'passage')} searched in {documents} ({what}) was "
        f"put under a theme of this section{none}. The coder misses many.{left}"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
