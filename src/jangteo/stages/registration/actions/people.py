"""People of a registered organisation."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.actions import enter_account, give_role
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.registration import states
from jangteo.stages.registration.actions.check import LAW, check_password, check_username
from jangteo.stages.registration.queries import fetch_of


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
    """Enter a person with one or more roles in the organisation.

    Officers who open, approve or pay are entered by the operator alone: each of these acts needs
    two people, so neither may hold what the other signs in with. Refusals
    `registration.officer.by_operator`, `registration.role.conflict`.
    """
    registration = fetch_of(party_id)
    _check_roles(by, roles, registration.party.kind)
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
    verb = "add_officer" if states.BY_OPERATOR.intersection(roles) else "add_person"
    move(registration, verb, by=by, at=at, payload={"name": name, "roles": list(roles)})
    account = enter_account(username=username, name=name.strip(), password=password)
    for role in roles:
        give_role(at=at, account_id=account.pk, party_id=party_id, role=role)
    return account


def _check_roles(by: Actor, roles: Sequence[str], kind: str) -> None:
    if not roles or any(states.ROLES.get(role, ("", ""))[1] != kind for role in roles):
        raise Refusal(
            "registration.role.unknown",
            N_("Choose roles that exist in an organisation of this kind."),
            repair=N_("Choose at least one from the list."),
            field="roles",
        )
    for pair in states.CONFLICTS:
        if pair <= set(roles):
            raise Refusal(
                "registration.role.conflict",
                N_("One person cannot hold these roles together: {roles}."),
                repair=N_("Enter two people: whoever binds or accepts does not pay."),
                field="roles",
                roles=", ".join(role for role in states.ROLES if role in pair),
            )
    if states.BY_OPERATOR.intersection(roles) and "operator" not in by.roles:
        raise Refusal(
            "registration.officer.by_operator",
            N_("Officers who open, approve or pay are entered by the platform's operator."),
            repair=N_("Ask the operator to enter the officer whom your agency has named."),
            law=LAW,
            field="roles",
            status=403,
        )
