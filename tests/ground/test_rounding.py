"""Named rounding on exact fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.rounding import Rounding, decimal_text, round_places, round_to

FRACTIONS = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "unit", "rounding", "expected"),
    [
        (Fraction(1001, 10), 100, "up", 200),
        (Fraction(100), 100, "up", 100),
        (Fraction(1999, 10), 100, "down", 100),
        (Fraction(5, 2), 1, "half_up", 3),
        (Fraction(5, 2), 1, "half_even", 2),
        (Fraction(7, 2), 1, "half_even", 4),
        (Fraction(-5, 2), 1, "half_up", -2),
        (146_102_645 + Fraction(1, 2), 1, "up", 146_102_646),
    ],
)
def test_exact_values(value: Fraction, unit: int, rounding: str, expected: int) -> None:
    assert round_to(value, unit, rounding) == expected


def test_two_decimals_up() -> None:
    mean = Fraction("1235.165")
    assert round_places(mean, 2, Rounding.UP) == Fraction("1235.17")
    assert decimal_text(round_places(mean, 2, Rounding.UP), 2) == "1235.17"


def test_nothing_is_rounded_without_a_name() -> None:
    with pytest.raises(ValueError, match="more than 3 decimals"):
        decimal_text(Fraction(1, 3), 3)
    with pytest.raises(ValueError, match="at least 1"):
        round_to(Fraction(1), 0, Rounding.UP)
    with pytest.raises(ValueError, match="sideways"):
        round_to(Fraction(1), 1, "sideways")


def test_decimal_text_keeps_sign_and_zeros() -> None:
    assert decimal_text(Fraction(-1, 8), 3) == "-0.125"
    assert decimal_text(Fraction(7), 0) == "7"
    assert decimal_text(Fraction(98), 3) == "98.000"


@given(FRACTIONS, st.integers(1, 10_000))
def test_up_and_down_enclose_the_value_within_a_unit(value: Fraction, unit: int) -> None:
    down, up = round_to(value, unit, Rounding.DOWN), round_to(value, unit, Rounding.UP)
    assert down <= value <= up
    assert up - down == (0 if value % unit == 0 else unit)


@given(FRACTIONS, st.integers(1, 10_000))
def test_halves_are_at_most_half_a_unit_away(value: Fraction, unit: int) -> None:
    for rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN):
        rounded = round_to(value, unit, rounding)
        assert rounded % unit == 0
        assert abs(rounded - value) * 2 <= unit
