"""What leaves the building: a working report made into one for those inside the review, or for everybody.

    made, log = release(report, "public")

A function of reports and people's approvals, before any renderer: no renderer knows what is withheld. What a
public report holds is chosen field by field (`deciding`), never what it leaves out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from thememiner.errors import InputError, UnknownNameError
from thememiner.records import PROFILES, REGIMES, Profile, Regime, Release, Report
from thememiner.releasing import (
    building,
    codenames,
    holding,
    inside,
    logs,
    numbering,
    ordering,
    quoting,
)
from thememiner.releasing.approvals import Approvals, check_known, load_approvals
from thememiner.releasing.deciding import WHOLE
from thememiner.releasing.logs import Line, Log
from thememiner.releasing.quoting import Rule
from thememiner.releasing.repeating import Runs, repeats, runs
from thememiner.releasing.suppressing import LEAST, told
from thememiner.reports import standing
from thememiner.trending import changes_of

__all__ = ["Approvals", "Log", "load_approvals", "release", "usual_regime"]

_NONE = Approvals()


def usual_regime(profile: Profile) -> Regime:
    """The rule for small numbers that a profile has unless another is asked for.

    HES for the public: it suppresses most, and its rounding hides by how many a number has changed since the
    last release. None for those inside, who hold the texts.
    """
    return "hes" if profile == "public" else "none"


def release(
    report: Report,
    profile: Profile,
    *,
    small_numbers: Regime | None = None,
    approvals: Approvals = _NONE,
    texts: Iterable[str] = (),
) -> tuple[Report, Log]:
    """The report as it may be given to others, and the log of what was withheld, by id and with the reason.

    `small_numbers` is the rule for small numbers (by default `usual_regime`). `texts` are those of documents
    that may not be quoted, whole: an excerpt with five words in a row of one is withheld. Without them only
    the withheld excerpts are compared. A working report comes back as it is.

    Raises `InputError` for a report that is released already, for a public one of texts that were not
    de-identified, for an approval of what the report does not have, and where words that a person wrote
    repeat a withheld text.
    """
    if profile not in PROFILES:
        raise UnknownNameError("the release profile", profile, PROFILES)
    regime = usual_regime(profile) if small_numbers is None else small_numbers
    if regime not in REGIMES:
        raise UnknownNameError("the rule for small numbers", regime, REGIMES)
    if report.release.profile != "working":
        raise InputError(
            f"this report is a {report.release.profile} version already: release the working report.json."
        )
    if profile == "working":
        return report, Log(())
    settings = report.provenance.get("settings")
    if profile == "public" and isinstance(settings, dict) and settings.get("redact") is False:
        raise InputError("its texts were not de-identified, so no public version of it is made.")
    check_known(
        approvals,
        {e.id for e in report.evidence},
        {t.id for t in report.themes} | {f.id for f in report.findings},
    )
    if profile == "internal":
        return _internal(report, regime)
    made, log = _public(ordering.by_name(report), regime, approvals, texts)
    # Of the report as it was: put in another order it would count as changed since it was approved.
    return standing.follow(dataclasses.replace(report, ladder=building.ladder(report.ladder)), made), log


def _public(report: Report, regime: Regime, approvals: Approvals, texts: Iterable[str]) -> tuple[Report, Log]:
    held = holding.themes(report, regime, approvals)
    named = {t.id: t.name for t in report.themes if t.origin != "discovered"}
    themes = frozenset(named.keys() - held.keys())
    waiting = holding.findings(report, regime, approvals)
    let = quoting.approved(approvals, report.evidence)
    documents = {d.id: d for d in report.documents}
    rule = Rule("public", documents, themes, held, let, frozenset())
    first = {e.id: rule.against(e) for e in report.evidence}
    secret = runs([*texts, *(e.quote for e in report.evidence if first[e.id] and quoting.secret(e))])
    secret -= runs(d.organisation for d in report.documents)  # a long name is five words too
    rule = Rule("public", documents, themes, held, let, secret)
    against = {e.id: rule.against(e) for e in report.evidence}
    _check_written(report, secret)
    files, singly = codenames.of_files(report.documents), codenames.of_documents(report.documents)
    codes = {d.id: files[d.id] if d.kind == "feedback" else singly[d.id] for d in report.documents}
    shown = [e.id for e in report.evidence if not against[e.id]]
    evidence = {identity: f"E{number}" for number, identity in enumerate(shown, start=1)}
    numbers = numbering.numbers(report, regime, themes)
    lines = [Line("excerpt", i, evidence.get(i, ""), against[i]) for i in against]
    lines += [Line("theme", i, "", reason) for i, reason in held.items()]
    lines += [Line("theme", t.id, "", quoting.UNNAMED) for t in report.themes if t.origin == "discovered"]
    lines += [Line("finding", f.id, "", waiting[f.id]) for f in report.findings if f.id in waiting]
    listed = {documents[e.document_id].id for e in report.evidence if e.id in evidence}
    lines += [Line("document", d, code) for d, code in codes.items() if d in listed or code[0] in "PA"]
    titles = {s.id: s.title for s in report.sections}
    made = building.build(
        report,
        building.Parts(
            codes=codes,
            evidence=evidence,
            themes=themes,
            held=frozenset(waiting),
            bodies=holding.named(report, regime),
            withheld=secret,
            numbers=numbers,
            regime=regime,
        ),
        Release(
            profile="public",
            small_numbers=regime,
            tallies=numbers.tallies,
            withheld=(
                *_excerpts(lines, report, regime),
                *numbering.withheld(report, numbers, themes),
                *((what, why, "all") for what, why in WHOLE),
            ),
            held=tuple(
                dict.fromkeys(
                    [(named[i], why) for i, why in held.items() if i in named]
                    + [
                        (f"{named[f.theme_id]} ({titles.get(f.section_id, f.section_id)})", waiting[f.id])
                        for f in report.findings
                        if f.id in waiting and f.theme_id in themes
                    ]
                )
            ),
        ),
    )
    return made, Log(tuple(lines))


_WHAT = {"incident": "Excerpts of incident reports", "policy": "Excerpts of policies"}


def _excerpts(lines: Iterable[Line], report: Report, regime: Regime) -> tuple[tuple[str, str, str], ...]:
    """What is withheld of excerpts and groups, counted, in words for readers."""
    of = {e.id: e for e in report.evidence}

    def what(line: Line) -> str:
        if line.what != "excerpt":
            return "Groups found beside the codebook" if line.why == quoting.UNNAMED else ""
        e = of[line.own]
        if quoting.of_people(e):
            return "Excerpts of what people and carers say"
        return _WHAT.get(e.kind, "Excerpts of organisations’ accounts")

    named = (Line(what(line), line.own, line.code, line.why) for line in lines)
    return logs.counted((line for line in named if line.what), regime)


def _check_written(report: Report, secret: Runs) -> None:
    """Raise `InputError` where what people wrote for this report repeats a text that is withheld."""
    written = [("title", report.title), ("question", report.question)]
    written += [
        (f"the statement of finding {finding.id!r}", finding.statement)
        for finding in report.findings
        if any(what == "statement" for what, _ in finding.drafted)
    ]
    written += [
        (f"the reason of {cell.organisation!r} in section {cell.section_id!r}", cell.why)
        for cell in report.grid
        if cell.state == "not applicable"
    ]
    written += [("the reason of an approval", step.unreviewed_reason) for step in report.ladder]
    written += [("a change in reporting", change.note) for change in changes_of(report)]
    written += [("the denominator of a rate", f"{rate.unit} {rate.counts}") for rate in report.rates]
    for where, words in written:
        if repeats(words, secret):
            raise InputError(
                f"{where} has five words in a row of a text that is withheld: reword it, then release again."
            )


def _internal(report: Report, regime: Regime) -> tuple[Report, Log]:
    documents = {d.id: d for d in report.documents}
    codes = codenames.of_documents(report.documents)
    rule = Rule("internal", documents, frozenset(), frozenset(), frozenset(), frozenset())
    against = {e.id: rule.against(e) for e in report.evidence}
    evidence = {
        e.id: f"{e.section_id}|{e.theme_id}|{codes[e.document_id]}:{e.start}-{e.end}"
        for e in report.evidence
        if not against[e.id] and e.document_id in codes
    }
    lines = [Line("excerpt", i, evidence.get(i, ""), why) for i, why in against.items()]
    lines += [Line("document", d, code) for d, code in codes.items()]
    suppressed = LEAST[regime] > 0
    themes = [t.id for t in report.themes]
    numbers = numbering.numbers(report, regime, themes) if suppressed else None
    made = inside.build(
        report,
        inside.Codes(codes, evidence),
        Release(
            profile="internal",
            small_numbers=regime,
            tallies=numbers.tallies if numbers else (),
            withheld=(
                *_excerpts(lines, report, regime),
                *(numbering.withheld(report, numbers, themes) if numbers else ()),
            ),
        ),
    )
    if numbers:
        made = inside.cut(made, numbers, lambda number: told(number, regime))
    return standing.follow(report, made), Log(tuple(lines))
