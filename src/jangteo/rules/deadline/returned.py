"""A payment's clock stands still while the claim is returned to the supplier."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_
from jangteo.rules.calendar import is_working_day
from jangteo.rules.dated import table
from jangteo.rules.deadline.steps import Due, due


def due_after_returns(
    kind: str,
    start: date,
    pauses: Sequence[tuple[date, date]],
    *,
    regime: str,
    on: date,
) -> Due:
    """The last day of a period that begins on `start` and stood still during some pauses.

    pauses: (day of the return, day on which it was filed again); both days and those between are
    not counted (국가계약법 시행령 제58조제5항, 지방계약법 시행령 제67조제5항), nor does a last day
    that moved on from a holiday fall on one of them. A period that had run out before the return
    stays run out. `on` is the day whose law holds.
    """
    plain = due(kind, start, regime=regime, on=on)
    if not any(left <= plain.day for left, _ in pauses):
        return plain
    row = table("deadline/steps").on(on, kind=kind, regime=regime)
    day, left = start, row.integer("days")
    while left:
        day += timedelta(days=1)
        working = row.text("counting") != "working" or is_working_day(day)
        left -= working and not _paused(day, pauses)
    if row.text("rolls") == "yes":
        while _paused(day, pauses) or not is_working_day(day):
            day += timedelta(days=1)
    reason = row.reason(
        f"deadline.steps.{kind}.returned",
        N_("{days} days from {start}; the days of the return are not counted: until {day}."),
        days=row.integer("days"),
        start=start.isoformat(),
        day=day.isoformat(),
    )
    moment = datetime.combine(day + timedelta(days=1), time(0), tzinfo=KST)
    return Due(day, moment, reason, row.id)


def _paused(day: date, pauses: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in pauses)
