"""For machines: propose, confirm, refuse and annul an award; the annulments for an error."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, Router, Schema

from jangteo.stages.award import actions, queries
from jangteo.stages.award.api.examining import AwardOut, TextIn, out

router = Router()


class AnnulIn(Schema):
    """cause: not_signed, gave_up, disqualified, ruling, data_entry or formula."""

    cause: str
    reason: str = Field(max_length=500)


class WishSeenIn(Schema):
    """digest: of the wish that was read."""

    digest: str = Field("", max_length=64)


class WishRefusedIn(WishSeenIn):
    """text: why; whoever asked reads it."""

    text: str = Field(max_length=500)


class MistakeOut(Schema):
    """An award that was annulled for an error; cause: data_entry or formula."""

    tender: str
    cause: str
    text: str
    reason: str
    date: datetime


class MistakesOut(Schema):
    """How many awards were annulled for an error, by cause; both counts must stay at 0.

    since: when the first award was confirmed; awards: how many were.
    """

    since: datetime | None
    awards: int
    counts: dict[str, int]
    annulments: list[MistakeOut]


@router.post("/tenders/{number}/award/propose", response=AwardOut)
def propose(request: HttpRequest, number: str) -> dict[str, Any]:
    """Propose the award to the candidate who passed."""
    actions.propose(by=request.actor, at=request.at, number=number)
    return out(request, number)


@router.post("/tenders/{number}/award/confirm", response=AwardOut)
def confirm(request: HttpRequest, number: str) -> dict[str, Any]:
    """Confirm the award as a second person."""
    actions.confirm(by=request.actor, at=request.at, number=number)
    return out(request, number)


@router.post("/tenders/{number}/award/refuse", response=AwardOut)
def refuse(request: HttpRequest, number: str, body: TextIn) -> dict[str, Any]:
    """Do not confirm the award."""
    actions.refuse(by=request.actor, at=request.at, number=number, reason=body.text)
    return out(request, number)


@router.post("/tenders/{number}/award/annulment", response=AwardOut)
def ask_annulment(request: HttpRequest, number: str, body: AnnulIn) -> dict[str, Any]:
    """Ask that an award in force be annulled, with a cause and a reason."""
    said = body.model_dump()
    actions.ask_annulment(by=request.actor, at=request.at, number=number, **said)
    return out(request, number)


@router.post("/tenders/{number}/award/annulment/refuse", response=AwardOut)
def refuse_annulment(request: HttpRequest, number: str, body: WishRefusedIn) -> dict[str, Any]:
    """Refuse as a second person the wish that was read, with a reason; the award stays in force."""
    said = {"reason": body.text, "digest": body.digest}
    actions.refuse_annulment(by=request.actor, at=request.at, number=number, **said)
    return out(request, number)


@router.post("/tenders/{number}/award/annulment/withdraw", response=AwardOut)
def withdraw_annulment(request: HttpRequest, number: str) -> dict[str, Any]:
    """Take the wish to annul back: whoever asked, or a contract officer."""
    actions.withdraw_annulment(by=request.actor, at=request.at, number=number)
    return out(request, number)


@router.post("/tenders/{number}/award/annul", response=AwardOut)
def annul(request: HttpRequest, number: str, body: WishSeenIn) -> dict[str, Any]:
    """Confirm as a second person the wish that was read; refused if there is another since."""
    actions.annul(by=request.actor, at=request.at, number=number, digest=body.digest)
    return out(request, number)


@router.get("/operations/annulments", response=MistakesOut, auth=None)
def mistakes(request: HttpRequest) -> dict[str, Any]:
    """Awards annulled for an error in data entry or in a formula, for everybody."""
    found = queries.mistakes()
    return {
        "since": found.since,
        "awards": found.awards,
        "counts": {cause: count for cause, (_, count) in found.counts.items()},
        "annulments": [
            {"tender": row.number, "cause": row.cause, "text": gettext(row.text),
             "reason": row.reason, "date": row.at}
            for row in found.last
        ],
    }  # fmt: skip
