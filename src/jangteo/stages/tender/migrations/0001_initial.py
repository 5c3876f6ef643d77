import django.db.models.deletion
from django.db import migrations, models

import jangteo.records.numbering.queries


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("jangteo_party", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tender",
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
                ("number", models.CharField(max_length=13, unique=True)),
                ("buyer_name", models.CharField(max_length=100)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "In preparation; nobody outside the agency sees it."),
                            ("active", "Published; bids are taken until the deadline."),
                            ("opened", "Opened; the ranking is published."),
                            (
                                "unsuccessful",
                                "Failed: fewer than two valid bids, or none inside the limits.",
                            ),
                            ("hold", "On hold: two calculations or a commitment disagree."),
                            ("cancelled", "Cancelled by the agency with a reason."),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.SmallIntegerField(default=-1)),
                ("rule_day", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.UUIDField()),
                ("closing_reason", models.CharField(blank=True, max_length=500)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jangteo_party.party",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("title", models.CharField(blank=True, max_length=200)),
                ("description", models.TextField(blank=True)),
                ("site", models.CharField(blank=True, max_length=200)),
                ("regime", models.CharField(blank=True, max_length=10)),
                ("category", models.CharField(default="works", max_length=10)),
                ("procedure", models.CharField(default="open", max_length=10)),
                ("award_method", models.CharField(default="qualification", max_length=15)),
                ("urgency", models.CharField(blank=True, max_length=15)),
                ("urgency_reason", models.CharField(blank=True, max_length=300)),
                ("base_amount", models.BigIntegerField(null=True)),
                ("estimated_price", models.BigIntegerField(null=True)),
                ("a_value", models.BigIntegerField(null=True)),
                ("floor_rate", models.CharField(blank=True, max_length=10)),
                ("floor_rate_reason", models.CharField(blank=True, max_length=300)),
                ("range_low", models.CharField(blank=True, max_length=10)),
                ("range_high", models.CharField(blank=True, max_length=10)),
                ("price_unit", models.PositiveSmallIntegerField(null=True)),
                ("price_rounding", models.CharField(blank=True, max_length=10)),
                ("mean_of", models.CharField(blank=True, max_length=10)),
                ("mean_rounding", models.CharField(blank=True, max_length=10)),
                ("licences", models.JSONField(default=list)),
                ("regions", models.JSONField(default=list)),
                ("bidding_from", models.DateTimeField(null=True)),
                ("deadline", models.DateTimeField(null=True)),
                ("opening_at", models.DateTimeField(null=True)),
                ("deadline_reason", models.CharField(blank=True, max_length=300)),
                ("documents", models.JSONField(default=list)),
                (
                    "tender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="jangteo_tender.tender",
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                ("correction_reason", models.CharField(blank=True, max_length=500)),
                ("custody_attempt", models.SmallIntegerField(default=0)),
                ("keys_deadline", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NoticeVersion",
            fields=[
                ("title", models.CharField(blank=True, max_length=200)),
                ("description", models.TextField(blank=True)),
                ("site", models.CharField(blank=True, max_length=200)),
                ("regime", models.CharField(blank=True, max_length=10)),
                ("category", models.CharField(default="works", max_length=10)),
                ("procedure", models.CharField(default="open", max_length=10)),
                ("award_method", models.CharField(default="qualification", max_length=15)),
                ("urgency", models.CharField(blank=True, max_length=15)),
                ("urgency_reason", models.CharField(blank=True, max_length=300)),
                ("base_amount", models.BigIntegerField(null=True)),
                ("estimated_price", models.BigIntegerField(null=True)),
                ("a_value", models.BigIntegerField(null=True)),
                ("floor_rate", models.CharField(blank=True, max_length=10)),
                ("floor_rate_reason", models.CharField(blank=True, max_length=300)),
                ("range_low", models.CharField(blank=True, max_length=10)),
                ("range_high", models.CharField(blank=True, max_length=10)),
                ("price_unit", models.PositiveSmallIntegerField(null=True)),
                ("price_rounding", models.CharField(blank=True, max_length=10)),
                ("mean_of", models.CharField(blank=True, max_length=10)),
                ("mean_rounding", models.CharField(blank=True, max_length=10)),
                ("licences", models.JSONField(default=list)),
                ("regions", models.JSONField(default=list)),
                ("bidding_from", models.DateTimeField(null=True)),
                ("deadline", models.DateTimeField(null=True)),
                ("opening_at", models.DateTimeField(null=True)),
                ("deadline_reason", models.CharField(blank=True, max_length=300)),
                ("documents", models.JSONField(default=list)),
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
                ("lot", models.CharField(default="1", max_length=3)),
                ("round", models.SmallIntegerField(default=0)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.UUIDField()),
                ("correction_reason", models.CharField(blank=True, max_length=500)),
                ("rules", models.JSONField(default=dict)),
                ("scope", models.CharField(max_length=40)),
                ("keys", models.TextField()),
                ("keys_hash", models.CharField(max_length=64)),
                ("sealer_hash", models.CharField(max_length=64)),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="jangteo_tender.tender",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="tender",
            index=models.Index(fields=["status", "number"], name="tender_by_status"),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.UniqueConstraint(
                fields=("tender", "version"), name="one_notice_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline__lt", models.F("opening_at"))),
                name="opening_after_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("bidding_from__lt", models.F("deadline"))),
                name="bidding_before_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("base_amount__gt", 0)), name="base_amount_positive"
            ),
        ),
    ]
