"""What a custodian asks of and tells the database, as its own role; no Django."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from jangteo.records.numbering.queries import new_id
from jangteo.records.vault.custody import ShareFinding
from jangteo.records.vault.seal import SealedSeed
from jangteo.records.vault.statements import (
    CUSTODIANS,
    KeysStatement,
    keys_text,
    read_keys,
    refuse_strangers,
)

Db = Connection[Any]


@dataclass(frozen=True, slots=True)
class UncheckedBid:
    """A sealed bid whose share this custodian has not opened yet.

    prefix: scope less attempt; keys_hash: the key set that its notice version published.
    """

    id: uuid.UUID
    envelope: bytes
    prefix: str
    supplier: str
    keys_hash: str


@dataclass(frozen=True, slots=True)
class StoredBid:
    """A sealed bid as it counts for the root. findings: (custodian, reason, signature) of "no"."""

    envelope: bytes
    hash: bytes
    agent_key: str
    signature: bytes
    findings: list[tuple[str, str, bytes]]


@dataclass(frozen=True, slots=True)
class InForce:
    """The notice version in force. buyer: the party that the tender belongs to."""

    tender: uuid.UUID
    buyer: uuid.UUID
    version: int
    deadline: datetime
    keys_hash: str


def now(db: Db) -> datetime:
    """The database's time."""
    row = db.execute("select jangteo_now()").fetchone()
    assert row is not None  # noqa: S101 - a select without from always returns a row
    at: datetime = row[0]
    return at


def enrol(db: Db, name: str, public_key: str) -> str:
    """Enrol a custodian's public key if none is; the one that is enrolled."""
    db.execute(
        "insert into jangteo_vault_identity (custodian, public_key, enrolled_at)"
        " values (%s, %s, jangteo_now()) on conflict do nothing",
        [name, public_key],
    )
    return identities(db)[name]


def identities(db: Db) -> dict[str, str]:
    """Custodian to enrolled public key."""
    return dict(db.execute("select custodian, public_key from jangteo_vault_identity").fetchall())


def keys_wanted(db: Db, name: str) -> list[tuple[str, datetime]]:
    """(scope, deadline) of requests that this custodian has not answered."""
    return db.execute(
        "select scope, deadline from jangteo_vault_keyrequest r where deadline > jangteo_now()"
        " and not exists (select from jangteo_vault_lotkey k"
        "                 where k.scope = r.scope and k.custodian = %s) order by asked_at",
        [name],
    ).fetchall()


def add_lot_key(db: Db, said: dict[str, str], text: str, signer: str, signature: str) -> bool:
    """Publish a custodian's signed keys; whether they are what is published now."""
    db.execute(
        "insert into jangteo_vault_lotkey (id, scope, custodian, price_key, document_key,"
        " statement, signer_key, signature, made_at)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, jangteo_now()) on conflict do nothing",
        [
            new_id(),
            said["scope"],
            said["custodian"],
            said["price"],
            said["documents"],
            text,
            signer,
            signature,
        ],
    )
    row = db.execute(
        "select statement, signer_key from jangteo_vault_lotkey"
        " where scope = %s and custodian = %s",
        [said["scope"], said["custodian"]],
    ).fetchone()
    return row == (text, signer)


def keys_of(db: Db, scope: str) -> KeysStatement | None:
    """The statement of three of a scope, or None while one is missing.

    Refusal vault.keys.unsound or vault.keys.stranger if it is not signed as it must be.
    """
    rows = db.execute(
        "select custodian, statement, signer_key, signature from jangteo_vault_lotkey"
        " where scope = %s",
        [scope],
    ).fetchall()
    signed = {custodian: (text, signer, made) for custodian, text, signer, made in rows}
    if len(signed) != len(CUSTODIANS):
        return None
    keys = read_keys(keys_text(scope, signed))
    refuse_strangers(keys.signers, identities(db))
    return keys


def seeds_wanted(db: Db) -> list[str]:
    """Scopes with three keys and no seed of the platform yet."""
    rows = db.execute(
        "select scope from jangteo_vault_keyrequest r where deadline > jangteo_now() and not exists"
        " (select from jangteo_vault_seed s where s.scope = r.scope and s.maker = 'platform')"
        " and 3 = (select count(*) from jangteo_vault_lotkey k where k.scope = r.scope)"
    )
    return [scope for (scope,) in rows]


def add_seed(db: Db, scope: str, seed: SealedSeed) -> None:
    """Publish the platform's sealed seed and its commitment."""
    db.execute(
        "insert into jangteo_vault_seed (id, scope, maker, sealed, commitment, made_at)"
        " values (%s, %s, 'platform', %s, %s, jangteo_now()) on conflict do nothing",
        [new_id(), scope, seed.sealed, seed.commitment],
    )


