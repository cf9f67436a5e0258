"""Tables: decoding, dialects, headers, columns, revisions. All texts are invented."""

import datetime as dt
import json
import random

import openpyxl
import pandas as pd
import pytest

from thememiner.errors import InputError
from thememiner.reading import columns, dates, decoding, read
from thememiner.records import Source


def csv_of(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def file(tmp_path):
    return tmp_path / "incidents.csv"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("A patient’s £20".encode(), "utf-8"),
        ("A patient’s £20".encode("utf-8-sig"), "utf-8"),
        ("A patient’s £20".encode("cp1252"), "cp1252"),
        ("A patient’s £20".encode("utf-16"), "utf-16-le"),
        ("A patient’s £20".encode("utf-16-le"), "utf-16-le"),
        ("A patient’s £20".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_decoding(data, encoding):
    decoded = decoding.decode(data)
    assert (decoded.text, decoded.encoding, decoded.odd_lines) == ("A patient’s £20", encoding, 0)


def test_a_file_of_two_encodings_is_read_line_by_line_and_said(file):
    file.write_bytes("text\nIt cost £5\n".encode() + "It cost £6\n".encode("cp1252"))
    reading = read([Source(file, text="text")])
    assert [document.text for document in reading.documents] == ["It cost £5", "It cost £6"]
    assert reading.ledger[0].detail == "1 line read as Windows-1252, the rest as UTF-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_embedded_newlines(file, delimiter):
    rows = ["id", "text"], ["1", '"He said, ""wait"";\nthen left."'], ["2", "Short."]
    csv_of(file, "\r\n".join(delimiter.join(row) for row in rows))
    documents = read([Source(file, text="text", id="id")]).documents
    assert [document.text for document in documents] == ['He said, "wait";\nthen left.', "Short."]
    assert documents[1].locator == "row 3"


def test_a_sep_line_says_the_delimiter_and_is_no_row(file):
    csv_of(file, "sep=;\nid;text\n1;One, two, three.\n")
    document = read([Source(file, text="text")]).documents[0]
    assert (document.text, document.reference) == ("One, two, three.", "incidents.csv:2")
    assert not document.own_reference


def test_ragged_rows_are_read_and_lost_cells_said(file):
    csv_of(file, "id,text,team\n1,Short row\n2,Full row,North\n3,Long row,South,beyond\n")
    reading = read([Source(file, text="text", team="team")])
    assert [(d.text, d.team) for d in reading.documents] == [
        ("Short row", ""),
        ("Full row", "North"),
        ("Long row", "South"),
    ]
    entry = reading.ledger[0]
    assert (entry.status, entry.reason) == ("partly_read", "malformed")
    assert entry.skipped == (("row with more cells than the header", 1),)


def test_a_quotation_mark_that_is_never_closed_is_said(file):
    csv_of(file, 'id,text\n1,"Fine."\n2,"Never closed\n3,Swallowed\n')
    entry = read([Source(file, text="text")]).ledger[0]
    assert (entry.status, entry.detail) == (
        "partly_read",
        "a quotation mark opened in row 3 is never closed",
    )


def test_blank_rows_are_counted_and_row_numbers_stay_those_of_the_sheet(file):
    csv_of(file, "id,text\n1,One\n\n2,   \n3,Three\n,\n\n")
    reading = read([Source(file, text="text")])
    assert [document.reference for document in reading.documents] == ["incidents.csv:2", "incidents.csv:5"]
    assert reading.ledger[0].skipped == (("no text", 2),)


def test_rows_without_text_can_be_kept(file):
    csv_of(file, "id,text\n1,One\n2,\n3,Three\n")
    reading = read([Source(file, text="text", id="id")], keep_empty=True)
    assert [(d.reference, d.text) for d in reading.documents] == [("1", "One"), ("2", ""), ("3", "Three")]
    assert reading.documents[1].parts == reading.documents[1].locations == ()


def test_parts_hold_the_columns_and_blank_ones_are_left_out(file):
    csv_of(file, "What,Why,Then\nA fall.,,Moved.\n")
    document = read([Source(file, text=("What", "Why", "Then"))]).documents[0]
    assert document.text == "A fall.\n\nMoved."
    assert [(h, document.text[s:e]) for h, s, e in document.parts] == [
        ("What", "A fall."),
        ("Then", "Moved."),
    ]


def test_a_repeated_reference_is_kept_since_a_rows_place_must_not_decide_an_id(file):
    csv_of(file, "id,text\nA,One\nA,Two\nA,Three\n")
    documents = read([Source(file, text="text", id="id")]).documents
    assert [document.reference for document in documents] == ["A", "A", "A"]


def test_column_names_match_exactly_then_without_case_and_edges(file):
    csv_of(file, "TEXT , text,Date\nupper,lower,1/2/24\n")
    assert read([Source(file, text="text")]).documents[0].text == "upper"
    assert read([Source(file, text=" text")]).documents[0].text == "lower"
    assert read([Source(file, text="text", date="date")]).documents[0].date == "2024-02-01"


def test_a_wrong_column_is_the_users_to_mend(file):
    csv_of(file, "id,date,text\n1,,x\n")
    with pytest.raises(InputError) as caught:
        read([Source(file, text="texts")])
    assert str(caught.value) == (
        'incidents.csv has no column "texts"; its columns are id, date, text. '
        'Did you mean "text"? Name one with --text-column, or the columns of each table in a review.toml.'
    )
    with pytest.raises(InputError, match=r"team = in review\.toml"):
        read([Source(file, text="text", team="ward")])


def test_each_table_uses_the_named_columns_that_it_has(tmp_path):
    csv_of(tmp_path / "a.csv", "Log,Happened\n1,Keys were lost.\n")
    csv_of(tmp_path / "b.csv", "Ref,Said,Happened\n2,Nobody rang.,It was late.\n")
    options = {"text": ("Happened", "Said"), "id": "Log"}
    first, second = read([Source(tmp_path / f"{n}.csv", **options) for n in "ab"]).documents
    assert (first.text, first.reference) == ("Keys were lost.", "1")
    assert (second.text, second.reference) == ("It was late.\n\nNobody rang.", "b.csv:2")
    with pytest.raises(InputError, match=r'a\.csv has no column "Said"'):
        read([Source(tmp_path / "a.csv", text="Said")])


def test_a_recognised_table_without_the_named_columns_keeps_its_map(file):
    csv_of(file, "Reference,F001 - What happened?,Extra\n7,Keys were lost.,x\n")
    (document,) = read([Source(file, text=("Narrative",), id="Log")]).documents
    assert (document.text, document.reference) == ("Keys were lost.", "7")


def test_headings_without_rows_are_an_empty_file(file):
    csv_of(file, "id,words\n")
    for source in (Source(file), Source(file, text="text")):
        (entry,) = read([source]).ledger
        assert (entry.reason, entry.detail) == ("empty", "it has headings and no rows")


def test_no_text_column_is_refused_with_the_columns_named(file):
    csv_of(file, "id,words\n1,Something happened.\n")
    entry = read([Source(file)]).ledger[0]
    assert (entry.status, entry.reason) == ("refused", "no_text_column")
    assert entry.detail == "its columns are id, words; name one with --text-column"


def test_a_sheet_of_an_account_is_a_document_of_cells(tmp_path):
    path = tmp_path / "board.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Staff"
    book.active.append(["Team", "Vacancies"])
    book.active.append(["North", 3.0])
    book.create_sheet("Blank")
    book.save(path)
    reading = read([Source(path, kind="account")])
    (document,) = reading.documents
    assert document.text == "Staff\n\nTeam\nVacancies\n\nNorth\n3"
    assert document.locations == (("sheet Staff, row 1", 7, 21), ("sheet Staff, row 2", 23, 30))
    assert (document.asides, document.parts) == ((("heading", 0, 5),), (("Staff", 7, 30),))
    assert reading.ledger[0].skipped == (("blank sheet", 1),)


def test_a_header_under_titles_and_on_the_right_sheet_is_found(tmp_path):
    path = tmp_path / "extract.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Search strategy"
    book.active.append(["Reference", "F1234"])
    sheet = book.create_sheet("LFPSE - Data")
    for row in (
        ["Confidential"],
        [],
        ["Reference", "F001 - Describe what happened", "T005 - Event date"],
        ["R1", "The bed was lost.", dt.datetime(2024, 5, 6, 7, 8)],  # noqa: DTZ001
    ):
        sheet.append(row)
    book.save(path)
    reading = read([Source(path)])
    (document,) = reading.documents
    assert (document.text, document.date) == ("The bed was lost.", "2024-05-06")
    assert document.locator == "sheet LFPSE - Data, row 4"
    assert ("sheet without a text column", 1) in reading.ledger[0].skipped


LFPSE = [
    "Reference",
    "Revision",
    "Patient no.",
    "F001 - Describe what happened",
    "AC001 - What was done immediately?",
    "OT003 - What was the clinical outcome for the patient?",
    "T005 - Event date",
    "Occurred Organisation Code",
    "Reporter name",
]


def lfpse_rows():
    return [
        ["R1", "1", "1", "First telling.", "", "", "01/02/2024", "RX1", "A Person"],
        ["R1", "2", "1", "Second telling.", "Rang.", "Bruised.", "01/02/2024", "RX1", "A Person"],
        ["R1", "2", "2", "Second telling.", "Rang.", "Unhurt.", "01/02/2024", "RX1", "A Person"],
        ["R1", "2", "3", "Second telling.", "Rang.", "Bruised.", "01/02/2024", "RX1", "A Person"],
        ["R2", "10", "1", "Tenth.", "", "", "02/02/2024", "RX2", "A Person"],
        ["R2", "9", "1", "Ninth.", "", "", "02/02/2024", "RX2", "A Person"],
    ]


def test_lfpse_revisions_and_patients_make_one_document_a_reference(file):
    pd.DataFrame(lfpse_rows(), columns=LFPSE).to_csv(file, index=False)
    reading = read([Source(file)])
    first, second = reading.documents
    assert first.text == "Second telling.\n\nRang.\n\nBruised.\n\nUnhurt."
    assert [heading[:5] for heading, _, _ in first.parts] == ["F001 ", "AC001", "OT003", "OT003"]
    assert (first.reference, first.organisation, first.date) == ("R1", "RX1", "2024-02-01")
    assert second.text == "Tenth."
    assert dict(reading.ledger[0].skipped) == {"earlier revision": 2, "same incident, another patient": 1}
    assert "Person" not in str([first.title, first.organisation, first.place, first.team, first.text])


def test_shuffled_rows_give_the_same_references_and_texts(tmp_path):
    rows = [[f"W{n}", f"Event number {n} happened."] for n in range(20)]
    results = []
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        path = tmp_path / f"{seed}.csv"
        pd.DataFrame(rows, columns=["id", "text"]).to_csv(path, index=False)
        results.append({(d.reference, d.text) for d in read([Source(path, text="text", id="id")]).documents})
    assert results[0] == results[1] == results[2]


def test_the_sources_own_settings_override_the_map(file):
    pd.DataFrame(lfpse_rows(), columns=LFPSE).to_csv(file, index=False)
    source = Source(file, text="AC001", organisation="Northmoor Trust", id="Reference")
    documents = read([source]).documents
    assert [document.text for document in documents] == ["Rang."]
    assert documents[0].organisation == "Northmoor Trust"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (["Reference", "F001 - any wording", "x"], "lfpse"),
        (["RP01 Unique Incident ID", "IN07 Description of what happened"], "nrls"),
        (["Log No", "Description of what happened:"], "steis"),
        (["date", "location_1", "question_1", "fft_answer_1", "fft_score"], "fft"),
        (["Date", "Location_1", "question_1", "FFT_score"], "fft"),
        (["Comment ID", "Trust", "FFT answer"], "fft_research"),
    ],
)
def test_headings_are_recognised(header, name):
    found = columns.fitting(header)
    assert found is not None
    assert found.id == name


