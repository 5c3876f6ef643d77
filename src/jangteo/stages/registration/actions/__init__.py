"""What can be done with a registration; one file per verb or pair of verbs."""

from jangteo.stages.registration.actions.decide import approve, send_back
from jangteo.stages.registration.actions.extend import add_licence, add_person
from jangteo.stages.registration.actions.submit import (
    register_agency,
    register_supplier,
    resubmit,
)

__all__ = [
    "add_licence",
    "add_person",
    "approve",
    "register_agency",
    "register_supplier",
    "resubmit",
    "send_back",
]
