"""The figures of an opening, from the opened bids and the law alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason
from jangteo.rules.award import METHODS
from jangteo.rules.award.ranking import Bid, Ranked
from jangteo.rules.award.tiebreak import Tie, ties
from jangteo.rules.price.draw import Draw
from jangteo.rules.price.drawing import Terms, drawn
from jangteo.rules.price.floor import Floor, floor_price
from jangteo.rules.price.net_cost import NetCost, net_cost_line
from jangteo.rules.price.preliminary import PreliminaryPrices, derive_rates, strata
from jangteo.rules.price.reserve import Reserve
from jangteo.stages.opening.actions.case import Opened
from jangteo.stages.tender.queries import NoticeRow


@dataclass(frozen=True, slots=True)
class Rates:
    """The 15 rates in percent; source: seeds, or given in a practice world."""

    source: str
    rates: Sequence[str]
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything computed. net: None without a net-cost line; ranked, ties: by envelope hash."""

    rates: Rates
    prices: PreliminaryPrices
    draw: Draw
    reserve: Reserve
    floor: Floor
    net: NetCost | None
    ranked: Mapping[str, Ranked]
    ties: Mapping[str, Tie]

    @property
    def steps(self) -> dict[str, list[dict[str, Any]]]:
        """Figure -> its reasons as stored."""
        found: dict[str, Sequence[Reason]] = {
            "rates": [*self.rates.reasons, *self.prices.reasons],
            "draw": self.draw.reasons,
            "reserve": self.reserve.reasons,
            "floor": self.floor.reasons,
        }
        found |= {"net_cost": self.net.reasons} if self.net else {}
        return {name: [one.as_json() for one in reasons] for name, reasons in found.items()}


def given_rates(number: str) -> list[str] | None:
    """The rates that a practice world was given for a tender; None anywhere else.

    The table is made by no migration and refused at the start of anything but a sandbox.
    """
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('sandbox.given_rates') is not null")
        row = cursor.fetchone()
        if not (row and row[0]):
            return None
        cursor.execute(
            "select jsonb_array_elements_text(rates) from sandbox.given_rates where tender = %s",
            [number],
        )
        return [rate for (rate,) in cursor.fetchall()] or None


def find_rates(found: NoticeRow, seeds: tuple[bytes, bytes]) -> Rates:
    """The 15 rates from both seeds, or the given ones where a practice world has them."""
    cells = strata(found.range_low, found.range_high, on=found.rule_day)
    given = given_rates(found.number)
    if given is not None:
        if len(given) != cells.count:
            raise Fault(f"{len(given)} rates were given instead of {cells.count}")
        reason = Reason(
            "opening.rates.given",
            N_("Practice world: the {count} rates were given, not derived from the seeds."),
            {"count": len(given)},
        )
        return Rates("given", given, (reason,))
    agency, platform = seeds
    rates = derive_rates(agency, platform, found.range_low, found.range_high, cells)
    reason = Reason(
        "opening.rates.seeds",
        N_(
            "The {count} rates follow from two seeds that were sealed and committed to at "
            "publication, the agency's and the platform's."
        ),
        {"count": len(rates)},
        "국가계약법 시행령 제9조제4항 · 지방계약법 시행령 제10조제4항",
    )
    return Rates("seeds", rates, (reason, *cells.reasons))


def find(found: NoticeRow, opened: Sequence[Opened], seeds: tuple[bytes, bytes]) -> Figures:
    """Prices, draw, reserve price, floor, net-cost line and ranking, in the order of the law.

    All picks show in the counts; the four numbers are chosen without excluded bids; missing
    numbers are supplied by both seeds one after the other. Only valid bids are ranked.
    """
    rates = find_rates(found, seeds)
    terms = Terms(
        found.base_amount or 0, found.price_unit or 1, found.price_rounding, found.mean_of,
        found.mean_rounding,
    )  # fmt: skip
    read = [one for one in opened if one.picks]
    held = drawn(
        terms, rates.rates, [one.picks for one in read], [not one.excluded for one in read],
        b"".join(seeds), on=found.rule_day,
    )  # fmt: skip
    floor = floor_price(held.reserve.price, found.floor_rate, found.a_value or 0)
    net = find_line(found, held.reserve.price)
    bids = [Bid(one.hash, one.amount) for one in opened if one.valid and one.amount is not None]
    order = METHODS[found.award_method].rank(bids, held.reserve, floor, net=net)
    ranked = {one.key: one for one in order}
    equal = ties(order, b"".join(seeds))
    return Figures(rates, held.prices, held.draw, held.reserve, floor, net, ranked, equal)


def find_line(found: NoticeRow, reserve_price: int) -> NetCost | None:
    """The net-cost line; None where the notice names no net cost or the law draws no line."""
    if found.base_net_cost is None or not METHODS[found.award_method].net_cost:
        return None
    return net_cost_line(
        base_net_cost=found.base_net_cost, base_amount=found.base_amount or 0,
        reserve_price=reserve_price, regime=found.regime, category=found.category,
        on=found.rule_day,
    )  # fmt: skip
