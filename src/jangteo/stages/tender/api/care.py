"""The care of a notice for machines: figures entered twice, warnings answered."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, StrictInt, StrictStr

from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.queries import CareRow
from jangteo.ui.sentences import sentence

router = Router()


class FiguresIn(Schema):
    """The figures that decide the award, entered blind; blank or left out is the rule's own."""

    model_config = ConfigDict(extra="forbid")

    base_amount: StrictInt | None = None
    a_value: StrictInt | None = None
    base_net_cost: StrictInt | None = None
    difficulty: StrictStr = ""
    range_low: StrictStr = ""
    range_high: StrictStr = ""
    price_unit: StrictInt | None = None
    price_rounding: StrictStr = ""
    mean_of: StrictStr = ""
    mean_rounding: StrictStr = ""
    floor_rate: StrictStr = ""


class AnswerIn(Schema):
    """Why a warning does not hold."""

    warning: StrictStr
    reason: StrictStr


class AgreeIn(Schema):
    """The warning whose reason one agrees with."""

    warning: StrictStr


class SeenIn(Schema):
    """The hash of the worked examples that were seen."""

    examples: StrictStr


class PersonIn(Schema):
    """The sign-in name of an officer of another agency."""

    username: StrictStr


def _care(row: CareRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "second_entry": {
            "state": row.second.state,
            "differing": row.second.differing,
            "second_name": row.second.second_name,
            "at": row.second.at,
            "rows": [one.row for one in row.second.reasons],
        },
        "hidden": row.hidden,
        "may_enter": row.may_enter,
        "tries_left": row.tries_left,
        "two_override": row.second.two_override,
        "warnings": [
            {
                "code": one.finding.code,
                "field": one.finding.field,
                "law": one.finding.law,
                "row": one.finding.row,
                "state": one.state,
                "reason": one.reason,
                "given_name": one.given_name,
                "agreed_name": one.agreed_name,
            }
            for one in row.doubts
        ],
        "examples": _examples(row),
        "borrowed": [{"name": name, "agency": agency} for name, agency in row.borrowed],
    }


def _examples(row: CareRow) -> dict[str, Any] | None:
    if row.examples is None:
        return None
    return {
        "hash": row.examples.hash,
        "seen": row.examples_seen,
        "worked": [
            {
                "reserve_price": one.reserve,
                "floor_price": one.floor,
                "net_cost_line": one.line or None,
                "bids": [sentence(bid.text, bid.params) for bid in one.bids],
                "first": sentence(one.first.text, one.first.params),
                "law": one.first.law,
            }
            for one in row.examples.worked
        ],
    }


def _now(request: HttpRequest, number: str) -> dict[str, Any]:
    return _care(queries.care_for(request.actor, number, at=request.at))


@router.get("/tenders/{number}/care", response=dict[str, Any])
def care(request: HttpRequest, number: str) -> dict[str, Any]:
    """Whether a second entry is needed and made, and which warnings are answered."""
    return _now(request, number)


@router.post("/tenders/{number}/care/second-entry", response=dict[str, Any])
def second_entry(request: HttpRequest, number: str, body: FiguresIn) -> dict[str, Any]:
    """Enter the figures a second time; what differs is named, never shown."""
    actions.second_entry(
        by=request.actor, at=request.at, number=number, values=body.model_dump(exclude_unset=True)
    )
    return _now(request, number)


@router.post("/tenders/{number}/care/reasons", response=dict[str, Any])
def give_reason(request: HttpRequest, number: str, body: AnswerIn) -> dict[str, Any]:
    """Answer a warning with a reason."""
    actions.give_reason(
        by=request.actor, at=request.at, number=number, code=body.warning, reason=body.reason
    )
    return _now(request, number)


@router.post("/tenders/{number}/care/agreements", response=dict[str, Any])
def agree_reason(request: HttpRequest, number: str, body: AgreeIn) -> dict[str, Any]:
    """Agree with the reason that another person gave."""
    actions.agree_reason(by=request.actor, at=request.at, number=number, code=body.warning)
    return _now(request, number)


@router.post("/tenders/{number}/care/examples", response=dict[str, Any])
def see_examples(request: HttpRequest, number: str, body: SeenIn) -> dict[str, Any]:
    """Confirm that the worked examples of this hash were seen."""
    actions.see_examples(by=request.actor, at=request.at, number=number, seen=body.examples)
    return _now(request, number)


@router.post("/tenders/{number}/care/people", response=dict[str, Any])
def borrow_person(request: HttpRequest, number: str, body: PersonIn) -> dict[str, Any]:
    """Admit an officer of another agency as the second person of this tender."""
    actions.borrow_person(by=request.actor, at=request.at, number=number, username=body.username)
    return _now(request, number)
