"""The intake: POST /bids takes a sealed envelope and gives a signed receipt. No Django here."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from jangteo.interfaces.intake.answers import Refused, Reply, refusal_reply, say
from jangteo.interfaces.intake.clock import DatabaseClock
from jangteo.interfaces.intake.groups import WRITERS, Groups
from jangteo.interfaces.intake.http import (
    Gone,
    Receive,
    Scope,
    Send,
    cross_origin,
    language,
    read_body,
    send_reply,
)
from jangteo.interfaces.intake.line import Line
from jangteo.interfaces.intake.request import read_request
from jangteo.interfaces.intake.settings import Settings, read_settings

log = logging.getLogger("jangteo.intake")


async def _forever(work: Callable[[], Awaitable[None]]) -> None:
    """Begin the work again whatever stops it: a door that stands open must be served."""
    while True:
        try:
            await work()
        except Exception as error:
            log.error("work stopped: %s", type(error).__name__)
            await asyncio.sleep(0.1)


class Intake:
    """One process's door; it reads its settings when the server starts it."""

    def __init__(self) -> None:
        self._groups: Groups | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: start, stop, or one request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            with contextlib.suppress(Gone):
                await self._answer(scope, receive, send)

    def start(self, settings: Settings) -> Groups:
        """Begin to follow the clock, to write and to note."""
        self.clock = DatabaseClock()
        self._groups = groups = Groups(settings, self.clock)
        work = [groups.write] * WRITERS
        work += [groups.note, partial(self.clock.follow, Line(settings.database))]
        self._tasks = [asyncio.create_task(_forever(each)) for each in work]
        return groups

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            self.start(read_settings())
        except (KeyError, OSError, ValueError) as error:
            text = f"intake cannot start: {type(error).__name__}: {error}"
            await send({"type": "lifespan.startup.failed", "message": text})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        groups = self._groups
        if groups is None:
            raise RuntimeError("intake needs a server that speaks ASGI lifespan")
        try:
            reply = await self._route(groups, scope, receive)
        except Refused as refused:
            reply = refusal_reply(
                refused,
                at=self.clock.now() if self.clock.read_once else None,
                language=language(scope),
                korean=groups.settings.korean,
            )
        await send_reply(send, reply, cross_origin(scope, groups.settings.site))

    async def _route(self, groups: Groups, scope: Scope, receive: Receive) -> Reply:
        match scope["method"], scope["path"]:
            case "OPTIONS", _:
                return Reply(204, b"")
            case "POST", "/bids":
                return await self._take(groups, scope, receive)
            case "GET", "/time":
                return self._time()
            case "GET", "/healthz":
                ready = self.clock.alive or b"ready" not in scope["query_string"]
                state = "ok" if ready else "database away"
                return say(200 if ready else 503, {"state": state})
        raise Refused("bid.no_such_path")

    async def _take(self, groups: Groups, scope: Scope, receive: Receive) -> Reply:
        body = await read_body(scope, receive)
        if not self.clock.alive:
            raise Refused("bid.not_received")
        arrival = self.clock.now()
        # Let the other requests that are whole by now be stamped before this one is worked on.
        await asyncio.sleep(0)
        sent = read_request(body, ticket_key=groups.settings.ticket_key)
        return await groups.take(sent, arrival)

    def _time(self) -> Reply:
        if not self.clock.alive:
            raise Refused("bid.not_received")
        at = self.clock.now()
        return say(200, {"time": at.isoformat(), "ms": int(at.timestamp() * 1000)})


app = Intake()
