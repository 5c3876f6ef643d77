"""Nothing of custody is ever changed, and no key is released before its deadline, by anybody."""

from django.db import migrations

TABLES = (
    "identity", "keyrequest", "lotkey", "officerkeybackup", "seed", "releaserequest", "release",
    "releaserefusal",
)  # fmt: skip

GUARDS = """
create function jangteo_vault_unchanged() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = '55000';
end $$;

create function jangteo_vault_after_deadline() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare last timestamptz;
begin
  select max((statement::jsonb ->> 'deadline')::timestamptz) into last
    from jangteo_vault_lotkey where scope = new.scope;
  if last is null then
    raise exception 'there are no keys for %', new.scope using errcode = '55000';
  end if;
  if jangteo_now() < last then
    raise exception 'the deadline of % has not passed', new.scope using errcode = '55000';
  end if;
  return new;
end $$;

create function jangteo_vault_asked() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from jangteo_vault_lotkey
                 where scope = new.scope and custodian = new.custodian) then
    raise exception '% made no key for %', new.custodian, new.scope using errcode = '55000';
  end if;
  if not exists (select from jangteo_vault_releaserequest where scope = new.scope) then
    raise exception 'nobody asked for the keys of %', new.scope using errcode = '55000';
  end if;
  return new;
end $$;
"""


def _trigger(name, table, when, function):
    return (
        f"create trigger {name} before {when} on jangteo_vault_{table} "
        f"for each row execute function {function}(); "
        f"alter table jangteo_vault_{table} enable always trigger {name};"
    )


TRIGGERS = [
    *(
        _trigger("unchanged", table, "update or delete", "jangteo_vault_unchanged")
        for table in TABLES
    ),
    *(
        _trigger("after_deadline", table, "insert", "jangteo_vault_after_deadline")
        for table in ("releaserequest", "release")
    ),
    _trigger("asked", "release", "insert", "jangteo_vault_asked"),
]
GONE = "".join(
    f"drop function jangteo_vault_{name}() cascade;"
    for name in ("unchanged", "after_deadline", "asked")
)


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_vault", "0001_initial"),
        ("jangteo_journal", "0002_clock"),
    ]
    operations = [migrations.RunSQL(GUARDS + "".join(TRIGGERS), GONE)]
