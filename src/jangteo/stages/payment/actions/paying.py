"""What becomes of an order and of each leaf, as the budget system and the bank say it.

Every function may be called twice with the same answer, late, or for a key that is no longer the
last one: then it changes nothing. Money that left is never told to leave again; only an account
that the bank refused is paid anew, under a new key.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_
from jangteo.records.exchange.actions import tell
from jangteo.records.exchange.queries import Transfer
from jangteo.records.journal.actions import move
from jangteo.records.journal.queries import history
from jangteo.stages.contract import actions as contracts
from jangteo.stages.contract.queries import contract
from jangteo.stages.delivery.queries import accepted_total, completion_accepted
from jangteo.stages.payment.actions.checking import order_key
from jangteo.stages.payment.actions.leaves import told
from jangteo.stages.payment.actions.own import PLATFORM
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries.clocks import interest_on

_OPEN = ("instructed", "unknown")
_LOCK = "select pg_advisory_xact_lock(hashtextextended('payment:' || %s, 0))"


def _claim(number: str) -> Claim:
    return Claim.objects.select_for_update().get(number=number)


def _leaf(key: str) -> Leaf | None:
    """The leaf that the bank knows by a key, its claim locked; None if the key is an old one."""
    number, position, attempt = key.rsplit("-", 2)
    _claim(number)
    found = Leaf.objects.get(claim_number=number, position=int(position))
    return found if found.attempt == int(attempt) else None


@transaction.atomic
def release(*, at: datetime, number: str, key: str) -> None:
    """The budget system has carried an order out: every leaf is told to the bank."""
    found = _claim(number)
    if found.status != "ordered" or found.released_at or key != order_key(found):
        return
    found.released_at, found.finding = at, ""
    found.save(update_fields=["released_at", "finding"])
    move(found, "release", by=PLATFORM, at=at, payload={"amount": found.amount})
    for leaf in found.leaves.filter(status="waiting").order_by("position"):
        instruct(found, leaf, at=at)


@transaction.atomic
def refuse_order(*, at: datetime, number: str, key: str, code: str, reason: str = "") -> None:
    """The budget system has refused the last order: the disbursing officer has to act."""
    found = _claim(number)
    if found.status != "ordered" or found.released_at or key != order_key(found) or found.finding:
        return
    found.finding = f"{code} {reason}".strip()[:300] or "?"
    found.save(update_fields=["finding"])
    move(found, "refuse_order", by=PLATFORM, at=at, payload={"code": code})


def instruct(claim: Claim, leaf: Leaf, *, at: datetime) -> None:
    """Tell the bank to pay a leaf, under a key of its own for each attempt."""
    leaf.attempt += 1
    leaf.instructed_at = at
    leaf.save(update_fields=["attempt", "instructed_at"])
    move(leaf, "instruct", by=PLATFORM, at=at, payload=told(leaf))
    message = Transfer(
        key=f"{claim.number}-{leaf.position}-{leaf.attempt}", claim=claim.number,
        payee_name=leaf.payee_name, bank=leaf.bank, account=leaf.account, amount=leaf.amount,
    )  # fmt: skip
    tell(
        message, by=PLATFORM, at=at, about=claim.subject, party_id=claim.buyer_id,
        tender=claim.tender_number, due=claim.due,
    )  # fmt: skip


@transaction.atomic
def credit(*, at: datetime, key: str, answer: Mapping[str, Any]) -> None:
    """The bank says that a transfer is done: credited if it is exactly the amount, else in doubt.

    answer: {"amount": won, "reference": of the bank, "at": when, ISO 8601}.
    """
    leaf = _leaf(key)
    if leaf is None or leaf.status not in _OPEN:
        return
    amount = answer.get("amount")
    if type(amount) is not int or amount != leaf.amount:
        doubt(leaf, at=at, amount=amount)
        return
    leaf.credited_at = _when(answer.get("at"), leaf, at)
    leaf.bank_reference = str(answer.get("reference", ""))[:40]
    leaf.finding = ""
    leaf.save(update_fields=["credited_at", "bank_reference", "finding"])
    move(leaf, "credit", by=PLATFORM, at=at, payload=told(leaf, reference=leaf.bank_reference))
    pay(_claim(leaf.claim_number), at=at)


def doubt(leaf: Leaf, *, at: datetime, amount: Any) -> None:
    """The bank confirms another amount than was ordered: people have to ask; said once."""
    if leaf.finding:
        return
    heard = f"{amount:,}" if type(amount) is int else str(amount)
    leaf.finding = f"{heard} ≠ {leaf.amount:,}"[:300]
    leaf.save(update_fields=["finding"])
    move(leaf, "doubt", by=PLATFORM, at=at, payload=told(leaf, confirmed=str(amount)))


def _when(said: Any, leaf: Leaf, at: datetime) -> datetime:
    """When the money was there: as the bank says, if that lies between our order and its answer."""
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        return at
    moment = moment if moment.tzinfo else moment.replace(tzinfo=KST)
    return moment if leaf.instructed_at and leaf.instructed_at <= moment <= at else at


def pay(claim: Claim, *, at: datetime) -> None:
    """Close a claim whose last leaf is credited, and the contract if all of it is paid."""
    leaves = list(claim.leaves.all())
    if claim.status != "ordered" or any(leaf.status != "credited" for leaf in leaves):
        return
    claim.paid_at = max(leaf.credited_at for leaf in leaves if leaf.credited_at)
    # of two credits at once the earlier may be written last: nothing is paid before its credits
    at = max([at, *(fact.at for fact in history(subject=claim.subject))])
    of = contract(claim.contract_number)
    owed = interest_on(claim, leaves, of.regime, None)
    if owed is not None:
        claim.interest = owed.amount
        claim.rules = {**claim.rules, "interest": [dict(one) for one in owed.reasons]}
    claim.save(update_fields=["paid_at", "interest", "rules"])
    said = {"amount": claim.amount, "interest": claim.interest}
    move(claim, "pay", by=PLATFORM, at=at, payload=said)
    close(at=at, number=of.number)


@transaction.atomic
def close(*, at: datetime, number: str) -> None:
    """Complete a contract all of whose works are accepted and paid; else, or again: nothing.

    Whichever comes last calls it: the last credit, or an acceptance that leaves nothing to claim.
    One at a time, so that of two that come together the later sees what the earlier did.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [number])
    paid = Claim.objects.filter(contract_number=number, status="paid")
    total = paid.aggregate(won=Sum("amount"))["won"] or 0
    of, settled = contract(number), completion_accepted(number) and total == accepted_total(number)
    if settled and of.status == "active":
        contracts.complete(by=PLATFORM, at=at, number=number)


@transaction.atomic
def bounce(*, at: datetime, key: str, code: str, reason: str = "") -> None:
    """The payee's bank sent the money back: the claimant corrects the account."""
    leaf = _leaf(key)
    if leaf is None or leaf.status not in _OPEN:
        return
    leaf.finding = f"{code} {reason}".strip()[:300] or N_("Sent back without a reason.")
    leaf.save(update_fields=["finding"])
    move(leaf, "bounce", by=PLATFORM, at=at, payload=told(leaf, code=code))


@transaction.atomic
def lose(*, at: datetime, key: str) -> None:
    """Nobody knows what became of a transfer: it is asked about, never sent again on a guess."""
    leaf = _leaf(key)
    if leaf is None or leaf.status != "instructed":
        return
    move(leaf, "lose", by=PLATFORM, at=at, payload=told(leaf))
