"""The agency's two people: one checks a claim, another orders its payment."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.actions import tell
from jangteo.records.exchange.queries import DisbursementOrder, exchanges
from jangteo.records.journal.actions import move
from jangteo.records.party.queries import party
from jangteo.stages.contract.queries import contract
from jangteo.stages.payment.actions.own import LAW, own, reason_given
from jangteo.stages.payment.models import Claim, PaymentOrder
from jangteo.stages.payment.queries.clocks import day_of, last_day


@transaction.atomic
def send_back(*, by: Actor, at: datetime, number: str, reason: str) -> Claim:
    """Return a claim to the supplier with a reason; its clock stands still from this day."""
    found = own(by, number)
    said = reason_given(reason)
    move(found, "send_back", by=by, at=at, payload={"reason": said})
    today = day_of(at).isoformat()
    found.rules = {**found.rules, "pauses": [*found.rules["pauses"], [today, today]]}
    found.finding = said[:300]
    found.save(update_fields=["rules", "finding"])
    return found


@transaction.atomic
def approve(*, by: Actor, at: datetime, number: str) -> Claim:
    """Find a claim right; from now on payees and amounts are fixed."""
    found = own(by, number)
    move(found, "approve", by=by, at=at, payload={"amount": found.amount})
    found.approved_by, found.approved_at = by.account_id, at
    found.save(update_fields=["approved_by", "approved_at"])
    return found


@transaction.atomic
def order(*, by: Actor, at: datetime, number: str) -> Claim:
    """Order the payment of an approved claim and tell the budget system.

    Refusal `claim.order.same_person` (403), `claim.order.not_committed` (409).
    """
    found = own(by, number)
    move(found, "order", by=by, at=at, payload={"amount": found.amount})
    if found.approved_by == by.account_id:
        raise Refusal(
            "claim.order.same_person",
            N_("Whoever checked a claim does not order its payment."),
            repair=N_("Ask another disbursing officer of your agency."),
            law=LAW,
            status=403,
        )
    _committed(found)
    PaymentOrder.objects.create(claim=found, amount=found.amount, by=by.account_id, at=at)
    _tell(found, by=by, at=at)
    return found


@transaction.atomic
def order_again(*, by: Actor, at: datetime, number: str) -> Claim:
    """Tell the budget system anew, under a new key, after it has refused the last order.

    Refusal `claim.order.not_refused` (409) while an answer is open or the order was carried out.
    """
    found = own(by, number)
    if found.status == "ordered" and not found.finding:
        raise Refusal(
            "claim.order.not_refused",
            N_("The budget system has not refused this order."),
            repair=N_("Wait for its answer; an order is never sent twice on a guess."),
            law=LAW,
            status=409,
        )
    move(found, "order_again", by=by, at=at, payload={"attempt": found.orders + 1})
    _committed(found)
    found.finding = ""
    _tell(found, by=by, at=at)
    return found


def order_key(found: Claim) -> str:
    """The key under which the budget system knows the last order of a claim."""
    return found.number if found.orders <= 1 else f"{found.number}-again-{found.orders}"


def _committed(found: Claim) -> None:
    """Refusal unless the budget system has answered all, and done the last, of what it was told.

    Each commitment says all that is bound: a refusal stands only until the next one is done.
    """
    told = exchanges(f"contract:{found.contract_number}")
    commitments = [row for row in told if row.question == "BudgetCommitment"]
    answered = all(row.answered_at for row in commitments)
    if commitments and answered and commitments[-1].status == "done":
        return
    raise Refusal(
        "claim.order.not_committed",
        N_("The budget system has not confirmed yet that the money is bound to the contract."),
        repair=N_("The contract officer's desk shows its answer; order the payment afterwards."),
        law=LAW,
        status=409,
    )


def _tell(found: Claim, *, by: Actor, at: datetime) -> None:
    found.orders += 1
    found.save(update_fields=["orders", "finding"])
    of = contract(found.contract_number)
    message = DisbursementOrder(
        key=order_key(found), claim=found.number, contract=of.number,
        agency=party(found.buyer_id).identifier, budget_line=of.budget_line,
        amount=found.amount, due_on=last_day(found.due),
    )  # fmt: skip
    tell(
        message, by=by, at=at, about=found.subject, party_id=found.buyer_id,
        tender=found.tender_number, due=found.due,
    )  # fmt: skip
