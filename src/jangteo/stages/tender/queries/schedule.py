"""The schedule of a notice against the law, and the earliest one that the law allows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ground.reason import Reason
from jangteo.rules.calendar import day_kind, working_day_from
from jangteo.rules.deadline.correction import check_correction, earliest_new_deadline
from jangteo.rules.deadline.manner import Manner
from jangteo.rules.deadline.notice_period import check_schedule, earliest_deadline_day
from jangteo.rules.deadline.window import (
    Schedule,
    check_window,
    latest_bidding_start,
    opening_moment,
)
from jangteo.stages.tender.queries.rows import TERMS, DraftRow, NoticeRow, TermsRow

#: papers carry misprints like any text: a correction may replace them under either law
_NOT_COMPARED = {"documents"}
_USUAL_HOUR = time(10)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A lawful schedule and how it was counted."""

    bidding_from: datetime
    deadline: datetime
    opening_at: datetime
    reasons: tuple[Reason, ...]


def problems(draft: DraftRow, *, at: datetime, current: NoticeRow | None) -> list[Refusal]:
    """Every breach of the schedule if the draft were published at this moment."""
    found = []
    if draft.urgency and not draft.urgency_reason:
        found.append(
            Refusal(
                "tender.urgency.no_reason",
                N_("A shorter notice period needs its reason in the notice."),
                repair=N_("Say why the tender is urgent, or choose the ordinary period."),
                law="국가계약법 시행령 제35조제4항 · 지방계약법 시행령 제35조제4항",
                field="urgency_reason",
            )
        )
    return found + (_of_correction(draft, current, at) if current else _of_first(draft, at))


def _of_first(draft: DraftRow, at: datetime) -> list[Refusal]:
    if draft.estimated_price is None:
        return []
    try:
        _checked(draft, at)
    except (Refusal, Refusals) as refused:
        return _all(refused)
    return []


def _checked(draft: DraftRow, at: datetime) -> list[Reason]:
    return check_schedule(
        _schedule(draft, at),
        regime=draft.regime,
        category=draft.category,
        estimated_price=draft.estimated_price or 0,
        urgency=draft.urgency,
        on=at.astimezone(KST).date(),
        manner=Manner(draft.procedure),
    )


def _of_correction(draft: DraftRow, current: NoticeRow, at: datetime) -> list[Refusal]:
    """Bidding may have begun with the version in force, so its beginning may lie behind us."""
    if draft.deadline is None or current.deadline is None:
        return []
    found: list[Refusal] = []
    try:
        check_correction(
            current.deadline,
            draft.deadline,
            corrected_at=at,
            regime=draft.regime,
            changed=altered(draft, current) - _NOT_COMPARED,
            on=current.rule_day,
        )
    except (Refusal, Refusals) as refused:
        found = _all(refused)
    refusals, _ = check_window(_schedule(draft, current.published_at), on=current.rule_day)
    return found + refusals


def altered(one: TermsRow, other: TermsRow) -> set[str]:
    """Names of the terms in which two texts differ."""
    return {name for name in TERMS if getattr(one, name) != getattr(other, name)}


def _all(refused: Refusal | Refusals) -> list[Refusal]:
    return list(refused.refusals) if isinstance(refused, Refusals) else [refused]


def _schedule(draft: DraftRow, posted_at: datetime) -> Schedule:
    assert draft.bidding_from and draft.deadline and draft.opening_at  # noqa: S101 - as called
    return Schedule(
        posted_at, draft.bidding_from, draft.deadline, draft.opening_at, draft.deadline_reason
    )


def schedule_reasons(draft: DraftRow, *, at: datetime) -> tuple[Reason, ...]:
    """What a lawful schedule stands on if it were published now; nothing while it is not lawful."""
    if draft.next_version or not (draft.bidding_from and draft.deadline and draft.opening_at):
        return ()
    try:
        return tuple(_checked(draft, at))
    except (Refusal, Refusals):
        return ()


def suggestion(
    draft: TermsRow, *, at: datetime, current: NoticeRow | None = None
) -> Suggestion | None:
    """The earliest lawful schedule if the notice were posted at this moment.

    None while the estimated price is open. The deadline is at 10:00, or at the hour of the
    deadline that is corrected; bidding begins 72 hours before it, never before the posting.
    """
    if current and current.deadline:
        new = earliest_new_deadline(current.deadline, regime=draft.regime, on=current.rule_day)
        return _around(new.suggested, at=at, on=current.rule_day, reasons=new.reasons)
    if draft.estimated_price is None:
        return None
    return first_schedule(
        regime=draft.regime,
        category=draft.category,
        estimated_price=draft.estimated_price,
        urgency=draft.urgency,
        procedure=draft.procedure,
        at=at,
    )


def first_schedule(
    *, regime: str, category: str, estimated_price: int, procedure: str, at: datetime,
    urgency: str = "",
) -> Suggestion:  # fmt: skip
    """The earliest lawful schedule of a first notice of this kind if it were posted now."""
    on = at.astimezone(KST).date()
    earliest = earliest_deadline_day(
        regime=regime,
        category=category,
        estimated_price=estimated_price,
        urgency=urgency,
        on=on,
        manner=Manner(procedure),
    )
    day = working_day_from(earliest.day)
    reasons = (*earliest.reasons, *_days_between(earliest.day, day))
    return _around(datetime.combine(day, _USUAL_HOUR, KST), at=at, on=on, reasons=reasons)


def around(deadline: datetime, *, at: datetime) -> Suggestion:
    """The schedule that belongs to a deadline the officer chose, if it were posted now."""
    return _around(deadline, at=at, on=at.astimezone(KST).date(), reasons=())


def _days_between(earliest: date, day: date) -> tuple[Reason, ...]:
    """Why the first lawful day became a later one: what kind of day each of them is."""
    span = [earliest + timedelta(days=n) for n in range((day - earliest).days + 1)]
    return tuple(reason for one in span for reason in day_kind(one).reasons)


def _around(
    deadline: datetime, *, at: datetime, on: date, reasons: tuple[Reason, ...]
) -> Suggestion:
    latest = latest_bidding_start(deadline, on=on)
    opening = opening_moment(deadline, on=on)
    schedule = Schedule(at, latest, deadline, opening)
    _, kept = check_window(schedule, on=on)
    begins = max(latest - timedelta(days=1), _next_hour(at))
    return Suggestion(min(begins, latest), deadline, opening, (*reasons, *kept[:1]))


def _next_hour(at: datetime) -> datetime:
    return at.astimezone(KST).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
