"""For machines: both calculations, tenders on hold, and the way out of a hold."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, Router, Schema

from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.api.ceremony import ResultOut, result_of

router = Router()


class FigureOut(Schema):
    """One figure twice: ours by the platform's rules, theirs by the verifier; as texts.

    check: the verifier's number; place: where it stands in the bundle.
    """

    check: str
    place: str
    text: str
    ours: str
    theirs: str
    same: bool


class CheckOut(Schema):
    """A numbered check of the verifier. state: same, different or not_applicable."""

    check: str
    text: str
    state: str


class CalculationsOut(Schema):
    """Both calculations: the main figures, whatever differs, and every check.

    attempt: 0, one more for each time it was computed again; verified: same or different.
    """

    number: str
    attempt: int
    outcome: str
    verified: str
    program: str
    figures: list[FigureOut]
    checks: list[CheckOut]


class HoldOut(Schema):
    """A tender on hold; code and text say why."""

    number: str
    title: str
    buyer: str
    code: str
    text: str
    since: datetime


class WayOutIn(Schema):
    """way: again or set_aside."""

    way: str
    reason: str = Field(max_length=500)


class SeenIn(Schema):
    """digest: of the wish that was read before it is confirmed."""

    digest: str = Field("", max_length=64)


class RefusedIn(SeenIn):
    """reason: why the wish that was read is refused."""

    reason: str = Field(max_length=500)


class WayOutOut(Schema):
    """One wish; ended: confirmed, refused, withdrawn or lapsed, "" while open.

    answer: why it was refused; digest: SHA-256 of what was asked, to be sent with the decision.
    """

    way: str
    text: str
    reason: str
    asked_by: uuid.UUID
    asked_at: datetime
    ended: str
    ended_at: datetime | None
    answer: str
    digest: str


class WaysOutOut(Schema):
    """What is asked, what became of earlier wishes, and the verbs that the reader may do now.

    ways: those that can end this hold; past: the confirmed ones, for the agency all.
    """

    number: str
    verbs: list[str]
    ways: list[str]
    asked: WayOutOut | None
    past: list[WayOutOut]


@router.get("/tenders/{number}/calculations", response=CalculationsOut, auth=None)
def calculations(request: HttpRequest, number: str) -> dict[str, Any]:
    """The platform's figures beside the verifier's; on hold for the agency and the operator."""
    found = queries.calculations(request.actor, number)
    return {
        **{n: getattr(found, n) for n in ("number", "attempt", "outcome", "verified", "program")},
        "figures": [
            {"check": row.check, "place": row.place,
             "text": gettext(row.label).format(**row.params),
             "ours": str(row.ours.value), "theirs": str(row.theirs.value), "same": row.same}
            for row in found.rows
        ],
        "checks": [
            {"check": one.code, "text": gettext(one.title), "state": one.state}
            for one in found.checks
        ],
    }  # fmt: skip


@router.get("/operations/holds", response=list[HoldOut], auth=None)
def holds(request: HttpRequest) -> list[dict[str, Any]]:
    """The tenders that stand still, for everybody."""
    same = ("number", "title", "buyer", "code", "since")
    return [
        {name: getattr(row, name) for name in same} | {"text": gettext(row.sentence)}
        for row in queries.holds()
    ]


def _ways(request: HttpRequest, number: str) -> dict[str, Any]:
    found = queries.ways_out(request.actor, number, at=request.at)
    if found is None:
        return {"number": number, "verbs": [], "ways": [], "asked": None, "past": []}
    same = ("way", "reason", "asked_by", "asked_at", "ended", "ended_at", "answer", "digest")
    rows = [
        {name: getattr(row, name) for name in same} | {"text": gettext(row.text)}
        for row in (found.asked, *found.past)
        if row is not None
    ]
    return {
        "number": number,
        "verbs": sorted(found.verbs),
        "ways": list(found.ways) if found.verbs else [],
        "asked": rows[0] if found.asked else None,
        "past": rows[1:] if found.asked else rows,
    }


@router.get("/tenders/{number}/way-out", response=WaysOutOut, auth=None)
def ways_out(request: HttpRequest, number: str) -> dict[str, Any]:
    """How a hold ended; for the agency's people and the operator also how it may."""
    return _ways(request, number)


@router.post("/tenders/{number}/way-out", response=WaysOutOut)
def ask_way_out(request: HttpRequest, number: str, body: WayOutIn) -> dict[str, Any]:
    """Ask that the opening be computed again or set aside; a second person confirms it."""
    actions.ask_way_out(
        by=request.actor, at=request.at, number=number, way=body.way, reason=body.reason
    )
    return _ways(request, number)


@router.post("/tenders/{number}/way-out/again", response=ResultOut)
def open_again(request: HttpRequest, number: str, body: SeenIn) -> dict[str, Any]:
    """Confirm the wish that was read: computed again from the same frozen inputs."""
    actions.open_again(by=request.actor, at=request.at, number=number, digest=body.digest)
    return result_of(number)


@router.post("/tenders/{number}/way-out/set-aside", response=ResultOut)
def set_aside(request: HttpRequest, number: str, body: SeenIn) -> dict[str, Any]:
    """Confirm the wish that was read: set aside; the tender is cancelled."""
    actions.set_aside(by=request.actor, at=request.at, number=number, digest=body.digest)
    return result_of(number)


@router.post("/tenders/{number}/way-out/refuse", response=WaysOutOut)
def refuse_way_out(request: HttpRequest, number: str, body: RefusedIn) -> dict[str, Any]:
    """Refuse as a second person, with a reason, the way that is asked for; the hold goes on."""
    said = body.model_dump()
    actions.refuse_way_out(by=request.actor, at=request.at, number=number, **said)
    return _ways(request, number)


@router.post("/tenders/{number}/way-out/withdraw", response=WaysOutOut)
def withdraw_way_out(request: HttpRequest, number: str) -> dict[str, Any]:
    """Take the wish for a way out back; the hold goes on."""
    actions.withdraw_way_out(by=request.actor, at=request.at, number=number)
    return _ways(request, number)
