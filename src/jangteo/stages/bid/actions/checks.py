"""After receiving: check agents' signatures, and tell bidders of envelopes found malformed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.records.journal.queries import history
from jangteo.records.message.actions import send
from jangteo.records.vault.statements import verify
from jangteo.stages.bid.models import SealedBid, ShareCheck, SignatureCheck
from jangteo.stages.tender.queries import notice

MOST = 200
_FACT = "bid.find_malformed"
_told: set[str] = set()


def check_signatures(*, at: datetime) -> int:
    """Check up to 200 new bids' signatures over their hashes; how many were checked."""
    new = SealedBid.objects.filter(signature_check=None).order_by("recorded_at")[:MOST]
    found = [
        SignatureCheck(
            bid=bid, sound=verify(bid.agent_key, bytes(bid.hash), bytes(bid.signature)), at=at
        )
        for bid in new
    ]
    SignatureCheck.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def tell_malformed(*, at: datetime) -> int:
    """Tell each bidder whose envelope was found malformed, once; how many were told."""
    told = 0
    for check in ShareCheck.objects.filter(sound=False).select_related("bid"):
        told += _tell(check.bid, by=check.custodian, reason=check.reason, at=at)
    for check in SignatureCheck.objects.filter(sound=False).select_related("bid"):
        told += _tell(check.bid, by="sequencer", reason="signature", at=at)
    return told


def _tell(bid: SealedBid, *, by: str, reason: str, at: datetime) -> bool:
    digest = bytes(bid.hash).hex()
    subject = f"bid:{digest}"
    if subject in _told:
        return False
    if any(fact.kind == _FACT for fact in history(subject=subject)):
        _told.add(subject)
        return False
    number = bid.receipt["leaf"]["tender"]
    with transaction.atomic():
        record(
            _FACT,
            subject,
            by=Actor.system(by),
            at=at,
            tender=number,
            law="전자조달법 시행령 제5조",
            payload={"hash": digest, "by": by, "reason": reason},
        )
        send(
            bid.supplier_id,
            at=at,
            key=f"bid.malformed:{digest}",
            **_said(number, at),
        )
    return True


def _said(number: str, at: datetime) -> dict[str, Any]:
    """Another may be sent only while bids are taken."""
    found = notice(number)
    params = {"number": number}
    if found.status == "active" and found.deadline and at < found.deadline:
        text = N_(
            "Your envelope for {number} is malformed and does not count. "
            "Send another before {deadline}."
        )
        params["deadline"] = found.deadline.isoformat()
        return {"text": text, "params": params, "link": f"/tenders/{number}/bid"}
    text = N_(
        "Your envelope for {number} is malformed and does not count. "
        "Bids are no longer taken, so no other can be sent."
    )
    return {"text": text, "params": params, "link": f"/tenders/{number}"}
