"""The days of a delivery, and what its lateness costs."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from jangteo.ground.clock import KST
from jangteo.rules.payment.damages import delay_damages
from jangteo.stages.contract.queries import ContractRow
from jangteo.stages.delivery.queries.rows import DamagesRow, InspectionRow


def day_of(at: datetime) -> date:
    """The day of a moment in Korea."""
    return at.astimezone(KST).date()


def end_of(day: date) -> datetime:
    """The moment after a day in Korea, no longer in time."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=KST)


def last_day(moment: datetime) -> date:
    """The last day of a period that ends at a moment, exclusive."""
    return day_of(moment - timedelta(microseconds=1))


def damages_on(
    of: ContractRow, inspections: Sequence[InspectionRow], *, at: datetime
) -> DamagesRow | None:
    """Damages for the days after the contract's last one; None if there are none.

    Counted until the notice of the completion that was accepted, of the one that waits for its
    inspection, or until the termination; otherwise they grow and are those until `at`. Nothing is
    taken off for parts accepted on the way: only what was taken over as a part of its own counts
    (국가계약법 시행령 제74조제2항, 지방계약법 시행령 제90조제2항), and days that are not the
    supplier's fault are for the agency to take off when it settles.
    """
    if of.ends is None:
        return None
    done, grows = _done(of, inspections, at)
    if done <= of.ends:
        return None
    found = delay_damages(
        value=of.value, accepted=0, ends=of.ends, done=done, regime=of.regime,
        category=of.category, on=of.rule_day,
    )  # fmt: skip
    return DamagesRow(found.amount, found.days, found.capped, grows, found.reason.as_json())


def _done(of: ContractRow, inspections: Sequence[InspectionRow], at: datetime) -> tuple[date, bool]:
    """(the last day that counts, whether the figure may still grow)."""
    for row in inspections:
        if row.kind == "completion" and row.status in ("requested", "accepted"):
            return day_of(row.notified_at), row.status == "requested"
    if of.ended_at is not None and of.status == "terminated":
        return day_of(of.ended_at), False
    return day_of(at), True
