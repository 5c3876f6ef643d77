"""Qualification screening (적격심사): the score of the price, the other items, the pass mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.ground.rounding import decimal_text, round_places
from jangteo.rules.dated import Row, table

TABLE = "award/screening"
#: items beside the price, as the tables name them
ITEMS = {
    "experience": N_("Experience of like works"),
    "finance": N_("Financial standing"),
    "wages": N_("Adequacy of material and labour prices"),
    "subcontracting": N_("Adequacy of the subcontracting plan"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the score beside the price; full: its full mark."""

    code: str
    text: str
    full: Fraction


@dataclass(frozen=True, slots=True)
class Score:
    """price and others add up to total; passes: total is at or above the pass mark."""

    price: Fraction
    others: Fraction
    total: Fraction
    pass_mark: Fraction
    passes: bool
    reasons: tuple[Reason, ...]
    rules: Mapping[str, str]


def items(*, estimated_price: int, regime: str, category: str, on: date) -> tuple[Item, ...]:
    """The items beside the price with their full marks; RuleMissing where no table is known."""
    return _items(_row(estimated_price, regime, category, on))


def provisional(
    *,
    amount: int,
    reserve_price: int,
    a_value: int,
    estimated_price: int,
    regime: str,
    category: str,
    on: date,
) -> Score:
    """The score with every other item at its full mark: whoever fails so cannot pass at all.

    `on` is the day whose law holds. Law: 국가계약법 시행령 제42조제5항, 지방계약법 시행령
    제42조제1항. RuleMissing where no table is known for the estimated price.
    """
    row = _row(estimated_price, regime, category, on)
    full = {one.code: one.full for one in _items(row)}
    return _score(row, amount, reserve_price, a_value, full)


def reviewed(
    *,
    amount: int,
    reserve_price: int,
    a_value: int,
    estimated_price: int,
    regime: str,
    category: str,
    on: date,
    scores: Mapping[str, Fraction],
) -> Score:
    """The score with the figures that a review found, one for each item. See `provisional`."""
    row = _row(estimated_price, regime, category, on)
    return _score(row, amount, reserve_price, a_value, scores)


def _row(estimated_price: int, regime: str, category: str, on: date) -> Row:
    asked = {"regime": regime, "category": category, "estimated_price": estimated_price}
    return table(TABLE).on(on, **asked)


def _items(row: Row) -> tuple[Item, ...]:
    pairs = (part.split("=") for part in row.text("items").split())
    return tuple(Item(code, ITEMS[code], Fraction(full)) for code, full in pairs)


def _score(
    row: Row, amount: int, reserve: int, a_value: int, scores: Mapping[str, Fraction]
) -> Score:
    price, steps = _price(row, amount, reserve, a_value)
    others = sum((scores[one.code] for one in _items(row)), Fraction(0))
    exact = price + others
    total = round_places(exact, 2, "up")
    pass_mark = row.fraction("pass")
    steps.append(
        row.reason(
            "award.screening.total",
            N_("{price} + {others} is {total} points; {pass_mark} are needed."),
            price=_text(price),
            others=_text(others),
            total=_text(total),
            pass_mark=_text(pass_mark),
        )
    )
    return Score(price, others, total, pass_mark, total >= pass_mark, tuple(steps), {TABLE: row.id})


def _price(row: Row, amount: int, reserve: int, a_value: int) -> tuple[Fraction, list[Reason]]:
    """weight − k × |basis − r| × 100; r rounded half up at the fifth decimal."""
    ratio = round_places(Fraction(amount - a_value, reserve - a_value), 4, "half_up")
    weight, k = row.fraction("weight"), row.fraction("k")
    basis = row.fraction("basis") / 100
    steps = [
        row.reason(
            "award.screening.ratio",
            N_("({amount:,} − {a_value:,}) / ({reserve:,} − {a_value:,}) is {ratio}."),
            amount=amount,
            a_value=a_value,
            reserve=reserve,
            ratio=decimal_text(ratio, 4),
        )
    ]
    if amount <= reserve and ratio >= row.fraction("cap") / 100:
        flat = row.fraction("flat")
        text = N_("From {cap} % of the reserve price on, the price scores {score} points.")
        steps.append(
            row.reason("award.screening.flat", text, cap=row.text("cap"), score=_text(flat))
        )
        return flat, steps
    found = max(weight - k * abs(basis - ratio) * 100, row.fraction("least"))
    text = N_("{weight} − {k} × |{basis} − {ratio}| × 100 is {score} points for the price.")
    steps.append(
        row.reason(
            "award.screening.price",
            text,
            weight=_text(weight),
            k=_text(k),
            basis=_text(basis),
            ratio=decimal_text(ratio, 4),
            score=_text(found),
        )
    )
    return found, steps


def _text(value: Fraction) -> str:
    """As people write it: with as many decimals as it needs, at most six."""
    for places in range(6):
        if (value * 10**places).denominator == 1:
            return decimal_text(value, places)
    return decimal_text(value, 6)


__all__ = ["ITEMS", "TABLE", "Item", "Score", "items", "provisional", "reviewed"]
