"""57 real openings, recomputed by the rules and equal to what was published."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

import jangteo.interfaces.rehearsal
from jangteo.rules.award.ranking import Bid, rank
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.draw import draw
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.infer import infer_terms
from jangteo.rules.price.preliminary import preliminary_prices
from jangteo.rules.price.reserve import Reserve, reserve_price

FILE = Path(jangteo.interfaces.rehearsal.__file__).parent / "cases" / "openings.jsonl"
OPENINGS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
ids = [opening["notice"] for opening in OPENINGS]
each = pytest.mark.parametrize("opening", OPENINGS, ids=ids)
NUMBERS = range(1, 16)


def _pairs(counts: list[int]) -> list[tuple[int, int]]:
    left = list(counts)
    pairs = []
    while any(left):
        one, other = sorted(NUMBERS, key=lambda number: -left[number - 1])[:2]
        pairs.append((one, other))
        left[one - 1] -= 1
        left[other - 1] -= 1
    assert min(left) == 0
    return pairs


def _surplus(opening: dict[str, Any]) -> int:
    picks = sum(price["picked"] for price in opening["preliminary_prices"])
    listed = opening["bidders_listed"]
    return picks // 2 - listed if listed is not None else 0


def _excluded(opening: dict[str, Any]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Picks the excluded bidders may have made."""
    pairs = list(combinations(NUMBERS, 2))
    yield from combinations_with_replacement(pairs, _surplus(opening))


def _reserve(opening: dict[str, Any]) -> Reserve:
    terms = infer_terms(
        [price["price"] for price in opening["preliminary_prices"]],
        opening["base_amount"],
        on=date.fromisoformat(opening["opened"]),
    )
    rates = [
        rate
        for rate, price in zip(terms.rates, opening["preliminary_prices"], strict=True)
        if price["drawn"]
    ]
    return reserve_price(
        opening["base_amount"], rates, terms.unit, terms.price_rounding, terms.mean_of,
        terms.mean_rounding,
    )  # fmt: skip


def test_all_57_are_here() -> None:
    assert len(OPENINGS) == 57
    assert len(set(ids)) == 57
    assert sorted(OPENINGS, key=lambda o: (o["opened"], o["notice"])) == OPENINGS


@each
def test_terms_are_found_and_give_all_15_prices(opening: dict[str, Any]) -> None:
    published = [price["price"] for price in opening["preliminary_prices"]]
    on = date.fromisoformat(opening["opened"])
    terms = infer_terms(published, opening["base_amount"], on=on)
    prices = preliminary_prices(
        opening["base_amount"], terms.rates, terms.unit, terms.price_rounding
    )
    assert [price.price for price in prices.prices] == published
    assert len(terms.rates) == 15
    assert terms.unit in (100, 1)


def test_what_the_terms_of_all_are() -> None:
    found = Counter()
    for opening in OPENINGS:
        prices = [price["price"] for price in opening["preliminary_prices"]]
        terms = infer_terms(prices, opening["base_amount"])
        found[(terms.unit, terms.range_high, terms.variant)] += 1
    assert found == {
        (100, "3", "usual"): 45,
        (100, "3", "mirrored"): 1,
        (100, "2", "usual"): 6,
        (1, "3", "usual"): 5,
    }


@each
def test_the_draw(opening: dict[str, Any]) -> None:
    counts = [price["picked"] for price in opening["preliminary_prices"]]
    drawn = {price["number"] for price in opening["preliminary_prices"] if price["drawn"]}
    on = date.fromisoformat(opening["opened"])
    for picks in _excluded(opening):
        shut = Counter(number for pick in picks for number in pick)
        rest = [count - shut[number] for number, count in enumerate(counts, 1)]
        if min(rest) < 0 or max(rest) * 2 > sum(rest):
            continue
        bids = [*_pairs(rest), *picks]
        counted = [True] * (len(bids) - len(picks)) + [False] * len(picks)
        found = draw(bids, counted, on=on)
        assert list(found.counts) == counts
        assert found.supplied == ()
        if set(found.chosen) == drawn:
            return
    pytest.fail(f"no excluded picks lead to {sorted(drawn)}")


@each
def test_the_reserve_price(opening: dict[str, Any]) -> None:
    assert _reserve(opening).price == opening["reserve_price"]


@each
def test_displayed_rates(opening: dict[str, Any]) -> None:
    reserve = _reserve(opening)
    for bid in opening["bids"]:
        if bid["rate"] is not None:
            assert Fraction(bid_rate(bid["amount"], reserve.for_rates)) == Fraction(bid["rate"])


def test_floor_and_ranks_where_they_were_published() -> None:
    split = complete = 0
    for opening in OPENINGS:
        if opening["floor_rate"] is None:
            continue
        reserve = _reserve(opening)
        floor = floor_price(reserve.price, opening["floor_rate"], opening["a_value"])
        bids = [Bid(str(place), bid["amount"]) for place, bid in enumerate(opening["bids"])]
        found = {row.key: row for row in rank(bids, reserve, floor)}
        for place, bid in enumerate(opening["bids"]):
            assert found[str(place)].remark == bid["remark"], opening["notice"]
            split += 1
            if opening["bids_complete"]:
                assert found[str(place)].rank == bid["rank"], opening["notice"]
                complete += 1
    assert (split > 100, complete > 100) == (True, True), (split, complete)


def test_ranks_where_the_list_is_complete_or_begins_with_the_first() -> None:
    """Published ranks of listed normal bids are those of their order, gaps filled or not."""
    checked = 0
    for opening in OPENINGS:
        normal = [bid for bid in opening["bids"] if bid["remark"] == "normal"]
        for one, other in combinations(normal, 2):
            assert (one["amount"] < other["amount"]) == (one["rank"] < other["rank"])
            assert (one["amount"] == other["amount"]) == (one["rank"] == other["rank"])
            checked += 1
        assert all(bid["rank"] == 0 for bid in opening["bids"] if bid["remark"] != "normal")
        assert all(
            bid["amount"] > opening["reserve_price"]
            for bid in opening["bids"]
            if bid["remark"] == "above_reserve"
        )
    assert checked > 500
