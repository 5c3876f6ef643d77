"""The same, for machines: claims with their leaves, payments due, one amount's trail."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from jangteo.stages.payment import actions, queries
from jangteo.ui.sentences import sentence

router = Router()


class LeafIn(Schema):
    """A payee. kind: prime, subcontractor, worker, equipment or material; amount in won.

    subcontract: number of the branch, "" for the contractor's own; bank: three-digit code.
    """

    kind: str = Field(max_length=15)
    payee_name: str = Field("", max_length=60)
    bank: str = Field(max_length=3)
    account: str = Field(max_length=24)
    amount: int
    subcontract: str = Field("", max_length=13)


class ClaimIn(Schema):
    """amount in won including VAT: the sum of its leaves."""

    amount: int
    leaves: list[LeafIn]
    note: str = Field("", max_length=500)


class ReasonIn(Schema):
    """Why a claim is returned."""

    reason: str = Field(max_length=500)


class AccountIn(Schema):
    """Another account of a payee; reason: why the very same one will do now."""

    bank: str = Field(max_length=3)
    account: str = Field(max_length=24)
    reason: str = Field("", max_length=500)


class CorrectedIn(AccountIn):
    """A payee named by hand, as it is right; reason: what was wrong."""

    payee_name: str = Field(max_length=60)


class ConfirmIn(Schema):
    """proposal: id of the correction that was seen."""

    proposal: str = Field(max_length=36)


class SettleIn(Schema):
    """outcome: there or back, as the bank says; reference: the bank's."""

    outcome: str = Field(max_length=15)
    reference: str = Field(max_length=40)
    reason: str = Field(max_length=500)


class WordIn(Schema):
    """said: received, not_received or differs; amount in won only where it differs."""

    said: str = Field(max_length=15)
    amount: int | None = None


class WordOut(Schema):
    """What a payee said of the money."""

    said: str
    amount: int | None
    at: datetime


class ProposedOut(CorrectedIn):
    """A corrected payee that waits for the agency; account masked as the leaf's own."""

    id: str


class ReasonOut(Schema):
    """How a figure or a day came about: a sentence, its article, the row of the dated table."""

    code: str
    text: str
    law: str
    row: str

    @staticmethod
    def resolve_text(stored: Mapping[str, Any]) -> str:
        """The sentence in the reader's language."""
        return sentence(stored["text"], stored["params"])


class LeafOut(Schema):
    """A payee and where its money is; account masked but for claimant and disbursing officer."""

    position: int
    kind: str
    payee_name: str
    subcontract: str
    bank: str
    account: str
    amount: int
    status: str
    attempt: int
    due: datetime
    late: bool
    reasons: list[ReasonOut]
    instructed_at: datetime | None
    credited_at: datetime | None
    bank_reference: str
    finding: str
    link: str
    proposed: ProposedOut | None
    words: list[WordOut]


class InterestOut(Schema):
    """Interest owed for days late, in won; so_far: it still grows; reasons: how it is counted."""

    amount: int
    days: int
    so_far: bool
    reasons: list[ReasonOut]


class ClaimOut(Schema):
    """OCDS contracts/implementation/transactions: a claim, its state and its leaves.

    reasons: why it is due then.
    """

    number: str
    contract_number: str
    tender_number: str
    title: str
    buyer: str
    supplier: str
    status: str
    kind: str
    amount: int
    filed_at: datetime
    due: datetime
    late: bool
    reasons: list[ReasonOut]
    note: str
    finding: str
    approved_at: datetime | None
    ordered_at: datetime | None
    released_at: datetime | None
    paid_at: datetime | None
    interest: InterestOut | None
    leaves: list[LeafOut]


class ClaimableOut(Schema):
    """What can be claimed for a contract, in won."""

    contract_number: str
    accepted: int
    claimed: int
    left: int
    completes: bool


class DueOut(Schema):
    """Claims due at the same time: code late, today, tomorrow, later or elsewhere."""

    code: str
    total: int
    claims: list[ClaimOut]


class MoneyOut(Schema):
    """A supplier's claims, and what it is owed as a subcontractor."""

    claims: list[ClaimOut]
    leaves: list[LeafOut]


class TrailOut(Schema):
    """One step of an amount's way; page: a path of this site; place: in the public log."""

    step: str
    amount: int | None
    at: datetime
    who: str
    article: str
    page: str
    kind: str
    payee: str
    fact: uuid.UUID
    place: int | None


class SumsOut(Schema):
    """Where a contract's amount stands, in won."""

    contracted: int
    accepted: int
    claimed: int
    ordered: int
    credited: int


class MoneyTrailOut(Schema):
    """A contract's money from the notice to the last payee."""

    sums: SumsOut
    steps: list[TrailOut]


class PayeeOut(Schema):
    """What a payee sees by the link."""

    works: str
    agency: str
    payer: str
    payee_name: str
    amount: int
    status: str
    due: datetime
    late: bool
    credited_at: datetime | None
    words: list[WordOut]


def _given(leaves: Iterable[LeafIn]) -> list[queries.LeafGiven]:
    return [queries.LeafGiven(**leaf.dict()) for leaf in leaves]


def _claim(request: HttpRequest, number: str) -> queries.ClaimRow:
    return queries.claim_for(request.actor, number, at=request.at)


@router.get("/contracts/{number}/claims", response=list[ClaimOut])
def claims(request: HttpRequest, number: str) -> Any:
    """The claims of a contract, oldest first."""
    return queries.contract_claims(request.actor, number, at=request.at)


@router.get("/contracts/{number}/claims/left", response=ClaimableOut)
def claimable(request: HttpRequest, number: str) -> Any:
    """What can be claimed for a contract now."""
    queries.contract_claims(request.actor, number)
    return queries.claimable(number)


