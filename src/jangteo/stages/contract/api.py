"""The same, for machines: contracts, their signatures, securities, amendments, subcontracts."""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from jangteo.stages.contract import actions, queries

router = Router()


class TermsIn(Schema):
    """What the award leaves open; what is left out stays."""

    starts: date | None = None
    ends: date | None = None
    place: str | None = Field(None, max_length=200)
    special_terms: str | None = Field(None, max_length=2000)
    budget_line: str | None = Field(None, max_length=40)


class BudgetLineIn(Schema):
    """Another line than the one refused; "" keeps it."""

    budget_line: str = Field("", max_length=40)


class SignatureIn(Schema):
    """64 bytes r||s over the statement's bytes, base64url, by an enrolled P-256 key."""

    signer_key: str = Field(max_length=100)
    signature: str = Field(max_length=100)


class SecurityIn(Schema):
    """kind: bond, cash or undertaking; amount in won; paper: number of the bond."""

    kind: str
    amount: int = 0
    issuer: str = Field("", max_length=100)
    paper: str = Field("", max_length=60)
    until: date | None = None


class AmendmentIn(Schema):
    """The new value in won and last day."""

    value: int
    ends: date
    reason: str = Field(max_length=500)


class SubcontractIn(Schema):
    """subcontractor: business number of a registered supplier; amount in won including VAT."""

    subcontractor: str
    work: str = Field(max_length=200)
    amount: int
    starts: date
    ends: date
    signed_on: date


class ReasonIn(Schema):
    """Why; ground: for a termination."""

    reason: str = Field(max_length=500)
    ground: str = ""


class SubcontractOut(Schema):
    """A subcontract."""

    number: str
    contract_number: str
    subcontractor: str
    supplier: str
    work: str
    amount: int
    starts: date
    ends: date
    status: str
    told_due: datetime


class SignatureOut(Schema):
    """side: supplier or buyer."""

    side: str
    name: str
    at: datetime


class AmendmentOut(Schema):
    """OCDS amendments: the value in won and the last day that it sets; status of its own."""

    id: uuid.UUID
    status: str
    value: int
    ends: date
    reason: str
    proposed_at: datetime
    effective_at: datetime | None


class ContractOut(Schema):
    """OCDS contracts: value in won including VAT, period, status; statement: what is signed.

    text: the number of the text in force or offered. The statement is that of an open amendment
    while there is one; so is what is to be secured, in won and until when. ground: of a
    termination, "" without one.
    """

    id: uuid.UUID
    number: str
    award_id: uuid.UUID
    tender_number: str
    title: str
    status: str
    value: int
    starts: date | None
    ends: date | None
    buyer: str
    supplier: str
    supplier_identifier: str
    sign_due: datetime | None
    concluded_at: datetime | None
    ground: str
    text: int
    statement: str
    document_hash: str
    signatures: list[SignatureOut]
    security_required: int
    security_enough: bool
    security_missing: int
    security_until: date | None
    amendments: list[AmendmentOut]
    subcontracts: list[SubcontractOut]


def _out(request: HttpRequest, number: str) -> dict[str, Any]:
    page = queries.contract_for(request.actor, number)
    text = page.offered
    same = [name for name in ContractOut.model_fields if hasattr(page.row, name)]
    return {
        **{name: getattr(page.row, name) for name in same},
        "statement": text.statement if text else "",
        "document_hash": text.document_hash if text else "",
        "signatures": [
            {"side": s.side, "name": s.name, "at": s.at} for s in (text.signatures if text else ())
        ],
        "security_required": page.security.required,
        "security_enough": page.security.enough,
        "security_missing": page.security.missing,
        "security_until": page.security.until,
        "amendments": list(page.amendments),
        "subcontracts": list(page.subcontracts),
    }


@router.get("/contracts", response=list[str])
def contracts(request: HttpRequest) -> list[str]:
    """The numbers of one's own contracts, newest first."""
    return [row.number for row in queries.contracts_of(request.actor)]


@router.post("/tenders/{number}/contract", response=ContractOut)
def draft(request: HttpRequest, number: str) -> dict[str, Any]:
    """Draft the contract of a tender's award."""
    made = actions.draft(by=request.actor, at=request.at, number=number)
    return _out(request, made.number)


@router.get("/contracts/{number}", response=ContractOut, auth=None)
def contract(request: HttpRequest, number: str) -> dict[str, Any]:
    """A contract; texts, signatures and subcontracts only for its sides."""
    return _out(request, number)


