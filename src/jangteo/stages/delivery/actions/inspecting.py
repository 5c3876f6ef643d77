"""The agency's inspector has the works mended, or accepts them."""

from datetime import date, datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.delivery.actions.own import (
    LAW,
    note_fits,
    open_inspection,
    own,
    raise_all,
    refused,
    unchanged,
)
from jangteo.stages.delivery.models import Acceptance, Delivery, Finding, Inspection
from jangteo.stages.delivery.queries.accepted import accepted_total
from jangteo.stages.delivery.queries.clocks import day_of

MOST = 1000


@transaction.atomic
def order_correction(
    *, by: Actor, at: datetime, number: str, note: str, mend_by: date
) -> Inspection:
    """Say what must be mended and by which day; number: the contract's.

    Refusal `contract.unknown` (404), `inspection.none` (409),
    `inspection.order_correction.forbidden` (403), `.not_now` (409), `.note`, `.mend_by`.
    """
    _, found = own(by, at, number)
    row = open_inspection(found)
    said = {"sequence": row.sequence, "mend_by": mend_by.isoformat()}
    move(row, "order_correction", by=by, at=at, payload=said)
    raise_all([*_what(note), *_by_when(mend_by, day_of(at))])
    Finding.objects.create(
        inspection=row, accepted=False, note=note.strip(), mend_by=mend_by, by=by.account_id, at=at
    )
    return row


def _what(note: str) -> list[Refusal]:
    if note.strip():
        return note_fits("order_correction", note, MOST)
    text = N_("Say what must be mended.")
    return [refused("inspection.order_correction.note", text, "note")]


def _by_when(mend_by: date, today: date) -> list[Refusal]:
    if mend_by >= today:
        return []
    text = N_("The day lies in the past: name {today} or a later one.")
    code = "inspection.order_correction.mend_by"
    return [refused(code, text, "mend_by", today=today.isoformat())]


@transaction.atomic
def accept(*, by: Actor, at: datetime, number: str, note: str = "") -> Acceptance:
    """Find the works right and take them into what is accepted; a completion ends the delivery.

    number: the contract's. The database refuses a sum above the contract. Refusal
    `contract.unknown` (404), `inspection.none` (409), `inspection.accept.forbidden` (403),
    `.not_now`, `.stopped`, `.value_changed` (409), `.note`.
    """
    of, found = own(by, at, number)
    row = open_inspection(found)
    total = accepted_total(of.number) + row.amount
    said = {"sequence": row.sequence, "kind": row.kind, "amount": row.amount, "total": total}
    move(row, "accept", by=by, at=at, payload=said)
    _goes_on(found, row)
    unchanged("accept", of, row)
    raise_all(note_fits("accept", note, MOST))
    Finding.objects.create(
        inspection=row, accepted=True, note=note.strip(), by=by.account_id, at=at
    )
    made = Acceptance.objects.create(
        inspection=row, delivery=found, amount=row.amount, total=total, by=by.account_id, at=at
    )
    if row.kind == "completion":
        finish(found, by=by, at=at)
    return made


def _goes_on(found: Delivery, row: Inspection) -> None:
    if row.kind == "completion" and found.status == "stopped":
        raise Refusal(
            "inspection.accept.stopped",
            N_("The contract was terminated: its completion cannot be accepted."),
            repair=N_("The supplier withdraws this notice and notifies the part that is done."),
            law=LAW,
            status=409,
        )


def finish(found: Delivery, *, by: Actor, at: datetime) -> None:
    """Close a delivery whose completion is accepted."""
    move(found, "finish", by=by, at=at)
    found.completed_at = at
    found.save(update_fields=["completed_at"])
