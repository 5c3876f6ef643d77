"""An award in force names frozen inputs and two equal results; it begins once and ends for good.

The triggers look at the row after it was written, so that the plain constraints speak first; they
are ENABLE ALWAYS, so that a session playing replica does not slip past them. Awards that are there
already rest on a bundle that the verifier called the same: its hash stands for both results.
"""

from django.db import migrations, models
from django.db.models import F, Q

FILL = """
update jangteo_award_award set found_by_rules = bundle_hash, found_by_verifier = bundle_hash
where status in ('pending', 'active')
"""
KEPT = """
create function jangteo_award_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare held text := null;
begin
  if tg_op = 'DELETE' then
    held := 'an award is annulled with a cause, never deleted';
  elsif tg_op = 'INSERT' then
    if new.status <> 'pending' then
      held := 'an award begins as a proposal';
    end if;
  elsif (new.id, new.tender_id, new.tender_number, new.lot, new.buyer_id, new.supplier_id,
         new.examination_id, new.value, new.bundle_hash, new.found_by_rules,
         new.found_by_verifier, new.proposed_by, new.proposed_at)
     is distinct from
        (old.id, old.tender_id, old.tender_number, old.lot, old.buyer_id, old.supplier_id,
         old.examination_id, old.value, old.bundle_hash, old.found_by_rules,
         old.found_by_verifier, old.proposed_by, old.proposed_at) then
    held := 'what an award names is never changed';
  elsif old.status <> 'pending' and (new.confirmed_by, new.confirmed_at, new.reason)
        is distinct from (old.confirmed_by, old.confirmed_at, old.reason) then
    held := 'who decided an award is never changed';
  elsif new.status <> old.status and (old.status, new.status) not in
        (('pending', 'active'), ('pending', 'unsuccessful'), ('active', 'cancelled')) then
    held := 'an award does not go from ' || old.status || ' to ' || new.status;
  elsif new.status = 'cancelled' and old.status = 'active'
        and not exists (select from jangteo_award_annulment n where n.award_id = new.id) then
    held := 'an annulment is a row with its cause';
  end if;
  if held is not null then
    raise exception '%', held using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_award_rests_on_a_result() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (
    select from jangteo_tender_tender t
    join jangteo_opening_opening o on o.tender_id = t.id and o.version = t.version
    join jangteo_opening_result r on r.opening_id = o.id
    where t.id = new.tender_id and o.lot = new.lot and t.status = 'opened'
      and o.status = 'published' and r.outcome = 'published' and r.verified = 'same'
      and r.bundle_hash = new.bundle_hash
  ) then
    raise exception 'no award without a published result that the verifier found the same'
      using errcode = 'check_violation';
  end if;
  if not exists (
    select from jangteo_award_examination e
    where e.id = new.examination_id and e.tender_id = new.tender_id and e.lot = new.lot
      and e.status = 'passed' and e.supplier_id = new.supplier_id and e.amount = new.value
      and e.bundle_hash = new.bundle_hash
  ) then
    raise exception 'no award but to the candidate who passed, of its own bid'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_annulment_of_an_award_in_force() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (
    select from jangteo_award_award a where a.id = new.award_id and a.status = 'active'
  ) then
    raise exception 'only an award in force is annulled' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger kept after insert or update or delete on jangteo_award_award
  for each row execute function jangteo_award_kept();
create trigger proposed_on_a_result after insert on jangteo_award_award
  for each row execute function jangteo_award_rests_on_a_result();
create trigger confirmed_on_a_result after update on jangteo_award_award
  for each row when (old.status is distinct from new.status and new.status = 'active')
  execute function jangteo_award_rests_on_a_result();
create trigger in_force after insert on jangteo_award_annulment
  for each row execute function jangteo_annulment_of_an_award_in_force();
alter table jangteo_award_award enable always trigger kept;
alter table jangteo_award_award enable always trigger proposed_on_a_result;
alter table jangteo_award_award enable always trigger confirmed_on_a_result;
alter table jangteo_award_annulment enable always trigger in_force;
"""
GONE = """
drop trigger in_force on jangteo_award_annulment;
drop trigger confirmed_on_a_result on jangteo_award_award;
drop trigger proposed_on_a_result on jangteo_award_award;
drop trigger kept on jangteo_award_award;
drop function jangteo_annulment_of_an_award_in_force();
drop function jangteo_award_rests_on_a_result();
drop function jangteo_award_kept();
"""
LIVE = Q(status__in=("pending", "active"))
CAUSES = ["not_signed", "gave_up", "disqualified", "ruling", "data_entry", "formula"]


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_award", "0003_reopening"),
        ("jangteo_opening", "0003_both_calculations"),
        ("jangteo_tender", "0003_awarded"),
    ]
    operations = [
        migrations.AddField(
            model_name="award",
            name="found_by_rules",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="award",
            name="found_by_verifier",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="annulment",
            constraint=models.CheckConstraint(
                condition=Q(cause__in=CAUSES), name="annulment_has_a_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=~LIVE | (~Q(bundle_hash="") & ~Q(found_by_rules="")),
                name="live_award_names_its_inputs",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=~LIVE | Q(found_by_rules=F("found_by_verifier")),
                name="live_award_of_two_equal_results",
            ),
        ),
        migrations.RunSQL(KEPT, GONE),
    ]
