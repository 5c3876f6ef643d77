"""When each opening of a file is published, bid for and opened, on a clock that only goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.replay.plan import Plan
from jangteo.rules.award import screening
from jangteo.rules.deadline.notice_period import latest_posting_day

DEADLINE, OPENING, POSTING, BIDDING = time(10), time(11), time(9), time(8)
WINDOW = timedelta(hours=48)
#: what follows upon an opening that is carried on: after so many days, at this time
AFTERWARDS = {
    "award": (0, time(14)),
    "contract": (0, time(16)),
    "begin": (5, time(9)),
    "deliver": (35, time(9)),
    "pay": (35, time(14)),
}


def moment(day: date, at: time) -> datetime:
    """A moment in Korean time."""
    return datetime.combine(day, at, KST)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The moments of one opening."""

    posted: datetime
    bidding_from: datetime
    bids_at: datetime
    deadline: datetime
    opening: datetime


def estimated_price(base_amount: int) -> int:
    """추정가격: the base amount without VAT of a tenth, to the won below."""
    return base_amount * 10 // 11


def difficulty(plan: Plan) -> str:
    """ "1.00" where the notice has to name one: what was published of openings does not tell it."""
    found = screening.coefficients(
        estimated_price=estimated_price(plan.line.base_amount), regime=regime_of(plan),
        category="works", on=timetable(plan).posted.date(),
    )  # fmt: skip
    return "1.00" if found else ""


def timetable(plan: Plan) -> Timetable:
    """The deadline is at 10:00 of the day opened; the notice is posted on the latest lawful day."""
    day = plan.line.opened
    posting = latest_posting_day(
        day,
        regime=regime_of(plan),
        category="works",
        estimated_price=estimated_price(plan.line.base_amount),
    ).day
    deadline = moment(day, DEADLINE)
    return Timetable(
        posted=moment(posting, POSTING),
        bidding_from=deadline - WINDOW,
        bids_at=moment(day, BIDDING),
        deadline=deadline,
        opening=moment(day, OPENING),
    )


def regime_of(plan: Plan) -> str:
    """Which law an inferred range belongs to: ±2 % national, ±3 % local.

    Works that the State evaluates as a whole were not screened by its law, whatever their range.
    """
    if plan.terms.range_high != "2":
        return "local"
    price, on = estimated_price(plan.line.base_amount), plan.line.opened
    screened = screening.allowed(
        estimated_price=price, category="works", licence=(), regime="national", on=on
    )
    return "national" if screened.allowed else "local"


def steps(plans: list[Plan], carried: Sequence[Plan] = ()) -> list[tuple[datetime, int, str, Plan]]:
    """(moment, order, what, plan) of everything to be done, in the order of time.

    carried: those of the plans that go on from the opening to the payment.
    """
    found = []
    for order, plan in enumerate(plans):
        times = timetable(plan)
        found += [
            (times.posted, order, "publish", plan),
            (times.bids_at, order, "bid", plan),
            (times.opening, order, "open", plan),
        ]
        if any(plan is one for one in carried):
            day = plan.line.opened
            found += [
                (moment(day + timedelta(days=days), at), order, what, plan)
                for what, (days, at) in AFTERWARDS.items()
            ]
    return sorted(found, key=lambda step: (step[0], step[1]))
