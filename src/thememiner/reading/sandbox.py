"""Files are parsed in processes of their own, so that no file can harm, hang or stop the run.

    parsed = sandbox.parse(".pdf", data)      # Text, Tables or Bundle; raises RefusedError

A process that dies or takes too long is ended, the file is tried once more in a fresh one, and then it is
refused with a reason code. Processes are kept and used again, so that this costs little.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thememiner.errors import ThememinerError
from thememiner.reading import wire
from thememiner.reading.parsed import Parsed, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_WORKERS = 4
_USES = 500  # files after which a process makes way for a fresh one
_POLL = 0.05  # seconds between looks at a process at work
_ADVICE = {
    "timeout": "it takes too long to read; split it, or save it again as PDF",
    "over_limit": "it takes more memory than the reader may use; split it",
    "crashed": "save it again in its own program, or as PDF",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    `seconds` and `seconds_per_mb` of wall clock and of processor time; `memory` bytes of a process, of which
    `resident` in use; `answer` bytes of what it says.
    """

    seconds: float = 20.0
    seconds_per_mb: float = 1.0
    memory: int = 3 * 2**30
    resident: int = 3 * 2**29
    answer: int = 2**30

    def allowed(self, size: int) -> float:
        """The seconds that a file of that many bytes may take."""
        return self.seconds + self.seconds_per_mb * size / 2**20


class _DiedError(Exception):
    """The process ended before it answered; `code` is the reason code that this comes to."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Worker:
    """One reader process."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.uses = 0
        package = Path(__file__).parents[2]
        environment = {key: value for key, value in os.environ.items() if key.upper() in _KEPT}
        # The number of threads is one: more take address space, and files are read side by side already.
        environment |= {"PYTHONPATH": str(package), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        try:
            self._process = subprocess.Popen(  # our own interpreter, with our own module
                [sys.executable, "-B", "-P", "-m", "thememiner.reading.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._send(json.dumps({"memory": limits.memory, "answer": limits.answer}).encode() + b"\n")
        except (OSError, wire.BrokenFrameError) as error:
            raise ThememinerError(
                f"a process to read files in could not be started with {sys.executable}; ask who looks after "
                "this machine to let Python start Python. Files are never read without one."
            ) from error

    def parse(self, suffix: str, data: bytes) -> Parsed:
        """What the file holds; raises `RefusedError`, or `_DiedError` when the process has ended."""
        self.uses += 1
        seconds = self.limits.allowed(len(data))
        watch = _Watch(self._process, seconds, self.limits.resident)
        try:
            request = {"suffix": suffix, "size": len(data), "seconds": seconds}
            self._send(json.dumps(request).encode() + b"\n", data)
            head = self._frame()
            return wire.decode(head, self._frame)
        except wire.BrokenFrameError:
            self.close()
            raise _DiedError(watch.reason or _reason(self._process.returncode)) from None
        finally:
            watch.stop()

    def close(self) -> None:
        """Ends the process."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _send(self, *parts: bytes) -> None:
        stream = self._process.stdin
        assert stream is not None  # it was asked for
        try:
            for part in parts:
                stream.write(part)
            stream.flush()
        except OSError:
            raise wire.BrokenFrameError from None

    def _frame(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None  # it was asked for
        return wire.read_frame(stream.read, self.limits.answer)


class _Watch:
    """Ends a process that takes too long or too much memory, and says which it was."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, resident: int) -> None:
        self.reason = ""
        self._process = process
        self._done = threading.Event()
        self._resident = resident
        self._deadline = time.monotonic() + seconds
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """The process has answered, or is gone."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        import psutil

        memory: Callable[[], Any] | None = None
        with contextlib.suppress(psutil.Error):
            memory = psutil.Process(self._process.pid).memory_info
        while not self._done.wait(_POLL):
            if time.monotonic() > self._deadline:
                self._end("timeout")
                return
            with contextlib.suppress(psutil.Error):
                if memory and memory().rss > self._resident:
                    self._end("over_limit")
                    return

    def _end(self, reason: str) -> None:
        self.reason = reason
        with contextlib.suppress(OSError):
            self._process.kill()


class Pool:
    """Reader processes that wait for files; any thread may ask."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()

    def parse(self, suffix: str, data: bytes) -> Parsed:
        """What the file holds; raises `RefusedError`. A process that dies over it gets one successor."""
        for last in (False, True):
            worker = self._worker()
            try:
                parsed = worker.parse(suffix, data)
            except _DiedError as died:
                if last:
                    raise RefusedError(died.code, _ADVICE[died.code]) from None
            except RefusedError:
                self._give_back(worker)
                raise
            else:
                self._give_back(worker)
                return parsed
        raise AssertionError

    def close(self) -> None:
        """Ends all processes that wait."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    def _worker(self) -> Worker:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return Worker(self.limits)

    def _give_back(self, worker: Worker) -> None:
        if worker.uses < _USES:
            self._idle.put(worker)
        else:
            worker.close()


def workers() -> int:
    """How many files are read side by side."""
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1))


def parse(suffix: str, data: bytes, limits: Limits | None = None) -> Parsed:
    """What the bytes of a file of that suffix hold, read in a process of its own; raises `RefusedError`."""
    return _pool(limits or Limits()).parse(suffix, data)


# What a reader process is told of its surroundings: enough to start, and nothing that names anybody.
_KEPT = frozenset(("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "PYTHONHOME", "VIRTUAL_ENV"))
_pools: dict[tuple[int, Limits], Pool] = {}
_lock = threading.Lock()


def _pool(limits: Limits) -> Pool:
    """The pool of this process; one that was inherited by a fork belongs to the parent."""
    with _lock:
        key = (os.getpid(), limits)
        if key not in _pools:
            _pools[key] = Pool(limits)
            atexit.register(_pools[key].close)
        return _pools[key]


def _reason(returncode: int | None) -> str:
    """The reason code that a process's end comes to."""
    over_time = getattr(signal, "SIGXCPU", None)
    return "timeout" if over_time and returncode == -over_time else "crashed"
