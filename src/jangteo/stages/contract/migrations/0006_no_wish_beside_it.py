"""Beside a contract that stands nobody asks that its award be annulled, and nobody annuls it."""

from django.db import migrations

APART = """
create function jangteo_contract_without_a_wish() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from jangteo_award_wish w where w.award_id = new.award_id and w.ended = '') then
    raise exception 'no contract while its award''s annulment is asked for'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_award_without_a_contract() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from jangteo_contract_contract c
             where c.award_id = new.award_id and c.status not in ('cancelled', 'terminated')) then
    raise exception 'a contract on this award stands' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger no_wish after insert on jangteo_contract_contract
  for each row execute function jangteo_contract_without_a_wish();
create trigger no_contract after insert on jangteo_award_wish
  for each row execute function jangteo_award_without_a_contract();
create trigger no_contract after insert on jangteo_award_annulment
  for each row execute function jangteo_award_without_a_contract();
alter table jangteo_contract_contract enable always trigger no_wish;
alter table jangteo_award_wish enable always trigger no_contract;
alter table jangteo_award_annulment enable always trigger no_contract;
"""
BACK = """
drop trigger no_contract on jangteo_award_annulment;
drop trigger no_contract on jangteo_award_wish;
drop trigger no_wish on jangteo_contract_contract;
drop function jangteo_award_without_a_contract();
drop function jangteo_contract_without_a_wish();
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_contract", "0005_ground"), ("jangteo_award", "0010_wishes")]
    operations = [migrations.RunSQL(APART, BACK)]
