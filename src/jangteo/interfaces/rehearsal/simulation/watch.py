"""What must hold after every step, asked of the database in plain SQL."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection

from jangteo.ground.process import StateTable
from jangteo.records.log.queries import verify_chain
from jangteo.stages.bid import queries as bids
from jangteo.stages.contract.states import TABLE as CONTRACT
from jangteo.stages.opening.states import TABLE as OPENING
from jangteo.stages.payment.states import TABLE as CLAIM
from jangteo.stages.registration.states import TABLE as REGISTRATION
from jangteo.stages.tender.states import TABLE as TENDER

if TYPE_CHECKING:
    from jangteo.interfaces.rehearsal.simulation.market import Deal, Market


_NUMBER = re.compile(r"(?<![0-9A-Za-z_-])[0-9]{7,}(?![0-9A-Za-z_-])")


class Violation(Exception):
    """Something that must always hold does not."""


def rows(words: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a question."""
    with connection.cursor() as cursor:
        cursor.execute(words, parameters or None)
        return list(cursor.fetchall())


@lru_cache
def _trace(database: str) -> str:
    tables = [
        name
        for (name,) in rows(
            "select relname from pg_class where relkind = 'r' and relname like 'jangteo\\_%'"
            " order by 1"
        )
    ]
    counts = ", ".join(f"(select count(*) from {name})" for name in tables)
    changing = ("tender_tender", "tender_draft", "opening_opening", "registration_registration")
    digests = ", ".join(
        f"(select md5(string_agg(t::text, '|' order by t::text)) from jangteo_{name} t)"
        for name in changing
    )
    return f"select {counts}, {digests}"


def trace() -> tuple[Any, ...]:
    """How many rows each table holds, and a digest of the rows that may change."""
    return rows(_trace(connection.settings_dict["NAME"]))[0]


#: what there must be no row of, and the sentence if there is one
NEVER = {
    "a key was released before the deadline it was made for": """
        select r.scope from jangteo_vault_release r join jangteo_vault_lotkey k
          using (scope, custodian)
        where r.released_at < (k.statement::jsonb ->> 'deadline')::timestamptz
           or jangteo_now() < (k.statement::jsonb ->> 'deadline')::timestamptz""",
    "a bid was opened without two released keys": """
        select o.tender_number from jangteo_opening_opening o
        join jangteo_tender_noticeversion n on n.tender_id = o.tender_id and n.version = o.version
        where exists (select from jangteo_opening_openedbid b where b.opening_id = o.id)
          and (select count(*) from jangteo_vault_release r where r.scope = n.scope) < 2""",
    "a bid was opened before the deadline": """
        select o.tender_number from jangteo_opening_opening o
        join jangteo_tender_noticeversion n on n.tender_id = o.tender_id and n.version = o.version
        where o.prepared_at < n.deadline or jangteo_now() < n.deadline""",
    "a supplier has two bids that count": """
        select b.supplier_id from jangteo_bid_sealedbid b
        where not exists (select from jangteo_bid_sharecheck c
                          where c.bid_id = b.id and not c.sound)
          and not exists (select from jangteo_bid_signaturecheck c
                          where c.bid_id = b.id and not c.sound)
        group by tender_id, lot, round, version, supplier_id having count(*) > 1""",
    "a bid was received outside its time": """
        select b.id from jangteo_bid_sealedbid b join jangteo_tender_noticeversion n
          on n.tender_id = b.tender_id and n.version = b.version
        where b.arrival < n.bidding_from or b.arrival >= n.deadline
           or b.recorded_at < b.arrival or b.recorded_at - b.arrival > interval '5 seconds'""",
    "a bid has no fact or two": """
        select b.id from jangteo_bid_sealedbid b where 1 <> (select count(*)
          from jangteo_journal_entry e where e.kind = 'bid.submit'
          and e.subject = 'bid:' || encode(b.hash, 'hex'))""",
    "a tender was closed without exactly one result": """
        select t.number from jangteo_tender_tender t
        left join jangteo_opening_opening o on o.tender_id = t.id
        left join jangteo_opening_result r on r.opening_id = o.id
        group by t.id having count(r.opening_id) <>
          case when t.status in ('opened', 'awarded', 'unsuccessful', 'hold')
            then 1 else 0 end""",
    "a result was published twice or not at all": """
        select o.tender_number from jangteo_opening_opening o
        left join jangteo_opening_result r on r.opening_id = o.id
        where (select count(*) from jangteo_journal_entry e
               where e.subject = 'opening:' || o.tender_number
               and e.kind in ('opening.publish', 'opening.fail', 'opening.hold'))
           <> case when r.opening_id is null then 0 else 1 end""",
    "a lot has two awards that stand": """
        select tender_number from jangteo_award_award where status in ('pending', 'active')
        group by tender_id, lot, tender_number having count(*) > 1""",
    "a contract stands without its award": """
        select c.number from jangteo_contract_contract c join jangteo_award_award a
          on a.id = c.award_id
        where c.status not in ('cancelled', 'terminated') and a.status <> 'active'""",
    "more is accepted than contracted": """
        select d.contract_number from jangteo_delivery_delivery d
        join jangteo_contract_contract c on c.id = d.contract_id
        join jangteo_delivery_acceptance a on a.delivery_id = d.id
        group by d.contract_number, c.value having sum(a.amount) > c.value""",
    "more is claimed than accepted": """
        select p.contract_number from jangteo_payment_claim p
        where p.status not in ('withdrawn', 'returned')  -- a returned one holds nothing
        group by p.contract_number having sum(p.amount) > coalesce((select sum(a.amount)
          from jangteo_delivery_acceptance a join jangteo_delivery_delivery d
            on d.id = a.delivery_id where d.contract_number = p.contract_number), 0)""",
    "the payees of a claim do not sum to it": """
        select p.number from jangteo_payment_claim p
        where p.amount <> (select coalesce(sum(l.amount), 0) from jangteo_payment_leaf l
                           where l.claim_id = p.id)""",
    "a claim is paid before every payee is": """
        select p.number from jangteo_payment_claim p join jangteo_payment_leaf l
          on l.claim_id = p.id where p.status = 'paid' and l.status <> 'credited'""",
    "a payee is credited whose transfer is not done": """
        select l.claim_number from jangteo_payment_leaf l where l.status = 'credited'
        and not exists (select from jangteo_exchange_exchange e where e.status = 'done'
          and e.key = l.claim_number || '-' || l.position || '-' || l.attempt
          and (e.answer ->> 'amount')::bigint = l.amount)""",
    "a fact's place is out of order": """
        select place from (select l.place, e.xid, lag(e.xid) over w as xid_before,
            e.id, lag(e.id) over w as id_before, row_number() over w as n
          from jangteo_journal_link l join jangteo_journal_entry e on e.id = l.entry_id
          window w as (order by l.place)) chained
        where place <> n - 1 or xid < xid_before""",
    "a fact stays without its place": """
        select e.id from jangteo_journal_entry e
        where e.xid < (select max(f.xid) from jangteo_journal_entry f
                       join jangteo_journal_link l on l.entry_id = f.id)
          and not exists (select from jangteo_journal_link l where l.entry_id = e.id)""",
}


