"""What a passage says of a theme: positive, negative, mixed or neutral; and whether it commits or describes.

A mapped stage in four rooms: `cues` (words that a reader would point at), `commitments` (what a policy says
must be, and the numbers it states), `tone` (a small trained classifier) and `judging` (what comes of them).
Each code says whether its presence is wanted, so that finding "no evidence of" something unwanted is good.
"""

from thememiner.polarity.commitments import Stated, modality, stated, sureness
from thememiner.polarity.judging import SURELY, absence, exception, explained, judge, judge_with_shares

__all__ = [
    "SURELY",
    "Stated",
    "absence",
    "exception",
    "explained",
    "judge",
    "judge_with_shares",
    "modality",
    "stated",
    "sureness",
]
