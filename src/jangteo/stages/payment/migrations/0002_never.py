"""What can never be, whoever writes: money made, lost, paid twice, or paid on one person's word.

Checked at commit: the leaves of a claim sum to it. Checked at once: claims that stand never exceed
what was accepted; a credited leaf stays as it is; payees and amounts are fixed once the claim is
approved; a claim is paid only when every leaf is credited; an order is one a claim, for exactly
its amount, and not by its approver; orders and payees' words are never changed.
"""

from django.db import migrations

SUM = """
create function jangteo_payment_leaves_sum() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare wanted uuid; claimed bigint; leaves bigint;
begin
  if tg_table_name = 'jangteo_payment_claim' then
    wanted := (to_jsonb(new)->>'id')::uuid;
  else
    wanted := (to_jsonb(coalesce(new, old))->>'claim_id')::uuid;
  end if;
  select amount into claimed from jangteo_payment_claim where id = wanted;
  if claimed is null then
    return null;
  end if;
  select coalesce(sum(amount), 0) into leaves from jangteo_payment_leaf where claim_id = wanted;
  if leaves <> claimed then
    raise exception 'the leaves sum to % won, the claim to % won', leaves, claimed
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger leaves_sum after insert or update on jangteo_payment_claim
  deferrable initially deferred for each row execute function jangteo_payment_leaves_sum();
create constraint trigger leaves_sum after insert or update or delete on jangteo_payment_leaf
  deferrable initially deferred for each row execute function jangteo_payment_leaves_sum();
alter table jangteo_payment_claim enable always trigger leaves_sum;
alter table jangteo_payment_leaf enable always trigger leaves_sum;
"""

WITHIN = """
create function jangteo_payment_within_accepted() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare accepted bigint; claimed bigint;
begin
  if new.status in ('withdrawn', 'returned') then
    return new;
  end if;
  perform 1 from jangteo_contract_contract where id = new.contract_id for update;
  select coalesce(sum(a.amount), 0) into accepted
    from jangteo_delivery_acceptance a
    join jangteo_delivery_delivery d on d.id = a.delivery_id
    where d.contract_id = new.contract_id;
  select coalesce(sum(amount), 0) into claimed from jangteo_payment_claim
    where contract_id = new.contract_id and id <> new.id
    and status not in ('withdrawn', 'returned');
  if claimed + new.amount > accepted then
    raise exception 'claims of % won exceed the % won accepted', claimed + new.amount, accepted
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger within_accepted before insert or update on jangteo_payment_claim
  for each row execute function jangteo_payment_within_accepted();
alter table jangteo_payment_claim enable always trigger within_accepted;
"""

PAID = """
create function jangteo_payment_claim_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a claim is never deleted' using errcode = 'check_violation';
  end if;
  if new.amount <> old.amount and old.status not in ('filed', 'returned') then
    raise exception 'the amount is fixed once the claim is approved'
      using errcode = 'check_violation';
  end if;
  if old.status = 'paid' and new.status <> 'paid' then
    raise exception 'what is paid stays paid' using errcode = 'check_violation';
  end if;
  if new.status = 'paid' and old.status <> 'paid' and exists
      (select from jangteo_payment_leaf where claim_id = new.id and status <> 'credited') then
    raise exception 'a claim is paid only when every leaf is credited'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger claim_kept before update or delete on jangteo_payment_claim
  for each row execute function jangteo_payment_claim_kept();
alter table jangteo_payment_claim enable always trigger claim_kept;
"""

LEAF = """
create function jangteo_payment_leaf_kept() returns trigger
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
create trigger leaf_kept before insert or update or delete on jangteo_payment_leaf
  for each row execute function jangteo_payment_leaf_kept();
alter table jangteo_payment_leaf enable always trigger leaf_kept;
"""

ORDER = """
create function jangteo_payment_order_sound() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare claim jangteo_payment_claim;
begin
  select * into claim from jangteo_payment_claim where id = new.claim_id;
  if claim.status not in ('approved', 'ordered') or claim.amount <> new.amount
      or claim.approved_by is null or claim.approved_by = new."by" then
    raise exception 'an order is for an approved claim, its amount, by another person'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger order_sound before insert on jangteo_payment_paymentorder
  for each row execute function jangteo_payment_order_sound();
alter table jangteo_payment_paymentorder enable always trigger order_sound;
create function jangteo_payment_insert_only() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'check_violation';
end $$;
create trigger insert_only before update or delete on jangteo_payment_paymentorder
  for each row execute function jangteo_payment_insert_only();
create trigger insert_only before update or delete on jangteo_payment_payeeword
  for each row execute function jangteo_payment_insert_only();
alter table jangteo_payment_paymentorder enable always trigger insert_only;
alter table jangteo_payment_payeeword enable always trigger insert_only;
"""

BACK = """
drop trigger leaves_sum on jangteo_payment_claim;
drop trigger leaves_sum on jangteo_payment_leaf;
drop function jangteo_payment_leaves_sum();
drop trigger within_accepted on jangteo_payment_claim;
drop function jangteo_payment_within_accepted();
drop trigger claim_kept on jangteo_payment_claim;
drop function jangteo_payment_claim_kept();
drop trigger leaf_kept on jangteo_payment_leaf;
drop function jangteo_payment_leaf_kept();
drop trigger order_sound on jangteo_payment_paymentorder;
drop function jangteo_payment_order_sound();
drop trigger insert_only on jangteo_payment_paymentorder;
drop trigger insert_only on jangteo_payment_payeeword;
drop function jangteo_payment_insert_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_payment", "0001_initial"),
        ("jangteo_contract", "0001_initial"),
        ("jangteo_delivery", "0001_initial"),
    ]
    operations = [migrations.RunSQL(SUM + WITHIN + PAID + LEAF + ORDER, BACK)]
