"""A result recomputed from what the bidders sealed, in a few lines that share nothing with ours."""

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from jangteo.interfaces.rehearsal.simulation.market import Deal, Envelope
from jangteo.interfaces.rehearsal.simulation.watch import Violation
from jangteo.stages.opening import queries
from jangteo.stages.opening.queries.rows import BidRow, ResultRow
from jangteo.stages.tender.queries import NoticeRow

#: difficulty -> floor rate of national works from 5 to 10 billion won: 87.495, and half a percent
#: more for each tenth of the ten points of material and labour prices that it takes away
LARGE = {
    "1.00": "87.495", "0.95": "87.745", "0.90": "87.995", "0.85": "88.245", "0.80": "88.495",
}  # fmt: skip


def check(deal: Deal, made: Any) -> None:
    """Hold a result against the envelopes as they were sealed; Violation names the difference."""
    found = queries.result(deal.number)
    if made.outcome == "hold":
        raise Violation(f"an honest opening ended on hold: {made.code}")
    if made.verified == "different":
        raise Violation("the independent verifier came to another answer")
    sound = {one.hash: one for one in deal.promised() if not one.found}
    if found.count != len(sound):
        raise Violation(f"{len(sound)} bids were promised, the result counts {found.count}")
    if not found.bids:
        if len(set(sound) - deal.excluded) >= deal.needed:
            raise Violation("enough bids stood and none was opened")
        return
    if {one.hash for one in found.bids} != set(sound):
        raise Violation("the opened bids are not the promised ones")
    for row in found.bids:
        _read(row, sound[row.hash], deal.excluded)
    if found.prices:
        _draw(found, deal.excluded)
        _prices(found, deal.force)
        _ranks(found, _line(found, deal.force))
    _floor_rate(deal.force)
    _outcome(found, deal.needed)


def _read(row: BidRow, sealed: Envelope, excluded: set[str]) -> None:
    if (row.remark == "excluded") != (row.hash in excluded):
        raise Violation("an exclusion was lost or invented")
    if row.amount is not None and (row.amount, tuple(row.picks)) != (sealed.price, sealed.picks):
        raise Violation("a bid was opened with another price or other numbers than were sealed")
    if not sealed.flaw and row.amount is None:
        raise Violation("a whole envelope could not be read")
    if sealed.flaw == "body" and row.amount is not None:
        raise Violation("a broken envelope was read")


def _draw(found: ResultRow, excluded: set[str]) -> None:
    read = [row for row in found.bids if row.amount is not None]
    shown = Counter(number for row in read for number in row.picks)
    counted = Counter(number for row in read if row.hash not in excluded for number in row.picks)
    if sum(shown.values()) != 2 * len(read):
        raise Violation("a bid does not pick two numbers")
    for price in found.prices:
        if price.picked != shown[price.number]:
            raise Violation(f"number {price.number} was picked {shown[price.number]} times")
        if price.counted != counted[price.number]:
            raise Violation(f"number {price.number} counts {counted[price.number]} times")
    drawn = {price.number for price in found.prices if price.drawn}
    most = sorted((number for number in counted), key=lambda one: (-counted[one], one))[:4]
    if len(drawn) != 4 or not set(most) <= drawn:
        raise Violation(f"numbers {sorted(drawn)} were drawn, {most} were picked most")


def _rounded(value: Fraction, unit: int, how: str) -> int:
    units = value / unit
    if how == "up":
        return math.ceil(units) * unit
    if how == "down":
        return math.floor(units) * unit
    if how == "half_up":
        return math.floor(units + Fraction(1, 2)) * unit
    return round(units) * unit


def _prices(found: ResultRow, terms: NoticeRow) -> None:
    base, unit = terms.base_amount or 0, terms.price_unit or 1
    exact = {row.number: base * Fraction(row.rate) / 100 for row in found.prices}
    for row in found.prices:
        if row.price != _rounded(exact[row.number], unit, terms.price_rounding):
            raise Violation(f"preliminary price {row.number} is {row.price}")
    four: Sequence[Fraction] = [
        Fraction(row.price) if terms.mean_of == "displayed" else exact[row.number]
        for row in found.prices
        if row.drawn
    ]
    reserve = _rounded(sum(four, Fraction(0)) / 4, 1, terms.mean_rounding)
    if found.reserve_price != reserve:
        raise Violation(f"the reserve price is {reserve}, not {found.reserve_price}")
    a_value = terms.a_value or 0
    floor = math.ceil((reserve - a_value) * Fraction(terms.floor_rate) / 100 + a_value)
    if found.floor_price != floor:
        raise Violation(f"the floor price is {floor}, not {found.floor_price}")


def _line(found: ResultRow, terms: NoticeRow) -> int:
    """The net-cost line, 0 without one: 98 percent of what the reserve price holds of it."""
    if terms.base_net_cost is None or terms.procedure == "quotation":
        wanted = None
    else:
        share = Fraction(terms.base_net_cost, terms.base_amount or 1)
        wanted = math.ceil(math.ceil(share * (found.reserve_price or 0)) * Fraction(49, 50))
    if found.net_cost_line != wanted:
        raise Violation(f"the net-cost line is {wanted}, not {found.net_cost_line}")
    return wanted or 0


def _ranks(found: ResultRow, line: int) -> None:
    floor, reserve = found.floor_price or 0, found.reserve_price or 0
    valid = [row for row in found.bids if row.remark not in ("excluded", "void")]
    inside = [row for row in valid if max(floor, line) <= (row.amount or 0) <= reserve]
    for row in valid:
        amount = row.amount or 0
        wanted = "below_net_cost" if amount < line else "normal"
        wanted = "below_floor" if amount < floor else wanted
        wanted = "above_reserve" if amount > reserve else wanted
        rank = 1 + sum((one.amount or 0) < amount for one in inside) if row in inside else 0
        if (row.remark, row.rank) != (wanted, rank):
            raise Violation(f"{amount} is {wanted} with rank {rank}, not {row.remark} {row.rank}")


def _floor_rate(terms: NoticeRow) -> None:
    """The rates of the winter in which a simulation plays, written down once more."""
    kind = terms.service_kind or terms.category
    wanted = {"goods": "88", "services": "88", "simple_labour": "90", "works": "89.745"}[kind]
    if terms.difficulty:
        wanted = LARGE[terms.difficulty]
    if bool(terms.difficulty) != ((terms.estimated_price or 0) >= 5_000_000_000):
        raise Violation(f"{terms.estimated_price} won name the difficulty {terms.difficulty!r}")
    if terms.floor_rate != wanted:
        raise Violation(f"{kind} by {terms.procedure} have the floor rate {terms.floor_rate}")


def _outcome(found: ResultRow, needed: int) -> None:
    valid = [row for row in found.bids if row.remark not in ("excluded", "void")]
    stands = len(valid) >= needed and any(row.rank for row in valid)
    if (found.outcome == "published") != stands:
        raise Violation(f"{len(valid)} valid bids came out as {found.outcome}")
