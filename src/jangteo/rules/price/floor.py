"""The floor price (낙찰하한가): the lowest bid that can still pass."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.rate import Rate
from jangteo.ground.reason import Reason, Steps

LAW = "국가계약법 시행령 제42조제5항 · 지방계약법 시행령 제42조제2항"


@dataclass(frozen=True, slots=True)
class Floor:
    """price: the lowest amount in whole won that is not below the floor."""

    price: int
    reasons: Sequence[Reason]


def floor_price(reserve: int, floor_rate: str, a_value: int = 0) -> Floor:
    """(reserve price - A) x floor rate + A, a fraction of a won counting as a whole one.

    The floor rate is a term of the notice (default: table price/floor_rate of the notice's
    day); the A value is published with the base amount and is never scaled. Refusal
    "price.floor.a_value_too_large" if A is not below the reserve price.
    """
    if not 0 <= a_value < reserve:
        raise Refusal(
            "price.floor.a_value_too_large",
            N_("The A value {a_value:,} is not below the reserve price {reserve:,}."),
            repair=N_("Check the A value of the notice."),
            law=LAW,
            field="a_value",
            a_value=a_value,
            reserve=reserve,
        )
    exact = (reserve - a_value) * Rate.parse(floor_rate).ratio + a_value
    price = math.ceil(exact)
    return Floor(price, Steps(lambda: [_why(reserve, floor_rate, a_value, price)]))


def _why(reserve: int, floor_rate: str, a_value: int, price: int) -> Reason:
    return Reason(
        "price.floor.computed",
        N_(
            "({reserve:,} − {a_value:,}) × {floor_rate} % + {a_value:,}, rounded up, "
            "is {price:,} won."
        ),
        {"reserve": reserve, "a_value": a_value, "floor_rate": floor_rate, "price": price},
        LAW,
    )
