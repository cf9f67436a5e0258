"""The charts as files: a slide each as SVG and PNG, the same twice, with every figure in words beside it."""

from __future__ import annotations

import dataclasses
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from thememiner.errors import InputError
from thememiner.records import (
    Comparison,
    DocumentEntry,
    GridCell,
    Membership,
    Release,
    Report,
    SectionResult,
    Theme,
    Timeline,
    Trend,
)
from thememiner.reports import json, pictures
from thememiner.reports.contents import Table
from thememiner.reports.pictures import canvas, lettering, plots
from thememiner.reports.pictures.slides import Slide, missing, slides

HERE = Path(__file__).parent
EMPTY = Report({}, "", "", (), (), (), (), (), (), (), (), (), ())
NASTY = (
    "<script>alert(1)</script> & Sons",
    r"$\frac{1}{0}$ and $ 5_000 ^ 2 %",
    "a_b_c",
    "nul \x00 and \x1b[31m bell \x07",
    "\u202eturned \u2066round\u2069",
    "😊 team",
    "東京 trust",
    "خدمة الصحة",
    "lone \ud800 half",
    "--> ]]> ' \"",
    "W" * 300,
    "Foundation Trust " * 30,
    "",
    "\ufb01nd cafe\u0301",
)
VOICES = ("person using services", "family or carer", "staff", "provider lead", "commissioner", "partner")


def themes(number):
    return tuple(
        Theme(
            f"code:b/{n:02}",
            f"{NASTY[n % len(NASTY)]} {n}",
            "codebook",
            passages=10 * n,
            documents=5 * n,
            counts=(("incident", "negative", 7 * n, n), ("feedback", "positive", 3 * n, n)),
            voices=tuple((voice, n * (at + 1), n) for at, voice in enumerate(VOICES)),
        )
        for n in range(number)
    )


def large(organisations=40, number=60):
    names = [f"{NASTY[n % len(NASTY)]} organisation {n:02}" for n in range(organisations)]
    made = themes(number)
    sections = tuple(SectionResult(f"s{n}", f"{NASTY[n % len(NASTY)]} section", ()) for n in range(8))
    states = ("consistent", "differs", "silent", "not received", "not applicable")
    documents = tuple(
        DocumentEntry(f"{n:016x}", "feedback", voice, "North", "", "", "", "a.csv", "0" * 64)
        for n, voice in enumerate((*VOICES, "unknown", "independent body"))
    )
    return dataclasses.replace(
        EMPTY,
        title=f"Review {NASTY[0]} {NASTY[1]}",
        themes=made,
        documents=documents,
        sections=sections,
        memberships=tuple(
            Membership(f"{d.id}:{at}-{at + 5}", made[at].id, 0.9, "assigned", polarity)
            for d in documents
            for at, polarity in enumerate(("positive", "negative", "negative", "mixed", "neutral"))
        ),
        grid=tuple(
            GridCell(s.id, name, states[(at + n) % 5], "why", (made[0].id,) if (at + n) % 5 == 1 else ())
            for n, s in enumerate(sections)
            for at, name in enumerate(names)
        ),
        comparisons=tuple(
            Comparison(made[1].id, "incident", name, 50, 10, 5, 0.11, 0.33, 0.0)
            if at % 2
            else Comparison(made[1].id, "incident", name, 50, 3, 1, note="too few")
            for at, name in enumerate(names)
        ),
        trends=(
            Trend(
                made[1].id,
                made[1].name,
                "incident",
                "month",
                "xmr",
                points=(
                    ("2025-01-01", 2, 10, 0.2, "", "", 1),
                    ("2025-02-01", 9, 10, 0.9, "high", "outside the limits", 1),
                    ("2025-03-01", 0, 0, None, "", "no document", 1),
                    ("2025-04-01", 1, 10, 0.1, "low", "", 1),
                    ("2025-05-01", 1, 10, 0.1, "", "incomplete", 1),
                ),
                segments=((1, "", 0.3, 0.05, 0.6, True),),
                changes=(("2025-02-01", NASTY[1]),),
                signal=True,
                says=f"High in February 2025 {NASTY[0]}. More.",
            ),
        ),
    )


@pytest.fixture(scope="module")
def hostile():
    report = large()
    return report, pictures.files(report)


