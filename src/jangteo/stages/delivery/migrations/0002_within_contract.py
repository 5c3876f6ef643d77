"""What can never be, whoever writes: more accepted than contracted, or an acceptance made up.

Checked at once: an acceptance is for its inspection's own delivery and amount, its total is the
running sum, and never above the value of the contract in force; nor is a contract ever amended
below what was accepted. Both lock the delivery or the contract first, so that two at the same
moment are one after the other. What was notified is fixed; findings and acceptances are never
changed.
"""

from django.db import migrations, models

WITHIN = """
create function jangteo_delivery_within_contract() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare contracted bigint; before bigint; contract uuid; notified jangteo_delivery_inspection;
begin
  select contract_id into contract from jangteo_delivery_delivery
    where id = new.delivery_id for update;
  select value into contracted from jangteo_contract_contract where id = contract for share;
  select * into notified from jangteo_delivery_inspection where id = new.inspection_id;
  if notified.delivery_id <> new.delivery_id or notified.amount <> new.amount then
    raise exception 'an acceptance is for what was notified, % won', notified.amount
      using errcode = 'check_violation';
  end if;
  select coalesce(sum(amount), 0) into before from jangteo_delivery_acceptance
    where delivery_id = new.delivery_id;
  if new.total <> before + new.amount then
    raise exception 'the total of % won is not the sum of % won', new.total, before + new.amount
      using errcode = 'check_violation';
  end if;
  if new.total > contracted then
    raise exception '% won accepted exceed the % won contracted', new.total, contracted
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger within_contract before insert on jangteo_delivery_acceptance
  for each row execute function jangteo_delivery_within_contract();
alter table jangteo_delivery_acceptance enable always trigger within_contract;
"""

VALUE = """
create function jangteo_delivery_value_covers() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare accepted bigint;
begin
  select coalesce(sum(a.amount), 0) into accepted from jangteo_delivery_acceptance a
    join jangteo_delivery_delivery d on d.id = a.delivery_id where d.contract_id = new.id;
  if new.value < accepted then
    raise exception 'a contract of % won is below the % won accepted', new.value, accepted
      using errcode = 'check_violation', constraint = 'value_covers_accepted';
  end if;
  return new;
end $$;
create trigger value_covers_accepted before update of value on jangteo_contract_contract
  for each row when (new.value < old.value) execute function jangteo_delivery_value_covers();
alter table jangteo_contract_contract enable always trigger value_covers_accepted;
"""

KEPT = """
create function jangteo_delivery_inspection_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an inspection is never deleted' using errcode = 'check_violation';
  end if;
  if (new.delivery_id, new.sequence, new.kind, new.amount)
      is distinct from (old.delivery_id, old.sequence, old.kind, old.amount) then
    raise exception 'what was notified is fixed' using errcode = 'check_violation';
  end if;
  if old.status in ('accepted', 'withdrawn') and new is distinct from old then
    raise exception 'an inspection that is settled stays as it is'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger inspection_kept before update or delete on jangteo_delivery_inspection
  for each row execute function jangteo_delivery_inspection_kept();
alter table jangteo_delivery_inspection enable always trigger inspection_kept;
create function jangteo_delivery_insert_only() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'check_violation';
end $$;
create trigger insert_only before update or delete on jangteo_delivery_acceptance
  for each row execute function jangteo_delivery_insert_only();
create trigger insert_only before update or delete on jangteo_delivery_finding
  for each row execute function jangteo_delivery_insert_only();
alter table jangteo_delivery_acceptance enable always trigger insert_only;
alter table jangteo_delivery_finding enable always trigger insert_only;
"""

BACK = """
drop trigger within_contract on jangteo_delivery_acceptance;
drop function jangteo_delivery_within_contract();
drop trigger value_covers_accepted on jangteo_contract_contract;
drop function jangteo_delivery_value_covers();
drop trigger inspection_kept on jangteo_delivery_inspection;
drop function jangteo_delivery_inspection_kept();
drop trigger insert_only on jangteo_delivery_acceptance;
drop trigger insert_only on jangteo_delivery_finding;
drop function jangteo_delivery_insert_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_contract", "0001_initial"),
        ("jangteo_delivery", "0001_initial"),
    ]
    operations = [
        migrations.AlterField(
            model_name="inspection",
            name="kind",
            field=models.CharField(
                choices=[
                    ("progress", "Part that is done"),
                    ("completion", "Completion of the works"),
                ],
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint(model_name="inspection", name="inspection_positive"),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0),
                    models.Q(("amount", 0), ("kind", "completion")),
                    _connector="OR",
                ),
                name="inspection_positive",
            ),
        ),
        migrations.RunSQL(WITHIN + VALUE + KEPT, BACK),
    ]
