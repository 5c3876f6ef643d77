"""What may be done here; each verb is a row of a state table."""

from jangteo.stages.payment.actions.checking import approve, order, order_again, send_back
from jangteo.stages.payment.actions.correcting import confirm_payee, correct_payee
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
from jangteo.stages.payment.actions.settling import settle
from jangteo.stages.payment.queries.rows import LeafGiven, PayeeGiven

__all__ = [
    "LeafGiven",
    "PayeeGiven",
    "approve",
    "bounce",
    "close",
    "confirm_payee",
    "correct_account",
    "correct_payee",
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
    "settle",
    "withdraw_claim",
]
