"""A bounced payee named by hand may get the name that was proposed in an earlier step, no other."""

from django.db import migrations, models

KEPT = """
create or replace function jangteo_payment_leaf_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare state text;
begin
  if tg_op = 'UPDATE' and old.status = 'credited' and new is distinct from old then
    raise exception 'a leaf is credited once and stays as it is'
      using errcode = 'check_violation';
  end if;
  if tg_op = 'INSERT' and new.status = 'credited' then
    raise exception 'a leaf begins as waiting' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and new.status = 'credited' and old.status <> 'credited'
      and old.status not in ('instructed', 'unknown') then
    raise exception 'a leaf is credited only after the bank was told'
      using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (new.bank, new.account) is distinct from (old.bank, old.account)
      and old.status not in ('waiting', 'bounced') then
    raise exception 'an account is fixed while the bank is told to pay it'
      using errcode = 'check_violation';
  end if;
  if new.proposed is not null and tg_op <> 'DELETE' and (tg_op = 'INSERT'
      or (new.proposed is distinct from old.proposed
          and (old.status <> 'bounced' or old.kind not in ('worker', 'equipment', 'material')))) then
    raise exception 'a payee is proposed anew only by hand, after its bank sent the money back'
      using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (new.claim_id, new.position, new.kind, new.amount)
      is not distinct from (old.claim_id, old.position, old.kind, old.amount)
      and (new.payee_name is not distinct from old.payee_name
        or (old.kind in ('worker', 'equipment', 'material') and old.payee_party_id is null
          and old.attempt > 0 and old.status in ('bounced', 'waiting') and new.proposed is null
          and (new.payee_name, new.bank, new.account) is not distinct from
            (old.proposed->>'payee_name', old.proposed->>'bank', old.proposed->>'account'))) then
    return new;
  end if;
  select status into state from jangteo_payment_claim
    where id = case when tg_op = 'INSERT' then new.claim_id else old.claim_id end;
  if state not in ('filed', 'returned') then
    raise exception 'payees and amounts are fixed once the claim is approved'
      using errcode = 'check_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
"""

BEFORE = """
create or replace function jangteo_payment_leaf_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare state text;
begin
  if tg_op = 'UPDATE' and old.status = 'credited' and new is distinct from old then
    raise exception 'a leaf is credited once and stays as it is'
      using errcode = 'check_violation';
  end if;
  if tg_op = 'INSERT' and new.status = 'credited' then
    raise exception 'a leaf begins as waiting' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and new.status = 'credited' and old.status <> 'credited'
      and old.status not in ('instructed', 'unknown') then
    raise exception 'a leaf is credited only after the bank was told'
      using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (new.bank, new.account) is distinct from (old.bank, old.account)
      and old.status not in ('waiting', 'bounced') then
    raise exception 'an account is fixed while the bank is told to pay it'
      using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (new.claim_id, new.position, new.kind, new.amount, new.payee_name)
      is not distinct from (old.claim_id, old.position, old.kind, old.amount, old.payee_name) then
    return new;
  end if;
  select status into state from jangteo_payment_claim
    where id = case when tg_op = 'INSERT' then new.claim_id else old.claim_id end;
  if state not in ('filed', 'returned') then
    raise exception 'payees and amounts are fixed once the claim is approved'
      using errcode = 'check_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_payment", "0002_never")]
    operations = [
        migrations.AddField(model_name="leaf", name="proposed", field=models.JSONField(null=True)),
        migrations.RunSQL(KEPT, BEFORE),
    ]
