"""What a listener needs of a delivery, without a reader: whom it concerns."""

import uuid
from dataclasses import dataclass

from jangteo.stages.contract.queries import contract


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """The two sides of a delivery and what it is called."""

    number: str
    title: str
    buyer_id: uuid.UUID
    supplier_id: uuid.UUID
    supplier: str


def facts_of(number: str) -> DeliveryFacts:
    """The delivery of a contract, for messages of the platform; number: the contract's."""
    of = contract(number)
    return DeliveryFacts(of.number, of.title, of.buyer_id, of.supplier_id, of.supplier)
