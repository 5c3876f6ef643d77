"""Range and unit of the preliminary prices against the tables."""

from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.rules.dated import RuleMissing, table
from jangteo.rules.entry.finding import STOP, WARNING, Entered, Finding


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
    """The table's rate for another amount, kind of notice or day: its reason may be a slip."""
    given, rates = entered.floor_rate, table("price/floor_rate")
    if not given or entered.estimated_price is None:
        return []
    try:
        own = rates.on(
            entered.on,
            regime=entered.regime,
            procedure=entered.procedure,
            category=entered.service_kind or entered.category,
            estimated_price=entered.estimated_price,
        )
    except RuleMissing:
        return []
    same = [row for row in rates.rows if row.fraction() == Fraction(given)]
    if own.fraction() == Fraction(given) or not same:
        return []
    text = N_("{given} % is the table's rate for other notices; for this one it is {usual} %.")
    repair = N_("Leave the floor rate empty for the rule's own.")
    params = {"given": given, "usual": own.value}
    code = "entry.floor_rate.other_row"
    return [Finding(WARNING, code, text, repair, own.law, "floor_rate", same[0].id, params)]
