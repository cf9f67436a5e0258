"""thememiner: recurring themes with verbatim evidence, for reviews of care.

    import thememiner as tm

    review = tm.mine(incidents=["lfpse.csv"], policies=["policies/"], codebook="assertive-care")
    review.themes                  # a pandas frame
    review.report("report.html")

Importing this loads no torch, no sentence-transformers, no BERTopic, no spaCy and no pandas.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from thememiner.codebooks import codebook, template
from thememiner.errors import (
    InputError,
    InputWarning,
    ResourceError,
    ThememinerError,
    TomlError,
    UnknownNameError,
    VerificationError,
)
from thememiner.records import Document, Report, Source
from thememiner.results import ThemedReview, mine
from thememiner.scoping import Review, load_review
from thememiner.settings import Settings

if TYPE_CHECKING:
    from thememiner.verifying import Verification

__all__ = [
    "Document",
    "InputError",
    "InputWarning",
    "Report",
    "ResourceError",
    "Review",
    "Settings",
    "Source",
    "ThemedReview",
    "ThememinerError",
    "TomlError",
    "UnknownNameError",
    "VerificationError",
    "codebook",
    "load_review",
    "mine",
    "template",
    "verify",
]


def verify(
    report: Report | str | Path,
    sources: Iterable[str | Path],
    pages: Iterable[str | Path] = (),
    house: str | Path | None = None,
) -> Verification:
    """Prove every excerpt of a report, or of a report.json, against its sources (`verifying.verify`)."""
    from thememiner import verifying

    return verifying.verify(report, sources, pages, house)
