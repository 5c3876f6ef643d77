"""What may be done here; each verb is a row of a state table."""

from jangteo.stages.contract.actions.binding import bind_again
from jangteo.stages.contract.actions.changing import (
    agree_amendment,
    complete,
    conclude_amendment,
    propose_amendment,
    terminate,
    withdraw_amendment,
)
from jangteo.stages.contract.actions.making import (
    agree,
    cancel,
    conclude,
    draft,
    offer,
    record_security,
    revise,
    take_back,
)
from jangteo.stages.contract.actions.subcontracting import (
    acknowledge_subcontract,
    agree_subcontract,
    end_subcontract,
    register_subcontract,
)

__all__ = [
    "acknowledge_subcontract",
    "agree",
    "agree_amendment",
    "agree_subcontract",
    "bind_again",
    "cancel",
    "complete",
    "conclude",
    "conclude_amendment",
    "draft",
    "end_subcontract",
    "offer",
    "propose_amendment",
    "record_security",
    "register_subcontract",
    "revise",
    "take_back",
    "terminate",
    "withdraw_amendment",
]
