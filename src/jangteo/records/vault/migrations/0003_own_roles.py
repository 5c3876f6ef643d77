"""What a custodian says is written by its own database role, and by nobody else.

A custodian's role is named <database>_custodian_<name> (config/rights.py). Where that role exists,
rows in its name are refused to every other role, the owner of the tables and superusers included;
what is the officer's or the agency's is refused to custodians. A database without these roles is
one that nothing but tests uses.
"""

from django.db import migrations

FUNCTION = """
create function jangteo_vault_own_role() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  holder text := to_jsonb(new) ->> tg_argv[0];
  prefix text := current_database() || '_custodian_';
begin
  if holder = any (tg_argv[1:]) then
    if current_user in ((prefix || 'platform')::name, (prefix || 'audit')::name) then
      raise exception 'a custodian does not write what is the %''s', holder
        using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if holder not in ('platform', 'audit') then
    raise exception 'there is no custodian %', holder using errcode = 'check_violation';
  end if;
  if current_user <> (prefix || holder)::name
     and exists (select from pg_roles where rolname = (prefix || holder)::name) then
    raise exception 'only the custodian % writes in its name', holder
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""
#: Table, column that names who speaks, and the names that people have.
GUARDED = (
    ("identity", "custodian", ""),
    ("lotkey", "custodian", ", 'officer'"),
    ("seed", "maker", ", 'agency'"),
    ("release", "custodian", ", 'officer'"),
    ("releaserefusal", "custodian", ""),
)
TRIGGERS = "".join(
    f"create trigger own_role before insert on jangteo_vault_{table} "
    f"for each row execute function jangteo_vault_own_role('{column}'{people}); "
    f"alter table jangteo_vault_{table} enable always trigger own_role;"
    for table, column, people in GUARDED
)


class Migration(migrations.Migration):
    dependencies = [("jangteo_vault", "0002_guards")]
    operations = [
        migrations.RunSQL(FUNCTION + TRIGGERS, "drop function jangteo_vault_own_role() cascade")
    ]
