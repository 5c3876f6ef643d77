"""What is taken back: a role that ends, tokens that are lost."""

import uuid
from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account import actions as accounts
from jangteo.records.account.queries import Actor, people_of
from jangteo.records.journal.actions import move
from jangteo.stages.registration import states
from jangteo.stages.registration.queries import fetch_of


@transaction.atomic
def end_role(
    *, by: Actor, at: datetime, party_id: uuid.UUID, account_id: uuid.UUID, role: str
) -> None:
    """End a person's role from now on; what was done in it stays on record.

    The last person who may add others stays: Refusal `registration.role.last` (409).
    """
    registration = fetch_of(party_id)
    held = people_of(party_id, at=at)
    name = _name(held, account_id, role)
    first = states.FIRST_ROLE.get(registration.party.kind)
    if role == first and sum(one[2] == role for one in held) == 1:
        raise Refusal(
            "registration.role.last",
            N_("Nobody else could act for the organisation then."),
            repair=N_("Add the successor first."),
            field="role",
            status=409,
        )
    payload = {"name": name, "role": role}
    move(registration, "end_role", by=by, at=at, payload=payload)
    accounts.end_role(at=at, account_id=account_id, party_id=party_id, role=role)


@transaction.atomic
def revoke_tokens(*, by: Actor, at: datetime, party_id: uuid.UUID, account_id: uuid.UUID) -> int:
    """Make every token of a person for this organisation worthless; how many there were."""
    registration = fetch_of(party_id)
    payload = {"name": _name(people_of(party_id, at=at), account_id)}
    move(registration, "revoke_tokens", by=by, at=at, payload=payload)
    return accounts.revoke_tokens(at=at, account_id=account_id, party_id=party_id)


def _name(held: list[tuple[uuid.UUID, str, str]], account_id: uuid.UUID, role: str = "") -> str:
    for person_id, name, has in held:
        if person_id == account_id and role in ("", has):
            return name
    raise Refusal(
        "registration.person.unknown",
        N_("Nobody in this organisation holds this role."),
        repair=N_("Look at the list of people again."),
        status=404,
    )
