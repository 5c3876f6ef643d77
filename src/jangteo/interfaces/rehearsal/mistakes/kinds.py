"""Twelve kinds of errors as officers make them; each makes one in a good notice."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from jangteo.interfaces.rehearsal.mistakes.notices import Notice, net_cost
from jangteo.rules.calendar import is_working_day
from jangteo.rules.dated import table
from jangteo.stages.tender.queries import DraftRow

Mistake = Callable[[Notice, random.Random], dict[str, Any]]


def made(one: Notice, kind: str, chance: random.Random) -> DraftRow:
    """The notice with an error of a kind; on one page a wrong base amount draws the price along."""
    changes = KINDS[kind](one, chance)
    if one.quick and "base_amount" in changes and "estimated_price" not in changes:
        changes["estimated_price"] = changes["base_amount"] * 10 // 11
    return replace(one.row, **changes)


def _base(one: Notice) -> int:
    return one.row.base_amount or 0


def ten_times(one: Notice, chance: random.Random) -> dict[str, Any]:
    """A zero too many or too few; in one of four both amounts came in the wrong unit."""
    up = chance.random() < 0.5
    wrong = _base(one) * 10 if up else _base(one) // 10
    if chance.random() < 0.25:
        return {"base_amount": wrong, "estimated_price": wrong * 10 // 11}
    return {"base_amount": wrong}


def transposed(one: Notice, chance: random.Random) -> dict[str, Any]:
    """Two digits next to each other change places."""
    digits = str(_base(one))
    pairs = [
        n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and digits[n + 1] > "0"
    ]
    at = chance.choice(pairs or [0])
    changed = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return {"base_amount": int(changed)}


def tax_mixed(one: Notice, chance: random.Random) -> dict[str, Any]:
    """The base amount without its tax, or the tax added twice."""
    price = one.row.estimated_price or 0
    if chance.random() < 0.5:
        return {"base_amount": price, "estimated_price": price}
    return {"base_amount": _base(one) * 11 // 10, "estimated_price": price}


def wrong_range(one: Notice, chance: random.Random) -> dict[str, Any]:
    """The other regime's range, or a slip of a digit in one end."""
    other = {"national": ("-3", "3"), "local": ("-2", "2")}[one.row.regime]
    if chance.random() < 0.6:
        return {"range_low": other[0], "range_high": other[1]}
    return chance.choice(({"range_high": "5"}, {"range_low": "-5"}, {"range_high": "1"}))


def wrong_unit(one: Notice, chance: random.Random) -> dict[str, Any]:
    """Another unit than the papers have."""
    usual = table("price/unit").on(one.at.date(), category=one.row.category).integer()
    return {"price_unit": chance.choice([unit for unit in (1, 10, 100, 1000) if unit != usual])}


def wrong_floor(one: Notice, chance: random.Random) -> dict[str, Any]:
    """The rate of another row; half the time with a reason carried over from elsewhere."""
    right = {
        row.value
        for row in table("price/floor_rate").all_on(one.at.date())
        if row.where["category"] == one.row.category and row.where["regime"] == one.row.regime
    }
    rates = ("87.745", "88.745", "89.745", "86.745", "87.495", "88", "90")
    wrong = chance.choice([rate for rate in rates if rate not in right])
    reason = "지침에 따름" if chance.random() < 0.5 else ""
    return {"floor_rate": wrong, "floor_rate_reason": reason}


def a_value_of_another(one: Notice, chance: random.Random) -> dict[str, Any]:
    """None at all, or that of an earlier notice; for what has none, one all the same."""
    if one.row.a_value and chance.random() < 0.5:
        return {"a_value": 0}
    return {"a_value": chance.choice([e.a_value for e in one.past.own if e.a_value] or [1_000_000])}


def wrong_kind(one: Notice, chance: random.Random) -> dict[str, Any]:
    """Another category, or an estimated price that belongs to another band."""
    if one.row.procedure == "quotation":
        others = [name for name in ("works", "goods", "services") if name != one.row.category]
        return {"category": chance.choice(others)}
    return {"estimated_price": (one.row.estimated_price or 0) * chance.choice((2, 3, 4, 5))}


def on_a_holiday(one: Notice, chance: random.Random) -> dict[str, Any]:
    """The deadline on the next day off, or outside office hours."""
    deadline = one.row.deadline
    assert deadline  # noqa: S101 - a good notice has one
    moved = deadline + timedelta(days=1)
    while is_working_day(moved.date()):
        moved += timedelta(days=1)
    if chance.random() < 0.3:
        moved = deadline + timedelta(hours=chance.choice((-3, 9, 12)))
    return {"deadline": moved, "opening_at": moved + timedelta(hours=1)}


def copied(one: Notice, chance: random.Random) -> dict[str, Any]:
    """An earlier notice is copied, and its amounts stay."""
    before = chance.choice(one.past.own)
    both: dict[str, Any] = {
        "base_amount": before.base_amount,
        "estimated_price": before.base_amount * 10 // 11,
    }
    if one.row.base_net_cost is not None:
        both["base_net_cost"] = net_cost(before.base_amount)
    return both | ({"a_value": before.a_value} if one.row.category == "works" else {})


def swapped(one: Notice, _: random.Random) -> dict[str, Any]:
    """Base amount and estimated price in each other's field."""
    return {"base_amount": one.row.estimated_price, "estimated_price": one.row.base_amount}


def wrong_licence(one: Notice, chance: random.Random) -> dict[str, Any]:
    """A licence of another trade, or the region of another agency."""
    trades = ("0037", "0036", "0040", "0005", "4989", "4992")
    strange = [code for code in trades if code not in one.row.licences]
    if one.row.licences and chance.random() < 0.5:
        return {"licences": (chance.choice(strange),)}
    others = [code for code in ("11", "26", "41", "43", "46", "48") if code != one.region]
    return {"regions": (chance.choice(others),)}


KINDS: dict[str, Mistake] = {
    "ten times": ten_times,
    "digits transposed": transposed,
    "tax mixed up": tax_mixed,
    "wrong range": wrong_range,
    "wrong unit": wrong_unit,
    "wrong floor rate": wrong_floor,
    "A value missing or another's": a_value_of_another,
    "wrong category or band": wrong_kind,
    "deadline on a day off": on_a_holiday,
    "copied amounts": copied,
    "amounts swapped": swapped,
    "wrong licence or region": wrong_licence,
}
