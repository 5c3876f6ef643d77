"""Sealed bids: the closed set for the opening, one's own bids, receipts and their proofs."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import history
from jangteo.records.log import queries as log
from jangteo.stages.bid.models import SealedBid, ShareCheck, SignatureCheck
from jangteo.stages.tender.queries import (
    NoticeRow,
    current_notice,
    notice,
    tender_named,
    versions_of,
)

#: Custodians whose processes check every envelope while its bidder can still send another.
ONLINE = ("platform", "audit")
SETTLED_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class ClosedBid:
    """A sound envelope that takes part in the opening; hash: 32 bytes."""

    id: uuid.UUID
    supplier_id: uuid.UUID
    envelope: bytes
    hash: bytes
    arrival: datetime
    agent_key: str
    signature: bytes
    attempt: int
    receipt: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MyBid:
    """A bid as its own organisation sees it; never what is inside. hash: hex.

    state: sealed, malformed (another may be sent), void (the notice was corrected), opened,
    failed, held or cancelled: what became of it with its tender.
    """

    number: str
    title: str
    version: int
    attempt: int
    hash: str
    arrival: datetime
    deadline: datetime
    opening_at: datetime
    state: str

    @property
    def counts(self) -> bool:
        """Whether it takes part, as far as is known now."""
        return self.state not in ("malformed", "void", "cancelled")


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What a bidder was promised, and what became of the promise. hash: hex.

    place: the fact's place in the public log, None until it is chained.
    """

    hash: str
    number: str
    version: int
    supplier_id: uuid.UUID
    arrival: datetime
    receipt: dict[str, Any]
    place: int | None
    sound: bool
    checked_by: tuple[str, ...]


def unsound() -> Q:
    """Whether a custodian or the signature check found a bid malformed, as a condition."""
    share = ShareCheck.objects.filter(bid_id=OuterRef("pk"), sound=False)
    signature = SignatureCheck.objects.filter(bid_id=OuterRef("pk"), sound=False)
    return Q(Exists(share)) | Q(Exists(signature))


def _bids(found: NoticeRow) -> "QuerySet[SealedBid]":
    return SealedBid.objects.filter(
        tender_id=found.tender_id, lot=found.lot, round=found.round, version=found.version
    )


def bidders(number: str, version: int | None = None) -> list[uuid.UUID]:
    """The suppliers that sent an envelope for a tender, or for one version of its notice."""
    rows = SealedBid.objects.filter(tender_id=tender_named(number).id)
    if version is not None:
        rows = rows.filter(version=version)
    return list(rows.order_by("supplier_id").values_list("supplier_id", flat=True).distinct())


def closed_set(number: str, version: int) -> list[ClosedBid]:
    """All envelopes of a notice version that were not found malformed, by ascending hash."""
    rows = _bids(notice(number, version)).exclude(unsound())
    return sorted((_closed(row) for row in rows), key=lambda bid: bid.hash)


def _closed(row: SealedBid) -> ClosedBid:
    return ClosedBid(
        row.pk, row.supplier_id, bytes(row.envelope), bytes(row.hash), row.arrival,
        row.agent_key, bytes(row.signature), row.attempt, row.receipt,
    )  # fmt: skip


def unsettled(number: str, version: int, at: datetime) -> int:
    """How many envelopes are still being checked.

    The agent's signature must have been checked; for the online custodians' checks of their
    shares a minute is waited, since one that withholds must not hold up an opening.
    """
    rows = _bids(notice(number, version))
    unsigned = ~Exists(SignatureCheck.objects.filter(bid_id=OuterRef("pk")))
    waiting = set(rows.filter(unsigned).values_list("pk", flat=True))
    young = rows.filter(recorded_at__gt=at - SETTLED_AFTER)
    for custodian in ONLINE:
        checks = ShareCheck.objects.filter(bid_id=OuterRef("pk"), custodian=custodian)
        waiting |= set(young.filter(~Exists(checks)).values_list("pk", flat=True))
    return len(waiting)


def counts(number: str, at: datetime) -> int | None:
    """How many sound envelopes were received; None before the deadline, when nobody may know."""
    found = notice(number)
    if found.deadline is None or at < found.deadline:
        return None
    return _bids(found).exclude(unsound()).count()


def my_bid(actor: Actor, number: str) -> MyBid | None:
    """The last envelope of the actor's organisation for the version in force, or None."""
    found = current_notice(number)
    if actor.party_id is None or found is None:
        return None
    rows = _bids(found).filter(supplier_id=actor.party_id).annotate(malformed=unsound())
    row = rows.order_by("-attempt").first()
    return _my_bid(row, found, found.version) if row else None


def my_bids(actor: Actor, *, most: int = 50) -> list[MyBid]:
    """The newest envelopes of the actor's organisation, for all tenders."""
    if actor.party_id is None:
        return []
    rows = SealedBid.objects.filter(supplier_id=actor.party_id).annotate(malformed=unsound())
    found = list(rows.order_by("-arrival")[:most])
    numbers = {row.pk: row.receipt["leaf"]["tender"] for row in found}
    notices = versions_of(set(numbers.values()))
    mine = []
    for row in found:
        of = notices[numbers[row.pk]]
        mine.append(_my_bid(row, of[row.version], of[-1].version))
    return mine


_STATES = {
    "opened": "opened", "awarded": "opened", "unsuccessful": "failed", "hold": "held",
    "cancelled": "cancelled",
}  # fmt: skip


def _my_bid(row: Any, found: NoticeRow, in_force: int) -> MyBid:
    state = _STATES.get(found.status, "sealed")
    if row.version != in_force:
        state = "void"
    if row.malformed:
        state = "malformed"
    return MyBid(
        found.number, found.title, row.version, row.attempt, bytes(row.hash).hex(),
        row.arrival, found.deadline, found.opening_at, state,
    )  # fmt: skip


def receipt(digest: str) -> ReceiptRow:
    """The receipt of an envelope by its hash in hex; Refusal `bid.receipt.unknown` (404)."""
    row = None
    if len(digest) == 64 and not set(digest) - set("0123456789abcdef"):
        wanted = SealedBid.objects.filter(hash=bytes.fromhex(digest))
        row = wanted.annotate(malformed=unsound()).first()
    if row is None:
        raise Refusal(
            "bid.receipt.unknown",
            N_("No envelope with this hash has been received."),
            repair=N_("Check the hash. If you were sending, send the same envelope again."),
            status=404,
        )
    checks = ShareCheck.objects.filter(bid_id=row.pk, sound=True).order_by("custodian")
    leaf = row.receipt["leaf"]
    return ReceiptRow(
        digest, leaf["tender"], row.version, row.supplier_id, row.arrival, row.receipt,
        _place(digest), not row.malformed, tuple(checks.values_list("custodian", flat=True)),
    )  # fmt: skip


def _place(digest: str) -> int | None:
    facts = [fact for fact in history(subject=f"bid:{digest}") if fact.kind == "bid.submit"]
    return facts[0].place if facts else None


def proof(digest: str) -> log.Proof | None:
    """That the receipt's promise was kept: the fact's inclusion in the log; None until then."""
    place = _place(digest)
    return None if place is None else log.proof(place)
