"""What can be asked of or told to the outside; plain values, known without a database.

Each question says of itself: system, that takes it; says, what it says in words (a msgid); hidden,
the fields with names and account numbers, which are masked wherever the message is shown.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, get_args

from jangteo.ground.errors import N_


@dataclass(frozen=True, slots=True)
class BudgetCommitment:
    """Money is bound to a contract (원인행위). kind: new, change or cancel; amount: whole won."""

    system: ClassVar[str] = "budget"
    says: ClassVar[str] = N_("Money bound to a contract")
    hidden: ClassVar[tuple[str, ...]] = ()

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

    system: ClassVar[str] = "budget"
    says: ClassVar[str] = N_("Payment of a claim")
    hidden: ClassVar[tuple[str, ...]] = ()

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

    system: ClassVar[str] = "bank"
    says: ClassVar[str] = N_("Transfer to a payee")
    hidden: ClassVar[tuple[str, ...]] = ("account", "payee_name")

    key: str
    claim: str
    payee_name: str
    bank: str
    account: str
    amount: int


Message = BudgetCommitment | DisbursementOrder | Transfer
#: class name -> class, of everything that can be told
QUESTIONS: dict[str, type[Message]] = {one.__name__: one for one in get_args(Message)}


def message(question: str, body: dict[str, Any]) -> Message:
    """The message as it was told, from its row."""
    asked = QUESTIONS[question]
    days = [one.name for one in fields(asked) if one.type is date]
    return asked(**{**body, **{name: date.fromisoformat(body[name]) for name in days}})
