"""The database's time, known between readings by monotonic time since the last one."""

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

from jangteo.interfaces.intake.line import AWAY, Line

EVERY = 0.2
PATIENCE = 5.0
SLOW = 0.05


class DatabaseClock:
    """Follows `jangteo_now()`; a reading is tied to the moment its answer came back.

    So the clock is never ahead of the database, and behind it by one answer's way at most. A slow
    answer would put it further behind: it is used only if it shows that the clock jumped forward.
    """

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._since = 0.0
        self._heard = False
        self._again = asyncio.Event()

    def now(self) -> datetime:
        """The time by the last reading; RuntimeError before the first."""
        if self._at is None:
            raise RuntimeError("the database's clock has not been read yet")
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    @property
    def read_once(self) -> bool:
        """Whether there has been any reading."""
        return self._at is not None

    @property
    def alive(self) -> bool:
        """Whether the database answered when it was last asked."""
        return self._heard

    def read_again(self, *_: Any) -> None:
        """The clock was shifted: do not wait for the next turn."""
        self._again.set()

    async def read(self, connection: Any) -> None:
        """Ask once."""
        asked = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            at: datetime = await connection.fetchval("select jangteo_now()")
        came = time.monotonic()
        self._heard = True
        if self._at is not None and came - asked > SLOW and at < self.now():
            return
        self._at, self._since = at, came

    async def follow(self, line: Line) -> None:
        """Read it five times a second, and at once when told that it was shifted; forever."""
        async with line:
            while True:
                try:
                    connection = await line.get()
                    await connection.add_listener("jangteo_clock", self.read_again)
                    while True:
                        await self.read(connection)
                        await self._pause()
                except AWAY:
                    self._heard = False
                    line.drop()
                    await asyncio.sleep(EVERY)

    async def _pause(self) -> None:
        self._again.clear()
        try:
            async with asyncio.timeout(EVERY):
                await self._again.wait()
        except TimeoutError:
            return
