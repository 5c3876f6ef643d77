"""The practice world at a first start: made whole, or begun afresh at the next one."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from jangteo.config import machine
from jangteo.config.machine import Trouble
from jangteo.ground.clock import KST


def first_moment(start: datetime | None, *, world: bool) -> datetime | None:
    """What a new sandbox's clock shows: the world is played from months ago to the present."""
    if start is not None or not world:
        return start
    from jangteo.interfaces.rehearsal.world.load import BEFORE

    return real_now() - BEFORE


def real_now() -> datetime:
    """The present of this machine, at which a practice world arrives; nothing is decided by it."""
    return datetime.now(KST)  # noqa: TID251 - a sandbox clock is set by the real one


def load(environment: Mapping[str, str], stopping: Callable[[], bool]) -> None:
    """Play the world by the command of that name; Trouble if it cannot be made."""
    _begun().touch()
    with subprocess.Popen(
        [sys.executable, "-m", "jangteo.config.commands", "world"],
        env=environment, stdin=subprocess.DEVNULL,
    ) as world:  # fmt: skip
        while world.poll() is None:
            if stopping():
                world.terminate()
            time.sleep(0.1)
    if world.returncode == 0:
        _begun().unlink()
    elif not stopping():
        raise Trouble(
            "The practice world could not be made; the reason stands above. Start again, or "
            "without it: ./jangteo up --empty"
        )


def clear_half_made() -> None:
    """Begin afresh if the last start ended in the middle of the practice world."""
    if not _begun().exists():
        return
    books = machine.var() / "partners"
    if os.environ.get("DATABASE_URL"):
        raise Trouble(
            "The last start ended while it made the practice world; drop the database of "
            f"DATABASE_URL, remove {books} and {_begun()} and start again."
        )
    shutil.rmtree((machine.var() / "postgres" / "data").resolve(), ignore_errors=True)
    shutil.rmtree(books, ignore_errors=True)  # the same numbers come again, with other amounts
    _begun().unlink()


def _begun() -> Path:
    """A mark that stands while the practice world is being made."""
    return machine.var() / "world-begun"
