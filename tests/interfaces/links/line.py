"""Messages, couriers and partners that really speak HTTP, for the tests of links."""

import contextlib
import itertools
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jangteo.config import switchboard
from jangteo.interfaces.links.breaker import Breaker
from jangteo.interfaces.links.courier import Courier
from jangteo.interfaces.links.simulators import Server, serve
from jangteo.records.account.queries import Actor
from jangteo.records.exchange import actions as exchange
from jangteo.records.exchange.models import Evidence, Exchange
from jangteo.records.exchange.queries import (
    BudgetCommitment,
    DisbursementOrder,
    Message,
    Transfer,
)
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from tests.market import party

TEST = Actor.system("test")
DAY = date(2026, 11, 26)
#: more rounds than any habit of a partner needs
ROUNDS = 12
_numbers = itertools.count(secrets.randbelow(10**6) * 100)


def transfer(account: str = "110123456789", amount: int = 4_400_000, **given: Any) -> Transfer:
    number = f"R26PC{next(_numbers) % 10**8:08d}"
    values = {"key": f"{number}-1-1", "claim": number, "payee_name": "김하늘", "bank": "088"}
    return Transfer(**{**values, "account": account, "amount": amount, **given})


def commitment(line: str = "401-01", amount: int = 1_000_000, **given: Any) -> BudgetCommitment:
    number = given.pop("contract", f"R26TA{next(_numbers) % 10**8:08d}")
    kind = given.pop("kind", "new")
    key = given.pop("key", f"{number}-{kind}-{next(_numbers)}")
    return BudgetCommitment(key, number, "6110000", line, kind, amount, DAY)


def disbursement(contract: str, amount: int, line: str = "401-01") -> DisbursementOrder:
    number = f"R26PC{next(_numbers) % 10**8:08d}"
    return DisbursementOrder(number, number, contract, "6110000", line, amount, DAY)


def tell(message: Message) -> str:
    """Queue a message; its key."""
    agency = party("agency", f"{next(_numbers) % 10**7:07d}")
    about = f"claim:{getattr(message, 'claim', '') or getattr(message, 'contract', '')}"
    exchange.tell(message, by=TEST, at=now(), about=about, party_id=agency.pk)
    return message.key


def held(key: str) -> Exchange:
    found: Exchange = Exchange.objects.get(key=key)
    return found


def verbs(key: str) -> list[str]:
    """What happened to a message, from the journal, oldest first."""
    rows = Entry.objects.filter(kind__startswith="exchange.", payload__key=key)
    return [entry.kind.removeprefix("exchange.") for entry in rows.order_by("at", "id")]


def evidence(key: str) -> list[Evidence]:
    return list(Evidence.objects.filter(exchange__key=key).order_by("at", "id"))


@dataclass(slots=True)
class Partners:
    """Both simulators behind one door, over books that outlive it."""

    folder: Path
    server: Server

    def address(self, system: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{system}"

    def courier(self, system: str, **given: Any) -> Courier:
        given.setdefault("breaker", Breaker(after=10**6))
        given.setdefault("address", self.address(system))
        return Courier(switchboard.LINKS[system], **given)

    def effects(self, system: str) -> list[tuple[str, int]]:
        """(key, won) of everything that was really done."""
        book = self.server.partners[system].book
        return [(one["key"], one["amount"]) for one in book.effects()]


@contextlib.contextmanager
def partners(folder: Path, port: int = 0) -> Iterator[Partners]:
    """Both simulators, running."""
    server = serve(folder, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Partners(folder, server)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def hurry() -> None:
    """Let every wait be over."""
    Exchange.objects.exclude(next_at=None).update(next_at=now())


def carry(courier: Courier, key: str) -> Exchange:
    """Let a courier work, without its waits, until the message has its result."""
    for _ in range(ROUNDS):
        hurry()
        courier.work()
        if held(key).answered_at:
            break
    return held(key)
