"""Comprehensive evaluation and its balance price against figures worked out by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from jangteo.ground.errors import Fault
from jangteo.rules.award import balance, comprehensive
from jangteo.rules.dated import Row, table
from jangteo.rules.price.net_cost import net_cost_line
from tests.rules.said import said

ON = date(2026, 11, 26)


def _comprehensive(regime: str = "national") -> Row:
    return table(comprehensive.TABLE).on(ON, regime=regime)


def _balance(amounts: list[int], reserve: int = 1000) -> balance.Balance | None:
    bids = [balance.Tested(key=f"b{n:02}", amount=amount) for n, amount in enumerate(amounts)]
    counted = balance.serious(bids, balance.Own(reserve), _comprehensive())
    return balance.balance_price(counted, row=_comprehensive(), on=ON)


@pytest.mark.parametrize(
    ("amounts", "price"),
    [
        ([700, 1000, 699, 1001], Fraction(850)),
        ([800, 810, 820, 830, 840, 850, 860, 870, 880], Fraction(820)),
        ([800, 810, 820, 830, 840, 850, 860, 870, 880, 890], Fraction(830)),
        ([700 + n for n in range(20)], Fraction(1413, 2)),
        ([700 + n for n in range(21)], Fraction(710)),
        ([900], Fraction(900)),
    ],
    ids=["limits inside, two left", "under ten", "ten", "twenty", "twenty-one", "one alone"],
)
def test_the_balance_price_by_the_number_of_bids(amounts: list[int], price: Fraction) -> None:
    found = _balance(amounts)
    assert found is not None
    assert found.price == price


def test_the_bids_left_out_of_the_mean_are_named() -> None:
    found = _balance([800, 810, 820, 830, 840, 850, 860, 870, 880])
    assert found is not None
    assert found.counted == tuple(f"b0{n}" for n in range(9))
    assert found.dropped == ("b00", "b04", "b05", "b06", "b07", "b08")


def test_there_is_no_balance_price_without_a_bid_that_counts() -> None:
    assert _balance([699, 1001]) is None


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({}, True), ({"mismatch": True}, False), ({"negative": True}, False),
        ({"fixed": 997}, True), ({"fixed": 996}, False), ({"labour": 800}, True),
        ({"labour": 799}, False),
    ],
)  # fmt: skip
def test_what_counts_for_the_balance_price(given: dict[str, Any], counts: bool) -> None:
    own = balance.Own(1000, fixed=1000, labour=1000)
    bid = balance.Tested(key="a", amount=800, **given)
    assert (balance.serious([bid], own, _comprehensive()) == [bid]) == counts


def _entry(key: str, amount: int, price: str, *rest: int) -> comprehensive.Entry:
    capability, social, recent = (*rest, 0)[:3] if len(rest) < 3 else rest
    return comprehensive.Entry(
        key=key, amount=amount, price=Fraction(price), capability=Fraction(capability),
        social=Fraction(social), recent_awards=recent,
    )  # fmt: skip


def _order(entries: list[comprehensive.Entry], middle: int, reserve: int = 1000) -> list[int]:
    found = balance.Balance(Fraction(middle), (), (), ())
    placed = comprehensive.rank(entries, reserve, row=_comprehensive(), balance=found)
    return [one.rank for one in placed]


@pytest.mark.parametrize(
    ("entries", "middle", "ranks"),
    [
        ([("a", 900, "50", 40, 5), ("b", 800, "49", 40, 5)], 850, [1, 2]),
        ([("a", 900, "50", 40, 5), ("b", 800, "48", 41, 6)], 850, [2, 1]),
        ([("a", 900, "50", 40, 5), ("b", 840, "50", 41, 4)], 850, [2, 1]),
        ([("a", 900, "50", 40, 5), ("b", 840, "50", 41, 4)], 879, [1, 2]),
        ([("a", 900, "50", 40, 5), ("b", 840, "50", 41, 4)], 880, [2, 1]),
        ([("a", 900, "50", 40, 5), ("b", 800, "50", 41, 4)], 850, [2, 1]),
        ([("a", 900, "50", 40, 5, 7), ("b", 900, "50", 40, 5, 6)], 850, [2, 1]),
        ([("a", 900, "50", 40, 5, 7), ("b", 900, "50", 40, 5, 7)], 850, [1, 1]),
        ([("a", 1001, "50", 40, 5), ("b", 1000, "1", 1, 1)], 850, [0, 1]),
    ],
    ids=[
        "the sum", "capability and social duty", "nearest to the balance price",
        "nearest, below 88",
        "lower from 88 % on", "capability alone", "less awarded before", "by lot", "the ceiling",
    ],
)  # fmt: skip
def test_the_order_of_comprehensive_evaluation(
    entries: list[tuple[Any, ...]], middle: int, ranks: list[int]
) -> None:
    assert _order([_entry(*one) for one in entries], middle) == ranks


def test_two_bids_of_one_key_are_a_fault() -> None:
    with pytest.raises(Fault):
        _order([_entry("a", 1, "1", 1, 1), _entry("a", 2, "1", 1, 1)], 1)


def test_what_comprehensive_evaluation_says() -> None:
    middle = _balance([900, 1000, 800])
    assert said(middle) == ["Of 3 bids that count, 3 are left in the middle; their mean is 900."]
    thirds = _balance([900, 900, 901])
    assert said(thirds) == ["Of 3 bids that count, 3 are left in the middle; their mean is 900.33."]
    placed = comprehensive.rank(
        [_entry("a", 900, "50", 40, 5)], 1000, row=_comprehensive(), balance=middle
    )
    assert said(placed) == ["50 + 40 + 5 is 95 points: rank 1."]


def _told(amounts: dict[str, int], *, regime: str, middle: Any = 850, **more: Any) -> list[str]:
    entries = [_entry(key, amount, "50", 40, 5, 7) for key, amount in amounts.items()]
    found = None if middle is None else balance.Balance(Fraction(middle), (), (), ())
    row = _comprehensive(regime)
    return said(comprehensive.rank(entries, 1000, row=row, balance=found, **more))


def test_who_stands_equal_is_told_by_what_the_order_follows() -> None:
    together = "Equal sums: then capability with social duty (45), "
    rest = "capability (40), less awarded in a year (7 won), the lot."
    near = "nearness to the balance price 850 ({} won), "
    bids = {"a": 900, "b": 800, "c": 1001}
    assert _told(bids, regime="national") == [
        "50 + 40 + 5 is 95 points: rank 1.", together + near.format(900) + rest,
        "50 + 40 + 5 is 95 points: rank 1.", together + near.format(800) + rest,
        "1,001 won is above the reserve price of 1,000 won: not ranked.",
    ]  # fmt: skip
    low = "the lower bid (800 won, as the balance price is 880.5), "
    assert _told(bids, regime="local", middle="880.5")[2:4] == [
        "50 + 40 + 5 is 95 points: rank 1.", together + low + rest,
    ]  # fmt: skip
    assert _told(bids, regime="national", middle=None)[1] == together + rest


def test_alone_at_a_sum_nobody_hears_of_ties() -> None:
    assert _told({"a": 900, "b": 1001, "c": 1002}, regime="national") == [
        "50 + 40 + 5 is 95 points: rank 1.",
        "1,001 won is above the reserve price of 1,000 won: not ranked.",
        "1,002 won is above the reserve price of 1,000 won: not ranked.",
    ]


@pytest.mark.parametrize(
    ("regime", "above", "ties"),
    [
        ("national", "국가계약법 시행령 제42조제4항", "국가계약법 시행령 제47조제1항제5호"),
        ("local", "지방계약법 시행령 제42조의3제2항", "지방계약법 시행령 제48조제1항제3호"),
    ],
)
def test_the_articles_of_comprehensive_evaluation(regime: str, above: str, ties: str) -> None:
    entries = [_entry("a", 9, "5", 4, 5), _entry("b", 9, "5", 4, 5), _entry("c", 11, "5", 4, 5)]
    a, _, c = comprehensive.rank(entries, 10, row=_comprehensive(regime), balance=None)
    assert [(why.code, why.law) for why in (a.reasons[1], c.reasons[0])] == [
        ("award.comprehensive.tie", ties), ("award.ranking.above_reserve", above),
    ]  # fmt: skip


def test_only_those_below_the_net_cost_line_hear_of_it() -> None:
    bids = {"a": 882, "b": 881}
    net = net_cost_line(
        base_net_cost=900, base_amount=1000, reserve_price=1000, regime="national",
        category="works", on=ON,
    )  # fmt: skip
    assert _told(bids, regime="national", net=net) == [
        "50 + 40 + 5 is 95 points: rank 1.",
        "881 won is below the net-cost line of 882 won: not ranked.",
    ]
