"""Working days: neither Saturday, nor Sunday, nor a public holiday."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from jangteo.ground.errors import N_, Fault
from jangteo.ground.period import Period
from jangteo.ground.reason import Reason
from jangteo.rules import files
from jangteo.rules.dated import RuleMissing

TABLE = "calendar/holidays"
LAW = "관공서의 공휴일에 관한 규정 제2조"


@dataclass(frozen=True, slots=True)
class Almanac:
    """The frozen holidays and the days they cover; asked beyond, the answer is RuleMissing."""

    covers: Period[date]
    days: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class DayKind:
    """Whether a day is a working day; name: of the holiday, or ""."""

    day: date
    working: bool
    name: str
    reasons: tuple[Reason, ...]


@lru_cache(maxsize=1)
def almanac() -> Almanac:
    """The frozen table. Fault if it is not in its form."""
    content = files.toml(TABLE)
    if content.get("table") != TABLE:
        raise Fault(f"{TABLE} must name itself")
    days = {date.fromisoformat(day): name for day, name in content["days"].items()}
    return Almanac(Period(content["since"], content["until"]), days)


def day_kind(day: date) -> DayKind:
    """What a day is, and why. Law: 관공서의 공휴일에 관한 규정 제2조; Saturdays are no working
    days under 전자조달법 시행규칙 제2조제3항. RuleMissing beyond the frozen years."""
    known = almanac()
    if day not in known.covers:
        raise RuleMissing(TABLE, day, {})
    name = known.days.get(day, "")
    if name:
        text = N_("{day} is a public holiday: {name}.")
    elif day.weekday() >= 5:
        text = N_("{day} is a Saturday or Sunday.")
    else:
        text = N_("{day} is a working day.")
    working = not name and day.weekday() < 5
    row = f"{TABLE}:{day.isoformat()}" if name else ""
    reason = Reason("calendar.day", text, {"day": day.isoformat(), "name": name}, LAW, row)
    return DayKind(day, working, name, (reason,))


def is_working_day(day: date) -> bool:
    """Whether offices work on a day; see day_kind for the reason."""
    return day_kind(day).working


def working_day_from(day: date, off: Collection[date] = ()) -> date:
    """The day itself if it is a working day, otherwise the next one that is; off: days off."""
    while day in off or not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after a day (count 1: the next working day); negative: before.

    With count 0 the day itself, whether it is a working day or not.
    """
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day
