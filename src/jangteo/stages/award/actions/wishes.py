"""A wish about an award or a candidate: asked for, and decided as every wish is."""

from datetime import datetime

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow
from jangteo.records.wish import actions as wishes
from jangteo.stages.award.actions.hold import reason_given
from jangteo.stages.award.models import Award, Examination, Wish
from jangteo.stages.award.queries.wishes import manner_of, open_wish

Thing = Award | Examination
end = wishes.end


def ask(
    thing: Thing, verb: str, *, by: Actor, at: datetime, reason: str, cause: str = ""
) -> Wish:  # fmt: skip
    """Write down what is asked for: a key of states.WISHES; the caller moves and journals."""
    about = {thing.state_table.name: thing}
    return Wish.objects.create(
        **about, verb=verb, cause=cause, reason=reason, asked_by=by.account_id, asked_at=at
    )


def decided(thing: Thing, *, by: Actor, at: datetime, digest: str) -> Wish:
    """Be the second person of what was read: it is confirmed; the caller moves as was asked.

    The thing's state says what can be asked about it, so that `move` refuses any other verb.
    Refusal `.nobody`, `.same_person`, `.not_this` (409).
    """
    return wishes.decided(thing, open_wish(thing), manner_of(thing), by=by, at=at, digest=digest)


def refuse(thing: Thing, *, by: Actor, at: datetime, reason: str, digest: str) -> Wish:
    """Be the second person who says no, with a reason; then another wish may be asked.

    Refusal as `decided`, and `award.reason.missing`.
    """
    manner = manner_of(thing)
    allow(thing, manner.refuse, by=by)
    said = reason_given(reason, "reason")
    given = {"by": by, "at": at, "reason": said, "digest": digest}
    return wishes.refuse(thing, open_wish(thing), manner, **given)


def withdraw(thing: Thing, *, by: Actor, at: datetime) -> Wish:
    """Take a wish back: whoever asked, or a contract officer of the agency.

    Other approving officers refuse with a reason instead. Refusal `.nobody`, `.not_yours` (409).
    """
    return wishes.withdraw(thing, open_wish(thing), manner_of(thing), by=by, at=at)


def lapse(thing: Thing, *, by: Actor, at: datetime) -> None:
    """End what is asked about a thing and can no longer be confirmed; nothing where nothing is."""
    wishes.lapse(thing, open_wish(thing), manner_of(thing), by=by, at=at)
