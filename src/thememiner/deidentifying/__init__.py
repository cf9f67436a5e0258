"""RawDocument → Document: texts are de-identified here, and nowhere else is a `RawDocument` taken.

    documents = deidentify(raw_documents, rules=rules(local_patterns, dates))

De-identified text is pseudonymised: numbers, contacts, dates of birth, addresses, names of people and the
towns where they live are masked, and first of all what the record's own columns tell. No rule finds every
name, and people told by the facts themselves are not found, so a person reads before anything is released.
"""

from thememiner.deidentifying.documents import deidentify, identify, number_repeats
from thememiner.deidentifying.masking import Masked, mask, unnumbered
from thememiner.deidentifying.residual import residual_risk
from thememiner.deidentifying.rules import Rules, rules

__all__ = [
    "Masked",
    "Rules",
    "deidentify",
    "identify",
    "mask",
    "number_repeats",
    "residual_risk",
    "rules",
    "unnumbered",
]
