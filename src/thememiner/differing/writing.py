"""What changed, as a file: HTML without a script, Markdown, or JSON; the same changes give the same bytes."""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner import reports
from thememiner.differing import pages
from thememiner.differing.changes import Changes
from thememiner.errors import UnknownNameError
from thememiner.reports import wording
from thememiner.reports.contents import Table
from thememiner.reports.markdown import escape

if TYPE_CHECKING:
    from jinja2 import Template

SCHEMA = 1
_HERE = Path(__file__).parent


def render(changes: Changes, suffix: str) -> bytes:
    """The bytes in the format of an ending of `FORMATS`; raises `UnknownNameError` for another."""
    if suffix.lower() not in FORMATS:
        raise UnknownNameError("the format of what changed", suffix or "without an ending", FORMATS)
    return FORMATS[suffix.lower()](changes).encode("utf-8", "replace")


def as_json(changes: Changes) -> str:
    """The changes by the names of their records, with the summary in words."""
    shape = {
        "schema": SCHEMA,
        "status": changes.marking,
        "summary": pages.summary(changes),
        **dataclasses.asdict(changes),
    }
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def as_markdown(changes: Changes) -> str:
    """The page as Markdown."""
    return "\n\n".join(filter(None, _blocks(changes))) + "\n"


def as_html(changes: Changes) -> str:
    """The page as HTML: no script, and nothing from elsewhere."""
    digest = hashlib.sha256(as_json(changes).encode("utf-8", "replace")).digest()
    css = (Path(reports.__file__).parent / "report.css").read_text(encoding="utf-8")
    text = _template().render(
        title=f"{pages.TITLE}: {changes.later}",
        marking=changes.marking,
        parts=pages.page(changes),
        words=wording,
        css=css.replace(wording.MARKING, changes.marking),  # at the foot of a printed page
        nonce=base64.urlsafe_b64encode(digest[:18]).decode("ascii"),
    )
    return text.replace("\r", "&#13;")


FORMATS: dict[str, Callable[[Changes], str]] = {".html": as_html, ".md": as_markdown, ".json": as_json}


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = wording.number
    return environment.get_template("changes.html.j2")


def _blocks(changes: Changes) -> Iterator[str]:
    yield f"**{changes.marking}**"
    yield f"# {escape(f'{pages.TITLE}: {changes.later}')}"
    for part in pages.page(changes):
        yield f"## {part.title}"
        yield "\n".join(f"- {escape(line)}" for line in part.lines)
        for group in part.groups:
            yield f"### {escape(group.title)}"
            yield "\n".join(f"- {escape(line)}" for line in group.lines)
        for table in part.tables:
            yield from _table(table)
    yield f"**{changes.marking}**"


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield f"**{escape(table.caption)}:** none."
        return
    yield f"**{escape(table.caption)}**"
    rows = (
        "| " + " | ".join(wording.number(c) if isinstance(c, int) else escape(c) or "–" for c in row) + " |"
        for row in (table.columns, *table.rows)
    )
    first, *rest = rows
    yield "\n".join((first, "|" + " --- |" * len(table.columns), *rest))
