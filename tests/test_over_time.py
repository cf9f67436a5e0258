"""Themes over time in a run's report: what a run finds, what the record says, what the pages show."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import json
import random
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser as HTMLParser

import thememiner as tm
from thememiner import pipeline, reports, trending
from thememiner.records import Change, DocumentEntry, Membership, Report, Theme, Trend
from thememiner.reports import html, markdown, overtime, timecharts
from thememiner.reports import json as data
from thememiner.settings import Settings
from thememiner.trending import Coded, saying

SCHEMA = json.loads((Path(reports.__file__).parent / "schema.json").read_text("utf-8"))
CODE, OTHER = "code:book/handover", "code:book/visits"
PLAIN = [(6, 20), (8, 20)] * 7  # shares .3 and .4: M = .35, R = .1, limits .084 and .616
JUMP = [*PLAIN, (15, 20)]


def entry(key, date, kind="incident"):
    return DocumentEntry(key, kind, "staff", "North", "", "", date, "a.csv", "0" * 64, passages=2)


def member(key, theme=CODE):
    return Membership(f"{key}:0-9", theme, 0.9, "assigned", "negative")


def coded(cells, tag="", theme=CODE, kind="incident"):
    """A run of so many (with the theme, documents) a month from January 2023, spread over each month."""
    documents, members = [], []
    for n, (carried, total) in enumerate(cells):
        month = f"{2023 + n // 12}-{n % 12 + 1:02}"
        for i in range(total):
            key = f"{tag}{month}-{i}"
            documents.append(entry(key, f"{month}-{1 + i * 27 // max(total - 1, 1):02}", kind))
            if i < carried:
                members.append(member(key, theme))
    return Coded((), tuple(documents), tuple(members), ((theme, "Handover"),))


def added(run, documents=(), memberships=(), themes=()):
    """A run with more: each document and theme once."""
    return dataclasses.replace(
        run,
        documents=tuple({d.id: d for d in (*run.documents, *documents)}.values()),
        memberships=(*run.memberships, *memberships),
        themes=tuple(dict((*run.themes, *themes)).items()),
    )


def report(run, changes=()):
    return Report(
        provenance={"changes": [dataclasses.asdict(change) for change in changes]} if changes else {},
        title="A review",
        question="",
        ledger=(),
        documents=run.documents,
        received=(),
        outstanding=(),
        absent_voices=(),
        sections=(),
        themes=tuple(Theme(key, name, "codebook") for key, name in run.themes),
        findings=(),
        evidence=(),
        memberships=run.memberships,
    )


def told(*runs, changes=(), date=""):
    """The report of runs taken together, with its trends."""
    run = runs[0]
    for other in runs[1:]:
        run = added(run, documents=other.documents, memberships=other.memberships, themes=other.themes)
    bare = report(run, changes)
    return trending.over_time(
        dataclasses.replace(bare, provenance=bare.provenance | ({"date": date} if date else {}))
    )


def part(record):
    """The part of the HTML page that is about time, None where there is none."""
    head = HTMLParser(html.render(record)).css_first("h2#over-time")
    return head.parent if head else None


def page(record):
    return markdown.render(record).partition("## Over time\n")[2].partition("\n## ")[0]


# A run.


TEAMS = ("crisis team", "community team", "day hospital", "ward", "liaison team", "outreach team", "clinic")
LACK = ("got no handover", "was given no handover summary", "held no handover meeting", "lost the handover")
WHEN = ("after the bank holiday", "when the case moved", "on the first day", "when the worker left")
THINGS = ("The lift", "The boiler", "A window", "The printer", "The back door", "A hoist", "The kettle")
HOURS = ("after lunch", "at noon", "in the night", "before the doors opened")
ROOMS = ("kitchen", "corridor", "car park", "garden", "lobby", "laundry", "stairwell")
BROKE = ("was out of order", "had come loose", "leaked onto the floor", "would not start")


def months_of_incidents(path, carried, total):
    """Write invented incidents: so many of `total` a month from April 2024 on are about handover."""
    draw = random.Random(7)
    about = [
        f"The {a} {lack} from the {b} {when}."
        for a, lack, b, when in itertools.product(TEAMS, LACK, TEAMS, WHEN)
        if a != b
    ]
    other = [f"{a} {b} in the {c} {d}." for a, b, c, d in itertools.product(THINGS, BROKE, ROOMS, HOURS)]
    draw.shuffle(about)
    draw.shuffle(other)
    rows = [
        (
            (about if i < number else other).pop(),
            f"{1 + i * 27 // (total - 1):02}/{m % 12 + 1:02}/{2024 + m // 12}",
        )
        for m, number in enumerate(carried, start=3)
        for i in range(total)
    ]  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(
            [("Log", "What", "When"), *((f"L{n}", *row) for n, row in enumerate(rows))]
        )


def test_a_planted_jump_stands_out_in_the_report_of_a_run(tmp_path, golden):
    carried = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 16, 5, 6]
    months_of_incidents(tmp_path / "incidents.csv", carried, 16)
    small = {"codebook": str(golden / "codebook.toml"), "template": str(golden / "template.toml")}
    plan = tm.Review(
        sources=(tm.Source(tmp_path / "incidents.csv", text="What", id="Log", date="When"),), **small
    )
    made = pipeline.run(plan, Settings(discover=False, **small)).report
    (line,) = made.timelines
    assert (line.kind, line.period, line.documents, line.plotted) == ("incident", "month", 208, 208)
    found = {trend.theme_id: trend for trend in made.trends}["code:small/handover"]
    assert found.signal
    outside = [(point[0], *point[1:3], point[4]) for point in found.points if point[5] == "outside"]
    assert outside == [("2025-02-01", 16, 16, "high")]
    assert "Above the upper limit in Feb 2025 (100.0 %, 16 of 16)." in found.says
    assert "Above the upper limit in Feb 2025" in part(made).text().replace("\u00a0", " ")
    path = tmp_path / "report.json"
    path.write_text(data.render(made), "utf-8")
    again = data.canonical(trending.over_time(data.load(path)))
    assert again == data.load(path) == data.canonical(made)


# The record.


def test_a_report_has_the_trends_that_the_command_writes(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = coded(JUMP)
    record = told(run, date="2024-03-31")
    Path("report.json").write_text(data.render(record), "utf-8")
    assert command("trends", "report.json", "--out", "t.json").code == 0
    wanted = json.loads(data.render(record))
    written = json.loads(Path("t.json").read_text("utf-8"))
    assert written["trends"] == wanted["trends"]
    assert written["timelines"] == wanted["timelines"]


def test_the_command_leaves_out_what_the_reports_do_and_else_what_is_to_come(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for date, until in (("2023-12-31", "2023-12-31"), ("", None)):
        Path("report.json").write_text(data.render(told(coded(PLAIN), date=date)), "utf-8")
        assert command("trends", "report.json", "--out", "t.json").code == 0
        (line,) = json.loads(Path("t.json").read_text("utf-8"))["timelines"]
        assert line["until"] == (until or line["until"])
        assert line["until"] > "2023-12-30"
        assert line["plotted"] == (240 if until else 280)


def test_a_report_that_tells_no_day_sets_none_for_the_others(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(data.render(told(coded(PLAIN), date="2023-12-31")), "utf-8")
    Path("b.json").write_text(data.render(told(coded(PLAIN))), "utf-8")
    assert command("trends", "a.json", "b.json", "--out", "t.json").code == 0
    (line,) = json.loads(Path("t.json").read_text("utf-8"))["timelines"]
    assert line["until"] > "2024-12-31"


def test_the_same_report_has_the_same_trends_in_any_order_and_at_any_time():
    run = coded(JUMP)
    turned = dataclasses.replace(run, documents=run.documents[::-1], memberships=run.memberships[::-1])
    assert data.render(told(run)) == data.render(told(turned))
    ahead = added(run, documents=[entry("x", "2025-01-20")], memberships=[member("x")])
    assert told(ahead).timelines[0].plotted == 301  # no day is told, so none is too late
    (line,) = told(ahead, date="2024-03-31").timelines
    assert (line.until, line.plotted, line.left_out) == ("2024-03-31", 300, (("dated after 2024-03-31", 1),))


def test_trends_come_back_from_a_file_and_are_of_the_schema(tmp_path):
    change = Change("2023-08-14", "Another form", rebase=True)
    record = told(
        coded([*JUMP, (0, 0), (6, 20)]), coded(PLAIN[:3], tag="f", kind="feedback"), changes=[change]
    )
    path = reports.write(record, tmp_path / "report.json")
    assert data.load(path) == data.canonical(record)
    assert data.render(data.load(path)) == path.read_text("utf-8")
    written = json.loads(path.read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(written)
    for key, name in (("trends", "trend"), ("timelines", "timeline")):
        named = SCHEMA["$defs"][name]
        assert list(written[key][0]) == list(named["properties"]) == named["required"]
    wrong = json.loads(path.read_text("utf-8"))
    wrong["trends"][0]["points"][0][4] = "better"
    assert not Draft202012Validator(SCHEMA).is_valid(wrong)


def test_a_report_from_before_trends_were_kept_still_loads_and_has_no_part_of_it(tmp_path):
    given = json.loads(data.render(told(coded(PLAIN))))
    for key in ("timelines", "trends"):
        given.pop(key)
    path = tmp_path / "report.json"
    path.write_text(json.dumps(given), "utf-8")
    assert part(data.load(path)) is None
    assert "## Over time" not in markdown.render(data.load(path))


def test_a_theme_in_fewer_than_five_documents_has_no_chart_and_is_named():
    run = coded(PLAIN)
    keys = [d.id for d in run.documents]
    for number, charted in ((4, False), (5, True)):
        rare = added(
            run, memberships=[member(key, OTHER) for key in keys[:number]], themes=[(OTHER, "Visits")]
        )
        record = told(rare)
        assert (OTHER in {trend.theme_id for trend in record.trends}) == charted
        (line,) = record.timelines
        assert line.uncharted == (() if charted else (OTHER,))
        assert line.themes == 1 + charted
        if not charted:
            assert "In too few documents or months to judge: Visits." in part(record).text()
            assert (
                "4 documents carry the theme" in trending.trends([rare], "incident", themes=[OTHER])[0].says
            )
    nearly = [member(key, OTHER) for key in keys[:-4]]
    assert told(added(run, memberships=nearly, themes=[(OTHER, "Visits")])).timelines[0].uncharted == (OTHER,)


# What is said.


def test_no_dates_is_a_line_and_no_chart():
    run = coded(PLAIN)
    record = told(dataclasses.replace(run, documents=tuple(entry(d.id, "") for d in run.documents)))
    assert record.trends == ()
    words = (
        "Not charted over time: none of 280 incident reports can be plotted (no date that can be read: 280)."
    )
    assert record.timelines[0].note == words
    for text in (part(record).text(), page(record)):
        assert words in text.replace("\\", "")
    assert not part(record).css("svg")


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (coded(PLAIN[:5]), "100 of 100 incident reports, Jan 2023 to May 2023, are too few, or of too"),
        (coded(PLAIN[:1]), "20 of 20 incident reports, Jan 2023, are too few"),
        (coded([(0, 20)] * 14), "none of 280 dated incident reports carries a theme."),
    ],
)  # fmt: skip
def test_too_few_are_told_as_that(run, words):
    record = told(run)
    assert record.trends == ()
    assert words in record.timelines[0].note
    assert words in part(record).text()


def test_policies_and_accounts_come_at_no_time():
    record = told(coded(PLAIN, kind="policy"), coded(PLAIN, kind="account", tag="a"))
    assert (record.timelines, record.trends) == ((), ())
    assert part(record) is None


def trend_of(shares, **about):
    """A run's trend of shares in percent of 100 documents a month."""
    (found,) = trending.trends([coded([(share, 100) for share in shares])], "incident", **about)
    return found


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ([30, 40] * 7, "Nothing stands out. Usual: 35.0 % of incident reports a month (mean); chance alone"),
        ([30, 40] * 7 + [75], "Above the upper limit in Mar 2024 (75.0 %, 75 of 100)."),
        ([30, 34] * 7 + [5], "Below the lower limit in Mar 2024 (5.0 %, 5 of 100)."),
        ([40, 30] * 6 + [31, 33, 34, 35, 36, 38, 40], "Rising from Dec 2023 to Jul 2024 (trend)."),
        ([30, 40] * 6 + [39, 37, 36, 35, 34, 32, 30], "Falling from Dec 2023 to Jul 2024 (trend)."),
        ([30, 40] * 7 + [36, 37, 36, 38, 36, 37, 36], "Above its mean from Feb 2024 to Sep 2024 (shift)."),
        # the highest point of a shift is outside, and the shift goes on under it
        ([20, 30] * 6 + [31, 33, 31, 55, 31, 33, 31], "Above its mean from Dec 2023 to Jul 2024 (shift)."),
        ([10, 12] * 9 + [18, 19, 18, 40, *[18, 19] * 2, 18], "(10.0 %, 10 of 100) and 6 more times (two of"),
        ([1, 2, 1, 1, 3, 2, 2, 1, 2, 1, 3, 2], "Nothing stands out. Usual: 2.0 % of incident reports"),
        ([1, 2] * 4 + [3, 4, 3, 4, 3, 4], "Above its median from Sep 2023 to Feb 2024 (shift)."),
        ([1, 3] * 7 + [2, 3, 4, 3, 2, 4, 3, 3], "On or below its median from Jan 2023 to Mar 2024 (shift)."),
        ([0] * 9 + [1, 2, 1, 0, 1], "and so rare that little could stand out: half of the months have none."),
        ([1] * 7 + [3] * 7, "It crosses its median less often than chance would have it"),
        ([1, 3] * 7, "It crosses its median more often than chance would have it"),
    ],
)  # fmt: skip
def test_what_a_chart_shows_in_plain_words(shares, says):
    found = trend_of(shares)
    assert says in found.says
    assert found.signal == (not found.says.startswith("Nothing stands out"))
    assert found.signal == (
        any(point[4] for point in found.points) or bool(found.movement) or "crosses" in found.says
    )


