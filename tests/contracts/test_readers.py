"""One suite of laws for every format that is read: a new suffix in the table comes under all of them.

A good file gives its sentences whole; a bad one is refused with a known code; nothing else ever comes out.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from email.message import EmailMessage

import docx
import openpyxl
import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from thememiner.reading import Limits, child, formats, read, sandbox
from thememiner.reading.parsed import CODES, Bundle, Parsed, RefusedError, Tables, Text
from thememiner.records import Source

SENTENCES = (
    "The night team rang the crisis line twice before midnight.",
    "Nobody wrote down that the depot was due on the ninth.",
    "His sister asked who would visit after the discharge meeting.",
)
ROWS = [["id", "narrative"], *([f"R{n}", sentence] for n, sentence in enumerate(SENTENCES, 1))]
# Formats whose parsers are a library's native code: mutated files go to a process of their own.
NATIVE = frozenset(
    (
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".ods",
        ".pdf",
        ".parquet",
        ".docx",
        ".docm",
        ".html",
        ".htm",
        ".xhtml",
    )
)
LIMITS = Limits(seconds=20, memory=2**31)


def plain(_: object) -> bytes:
    return "\n\n".join(SENTENCES).encode()


def page(_: object) -> bytes:
    return f"<html><body>{''.join(f'<p>{s}</p>' for s in SENTENCES)}</body></html>".encode()


def word(_: object) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    for sentence in SENTENCES:
        document.add_paragraph(sentence)
    document.save(stream)
    return stream.getvalue()


def pdf(_: object) -> bytes:
    made = FPDF()
    made.set_font("Helvetica", size=11)
    made.add_page()
    for sentence in SENTENCES:
        made.multi_cell(0, 6, sentence, new_x="LMARGIN", new_y="NEXT")
        made.ln(6)
    return bytes(made.output())


def separated(mark: str) -> Callable[[object], bytes]:
    return lambda _: "\n".join(mark.join(row) for row in ROWS).encode()


def xlsx(_: object) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def records() -> list[dict[str, str]]:
    return [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


def parquet(_: object) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet as files

    sink = io.BytesIO()
    files.write_table(pa.Table.from_pylist(records()), sink)
    return sink.getvalue()


def mail(_: object = None) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = (
        "Ottoline Quill <o.quill@example.org>",
        "Review Team <review@example.org>",
    )
    message["Subject"], message["Date"] = "Visits after discharge", "Tue, 03 Mar 2026 10:00:00 +0000"
    message.set_content("\n\n".join(SENTENCES))
    return message.as_bytes()


def outlook(writers) -> bytes:
    texts = {0x1A: "IPM.Note", 0x37: "Visits after discharge", 0x1000: "\r\n\r\n".join(SENTENCES)}
    return writers.compound(writers.message(texts))


GOOD: dict[str, Callable[..., bytes]] = {
    ".csv": separated(","),
    ".tsv": separated("\t"),
    ".tab": separated("\t"),
    ".xlsx": xlsx,
    ".xlsm": xlsx,
    ".xlsb": lambda writers: writers.xlsb(ROWS),
    ".xls": lambda writers: writers.xls(ROWS),
    ".ods": lambda writers: writers.ods(ROWS),
    ".jsonl": lambda _: "\n".join(map(json.dumps, records())).encode(),
    ".ndjson": lambda _: "\n".join(map(json.dumps, records())).encode(),
    ".json": lambda _: json.dumps(records()).encode(),
    ".txt": plain,
    ".text": plain,
    ".md": plain,
    ".markdown": plain,
    ".docx": word,
    ".docm": word,
    ".pdf": pdf,
    ".html": page,
    ".htm": page,
    ".xhtml": page,
    ".parquet": parquet,
    ".eml": mail,
    ".mbox": lambda _: b"From quill Tue Mar  3 10:00:00 2026\n" + mail() + b"\n",
    ".msg": outlook,
    ".zip": lambda writers: writers.zipped({"notes/visit.txt": plain(None)}),
}
SUFFIXES = sorted(formats.FORMATS)


@pytest.fixture(scope="session")
def good(writers) -> dict[str, bytes]:
    return {suffix: make(writers) for suffix, make in GOOD.items()}


def outcome(suffix: str, data: bytes) -> Parsed | RefusedError:
    """What a file comes to: read, or refused with a code that is in the list."""
    try:
        return sandbox.parse(suffix, data, LIMITS)
    except RefusedError as error:
        refused = error
    assert refused.code in CODES
    assert not any(sentence[:20] in str(refused) for sentence in SENTENCES)
    return refused


def answered(suffix: str, data: bytes) -> str:
    """The code of what the reader's process would answer, "" when the file was read."""
    head = json.loads(child.answer(suffix, data, 2**26)[0][8:])
    assert "refused" not in head or head["refused"] in CODES
    return str(head.get("refused", ""))


def words(parsed: Parsed | RefusedError) -> str:
    """All text that was found, that of files inside too."""
    if isinstance(parsed, RefusedError):
        return ""
    found = []
    if isinstance(parsed, Tables):
        found = [cell for table in parsed.tables for row in (table.header, *table.rows) for cell in row]
    else:
        for member in parsed.members:
            suffix = f".{member.name.rpartition('.')[2]}"
            found.append(words(outcome(suffix, member.data)))
    if isinstance(parsed, Text):
        found += [block.text for block in parsed.blocks]
    return "\n".join(found)


