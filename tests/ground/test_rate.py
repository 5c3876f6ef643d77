"""Rates in percent are exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal
from jangteo.ground.rate import Rate
from jangteo.ground.rounding import Rounding


@pytest.mark.parametrize(
    ("typed", "ratio"),
    [("89.745", Fraction(89745, 100000)), ("-3", Fraction(-3, 100)), (" 100 % ", Fraction(1))],
)
def test_what_people_type(typed: str, ratio: Fraction) -> None:
    assert Rate.parse(typed).ratio == ratio


@pytest.mark.parametrize("typed", ["", "89.7455", "1e2", "nan", "８９", "1/3", "89,745"])
def test_what_is_no_rate(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        Rate.parse(typed, field="floor_rate")
    assert refused.value.code == "ground.rate.malformed"
    assert refused.value.field == "floor_rate"


def test_text_is_truncated_unless_named_otherwise() -> None:
    rate = Rate.of(128_646_600, 141_804_150)
    assert rate.text() == "90.721"
    assert rate.text(2, Rounding.UP) == "90.73"
    with pytest.raises(ValueError, match="not zero"):
        Rate.of(1, 0)


@given(st.integers(-9_999_999, 9_999_999))
def test_three_decimals_come_back(thousandths: int) -> None:
    rate = Rate(Fraction(thousandths, 1000))
    assert Rate.parse(rate.text()) == rate