def test_nothing_is_recognised_by_half():
    assert columns.fitting(["Reference", "F0011 - something else"]) is None
    assert columns.find(["A008_Other - x", "A008 - y"], "A008") == 1


def test_fft_comments_take_the_answer_and_not_the_question(file):
    csv_of(
        file,
        "date,location_1,question_1,fft_answer_1,fft_score,comment_id\n"
        "03/04/2024,North,Please tell us why,Kind staff,1,77\n",
    )
    document = read([Source(file, kind="feedback")]).documents[0]
    assert (document.text, document.reference) == ("Kind staff", "77")
    assert document.parts[0][0] == "Please tell us why"
    assert (document.place, document.date) == ("North", "2024-04-03")


def test_a_column_of_questions_heads_each_answer(file):
    csv_of(file, "text,asked\nThe staff,What was good?\nNothing,What could be better?\nFine,\n")
    found = read([Source(file, kind="feedback", text="text", question="asked")]).documents
    assert [d.parts[0][0] for d in found] == ["What was good?", "What could be better?", "text"]
    csv_of(file, "Comment ID,FFT question,FFT answer\n7,What was good?,The staff\n")
    (document,) = read([Source(file, kind="feedback")]).documents
    assert document.parts[0][0] == "What was good?"


def test_a_voice_column_is_mapped_to_the_voices_we_know(file):
    csv_of(file, "text,who\na,Mother\nb,staff\nc,Jo Bloggs\nd,\n")
    documents = read([Source(file, text="text", voice_column="who")]).documents
    assert [document.voice for document in documents] == ["family or carer", "staff", "unknown", "unknown"]


