"""End a hold: one person asks for a way, another confirms it; inputs stay what they were."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.verifier.asking import unlocked
from jangteo.stages.opening.actions.case import gather
from jangteo.stages.opening.actions.holding import compute
from jangteo.stages.opening.actions.locked import locked
from jangteo.stages.opening.models import Opening, Result, WayOut
from jangteo.stages.opening.queries.state import last_result
from jangteo.stages.opening.states import TABLE, WAYS
from jangteo.stages.tender import actions as tender

_LAW = TABLE.transition("open_again").law
_MOST = 500
#: parts of a bundle that are inputs; releases may only grow, and any two open the same
_INPUTS = ("notice", "keys", "seeds", "envelopes", "exclusions", "request")


@transaction.atomic
def ask_way_out(*, by: Actor, at: datetime, number: str, way: str, reason: str) -> WayOut:
    """Ask that an opening on hold be computed again or set aside; another person confirms it.

    way: a key of states.WAYS. A later wish takes the place of one that nobody confirmed. Refusal
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
    said = reason.strip()
    if not said or len(said) > _MOST:
        raise Refusal(
            "opening.way_out.reason",
            N_("This needs a reason of at most {most} characters."),
            repair=N_("Say what was found and mended, or why the opening cannot stand."),
            law=_LAW,
            field="reason",
            most=_MOST,
        )
    move(opening, "ask_way_out", by=by, at=at, payload={"way": way, "reason": said})
    asked, _ = WayOut.objects.update_or_create(
        opening=opening, confirmed_by=None,
        defaults={"way": way, "reason": said, "asked_by": by.account_id, "asked_at": at},
    )  # fmt: skip
    return asked


@unlocked
def open_again(*, by: Actor, at: datetime, number: str) -> Result:
    """Confirm as a second person that it is computed again, from the very same inputs.

    Nothing is drawn anew: the seeds, envelopes, keys and exclusions are those of the first
    calculation. If the two calculations still differ it stays on hold. Refusal
    `opening.way_out.nobody`, `.same_person`, `.inputs` (409), `opening.hold_opening.not_asked`.
    """
    opening, found = locked(number)
    allow(opening, "open_again", by=by)
    asked = _asked(opening, by, "again")
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
    _confirm(asked, by, at)
    return made


@transaction.atomic
def set_aside(*, by: Actor, at: datetime, number: str) -> Opening:
    """Confirm as a second person that the opening is set aside; the tender is cancelled.

    A new notice is a tender of its own. Refusal `opening.way_out.nobody`, `.same_person` (409).
    """
    opening, _ = locked(number)
    allow(opening, "set_aside", by=by)
    asked = _asked(opening, by, "set_aside")
    move(opening, "set_aside", by=by, at=at, payload={"reason": asked.reason})
    _confirm(asked, by, at)
    tender.close(by=by, at=at, number=number, verb="set_aside", reason=asked.reason)
    return opening


def _asked(opening: Opening, by: Actor, way: str) -> WayOut:
    asked = WayOut.objects.filter(opening=opening, confirmed_by=None, way=way).first()
    if asked is None:
        raise Refusal(
            "opening.way_out.nobody",
            N_("Nobody has asked that the hold end in this way."),
            repair=N_("The contract officer asks for it first, with a reason."),
            law=_LAW,
            status=409,
        )
    if asked.asked_by == by.account_id:
        raise Refusal(
            "opening.way_out.same_person",
            N_("Whoever asked for it cannot confirm it."),
            repair=N_("Another person with the role of approving officer confirms it."),
            law=_LAW,
            status=409,
        )
    return asked


def _confirm(asked: WayOut, by: Actor, at: datetime) -> None:
    asked.confirmed_by, asked.confirmed_at = by.account_id, at
    asked.save(update_fields=["confirmed_by", "confirmed_at"])


def _same_inputs(before: Result, after: Result) -> bool:
    one, other = (_bundle(result) for result in (before, after))
    kept = all(row in other["releases"] for row in one["releases"])
    return kept and all(one[part] == other[part] for part in _INPUTS)


def _bundle(result: Result) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(bytes(result.bundle))
    return whole
