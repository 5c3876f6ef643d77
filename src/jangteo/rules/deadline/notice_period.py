"""Notice periods (입찰공고의 시기): how long before its deadline a notice must be posted."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ground.reason import Reason
from jangteo.rules.dated import Row
from jangteo.rules.deadline.briefing import Briefing, latest_briefing
from jangteo.rules.deadline.counting import passed
from jangteo.rules.deadline.manner import OPEN, Manner, period_row
from jangteo.rules.deadline.window import Schedule, check_window

_DAY = timedelta(days=1)
#: how the days are counted -> what is said of the latest day to post and of the earliest deadline
_LATEST = {
    "calendar": N_(
        "{days} days counted from the day before {deadline}: posted by {day} at the latest."
    ),
    "working": N_(
        "{days} days without Saturdays and holidays, counted from the day before {deadline}: "
        "posted by {day} at the latest."
    ),
}
_EARLIEST = {
    "calendar": N_(
        "Posted on {posted}, with {days} full days between: the deadline is {day} or later."
    ),
    "working": N_(
        "Posted on {posted}, with {days} full days without Saturdays and holidays between: the "
        "deadline is {day} or later."
    ),
}
_LATEST_BEFORE_BRIEFING = N_(
    "{days} days counted from the day before the site briefing on {briefing}: posted by {day} at "
    "the latest."
)
_EARLIEST_BRIEFING = N_(
    "Posted on {posted}, with {days} full days between: the site briefing is {day} or later."
)
_AFTER_BRIEFING = N_("The site briefing is on {briefing}: the deadline is {day} or later.")


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """days: that must pass; day: the latest to post, or the earliest deadline, as asked."""

    day: date
    days: int
    row: str
    reasons: tuple[Reason, ...]


def _counting(row: Row) -> str:
    """Whether every day counts ("calendar") or none but working days ("working")."""
    return row.values.get("counting", "calendar")


def _to_briefing(row: Row) -> bool:
    """Whether the days end with the site briefing, not with the deadline."""
    return row.text("counted_from") == "briefing"


def latest_posting_day(
    deadline_day: date,
    *,
    regime: str,
    category: str,
    estimated_price: int,
    urgency: str = "",
    on: date | None = None,
    manner: Manner = OPEN,
) -> NoticePeriod:
    """The last day on which a notice with this deadline may be posted.

    The days are counted back from the day before the deadline, and all of them must have
    passed: with 7 days and a deadline on 10 December, day 1 is the 9th, day 7 the 3rd, and the
    notice is posted on the 2nd at the latest. Weekends and holidays count, but for quotations
    (제30조 of both decrees), where Saturdays and holidays do not. Works with a site briefing are
    counted back from the briefing (제2항), in an urgent case from the deadline (제4항). `on` is the
    day of posting, whose law holds (the deadline's own day if none is given); estimated_price is
    without VAT; urgency "" or a case of deadline/urgency; manner: how a contractor is sought.
    Law: 국가계약법 시행령 제35조; 지방계약법 시행령 제35조. RuleMissing for a regime or urgency
    not in the tables, Fault for a manner that the law does not know.
    """
    on = on or deadline_day
    row, law = period_row(
        regime=regime,
        category=category,
        estimated_price=estimated_price,
        urgency=urgency,
        manner=manner,
        on=on,
    )
    days, said = row.integer("days"), {"deadline": deadline_day.isoformat()}
    text, end = _LATEST[_counting(row)], deadline_day
    if manner.briefing and _to_briefing(row):
        text, end = _LATEST_BEFORE_BRIEFING, manner.briefing
        said = {"briefing": end.isoformat()}
    day = passed(end, days, _counting(row), -_DAY)
    params = {"days": days, **said, "day": day.isoformat()}
    reason = Reason("deadline.notice_period.latest", text, params, law, row.id)
    return NoticePeriod(day, days, row.id, (reason,))


def earliest_deadline_day(
    *,
    regime: str,
    category: str,
    estimated_price: int,
    urgency: str = "",
    on: date,
    manner: Manner = OPEN,
) -> NoticePeriod:
    """The first day on which bids may close if the notice is posted `on`; see latest_posting_day.

    With a site briefing that the period leads to, it lies as far behind the briefing as
    `briefing.latest_briefing` asks, a briefing too early being put off to the first lawful day; in
    an urgent case, whose shortening the law leaves open, at least a day behind it. The day may
    be a holiday; calendar.working_day_from tells the next working day.
    """
    row, law = period_row(
        regime=regime,
        category=category,
        estimated_price=estimated_price,
        urgency=urgency,
        manner=manner,
        on=on,
    )
    days = row.integer("days")
    day = passed(on, days, _counting(row), _DAY)
    text = _EARLIEST_BRIEFING if _to_briefing(row) else _EARLIEST[_counting(row)]
    params = {"days": days, "posted": on.isoformat(), "day": day.isoformat()}
    first = Reason("deadline.notice_period.earliest", text, params, law, row.id)
    if not manner.briefing:
        return NoticePeriod(day, days, row.id, (first,))
    if _to_briefing(row):
        held = max(day, manner.briefing)
        found = latest_briefing(held, regime=regime, estimated_price=estimated_price, on=on)
        day, cause = passed(held, found.days, "calendar", _DAY), found.reason
    else:
        held, cause = manner.briefing, first
        day = max(day, held + _DAY)
    said = {"briefing": held.isoformat(), "day": day.isoformat()}
    behind = Reason(
        "deadline.notice_period.after_briefing", _AFTER_BRIEFING, said, cause.law, cause.row
    )
    return NoticePeriod(day, days, row.id, (first, behind))


def check_schedule(
    schedule: Schedule,
    *,
    regime: str,
    category: str,
    estimated_price: int,
    urgency: str = "",
    on: date,
    manner: Manner = OPEN,
) -> list[Reason]:
    """Hold a schedule against notice period, bidding window and opening time, all at once.

    Gives the reasons it stands on. Raises Refusals with every breach, each with its article:
    "tender.notice_period.too_short", "tender.briefing.too_late" for a site briefing so near to the
    deadline, and the codes of window.check_window. `on` is the day of posting.
    Law: 제35조 of both decrees, 국가계약법 시행령 제14조의2제3항, 지방계약법 시행령 제15조제4항;
    전자조달법 시행규칙 제2조. Nothing is rounded.
    """
    deadline_day = schedule.deadline.astimezone(KST).date()
    asked: dict[str, Any] = {
        "regime": regime,
        "category": category,
        "estimated_price": estimated_price,
        "urgency": urgency,
        "on": on,
        "manner": manner,
    }
    latest = latest_posting_day(deadline_day, **asked)
    refusals, reasons = check_window(schedule, on=on)
    briefing, late = _briefing(deadline_day, **asked)
    refusals[:0] = late
    if schedule.posted_at.astimezone(KST).date() > latest.day:
        earliest = earliest_deadline_day(**asked)
        refusals.insert(0, _too_short(latest, deadline_day, earliest))
    if refusals:
        raise Refusals(refusals)
    return [*latest.reasons, *briefing, *reasons]


def _briefing(
    deadline_day: date, *, regime: str, estimated_price: int, urgency: str, on: date,
    manner: Manner, category: str,
) -> tuple[list[Reason], list[Refusal]]:  # fmt: skip
    """Why the site briefing is early enough, and the refusal where it is not; works alone have one.

    An urgent case may shorten the days, the law does not say by how much: it is held before the
    deadline at least.
    """
    if not manner.briefing or category != "works":
        return [], []
    found = latest_briefing(deadline_day, regime=regime, estimated_price=estimated_price, on=on)
    last = deadline_day - _DAY if urgency else found.day
    if manner.briefing > last:
        return [], [_too_late(found, last, manner.briefing)]
    return ([] if urgency else [found.reason]), []


def _too_late(found: Briefing, last: date, briefing: date) -> Refusal:
    return Refusal(
        "tender.briefing.too_late",
        N_("A site briefing on {briefing} is too near to the deadline: {latest} at the latest."),
        repair=N_("Hold the site briefing by {latest}, or set a later deadline."),
        law=found.reason.law,
        field="deadline",
        briefing=briefing.isoformat(),
        latest=last.isoformat(),
    )


def _too_short(latest: NoticePeriod, deadline_day: date, earliest: NoticePeriod) -> Refusal:
    briefing = latest.reasons[0].params.get("briefing")
    texts = (
        N_("A deadline on {deadline} needs {days} days of notice: posted by {latest}."),
        N_("Set the deadline to {earliest} or later."),
    )
    first = earliest.day.isoformat()
    if briefing:
        texts = (
            N_("A site briefing on {briefing} needs {days} days of notice: posted by {latest}."),
            N_("Hold the site briefing on {earliest} or later."),
        )
        first = str(earliest.reasons[0].params["day"])
    return Refusal(
        "tender.notice_period.too_short",
        texts[0],
        repair=texts[1],
        law=latest.reasons[0].law,
        field="deadline",
        deadline=deadline_day.isoformat(),
        days=latest.days,
        latest=latest.day.isoformat(),
        earliest=first,
        **({"briefing": briefing} if briefing else {}),
    )
