"""The .qdpx: a zip of project.qde and of the texts and notes that it names, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from thememiner.projects.naming import guid
from thememiner.projects.notes import notes
from thememiner.projects.passages import stretches
from thememiner.projects.qde import project
from thememiner.projects.texts import check_quotes, plain
from thememiner.records import Report

_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold
_UNIX = 3  # said of every file, on whatever machine it is written


def packed(report: Report, texts: Mapping[str, str]) -> bytes:
    """The project of a report, whose texts are given by document id.

    Raises `InputError` for an excerpt that is not what stands in its text, and for a report that names what
    it does not list.
    """
    check_quotes(report, texts)
    findings = notes(report)
    files = {"project.qde": project(report, texts, stretches(report, texts), findings)}
    for document in report.documents:
        files[f"sources/{guid('source', document.id)}.txt"] = plain(texts[document.id]).encode(
            "utf-8", "replace"
        )
    for note in findings:
        files[f"sources/{guid('note', note.finding.id)}.txt"] = note.text.encode("utf-8", "replace")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            zipped.writestr(entry, content)
    return out.getvalue()
