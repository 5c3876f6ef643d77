"""A candidate's score in the words of docs/figures.md, and the same case put to both engines."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import jangteo_verify
from jangteo.rules.award import METHODS
from jangteo.rules.award.method import CANDIDATE, Item, answered, written

OFFER: dict[str, Any] = {
    "amount": 900, "reserve_price": 1000, "a_value": 0, "estimated_price": 150_000_000,
    "regime": "national", "category": "works", "on": date(2026, 4, 2),
}  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "finance", "said"),
    [
        (900, None, ("90", "10", "100", "yes")),
        (897, None, ("84", "10", "94", "no")),
        (897, "10", ("84", "10", "94", "no")),
        (900, "5", ("90", "5", "95", "yes")),
        (900, "4.9", ("90", "4.9", "94.9", "no")),
    ],
)
def test_both_engines_say_the_same_of_a_candidate(
    amount: int, finance: str | None, said: tuple[str, ...]
) -> None:
    scoring = METHODS["qualification"].scoring
    assert scoring is not None
    offer = {**OFFER, "amount": amount}
    scores = None if finance is None else {"finance": Fraction(finance)}
    mine = scoring.reviewed(scores=scores, **offer) if scores else scoring.provisional(**offer)
    case = scoring.case(scores=scores, others=[1100, 990, 1], **offer)
    assert [bid["amount"] for bid in case["bids"]] == [amount, 1, 990, 1100]
    wanted = dict(zip(("price", "others", "total", "passes"), said, strict=True))
    assert written(mine) == wanted
    assert answered(jangteo_verify.answer(case)) == wanted


def test_the_a_value_of_a_candidate_is_in_the_case() -> None:
    scoring = METHODS["qualification"].scoring
    assert scoring is not None
    offer = {**OFFER, "a_value": 100}
    case = scoring.case(scores=None, others=[1100], **offer)
    found = answered(jangteo_verify.answer(case))
    assert found == written(scoring.provisional(**offer))
    assert found["price"] == "67.8"
    assert (case["a_value"], case["reserve_price"], case["floor_rate"]) == (100, 1000, "0")


@pytest.mark.parametrize(
    ("difficulty", "others", "total", "passes"),
    [("", "50", "95", "yes"), ("1.00", "50", "95", "yes"), ("0.95", "49.5", "94.5", "no"),
     ("0.85", "48.5", "93.5", "no"), ("0.80", "48", "93", "no")],
)  # fmt: skip
def test_both_engines_multiply_by_the_difficulty(
    difficulty: str, others: str, total: str, passes: str
) -> None:
    scoring = METHODS["qualification"].scoring
    assert scoring is not None
    offer = {**OFFER, "estimated_price": 7_000_000_000, "difficulty": difficulty}
    offer |= {"amount": 6_737_115_000, "reserve_price": 7_700_000_000}
    case = scoring.case(scores=None, others=[7_000_000_000], **offer)
    assert case.get("difficulty", "") == difficulty
    wanted = {"price": "45", "others": others, "total": total, "passes": passes}
    assert answered(jangteo_verify.answer(case)) == written(scoring.provisional(**offer)) == wanted


def test_only_a_whole_answer_about_the_candidate_counts() -> None:
    whole = {"price": "90", "others": "10", "total": "100", "passes": "yes"}
    other = {"key": "0", "scores": {**whole, "price": "1"}}
    mine = {"key": CANDIDATE, "scores": {**whole, "rate": "90.000"}}
    half = {"key": CANDIDATE, "scores": {"price": "90"}}
    assert answered({"bids": [other, mine]}) == whole
    assert answered({"bids": [mine, other]}) == whole
    assert answered({"bids": [other]}) == answered({"bids": [half, other]}) == {}
    assert answered({"refused": "row"}) == {}


def test_what_methods_have_where_nothing_is_said() -> None:
    assert Item("finance", "", Fraction(10)).least == 0
    assert {name: (one.papers, one.net_cost) for name, one in METHODS.items() if one.offered} == {
        "qualification": (True, True), "quotation": (False, False),
    }  # fmt: skip
