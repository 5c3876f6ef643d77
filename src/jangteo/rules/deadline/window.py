"""The hours of bidding: how long bids are taken, when they close, when they are opened."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.calendar import day_kind
from jangteo.rules.dated import Row, table


@dataclass(frozen=True, slots=True)
class Schedule:
    """The moments of a notice, all with a time zone.

    deadline_reason: why the deadline lies outside office hours, as the notice says; "" if not.
    days_off: days beside Saturdays and holidays on which the agency does not work (휴무일).
    """

    posted_at: datetime
    bidding_from: datetime
    deadline: datetime
    opening_at: datetime
    deadline_reason: str = ""
    days_off: frozenset[date] = frozenset()


def opening_moment(deadline: datetime, *, on: date) -> datetime:
    """When bids are opened: one hour after the deadline. Law: 전자조달법 시행규칙 제2조제4항."""
    return deadline + timedelta(hours=_row(on).integer("opening_after"))


def latest_bidding_start(deadline: datetime, *, on: date) -> datetime:
    """The last moment at which bidding may begin: 48 hours before. Law: 같은 조 제2항."""
    return deadline - timedelta(hours=_row(on).integer("hours"))


def check_window(schedule: Schedule, *, on: date) -> tuple[list[Refusal], list[Reason]]:
    """Every breach of 전자조달법 시행규칙 제2조, and the reasons the rest stands on.

    Codes: tender.window.before_notice, tender.window.too_short,
    tender.deadline.not_working_day, tender.deadline.day_off (수요기관이 정한 휴무일),
    tender.deadline.outside_hours, tender.opening.not_one_hour.
    A deadline at another time is allowed if the notice says why (제3항 단서); 10:00 and 17:00
    themselves are inside. `on` is the day of posting. RuleMissing beyond the frozen holidays.
    """
    row = _row(on)
    found = [
        _start(schedule, row),
        _length(schedule, row),
        _hours(schedule, row),
        _opening(schedule, row, on),
    ]
    reasons = [
        row.reason(
            "deadline.window.kept",
            N_("Bids are taken for at least {hours} hours and opened {after} hour later."),
            hours=row.integer("hours"),
            after=row.integer("opening_after"),
        ),
        *day_kind(_local(schedule.deadline).date()).reasons,
    ]
    return [refusal for refusal in found if refusal], reasons


def _row(on: date) -> Row:
    return table("deadline/window").on(on)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(KST)


def _start(schedule: Schedule, row: Row) -> Refusal | None:
    if schedule.bidding_from >= schedule.posted_at:
        return None
    return Refusal(
        "tender.window.before_notice",
        N_("Bidding cannot begin before the notice is posted."),
        repair=N_("Set the beginning of bidding to a later moment."),
        law=row.law + "제1항",
        field="bidding_from",
    )


def _length(schedule: Schedule, row: Row) -> Refusal | None:
    hours = row.integer("hours")
    if schedule.deadline - schedule.bidding_from >= timedelta(hours=hours):
        return None
    return Refusal(
        "tender.window.too_short",
        N_("Bids must be taken for at least {hours} hours."),
        repair=N_("Begin bidding earlier or set a later deadline."),
        law=row.law + "제2항",
        field="bidding_from",
        hours=hours,
    )


def _hours(schedule: Schedule, row: Row) -> Refusal | None:
    deadline = _local(schedule.deadline)
    kind = day_kind(deadline.date())
    opens, closes = row.integer("opens"), row.integer("closes")
    inside = time(opens) <= deadline.time() <= time(closes)
    off = kind.working and deadline.date() in schedule.days_off
    if schedule.deadline_reason.strip() or (kind.working and inside and not off):
        return None
    if off:
        code = "tender.deadline.day_off"
        text = N_("The deadline {day} is a day off of the agency.")
    elif not kind.working:
        code = "tender.deadline.not_working_day"
        text = N_("The deadline {day} is not a working day.")
    else:
        code = "tender.deadline.outside_hours"
        text = N_("The deadline lies outside {opens}:00 to {closes}:00.")
    return Refusal(
        code,
        text,
        repair=N_("Choose a working day between {opens}:00 and {closes}:00, or state the reason."),
        law=row.law + "제3항",
        field="deadline",
        day=deadline.date().isoformat(),
        opens=opens,
        closes=closes,
    )


def _opening(schedule: Schedule, row: Row, on: date) -> Refusal | None:
    if schedule.opening_at == opening_moment(schedule.deadline, on=on):
        return None
    return Refusal(
        "tender.opening.not_one_hour",
        N_("The opening is {after} hour after the deadline."),
        repair=N_("Set the opening to exactly {after} hour after the deadline."),
        law=row.law + "제4항",
        field="opening_at",
        after=row.integer("opening_after"),
    )
