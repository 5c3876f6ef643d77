"""What can be asked of or told to the outside; plain values, known without a database."""

from dataclasses import dataclass
from datetime import date
from typing import Any


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
#: class name -> class, of everything that can be told
QUESTIONS: dict[str, type[Message]] = {
    one.__name__: one for one in (BudgetCommitment, DisbursementOrder, Transfer)
}
_DAYS = ("on", "due_on")


def message(question: str, body: dict[str, Any]) -> Message:
    """The message as it was told, from its row."""
    days = {name: date.fromisoformat(body[name]) for name in _DAYS if name in body}
    return QUESTIONS[question](**{**body, **days})