@router.post("/contracts/{number}/claims", response=ClaimOut)
def file(request: HttpRequest, number: str, body: ClaimIn) -> Any:
    """File a claim over what is accepted and not yet claimed."""
    made = actions.file(
        by=request.actor, at=request.at, number=number, amount=body.amount,
        leaves=_given(body.leaves), note=body.note,
    )  # fmt: skip
    return _claim(request, made.number)


@router.get("/claims/{number}", response=ClaimOut)
def claim(request: HttpRequest, number: str) -> Any:
    """A claim with its leaves; a subcontractor sees its own branch."""
    return _claim(request, number)


@router.put("/claims/{number}", response=ClaimOut)
def file_again(request: HttpRequest, number: str, body: ClaimIn) -> Any:
    """File a returned claim again."""
    actions.file_again(
        by=request.actor, at=request.at, number=number, amount=body.amount,
        leaves=_given(body.leaves), note=body.note,
    )  # fmt: skip
    return _claim(request, number)


@router.post("/claims/{number}/withdraw", response=ClaimOut)
def withdraw_claim(request: HttpRequest, number: str) -> Any:
    """Withdraw a claim that is not approved."""
    actions.withdraw_claim(by=request.actor, at=request.at, number=number)
    return _claim(request, number)


@router.post("/claims/{number}/return", response=ClaimOut)
def send_back(request: HttpRequest, number: str, body: ReasonIn) -> Any:
    """Return a claim with a reason; its clock stands still."""
    actions.send_back(by=request.actor, at=request.at, number=number, reason=body.reason)
    return _claim(request, number)


@router.post("/claims/{number}/approve", response=ClaimOut)
def approve(request: HttpRequest, number: str) -> Any:
    """Find a claim right."""
    actions.approve(by=request.actor, at=request.at, number=number)
    return _claim(request, number)


@router.post("/claims/{number}/order", response=ClaimOut)
def order(request: HttpRequest, number: str) -> Any:
    """Order the payment, as another person than the one who approved."""
    actions.order(by=request.actor, at=request.at, number=number)
    return _claim(request, number)


@router.post("/claims/{number}/order-again", response=ClaimOut)
def order_again(request: HttpRequest, number: str) -> Any:
    """Order again what the budget system has refused."""
    actions.order_again(by=request.actor, at=request.at, number=number)
    return _claim(request, number)


@router.put("/claims/{number}/leaves/{position}/account", response=ClaimOut)
def correct_account(request: HttpRequest, number: str, position: int, body: AccountIn) -> Any:
    """Another account for a payee whose bank sent the money back."""
    actions.correct_account(
        by=request.actor, at=request.at, number=number, position=position, **body.dict()
    )
    return _claim(request, number)


@router.put("/claims/{number}/leaves/{position}/payee", response=ClaimOut)
def correct_payee(request: HttpRequest, number: str, position: int, body: CorrectedIn) -> Any:
    """The right name of a payee whose bank sent the money back; the agency confirms it."""
    actions.correct_payee(
        by=request.actor, at=request.at, number=number, position=position, reason=body.reason,
        payee=queries.PayeeGiven(**body.dict(exclude={"reason"})),
    )  # fmt: skip
    return _claim(request, number)


@router.post("/claims/{number}/leaves/{position}/payee/confirm", response=ClaimOut)
def confirm_payee(request: HttpRequest, number: str, position: int, body: ConfirmIn) -> Any:
    """Agree to a corrected payee; the bank is told to pay again."""
    who = {"by": request.actor, "at": request.at, "number": number}
    actions.confirm_payee(**who, position=position, proposal=body.proposal)
    return _claim(request, number)


@router.post("/claims/{number}/leaves/{position}/settle", response=ClaimOut)
def settle(request: HttpRequest, number: str, position: int, body: SettleIn) -> Any:
    """End a doubt as the bank said: the whole amount is there, or it came back."""
    who = {"by": request.actor, "at": request.at, "number": number}
    actions.settle(**who, position=position, **body.dict())
    return _claim(request, number)


@router.get("/payments", response=list[DueOut])
def payments(request: HttpRequest) -> Any:
    """The agency's open claims: late, today, tomorrow, later."""
    return queries.due_list(request.actor, request.at)


@router.get("/my/payments", response=MoneyOut)
def my_payments(request: HttpRequest) -> Any:
    """A supplier's claims, and its own leaves of other suppliers' claims."""
    return {
        "claims": queries.claims_of(request.actor, at=request.at),
        "leaves": queries.my_branches(request.actor, at=request.at),
    }


@router.get("/contracts/{number}/trail", response=MoneyTrailOut, auth=None)
def trail(request: HttpRequest, number: str) -> Any:
    """One amount from the notice to the last payee; persons' names masked for the public."""
    return {
        "sums": queries.sums(number),
        "steps": queries.trail(number, actor=request.actor),
    }


@router.get("/payees/{token}", response=PayeeOut, auth=None)
def payee(request: HttpRequest, token: str, response: HttpResponse) -> Any:
    """What a payee sees by its signed link."""
    response["Cache-Control"] = "no-store"
    page = queries.leaf_by_token(token, at=request.at)
    same = [name for name in PayeeOut.model_fields if hasattr(page.leaf, name)]
    return {
        "works": page.works, "agency": page.agency, "payer": page.payer,
        **{name: getattr(page.leaf, name) for name in same},
    }  # fmt: skip


@router.post("/payees/{token}", response=PayeeOut, auth=None)
def say(request: HttpRequest, token: str, body: WordIn, response: HttpResponse) -> Any:
    """A payee says: received, not_received, or differs with the amount that came."""
    actions.say(by=request.actor, at=request.at, token=token, **body.dict())
    return payee(request, token, response)
