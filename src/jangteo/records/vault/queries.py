"""Where custody stands: keys, seeds, requests, releases of a scope."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import x25519
from django.db import connection

from jangteo.ground.errors import N_, Refusal
from jangteo.records.vault.canonical import unb64u
from jangteo.records.vault.models import (
    Identity,
    KeyRequest,
    LotKey,
    OfficerKeyBackup,
    Release,
    ReleaseRefusal,
    ReleaseRequest,
    Seed,
)
from jangteo.records.vault.statements import (
    CUSTODIANS,
    KeysStatement,
    keys_text,
    read_keys,
    refuse_strangers,
    released_text,
    strangers,
    verify,
)

MAKERS = ("agency", "platform")


@dataclass(frozen=True, slots=True)
class LotKeyRow:
    """A custodian's signed keys for a scope; byte strings in base64url."""

    custodian: str
    price_key: str
    document_key: str
    statement: str
    signer_key: str
    signature: str
    made_at: datetime
    deadline: datetime


@dataclass(frozen=True, slots=True)
class CustodyState:
    """What of a scope's custody is there. seeds: maker to commitment (hex).

    complete: three keys and two seeds, and nobody in strangers: the custodians whose keys another
    has signed than the enrolled; deadline: as asked of the custodians, None before that.
    """

    scope: str
    deadline: datetime | None
    keys: dict[str, LotKeyRow]
    seeds: dict[str, str]
    complete: bool
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A custodian and the Ed25519 key that it signs everything with, base64url."""

    custodian: str
    public_key: str
    enrolled_at: datetime


def identities() -> list[IdentityRow]:
    """The enrolled custodians, in their order: what outsiders compare signers with."""
    rows = {row.custodian: row for row in Identity.objects.all()}
    found = [rows[name] for name in CUSTODIANS if name in rows]
    return [IdentityRow(row.custodian, row.public_key, row.enrolled_at) for row in found]


def _enrolled() -> dict[str, str]:
    return {row.custodian: row.public_key for row in identities()}


def _row(key: LotKey) -> LotKeyRow:
    deadline = datetime.fromisoformat(json.loads(key.statement)["deadline"])
    return LotKeyRow(
        key.custodian, key.price_key, key.document_key, key.statement, key.signer_key,
        key.signature, key.made_at, deadline,
    )  # fmt: skip


def lot_keys(scope: str) -> dict[str, LotKeyRow]:
    """The keys made so far, by custodian in their order."""
    rows = {key.custodian: _row(key) for key in LotKey.objects.filter(scope=scope)}
    return {name: rows[name] for name in CUSTODIANS if name in rows}


def custody_state(scope: str) -> CustodyState:
    """How far custody of a scope is."""
    asked = KeyRequest.objects.filter(scope=scope).first()
    keys = lot_keys(scope)
    found = Seed.objects.filter(scope=scope).order_by("maker")
    seeds = dict(found.values_list("maker", "commitment"))
    signers = {name: row.signer_key for name, row in keys.items()}
    wrong = tuple(strangers(signers, _enrolled()))
    complete = len(keys) == len(CUSTODIANS) and set(seeds) == set(MAKERS) and not wrong
    return CustodyState(scope, asked.deadline if asked else None, keys, seeds, complete, wrong)


def keys_statement(scope: str) -> KeysStatement:
    """The three signed statements in one text and its hash.

    Refusal while one is missing, or if another than the enrolled custodian has signed one.
    """
    rows = lot_keys(scope)
    if len(rows) != len(CUSTODIANS):
        raise Refusal(
            "vault.keys.incomplete",
            N_("Not all three custodians have made their keys for this notice yet."),
            repair=N_("Wait a moment, and let the opening officer make the agency's keys."),
            status=409,
        )
    signed = {name: (row.statement, row.signer_key, row.signature) for name, row in rows.items()}
    keys = read_keys(keys_text(scope, signed))
    refuse_strangers(keys.signers, _enrolled())
    return keys


def officer_backup(scope: str) -> str:
    """The officer's wrapped private keys, or "" if the officer keeps them elsewhere."""
    found = OfficerKeyBackup.objects.filter(scope=scope).first()
    return found.wrapped if found else ""


def seeds(scope: str) -> dict[str, tuple[str, str]]:
    """Maker to (sealed seed, commitment)."""
    rows = Seed.objects.filter(scope=scope).values_list("maker", "sealed", "commitment")
    return {maker: (sealed, commitment) for maker, sealed, commitment in rows}


def release_request(scope: str) -> dict[str, Any] | None:
    """statement (text), signatures and asked_at of the request, or None."""
    row = ReleaseRequest.objects.filter(scope=scope).first()
    if row is None:
        return None
    return {"statement": row.statement, "signatures": row.signatures, "asked_at": row.asked_at}


def releases(scope: str) -> dict[str, bytes]:
    """Custodian to the private price key it has given, as far as it is what it published."""
    return {row["custodian"]: unb64u(row["price_private"]) for row in released(scope)}


def release_refusals(scope: str) -> list[tuple[str, str, datetime]]:
    """(custodian, code, when) of every "no" so far, oldest first."""
    rows = ReleaseRefusal.objects.filter(scope=scope).order_by("at", "id")
    return list(rows.values_list("custodian", "code", "at"))


def released(scope: str) -> list[dict[str, str]]:
    """The releases that count, by custodian: private key and signature in base64url.

    A row whose key is not the published one's half, or is not signed by its custodian, does not.
    """
    keys = lot_keys(scope)
    return [
        {
            "custodian": row.custodian,
            "price_private": row.price_private,
            "signature": row.signature,
        }
        for row in Release.objects.filter(scope=scope).order_by("custodian")
        if row.custodian in keys and _given(row, keys[row.custodian])
    ]


def _given(row: Release, own: LotKeyRow) -> bool:
    try:
        private = unb64u(row.price_private, 32)
        signature = unb64u(row.signature, 64)
        published = unb64u(json.loads(own.statement)["price"], 32)
    except ValueError:
        return False
    public = x25519.X25519PrivateKey.from_private_bytes(private).public_key()
    said = released_text(scope=row.scope, custodian=row.custodian, price_private=row.price_private)
    return public.public_bytes_raw() == published and verify(
        own.signer_key, said.encode(), signature
    )


def silent_custodians() -> list[str]:
    """The custodians whose own process holds no connection to this database at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select replace(usename, current_database() || '_custodian_', '')"
            " from pg_stat_activity where datname = current_database()"
        )
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in ("platform", "audit") if name not in present]