def by_hand(shares, flags, centre=0.5, chart="xmr"):
    """A trend of these shares, of which those flagged are, by (flag, rule)."""
    points = tuple(
        (f"2024-{n:02}-01", round(20 * share), 20, share, *flags.get(n, ("", "")), 1)
        for n, share in enumerate(shares, start=1)
    )
    limits = (0.1, 0.9) if chart == "xmr" else (None, None)
    return Trend(
        CODE,
        "Handover",
        "incident",
        "month",
        chart,
        points=points,
        segments=((1, "", centre, *limits, False),),
    )


def test_a_shift_ends_on_the_mean_and_passes_over_a_median():
    shift = dict.fromkeys((1, 2, 3, 5, 6, 7), ("high", "shift"))
    shares = [0.6, 0.7, 0.6, 0.5, 0.6, 0.7, 0.6]
    _, words = saying.says(by_hand(shares, shift), (), "")
    assert words.startswith("Above its mean from Jan 2024 to Mar 2024 and from May 2024 to Jul 2024 (shift).")
    _, words = saying.says(by_hand(shares, shift, chart="run"), (), "")
    assert words.startswith("On or above its median from Jan 2024 to Jul 2024 (shift).")


def test_four_times_are_told_and_of_five_three():
    for times, end in ((4, "and in Jul 2024 (95.0 %, 19 of 20)."), (5, "and 2 more times.")):
        flags = {2 * n + 1: ("high", "outside") for n in range(times)}
        _, words = saying.says(by_hand([0.95, 0.5] * 5, flags), (), "")
        assert words.partition(" Usual")[0].endswith(end)


