"""Days that must pass beside a day, every one or working days only."""

from datetime import date, timedelta

from jangteo.rules.calendar import day_kind


def passed(day: date, days: int, counting: str, step: timedelta) -> date:
    """The day after so many days that count, beginning beside `day` in this direction.

    counting: "calendar", every day, or "working", none but working days.
    """
    while days:
        day += step
        days -= counting == "calendar" or day_kind(day).working
    return day + step
