"""A review as it is written down: slips are told, what is out is counted, what is owed is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from thememiner import resources, scoping
from thememiner.errors import TomlError
from thememiner.records import VOICES, Change, Document, Kind, LedgerEntry, Received, Skipped, Source
from thememiner.scoping import Review, Scope, apply, load_review, notes, tally, unheard

REVIEW = """
title = "Visits"
question = "Do visits take place?"
codebook = "assertive-care"
template = "assertive-care-review"

[scope]
from = 2024-10-01
to = "2025-03-31"
services = ["Community"]
teams = "North"
terms = ["visit", "home call"]

[[expected]]
organisation = "Northmoor"
document = "policy"

[[expected]]
organisation = "Southby"

[[source]]
path = "in/comments.csv"
kind = "feedback"
voice = "family or carer"
text = ["liked", "disliked"]
id = "ref"
exclude = "*.bak"
"""


@pytest.fixture
def load(tmp_path):
    def written(text: str) -> Review:
        path = tmp_path / "review.toml"
        path.write_text(text, encoding="utf-8")
        return load_review(path)

    return written


def document(name: str = "d", kind: Kind = "incident", text: str = "A visit.", **fields) -> Document:
    return Document(name, kind, text, "", "", fields.pop("source", f"{name}.docx"), "", **fields)


def test_what_is_in_scope_undated_is_told():
    dated = document("a", date="2025-01-01")
    undated = [document("b"), document("c", "feedback"), document("p", "policy")]
    scoped = Review(scope=Scope(start="2024-10-01"))
    assert notes(scoped, [dated]) == notes(Review(), undated) == []
    assert notes(scoped, [dated, *undated]) == [
        "2 incidents and comments have no date that could be read, and count as in scope."
    ]


def test_what_is_dated_after_the_review_is_told():
    late = [document("a", date="2026-03-02"), document("b", "feedback", date="2031-01")]
    fine = [document("c", date="2026-03-01"), document("d", date="2026-03"), document("e")]
    reply = document("f", "account", date="2026-05-01")
    review = Review(date="2026-03-01")
    assert notes(review, [*fine, reply]) == notes(Review(), late) == []
    (said,) = notes(review, [*late, *fine, reply])
    assert said.startswith("2 incidents and comments are dated after the review's own day, 2026-03-01")


@pytest.mark.parametrize(
    ("sent", "told"), [("Northmoor Trust", True), ("Norhtmoor", True), ("Southby", False), ("", False)]
)
def test_a_return_under_another_name_is_told(sent, told):
    review = Review(expected=(("Northmoor", "return"),))
    said = notes(review, [document(kind="account", organisation=sent, document="return")])
    assert bool(said) is told
    assert not told or (repr(sent) in said[0] and "'Northmoor'" in said[0])


def test_a_return_that_came_needs_no_hint():
    review = Review(expected=(("Northmoor", "return"),))
    came = [
        document(kind="account", organisation=o, document="return") for o in ("Northmoor", "Northmoor Trust")
    ]
    assert notes(review, came) == []


def test_a_kind_that_was_given_and_is_not_there_is_told():
    def entry(kind: Kind, status: str = "refused") -> LedgerEntry:
        return LedgerEntry("a.csv", kind, status)

    assert unheard([entry("incident", "read")], [document()]) == []
    assert unheard(
        [entry("incident"), entry("incident"), entry("feedback", "read")], [document(kind="feedback")]
    ) == ["no incident report could be read, although 2 files were given: the report rests on none."]
    assert unheard([entry("policy", "read")], [document()]) == [
        "no policy is in scope, although 1 file was given: the report rests on none."
    ]


def why(scope: Scope, found: Document) -> str:
    kept, skipped = apply(scope, [found])
    assert (kept == [found]) != bool(skipped)
    assert all((s.stage, s.count) == ("scope", 1) for s in skipped)
    return skipped[0].reason if skipped else ""


def test_a_review_is_read_whole(load, tmp_path):
    assert load(REVIEW) == Review(
        title="Visits",
        question="Do visits take place?",
        codebook="assertive-care",
        template="assertive-care-review",
        scope=Scope("2024-10-01", "2025-03-31", ("Community",), ("North",), ("visit", "home call")),
        expected=(("Northmoor", "policy"), ("Southby", "return")),
        sources=(
            Source(
                tmp_path / "in/comments.csv",
                "feedback",
                text=("liked", "disliked"),
                id="ref",
                voice="family or carer",
                exclude=("*.bak",),
            ),
        ),
    )


def test_an_empty_review_has_everything_in_scope(load):
    assert load("") == Review()
    assert why(Scope(), document(date="1999-01-01", place="X", team="Y")) == ""


def test_the_path_may_be_text_and_sources_are_beside_the_file(tmp_path, monkeypatch):
    (tmp_path / "review.toml").write_text('[[source]]\npath = "a.csv"\nkind = "incident"\n')
    monkeypatch.chdir(tmp_path)
    assert Path(load_review("review.toml").sources[0].path) == Path("a.csv")
    assert load_review(str(tmp_path / "review.toml")).sources[0].path == tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "V', 'titel = "V', r"review.toml: 'titel' is not known\. Did you mean 'title'"),
        ("services =", "servces =", r"review.toml, scope: 'servces' is not known\. Did you mean 'services'"),
        (
            'kind = "feedback"',
            'kind = "feedbak"',
            r"source 1: kind = 'feedbak' is not .*Did you mean 'feedback'",
        ),
        ('kind = "feedback"', "", r"review.toml, source 1: 'kind' is missing"),
        ('path = "in/comments.csv"', "", r"review.toml, source 1: 'path' is missing"),
        (
            "family or carer",
            "family and carer",
            r"source 1: voice = 'family and carer' is not .*'family or carer'",
        ),
        ('id = "ref"', 'ref = "id"', r"review.toml, source 1: 'ref' is not known"),
        ('id = "ref"', "id = 4", r"source 1: 'id' must be text in quotes, found a number"),
        (
            'organisation = "Southby"',
            'organization = "S"',
            r"expected 2: 'organization' .*mean 'organisation'",
        ),
        ('organisation = "Southby"', 'document = "return"', r"expected 2: 'organisation' is missing"),
        ("[scope]", "[[scope]]", r"review.toml, scope: expected a table, found a list"),
        (
            '"2025-03-31"',
            '"31/03/2025"',
            r"scope: 'to' must be a date such as 2024-10-01, found '31/03/2025'",
        ),
        ('"2025-03-31"', '"spring"', r"scope: 'to' must be a date"),
        ('["Community"]', "[1]", r"scope: 'services' must be a list of texts"),
        ("[[source]]", "[source]", r"'source' must be a list of tables, \[\[source\]\]"),
    ],
)
def test_a_slip_is_told_by_file_key_and_nearest(load, old, new, said):
    assert old in REVIEW
    with pytest.raises(TomlError, match=said):
        load(REVIEW.replace(old, new, 1))


def test_a_missing_review_and_a_broken_one(load, tmp_path):
    with pytest.raises(TomlError, match=r"gone.toml does not exist"):
        load_review(tmp_path / "gone.toml")
    with pytest.raises(TomlError, match=r"review.toml is not valid TOML: .*line 1"):
        load("title = \n")


def test_a_day_with_a_time_is_that_day(load):
    text = REVIEW.replace("2024-10-01", "2024-10-01T09:30:00").replace('"2025-03-31"', "2025-03-31T00:00:00Z")
    scope = load(text).scope
    assert (scope.start, scope.end) == ("2024-10-01", "2025-03-31")


def test_the_shipped_sample_review_is_read():
    path = resources.folder("samples") / "review.toml"
    review = load_review(path)
    assert review.sources
    assert all(Path(source.path).is_file() for source in review.sources)
    assert review.expected


@pytest.mark.parametrize("kind", ["incident", "feedback"])
@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("2024-09-30", "dated before 2024-10-01"),
        ("2024-10-01", ""),
        ("2025-03-31", ""),
        ("2025-03-31T23:59", ""),
        ("2025-04-01", "dated after 2025-03-31"),
        ("", ""),
    ],
)
def test_dates_are_inclusive_and_an_unknown_one_is_in(kind, date, reason):
    assert why(Scope("2024-10-01", "2025-03-31"), document(kind=kind, date=date)) == reason


@pytest.mark.parametrize("kind", ["policy", "account"])
def test_a_policy_or_a_return_is_always_in(kind):
    scope = Scope("2024-10-01", "2025-03-31", terms=("visit",))
    assert why(scope, document(kind=kind, date="2019-01-01", text="Nothing of the sort.")) == ""


@pytest.mark.parametrize(
    ("text", "is_in"),
    [
        ("A VISIT was missed", True),
        ("the visit", True),
        ("visits were missed", False),
        ("revisit it", False),
        ("a home call, late", True),
        ("a home caller", False),
        ("home", False),
    ],
)
def test_one_of_the_terms_must_occur_as_a_word(text, is_in):
    wanted = "" if is_in else "none of the scope's terms occurs"
    assert why(Scope(terms=("visit", "home call")), document(text=text)) == wanted


def test_a_term_is_no_pattern():
    assert why(Scope(terms=("c.t.o",)), document(text="a cxtxo")) == "none of the scope's terms occurs"
    assert why(Scope(terms=("(CTO)",)), document(text="an order (cto) ended")) == ""


@pytest.mark.parametrize("kind", ["incident", "policy", "account", "feedback"])
def test_services_and_teams_hold_for_every_kind_where_known(kind):
    scope = Scope(services=("Community",), teams=("North",))
    assert why(scope, document(kind=kind, place="Ward 4", team="North")) == "another service"
    assert why(scope, document(kind=kind, place="CMHT community base", team="South")) == "another team"
    assert why(scope, document(kind=kind, place="community base", team="north east")) == ""
    assert why(scope, document(kind=kind)) == ""


def test_what_is_out_is_counted_by_reason_and_the_order_stays():
    documents = [
        document("a", date="2024-01-01"),
        document("b", date="2024-12-01"),
        document("c", text="Nothing.", date="2024-12-01"),
        document("d", date="2023-01-01"),
        document("e", kind="policy"),
    ]
    kept, skipped = apply(Scope("2024-10-01", terms=("visit",)), iter(documents))
    assert [d.id for d in kept] == ["b", "e"]
    assert skipped == [
        Skipped("scope", "dated before 2024-10-01", 2),
        Skipped("scope", "none of the scope's terms occurs", 1),
    ]
    assert len(kept) + sum(s.count for s in skipped) == len(documents)


def entry(source: str, status: str = "read") -> LedgerEntry:
    return LedgerEntry(source, "account", status)  # type: ignore[arg-type]


def test_what_was_sent_what_is_owed_and_what_was_not_asked_for():
    review = Review(expected=(("Northmoor", "policy"), ("Northmoor", "return"), ("Southby", "return")))
    documents = [
        document("a", "account", organisation="Northmoor", document="return", source="n.docx"),
        document("b", "account", organisation="Northmoor", document="return", source="m.docx"),
        document("c", "policy", organisation="Northmoor"),
        document("d", "feedback", organisation="Eastham", source="f.csv"),
        document("e", "feedback", organisation="Eastham", source="f.csv"),
    ]
    received, outstanding, _ = tally(review, documents, [entry(d.source) for d in documents])
    assert received == (
        Received("Eastham", "feedback", ("f.csv",), expected=False),
        Received("Northmoor", "policy", ("c.docx",)),
        Received("Northmoor", "return", ("m.docx", "n.docx")),
    )
    assert outstanding == (Received("Southby", "return"),)


def test_a_refused_file_has_not_been_received():
    review = Review(expected=(("Northmoor", "return"),))
    found = document("a", "account", organisation="Northmoor", document="return", source="n.docx")
    for status, missing in (("refused", 1), ("partly_read", 0), ("read", 0)):
        received, outstanding, _ = tally(review, [found], [entry("n.docx", status)])
        assert len(outstanding) == missing
        assert len(received) == 1 - missing


def test_what_is_owed_twice_is_outstanding_once_and_in_the_order_written():
    owed = (("Z", "return"), ("A", "return"), ("Z", "return"))
    assert [r.organisation for r in tally(Review(expected=owed), [], [])[1]] == ["Z", "A"]


def test_voices_that_were_not_heard():
    documents = [document(voice="staff"), document(voice="unknown", voices=(("commissioner", 0, 3),))]
    absent = tally(Review(), documents, [])[2]
    assert set(absent) == set(VOICES) - {"staff", "commissioner", "unknown"}
    assert list(absent) == [v for v in VOICES if v in absent]
    assert "unknown" not in tally(Review(), [], [])[2]


def test_what_is_masked_besides(load):
    found = load(r"""
