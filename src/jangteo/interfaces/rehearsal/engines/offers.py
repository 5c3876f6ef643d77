"""Bids that crowd the edges of a case: floor, lines, reserve price, cut-offs, ties, shortages."""

import random
from fractions import Fraction
from math import ceil
from typing import Any

import jangteo_verify as verify

ITEMS = ("plan", "people", "method")
MANY = 10**15


def make(case: dict[str, Any], chance: random.Random) -> None:
    """Give a case its bids."""
    count = chance.choice((1, 1, 2, 2, 3, 4, 5, 6, 8, 12))
    if case["method"] == "comprehensive" and chance.random() < 0.4:
        count = chance.randint(9, 24)
    case["bids"] = [{"key": f"{chance.randrange(10**6):06d}{n}"} for n in range(count)]
    for bid in case["bids"]:
        bid["amount"] = 1
        if chance.random() < 0.06:
            bid["excluded"] = 1
    if "drawing" in case:
        _pick(case, chance)
    OWN[case["method"]](case, chance)
    _price(case, chance)


def _pick(case: dict[str, Any], chance: random.Random) -> None:
    numbers = chance.sample(range(1, 16), chance.choice((2, 2, 3, 4, 8, 15)))
    for bid in case["bids"]:
        bid["picks"] = chance.sample(numbers, 2)


def _price(case: dict[str, Any], chance: random.Random) -> None:
    """Amounts at the edges, which one of the engines tells from a first run."""
    found = verify.answer(case).get("figures", {})
    reserve = found.get("reserve_price") or found.get("reference") or case["base_amount"]
    reserve = max(1, reserve)
    own = {"negotiation": (60, 80, 40), "comprehensive": (70, 88, 75, 85)}
    edges = [reserve, found.get("ceiling", reserve)]
    edges += [reserve * percent // 100 for percent in own.get(case["method"], ())]
    edges += [found[name] for name in ("floor_price", "net_cost_line") if name in found]
    edges += _edges_of_score(case, reserve)
    low = min(edges)
    crowd = [edge + step for edge in edges for step in (-1, 0, 0, 1)]
    crowd += [chance.randint(min(low, reserve), reserve) for _ in range(4)]
    mode = chance.random()
    if mode < 0.06:
        crowd = [low - 1, low - 2, low // 2]
    elif mode < 0.1:
        crowd = [MANY, MANY - 1, reserve + 1]
    elif mode < 0.3:
        crowd = crowd[:3]
    for bid in case["bids"]:
        if "amount" in bid:
            bid["amount"] = max(1, chance.choice(crowd))
    if case["method"] == "comprehensive" and len(case["bids"]) == 3 and reserve % 100 == 0:
        _balanced(case, reserve)


def _balanced(case: dict[str, Any], reserve: int) -> None:
    """Three bids alike but for their amounts, whose balance price is exactly 88 percent."""
    first = case["bids"][0]
    for bid, percent in zip(case["bids"], (89, 87, 88), strict=True):
        bid |= {name: first[name] for name in ("price_score", "capability", "social")}
        bid["amount"] = reserve * percent // 100


def screening(case: dict[str, Any]) -> dict[str, str]:
    """The values of the row of the price score that answers; empty if none does."""
    for row in case["rows"].get("award/screening", []):
        low, _, high = row["where"]["estimated_price"].partition("..")
        inside = int(low) <= case["estimated_price"] < int(high or MANY)
        if inside and row["since"] <= case["on"] < row.get("until", "a"):
            return dict(row["values"])
    return {}


def _edges_of_score(case: dict[str, Any], reserve: int) -> list[int]:
    """The amounts at which the price score is highest and at which it becomes flat."""
    a_value, values = case.get("a_value", 0), screening(case)
    parts = [Fraction(values[name]) / 100 for name in ("basis", "cap") if name in values]
    return [ceil(a_value + (reserve - a_value) * part) for part in parts]


def _decimal(chance: random.Random, most: int, places: int = 4) -> str:
    digits = chance.choice((0, 0, 1, places))
    value = chance.randint(0, most * 10**digits)
    whole, rest = divmod(value, 10**digits)
    return f"{whole}.{rest:0{digits}d}" if digits else str(whole)


def _qualification(case: dict[str, Any], chance: random.Random) -> None:
    if chance.random() < 0.4:
        return
    items = screening(case).get("items", "finance=10")
    full = dict(part.split("=") for part in items.split())
    for bid in case["bids"]:
        if chance.random() < 0.7:
            bid["scores"] = {
                code: chance.choice((mark, mark, f"{int(mark) - 1}.501", f"{int(mark) - 2}"))
                if chance.random() < 0.8
                else _decimal(chance, int(mark) + 2)
                for code, mark in full.items()
            }
            if chance.random() < 0.5:
                bid["scores"]["reputation"] = chance.choice(("-9.5", "-1.001", "0", "1.005", "7"))


def _nothing(case: dict[str, Any], chance: random.Random) -> None:
    """Nothing but amounts."""


def _specification(case: dict[str, Any], chance: random.Random) -> None:
    share = chance.choice((0.0, 0.5, 0.8, 1.0))
    for bid in case["bids"]:
        bid["qualified"] = int(chance.random() < share)
        bid["technical"] = chance.choice(("90", "90.0", "91", "85.5", _decimal(chance, 100)))
        if case["method"] == "two_stage" and not bid["qualified"]:
            del bid["amount"]
            bid.pop("picks", None)


def _negotiation(case: dict[str, Any], chance: random.Random) -> None:
    weight = case.get("technical_weight", 80)
    cut = f"{weight * 85 // 100}"
    if chance.random() < 0.7:
        case["items"] = [
            {"code": code, "full": chance.choice(("30", "20", "40"))} for code in ITEMS
        ]  # fmt: skip
    committee, evaluators = chance.random() < 0.6, chance.choice((3, 3, 3, 4, 5, 5, 7, 7, 9, 2))
    for bid in case["bids"]:
        if committee:
            bid["marks"] = [
                {code: _decimal(chance, 30, 2) for code in ITEMS} for _ in range(evaluators)
            ]
            if chance.random() < 0.6:
                third = int(weight * chance.uniform(0.84, 1)) // 3
                bid["marks"] = [
                    {code: f"{third + chance.choice((0, 0, 1))}" for code in ITEMS}
                    for _ in range(evaluators)
                ]
        else:
            bid["technical"] = chance.choice(
                (cut, cut + ".0001", str(weight), _decimal(chance, weight))
            )
        if chance.random() < 0.1:
            bid["deduction"] = chance.choice(("5", "0.5"))


def _comprehensive(case: dict[str, Any], chance: random.Random) -> None:
    for bid in case["bids"]:
        bid["price_score"] = chance.choice(("50", "49.5", _decimal(chance, 50)))
        bid["capability"] = chance.choice(("40", "39.5", _decimal(chance, 40)))
        bid["social"] = chance.choice(("1", "1.5", "0", _decimal(chance, 2)))
        if chance.random() < 0.3:
            bid["recent_awards"] = chance.randrange(3) * 10**9
        for fault in ("mismatch", "negative"):
            if chance.random() < 0.05:
                bid[fault] = 1
        for name, edge in (("fixed", 997), ("labour", 800)):
            if name in case and chance.random() < 0.7:
                line = -(-case[name] * edge // 1000)
                bid[name] = chance.choice((case[name], line, line - 1, line + 1))


OWN = {
    "qualification": _qualification, "quotation": _nothing, "lowest_price": _nothing,
    "two_stage": _specification, "simultaneous": _specification, "negotiation": _negotiation,
    "comprehensive": _comprehensive,
}  # fmt: skip
