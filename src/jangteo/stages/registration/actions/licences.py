"""Licences that a registered supplier adds later: they count once the operator has seen them."""

import uuid
from datetime import datetime

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.registration.actions.check import LAW, check_licence
from jangteo.stages.registration.models import Licence, Registration
from jangteo.stages.registration.queries import LicenceRow, fetch_of


@transaction.atomic
def add_licence(
    *, by: Actor, at: datetime, party_id: uuid.UUID, licence: LicenceRow
) -> Registration:
    """Enter one more licence of a supplier; it counts once the operator approves it.

    One that still waits is replaced; Refusal `registration.licences.twice` (409) for one in force.
    """
    registration = fetch_of(party_id)
    wrong = list(check_licence(licence, on=at.astimezone(KST).date()))
    if wrong:
        raise Refusals(wrong)
    payload = {"code": licence.code, "since": licence.since.isoformat()}
    move(registration, "add_licence", by=by, at=at, payload=payload)
    held = Licence.objects.filter(party_id=party_id, code=licence.code)
    if held.exclude(approved_at=None).exists():
        raise Refusal(
            "registration.licences.twice",
            N_("A licence is entered twice."),
            repair=N_("Enter each licence once."),
            field="code",
            status=409,
        )
    held.delete()
    Licence.objects.create(
        party_id=party_id, code=licence.code, number=licence.number, since=licence.since
    )
    return registration


@transaction.atomic
def approve_licence(
    *, by: Actor, at: datetime, party_id: uuid.UUID, code: str, number: str
) -> Registration:
    """Accept a licence that waits, as it was shown; Refusal `registration.licence.gone` (409)."""
    registration = fetch_of(party_id)
    move(registration, "approve_licence", by=by, at=at, payload={"code": code})
    waiting = Licence.objects.filter(party_id=party_id, code=code, approved_at=None)
    if not waiting.filter(number=number).update(approved_at=at):
        raise Refusal(
            "registration.licence.gone",
            N_("This licence does not wait for approval, or its number has changed."),
            repair=N_("Look at the page again."),
            law=LAW,
            field="code",
            status=409,
        )
    return registration