def test_broken_json_lines_are_counted(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "One", "n": 12345678901234567890}\n{oh\n\n[1]\n{"text": "Two"}\n', "utf-8")
    reading = read([Source(path, text="text")])
    assert [(d.text, d.locator) for d in reading.documents] == [("One", "row 1"), ("Two", "row 5")]
    assert reading.ledger[0].status == "partly_read"
    assert reading.ledger[0].skipped == (("line that is not a JSON record", 2),)


def test_deep_json_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[" * 100_000, "utf-8")
    assert read([Source(path)]).ledger[0].reason == "malformed"


def test_records_in_records_are_columns(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"story": {"body": "It was fine."}, "tags": ["a", "b"]}]), "utf-8")
    assert read([Source(path, text="story.body")]).documents[0].text == "It was fine."


def test_a_frame_is_read_with_its_rows_digest():
    frame = pd.DataFrame({"text": ["One", None, "Two"], "when": pd.to_datetime(["2024-01-02"] * 3)})
    a = read([Source(frame, text="text", date="when")])
    assert [(d.reference, d.date) for d in a.documents] == [
        ("DataFrame:2", "2024-01-02"),
        ("DataFrame:4", "2024-01-02"),
    ]
    assert a.ledger[0].source == "DataFrame"
    assert a.ledger[0].sha256 == read([Source(frame.copy(), text="text")]).ledger[0].sha256
    other = read([Source(frame.assign(text=["One", None, "Three"]), text="text")])
    assert other.ledger[0].sha256 != a.ledger[0].sha256


