"""Tell the outside a fact; write down what became of it. Nothing is guessed, nothing sent twice."""

import dataclasses
import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from jangteo.ground.errors import Fault
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.models import Evidence, Exchange
from jangteo.records.exchange.questions import Message
from jangteo.records.journal.actions import begin, move

PLATFORM = Actor.system("exchange")


def tell(
    message: Message,
    *,
    by: Actor,
    at: datetime,
    about: str,
    party_id: uuid.UUID,
    tender: str = "",
    due: datetime | None = None,
) -> uuid.UUID:
    """Queue a message in the caller's transaction; the same key and body again changes nothing.

    about: subject of the thing, "claim:R26PC00000001"; party_id: the organisation it is for; due:
    the legal moment that waits for it. Fault if a known key comes with another body.
    """
    question, body = type(message).__name__, _body(message)
    known = Exchange.objects.filter(key=message.key).first()
    if known is not None:
        if (known.question, known.body) != (question, body):
            raise Fault(f"the key {message.key} is already used for another message")
        return known.pk
    found = Exchange(
        key=message.key, system=message.system, question=question, body=body, about=about,
        party_id=party_id, tender_number=tender, due=due, next_at=at, created_at=at,
    )  # fmt: skip
    begin(found, "queue", by=PLATFORM, at=at, payload=_payload(found) | {"by": by.name})
    return found.pk


def _body(message: Message) -> dict[str, Any]:
    fields = dataclasses.asdict(message)
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()}


def _payload(found: Exchange) -> dict[str, Any]:
    """What a fact of a message says: never a name or an account number."""
    said = {"key": found.key, "question": found.question}
    return said | {"answer": _public(found.answer), "code": found.code}


def _public(answer: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in answer.items() if k in ("amount", "reference", "at", "reason")}


def _locked(key: str) -> Exchange:
    found = Exchange.objects.select_for_update().filter(key=key).first()
    if found is None:
        raise Fault(f"no message has the key {key}")
    return found


def send(*, at: datetime, key: str) -> None:
    """Write down that a message goes out now; committed before the network is touched."""
    with transaction.atomic():
        found = _locked(key)
        move(found, "send", by=PLATFORM, at=at, payload=_payload(found))
        found.attempts += 1
        found.asked, found.next_at = 0, at
        found.save(update_fields=["attempts", "asked", "next_at"])


def lose(
    *, at: datetime, key: str, again_at: datetime | None = None, attempt: int | None = None
) -> None:
    """No answer came: nobody knows; the other system is asked at `again_at`.

    attempt: which sending this is about; said too late, of an earlier one, it changes nothing.
    """
    _settle(at, key, "lose", attempt, next_at=again_at or at)


def defer(
    *, at: datetime, key: str, again_at: datetime | None = None, attempt: int | None = None
) -> None:
    """It certainly never arrived: it is sent again under the same key at `again_at`.

    attempt: which sending this is about; said too late, of an earlier one, it changes nothing.
    """
    _settle(at, key, "defer", attempt, next_at=again_at or at)


def accept(
    *, at: datetime, key: str, reference: str = "", again_at: datetime | None = None
) -> None:
    """The other system has it; its result is asked for at `again_at`. Again: changes nothing."""
    _settle(at, key, "accept", reference=reference, next_at=again_at or at)


def finish(*, at: datetime, key: str, answer: dict[str, Any]) -> None:
    """The other system has done it; an answer that comes twice changes nothing."""
    _settle(at, key, "finish", answer=answer, answered_at=at, next_at=None)


def reject(*, at: datetime, key: str, code: str, answer: dict[str, Any] | None = None) -> None:
    """The other system refuses it for good; an answer that comes twice changes nothing."""
    _settle(at, key, "reject", code=code, answer=answer or {}, answered_at=at, next_at=None)


#: verb -> states in which it has nothing left to do
_SETTLED = {
    "lose": ("unknown", "accepted", "done", "rejected"),
    "defer": ("ready", "accepted", "done", "rejected"),
    "accept": ("accepted", "done", "rejected"),
    "finish": ("done",),
    "reject": ("rejected",),
}


def _settle(at: datetime, key: str, verb: str, attempt: int | None = None, **values: Any) -> None:
    with transaction.atomic():
        found = _locked(key)
        if found.status in _SETTLED[verb] or attempt not in (None, found.attempts):
            return
        if found.status in ("done", "rejected"):
            raise Fault(f"{key} is {found.status} and cannot be made to {verb}")
        for name, value in values.items():
            setattr(found, name, value)
        move(found, verb, by=PLATFORM, at=at, payload=_payload(found))
        found.save(update_fields=list(values))


def postpone(*, key: str, until: datetime) -> None:
    """Ask about an unknown or accepted message later; its state stays."""
    waiting = Exchange.objects.filter(key=key, status__in=("unknown", "accepted"))
    waiting.update(next_at=until, asked=F("asked") + 1)


def note(
    *,
    at: datetime,
    key: str,
    address: str,
    sent: bytes = b"",
    received: bytes = b"",
    status: int | None = None,
    trouble: str = "",
) -> None:
    """Keep what went over the line when we called, byte for byte; it is masked when shown."""
    found = Exchange.objects.get(key=key)
    Evidence.objects.create(
        exchange=found, at=at, direction="out", address=address[:200], sent=sent,
        received=received, status=status, trouble=trouble[:200],
    )  # fmt: skip
