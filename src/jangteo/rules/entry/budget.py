"""The base amount against what is set aside: the figure that follows from none of the others."""

from fractions import Fraction
from typing import Any

from jangteo.ground.errors import N_
from jangteo.rules.dated import Row, table
from jangteo.rules.entry.amounts import limit
from jangteo.rules.entry.finding import STOP, WARNING, Entered, Finding

_REPAIR = N_("Compare both amounts with the approval of the purchase.")


def against_the_base(entered: Entered) -> list[Finding]:
    """The budget against the base amount, both with value-added tax.

    Stops: a base amount above the budget, a small part of it (a digit is missing), or without the
    tax that the budget holds. No budget for a competition, and a base amount far below it, are
    warnings. Law: 국가계약법 시행령 제9조; 지방계약법 시행령 제10조 (the figures it guards).
    """
    base, budget = entered.base_amount, entered.budget_amount
    if not base:
        return []
    row = limit("budget", entered)
    if budget is None:
        return _none(row) if entered.procedure == "open" else []
    given: dict[str, Any] = {"base": base, "budget": budget}
    if base > budget:
        text = N_("The base amount, {base:,} won, is above the budget, {budget:,} won.")
        return [_found(row, STOP, "exceeded", text, **given)]
    percent = Fraction(100 * base, budget)
    if percent <= row.fraction("stop"):
        text = N_("{base:,} won is {stop} % of the budget of {budget:,} won or less: a digit is "
                  "missing in one of them.")  # fmt: skip
        return [_found(row, STOP, "digit_missing", text, **given, stop=row.text("stop"))]
    if _tax_missing(entered, Fraction(budget, base), row):
        text = N_("The budget, {budget:,} won, holds the value-added tax; {base:,} won does not.")
        repair = N_("Enter both with the tax, or both without where the purchase is exempt.")
        return [_found(row, STOP, "tax_mixed", text, repair=repair, **given)]
    if percent < row.fraction("low"):
        text = N_("{base:,} won is less than {low} % of the budget of {budget:,} won.")
        return [_found(row, WARNING, "far_below", text, **given, low=row.text("low"))]
    return []


def _none(row: Row) -> list[Finding]:
    text = N_("No budget is named: amounts that are wrong together would fit each other.")
    repair = N_("Enter it from the approval of the purchase, or write down why there is none.")
    return [_found(row, WARNING, "none", text, repair=repair)]


def _tax_missing(entered: Entered, ratio: Fraction, row: Row) -> bool:
    """Whether the base amount is a price without tax, and the budget that price with it."""
    taxed = 1 + table("price/vat").on(entered.on).fraction() / 100
    return entered.base_amount == entered.estimated_price and (
        abs(ratio - taxed) <= row.fraction("tolerance")
    )


def _found(row: Row, kind: str, code: str, text: str, *, repair: str = _REPAIR,
           **params: Any) -> Finding:  # fmt: skip
    return Finding(
        kind, f"entry.budget.{code}", text, repair, row.law, "budget_amount", row.id, params
    )
