"""The frozen rows that screens, machines and later stages see of an award."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.stages.award.states import CAUSES, EXAMINATION, GROUNDS

OPEN = ("called", "submitted", "supplement")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """The award of a lot. value: won including VAT; number: of the tender.

    status: pending, active, unsuccessful or cancelled; cause: a key of CAUSES if annulled;
    annulled_for: the reason that is published with it.
    """

    id: uuid.UUID
    number: str
    lot: str
    status: str
    supplier_id: uuid.UUID
    supplier: str
    supplier_identifier: str
    buyer_id: uuid.UUID
    buyer: str
    value: int
    bundle_hash: str
    found_by_rules: str
    found_by_verifier: str
    title: str
    regime: str
    category: str
    procedure: str
    rule_day: date
    tender_id: uuid.UUID
    examination_id: uuid.UUID
    proposed_by: uuid.UUID
    proposed_at: datetime
    reason: str
    confirmed_by: uuid.UUID | None
    confirmed_at: datetime | None
    contract_due: datetime | None
    contract_due_reason: Reason | None = None
    cause: str = ""
    annulled_for: str = ""
    annulled_at: datetime | None = None

    @property
    def cause_text(self) -> str:
        """Why it was annulled, as a msgid; "" if it was not."""
        return CAUSES[self.cause] if self.cause else ""

    @property
    def due_reasons(self) -> tuple[Reason, ...]:
        """The steps behind contract_due."""
        return (self.contract_due_reason,) if self.contract_due_reason else ()


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What the contract officer found. scores: item -> text; total: text; steps: stored Reasons."""

    scores: Mapping[str, str]
    total: str
    passed: bool
    ground: str
    note: str
    steps: tuple[Mapping[str, Any], ...]
    by: uuid.UUID | None
    at: datetime

    @property
    def ground_text(self) -> str:
        """The ground as a msgid; "" if passed."""
        return GROUNDS[self.ground] if self.ground else ""


def _one(reason: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], ...]:
    return (reason,) if reason else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationRow:
    """One candidate. full: whether this reader may see scores, note, supplement and papers.

    provisional: {"price", "others", "total", "pass_mark"} as texts and "steps", {} if no rule
    gives a score; ground: a key of GROUNDS if failed; due: the law's clock that runs now;
    clocks: "papers_due" and "review_due" -> stored Reason; reopening, reopening_by: why and by whom
    it is asked that who failed be examined again, for the agency, until it is confirmed.
    """

    id: uuid.UUID
    number: str
    rank: int
    amount: int
    status: str
    supplier_id: uuid.UUID
    supplier: str
    identifier: str
    called_at: datetime
    papers_due: datetime | None
    papers_at: datetime | None
    review_due: datetime | None
    clocks: Mapping[str, Mapping[str, Any]]
    ground: str
    ended_at: datetime | None
    annulled: bool
    full: bool
    supplement: str = ""
    provisional: Mapping[str, Any]
    reviews: tuple[ReviewRow, ...] = ()
    bundle_hash: str = ""
    reopening: str = ""
    reopening_by: uuid.UUID | None = None

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        if self.status == "called" and self.papers_due is None:
            return N_("Called: the agency checks that nothing stands against it.")
        return EXAMINATION.states[self.status]

    @property
    def ground_text(self) -> str:
        """Why it failed, as a msgid; "" if it did not."""
        return GROUNDS[self.ground] if self.ground else ""

    @property
    def scored_items(self) -> list[Mapping[str, str]]:
        """The items a review gives points for; last those that may be left out."""
        return [*self.provisional.get("items", []), *self.provisional.get("extras", [])]

    @property
    def papers_reasons(self) -> tuple[Mapping[str, Any], ...]:
        """The steps behind papers_due."""
        return _one(self.clocks.get("papers_due"))

    @property
    def review_reasons(self) -> tuple[Mapping[str, Any], ...]:
        """The steps behind review_due."""
        return _one(self.clocks.get("review_due"))

    @property
    def due(self) -> datetime | None:
        """The moment the law sets for what is waited for now."""
        if self.status in ("called", "supplement"):
            return self.papers_due
        return self.review_due if self.status == "submitted" else None
