"""Where a tender stands at a moment: its state in one word, and its line of stages."""

from datetime import datetime
from typing import Protocol

from jangteo.ground.errors import N_
from jangteo.stages.tender.queries import NoticeRow
from jangteo.ui.shapes import Step

_CLOSED = {
    "opened": (N_("Opened"), "success"),
    "unsuccessful": (N_("Failed"), "warning"),
    "hold": (N_("On hold"), "danger"),
    "cancelled": (N_("Cancelled"), "neutral"),
    "draft": (N_("In preparation"), "neutral"),
}
_ENDED = {
    "unsuccessful": N_("Failed"),
    "hold": N_("On hold"),
    "cancelled": N_("Cancelled"),
}


class Dated(Protocol):
    """Anything with a published tender's state and schedule."""

    @property
    def status(self) -> str: ...
    @property
    def bidding_from(self) -> datetime | None: ...
    @property
    def deadline(self) -> datetime | None: ...


def standing(row: Dated, at: datetime) -> tuple[str, str]:
    """(msgid, kind of tag): an active tender's state also depends on the moment."""
    if row.status in _CLOSED:
        return _CLOSED[row.status]
    if row.bidding_from is not None and at < row.bidding_from:
        return N_("Bidding not yet open"), "neutral"
    if row.deadline is not None and at < row.deadline:
        return N_("Taking bids"), "now"
    return N_("Waiting for the opening"), "warning"


def line(row: NoticeRow, at: datetime, opened_at: datetime | None) -> list[Step]:
    """Notice, bidding, deadline, opening, screening: what happened, what is now, what comes."""
    dated = [
        (N_("Notice"), row.published_at, N_("Buying agency")),
        (N_("Bidding"), row.bidding_from, N_("Suppliers")),
        (N_("Bids close"), row.deadline, ""),
        (N_("Opening"), opened_at or row.opening_at, N_("Opening officer")),
        (N_("Qualification screening"), None, N_("Contract officer")),
    ]
    here = _here(row, at)
    states = ["done"] * here + ["now"] + ["next"] * len(dated)
    steps = [
        Step(label, state, moment, who)
        for (label, moment, who), state in zip(dated, states, strict=False)
    ]
    if row.status in _ENDED:
        behind = [step for step in steps if step.state == "done"]
        return [*behind, Step(_ENDED[row.status], "failed", opened_at)]
    return steps


def _here(row: NoticeRow, at: datetime) -> int:
    """Which step of the line the tender is in."""
    if row.status == "opened":
        return 4
    if row.deadline and at >= row.deadline:
        return 3
    return 1 if row.bidding_from and at >= row.bidding_from else 0
