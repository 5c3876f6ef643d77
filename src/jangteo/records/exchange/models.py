"""Messages to other systems, and every exchange of bytes about them as evidence."""

from typing import ClassVar

from django.db import models

from jangteo.records.exchange import states
from jangteo.records.numbering.queries import new_id


class Exchange(models.Model):
    """One message, known to the other system by its key; never a second key for the same thing.

    question: class name in `queries`; body: its fields; system: card id in interfaces/links.
    subject: of the thing it is about, "claim:R26PC00000001"; party: the organisation it is for.
    next_at: when it is tried or asked about next; due: the legal moment that waits for it.
    reference: what the other system calls it; answer: its last words; code: of a refusal.
    attempts: how often it was sent; asked: how often it was asked about since.
    """

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60, unique=True)
    system = models.CharField(max_length=20)
    question = models.CharField(max_length=40)
    body = models.JSONField()
    about = models.CharField(max_length=60)
    party = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    tender_number = models.CharField(max_length=13, blank=True)
    status = models.CharField(max_length=10, choices=states.TABLE.choices())
    attempts = models.IntegerField(default=0)
    asked = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    reference = models.CharField(max_length=60, blank=True)
    answer = models.JSONField(default=dict)
    code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["system", "status", "next_at"], name="exchange_waiting")]

    @property
    def subject(self) -> str:
        return self.about


class Evidence(models.Model):
    """What went over the line, byte for byte. direction: out (we called) or in (they called).

    status: of HTTP, None without an answer; trouble: what went wrong on the way, "" if nothing.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="evidence")
    at = models.DateTimeField()
    direction = models.CharField(max_length=3)
    address = models.CharField(max_length=200)
    sent = models.BinaryField(default=bytes)
    received = models.BinaryField(default=bytes)
    status = models.IntegerField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
