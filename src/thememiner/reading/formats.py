"""The table of formats: a file's suffix → the function that reads it, and what it reads it with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.reading import (
    archives,
    delimited,
    jsonlines,
    mail,
    markdown,
    mboxes,
    outlook,
    parquet,
    pdf,
    plain,
    web,
    word,
    workbooks,
)
from thememiner.reading.parsed import Parsed, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

# Suffix -> (parser, the package it stands on, "" when our own).
FORMATS: dict[str, tuple[Callable[[bytes], Parsed], str]] = {
    ".csv": (delimited.parse, ""),
    ".tsv": (delimited.parse, ""),
    ".tab": (delimited.parse, ""),
    ".xlsx": (workbooks.parse, "python-calamine"),
    ".xlsm": (workbooks.parse, "python-calamine"),
    ".xlsb": (workbooks.parse, "python-calamine"),
    ".xls": (workbooks.parse, "python-calamine"),
    ".ods": (workbooks.parse, "python-calamine"),
    ".jsonl": (jsonlines.parse_lines, ""),
    ".ndjson": (jsonlines.parse_lines, ""),
    ".json": (jsonlines.parse_list, ""),
    ".txt": (plain.parse, ""),
    ".text": (plain.parse, ""),
    ".md": (markdown.parse, ""),
    ".markdown": (markdown.parse, ""),
    ".docx": (word.parse, "lxml"),
    ".docm": (word.parse, "lxml"),
    ".pdf": (pdf.parse, "pypdfium2"),
    ".html": (web.parse, "selectolax"),
    ".htm": (web.parse, "selectolax"),
    ".xhtml": (web.parse, "selectolax"),
    ".parquet": (parquet.parse, "pyarrow"),
    ".eml": (mail.parse, ""),
    ".mbox": (mboxes.parse, ""),
    ".msg": (outlook.parse, "python-oxmsg"),
    ".zip": (archives.parse, ""),
}

_AS_TEXT = "save it as DOCX or PDF"
_AS_IMAGE = "an image is not read; run text recognition (OCR) and save a PDF"
# Suffix -> what to do with a file of a format that is not read.
ADVICE: dict[str, str] = {
    **dict.fromkeys((".doc", ".rtf", ".odt", ".wpd", ".pages", ".dot", ".epub", ".xps"), _AS_TEXT),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key", ".pps", ".ppsx"), _AS_TEXT),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp"), _AS_IMAGE),
    **dict.fromkeys(
        (".pst", ".ost", ".oft", ".emlx", ".p7m"), "save its e-mails as MSG or EML, and put these in a folder"
    ),
    **dict.fromkeys((".p7s", ".asc", ".sig"), "a signature holds no text; leave it out"),
    **dict.fromkeys((".ics", ".vcf"), "a calendar entry or contact is not read; save its text as TXT"),
    **dict.fromkeys(
        (".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar"), "unpack it and give the folder, or zip that"
    ),
    **dict.fromkeys(
        (".feather", ".arrow", ".orc", ".sav", ".rds", ".dta", ".sas7bdat"), "save it as CSV, XLSX or Parquet"
    ),
    **dict.fromkeys((".numbers", ".accdb", ".mdb"), "save it as CSV or XLSX"),
    **dict.fromkeys((".mp3", ".mp4", ".wav", ".m4a", ".mov"), "a recording is not read; give its transcript"),
}
_OTHERWISE = "save it as CSV, XLSX, DOCX, PDF or TXT"


def suffix_of(name: str) -> str:
    """The suffix of a file's name if a format has it; what else ends a name may be a person's."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in FORMATS or suffix in ADVICE else ""


def check(suffix: str) -> None:
    """Raises `RefusedError`, with what to do, for the suffix of a format that is not read."""
    if suffix not in FORMATS:
        raise RefusedError("unsupported", ADVICE.get(suffix, _OTHERWISE))


def parse(suffix: str, data: bytes) -> Parsed:
    """What the bytes of a file hold; raises `RefusedError`, with a reason code, when they cannot be read."""
    check(suffix)
    if not data.strip():
        raise RefusedError("empty", "the file has nothing in it")
    return FORMATS[suffix][0](data)


def parser_of(suffix: str) -> str:
    """The name and version of what reads files of that suffix ("pypdfium2 5.15.2", "thememiner")."""
    if suffix not in FORMATS:
        return ""
    package = FORMATS[suffix][1]
    if not package:
        return "thememiner"
    from importlib import metadata

    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return package
