"""A contract, the texts both sides signed, its securities, amendments and subcontracts."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id
from jangteo.stages.contract import states


class Contract(models.Model):
    """number: R26TA00000001. value: won including VAT, of the text in force.

    starts, ends: first and last day of the works; text: sequence number of the text in force, -1
    before the first offer. inspection_days and the like are asked of the rules on `rule_day`, the
    day of the notice. ground: a key of states.GROUNDS of one that is terminated. sign_due: when the
    law wants it signed.
    """

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=13, unique=True)
    award = models.ForeignKey("jangteo_award.Award", models.PROTECT, related_name="+")
    tender = models.ForeignKey("jangteo_tender.Tender", models.PROTECT, related_name="+")
    tender_number = models.CharField(max_length=13)
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=states.TABLE.choices())
    title = models.CharField(max_length=200)
    regime = models.CharField(max_length=10)
    category = models.CharField(max_length=10)
    rule_day = models.DateField()
    value = models.BigIntegerField()
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    special_terms = models.TextField(blank=True)
    budget_line = models.CharField(max_length=40, blank=True)
    text = models.SmallIntegerField(default=-1)
    sign_due = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=10, blank=True)
    ending_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                condition=~models.Q(status="cancelled"),
                name="one_contract_an_award",
            ),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="contract_value_positive"),
            models.CheckConstraint(
                condition=models.Q(starts__lte=models.F("ends")), name="contract_starts_first"
            ),
        ]

    @property
    def subject(self) -> str:
        return f"contract:{self.number}"


class Text(models.Model):
    """A text that was offered. statement: canonical JSON that both sides sign; document: the PDF.

    number: 0 for the first, one more for each new offer or amendment. template: id of the dated
    row that the document was made from. value in won.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="texts")
    number = models.SmallIntegerField()
    value = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    template = models.CharField(max_length=60)
    statement = models.TextField()
    document = models.UUIDField()
    document_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="one_text_a_number")
        ]


class Signature(models.Model):
    """side: supplier or buyer; by a person's enrolled key over the text's statement."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    text = models.ForeignKey(Text, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10)
    account = models.UUIDField()
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    signature = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "side"], name="one_signature_a_side")
        ]


class Security(models.Model):
    """A performance security; kind: a key of states.SECURITIES; amount in won."""

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="securities")
    kind = models.CharField(max_length=12)
    issuer = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()


class Amendment(models.Model):
    """A change of value or period; text: the number of the text it becomes."""

    state_table: ClassVar = states.AMENDMENT

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="amendments")
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    tender_number = models.CharField(max_length=13)
    contract_number = models.CharField(max_length=13)
    status = models.CharField(max_length=12, choices=states.AMENDMENT.choices())
    text = models.SmallIntegerField()
    value = models.BigIntegerField()
    ends = models.DateField()
    reason = models.CharField(max_length=500)
    proposed_at = models.DateTimeField()
    effective_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=models.Q(status__in=("proposed", "agreed")),
                name="one_amendment_at_a_time",
            )
        ]

    @property
    def subject(self) -> str:
        return f"contract:{self.contract_number}"


class Subcontract(models.Model):
    """number: of its own series (SC). amount: won including VAT; direct: paid by the agency itself.

    told_due: when the agency must be told by law.
    """

    state_table: ClassVar = states.SUBCONTRACT

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=13, unique=True)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="subcontracts")
    contract_number = models.CharField(max_length=13)
    tender_number = models.CharField(max_length=13)
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    subcontractor = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=states.SUBCONTRACT.choices())
    work = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    signed_on = models.DateField()
    told_due = models.DateTimeField()
    registered_at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="subcontract_positive"),
            models.CheckConstraint(
                condition=~models.Q(supplier=models.F("subcontractor")),
                name="subcontract_with_another",
            ),
        ]

    @property
    def subject(self) -> str:
        return f"subcontract:{self.number}"
