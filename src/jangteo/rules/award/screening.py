"""Qualification screening (적격심사): the score of the price, the other items, the pass mark."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Unpack

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.ground.rounding import decimal_text, round_places
from jangteo.rules.award import ranking
from jangteo.rules.award.case import in_force
from jangteo.rules.award.method import (
    CANDIDATE,
    Coefficients,
    Item,
    Method,
    Offer,
    Score,
    Scoring,
    Terms,
)
from jangteo.rules.award.order import points
from jangteo.rules.award.price_score import PriceScore, Scale
from jangteo.rules.dated import Row, RuleMissing, table
from jangteo.rules.eligibility.licence import quoted_kinds
from jangteo.rules.eligibility.verdict import Verdict
from jangteo.rules.price.defaults import FloorRate

TABLE = "award/screening"
LIMIT = "award/screening_limit"
#: what larger works are awarded by, as each regime names it
WHOLE = {
    "national": N_("comprehensive evaluation"),
    "local": N_("comprehensive evaluation of local governments"),
}
DIFFICULTY = "award/difficulty"
#: the item whose full mark the works' difficulty lowers
MULTIPLIED = "wages"
ONE = Fraction(1)
#: items beside the price, as the tables name them
ITEMS = {
    "experience": N_("Experience of like works"),
    "finance": N_("Financial standing"),
    "technology": N_("Technical ability"),
    "wages": N_("Adequacy of material and labour prices"),
    "subcontracting": N_("Adequacy of the subcontracting plan"),
}
#: may be left out; takes points away or adds them, within what capability may reach
REPUTATION = N_("Reputation, points added or taken away")
#: items that together may not exceed the full mark of capability (수행능력)
CAPABILITY = ("experience", "technology", "finance", "reputation")


def category_of(category: str, licences: Collection[str], *, on: date) -> str:
    """ "special_works" for works that ask for other than construction trades only.

    Electrical, telecommunications, fire protection and heritage works have bands of their own
    (조달청 시설공사 적격심사세부기준 제2조제1항). Without a licence: the category as it is.
    """
    other = category == "works" and bool(licences) and quoted_kinds(licences, on=on) == ("other",)
    return "special_works" if other else category


def items(**terms: Unpack[Terms]) -> tuple[Item, ...]:
    """The items beside the price with their full marks; RuleMissing where no table is known."""
    return items_of(_row(terms), _difficulty(terms) or ONE)


def coefficients(**terms: Unpack[Terms]) -> Coefficients | None:
    """The difficulties (난이도 계수) of which a notice names one; None where nothing is multiplied.

    They are announced with the base amount. Law: 조달청 시설공사 적격심사세부기준 제4조제1항,
    [별표 11], [별표 12] 제1호. None as well where no table of the screening is known.
    """
    try:
        row = _row(terms)
    except RuleMissing:
        return None
    by = _by(row, terms["on"])
    return Coefficients(tuple(by.text().split()), by.law, by.id) if by else None


def multiplied(*, regime: str, category: str, on: date) -> tuple[int, int | None] | None:
    """From which estimated price on, and below which, a mark is multiplied; None where none is.

    In whole won without VAT, by the rows that have the item; the upper end None where they have
    none. category: as the tables have it, "special_works" among them.
    """
    spans = [
        row.where["estimated_price"].partition("..")[::2]
        for row in table(TABLE).all_on(on)
        if (row.where["regime"], row.where["category"]) == (regime, category)
        and MULTIPLIED in row.text("items")
    ]
    if not spans:
        return None
    ends = [high for _, high in spans]
    top = max(map(int, ends)) if all(ends) else None
    return min(int(low or 0) for low, _ in spans), top


def rise(**terms: Unpack[Terms]) -> tuple[Fraction, Row | None]:
    """By how many percent of price the pass mark moves up with the difficulty, and the row used.

    A difficulty below 1 lowers the full mark of the item it multiplies; the price must score so
    much more, and a percent of price counts k points. 0 and None where nothing is lowered. Law:
    조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11].
    """
    difficulty = _difficulty(terms) or ONE
    if difficulty == ONE:
        return Fraction(0), None
    try:
        row = _row(terms)
    except RuleMissing:
        return Fraction(0), None
    lost = sum(one.full for one in items_of(row)) - sum(
        one.full for one in items_of(row, difficulty)
    )
    return (lost / row.fraction("k"), row) if lost else (Fraction(0), None)


def raised(floor: FloorRate, **terms: Unpack[Terms]) -> FloorRate:
    """The floor rate of works of a difficulty: still the lowest that passes with full marks."""
    higher, row = rise(**terms)
    if row is None:
        return floor
    rate = decimal_text(Fraction(floor.rate) + higher, 3)
    text = N_("With a difficulty of {difficulty} a bid passes from {rise} % higher on: {rate} %.")
    said = {"difficulty": terms["difficulty"], "rise": decimal_text(higher, 3), "rate": rate}
    reason = row.reason("award.screening.raised", text, **said)
    return FloorRate(rate, "", (*floor.reasons, reason))


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
    return marks(row, None, _difficulty(offer), _by(row, offer["on"])).score(
        _scale(row, offer).score(offer["amount"])
    )


def reviewed(*, scores: Mapping[str, Fraction], **offer: Unpack[Offer]) -> Score:
    """The score with the figures that a review found, one for each item. See `provisional`.

    "reputation" (신인도) may be among the figures, also below zero; left out, it counts 0. Each
    figure is rounded up at the third decimal (제8조제2항제2호) and counts up to its full mark
    (제2조제5항); experience, finance and reputation together up to that of capability. Fault if an
    item has no figure or one is unknown.
    """
    row = _row(offer)
    given = marks(row, scores, _difficulty(offer), _by(row, offer["on"]))
    return given.score(_scale(row, offer).score(offer["amount"]))


def case(
    *, scores: Mapping[str, Fraction] | None, others: Sequence[int], **offer: Unpack[Offer]
) -> dict[str, Any]:
    """The same score as a case of docs/figures.md, for the second engine. See `reviewed`.

    others: the other bids that count, in won. The floor rate is nought: who stands inside is the
    opening's question, which both engines answered there; here they are asked for points alone.
    """
    mine: dict[str, Any] = {"key": CANDIDATE, "amount": offer["amount"]}
    if scores is not None:
        mine["scores"] = {code: points(found) for code, found in scores.items()}
    made = {
        "method": "qualification", "regime": offer["regime"], "category": offer["category"],
        "on": offer["on"].isoformat(), "estimated_price": offer["estimated_price"],
        "reserve_price": offer["reserve_price"], "a_value": offer["a_value"], "floor_rate": "0",
    }  # fmt: skip
    if offer.get("difficulty"):
        made["difficulty"] = offer["difficulty"]
    bids = [mine, *({"key": str(n), "amount": amount} for n, amount in enumerate(sorted(others)))]
    return {**made, "rows": in_force(made), "bids": bids}


def _row(terms: Terms) -> Row:
    return table(TABLE).on(
        terms["on"], regime=terms["regime"], category=terms["category"],
        estimated_price=terms["estimated_price"],
    )  # fmt: skip


def _scale(row: Row, offer: Offer) -> Scale:
    return Scale(row, reserve_price=offer["reserve_price"], a_value=offer["a_value"])


def _difficulty(terms: Terms) -> Fraction | None:
    """The difficulty that the notice names; None where it names none."""
    said = terms.get("difficulty")
    return Fraction(said) if said else None


def _by(row: Row, on: date) -> Row | None:
    """The row of the difficulties where a row of the screening has the item that they lower."""
    if MULTIPLIED not in row.text("items"):
        return None
    where = {name: row.where[name] for name in ("regime", "category")}
    return table(DIFFICULTY).on(on, **where)


def items_of(row: Row, difficulty: Fraction = ONE) -> tuple[Item, ...]:
    """The items of a row; the full mark of "wages" is multiplied by the works' difficulty.

    Law: 조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11].
    """
    pairs = (part.split("=") for part in row.text("items").split())
    return tuple(
        Item(code, ITEMS[code], Fraction(full) * (difficulty if code == MULTIPLIED else 1))
        for code, full in pairs
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known beside the price: what each item counts, all together, and the pass mark.

    difficulty: None where the notice names none, by: the row of the difficulties, where known.
    """

    row: Row
    difficulty: Fraction | None
    by: Row | None
    counted: Mapping[str, Fraction]
    others: Fraction
    pass_mark: Fraction

    def score(self, price: PriceScore) -> Score:
        """The score with this price."""
        total = price.points + self.others
        steps = Steps(lambda: _steps(self, price))
        rules = {TABLE: self.row.id} | ({DIFFICULTY: self.by.id} if self.by else {})
        return Score(
            price.points, self.others, total, self.pass_mark, total >= self.pass_mark, steps, rules,
        )  # fmt: skip


