"""Where a candidate is scored, its award comes into force on a review that both engines pass.

Awards in force from before stay as they are.
"""

from django.db import migrations

SCORED = """
create function jangteo_award_in_force_on_a_score() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from jangteo_award_examination e
             where e.id = new.examination_id and e.provisional <> '{}'::jsonb)
    and not exists (
      select from jangteo_award_calculation c
      where c.examination_id = new.examination_id
        and not exists (select from jangteo_award_calculation l
                        where l.examination_id = c.examination_id and l.id > c.id)
        and c.what in ('review', 'own') and c.ours = c.theirs and c.why = ''
        and c.ours->>'passes' = 'yes'
    ) then
    raise exception 'no award in force without a passing score that was found alike twice'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger in_force_on_a_score_at_once after insert on jangteo_award_award
  for each row when (new.status = 'active')
  execute function jangteo_award_in_force_on_a_score();
create trigger in_force_on_a_score after update on jangteo_award_award
  for each row when (old.status is distinct from new.status and new.status = 'active')
  execute function jangteo_award_in_force_on_a_score();
alter table jangteo_award_award enable always trigger in_force_on_a_score_at_once;
alter table jangteo_award_award enable always trigger in_force_on_a_score;
"""
GONE = """
drop trigger in_force_on_a_score on jangteo_award_award;
drop trigger in_force_on_a_score_at_once on jangteo_award_award;
drop function jangteo_award_in_force_on_a_score();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_award", "0008_own_score_kept"),
    ]

    operations = [
        migrations.RunSQL(SCORED, GONE),
    ]
