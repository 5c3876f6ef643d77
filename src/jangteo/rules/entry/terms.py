"""Range and unit of the preliminary prices against the tables."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from jangteo.ground.errors import N_
from jangteo.ground.rounding import decimal_text
from jangteo.rules.award.screening import rise
from jangteo.rules.dated import RuleMissing, table
from jangteo.rules.entry.finding import STOP, WARNING, Entered, Finding

_FLOOR = "국가계약법 시행령 제42조제5항 · 지방계약법 시행령 제42조제2항"


def price_range(entered: Entered) -> list[Finding]:
    """Outside the table's range is a stop, inside but not the same a warning."""
    row = table("price/range").on(entered.on, regime=entered.regime)
    low, high = entered.range_low or row.text("low"), entered.range_high or row.text("high")
    if (Fraction(low), Fraction(high)) == (row.fraction("low"), row.fraction("high")):
        return []
    params = {"low": low, "high": high, "from": row.text("low"), "to": row.text("high")}
    outside = Fraction(low) < row.fraction("low") or Fraction(high) > row.fraction("high")
    if outside:
        kind, code = STOP, "entry.range.outside"
        text = N_("A range of {low} to {high} % reaches beyond the table's {from} to {to} %.")
    else:
        kind, code = WARNING, "entry.range.unusual"
        text = N_("A range of {low} to {high} % is not the usual one of {from} to {to} %.")
    repair = N_("Leave the range empty for the rule's own.")
    return [Finding(kind, code, text, repair, row.law, "range_low", row.id, params)]


def price_unit(entered: Entered) -> list[Finding]:
    """Another unit than the table's for this category."""
    row = table("price/unit").on(entered.on, category=entered.category)
    if entered.price_unit in (None, row.integer()):
        return []
    text = N_("A unit of {unit} won is not the usual one of {usual} won.")
    repair = N_("Leave the unit empty for the rule's own.")
    params = {"unit": entered.price_unit, "usual": row.integer()}
    return [
        Finding(
            WARNING, "entry.unit.unusual", text, repair, row.law, "price_unit", row.id, params
        )
    ]  # fmt: skip


def floor_rate(entered: Entered) -> list[Finding]:
    """Another rate than the table's for this notice: never by one person alone.

    A stop where the table is sure of the notice's own rate (its row is not assumed) and no row of
    any kind, amount or day holds the given one: nobody's standard. Otherwise a warning that two
    people answer whatever the amount: the rate of another row, or one where no table is sure.
    """
    given, price = entered.floor_rate, entered.estimated_price
    if not given or price is None:
        return []
    rates = table("price/floor_rate")
    try:
        own = rates.on(
            entered.on,
            regime=entered.regime,
            procedure=entered.procedure,
            category=entered.service_kind or entered.category,
            estimated_price=price,
        )
    except RuleMissing:
        return [_unknown_floor(entered)]
    higher, _ = rise(
        regime=entered.regime, category=entered.category, estimated_price=price, on=entered.on,
        difficulty=entered.difficulty,
    )  # fmt: skip
    usual = own.fraction() + higher
    if usual == Fraction(given):
        return []
    same = [row for row in rates.rows if row.fraction() == Fraction(given)]
    reason = entered.floor_rate_reason or "-"
    told = {"given": given, "usual": decimal_text(usual, 3), "reason": reason}
    law, repair = own.law, N_("Leave the floor rate empty for the rule's own.")
    if same:
        text = N_("{given} % is the table's rate for other notices; for this one it is {usual} %. "
                  "The notice says: {reason}")  # fmt: skip
        return [_floor("other_row", text, repair, law, same[0].id, told)]
    if own.sure == "assumed":
        text = N_("{given} % is not the assumed {usual} %. The notice says: {reason}")
        return [_floor("own", text, repair, law, own.id, told)]
    text = N_("{given} % is in no row of the table; for this notice it is {usual} %.")
    code = "entry.floor_rate.in_no_row"
    return [Finding(STOP, code, text, repair, law, "floor_rate", own.id, told)]


def _unknown_floor(entered: Entered) -> Finding:
    text = N_(
        "No table knows a floor rate for this notice: {given} % is its own. It says: {reason}"
    )
    repair = N_("Name the standard where the rate stands; a second person reads it there.")
    told = {"given": entered.floor_rate, "reason": entered.floor_rate_reason or "-"}
    return _floor("own", text, repair, _FLOOR, "", told)


def _floor(
    name: str, text: str, repair: str, law: str, row: str, told: Mapping[str, Any]
) -> Finding:
    code = f"entry.floor_rate.{name}"
    return Finding(WARNING, code, text, repair, law, "floor_rate", row, told, two=True)
