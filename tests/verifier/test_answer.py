"""The arithmetic of every award method by the second engine, against figures worked by hand."""

from fractions import Fraction
from typing import Any

import pytest

from jangteo_verify import answer, written

WORKS_90 = {
    "weight": "90", "k": "20", "basis": "90", "flat": "85", "cap": "90.25", "least": "2",
    "pass": "95", "items": "finance=10", "capability": "10",
    "reputation_low": "-9", "reputation_high": "6",
}  # fmt: skip
WORKS_70 = WORKS_90 | {
    "weight": "70", "k": "4", "flat": "65", "cap": "91.25", "items": "experience=15 finance=15",
    "capability": "30",
}  # fmt: skip
NEGOTIATION = {
    "award/negotiation": {
        "technical": "80", "price": "20", "price_least": "10", "price_most": "30", "cutoff": "85",
    },
    "award/negotiation_price": {
        "near": "80", "far": "60", "extra": "2", "lowest_clamped": "no", "lowest_of": "valid",
        "places": "4", "rounding": "half_up",
    },
    "award/committee": {
        "highest": "1", "lowest": "1", "fewest": "3", "places": "4", "rounding": "half_up",
    },
    "price/vat": {"value": "10"},
}  # fmt: skip
COMPREHENSIVE = {"low": "70", "fixed": "99.7", "labour": "80", "near": "88", "rounding": "half_up"}


def rows(tables: dict[str, dict[str, str]], needed: int = 2) -> dict[str, Any]:
    every = {"award/competition": {"value": str(needed)}, "price/draw": {"chosen": "4"}} | tables
    return {
        name: {"id": name, "since": "2020-01-01", "where": {}, "values": values}
        for name, values in every.items()
    }


def case(method: str, amounts: dict[str, int], tables: dict[str, Any], **more: Any) -> Any:
    bids = [{"key": key, "amount": amount} for key, amount in amounts.items()]
    given = {"method": method, "regime": "national", "category": "works", "on": "2026-03-02"}
    return given | {"rows": rows(tables), "bids": bids, "estimated_price": 1} | more


def said(answered: dict[str, Any], *names: str) -> dict[str, tuple[str, ...]]:
    return {one["key"]: tuple(one["scores"][n] for n in names) for one in answered["bids"]}


def test_ratio_score_and_floor_of_works_with_an_a_value() -> None:
    amounts = {"a": 97_908_840, "b": 97_847_277, "c": 97_847_276, "d": 106_286_950}
    found = answer(
        case("qualification", amounts, {"award/screening": WORKS_90}, reserve_price=106_286_950,
             a_value=23_988_821, floor_rate="89.745")
    )  # fmt: skip
    assert found["figures"] == {"reserve_price": 106_286_950, "floor_price": 97_847_277}
    scored = [one for one in found["bids"] if one["key"] != "c"]
    assert [(one["scores"]["ratio"], one["scores"]["price"]) for one in scored] == [
        ("0.8982", "86.4"), ("0.8975", "85"), ("1", "85")
    ]  # fmt: skip
    assert found["bids"][2] == {"key": "c", "rank": 0, "remark": "below_floor", "scores": {}}
    assert found["chosen"] == ["b"]


def test_a_lower_bid_that_does_not_pass_leaves_the_award_to_the_next() -> None:
    amounts = {"a": 1_580_190_581, "b": 1_580_190_582, "c": 1_601_716_855}
    found = answer(
        case("qualification", amounts, {"award/screening": WORKS_70}, reserve_price=1_773_240_950,
             a_value=58_000_000, floor_rate="80")
    )  # fmt: skip
    assert said(found, "ratio", "price", "passes") == {
        "a": ("0.8874", "64.96", "no"), "b": ("0.8875", "65", "yes"), "c": ("0.9", "70", "yes"),
    }  # fmt: skip
    assert (found["chosen"], [one["rank"] for one in found["bids"]]) == (["b"], [1, 2, 3])


def test_the_net_cost_line() -> None:
    amounts = {"a": 1_441_425_000, "b": 1_441_425_001}
    found = answer(
        case("lowest_price", amounts, {"price/net_cost": {"percent": "98"}},
             reserve_price=1_773_240_950, base_amount=1_797_931_000, base_net_cost=1_491_321_376)
    )  # fmt: skip
    assert found["figures"] == {
        "reserve_price": 1_773_240_950, "net_cost": 1_470_841_837, "net_cost_line": 1_441_425_001,
    }  # fmt: skip
    assert [one["remark"] for one in found["bids"]] == ["below_net_cost", "normal"]
    assert found["chosen"] == ["b"]


@pytest.mark.parametrize(("rate", "floor"), [("88", 40_197_433), ("90", 41_111_011)])
def test_equal_lowest_quotations_go_to_a_lot(rate: str, floor: int) -> None:
    amounts = {"a": floor - 1, "b": floor, "c": floor, "d": floor + 1}
    found = answer(case("quotation", amounts, {}, reserve_price=45_678_901, floor_rate=rate))
    assert found["chosen"] == ["b", "c"]
    assert [one["rank"] for one in found["bids"]] == [0, 1, 1, 3]


def drawn(**more: Any) -> dict[str, Any]:
    rates = "101.997 98.298 101.116 99.578 101.530 99.199 100.755 102.480 97.730 98.762 97.136 "
    drawing = {"rates": (rates + "97.955 102.998 99.943 100.345").split(), "unit": 100}
    terms = {"price_rounding": "up", "mean_of": "displayed", "mean_rounding": "up"}
    amounts = {"a": 128_646_600, "b": 141_804_151, "c": 127_262_134}
    whole: dict[str, Any] = case("quotation", amounts, {}, floor_rate="89.745", **more)
    whole |= {"base_amount": 141_614_000, "drawing": drawing | terms}
    picks = ([5, 7], [11, 3], [5, 3])
    for bid, pair in zip(whole["bids"], picks, strict=True):
        bid["picks"] = pair
    return whole


