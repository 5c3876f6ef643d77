"""The operator's decision."""

import uuid
from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.actions import end_role, give_role
from jangteo.records.account.queries import Actor, people_of
from jangteo.records.journal.actions import move
from jangteo.stages.registration import states
from jangteo.stages.registration.models import Licence, Registration
from jangteo.stages.registration.queries import fetch


@transaction.atomic
def approve(*, by: Actor, at: datetime, registration_id: uuid.UUID) -> Registration:
    """Register the organisation with its licences; whoever asked becomes its first person."""
    registration = fetch(registration_id)
    move(registration, "approve", by=by, at=at)
    party = registration.party
    Licence.objects.filter(party=party).update(approved_at=at)
    for account_id, _, role in people_of(party.pk, at=at):
        if role == states.APPLICANT:
            end_role(at=at, account_id=account_id, party_id=party.pk, role=role)
            first = states.FIRST_ROLE[party.kind]
            give_role(at=at, account_id=account_id, party_id=party.pk, role=first)
    return registration


@transaction.atomic
def send_back(*, by: Actor, at: datetime, registration_id: uuid.UUID, reason: str) -> Registration:
    """Return the papers with a reason, so that they can be corrected."""
    registration = fetch(registration_id)
    reason = reason.strip()
    if not 5 <= len(reason) <= 300:
        raise Refusal(
            "registration.send_back.reason",
            N_("Say in 5 to 300 letters what is to be corrected."),
            repair=N_("Name the paper and what is missing in it."),
            field="reason",
        )
    move(registration, "send_back", by=by, at=at, payload={"reason": reason})
    Registration.objects.filter(pk=registration.pk).update(note=reason)
    registration.note = reason
    return registration
