"""All living subcontracts together never exceed the contract, whoever writes them."""

from django.db import migrations

WITHIN = """
create function jangteo_contract_subcontracts_within() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare most bigint; taken bigint;
begin
  select value into most from jangteo_contract_contract where id = new.contract_id for update;
  select coalesce(sum(amount), 0) into taken from jangteo_contract_subcontract
  where contract_id = new.contract_id and status <> 'ended' and id <> new.id;
  if new.status <> 'ended' and taken + new.amount > most then
    raise exception 'subcontracts of % won exceed the contract of % won', taken + new.amount, most
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger subcontracts_within before insert or update on jangteo_contract_subcontract
  for each row execute function jangteo_contract_subcontracts_within();
alter table jangteo_contract_subcontract enable always trigger subcontracts_within;
"""
BACK = """
drop trigger subcontracts_within on jangteo_contract_subcontract;
drop function jangteo_contract_subcontracts_within();
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_contract", "0001_initial")]
    operations = [migrations.RunSQL(WITHIN, BACK)]
