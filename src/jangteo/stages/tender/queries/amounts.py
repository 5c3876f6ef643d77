"""What stands against the amounts and rates of a notice, before keys are asked for."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.award.screening import raised
from jangteo.rules.price.defaults import FloorRate, floor_rate
from jangteo.rules.price.preliminary import Strata, displayed_price, strata
from jangteo.stages.tender.queries.rows import DraftRow, TermsRow

_PRICES = "국가계약법 시행령 제9조제4항 · 지방계약법 시행령 제10조제4항"


def table_floor(row: TermsRow, *, on: date) -> FloorRate | None:
    """The floor rate of the table for this estimated price, or None while there is none."""
    if not row.estimated_price:
        return None
    try:
        return own_floor(row, on=on)
    except Refusal:
        return None


def floor_reasons(row: TermsRow, *, on: date) -> tuple[Reason, ...]:
    """Why the floor rate of a notice is what it is; nothing where the notice departs from it."""
    found = table_floor(row, on=on)
    return tuple(found.reasons) if found and found.rate == row.floor_rate else ()


def own_floor(row: TermsRow, *, on: date) -> FloorRate:
    """The same, with the refusal where no floor rate is known; the kind of services counts."""
    price = row.estimated_price or 0
    kind = row.service_kind or row.category
    found = floor_rate(row.regime, kind, price, on=on, procedure=row.procedure)
    return raised(
        found, regime=row.regime, category=row.category, estimated_price=price, on=on,
        difficulty=row.difficulty,
    )  # fmt: skip


def price_problems(draft: DraftRow, terms: Mapping[str, Any], *, on: date) -> list[Refusal]:
    """Whether 15 different prices can be shown, and the A value lies below each of them.

    terms: all terms, defaults in place of blanks.
    """
    cells = strata(terms["range_low"], terms["range_high"], on=on)
    if any(low >= high for low, high in pairwise(cells.bounds)):
        return [_too_narrow(terms)]
    if not draft.base_amount:
        return []
    if _narrowest(cells, draft.base_amount) < terms["price_unit"]:
        return [_too_small(terms)]
    lowest = lowest_price(draft.base_amount, terms)
    if draft.a_value is None or draft.a_value < lowest:
        return []
    return [
        Refusal(
            "tender.a_value.too_large",
            N_("The A value must be smaller than the lowest preliminary price, {lowest:,} won."),
            repair=N_("Check the sum of insurances, safety and quality costs."),
            law=_PRICES,
            field="a_value",
            lowest=lowest,
        )
    ]


def lowest_price(base: int, terms: Mapping[str, Any]) -> int:
    """The lowest amount that the reserve price can come out at, in whole won."""
    low = 100 + Fraction(terms["range_low"])
    shown = displayed_price(base, share(low), terms["price_unit"], terms["price_rounding"])
    return min(shown, int(base * low / 100))


def share(percent: Fraction) -> str:
    """A rate of the base amount as text, exact to three decimals: 97 becomes "97.000"."""
    thousandths = int(percent * 1000)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def _narrowest(cells: Strata, base: int) -> Fraction:
    """How many won the narrowest cell spans."""
    least = min(high - low for low, high in pairwise(cells.bounds))
    return Fraction(base * least, 100_000)


def _too_narrow(terms: Mapping[str, Any]) -> Refusal:
    return Refusal(
        "tender.range.too_narrow",
        N_("Between {low} and {high} % there is no room for 15 different rates."),
        repair=N_("Widen the range, or leave it empty for the rule's own."),
        law=_PRICES,
        field="range_low",
        low=terms["range_low"],
        high=terms["range_high"],
    )


def _too_small(terms: Mapping[str, Any]) -> Refusal:
    return Refusal(
        "tender.base_amount.too_small",
        N_("The base amount is too small for 15 different prices in units of {unit} won."),
        repair=N_("Choose a smaller unit, widen the range, or check the base amount."),
        law=_PRICES,
        field="base_amount",
        unit=terms["price_unit"],
    )


def floor_problems(draft: DraftRow, *, on: date) -> list[Refusal]:
    """Whether a floor rate of the notice's own is possible and has its reason."""
    if not draft.floor_rate or not draft.estimated_price:
        return []
    given = Fraction(draft.floor_rate)
    if not 0 < given < 100:
        return [
            Refusal(
                "tender.floor_rate.impossible",
                N_("A floor rate lies between 0 and 100 percent."),
                repair=N_("Enter a rate such as 89.745, or leave it empty for the law's own."),
                field="floor_rate",
            )
        ]
    table = table_floor(draft, on=on)
    if (table and Fraction(table.rate) == given) or draft.floor_rate_reason:
        return []
    return [
        Refusal(
            "tender.floor_rate.unusual",
            N_("The floor rate {given} % is not the one of the table: {usual}."),
            repair=N_("Give the reason for another rate, or leave it empty for the table's."),
            law="국가계약법 시행령 제42조제5항 · 지방계약법 시행령 제42조제2항",
            field="floor_rate_reason",
            given=draft.floor_rate,
            usual=f"{table.rate} %" if table else "-",
        )
    ]
