"""Files of codings, and the command that compares two of them, as careful and as clumsy people use it."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
from pathlib import Path

import openpyxl
import pytest

from thememiner import codings
from thememiner.agreement import MEASURES, agree
from thememiner.errors import InputError
from thememiner.records import Agreement

FIRST = "id,handover,Step-up capacity,notes\n1,1,0,ask again\n2,0,0,\n3,1,1,\n4,0,,unsure\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("first.csv").write_text(FIRST)


def one_line(err):
    return err.startswith("thememiner: ") and err.count("\n") == 1 and "Traceback" not in err


def write(name, text):
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_table_of_codings_is_read_and_what_holds_none_is_told():
    found = codings.read("first.csv")
    assert (found.name, found.column, found.ids) == ("first.csv", "id", ("1", "2", "3", "4"))
    assert found.codes == {
        "handover": {"1": True, "2": False, "3": True, "4": False},
        "Step-up capacity": {"1": False, "2": False, "3": True, "4": None},
    }
    assert (found.left_out, found.of_machine) == (("notes",), False)


def test_workbooks_and_json_lines_say_the_same():
    book = openpyxl.Workbook()
    for row in csv.reader(FIRST.splitlines()):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.create_sheet("About").append(["Coded in March"])
    book.save("first.xlsx")
    lines = [
        {"id": 1, "handover": True, "Step-up capacity": False, "notes": "ask again"},
        {"id": 2, "handover": 0, "Step-up capacity": 0.0},
        {"id": 3, "handover": "yes", "Step-up capacity": "Y"},
        {"id": 4, "handover": "No", "Step-up capacity": None, "notes": "unsure"},
    ]
    write("first.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    codes = codings.read("first.csv").codes
    assert codings.read("first.xlsx").codes == codes
    assert codings.read("first.jsonl").codes == codes


def test_what_code_wrote_is_read_with_weak_as_no():
    rows = [("a", "handover", 0.9, "assigned"), ("a", "carers", 0.3, "weak"), ("b", "handover", 0.0, "no")]
    text = "id,code_id,score,outcome,start,end\n" + "".join(f"{','.join(map(str, r))},0,5\n" for r in rows)
    found = codings.read(write("codes.csv", text))
    assert found.codes == {"handover": {"a": True, "b": False}, "carers": {"a": False}}
    assert found.of_machine


def test_ids_and_codes_are_matched_and_the_rest_is_counted():
    second = write(
        "second.csv", "ref,STEP UP CAPACITY,hand-over,carers\n4,1,0,1\n3,1,0,0\n1,0,1,0\n9,0,0,0\n"
    )
    found = codings.match(codings.read("first.csv"), codings.read(second))
    assert found.ids == ("1", "3", "4")
    assert found.codings == {
        "handover": [(True, True), (True, False), (False, False)],
        "Step-up capacity": [(False, False), (True, True), (None, True)],
    }
    assert (found.only_ids, found.only_codes, found.documents) == ((1, 1), ((), ("carers",)), None)
    chosen = codings.match(codings.read("first.csv"), codings.read(second), ["step_up capacity"])
    assert list(chosen.codings) == ["Step-up capacity"]


def test_documents_come_from_a_column_or_from_the_ids_of_passages():
    text = "id,document,start,handover\nA:0-9,A,0,1\nA:10-20,A,10,0\nB:0-9,B,0,0\n"
    first = codings.read(write("p.csv", text))
    assert list(first.codes) == ["handover"]  # a start of 0 is no coding
    bare = codings.read(write("q.csv", "id,handover\nA:0-9,1\nA:10-20,1\nB:0-9,0\n"))
    assert codings.match(first, bare).documents == ("A", "A", "B")
    assert codings.match(bare, first).documents == ("A", "A", "B")
    assert codings.match(bare, bare).documents == ("A", "A", "B")


def test_a_coder_who_left_a_code_blank_throughout_never_gave_it():
    second = codings.read(
        write("second.csv", "id,handover,step-up capacity,notes\n1,1,,\n2,,,\n3,,,\n4,,,\n")
    )
    found = codings.match(codings.read("first.csv"), second, blank_is_no=True)
    assert found.codings["Step-up capacity"] == [
        (False, False),
        (False, False),
        (True, False),
        (False, False),
    ]
    assert "notes" not in found.codings


# The command.


def test_the_command_prints_every_measure_of_every_code(command):
    second = write("second.csv", "id,handover,step-up capacity\n1,1,0\n2,0,1\n3,1,1\n4,1,0\n5,0,0\n")
    said = command("agreement", "first.csv", second)
    assert (said.code, said.err) == (0, "")
    assert "A is first.csv, B is second.csv: 4 texts in both." in said.out
    assert "Left out: 1 text only in B." in said.out
    assert "No codings in A: 1 column (notes)." in said.out
    lines = said.out.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("code "))
    assert lines[at].split() == ["code", "agreement", "kappa", "AC1", "alpha"]
    assert lines[at + 2].split() == ["handover", "75.0", "%", "0.50", "0.53", "0.53"]
    assert lines[at + 3].split()[:4] == ["4", "50.0", "75.0", "50.0"]
    assert "Intervals are from resampling 4 texts; with fewer than about 30" in said.out
    assert max(map(len, lines[at : at + 6])) == 80
    assert lines[-1].startswith("How to read it: where a code is rare, kappa")


def test_every_rendering_carries_every_field_of_the_record(command):
    second = write("second.csv", "id,handover,step-up capacity\n1,1,0\n2,0,1\n3,1,1\n4,1,0\n")
    for out in ("a.csv", "a.json"):
        assert f"Written: {out}" in command("agreement", "first.csv", second, "--out", out).out
    with Path("a.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = json.loads(Path("a.json").read_text("utf-8"))
    read = [codings.read(name) for name in ("first.csv", second)]
    records = agree(codings.match(*read).codings, ("A", "B"))
    assert table["agreement"] == json.loads(json.dumps([dataclasses.asdict(r) for r in records]))
    assert {k: table[k] for k in ("a", "b", "texts_in_both", "texts_only_in_a", "resamples", "seed")} == {
        "a": "first.csv",
        "b": "second.csv",
        "texts_in_both": 4,
        "texts_only_in_a": 0,
        "resamples": 2000,
        "seed": 0,
    }
    paired = {"used", "prevalence"}
    fields = {f.name for f in dataclasses.fields(Agreement)} - {"raters"}
    assert set(rows[0]) == (fields - paired) | {f"{n}_{c}" for n in paired for c in "ab"} | {"a", "b"}
    for row, record in zip(rows, records, strict=True):
        for name in MEASURES:
            assert float(row[name]) == getattr(record, name)


def test_what_is_not_defined_is_said_in_words(command):
    none = write("none.csv", "id,handover\n1,0\n2,0\n3,0\n4,0\n")
    said = command("agreement", none, none, "--out", "o.json")
    assert said.code == 0
    assert said.out.count("not defined") >= 2
    assert "handover: Kappa and alpha are not defined: no coder used it." in said.out
    assert not re.search(r"\bnan\b", said.out.lower())
    (record,) = json.loads(Path("o.json").read_text())["agreement"]
    assert record["kappa"] is None
    assert "NaN" not in Path("o.json").read_text()


def test_the_machine_is_compared_with_a_person_as_code_writes_it(command, golden):
    write("texts.csv", "Ref,Narrative\nA,The family rang and nobody called back.\nB,The car park was full.\n")
    book = golden / "codebook.toml"
    options = ("--text-column", "Narrative", "--id-column", "Ref", "--codebook", book)
    assert command("code", "texts.csv", *options, "--out", "codes.csv").code == 0
    with Path("codes.csv").open(newline="") as stream:
        (first, *_) = csv.DictReader(stream)
    person = write("person.csv", f"Ref,{first['code_id']}\nA,1\nB,0\n")
    said = command("agreement", person, "codes.csv")
    assert said.code == 0, said.err
    assert "2 texts in both" in said.out
    assert "B is what thememiner coded: assigned counts as yes, weak as no." in said.out
    assert "2 codes (" in said.out


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("id,handover\n1,1\n2,\n", (), "second.csv has 1 and empty cells but no 0"),
        ("id,handover\n1,1\n2,perhaps\n3,0\n", (), "column 'handover', row 3: expected 1, 0 or blank"),
        ("id,handover\n1,1\n1,0\n", (), "rows 2 and 3 have the same id"),
        ("id,handover\n1,1\n,0\n", (), "row 3: there is no id in column 'id'"),
        ("number,handover\n1,1\n", (), "no column of ids (such as id or passage_id)"),
        ("id,hand-overs\n1,1\n2,0\n", (), "Is 'handover' the same as 'hand-overs'?"),
        ("id,handover\n8,1\n9,0\n", (), "no id of first.csv (column 'id') is in second.csv (column 'id')"),
        ("id,text\n1,hello\n2,good\n", (), "no column of codings: expected 0 and 1, a column a code"),
        ("id,handover,Handover\n1,1,1\n2,0,0\n", (), "two columns 'Handover'"),
        (
            "id,handover\n1,1\n2,0\n",
            ("--code", "handovr"),
            "code 'handovr' is not known. Did you mean 'handover'?",
        ),
        (
            "id,handover\n1,1\n2,0\n",
            ("--id-column", "idd"),
            "first.csv has no column 'idd'. Did you mean 'id'?",
        ),
        ("id,handover\n1,1\n2,0\n", ("--out", "first.csv"), "is what is to be read"),
        ("id,handover\n1,1\n2,0\n", ("--out", "o.xlsx"), "ends in .csv or .json"),
        ("id,code_id,outcome\n1,handover,maybe\n", (), "row 2: outcome must be assigned, weak or no"),
        (
            "id,code_id,outcome\n1,handover,no\n1,handover,no\n",
            (),
            "row 3: this id has 'handover' in an earlier",
        ),
        ("id,code_id,outcome\n,handover,no\n", (), "row 2: there is no id"),
        ("id,code_id,outcome\n", (), "has headings but no rows"),
    ],
)
def test_a_slip_is_said_in_a_line_and_nothing_is_written(command, text, options, words):
    said = command("agreement", "first.csv", write("second.csv", text), *options)
    assert said.code == 2
    assert one_line(said.err)
    assert words in said.err
    assert said.out == ""
    assert sorted(p.name for p in Path().iterdir()) == ["first.csv", "second.csv"]


def test_a_slip_in_a_path_is_said(command):
    said = command("agreement", "first.csv", "frist.csv")
    assert (said.code, one_line(said.err)) == (2, True)
    assert 'Did you mean "first.csv"?' in said.err
    write("notes.txt", "The family rang.")
    assert "notes.txt is no table" in command("agreement", "first.csv", "notes.txt").err
    Path("folder").mkdir()
    write("folder/a.csv", FIRST)
    assert "folder is a folder" in command("agreement", "first.csv", "folder").err


def test_a_near_code_left_out_of_a_comparison_is_asked_about(command):
    second = write("second.csv", "id,handovers,step-up capacity\n1,1,0\n2,0,1\n3,1,1\n")
    said = command("agreement", "first.csv", second)
    assert said.code == 0
    assert "Is handover of A the same as handovers of B?" in said.out


def test_cells_of_people_stay_out_of_messages():
    text = "id,handover\n1,1\n2,Mr Quill asked\n3,0\n4,0\n"
    with pytest.raises(InputError) as caught:
        codings.read(write("named.csv", text))
    assert "Quill" not in str(caught.value)


def test_ids_on_two_sheets_are_refused():
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Again")):
        sheet.append(["id", "handover"])
        sheet.append([1, 1])
    book.save("two.xlsx")
    with pytest.raises(InputError, match=r"two\.xlsx has ids on 2 sheets \(Sheet, Again\)"):
        codings.read("two.xlsx")
