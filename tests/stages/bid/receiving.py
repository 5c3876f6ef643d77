"""Put an envelope into the table as intake's statement would, for tests of what comes after."""

from dataclasses import replace

from django.conf import settings

from jangteo.records.journal.actions import record
from jangteo.records.journal.queries import now
from jangteo.records.log.note import load_key
from jangteo.stages.bid.actions.receipt import make_receipts, moment
from jangteo.stages.bid.models import SealedBid
from tests.market import Bidder, Market, sealed


def put(where: Market, who: Bidder, *, attempt: int = 1, spoilt: bool = False) -> SealedBid:
    """One received bid with its receipt and its fact; spoilt: its signature does not hold."""
    made, at = sealed(where, who), now()
    leaf = {"tender": where.tender.number, "hash": made.hash.hex(), "arrival": moment(at)}
    key = load_key((settings.SECRETS / "receipt.pem").read_bytes())
    notice = where.notice
    bid = SealedBid.objects.create(
        tender=where.tender,
        lot=notice.lot,
        round=notice.round,
        version=notice.version,
        supplier=who.party,
        attempt=attempt,
        agent=who.account,
        agent_key=made.agent_key,
        envelope=made.envelope,
        hash=made.hash,
        signature=bytes(64) if spoilt else made.signature,
        arrival=at,
        recorded_at=at,
        receipt=make_receipts([leaf], key)[0],
    )
    subject = f"bid:{made.hash.hex()}"
    record(
        "bid.submit", subject, by=replace(who.actor(), name=""), at=at, tender=where.tender.number
    )
    return bid
