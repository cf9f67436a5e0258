"""Short forms: ours written out once, those in quotes explained and never altered, the unknown listed."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from thememiner import acronyms, resources
from thememiner.errors import TomlError
from thememiner.records import Report
from thememiner.releasing import release
from thememiner.releasing.approvals import Approvals
from thememiner.reports import html, json, markdown, shortforms, wording
from thememiner.reports.arranging import arrange

FIXED = {"AOT": ("assertive outreach team",), "DNA": ("did not attend", "deoxyribonucleic acid")}


def test_the_shipped_glossary_has_what_this_work_meets() -> None:
    known = acronyms.shipped()
    assert len(known) >= 150
    wanted = "DNA CPA CMHT AOT LFPSE PSIRF MHA CTO S117 ICB CRHT AMHP PICU RC CQC EIP HoNOS STEIS".split()
    assert not set(wanted) - set(known)
    assert all(len(known[short]) == 2 for short in ("DNA", "CPN", "MHA"))
    assert acronyms.well_known() <= set(known)


def test_no_short_form_stands_twice_or_without_a_meaning() -> None:
    path = resources.folder("cues") / "glossary.toml"
    tomllib.loads(path.read_text(encoding="utf-8"))  # a key that stands twice is an error
    assert all(meaning and meaning != short for short, told in acronyms.shipped().items() for meaning in told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Referred to AOT.", ["AOT"]),
        ("Three DNAs, then closed.", ["DNA"]),
        ("AOT/DNA, AOT.", ["AOT", "DNA"]),
        ("The AOTX and xAOT and an aot.", []),
        ("[AOT 1] and [DNA]", []),
        ("", []),
    ],
)
def test_short_forms_are_found_whole(text: str, found: list[str]) -> None:
    assert list(acronyms.explained([text], FIXED)) == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Sent to QZX and to ZZY."], ("QZX", "ZZY")),
        (["Sent to AOT."], ()),
        (["It was NOT ok.", "It was not ok."], ()),
        (["I WAS LEFT ALONE ALL NIGHT"], ()),
        (["Rang HMHT twice."], ()),
        (["Rang ELM twice."], ()),
        (["[NHS NUMBER] of [PERSON 1]"], ()),
        (["ABCDEFG is too long, A is too short."], ()),
    ],
)
def test_what_nothing_explains_is_listed_and_no_word_or_name(
    texts: list[str], found: tuple[str, ...]
) -> None:
    names = ["Harrowdale Mental Health NHS Foundation Trust", "ELM ward", ""]
    assert acronyms.unknown(texts, FIXED, names) == found


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[meanings]\nQZX = "quiet zone"\nDNA = ["did not answer", "did not attend"]\n', "utf-8")
    assert acronyms.own(path) == {"QZX": ("quiet zone",), "DNA": ("did not answer", "did not attend")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", '"meanings" is missing'),
        ("[meanings]\nQZX = 3\n", "QZX"),
        ('[meanings]\nQZX = ""\n', "QZX"),
        ("[meanings]\nQZX = []\n", "QZX"),
        (f'[meanings]\n{"Q" * 41} = "x"\n', "QQQ"),
        ('[meaning]\nQZX = "x"\n', "meanings"),
        ('meanings = "x"\n', "meanings"),
        ("[meanings\n", "TOML"),
    ],
)
def test_a_broken_file_is_told_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(TomlError, match=r"mine\.toml") as caught:
        acronyms.own(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TomlError, match="does not exist"):
        acronyms.own(tmp_path / "none.toml")


def _with(report: Report, quote: str) -> Report:
    return replace(report, evidence=(replace(report.evidence[0], quote=quote), *report.evidence[1:]))


def test_ours_is_written_out_at_first_use_alone(whole: Report) -> None:
    findings = tuple(replace(f, statement=f"The CTO and the DNA: {n}.") for n, f in enumerate(whole.findings))
    contents = arrange(replace(whole, findings=findings))
    first = [f.statement for s in contents.sections for f in s.main]
    rest = [f.statement for s in contents.sections for f in s.all if not f.told]
    assert first[0].startswith("The community treatment order (CTO) and the DNA")
    assert not any("community treatment order" in text for text in (*first[1:], *rest))


def test_quotes_are_never_altered_and_are_explained(whole: Report) -> None:
    quote = "CTO recalled, AOT told, QZX not."
    report = _with(whole, quote)
    assert "community treatment order" in dict(shortforms.table(report).rows)["CTO"]
    assert shortforms.not_explained(report) == f"{wording.NOT_EXPLAINED}: QZX."
    page = html.render(report)
    assert quote in page
    assert "assertive outreach team" in page
    assert f"{wording.NOT_EXPLAINED}: QZX." in markdown.render(report)


def test_ones_own_meaning_is_laid_over_the_shipped_and_kept_with_the_report(
    whole: Report, tmp_path: Path
) -> None:
    report = replace(
        _with(whole, "AOT rang QZX."), glossary=(("AOT", ("always on time",)), ("QZX", ("quiet zone",)))
    )
    rows = dict(shortforms.table(report).rows)
    assert (rows["AOT"], rows["QZX"]) == ("always on time", "quiet zone")
    assert shortforms.not_explained(report) == ""
    path = tmp_path / "report.json"
    path.write_text(json.render(report), "utf-8", newline="")
    assert json.load(path).glossary == report.glossary


def test_both_meanings_are_given(whole: Report) -> None:
    rows = dict(shortforms.table(_with(whole, "DNA again.")).rows)
    assert rows["DNA"] == "did not attend; or: deoxyribonucleic acid"


def test_a_hostile_meaning_makes_no_element(whole: Report) -> None:
    report = replace(_with(whole, "QZX"), glossary=(("QZX", ("<script>alert(1)</script>",)),))
    assert "<script" not in html.render(report)


def test_a_setting_that_leads_to_no_file_is_told_before_anything_is_read(
    command, golden, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('glossary = "nowhere.toml"\n', "utf-8")
    given = ("run", "--review", golden / "review.toml", "--settings", settings, "--out", tmp_path / "out")
    told = command(*given)
    assert told.code == 2
    assert "nowhere.toml does not exist" in told.err
    assert not (tmp_path / "out").exists()


def test_in_public_only_what_stands_in_a_shown_quote_is_kept(whole: Report) -> None:
    shown = ("ZZQ", ("a local team",))
    report = replace(whole, glossary=(("QXQ", ("a name nobody should see",)), shown))
    report = replace(report, evidence=tuple(replace(e, quote=f"{e.quote} ZZQ.") for e in report.evidence))
    made, _ = release(report, "public", small_numbers="none", approvals=Approvals())
    assert {e.kind for e in made.evidence} <= {"policy", "account"}
    assert made.glossary == ((shown,) if made.evidence else ())
