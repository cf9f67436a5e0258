"""The reader processes: what they may not do, how they end, and that what is parsed comes through whole."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, replace

import pytest

from thememiner.reading import child, sandbox, wire
from thememiner.reading.parsed import Block, Bundle, Member, RefusedError, Table, Tables, Text
from thememiner.reading.sandbox import Limits, Pool

# Parsers of ill will, each put in the place of the one for TXT inside the child.
_HOSTILE = {
    "hang": "import time; time.sleep(60)",
    "spin": "while True: pass",
    "abort": "import os; os.abort()",
    "exit": "import os; os._exit(0)",
    "memory": "x = [bytearray(2**26) for _ in range(1000)]",
    "recursion": "f = lambda n: f(n + 1)\n    f(0)",
    "print": "import os; print('x' * 10**6, flush=True); os.write(1, b'y' * 10**6)",
    "write": "open(TARGET, 'w').write('x')",
    "low write": "import os; os.open(TARGET, os.O_CREAT | os.O_WRONLY)",
    "remove": "import os; os.remove(TARGET)",
    "socket": "import socket; socket.socket()",
    "lookup": "import socket; socket.getaddrinfo('localhost', 80)",
    "process": "import subprocess; subprocess.run(['true'])",
    "shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "chatter": "import os; from thememiner.reading import child\n    return Text((Block('x' * 10**7),))",
}
_EXPECTED = {
    "hang": "timeout",
    "spin": "timeout",
    "abort": "crashed",
    "exit": "crashed",
    "memory": "over_limit",
    "recursion": "over_limit",
    "write": "crashed",
    "low write": "crashed",
    "remove": "crashed",
    "socket": "crashed",
    "lookup": "crashed",
    "process": "crashed",
    "shell": "crashed",
    "fork": "crashed",
    "chatter": "over_limit",
}
_LIMITS = Limits(seconds=30, memory=2**29, answer=2**20)


@dataclass
class _Hostile:
    """A pool whose children read TXT as `body` says; the child's own code is otherwise the real one."""

    body: str
    target: str = ""

    def pool(self, monkeypatch, limits=_LIMITS):
        source = (
            "from thememiner.reading import child, formats\n"
            "from thememiner.reading.parsed import Block, Text\n"
            f"TARGET = {self.target!r}\n"
            f"def hostile(data):\n    {self.body}\n    return Text((Block('read'),))\n"
            "formats.FORMATS['.txt'] = (hostile, '')\n"
            "child.main()\n"
        )
        real = subprocess.Popen

        def popen(command, **options):
            assert command == [sys.executable, "-B", "-P", "-m", "thememiner.reading.child"]
            return real([sys.executable, "-P", "-c", source], **options)

        monkeypatch.setattr(sandbox.subprocess, "Popen", popen)
        return Pool(limits)


@pytest.mark.parametrize("sort", _EXPECTED)
def test_a_hostile_file_gets_a_reason_code_and_the_run_goes_on(sort, tmp_path, monkeypatch):
    target = tmp_path / "victim"
    if sort == "remove":
        target.write_text("here", "utf-8")
    limits = replace(_LIMITS, seconds=1) if _EXPECTED[sort] == "timeout" else _LIMITS
    pool = _Hostile(_HOSTILE[sort], str(target)).pool(monkeypatch, limits)
    began = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        pool.parse(".txt", b"x")
    assert refused.value.code == _EXPECTED[sort]
    assert refused.value.detail
    assert target.exists() == (sort == "remove")
    assert time.monotonic() - began < 25
    pool.close()


def test_what_a_parser_prints_goes_nowhere(monkeypatch, capfd):
    pool = _Hostile(_HOSTILE["print"]).pool(monkeypatch)
    assert pool.parse(".txt", b"x") == Text((Block("read"),))
    assert capfd.readouterr() == ("", "")
    pool.close()


def test_a_process_that_dies_once_gets_a_successor(tmp_path, monkeypatch):
    flag = tmp_path / "died"  # the first child cannot leave a mark, so the parent does
    started = []
    real = _Hostile("import os\n    if os.environ.get('FIRST'): os.abort()").pool(monkeypatch)
    popen = sandbox.subprocess.Popen

    def counting(command, **options):
        started.append(command)
        environment = options.pop("env") | ({"FIRST": "1"} if len(started) == 1 else {})
        return popen(command, env=environment, **options)

    monkeypatch.setattr(sandbox.subprocess, "Popen", counting)
    assert real.parse(".txt", b"x") == Text((Block("read"),))
    assert len(started) == 2
    assert not flag.exists()
    real.close()


