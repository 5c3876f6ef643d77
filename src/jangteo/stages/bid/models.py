"""Sealed bids and what was found of them while still sealed; all insert-only."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from jangteo.records.numbering.queries import new_id
from jangteo.stages.bid import states


class SealedBid(models.Model):
    """One envelope as it arrived.

    envelope: canonical bytes (docs/envelope.md); hash: its SHA-256; signature: the agent's, over
    the hash, with agent_key; arrival: when its last byte was in; receipt: what the bidder was
    promised. attempt grows only when an earlier envelope was found malformed.
    """

    INSERT_ONLY = True
    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey("jangteo_tender.Tender", models.PROTECT, related_name="+")
    lot = models.CharField(max_length=3)
    round = models.SmallIntegerField()
    version = models.SmallIntegerField()
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    attempt = models.SmallIntegerField(default=1)
    agent = models.ForeignKey("jangteo_account.Account", models.PROTECT, related_name="+")
    agent_key = models.CharField(max_length=100)
    envelope = models.BinaryField()
    hash = models.BinaryField(max_length=32)
    signature = models.BinaryField()
    arrival = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    receipt = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "lot", "round", "version", "supplier", "attempt"],
                name="one_bid_a_supplier",
            ),
            models.UniqueConstraint(fields=["hash"], name="one_bid_an_envelope"),
        ]


class ShareCheck(models.Model):
    """A custodian opened its own share and compared it with the commitment."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bid = models.ForeignKey(SealedBid, models.PROTECT, related_name="share_checks")
    custodian = models.CharField(max_length=10)
    sound = models.BooleanField()
    reason = models.CharField(max_length=40, blank=True)
    signature = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "custodian"], name="one_check_a_custodian")
        ]


class SignatureCheck(models.Model):
    """The agent's signature over the envelope's hash was checked, outside the hot path."""

    INSERT_ONLY = True

    bid = models.OneToOneField(
        SealedBid, models.PROTECT, primary_key=True, related_name="signature_check"
    )
    sound = models.BooleanField()
    at = models.DateTimeField()


class ArrivalNote(models.Model):
    """While intake's queue is long: which envelopes had arrived by when, noted at once.

    It lets a bid whose last byte came in time be recorded late without trusting intake's word
    alone: the note itself was written within five seconds of the arrival.
    """

    INSERT_ONLY = True

    hash = models.BinaryField(primary_key=True, max_length=32)
    arrival = models.DateTimeField()
    noted_at = models.DateTimeField()
