"""One message in the hands of one courier, however many couriers and crashes there are.

While a courier holds a message, its database session holds an advisory lock on the key: it ends
with the courier's process. A message that is `sent` and that nobody holds was left behind by a
crash; nobody knows what became of it, so it is asked about and never sent again on a guess.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import DatabaseError, connection, transaction

from jangteo.records.exchange.actions import lose, send
from jangteo.records.exchange.models import Exchange
from jangteo.records.exchange.questions import Message, message
from jangteo.records.journal.queries import now

OPEN = ("ready", "sent", "unknown", "accepted")
MOST = 20
_KEY = "hashtextextended(%s, 1784835142)"


@dataclass(frozen=True, slots=True)
class Turn:
    """A message to send or to ask about; attempt: which sending this is, asked: asks since then."""

    do: Literal["send", "ask"]
    message: Message
    status: str
    attempt: int
    asked: int
    at: datetime


@contextlib.contextmanager
def turn(system: str) -> Iterator[Turn | None]:
    """Hold the next message of a system that is due, or None; `sent` is committed on entry."""
    held: list[str] = []
    try:
        with transaction.atomic():
            taken = _take(system, held)
        yield taken
    finally:
        with contextlib.suppress(DatabaseError):
            for key in held:
                _ask_lock("pg_advisory_unlock", key)


def _take(system: str, held: list[str]) -> Turn | None:
    at = now()
    rows = Exchange.objects.select_for_update(skip_locked=True, of=("self",))
    due = rows.filter(system=system, status__in=OPEN, next_at__lte=at)
    for found in due.order_by("next_at", "created_at")[:MOST]:
        if not _ask_lock("pg_try_advisory_lock", found.key):
            continue
        held.append(found.key)
        ready = found.status == "ready"
        if ready:
            send(at=at, key=found.key)
        elif found.status == "sent":
            lose(at=at, key=found.key)
        found.refresh_from_db()
        return Turn(
            "send" if ready else "ask", message(found.question, found.body), found.status,
            found.attempts, found.asked, at,
        )  # fmt: skip
    return None


def _ask_lock(function: str, key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({_KEY})", [key])
        row = cursor.fetchone()
    return bool(row and row[0])
