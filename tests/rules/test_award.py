"""Ranking and outcome."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Fault
from jangteo.rules.award import METHODS, quotation
from jangteo.rules.award.method import not_opened
from jangteo.rules.award.outcome import outcome
from jangteo.rules.award.ranking import Bid, rank
from jangteo.rules.price.floor import Floor
from jangteo.rules.price.net_cost import net_cost_line
from jangteo.rules.price.reserve import Reserve

ON = date(2026, 11, 24)
RESERVE = Reserve(1000, Fraction(1000), Fraction(1000), ())
FLOOR = Floor(897, ())


def _rank(*amounts: int) -> list[tuple[int, int, str]]:
    bids = [Bid(f"b{place}", amount) for place, amount in enumerate(amounts)]
    return [(row.amount, row.rank, row.remark) for row in rank(bids, RESERVE, FLOOR)]


def test_equal_amounts_share_a_rank_and_the_next_is_skipped() -> None:
    assert _rank(950, 900, 899, 900, 898, 1001, 896) == [
        (898, 1, "normal"),
        (899, 2, "normal"),
        (900, 3, "normal"),
        (900, 3, "normal"),
        (950, 5, "normal"),
        (896, 0, "below_floor"),
        (1001, 0, "above_reserve"),
    ]


def test_both_limits_are_inside() -> None:
    assert _rank(897, 1000) == [(897, 1, "normal"), (1000, 2, "normal")]


def test_where_there_is_a_net_cost_line_only_those_below_it_hear_of_it() -> None:
    net = net_cost_line(
        base_net_cost=930, base_amount=1000, reserve_price=1000, regime="national",
        category="works", on=ON,
    )  # fmt: skip
    assert net is not None
    assert net.line == 912
    found = rank([Bid("a", 912), Bid("b", 911), Bid("c", 896)], RESERVE, FLOOR, net=net)
    assert [(one.key, one.rank, one.remark) for one in found] == [
        ("a", 1, "normal"), ("c", 0, "below_floor"), ("b", 0, "below_net_cost"),
    ]  # fmt: skip
    assert [[why.code for why in one.reasons] for one in found] == [
        ["award.ranking.normal"], ["award.ranking.below_floor"], ["award.ranking.below_net_cost"],
    ]  # fmt: skip


def test_each_says_why() -> None:
    bids = [Bid("a", 900), Bid("b", 900), Bid("c", 1), Bid("d", 2000)]
    found = {row.key: row for row in rank(bids, RESERVE, FLOOR)}
    assert [reason.code for reason in found["a"].reasons] == [
        "award.ranking.normal",
        "award.ranking.shared",
    ]
    assert found["a"].reasons[1].params == {"equals": 2, "rank": 1}
    assert found["c"].reasons[0].params == {"amount": 1, "floor": 897}
    assert found["d"].reasons[0].code == "award.ranking.above_reserve"
    assert (found["a"].rate, found["d"].rate) == ("90.000", "200.000")
    assert all(reason.law for row in found.values() for reason in row.reasons)


def test_keys_are_unique_and_methods_are_named() -> None:
    with pytest.raises(Fault):
        rank([Bid("a", 1), Bid("a", 2)], RESERVE, FLOOR)
    assert {name: one.rank for name, one in METHODS.items()} == {
        "qualification": rank, "quotation": quotation.rank, "lowest_price": not_opened,
        "two_stage": not_opened, "simultaneous": not_opened, "negotiation": not_opened,
        "comprehensive": not_opened,
    }  # fmt: skip
    assert {name for name, one in METHODS.items() if one.offered} == {"qualification", "quotation"}
    with pytest.raises(Fault):
        METHODS["negotiation"].rank([Bid("a", 1)], RESERVE, FLOOR)


@given(st.lists(st.integers(850, 1050), max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_bids_does_not_matter(amounts: list[int], chance: object) -> None:
    bids = [Bid(f"b{place}", amount) for place, amount in enumerate(amounts)]
    shuffled = list(bids)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = rank(bids, RESERVE, FLOOR)
    assert rank(shuffled, RESERVE, FLOOR) == found
    normal = sorted(amount for amount in amounts if 897 <= amount <= 1000)
    assert [row.amount for row in found if row.rank] == normal
    assert all(row.rank == normal.index(row.amount) + 1 for row in found if row.rank)


def test_a_competition_needs_two_valid_bids_and_somebody_to_award() -> None:
    bids = rank([Bid("a", 900), Bid("b", 1)], RESERVE, FLOOR)
    assert outcome(2, bids, regime="national", on=ON).kind == "opened"
    alone = outcome(1, bids[:1], regime="national", on=ON)
    assert (alone.kind, alone.reasons[0].law) == ("failed", "국가계약법 시행령 제11조")
    assert alone.reasons[0].params == {"valid": 1, "needed": 2}
    local = outcome(0, [], regime="local", on=ON)
    assert (local.kind, local.reasons[0].law) == ("failed", "지방계약법 시행령 제12조")
    nobody = outcome(2, rank([Bid("a", 1), Bid("b", 2)], RESERVE, FLOOR), regime="local", on=ON)
    assert nobody.reasons[0].code == "award.outcome.none"
