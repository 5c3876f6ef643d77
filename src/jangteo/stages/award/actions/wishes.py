"""A wish: one officer asks, another confirms or refuses; it is withdrawn, or lapses by itself."""

from dataclasses import dataclass
from datetime import datetime

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.stages.award.actions.hold import as_read, reason_given
from jangteo.stages.award.models import Award, Examination, Wish
from jangteo.stages.award.queries.seen import wish_digest
from jangteo.stages.award.queries.wishes import open_wish

Thing = Award | Examination


@dataclass(frozen=True, slots=True)
class _Codes:
    nobody: str
    same_person: str
    not_this: str
    not_yours: str


_CODES = {
    "award": _Codes("award.annul.nobody", "award.annul.same_person", "award.annul.not_this",
                    "award.annul.not_yours"),
    "examination": _Codes("award.reopen.nobody", "award.reopen.same_person",
                          "award.reopen.not_this", "award.reopen.not_yours"),
}  # fmt: skip
#: what a wish about a thing is called in the verbs of its table
_WORDS = {"award": "annulment", "examination": "reopening"}


def ask(
    thing: Thing, verb: str, *, by: Actor, at: datetime, reason: str, cause: str = ""
) -> Wish:  # fmt: skip
    """Write down what is asked for: a key of states.WISHES; the caller moves and journals."""
    about = {thing.state_table.name: thing}
    return Wish.objects.create(
        **about, verb=verb, cause=cause, reason=reason, asked_by=by.account_id, asked_at=at
    )


def asked_of(thing: Thing) -> Wish:
    """What is asked about a thing and open; Refusal `.nobody` (409)."""
    found = open_wish(thing)
    if found is None:
        raise Refusal(
            _CODES[thing.state_table.name].nobody,
            N_("Nobody asks for it now."),
            repair=N_("It was refused, withdrawn or has lapsed, or nobody asked. One person asks "
                      "first, with a reason."),
            law=thing.state_table.transition(f"ask_{_WORDS[thing.state_table.name]}").law,
            status=409,
        )  # fmt: skip
    return found


def decided(thing: Thing, *, by: Actor, at: datetime, digest: str) -> Wish:
    """Be the second person of what was read: it is confirmed; the caller moves as was asked.

    The thing's state says what can be asked about it, so that `move` refuses any other verb.
    Refusal `.nobody`, `.same_person`, `.not_this` (409).
    """
    asked = _second_person(thing, asked_of(thing), by, digest)
    end(asked, "confirmed", by=by, at=at)
    return asked


def refuse(thing: Thing, *, by: Actor, at: datetime, reason: str, digest: str) -> Wish:
    """Be the second person who says no, with a reason; then another wish may be asked.

    Refusal as `decided`, and `award.reason.missing`.
    """
    verb = f"refuse_{_WORDS[thing.state_table.name]}"
    allow(thing, verb, by=by)
    asked = _second_person(thing, asked_of(thing), by, digest)
    said = reason_given(reason, "reason")
    end(asked, "refused", by=by, at=at, answer=said)
    move(thing, verb, by=by, at=at, payload={"wish": asked.verb, "reason": said})
    return asked


def withdraw(thing: Thing, *, by: Actor, at: datetime) -> Wish:
    """Take a wish back: whoever asked, or a contract officer of the agency.

    Other approving officers refuse with a reason instead. Refusal `.nobody`, `.not_yours` (409).
    """
    verb = f"withdraw_{_WORDS[thing.state_table.name]}"
    allow(thing, verb, by=by)
    asked = asked_of(thing)
    if by.account_id != asked.asked_by and "contract_officer" not in by.roles:
        raise Refusal(
            _CODES[thing.state_table.name].not_yours,
            N_("Another person asked for it."),
            repair=N_("Refuse it with a reason, or let a contract officer withdraw it."),
            law=thing.state_table.transition(verb).law,
            status=409,
        )
    end(asked, "withdrawn", by=by, at=at)
    move(thing, verb, by=by, at=at, payload={"wish": asked.verb})
    return asked


def lapse(thing: Thing, *, by: Actor, at: datetime) -> None:
    """End what is asked about a thing and can no longer be confirmed; nothing where nothing is."""
    asked = open_wish(thing)
    if asked is None:
        return
    end(asked, "lapsed", by=by, at=at)
    verb = f"lapse_{_WORDS[thing.state_table.name]}"
    move(thing, verb, by=by, at=at, payload={"wish": asked.verb})


def end(asked: Wish, how: str, *, by: Actor, at: datetime, answer: str = "") -> None:
    """Write down how a wish ended, once; the caller holds the award's lock."""
    asked.ended, asked.ended_by, asked.ended_at = how, by.account_id, at
    asked.answer = answer
    asked.save(update_fields=["ended", "ended_by", "ended_at", "answer"])


def _second_person(thing: Thing, asked: Wish, by: Actor, digest: str) -> Wish:
    codes = _CODES[thing.state_table.name]
    law = thing.state_table.transition(asked.verb).law
    if asked.asked_by == by.account_id:
        raise Refusal(
            codes.same_person,
            N_("Whoever asked for it cannot decide on it."),
            repair=N_("Another person with the role of approving officer decides; whoever asked "
                      "can withdraw it."),
            law=law,
            status=409,
        )  # fmt: skip
    as_read(codes.not_this, digest, wish_digest(asked), law)
    return asked
