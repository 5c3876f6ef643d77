"""People and licences of a registered organisation."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.actions import enter_account, give_role
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.registration import states
from jangteo.stages.registration.actions.check import (
    check_licence,
    check_password,
    check_username,
)
from jangteo.stages.registration.models import Licence, Registration
from jangteo.stages.registration.queries import LicenceRow, fetch_of


@transaction.atomic
def add_person(
    *,
    by: Actor,
    at: datetime,
    party_id: uuid.UUID,
    username: str,
    name: str,
    roles: Sequence[str],
    password: str | None = None,
) -> Account:
    """Enter a person with one or more roles in the organisation."""
    registration = fetch_of(party_id)
    kind = registration.party.kind
    if not roles or any(states.ROLES.get(role, ("", ""))[1] != kind for role in roles):
        raise Refusal(
            "registration.role.unknown",
            N_("Choose roles that exist in an organisation of this kind."),
            repair=N_("Choose at least one from the list."),
            field="roles",
        )
    check_username(username)
    check_password(password)
    if not name.strip() or len(name) > 60:
        raise Refusal(
            "registration.name.length",
            N_("This must be filled in, with at most {longest} letters."),
            repair=N_("Write the person's name."),
            field="name",
            longest=60,
        )
    move(registration, "add_person", by=by, at=at, payload={"name": name, "roles": list(roles)})
    account = enter_account(username=username, name=name.strip(), password=password)
    for role in roles:
        give_role(at=at, account_id=account.pk, party_id=party_id, role=role)
    return account


@transaction.atomic
def add_licence(
    *, by: Actor, at: datetime, party_id: uuid.UUID, licence: LicenceRow
) -> Registration:
    """Enter one more licence of a supplier; Refusal `registration.licences.twice` (409)."""
    registration = fetch_of(party_id)
    wrong = list(check_licence(licence, on=at.astimezone(KST).date()))
    if wrong:
        raise Refusals(wrong)
    payload = {"code": licence.code, "since": licence.since.isoformat()}
    move(registration, "add_licence", by=by, at=at, payload=payload)
    if Licence.objects.filter(party_id=party_id, code=licence.code).exists():
        raise Refusal(
            "registration.licences.twice",
            N_("A licence is entered twice."),
            repair=N_("Enter each licence once."),
            field="code",
            status=409,
        )
    Licence.objects.create(
        party_id=party_id, code=licence.code, number=licence.number, since=licence.since
    )
    return registration
