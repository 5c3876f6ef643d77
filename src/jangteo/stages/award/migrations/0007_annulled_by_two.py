"""An annulment is asked for by one person and confirmed by another, in the database as well.

Annulments of before have one person; they stay as they are.
"""

import django.db.models.deletion
from django.db import migrations, models


TWO = """
create function jangteo_annulment_by_two() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.asked_by is null or new.asked_by = new."by" then
    raise exception 'an annulment takes two people' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger two_people after insert on jangteo_award_annulment
  for each row execute function jangteo_annulment_by_two();
alter table jangteo_award_annulment enable always trigger two_people;
"""
ONE = """
drop trigger two_people on jangteo_award_annulment;
drop function jangteo_annulment_by_two();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_award", "0006_own_score"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnulmentWish",
            fields=[
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="wish",
                        serialize=False,
                        to="jangteo_award.award",
                    ),
                ),
                ("cause", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=500)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="annulment",
            name="asked_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="annulment",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("by")), _negated=True),
                name="annulment_by_two_people",
            ),
        ),
        migrations.RunSQL(TWO, ONE),
    ]