@router.get("/contracts/{number}/document", response={200: None})
def document(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF of the newest text."""
    _, data = queries.document(request.actor, number)
    return HttpResponse(data, content_type="application/pdf")


@router.put("/contracts/{number}/terms", response=ContractOut)
def revise(request: HttpRequest, number: str, body: TermsIn) -> dict[str, Any]:
    """Set period, place, budget line and special terms."""
    changes = body.dict(exclude_unset=True)
    actions.revise(by=request.actor, at=request.at, number=number, changes=changes)
    return _out(request, number)


@router.post("/contracts/{number}/offer", response=ContractOut)
def offer(request: HttpRequest, number: str) -> dict[str, Any]:
    """Freeze the text and send it to the supplier."""
    actions.offer(by=request.actor, at=request.at, number=number)
    return _out(request, number)


@router.post("/contracts/{number}/take-back", response=ContractOut)
def take_back(request: HttpRequest, number: str) -> dict[str, Any]:
    """Take an offer back."""
    actions.take_back(by=request.actor, at=request.at, number=number)
    return _out(request, number)


@router.post("/contracts/{number}/agree", response=ContractOut)
def agree(request: HttpRequest, number: str, body: SignatureIn) -> dict[str, Any]:
    """Sign for the supplier."""
    actions.agree(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/securities", response=ContractOut)
def record_security(request: HttpRequest, number: str, body: SecurityIn) -> dict[str, Any]:
    """Record a performance security."""
    actions.record_security(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/conclude", response=ContractOut)
def conclude(request: HttpRequest, number: str, body: SignatureIn) -> dict[str, Any]:
    """Sign for the agency: the contract is in force."""
    actions.conclude(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/cancel", response=ContractOut)
def cancel(request: HttpRequest, number: str, body: ReasonIn) -> dict[str, Any]:
    """Give up a contract that is not signed."""
    actions.cancel(by=request.actor, at=request.at, number=number, reason=body.reason)
    return _out(request, number)


@router.post("/contracts/{number}/amendment", response=ContractOut)
def propose_amendment(request: HttpRequest, number: str, body: AmendmentIn) -> dict[str, Any]:
    """Propose another value or last day."""
    actions.propose_amendment(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/amendment/agree", response=ContractOut)
def agree_amendment(request: HttpRequest, number: str, body: SignatureIn) -> dict[str, Any]:
    """Sign the amendment for the supplier."""
    actions.agree_amendment(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/amendment/conclude", response=ContractOut)
def conclude_amendment(request: HttpRequest, number: str, body: SignatureIn) -> dict[str, Any]:
    """Sign the amendment for the agency."""
    actions.conclude_amendment(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/amendment/withdraw", response=ContractOut)
def withdraw_amendment(request: HttpRequest, number: str) -> dict[str, Any]:
    """Withdraw the amendment."""
    actions.withdraw_amendment(by=request.actor, at=request.at, number=number)
    return _out(request, number)


@router.post("/contracts/{number}/bind-again", response=ContractOut)
def bind_again(request: HttpRequest, number: str, body: BudgetLineIn) -> dict[str, Any]:
    """Tell the budget system again what it has refused to bind."""
    actions.bind_again(by=request.actor, at=request.at, number=number, **body.dict())
    return _out(request, number)


@router.post("/contracts/{number}/terminate", response=ContractOut)
def terminate(request: HttpRequest, number: str, body: ReasonIn) -> dict[str, Any]:
    """Terminate on a ground: delay, damages, breach or agency."""
    actions.terminate(
        by=request.actor, at=request.at, number=number, ground=body.ground, reason=body.reason
    )
    return _out(request, number)


@router.post("/contracts/{number}/subcontracts", response=SubcontractOut)
def register_subcontract(request: HttpRequest, number: str, body: SubcontractIn) -> Any:
    """Register a subcontract."""
    made = actions.register_subcontract(
        by=request.actor, at=request.at, number=number, **body.dict()
    )
    return queries.subcontract(made.number)


@router.get("/subcontracts/{number}", response=SubcontractOut)
def subcontract(request: HttpRequest, number: str) -> Any:
    """One subcontract, for its three sides."""
    return queries.subcontract_for(request.actor, number)


@router.post("/subcontracts/{number}/agree", response=SubcontractOut)
def agree_subcontract(request: HttpRequest, number: str) -> Any:
    """Agree as the subcontractor."""
    actions.agree_subcontract(by=request.actor, at=request.at, number=number)
    return queries.subcontract(number)


@router.post("/subcontracts/{number}/acknowledge", response=SubcontractOut)
def acknowledge_subcontract(request: HttpRequest, number: str) -> Any:
    """Take note as the agency."""
    actions.acknowledge_subcontract(by=request.actor, at=request.at, number=number)
    return queries.subcontract(number)


@router.post("/subcontracts/{number}/end", response=SubcontractOut)
def end_subcontract(request: HttpRequest, number: str, body: ReasonIn) -> Any:
    """End a subcontract."""
    actions.end_subcontract(by=request.actor, at=request.at, number=number, reason=body.reason)
    return queries.subcontract(number)
