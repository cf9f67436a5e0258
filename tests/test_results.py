"""The library's front door: what goes in, and the frames and files that come out."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import thememiner as tm
from thememiner import resources
from thememiner.records import Report

TEXTS = [
    "He was discharged after two missed appointments without a home visit.",
    "The family rang three times and nobody called back.",
    "Handover between the two trusts took six weeks and nobody held the case.",
]


@pytest.fixture(scope="session")
def small(golden):
    return {"codebook": str(golden / "codebook.toml"), "template": str(golden / "template.toml")}


@pytest.fixture(scope="session")
def review(small):
    frame = pd.DataFrame({"ref": ["a", "b", "b"], "comment": TEXTS, "phone": ["07700 900461"] * 3})
    return tm.mine(feedback=[tm.Source(frame, text="comment", id="ref")], **small)


def test_frames_give_the_records_as_rows(review):
    assert isinstance(review.record, Report)
    assert set(review.themes["id"]) == {t.id for t in review.record.themes}
    assert len(review.evidence) == len(review.record.evidence) > 0
    assert len(review.findings) == len(review.record.findings) > 0
    assert review.ledger.loc[0, ["source", "status", "documents"]].tolist() == ["DataFrame", "read", 3]
    assert set(review.passages["document_id"]) == {d.id for d in review.documents}
    assert {"theme_id", "score", "outcome", "polarity", "text"} <= set(review.passages.columns)


def test_theme_counts_are_whole_numbers(review):
    counts = [name for name in review.themes.columns if name.startswith("feedback_")]
    assert counts
    assert {dtype.kind for dtype in review.themes[counts].dtypes} == {"i"}
    assert (review.themes[counts].sum(axis=1) == review.themes["passages"]).all()


def test_each_quote_is_its_slice(review):
    texts = {d.id: d.text for d in review.documents}
    for row in review.evidence.itertuples():
        assert texts[row.document_id][row.start : row.end] == row.quote


def test_the_frame_given_is_not_changed(small):
    frame = pd.DataFrame({"text": TEXTS})
    before = frame.copy()
    tm.mine(incidents=tm.Source(frame, text="text"), **small)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("suffix", ["html", "json", "md"])
def test_the_suffix_chooses_the_renderer(review, tmp_path, suffix):
    path = review.report(tmp_path / f"sub/report.{suffix}")
    text = path.read_text("utf-8")
    starts = {"html": "<!doctype html>", "json": '{\n "schema": 1', "md": "#"}
    assert text.lower().lstrip().startswith(starts[suffix]) or suffix == "md"
    with pytest.raises(tm.UnknownNameError, match=r"\.docy"):
        review.report(tmp_path / "report.docy")


def test_saving_writes_five_files_that_agree(review, small, tmp_path):
    folder = review.save(tmp_path / "out")
    assert sorted(p.name for p in folder.iterdir()) == [
        "documents.jsonl",
        "report.html",
        "report.json",
        "report.md",
        "settings.toml",
    ]
    report = json.loads((folder / "report.json").read_text("utf-8"))
    lines = [json.loads(line) for line in (folder / "documents.jsonl").read_text("utf-8").splitlines()]
    assert {d["id"]: d["sha256"] for d in report["documents"]} == {d["id"]: d["sha256"] for d in lines}
    assert tm.settings.load_settings(folder / "settings.toml") == tm.Settings(**small)


def test_a_frame_can_be_verified(review):
    frame = pd.DataFrame({"ref": ["a", "b", "b"], "comment": TEXTS, "phone": ["07700 900461"] * 3})
    assert tm.verify(review.record, [frame]).passed
    frame.loc[0, "comment"] = "Something else."
    assert not tm.verify(review.record, [frame]).passed


def test_files_and_folders_by_kind(small, tmp_path):
    pd.DataFrame({"text": TEXTS}).to_csv(tmp_path / "incidents.csv", index=False)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "p.md").write_text(
        "# Discharge\n\nStaff must not discharge for a missed visit.\n"
    )
    review = tm.mine(
        incidents=tm.Source(tmp_path / "incidents.csv", text="text"),
        policies=[str(tmp_path / "policies")],
        **small,
    )
    assert {d.kind for d in review.documents} == {"incident", "policy"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "nothing to read"),
        ({"incidents": None, "feedback": []}, "nothing to read"),
        ({"incidents": "nowhere.csv"}, "nowhere.csv does not exist"),
        ({"incidents": ["x.csv"], "codebook": "asertive-care"}, "Did you mean 'assertive-care'"),
        ({"incidents": ["x.csv"], "template": "assertive-care"}, "Did you mean 'assertive-care-review'"),
        ({"review": "nowhere.toml"}, "nowhere.toml does not exist"),
    ],
)
def test_what_can_be_mended_is_an_input_error(given, words):
    with pytest.raises(tm.InputError, match=words):
        tm.mine(**given)


def test_a_frame_with_a_wrong_column_or_none(tmp_path):
    frame = pd.DataFrame({"comment": TEXTS})
    with pytest.raises(tm.InputError, match='Did you mean "comment"'):
        tm.mine(feedback=tm.Source(frame, text="coment"))
    with pytest.raises(tm.InputError, match="no_text_column"):
        tm.mine(feedback=frame)
    with pytest.raises(tm.InputError, match="no text could be read"):
        tm.mine(feedback=tm.Source(frame.iloc[:0], text="comment"))


def test_a_review_as_a_record_and_sources_beside_it(tmp_path, small):
    path = tmp_path / "a.csv"
    pd.DataFrame({"text": TEXTS[:1]}).to_csv(path, index=False)
    plan = tm.Review(sources=(tm.Source(path, "policy", text="text"),), title="Ours")
    review = tm.mine(review=plan, feedback=tm.Source(pd.DataFrame({"t": TEXTS[1:]}), text="t"), **small)
    assert review.record.title == "Ours"
    assert sorted(d.kind for d in review.documents) == ["feedback", "feedback", "policy"]


def test_a_report_is_saved_over_its_like_and_not_over_what_a_person_wrote(review, tmp_path):
    review.save(tmp_path)
    review.save(tmp_path)
    page = tmp_path / "report.md"
    page.write_text(page.read_text("utf-8") + "Checked by hand.\n", "utf-8")
    with pytest.raises(tm.InputError, match=r"report\.md in .* was changed"):
        review.save(tmp_path)
    assert "Checked by hand." in page.read_text("utf-8")
    review.save(tmp_path, overwrite=True)
    assert "Checked by hand." not in page.read_text("utf-8")


def test_a_report_is_not_saved_among_its_sources(tmp_path, small):
    (tmp_path / "in").mkdir()
    pd.DataFrame({"text": TEXTS}).to_csv(tmp_path / "in" / "a.csv", index=False)
    review = tm.mine(feedback=tm.Source(tmp_path / "in", text="text"), **small)
    with pytest.raises(tm.InputError, match="lies in"):
        review.save(tmp_path / "in" / "out")
    assert not (tmp_path / "in" / "out").exists()


def test_what_a_reader_must_know_is_warned_of(tmp_path, small):
    (tmp_path / "nil.csv").write_text("")
    frame = tm.Source(pd.DataFrame({"text": TEXTS}), text="text")
    with pytest.warns(tm.InputWarning, match="no incident report could be read, although 1 file was given"):
        review = tm.mine(incidents=tmp_path / "nil.csv", feedback=frame, **small)
    review.save(tmp_path / "out")
    page = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert page.index("No incident report could be used") < page.index("## Main findings")
    assert "No incident report could be used" in (tmp_path / "out" / "report.html").read_text("utf-8")
    with pytest.warns(
        tm.InputWarning, match="are not in codebook 'small', the first access-waiting: themes that no"
    ):
        tm.mine(feedback=frame, codebook=small["codebook"])


def test_a_run_without_a_title_or_question_is_given_none_by_the_template(review):
    assert review.record.question == ""
    assert review.record.title == "Themes and evidence"


def test_a_report_can_be_proved_by_its_path(tmp_path, small):
    pd.DataFrame({"text": TEXTS}).to_csv(tmp_path / "a.csv", index=False)
    out = tm.mine(feedback=tm.Source(tmp_path / "a.csv", text="text"), **small).save(tmp_path / "out")
    assert tm.verify(out / "report.json", [tmp_path / "a.csv"]).passed


def test_the_repr_tells_no_text(review):
    assert repr(review).startswith("ThemedReview(3 documents, ")


def test_the_shipped_sample_review_can_be_loaded():
    assert tm.load_review(resources.folder("samples") / "review.toml").sources
