"""What others may ask of this stage."""

from jangteo.stages.bid.queries.bids import (
    ClosedBid,
    MyBid,
    ReceiptRow,
    bidders,
    closed_set,
    counts,
    my_bid,
    my_bids,
    proof,
    receipt,
    unsettled,
)
from jangteo.stages.bid.queries.eligibility import Check, MayBid, may_bid
from jangteo.stages.bid.queries.tasks import tasks_for

__all__ = [
    "Check",
    "ClosedBid",
    "MayBid",
    "MyBid",
    "ReceiptRow",
    "bidders",
    "closed_set",
    "counts",
    "may_bid",
    "my_bid",
    "my_bids",
    "proof",
    "receipt",
    "tasks_for",
    "unsettled",
]
