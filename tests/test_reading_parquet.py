"""Parquet: every sort of cell as text, and nothing loaded that is not one. All words are invented."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import io

import pyarrow as pa
import pytest
from pyarrow import parquet as files

from thememiner.reading import parquet, read, sandbox
from thememiner.reading.parsed import RefusedError
from thememiner.records import Source


def written(table, **options):
    sink = io.BytesIO()
    files.write_table(table, sink, **options)
    return sink.getvalue()


def rows(table):
    (found,) = parquet.parse(written(table)).tables
    return [dict(zip(found.header, row, strict=False)) for row in found.rows]


def test_every_sort_of_cell_is_text():
    table = pa.table(
        {
            "text": ["The depot was late.", None],
            "whole": [1, 2],
            "float": [2.0, float("nan")],
            "truth": [True, False],
            "day": [dt.date(2026, 3, 1), None],
            "moment": pa.array([1_772_323_200_123_456_789, None], pa.timestamp("ns")),
            "money": [decimal.Decimal("1.50"), None],
            "few": pa.array(["Ward 4", "Ward 4"]).dictionary_encode(),
            "list": [["a", "b"], []],
            "inside": [{"place": "Ward 4", "bed": 2}, None],
            "map": pa.array([[("k", "v")], None], pa.map_(pa.string(), pa.string())),
            "bytes": [b"words", None],
        }
    )
    first, second = rows(table)
    assert first == {
        "text": "The depot was late.",
        "whole": "1",
        "float": "2",
        "truth": "TRUE",
        "day": "2026-03-01",
        "moment": "2026-03-01",
        "money": "1.50",
        "few": "Ward 4",
        "list": "a; b",
        "inside.place": "Ward 4",
        "inside.bed": "2",
        "map": '[["k", "v"]]',
        "bytes": "words",
    }
    assert {key: value for key, value in second.items() if value} == {
        "whole": "2",
        "truth": "FALSE",
        "few": "Ward 4",
    }


def test_rows_are_documents_with_their_number(tmp_path):
    table = pa.table({"Ref": ["A1", "A2"], "What": ["The bed was not there.", "Nobody rang back."]})
    path = tmp_path / "extract.parquet"
    path.write_bytes(written(table, row_group_size=1))
    reading = read([Source(path, text="What", id="Ref")])
    assert [(d.reference, d.text, d.locator) for d in reading.documents] == [
        ("A1", "The bed was not there.", "row 1"),
        ("A2", "Nobody rang back.", "row 2"),
    ]
    assert reading.ledger[0].parser == f"pyarrow {pa.__version__}"


def test_columns_of_one_name_do_not_hide_each_other():
    table = pa.Table.from_arrays([pa.array(["one"]), pa.array(["two"])], names=["text", "text"])
    assert rows(table) == [{"text": "one", "text (2)": "two"}]


def test_bytes_that_are_no_text_are_counted():
    parsed = parquet.parse(written(pa.table({"text": ["Words."], "scan": [b"\x00\x01\x02"]})))
    assert parsed.skipped == (("cell that is no text", 1),)


def test_text_that_is_not_utf8_is_read_all_the_same():
    bad = pa.array([b"Naive caf\xe9", b"plain"]).view(pa.binary())
    data = written(pa.Table.from_arrays([bad.cast(pa.string(), safe=False)], names=["text"]))
    assert [row[0] for row in parquet.parse(data).tables[0].rows] == ["Naive café", "plain"]


class Odd(pa.ExtensionType):
    """A type of a file's own, as one that ran code on loading would be."""

    def __init__(self):
        super().__init__(pa.string(), "invented.odd")

    def __arrow_ext_serialize__(self):
        return b"not to be read"

    @classmethod
    def __arrow_ext_deserialize__(cls, storage_type, serialized):
        raise AssertionError


@pytest.mark.parametrize("deep", [False, True])
def test_types_of_a_files_own_are_refused_and_never_loaded(deep):
    array = pa.ExtensionArray.from_storage(Odd(), pa.array(["x"]))
    array = pa.ListArray.from_arrays([0, 1], array) if deep else array
    data = written(pa.table({"text": array}))
    pa.register_extension_type(Odd())
    try:
        with pytest.raises(RefusedError) as refused:
            parquet.parse(data)
    finally:
        pa.unregister_extension_type("invented.odd")
    assert (refused.value.code, "CSV" in refused.value.detail) == ("unsupported", True)


def test_the_type_that_once_ran_code_is_refused():
    schema = pa.schema(
        [pa.field("text", pa.string(), metadata={"ARROW:extension:name": "arrow.py_extension_type"})]
    )
    data = written(pa.table({"text": ["x"]}, schema=schema))
    assert b"arrow.py_extension_type" in base64.b64decode(
        files.read_metadata(io.BytesIO(data)).metadata[b"ARROW:schema"]
    )
    with pytest.raises(RefusedError, match="unsupported"):
        parquet.parse(data)


def test_what_is_too_large_is_refused_by_its_metadata(monkeypatch):
    data = written(pa.table({"text": ["The same words."] * 1000}))
    for name, least in (("MOST_CELLS", 999), ("LARGEST", 10)):
        with monkeypatch.context() as patch:
            patch.setattr(parquet, name, least)
            with pytest.raises(RefusedError, match="over_limit"):
                parquet.parse(data)
    assert len(parquet.parse(data).tables[0].rows) == 1000


@pytest.mark.slow
def test_a_bomb_of_one_long_word_said_often_ends_within_its_limits():
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), pa.array(["x" * 1_000_000]))
    data = written(pa.table({"text": column}))
    assert len(data) < 2_000_000
    with pytest.raises(RefusedError) as refused:
        sandbox.parse(".parquet", data)
    assert refused.value.code in ("over_limit", "crashed")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[:-40], "truncated"),
        (lambda data: b"PARE" + data[4:-4] + b"PARE", "encrypted"),
        (lambda data: data[:-8] + b"\xff\xff\xff\x7f" + data[-4:], "malformed"),
        (lambda _: b"a,b\n1,2\n", "malformed"),
    ],
)
def test_what_is_no_whole_file_is_refused(change, code):
    with pytest.raises(RefusedError) as refused:
        parquet.parse(change(written(pa.table({"text": ["Words."]}))))
    assert refused.value.code == code


def test_a_table_without_rows_is_empty():
    with pytest.raises(RefusedError, match="empty"):
        parquet.parse(written(pa.table({"text": pa.array([], pa.string())})))
