"""Qualification screening (적격심사): the score of the price, the other items, the pass mark."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Unpack

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason
from jangteo.ground.rounding import decimal_text, round_places
from jangteo.rules.award import ranking
from jangteo.rules.award.method import Item, Method, Offer, Score, Scoring, Terms
from jangteo.rules.dated import Row, table
from jangteo.rules.eligibility.licence import quoted_kinds

TABLE = "award/screening"
#: items beside the price, as the tables name them
ITEMS = {
    "experience": N_("Experience of like works"),
    "finance": N_("Financial standing"),
    "wages": N_("Adequacy of material and labour prices"),
    "subcontracting": N_("Adequacy of the subcontracting plan"),
}
#: may be left out; takes points away or adds them, within what capability may reach
REPUTATION = N_("Reputation, points added or taken away")
#: items that together may not exceed the full mark of capability (수행능력)
CAPABILITY = ("experience", "finance", "reputation")


def category_of(category: str, licences: Collection[str], *, on: date) -> str:
    """ "special_works" for works that ask for other than construction trades only.

    Electrical, telecommunications, fire protection and heritage works have bands of their own
    (조달청 시설공사 적격심사세부기준 제2조제1항). Without a licence: the category as it is.
    """
    other = category == "works" and bool(licences) and quoted_kinds(licences, on=on) == ("other",)
    return "special_works" if other else category


def items(**terms: Unpack[Terms]) -> tuple[Item, ...]:
    """The items beside the price with their full marks; RuleMissing where no table is known."""
    return _items(_row(terms))


def extras(**terms: Unpack[Terms]) -> tuple[Item, ...]:
    """Reputation (신인도), which takes points away or adds them and may be left out."""
    row = _row(terms)
    low, high = row.fraction("reputation_low"), row.fraction("reputation_high")
    return (Item("reputation", REPUTATION, high, low),)


def provisional(**offer: Unpack[Offer]) -> Score:
    """The score with every other item at its full mark: whoever fails so cannot pass at all.

    Law: 국가계약법 시행령 제42조제5항, 지방계약법 시행령 제42조제2항; 조달청 시설공사
    적격심사세부기준 제4조제1항. RuleMissing where no table is known for the estimated price.
    """
    row = _row(offer)
    return _score(row, offer, {one.code: one.full for one in _items(row)})


def reviewed(*, scores: Mapping[str, Fraction], **offer: Unpack[Offer]) -> Score:
    """The score with the figures that a review found, one for each item. See `provisional`.

    "reputation" (신인도) may be among the figures, also below zero; left out, it counts 0. Each
    figure is rounded up at the third decimal (제8조제2항제2호) and counts up to its full mark
    (제2조제5항); experience, finance and reputation together up to that of capability. Fault if an
    item has no figure or one is unknown.
    """
    row = _row(offer)
    known = {one.code for one in _items(row)}
    if set(scores) - {"reputation"} != known:
        raise Fault(f"a review gives a figure for each of {', '.join(sorted(known))}")
    return _score(row, offer, scores)


def _row(terms: Terms) -> Row:
    asked: dict[str, str | int] = {
        "regime": terms["regime"], "category": terms["category"],
        "estimated_price": terms["estimated_price"],
    }  # fmt: skip
    return table(TABLE).on(terms["on"], **asked)


def _items(row: Row) -> tuple[Item, ...]:
    pairs = (part.split("=") for part in row.text("items").split())
    return tuple(Item(code, ITEMS[code], Fraction(full)) for code, full in pairs)


def _score(row: Row, offer: Offer, scores: Mapping[str, Fraction]) -> Score:
    price, steps = _price(row, offer)
    others = _others(row, scores)
    total = price + others
    if "reputation" in scores:
        steps.append(_capability(row, scores))
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


def _counted(row: Row, scores: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """What each figure counts: rounded up, within its limits."""
    limits = {one.code: (Fraction(0), one.full) for one in _items(row)}
    limits["reputation"] = (row.fraction("reputation_low"), row.fraction("reputation_high"))
    return {
        code: min(max(round_places(found, 2, "up"), limits[code][0]), limits[code][1])
        for code, found in scores.items()
    }


def _others(row: Row, scores: Mapping[str, Fraction]) -> Fraction:
    counted = _counted(row, scores)
    capability = sum((counted.get(code, Fraction(0)) for code in CAPABILITY), Fraction(0))
    rest = sum((counted[code] for code in counted if code not in CAPABILITY), Fraction(0))
    return min(capability, row.fraction("capability")) + rest


def _capability(row: Row, scores: Mapping[str, Fraction]) -> Reason:
    together = {code: found for code, found in scores.items() if code in CAPABILITY}
    return row.reason(
        "award.screening.capability",
        N_("With {reputation} for reputation, capability is {found} points; {most} at most count."),
        reputation=_text(scores["reputation"]),
        found=_text(sum(_counted(row, together).values(), Fraction(0))),
        most=row.text("capability"),
    )


def _price(row: Row, offer: Offer) -> tuple[Fraction, list[Reason]]:
    """weight − k × |basis − r| × 100; r rounded half up at the fifth decimal."""
    amount, a_value, reserve = offer["amount"], offer["a_value"], offer["reserve_price"]
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


METHOD = Method(
    rank=ranking.rank,
    examined=N_("Qualification screening"),
    laws={"national": "국가계약법 시행령 제42조", "local": "지방계약법 시행령 제42조"},
    papers=True,
    scoring=Scoring(category_of, items, provisional, reviewed, extras),
)

__all__ = [
    "CAPABILITY", "ITEMS", "METHOD", "REPUTATION", "TABLE", "Item", "Offer", "Score",
    "category_of", "extras", "items", "provisional", "reviewed",
]  # fmt: skip
