"""The rules give the worked examples to the won."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from jangteo.ground.rounding import decimal_text, round_places, round_to
from jangteo.rules.award.ranking import Bid, rank
from jangteo.rules.price.defaults import defaults, floor_rate
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.draw import draw
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.preliminary import preliminary_prices, strata
from jangteo.rules.price.reserve import Reserve, reserve_price

CASES = Path(__file__).parent / "cases"


def _case(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def _pairs(counts: list[int]) -> list[tuple[int, int]]:
    """Bidders' picks, two different numbers each, that add up to the counts."""
    left = {number: count for number, count in enumerate(counts, 1) if count}
    pairs = []
    while left:
        one, other = sorted(left, key=lambda number: -left[number])[:2]
        pairs.append((one, other))
        left = {n: c - (n in (one, other)) for n, c in left.items() if c > (n in (one, other))}
    return pairs


def test_a_local_opening_from_rates_to_displayed_rate() -> None:
    case = _case("ex_1_local_works")
    base, rates, on = int(case["base_amount"]), case["rates"], case["on"]
    terms = defaults("local", "works", on)
    assert (terms.range_low, terms.range_high, terms.unit) == ("-3", "3", 100)
    assert strata("-3", "3", on=on).fits(rates)
    prices = preliminary_prices(base, rates, terms.unit, terms.price_rounding)
    assert [price.price for price in prices.prices] == case["prices"]
    drawn = draw(_pairs(case["counts"]), on=on)
    assert list(drawn.counts) == case["counts"]
    assert list(drawn.chosen) == case["drawn"]
    assert drawn.supplied == ()
    reserve = reserve_price(
        base, [rates[n - 1] for n in drawn.chosen], terms.unit, terms.price_rounding,
        terms.mean_of, terms.mean_rounding,
    )  # fmt: skip
    assert reserve.price == case["reserve_price"]
    for bid in case["bid"]:
        assert bid_rate(bid["amount"], reserve.for_rates) == bid["rate"]


def test_a_national_opening_with_a_value() -> None:
    case = _case("ex_2_national_a_value")
    mean = Fraction(sum(case["drawn_prices"]), 4)
    assert round_to(mean, 1, "up") == case["reserve_price"]
    floor = floor_price(case["reserve_price"], case["floor_rate"], case["a_value"])
    assert floor.price == case["floor_price"]
    assert (
        floor_price(case["reserve_price"], case["floor_rate"]).price
        == (case["floor_price_without_a"])
    )
    bounds = strata("-2", "2", on=case["on"]).bounds
    assert [decimal_text(Fraction(b, 1000), 3) for b in bounds] == case["bounds"]
    reserve = Reserve(case["reserve_price"], mean, Fraction(case["reserve_price"]), ())
    bids = [Bid(str(bid["amount"]), bid["amount"]) for bid in case["bid"]]
    found = {row.amount: row for row in rank(bids, reserve, floor)}
    for bid in case["bid"]:
        assert found[bid["amount"]].remark == bid["remark"]
        if "rate" in bid:
            assert found[bid["amount"]].rate == bid["rate"]
    assert found[97847277].rank == 1
    assert found[97908840].rank == 2
    assert found[97818540].rank == 0


def test_rounding_of_means() -> None:
    case = _case("ex_3_rounding_and_shortage")
    assert round_to(Fraction(case["fractional_mean"]), 1, "up") == case["fractional_price"]
    mean = sum(map(Fraction, case["unit_prices"]), Fraction(0)) / 4
    assert decimal_text(round_places(mean, 2, "up"), 2) == case["unit_price_mean"]
    mean = Fraction(sum(case["shortage_prices"]), 4)
    assert mean == case["shortage_mean"]


def test_floors_below_200_million() -> None:
    case = _case("ex_6_floors")
    reserve, rate = case["reserve_price"], case["floor_rate"]
    assert floor_price(reserve, rate, case["a_value"]).price == case["floor_price"]
    assert floor_price(reserve, rate).price == case["floor_price_without_a"]


@pytest.mark.parametrize("row", _case("ex_6_floors")["derived"])
def test_floor_rates_follow_from_the_price_tables(row: dict[str, str]) -> None:
    """The ratio is rounded half up at four decimals, so the floor lies half a grain below."""
    lost = (Fraction(row["weight"]) - Fraction(row["needed"])) / Fraction(row["slope"])
    ratio = Fraction(row["basis"]) - lost
    assert ratio - Fraction("0.005") == Fraction(row["floor_rate"])


@pytest.mark.parametrize(
    ("regime", "price", "on", "rate"),
    [
        ("national", 200_000_000, date(2026, 1, 29), "87.745"),
        ("national", 200_000_000, date(2026, 1, 30), "89.745"),
        ("national", 1_000_000_000, date(2026, 1, 30), "88.745"),
        ("national", 4_999_999_999, date(2026, 1, 29), "86.745"),
        ("national", 9_999_999_999, date(2026, 1, 30), "87.495"),
        ("local", 999_999_999, date(2025, 6, 30), "87.745"),
        ("local", 999_999_999, date(2025, 7, 1), "89.745"),
        ("local", 10_000_000_000, date(2025, 7, 1), "81.995"),
        ("local", 5_000_000_000, date(2025, 6, 30), "85.495"),
    ],
)
def test_floor_rates_by_the_day_of_the_notice(regime: str, price: int, on: date, rate: str) -> None:
    found = floor_rate(regime, "works", price, on=on)
    assert found.rate == rate
    assert found.row.startswith(f"price/floor_rate:{regime}-")
    assert found.reasons[0].law
