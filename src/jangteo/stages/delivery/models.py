"""The delivery of a contract, its inspections, and what was accepted."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id
from jangteo.stages.delivery import states


class Delivery(models.Model):
    """One a contract. started_on: the day the supplier named as the first of the works."""

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.OneToOneField("jangteo_contract.Contract", models.PROTECT, related_name="+")
    contract_number = models.CharField(max_length=13, unique=True)
    tender_number = models.CharField(max_length=13)
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    status = models.CharField(max_length=15, choices=states.TABLE.choices())
    opened_at = models.DateTimeField()
    started_on = models.DateField(null=True)
    completed_at = models.DateTimeField(null=True)

    @property
    def subject(self) -> str:
        return f"contract:{self.contract_number}"


class Inspection(models.Model):
    """amount: won of works done since the last acceptance, as the supplier states it.

    A completion is all that is left: 0 where an amendment took away all that was not accepted yet.
    notified_at: when the period last began; due: when the law wants it done; rules: the reason of
    due.
    """

    state_table: ClassVar = states.INSPECTION

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="inspections")
    contract_number = models.CharField(max_length=13)
    tender_number = models.CharField(max_length=13)
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=states.INSPECTION.choices())
    sequence = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=list(states.KINDS.items()))
    amount = models.BigIntegerField()
    done_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    notified_at = models.DateTimeField()
    due = models.DateTimeField()
    rules = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "sequence"], name="one_inspection_a_seq"),
            models.UniqueConstraint(
                fields=["delivery"],
                condition=models.Q(status__in=("requested", "correcting")),
                name="one_inspection_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0) | models.Q(amount=0, kind="completion"),
                name="inspection_positive",
            ),
        ]

    @property
    def subject(self) -> str:
        return f"contract:{self.contract_number}"


class Finding(models.Model):
    """What an inspector found on a day: mended by `mend_by`, or accepted."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    accepted = models.BooleanField()
    note = models.CharField(max_length=1000)
    mend_by = models.DateField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()


class Acceptance(models.Model):
    """What was accepted, in won; `total` is the sum so far, never above the contract's value.

    A trigger refuses a total that is not the sum, or that exceeds the value in force.
    """

    INSERT_ONLY = True

    inspection = models.OneToOneField(Inspection, models.PROTECT, primary_key=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="acceptances")
    amount = models.BigIntegerField()
    total = models.BigIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()
