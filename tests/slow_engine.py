"""A second engine that takes its time, and somebody who acts while it does."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

#: a program that says it was asked before it takes its time
SLOW = """import pathlib, time
with pathlib.Path(__file__).with_name("asked").open("a") as asked:
    asked.write("once\\n")
time.sleep({seconds})
"""


def plant(root: Path, seconds: float) -> Path:
    """Under another root: the verifier, so many seconds late; the file that counts its questions.

    The test points its settings to that root.
    """
    source = (Path(settings.ROOT) / "verifier" / "jangteo_verify.py").read_text()
    folder = root / "verifier"
    folder.mkdir(parents=True)
    (folder / "jangteo_verify.py").write_text(SLOW.format(seconds=seconds) + source)
    return folder / "asked"


def beside(do: Callable[[], Any]) -> Future[Any]:
    """Somebody else does it at the same time."""

    def one() -> Any:
        try:
            return do()
        finally:
            connections.close_all()

    pool = ThreadPoolExecutor(1)
    found = pool.submit(one)
    pool.shutdown(wait=False)
    return found


def waits(asked: Path) -> None:
    """The second engine was asked and has not answered."""
    end = time.monotonic() + 30
    while not asked.exists():
        assert time.monotonic() < end
        time.sleep(0.02)
