"""Keeps the processes of one Jangteo running: starts, waits, restarts, stops in order."""

import os
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from jangteo.config import machine
from jangteo.config.machine import Trouble

#: Seconds: how long a process may take to be ready; pauses between restarts.
READY_WITHIN = 60
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60


@dataclass(frozen=True, slots=True)
class Process:
    """ready: an address that must answer, or "" when a line with "ready" in its log says so."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    ready: str = ""
    certificate: str = ""


@dataclass
class _Child:
    process: Process
    log: Path
    server: "subprocess.Popen[bytes]"
    started: float
    log_from: int
    pause: float = 1.0
    due: float = 0.0
    crashes: int = 0


@dataclass
class Supervisor:
    """logs: folder of the log files; say: prints a line of progress; end_within: seconds."""

    logs: Path
    say: Callable[[str], None]
    end_within: float = 15
    _children: list[_Child] = field(default_factory=list)
    _stopping: bool = False

    def catch_signals(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal end `run` in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.end()

    def end(self) -> None:
        """Let `run` return at its next look."""
        self._stopping = True

    @property
    def stopping(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stopping

    def start(self, processes: Sequence[Process]) -> None:
        """Start all at once, then wait for each; Trouble names the one that does not come up."""
        self._children += [self._spawn(process) for process in processes]
        for child in self._children:
            self._wait(child)
            if self._stopping:
                return

    def run(self, watch: Callable[[], None]) -> None:
        """Until asked to stop: restart what ends by itself, later each time it crashes again."""
        while not self._stopping:
            watch()
            now = time.monotonic()
            for child in self._children:
                self._tend(child, now)
            time.sleep(0.2)

    def stop(self) -> None:
        """End all, the last started first, and return when they are gone."""
        for child in reversed(self._children):
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + self.end_within
        for child in reversed(self._children):
            try:
                child.server.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{child.process.name} did not end in time and was killed.")
            _signal(child, signal.SIGKILL)
            child.server.wait()
        self._children.clear()

    def _spawn(self, process: Process) -> _Child:
        path = self.logs / f"{process.name}.log"
        with path.open("ab") as log:
            before = log.tell()
            server = subprocess.Popen(
                process.command, env=dict(process.env), stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True, preexec_fn=machine.end_with_parent,
            )  # fmt: skip
        return _Child(process, path, server, time.monotonic(), before)

    def _wait(self, child: _Child) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and not self._stopping:
            if child.server.poll() is not None:
                break
            if _is_ready(child):
                self.say(f"{child.process.name} is ready")
                return
            time.sleep(0.05)
        if not self._stopping:
            raise Trouble(
                f"The process {child.process.name} did not start; its log says why: {child.log} "
                f"({_last_line(child.log)})"
            )

    def _tend(self, child: _Child, now: float) -> None:
        if child.server.poll() is None:
            if now - child.started > STEADY_AFTER:
                child.pause = 1.0
            return
        if not child.due:
            child.due = now + child.pause
            self.say(f"{child.process.name} ended by itself; again in {child.pause:.0f} s")
            _signal(child, signal.SIGKILL)
        elif now >= child.due:
            fresh = self._spawn(child.process)
            child.server, child.started = fresh.server, fresh.started
            child.due, child.pause = 0.0, min(child.pause * 2, LONGEST_PAUSE)


def _signal(child: _Child, number: int) -> None:
    """To the whole group, so that no worker of a server stays behind."""
    try:
        os.killpg(child.server.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _is_ready(child: _Child) -> bool:
    process = child.process
    if not process.ready:
        with child.log.open("rb") as log:
            log.seek(child.log_from)
            return b'"ready"' in log.read()
    context = ssl.create_default_context(cafile=process.certificate or None)
    door = urllib.request.build_opener(  # our own machine is never asked through a proxy
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )
    try:
        with door.open(process.ready, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False


def _last_line(path: Path) -> str:
    lines = [line for line in path.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][-300:] if lines else "it is empty"
