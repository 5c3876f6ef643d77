"""One row an organisation; what a stage knows of it beyond this stands in that stage."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id

KINDS = [("agency", "agency"), ("supplier", "supplier"), ("platform", "platform")]


class Party(models.Model):
    """kind: agency, supplier or platform; identifier: institution code or business number.

    region: the two-digit code of the province (시·도), see rules/data/eligibility.
    """

    KINDS: ClassVar = KINDS

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    identifier = models.CharField(max_length=13)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=2)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "identifier"], name="one_party_an_identifier"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
