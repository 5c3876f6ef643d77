"""Carry a re-enacted opening on to the payment: award, contract, delivery, claim, every payee."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.play import Agency, Supplier
from jangteo.interfaces.rehearsal.replay.lines import PublishedBid
from jangteo.interfaces.rehearsal.replay.money import Money, money
from jangteo.interfaces.rehearsal.replay.plan import Plan
from jangteo.interfaces.rehearsal.replay.schedule import AFTERWARDS
from jangteo.interfaces.rehearsal.street import awarding, contracting, delivering, paying

#: what part of the works is given to a subcontractor: one in so many
PART = 3
LASTS = timedelta(days=90)


def first_of(plan: Plan) -> PublishedBid | None:
    """The bid that was published with rank 1, or None."""
    ranked = [bid for bid in plan.line.bids if bid.rank == 1 and bid.remark == "normal"]
    return ranked[0] if len(ranked) == 1 else None


def carried(plans: Iterable[Plan], *, every: bool) -> list[Plan]:
    """Those to carry on: the first that has a published rank 1, or all that have one."""
    found = [plan for plan in plans if first_of(plan) is not None]
    return found if every else found[:1]


@dataclass(slots=True)
class Carry:
    """One opening on its way to the money. number: the tender's."""

    doors: Doors
    agency: Agency
    suppliers: list[Supplier]
    plan: Plan
    number: str
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def winner(self) -> Supplier:
        """Whoever bid the published rank 1."""
        place = self.plan.line.bids.index(self.first)
        return self.suppliers[place]

    @property
    def first(self) -> PublishedBid:
        """The published rank 1."""
        found = first_of(self.plan)
        assert found is not None  # noqa: S101 - only such plans are carried
        return found

    def award(self) -> None:
        """Award to the published rank 1: two people, after the examination."""
        self.made["award"] = awarding.award(self.agency, self.winner, self.number)

    def contract(self) -> None:
        """Sign the contract, secure it, and hire a subcontractor."""
        starts = self.plan.line.opened + timedelta(days=AFTERWARDS["begin"][0])
        made = contracting.contract(
            self.agency, self.winner, self.number, starts=starts, ends=starts + LASTS
        )
        self.made["contract"], self.made["value"] = made["number"], made["value"]
        hired = next(one for one in self.suppliers if one is not self.winner)
        self.made["sub"] = contracting.subcontract(
            self.agency, self.winner, made["number"], hired, work="재현용 하도급 공사",
            amount=made["value"] // PART,
        )  # fmt: skip

    def begin(self) -> None:
        """Begin the works."""
        on = self.plan.line.opened + timedelta(days=AFTERWARDS["begin"][0])
        delivering.start(self.winner, self.made["contract"], on=on)

    def deliver(self) -> None:
        """Complete the works and have them accepted."""
        delivering.deliver(
            self.agency, self.winner, self.made["contract"], kind="completion",
            amount=self.made["value"],
            on=self.plan.line.opened + timedelta(days=AFTERWARDS["deliver"][0]),
        )  # fmt: skip

    def pay(self) -> Money:
        """Claim all of it, order it, wait for every payee's bank; compare to the won."""
        contract, value = self.made["contract"], self.made["value"]
        leaves = paying.leaves(value, under=self.made["sub"], share=value // PART)
        claim = paying.pay(self.agency, self.winner, contract, leaves)
        return money(
            self.plan.line.notice, self.first.amount, self.made["award"], claim,
            paying.trail(self.doors, contract),
        )  # fmt: skip
