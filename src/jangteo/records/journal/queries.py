"""What time it is, and what happened."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from jangteo.ground.errors import N_, Fault
from jangteo.records.journal.models import Entry


def now() -> datetime:
    """The time of the database, which is the law's time here; read once, at the door."""
    with connection.cursor() as cursor:
        cursor.execute("select jangteo_now()")
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - a select without from always returns a row
    at: datetime = row[0]
    return at


#: who acts where no person does, in the words of a history
PLATFORM = N_("The platform")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as screens and machines see it; place is None until it is chained.

    actor_name: of the person, or PLATFORM (a msgid) where the platform acted by itself.
    """

    id: uuid.UUID
    at: datetime
    kind: str
    subject: str
    tender: str
    actor_name: str
    party_id: uuid.UUID | None
    law: str
    payload: dict[str, Any]
    place: int | None


def fact_of(entry: Entry) -> Fact:
    """The fact that an entry records."""
    link = getattr(entry, "link", None)
    itself = entry.actor_id is None and entry.actor_name
    return Fact(
        entry.id, entry.at, entry.kind, entry.subject, entry.tender,
        PLATFORM if itself else entry.actor_name, entry.party_id, entry.law,
        entry.payload, link.place if link else None,
    )  # fmt: skip


def history(*, subject: str = "", tender: str = "") -> list[Fact]:
    """The facts of one thing or of one tender, oldest first."""
    rows = Entry.objects.select_related("link").order_by("at", "id")
    if subject:
        rows = rows.filter(subject=subject)
    if tender:
        rows = rows.filter(tender=tender)
    return [fact_of(entry) for entry in rows]


def fact(entry_id: uuid.UUID) -> Fact:
    """One fact by its id; Fault if it is not there: facts are never deleted."""
    entry = Entry.objects.select_related("link").filter(pk=entry_id).first()
    if entry is None:
        raise Fault(f"the fact {entry_id} is gone from the journal")
    return fact_of(entry)


def latest(kind: str, most: int, *, without: Iterable[str] = ()) -> list[Fact]:
    """The newest facts of a kind, newest first, those of some tenders left out."""
    rows = Entry.objects.select_related("link").filter(kind=kind)
    rows = rows.exclude(tender__in=list(without))
    return [fact_of(entry) for entry in rows.order_by("-at", "-id")[:most]]


def count(kind: str, *, without: Iterable[str] = ()) -> int:
    """How many facts of a kind there are, those of some tenders left out."""
    return Entry.objects.filter(kind=kind).exclude(tender__in=list(without)).count()


def waiting_since() -> datetime | None:
    """When the oldest fact without a place in the chain was written; None if all have theirs."""
    rows = Entry.objects.filter(link=None).order_by("at")
    return rows.values_list("at", flat=True).first()
