"""Amounts that are all ten times too high or too low together, against what the agency paid."""

import re
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.rules.dated import table
from jangteo.rules.entry.finding import WARNING, Entered, Finding, Past

_POWERS = tuple(Fraction(10) ** power for power in (1, 2, 3, -1, -2, -3))
_REPAIR = N_("Compare the amounts with the approval document; a second person agrees.")


def against_own(entered: Entered, past: Past) -> list[Finding]:
    """A power of ten away from the same purchase before, or from all of its kind.

    Two amounts of which one follows from the other are both wrong and fit each other; only
    another figure shows it. Two people may say that it is right: a project may really have grown.
    """
    base = entered.base_amount
    return (_same_item(entered, past, base) or _of_kind(entered, past, base)) if base else []


def _same_item(entered: Entered, past: Past, base: int) -> list[Finding]:
    """Against the latest notice of the same title, its year and number left out."""
    row = table("entry/limits").on(entered.on, name="powers_of_ten")
    name, near = _plain(entered.title), row.fraction("near")
    same = next((one for one in past.own if one.base_amount and _plain(one.title) == name), None)
    if not name or same is None:
        return []
    ratio = Fraction(base, same.base_amount)
    if not any(1 / near <= ratio / power <= near for power in _POWERS):
        return []
    text = N_(
        "{base:,} won is some power of ten away from the {before:,} won of {number} ({title})."
    )
    told = {"base": base, "before": same.base_amount, "number": same.number, "title": same.title}
    code = "entry.amounts.unlike_the_same"
    return [
        Finding(WARNING, code, text, _REPAIR, row.law, "base_amount", row.id, told, two=True)
    ]  # fmt: skip


def _of_kind(entered: Entered, past: Past, base: int) -> list[Finding]:
    """Ten times the largest, or a tenth of the smallest, of many notices of the kind."""
    row = table("entry/limits").on(entered.on, name="powers_of_ten")
    known = [one.base_amount for one in past.own if one.base_amount]
    if len(known) < row.integer("least"):
        return []
    if min(known) < 10 * base and base < 10 * max(known):
        return []
    text = N_("{base:,} won is ten times apart from all {count} earlier notices of this kind: "
              "{low:,} to {high:,} won.")  # fmt: skip
    told = {"base": base, "count": len(known), "low": min(known), "high": max(known)}
    code = "entry.amounts.unlike_all"
    return [
        Finding(WARNING, code, text, _REPAIR, row.law, "base_amount", row.id, told, two=True)
    ]  # fmt: skip


def _plain(title: str) -> str:
    """A title without years and counts, spaces and signs: next year's purchase has the same.

    A number of five digits and more is a name and stays.
    """
    return re.sub(r"[\W_]+", "", re.sub(r"(?<!\d)\d{1,4}(?!\d)", "", title))
