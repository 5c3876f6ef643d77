"""The performance security (계약보증금): how much of the contract's value is secured."""

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import table


@dataclass(frozen=True, slots=True)
class Required:
    """amount: won to be secured; waivable: whether an undertaking in writing suffices."""

    amount: int
    waivable: bool
    reason: Reason
    rule: str


def performance(*, value: int, regime: str, on: date) -> Required:
    """At least a tenth of the contract's value, a fraction of a won counting as a whole one.

    Waived up to the amount of the row. Law: 국가계약법 시행령 제50조, 지방계약법 시행령 제51조,
    제53조. `on` is the day whose law holds.
    """
    row = table("security/performance").on(on, regime=regime)
    amount = math.ceil(value * row.fraction("rate") / 100)
    waivable = value <= row.integer("waived_up_to")
    text = (
        N_("{rate} % of {value:,} won is {amount:,} won; up to {limit:,} won it is waived.")
        if waivable
        else N_("{rate} % of {value:,} won is {amount:,} won.")
    )
    reason = row.reason(
        "security.performance",
        text,
        rate=row.text("rate"),
        value=value,
        amount=amount,
        limit=row.integer("waived_up_to"),
    )
    return Required(amount, waivable, reason, row.id)


def works_bond(*, value: int, award_rate_percent: Fraction, regime: str, on: date) -> Required:
    """The bond (공사이행보증서) that a works supplier may bring in place of the security.

    award_rate_percent: the award / reserve price × 100; for a low award the bond is higher. Never
    waivable by itself. Law: 국가계약법 시행령 제52조제1항제2호, 지방계약법 시행령 제51조제1항제2호.
    """
    row = table("security/works_bond").on(on, regime=regime)
    rate = "low" if award_rate_percent < row.fraction("below") else "rate"
    amount = math.ceil(value * row.fraction(rate) / 100)
    text = N_("A works performance bond covers {rate} % of {value:,} won: {amount:,} won.")
    reason = row.reason(
        "security.works_bond", text, rate=row.text(rate), value=value, amount=amount
    )  # fmt: skip
    return Required(amount, False, reason, row.id)
