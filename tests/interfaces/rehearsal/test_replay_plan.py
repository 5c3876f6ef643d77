"""A published opening becomes bidders whose picks and amounts can have led to it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal.replay import lines, picks, plan
from jangteo.interfaces.rehearsal.replay.schedule import difficulty, regime_of

CASES = Path(lines.__file__).parents[1] / "cases" / "openings.jsonl"


def chosen(counts: list[int]) -> list[int]:
    """The four most picked, the lower number first where equal: the rule, written anew."""
    return sorted(sorted(range(1, 16), key=lambda n: (-counts[n - 1], n))[:4])


def counted(pairs: list[tuple[int, int]]) -> list[int]:
    return [sum(pair.count(number) for pair in pairs) for number in range(1, 16)]


def case(notice: str) -> dict[str, Any]:
    rows = (json.loads(text) for text in CASES.read_text().splitlines() if text.strip())
    return next(row for row in rows if row["notice"] == notice)


@given(st.lists(st.sampled_from(range(1, 16)), min_size=2, max_size=2, unique=True).map(tuple))
def test_one_bidder_keeps_its_pair(pair: tuple[int, int]) -> None:
    assert set(picks.pairs(counted([pair]))[0]) == set(pair)


two_numbers = st.lists(st.integers(1, 15), min_size=2, max_size=2, unique=True).map(tuple)


@given(st.lists(two_numbers, min_size=1, max_size=60))
def test_counts_become_pairs_of_different_numbers_that_add_up(given_pairs: list[Any]) -> None:
    counts = counted(given_pairs)
    made = picks.pairs(counts)
    assert counted(made) == counts
    assert all(one != other for one, other in made)


def test_a_number_picked_by_more_than_everybody_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        picks.pairs([3, 1] + [0] * 13)
    assert refused.value.code == "replay.picks.impossible"


@given(
    st.lists(two_numbers, min_size=4, max_size=40), st.lists(two_numbers, min_size=1, max_size=5)
)
def test_the_excluded_leave_the_published_four(valid: list[Any], shut: list[Any]) -> None:
    counts = [a + b for a, b in zip(counted(valid), counted(shut), strict=True)]
    drawn = chosen(counted(valid))
    if any(not counted(valid)[number - 1] for number in drawn):
        return
    try:
        found = picks.excluded_counts(counts, drawn, len(shut))
    except Refusal as refused:
        assert refused.code == "replay.picks.not_explained"
        return
    assert sum(found) == 2 * len(shut)
    rest = [c - s for c, s in zip(counts, found, strict=True)]
    assert min(rest) >= 0
    assert chosen(rest) == drawn


def test_a_real_surplus_is_explained() -> None:
    row = case("R26BK01726184-000")
    line = lines.parse(1, json.dumps(row))
    made = plan.plan(line)
    shut = [bidder for bidder in made.bidders if bidder.excluded]
    assert len(made.bidders) == 6
    assert len(shut) == 2
    rest = counted([bidder.picks for bidder in made.bidders if not bidder.excluded])
    assert chosen(rest) == line.drawn == [2, 5, 6, 14]
    assert counted([b.picks for b in made.bidders]) == [price.picked for price in line.prices]


def test_gaps_of_the_ranks_are_filled_between_the_neighbours() -> None:
    row = case("R26BK01285125-000")
    made = plan.plan(lines.parse(1, json.dumps(row)))
    amounts = sorted(bid["amount"] for bid in row["bids"] if bid["remark"] == "normal")
    hidden = [bidder.amount for bidder in made.bidders if bidder.published is None]
    between = [amount for amount in hidden if amounts[1] < amount < amounts[2]]
    assert len(between) == 8 - 2 - 1
    assert len(set(between)) == len(between)
    assert all(amount > row["reserve_price"] for amount in set(hidden) - set(between))
    assert len(made.bidders) == 23
    assert made.floor_inferred


def test_an_inferred_floor_is_a_rate_of_the_table() -> None:
    """No notice goes out with a rate that stands nowhere, so none is made up for a replay."""
    row = case("R26BK01285125-000")
    made = plan.plan(lines.parse(1, json.dumps(row)))
    assert (made.floor_rate, made.floor_inferred) == ("89.745", True)
    edge = plan.floor_of(made.line, made.a_value, made.floor_rate)
    amounts = {
        remark: [bid["amount"] for bid in row["bids"] if bid["remark"] == remark]
        for remark in ("normal", "below_floor")
    }
    assert max(amounts["below_floor"], default=0) < edge <= min(amounts["normal"])


def test_works_that_the_state_does_not_screen_are_replayed_as_local() -> None:
    made = plan.plan(lines.parse(1, json.dumps(case("R26BK01285125-000"))))
    wide = replace(made.terms, range_low="-2", range_high="2")
    small = replace(made, terms=wide)
    assert (regime_of(made), regime_of(small)) == ("local", "national")
    large = replace(small, line=replace(made.line, base_amount=11_000_000_000))
    assert regime_of(large) == "local"
    assert (
        regime_of(replace(large, line=replace(made.line, base_amount=10_999_999_999))) == "national"
    )
    # 5,000,000,000 won without the tax, and a won less
    named = [replace(small, line=replace(small.line, base_amount=base))
             for base in (5_500_000_000, 5_499_999_999)]  # fmt: skip
    assert [difficulty(one) for one in named] == ["1.00", ""]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reserve_price": 1.5}, "reserve_price"),
        ({"base_amount": -1}, "base_amount"),
        ({"opened": "yesterday"}, "opened"),
        ({"preliminary_prices": []}, "preliminary_prices"),
        ({"bids": [{"rank": 1, "amount": 1, "rate": None, "remark": "fine"}]}, "bids.remark"),
    ],
)
def test_a_malformed_line_names_its_field(change: dict[str, Any], field: str) -> None:
    row = case("R26BK01285125-000") | change
    with pytest.raises(Refusal) as refused:
        lines.parse(7, json.dumps(row))
    assert refused.value.code == "replay.line.malformed"
    assert refused.value.field == field


def test_rates_keep_their_digits() -> None:
    row = json.dumps(case("R26BK01285125-000"))
    line = lines.parse(1, row)
    assert {bid.rate for bid in line.bids if bid.amount == 128_646_600} == {"90.721"}
