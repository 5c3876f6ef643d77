"""Facts are inserted unchained; the sequencer chains them in commit order in a table beside."""

from django.db import models

from jangteo.records.numbering.queries import new_id


class Entry(models.Model):
    """One fact.

    kind     "<thing>.<verb>": "tender.publish"
    subject  "<thing>:<number or id>": "tender:R26BK00000001"
    tender   the tender's number if the fact belongs to one, else ""
    payload  what changed, as JSON; never a sealed value, never a personal number
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

    class Meta:
        indexes = [
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
