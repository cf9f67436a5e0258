"""The reader process: takes the bytes of one file after another, parses them, and answers in JSON frames.

It is started by `sandbox`, and gives up what a parser does not need before the first file: memory beyond
a limit, other processes, the network, and writing anywhere but into its answer.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from typing import TYPE_CHECKING, Any

from thememiner.reading import formats, wire
from thememiner.reading.parsed import RefusedError

if TYPE_CHECKING:
    from thememiner.reading.parsed import Parsed

# What else goes wrong while a file is parsed -> the reason code it gets.
_CODES: tuple[tuple[type[BaseException], str, str], ...] = (
    (MemoryError, "over_limit", "it takes more memory than the reader may use; split it"),
    (RecursionError, "over_limit", "its parts lie too deep inside each other; save it again"),
    (ImportError, "unsupported", "what reads it is not installed here; save it as CSV, XLSX, DOCX or TXT"),
)
_OTHERWISE = "save it again in its own program, or as PDF"
# Events of Python's audit hooks (PEP 578) by the beginning of their names: no parser needs any of these.
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.system",
    "os.kill",
)
_CHANGING = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "shutil.",
    "tempfile.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Serve until there is no more to read. The first line says the limits."""
    into, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b", buffering=0) as nowhere:  # noqa: PTH123  # what libraries print names people
        for number in (0, 1, 2):
            os.dup2(nowhere.fileno(), number)
    limits = json.loads(into.readline())
    limit(limits["memory"])
    sys.dont_write_bytecode = True
    sys.addaudithook(forbid)
    while line := into.readline():
        request = json.loads(line)
        data = into.read(request["size"])
        allow_seconds(request["seconds"])
        for value in answer(request["suffix"], data, limits["answer"]):
            out.write(value)
        out.flush()


def answer(suffix: str, data: bytes, longest: int) -> list[bytes]:
    """The frames that answer for one file; whatever its parser throws becomes a reason code, and no words."""
    try:
        return _frames(formats.parse(suffix, data), longest)
    except RefusedError as refused:
        return [wire.frame(wire.refusal(refused))]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001  # a panic of a native library is no Exception
        code, detail = next(
            ((code, detail) for kind, code, detail in _CODES if isinstance(error, kind)),
            ("crashed", _OTHERWISE),
        )
        del error
        return [wire.frame(wire.refusal(RefusedError(code, detail)))]


def _frames(parsed: Parsed, longest: int) -> list[bytes]:
    frames, length = [], 0
    for value in wire.encode(parsed):
        frames.append(wire.frame(value))
        length += len(frames[-1])
        if length > longest:
            raise RefusedError("over_limit", "there is more in it than the reader takes; split it")
    return frames


def limit(memory: int) -> None:
    """Caps this process where the system can: memory in bytes, nothing written, no core dump."""
    with contextlib.suppress(ImportError):  # Windows has no `resource`: the parent watches
        import resource

        for sort, value in (("RLIMIT_AS", memory), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
            with contextlib.suppress(AttributeError, ValueError, OSError):
                number = getattr(resource, sort)
                hard = resource.getrlimit(number)[1]
                most = value if hard == resource.RLIM_INFINITY else min(value, hard)
                resource.setrlimit(number, (most, most))


def allow_seconds(seconds: float) -> None:
    """Allows that much more processor time, after which the system ends this process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: raises `PermissionError` at what a reader process must never do."""
    if event.startswith(_FORBIDDEN) or event.startswith(_CHANGING):
        raise PermissionError(event)
    if event == "open":
        _, mode, flags = arguments
        writes = bool(mode and set(mode) & set("wax+")) or bool(isinstance(flags, int) and flags & _WRITING)
        if writes:
            raise PermissionError(event)


if __name__ == "__main__":
    main()
