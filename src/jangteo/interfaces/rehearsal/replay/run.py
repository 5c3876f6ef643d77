"""Re-enact lines in the order of time and compare each with what was published."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import SealedPrice, hold_opening, iso, publish, send_bids
from jangteo.interfaces.rehearsal.replay.carry import Carry, first_of
from jangteo.interfaces.rehearsal.replay.cast import agency, enter_suppliers
from jangteo.interfaces.rehearsal.replay.compare import FIELDS, Comparison, compare
from jangteo.interfaces.rehearsal.replay.lines import Line
from jangteo.interfaces.rehearsal.replay.money import Money, as_json
from jangteo.interfaces.rehearsal.replay.money import report as report_money
from jangteo.interfaces.rehearsal.replay.plan import Plan, plan
from jangteo.interfaces.rehearsal.replay.schedule import (
    AFTERWARDS,
    difficulty,
    estimated_price,
    regime_of,
    steps,
    timetable,
)

#: why the surplus bidders are set aside: the publications do not say
EXCLUSION = "not_qualified"


@dataclass(slots=True)
class Played:
    """One line on its way: its number here, the hashes of its receipts, the seconds it took.

    carry: what goes on after the opening, None before.
    """

    plan: Plan
    number: str = ""
    hashes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    carry: Carry | None = None


@dataclass(slots=True)
class Totals:
    """The sums of a replay."""

    lines: int = 0
    equal_lines: int = 0
    money: list[Money] = field(default_factory=list)
    compared: Counter[str] = field(default_factory=Counter)
    equal: Counter[str] = field(default_factory=Counter)

    def add(self, found: Comparison) -> None:
        """Add one line's comparison."""
        self.compared += found.compared
        self.equal += found.equal
        self.equal_lines += not found.differences


def plans_of(lines: Iterable[tuple[int, Line | Refusal]], say: Callable[[str], None]) -> list[Plan]:
    """The plans of the lines that can be played; the others are named at once."""
    found = []
    for number, line in lines:
        try:
            if isinstance(line, Refusal):
                raise line
            ready = plan(line)
            timetable(ready)
            found.append(ready)
        except Refusal as refusal:
            name = f" {line.notice}" if isinstance(line, Line) else ""
            said = refusal.text.format(**refusal.params)
            say(f"line {number}{name}: cannot be played, {said} [{refusal.code}]")
    return sorted(found, key=lambda one: (one.line.opened, one.line.number))


