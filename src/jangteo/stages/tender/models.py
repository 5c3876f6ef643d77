"""The tender, its draft, and its published versions."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id
from jangteo.stages.tender import states


class Tender(models.Model):
    """number: R26BK00000001; version: the last published one, -1 before the first.

    rule_day: the day whose law holds, set once at the first publication.
    buyer_name: the agency's name when the tender was begun; a notice keeps it.
    """

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=13, unique=True)
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    buyer_name = models.CharField(max_length=100)
    status = models.CharField(max_length=12, choices=states.TABLE.choices())
    version = models.SmallIntegerField(default=-1)
    rule_day = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    closing_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "number"], name="tender_by_status")]

    @property
    def subject(self) -> str:
        return f"tender:{self.number}"

    @property
    def tender_number(self) -> str:
        return self.number


class Terms(models.Model):
    """What a notice says; nullable while it is being prepared.

    Money in whole won including VAT, but estimated_price without (추정가격). Rates in percent as
    text with up to three decimals ("-3", "89.745"), so that none passes through a binary float.
    budget_amount: what is set aside for the purchase (배정예산); None where the notice names none.
    base_net_cost: material, labour, expenses and the tax on them within the base amount; None where
    the notice names none. difficulty: of the works, "0.85"; "" where the screening multiplies no
    mark by it, and in notices from before it was asked for, which count as ones of 1.00.
    service_kind: which services, where the law treats some of them apart; "" for all else.
    documents: ids of the papers that belong to this text, in their order.
    """

    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    site = models.CharField(max_length=200, blank=True)
    regime = models.CharField(max_length=10, blank=True)
    category = models.CharField(max_length=10, default="works")
    service_kind = models.CharField(max_length=15, blank=True)
    procedure = models.CharField(max_length=10, default="open")
    award_method = models.CharField(max_length=15, default="qualification")
    urgency = models.CharField(max_length=15, blank=True)
    urgency_reason = models.CharField(max_length=300, blank=True)
    base_amount = models.BigIntegerField(null=True)
    estimated_price = models.BigIntegerField(null=True)
    budget_amount = models.BigIntegerField(null=True)
    a_value = models.BigIntegerField(null=True)
    base_net_cost = models.BigIntegerField(null=True)
    difficulty = models.CharField(max_length=4, blank=True)
    floor_rate = models.CharField(max_length=10, blank=True)
    floor_rate_reason = models.CharField(max_length=300, blank=True)
    range_low = models.CharField(max_length=10, blank=True)
    range_high = models.CharField(max_length=10, blank=True)
    price_unit = models.PositiveSmallIntegerField(null=True)
    price_rounding = models.CharField(max_length=10, blank=True)
    mean_of = models.CharField(max_length=10, blank=True)
    mean_rounding = models.CharField(max_length=10, blank=True)
    licences = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    bidding_from = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    opening_at = models.DateTimeField(null=True)
    deadline_reason = models.CharField(max_length=300, blank=True)
    documents = models.JSONField(default=list)

    class Meta:
        abstract = True


class Draft(Terms):
    """What the officer is working on: the first notice, or the next correction.

    keys_deadline: the deadline for which lot keys were last asked, with custody_attempt; the keys
    name that deadline, so another one needs new keys.
    entered_by: account -> the figures, or what they depend on, that it ever wrote here: who wrote
    one is no second person, even if another wrote it anew; entered_as: another id whenever one
    changes, so that a second entry made before is void; examples_seen: the
    hash of the worked examples that its officer confirmed.
    """

    tender = models.OneToOneField(Tender, models.CASCADE, primary_key=True, related_name="draft")
    saved_at = models.DateTimeField()
    correction_reason = models.CharField(max_length=500, blank=True)
    custody_attempt = models.SmallIntegerField(default=0)
    keys_deadline = models.DateTimeField(null=True)
    entered_by = models.JSONField(default=dict)
    entered_as = models.UUIDField(null=True)
    examples_seen = models.CharField(max_length=64, blank=True)


class NoticeVersion(Terms):
    """A published version, never edited. version 0 is -000, 1 the first correction -001.

    rules: the dated-table rows used, {"price/unit": "<row id>", …}
    scope: what the lot keys belong to, "<number>/<lot>/<round>/<version>/<attempt>"
    keys:  the canonical lot-key statement (JSON text) that browsers and envelopes must name
    keys_hash: SHA-256 of it in hex; sealer_hash: SHA-256 of the sealing script in hex
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="versions")
    version = models.SmallIntegerField()
    lot = models.CharField(max_length=3, default="1")
    round = models.SmallIntegerField(default=0)
    published_at = models.DateTimeField()
    published_by = models.UUIDField()
    correction_reason = models.CharField(max_length=500, blank=True)
    rules = models.JSONField(default=dict)
    scope = models.CharField(max_length=40)
    keys = models.TextField()
    keys_hash = models.CharField(max_length=64)
    sealer_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "version"], name="one_notice_a_version"),
            models.CheckConstraint(
                condition=models.Q(deadline__lt=models.F("opening_at")),
                name="opening_after_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(bidding_from__lt=models.F("deadline")),
                name="bidding_before_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(base_amount__gt=0), name="base_amount_positive"
            ),
        ]


class SecondEntry(models.Model):
    """A second person's figures for the version being prepared, entered without seeing the first.

    first_by: accounts that wrote the first ones; the database refuses second_by among them.
    first_values, second_values: figures of states.TWICE as queries.entry.figures has them;
    differing: names of those that are not equal; entered_as: of the draft they were compared with.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="second_entries")
    version = models.SmallIntegerField()
    entered_as = models.UUIDField()
    first_by = models.JSONField()
    first_values = models.JSONField()
    second_by = models.UUIDField()
    second_name = models.CharField(max_length=60)
    second_values = models.JSONField()
    differing = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tender", "at"], name="second_entry_by_tender")]


class Override(models.Model):
    """A warning that somebody answered with a reason, and who agreed.

    code: of the warning; terms_hash: SHA-256 in hex of what was entered, so that a change voids it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="overrides")
    version = models.SmallIntegerField()
    code = models.CharField(max_length=60)
    terms_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    given_by = models.UUIDField()
    given_name = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_name = models.CharField(max_length=60, blank=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "version", "code", "terms_hash"], name="one_override_a_warning"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None) | ~models.Q(agreed_by=models.F("given_by")),
                name="override_by_two",
            ),
        ]


class Trial(models.Model):
    """Parameters on which both engines answered so many generated sets of bids alike."""

    INSERT_ONLY = True

    parameters_hash = models.CharField(max_length=64, primary_key=True)
    sets = models.PositiveSmallIntegerField()
    at = models.DateTimeField()


class BorrowedPerson(models.Model):
    """An officer of another agency who may be the second person of one tender."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="borrowed")
    account = models.UUIDField()
    name = models.CharField(max_length=60)
    party = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    party_name = models.CharField(max_length=100)
    admitted_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "account"], name="borrowed_once"),
            models.CheckConstraint(
                condition=~models.Q(admitted_by=models.F("account")), name="nobody_borrows_oneself"
            ),
        ]
