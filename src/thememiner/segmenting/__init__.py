"""Document → Passage: sentences, list items and table cells, cut and never searched for.

    passages = segment(documents)

A mapped step: a passage depends on its own document alone. Nothing is tidied, so every character that is not
white space lies in exactly one passage, or in an aside (a heading, a page's footer), which is never evidence.

`passages` puts the labels on, `pieces` makes too short and too long ones fit, and `cutting` says where a
paragraph is cut, told by three rooms: `stops` (with `abbreviations`), `items` and `lines`. They walk spaCy's
`tokens`, which carry the offsets.
"""

from thememiner.segmenting.cutting import sentences
from thememiner.segmenting.passages import segment
from thememiner.segmenting.pieces import FEWEST_WORDS, LONGEST

__all__ = ["FEWEST_WORDS", "LONGEST", "segment", "sentences"]