def test_a_far_cell_is_refused_before_the_workbook_is_opened(tmp_path):
    path = tmp_path / "far.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"] = "y"
    book.save(path)
    assert read([Source(path)]).ledger[0].reason == "over_limit"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("03/04/2024", "2024-04-03"),
        ("3.4.24", "2024-04-03"),
        ("2024-04-03T10:00:00Z", "2024-04-03"),
        ("03/04/2024 10:15", "2024-04-03"),
        ("12/25/2024", "2024-12-25"),
        ("3 April 2024", "2024-04-03"),
        ("Wednesday, 3rd Apr 2024", "2024-04-03"),
        ("03-Apr-24", "2024-04-03"),
        ("April 3, 2024", "2024-04-03"),
        ("20240403", "2024-04-03"),
        ("31/02/2024", ""),
        ("2024", ""),
        ("12", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates(written, iso):
    assert dates.iso(written) == iso


# Dates of a column that are not all in one order.

UK, US, EITHER = "13/04/2025", "04/13/2025", "03/04/2025"


def dated(*written):
    return dates.order(enumerate(written, 2))


def test_the_order_of_a_column_is_told_by_dates_that_can_only_be_read_one_way():
    found = dated(
        UK,
        US,
        EITHER,
        "04/04/2025",
        "2025-13-04",
        "3 April 2025",
        "31/02/2025",
        "",
        "13.04.25 10:00",
        "Mon 4-13-25",
    )
    assert found == dates.Order(day_first=(2, 10), month_first=(3, 11), either=(4,))


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ((US, US, US), True),
        ((US, US, US, EITHER), True),
        ((US, US, EITHER), False),
        ((US, US, US, US, UK), False),
        ((EITHER, EITHER, EITHER), False),
        ((), False),
    ],
)
def test_three_dates_month_first_and_none_the_other_way_make_a_column_month_first(written, leads):
    assert dated(*written).month_leads is leads


