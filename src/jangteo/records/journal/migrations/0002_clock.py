"""The one clock: the database's, shifted only where a sandbox says so."""

from django.db import migrations

CLOCK = """
create function jangteo_now() returns timestamptz language plpgsql volatile as $$
declare shift interval;
begin
  if to_regclass('sandbox.clock') is null then
    return clock_timestamp();
  end if;
  execute 'select sum(shift) from sandbox.clock' into shift;
  return clock_timestamp() + coalesce(shift, interval '0');
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_journal", "0001_initial")]
    operations = [migrations.RunSQL(CLOCK, "drop function jangteo_now()")]
