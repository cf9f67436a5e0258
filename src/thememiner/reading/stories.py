"""A story of Care Opinion's API (version 2) → rows: what was told, and each answer to it as a row of its own.

An answer is an organisation's word and no experience, so it gets the voice of a provider, by which it is told
from feedback. The API gives the answers, the tags and the services apart from the story; files are met with
them inside, under its names.
"""

from __future__ import annotations

import re
from typing import Any

# The headings of the rows, which the column map `care_opinion` knows.
GOOD, IMPROVE, FELT = "What was good?", "What could be improved?", "How did you feel?"
_MARKS = ("authorRole", "dateOfSubmission", "dateOfPublication", "criticality", "submissionRoute")
_ANSWERED = "provider lead"
# Roles of authors as the site words them, and the words that tell them, in the order of their weight.
_ROLES = (
    (
        "family or carer",
        "relative carer parent guardian friend family partner husband wife son daughter".split(),
    ),
    ("staff", "staff professional nurse doctor clinician".split()),
    ("independent body", "advocate volunteer".split()),
    ("person using services", "patient service client resident person".split()),
)
_GROUPS = (
    (GOOD, ("good", "positive")),
    (IMPROVE, ("improve", "negative")),
    (FELT, ("feel", "felt", "emotion")),
)
_WORD = re.compile(r"[a-z]+")
_NESTED = frozenset(("responses", "tags", "healthServices", "healthservices", "links"))


def is_story(value: Any) -> bool:
    """Whether a record has the marks of a story: words, a title, and what only the API says of them."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("body"), str)
        and "title" in value
        and any(mark in value for mark in _MARKS)
    )


def rows(story: dict[str, Any]) -> list[dict[str, Any]]:
    """The story and the answers to it, each a record whose `voice` says whose words it holds."""
    about = _services(story)
    told = {key: value for key, value in story.items() if key not in _NESTED} | about
    told["voice"] = voice(story.get("authorRole"))
    told |= _tags(story.get("tags"))
    found = [told]
    answers = story.get("responses")
    for number, answer in enumerate(answers if isinstance(answers, list) else [], 1):
        if isinstance(answer, dict):
            found.append(_answer(answer, number, story, about))
        elif isinstance(answer, str):
            found.append(_answer({"body": answer}, number, story, about))
    return found


def voice(role: Any) -> str:
    """Whose voice a role of an author is ("as a relative"); "unknown" when it says nothing."""
    # "A staff member posting for a patient" hands on the patient's words.
    words = set(_WORD.findall(str(role or "").casefold().rpartition(" for ")[2]))
    return next((found for found, known in _ROLES if words & set(known)), "unknown")


def _answer(
    answer: dict[str, Any], number: int, story: dict[str, Any], about: dict[str, Any]
) -> dict[str, Any]:
    own = answer.get("authorRole")
    whose = voice(own) if own else _ANSWERED
    # An answer by who told the story, or one in their place, is theirs; any other is the organisation's.
    kept = {key: value for key, value in answer.items() if key not in _NESTED} | about
    kept["voice"] = whose if whose in ("person using services", "family or carer") else _ANSWERED
    if story.get("id") not in (None, ""):
        kept["id"] = f"{story['id']} response {answer.get('id') or number}"
    kept.setdefault("title", "")
    for key in ("body", "text", "content", "response"):
        if isinstance(answer.get(key), str):
            kept["body"] = answer[key]
            break
    for key in ("dateOfSubmission", "dateOfPublication"):
        kept.setdefault(key, story.get(key))
    return kept


def _services(story: dict[str, Any]) -> dict[str, Any]:
    """The organisation and the service that the story is about: those of the first, and all their names."""
    listed = story.get("healthServices") or story.get("healthservices")
    services = [s for s in (listed if isinstance(listed, list) else [listed]) if isinstance(s, dict)]
    names = [str(s["name"]) for s in services if s.get("name")]
    organisations = [_name(s["organisation"]) for s in services if s.get("organisation")]
    return {
        "organisation": next(filter(None, organisations), next(iter(names), "")),
        "service": "; ".join(dict.fromkeys(names)),
    }


def _name(value: Any) -> str:
    return str(value.get("name") or "") if isinstance(value, dict) else str(value)


def _tags(tags: Any) -> dict[str, str]:
    """The storyteller's own words for what was good, what could be improved and how it felt."""
    found: dict[str, list[str]] = {GOOD: [], IMPROVE: [], FELT: []}
    for tag in tags if isinstance(tags, list) else []:
        if isinstance(tag, dict) and tag.get("name"):
            said = str(tag.get("group") or "").casefold()
            group = next((group for group, words in _GROUPS if any(word in said for word in words)), "")
            if group:
                found[group].append(str(tag["name"]))
    return {group: "; ".join(names) for group, names in found.items() if names}
