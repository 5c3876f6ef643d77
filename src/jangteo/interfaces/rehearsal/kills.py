"""Kill a process at every step of the street, and see that nothing is lost and nothing repeated."""

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx

from jangteo.ground.errors import Fault, Refusal
from jangteo.interfaces.rehearsal.stack import Stack

#: process -> words of its command line
PROCESSES = {
    "web": ("granian",),
    "intake": ("jangteo.config.intake",),
    "custodian": ("jangteo.interfaces.custodian", "platform"),
    "worker": ("jangteo.config.worker",),
    "postgres": ("postgres", "-D"),
    "partners": ("jangteo.interfaces.links.simulators",),
}
#: Seconds: the longest wait before a kill; for everything to be back; for what follows a step.
DELAY = 0.06
BACK_WITHIN = 60
FOLLOWS_WITHIN = 120


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a street.

    done: whether the system holds it; if not, do may be repeated. follows: whether what the system
    then does by itself has happened.
    """

    name: str
    do: Callable[[], object]
    done: Callable[[], object]
    follows: Callable[[], object] = lambda: True


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a step during which a process was killed.

    answer: "answered" if the caller got its answer, "no answer", or a refusal's code;
    again: whether it had to be done again; seconds: until the step was held.
    """

    step: str
    process: str
    answer: str
    again: bool
    seconds: float


def pid_of(stack: Stack, process: str) -> int:
    """The process of a stack among its supervisor's children; Fault if there is none."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            words = (folder / "cmdline").read_bytes().decode().split("\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == stack.pid and all(
                any(word in one for one in words) for word in PROCESSES[process]
            ):
                return int(folder.name)
    raise Fault(f"no process {process} runs here")


def kill(stack: Stack, process: str) -> int:
    """End a process and its workers at once, as a crash would; the number it had."""
    pid = pid_of(stack, process)
    if process == "postgres":  # its group holds every backend: only the postmaster is killed
        os.kill(pid, signal.SIGKILL)
    else:
        os.killpg(pid, signal.SIGKILL)
    return pid


def healthy(stack: Stack) -> bool:
    """Whether web and intake answer and the database lets them in."""
    with contextlib.suppress(httpx.HTTPError, Refusal):
        site = httpx.get(f"{stack.site_url}/healthz?ready=1", timeout=5, trust_env=False)
        door = httpx.get(f"{stack.intake_url}/healthz", timeout=5, trust_env=False)
        return site.status_code == 200 and door.status_code == 200
    return False


def through(stack: Stack, step: Step, process: str, chance: random.Random) -> Cell:
    """Do a step while a process is killed; ask what became of it; do it again only if it is not.

    Fault if it is not held in the end, if an answered step is gone, or if nothing follows.
    """
    said = ["no answer"]

    def attempt() -> None:
        try:
            step.do()
            said[0] = "answered"
        except Refusal as refusal:
            said[0] = refusal.code
        except httpx.HTTPError:
            return

    began = time.monotonic()
    caller = threading.Thread(target=attempt)
    caller.start()
    time.sleep(chance.random() * DELAY)
    killed = kill(stack, process)
    caller.join()
    back(stack, process, killed)
    again = not holds(step.done)
    if again and said[0] == "answered":
        raise Fault(f"{step.name} was answered and is gone after {process} was killed")
    if again:
        step.do()
    if not holds(step.done):
        raise Fault(f"{step.name} is not held after {process} was killed and it was done again")
    settle(step)
    return Cell(step.name, process, said[0], again, time.monotonic() - began)


def holds(ask: Callable[[], object]) -> bool:
    """Whether something is so; what is not there yet is not."""
    try:
        return bool(ask())
    except Refusal:
        return False


def settle(step: Step) -> None:
    """Wait until what follows a step by itself has happened; Fault if it does not."""
    end = time.monotonic() + FOLLOWS_WITHIN
    while not holds(step.follows):
        if time.monotonic() > end:
            raise Fault(f"nothing followed upon: {step.name}")
        time.sleep(0.1)


def back(stack: Stack, process: str, killed: int) -> None:
    """Wait until another process than the killed one is there and the doors answer."""
    end = time.monotonic() + BACK_WITHIN
    while time.monotonic() < end:
        with contextlib.suppress(Fault):
            if pid_of(stack, process) != killed and healthy(stack):
                return
        time.sleep(0.1)
    raise Fault(f"{process} did not come back within {BACK_WITHIN} seconds")


def walk(
    stack: Stack, steps: Iterable[Step], process: str, seed: int, say: Callable[[Cell], None]
) -> list[Cell]:
    """A whole street, with one process killed at each of its steps."""
    chance = random.Random(f"{seed}:{process}")
    cells = []
    for step in steps:
        cells.append(through(stack, step, process, chance))
        say(cells[-1])
    return cells


def table(cells: Iterable[Cell]) -> str:
    """Steps × processes: ✓ answered and held, ↻ not answered but held, + done again."""
    rows: dict[str, dict[str, str]] = {}
    for cell in cells:
        mark = "+" if cell.again else "✓" if cell.answer == "answered" else "↻"
        rows.setdefault(cell.step, {})[cell.process] = f"{mark} {cell.seconds:.1f} s"
    names = [name for name in PROCESSES if any(name in row for row in rows.values())]
    lines = ["| step | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for step, row in rows.items():
        lines.append(f"| {step} | " + " | ".join(row.get(name, "") for name in names) + " |")
    return "\n".join(lines)