def test_no_word_judges():
    for shares in ([30, 40] * 7 + [75], [30, 40] * 7 + [5], [30, 40] * 8 + [60] * 3):
        text = trend_of(shares).says.lower() + page(told(coded([(share, 100) for share in shares]))).lower()
        assert not re.findall(r"improve|worse|deteriorat|concern|worr", text)


def test_what_emerges_is_said_first_and_its_months_are_shaded():
    record = told(coded([(8, 80)] * 18 + [(24, 80)] * 3))
    (found,) = record.trends
    assert (found.movement, found.recent) == ("emerging", 3)
    assert found.says.startswith(
        "Emerging: 30.0 % (72 of 240) of the last 3 months, 10.0 % (144 of 1,440) before."
    )
    (box,) = part(record).css("svg rect.recent")
    assert "Shaded: the last 3 months, held against those before." in part(record).text()
    width = (timecharts.WIDTH - timecharts._LEFT - timecharts._RIGHT) / 21
    assert float(box.attributes["width"]) == pytest.approx(3 * width, abs=0.2)
    assert float(box.attributes["x"]) == pytest.approx(timecharts._LEFT + 18 * width, abs=0.2)


def test_what_emerges_stands_before_what_only_stands_out():
    rising = coded([(1, 80)] * 18 + [(8, 80)] * 3, theme=OTHER)
    rising = dataclasses.replace(rising, themes=((OTHER, "Visits"),))
    record = told(coded([(30, 80)] * 10 + [(60, 80)] + [(31, 80), (29, 80)] * 5), rising)
    assert {(t.movement, t.signal, t.chart) for t in record.trends} == {
        ("", True, "xmr"),
        ("emerging", True, "run"),
    }
    assert [node.text().partition(":")[0] for node in part(record).css("h3")] == ["Visits", "Handover"]


