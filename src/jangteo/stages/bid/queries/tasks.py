"""What bidding asks of a supplier's people next."""

from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor, may
from jangteo.stages.bid.models import SealedBid
from jangteo.stages.bid.queries.bids import MyBid, my_bids
from jangteo.ui.shapes import DeskTask

_LAW = "전자조달법 시행령 제5조"


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """Envelopes to seal again while there is time, then those that wait for their opening."""
    if not may(actor, "submit", SealedBid):
        return []
    newest: dict[str, MyBid] = {}
    for bid in sorted(my_bids(actor), key=lambda bid: (bid.version, bid.attempt)):
        newest[bid.number] = bid
    found = [_task(bid, at) for bid in newest.values()]
    return [task for task in found if task]


def _task(bid: MyBid, at: datetime) -> DeskTask | None:
    params = {"title": bid.title}
    again = f"/tenders/{bid.number}/bid"
    if bid.state == "malformed" and at < bid.deadline:
        title = N_("Your envelope was found malformed; seal and send it again: {title}")
        return DeskTask(title, params, again, bid.deadline, _LAW)
    if bid.state == "void":
        title = N_("The notice was corrected and your bid is void; bid again: {title}")
        return DeskTask(title, params, again, None, "국가계약법 시행령 제33조제2항")
    if bid.state == "sealed":
        title = N_("Your bid is sealed and waits for the opening: {title}")
        return DeskTask(
            title,
            params,
            f"/receipts/{bid.hash}",
            bid.opening_at,
            _LAW,
            "waiting",
            "opening_officer",
        )
    return None
