"""From published prices back to the terms that made them: for re-enacting past openings."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.ground.rounding import Rounding, decimal_text, round_to
from jangteo.rules.dated import table
from jangteo.rules.price.preliminary import strata

_GRID = 100_000  # thousandths of a percent in one
_UNITS = (100, 1)
_RANGES = (("-2", "2"), ("-3", "3"))


@dataclass(frozen=True, slots=True)
class Inferred:
    """Terms under which a notice gives exactly these prices; variant: of the strata."""

    range_low: str
    range_high: str
    unit: int
    price_rounding: str
    mean_of: str
    mean_rounding: str
    variant: str
    rates: tuple[str, ...]
    reasons: tuple[Reason, ...]


def rate_of(price: int, base: int, unit: int, rounding: Rounding | str) -> str:
    """The only rate with three decimals whose rounded product with the base is the price.

    Refusal "price.rate.none" if no rate gives the price, "price.rate.ambiguous" if several do
    (the base amount is too small for the unit).
    """
    reach = math.ceil(Fraction(unit * _GRID, base))
    middle = round(Fraction(price * _GRID, base))
    found = [
        rate
        for rate in range(max(middle - reach, 0), middle + reach + 1)
        if round_to(Fraction(base * rate, _GRID), unit, rounding) == price
    ]
    if len(found) == 1:
        return decimal_text(Fraction(found[0], 1000), 3)
    raise Refusal(
        "price.rate.ambiguous" if found else "price.rate.none",
        N_("{found} rates of three decimals give {price:,} of {base:,} at a unit of {unit} won."),
        repair=N_("Check the base amount, the price and the unit."),
        found=len(found),
        price=price,
        base=base,
        unit=unit,
    )


def infer_terms(prices: Sequence[int], base: int, *, on: date = date.max) -> Inferred:
    """Unit, roundings, range and strata that explain all prices, by the tables of a day.

    Without a day, by the rows that have no end yet.

    The unit is 100 won if all prices are multiples of it, otherwise 1; roundings and mean mode
    are the unit's defaults; the range is the narrowest known one that holds all rates. Refusal
    "price.infer.no_strata" if the prices do not lie one in each cell of any known variant,
    and as rate_of().
    """
    unit = next(unit for unit in _UNITS if all(price % unit == 0 for price in prices))
    rounding = table("price/rounding").on(on, unit=unit)
    mean_of = table("price/mean_of").on(on, unit=unit)
    mean_rounding = table("price/mean_rounding").on(on, unit=unit)
    rates = tuple(rate_of(price, base, unit, rounding.value) for price in prices)
    low, high, variant = _cells(rates, on)
    reason = Reason(
        "price.infer.terms",
        N_("Inferred from the prices: {low} to {high} %, unit {unit} won, rounding {rounding}."),
        {"low": low, "high": high, "unit": unit, "rounding": rounding.value, "strata": variant},
        rounding.law,
        rounding.id,
    )
    return Inferred(
        range_low=low,
        range_high=high,
        unit=unit,
        price_rounding=rounding.value,
        mean_of=mean_of.value,
        mean_rounding=mean_rounding.value,
        variant=variant,
        rates=rates,
        reasons=(reason,),
    )


def _cells(rates: Sequence[str], on: date) -> tuple[str, str, str]:
    known = {(row.where["low"], row.where["variant"]) for row in table("price/strata").all_on(on)}
    for low, high in _RANGES:
        for variant in ("usual", "mirrored"):
            if (low, variant) in known and strata(low, high, on=on, variant=variant).fits(rates):
                return low, high, variant
    raise Refusal(
        "price.infer.no_strata",
        N_("The prices do not lie one in each cell of any known range."),
        repair=N_("Check the base amount and the 15 prices."),
    )
