"""The gate that the intake reads, and the promise that a published version never changes."""

from django.db import migrations

GATE = """
create view jangteo_tender_gate as
select t.id as tender_id, t.number, n.lot, n.round, n.version, n.bidding_from, n.deadline,
       n.opening_at, n.keys_hash, t.buyer_id
from jangteo_tender_tender t
join jangteo_tender_noticeversion n on n.tender_id = t.id and n.version = t.version
where t.status = 'active';
"""
UNCHANGED = """
create function jangteo_tender_published_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a published notice version is never changed or removed'
    using errcode = 'restrict_violation';
end $$;
create trigger published_stays before update or delete on jangteo_tender_noticeversion
for each row execute function jangteo_tender_published_stays();
alter table jangteo_tender_noticeversion enable always trigger published_stays;
"""
BACK = """
drop view jangteo_tender_gate;
drop trigger published_stays on jangteo_tender_noticeversion;
drop function jangteo_tender_published_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_tender", "0001_initial")]
    operations = [migrations.RunSQL(GATE + UNCHANGED, BACK)]
