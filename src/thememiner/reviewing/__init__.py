"""What people decide of findings: a book to review them in, its decisions read back, and put over a report.

    write_file("findings.xlsx", book(load("report.json"), sha256))
    found = read("findings.xlsx")                     # `importing.read`: what was decided in it
    made = decide(report, joined(earlier, found.decisions))
    made.report, made.notes

The program's layer stays under the people's: `undecided` gives the report back as it was drafted.
"""

from thememiner.reviewing.deciding import Decided, check_same_review, decide, undecided
from thememiner.reviewing.importing import Imported, read
from thememiner.reviewing.json import joined, load, render, standing
from thememiner.reviewing.workbooks import book

__all__ = [
    "Decided",
    "Imported",
    "book",
    "check_same_review",
    "decide",
    "joined",
    "load",
    "read",
    "render",
    "standing",
    "undecided",
]
