"""A candidate's score is computed by both engines; no award while the last two answers differ."""

import django.db.models.deletion
import jangteo.records.numbering.queries
from django.db import migrations, models

SCORED = """
create function jangteo_award_scored_alike() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from jangteo_award_calculation c
    where c.examination_id = new.examination_id
      and not exists (select from jangteo_award_calculation l
                      where l.examination_id = c.examination_id and l.id > c.id)
      and (c.ours is distinct from c.theirs or c.why <> '')
  ) then
    raise exception 'no award while the two calculations of the score differ'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger proposed_on_a_score after insert on jangteo_award_award
  for each row execute function jangteo_award_scored_alike();
create trigger confirmed_on_a_score after update on jangteo_award_award
  for each row when (old.status is distinct from new.status and new.status = 'active')
  execute function jangteo_award_scored_alike();
alter table jangteo_award_award enable always trigger proposed_on_a_score;
alter table jangteo_award_award enable always trigger confirmed_on_a_score;
"""
GONE = """
drop trigger confirmed_on_a_score on jangteo_award_award;
drop trigger proposed_on_a_score on jangteo_award_award;
drop function jangteo_award_scored_alike();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_award", "0004_two_results"),
    ]

    operations = [
        migrations.AlterField(
            model_name="examination",
            name="status",
            field=models.CharField(
                choices=[
                    ("called", "Called: the candidate hands in its papers."),
                    ("submitted", "The papers are in; the contract officer reviews them."),
                    ("supplement", "A supplement was asked for."),
                    ("passed", "Passed."),
                    ("failed", "Failed."),
                    ("withdrawn", "The candidate withdrew."),
                    ("hold", "On hold: the two calculations of its score differ."),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Calculation",
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
                ("what", models.CharField(max_length=12)),
                ("scores", models.JSONField(default=dict)),
                ("ours", models.JSONField(default=dict)),
                ("theirs", models.JSONField(default=dict)),
                ("why", models.CharField(blank=True, max_length=40)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calculations",
                        to="jangteo_award.examination",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(SCORED, GONE),
    ]
