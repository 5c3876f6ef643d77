"""The agency's two people: one checks a claim, another orders its payment."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.actions import tell
from jangteo.records.exchange.queries import DisbursementOrder, told
from jangteo.records.journal.actions import move
from jangteo.records.party.queries import party
from jangteo.stages.contract.queries import contract
from jangteo.stages.payment.actions.own import LAW, another_than_approver, own, reason_given
from jangteo.stages.payment.models import Claim, PaymentOrder
from jangteo.stages.payment.queries.clocks import day_of, last_day


@transaction.atomic
def send_back(*, by: Actor, at: datetime, number: str, reason: str) -> Claim:
    """Return a claim to the supplier with a reason; its clock stands still from this day.

    One that was found right too, until its payment is ordered: what is found wrong later is
    returned as well (국가계약법 시행령 제58조제5항, 지방계약법 시행령 제67조제5항).
    """
    found = own(by, number)
    said = reason_given(reason)
    move(found, "send_back", by=by, at=at, payload={"reason": said})
    today = day_of(at).isoformat()
    found.rules = {**found.rules, "pauses": [*found.rules["pauses"], [today, today]]}
    found.finding = said[:300]
    found.approved_by = found.approved_at = None
    found.save(update_fields=["rules", "finding", "approved_by", "approved_at"])
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
    _two_people(found, by)
    _committed(found)
    PaymentOrder.objects.create(claim=found, amount=found.amount, by=by.account_id, at=at)
    _tell(found, by=by, at=at)
    return found


@transaction.atomic
def order_again(*, by: Actor, at: datetime, number: str) -> Claim:
    """Tell the budget system anew, under a new key, after it has refused the last order.

    Refusal `claim.order.not_refused` (409) while an answer is open or the order was carried out,
    `claim.order.same_person` (403), `claim.order.not_committed` (409).
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
    _two_people(found, by)
    _committed(found)
    found.finding = ""
    _tell(found, by=by, at=at)
    return found


def _two_people(found: Claim, by: Actor) -> None:
    said = N_("Whoever checked a claim does not order its payment.")
    another_than_approver(found, by, "claim.order.same_person", said)


def order_key(found: Claim) -> str:
    """The key under which the budget system knows the last order of a claim."""
    return found.number if found.orders <= 1 else f"{found.number}-again-{found.orders}"


def _committed(found: Claim) -> None:
    """Refusal unless the money that is bound covers what was ordered so far and this claim.

    The claim's new state was written before: its trigger `within_accepted` holds the contract until
    the transaction ends, so two claims ordered at once never share what is left of it.
    """
    others = PaymentOrder.objects.filter(claim__contract_number=found.contract_number)
    ordered = others.exclude(claim=found).aggregate(won=Sum("amount"))["won"] or 0
    if ordered + found.amount <= _bound(found.contract_number):
        return
    raise Refusal(
        "claim.order.not_committed",
        N_("The budget system has not confirmed yet that the money is bound to the contract."),
        repair=N_("The contract officer's desk shows its answer; order the payment afterwards."),
        law=LAW,
        status=409,
    )


def _bound(number: str) -> int:
    """Won bound to a contract for certain: 0 until the budget system has bound any.

    Each commitment says all that is bound. The last one done counts; one refused changes nothing,
    so works bound before are paid; one without an answer may still bind less, never yet more. A
    cancellation takes nothing from works that were done before it, even if they are accepted later.
    """
    found = told("BudgetCommitment", f"contract:{number}")
    said = [(status, body["amount"]) for status, body in found if body["kind"] != "cancel"]
    done = [won for status, won in said if status == "done"]
    waiting = [won for status, won in said if status not in ("done", "rejected")]
    return min([done[-1], *waiting]) if done else 0


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
