"""The chain over the journal: one byte form for a fact, and a hash that leans on the one before."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection

from jangteo.records.journal.models import Entry, Link

START = bytes(32)

_UNLINKED = """
select entry.id
from jangteo_journal_entry entry
left join jangteo_journal_link link on link.entry_id = entry.id
where entry.xid >= %s and link.place is null
order by entry.xid, entry.id limit %s
"""
_RUNNING = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


def entry_bytes(entry: Entry) -> bytes:
    """A fact as canonical JSON (sorted keys, no spaces, ASCII): what is hashed and published."""
    fields = {
        "v": "jangteo/entry/1",
        "id": str(entry.id),
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "kind": entry.kind,
        "subject": entry.subject,
        "tender": entry.tender,
        "actor": str(entry.actor_id or ""),
        "actor_name": entry.actor_name,
        "party": str(entry.party_id or ""),
        "law": entry.law,
        "payload": entry.payload,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")


def link_hash(before: bytes, data: bytes) -> bytes:
    """SHA-256 over the hash before and a fact's bytes."""
    return hashlib.sha256(before + data).digest()


def head() -> tuple[int, bytes]:
    """The next free place and the hash to lean on."""
    last = Link.objects.order_by("-place").first()
    return (last.place + 1, bytes(last.hash)) if last else (0, START)


def unlinked(*, since: int, most: int) -> tuple[list[Entry], int]:
    """Committed facts that are not in the chain yet, and where to look from next time.

    since: no fact of an earlier transaction can still be missing. The number given back is that
    of the oldest transaction still running at this moment, so a fact that commits later is found
    later, and one that runs long holds nobody up.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING)
        before = cursor.fetchone()
        cursor.execute(_UNLINKED, [since, most])
        ids = [row[0] for row in cursor.fetchall()]
    entries = Entry.objects.in_bulk(ids)
    oldest = int(before[0]) if before and len(ids) < most else since
    return [entries[each] for each in ids], oldest


def extend(entries: list[Entry], *, at: datetime) -> list[bytes]:
    """Chain facts in the order given; their bytes, the leaves of the log."""
    place, before = head()
    leaves, links = [], []
    for entry in entries:
        data = entry_bytes(entry)
        before = link_hash(before, data)
        leaves.append(data)
        links.append(Link(place=place, entry=entry, hash=before, linked_at=at))
        place += 1
    Link.objects.bulk_create(links, batch_size=500)
    return leaves


def walk() -> Iterator[tuple[int, Entry, bytes]]:
    """Every link from the first: place, fact and stored hash."""
    for link in Link.objects.order_by("place").select_related("entry").iterator(500):
        yield link.place, link.entry, bytes(link.hash)
