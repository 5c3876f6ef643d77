"""The same, for machines: a contract's delivery and its inspections."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from jangteo.stages.delivery import actions, queries

router = Router()


class StartIn(Schema):
    """The first day of the works."""

    started_on: date


class RequestIn(Schema):
    """kind: progress or completion; amount in won, for a completion exactly all that is left."""

    kind: str = Field(max_length=12)
    amount: int
    done_on: date
    note: str = Field("", max_length=500)


class CorrectionIn(Schema):
    """What must be mended, and the last day for it."""

    note: str = Field(max_length=1000)
    mend_by: date


class AgainIn(Schema):
    """The day it was mended."""

    done_on: date
    note: str = Field("", max_length=500)


class AcceptIn(Schema):
    """What the inspector found, if anything is to be said."""

    note: str = Field("", max_length=1000)


class FindingOut(Schema):
    """What an inspector found; mend_by: the last day for the correction."""

    accepted: bool
    note: str
    mend_by: date | None
    at: datetime


class InspectionOut(Schema):
    """OCDS milestones: an inspection, its clock and what was found; amount in won."""

    sequence: int
    kind: str
    amount: int
    done_on: date
    note: str
    status: str
    notified_at: datetime
    due: datetime
    late: bool
    findings: list[FindingOut]


class DamagesOut(Schema):
    """Damages for delay in won, to be settled; so_far: they may still grow."""

    amount: int
    days: int
    capped: bool
    so_far: bool


class DeliveryOut(Schema):
    """OCDS contracts/implementation: amounts in won including VAT."""

    status: str
    started_on: date | None
    completed_at: datetime | None
    contracted: int
    accepted: int
    left: int
    inspections: list[InspectionOut]
    damages: DamagesOut | None


class DueOut(Schema):
    """An open inspection of one's own agency or company."""

    contract_number: str
    title: str
    inspection: InspectionOut


def _out(request: HttpRequest, number: str) -> queries.DeliveryRow:
    return queries.delivery_for(request.actor, number, at=request.at)


@router.get("/inspections", response=list[DueOut])
def inspections(request: HttpRequest) -> list[dict[str, Any]]:
    """The open inspections of one's own side, the soonest due first."""
    return [
        {"contract_number": row.number, "title": row.title, "inspection": current}
        for row, current in queries.inspections_of(request.actor, at=request.at)
    ]


@router.get("/contracts/{number}/delivery", response=DeliveryOut)
def delivery(request: HttpRequest, number: str) -> Any:
    """A contract's delivery, for its two sides."""
    return _out(request, number)


@router.post("/contracts/{number}/start", response=DeliveryOut)
def start(request: HttpRequest, number: str, body: StartIn) -> Any:
    """Begin the works."""
    actions.start(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/inspections", response=DeliveryOut)
def request_inspection(request: HttpRequest, number: str, body: RequestIn) -> Any:
    """Notify works that are done; the inspection's period begins."""
    actions.request(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/inspections/correction", response=DeliveryOut)
def order_correction(request: HttpRequest, number: str, body: CorrectionIn) -> Any:
    """Have the works mended by a day."""
    actions.order_correction(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/inspections/again", response=DeliveryOut)
def request_again(request: HttpRequest, number: str, body: AgainIn) -> Any:
    """Notify that all is mended; the period begins anew."""
    actions.request_again(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/inspections/accept", response=DeliveryOut)
def accept(request: HttpRequest, number: str, body: AcceptIn | None = None) -> Any:
    """Accept the works."""
    note = body.note if body else ""
    actions.accept(by=request.actor, at=request.at, number=number, note=note)
    return _out(request, number)


@router.post("/contracts/{number}/inspections/withdraw", response=DeliveryOut)
def withdraw_request(request: HttpRequest, number: str) -> Any:
    """Withdraw the notice."""
    actions.withdraw_request(by=request.actor, at=request.at, number=number)
    return _out(request, number)
