"""Doors of a practice world only: they lead nowhere unless the database has the sandbox schema."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest
from ninja import Router, Schema

from jangteo.ground.errors import N_, Refusal
from jangteo.interfaces.api.errors import not_there, sign_in_first
from jangteo.records.journal.queries import now

router = Router()


class ClockIn(Schema):
    """The moment to move the practice world's clock to."""

    forward_to: datetime


class ClockOut(Schema):
    """The time after the move."""

    now: datetime


@router.post("/clock", response=ClockOut)
def forward(request: HttpRequest, body: ClockIn) -> dict[str, Any]:
    """Move the clock of a practice world forward; it never goes back."""
    _only_in_a_sandbox()
    if "operator" not in request.actor.roles:
        raise _operators_only() if request.actor.signed_in else sign_in_first()
    if body.forward_to.tzinfo is None:
        raise Refusal(
            "sandbox.clock.no_offset",
            N_("The moment has no offset from UTC."),
            repair=N_("Write it like 2026-11-24T10:00:00+09:00."),
            field="forward_to",
            status=400,
        )
    if body.forward_to <= request.at:
        raise Refusal(
            "sandbox.clock.back",
            N_("The clock never goes back."),
            repair=N_("Choose a moment after the present one."),
            field="forward_to",
            status=409,
        )
    with connection.cursor() as cursor:
        cursor.execute("select sandbox.forward(%s)", [body.forward_to - request.at])
    return {"now": now()}


def _only_in_a_sandbox() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('sandbox.clock') is not null")
        row = cursor.fetchone()
    if not (row and row[0]):
        raise not_there()


def _operators_only() -> Refusal:
    return Refusal(
        "sandbox.forbidden",
        N_("Only the platform's operator may do this."),
        repair=N_("Act as the operator of this practice world."),
        status=403,
    )
