"""Base amount and estimated price: ten percent apart, fractions of a won dropped."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.rules.price import vat
from tests.rules.said import said

ON = date(2026, 11, 27)


def test_without_the_tax() -> None:
    found = vat.amounts(base_amount=125_499_999, estimated_price=None, on=ON)
    assert (found.base_amount, found.estimated_price) == (125_499_999, 114_090_908)
    assert said(found) == [
        "125,499,999 won without 10 % value-added tax is 114,090,908 won.",
    ]


def test_with_the_tax() -> None:
    found = vat.amounts(base_amount=None, estimated_price=114_090_909, on=ON)
    assert (found.base_amount, found.estimated_price) == (125_499_999, 114_090_909)
    assert said(found) == ["114,090,909 won with 10 % value-added tax is 125,499,999 won."]


def test_both_stay_as_they_are() -> None:
    found = vat.amounts(base_amount=1_000, estimated_price=7, on=ON)
    assert (found.base_amount, found.estimated_price, found.reasons) == (1_000, 7, ())


def test_of_nothing_comes_nothing() -> None:
    with pytest.raises(ValueError):
        vat.amounts(base_amount=None, estimated_price=None, on=ON)


@given(st.integers(0, 10**15))
def test_there_and_back_loses_nothing(price: int) -> None:
    with_tax = vat.amounts(base_amount=None, estimated_price=price, on=ON).base_amount
    assert with_tax == price + price // 10
    back = vat.amounts(base_amount=with_tax, estimated_price=None, on=ON).estimated_price
    assert price - 1 <= back <= price
