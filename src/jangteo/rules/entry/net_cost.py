"""The net cost within the base amount: asked for where the law draws a line, and its share."""

from fractions import Fraction
from typing import Any

from jangteo.ground.errors import N_
from jangteo.rules.dated import Row, RuleMissing, table
from jangteo.rules.entry.amounts import limit
from jangteo.rules.entry.finding import STOP, WARNING, Entered, Finding
from jangteo.rules.price.net_cost import TABLE

_REPAIR = N_("Add up material, labour, expenses and the tax on them once more.")


def share(entered: Entered) -> list[Finding]:
    """None named where the law may draw a line; one that cannot be, or seldom is.

    Stops: more than the base amount, less than the stop of `entry/limits`, below the A value,
    whose items are all among the expenses. Law: 국가계약법 제10조제3항; 지방계약법 제13조제4항.
    """
    base, cost = entered.base_amount, entered.base_net_cost
    if entered.category != "works" or entered.procedure != "open" or not base:
        return []
    if cost is None:
        return _missing(entered, base)
    row, percent = limit("net_cost_share", entered), Fraction(100 * cost, base)
    given: dict[str, Any] = {"cost": cost, "base": base}
    if percent > 100:
        text = N_("A net cost of {cost:,} won is more than the base amount of {base:,} won.")
        return [_found(row, STOP, "too_large", text, **given)]
    if percent < row.fraction("stop"):
        text = N_("A net cost of {cost:,} won is less than {stop} % of the base amount.")
        return [_found(row, STOP, "too_small", text, **given, stop=row.text("stop"))]
    if cost < (entered.a_value or 0):
        text = N_("The A value, {value:,} won, is a part of the net cost, {cost:,} won.")
        return [_found(row, STOP, "below_a_value", text, cost=cost, value=entered.a_value)]
    if row.fraction("low") <= percent <= row.fraction("high"):
        return []
    text = N_("A net cost of {cost:,} won for {base:,} won lies outside {low} to {high} %.")
    given |= {"low": row.text("low"), "high": row.text("high")}
    return [_found(row, WARNING, "unusual", text, **given)]


def _missing(entered: Entered, base: int) -> list[Finding]:
    """The warning where a row of `price/net_cost` may answer the lowest reserve price there is."""
    usual = table("price/range").on(entered.on, regime=entered.regime)
    low = entered.range_low or usual.text("low")
    lowest = int(base * (100 + Fraction(low)) / 100)
    try:
        row = table(TABLE).on(
            entered.on, regime=entered.regime, category=entered.category, reserve_price=lowest
        )
    except RuleMissing:
        return []
    text = N_("No net cost is named: no bid could be left out below {percent} % of it.")
    repair = N_("Enter it from the design papers, or write down why there is none.")
    return [_found(row, WARNING, "missing", text, repair=repair, percent=row.text("percent"))]


def _found(row: Row, kind: str, code: str, text: str, **params: Any) -> Finding:
    repair = params.pop("repair", _REPAIR)
    return Finding(
        kind, f"entry.net_cost.{code}", text, repair, row.law, "base_net_cost", row.id, params
    )
