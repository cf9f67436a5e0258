"""Passages × codebook → memberships: the codebook is the training set.

A fitted stage: a ridge classifier over sentence vectors and number-safe TF-IDF, trained in a second or two
from each code's name, definition, inclusion note, examples and near misses, with the codebook's background
texts as what belongs to no code; and from texts that people have coded, where there are any (`Labelled`).
With some hundreds of them the encoder can be fine-tuned too; it is kept where that tells the codes better.
Applying the trained coder is mapped: a passage's scores depend on it and its paragraph alone.
"""

from thememiner.coding.agreeing import agree
from thememiner.coding.choosing import choose
from thememiner.coding.coder import Coder, Compared, Figures, Origin, code
from thememiner.coding.context import in_context
from thememiner.coding.explaining import Explainer, Reasons
from thememiner.coding.labelled import Labelled
from thememiner.coding.saving import by_words, load, ready, save
from thememiner.coding.training import train

__all__ = [
    "Coder",
    "Compared",
    "Explainer",
    "Figures",
    "Labelled",
    "Origin",
    "Reasons",
    "agree",
    "by_words",
    "choose",
    "code",
    "in_context",
    "load",
    "ready",
    "save",
    "train",
]
