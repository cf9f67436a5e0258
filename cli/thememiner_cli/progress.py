"""Progress on a terminal: a bar for whatever takes over two seconds, and silence elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_WORDS = {
    "read": "Reading",
    "redact": "De-identifying",
    "segment": "Cutting into passages",
    "embed": "Encoding passages",
    "code": "Coding with the codebook",
    "train": "Learning from labelled texts",
    "discover": "Looking for other themes",
    "label": "Naming themes",
    "polarity": "Judging tone",
    "report": "Putting findings together",
}
_PATIENCE = 2.0  # seconds of work before a bar is shown


@contextmanager
def shown() -> Iterator[Callable[[str, int, int], None]]:
    """Give what a run tells its progress to; draws on stderr, and only if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    try:
        yield _Teller(bar)
    finally:
        bar.stop()


class _Teller:
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._began = time.monotonic()
        self._task: TaskID | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() - self._began < _PATIENCE:
            return
        if self._task is None:
            self._bar.start()
            self._task = self._bar.add_task("", total=None)
        if stage != self._stage:
            self._stage = stage
            self._bar.reset(
                self._task, description=_WORDS.get(stage, stage), total=total if total > 1 else None
            )
        self._bar.update(self._task, completed=done, total=total if total > 1 else None)
