"""Notice periods (입찰공고의 시기): how long before its deadline a notice must be posted."""

from dataclasses import dataclass
from datetime import date, timedelta

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ground.reason import Reason
from jangteo.rules.calendar import day_kind
from jangteo.rules.dated import ANY, Row, table
from jangteo.rules.deadline.window import Schedule, check_window

_DAY = timedelta(days=1)
#: procedure -> category -> kind of the table; every quotation has one kind
_KINDS = {
    "open": {"works": "works", "goods": "general", "services": "general"},
    "quotation": dict.fromkeys(("works", "goods", "services"), "quotation"),
}
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


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """days: that must pass; day: the latest to post, or the earliest deadline, as asked."""

    day: date
    days: int
    row: str
    reasons: tuple[Reason, ...]


def _row(
    regime: str, category: str, estimated_price: int, urgency: str, procedure: str, on: date
) -> Row:
    urgent = table("deadline/urgency").on(on, regime=regime, urgency=urgency).value
    threshold = table("deadline/international").on(on, regime=regime, category=category)
    return table("deadline/notice_period").on(
        on,
        regime=regime,
        kind=_KINDS[procedure][category],
        urgent=urgent,
        estimated_price=estimated_price,
        international="yes" if estimated_price >= threshold.integer() else "no",
    )


def _law(row: Row, regime: str, urgency: str, on: date) -> str:
    """The urgent case's own item where there is one and the period knows urgency."""
    if not urgency or row.where["urgent"] == ANY:
        return row.law
    return table("deadline/urgency").on(on, regime=regime, urgency=urgency).law


def _counting(row: Row) -> str:
    """Whether every day counts ("calendar") or none but working days ("working")."""
    return row.values.get("counting", "calendar")


def passed(day: date, days: int, counting: str, step: timedelta) -> date:
    """The day after so many days that count, beginning beside `day` in this direction."""
    while days:
        day += step
        days -= counting == "calendar" or day_kind(day).working
    return day + step


def latest_posting_day(
    deadline_day: date,
    *,
    regime: str,
    category: str,
    estimated_price: int,
    urgency: str = "",
    on: date | None = None,
    procedure: str = "open",
) -> NoticePeriod:
    """The last day on which a notice with this deadline may be posted.

    The days are counted back from the day before the deadline, and all of them must have
    passed: with 7 days and a deadline on 10 December, day 1 is the 9th, day 7 the 3rd, and the
    notice is posted on the 2nd at the latest. Weekends and holidays count, but for quotations
    (제30조 of both decrees), where Saturdays and holidays do not. `on` is the day of
    posting, whose law holds (the deadline's own day if none is given); estimated_price is
    without VAT; urgency "" or a case of
    deadline/urgency. Law: 국가계약법 시행령 제35조; 지방계약법 시행령 제35조. For works this is
    the period without a site briefing. RuleMissing for a regime or urgency not in the tables.
    """
    on = on or deadline_day
    row = _row(regime, category, estimated_price, urgency, procedure, on)
    days = row.integer("days")
    day = passed(deadline_day, days, _counting(row), -_DAY)
    reason = Reason(
        "deadline.notice_period.latest",
        _LATEST[_counting(row)],
        {"days": days, "deadline": deadline_day.isoformat(), "day": day.isoformat()},
        _law(row, regime, urgency, on),
        row.id,
    )
    return NoticePeriod(day, days, row.id, (reason,))


def earliest_deadline_day(
    *,
    regime: str,
    category: str,
    estimated_price: int,
    urgency: str = "",
    on: date,
    procedure: str = "open",
) -> NoticePeriod:
    """The first day on which bids may close if the notice is posted `on`; see latest_posting_day.

    The day may be a holiday; calendar.working_day_from tells the next working day.
    """
    row = _row(regime, category, estimated_price, urgency, procedure, on)
    days = row.integer("days")
    day = passed(on, days, _counting(row), _DAY)
    reason = Reason(
        "deadline.notice_period.earliest",
        _EARLIEST[_counting(row)],
        {"days": days, "posted": on.isoformat(), "day": day.isoformat()},
        _law(row, regime, urgency, on),
        row.id,
    )
    return NoticePeriod(day, days, row.id, (reason,))


def check_schedule(
    schedule: Schedule,
    *,
    regime: str,
    category: str,
    estimated_price: int,
    urgency: str = "",
    on: date,
    procedure: str = "open",
) -> list[Reason]:
    """Hold a schedule against notice period, bidding window and opening time, all at once.

    Gives the reasons it stands on. Raises Refusals with every breach, each with its article:
    "tender.notice_period.too_short" and the codes of window.check_window. `on` is the day of
    posting. Law: 제35조 of both decrees; 전자조달법 시행규칙 제2조. Nothing is rounded.
    """
    deadline_day = schedule.deadline.astimezone(KST).date()
    latest = latest_posting_day(
        deadline_day,
        regime=regime,
        category=category,
        estimated_price=estimated_price,
        urgency=urgency,
        on=on,
        procedure=procedure,
    )
    refusals, reasons = check_window(schedule, on=on)
    if schedule.posted_at.astimezone(KST).date() > latest.day:
        earliest = earliest_deadline_day(
            regime=regime,
            category=category,
            estimated_price=estimated_price,
            urgency=urgency,
            on=on,
            procedure=procedure,
        )
        refusals.insert(0, _too_short(latest, deadline_day, earliest.day))
    if refusals:
        raise Refusals(refusals)
    return [*latest.reasons, *reasons]


def _too_short(latest: NoticePeriod, deadline_day: date, earliest: date) -> Refusal:
    return Refusal(
        "tender.notice_period.too_short",
        N_("A deadline on {deadline} needs {days} days of notice: posted by {latest}."),
        repair=N_("Set the deadline to {earliest} or later."),
        law=latest.reasons[0].law,
        field="deadline",
        deadline=deadline_day.isoformat(),
        days=latest.days,
        latest=latest.day.isoformat(),
        earliest=earliest.isoformat(),
    )
