"""The clocks after the opening: exact days, a calendar counted by brute force, what never is."""

import tomllib
from bisect import bisect_right
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.clock import KST
from jangteo.rules import dated
from jangteo.rules.dated import RuleMissing, table
from jangteo.rules.deadline.returned import due_after_returns
from jangteo.rules.deadline.steps import due

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases" / "deadline_steps.toml").read_text(encoding="utf-8"))
HOLIDAYS = tomllib.loads(
    (Path(dated.__file__).parent / "data/calendar/holidays.toml").read_text(encoding="utf-8")
)
#: every kind of clock is counted by hand at least once
KINDS = {case["kind"] for case in CASES["case"]}
REGIMES = ("national", "local")
ON = date(2026, 11, 24)
STARTS = st.dates(date(2020, 1, 1), date(2028, 10, 31))
CLOCKS = st.sampled_from([(kind, regime) for kind in sorted(KINDS) for regime in REGIMES])


def test_every_kind_has_a_row_for_both_regimes() -> None:
    rows = table("deadline/steps").rows
    assert {(row.where["kind"], row.where["regime"]) for row in rows} == {
        (kind, regime) for kind in KINDS for regime in REGIMES
    }
    assert all(row.text("rolls") == "no" for row in rows if row.text("counting") == "working")


def test_a_row_is_named_after_regime_kind_and_the_year_or_day_from_which_it_holds() -> None:
    for row in table("deadline/steps").rows:
        clock = f"{row.where['regime']}-{row.where['kind']}".replace("_", "-")
        since = row.period.since
        assert row.id in {f"deadline/steps:{clock}-{when}" for when in (since.year, since)}


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["why"])
def test_last_days(case: dict[str, Any]) -> None:
    on = case.get("on", CASES["on"])  # a case of a later law names its own day
    found = due(case["kind"], case["start"], regime=case["regime"], on=on)
    assert found.day == case["day"]
    midnight = datetime.combine(case["day"] + timedelta(days=1), datetime.min.time(), tzinfo=KST)
    assert found.moment == midnight
    asked = {"kind": case["kind"], "regime": case["regime"]}
    assert found.rule == table("deadline/steps").on(on, **asked).id
    assert (found.reason.row, found.reason.params["day"]) == (found.rule, str(case["day"]))
    assert found.reason.law


def _open_days() -> list[date]:
    """Every day of the frozen years on which offices work, straight from the file."""
    closed = {date.fromisoformat(day) for day in HOLIDAYS["days"]}
    first, until = HOLIDAYS["since"], HOLIDAYS["until"]
    days = [first + timedelta(days=n) for n in range((until - first).days)]
    return [day for day in days if day not in closed and day.isoweekday() < 6]


@pytest.mark.parametrize("regime", REGIMES)
def test_working_days_agree_with_a_calendar_counted_out(regime: str) -> None:
    """Every start of every frozen year, by position in the list of open days."""
    days = _open_days()
    start, last, count = HOLIDAYS["since"], date(2028, 12, 1), 0
    while start <= last:
        expected = days[bisect_right(days, start) + 4]
        assert due("payment", start, regime=regime, on=ON).day == expected
        start, count = start + timedelta(days=1), count + 1
    assert count == 3258


def test_calendar_days_agree_with_a_calendar_counted_out() -> None:
    days = set(_open_days())
    start = HOLIDAYS["since"]
    while start <= date(2028, 11, 30):
        expected = start + timedelta(days=14)
        while expected not in days:
            expected += timedelta(days=1)
        assert due("inspection", start, regime="national", on=ON).day == expected
        start += timedelta(days=1)


@given(CLOCKS, STARTS)
def test_never_ends_on_a_day_that_is_not_counted(clock: tuple[str, str], start: date) -> None:
    found = due(clock[0], start, regime=clock[1], on=ON)
    assert found.day.isoformat() not in HOLIDAYS["days"]
    assert found.day.isoweekday() < 6
    assert found.day > start


