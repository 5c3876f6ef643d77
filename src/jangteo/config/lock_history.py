"""The lines that rows.lock had in earlier commits, where the project lies in a git checkout."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: digests have been made as they are now since this commit, which wrote every line anew
BEGUN = "2fc1b70ac7cccf399a44d54fe1aacc6ef5982d7a"
_SECONDS = 30
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Earlier:
    """lines: "<digest> <row id>", each once, the oldest first.

    why: what of the history is not at hand, a sentence; "" if all of it was read.
    """

    lines: tuple[str, ...]
    why: str = ""


class _NoGit(Exception):
    """Git gave no answer; the text is a sentence saying why."""


def earlier(lock: Path) -> Earlier:
    """Every line that the file had in a commit that leads to the one checked out."""
    try:
        shallow = _git(lock, "rev-parse", "--is-shallow-repository").strip() == "true"
        told = _git(
            lock, "log", "--reverse", "--topo-order", "-m", "-p", "-U0", "--no-renames",
            "--no-color", "--no-ext-diff", "--no-textconv", "--format=commit %H", "--", lock.name,
        )  # fmt: skip
    except _NoGit as no:
        return Earlier((), str(no))
    if not told:
        return Earlier((), "no commit of this checkout holds rows.lock.")
    why = "this checkout is shallow, its older commits are not here." if shallow else ""
    return Earlier(_lines(told), why)


def _lines(told: str) -> tuple[str, ...]:
    """The lines that commits added, without those of before `BEGUN`."""
    found: dict[str, None] = {}
    for line in told.splitlines():
        if line == f"commit {BEGUN}":
            found.clear()
        digest, _, row = line[1:].partition(" ")
        if line.startswith("+") and len(digest) == 64 and set(digest) <= _HEX and row:
            found[line[1:]] = None
    return tuple(found)


def _git(lock: Path, *arguments: str) -> str:
    # a hook of another repository leaves its own GIT_DIR behind
    bare = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command: Sequence[str] = ("git", "-C", str(lock.parent), *arguments)
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", env=bare,
            timeout=_SECONDS, check=True,
        )  # fmt: skip
    except FileNotFoundError:
        raise _NoGit("there is no git on this machine.") from None
    except subprocess.CalledProcessError:
        raise _NoGit("this is no git checkout, or git cannot read it.") from None
    except (OSError, subprocess.TimeoutExpired) as no:
        raise _NoGit(f"git gave no answer ({type(no).__name__}).") from None
    return done.stdout
