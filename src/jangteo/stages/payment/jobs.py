"""What another system's answer sets off, and who hears what became of the money.

Each answer may come twice and in any order: the actions make the same of it each time.
"""

from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.payment import actions, queries

_CLAIM_SAID = {
    "claim.send_back": N_("Your claim of {amount} won for “{title}” was returned; see why."),
    "claim.order": N_("Your claim of {amount} won for “{title}” is ordered to be paid."),
    "claim.pay": N_("Your claim of {amount} won for “{title}” is paid in full."),
}
_BRANCH_SAID = {
    "claim.file": N_("{supplier} has claimed {amount} won for you under “{title}”."),
    "claim.file_again": N_("{supplier} has claimed {amount} won for you under “{title}”."),
    "claim.withdraw_claim": N_("{supplier} withdrew the claim for you under “{title}”."),
}


def hear_answer(fact: Fact) -> None:
    """An answer of the budget system or the bank about a payment is carried into the claim."""
    said, number = fact.payload, fact.subject.rpartition(":")[2]
    question, verb = said.get("question"), fact.kind.partition(".")[2]
    key, answer = said.get("key", ""), said.get("answer") or {}
    refused = {"code": said.get("code", ""), "reason": str(answer.get("reason", ""))}
    if question == "DisbursementOrder" and verb == "finish":
        actions.release(at=fact.at, number=number, key=key)
    elif question == "DisbursementOrder" and verb == "reject":
        actions.refuse_order(at=fact.at, number=number, key=key, **refused)
    elif question == "Transfer" and verb == "finish":
        actions.credit(at=fact.at, key=key, answer=answer)
    elif question == "Transfer" and verb == "reject":
        actions.bounce(at=fact.at, key=key, **refused)
    elif question == "Transfer" and verb == "lose":
        actions.lose(at=fact.at, key=key)


def close_paid(fact: Fact) -> None:
    """A completion that leaves nothing to claim ends a contract that is already paid."""
    actions.close(at=fact.at, number=fact.subject.rpartition(":")[2])


def tell_claimant(fact: Fact) -> None:
    """The supplier learns what the agency and the banks did with its claim."""
    row = queries.facts_of(fact.subject.rpartition(":")[2])
    params = {"amount": row.amount, "title": row.title}
    _send(fact, row.supplier_id, _CLAIM_SAID[fact.kind], params, f"/claims/{row.number}")


def tell_subcontractors(fact: Fact) -> None:
    """Each subcontractor learns that its branch was claimed, or that the claim was withdrawn."""
    row = queries.facts_of(fact.subject.rpartition(":")[2])
    for party_id, won in row.branches.items():
        params = {"supplier": row.supplier, "amount": won, "title": row.title}
        _send(fact, party_id, _BRANCH_SAID[fact.kind], params, "/my/payments")


def tell_payee(fact: Fact) -> None:
    """The organisation behind a leaf learns that its money is there, or came back."""
    row = queries.facts_of(fact.subject.rpartition(":")[2])
    payee_id = row.payees.get(fact.payload.get("position", 0))
    params = {"amount": fact.payload.get("amount", 0), "title": row.title}
    credited = fact.kind == "leaf.credit"
    if payee_id is not None and payee_id != row.supplier_id:
        text = N_("The bank confirms {amount} won for you under “{title}”.")
        back = N_("The bank sent {amount} won for you back: your account was not right.")
        _send(fact, payee_id, text if credited else back, params, "/my/payments")
    if not credited:
        text = N_("A payee's bank sent {amount} won back under “{title}”: correct the account.")
        _send(fact, row.supplier_id, text, params, f"/claims/{row.number}")


def tell_of_account(fact: Fact) -> None:
    """The agency and the organisation behind a leaf learn that its account was changed."""
    row = queries.facts_of(fact.subject.rpartition(":")[2])
    payee_id = row.payees.get(fact.payload.get("position", 0))
    params = {"amount": fact.payload.get("amount", 0), "title": row.title, "who": row.supplier}
    text = N_("{who} changed the account to which {amount} won go under “{title}”: look at it.")
    _send(fact, row.buyer_id, text, params, f"/claims/{row.number}")
    if payee_id is not None and payee_id != row.supplier_id:
        _send(fact, payee_id, text, params, "/my/payments")


def tell_agency(fact: Fact) -> None:
    """The agency learns that a payee's money is not there, or that its order was refused."""
    row = queries.facts_of(fact.subject.rpartition(":")[2])
    if fact.kind == "leaf.say":
        if fact.payload.get("said") == "received":
            return
        text = N_("A payee of “{title}” says that the money is not there as it should be.")
    else:
        text = N_("The budget system refused the payment of {amount} won for “{title}”.")
    params = {"amount": row.amount, "title": row.title}
    _send(fact, row.buyer_id, text, params, f"/claims/{row.number}")


def _send(fact: Fact, party_id: UUID, text: str, params: dict[str, object], link: str) -> None:
    key = f"{fact.kind}:{fact.id}:{party_id}:{link[:10]}"
    send(party_id, at=fact.at, key=key, text=text, params=params, link=link)
