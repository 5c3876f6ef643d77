"""A wish about an award or a candidate: asked for, and decided as every wish is."""

from datetime import datetime

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow
from jangteo.records.wish import actions as wishes
from jangteo.records.wish.queries import Manner
from jangteo.stages.award.actions.hold import reason_given
from jangteo.stages.award.models import Award, Examination, Wish
from jangteo.stages.award.queries.wishes import manner_by, manner_of, open_wish

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


def decided(
    thing: Thing, manner: Manner | None = None, *, by: Actor, at: datetime, digest: str
) -> Wish:  # fmt: skip
    """Be the second person of what was read: it is confirmed; the caller moves as was asked.

    manner: of the wish that is meant, of the thing's other wishes if left out. The thing's state
    says which of those can be asked about it, so that `move` refuses any other verb. Refusal
    `.nobody`, `.same_person`, `.not_this` (409).
    """
    said = manner or manner_of(thing)
    return wishes.decided(thing, open_wish(thing, said), said, by=by, at=at, digest=digest)


def refuse(
    thing: Thing, manner: Manner | None = None, *, by: Actor, at: datetime, reason: str, digest: str
) -> Wish:  # fmt: skip
    """Be the second person who says no, with a reason; then another wish may be asked.

    Refusal as `decided`, and `award.reason.missing`.
    """
    said = manner or manner_of(thing)
    allow(thing, said.refuse, by=by)
    given = {"by": by, "at": at, "reason": reason_given(reason, "reason"), "digest": digest}
    return wishes.refuse(thing, open_wish(thing, said), said, **given)


def withdraw(
    thing: Thing, manner: Manner | None = None, *, by: Actor, at: datetime
) -> Wish:  # fmt: skip
    """Take a wish back: whoever asked, or a contract officer where its manner says so.

    Others who may decide refuse with a reason instead. Refusal `.nobody`, `.not_yours` (409).
    """
    said = manner or manner_of(thing)
    return wishes.withdraw(thing, open_wish(thing, said), said, by=by, at=at)


def lapse(thing: Thing, *, by: Actor, at: datetime) -> None:
    """End what is asked about a thing and can no longer be confirmed; nothing where nothing is."""
    asked = open_wish(thing)
    if asked is not None:
        wishes.lapse(thing, asked, manner_by(asked.verb, thing), by=by, at=at)
