"""The opening of a lot and everything it found; all but the opening itself are insert-only."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id
from jangteo.records.wish.models import Asked
from jangteo.stages.opening import states


class Opening(models.Model):
    """One a lot, round and notice version.

    closed_root: Merkle root (hex) of the closed set of envelopes; bids: how many it holds.
    statement: the canonical text that two people sign to ask for the keys.
    """

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey("jangteo_tender.Tender", models.PROTECT, related_name="+")
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    lot = models.CharField(max_length=3)
    round = models.SmallIntegerField()
    version = models.SmallIntegerField()
    status = models.CharField(max_length=10, choices=states.TABLE.choices())
    tender_number = models.CharField(max_length=13)
    closed_root = models.CharField(max_length=64, blank=True)
    bids = models.IntegerField(default=0)
    statement = models.TextField(blank=True)
    prepared_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "lot", "round", "version"], name="one_opening_a_lot"
            )
        ]

    @property
    def subject(self) -> str:
        return f"opening:{self.tender_number}"


class Exclusion(models.Model):
    """A bid set aside before the release; its picks still show.

    ground: a key of states.GROUNDS; article: as it stands under the notice's regime; note: the
    officer's facts, in the officer's words.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="exclusions")
    bid = models.OneToOneField("jangteo_bid.SealedBid", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64)
    ground = models.CharField(max_length=30)
    article = models.CharField(max_length=100)
    note = models.CharField(max_length=300)
    by = models.UUIDField()
    at = models.DateTimeField()


class Signature(models.Model):
    """One of the two people's signatures over the release statement; role as in the state table."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=30)
    account = models.UUIDField()
    key = models.CharField(max_length=100)
    signature = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "role"], name="one_signature_a_role"),
            models.UniqueConstraint(fields=["opening", "account"], name="one_signature_a_person"),
        ]


class OpenedBid(models.Model):
    """hash: of its envelope, hex; amount: whole won, null when void; rank 0 = not ranked.

    rate: percent of the reserve price as displayed. tiebreak: its number in the lot, 64 hex digits,
    if it shares its rank.

    check_failed: the number of the mechanical check that a void envelope failed, "" otherwise.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="opened")
    bid = models.OneToOneField("jangteo_bid.SealedBid", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64)
    amount = models.BigIntegerField(null=True)
    picks = models.JSONField(default=list)
    rate = models.CharField(max_length=12, blank=True)
    rank = models.IntegerField(default=0)
    remark = models.CharField(max_length=15)
    tiebreak = models.CharField(max_length=64, blank=True)
    check_failed = models.CharField(max_length=20, blank=True)
    reasons = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["opening", "rank"], name="opened_by_rank")]


class PreliminaryPrice(models.Model):
    """One of the 15. rate: percent of the base amount, three decimals; price: as displayed."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="prices")
    number = models.SmallIntegerField()
    rate = models.CharField(max_length=10)
    price = models.BigIntegerField()
    picked = models.IntegerField()
    drawn = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "number"], name="one_price_a_number")
        ]


class Result(models.Model):
    """What was found: money in won; rules: the dated rows used.

    attempt: 0, one more for each time it was computed again while on hold; the last one counts.
    code: why it came out so, a key of the sentences in queries; law: its article.
    steps: {"rates" | "draw" | "reserve" | "floor" | "net_cost": stored Reasons}.
    counted / drawn_from: picks of all bids, and of the bids that were not excluded.
    rates_from: seeds, given (only in a sandbox) or none.
    verified: same or different; none on hold, where there is no result to verify.
    report: what the verifier printed of the bundle, all it computed included; {} without one.
    bundle: the frozen canonical JSON; bundle_hash: its SHA-256 in hex.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="results")
    attempt = models.SmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=list(states.OUTCOMES.items()))
    code = models.CharField(max_length=60)
    law = models.CharField(max_length=200)
    reserve_price = models.BigIntegerField(null=True)
    floor_price = models.BigIntegerField(null=True)
    net_cost_line = models.BigIntegerField(null=True)
    steps = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    counted = models.JSONField(default=list)
    drawn_from = models.JSONField(default=list)
    rates_from = models.CharField(max_length=10)
    verified = models.CharField(max_length=10)
    report = models.JSONField(default=dict)
    bundle = models.BinaryField()
    bundle_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "attempt"], name="one_result_an_attempt")
        ]


class WayOut(Asked):
    """One officer's wish how an opening on hold ends, and what became of it.

    way: a key of states.WAYS. Triggers keep it as it was asked; none outlives the hold.
    """

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="ways_out")
    way = models.CharField(max_length=10, choices=list(states.WAYS.items()))

    class Meta:
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["opening"], condition=models.Q(ended=""), name="one_open_way_out"
            ),
        ]

    @property
    def matter(self) -> tuple[str, ...]:
        return (self.way,)

    @property
    def decides(self) -> str:
        return states.WAY_VERBS[self.way]