def test_a_real_draw() -> None:
    found = answer(drawn())
    assert found["figures"]["drawn"] == [3, 5, 7, 11]
    assert found["figures"]["reserve_price"] == 141_804_150
    assert found["figures"]["prices"][4] == 143_780_700
    assert [(one["remark"], one["scores"]["rate"]) for one in found["bids"]] == [
        ("normal", "90.721"), ("above_reserve", "100.000"), ("below_floor", "89.744"),
    ]  # fmt: skip


def test_an_excluded_bid_shows_in_the_counts_only() -> None:
    whole = drawn()
    whole["bids"][1]["excluded"] = 1
    whole["drawing"]["shortage_seed"] = bytes(range(64)).hex()
    found = answer(whole)
    assert (found["figures"]["counts"][10], found["figures"]["drawn_from"][10]) == (1, 0)
    assert found["figures"]["drawn"][:3] == [5, 3, 7]
    assert found["bids"][1] == {"key": "b", "rank": 0, "remark": "excluded", "scores": {}}


def test_both_branches_of_the_price_score_of_a_negotiation() -> None:
    amounts = {"a": 285_000_000, "b": 250_000_000, "c": 228_000_000, "d": 165_000_000}
    more = {"reserve_price": 300_000_000, "technical_weight": 90, "price_weight": 10}
    whole = case("negotiation", amounts, NEGOTIATION, **more)
    for bid in whole["bids"]:
        bid["technical"] = "80"
    found = answer(whole)
    assert [p for (p,) in said(found, "price").values()] == ["5.7895", "6.6", "7.275", "8.875"]
    assert found["chosen"] == ["d"]
    whole["rows"]["award/negotiation_price"]["values"]["lowest_clamped"] = "yes"
    clamped = said(answer(whole), "price").values()
    assert [p for (p,) in clamped] == ["6.3158", "7.2", "7.9", "9.5"]


def test_a_committee_drops_one_highest_and_one_lowest_and_cuts_off() -> None:
    whole = case("negotiation", {"a": 100, "b": 100}, NEGOTIATION, estimated_price=100)
    whole["bids"][0]["marks"] = [{"plan": mark} for mark in ("80", "60", "70", "66.0001")]
    whole["bids"][1] |= {"technical": "68", "deduction": "0"}
    found = answer(whole)
    assert found["bids"][0]["scores"]["technical"] == "68.0001"  # (70 + 66.0001) / 2, half up
    assert [one["remark"] for one in found["bids"]] == ["normal", "normal"]
    whole["bids"][1]["deduction"] = "0.0001"
    cut = answer(whole)
    assert [one["remark"] for one in cut["bids"]] == ["normal", "unqualified"]
    assert cut["chosen"] == ["a"]


def test_specification_first() -> None:
    whole = case("simultaneous", {"a": 90, "b": 90, "c": 101, "d": 80}, {}, reserve_price=100)
    for bid, (qualified, mark) in zip(
        whole["bids"], [(1, "90.50"), (1, "91"), (1, "99"), (0, "50")], strict=True
    ):
        bid |= {"qualified": qualified, "technical": mark}
    found = answer(whole)
    assert [(one["rank"], one["remark"]) for one in found["bids"]] == [
        (2, "normal"), (1, "normal"), (0, "above_reserve"), (0, "unqualified")
    ]  # fmt: skip
    assert found["chosen"] == ["b"]
    for bid in whole["bids"]:
        bid["qualified"] = 0
    assert answer(whole)["outcome"] == "none_inside"
    assert answer(whole | {"method": "two_stage"})["outcome"] == "too_few"


def test_a_balance_price_without_the_highest_half_and_the_lowest() -> None:
    amounts = {"a": 69, "b": 70, "c": 80, "d": 90, "e": 100}
    tables = {"award/comprehensive": COMPREHENSIVE}
    tables["award/balance_price"] = {"top": "50", "bottom_count": "1"}
    whole = case("comprehensive", amounts, tables, reserve_price=100)
    for bid in whole["bids"]:
        bid |= {"price_score": "50", "capability": "40", "social": "1"}
    found = answer(whole)  # of 70, 80, 90, 100 two highest and one lowest go: 80 is left
    assert found["figures"]["balance_price"] == "80"
    assert found["chosen"] == ["c"]
    assert [one["rank"] for one in found["bids"]] == [4, 2, 1, 2, 5]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"method": "raffle"}, "form"),
        ({"a_value": 45_678_901}, "a_value"),
        ({"a_value": -1}, "a_value"),
        ({"floor_rate": "88 %"}, "form"),
        ({"floor_rate": ""}, "row"),
        ({"on": "2019-12-31"}, "row"),
        ({"bids": [{"key": "a", "amount": 1}, {"key": "a", "amount": 2}]}, "form"),
        ({"bids": [{"key": "a", "amount": 0}, {"key": "b", "amount": 2}]}, "form"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_what_cannot_be_answered(change: dict[str, Any], why: str) -> None:
    whole = case("quotation", {"a": 1, "b": 2}, {}, reserve_price=45_678_901, floor_rate="88")
    assert "refused" not in answer(whole)
    assert answer(whole | change) == {"refused": why}


def test_decimals_have_one_spelling() -> None:
    values = (Fraction(65), Fraction(6496, 100), Fraction(-1, 2), Fraction(0), Fraction(1, 8))
    assert [written(value) for value in values] == ["65", "64.96", "-0.5", "0", "0.125"]
