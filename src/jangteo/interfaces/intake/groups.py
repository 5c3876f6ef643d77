"""Requests wait here at most two milliseconds for company, then are written together."""

import asyncio
import logging
import math
import time
from collections import deque
from datetime import datetime
from typing import Any

import asyncpg

from jangteo.interfaces.intake.answers import Refused, Reply, receipt_reply
from jangteo.interfaces.intake.clock import DatabaseClock
from jangteo.interfaces.intake.line import AWAY, Line
from jangteo.interfaces.intake.request import Sent
from jangteo.interfaces.intake.settings import Settings
from jangteo.interfaces.intake.waiting import Waiting
from jangteo.records.vault.canonical import canonical
from jangteo.stages.bid.actions.receipt import make_receipts
from jangteo.stages.bid.actions.receive import (
    Answer,
    NotConfirmed,
    note_arrivals,
    receive_bids,
    stored_answers,
)

LARGEST_GROUP = 200
COMPANY = 0.002
WRITERS = 4
NOTE_AFTER = 1.0
NOTE_EVERY = 0.25
MOST_WAITING = 20_000
STATEMENT_SECONDS = 60.0
UNFIT = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)
FAILURES = (NotConfirmed, *AWAY)

log = logging.getLogger("jangteo.intake")


class Groups:
    """The queue, the connections that empty it, and the notes of arrivals when it is long."""

    def __init__(self, settings: Settings, clock: DatabaseClock) -> None:
        self.settings = settings
        self.clock = clock
        self._queue: deque[Waiting] = deque()
        self._unsettled: set[Waiting] = set()
        self._some = asyncio.Event()
        self._collecting = asyncio.Lock()

    async def take(self, sent: Sent, arrival: datetime) -> Reply:
        """Queue a request and answer it when it is written."""
        if not self.clock.alive or len(self._unsettled) >= MOST_WAITING:
            raise Refused("bid.not_received")
        future = asyncio.get_running_loop().create_future()
        waiting = Waiting(sent, arrival, sent.ticket.expired(arrival), future)
        self._unsettled.add(waiting)
        self._queue.append(waiting)
        self._some.set()
        try:
            answer = await future
        finally:
            self._unsettled.discard(waiting)
        if answer.receipt:
            return receipt_reply(answer.receipt, sent.hash, new=answer.kind == "received")
        raise Refused(answer.code)

    async def _collect(self) -> list[Waiting]:
        async with self._collecting:
            while not self._queue:
                self._some.clear()
                await self._some.wait()
            if len(self._queue) < LARGEST_GROUP:
                await asyncio.sleep(COMPANY)
            most = min(LARGEST_GROUP, len(self._queue))
            return [self._queue.popleft() for _ in range(most)]

    async def write(self) -> None:
        """One writer: takes groups and writes each on its own connection; forever."""
        async with Line(self.settings.database) as line:
            while True:
                group = await self._collect()
                try:
                    connection = await line.get()
                except AWAY:
                    self._settle_all(group, "bid.not_received")
                    continue
                try:
                    await self._write_group(connection, group)
                except FAILURES as error:
                    line.drop()
                    await self._after_failure(group, error)
                finally:
                    self._settle_all(group, "bid.not_confirmed")

    async def _write_group(self, connection: Any, group: list[Waiting]) -> None:
        new = [waiting for waiting in group if not waiting.lookup]
        old = [waiting for waiting in group if waiting.lookup]
        if old:
            known = await stored_answers(connection, [waiting.arrived() for waiting in old])
            over = Answer("refused", code="bid.ticket_expired")
            for waiting, answer in zip(old, known, strict=True):
                waiting.settle(answer or over)
        if new:
            await self._receive(connection, new)

    async def _receive(self, connection: Any, group: list[Waiting]) -> None:
        for _ in range(5):
            promises = [waiting.promise(self.settings.log) for waiting in group]
            receipts = make_receipts(promises, self.settings.receipt_key)
            items = [
                waiting.arrived(canonical(receipt).decode())
                for waiting, receipt in zip(group, receipts, strict=True)
            ]
            try:
                async with asyncio.timeout(STATEMENT_SECONDS):
                    answers = await receive_bids(connection, items)
            except asyncpg.DeadlockDetectedError:
                continue
            except UNFIT:
                await self._one_by_one(connection, group)
                return
            group = self._settle(group, answers)
            if not group:
                return
        self._settle_all(group, "bid.not_confirmed")

    async def _one_by_one(self, connection: Any, group: list[Waiting]) -> None:
        """Something in the group does not fit the tables: its neighbours must not suffer."""
        for waiting in group if len(group) > 1 else []:
            await self._receive(connection, [waiting])
        self._settle_all(group, "bid.not_confirmed")

    def _settle(self, group: list[Waiting], answers: list[Answer]) -> list[Waiting]:
        """Answer each; give back those to be tried with an arrival that was noted in time."""
        again = []
        for waiting, answer in zip(group, answers, strict=True):
            if answer.noted and answer.noted != waiting.arrival:
                waiting.arrival = answer.noted
                again.append(waiting)
            else:
                waiting.settle(answer)
        return again

    async def _after_failure(self, group: list[Waiting], error: Exception) -> None:
        """Nothing is known of the group: ask by key, and promise only what is there."""
        log.warning("group of %d not confirmed: %s", len(group), type(error).__name__)
        if not isinstance(error, NotConfirmed):
            try:
                async with Line(self.settings.database) as line, asyncio.timeout(5):
                    await self._answer_known(await line.get(), group)
            except FAILURES as again:
                log.warning("could not ask by key: %s", type(again).__name__)
        self._settle_all(group, "bid.not_confirmed")

    async def _answer_known(self, connection: Any, group: list[Waiting]) -> None:
        known = await stored_answers(connection, [waiting.arrived() for waiting in group])
        for waiting, answer in zip(group, known, strict=True):
            if answer is not None:
                waiting.settle(answer)

    def _settle_all(self, group: list[Waiting], code: str) -> None:
        for waiting in group:
            waiting.settle(Answer("refused", code=code))

    async def note(self) -> None:
        """While the oldest request waits longer than a second, note all arrivals; forever."""
        async with Line(self.settings.database) as line:
            while True:
                await asyncio.sleep(NOTE_EVERY)
                oldest = min((one.since for one in self._unsettled), default=math.inf)
                try:
                    connection = await line.get()
                    if time.monotonic() - oldest >= NOTE_AFTER:
                        await self._note(connection)
                except FAILURES as error:
                    log.warning("arrivals not noted: %s", type(error).__name__)
                    line.drop()

    async def _note(self, connection: Any) -> None:
        unnoted = [one for one in self._unsettled if not one.noted and not one.lookup]
        if unnoted:
            async with asyncio.timeout(3):
                await note_arrivals(connection, [one.arrived() for one in unnoted])
            for one in unnoted:
                one.noted = True
