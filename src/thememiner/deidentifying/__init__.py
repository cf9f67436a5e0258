"""RawDocument → Document: texts are de-identified here, and nowhere else is a `RawDocument` taken.

    documents = deidentify(raw_documents)

De-identified text is pseudonymised: numbers, contacts, dates of birth, addresses and names beside a
cue are masked; names without a cue, and people told by the facts themselves, are not found.
"""

from thememiner.deidentifying.documents import deidentify, identify, number_repeats
from thememiner.deidentifying.masking import Masked, mask

__all__ = ["Masked", "deidentify", "identify", "mask", "number_repeats"]
