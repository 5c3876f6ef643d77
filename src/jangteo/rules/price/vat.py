"""Value-added tax: from the estimated price, which excludes it, to the base amount and back."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import table


@dataclass(frozen=True, slots=True)
class Amounts:
    """base_amount: won with value-added tax; estimated_price: without."""

    base_amount: int
    estimated_price: int
    reasons: tuple[Reason, ...]


def amounts(*, base_amount: int | None, estimated_price: int | None, on: date) -> Amounts:
    """Both amounts from one of them; both as they are if both are given. Fractions are dropped.

    `on` is the day of posting. Law: 부가가치세법 제30조; 국가계약법 시행령 제7조 and 지방계약법
    시행령 제7조 for the estimated price. ValueError if neither is given.
    """
    if base_amount is not None and estimated_price is not None:
        return Amounts(base_amount, estimated_price, ())
    row = table("price/vat").on(on)
    factor = 1 + row.fraction() / 100
    if base_amount is not None:
        found = floor(Fraction(base_amount) / factor)
        text = N_("{base:,} won without {rate} % value-added tax is {price:,} won.")
        params = {"base": base_amount, "price": found, "rate": row.value}
        return Amounts(base_amount, found, (row.reason("price.vat.without", text, **params),))
    if estimated_price is None:
        raise ValueError("one of the two amounts is needed")
    found = floor(estimated_price * factor)
    text = N_("{price:,} won with {rate} % value-added tax is {base:,} won.")
    params = {"base": found, "price": estimated_price, "rate": row.value}
    return Amounts(found, estimated_price, (row.reason("price.vat.with", text, **params),))
