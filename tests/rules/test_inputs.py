"""What each method declares that it needs is what its cases are asked for, and no more."""

from typing import Any

import pytest

from jangteo.rules.award import METHODS
from jangteo.rules.award.case import TABLES, in_force
from jangteo.rules.award.figures import answer


def _case(method: str, bids: list[dict[str, Any]], reserve_price: int | None) -> dict[str, Any]:
    case: dict[str, Any] = {
        "method": method, "regime": "national", "category": "works", "on": "2026-04-02",
        "estimated_price": 150_000_000, "bids": bids,
    }  # fmt: skip
    case |= {} if reserve_price is None else {"reserve_price": reserve_price}
    return {**case, "rows": in_force(case)}


BIDS = {"a": 900, "b": 950}
GIVEN: dict[str, Any] = {
    "reserve_price": 1000, "qualified": 1, "technical": "80", "price_score": "50",
    "capability": "40", "social": "5",
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_a_method_asks_for_the_inputs_it_declares_and_for_no_other(method: str) -> None:
    declared = METHODS[method].inputs

    def asked(inputs: frozenset[str]) -> dict[str, Any]:
        of_bids = {name: value for name, value in GIVEN.items() if name in inputs}
        price = of_bids.pop("reserve_price", None)
        bids = [{"key": key, "amount": amount, **of_bids} for key, amount in BIDS.items()]
        for bid in bids if "amount" not in inputs else []:
            del bid["amount"]
        return answer(_case(method, bids, price))

    assert asked(declared)["outcome"] == "opened"
    assert "amount" in declared
    for name in declared:
        assert asked(declared - {name}).get("outcome") != "opened", name


def test_every_method_has_its_tables_and_one_bid_is_no_competition() -> None:
    assert TABLES.keys() == METHODS.keys()
    for method in TABLES:
        more = {"qualified": 1, "technical": "80", "price_score": "1", "capability": "1"}
        bids = [{"key": "a", "amount": 900, "social": "1", **more}]
        found = answer(_case(method, bids, 1000))
        assert (found["outcome"], found["chosen"]) == ("too_few", [])
        assert found["figures"] == {}


def test_the_articles_under_which_each_method_awards() -> None:
    assert {name: (one.laws["national"], one.laws["local"]) for name, one in METHODS.items()} == {
        "qualification": ("국가계약법 시행령 제42조", "지방계약법 시행령 제42조"),
        "quotation": ("국가계약법 시행령 제30조", "지방계약법 시행령 제30조"),
        "lowest_price": ("국가계약법 제10조제2항", "지방계약법 제13조제2항"),
        "two_stage": (
            "국가계약법 시행령 제18조, 제42조제3항", "지방계약법 시행령 제18조, 제42조제1항제3호",
        ),
        "simultaneous": (
            "국가계약법 시행령 제18조, 제42조제3항", "지방계약법 시행령 제18조, 제42조제1항제3호",
        ),
        "negotiation": ("국가계약법 시행령 제43조제1항", "지방계약법 시행령 제43조제1항"),
        "comprehensive": ("국가계약법 시행령 제42조제4항", "지방계약법 시행령 제42조의3제2항"),
    }  # fmt: skip
