"""A way out of a hold is a wish as any other: it ends once, in one of four ways, and stays."""

from django.db import migrations, models
from django.db.models import F, Q

FILL = """
update jangteo_opening_wayout
set ended = 'confirmed', ended_by = confirmed_by, ended_at = confirmed_at
where confirmed_by is not null
"""
BACK = """
delete from jangteo_opening_wayout where ended in ('refused', 'withdrawn', 'lapsed');
update jangteo_opening_wayout set confirmed_by = ended_by, confirmed_at = ended_at
where ended = 'confirmed';
set constraints all immediate;
"""
KEPT = """
create function jangteo_way_out_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare held text := null;
begin
  if tg_op = 'DELETE' then
    held := 'a wish ends, it is never deleted';
  elsif tg_op = 'INSERT' then
    if new.ended <> '' then
      held := 'a wish is asked for first and decided then';
    elsif not exists (select from jangteo_opening_opening o
                      where o.id = new.opening_id and o.status = 'hold') then
      held := 'nobody asks for what cannot be';
    end if;
  elsif old.ended <> '' then
    held := 'a wish that has ended stays as it is';
  elsif (new.id, new.opening_id, new.way, new.reason, new.asked_by, new.asked_at)
     is distinct from (old.id, old.opening_id, old.way, old.reason, old.asked_by, old.asked_at) then
    held := 'a wish is decided as it was asked';
  end if;
  if held is not null then
    raise exception '%', held using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_opening_outlives_its_wish() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from jangteo_opening_wayout w where w.opening_id = new.id and w.ended = '') then
    raise exception 'no wish outlives the hold it is about' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger kept after insert or update or delete on jangteo_opening_wayout
  for each row execute function jangteo_way_out_kept();
create trigger wish_over after update on jangteo_opening_opening
  for each row when (new.status <> 'hold')
  execute function jangteo_opening_outlives_its_wish();
alter table jangteo_opening_wayout enable always trigger kept;
alter table jangteo_opening_opening enable always trigger wish_over;
"""
GONE = """
drop trigger wish_over on jangteo_opening_opening;
drop trigger kept on jangteo_opening_wayout;
drop function jangteo_opening_outlives_its_wish();
drop function jangteo_way_out_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_opening", "0006_tiebreak")]

    operations = [
        migrations.AddField("wayout", "ended", models.CharField(blank=True, max_length=10)),
        migrations.AddField("wayout", "ended_by", models.UUIDField(null=True)),
        migrations.AddField("wayout", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField("wayout", "answer", models.CharField(blank=True, max_length=500)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.RemoveConstraint("wayout", "one_open_way_out"),
        migrations.RemoveConstraint("wayout", "way_out_by_two_people"),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
        migrations.RemoveField("wayout", "confirmed_by"),
        migrations.RemoveField("wayout", "confirmed_at"),
        migrations.AddConstraint(
            "wayout",
            models.UniqueConstraint(
                fields=["opening"], condition=Q(ended=""), name="one_open_way_out"
            ),
        ),
        migrations.AddConstraint(
            "wayout",
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended="lapsed", ended_at__isnull=False, ended_by__isnull=True)
                | Q(
                    ended__in=("confirmed", "refused", "withdrawn"),
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                name="wayout_ends_once",
            ),
        ),
        migrations.AddConstraint(
            "wayout",
            models.CheckConstraint(
                condition=~Q(ended__in=("confirmed", "refused")) | ~Q(asked_by=F("ended_by")),
                name="wayout_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            "wayout",
            models.CheckConstraint(
                condition=Q(ended="refused") & ~Q(answer="") | ~Q(ended="refused") & Q(answer=""),
                name="wayout_refused_with_a_reason",
            ),
        ),
        migrations.RunSQL(KEPT, GONE),
    ]
