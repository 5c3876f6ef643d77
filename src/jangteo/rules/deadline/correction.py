"""Corrections of a notice (정정공고): what may be corrected, and how much time is added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ground.reason import Reason
from jangteo.rules.calendar import working_day_from
from jangteo.rules.dated import Row, table


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """earliest: the first day the law allows; suggested: the first working day from there,
    at the hour of the old deadline."""

    earliest: date
    suggested: datetime
    days: int
    row: str
    reasons: tuple[Reason, ...]


def _row(regime: str, on: date) -> Row:
    return table("deadline/correction").on(on, regime=regime)


def earliest_new_deadline(old_deadline: datetime, *, regime: str, on: date) -> NewDeadline:
    """The first deadline a correction may set: what remained of the period and five days more.

    What remains on the day of the correction ends at the old deadline, so five days more end
    five days after it, whatever the day of the correction. Whole days are counted, weekends and
    holidays included. `on` is the tender's rule day. Law: 국가계약법 시행령 제33조제2항;
    지방계약법 시행령 제33조제2항.
    """
    row = _row(regime, on)
    old = old_deadline.astimezone(KST)
    days = row.integer("days")
    earliest = old.date() + timedelta(days=days)
    suggested = datetime.combine(working_day_from(earliest), old.timetz())
    reason = row.reason(
        "deadline.correction.added",
        N_("A correction adds {days} days to what remained: {old} becomes {earliest} or later."),
        days=days,
        old=old.date().isoformat(),
        earliest=earliest.isoformat(),
    )
    return NewDeadline(earliest, suggested, days, row.id, (reason,))


def check_correction(
    old_deadline: datetime,
    new_deadline: datetime,
    *,
    corrected_at: datetime,
    regime: str,
    changed: Collection[str],
    on: date,
) -> list[Reason]:
    """Hold a correction against 제33조제2항 of the decree, with the fields it changes.

    Raises Refusals: "tender.correction.after_deadline" (409), "tender.correction.too_short",
    and under the Local Contracts Act "tender.correction.substance": there, a change of the
    works, the price, the qualification or the conditions needs a new notice. A correction at
    the very moment of the deadline is too late. `changed` holds names of notice fields.
    """
    found = []
    allowed = earliest_new_deadline(old_deadline, regime=regime, on=on)
    row = _row(regime, on)
    if corrected_at >= old_deadline:
        found.append(
            Refusal(
                "tender.correction.after_deadline",
                N_("The deadline has passed; the notice can no longer be corrected."),
                repair=N_("Cancel the tender and post a new notice."),
                law=row.law,
                status=409,
            )
        )
    if new_deadline.astimezone(KST).date() < allowed.earliest:
        found.append(_too_short(allowed, row))
    substance = sorted(_substance(changed, row))
    if substance:
        found.append(_new_notice(substance, row))
    if found:
        raise Refusals(found)
    return list(allowed.reasons)


def _substance(changed: Collection[str], row: Row) -> set[str]:
    minor = row.text("fields")
    return set() if minor == "*" else set(changed) - set(minor.split())


def _too_short(allowed: NewDeadline, row: Row) -> Refusal:
    return Refusal(
        "tender.correction.too_short",
        N_("A correction adds at least {days} days: the deadline is {earliest} or later."),
        repair=N_("Set the deadline to {earliest} or later."),
        law=row.law,
        field="deadline",
        days=allowed.days,
        earliest=allowed.earliest.isoformat(),
    )


def _new_notice(fields: list[str], row: Row) -> Refusal:
    return Refusal(
        "tender.correction.substance",
        N_("A local government cannot correct this in a posted notice: {fields}."),
        repair=N_("Cancel the notice and post a new one."),
        law=row.law,
        field=fields[0],
        fields=", ".join(fields),
    )
