"""Generated bids on exactly a notice's terms, and the examples that its officer reads."""

from datetime import date
from typing import Any

import pytest

import jangteo_verify as verify
from jangteo.rules.award.figures import answer
from jangteo.rules.entry.trial import SETS, cases, parameters, scored, worked

ON = date(2026, 12, 1)
WORKS: dict[str, Any] = {
    "award_method": "qualification", "regime": "national", "category": "works",
    "service_kind": "", "licences": ["0002"], "base_amount": 330_000_000,
    "estimated_price": 300_000_000, "a_value": 12_345_678, "base_net_cost": None, "difficulty": "",
    "floor_rate": "89.745",
    "range_low": "-2", "range_high": "2", "price_unit": 100, "price_rounding": "up",
    "mean_of": "displayed", "mean_rounding": "up",
}  # fmt: skip
DESKS = WORKS | {
    "award_method": "quotation", "regime": "local", "category": "goods", "licences": [],
    "base_amount": 22_000_000, "estimated_price": 20_000_000, "a_value": 0, "floor_rate": "88",
    "range_low": "-3", "range_high": "3", "price_unit": 1,
}  # fmt: skip


@pytest.mark.parametrize("terms", [WORKS, DESKS])
def test_both_engines_answer_the_generated_bids_alike(terms: dict[str, Any]) -> None:
    made = parameters(terms, on=ON)
    asked = cases(made, "seed")
    assert len(asked) == SETS == 200
    assert asked == cases(made, "seed") != cases(made, "another")
    said = [answer(one) for one in asked]
    assert said == [verify.answer(one) for one in asked]
    assert {one["outcome"] for one in said} == {"opened", "none_inside"}
    assert {bid["remark"] for one in said for bid in one["bids"]} >= {"normal", "below_floor"}
    assert {len(one["chosen"]) for one in said} >= {0, 1, 2}  # ties are among them


UNSCORED = WORKS | {
    "regime": "national", "base_amount": 22_000_000_000, "estimated_price": 20_000_000_000,
    "a_value": 900_000_000, "floor_rate": "81.995",
}  # fmt: skip


def test_where_no_table_scores_the_rest_is_computed_all_the_same() -> None:
    made = parameters(UNSCORED, on=ON)
    assert not scored(made) and scored(parameters(WORKS, on=ON))
    asked = cases(made, "seed")
    assert {one["method"] for one in asked} == {"quotation"}
    kept = ("regime", "category", "on", "estimated_price", "base_amount", "a_value", "floor_rate")
    assert all(one[name] == made[name] for one in asked for name in kept)
    assert all(one["drawing"].items() >= made["drawing"].items() for one in asked)
    said = [answer(one) for one in asked]
    assert said == [verify.answer(one) for one in asked]
    assert {one["outcome"] for one in said} == {"opened", "none_inside"}
    assert {bid["remark"] for one in said for bid in one["bids"]} == {"normal", "below_floor"}
    first, low, high = worked(made)
    assert (first.reserve, first.floor) == (22_000_000_000, 18_200_945_000)
    told = [one.text.format(**one.params) for one in (*first.bids, first.first)]
    assert told == [
        "18,200,944,999 won is left out: it is below the floor price.",
        "18,200,945,000 won counts: rank 1.",
        "18,222,945,000 won counts: rank 2.",
        "18,200,945,000 won would come first by price; two people score it by your own standard.",
    ]
    assert (first.first.code, first.first.law) == (
        "entry.trial.first_by_price", "국가계약법 시행령 제42조",
    )  # fmt: skip
    assert (low.reserve, high.reserve) == (21_780_000_000, 22_220_000_000)


def test_without_a_table_the_net_cost_line_is_tried_too() -> None:
    scoring = parameters(WORKS | {"base_net_cost": 315_000_000}, on=ON)
    made = scoring | {"rows": {**scoring["rows"], "award/screening": []}}
    asked = cases(made, "seed")
    assert [one["method"] for one in asked[:4]] == ["quotation", "lowest_price"] * 2
    said = [answer(one) for one in asked]
    assert said == [verify.answer(one) for one in asked]
    assert not [one for one in said if "refused" in one]
    remarks = [bid["remark"] for one in said for bid in one["bids"]]
    assert min(remarks.count(one) for one in ("below_net_cost", "below_floor", "normal")) > 100
    for with_table, without in zip(worked(scoring), worked(made), strict=True):
        assert without.bids == with_table.bids  # remarks and ranks do not hang on the score
        assert (without.floor, without.line) == (with_table.floor, with_table.line)
        assert without.first.params == with_table.first.params
        assert without.first.code == "entry.trial.first_by_price"


def test_what_finds_no_answer_has_no_examples() -> None:
    assert worked(parameters(UNSCORED | {"a_value": 23_000_000_000}, on=ON)) == ()


def test_the_examples_say_who_would_win_and_why() -> None:
    first, low, high = worked(parameters(WORKS, on=ON))
    assert (first.reserve, first.floor) == (330_000_000, 297_424_550)
    told = [one.text.format(**one.params) for one in (*first.bids, first.first)]
    assert told == [
        "297,424,549 won is left out: it is below the floor price.",
        "297,424,550 won counts: rank 1.",
        "297,754,550 won counts: rank 2.",
        "297,424,550 won would come first: the lowest that is not below the floor price.",
    ]
    assert first.first.law == "국가계약법 시행령 제42조"
    assert (low.reserve, high.reserve) == (326_700_000, 333_300_000)
    assert high.bids[-1].params["amount"] == 333_300_001
    assert high.bids[-1].code == "entry.trial.above_reserve"


def test_generated_bids_and_examples_are_of_the_difficulty_that_the_notice_names() -> None:
    large = WORKS | {
        "base_amount": 7_700_000_000, "estimated_price": 7_000_000_000, "a_value": 0,
        "floor_rate": "87.495", "difficulty": "0.85",
    }  # fmt: skip
    made = parameters(large, on=ON)
    assert made["difficulty"] == "0.85"
    said = [answer(one) for one in cases(made, "seed")]
    assert said == [verify.answer(one) for one in cases(made, "seed")]
    totals = {bid["scores"].get("others") for one in said for bid in one["bids"]} - {None}
    assert totals == {"48.5"}
    assert worked(made)[0].first.code == "entry.trial.nobody"
    assert worked(parameters(large | {"difficulty": "1.00"}, on=ON))[0].first.params == {
        "amount": 6_737_115_000
    }


def test_with_a_net_cost_bids_crowd_its_line_and_the_examples_show_it() -> None:
    made = parameters(WORKS | {"base_net_cost": 315_000_000}, on=ON)
    asked = cases(made, "seed")
    said = [answer(one) for one in asked]
    assert said == [verify.answer(one) for one in asked]
    remarks = [bid["remark"] for one in said for bid in one["bids"]]
    assert min(remarks.count("below_net_cost"), remarks.count("normal")) > 100
    first = worked(made)[0]
    assert (first.reserve, first.floor, first.line) == (330_000_000, 297_424_550, 308_700_000)
    told = [one.text.format(**one.params) for one in (*first.bids, first.first)]
    assert told == [
        "297,424,549 won is left out: it is below the floor price.",
        "297,424,550 won is left out: it is below the net-cost line.",
        "308,699,999 won is left out: it is below the net-cost line.",
        "308,700,000 won counts: rank 1.",
        "309,030,000 won counts: rank 2.",
        "308,700,000 won would come first: the lowest from the net-cost line on.",
    ]
