"""The statements of receiving; tables and views are named here and nowhere else in intake.

The fact of a bid names its bidder's organisation, and of the person no more than an id: the fact
is a leaf of the public log, and an agent's name is nobody else's business.
"""

RECEIVE = """
with item as (
  select * from unnest(
    $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int2[], $6::int2[], $7::uuid[],
    $8::int2[], $9::uuid[], $10::text[], $11::text[], $12::bytea[], $13::bytea[],
    $14::bytea[], $15::timestamptz[], $16::text[]
  ) with ordinality as t(
    id, entry_id, tender_id, lot, round, version, supplier_id, attempt, agent_id, agent_key,
    keys, envelope, hash, signature, arrival, receipt, n)
),
clock as materialized (select jangteo_now() as at),
gate as materialized (
  select * from jangteo_tender_gate where tender_id in (select tender_id from item)
),
standing as materialized (
  select party_id from jangteo_registration_standing
  where party_id in (select supplier_id from item)
),
judged as materialized (
  select item.*, clock.at, gate.number, note.arrival as noted,
    case
      when gate.tender_id is null then 'bid.not_open'
      when gate.version <> item.version or gate.keys_hash <> item.keys
        then 'bid.version_not_in_force'
      when item.arrival < gate.bidding_from then 'bid.too_early'
      when item.arrival >= gate.deadline then 'bid.late'
      when item.arrival > clock.at then 'bid.arrival_unproven'
      when clock.at - item.arrival > interval '5 seconds'
        and note.arrival is distinct from item.arrival then 'bid.arrival_unproven'
      when standing.party_id is null then 'bid.no_standing'
    end as refusal
  from item cross join clock
  left join gate on gate.tender_id = item.tender_id
    and gate.lot = item.lot and gate.round = item.round
  left join standing on standing.party_id = item.supplier_id
  left join jangteo_bid_arrivalnote note on note.hash = item.hash
),
entered as (
  insert into jangteo_bid_sealedbid (
    id, tender_id, lot, round, version, supplier_id, attempt, agent_id, agent_key, envelope,
    hash, signature, arrival, recorded_at, receipt)
  select id, tender_id, lot, round, version, supplier_id, attempt, agent_id, agent_key, envelope,
    hash, signature, arrival, at, receipt::jsonb
  from judged where refusal is null
  order by tender_id, supplier_id, lot, round, version, attempt
  on conflict do nothing
  returning id
),
fact as (
  insert into jangteo_journal_entry (
    id, at, kind, subject, tender, actor_id, actor_name, party_id, law, payload)
  select entry_id, judged.at, 'bid.submit', 'bid:' || encode(hash, 'hex'), number, agent_id,
    '', supplier_id, $17,
    jsonb_build_object('hash', encode(hash, 'hex'), 'version', version, 'attempt', attempt)
  from judged join entered using (id)
)
select n, refusal, noted, entered.id is not null as entered
from judged left join entered using (id) order by n
"""

BY_KEY = """
select k.n, bid.hash, bid.receipt::text as receipt
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int2[], $5::int2[], $6::int2[])
  with ordinality as k(tender_id, supplier_id, lot, round, version, attempt, n)
join jangteo_bid_sealedbid bid using (tender_id, supplier_id, lot, round, version, attempt)
"""

BY_HASH = "select hash from jangteo_bid_sealedbid where hash = any($1::bytea[])"

NOTE = """
with clock as materialized (select jangteo_now() as at)
insert into jangteo_bid_arrivalnote (hash, arrival, noted_at)
select item.hash, item.arrival, clock.at
from unnest($1::bytea[], $2::timestamptz[]) as item(hash, arrival) cross join clock
where item.arrival <= clock.at and clock.at - item.arrival <= interval '5 seconds'
on conflict do nothing
"""

CONFIRM = "select pg_logical_emit_message(true, 'jangteo', '')"
