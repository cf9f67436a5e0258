"""Files → the same files de-identified, so that a trust can redact before it sends anything.

    done = redact(["returns/", "incidents.csv"], "to-send")
    done.files             # for each file: its ledger entry, what was written, how many masks of each kind

Tables come back as tables, other formats as text, with a ledger and a summary of what was masked. What is
written is de-identified (pseudonymised), not anonymous: read it before sharing it.
"""

from thememiner.redacting.folders import LEDGER, Redacted, RedactedFile, redact
from thememiner.redacting.summary import WORDS

__all__ = ["LEDGER", "WORDS", "Redacted", "RedactedFile", "redact"]