[deidentify]
patterns = ['ZX\d{4}', 'BADGE=Q-\d{3}']
dates = "month"
""")
    assert (found.patterns, found.dates) == (("ZX\\d{4}", "BADGE=Q-\\d{3}"), "month")
    assert (load("").patterns, load("").dates) == ((), "")
    with pytest.raises(TomlError, match="dates = 'year' is not one of keep, month"):
        load('[deidentify]\ndates = "year"')
    with pytest.raises(TomlError, match="deidentify: 'pattern' is not known"):
        load('[deidentify]\npattern = "x"')


def test_changes_in_reporting_are_read_in_order(load):
    found = load("""
[[change]]
date = "2025-04-01"
note = "LFPSE replaced NRLS"
rebase = true
[[change]]
date = 2024-11-04T08:00:00
note = "  a form  of its own "
""").changes
    assert found == (
        Change("2024-11-04", "a form of its own"),
        Change("2025-04-01", "LFPSE replaced NRLS", rebase=True),
    )
    assert load("").changes == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('note = "x"', r"^review.toml, change 1: 'date' is missing\.$"),
        ('date = ""\nnote = "x"', r"change 1: 'date' is missing"),
        ('date = "2025-04-01"', r"change 1: 'note' is missing"),
        ('date = "2025-04-01"\nnote = " "', r"change 1: 'note' is missing"),
        ('date = "2025-13-01"\nnote = "x"', r"change 1: 'date' must be a date such as .*'2025-13-01'"),
        ('date = "April 2025"\nnote = "x"', r"change 1: 'date' must be a date such as 2024-10-01"),
        ('date = 2025\nnote = "x"', r"change 1: 'date' must be a date such as 2024-10-01, found 2025\."),
        ('date = "2025-04-01"\nnote = 3', r"change 1: 'note' must be text in quotes"),
        ('date = "2025-04-01"\nnote = "x"\nrebase = "yes"', r"change 1: 'rebase' must be true or false"),
        (
            'date = "2025-04-01"\nnote = "x"\nrebased = true',
            r"change 1: 'rebased' is not known\. Did you mean 'rebase'",
        ),
    ],
)
def test_a_slip_in_a_change_is_one_clear_line(load, written, said):
    with pytest.raises(TomlError, match=said):
        load(f"[[change]]\n{written}\n")
    with pytest.raises(TomlError, match=r"'changes' is not known\. Did you mean 'change'"):
        load('[[changes]]\ndate = "2025-04-01"\n')


def test_a_document_of_the_first_month_is_in_though_its_day_is_not_told():
    scope = Scope(start="2024-03-15", end="2024-03-20")
    assert why(scope, document(date="2024-03")) == ""
    assert why(scope, document(date="2024-02")) == "dated before 2024-03-15"
    assert why(scope, document(date="2024-04")) == "dated after 2024-03-20"


def test_the_day_that_a_review_speaks_of_is_its_own_else_the_last_in_scope(load):
    assert load('date = "2026-06-30"\n[scope]\nto = "2026-03-31"').day == "2026-06-30"
    assert load('[scope]\nto = "2026-03-31"').day == "2026-03-31"
    assert load("").day == ""


def test_denominators_lie_beside_the_review_and_what_is_not_provided_needs_its_reason(load, tmp_path):
    row = '[[not_applicable]]\norganisation = "Northmoor"\nsection = "wards"\n'
    review = load(f'denominators = "in/d.csv"\n{row}reason = "It has  no wards."')
    assert Path(review.denominators) == tmp_path / "in" / "d.csv"
    assert review.not_applicable == (("Northmoor", "wards", "It has no wards."),)
    assert scoping.given(review) == [review.denominators]
    for broken in (row, f'{row}reason = " "', f'{row}why = "none"'):
        with pytest.raises(TomlError, match="not_applicable 1"):
            load(broken)
