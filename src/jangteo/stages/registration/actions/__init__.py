"""What can be done with a registration; one file per verb or pair of verbs."""

from jangteo.stages.registration.actions.decide import approve, send_back
from jangteo.stages.registration.actions.leave import end_role, revoke_tokens
from jangteo.stages.registration.actions.licences import add_licence, approve_licence
from jangteo.stages.registration.actions.people import add_person
from jangteo.stages.registration.actions.submit import (
    register_agency,
    register_supplier,
    resubmit,
)

__all__ = [
    "add_licence",
    "add_person",
    "approve",
    "approve_licence",
    "end_role",
    "register_agency",
    "register_supplier",
    "resubmit",
    "revoke_tokens",
    "send_back",
]
