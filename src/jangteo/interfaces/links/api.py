"""The same for machines: what waits for other systems, and what went over the line."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from jangteo.interfaces.links.standing import standings
from jangteo.records.exchange import watching

router = Router()


class SystemOut(Schema):
    """reachable: its address is given; waiting: messages without a result, unknown among them."""

    id: str
    name: str
    owner: str
    law: str
    takes: list[str]
    reachable: bool
    waiting: int
    unknown: int
    rejected: int
    done: int


class MessageOut(Schema):
    """due: the legal moment that waits for it; late: it passed without a result."""

    key: str
    system: str
    question: str
    about: str
    status: str
    attempts: int
    asked: int
    created_at: datetime
    next_at: datetime | None
    answered_at: datetime | None
    due: datetime | None
    late: bool
    code: str
    reason: str
    trouble: str


class EvidenceOut(Schema):
    """One exchange of bytes as text, names and accounts masked; status: of HTTP."""

    at: datetime
    address: str
    sent: str
    received: str
    status: int | None
    trouble: str


class ListOut(Schema):
    """Every system, and the messages of one list."""

    systems: list[SystemOut]
    messages: list[MessageOut]


class OneOut(Schema):
    """A message and its evidence, oldest first."""

    message: MessageOut
    evidence: list[EvidenceOut]


@router.get("/operations/exchange", response=ListOut)
def messages(request: HttpRequest, shown: str = "open") -> dict[str, Any]:
    """For the operator: systems, and messages that are open, unknown, rejected or done."""
    systems = [
        {
            "id": one.card.id, "name": one.card.name, "owner": one.card.owner,
            "law": one.card.law, "takes": one.card.takes, "reachable": one.reachable,
            "waiting": one.waiting, "unknown": one.unknown, "rejected": one.rejected,
            "done": one.done,
        }
        for one in standings(request.actor)
    ]  # fmt: skip
    return {"systems": systems, "messages": watching.watch(request.actor, request.at, shown)}


@router.get("/operations/exchange/{key}", response=OneOut)
def message(request: HttpRequest, key: str) -> dict[str, Any]:
    """For the operator: one message with everything that went over the line about it."""
    row, seen = watching.look(request.actor, request.at, key)
    return {"message": row, "evidence": seen}
