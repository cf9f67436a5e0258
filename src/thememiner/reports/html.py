"""The report as one HTML file: no script, nothing from elsewhere, readable on a locked laptop and on paper.

Texts are escaped by Jinja2 without exception, and the page's own policy lets nothing run or load:
only the one style sheet that carries its nonce.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.reports import charts, json, wording
from thememiner.reports.arranging import SHOWN_QUOTES, arrange

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from thememiner.records import Report

_HERE = Path(__file__).parent


def render(report: Report) -> str:
    """The report as the text of an HTML page."""
    contents = arrange(report)
    page = _template().render(
        report=contents,
        words=wording,
        shown=SHOWN_QUOTES,
        charts=(
            (charts.heat_map(contents.by_kind), contents.by_kind),
            (charts.heat_map(contents.by_voice, "chart-voices"), contents.by_voice),
            (charts.bars(contents.by_polarity), contents.by_polarity),
            (charts.bars(contents.tones, "chart-tones"), contents.tones),
        ),
        css=_css().replace(wording.MARKING, contents.marking),  # at the foot of a printed page
        nonce=_nonce(report),
    )
    # A bare CR would come back from a browser as another character; only data can hold one.
    # Half of a pair has no encoding, so a sign stands for it.
    return page.replace("\r", "&#13;").encode("utf-8", "replace").decode("utf-8")


def _nonce(report: Report) -> str:
    """A nonce that is the same for the same report, and that no text inside it can foretell."""
    digest = hashlib.sha256(json.render(report).encode("utf-8")).digest()
    return base64.urlsafe_b64encode(digest[:18]).decode("ascii")


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # a machine that redacts has none

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = wording.number
    environment.filters["counted"] = wording.counted
    return environment.get_template("report.html.j2")


@functools.cache
def _css() -> Markup:
    from markupsafe import Markup

    return Markup((_HERE / "report.css").read_text(encoding="utf-8"))  # noqa: S704  our own file, not data
