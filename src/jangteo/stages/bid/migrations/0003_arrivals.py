"""When a bid arrived is nobody's word alone: the database holds it to its own clock.

A note of an arrival is dated by the database and must follow it at once. A bid is dated by the
database; its arrival must lie inside the bidding period in force, not in the future, and either
just now or noted when it came. So not even intake's own role can date a bid back.
"""

from django.db import migrations

GUARDS = """
create function jangteo_bid_note_is_fresh() returns trigger language plpgsql
  set search_path = public, pg_temp as $$
begin
  new.noted_at := jangteo_now();
  if new.arrival > new.noted_at or new.noted_at - new.arrival > interval '10 seconds' then
    raise exception 'An arrival is noted within ten seconds or not at all.'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger jangteo_bid_note_is_fresh before insert on jangteo_bid_arrivalnote
  for each row execute function jangteo_bid_note_is_fresh();
alter table jangteo_bid_arrivalnote enable always trigger jangteo_bid_note_is_fresh;

create function jangteo_bid_arrived_in_time() returns trigger language plpgsql
  set search_path = public, pg_temp as $$
begin
  new.recorded_at := jangteo_now();
  if new.arrival > new.recorded_at or not exists (
    select from jangteo_tender_gate gate
    where gate.tender_id = new.tender_id and gate.version = new.version
      and new.arrival >= gate.bidding_from and new.arrival < gate.deadline
  ) then
    raise exception 'A bid arrives inside the bidding period in force.'
      using errcode = 'restrict_violation';
  end if;
  if new.recorded_at - new.arrival > interval '15 seconds' and not exists (
    select from jangteo_bid_arrivalnote note
    where note.hash = new.hash and note.arrival = new.arrival
  ) then
    raise exception 'A bid recorded late needs the note made when it arrived.'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger jangteo_bid_arrived_in_time before insert on jangteo_bid_sealedbid
  for each row execute function jangteo_bid_arrived_in_time();
alter table jangteo_bid_sealedbid enable always trigger jangteo_bid_arrived_in_time;
"""
UNDO = """
drop trigger jangteo_bid_arrived_in_time on jangteo_bid_sealedbid;
drop function jangteo_bid_arrived_in_time();
drop trigger jangteo_bid_note_is_fresh on jangteo_bid_arrivalnote;
drop function jangteo_bid_note_is_fresh();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_bid", "0001_initial"),
        ("jangteo_tender", "0002_gate"),
        ("jangteo_journal", "0002_clock"),
    ]
    operations = [migrations.RunSQL(GUARDS, UNDO)]
