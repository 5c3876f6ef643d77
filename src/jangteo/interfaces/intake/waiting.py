"""A request in the queue, from its last byte to its answer."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jangteo.interfaces.intake.request import Sent
from jangteo.stages.bid.actions.receipt import moment
from jangteo.stages.bid.actions.receive import Answer, Arrived


@dataclass(eq=False, slots=True)
class Waiting:
    """A request in the queue. lookup: its ticket is over, so only a receipt of old is given."""

    sent: Sent
    arrival: datetime
    lookup: bool
    answer: "asyncio.Future[Answer]"
    since: float = field(default_factory=time.monotonic)
    noted: bool = False

    def arrived(self, receipt: str = "") -> Arrived:
        """The request as the database's statement takes it."""
        sent = self.sent
        return Arrived(sent.ticket, sent.envelope, sent.hash, sent.signature, self.arrival, receipt)

    def settle(self, answer: Answer) -> None:
        """Answer it, if its client has not left."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def promise(self, log_name: str) -> dict[str, Any]:
        """What its receipt promises."""
        ticket = self.sent.ticket
        return {
            "tender": ticket.tender,
            "lot": ticket.lot,
            "round": ticket.round,
            "version": ticket.version,
            "supplier": ticket.supplier,
            "attempt": ticket.attempt,
            "keys": ticket.keys,
            "hash": self.sent.hash.hex(),
            "arrival": moment(self.arrival),
            "log": log_name,
        }
