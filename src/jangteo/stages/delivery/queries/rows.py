"""The frozen rows that screens, machines and later stages see of a delivery."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jangteo.stages.delivery.states import INSPECTION, KINDS, TABLE


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What an inspector found: to be mended by a day, or accepted."""

    accepted: bool
    note: str
    mend_by: date | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRow:
    """One inspection. amount: won; due: when the law wants it done, reason: why then.

    until: by when somebody has to act, the supplier while it mends, else the inspector; late: not
    inspected in time, or not mended by the day that the inspector named.
    """

    sequence: int
    kind: str
    amount: int
    done_on: date
    note: str
    status: str
    notified_at: datetime
    due: datetime
    reason: Mapping[str, Any]
    until: datetime
    late: bool
    findings: tuple[FindingRow, ...]

    @property
    def kind_text(self) -> str:
        """The kind as a msgid."""
        return KINDS[self.kind]

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return INSPECTION.states[self.status]

    @property
    def reasons(self) -> tuple[Mapping[str, Any], ...]:
        """The steps behind the due day, for the `reasons` component."""
        return (self.reason,)

    @property
    def open(self) -> bool:
        """Whether somebody has to act on it."""
        return self.status in ("requested", "correcting")

    @property
    def correction(self) -> FindingRow | None:
        """What has to be mended now, or None."""
        return self.findings[-1] if self.status == "correcting" and self.findings else None


@dataclass(frozen=True, slots=True)
class DamagesRow:
    """Damages for delay in won; so_far: they may still grow; capped: the law's most is reached."""

    amount: int
    days: int
    capped: bool
    so_far: bool
    reason: Mapping[str, Any]

    @property
    def reasons(self) -> tuple[Mapping[str, Any], ...]:
        """The steps behind the figure, for the `reasons` component."""
        return (self.reason,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """A contract's delivery as one reader sees it; amounts in won including VAT.

    starts, ends: first and last day of the contract in force; ended_at: of its termination;
    verbs: what the reader may do now.
    """

    number: str
    title: str
    buyer_id: uuid.UUID
    buyer: str
    supplier_id: uuid.UUID
    supplier: str
    status: str
    starts: date | None
    ends: date | None
    concluded_at: datetime | None
    ended_at: datetime | None
    started_on: date | None
    completed_at: datetime | None
    contracted: int
    accepted: int
    inspections: tuple[InspectionRow, ...]
    damages: DamagesRow | None
    verbs: frozenset[str]

    @property
    def left(self) -> int:
        """Won contracted and not yet accepted."""
        return self.contracted - self.accepted

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return TABLE.states[self.status]

    @property
    def current(self) -> InspectionRow | None:
        """The inspection that somebody has to act on, or None."""
        return next((row for row in self.inspections if row.open), None)
