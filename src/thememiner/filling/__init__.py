"""A national or local form, filled in with what people accepted of a report, and nothing else of it changed.

made = fill("form.docx", report)
made.content, made.notes

Only answer cells are written: every other part of the file, and every byte between cells, is the form's.
"""

from __future__ import annotations

from thememiner.filling.forms import FORMATS, Filled, fill

__all__ = ["FORMATS", "Filled", "fill"]