def in_silence(parsed: Parsed | RefusedError) -> bool:
    """Whether a file was read with nothing said of any loss."""
    if isinstance(parsed, RefusedError):
        return False
    if parsed.partly or parsed.skipped or parsed.detail:
        return False
    inside = () if isinstance(parsed, Tables) else parsed.members
    return all(not m.code and in_silence(outcome(f".{m.name.rpartition('.')[2]}", m.data)) for m in inside)


def test_every_format_that_is_read_is_under_these_laws():
    assert set(GOOD) == set(formats.FORMATS)
    assert not set(formats.FORMATS) & set(formats.ADVICE)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_good_file_gives_its_sentences_whole(suffix, good):
    parsed = outcome(suffix, good[suffix])
    assert not isinstance(parsed, RefusedError), parsed
    found = words(parsed)
    assert all(sentence in found for sentence in SENTENCES)
    assert in_silence(parsed)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_good_file_reads_the_same_in_this_process_and_in_its_own(suffix, good):
    assert formats.parse(suffix, good[suffix]) == sandbox.parse(suffix, good[suffix], LIMITS)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("blank", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_refused_as_empty(suffix, blank):
    refused = outcome(suffix, blank)
    assert isinstance(refused, RefusedError)
    assert refused.code == "empty"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_half_a_file_is_refused_or_its_loss_is_not_hidden(suffix, good):
    parsed = outcome(suffix, good[suffix][: len(good[suffix]) // 2])
    if isinstance(parsed, RefusedError):
        assert parsed.code in ("truncated", "malformed", "empty", "crashed")
        return
    # Text cut short cannot be told from text; what a format could tell, it tells.
    assert suffix in GOOD
    assert formats.FORMATS[suffix][1] in ("", "selectolax")
    assert SENTENCES[0] in words(parsed) or not in_silence(parsed)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "start", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_bytes_that_mean_nothing_come_to_a_known_code(suffix, start):
    noise = bytes((n * n * 31 + n * 7) % 251 for n in range(4096))
    outcome(suffix, start + noise)
    outcome(suffix, start + noise + start)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("other", [".docx", ".pdf", ".parquet", ".msg", ".zip", ".eml", ".csv"])
def test_a_file_under_another_name_comes_to_a_known_code(suffix, other, good):
    outcome(suffix, good[other])


@st.composite
def mutants(draw, data: bytes) -> bytes:
    """The file with some of its bytes changed, taken out or said twice."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        if not changed:
            break
        at = draw(st.integers(0, len(changed) - 1))
        sort = draw(st.sampled_from(("set", "cut", "twice", "put")))
        length = draw(st.integers(1, 40))
        if sort == "set":
            changed[at] = draw(st.integers(0, 255))
        elif sort == "cut":
            del changed[at : at + length]
        elif sort == "twice":
            changed[at:at] = changed[at : at + length]
        else:
            changed[at:at] = draw(st.binary(max_size=12))
    return bytes(changed)


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES) - NATIVE))
def test_a_changed_file_comes_to_a_known_code(suffix, good):
    @seed(7)
    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(mutants(good[suffix]))
    def law(data):
        assert answered(suffix, data) != "crashed"

    law()


@pytest.mark.parametrize("suffix", sorted(NATIVE))
def test_a_changed_file_of_a_native_format_harms_nobody(suffix, good):
    @seed(7)
    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(mutants(good[suffix]))
    def law(data):
        outcome(suffix, data)

    law()


def test_the_ledger_balances_and_order_does_not_matter(tmp_path, good):
    (tmp_path / "box").mkdir()
    paths = []
    for suffix, data in good.items():
        for name, content in (
            (f"good{suffix}", data),
            (f"half{suffix}", data[: len(data) // 2]),
            (f"none{suffix}", b""),
        ):
            path = tmp_path / "box" / name
            path.write_bytes(content)
            paths.append(path)
    settings_ = {"kind": "feedback", "text": ("narrative",)}
    forwards = read([Source(path, **settings_) for path in paths])
    backwards = read([Source(path, **settings_) for path in reversed(paths)])
    assert forwards == backwards
    outer = [entry for entry in forwards.ledger if not entry.inside]
    assert [entry.source for entry in outer] == sorted(path.name for path in paths)
    assert {entry.status for entry in outer} == {"read", "partly_read", "refused"}
    assert all((entry.status == "read") == (not entry.reason) for entry in forwards.ledger)
    assert sum(entry.documents for entry in forwards.ledger) == len(forwards.documents)
    for entry in outer:
        if entry.source.startswith("good"):
            texts = [d.text for d in forwards.documents if d.source.split("/")[0] == entry.source]
            assert all(any(sentence in text for text in texts) for sentence in SENTENCES), entry.source
    sources = {entry.source for entry in forwards.ledger}
    assert all(entry.inside in sources for entry in forwards.ledger if entry.inside)


@pytest.mark.parametrize("suffix", [".zip", ".mbox"])
def test_what_only_holds_files_has_no_text_of_its_own(suffix, good):
    assert isinstance(outcome(suffix, good[suffix]), Bundle)
