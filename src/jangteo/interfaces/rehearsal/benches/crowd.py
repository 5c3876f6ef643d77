"""A crowd of suppliers before one tender, put into a throw-away database by SQL."""

import json
import time
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.statements import CUSTODIANS, keys_text, read_keys
from jangteo.stages.bid.actions.ticket import Ticket, write_ticket

PEOPLE = """
with made as (
  insert into jangteo_party_party (id, kind, identifier, name, name_en, region, created_at)
  select gen_random_uuid(), 'supplier', to_char(n, 'FM0000000000'), 'supplier ' || n, '', '11',
    now()
  from generate_series(%(first)s::int, %(last)s::int) n returning id, identifier
), registered as (
  insert into jangteo_registration_registration
    (id, party_id, status, regime, representative, address, submitted_at, note)
  select gen_random_uuid(), id, 'active', '', 'x', 'x', now(), '' from made
), person as (
  insert into jangteo_account_account (id, username, name, email, language, is_active, password)
  select id, 'agent-' || identifier, 'agent', '', 'ko', true, '!' from made
)
select id, identifier from made order by identifier
"""


@dataclass(frozen=True, slots=True)
class Tender:
    """What tickets and envelopes name."""

    id: uuid.UUID
    number: str
    keys: str
    keys_hash: str


def _fill(cursor: Any, table: str, values: dict[str, Any]) -> None:
    """One row; columns that are not given get an empty value of their type."""
    cursor.execute(
        "select column_name, data_type from information_schema.columns"
        " where table_name = %s and is_nullable = 'NO' and column_default is null",
        [table],
    )
    empty = {"jsonb": "[]", "character varying": "", "text": "", "smallint": 0, "integer": 0}
    whole = {name: empty.get(kind, "") for name, kind in cursor.fetchall()} | values
    names = ", ".join(f'"{name}"' for name in whole)
    holes = ", ".join(["%s"] * len(whole))
    cursor.execute(f"insert into {table} ({names}) values ({holes})".encode(), [*whole.values()])


def make_tender(db: psycopg.Connection[Any], number: str, deadline: datetime) -> Tender:
    """A published tender that takes bids until the deadline."""
    scope, signed = f"{number}/1/0/000/1", {}
    for custodian in CUSTODIANS:
        signer = Ed25519PrivateKey.generate()
        made = seal.make_lot_keys(scope=scope, custodian=custodian, deadline=deadline)
        signature = b64u(seal.sign(signer, made.statement.encode()))
        signed[custodian] = (made.statement, seal.public_of(signer), signature)
    keys = keys_text(scope, signed)
    agency, tender, at = uuid.uuid4(), uuid.uuid4(), datetime.fromisoformat("2026-01-01T00:00Z")
    with db.cursor() as cursor:
        _fill(
            cursor,
            "jangteo_party_party",
            {"id": agency, "kind": "agency", "identifier": number[-7:], "region": "11",
             "name": "agency", "created_at": at},
        )  # fmt: skip
        _fill(
            cursor,
            "jangteo_tender_tender",
            {"id": tender, "number": number, "buyer_id": agency, "status": "active", "version": 0,
             "created_at": at, "created_by": uuid.uuid4()},
        )  # fmt: skip
        _fill(
            cursor,
            "jangteo_tender_noticeversion",
            {"id": uuid.uuid4(), "tender_id": tender, "version": 0, "lot": "1", "round": 0,
             "published_at": at, "published_by": agency, "bidding_from": at, "deadline": deadline,
             "opening_at": deadline.replace(year=deadline.year + 1), "base_amount": 1,
             "rules": json.dumps({}), "scope": scope, "keys": keys,
             "keys_hash": read_keys(keys).hash, "sealer_hash": "0" * 64},
        )  # fmt: skip
    return Tender(tender, number, keys, read_keys(keys).hash)


def make_requests(
    db: psycopg.Connection[Any], var: Path, tender: Tender, *, first: int, count: int
) -> list[tuple[Ticket, seal.SealedEnvelope, bytes]]:
    """Tickets, sealed envelopes and HTTP bodies of `count` new suppliers."""
    key = (var / "secrets/ticket_key").read_text().strip()
    with db.cursor() as cursor:
        cursor.execute(PEOPLE, {"first": first, "last": first + count - 1})
        people = cursor.fetchall()
    agent = seal.fresh_signing_key()
    made = []
    for supplier, identifier in people:
        ticket = Ticket(
            tender.id, tender.number, "1", 0, 0, supplier, identifier, supplier,
            seal.public_of(agent), 1, tender.keys_hash, int((time.time() + 900) * 1000),
        )  # fmt: skip
        sealed = seal.seal_bid(
            context=seal.BidContext(tender.number, "1", 0, 0, identifier),
            keys_statement=tender.keys,
            price=1_000_000_000,
            picks=(3, 11),
            agent_private=agent,
        )
        body = {
            "ticket": write_ticket(ticket, key=key),
            "envelope": b64u(sealed.envelope),
            "signature": b64u(sealed.signature),
        }
        made.append((ticket, sealed, json.dumps(body).encode()))
    return made
