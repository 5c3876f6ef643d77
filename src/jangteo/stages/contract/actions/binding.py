"""What the budget system refused to bind is told anew, so that accepted works can be paid."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.queries import exchanges
from jangteo.records.journal.actions import move
from jangteo.stages.contract.actions.making import commit
from jangteo.stages.contract.actions.own import LAW, accepted, own
from jangteo.stages.contract.models import Contract


@transaction.atomic
def bind_again(*, by: Actor, at: datetime, number: str, budget_line: str = "") -> Contract:
    """Tell the budget system anew, under a new key, what money a contract binds.

    budget_line: another one than it refused; "" keeps the line. Refusal
    `contract.bind_again.not_refused` (409) unless its last answer was a refusal.
    """
    found = own(by, number)
    told = [row for row in exchanges(found.subject) if row.question == "BudgetCommitment"]
    attempt = len(told) + 1
    move(found, "bind_again", by=by, at=at, payload={"attempt": attempt})
    if not told or told[-1].status != "rejected":
        raise Refusal(
            "contract.bind_again.not_refused",
            N_("The budget system has not refused what it was told last of this contract."),
            repair=N_("Wait for its answer; money is never bound twice on a guess."),
            law=LAW,
            status=409,
        )
    found.budget_line = budget_line.strip()[:40] or found.budget_line
    found.save(update_fields=["budget_line"])
    ended = found.status == "terminated"
    bound = any(row.status == "done" for row in told)
    kind = "new" if not bound else "cancel" if ended else "change"
    amount = accepted(found) if ended else found.value
    commit(found, by=by, at=at, kind=kind, amount=amount, again=attempt)
    return found
