"""Facts are inserted unchained; the sequencer chains them in commit order in a table beside."""

from django.db import models
from django.db.models import Func

from jangteo.records.numbering.queries import new_id


class _CurrentTransaction(Func):
    """The number of the writing transaction: what the sequencer orders by."""

    template = "((pg_current_xact_id())::text::bigint)"
    output_field = models.BigIntegerField()


class Entry(models.Model):
    """One fact.

    kind     "<thing>.<verb>": "tender.publish"
    subject  "<thing>:<number or id>": "tender:R26BK00000001"
    tender   the tender's number if the fact belongs to one, else ""
    payload  what changed, as JSON; never a sealed value, never a personal number
    xid      the transaction that wrote it, set by the database
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    tender = models.CharField(max_length=13, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=60)
    party_id = models.UUIDField(null=True)
    law = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    xid = models.BigIntegerField(db_default=_CurrentTransaction(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="journal_by_transaction"),
            models.Index(fields=["subject"], name="journal_by_subject"),
            models.Index(fields=["tender", "id"], name="journal_by_tender"),
        ]


class Link(models.Model):
    """The chain: place, entry and the hash over the one before and the entry's canonical bytes."""

    INSERT_ONLY = True

    place = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link")
    hash = models.BinaryField()
    linked_at = models.DateTimeField()


class Delivered(models.Model):
    """How far the chain has been handed to those who listen; one row, name "facts".

    The only thing of the journal that changes: a bookmark, never a fact.
    """

    name = models.CharField(max_length=20, primary_key=True)
    place = models.BigIntegerField()
