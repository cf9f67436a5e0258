"""RawDocument → Document: texts are de-identified here, and nowhere else is a `RawDocument` taken.

    documents = deidentify(raw_documents)

De-identified text is pseudonymised: numbers, contacts, dates of birth, addresses, names of people and the
towns where they live are masked. No rule finds every name, and people told by the facts themselves are not
found, so a person reads before anything is released.
"""

from thememiner.deidentifying.documents import deidentify, identify, number_repeats
from thememiner.deidentifying.masking import Masked, mask

__all__ = ["Masked", "deidentify", "identify", "mask", "number_repeats"]
