"""Periods begin inclusive and end exclusive."""

from datetime import date

import pytest

from jangteo.ground.period import Days, Period

JULY = Period(date(2025, 7, 1), date(2025, 8, 1))


def test_ends() -> None:
    assert date(2025, 7, 1) in JULY
    assert date(2025, 7, 31) in JULY
    assert date(2025, 8, 1) not in JULY
    assert date(2999, 1, 1) in Period(date(2025, 7, 1))


def test_overlap() -> None:
    assert not JULY.overlaps(Period(date(2025, 8, 1)))
    assert not Period(date(2025, 8, 1)).overlaps(JULY)
    assert JULY.overlaps(Period(date(2025, 7, 31)))
    assert Period(date(2000, 1, 1)).overlaps(Period(date(2020, 1, 1)))


def test_wrong_values() -> None:
    with pytest.raises(ValueError, match="after it begins"):
        Period(date(2025, 7, 1), date(2025, 7, 1))
    with pytest.raises(ValueError, match="whole number"):
        Days(-1)
    assert Days(5, working=True) != Days(5)