def test_a_date_that_could_be_either_is_read_as_its_column_is():
    assert dates.iso(EITHER, month_leads=True) == "2025-03-04"
    assert dates.iso(UK, month_leads=True) == dates.iso(US) == "2025-04-13"
    assert dates.iso("3 April 2025", month_leads=True) == dates.iso(EITHER) == "2025-04-03"


@pytest.mark.parametrize(
    ("written", "said", "read_as"),
    [
        ((UK, EITHER, UK), None, "2025-04-03"),
        ((EITHER,), None, "2025-04-03"),
        (
            (UK, US, EITHER),
            (
                "1 (row 3) can only be month first, 1 (row 2) only day first, 1 (row 4) could be either, "
                "read day first"
            ),
            "2025-04-03",
        ),
        (
            (US, US, EITHER, EITHER),
            (
                "2 (rows 2, 3) can only be month first, none only day first, 2 (rows 4, 5) could be either, "
                "read day first"
            ),
            "2025-04-03",
        ),
        (
            (US, US, US, US, US, US, EITHER),
            (
                "6 (rows 2, 3, 4, 5, 6, ...) can only be month first, none only day first, "
                "1 (row 8) could be either, read month first"
            ),
            "2025-03-04",
        ),
        ((US, UK), "1 (row 2) can only be month first, 1 (row 3) only day first, none could be either", None),
    ],
)
def test_dates_in_two_orders_are_told_with_their_column_and_rows(file, written, said, read_as):
    rows = "\n".join(f"Something happened here.,{day}" for day in written)
    csv_of(file, f"text,Incident date\n{rows}\n")
    reading = read([Source(file, text="text", date="Incident date")])
    assert reading.ledger[0].notes == ((f'"Incident date": {said}',) if said else ())
    by_row = [document.date for document in reading.documents]
    assert all(day == read_as for day, was in zip(by_row, written, strict=True) if was == EITHER)
    assert all(day == "2025-04-13" for day, was in zip(by_row, written, strict=True) if was != EITHER)


def test_each_sheet_has_an_order_of_its_own_and_a_row_without_text_counts(tmp_path):
    book = openpyxl.Workbook()
    for name, written in {"Old": (UK, EITHER), "New": (US, US, US, EITHER)}.items():
        sheet = book.create_sheet(name)
        sheet.append(["text", "when"])
        for n, day in enumerate(written):
            sheet.append([f"Something happened {n}." if n else "", day])
    del book["Sheet"]
    book.save(tmp_path / "two.xlsx")
    reading = read([Source(tmp_path / "two.xlsx", text="text", date="when")])
    (said,) = reading.ledger[0].notes
    assert said.startswith('sheet New, "when": 3 (rows 2, 3, 4) can only be month first, none only day first')
    assert [d.date for d in reading.documents] == ["2025-04-03", "2025-04-13", "2025-04-13", "2025-03-04"]


def test_an_answer_that_says_that_nothing_was_answered_is_counted_and_not_read(tmp_path):
    rows = ("N/A", "Did not answer", "no comment.", "-", "Nothing", "No", "n/a on Mondays", "👍")
    said = "\n".join(f"{n},{text}" for n, text in enumerate(rows))
    (tmp_path / "cards.csv").write_text(f"id,comment\n{said}\n", encoding="utf-8")
    reading = read([Source(tmp_path / "cards.csv", "feedback", text=("comment",))])
    assert [d.text for d in reading.documents] == ["Nothing", "No", "n/a on Mondays", "👍"]
    assert dict(reading.ledger[0].skipped)["not answered"] == 4


def test_of_two_answers_the_one_that_says_nothing_is_counted_and_not_read(tmp_path):
    (tmp_path / "cards.csv").write_text(
        "good,better\nKind nurse,N/A\n,\nn/a,not answered\n", encoding="utf-8"
    )
    reading = read([Source(tmp_path / "cards.csv", "feedback", text=("good", "better"))])
    assert [d.text for d in reading.documents] == ["Kind nurse"]
    skipped = dict(reading.ledger[0].skipped)
    assert skipped["answer left out that says nothing, such as “n/a”"] == 1
    assert skipped["not answered"] == 1
