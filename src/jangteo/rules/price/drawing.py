"""From the 15 rates and everybody's picks to the reserve price: prices, draw and mean in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.ground.rounding import Rounding
from jangteo.rules.dated import Row
from jangteo.rules.price.draw import Draw, draw
from jangteo.rules.price.preliminary import PreliminaryPrices, preliminary_prices
from jangteo.rules.price.reserve import Reserve, reserve_price


@dataclass(frozen=True, slots=True)
class Terms:
    """What a notice says of its preliminary prices; base_amount and unit in won."""

    base_amount: int
    unit: int
    price_rounding: Rounding | str
    mean_of: str
    mean_rounding: Rounding | str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The 15 prices, the four that were drawn, and the reserve price they give."""

    prices: PreliminaryPrices
    draw: Draw
    reserve: Reserve


def drawn(
    terms: Terms, rates: Sequence[str], picks: Sequence[Sequence[int]],
    counted: Sequence[bool] | None = None, seed: bytes = b"", *, on: date, row: Row | None = None,
) -> Drawn:  # fmt: skip
    """The whole drawing of a lot, each step by its own rule and with its own refusals.

    rates: of the 15 numbers, percent of the base amount; picks: one list a bid; counted: whose
    picks choose, all by default; seed: supplies what nobody picked; on: the rule day, row: of
    price/draw in its place. Law: 국가계약법 시행령 제9조제4항, 지방계약법 시행령 제10조제4항.
    """
    prices = preliminary_prices(terms.base_amount, rates, terms.unit, terms.price_rounding)
    chosen = draw(picks, counted, seed, on=on, row=row)
    reserve = reserve_price(
        terms.base_amount, [rates[number - 1] for number in chosen.chosen], terms.unit,
        terms.price_rounding, terms.mean_of, terms.mean_rounding,
    )  # fmt: skip
    return Drawn(prices, chosen, reserve)
