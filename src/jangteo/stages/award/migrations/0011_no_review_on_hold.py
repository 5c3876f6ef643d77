"""Nobody passes or fails on a score that the two engines find differently, but for an exclusion."""

from django.db import migrations

ALIKE = """
create function jangteo_review_scored_alike() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from jangteo_award_calculation c
    where c.examination_id = new.examination_id
      and not exists (select from jangteo_award_calculation l
                      where l.examination_id = c.examination_id and l.id > c.id)
      and (c.ours is distinct from c.theirs or c.why <> '')
  ) then
    raise exception 'on hold a candidate fails on a ground of exclusion alone'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger reviewed_on_a_score after insert on jangteo_award_review
  for each row when (new.passed or new.ground <> 'disqualified')
  execute function jangteo_review_scored_alike();
alter table jangteo_award_review enable always trigger reviewed_on_a_score;
"""
GONE = """
drop trigger reviewed_on_a_score on jangteo_award_review;
drop function jangteo_review_scored_alike();
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_award", "0010_wishes")]
    operations = [migrations.RunSQL(ALIKE, GONE)]
