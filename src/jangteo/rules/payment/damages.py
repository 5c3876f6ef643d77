"""Damages for delay (지체상금, 지연배상금): a share of the value for each day late."""

import math
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import table


@dataclass(frozen=True, slots=True)
class Damages:
    """amount: whole won; days: late; capped: whether the highest share of the law was reached."""

    amount: int
    days: int
    capped: bool
    reason: Reason
    rule: str


def delay_damages(
    *, value: int, accepted: int, ends: date, done: date, regime: str, category: str, on: date
) -> Damages:
    """(value − accepted and taken over) × rate × days late, at most the cap; a fraction dropped.

    ends: last day of the contract, later by the days that are not the supplier's fault; done: day
    of the completion; accepted: what was inspected and taken over apart before. Law: 국가계약법
    시행령 제74조, 시행규칙 제75조; 지방계약법 시행령 제90조, 시행규칙 제75조. `on` is the day whose
    law holds; the rounding down is assumed (ADR 0017).
    """
    row = table("payment/delay_damages").on(on, regime=regime, category=category)
    days = max(0, (done - ends).days)
    base = max(0, value - accepted)
    most = math.floor(base * row.fraction("cap") / 100)
    full = math.floor(base * row.fraction("per_thousand") / 1000 * days)
    reason = row.reason(
        "payment.delay_damages",
        N_("{base:,} won × {rate}/1000 × {days} days, at most {most:,} won, is {found:,} won."),
        base=base,
        rate=row.text("per_thousand"),
        days=days,
        most=most,
        found=min(full, most),
    )
    return Damages(min(full, most), days, full > most, reason, row.id)