def test_a_theme_may_emerge_in_too_few_months_for_a_chart():
    record = told(coded([(1, 80)] * 6 + [(12, 80)] * 2 + [(8, 80)], theme=OTHER))
    (found,) = record.trends
    assert (found.chart, found.movement, record.timelines[0].uncharted) == ("none", "emerging", (OTHER,))
    text = part(record).text()
    assert "Emerging: 13.3" in text
    assert "Too few points for limits or a median." in text
    assert "to judge:" not in text


def test_with_several_stretches_it_is_said_of_when_the_usual_is():
    change = Change("2023-08-01", "Another form", rebase=True)
    whole = told(coded([(30, 100), (40, 100)] * 7), changes=[change]).trends[0]
    assert ". Since Aug 2023: 35.7 %" in whole.says
    assert "(trial limits: few points)" in whole.says
    late = told(coded([(30, 100), (40, 100)] * 7), changes=[Change("2023-12-01", "x", rebase=True)])
    assert ". From Jan 2023 to Nov 2023: 34.5 %" in late.trends[0].says


# The pages.


def many(number):
    """A report of so many themes that each have a month that stands out, and one that has none."""
    runs = [
        dataclasses.replace(
            coded(
                [(17, 20) if m == n else cell for m, cell in enumerate(PLAIN * 2)], theme=f"code:book/c{n:02}"
            ),
            themes=((f"code:book/c{n:02}", f"Theme {n:02}"),),
        )
        for n in range(number)
    ]
    return told(*runs, coded(PLAIN * 2))


