"""A result keeps the verifier's report, and an opening on hold may be computed again: several rows.

The key of a result was its opening's; it gets one of its own, by SQL, for Django moves no primary
key. Rows that are there keep the opening's id as their own.
"""

import django.db.models.deletion
from django.db import migrations, models

import jangteo.records.numbering.queries

OWN_KEY = """
alter table jangteo_opening_result add column id uuid;
update jangteo_opening_result set id = opening_id;
alter table jangteo_opening_result alter column id set not null;
alter table jangteo_opening_result drop constraint jangteo_opening_result_pkey;
alter table jangteo_opening_result add primary key (id);
create index jangteo_opening_result_opening_id on jangteo_opening_result (opening_id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_opening", "0002_not_before"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(OWN_KEY)],
            state_operations=[
                migrations.AlterField(
                    model_name="result",
                    name="opening",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="jangteo_opening.opening",
                    ),
                ),
                migrations.AddField(
                    model_name="result",
                    name="id",
                    field=models.UUIDField(
                        default=jangteo.records.numbering.queries.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="result",
            name="attempt",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="result",
            name="report",
            field=models.JSONField(default=dict),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.UniqueConstraint(
                fields=("opening", "attempt"), name="one_result_an_attempt"
            ),
        ),
    ]
