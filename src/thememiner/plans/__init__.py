"""Draft action plans as files: written for people to work in, and read back with what they did.

plans.write(plan, "plan.xlsx")      # or .docx, .csv, .json
plans.load("plan.json")
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from thememiner.errors import UnknownNameError
from thememiner.plans.json import load
from thememiner.records import Plan
from thememiner.saving import write_file

__all__ = ["FORMATS", "load", "render", "write"]

# Ending -> the module that writes it; only JSON's is always loaded.
FORMATS = {".xlsx": "workbooks", ".docx": "word", ".csv": "tables", ".json": "json"}


def render(plan: Plan, suffix: str) -> bytes:
    """The bytes of a plan in the format of an ending; the same plan gives the same bytes.

    Raises `UnknownNameError` for another ending.
    """
    if suffix.lower() not in FORMATS:
        raise UnknownNameError("the plan format", suffix or "without an ending", FORMATS)
    module = import_module(f"thememiner.plans.{FORMATS[suffix.lower()]}")
    written: Callable[[Plan], bytes] = module.render
    return written(plan)


def write(plan: Plan, file: str | Path) -> Path:
    """The plan written to `file` in the format that its ending names: whole, or not at all."""
    path = Path(file)
    return write_file(path, render(plan, path.suffix))