class Replay:
    """The stage on which plans are played: a running sandbox of its own, and its people."""

    def __init__(
        self, doors: Doors, operator: Person, forward_to: Callable[[datetime], None]
    ) -> None:
        self.doors, self.operator, self.forward_to = doors, operator, forward_to

    def prepare(self, plans: list[Plan]) -> None:
        """Register the agencies and suppliers that the plans need."""
        regimes = sorted({regime_of(one) for one in plans})
        self.agencies = {
            regime: agency(self.doors, self.operator, regime, index)
            for index, regime in enumerate(regimes)
        }
        most = max((len(one.bidders) for one in plans), default=0)
        self.suppliers = enter_suppliers(self.doors, self.operator, most)

    def publish(self, played: Played) -> None:
        """Publish the notice with the real figures and the recovered rates."""
        one, times = played.plan, timetable(played.plan)
        terms = {
            "title": f"재현 {one.line.notice}",
            "description": "실제 개찰 결과를 재현하는 연습용 공고입니다.",
            "site": "재현용 현장",
            "base_amount": one.line.base_amount,
            "estimated_price": estimated_price(one.line.base_amount),
            "budget_amount": one.line.base_amount,
            "a_value": one.a_value,
            "difficulty": difficulty(one),
            "floor_rate": one.floor_rate,
            "floor_rate_reason": "재현: 공개된 자료에 따름",
            "range_low": one.terms.range_low,
            "range_high": one.terms.range_high,
            "price_unit": one.terms.unit,
            "price_rounding": one.terms.price_rounding,
            "mean_of": one.terms.mean_of,
            "mean_rounding": one.terms.mean_rounding,
            "bidding_from": iso(times.bidding_from),
            "deadline": iso(times.deadline),
            "opening_at": iso(times.opening),
        }
        played.number = publish(self.agencies[regime_of(one)], terms, rates=one.terms.rates)

    def bid(self, played: Played) -> None:
        """Seal and send every bid; the hashes follow the order of the plan's bidders."""
        bids = [
            SealedPrice(supplier, bidder.amount, bidder.picks)
            for supplier, bidder in zip(self.suppliers, played.plan.bidders, strict=False)
        ]
        receipts = send_bids(self.doors, played.number, bids)
        played.hashes = [receipt["hash"] for receipt in receipts]

    def open(self, played: Played) -> Comparison:
        """Exclude the surplus, open, and compare."""
        bidders = played.plan.bidders
        excluded = [
            (envelope, EXCLUSION)
            for envelope, bidder in zip(played.hashes, bidders, strict=True)
            if bidder.excluded
        ]
        result = hold_opening(
            self.agencies[regime_of(played.plan)], played.number, excluded=excluded
        )
        rows = {row["bid"]: index for index, row in enumerate(result["bids"])}
        listed = range(len(played.plan.line.bids))
        places = {index: rows[played.hashes[index]] for index in listed if rows}
        return compare(played.plan, result, places)

    def go_on(self, what: str, played: Played) -> Money | None:
        """One step from the opening to the payment; the comparison after the last one."""
        if played.carry is None:
            one = played.plan
            agency = self.agencies[regime_of(one)]
            played.carry = Carry(self.doors, agency, self.suppliers, one, played.number)
        done: Money | None = getattr(played.carry, what)()
        return done

    def run(
        self, plans: list[Plan], say: Callable[[str], None], carried: Sequence[Plan] = ()
    ) -> Totals:
        """Play all plans; a line that is refused on the way is named and the others go on.

        carried: those that go on from the opening to the payment.
        """
        totals = Totals()
        stage = {id(one): Played(one) for one in plans}
        broken: set[int] = set()
        for at, _, what, one in steps(plans, carried):
            played = stage[id(one)]
            if id(one) in broken:
                continue
            self.forward_to(at)
            try:
                self._step(what, played, totals, say)
            except Refusal as refusal:
                broken.add(id(one))
                text = f"stopped at {what}: {refusal.text.format(**refusal.params)}"
                if what in AFTERWARDS:
                    totals.money.append(_stopped(one, text))
                else:
                    totals.lines += 1
                say(f"line {one.line.number} {one.line.notice}: {text}")
        return totals

    def _step(self, what: str, played: Played, totals: Totals, say: Callable[[str], None]) -> None:
        begun = time.perf_counter()
        if what in AFTERWARDS:
            found = self.go_on(what, played)
            if found is not None:
                totals.money.append(found)
                say(report_money(found, self.doors.site_url))
            return
        done = getattr(self, what)(played)
        played.seconds += time.perf_counter() - begun
        if what == "open":
            totals.lines += 1
            totals.add(done)
            say(report(totals.lines, played, done))


def _stopped(one: Plan, text: str) -> Money:
    first = first_of(one)
    return Money(one.line.notice, first.amount if first else 0, differences=[text])


def replay(
    doors: Doors,
    operator: Person,
    forward_to: Callable[[datetime], None],
    plans: list[Plan],
    say: Callable[[str], None],
    carried: Sequence[Plan] = (),
) -> Totals:
    """Enter the people that the plans need, and play all plans."""
    stage = Replay(doors, operator, forward_to)
    stage.prepare(plans)
    return stage.run(plans, say, carried)


def report(count: int, played: Played, found: Comparison) -> str:
    """One line for people, and one more for each difference."""
    line = played.plan.line
    fields = ", ".join(f"{name} {found.equal[name]}/{found.compared[name]}" for name in FIELDS)
    verdict = "equal" if not found.differences else "DIFFERENT"
    head = f"{count:3d} {line.notice} {line.opened} {len(played.plan.bidders)} bidders {verdict}"
    notes = "; ".join(played.plan.notes)
    said = f"{head}: {fields} ({notes}; {played.seconds:.1f} s)"
    return "\n".join([said, *(f"      {line.notice} {text}" for text in found.differences)])


def summary(totals: Totals, given: int) -> str:
    """The totals of compared fields."""
    fields = ", ".join(f"{name} {totals.equal[name]}/{totals.compared[name]}" for name in FIELDS)
    same = sum(not one.differences for one in totals.money)
    money = f"; {same} of {len(totals.money)} carried to the payment, to the won"
    return f"{totals.equal_lines} of {given} equal; {fields}{money if totals.money else ''}"


def outcome(totals: Totals, given: int) -> dict[str, Any]:
    """The same as data."""
    return {
        "lines": given,
        "equal": totals.equal_lines,
        "fields": {name: [totals.equal[name], totals.compared[name]] for name in FIELDS},
        "payments": [as_json(one) for one in totals.money],
    }
