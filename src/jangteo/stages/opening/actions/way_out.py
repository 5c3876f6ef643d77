"""End a hold: one person asks for a way, another decides; inputs stay what they were."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.verifier.asking import unlocked
from jangteo.records.wish import actions as wishes
from jangteo.stages.opening.actions.case import gather
from jangteo.stages.opening.actions.holding import compute
from jangteo.stages.opening.actions.locked import locked
from jangteo.stages.opening.models import Opening, Result, WayOut
from jangteo.stages.opening.queries.state import last_result
from jangteo.stages.opening.queries.way_out import MANNER, asked_of
from jangteo.stages.opening.states import TABLE, WAYS
from jangteo.stages.tender import actions as tender

_LAW = TABLE.transition("open_again").law
_MOST = 500
#: parts of a bundle that are inputs; releases may only grow, and any two open the same
_INPUTS = ("notice", "keys", "seeds", "envelopes", "exclusions", "request")


@transaction.atomic
def ask_way_out(*, by: Actor, at: datetime, number: str, way: str, reason: str) -> WayOut:
    """Ask that an opening on hold be computed again or set aside; another person decides.

    way: a key of states.WAYS. A later wish takes the place of an open one. Refusal
    `opening.way_out.way`, `opening.way_out.reason`, `opening.ask_way_out.not_now` (409).
    """
    opening, _ = locked(number)
    allow(opening, "ask_way_out", by=by)
    if way not in WAYS:
        raise Refusal(
            "opening.way_out.way",
            N_("Choose how the hold is to end."),
            repair=N_("Choose one of the ways on the page."),
            law=_LAW,
            field="way",
        )
    repair = N_("Say what was found and mended, or why the opening cannot stand.")
    said = _reason(reason, repair)
    move(opening, "ask_way_out", by=by, at=at, payload={"way": way, "reason": said})
    if before := asked_of(opening):
        wishes.end(before, "withdrawn", by=by, at=at)
    return WayOut.objects.create(
        opening=opening, way=way, reason=said, asked_by=by.account_id, asked_at=at
    )


def _reason(text: str, repair: str) -> str:
    said = text.strip()
    if not said or len(said) > _MOST:
        raise Refusal(
            "opening.way_out.reason",
            N_("This needs a reason of at most {most} characters."),
            repair=repair,
            law=_LAW,
            field="reason",
            most=_MOST,
        )
    return said


@unlocked
def open_again(*, by: Actor, at: datetime, number: str, digest: str) -> Result:
    """Confirm as a second person that it is computed again, from the very same inputs.

    Nothing is drawn anew: the seeds, envelopes, keys and exclusions are those of the first
    calculation. If the two calculations still differ it stays on hold. digest: of the wish that was
    read. Refusal `opening.way_out.nobody`, `.same_person`, `.not_this`, `.inputs` (409),
    `opening.hold_opening.not_asked`.
    """
    opening, found = locked(number)
    allow(opening, "open_again", by=by)
    asked = _decided(opening, "again", by=by, at=at, digest=digest)
    before = last_result(opening)
    move(opening, "open_again", by=by, at=at, payload={"reason": asked.reason})
    made = compute(gather(opening, found), by=Actor.system("opening"), at=at)
    if before is None or not _same_inputs(before, made):
        raise Refusal(
            "opening.way_out.inputs",
            N_("The inputs are not those of the first calculation. Nothing was written."),
            repair=N_("Set the opening aside, and tell the operator."),
            law=_LAW,
            status=409,
        )
    return made


@transaction.atomic
def set_aside(*, by: Actor, at: datetime, number: str, digest: str) -> Opening:
    """Confirm as a second person that the opening is set aside; the tender is cancelled.

    A new notice is a tender of its own. digest: of the wish that was read. Refusal
    `opening.way_out.nobody`, `.same_person`, `.not_this` (409).
    """
    opening, _ = locked(number)
    allow(opening, "set_aside", by=by)
    asked = _decided(opening, "set_aside", by=by, at=at, digest=digest)
    move(opening, "set_aside", by=by, at=at, payload={"reason": asked.reason})
    tender.close(by=by, at=at, number=number, verb="set_aside", reason=asked.reason)
    return opening


@transaction.atomic
def refuse_way_out(*, by: Actor, at: datetime, number: str, reason: str, digest: str) -> WayOut:
    """Refuse as a second person, with a reason, the way that is asked for; the hold goes on.

    digest: of the wish that was read. Refusal `opening.way_out.nobody`, `.same_person`,
    `.not_this` (409), `opening.way_out.reason`.
    """
    opening, _ = locked(number)
    allow(opening, "refuse_way_out", by=by)
    said = _reason(reason, N_("Say what speaks against it; whoever asked for it reads it."))
    given: dict[str, Any] = {"by": by, "at": at, "reason": said, "digest": digest}
    return wishes.refuse(opening, asked_of(opening), MANNER, **given)


@transaction.atomic
def withdraw_way_out(*, by: Actor, at: datetime, number: str) -> WayOut:
    """Take the wish back; the hold goes on. Refusal `opening.way_out.nobody` (409)."""
    opening, _ = locked(number)
    return wishes.withdraw(opening, asked_of(opening), MANNER, by=by, at=at)


def _decided(opening: Opening, way: str, *, by: Actor, at: datetime, digest: str) -> WayOut:
    asked = asked_of(opening)
    this = asked if asked and asked.way == way else None
    return wishes.decided(opening, this, MANNER, by=by, at=at, digest=digest)


def _same_inputs(before: Result, after: Result) -> bool:
    one, other = (_bundle(result) for result in (before, after))
    kept = all(row in other["releases"] for row in one["releases"])
    return kept and all(one[part] == other[part] for part in _INPUTS)


def _bundle(result: Result) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(bytes(result.bundle))
    return whole
