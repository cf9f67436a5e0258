"""What each table and column holds: for people as Markdown, for tools as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thememiner.records import Report
from thememiner.reports import standing, wording
from thememiner.reports.markdown import escape
from thememiner.reports.tables.shapes import Column, Frame, frame, said
from thememiner.reports.tables.writing import DISARMED

_HOW = """\
The folders `csv` and `parquet` hold the same tables. Parquet has the types and every text as it is: take it
for Power BI and pandas. The CSV is for Excel: UTF-8 with a byte order mark, commas, an empty cell where there
is no value.

In the CSV a text that a spreadsheet program would run as a formula has a ' before it. The last column of each
CSV, `disarmed`, names the columns of the row of which that is so, so that nothing is changed unsaid; Parquet
has no such sign. Numbers are never changed.

Excel holds 32,767 characters in a cell: a longer text is whole in both files, and not in Excel.

In pandas: `pd.read_parquet("parquet/findings.parquet")`, or `pd.read_csv("csv/findings.csv",
keep_default_na=False, na_values=[""])`, so that a text that reads NA stays one.

In Power BI: get data from the Parquet files, and join each column under “joins” to the one that it names. Ids
are texts, and stay from run to run where the thing is the same.

Counts of reports are not incidence, and findings are drafts until a named person has reviewed them: show the
column `mark` of findings beside each."""


def table(frames: Iterable[Frame]) -> Frame:
    """A row a column of each table."""
    return frame(
        "dictionary",
        "A column of a table",
        (
            said("table", "the table"),
            said("column", "the column"),
            said("type", "text, whole, number, yes/no or day"),
            said("key", "key: with the others so marked it names the row"),
            said("joins", "the column of another table that it holds the key of"),
            said("meaning", "what it holds"),
            said("table_meaning", "what a row of the table is"),
        ),
        (
            (made.name, c.name, c.type, "key" if c.key else "", c.to, c.meaning, made.meaning)
            for made in frames
            for c in (*made.columns, DISARMED)
        ),
    )


def page(report: Report, frames: Sequence[Frame]) -> str:
    """The same for people, with how to open the tables."""
    blocks = [
        f"**{standing.marking(report)}**",
        "# Data dictionary",
        f"Tables of the report: {escape(report.title) or 'no title'}.",
        f"Status: {escape(standing.status(report))}",
        _HOW,
    ]
    for made in frames:
        held = wording.capital(wording.counted(len(made.rows), "row"))
        rows = (
            "| column | type | key | joins | meaning |",
            "|---|---|---|---|---|",
            *map(_row, made.columns),
        )
        blocks += [f"## {made.name}", f"{made.meaning}. {held}.", "\n".join(rows)]
    return "\n\n".join(blocks) + "\n"


def _row(column: Column) -> str:
    key, joins = "key" if column.key else "", f"`{column.to}`" if column.to else ""
    return f"| `{column.name}` | {column.type} | {key} | {joins} | {column.meaning} |"
