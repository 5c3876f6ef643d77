"""A contract's value never falls below its living subcontracts, whoever writes it."""

from django.db import migrations

COVERS = """
create function jangteo_contract_value_covers() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare taken bigint;
begin
  select coalesce(sum(amount), 0) into taken from jangteo_contract_subcontract
  where contract_id = new.id and status <> 'ended';
  if new.value < taken then
    raise exception 'a contract of % won does not cover subcontracts of % won', new.value, taken
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger value_covers before update of value on jangteo_contract_contract
  for each row execute function jangteo_contract_value_covers();
alter table jangteo_contract_contract enable always trigger value_covers;
"""
BACK = """
drop trigger value_covers on jangteo_contract_contract;
drop function jangteo_contract_value_covers();
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_contract", "0002_subcontracts_within")]
    operations = [migrations.RunSQL(COVERS, BACK)]