def words(svg):
    return [text.text or "" for text in etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_every_sort_of_chart_is_there_twice_and_in_words(hostile):
    report, files = hostile
    made = slides(report)
    assert {slide.form for slide in made} == {"heat", "grid", "tones", "shares", "time"}
    assert len({slide.id for slide in made}) == len(made)
    page = files[pictures.PAGE].decode()
    for slide in made:
        image = Image.open(io.BytesIO(files[f"png/{slide.id}.png"]))
        assert image.size == (1600, 900)
        assert image.info.keys() <= {"dpi"}
        assert f"svg/{slide.id}.svg" in page
        assert slide.alt
    assert set(files) == {
        "charts.md",
        "files.csv",
        *(f"{kind}/{slide.id}.{kind}" for slide in made for kind in ("svg", "png")),
    }


def test_hostile_names_are_words_and_no_element_and_no_formula(hostile):
    _, files = hostile
    allowed = {"svg", "title", "desc", "metadata", "defs", "style", "g", "path", "text", "use", "clipPath",
               "rect", "pattern", "RDF", "Work"}  # fmt: skip
    for name, content in files.items():
        if not name.endswith(".svg"):
            continue
        root = etree.fromstring(content)
        tags = {etree.QName(el).localname for el in root.iter() if isinstance(el.tag, str)}
        assert tags <= allowed, (name, tags - allowed)
        assert root.get("role") == "img"
        assert root.findtext("{*}title")
        assert root.findtext("{*}desc")
        assert "onload" not in {key for el in root.iter() for key in el.attrib}
    drawn = " ".join(text for name, svg in files.items() if name.startswith("svg/") for text in words(svg))
    assert r"$\frac{1}{0}$" in drawn
    assert "a_b_c" in drawn
    assert f"{lettering.MISSING * 2} trust" in drawn
    assert "<script>alert(1)</script>" in drawn
    assert "\u202e" not in drawn
    assert r"\<script\>" in files[pictures.PAGE].decode()
    assert (
        b"font-weight: 700; font-size: 30.24px; font-family: 'DejaVu Sans', 'Verdana'"
        in files["svg/grid-1.svg"]
    )


def test_no_row_is_lost_where_a_table_goes_on(hostile):
    report, _ = hostile
    made = slides(report)
    heat = [slide for slide in made if slide.form == "heat"]
    assert sum(len(slide.table.rows) for slide in heat) == 60
    assert all(len(slide.table.rows) <= 10 and len(slide.table.columns) <= 9 for slide in heat)
    grid = [slide for slide in made if slide.form == "grid"]
    assert sum(len(slide.table.rows) * (len(slide.table.columns) - 1) for slide in grid) == 40 * 8
    shares = [slide for slide in made if slide.form == "shares"]
    assert sum(len(slide.intervals) for slide in shares) == 40
    assert heat[0].title.endswith("(1 of 6)")


def test_each_number_drawn_is_in_a_cell_and_in_the_figures(hostile):
    report, files = hostile
    for slide in slides(report):
        drawn = words(files[f"svg/{slide.id}.svg"])
        if slide.form in {"heat", "tones"}:
            numbers = [f"{cell:,}" for row in slide.table.rows for cell in row[1:]]
            for number in set(numbers):
                assert drawn.count(number) >= numbers.count(number)


def test_small_numbers_have_words_and_no_mark(hostile):
    report, files = hostile
    few = [slide for slide in slides(report) if slide.form == "shares"]
    told = " ".join(" ".join(words(files[f"svg/{slide.id}.svg"])) for slide in few)
    assert told.count("too few of 50 for a share") == 20
    assert "20 organisations with too few documents" in few[0].about
    marks = plots.draw(few[0], "", "")
    drawn = [
        artist for artist in marks.figure.get_children() if getattr(artist, "get_marker", lambda: "")() == "o"
    ]
    assert len(drawn) == sum(interval[1] is not None for interval in few[0].intervals)


def test_a_number_that_may_not_be_told_is_hatched_and_named():
    table = Table("t", ("Theme", "Staff"), (("Parking", "suppressed"), ("Food", 9)))
    with canvas.settings():
        svg = plots.draw(Slide("a", "heat", "t", "", "", table, 9), "", "").svg("t", "d")
    assert words(svg).count("suppressed") == 1
    assert b"<pattern" in svg
    tones = Table("t", ("Kind", "Positive", "Negative", "Mixed", "Neutral"), (("A", "suppressed", 4, 0, 0),))
    with canvas.settings():
        svg = plots.draw(Slide("a", "tones", "t", "", "", tones, 4), "", "").svg("t", "d")
    assert "suppressed" in words(svg)


def test_a_report_of_nothing_says_why_it_has_no_chart():
    files = pictures.files(EMPTY)
    assert set(files) == {"charts.md", "files.csv"}
    assert files["charts.md"].decode().count("\n- ") == 5
    few = dataclasses.replace(EMPTY, timelines=(Timeline("incident", "month", 3, 3, uncharted=("a",)),))
    assert len(missing(few, slides(few))) == 5
    assert len(missing(large(2, 5), slides(large(2, 5)))) == 0


@pytest.mark.parametrize("number", [0, 1])
def test_one_voice_and_numbers_of_nothing_are_drawn(number):
    counts, voices = (("incident", "negative", number, number),), (("staff", number, number),)
    theme = Theme("code:b/a", "A", "codebook", counts=counts, voices=voices)
    report = dataclasses.replace(EMPTY, themes=(theme,))
    with canvas.settings():
        drawn = {slide.form: plots.draw(slide, "", "").png() for slide in slides(report)}
    assert set(drawn) == ({"heat", "tones"} if number else {"heat"})


def test_a_report_of_a_run_has_its_charts(whole):
    made = slides(whole)
    assert {"grid", "tones", "time"} <= {slide.form for slide in made}
    assert slides(json.load(HERE / "golden" / "report.json"))
    assert all("  " not in slide.title for slide in made)


def test_the_same_bytes_in_another_process_with_other_settings(tmp_path):
    report = large(3, 5)
    (tmp_path / "report.json").write_text(json.render(report), "utf-8")
    (tmp_path / "matplotlibrc").write_text(
        "savefig.dpi: 50\nlines.solid_capstyle: round\nsvg.fonttype: path\ntext.color: red\n", "utf-8"
    )
    code = (
        "import hashlib; from thememiner.reports import json, pictures\n"
        f"files = pictures.files(json.load({str(tmp_path / 'report.json')!r}))\n"
        "print(hashlib.sha256(b''.join(files[name] for name in sorted(files))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "MATPLOTLIBRC": rc},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, rc in (("1", "UTC", ""), ("2", "Asia/Tokyo", str(tmp_path / "matplotlibrc")))
    }
    assert len(digests) == 1


def test_lines_fit_their_room_and_say_that_they_are_cut():
    for text in (*NASTY, "one two three four five six seven"):
        told = lettering.lines(text, 200, 20, 2)
        assert len(told) <= 2
        assert all(lettering.width(line, 20) <= 200 for line in told)
    assert lettering.lines("W" * 300, 200, 20, 2)[-1].endswith("…")
    assert lettering.lines("short", 200, 20, 2) == ["short"]
    assert lettering.drawable("cafe\u0301") == "caf\u00e9"
    assert not lettering.whole("Commissioner", 50, 20)


def test_a_folder_with_anything_else_is_refused_and_nothing_in_it_changes(tmp_path, whole):
    folder = pictures.write(whole, tmp_path / "charts")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    pictures.write(whole, folder)  # charts of an earlier report are replaced
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "svg" / "grid.svg").write_text("changed", "utf-8")
    with pytest.raises(InputError, match=r"svg/grid\.svg in .* was changed after it was written"):
        pictures.write(whole, folder)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match=r"holds notes\.txt, which is no chart"):
        pictures.write(whole, tmp_path / "own")
    with pytest.raises(InputError, match="give --charts a folder"):
        pictures.write(whole, tmp_path / "own" / "notes.txt")


