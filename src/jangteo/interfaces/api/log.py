"""The public log for machines: its newest checkpoint, and that it only grew.

Hashes only: a fact itself is never served here, so nothing of a bid is read before its opening.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from jangteo.ground.errors import N_, Refusal
from jangteo.records.log import queries

router = Router()


class CheckpointOut(Schema):
    """root: hex; note: the checkpoint as C2SP tlog-checkpoint writes it; key: its verifier key."""

    size: int
    root: str
    note: str
    key: str
    signed_at: datetime


class ConsistencyOut(Schema):
    """proof: nodes in hex, in the order of RFC 9162, 2.1.4."""

    old: int
    new: int
    proof: list[str]


@router.get("/log/checkpoint", response=CheckpointOut, auth=None)
def checkpoint(request: HttpRequest) -> dict[str, Any]:
    """The newest signed checkpoint of the log."""
    found = _newest()
    return {
        "size": found.size,
        "root": found.root.hex(),
        "note": found.note,
        "key": queries.verifier_key(),
        "signed_at": found.signed_at,
    }


@router.get("/log/consistency", response=ConsistencyOut, auth=None)
def consistency(
    request: HttpRequest, old: int = Query(alias="from"), new: int | None = Query(None, alias="to")
) -> dict[str, Any]:
    """That the log of `to` facts continues the log of `from`; `to` is the newest checkpoint's."""
    most = _newest().size
    new = most if new is None else new
    if not 0 < old <= new <= most:
        raise Refusal(
            "log.no_such_sizes",
            N_("The log has no checkpoints of {old} and then {new} facts."),
            repair=N_("Ask from a size of at least 1 to one of at most {most}."),
            field="from",
            old=old,
            new=new,
            most=most,
        )
    proof = [node.hex() for node in queries.consistency(old, new)]
    return {"old": old, "new": new, "proof": proof}


def _newest() -> queries.CheckpointRow:
    found = queries.latest_checkpoint()
    if found is None:
        raise Refusal(
            "log.no_checkpoint",
            N_("No checkpoint is signed yet."),
            repair=N_("Ask again in a few seconds."),
            status=404,
        )
    return found
