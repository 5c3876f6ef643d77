"""Figures entered twice, warnings answered by two, a person borrowed for one tender."""

import django.db.models.deletion
import jangteo.records.numbering.queries
from django.db import migrations, models


#: whoever wrote one of the first figures is not the second person, and what differs is what differs
ANOTHER = """
alter table jangteo_tender_secondentry
  add constraint second_is_another check (
    jsonb_typeof(first_by) = 'array' and jsonb_array_length(first_by) > 0
    and not jsonb_exists(first_by, second_by::text)),
  add constraint differing_is_what_differs check (
    (differing = '[]'::jsonb) = (first_values = second_values));
"""
BACK = """
alter table jangteo_tender_secondentry
  drop constraint second_is_another, drop constraint differing_is_what_differs;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_party", "0001_initial"),
        ("jangteo_tender", "0004_quotation"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="entered_as",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="draft",
            name="entered_by",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="BorrowedPerson",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jangteo.records.numbering.queries.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("account", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("party_name", models.CharField(max_length=100)),
                ("admitted_by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jangteo_party.party",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="borrowed",
                        to="jangteo_tender.tender",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "account"), name="borrowed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("admitted_by", models.F("account")), _negated=True),
                        name="nobody_borrows_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jangteo.records.numbering.queries.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.SmallIntegerField()),
                ("code", models.CharField(max_length=60)),
                ("terms_hash", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=500)),
                ("given_by", models.UUIDField()),
                ("given_name", models.CharField(max_length=60)),
                ("given_at", models.DateTimeField()),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_name", models.CharField(blank=True, max_length=60)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="jangteo_tender.tender",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tender", "version", "code", "terms_hash"),
                        name="one_override_a_warning",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("given_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="override_by_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jangteo.records.numbering.queries.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.SmallIntegerField()),
                ("entered_as", models.UUIDField()),
                ("first_by", models.JSONField()),
                ("first_values", models.JSONField()),
                ("second_by", models.UUIDField()),
                ("second_name", models.CharField(max_length=60)),
                ("second_values", models.JSONField()),
                ("differing", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_entries",
                        to="jangteo_tender.tender",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tender", "at"], name="second_entry_by_tender")],
            },
        ),
        migrations.RunSQL(ANOTHER, BACK),
    ]