def marks(
    row: Row, scores: Mapping[str, Fraction] | None = None, difficulty: Fraction | None = None,
    by: Row | None = None,
) -> Marks:  # fmt: skip
    """The marks by a row; scores None: every item at its full mark; difficulty None: a notice that
    names none counts as one of 1.00. See `reviewed`."""
    known = items_of(row, difficulty or ONE)
    if scores is not None and set(scores) - {"reputation"} != {one.code for one in known}:
        codes = ", ".join(sorted(one.code for one in known))
        raise Fault(f"a review gives a figure for each of {codes}")
    counted = _counted(row, known, scores)
    return Marks(row, difficulty, by, counted, _others(row, counted), row.fraction("pass"))


def _counted(
    row: Row, known: Collection[Item], scores: Mapping[str, Fraction] | None
) -> dict[str, Fraction]:
    """What each figure counts: rounded up, within its limits."""
    if scores is None:
        return {one.code: one.full for one in known}
    limits = {one.code: (Fraction(0), one.full) for one in known}
    limits["reputation"] = (row.fraction("reputation_low"), row.fraction("reputation_high"))
    return {
        code: min(max(round_places(found, 2, "up"), limits[code][0]), limits[code][1])
        for code, found in scores.items()
    }


def _others(row: Row, counted: Mapping[str, Fraction]) -> Fraction:
    capability = sum((counted.get(code, Fraction(0)) for code in CAPABILITY), Fraction(0))
    rest = sum((counted[code] for code in counted if code not in CAPABILITY), Fraction(0))
    return min(capability, row.fraction("capability")) + rest


