"""The frozen rows that screens, machines and later stages see of a contract."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jangteo.stages.contract.states import AMENDMENT, GROUNDS, SECURITIES, SUBCONTRACT, TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """A contract. value: won including VAT, of the text in force or offered; text: its number.

    starts, ends: first and last day; -1 as text: nothing was offered yet.
    """

    id: uuid.UUID
    number: str
    tender_id: uuid.UUID
    tender_number: str
    award_id: uuid.UUID
    buyer_id: uuid.UUID
    buyer: str
    supplier_id: uuid.UUID
    supplier: str
    supplier_identifier: str
    status: str
    title: str
    regime: str
    category: str
    rule_day: date
    value: int
    starts: date | None
    ends: date | None
    place: str
    special_terms: str
    budget_line: str
    sign_due: datetime | None
    created_at: datetime
    concluded_at: datetime | None
    ended_at: datetime | None
    ground: str
    ending_reason: str
    text: int

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return TABLE.states[self.status]

    @property
    def ground_text(self) -> str:
        """Why it was terminated, as a msgid; "" if it was not."""
        return GROUNDS[self.ground] if self.ground else ""

    @property
    def offered(self) -> bool:
        """Whether the supplier has ever been sent a text."""
        return self.text >= 0

    @property
    def stands(self) -> bool:
        """Whether it is or was in force."""
        return self.status in ("active", "completed", "terminated")


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Who signed for which side (supplier or buyer), when."""

    side: str
    name: str
    key: str
    signature: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A text that was offered. statement: what both sides sign; document: id of the PDF."""

    number: int
    value: int
    starts: date
    ends: date
    template: str
    statement: str
    document: uuid.UUID
    document_hash: str
    made_at: datetime
    signatures: tuple[SignatureRow, ...]


@dataclass(frozen=True, slots=True)
class SecurityRow:
    """A performance security as recorded; amount in won."""

    kind: str
    issuer: str
    number: str
    amount: int
    until: date | None
    recorded_at: datetime

    @property
    def kind_text(self) -> str:
        """The kind as a msgid."""
        return SECURITIES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentRow:
    """A change of value or end; text: the number of the text it becomes."""

    id: uuid.UUID
    status: str
    text: int
    value: int
    ends: date
    reason: str
    proposed_at: datetime
    effective_at: datetime | None

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return AMENDMENT.states[self.status]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcontractRow:
    """A subcontract; amount in won; told_due: when the agency must know of it by law."""

    id: uuid.UUID
    number: str
    contract_number: str
    tender_number: str
    buyer_id: uuid.UUID
    supplier_id: uuid.UUID
    supplier: str
    subcontractor_id: uuid.UUID
    subcontractor: str
    work: str
    amount: int
    starts: date
    ends: date
    signed_on: date
    status: str
    told_due: datetime

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return SUBCONTRACT.states[self.status]


@dataclass(frozen=True, slots=True)
class Security:
    """What must be secured: amount in won, whether an undertaking suffices, what is recorded.

    recorded: won that holds until the last day, `until`; what ends before does not count.
    """

    required: int
    waivable: bool
    recorded: int
    enough: bool
    reason: Mapping[str, Any]
    until: date | None

    @property
    def missing(self) -> int:
        """What is still to be secured, in won."""
        return 0 if self.enough else self.required - self.recorded


@dataclass(frozen=True, slots=True)
class ContractPage:
    """A contract as one reader sees it; verbs: what they may do now.

    unbound: why the budget system refused to bind its money, told to whoever tells it again.
    """

    row: ContractRow
    texts: tuple[TextRow, ...]
    securities: tuple[SecurityRow, ...]
    security: Security
    amendments: tuple[AmendmentRow, ...]
    subcontracts: tuple[SubcontractRow, ...]
    verbs: frozenset[str]
    party: bool
    unbound: str = ""

    @property
    def offered(self) -> TextRow | None:
        """The text that waits for signatures, else the one in force; None before the first."""
        amended = self.open_amendment
        number = amended.text if amended else self.row.text
        return next((one for one in self.texts if one.number == number), None)

    @property
    def open_amendment(self) -> AmendmentRow | None:
        """The amendment that is not settled yet, or None."""
        return next((a for a in self.amendments if a.status in ("proposed", "agreed")), None)
