"""What was told to the outside, and what became of it."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

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
    "last_told",
    "message",
    "row",
    "silent",
    "told",
    "waiting_count",
]


#: without a result for so long, people have to ask; sooner where the law's moment is near
SILENT_AFTER, NEAR, SOON = timedelta(days=1), timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A message as a page shows it. about: what it belongs to; due: the legal moment it has."""

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
    about: str
    due: datetime | None


def row(found: Exchange) -> ExchangeRow:
    """The row of a record."""
    return ExchangeRow(
        found.id, found.key, found.system, found.question, found.status, found.attempts,
        found.reference, found.code, found.answer, found.created_at, found.answered_at,
        found.next_at, found.about, found.due,
    )  # fmt: skip


def exchanges(about: str) -> list[ExchangeRow]:
    """Every message about a thing, oldest first; about: "claim:R26PC00000001"."""
    found = Exchange.objects.filter(about=about).order_by("created_at", "id")
    return [row(one) for one in found]


def told(question: str, about: str) -> list[tuple[str, dict[str, Any]]]:
    """(status, the question's fields) of each message of a question about a thing, oldest first."""
    found = Exchange.objects.filter(question=question, about=about).order_by("created_at", "id")
    return [(one.status, one.body) for one in found]


def waiting_count(system: str) -> int:
    """How many messages to a system have not come to their end."""
    return Exchange.objects.filter(system=system, answered_at=None).count()


def exchange(key: str) -> ExchangeRow | None:
    """The message of a key, or None."""
    found = Exchange.objects.filter(key=key).first()
    return row(found) if found else None


def silent(at: datetime, *, party_id: uuid.UUID | None = None) -> list[ExchangeRow]:
    """Messages that people have to ask about, the soonest due first; party_id: only of its own.

    Told a day ago and without a result; an hour ago, where the law's moment is a day off or past.
    """
    near = Q(due__lte=at + NEAR, created_at__lte=at - SOON)
    found = Exchange.objects.filter(
        near | Q(created_at__lte=at - SILENT_AFTER), answered_at=None
    )  # fmt: skip
    if party_id is not None:
        found = found.filter(party_id=party_id)
    return [row(one) for one in found.order_by(F("due").asc(nulls_last=True), "created_at")]


def last_told(question: str, party_id: uuid.UUID) -> dict[str, ExchangeRow]:
    """The last message of a question about each thing of an organisation: about -> its row."""
    found = Exchange.objects.filter(question=question, party_id=party_id)
    found = found.order_by("created_at", "id")
    return {one.about: row(one) for one in found}
