"""Policies, board papers and workbooks that are no forms, with tables that look like some; invented words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thememiner_evaluation.forms_layouts import Rows, book, saved, table
from thememiner_evaluation.forms_made import TOPICS, Words


def _document(title: str) -> Any:
    import docx

    document = docx.Document()
    document.add_heading(title, 0)
    return document


def _prose(words: Words, document: Any, number: int) -> None:
    for _ in range(number):
        document.add_paragraph(_kept(words, f"{words.said()} {words.said()}"))


def _kept(words: Words, text: str) -> str:
    words.made.kept.append(text)
    return text


def _table(
    words: Words, document: Any, rows: Rows, *, head: bool = False, bold: tuple[int, ...] = ()
) -> None:
    table(
        document, [[_kept(words, text) if text else "" for text in row] for row in rows], head=head, bold=bold
    )


def policy(words: Words) -> bytes:
    """A policy with document control, definitions and duties in tables."""
    document = _document("Engagement policy")
    control = [
        ["Policy title", "Engagement policy"],
        ["Version", "3"],
        ["Review date", "May 2027"],
        ["Author", "Matron"],
    ]
    table(document, control, bold=[0])
    for number, heading in enumerate(("Purpose", "Scope", "Duties", "Monitoring"), 1):
        document.add_heading(f"{number}. {heading}", 1)
        _prose(words, document, 3)
    _table(
        words,
        document,
        [["Term", "Meaning"], *([topic, words.said()] for topic in words.rng.sample(TOPICS, 4))],
        head=True,
    )
    _table(
        words,
        document,
        [[who, words.said()] for who in ("Chief nurse", "Ward managers", "All staff")],
        bold=(0,),
    )
    return saved(document)


def plain_english_policy(words: Words) -> bytes:
    """A policy whose headings ask."""
    document = _document("Visiting policy")
    _prose(words, document, 2)
    for heading in ("Who is this policy for?", "What must staff do?", "What if something goes wrong?"):
        document.add_heading(heading, 1)
        _prose(words, document, 2)
    return saved(document)


def board_paper(words: Words) -> bytes:
    """A board paper with a front sheet, actions and a rated table."""
    document = _document("Community care update")
    front = [["Meeting", "Board in public"], ["Agenda item", "12"], ["Report author", "Director of nursing"]]
    table(document, front, bold=[0])
    _table(
        words, document, [["Executive summary", words.said()], ["Recommendation", words.said()]], bold=(0,)
    )
    for heading in ("Background", "Progress", "Next steps"):
        document.add_heading(heading, 1)
        _prose(words, document, 3)
    rows = [["Action", "Lead", "Update"], *([words.said(), "Matron", words.said()] for _ in range(4))]
    _table(words, document, rows, head=True)
    _table(
        words,
        document,
        [
            ["Area", "Current position", "RAG"],
            *([t, words.said(), "Amber"] for t in words.rng.sample(TOPICS, 4)),
        ],
        head=True,
    )
    return saved(document)


def paper_with_questions(words: Words) -> bytes:
    """A paper with questions and answers from a meeting in one of its tables."""
    document = _document("Governors' meeting")
    _prose(words, document, 6)
    rows = [
        ["Question", "Response"],
        *([f"What about {t}?", words.said()] for t in words.rng.sample(TOPICS, 2)),
    ]
    _table(words, document, rows, head=True)
    _prose(words, document, 6)
    return saved(document)


def minutes(words: Words) -> bytes:
    """Minutes with numbered items and actions."""
    document = _document("Minutes of the safety committee")
    for number, topic in enumerate(words.rng.sample(TOPICS, 5), 1):
        document.add_paragraph().add_run(f"{number}. {topic.capitalize()}").bold = True
        _prose(words, document, 2)
    _table(
        words,
        document,
        [["Action", "Owner", "Due"], *([words.said(), "Matron", "May"] for _ in range(3))],
        head=True,
    )
    return saved(document)


def summary_table(words: Words) -> bytes:
    """A short account that is mostly one table of places and what happens there."""
    document = _document("Where we are by place")
    _prose(words, document, 2)
    _table(
        words,
        document,
        [
            ["Place", "What happens", "Since"],
            *([p, words.said(), "2023"] for p in ("North", "South", "Coast")),
        ],
        head=True,
    )
    return saved(document)


def action_log(words: Words) -> bytes:
    """A workbook of actions."""
    rows = [
        ["Action", "Owner", "Due", "Progress"],
        *([words.said(), "Matron", "May", words.said()] for _ in range(6)),
    ]
    return book({"Log": [[_kept(words, text) for text in row] for row in rows]})


def risk_register(words: Words) -> bytes:
    """A workbook of risks with scores."""
    rows = [["Ref", "Risk", "Likelihood", "Impact", "Mitigation"]]
    rows += [[str(n), words.said(), "3", "4", words.said()] for n in range(1, 7)]
    return book({"Register": [[_kept(words, text) for text in row] for row in rows]})


PAPERS: dict[str, Callable[[Words], bytes]] = {
    "policy.docx": policy,
    "plain_english_policy.docx": plain_english_policy,
    "board_paper.docx": board_paper,
    "paper_with_questions.docx": paper_with_questions,
    "minutes.docx": minutes,
    "summary_table.docx": summary_table,
    "action_log.xlsx": action_log,
    "risk_register.xlsx": risk_register,
}
