"""Decide on a wish: confirm, refuse, withdraw, let lapse; the stage holds its own lock."""

from datetime import datetime
from typing import Any, TypeVar

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.wish.models import Asked
from jangteo.records.wish.queries import Manner, digest_of

A = TypeVar("A", bound=Asked)


def decided(
    thing: Any, asked: A | None, manner: Manner, *, by: Actor, at: datetime, digest: str
) -> A:  # fmt: skip
    """Be the second person of what was read: it is confirmed; the caller moves as was asked.

    asked: what is open about the thing. Refusal `.nobody`, `.same_person`, `.not_this` (409).
    """
    found = _second_person(thing, _open(thing, asked, manner), manner, by, digest)
    end(found, "confirmed", by=by, at=at)
    return found


def refuse(
    thing: Any, asked: A | None, manner: Manner, *, by: Actor, at: datetime, reason: str,
    digest: str,
) -> A:  # fmt: skip
    """Be the second person who says no, with a reason; then another wish may be asked.

    reason: as it is kept, looked at by the caller. Refusal as `decided`.
    """
    allow(thing, manner.refuse, by=by)
    found = _second_person(thing, _open(thing, asked, manner), manner, by, digest)
    end(found, "refused", by=by, at=at, answer=reason)
    payload = {"wish": found.decides, "reason": reason}
    move(thing, manner.refuse, by=by, at=at, payload=payload)
    return found


def withdraw(thing: Any, asked: A | None, manner: Manner, *, by: Actor, at: datetime) -> A:
    """Take a wish back: whoever asked, or who holds the manner's role in the agency.

    Other deciders refuse with a reason instead. Refusal `.nobody`, `.not_yours` (409).
    """
    row = allow(thing, manner.withdraw, by=by)
    found = _open(thing, asked, manner)
    if by.account_id != found.asked_by and manner.others not in by.roles:
        raise Refusal(
            manner.not_yours,
            N_("Another person asked for it."),
            repair=N_("Refuse it with a reason, or let a contract officer withdraw it.")
            if manner.others
            else N_("Refuse it with a reason; only who asked for it withdraws it."),
            law=row.law,
            status=409,
        )
    end(found, "withdrawn", by=by, at=at)
    move(thing, manner.withdraw, by=by, at=at, payload={"wish": found.decides})
    return found


def lapse(
    thing: Any, asked: Asked | None, manner: Manner, *, by: Actor, at: datetime
) -> None:  # fmt: skip
    """End what is asked about a thing and can no longer be confirmed; nothing where nothing is."""
    if asked is None:
        return
    end(asked, "lapsed", by=by, at=at)
    move(thing, manner.lapse, by=by, at=at, payload={"wish": asked.decides})


def end(asked: Asked, how: str, *, by: Actor, at: datetime, answer: str = "") -> None:
    """Write down how a wish ended, once; how: a key of `queries.ENDS`."""
    asked.ended, asked.ended_by, asked.ended_at = how, by.account_id, at
    asked.answer = answer
    asked.save(update_fields=["ended", "ended_by", "ended_at", "answer"])


def _open(thing: Any, asked: A | None, manner: Manner) -> A:
    if asked is None:
        raise Refusal(
            manner.nobody,
            N_("Nobody asks for it now."),
            repair=N_("It was refused, withdrawn or has lapsed, or nobody asked. One person asks "
                      "first, with a reason."),
            law=thing.state_table.transition(manner.refuse).law,
            status=409,
        )  # fmt: skip
    return asked


def _second_person(thing: Any, asked: A, manner: Manner, by: Actor, digest: str) -> A:
    law = thing.state_table.transition(asked.decides).law
    if asked.asked_by == by.account_id:
        raise Refusal(
            manner.same_person,
            N_("Whoever asked for it cannot decide on it."),
            repair=N_("Another person who may decide on it does; whoever asked can withdraw it."),
            law=law,
            status=409,
        )
    if digest != digest_of(asked):
        raise Refusal(
            manner.not_this,
            N_("This is not what you read: it was changed since."),
            repair=N_("Read it again, then confirm it."),
            law=law,
            status=409,
        )
    return asked