def test_the_command_writes_charts_beside_the_rest_and_refuses_folders_in_one_another(
    tmp_path, whole, command
):
    source = tmp_path / "report.json"
    source.write_text(json.render(whole), "utf-8")
    said = command("report", source, "--charts", tmp_path / "c", "--tables", tmp_path / "t", "--out",
                   tmp_path / "report.md")  # fmt: skip
    assert said.code == 0, said.err
    assert "charts.md" in said.out
    assert (tmp_path / "c" / "png").is_dir()
    for tables, charts in (("t2", "t2"), ("t2", "t2/c"), ("c2/t", "c2")):
        said = command("report", source, "--charts", tmp_path / charts, "--tables", tmp_path / tables)
        assert said.code == 2
        assert "choose another" in said.err
    said = command("report", source, "--charts", tmp_path / "c3", "--out", tmp_path / "c3" / "report.md")
    assert said.code == 2
    assert not (tmp_path / "c3").exists()


def test_only_its_own_room_knows_matplotlib():
    library = Path(pictures.__file__).parents[2]
    using = {
        path.name
        for path in library.rglob("*.py")
        if any(line.split()[:1] in (["import"], ["from"]) and "matplotlib" in line.split()[1]
               for line in path.read_text("utf-8").splitlines())
    }  # fmt: skip
    assert using == {"canvas.py", "lettering.py"}


def compared(pairs):
    """A report in which organisations are compared on so many themes."""
    made = themes(pairs)
    rows = tuple(
        Comparison(theme.id, "incident", name, 50, 10, 5, 0.11, 0.33, 0.0)
        for theme in made
        for name in ("North", "South")
    )
    return dataclasses.replace(EMPTY, themes=made, comparisons=rows)


@pytest.mark.parametrize(
    ("pairs", "says"), [(12, None), (13, "1 more is compared"), (20, "8 more are compared")]
)
def test_comparisons_without_a_slide_are_counted_on_those_that_have_one(pairs, says):
    made = [s for s in slides(compared(pairs)) if s.form == "shares"]
    assert len(made) == 12
    for slide in made:
        assert (says in slide.about) if says else ("more" not in slide.about)


def test_a_slide_has_the_marking_of_its_report():
    report = dataclasses.replace(compared(1), release=Release("internal"))
    files = pictures.files(report)
    for content in (files[pictures.PAGE], *(data for name, data in files.items() if name.endswith(".svg"))):
        assert "for those inside the review" in content.decode()
        assert "working draft" not in content.decode()
