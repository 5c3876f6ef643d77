"""What can be asked of or told to the outside, and what became of it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jangteo.records.exchange.models import Exchange


@dataclass(frozen=True, slots=True)
class BudgetCommitment:
    """Money is bound to a contract (원인행위). kind: new, change or cancel; amount: whole won."""

    key: str
    contract: str
    agency: str
    budget_line: str
    kind: str
    amount: int
    on: date


@dataclass(frozen=True, slots=True)
class DisbursementOrder:
    """A claim is to be paid from the bound money (지출결의). due_on: the last day by law."""

    key: str
    claim: str
    contract: str
    agency: str
    budget_line: str
    amount: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Transfer:
    """Pay one leaf. bank, account: of the payee; amount: whole won."""

    key: str
    claim: str
    payee_name: str
    bank: str
    account: str
    amount: int


Message = BudgetCommitment | DisbursementOrder | Transfer


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


def exchange(key: str) -> ExchangeRow | None:
    """The message of a key, or None."""
    found = Exchange.objects.filter(key=key).first()
    return row(found) if found else None
