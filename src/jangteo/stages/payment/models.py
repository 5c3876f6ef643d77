"""Claims, their leaves, payment orders, and what payees say."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id
from jangteo.stages.payment import states


class Claim(models.Model):
    """number: of its own series (PC). amount: won including VAT, the sum of its leaves.

    filed_at: when it was filed first; due: when the law wants it paid, days of a return left out;
    orders: how often the budget system was told; released_at: when it carried the order out;
    finding: why it refused. interest: won owed for days late, fixed when paid. rules: the reasons
    of due and interest, and the returns ("pauses").
    """

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=13, unique=True)
    contract = models.ForeignKey("jangteo_contract.Contract", models.PROTECT, related_name="+")
    contract_number = models.CharField(max_length=13)
    tender_number = models.CharField(max_length=13)
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=states.TABLE.choices())
    kind = models.CharField(max_length=12, choices=list(states.KINDS.items()))
    amount = models.BigIntegerField()
    filed_at = models.DateTimeField()
    due = models.DateTimeField()
    rules = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    orders = models.SmallIntegerField(default=0)
    finding = models.CharField(max_length=300, blank=True)
    interest = models.BigIntegerField(default=0)
    released_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="claim_positive")
        ]
        indexes = [models.Index(fields=["status", "due"], name="claim_by_due")]

    @property
    def subject(self) -> str:
        return f"claim:{self.number}"


class Leaf(models.Model):
    """One payee of a claim. subcontract: the branch it hangs on, null for the contractor's own.

    bank: a key of states.BANKS; account: digits only. A trigger, checked at commit, refuses a claim
    whose leaves do not sum to it. The bank knows it as "<claim>-<position>-<attempt>".
    finding: what the bank said when the money came back, or what is in doubt. proposed: the
    payee as the claimant corrected it, {"id", "payee_name", "bank", "account", "reason"}, until
    the agency confirms it.
    """

    state_table: ClassVar = states.LEAF

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="leaves")
    claim_number = models.CharField(max_length=13)
    contract_number = models.CharField(max_length=13)
    tender_number = models.CharField(max_length=13)
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    subcontract = models.ForeignKey(
        "jangteo_contract.Subcontract", models.PROTECT, null=True, related_name="+"
    )
    payee_party = models.ForeignKey(
        "jangteo_party.Party", models.PROTECT, null=True, related_name="+"
    )
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=15, choices=list(states.PAYEES.items()))
    payee_name = models.CharField(max_length=60)
    bank = models.CharField(max_length=3)
    account = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    status = models.CharField(max_length=12, choices=states.LEAF.choices())
    attempt = models.SmallIntegerField(default=0)
    instructed_at = models.DateTimeField(null=True)
    credited_at = models.DateTimeField(null=True)
    bank_reference = models.CharField(max_length=40, blank=True)
    finding = models.CharField(max_length=300, blank=True)
    proposed = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="one_leaf_a_position"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="leaf_positive"),
            models.CheckConstraint(
                condition=~models.Q(status="credited") | models.Q(credited_at__isnull=False),
                name="leaf_credited_when",
            ),
        ]

    @property
    def subject(self) -> str:
        return f"claim:{self.claim_number}"


class PaymentOrder(models.Model):
    """The disbursing officer's order to pay a claim; one a claim, for ever."""

    INSERT_ONLY = True

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="order")
    amount = models.BigIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()


class PayeeWord(models.Model):
    """What a payee said of the money: a key of states.WORDS; amount in won where it differs."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    leaf = models.ForeignKey(Leaf, models.PROTECT, related_name="words")
    said = models.CharField(max_length=15)
    amount = models.BigIntegerField(null=True)
    at = models.DateTimeField()
