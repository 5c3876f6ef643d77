"""Receive bids as the intake does: same reading, same receipts, same statement."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg

from jangteo.interfaces.intake.answers import Refused
from jangteo.interfaces.intake.request import Sent, read_request
from jangteo.interfaces.intake.waiting import Waiting
from jangteo.records.log.note import load_key
from jangteo.records.log.queries import log_name
from jangteo.records.vault.canonical import canonical
from jangteo.stages.bid.actions import receive_bids
from jangteo.stages.bid.actions.receipt import make_receipts, public_text
from jangteo.stages.bid.actions.receive import Answer, stored_answers


@dataclass(frozen=True, slots=True)
class Request:
    """The bytes of a POST and when the last of them was in."""

    body: bytes
    arrival: datetime


class Intake:
    """Writes groups of requests; secrets: the folder of ticket_key and receipt.pem."""

    def __init__(self, url: str, secrets: Path) -> None:
        self._url = url
        self._ticket_key = (secrets / "ticket_key").read_text().strip()
        self._key = load_key((secrets / "receipt.pem").read_bytes())
        self._log = log_name()

    @property
    def public_key(self) -> str:
        """What receipts are verified with."""
        return public_text(self._key)

    def receive(self, groups: Sequence[Sequence[Request]]) -> list[list[Answer]]:
        """Answers in the order given; each group is written on a connection of its own, at once."""

        async def all_groups() -> list[list[Answer]]:
            return list(await asyncio.gather(*(self._group(group) for group in groups)))

        return asyncio.run(all_groups())

    async def _group(self, group: Sequence[Request]) -> list[Answer]:
        answers: dict[int, Answer] = {}
        waiting: dict[int, Waiting] = {}
        for place, request in enumerate(group):
            try:
                waiting[place] = self._waiting(request)
            except Refused as refused:
                answers[place] = Answer("refused", code=refused.code)
        connection = await asyncpg.connect(self._url)
        try:
            for place, one in list(waiting.items()):
                if one.lookup:
                    answers[place] = await self._look_up(connection, waiting.pop(place))
            received = await self._receive(connection, list(waiting.values()))
        finally:
            await connection.close()
        answers |= dict(zip(waiting, received, strict=True))
        return [answers[place] for place in range(len(group))]

    def _waiting(self, request: Request) -> Waiting:
        sent: Sent = read_request(request.body, ticket_key=self._ticket_key)
        expired = sent.ticket.expired(request.arrival)
        return Waiting(sent, request.arrival, expired, asyncio.get_running_loop().create_future())

    async def _look_up(self, connection: "asyncpg.Connection", one: Waiting) -> Answer:
        (known,) = await stored_answers(connection, [one.arrived()])
        return known or Answer("refused", code="bid.ticket_expired")

    async def _receive(
        self, connection: "asyncpg.Connection", group: list[Waiting]
    ) -> list[Answer]:
        if not group:
            return []
        receipts = make_receipts([one.promise(self._log) for one in group], self._key)
        items = [
            one.arrived(canonical(receipt).decode())
            for one, receipt in zip(group, receipts, strict=True)
        ]
        return await receive_bids(connection, items)


def body_of(ticket: str, envelope: str, signature: str) -> bytes:
    """The bytes of a POST."""
    return json.dumps({"ticket": ticket, "envelope": envelope, "signature": signature}).encode()