def test_where_the_system_sets_no_limits_the_parent_watches_memory(monkeypatch):
    """As on Windows, which has no `resource`."""
    body = "x = bytearray(2**29)\n    x[::4096] = b'y' * (2**29 // 4096)\n    import time; time.sleep(60)"
    hostile = _Hostile(body).pool(monkeypatch, replace(_LIMITS, memory=2**40, resident=2**28))
    began = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        hostile.parse(".txt", b"x")
    assert refused.value.code == "over_limit"
    assert time.monotonic() - began < 20
    hostile.close()


def test_a_process_is_used_again_and_ends_with_its_pool():
    pool = Pool(Limits())
    assert pool.parse(".txt", b"One.").blocks[0].text == "One."
    worker = pool._idle.get_nowait()
    number = worker._process.pid
    pool._idle.put(worker)
    assert pool.parse(".txt", b"Two.").blocks[0].text == "Two."
    assert worker.uses == 2
    assert worker._process.pid == number
    pool.close()
    assert worker._process.poll() is not None


def test_the_child_is_told_nothing_of_its_surroundings(monkeypatch):
    monkeypatch.setenv("A_SECRET", "of the parent")
    body = "import os; assert 'A_SECRET' not in os.environ; assert os.getcwd()"
    pool = _Hostile(body).pool(monkeypatch)
    assert pool.parse(".txt", b"x") == Text((Block("read"),))
    pool.close()


def test_a_module_in_the_working_folder_is_not_taken_for_a_library(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit", "utf-8")
    (tmp_path / "lxml.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.chdir(tmp_path)
    pool = Pool(Limits())
    assert pool.parse(".html", b"<p>Read.</p>").blocks[0].text == "Read."
    pool.close()


_PARSED = [
    Text(
        (
            Block("A \ud800 heading \N{PILL}", "heading", "", 2),
            Block("cell", "cell", "table 1, row 1", 0, 1, 2, 3, 4, 5, strong=True, continues=True),
            Block("Plain."),
        ),
        "Title",
        (("page", 2),),
        "malformed",
        "why",
        "2025-01-02",
        (("person", "A Name"),),
        (Member("a.pdf", b"\x00\xff"), Member("b.zip", b"", "encrypted", "what to do")),
    ),
    Text(()),
    Tables(
        (Table("S", ("a", "b"), (("1",), ("2", "3", "4")), (2, 5), 1, ((1, 0, 2, 1),), ("tt", "n", "ndb")),),
        (("x", 1),),
        "",
        "d",
        ";",
    ),
    Bundle((Member("a.txt", b"x"),), (("folder", 1),), "over_limit"),
]


@pytest.mark.parametrize("parsed", _PARSED, ids=lambda parsed: type(parsed).__name__)
def test_records_go_through_the_pipe_and_come_out_the_same(parsed):
    data = b"".join(wire.frame(value) for value in wire.encode(parsed))
    at = 0

    def read(number):
        nonlocal at
        at += number
        return data[at - number : at]

    def following():
        return wire.read_frame(read, 10_000)

    assert wire.decode(following(), following) == parsed
    assert at == len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 7,
        (100).to_bytes(8, "big") + b"{}",
        (2).to_bytes(8, "big") + b"[]",
        (2**40).to_bytes(8, "big"),
    ],
)
def test_what_is_no_frame_is_not_taken_for_one(data):
    at = 0

    def read(number):
        nonlocal at
        at += number
        return data[at - number : at]

    with pytest.raises(wire.BrokenFrameError):
        wire.read_frame(read, 1000)


def test_a_frame_of_the_wrong_shape_is_refused():
    for head in (
        {},
        {"sort": "text"},
        {"sort": "text", "members": 0, "skipped": [], "known": [], "blocks": [1]},
    ):
        with pytest.raises(wire.BrokenFrameError):
            wire.decode(head, dict)


def test_reading_is_allowed_where_writing_is_not(tmp_path):
    child.forbid("open", (str(tmp_path), "rb", os.O_RDONLY))
    for mode, flags in (("w", 0), ("a", 0), (None, os.O_WRONLY), (None, os.O_CREAT)):
        with pytest.raises(PermissionError):
            child.forbid("open", (str(tmp_path), mode, flags))
