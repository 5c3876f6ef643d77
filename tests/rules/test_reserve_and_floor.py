"""Reserve price and floor price."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Fault, Refusal
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.preliminary import displayed_price
from jangteo.rules.price.reserve import reserve_price

RATES = st.lists(
    st.integers(97_000, 103_000).map(lambda n: f"{n // 1000}.{n % 1000:03d}"),
    min_size=4,
    max_size=4,
)


def test_displayed_and_unrounded_means_differ() -> None:
    rates = ["100.001", "100.002", "100.003", "100.005"]
    displayed = reserve_price(5_000_001, rates, 100, "up", "displayed", "up")
    unrounded = reserve_price(5_000_001, rates, 1, "half_even", "unrounded", "half_up")
    assert displayed.price == 5_000_200
    assert displayed.for_rates == displayed.price
    assert unrounded.exact == Fraction(5_000_001 * 100_002_75, 100_000_00)
    assert unrounded.price == 5_000_139
    assert unrounded.for_rates == unrounded.exact
    assert unrounded.reasons[0].params["mean"] == "5,000,138.5000275"
    assert unrounded.reasons[1].params == {"rounding": "half_up", "price": 5_000_139}
    with pytest.raises(Fault):
        reserve_price(5_000_001, rates, 1, "up", "guessed", "up")


def test_the_mean_is_shown_to_its_last_place() -> None:
    rates = ["100.001", "100.002", "100.003", "100.004"]
    shown = reserve_price(5_000_000, rates, 1, "half_even", "unrounded", "half_up").reasons[0]
    assert shown.params["mean"] == "5,000,125"
    shown = reserve_price(1_000_002, rates, 1, "half_even", "unrounded", "half_up").reasons[0]
    assert shown.params["mean"] == "1,000,027.00005"


@given(st.integers(10**6, 10**11), RATES)
def test_the_mean_lies_between_the_prices(base: int, rates: list[str]) -> None:
    prices = [displayed_price(base, rate, 100, "up") for rate in rates]
    found = reserve_price(base, rates, 100, "up", "displayed", "up")
    assert min(prices) <= found.price <= max(prices)
    assert 0 <= found.price - found.exact < 1
    assert reserve_price(base, rates[::-1], 100, "up", "displayed", "up").price == found.price


@given(st.integers(2, 10**11), st.integers(1, 99_999), st.fractions(0, 1, max_denominator=1000))
def test_the_floor_is_the_least_amount_that_is_not_below(
    reserve: int, thousandths: int, share: Fraction
) -> None:
    a_value = int(share * (reserve - 1))
    rate = f"{thousandths // 1000}.{thousandths % 1000:03d}"
    exact = Fraction((reserve - a_value) * thousandths, 100_000) + a_value
    price = floor_price(reserve, rate, a_value).price
    assert price - 1 < exact <= price
    assert a_value <= price <= reserve


@pytest.mark.parametrize("a_value", [-1, 1000, 1001])
def test_an_a_value_that_cannot_be(a_value: int) -> None:
    with pytest.raises(Refusal) as refused:
        floor_price(1000, "89.745", a_value)
    assert refused.value.code == "price.floor.a_value_too_large"


def test_displayed_rates_are_truncated_to_three_decimals() -> None:
    assert bid_rate(128_646_600, 141_804_150) == "90.721"
    assert bid_rate(1, 3) == "33.333"
    assert bid_rate(2, 3) == "66.666"
    assert bid_rate(3, 3) == "100.000"
    assert bid_rate(999_999, 1_000_000) == "99.999"
    assert bid_rate(1, Fraction(1, 2)) == "200.000"
