"""What may be done here; each verb is a row of a state table."""

from jangteo.stages.payment.actions.checking import approve, order, order_again, send_back
from jangteo.stages.payment.actions.filing import file, file_again, withdraw_claim
from jangteo.stages.payment.actions.payees import correct_account, say
from jangteo.stages.payment.actions.paying import (
    bounce,
    close,
    credit,
    lose,
    refuse_order,
    release,
)
from jangteo.stages.payment.queries.rows import LeafGiven

__all__ = [
    "LeafGiven",
    "approve",
    "bounce",
    "close",
    "correct_account",
    "credit",
    "file",
    "file_again",
    "lose",
    "order",
    "order_again",
    "refuse_order",
    "release",
    "say",
    "send_back",
    "withdraw_claim",
]
