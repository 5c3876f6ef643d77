"""What the simulation knows: its people, its tenders, its clock, and what it holds receipts for."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.db import connection, transaction

from jangteo.ground.errors import Refusal, Refusals
from jangteo.interfaces.rehearsal import sandbox
from jangteo.interfaces.rehearsal.simulation.cast import TRADE, Agency, Supplier
from jangteo.interfaces.rehearsal.simulation.custodians import NAMES, Custodians
from jangteo.interfaces.rehearsal.simulation.intake import Intake
from jangteo.interfaces.rehearsal.simulation.partners import Partners
from jangteo.interfaces.rehearsal.simulation.watch import Violation, trace
from jangteo.interfaces.rehearsal.simulation.way import Way
from jangteo.records.journal.delivery import hand_over
from jangteo.records.journal.queries import Fact, now
from jangteo.stages.bid.actions.tickets import IssuedTicket
from jangteo.stages.tender.queries import NoticeRow

T = TypeVar("T")
Listeners = Mapping[str, Sequence[Callable[[Fact], None]]]
ONE_WILL_DO = 20_000_000


@dataclass(slots=True)
class Envelope:
    """An envelope that a simulated bidder sent and was promised; flaw: what is wrong with it.

    flaw: "" | signature | body | platform, audit or officer (that custodian's share).
    """

    supplier: Supplier
    version: int
    attempt: int
    hash: str
    price: int
    picks: tuple[int, int]
    flaw: str
    receipt: str
    found: bool = False


@dataclass(slots=True)
class HeldTicket:
    """A ticket that waits to be used, perhaps too late."""

    supplier: Supplier
    issued: IssuedTicket
    key: EllipticCurvePrivateKey


@dataclass(slots=True)
class Deal:
    """One tender as the simulation follows it.

    keyed: deadline for which the draft has keys and seeds; opening: how far the opening came;
    wanted: suppliers that still mean to bid for the version in force; style: how they pick.
    """

    agency: Agency
    number: str
    style: str
    status: str = "draft"
    keyed: datetime | None = None
    correcting: bool = False
    notice: NoticeRow | None = None
    privates: dict[str, bytes] = field(default_factory=dict)
    wanted: list[Supplier] = field(default_factory=list)
    held: list[HeldTicket] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    opening: str = ""
    excluded: set[str] = field(default_factory=set)
    signed: set[str] = field(default_factory=set)
    way: Way = field(default_factory=Way)

    @property
    def force(self) -> NoticeRow:
        """The version in force of a published tender."""
        if self.notice is None:
            raise ValueError("not published yet")
        return self.notice

    def due(self, name: str) -> datetime:
        """bidding_from, deadline or opening_at of the version in force."""
        at: datetime = getattr(self.force, name)
        return at

    def phase(self, at: datetime) -> str:
        """draft, keyed, waiting, bidding, after, prepared, closed_set, requested, way or done."""
        if self.status == "draft":
            return "keyed" if self.keyed else "draft"
        if self.status == "opened" and not self.way.ended:
            return "way"
        if self.status != "active":
            return "done"
        if self.opening:
            return self.opening
        if at < self.due("bidding_from"):
            return "waiting"
        return "bidding" if at < self.due("deadline") else "after"

    def eligible(self, supplier: Supplier) -> bool:
        """Whether the law lets this supplier bid here."""
        here = not self.force.regions or supplier.region in self.force.regions
        able = not self.force.licences or TRADE in supplier.trades
        return supplier.active and able and here

    @property
    def needed(self) -> int:
        """How few valid bids suffice: two, or one small quotation."""
        small = (self.force.estimated_price or 0) <= ONE_WILL_DO
        return 1 if self.force.procedure == "quotation" and small else 2

    def promised(self) -> list[Envelope]:
        """What was promised for the version in force."""
        return [one for one in self.envelopes if one.version == self.force.version]

    def standing(self, supplier: Supplier) -> Envelope | None:
        """The envelope that keeps a supplier from sending another."""
        mine = [one for one in self.promised() if one.supplier is supplier]
        return next((one for one in mine if not one.found), None)


@dataclass(slots=True)
class Market:
    """chance: the one source of every choice; log: what was done; codes: refusals so far.

    listeners: fact -> who hears it, as the house wires them; hearing: who hears it twice, apart
    from all other choices.
    """

    seed: int
    chance: random.Random
    custodians: Custodians
    intake: Intake
    partners: Partners
    listeners: Listeners
    agencies: list[Agency]
    suppliers: list[Supplier]
    deals: list[Deal] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    hearing: random.Random = field(default_factory=lambda: random.Random(0))

    def now(self) -> datetime:
        """The time of the database."""
        return now()

    def forward_to(self, at: datetime) -> None:
        """Move the clock on to a moment; one gone by leaves it where it is."""
        if at > now():
            sandbox.forward_to(connection, at)

    def forward_by(self, step: timedelta) -> None:
        """Move the clock on."""
        sandbox.forward_by(connection, step)

    def custodians_work(self, names: Sequence[str] = NAMES) -> None:
        """Let custodians do what is asked; until an opening each finds the bad shares for it."""
        open_still = [
            deal
            for deal in self.deals
            if deal.status == "active" and now() < deal.due("opening_at")
        ]
        self.custodians.work(names)
        for deal in open_still:
            for one in deal.envelopes:
                one.found |= one.flaw in names

    def hear(self) -> None:
        """Let listeners hear what is new, now and then twice."""
        facts: list[Fact] = []
        while hand_over(facts.extend):
            pass
        for fact in facts:
            self.heard(fact)

    def heard(self, fact: Fact) -> None:
        """One fact reaches its listeners; what each writes is kept whole or not at all."""
        for listener in self.listeners.get(fact.kind, ()):
            for _ in range(2 if self.hearing.random() < 0.2 else 1):
                with transaction.atomic():
                    listener(fact)

    def note(self, text: str) -> None:
        """Add to the story of the last step."""
        self.log[-1] += f" {text}"

    def refused(self, code: str) -> None:
        """Count a refusal; one without a code is none."""
        if not code:
            raise Violation("a refusal has no code")
        self.codes[code] = self.codes.get(code, 0) + 1
        self.note(code)

    def do(
        self, action: Callable[..., T], *, allowed: bool | None = None, **words: Any
    ) -> T | None:
        """Call one action; None if it was refused, and then nothing may have been written.

        allowed: what the law says of it; None where the simulation does not foresee it.
        """
        before = trace()
        try:
            found = action(at=now(), **words)
        except (Refusal, Refusals) as refused:
            several = refused.refusals if isinstance(refused, Refusals) else (refused,)
            for one in several:
                self.refused(one.code)
            if trace() != before:
                raise Violation(f"{_name(action)} was refused but left a trace") from refused
            if allowed:
                raise Violation(f"{_name(action)} is lawful but was refused: {refused}") from None
            return None
        if allowed is False:
            raise Violation(f"{_name(action)} was done though it must be refused")
        return found

    def must(self, action: Callable[..., T], **words: Any) -> T:
        """Call an action that nothing stands against."""
        return self.do(action, allowed=True, **words)  # type: ignore[return-value]


def _name(action: Callable[..., object]) -> str:
    return f"{action.__module__.split('.')[2]}.{action.__name__}"
