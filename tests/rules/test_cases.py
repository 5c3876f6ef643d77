"""Floor rates by the day of the notice; the worked examples are in test_worked.py."""

from datetime import date

import pytest

from jangteo.rules.price.defaults import floor_rate


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
