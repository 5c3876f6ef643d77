"""A score by an agency's own standard is asked for by a wish: confirmed, refused or withdrawn."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_WISHES = import_module("jangteo.stages.award.migrations.0010_wishes")
_SCORES = import_module("jangteo.stages.award.migrations.0008_own_score_kept")
CAUSES = ["not_signed", "gave_up", "disqualified", "ruling", "data_entry", "formula"]
#: a wish keeps the id of its score, by which both are in order of time
FILL = """
drop trigger kept on jangteo_award_wish;
drop trigger own_confirmed on jangteo_award_calculation;
drop trigger kept on jangteo_award_ownscore;
insert into jangteo_award_wish
  (id, verb, examination_id, cause, reason, asked_by, asked_at, ended, ended_by, ended_at, answer)
select o.id, 'confirm_own_score', o.examination_id, '', o.reason, o.entered_by, o.entered_at,
  case when o.confirmed_by is not null then 'confirmed'
       when e.status in ('called', 'submitted', 'supplement') then '' else 'lapsed' end,
  o.confirmed_by,
  case when o.confirmed_by is not null then o.confirmed_at
       when e.status not in ('called', 'submitted', 'supplement')
       then greatest(coalesce(e.ended_at, o.entered_at), o.entered_at) end, ''
from jangteo_award_ownscore o join jangteo_award_examination e on e.id = o.examination_id;
set constraints all immediate;
"""
#: the columns that the wish holds go, with the constraints on them
MOVE = """
alter table jangteo_award_ownscore rename column id to wish_id;
alter table jangteo_award_ownscore
  drop column examination_id, drop column reason, drop column entered_by, drop column entered_at,
  drop column confirmed_by, drop column confirmed_at,
  add constraint jangteo_award_ownscore_wish_id_fk foreign key (wish_id)
    references jangteo_award_wish (id) deferrable initially deferred;
"""
MOVE_BACK = """
alter table jangteo_award_ownscore
  drop constraint jangteo_award_ownscore_wish_id_fk,
  add column examination_id uuid, add column reason varchar(500), add column entered_by uuid,
  add column entered_at timestamptz, add column confirmed_by uuid,
  add column confirmed_at timestamptz;
delete from jangteo_award_ownscore o using jangteo_award_wish w
where w.id = o.wish_id and w.ended in ('refused', 'withdrawn', 'lapsed');
update jangteo_award_ownscore o
set examination_id = w.examination_id, reason = w.reason, entered_by = w.asked_by,
  entered_at = w.asked_at, confirmed_by = w.ended_by, confirmed_at = w.ended_at
from jangteo_award_wish w where w.id = o.wish_id;
alter table jangteo_award_ownscore rename column wish_id to id;
alter table jangteo_award_ownscore
  alter column examination_id set not null, alter column reason set not null,
  alter column entered_by set not null, alter column entered_at set not null,
  add constraint jangteo_award_ownscore_examination_fk foreign key (examination_id)
    references jangteo_award_examination (id) deferrable initially deferred,
  add constraint own_score_by_two_people check (not (confirmed_by is not null
    and entered_by = confirmed_by));
create unique index one_open_own_score on jangteo_award_ownscore (examination_id)
  where confirmed_by is null;
"""
EMPTY = "delete from jangteo_award_wish where verb = 'confirm_own_score';"
KEPT = """
create or replace function jangteo_wish_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare held text := null;
begin
  if tg_op = 'DELETE' then
    held := 'a wish ends, it is never deleted';
  elsif tg_op = 'INSERT' then
    if new.ended <> '' then
      held := 'a wish is asked for first and decided then';
    elsif not exists (select from jangteo_award_award a
                      where a.id = new.award_id and a.status = 'active')
      and not exists (select from jangteo_award_examination e where e.id = new.examination_id
                      and case new.verb when 'reopen' then e.status = 'failed'
                          when 'compute_again' then e.status = 'hold'
                          else e.status in ('called', 'submitted') end) then
      held := 'nobody asks for what cannot be';
    end if;
  elsif old.ended <> '' then
    held := 'a wish that has ended stays as it is';
  elsif (new.id, new.verb, new.award_id, new.examination_id, new.cause, new.reason, new.asked_by,
         new.asked_at)
     is distinct from (old.id, old.verb, old.award_id, old.examination_id, old.cause, old.reason,
                       old.asked_by, old.asked_at) then
    held := 'a wish is decided as it was asked';
  end if;
  if held is not null then
    raise exception '%', held using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function jangteo_examination_outlives_its_wish() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from jangteo_award_wish w where w.examination_id = new.id and w.ended = ''
      and not case w.verb when 'reopen' then new.status = 'failed'
              when 'compute_again' then new.status = 'hold'
              else new.status in ('called', 'submitted', 'supplement') end
  ) then
    raise exception 'no wish outlives the failure or the hold it is about'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function jangteo_own_score_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'a score stays as it was entered' using errcode = 'check_violation';
  end if;
  if not exists (
    select from jangteo_award_wish w
    where w.id = new.wish_id and w.verb = 'confirm_own_score' and w.ended = ''
  ) then
    raise exception 'a score is entered first and confirmed then'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function jangteo_own_calculation_confirmed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.ours is distinct from new.theirs or not exists (
    select from jangteo_award_ownscore o join jangteo_award_wish w on w.id = o.wish_id
    where w.examination_id = new.examination_id and w.ended = 'confirmed'
      and o.points = new.ours->>'total' and o.pass_mark = new.ours->>'pass_mark'
      and o.document = new.ours->>'standard'
  ) then
    raise exception 'two people have not confirmed this score' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger kept after insert or update or delete on jangteo_award_wish
  for each row execute function jangteo_wish_kept();
create trigger kept after insert or update or delete on jangteo_award_ownscore
  for each row execute function jangteo_own_score_kept();
create trigger own_confirmed after insert on jangteo_award_calculation
  for each row when (new.what = 'own') execute function jangteo_own_calculation_confirmed();
alter table jangteo_award_wish enable always trigger kept;
alter table jangteo_award_ownscore enable always trigger kept;
alter table jangteo_award_calculation enable always trigger own_confirmed;
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_award", "0011_no_review_on_hold")]

    operations = [
        migrations.AlterField("wish", "verb", models.CharField(max_length=20)),
        migrations.RemoveConstraint("wish", "wish_about_one_thing"),
        migrations.RunSQL(FILL, EMPTY + _WISHES.KEPT + _SCORES.KEPT),
        migrations.AddConstraint(
            "wish",
            models.CheckConstraint(
                condition=Q(
                    verb="annul",
                    award__isnull=False,
                    examination__isnull=True,
                    cause__in=CAUSES,
                )
                | Q(
                    verb__in=("reopen", "compute_again", "confirm_own_score"),
                    award__isnull=True,
                    examination__isnull=False,
                    cause="",
                ),
                name="wish_about_one_thing",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MOVE, MOVE_BACK)],
            state_operations=[
                migrations.DeleteModel("OwnScore"),
                migrations.CreateModel(
                    "OwnScore",
                    [
                        (
                            "wish",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="own_score",
                                serialize=False,
                                to="jangteo_award.wish",
                            ),
                        ),
                        ("points", models.CharField(max_length=12)),
                        ("pass_mark", models.CharField(max_length=12)),
                        ("document", models.CharField(max_length=500)),
                    ],
                ),
            ],
        ),
        migrations.RunSQL(KEPT, _SCORES.GONE + _WISHES.GONE),
    ]
