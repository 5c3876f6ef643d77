"""A score that two people have stays as it is; one counts only if two people have it."""

from django.db import migrations

KEPT = """
create function jangteo_own_score_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.confirmed_by is not null then
      raise exception 'a score is entered first and confirmed then'
        using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if old.confirmed_by is not null then
    raise exception 'a confirmed score stays as it is' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and new.confirmed_by is not null
    and (old.examination_id, old.points, old.pass_mark, old.document, old.reason, old.entered_by,
         old.entered_at)
      is distinct from (new.examination_id, new.points, new.pass_mark, new.document, new.reason,
                        new.entered_by, new.entered_at) then
    raise exception 'a score is confirmed as it was entered' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_own_calculation_confirmed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.ours is distinct from new.theirs or not exists (
    select from jangteo_award_ownscore o
    where o.examination_id = new.examination_id and o.confirmed_by is not null
      and o.points = new.ours->>'total' and o.pass_mark = new.ours->>'pass_mark'
      and o.document = new.ours->>'standard'
  ) then
    raise exception 'two people have not confirmed this score' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger kept after insert or update or delete on jangteo_award_ownscore
  for each row execute function jangteo_own_score_kept();
create trigger own_confirmed after insert on jangteo_award_calculation
  for each row when (new.what = 'own') execute function jangteo_own_calculation_confirmed();
alter table jangteo_award_ownscore enable always trigger kept;
alter table jangteo_award_calculation enable always trigger own_confirmed;
"""
GONE = """
drop trigger own_confirmed on jangteo_award_calculation;
drop trigger kept on jangteo_award_ownscore;
drop function jangteo_own_calculation_confirmed();
drop function jangteo_own_score_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_award", "0007_annulled_by_two"),
    ]

    operations = [
        migrations.RunSQL(KEPT, GONE),
    ]
