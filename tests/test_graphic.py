"""Quotes that are hard to read: told by words, marked in every output, closed on the page, never dropped."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from thememiner import graphic
from thememiner.embedding import embed
from thememiner.pipeline import marking
from thememiner.records import Evidence, Passage, Report
from thememiner.reports import html, markdown, paper, tables, wording, workbook
from thememiner.reports.arranging import arrange

_SENTENCES = tomllib.loads(
    (Path(__file__).parent / "contracts" / "graphic_sentences.toml").read_text(encoding="utf-8")
)
MARKED = [text for texts in _SENTENCES["graphic"].values() for text in texts]
LATER = [text for part in _SENTENCES["later"].values() for text in part["graphic"]]
PLAIN = [
    *_SENTENCES["plain"]["sentences"],
    *(text for part in _SENTENCES["later"].values() for text in part["plain"]),
]
HARD = "He cut both wrists with a razor blade in the bathroom, and his mother found him there at six."


def test_there_are_enough_sentences_and_none_twice() -> None:
    every = [*MARKED, *LATER, *PLAIN]
    assert len(MARKED) >= 50
    assert len(every) == len(set(every)) >= 250


def test_nearly_all_that_is_hard_to_read_is_marked_and_little_else() -> None:
    found = [text for text in (*MARKED, *LATER) if graphic.describes(text)]
    wrong = [text for text in PLAIN if graphic.describes(text)]
    assert len(found) >= 0.97 * (len(MARKED) + len(LATER))
    assert len(wrong) <= 0.03 * len(PLAIN)


def _told(texts: list[str], encoder) -> list[tuple[str, ...]]:
    """What each text describes by its meaning: each a quote of a document of its own."""
    spans = [(f"d{n}", text) for n, text in enumerate(texts)]
    passages = [Passage(f"{d}:0-{len(t)}", d, 0, len(t), t, "incident") for d, t in spans]
    quotes = [
        Evidence("q", "", "", d, "incident", "staff", "", "neutral", 0, len(t), t, "0" * 64) for d, t in spans
    ]
    return [e.describes for e in marking.marked(quotes, passages, embed(passages, encoder), encoder)]


def test_meaning_alone_tells_most_of_what_it_never_saw(encoder) -> None:
    """These sentences taught the cues of words, and nothing else."""
    hard, plain = _told([*MARKED, *LATER], encoder), _told(PLAIN, encoder)
    assert sum(map(bool, hard)) >= 0.85 * len(hard)
    assert sum(map(bool, plain)) <= 0.06 * len(plain)


def test_what_taught_it_is_of_the_categories_of_the_cues_and_in_no_test() -> None:
    cues = Path(__file__).parents[1] / "corpora" / "cues"
    taught = tomllib.loads((cues / "harm.toml").read_text("utf-8"))
    named = [c["name"] for c in tomllib.loads((cues / "graphic.toml").read_text("utf-8"))["category"]]
    assert list(taught) == [*marking.HARMS, "nothing"] == [*named, "nothing"]
    known = [text for texts in taught.values() for text in texts]
    assert len(known) == len(set(known))
    assert not set(known) & {*MARKED, *LATER, *PLAIN}


def test_a_quote_of_several_passages_describes_what_any_of_them_does(encoder) -> None:
    text = "The tea was cold. He lay dead on the stairs for two days. Nobody rang the family."
    cuts = ((0, 17), (18, 56), (57, len(text)))
    passages = [Passage(f"d:{a}-{b}", "d", a, b, text[a:b], "feedback") for a, b in cuts]
    whole_one, part = (
        Evidence("q", "", "", "d", "feedback", "", "", "neutral", a, b, text[a:b], "0" * 64)
        for a, b in ((0, len(text)), cuts[0])
    )
    elsewhere = replace(whole_one, document_id="e")
    told = marking.marked([whole_one, part, elsewhere], passages, embed(passages, encoder), encoder)
    assert [e.describes for e in told] == [("a death or a body",), (), ()]
    assert marking.marked([], [], embed([], encoder), encoder) == ()


def test_what_only_its_meaning_tells_is_not_named() -> None:
    assert graphic.mark("He was found hanging.", ("violence",)) == "This quote describes self-harm or suicide"
    assert graphic.mark("The tea was cold.", ("violence",)) == "This quote may be hard to read"
    assert graphic.mark("The tea was cold.") == ""


def test_what_only_its_meaning_tells_is_closed_on_the_page_and_in_no_cell(whole: Report) -> None:
    text = "Quiet words that hold no cue"
    told = replace(
        whole,
        evidence=tuple(
            replace(e, quote=f"{text} {n}.", describes=("violence",)) for n, e in enumerate(whole.evidence)
        ),
    )
    page = html.render(told)
    outside = re.sub(r'<details class="marked">.*?</details>', "", page, flags=re.DOTALL)
    assert text in page
    assert text not in outside


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He was found hanging.", "self-harm or suicide"),
        ("The bone was sticking out.", "an injury"),
        ("She had been raped.", "sexual violence"),
        ("Held face down for an hour.", "restraint or seclusion"),
        ("The body had decomposed.", "a death or a body"),
    ],
)
def test_a_mark_says_what_is_described(text: str, words: str) -> None:
    assert words in graphic.mark(text)
    assert graphic.mark(text).startswith("This quote describes ")


def test_letters_case_and_line_ends_make_no_difference() -> None:
    assert graphic.describes("FOUND\nHANGING  FROM the door") == graphic.describes(
        "found hanging from the door"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "a" * 40_000,
        "held " * 8_000,
        "took " * 8_000 + "tablets",
        "took " + "-" * 40_000,
        "held -'-" * 9_000,
    ],
)
def test_hostile_text_is_read_in_good_time(text: str) -> None:
    graphic.describes(text)


def _hard(report: Report) -> Report:
    """The report with every quote hard to read."""
    return replace(
        report, evidence=tuple(replace(e, quote=f"{HARD} ({n})") for n, e in enumerate(report.evidence))
    )


def test_a_marked_quote_is_closed_on_the_page_and_whole(whole: Report) -> None:
    page = html.render(_hard(whole))
    outside = re.sub(r'<details class="marked">.*?</details>', "", page, flags=re.DOTALL)
    assert HARD in page
    assert HARD not in outside
    assert "This quote describes self-harm or suicide" in page
    assert '<details class="marked" open' not in page


def test_none_stands_on_the_first_page_and_the_finding_says_so(whole: Report) -> None:
    contents = arrange(_hard(whole))
    main = [finding for section in contents.sections for finding in section.main]
    assert main
    assert all(finding.lead is None for finding in main)
    assert any(finding.marked for finding in main)
    assert wording.MARKED_BELOW in html.render(_hard(whole))
    assert not any("razor" in str(cell) for table in contents.across for row in table.rows for cell in row)


def test_every_quote_of_people_is_still_there_in_its_place(whole: Report) -> None:
    before = [(group.title, len(group.quotes)) for group in arrange(whole).people]
    after = [(group.title, len(group.quotes)) for group in arrange(_hard(whole)).people]
    assert before == after
    assert arrange(_hard(whole)).people_marked == bool(after)


def test_the_mark_stands_before_the_quote_in_markdown(whole: Report) -> None:
    page = markdown.render(_hard(whole))
    for match in re.finditer(r"^> He cut both wrists", page, re.MULTILINE):
        assert "This quote describes" in page[: match.start()].splitlines()[-2]
    assert "> He cut both wrists" in page


def test_what_is_not_hard_to_read_has_no_mark(whole: Report) -> None:
    plain = replace(whole, evidence=tuple(replace(e, quote="The letter came late.") for e in whole.evidence))
    assert "This quote describes" not in html.render(plain)
    assert 'class="marked"' not in html.render(plain)


def test_the_mark_stands_before_the_excerpt_in_the_workbook(whole: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(_hard(whole))))
    for name in ("Evidence",):
        rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
        heads = next(row for row in rows if wording.MARK_HEAD in row)
        at = heads.index(wording.MARK_HEAD)
        assert heads[at + 1] == "Excerpt"
        told = [row for row in rows if row[at + 1] and HARD in str(row[at + 1])]
        assert told
        assert all(str(row[at]).startswith("This quote describes") for row in told)
    cells = [str(cell) for row in book["Findings"].iter_rows(values_only=True) for cell in row]
    assert not any("razor" in cell for cell in cells)  # a cell beside a finding cannot be closed


def test_the_mark_stands_before_the_excerpt_in_the_paper(whole: Report) -> None:
    document = docx.Document(io.BytesIO(paper.render(_hard(whole))))
    lines = [
        "".join(node.text or "" for node in paragraph.iter(docx.oxml.ns.qn("w:t")))
        for paragraph in document.element.body.iter(docx.oxml.ns.qn("w:p"))
    ]
    hard = [at for at, line in enumerate(lines) if "razor" in line]
    assert hard
    assert all(lines[at - 1].startswith("This quote describes") for at in hard)


def test_the_tables_have_the_mark_as_a_column(whole: Report) -> None:
    frame = next(f for f in tables.tables(_hard(whole)) if f.name == "evidence")
    at = [column.name for column in frame.columns].index("marked")
    assert all(row[at].startswith("This quote describes") for row in frame.rows)


def test_what_axe_looks_for_holds_of_marks_and_short_forms(whole: Report) -> None:
    page = html.render(_hard(whole))
    for closed in re.findall(r'<details class="marked">(.*?)</details>', page, flags=re.DOTALL):
        assert re.match(r"\s*<summary>This quote describes [^<]+<span", closed)  # a name of its own, first
        assert "<blockquote" in closed
        assert " id=" not in closed  # a quote stands in several places
    assert 'href="#short-forms"' in page
    assert len(re.findall('id="short-forms"', page)) == 1
    assert '<section aria-labelledby="short-forms">' in page
