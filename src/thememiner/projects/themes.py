"""The themes of a report as a codebook, so that a .qdc and a project's codes are one thing with one id."""

from __future__ import annotations

from thememiner.codebooks.ids import free
from thememiner.errors import InputError
from thememiner.projects.naming import Labels, clean, label
from thememiner.records import Code, Codebook, Report, Theme
from thememiner.reports import standing, wording


def codebook(report: Report) -> Codebook:
    """The report's themes as codes, in its order, under the wider theme of each; no examples.

    What a theme covers is in its definition. Raises `InputError` for a report without themes, since no
    codebook of the standard is empty.
    """
    if not report.themes:
        raise InputError(f"The report {report.title!r} has no theme, so there is no codebook to write.")
    of = report.provenance.get("codebook", {})
    ids = code_ids(report)
    names = wording.theme_names(report.themes)
    # One name twice in one place is one thing to some programs.
    labels: dict[str, Labels] = {}
    return Codebook(
        id=f"themes-{of.get('id', 'report')}",
        name=label(f"Themes: {report.title}"),
        version=label(str(of.get("version", "1"))),
        description=clean(
            f"{standing.marking(report)}\n{standing.status(report)}\n{wording.STATUS_NOTES[0]}"
        ),
        codes=tuple(
            Code(
                id=ids[theme.id],
                name=labels.setdefault(theme.wider, Labels()).give(names[theme.id], theme.id),
                definition=_definition(theme),
                group=label(theme.wider, ""),
            )
            for theme in report.themes
        ),
    )


def code_ids(report: Report) -> dict[str, str]:
    """Theme id -> the id of its code: the codebook's own, or that of the group found beside it."""
    taken: set[str] = set()
    return {
        theme.id: free([label((theme.code_id or theme.id).replace("/", "-"), "theme")], taken)
        for theme in report.themes
    }


def _definition(theme: Theme) -> str:
    """What a theme covers, and what to know of it."""
    found = wording.ORIGINS["discovered"] if theme.origin == "discovered" else ""
    return clean("\n".join(filter(None, (theme.definition, found))))