def test_what_stands_out_is_drawn_and_the_rest_is_a_line():
    record = many(2)
    heads = [node.text() for node in part(record).css("h3")]
    assert heads == ["Theme 00: incident reports", "Theme 01: incident reports"]
    assert len(part(record).css("svg")) == 2
    assert "Nothing stands out: Handover." in part(record).text()
    assert "2 of 3 charts show something that stands out" in part(record).text()
    (quiet,) = [trend for trend in record.trends if not trend.signal]
    assert quiet.theme == "Handover"
    assert "On no chart does anything stand out." in part(told(coded(PLAIN))).text()


def test_more_than_can_be_drawn_are_sentences():
    record = many(overtime.CHARTS + 2)
    assert len(part(record).css("svg")) == overtime.CHARTS
    (rest,) = [node for node in part(record).css("h3") if node.text() == "What else stands out"]
    assert len(rest.next.next.css("li") if rest.next.tag == "-text" else rest.next.css("li")) == 2
    for trend in record.trends:
        if trend.signal:
            assert trend.says in part(record).text().replace("\u00a0", " ")
            assert trend.says in page(record).replace("\\", "").replace("\u00a0", " ")


def test_a_chart_can_be_read_without_seeing_it():
    record = told(coded([*JUMP, (0, 0), (6, 20)]), changes=[Change("2023-08-14", "Another <form>")])
    (chart,) = part(record).css("svg")
    assert chart.attributes["role"] == "img"
    title, words = chart.css_first("title").text(), chart.css_first("desc").text()
    assert title == "Handover: incident reports, share by month, Jan 2023 to May 2024"
    assert words.startswith(record.trends[0].says)
    for text in (part(record).text(), page(record).replace("\\", "")):
        assert "1: Another <form> (14 August 2023)" in text
        assert "high: outside" in text
        assert "not judged: no document" in text
    rows = [[cell.text().strip() for cell in row.css("th, td")] for row in part(record).css("tbody tr")]
    assert rows[14] == ["Mar 2024", "15", "20", "75.0 %", "high: outside"]
    assert rows[15] == ["Apr 2024", "0", "0", "–", "not judged: no document"]
    assert len(rows) == 17


def test_what_stands_out_has_another_shape():
    shown = part(told(coded([*JUMP, (0, 20), (6, 20), (8, 20)])))
    shapes = {node.attributes["class"]: node.attributes["d"] for node in shown.css("svg path")}
    assert "▲ stands out, high or rising." in shown.text()
    assert shapes["high"].count("L") == 2
    assert "a" in shapes["plain"]
    assert "a" not in shapes["high"]
    assert len(shown.css("svg path.high")) == 1
    tip, *foot = heights(shapes["high"])
    assert all(tip < y for y in foot)
    fallen = part(told(coded([(30, 100), (34, 100)] * 7 + [(5, 100)])))
    tip, *foot = heights(fallen.css_first("svg path.low").attributes["d"])
    assert all(tip > y for y in foot)


