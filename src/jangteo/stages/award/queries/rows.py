"""The frozen rows that screens, machines and later stages see of an award."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.records.wish.queries import ENDS
from jangteo.stages.award.states import (
    CAUSES,
    EXAMINATION,
    GROUNDS,
    SCORED,
    WISHES,
)

#: under examination, or on hold in the midst of it
OPEN = ("called", "submitted", "supplement", "hold")
#: states in which a score by the agency's own standard is entered and confirmed
OWN_SCORED = ("called", "submitted")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """The award of a lot. value: won including VAT; number: of the tender.

    status: pending, active, unsuccessful or cancelled; cause: a key of CAUSES if annulled;
    annulled_for: the reason that is published with it; own_scored: by the agency's own standard.
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
    own_scored: bool = False

    @property
    def cause_text(self) -> str:
        """Why it was annulled, as a msgid; "" if it was not."""
        return CAUSES[self.cause] if self.cause else ""

    @property
    def due_reasons(self) -> tuple[Reason, ...]:
        """The steps behind contract_due."""
        return (self.contract_due_reason,) if self.contract_due_reason else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRow:
    """What one officer asks for about a supplier's award or candidacy, and how it ended.

    verb: a key of WISHES; award_id: None about a candidacy; cause: a key of CAUSES for an
    annulment; ended: a key of ENDS, "" while open; answer: why it was refused; digest: of
    what was asked, to be confirmed or refused with; may: "confirm", "refuse", "withdraw", as far
    as its reader may while it is open; figures: points, pass mark and standard of an own score.
    """

    verb: str
    supplier_id: uuid.UUID
    award_id: uuid.UUID | None
    cause: str
    reason: str
    asked_by: uuid.UUID
    asked_at: datetime
    ended: str
    ended_at: datetime | None
    answer: str
    digest: str
    may: frozenset[str]
    supplier: str = ""
    identifier: str = ""
    figures: str = ""

    @property
    def text(self) -> str:
        """The cause as a msgid; "" but for an annulment."""
        return CAUSES[self.cause] if self.cause else ""

    @property
    def verb_text(self) -> str:
        """What is asked for, as a msgid."""
        return WISHES[self.verb]

    @property
    def ended_text(self) -> str:
        """How it ended, as a msgid; "" while it is open."""
        return ENDS[self.ended] if self.ended else ""


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


@dataclass(frozen=True, slots=True)
class OwnScoreRow:
    """A score by the agency's own standard; confirmed: by another than entered_by, who sends the
    digest of what was read."""

    points: str
    pass_mark: str
    passes: bool
    document: str
    reason: str
    entered_by: uuid.UUID
    confirmed: bool
    digest: str


@dataclass(frozen=True, slots=True)
class TwiceRow:
    """One figure of a score as each engine found it; "" where the second gave none.

    name: as docs/figures.md calls it; label: a msgid; said_ours, said_theirs: as a page says them.
    """

    name: str
    ours: str
    theirs: str

    @property
    def label(self) -> str:
        return FIGURES[self.name]

    @property
    def same(self) -> bool:
        return self.ours == self.theirs

    @property
    def said_ours(self) -> str:
        return PASSES.get(self.ours, self.ours)

    @property
    def said_theirs(self) -> str:
        return PASSES.get(self.theirs, self.theirs)


#: the figures that both engines give of a score
FIGURES = {
    "pass_mark": N_("Pass mark"),
    "standard": N_("Standard"),
    "price": N_("Points for the price"),
    "others": N_("Other items"),
    "total": N_("Total"),
    "passes": N_("Reaches the pass mark"),
}
PASSES = {"yes": N_("yes"), "no": N_("no")}


@dataclass(frozen=True, slots=True)
class CalculationRow:
    """A score by both engines. what: a key of SCORED; why: why the second gave none, else ""."""

    what: str
    rows: tuple[TwiceRow, ...]
    why: str
    at: datetime

    @property
    def same(self) -> bool:
        """Whether they agree in every figure."""
        return all(row.same for row in self.rows)

    @property
    def text(self) -> str:
        """What was computed, as a msgid."""
        return SCORED[self.what]


def beside(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[TwiceRow, ...]:
    """The figures of two calculations, one beside the other."""
    return tuple(TwiceRow(name, text, theirs.get(name, "")) for name, text in ours.items())


def _one(reason: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], ...]:
    return (reason,) if reason else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationRow:
    """One candidate. full: whether this reader may see scores, note, supplement and papers.

    provisional: {"price", "others", "total", "pass_mark"} as texts and "steps", {} if no rule
    gives a score; ground: a key of GROUNDS if failed; due: the law's clock that runs now;
    clocks: "papers_due" and "review_due" -> stored Reason; wish: the open one about it, a key of
    WISHES, for the agency; calculations: all of its
    scores, oldest first, and own: the one by the agency's standard, for the agency.
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
    wish: WishRow | None = None
    calculations: tuple[CalculationRow, ...] = ()
    own: OwnScoreRow | None = None

    @property
    def reopening(self) -> str:
        """Why it is asked that it be examined or computed again; "" if it is not."""
        again = self.wish if self.wish and self.wish.verb in ("reopen", "compute_again") else None
        return again.reason if again else ""

    @property
    def own_scored(self) -> bool:
        """Whether no table of the platform scores it and the agency's own standard does."""
        return bool(self.provisional) and "items" not in self.provisional

    @property
    def last(self) -> CalculationRow | None:
        """The last calculation that its reader may see."""
        return self.calculations[-1] if self.calculations else None

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
