"""What may be done here; each verb is a row of a state table."""

from jangteo.stages.delivery.actions.awaiting import await_start, stop
from jangteo.stages.delivery.actions.inspecting import accept, order_correction
from jangteo.stages.delivery.actions.requesting import request, request_again, withdraw_request
from jangteo.stages.delivery.actions.starting import start

__all__ = [
    "accept",
    "await_start",
    "order_correction",
    "request",
    "request_again",
    "start",
    "stop",
    "withdraw_request",
]