@given(CLOCKS, STARTS, st.integers(0, 30))
def test_a_later_start_never_ends_earlier(clock: tuple[str, str], start: date, later: int) -> None:
    first = due(clock[0], start, regime=clock[1], on=ON)
    second = due(clock[0], start + timedelta(days=later), regime=clock[1], on=ON)
    assert first.day <= second.day


@given(STARTS)
def test_excluding_holidays_never_shortens(start: date) -> None:
    national = due("progress_payment", start, regime="national", on=ON).day
    assert national <= due("progress_payment", start, regime="local", on=ON).day


@pytest.mark.parametrize(
    ("kind", "start", "on"),
    [
        ("holiday", ON, ON),
        ("payment", ON, date(2019, 12, 31)),
        ("payment", date(2029, 12, 28), ON),
        ("inspection", date(2029, 12, 20), ON),
    ],
)
def test_nothing_is_guessed(kind: str, start: date, on: date) -> None:
    with pytest.raises(RuleMissing):
        due(kind, start, regime="national", on=on)


def test_both_articles_of_the_exclusion_are_named() -> None:
    national = due("payment", ON, regime="national", on=ON).reason.law
    local = due("payment", ON, regime="local", on=ON).reason.law
    assert national == "국가계약법 시행령 제58조제1항, 제6항"
    assert local == "지방계약법 시행령 제67조제1항"


@pytest.mark.parametrize(
    ("kind", "regime", "start", "pauses", "day"),
    [
        ("payment", "national", date(2026, 11, 16), [], date(2026, 11, 23)),
        (
            "payment",
            "national",
            date(2026, 11, 16),
            [(date(2026, 11, 18), date(2026, 11, 24))],
            date(2026, 11, 30),
        ),
        (
            "payment",
            "local",
            date(2026, 11, 16),
            [(date(2026, 11, 17), date(2026, 11, 17)), (date(2026, 11, 24), date(2026, 11, 25))],
            date(2026, 11, 26),
        ),
        (
            "progress_payment",
            "national",
            date(2026, 11, 16),
            [(date(2026, 11, 17), date(2026, 11, 20))],
            date(2026, 11, 25),
        ),
        (
            "payment",
            "national",
            date(2026, 11, 16),
            [(date(2026, 11, 24), date(2026, 11, 30))],
            date(2026, 11, 23),
        ),
        (
            "progress_payment",
            "national",
            date(2026, 11, 23),
            [(date(2026, 11, 30), date(2026, 12, 3))],
            date(2026, 12, 4),
        ),
        (
            "payment",
            "local",
            date(2026, 11, 16),
            [(date(2026, 11, 23), date(2026, 11, 27))],
            date(2026, 11, 30),
        ),
        (
            "payment",
            "national",
            date(2026, 12, 28),
            [(date(2026, 12, 31), date(2027, 1, 1))],
            date(2027, 1, 6),
        ),
    ],
    ids=[
        "never returned", "one day used, four left", "twice", "calendar days", "run out before",
        "returned on the Monday to which a Saturday moved", "returned on the last day",
        "returned over the new year",
    ],
)  # fmt: skip
def test_a_returned_claim_stands_still(
    kind: str, regime: str, start: date, pauses: list[tuple[date, date]], day: date
) -> None:
    found = due_after_returns(kind, start, pauses, regime=regime, on=ON)
    assert found.day == day
    assert found.reason.params["day"] == day.isoformat()


@given(CLOCKS, STARTS, st.integers(1, 10), st.integers(0, 20))
def test_a_return_never_shortens(
    clock: tuple[str, str], start: date, after: int, length: int
) -> None:
    left = start + timedelta(days=after)
    plain = due(clock[0], start, regime=clock[1], on=ON)
    paused = due_after_returns(
        clock[0], start, [(left, left + timedelta(days=length))], regime=clock[1], on=ON
    )
    assert paused.day >= plain.day
    assert paused.day.isoformat() not in HOLIDAYS["days"]
    assert paused.day.isoweekday() < 6
