"""The site briefing of works (현장설명): how long before the deadline it is held at the latest."""

from dataclasses import dataclass
from datetime import date, timedelta

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import table
from jangteo.rules.deadline.counting import passed


@dataclass(frozen=True, slots=True)
class Briefing:
    """day: the last day on which it may be held; attend: whether only who came may bid."""

    day: date
    days: int
    attend: bool
    reason: Reason


def latest_briefing(
    deadline_day: date, *, regime: str, estimated_price: int, on: date | None = None
) -> Briefing:
    """The last day of a site briefing for works of this estimated price, without VAT.

    So many days must have passed, counted back from the day before the deadline; every day counts.
    Urgent notices may shorten it, the law does not say by how much. Law: 국가계약법 시행령
    제14조의2제3항; 지방계약법 시행령 제15조제4항·제5항. `on` is the day of posting (the
    deadline's own day if none is given).
    """
    row = table("deadline/briefing").on(
        on or deadline_day, regime=regime, estimated_price=estimated_price
    )
    days = row.integer("days")
    day = passed(deadline_day, days, "calendar", -timedelta(days=1))
    text = N_("{days} days before {deadline} have passed if the site briefing is on {day}.")
    said = {"days": days, "deadline": deadline_day.isoformat(), "day": day.isoformat()}
    attend = row.text("attend") == "yes"
    return Briefing(day, days, attend, row.reason("deadline.briefing.latest", text, **said))