def unchecked(db: Db, name: str) -> list[UncheckedBid]:
    """The newest 500 sealed bids of tenders in force that this custodian has not checked.

    From the announced opening time on there is nothing to check any more: a bid found malformed
    after that could not be sent anew.
    """
    rows = db.execute(
        "select b.id, b.envelope, g.number, b.lot, b.round, b.version, p.identifier, n.keys_hash"
        " from jangteo_tender_gate g join jangteo_bid_sealedbid b on b.tender_id = g.tender_id"
        " join jangteo_tender_noticeversion n on n.tender_id = b.tender_id and n.lot = b.lot"
        "  and n.round = b.round and n.version = b.version"
        " join jangteo_party_party p on p.id = b.supplier_id"
        " where jangteo_now() < g.opening_at"
        "  and not exists (select from jangteo_bid_sharecheck c"
        "                   where c.bid_id = b.id and c.custodian = %s)"
        " order by b.recorded_at desc limit 500",
        [name],
    )
    return [
        UncheckedBid(bid, bytes(envelope), f"{number}/{lot}/{round_}/{version:03d}", supplier, keys)
        for bid, envelope, number, lot, round_, version, supplier, keys in rows
    ]


def add_checks(db: Db, name: str, found: list[tuple[uuid.UUID, ShareFinding]]) -> None:
    """Write what was found of this custodian's shares."""
    with db.cursor() as cursor:
        cursor.executemany(
            "insert into jangteo_bid_sharecheck (id, bid_id, custodian, sound, reason, signature,"
            " at) values (%s, %s, %s, %s, %s, %s, jangteo_now()) on conflict do nothing",
            [
                (new_id(), bid, name, finding.sound, finding.reason, finding.signature)
                for bid, finding in found
            ],
        )


def requests(db: Db, name: str) -> list[tuple[str, str, Any]]:
    """(scope, statement, signatures) of requests that this custodian has not met."""
    return db.execute(
        "select scope, statement, signatures from jangteo_vault_releaserequest r where not exists"
        " (select from jangteo_vault_release d where d.scope = r.scope and d.custodian = %s)",
        [name],
    ).fetchall()


def in_force(db: Db, tender: str, lot: str, round_: int) -> InForce | None:
    """The version of a notice that is in force, or None."""
    row = db.execute(
        "select tender_id, buyer_id, version, deadline, keys_hash from jangteo_tender_gate"
        " where number = %s and lot = %s and round = %s",
        [tender, lot, round_],
    ).fetchone()
    return InForce(*row) if row else None


def bids(db: Db, tender: uuid.UUID, lot: str, round_: int, version: int) -> list[StoredBid]:
    """Every sealed bid of a notice version with the findings against it."""
    rows = db.execute(
        "select b.envelope, b.hash, b.agent_key, b.signature, coalesce((select"
        " json_agg(json_build_array(c.custodian, c.reason, encode(c.signature, 'hex')))"
        " from jangteo_bid_sharecheck c where c.bid_id = b.id and not c.sound), '[]')"
        " from jangteo_bid_sealedbid b"
        " where b.tender_id = %s and b.lot = %s and b.round = %s and b.version = %s",
        [tender, lot, round_, version],
    )
    return [
        StoredBid(
            bytes(envelope), bytes(hashed), key, bytes(signature),
            [(name, reason, bytes.fromhex(signed)) for name, reason, signed in against],
        )
        for envelope, hashed, key, signature, against in rows
    ]  # fmt: skip


def signers(
    db: Db, accounts: list[str], buyer: uuid.UUID
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Enrolled keys and roles held in the buyer, by account id."""
    keys = db.execute(
        "select account_id::text, array_agg(public_key) from jangteo_account_signingkey"
        " where account_id::text = any(%s) and revoked_at is null group by 1",
        [accounts],
    ).fetchall()
    roles = db.execute(
        "select account_id::text, array_agg(role) from jangteo_account_membership"
        " where account_id::text = any(%s) and party_id = %s and since <= jangteo_now()"
        " and (until is null or until > jangteo_now()) group by 1",
        [accounts, buyer],
    ).fetchall()
    return (
        {account: frozenset(found) for account, found in keys},
        {account: frozenset(found) for account, found in roles},
    )


def add_release(db: Db, scope: str, name: str, private: str, signature: str) -> None:
    """Give the private price key; the database itself refuses it before the deadline."""
    db.execute(
        "insert into jangteo_vault_release (id, scope, custodian, price_private, signature,"
        " released_at) values (%s, %s, %s, %s, %s, jangteo_now()) on conflict do nothing",
        [new_id(), scope, name, private, signature],
    )


def add_refusal(db: Db, scope: str, name: str, code: str) -> bool:
    """Write a "no" unless the last one for this scope says the same; whether it was written."""
    row = db.execute(
        "insert into jangteo_vault_releaserefusal (id, scope, custodian, code, at)"
        " select %(id)s::uuid, %(scope)s::text, %(name)s::text, %(code)s::text, jangteo_now()"
        " where %(code)s::text is distinct from (select code from jangteo_vault_releaserefusal"
        "  where scope = %(scope)s and custodian = %(name)s order by at desc, id desc limit 1)"
        " returning id",
        {"id": new_id(), "scope": scope, "name": name, "code": code},
    ).fetchone()
    return row is not None
