"""The same, for machines."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from jangteo.stages.bid import actions, queries
from jangteo.stages.bid.actions.receipt import check_phrase
from jangteo.ui.sentences import sentence

router = Router()


class TicketIn(Schema):
    """agent_key: the 65-byte point of a P-256 key made for this bid, base64url unpadded."""

    agent_key: str


class TicketOut(Schema):
    """The ticket for POST /bids at the intake's address, and what the envelope must name."""

    ticket: str
    tender: str
    lot: str
    round: int
    version: int
    supplier: str
    attempt: int
    keys: str
    keys_hash: str
    deadline: datetime
    expires: datetime
    intake: str


class CheckOut(Schema):
    """One condition of taking part."""

    code: str
    passed: bool
    message: str
    repair: str
    law: str


class MayBidOut(Schema):
    """Whether a bid would be taken now, and every condition."""

    allowed: bool
    checks: list[CheckOut]


class ProofOut(Schema):
    """leaf: the fact's canonical JSON; path: RFC 6962 inclusion path in hex, from the leaf up."""

    place: int
    leaf: str
    path: list[str]
    size: int
    root: str
    checkpoint: str


class ReceiptOut(Schema):
    """The receipt as it was given; proof: None until the next checkpoint."""

    hash: str
    phrase: str
    receipt: dict[str, Any]
    sound: bool
    checked_by: list[str]
    proof: ProofOut | None


class KeyOut(Schema):
    """The Ed25519 key that signs receipts, base64url unpadded, and the log they promise."""

    public_key: str
    log: str
    log_key: str


@router.get("/tenders/{number}/may-bid", response=MayBidOut)
def may_bid(request: HttpRequest, number: str) -> dict[str, Any]:
    """Whether my organisation may bid for the notice in force, and why."""
    found = queries.may_bid(request.actor, number, request.at)
    checks = [
        {
            "code": check.reason.code,
            "passed": check.passed,
            "message": sentence(check.reason.text, check.reason.params),
            "repair": "" if check.passed else sentence(check.repair),
            "law": check.reason.law,
        }
        for check in found.checks
    ]
    return {"allowed": found.allowed, "checks": checks}


@router.post("/tenders/{number}/tickets", response={201: TicketOut})
def make_ticket(request: HttpRequest, number: str, body: TicketIn) -> Status:
    """A ticket with which a sealed envelope is taken by the intake for fifteen minutes."""
    ticket = actions.make_ticket(
        by=request.actor, at=request.at, number=number, agent_key=body.agent_key
    )
    return Status(201, ticket)


@router.get("/bids/{digest}", response=ReceiptOut, auth=None)
def receipt(request: HttpRequest, digest: str) -> dict[str, Any]:
    """The receipt of an envelope, and the proof that the log holds it."""
    row = queries.receipt(digest)
    return {
        "hash": digest,
        "phrase": check_phrase(bytes.fromhex(digest)),
        "receipt": row.receipt,
        "sound": row.sound,
        "checked_by": list(row.checked_by),
        "proof": _proof(digest),
    }


def _proof(digest: str) -> dict[str, Any] | None:
    found = queries.proof(digest)
    if found is None:
        return None
    return {
        "place": found.place,
        "leaf": found.leaf.decode("ascii"),
        "path": [node.hex() for node in found.path],
        "size": found.checkpoint.size,
        "root": found.checkpoint.root.hex(),
        "checkpoint": found.checkpoint.note,
    }


@router.get("/receipt-key", response=KeyOut, auth=None)
def receipt_key(request: HttpRequest) -> dict[str, str]:
    """What verifies receipts and checkpoints."""
    return actions.receipt_keys()
