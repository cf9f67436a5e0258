"""Who has seen a report and approved it: its ladder, and the copy that a release freezes.

`taking.take` puts a step on a report; `copying.freeze` gives the files of a released copy, and
`proving.prove` says whether anything in such a copy changed.
"""

from thememiner.signing.copying import SUMS, freeze
from thememiner.signing.pages import anew, pages
from thememiner.signing.proving import Proof, prove
from thememiner.signing.taking import NAMES, take, unreviewed

__all__ = ["NAMES", "SUMS", "Proof", "anew", "freeze", "pages", "prove", "take", "unreviewed"]
