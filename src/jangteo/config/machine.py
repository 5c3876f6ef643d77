"""Where things lie on this machine, and how a command tells its user what to repair."""

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import json
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "jangteo"
_LIBC = ctypes.CDLL(None)


class Trouble(Exception):
    """Something outside stands in the way; the text is one sentence saying what to do."""


def var() -> Path:
    """The folder of everything made on this machine; JANGTEO_VAR moves it."""
    return Path(os.environ.get("JANGTEO_VAR") or ROOT / "var").resolve()


def sandbox() -> bool:
    """Whether this is a practice world; only JANGTEO_SANDBOX=1 says so, and `up` sets it."""
    return os.environ.get("JANGTEO_SANDBOX") == "1"


def sentence(error: OSError) -> str | None:
    """What to do about an error of the file system, or None if it is not of that kind."""
    place = error.filename or var()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full at {place}; free at least 1 GB and start again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be written; make it writable or set JANGTEO_VAR to another folder."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{place} is in the way; remove it or set JANGTEO_VAR to another folder."
    return None


def digest(paths: Iterable[Path], *more: str) -> str:
    """One hash over the names and contents of files, to see whether anything changed."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        total.update(f"\0{path}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[Path]:
    """The folder itself where it is a link; another process that wants to make it waits."""
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f".{folder.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def is_made(folder: Path, mark: str) -> bool:
    """Whether a folder was finished from exactly these inputs."""
    path = folder / ".made-from"
    return path.is_file() and path.read_text() == mark


def set_made(folder: Path, mark: str) -> None:
    """Note that a folder is finished."""
    (folder / ".made-from").write_text(mark)


def end_with_parent() -> None:
    """Runs in a child before its program: if its parent is killed, the kernel ends it (Linux)."""
    _LIBC.prctl(1, signal.SIGTERM)


def write_running(**facts: Any) -> None:
    """Note where the running system can be reached, for the other commands."""
    path = var() / "running.json"
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(facts))
    beside.replace(path)


def running() -> dict[str, Any]:
    """Where the running system can be reached; Trouble when none runs from this folder."""
    try:
        facts: dict[str, Any] = json.loads((var() / "running.json").read_text())
        os.kill(facts["pid"], 0)
    except (OSError, ValueError):
        raise Trouble(
            "Jangteo is not running from this folder; start it with ./jangteo up."
        ) from None
    return facts
