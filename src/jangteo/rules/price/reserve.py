"""The reserve price (예정가격): the mean of the four drawn preliminary prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.ground.rounding import Rounding, round_places, round_to
from jangteo.rules.dated import table
from jangteo.rules.price.preliminary import displayed_price, exact_price

LAW = "국가계약법 시행령 제9조제4항 · 지방계약법 시행령 제10조제4항"
_OF = {
    "displayed": N_("The mean of the four displayed prices {prices} is {mean}."),
    "unrounded": N_("The mean of the four unrounded prices {prices} is {mean}."),
}
_ROUNDED = {
    Rounding.UP: N_("Rounded up to a whole won, the reserve price is {price:,} won."),
    Rounding.DOWN: N_("Rounded down to a whole won, the reserve price is {price:,} won."),
    Rounding.HALF_UP: N_("Rounded to the nearest won, the reserve price is {price:,} won."),
    Rounding.HALF_EVEN: N_(
        "Rounded to the nearest won, halves to the even one, the reserve price is {price:,} won."
    ),
}


@dataclass(frozen=True, slots=True)
class Reserve:
    """price: whole won, what bids are held against; exact: the mean before it was rounded.

    for_rates: what displayed bid rates are measured by; the exact mean where the notice takes
    the mean of unrounded prices, the price otherwise.
    """

    price: int
    exact: Fraction
    for_rates: Fraction
    reasons: Sequence[Reason]


def reserve_price(
    base: int,
    chosen_rates: Sequence[str],
    unit: int,
    price_rounding: Rounding | str,
    mean_of: str,
    mean_rounding: Rounding | str,
) -> Reserve:
    """The mean of the drawn prices, rounded to a whole won as the notice names.

    mean_of is "displayed" (each price first rounded to its unit) or "unrounded". The law leaves
    the method to the ministers' standards; the roundings are terms of the notice, their
    defaults the dated tables price/mean_of and price/mean_rounding.
    """
    if mean_of not in _OF or not chosen_rates:
        raise Fault(f"a mean is taken of displayed or unrounded prices, not {mean_of!r}")
    if mean_of == "displayed":
        prices = [
            Fraction(displayed_price(base, rate, unit, price_rounding)) for rate in chosen_rates
        ]
    else:
        prices = [exact_price(base, rate) for rate in chosen_rates]
    exact = mean(prices)
    price = round_to(exact, 1, mean_rounding)
    return Reserve(
        price, exact, exact if mean_of == "unrounded" else Fraction(price),
        Steps(lambda: _reasons(prices, exact, price, mean_of, Rounding(mean_rounding))),
    )  # fmt: skip


def mean(prices: Sequence[Fraction | int]) -> Fraction:
    """The mean of the drawn prices, exact. Law: 국가계약법 시행령 제9조제4항 and the local like."""
    total = sum((Fraction(price) for price in prices), Fraction(0))
    return total / len(prices)


def unit_price(prices: Sequence[Fraction], *, on: date) -> Fraction:
    """The mean of the drawn prices of a contract at unit prices: two decimals, the third up.

    Law: 전자입찰특별유의서 제12조; table price/mean_rounding of the notice's day.
    """
    row = table("price/mean_rounding").on(on, unit="unit_price")
    return round_places(mean(prices), row.integer("places"), row.value)


def _reasons(
    prices: Sequence[Fraction], exact: Fraction, price: int, mean_of: str, rounding: Rounding
) -> list[Reason]:
    shown = {"prices": " · ".join(_shown(p) for p in prices), "mean": _shown(exact)}
    return [
        Reason("price.reserve.mean", _OF[mean_of], shown, LAW),
        Reason(
            "price.reserve.rounded",
            _ROUNDED[rounding],
            {"rounding": str(rounding), "price": price},
            LAW,
        ),
    ]


def _shown(value: Fraction) -> str:
    """An exact decimal: prices have at most five places, a mean of four at most seven."""
    whole, rest = divmod(value, 1)
    digits = f"{int(rest * 10**7):07d}".rstrip("0")
    return f"{int(whole):,}" + (f".{digits}" if digits else "")
