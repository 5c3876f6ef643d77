"""Money is a whole number with a currency."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal
from jangteo.ground.money import Money
from jangteo.ground.rounding import Rounding

AMOUNTS = st.integers(0, 10**15)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1,234,500,000", 1_234_500_000), ("1234500000원", 1_234_500_000), (" 0 ", 0), ("007", 7)],
)
def test_what_people_type(typed: str, amount: int) -> None:
    assert Money.parse(typed) == Money(amount)


@pytest.mark.parametrize(
    "typed", ["", "1.5", "-1", "1,23", "1,2345", "１００", "1e9", "0x10", "9" * 16, "만", "1 000"]
)
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        Money.parse(typed, field="amount")
    assert refused.value.code == "ground.money.malformed"
    assert (refused.value.field, refused.value.status) == ("amount", 400)


def test_no_other_numbers_become_money() -> None:
    for wrong in (True, "1", Fraction(1)):
        with pytest.raises(TypeError):
            Money(wrong)  # type: ignore[arg-type]


def test_currencies_do_not_mix() -> None:
    for act in (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a <= b):
        with pytest.raises(ValueError, match="do not mix"):
            act(Money(1), Money(1, "USD"))


@given(AMOUNTS, AMOUNTS)
def test_sum_and_difference_are_exact(one: int, other: int) -> None:
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert (Money(one) < Money(other)) == (one < other)


@given(AMOUNTS)
def test_what_is_shown_can_be_typed(amount: int) -> None:
    assert Money.parse(str(Money(amount)).removesuffix(" KRW")) == Money(amount)


def test_times_a_ratio_names_its_rounding() -> None:
    bond = Money(1_234_567_890)
    assert bond.times(Fraction(5, 100), Rounding.UP) == Money(61_728_395)
    assert bond.times(Fraction(3, 100), Rounding.UP) == Money(37_037_037)
    assert bond.times(Fraction(3, 100), Rounding.DOWN) == Money(37_037_036)