def _steps(mine: Marks, price: PriceScore) -> list[Reason]:
    row, counted, others = mine.row, mine.counted, mine.others
    steps = list(price.reasons)
    if MULTIPLIED in counted:
        steps.append(_multiplied(mine))
    if "reputation" in counted:
        steps.append(_capability(row, counted))
    text = N_("{price} + {others} is {total} points; {pass_mark} are needed.")
    said = {
        "price": points(price.points), "others": points(others),
        "total": points(price.points + others), "pass_mark": points(row.fraction("pass")),
    }  # fmt: skip
    return [*steps, row.reason("award.screening.total", text, **said)]


def _multiplied(mine: Marks) -> Reason:
    """How the full mark of material and labour prices came about."""
    (one,) = (one for one in items_of(mine.row) if one.code == MULTIPLIED)
    by, said = mine.by or mine.row, {"full": points(one.full)}
    if mine.difficulty is None:
        text = N_(
            "Material and labour prices count up to {full} points: the notice names no difficulty "
            "and counts as one of 1.00."
        )
        return by.reason("award.screening.no_difficulty", text, **said)
    text = N_(
        "Material and labour prices count up to {full} × {difficulty} = {most} points, by the "
        "difficulty that the notice names."
    )
    said |= {"difficulty": decimal_text(mine.difficulty, 2)}
    return by.reason(
        "award.screening.difficulty", text, **said, most=points(one.full * mine.difficulty)
    )


def _capability(row: Row, counted: Mapping[str, Fraction]) -> Reason:
    together = [found for code, found in counted.items() if code in CAPABILITY]
    return row.reason(
        "award.screening.capability",
        N_("With {reputation} for reputation, capability is {found} points; {most} at most count."),
        reputation=points(counted["reputation"]),
        found=points(sum(together, Fraction(0))),
        most=row.text("capability"),
    )


def allowed(
    *, estimated_price: int, category: str, licence: Collection[str], regime: str, on: date
) -> Verdict:
    """Whether works of this estimated price (without VAT) may be awarded by screening at all.

    From the amount of the table on they are evaluated as a whole; the amount itself is outside.
    licence: whatever it is, special works are works here. Nothing is said of what else is bought,
    nor of a day before the table. Law: 국가계약법 시행령 제42조제4항제1호; 지방계약법 시행령
    제42조제1항제1호. `on` is the day of posting.
    """
    if category != "works":
        return Verdict(True, ())
    try:
        row = table(LIMIT).on(on, regime=regime, category=category)
    except RuleMissing:
        return Verdict(True, ())
    limit = row.integer("from")
    if estimated_price < limit:
        return Verdict(True, ())
    text = N_("Works from {limit:,} won on are awarded by {method}; this is {price:,} won.")
    told = {"limit": limit, "method": WHOLE[regime], "price": estimated_price}
    return Verdict(False, (row.reason("award.screening.limit", text, **told),))


METHOD = Method(
    rank=ranking.rank,
    examined=N_("Qualification screening"),
    laws={"national": "국가계약법 시행령 제42조", "local": "지방계약법 시행령 제42조"},
    inputs=frozenset({"reserve_price", "amount"}),
    papers=True,
    net_cost=True,
    scoring=Scoring(category_of, items, provisional, reviewed, extras, case, coefficients),
    allowed=allowed,
)

__all__ = [
    "CAPABILITY", "DIFFICULTY", "ITEMS", "METHOD", "REPUTATION", "TABLE", "Item", "Offer", "Score",
    "case", "category_of", "coefficients", "extras", "items", "multiplied", "provisional",
    "reviewed",
]  # fmt: skip
