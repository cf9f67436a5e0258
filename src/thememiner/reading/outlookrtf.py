"""The words of a mail's body in Outlook's compressed RTF, for the few messages that hold it in no other form.

compressed-rtf unpacks it (MS-OXRTFCP), and striprtf leaves the words. Of a page of HTML that Outlook wrapped
in RTF (MS-OXRTFEX) the tags stand where striprtf looks past them.
"""

from __future__ import annotations

from typing import Any


def words(data: bytes) -> str:
    """The words, a line for each paragraph; "" when it cannot be read, or what reads it is not installed."""
    try:
        import compressed_rtf
        from striprtf import striprtf

        strip: Any = striprtf.rtf_to_text  # untyped
        rtf = compressed_rtf.decompress(data)
        if len(rtf) < int.from_bytes(data[4:8], "little"):  # the length that it says it has
            return ""
        found = strip(rtf.partition(b"\0")[0].decode("cp1252", "replace"), errors="replace")
        # RTF counts in UTF-16, so what lies beyond 16 bits comes as two halves.
        return str(found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip())
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  # what they throw at broken bytes is of many sorts
        return ""
