"""What was told to the outside, and what became of it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jangteo.records.exchange.models import Exchange
from jangteo.records.exchange.questions import (
    QUESTIONS,
    BudgetCommitment,
    DisbursementOrder,
    Message,
    Transfer,
    message,
)

__all__ = [
    "QUESTIONS",
    "BudgetCommitment",
    "DisbursementOrder",
    "ExchangeRow",
    "Message",
    "Transfer",
    "exchange",
    "exchanges",
    "message",
    "row",
    "waiting_count",
]


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A message as a page shows it."""

    id: uuid.UUID
    key: str
    system: str
    question: str
    status: str
    attempts: int
    reference: str
    code: str
    answer: dict[str, Any]
    created_at: datetime
    answered_at: datetime | None
    next_at: datetime | None


def row(found: Exchange) -> ExchangeRow:
    """The row of a record."""
    return ExchangeRow(
        found.id, found.key, found.system, found.question, found.status, found.attempts,
        found.reference, found.code, found.answer, found.created_at, found.answered_at,
        found.next_at,
    )  # fmt: skip


def exchanges(about: str) -> list[ExchangeRow]:
    """Every message about a thing, oldest first; about: "claim:R26PC00000001"."""
    return [row(found) for found in Exchange.objects.filter(about=about).order_by("created_at")]


def waiting_count(system: str) -> int:
    """How many messages to a system have not come to their end."""
    return Exchange.objects.filter(system=system, answered_at=None).count()


def exchange(key: str) -> ExchangeRow | None:
    """The message of a key, or None."""
    found = Exchange.objects.filter(key=key).first()
    return row(found) if found else None