def check(market: "Market") -> None:
    """All that must hold at every moment; Violation names what does not."""
    asked = " union all ".join(
        f"(select {place}, ({words.strip().rstrip(';')} limit 1)::text)"
        for place, words in enumerate(NEVER.values())
    )
    for place, found in rows(f"select * from ({asked}) as all_of(place, found)"):
        if found is not None:
            raise Violation(f"{list(NEVER)[place]}: {found}")
    for deal in market.deals:
        if deal.notice is not None and deal.status == "active":
            receipts(deal)
    _secrecy(market)


def receipts(deal: "Deal") -> None:
    """Every receipt that was given is in the closed set of its version, and nothing else is."""
    for version in range(deal.force.version + 1):
        promised = {one.hash for one in deal.envelopes if one.version == version and not one.found}
        held = {bytes(one.hash).hex() for one in bids.closed_set(deal.number, version)}
        if promised - held:
            raise Violation(f"a receipt is lost from {deal.number}-{version:03d}")
        if held - promised:
            raise Violation(f"{deal.number}-{version:03d} holds a bid that nobody was promised")


def _secrecy(market: "Market") -> None:
    """No price that was sealed is written anywhere in the clear before its opening."""
    sealed = [
        str(one.price) for deal in market.deals if deal.opening != "done" for one in deal.envelopes
    ]
    if not sealed:
        return
    told = rows(
        "select payload::text from jangteo_journal_entry union all"
        " select receipt::text from jangteo_bid_sealedbid union all"
        " select amount::text from jangteo_opening_openedbid o join jangteo_opening_opening p"
        " on p.id = o.opening_id where not exists (select from jangteo_opening_result r"
        " where r.opening_id = p.id)"
    )
    text = "\n".join(line for (line,) in told if line)
    for price in set(sealed) & set(_NUMBER.findall(text)):
        raise Violation(f"the sealed price {price} can be read before the opening")


def check_all(market: "Market") -> None:
    """What takes longer: the chain from its first fact, and every status by its own history."""
    check(market)
    for deal in market.deals:
        if deal.notice is not None:
            receipts(deal)
    report = verify_chain()
    if report.faults:
        raise Violation(f"the journal does not verify: {report.faults[0]}")
    facts = rows(
        "select e.kind, e.subject from jangteo_journal_entry e"
        " join jangteo_journal_link l on l.entry_id = e.id order by l.place"
    )
    _walk(TENDER, facts, rows("select 'tender:' || number, status from jangteo_tender_tender"))
    _walk(
        OPENING, facts,
        rows("select 'opening:' || tender_number, status from jangteo_opening_opening"),
    )  # fmt: skip
    _walk(
        CONTRACT, facts, rows("select 'contract:' || number, status from jangteo_contract_contract")
    )
    _walk(CLAIM, facts, rows("select 'claim:' || number, status from jangteo_payment_claim"))
    found = rows("select distinct status from jangteo_registration_registration")
    if not {status for (status,) in found} <= set(REGISTRATION.states):
        raise Violation("a registration has a status that is not in its table")


def _walk(table: StateTable, facts: Iterable[tuple[str, str]], now: list[tuple[str, str]]) -> None:
    """Replay the facts of each thing through its state table: they must lead to its status."""
    reached: dict[str, str] = {}
    for kind, subject in facts:
        name, _, verb = kind.partition(".")
        if name != table.name:
            continue
        row = table.transition(verb)
        before = reached.get(subject)
        if (before is None) != (not row.source) or (row.source and before not in row.source):
            raise Violation(f"{kind} of {subject} was done in the state {before}")
        reached[subject] = row.target or before or ""
    if reached != dict(now):
        raise Violation(f"the facts lead to other states than are stored: {table.name}")
