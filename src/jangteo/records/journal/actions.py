"""Write a fact; move a thing along its state table."""

from datetime import datetime
from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.process import Transition
from jangteo.records.account.queries import Actor, may
from jangteo.records.journal.models import Entry


def record(
    kind: str,
    subject: str,
    *,
    by: Actor,
    at: datetime,
    tender: str = "",
    law: str = "",
    payload: dict[str, Any] | None = None,
) -> Entry:
    """Write one fact to the journal, inside the caller's transaction."""
    return Entry.objects.create(
        at=at,
        kind=kind,
        subject=subject,
        tender=tender,
        actor_id=by.account_id,
        actor_name=by.name,
        party_id=by.party_id,
        law=law,
        payload=payload or {},
    )


def begin(
    thing: Any, verb: str, *, by: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Entry:
    """Save a new thing by a verb that creates: check who, set the first state, write the fact.

    Refusal `<thing>.<verb>.forbidden` (403).
    """
    table = thing.state_table
    row = allow(type(thing), verb, by=by)
    thing.status = row.target
    thing.save(force_insert=True)
    return record(
        f"{table.name}.{verb}",
        thing.subject,
        by=by,
        at=at,
        tender=thing.tender_number,
        law=row.law,
        payload=payload,
    )


def allow(thing: Any, verb: str, *, by: Actor) -> Transition:
    """Ask who before anything else is asked of a verb; `begin` and `move` ask it by themselves.

    thing: a record, or its model class for a verb that creates. Refusal `<thing>.<verb>.forbidden`
    (403).
    """
    row: Transition = thing.state_table.transition(verb)
    if not may(by, verb, thing):
        raise _forbidden(thing.state_table.name, row)
    return row


def _forbidden(name: str, row: Transition) -> Refusal:
    return Refusal(
        f"{name}.{row.verb}.forbidden",
        N_("You may not do this here."),
        repair=N_("Ask a person who holds one of these roles: {roles}."),
        law=row.law,
        status=403,
        roles=", ".join(row.who),
    )


def move(
    thing: Any, verb: str, *, by: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Entry:
    """Do a verb of the thing's state table: check who and whence, write state and fact together.

    The thing is a saved record with `state_table`, `status`, `subject` and `tender_number`.
    Refusal `<thing>.<verb>.forbidden` (403) or `<thing>.<verb>.not_now` (409).
    """
    table = thing.state_table
    row = allow(thing, verb, by=by)
    if thing.status not in row.source:
        raise Refusal(
            f"{table.name}.{verb}.not_now",
            N_("This cannot be done now. {state}"),
            repair=N_("Look at the page again; somebody may have acted meanwhile."),
            law=row.law,
            status=409,
            state=table.states[thing.status],
        )
    if row.target and row.target != thing.status:
        changed = type(thing).objects.filter(pk=thing.pk, status=thing.status)
        if not changed.update(status=row.target):
            raise Refusal(
                f"{table.name}.{verb}.not_now",
                N_("Somebody else acted at the same moment."),
                repair=N_("Look at the page again."),
                law=row.law,
                status=409,
            )
        thing.status = row.target
    return record(
        f"{table.name}.{verb}",
        thing.subject,
        by=by,
        at=at,
        tender=thing.tender_number,
        law=row.law,
        payload=payload,
    )
