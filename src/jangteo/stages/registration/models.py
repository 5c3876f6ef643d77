"""The registration of an organisation and the licences of a supplier."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id
from jangteo.stages.registration import states


class Registration(models.Model):
    """regime: the contract law an agency is under, national or local; "" for suppliers."""

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.OneToOneField("jangteo_party.Party", models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=states.TABLE.choices())
    regime = models.CharField(max_length=10, blank=True)
    representative = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    submitted_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    tender_number = ""

    @property
    def subject(self) -> str:
        return f"party:{self.party_id}"


class Licence(models.Model):
    """A licence of a supplier; code: see rules/data/eligibility/licences.toml.

    approved_at: when the operator accepted it, with the papers or later; it counts only then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    number = models.CharField(max_length=40)
    since = models.DateField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "code"], name="one_licence_a_code")]
