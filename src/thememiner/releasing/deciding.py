"""What becomes of each field of a report in public, decided one by one: a new one is withheld at first.

kept        as it is
chosen      of a list, those that may be shown
replaced    by a code, or by words of ours
suppressed  by the rule for small numbers
withheld    left empty
"""

from __future__ import annotations

from typing import Literal

from thememiner.records import (
    Comparison,
    DocumentEntry,
    Evidence,
    Finding,
    GridCell,
    LedgerEntry,
    Rate,
    RatingResult,
    Received,
    RecommendationResult,
    Report,
    RequirementResult,
    SectionResult,
    Step,
    Theme,
    Timeline,
    Trend,
    Triangulation,
)

Fate = Literal["kept", "chosen", "replaced", "suppressed", "withheld"]


def _fates(**words: str) -> dict[str, Fate]:
    fates: dict[str, Fate] = {}
    for fate, names in words.items():
        fates |= dict.fromkeys(names.split(), fate)  # type: ignore[arg-type]  # the fates are the keywords
    return fates


PUBLIC: dict[type, dict[str, Fate]] = {
    Report: _fates(
        kept="title question absent_voices blanks content_note status outstanding",
        chosen="provenance documents ledger received sections themes findings evidence requirements "
        "triangulation grid recommendations ratings ladder comparisons rates timelines trends glossary",
        replaced="release",
        withheld="memberships passages skipped linked residual caution read_in_full set_aside",
    ),
    DocumentEntry: _fates(
        kept="kind organisation version review_date expired",
        chosen="voice",
        replaced="id source",
        withheld="place team date sha256 reference locator file_sha256 masks passages superseded_by "
        "may_quote",
    ),
    LedgerEntry: _fates(
        kept="kind",
        replaced="source status documents",
        withheld="reason format sha256 parser skipped detail inside notes",
    ),
    Received: _fates(kept="organisation document expected", withheld="sources"),
    SectionResult: _fates(
        kept="id title absence blanks",
        chosen="finding_ids evidence_ids",
        replaced="statement",
        withheld="searched",
    ),
    Theme: _fates(
        kept="id name origin code_id definition status",
        suppressed="passages documents",
        withheld="keywords counts organisations voices stability cohesion exemplars near_code wider emerging",
    ),
    Finding: _fates(
        kept="id section_id theme_id score reason position basis needs review changed sort between",
        chosen="evidence_ids",
        replaced="statement exception reviewer",
        withheld="passages latest review_reason drafted",
    ),
    Evidence: _fates(
        kept="section_id theme_id kind voice polarity quote sha256 modality repairs exception states answers "
        "describes",
        chosen="organisation location",
        replaced="id document_id start end",
        withheld="strength",
    ),
    RequirementResult: _fates(kept="id text action_ids", chosen="finding_ids", replaced="statement"),
    RecommendationResult: _fates(
        kept="id source text reason theme_ids date organisation action_ids",
        chosen="finding_ids positions",
        replaced="statement",
    ),
    RatingResult: _fates(
        kept="organisation item rating verdict why reason theme_ids",
        chosen="stated evidence_ids",
    ),
    Triangulation: _fates(kept="theme_id verdict why", chosen="policy accounts incidents people"),
    GridCell: _fates(
        kept="section_id organisation state why",
        chosen="theme_ids answers commitments incidents people",
        withheld="places",
    ),
    # What is worked out is worked out anew, from the numbers that are told and from nothing else.
    Comparison: _fates(
        kept="theme_id kind organisation",
        suppressed="documents speak",
        replaced="speak_low speak_high speak_effect note",
        withheld="bad bad_low bad_high bad_effect",
    ),
    Rate: _fates(
        kept="theme_id organisation number unit counts period",
        suppressed="events",
        replaced="rate low high note",
    ),
    Timeline: _fates(
        kept="kind",
        suppressed="documents plotted",
        replaced="period first last themes note",
        withheld="until left_out uncharted",
    ),
    Trend: _fates(
        kept="theme_id theme kind",
        chosen="changes",
        suppressed="points",
        replaced="period chart segments signal says note",
        withheld="organisation polarity left_out movement chance recent",
    ),
    Step: _fates(
        kept="status date unreviewed unreviewed_reason",
        chosen="by role authority",
        replaced="digest",
        withheld="note not_yet",
    ),
}
# Of what the run was: what says nothing of any source.
PROVENANCE: dict[str, tuple[str, ...]] = {
    "thememiner": (),
    "method": (),
    "date": (),
    "seed": (),
    "scope": ("start", "end"),
    "codebook": ("id", "version"),
    "template": ("id", "version", "official", "note"),
    "encoder": ("name", "precision"),
    "settings": ("redact", "discover", "findings"),
}
# What is withheld whole -> why, for the log.
WHOLE: tuple[tuple[str, str], ...] = (
    ("File names, places in files, references, digests", "sources have codes in this version"),
    ("Incident reports and comments as a list, and what each holds", "they are of people"),
    ("Words that set themes apart", "they are taken from the texts"),
    ("Passages by theme and organisation; how badly an organisation’s people tell", "few may stand in one"),
    ("Whether a theme emerges or fades", "it is tested against all themes, those not told too"),
    ("Places within organisations that differ", "few people may stand in one"),
    ("Accounts to be read in full, and linked documents", "they name single documents"),
    ("Findings that people set aside, drafts that they changed, and their reasons", "they are of the work"),
)
