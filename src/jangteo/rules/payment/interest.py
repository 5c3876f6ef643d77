"""Interest for a payment that came late (대가지급지연이자)."""

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import table


@dataclass(frozen=True, slots=True)
class Interest:
    """amount: whole won; days: from the day after the due day to the day of payment, inclusive."""

    amount: int
    days: int
    reason: Reason
    rule: str


def late_interest(*, amount: int, due: date, paid: date, regime: str, on: date) -> Interest:
    """amount × rate × days / 365, a fraction of a won dropped; 0 if paid by the due day.

    due: the last day in time. on: the day on which the delay began: its rate holds. Law:
    국가계약법 시행령 제59조, 지방계약법 시행령 제68조; the division by 365 and the rounding down
    are assumed (ADR 0017).
    """
    row = table("payment/late_interest").on(on, regime=regime)
    days = max(0, (paid - due).days)
    found = accrued(amount, row.fraction("rate"), days)
    reason = row.reason(
        "payment.late_interest",
        N_("{amount:,} won × {rate} % × {days} days / 365, rounded down, is {found:,} won."),
        amount=amount,
        rate=row.text("rate"),
        days=days,
        found=found,
    )
    return Interest(found, days, reason, row.id)


def accrued(amount: int, rate: Fraction, days: int) -> int:
    """Interest of so many days at a yearly rate in percent; a fraction of a won is dropped."""
    return math.floor(amount * rate / 100 * days / 365)
