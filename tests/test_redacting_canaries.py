"""None of the identifiers planted comes out of a redaction: not in a byte of a file, nor on the screen."""

from __future__ import annotations

import csv
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from openpyxl.comments import Comment

_STARTS = (
    "Bram Cald Dunn Eske Farn Gold Hesk Ingle Jess Kell Lark Mard Nett Osk Pend Quar Rusk Sedg Tarn Ulv"
).split()
_ENDS = "ackle ibster omery uthwy erdyn ollock indlow athrop urridge enholt".split()


class Canaries:
    """Invented identifiers, none given out twice; `planted` are those given out so far."""

    def __init__(self) -> None:
        self.planted: list[str] = []
        self._names = [start + end for start in _STARTS for end in _ENDS]
        random.Random(11).shuffle(self._names)
        self._at = 400_000_000

    def name(self) -> str:
        return self._give(self._names.pop())

    def doctor(self) -> str:
        return f"Dr {self.name()}"

    def nhs(self) -> str:
        check = 10
        while check == 10:
            self._at += 7_654_321
            weighed = zip(str(self._at), range(10, 1, -1), strict=True)
            check = (11 - sum(int(digit) * weight for digit, weight in weighed)) % 11
        return self._give(f"{self._at}{check}")

    def phone(self) -> str:
        return self._give(f"0207946{len(self.planted):04}")

    def postcode(self) -> str:
        at = len(self.planted)
        return self._give(f"GU{at // 100 + 1} {at % 10}{'ABDEFGHJLN'[at // 10 % 10]}{'PQRSTUWXYZ'[at % 10]}")

    def email(self) -> str:
        return f"{self.name().lower()}@example.org"

    def sentence(self) -> str:
        nhs = self.nhs()
        return (
            f"Mrs {self.name()} (NHS number {nhs[:3]} {nhs[3:6]} {nhs[6:]}) of {self.postcode()}, "
            f"tel. {self.phone()}, {self.email()}, was seen."
        )

    def _give(self, value: str) -> str:
        self.planted.append(value)
        return value


def plant_tables(folder: Path, c: Canaries) -> None:
    """In headings, mapped and unmapped columns, known columns, ids, sheets' names, comments, properties."""
    for name, mark in (("a.csv", ","), ("b.tsv", "\t")):
        with (folder / name).open("w", newline="", encoding="utf-16") as stream:
            table = csv.writer(stream, delimiter=mark)
            table.writerow(["Ref", f"Told by {c.doctor()}", "Patient name", "Narrative", "Elsewhere"])
            for _ in range(4):
                first, last = c.name(), c.name()
                reference = f"id_{c.doctor().replace(' ', '_')}"
                said = f"{last} fell; {first} too"
                table.writerow([reference, f"={c.sentence()}", f"{first} {last}", said, c.sentence()])
    book = openpyxl.Workbook()
    page = book.active
    page.title = c.doctor()
    page.append(["Ref", "Reporter", "Text"])
    for _ in range(6):
        reporter = c.name()
        page.append([int(c.nhs()), reporter, f"{reporter} wrote. {c.sentence()}"])
    form = book.create_sheet("Form")
    form.append(["Surname:", c.name()])
    form.append(["Comment", "None"])
    form.append(["Postcode", c.postcode()])
    form["B1"].comment = Comment(c.doctor(), c.name())
    book.properties.creator, book.properties.title = c.name(), c.doctor()
    book.save(folder / f"{c.doctor().replace(' ', '_')} {c.nhs()}.xlsx")


def plant_texts(folder: Path, c: Canaries) -> None:
    """In paragraphs, headings, page headers, properties, and names of files and folders."""
    document = docx.Document()
    document.add_heading(f"Visit to {c.doctor()}")
    document.add_paragraph(c.sentence())
    document.sections[0].header.paragraphs[0].text = c.doctor()
    document.core_properties.author, document.core_properties.title = c.name(), c.doctor()
    document.save(folder / f"{c.phone()}.docx")
    inner = folder / f"{c.doctor()} of {c.postcode()}"
    inner.mkdir()
    for suffix in (".txt", ".md", ".html"):
        (inner / f"{c.email()}{suffix}").write_text(f"{c.sentence()}\n\n{c.sentence()}", "utf-8")
    records = [{"id": f"Mr_{c.name()}", "email": c.email(), "free": c.sentence()} for _ in range(2)]
    (inner / f"{c.email()}.json").write_text(json.dumps(records), "utf-8")
    lines = [json.dumps({"reporter name": c.name(), f"of {c.doctor()}": c.sentence()}) for _ in range(2)]
    (inner / "lines.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / f"{c.doctor()}.png").write_bytes(b"x")
    (folder / f"letter of {c.doctor()}").write_bytes(b"x")
    (folder / f"broken of {c.doctor()}.pdf").write_bytes(b"%PDF-1.4 " + c.doctor().encode())


def everything(out: Path) -> bytes:
    """The names and bytes of all files, and of what is zipped in them."""
    seen: list[bytes] = []
    for path in out.rglob("*"):
        seen.append(path.relative_to(out).as_posix().encode())
        if path.is_file():
            seen.append(path.read_bytes())
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                seen += [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]
    return b"\n".join(seen)


def found(planted: list[str], whole: bytes) -> list[str]:
    squeezed = b"".join(whole.lower().split())
    return [value for value in planted if "".join(value.lower().split()).encode() in squeezed]


def test_no_canary_comes_out(tmp_path, command: Callable[..., object], monkeypatch):
    given = tmp_path / "given"
    given.mkdir()
    c = Canaries()
    plant_tables(given, c)
    plant_texts(given, c)
    assert len(set(c.planted)) == len(c.planted) >= 200
    monkeypatch.chdir(tmp_path)
    said = command("redact", "given", "--out", "out")
    assert said.code == 0, said.err
    out = tmp_path / "out"
    assert len([path for path in out.rglob("*") if path.is_file()]) == 9 + 3
    assert said.err.count("refused") == 3
    assert found(c.planted, everything(out) + said.out.encode() + said.err.encode()) == []
    # The search finds what is there: most canaries stand in the files as they were given.
    assert len(found(c.planted, everything(given))) > 100
