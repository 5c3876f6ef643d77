"""The 15 preliminary prices: strata, rates derived from two sealed seeds, displayed prices."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from jangteo.ground.errors import N_, Fault, Refusal
from jangteo.ground.rate import Rate
from jangteo.ground.reason import Reason
from jangteo.ground.rounding import Rounding, decimal_text, round_to
from jangteo.rules.dated import Row, RuleMissing, table
from jangteo.rules.price.stream import Stream, key

SEED_BYTES = 32
_DISPLAYED = {
    Rounding.UP: N_("A price is {base:,} won times its rate, rounded up to {unit} won."),
    Rounding.DOWN: N_("A price is {base:,} won times its rate, rounded down to {unit} won."),
    Rounding.HALF_UP: N_("A price is {base:,} won times its rate, to the nearest {unit} won."),
    Rounding.HALF_EVEN: N_(
        "A price is {base:,} won times its rate, to the nearest {unit} won, halves to the even one."
    ),
}


@dataclass(frozen=True, slots=True)
class Strata:
    """The cells of the range, ascending, in thousandths of a percent of the base amount.

    Cell i holds the rates from bounds[i] (inclusive) to bounds[i + 1] (exclusive); the last
    cell holds its upper bound as well.
    """

    bounds: tuple[int, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def count(self) -> int:
        """How many cells, so how many prices."""
        return len(self.bounds) - 1

    def fits(self, rates: Sequence[str]) -> bool:
        """Whether the rates lie one in each cell."""
        grid = sorted(_thousandths(rate) for rate in rates)
        return len(grid) == self.count and all(
            low <= rate < high or (rate == high == self.bounds[-1])
            for rate, low, high in zip(grid, self.bounds, self.bounds[1:], strict=False)
        )


@dataclass(frozen=True, slots=True)
class PreliminaryPrice:
    """One of the 15: its number from 1, its rate in percent, displayed and exact price."""

    number: int
    rate: str
    price: int
    exact: Fraction


@dataclass(frozen=True, slots=True)
class PreliminaryPrices:
    """All of them in the order of their numbers, and why they are what they are."""

    prices: tuple[PreliminaryPrice, ...]
    reasons: tuple[Reason, ...]


@lru_cache(maxsize=1_000)
def strata(low: str, high: str, *, on: date, variant: str = "usual") -> Strata:
    """The cells of a range such as "-3" to "3", on the day of the notice.

    Law: the dated table price/strata. So many equal cells below and above the base amount, or
    equal cells over the whole range; bounds are truncated at three decimals of a percent.
    Refusal "price.range.malformed" if the range does not reach from below to above zero.
    """
    bottom, top = Rate.parse(low).percent, Rate.parse(high).percent
    if not -100 < bottom < 0 < top < 100:
        raise Refusal(
            "price.range.malformed",
            N_("A range of preliminary prices reaches from below to above the base amount."),
            repair=N_("Give a negative lower and a positive upper percentage, such as -3 and 3."),
            field="range_low",
        )
    row = _strata_row(_plain(bottom), _plain(top), on, variant)
    reason = row.reason(
        "price.preliminary.strata",
        N_("One price lies in each of the cells bounded by {bounds} percent of the base amount."),
        bounds=" · ".join(_percent(bound) for bound in _bounds(row, bottom, top)),
    )
    return Strata(_bounds(row, bottom, top), (reason,))


def _strata_row(low: str, high: str, on: date, variant: str) -> Row:
    rows = table("price/strata")
    try:
        return rows.on(on, low=low, high=high, variant=variant)
    except RuleMissing:
        return rows.on(on, low="other", high="other", variant=variant)


def _plain(percent: Fraction) -> str:
    text = decimal_text(percent, 3)
    return text.rstrip("0").rstrip(".")


def _bounds(row: Row, bottom: Fraction, top: Fraction) -> tuple[int, ...]:
    if "equal" in row.values:
        count = row.integer("equal")
        points = [bottom + (top - bottom) * i / count for i in range(count + 1)]
    else:
        below, above = row.integer("below"), row.integer("above")
        points = [bottom - bottom * i / below for i in range(below)]
        points += [top * i / above for i in range(above + 1)]
    return tuple(math.floor((100 + point) * 1000) for point in points)


def derive_rates(
    seed_a: bytes, seed_b: bytes, low: Fraction | str, high: Fraction | str, strata: Strata
) -> list[str]:
    """The 15 rates in percent, three decimals, in the order of their numbers 1 to 15.

    seed_a is the agency's seed, seed_b the platform's, 32 bytes each; the same seeds give the
    same rates for ever. One rate is taken from each cell, every thousandth of a percent equally
    likely, and the numbers are shuffled (Fisher-Yates). Nothing is rounded. Low and high are
    the notice's range and must be the strata's own. Law: price/strata; the construction is
    docs/rules/preliminary-prices.md, version 1.
    """
    if len(seed_a) != SEED_BYTES or len(seed_b) != SEED_BYTES:
        raise Fault("a seed has 32 bytes")
    ends = [(100 + Fraction(end)) * 1000 for end in (low, high)]
    if ends != [Fraction(strata.bounds[0]), Fraction(strata.bounds[-1])]:
        raise Fault("the strata are not those of the range")
    stream = Stream(key("jangteo/preliminary-prices/1", seed_a, seed_b))
    last = strata.count - 1
    rates = [
        strata.bounds[i] + stream.below(strata.bounds[i + 1] - strata.bounds[i] + (i == last))
        for i in range(strata.count)
    ]
    for i in range(last, 0, -1):
        j = stream.below(i + 1)
        rates[i], rates[j] = rates[j], rates[i]
    return [_percent(rate) for rate in rates]


def exact_price(base: int, rate: str) -> Fraction:
    """Base amount times rate in percent, unrounded."""
    return Fraction(base * _thousandths(rate), 100_000)


def displayed_price(base: int, rate: str, unit: int, rounding: Rounding | str) -> int:
    """Base amount times rate in percent, rounded to the unit as the notice names."""
    return round_to(exact_price(base, rate), unit, rounding)


def preliminary_prices(
    base: int, rates: Sequence[str], unit: int, rounding: Rounding | str
) -> PreliminaryPrices:
    """All displayed prices with their reason; numbers are 1, 2, … in the order of the rates."""
    prices = tuple(
        PreliminaryPrice(
            number, rate, displayed_price(base, rate, unit, rounding), exact_price(base, rate)
        )
        for number, rate in enumerate(rates, 1)
    )
    reason = Reason(
        "price.preliminary.displayed",
        _DISPLAYED[Rounding(rounding)],
        {"base": base, "rounding": str(Rounding(rounding)), "unit": unit},
        "국가계약법 시행령 제9조제4항 · 지방계약법 시행령 제10조제4항",
    )
    return PreliminaryPrices(prices, (reason,))


def _percent(thousandths: int) -> str:
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


@lru_cache(maxsize=10_000)
def _thousandths(rate: str) -> int:
    return int(Rate.parse(rate).percent * 1000)
