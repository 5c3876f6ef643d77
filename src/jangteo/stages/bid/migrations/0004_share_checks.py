"""A finding of a share is its custodian's own word, and none is added once the opening may begin.

So a bid found malformed is found while its bidder can still learn of it, and nobody can thin out
the closed set afterwards.
"""

from django.db import migrations

GUARDS = """
create trigger own_role before insert on jangteo_bid_sharecheck
  for each row execute function jangteo_vault_own_role('custodian');
alter table jangteo_bid_sharecheck enable always trigger own_role;

create function jangteo_bid_checked_in_time() returns trigger language plpgsql
  set search_path = public, pg_temp as $$
begin
  if not exists (
    select from jangteo_bid_sealedbid bid
    join jangteo_tender_gate gate on gate.tender_id = bid.tender_id
    where bid.id = new.bid_id and jangteo_now() < gate.opening_at
  ) then
    raise exception 'A share is checked before the announced opening time.'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger jangteo_bid_checked_in_time before insert on jangteo_bid_sharecheck
  for each row execute function jangteo_bid_checked_in_time();
alter table jangteo_bid_sharecheck enable always trigger jangteo_bid_checked_in_time;
"""
UNDO = """
drop trigger jangteo_bid_checked_in_time on jangteo_bid_sharecheck;
drop function jangteo_bid_checked_in_time();
drop trigger own_role on jangteo_bid_sharecheck;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_bid", "0003_arrivals"),
        ("jangteo_tender", "0002_gate"),
        ("jangteo_vault", "0003_own_roles"),
    ]
    operations = [migrations.RunSQL(GUARDS, UNDO)]
