"""Working days, and holidays that an upgrade of the almanac cannot change."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.config.commands import freeze_holidays
from jangteo.rules.calendar import (
    add_working_days,
    almanac,
    day_kind,
    is_working_day,
    working_day_from,
)
from jangteo.rules.dated import RuleMissing, table

DAYS = st.dates(date(2020, 2, 1), date(2028, 11, 30))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 10, 2), "임시공휴일"),
        (date(2024, 10, 1), "국군의 날 임시공휴일"),
        (date(2025, 1, 27), "임시공휴일"),
        (date(2025, 6, 3), "대통령 선거일"),
        (date(2025, 10, 8), "추석 대체 휴일"),
        (date(2026, 6, 3), "지방선거일"),
        (date(2026, 9, 25), "추석"),
    ],
)
def test_holidays(day: date, name: str) -> None:
    kind = day_kind(day)
    assert (kind.working, kind.name) == (False, name)
    assert kind.reasons[0].row == f"calendar/holidays:{day}"


def test_ordinary_days_and_weekends() -> None:
    assert is_working_day(date(2026, 11, 24))
    assert day_kind(date(2026, 11, 28)).reasons[0].params["name"] == ""
    assert not is_working_day(date(2026, 11, 28))
    assert not is_working_day(date(2026, 11, 29))
    assert working_day_from(date(2026, 9, 24)) == date(2026, 9, 28)
    assert add_working_days(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert add_working_days(date(2026, 9, 28), -1) == date(2026, 9, 23)
    assert add_working_days(date(2026, 9, 25), 0) == date(2026, 9, 25)


def test_beyond_the_frozen_years_nothing_is_guessed() -> None:
    for day in (date(2019, 12, 31), date(2030, 1, 1)):
        with pytest.raises(RuleMissing):
            is_working_day(day)


@given(DAYS, st.integers(1, 15))
def test_adding_working_days_counts_each_and_comes_back(day: date, count: int) -> None:
    later = add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(later)
    assert add_working_days(add_working_days(later, -count), count) == later


def test_ten_years_of_working_days_equal_a_brute_force_oracle() -> None:
    """Every day of 2020 to 2029 against a list counted out from almanac and gazette."""
    first, last = date(2020, 1, 1), date(2029, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    off = holidays.country_holidays("KR", years=range(2020, 2030))
    decreed = {row.period.since for row in table("calendar/gazette").rows}
    working = [day for day in days if day.weekday() < 5 and day not in off and day not in decreed]
    assert len(days) == 3653
    assert [day for day in days if is_working_day(day)] == working
    for day in days[:-40]:
        after = bisect_right(working, day)
        assert working_day_from(day) == working[bisect_left(working, day)]
        for count in (1, 2, 3, 5, 7, 10, 14):
            assert add_working_days(day, count) == working[after + count - 1]
    for day in days[60:]:
        before = bisect_left(working, day)
        for count in (1, 5, 10):
            assert add_working_days(day, -count) == working[before - count]


@pytest.mark.parametrize("year", range(2020, 2030))
def test_the_days_that_never_move_are_holidays_every_year(year: int) -> None:
    fixed = ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25))
    assert not any(is_working_day(date(year, month, day)) for month, day in fixed)


def test_every_frozen_day_is_still_known_and_none_is_missing() -> None:
    assert freeze_holidays.run(["--check"]) == 0


def test_freezing_adds_and_never_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text("", encoding="utf-8")
    monkeypatch.setattr(freeze_holidays, "PATH", path)
    old = {date(2021, 1, 1): "an older name", date(2021, 7, 7): "no longer known"}
    monkeypatch.setattr(freeze_holidays, "frozen", lambda: dict(old))
    assert freeze_holidays.run(["--first", "2021", "--last", "2021"]) == 0
    written = path.read_text(encoding="utf-8")
    assert '2021-01-01 = "an older name"' in written
    assert '2021-07-07 = "no longer known"' in written
    assert '2021-09-21 = "추석"' in written
    assert freeze_holidays.run(["--check", "--first", "2021", "--last", "2021"]) == 1


def test_what_is_frozen() -> None:
    found = almanac()
    assert (found.covers.since, found.covers.until) == (date(2020, 1, 1), date(2030, 1, 1))
    years = [sum(day.year == year for day in found.days) for year in range(2020, 2030)]
    assert all(15 <= count <= 25 for count in years)
    assert sum(years) == len(found.days)
