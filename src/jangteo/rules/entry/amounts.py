"""Amounts that cannot be right, and amounts that seldom are."""

from fractions import Fraction
from typing import Any

from jangteo.ground.errors import N_
from jangteo.rules.dated import Row, table
from jangteo.rules.entry.finding import STOP, WARNING, Entered, Finding, Past

_REPAIR = N_("Compare both amounts with the design papers.")
_POWERS = (10, 100, 1000)


def limit(name: str, entered: Entered) -> Row:
    """The row of `entry/limits` that holds for a notice."""
    return table("entry/limits").on(entered.on, name=name)


def _found(row: Row, kind: str, code: str, text: str, field: str, **params: Any) -> Finding:
    repair = params.pop("repair", _REPAIR)
    return Finding(kind, f"entry.{code}", text, repair, row.law, field, row.id, params)


def with_and_without_tax(entered: Entered) -> list[Finding]:
    """Base amount against estimated price: the one is the other with value-added tax.

    Stops: below it, above it by more than the tax, a power of ten away. A base amount that holds
    no tax, or tax on a part only, is a warning: some things are exempt.
    """
    base, price = entered.base_amount, entered.estimated_price
    if not base or not price:
        return []
    row = limit("vat_tolerance", entered)
    ratio, tolerance = Fraction(base, price), row.fraction("ratio")
    taxed = 1 + table("price/vat").on(entered.on).fraction() / 100
    params = {"base": base, "price": price}
    if abs(ratio - taxed) <= tolerance:
        if abs(base - price * taxed) <= row.integer("won"):
            return []
        text = N_("{base:,} won is not {price:,} won with its value-added tax, to the won.")
        return [_found(row, WARNING, "amounts.not_to_the_won", text, "base_amount", **params)]
    for power in _POWERS:
        for times in (Fraction(power), Fraction(1, power)):
            if any(abs(ratio / times - usual) <= tolerance for usual in (1, taxed)):
                return [
                    _found(
                        row, STOP, "amounts.power_of_ten",
                        N_("{base:,} and {price:,} won are {times} times apart: a digit too many."),
                        "base_amount", times=power, **params,
                    )
                ]  # fmt: skip
    if ratio < 1 - tolerance:
        text = N_("The base amount, {base:,} won, is below the estimated price, {price:,} won.")
        return [_found(row, STOP, "amounts.swapped", text, "base_amount", **params)]
    if ratio > taxed + tolerance:
        text = N_("{base:,} won is more than {price:,} won and its value-added tax.")
        return [_found(row, STOP, "amounts.tax_mixed", text, "base_amount", **params)]
    text = N_("{base:,} won does not hold the whole value-added tax on {price:,} won.")
    return [_found(row, WARNING, "amounts.tax_missing", text, "base_amount", **params)]


def a_value(entered: Entered) -> list[Finding]:
    """The A value as a share of the base amount of works; a quotation often has none."""
    base, value = entered.base_amount, entered.a_value
    if entered.category != "works" or not base or value is None:
        return []
    if value == 0 and entered.procedure != "open":
        return []
    row = limit("a_value_share", entered)
    share = Fraction(100 * value, base)
    params = {"value": value, "base": base, "low": row.text("low"), "high": row.text("high")}
    repair = N_("Add up the items of the A value once more.")
    if share >= row.fraction("stop"):
        text = N_("An A value of {value:,} won is {stop} % of the base amount or more.")
        params |= {"stop": row.text("stop")}
        return [_found(row, STOP, "a_value.too_large", text, "a_value", repair=repair, **params)]
    if value == 0:
        text = N_("Works with no A value at all are rare.")
        return [_found(row, WARNING, "a_value.none", text, "a_value", repair=repair)]
    if row.fraction("low") <= share <= row.fraction("high"):
        return []
    text = N_("An A value of {value:,} won for {base:,} won lies outside {low} to {high} %.")
    return [_found(row, WARNING, "a_value.unusual", text, "a_value", repair=repair, **params)]


def against_the_market(entered: Entered, past: Past) -> list[Finding]:
    """An amount above nearly all that were ever published in its class."""
    row = limit("top", entered)
    base = entered.base_amount or 0
    if past.known < row.integer("least") or base <= past.top:
        return []
    text = N_("{base:,} won is above {percent} % of all published amounts of its class.")
    params = {"base": base, "percent": row.text("percent")}
    return [_found(row, WARNING, "amounts.above_all", text, "base_amount", **params)]


def last_digits(entered: Entered, past: Past) -> list[Finding]:
    """Odd won from an agency whose amounts nearly always end in zeros."""
    row = limit("digits", entered)
    unit = 10 ** row.integer("zeros")
    even = sum(one.base_amount % unit == 0 for one in past.own)
    enough = len(past.own) >= row.integer("least")
    nearly_always = 100 * even >= row.integer("percent") * len(past.own)
    base = entered.base_amount or 0
    if not (enough and nearly_always and base % unit):
        return []
    text = N_("{base:,} won does not end in {unit:,}, as this agency's amounts nearly always do.")
    return [_found(row, WARNING, "amounts.last_digits", text, "base_amount", base=base, unit=unit)]
