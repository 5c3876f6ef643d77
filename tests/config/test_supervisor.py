"""Processes are started, waited for, restarted when they crash, and never left behind."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from jangteo.config.machine import Trouble
from jangteo.config.supervisor import Process, Supervisor

GOOD = 'print(\'{"event": "ready"}\', flush=True)\nimport time\ntime.sleep(60)'
NOTED = f"import os\nopen('pids', 'a').write(str(os.getpid()) + chr(10))\n{GOOD}"


def process(name: str, code: str, folder: Path) -> Process:
    code = code.replace("'pids'", repr(str(folder / "pids")))
    return Process(name, [sys.executable, "-c", code], dict(os.environ))


def pids(folder: Path) -> list[int]:
    path = folder / "pids"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_all_are_ready_and_all_are_gone(tmp_path: Path) -> None:
    said: list[str] = []
    guard = Supervisor(tmp_path, said.append)
    guard.start([process("one", NOTED, tmp_path), process("two", NOTED, tmp_path)])
    assert said == ["one is ready", "two is ready"]
    running = pids(tmp_path)
    assert len(running) == 2
    assert all(alive(pid) for pid in running)
    guard.stop()
    assert not any(alive(pid) for pid in running)


def test_one_that_does_not_start_is_named_with_its_last_word(tmp_path: Path) -> None:
    guard = Supervisor(tmp_path, print)
    with pytest.raises(Trouble, match=r"The process bad did not start.*no such luck"):
        guard.start([process("bad", "raise SystemExit('no such luck')", tmp_path)])
    guard.stop()


def test_one_that_ends_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    guard = Supervisor(tmp_path, said.append)
    guard.start([process("one", NOTED, tmp_path)])
    os.kill(pids(tmp_path)[0], 9)
    deadline = time.monotonic() + 20

    def watch() -> None:
        if len(pids(tmp_path)) > 1 or time.monotonic() > deadline:
            guard.end()

    runner = threading.Thread(target=guard.run, args=(watch,))
    runner.start()
    runner.join(30)
    guard.stop()
    assert len(pids(tmp_path)) == 2
    assert "one ended by itself; again in 1 s" in said
    assert not any(alive(pid) for pid in pids(tmp_path))


def test_one_that_will_not_end_is_killed_with_its_children(tmp_path: Path) -> None:
    stubborn = (
        "import os, signal, subprocess, sys\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "open('pids', 'a').write(f'{os.getpid()} {child.pid}' + chr(10))\n" + GOOD
    )
    guard = Supervisor(tmp_path, print, end_within=0.5)
    guard.start([process("stubborn", stubborn, tmp_path)])
    guard.stop()
    deadline = time.monotonic() + 5
    while any(alive(pid) for pid in pids(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = [p for p in pids(tmp_path) if alive(p) and "Z" not in state(p)]
    assert left == []


def state(pid: int) -> str:
    """The kernel's letter for a process; Z is one that has ended and is only not yet counted."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
