"""What each voice says of a theme → position, basis and verdict; the grid; what to read in full.

A mapped stage over themes: what is said of one depends on its own passages alone. No verdict is settled by
volume across voices: documents are counted within one kind of source and one organisation, and a single
person's account against what is assured is enough to say so.
"""

from thememiner.records import Rules
from thememiner.triangulating.accounts import read_in_full
from thememiner.triangulating.between import (
    Interface,
    Telling,
    Variation,
    interfaces,
    passing,
    variation,
)
from thememiner.triangulating.comparing import compare, compared, rate, rated, within
from thememiner.triangulating.gaps import sorts
from thememiner.triangulating.grid import collate
from thememiner.triangulating.naming import Mention, Names, short
from thememiner.triangulating.places import differing_places
from thememiner.triangulating.positions import Judged, judge
from thememiner.triangulating.ratings import Weighed, weigh
from thememiner.triangulating.sides import Sides, sides
from thememiner.triangulating.verdicts import triangulate

__all__ = [
    "Interface",
    "Judged",
    "Mention",
    "Names",
    "Rules",
    "Sides",
    "Telling",
    "Variation",
    "Weighed",
    "collate",
    "compare",
    "compared",
    "differing_places",
    "interfaces",
    "judge",
    "passing",
    "rate",
    "rated",
    "read_in_full",
    "short",
    "sides",
    "sorts",
    "triangulate",
    "variation",
    "weigh",
    "within",
]
