"""TOML read key by key: each thing that is wrong is told with the file or table, the key and the nearest."""

from __future__ import annotations

import datetime as dt

import pytest

from thememiner.errors import TomlError
from thememiner.tomls import Reader, load


def reader(**table: object) -> Reader:
    return Reader(table, "plan.toml, source 2")


def test_a_file_is_read(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes('title = "Überblick"\n'.encode())
    assert load(path) == {"title": "Überblick"}


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b'\xef\xbb\xbftitle = "a"\r\n')
    assert load(path) == {"title": "a"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'a = 1\nb = "open\n', "line 2"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("a = “curly”".encode(), "not valid TOML"),
    ],
)
def test_a_broken_file_is_told_by_name_and_line(tmp_path, content, said):
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(TomlError, match=said) as error:
        load(path)
    assert str(error.value).startswith("plan.toml ")
    assert str(tmp_path) not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('title = "open\n', "a quotation mark is missing at the end of a text (at line 1, column 14)"),
        ('title = "open', "a quotation mark is missing at the end of a text"),
        ("title = 'open\n", "a quotation mark is missing at the end of a text"),
        ("title = open\n", "a text stands without quotation marks (at line 1"),
        ("title\n", "expected key = value (at line 1"),
        ('path = "C:\\Users\\x"', "write a path with / instead (at line 1"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_in_plain_words(tmp_path, content, said):
    (tmp_path / "plan.toml").write_text(content)
    with pytest.raises(TomlError) as error:
        load(tmp_path / "plan.toml")
    assert said in str(error.value)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(TomlError, match=r"gone.toml does not exist"):
        load(tmp_path / "gone.toml")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(TomlError, match=r"folder.toml cannot be read"):
        load(tmp_path / "folder.toml")


@pytest.mark.parametrize("table", ["text", 3, None, ["a"], True])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(TomlError, match=r"plan.toml, scope: expected a table, found"):
        Reader(table, "plan.toml, scope")


def test_each_sort_of_value():
    row = reader(name="a", names=["a", "b"], on=False, rows=[{"id": "x"}, {"id": "y"}])
    assert row.text("name") == "a"
    assert row.text("names") == "a; b"
    assert row.texts("names") == ("a", "b")
    assert row.texts("name") == ("a",)
    assert row.flag("on", True) is False
    assert row.choice("name", ["a", "b"]) == "a"
    assert [r.text("id") for r in row.tables("rows")] == ["x", "y"]


def test_what_is_left_out_has_its_default():
    row = reader()
    assert row.text("name", "") == ""
    assert row.texts("names") == ()
    assert row.flag("on", True) is True
    assert row.choice("kind", ["incident"], "incident") == "incident"
    assert row.tables("rows") == []


def test_a_key_without_a_default_is_missed():
    with pytest.raises(TomlError, match=r"^plan.toml, source 2: 'path' is missing\.$"):
        reader().text("path")
    with pytest.raises(TomlError, match=r"'kind' is missing"):
        reader().choice("kind", ["incident"])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (3, "a number"),
        (2.5, "a number"),
        (True, "true or false"),
        ({"a": 1}, "a table"),
        (["a", 1], "a list"),
        (dt.date(2024, 10, 1), "something else"),
    ],
)
def test_text_of_another_sort(value, found):
    with pytest.raises(TomlError) as error:
        reader(name=value).text("name")
    assert str(error.value) == f"plan.toml, source 2: 'name' must be text in quotes, found {found}."


@pytest.mark.parametrize("value", [0, 1, "true", []])
def test_a_flag_is_true_or_false_and_nothing_like_it(value):
    with pytest.raises(TomlError, match=r"'on' must be true or false, found"):
        reader(on=value).flag("on", True)


@pytest.mark.parametrize("value", [1, True, ["a", 2], {"a": "b"}])
def test_a_list_of_texts_of_another_sort(value):
    with pytest.raises(TomlError, match=r"'names' must be a list of texts"):
        reader(names=value).texts("names")


def test_a_choice_that_is_none_names_all_and_the_nearest():
    with pytest.raises(TomlError) as error:
        reader(kind="incidents").choice("kind", ["incident", "policy"])
    assert str(error.value) == (
        "plan.toml, source 2: kind = 'incidents' is not one of incident, policy. Did you mean 'incident'?"
    )
    with pytest.raises(TomlError) as error:
        reader(kind="zzz").choice("kind", ["incident", "policy"])
    assert str(error.value).endswith("is not one of incident, policy.")


def test_tables_are_numbered_from_one():
    rows = reader(rows=[{}, {}]).tables("rows")
    with pytest.raises(TomlError, match=r"plan.toml, source 2, rows 2: 'id' is missing"):
        rows[1].text("id")


@pytest.mark.parametrize("value", [{"id": "x"}, "x", 1])
def test_tables_of_another_sort(value):
    with pytest.raises(TomlError, match=r"'rows' must be a list of tables, \[\[rows\]\]"):
        reader(rows=value).tables("rows")


def test_a_list_of_what_are_no_tables():
    with pytest.raises(TomlError, match=r"source 2, rows 1: expected a table, found text"):
        reader(rows=["x"]).tables("rows")


def test_a_misspelt_key_is_not_lost():
    reader(path="a", kind="b").only(("kind", "path", "voice"))
    with pytest.raises(TomlError) as error:
        reader(path="a", knid="b").only(("path", "kind"))
    assert str(error.value) == (
        "plan.toml, source 2: 'knid' is not known. Did you mean 'kind'? Known: path, kind."
    )
    with pytest.raises(TomlError, match=r"'zzz' is not known. Known: path"):
        reader(zzz=1).only(iter(["path"]))