def heights(path):
    """How far down the corners of a triangle stand."""
    return [float(y) for y in re.findall(r" (-?[\d.]+)", path)]


def test_an_incomplete_month_is_hollow():
    run = coded(JUMP)
    short = part(told(added(run, [entry("z", "2024-04-03")], [member("z")])))
    assert len(short.css("svg path.open")) == 1
    assert "○ incomplete, not judged." in short.text()
    assert not part(told(run)).css("svg path.open")
    assert "○" not in part(told(run)).text()


def test_a_line_is_broken_at_a_gap_and_where_the_coding_differs_and_not_at_a_change():
    gap = timecharts.draw(told(coded([*JUMP, (0, 0), (6, 20)])).trends[0], "a", "b", "c")
    assert [len(curve.split()) for curve in gap.curves] == [15, 1]
    rebased = told(coded(PLAIN), changes=[Change("2023-08-01", "x", rebase=True)]).trends[0]
    assert [len(curve.split()) for curve in timecharts.draw(rebased, "a", "b", "c").curves] == [14]
    broken = dataclasses.replace(
        rebased, segments=tuple((s[0], "coding" if s[0] > 1 else "", *s[2:]) for s in rebased.segments)
    )
    assert [len(curve.split()) for curve in timecharts.draw(broken, "a", "b", "c").curves] == [7, 7]


@pytest.mark.parametrize(
    "shares", [[0] * 14, [100] * 14, [1, 0] * 7, [30, 40] * 7 + [75], [99, 100] * 7, [50, 51] * 7, [50]]
)
def test_everything_stands_inside_the_chart_and_no_number_over_another(shares):
    (found,) = trending.trends([coded([(share, 100) for share in shares])], "incident", themes=[CODE])
    chart = timecharts.draw(found, "a", "b", "c")
    heights = [line.y1 for line in chart.lines] + [
        float(p.split(",")[1]) for c in chart.curves for p in c.split()
    ]
    assert all(timecharts._TOP <= y <= timecharts._FOOT for y in heights)
    assert all(0 <= word.x <= chart.width and 0 < word.y <= chart.height for word in chart.words)
    ends = sorted(word.y for word in chart.words if word.style == "line")
    assert all(b - a >= timecharts._APART for a, b in itertools.pairwise(ends))
    assert any(word.text == "0 %" for word in chart.words)


def test_a_share_stands_at_its_height_on_the_scale():
    chart = timecharts.draw(trend_of([30, 40] * 7), "a", "b", "c")
    foot, top = timecharts._FOOT, timecharts._TOP  # limits 8 and 62 %, so the scale runs to 80 %
    first, second = (float(point.split(",")[1]) for point in chart.curves[0].split()[:2])
    assert (foot - first) / (foot - top) == pytest.approx(0.3 / 0.8, abs=0.001)
    assert (foot - second) / (foot - top) == pytest.approx(0.4 / 0.8, abs=0.001)
    assert [word.text for word in chart.words if word.style == "right"][:5] == [
        "0 %",
        "20 %",
        "40 %",
        "60 %",
        "80 %",
    ]


def test_the_page_is_whole_and_the_same_twice():
    record = many(3)
    assert html.render(record) == html.render(many(3))
    tree = HTMLParser(html.render(record))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in tree.css("[aria-labelledby]"):
        assert set(node.attributes["aria-labelledby"].split()) <= set(ids)
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    heads = [node.text().strip() for node in tree.css("h2")]
    assert heads.index("Over time") == heads.index("All themes") - 1


def test_texts_from_outside_stay_texts():
    hostile = "<script>alert(1)</script>\"'&"
    trend = Trend(
        theme_id=hostile,
        theme=hostile,
        kind="incident",
        period="month",
        chart="xmr",
        points=((hostile, 3, 9, 1 / 3, "high", hostile, 1), ("2024-02-01", 4, 9, 4 / 9, "", "", 1)),
        segments=((1, "", 0.4, 0.1, 0.7, True),),
        changes=((hostile, hostile),),
        signal=True,
        says=hostile,
        note=hostile,
    )
    record = dataclasses.replace(told(coded(PLAIN)), trends=(trend,))
    tree = HTMLParser(html.render(record))
    assert not tree.css("script")
    assert hostile in part(record).text()
    assert "<script>" not in markdown.render(record)
