"""A doubt about a transfer ends: people asked the bank, and one of them says how it is."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.payment.actions.leaves import told
from jangteo.stages.payment.actions.own import (
    LEAVES,
    another_than_approver,
    leaf_of,
    own,
    reason_given,
)
from jangteo.stages.payment.actions.paying import bounce, credit
from jangteo.stages.payment.models import Leaf
from jangteo.stages.payment.states import OUTCOMES

_MOST_REFERENCE = 40


@transaction.atomic
def settle(
    *, by: Actor, at: datetime, number: str, position: int, outcome: str, reference: str,
    reason: str,
) -> Leaf:  # fmt: skip
    """End a doubt: the leaf is credited at `at`, or bounced, as the bank told the officer.

    outcome: a key of states.OUTCOMES; reference: the bank's, at most 40 characters. Refusal
    `claim.leaf.unknown` (404), `leaf.settle.same_person` (403) for whoever approved the claim,
    `leaf.settle.no_doubt` (409) while the bank is still being asked by the platform,
    `leaf.settle.outcome`, `leaf.settle.reference`, `claim.reason.missing`,
    `leaf.settle.not_now` (409).
    """
    claim = own(by, number)
    leaf = leaf_of(claim, position)
    given = reference.strip()
    said = told(leaf, outcome=outcome, reference=given, reason=reason.strip())
    move(leaf, "settle", by=by, at=at, payload=said)
    text = N_("Whoever checked a claim does not settle a doubt about its payment.")
    another_than_approver(claim, by, "leaf.settle.same_person", text)
    _clear(leaf, outcome, given)
    why, key = reason_given(reason), f"{number}-{position}-{leaf.attempt}"
    if outcome == "there":
        answer = {"amount": leaf.amount, "reference": given, "at": at.isoformat()}
        credit(at=at, key=key, answer=answer)
    else:
        bounce(at=at, key=key, code=given, reason=why)
    leaf.refresh_from_db()
    return leaf


def _clear(leaf: Leaf, outcome: str, reference: str) -> None:
    if not leaf.finding:
        raise Refusal(
            "leaf.settle.no_doubt",
            N_("The bank has not answered about this payment yet; it is being asked."),
            repair=N_("Wait for its answer; only a confirmed amount that differs is settled here."),
            law=LEAVES,
            status=409,
        )
    if outcome not in OUTCOMES:
        raise _missing("outcome", N_("Choose what the bank said."))
    if not 1 <= len(reference) <= _MOST_REFERENCE:
        raise _missing("reference", N_("Enter the bank's reference, at most 40 characters."))


def _missing(field: str, text: str) -> Refusal:
    return Refusal(
        f"leaf.settle.{field}", text,
        repair=N_("Ask the bank about this payment and enter what it said."),
        law=LEAVES, field=field,
    )  # fmt: skip
