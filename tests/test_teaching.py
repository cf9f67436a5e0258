"""From tables that people have coded to a coder, and to the texts to label next."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from thememiner import teaching
from thememiner.codebooks import codebook
from thememiner.coding import Figures, choose, train
from thememiner.errors import InputError, InputWarning, UnknownNameError
from thememiner.records import Code, Codebook, Source

BOOK = Codebook(
    "b", "B", "1", (Code("parking", "Car park", columns=("Parking and access",)), Code("meals", "Food"))
)
HANDED = ("handover between the teams was done", "no summary was handed over in writing")
MISSED = ("missed two appointments and was discharged", "the case closed as he did not attend")


def table(path: Path, *rows: str) -> Source:
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return Source(path, "feedback", text=("Comment",))


def labelled(path: Path, number: int = 60) -> Path:
    """Comments that people have coded with the small codebook, each in words of its own."""
    rows = ["Comment,handover,missed-appointments,family"]
    for i in range(number):
        text, cells = (HANDED[i // 2 % 2], "1,0,0") if i % 2 else (MISSED[i // 2 % 2], "0,x,no")
        rows.append(f"{text} in week {i},{cells}")
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_labels_by_id_name_and_column(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,PARKING and access,food", "No bays,1,", "Cold soup,no,Yes")
    found = teaching.teach([source], BOOK)
    assert found.labelled.texts == ("No bays", "Cold soup")
    assert found.labelled.labels.tolist() == [[True, False], [False, True]]
    assert found.labelled.told == (True, True)
    assert found.columns == (("parking", ("PARKING and access",)), ("meals", ("food",)))


def test_texts_are_deidentified_before_they_teach(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,meals", "Ring 07700 900461 about soup,1", "Soup,0")
    assert "900461" not in "".join(teaching.teach([source], BOOK).labelled.texts)
    assert "900461" in "".join(teaching.teach([source], BOOK, redact=False).labelled.texts)


def test_a_code_without_a_column_is_not_told_of(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,meals", "Soup,1", "Bays,0")
    assert teaching.teach([source], BOOK).labelled.told == (False, True)


def test_one_writer_is_one_group(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,Writer,meals", "Soup,a,1", "Bays,b,0", "Tea,a,1")
    assert teaching.teach([source], BOOK, group_column="writer").labelled.groups == ("a", "b", "a")
    assert len(set(teaching.teach([source], BOOK).labelled.groups)) == 3


def test_rows_without_text_are_counted(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,meals", "Soup,1", ",1", "Bays,0")
    found = teaching.teach([source], BOOK)
    assert (found.blank, len(found.labelled.texts)) == (1, 2)


def test_a_label_that_is_no_code_is_told_in_a_line_with_the_nearest(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,meals,parkin", "Soup,1,0", "Bays,0,1")
    with pytest.warns(
        InputWarning, match=r"1 column looks .* 'parkin' \(1 texts; nearest: parking\)"
    ) as told:
        found = teaching.teach([source], BOOK)
    assert len(told) == 1
    assert found.unknown == (("parkin", 1, "parking"),)


def test_a_column_of_words_is_no_label(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,meals,ward", "Soup,1,north", "Bays,0,south")
    assert teaching.teach([source], BOOK).unknown == ()


def test_no_label_column_at_all(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,ward", "Soup,north")
    with pytest.raises(InputError, match=r"no column of c\.csv is a label column of codebook 'b'"):
        teaching.teach([source], BOOK)


def test_a_cell_that_says_neither(tmp_path):
    source = table(tmp_path / "c.csv", "Comment,meals", "Soup,1", "Bays,perhaps")
    with pytest.raises(InputError, match=r"c.csv, row 3: the label column 'meals' must say 1 or 0") as told:
        teaching.teach([source], BOOK)
    assert "perhaps" not in str(told.value)


def test_a_map_of_columns(tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('meals = ["Q7"]\n')
    source = table(tmp_path / "c.csv", "Comment,Q7,parking", "Soup,1,0", "Bays,0,1")
    found = teaching.teach([source], BOOK, mapped=teaching.columns_map(path, BOOK))
    assert found.labelled.labels.tolist() == [[False, True], [True, False]]
    path.write_text('meal = ["Q7"]\n')
    with pytest.raises(UnknownNameError, match="meals"):
        teaching.columns_map(path, BOOK)


@pytest.fixture(scope="module")
def trained(command, golden, tmp_path_factory):
    """What `train` said, and the coder that it wrote."""
    folder = tmp_path_factory.mktemp("train")
    out = folder / "coder"
    given = ("--codebook", golden / "codebook.toml", "--text-column", "Comment")
    return command("train", labelled(folder / "coded.csv"), *given, "--out", out), out


def test_train_says_how_well_each_code_is_told(trained):
    said, out = trained
    assert said.code == 0, said.err
    assert "Trained on 60 labelled texts." in said.out
    assert "handover" in said.out
    assert sorted(path.name for path in out.iterdir()) == ["coder.json", "weights.safetensors"]


def coded(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="") as stream:
        found: dict[str, dict[str, str]] = {}
        for row in csv.DictReader(stream):
            found.setdefault(row["id"], {})[row["code_id"]] = row["outcome"]
        return found


def test_code_with_a_coder(command, golden, trained, tmp_path):
    asked = tmp_path / "new.csv"
    asked.write_text("Ref,Comment\nA,handed over in writing between teams\nB,he did not attend so closed\n")
    given = ("--codebook", golden / "codebook.toml", "--text-column", "Comment", "--id-column", "Ref")
    out = tmp_path / "codes.csv"
    said = command("code", asked, *given, "--coder", trained[1], "--out", out)
    assert said.code == 0, said.err
    found = coded(out)
    assert found["A"]["handover"] == "assigned"
    assert found["A"]["missed-appointments"] == "no"
    assert found["B"]["missed-appointments"] == "assigned"


def test_choose_writes_rows_that_train_reads(command, golden, trained, tmp_path):
    asked = tmp_path / "new.csv"
    rows = ["handed over in writing", "=1+1 did not attend", "Ring 07700 900461 at the clinic", "a lift"]
    asked.write_text("\n".join(["Comment", *rows]) + "\n")
    given = ("--codebook", golden / "codebook.toml", "--text-column", "Comment", "--coder", trained[1])
    out = tmp_path / "next.csv"
    said = command("choose", asked, *given, "--number", 3, "--out", out)
    assert said.code == 0, said.err
    with out.open(newline="") as stream:
        found = list(csv.DictReader(stream))
    assert list(found[0]) == ["id", "text", "handover", "missed-appointments", "family"]
    assert len(found) == 3
    written = out.read_text()
    assert "900461" not in written
    assert ",=1" not in written
    again = command("train", out, *given[:2], "--text-column", "text", "--out", tmp_path / "coder")
    assert again.code == 0, again.err


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"schema": 99, "thememiner": "9.9"}, "newer version of thememiner (9.9)"),
        ({"codes": []}, "is damaged"),
    ],
)
def test_a_coder_that_cannot_be_used_is_a_line(command, golden, trained, tmp_path, change, why):
    other = tmp_path / "coder"
    other.mkdir()
    for path in trained[1].iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    written = json.loads((other / "coder.json").read_text())
    (other / "coder.json").write_text(json.dumps(written | change))
    text = tmp_path / "one.txt"
    text.write_text("The family rang.")
    given = ("--codebook", golden / "codebook.toml", "--coder", other)
    said = command("code", text, *given, "--out", tmp_path / "c.csv")
    assert said.code == 2
    assert why in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "c.csv").exists()


def test_a_coder_of_another_codebook_is_a_line(command, trained, tmp_path):
    text = tmp_path / "one.txt"
    text.write_text("The family rang.")
    given = ("--codebook", "assertive-care", "--coder", trained[1], "--out", tmp_path / "c.csv")
    said = command("code", text, *given)
    assert said.code == 2
    assert "which are not those of codebook 'assertive-care'" in said.err
    assert said.err.count("\n") == 1


def test_choosing_asks_first_of_what_it_is_unsure(word_encoder, golden, tmp_path):
    book = codebook(str(golden / "codebook.toml"))
    found = teaching.teach([Source(labelled(tmp_path / "c.csv"), "feedback", text=("Comment",))], book)
    coder = train(book, word_encoder, found.labelled)
    unsure = "a handover in writing or two missed appointments"
    texts = [*found.labelled.texts[:20], unsure, unsure]
    rows = choose(texts, word_encoder.encode(texts), coder, 22)
    assert sorted(rows) == list(range(22))
    assert rows[0] in (20, 21)
    assert rows[-1] in (20, 21)  # the same words again teach nothing
    assert choose(texts, word_encoder.encode(texts), coder, 3) == rows[:3]
    assert choose([], np.zeros((0, 64), dtype=np.float32), coder, 3) == []


@pytest.mark.parametrize("codes", [1, 300])
def test_a_codebook_of_one_code_and_of_three_hundred(word_encoder, codes, tmp_path):
    book = Codebook("b", "B", "1", tuple(Code(f"c{j}", f"Subject {j}") for j in range(codes)))
    source = table(tmp_path / "c.csv", "Comment,c0", *(f"word{i % 7} soup,{i % 2}" for i in range(60)))
    coder = train(book, word_encoder, teaching.teach([source], book).labelled)
    said = coder.probabilities(["soup"], word_encoder.encode(["soup"]))
    assert said.shape == (1, codes)
    assert np.isfinite(said).all()


def asks(said: list[list[float]], texts: tuple[int, ...], number: int) -> list[int]:
    """What is chosen of texts with these probabilities, of a coder with so many texts a code."""
    figures = tuple(Figures(n, 0.0, 0.0, 0.0) for n in texts)
    coder = SimpleNamespace(
        probabilities=lambda *_: np.array(said), figures=figures, code_ids=tuple("abc"[: len(texts)])
    )
    return choose([str(i) for i in range(len(said))], np.zeros((len(said), 2)), coder, number)


def test_choosing_goes_by_doubt_then_by_how_few_a_code_has():
    assert asks([[0.99], [0.5], [0.8]], (10,), 3) == [1, 2, 0]
    assert asks([[0.5, 0.0], [0.0, 0.4]], (500, 0), 2) == [1, 0]


def test_what_is_chosen_counts_before_the_next():
    assert asks([[0.5, 0.0], [0.49, 0.0], [0.0, 0.47]], (0, 0), 3) == [0, 2, 1]
