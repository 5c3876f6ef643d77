"""What the contract sets off: its delivery is opened, and stopped when the contract is ended.

Both may be called twice, late, or in the other order: then they change nothing.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import begin, move
from jangteo.stages.contract.queries import ContractRow, contract
from jangteo.stages.delivery.models import Delivery

#: the platform acting on what happened to the contract
PLATFORM = Actor.system("system")


def locked(number: str) -> Delivery | None:
    """The delivery of a contract, locked until the transaction ends; None before it is opened."""
    return Delivery.objects.select_for_update().filter(contract_number=number).first()


@transaction.atomic
def await_start(*, at: datetime, number: str) -> Delivery:
    """Open the delivery of a contract in force, or give the one that is there; number: its own.

    Refusal `contract.unknown` (404), `delivery.await_start.not_in_force` (409).
    """
    known = locked(number)
    if known is not None:
        return known
    of = contract(number)
    if not of.stands:
        raise Refusal(
            "delivery.await_start.not_in_force",
            N_("The contract is not in force yet."),
            repair=N_("Both sides sign it first."),
            law="국가계약법 제11조, 지방계약법 제14조",
            status=409,
        )
    try:
        with transaction.atomic():
            return _open(of, at)
    except IntegrityError:  # another process opened it at the same moment
        return Delivery.objects.select_for_update().get(contract_number=number)


def _open(of: ContractRow, at: datetime) -> Delivery:
    made = Delivery(
        contract_id=of.id, contract_number=of.number, tender_number=of.tender_number,
        buyer_id=of.buyer_id, supplier_id=of.supplier_id, opened_at=of.concluded_at or at,
    )  # fmt: skip
    begin(made, "await_start", by=PLATFORM, at=at, payload={"value": of.value})
    return made


@transaction.atomic
def stop(*, at: datetime, number: str) -> Delivery:
    """Stop the delivery of a contract that is terminated; one that is completed stays completed."""
    found = await_start(at=at, number=number)
    ended = contract(number).status == "terminated"
    if ended and found.status in ("awaiting_start", "under_way"):
        move(found, "stop", by=PLATFORM, at=at)
    return found
