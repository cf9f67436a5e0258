"""RawDocument → Document: texts are de-identified here, and nowhere else is a `RawDocument` taken.

    documents = deidentify(raw_documents, rules=rules(local_patterns, dates))

De-identified text is pseudonymised: numbers, contacts, dates of birth, addresses and names are masked
as far as they are known, and first of all those the record's own columns tell. People told by the facts
themselves are not found.
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
