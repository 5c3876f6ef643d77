"""Before the deadline nothing of an opening can be written, by nobody: not by the superuser either.

The trigger is ENABLE ALWAYS, so that a session playing replica does not slip past it. It reads the
notice version in force, so that a correction that moves the deadline moves the guard with it.
"""

from django.db import migrations

GUARD = """
create function jangteo_opening_not_before() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare wanted uuid; due timestamptz;
begin
  if tg_table_name = 'jangteo_opening_opening' then
    wanted := (to_jsonb(new)->>'tender_id')::uuid;
  else
    select tender_id into wanted from jangteo_opening_opening
    where id = (to_jsonb(new)->>'opening_id')::uuid;
  end if;
  select max(v.deadline) into due
  from jangteo_tender_tender t
  join jangteo_tender_noticeversion v on v.tender_id = t.id and v.version = t.version
  where t.id = wanted;
  if due is null or jangteo_now() < due then
    raise exception 'nothing of an opening before the deadline (%)', due
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
"""
TABLES = ("opening", "exclusion", "signature", "openedbid", "preliminaryprice", "result")
TRIGGERS = "".join(
    f"""
create trigger not_before_deadline before insert on jangteo_opening_{table}
  for each row execute function jangteo_opening_not_before();
alter table jangteo_opening_{table} enable always trigger not_before_deadline;
"""
    for table in TABLES
)
DROP = "".join(f"drop trigger not_before_deadline on jangteo_opening_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_opening", "0001_initial"),
        ("jangteo_tender", "0001_initial"),
        ("jangteo_journal", "0002_clock"),
    ]
    operations = [
        migrations.RunSQL(GUARD + TRIGGERS, DROP + "drop function jangteo_opening_not_before();")
    ]
