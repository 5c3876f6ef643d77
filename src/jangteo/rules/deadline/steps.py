"""The clocks that the law sets after the opening: when papers, inspections and money are due."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.calendar import add_working_days, working_day_from
from jangteo.rules.dated import table

#: how a table row counts days
_TEXTS = {
    "calendar": N_("{days} days from {start}, which does not count itself: until {day}."),
    "working": N_(
        "{days} days from {start}, Saturdays and public holidays not counted: until {day}."
    ),
}


@dataclass(frozen=True, slots=True)
class Due:
    """day: the last day; moment: its end (midnight after it, Korean time), no longer in time."""

    day: date
    moment: datetime
    reason: Reason
    rule: str


def due(kind: str, start: date, *, regime: str, on: date) -> Due:
    """The last day of a step that begins on a day; the first day is not counted (민법 제157조).

    kind: a `kind` of table deadline/steps. Where the table counts "calendar" days and the last
    one is a Saturday or holiday, the period ends on the next working day (민법 제161조) if the row
    says so. A work that was corrected begins anew: the caller gives the day of the new notice.
    `on` is the day whose law holds, the tender's rule day. RuleMissing for an unknown kind or
    beyond the frozen holidays.
    """
    row = table("deadline/steps").on(on, kind=kind, regime=regime)
    days, counting = row.integer("days"), row.text("counting")
    if counting == "working":
        day = add_working_days(start, days)
    else:
        day = start + timedelta(days=days)
        day = working_day_from(day) if row.text("rolls") == "yes" else day
    reason = row.reason(
        f"deadline.steps.{kind}",
        _TEXTS[counting],
        days=days,
        start=start.isoformat(),
        day=day.isoformat(),
    )
    moment = datetime.combine(day + timedelta(days=1), time(0), tzinfo=KST)
    return Due(day, moment, reason, row.id)
