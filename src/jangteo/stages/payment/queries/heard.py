"""What a listener needs of a claim, without a reader: whom it concerns and with how much."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from jangteo.stages.contract.queries import contract, subcontracts
from jangteo.stages.payment.models import Claim


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """branches: subcontractor -> won of its branch; payees: position -> organisation, if one."""

    number: str
    title: str
    amount: int
    buyer_id: uuid.UUID
    supplier_id: uuid.UUID
    supplier: str
    branches: Mapping[uuid.UUID, int]
    payees: Mapping[int, uuid.UUID]


def facts_of(number: str) -> ClaimFacts:
    """The claim of a number, for messages of the platform; never shown to a reader as it is."""
    found = Claim.objects.get(number=number)
    of = contract(found.contract_number)
    owners = {one.id: one.subcontractor_id for one in subcontracts(of.number)}
    branches: dict[uuid.UUID, int] = {}
    payees: dict[int, uuid.UUID] = {}
    for leaf in found.leaves.order_by("position"):
        owner = owners.get(leaf.subcontract_id) if leaf.subcontract_id else None
        if owner is not None:
            branches[owner] = branches.get(owner, 0) + leaf.amount
        payee = leaf.payee_party_id or owner
        if payee is not None:
            payees[leaf.position] = payee
    return ClaimFacts(
        found.number, of.title, found.amount, found.buyer_id, found.supplier_id, of.supplier,
        branches, payees,
    )  # fmt: skip
