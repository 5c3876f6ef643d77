"""Make keys, seal a bid or a seed: what anybody may do, with public keys only.

The browser's envelope.js does the same; docs/envelope.md describes both.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jangteo.ground.errors import N_, Refusal
from jangteo.records.vault import form, shamir
from jangteo.records.vault.canonical import b64u, canonical, digest
from jangteo.records.vault.form import BidContext
from jangteo.records.vault.statements import (
    CUSTODIANS,
    KeysStatement,
    lot_keys_text,
    moment,
    public_of,
    read_keys,
    sign,
    verify,
)

__all__ = [
    "BidContext", "LotKeys", "SealedEnvelope", "SealedSeed", "fresh_signing_key", "make_lot_keys",
    "public_of", "seal_bid", "seal_seed", "sealer_hash", "sign", "verify",
]  # fmt: skip

Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class LotKeys:
    """A custodian's fresh keys: the statement to sign, and the private halves to keep."""

    statement: str
    price_private: bytes
    document_private: bytes


@dataclass(frozen=True, slots=True)
class SealedEnvelope:
    """envelope: canonical bytes; hash: its SHA-256; signature: 64 bytes by agent_key."""

    envelope: bytes
    hash: bytes
    signature: bytes
    agent_key: str


@dataclass(frozen=True, slots=True)
class SealedSeed:
    """sealed: canonical JSON text; commitment: hex, published at once."""

    sealed: str
    commitment: str


@cache
def sealer_hash() -> str:
    """SHA-256 (hex) of the script that seals in the browser; published with every notice."""
    return digest((Path(__file__).parent / "static/vault/envelope.js").read_bytes())


def fresh_signing_key() -> ec.EllipticCurvePrivateKey:
    """A new P-256 key: an agent's for one bid, or an officer's to enrol."""
    return ec.generate_private_key(ec.SECP256R1())


def make_lot_keys(*, scope: str, custodian: str, deadline: datetime) -> LotKeys:
    """Two fresh X25519 key pairs for a scope and the statement about them, still unsigned."""
    price, documents = x25519.X25519PrivateKey.generate(), x25519.X25519PrivateKey.generate()
    text = lot_keys_text(
        scope=scope,
        custodian=custodian,
        deadline=moment(deadline),
        price=price.public_key().public_bytes_raw(),
        documents=documents.public_key().public_bytes_raw(),
    )
    return LotKeys(text, price.private_bytes_raw(), documents.private_bytes_raw())


def _seal(
    fields: dict[str, str | int], payload: bytes, keys: KeysStatement, chance: Chance
) -> bytes:
    key, iv = chance(form.KEY), chance(form.IV)
    padded = payload.ljust(form.PAYLOAD, b"\0")
    body = iv + AESGCM(key).encrypt(iv, padded, form.additional_data(fields))
    shares, commitments = [], []
    for custodian, share in zip(CUSTODIANS, shamir.split(key, chance), strict=True):
        salt = form.salt(key, share[-1])
        public = x25519.X25519PublicKey.from_public_bytes(keys.price[custodian])
        sealed = form.SUITE.encrypt(share + salt, public, info=form.info(fields, share[-1]))
        shares.append({"enc": b64u(sealed[:32]), "ct": b64u(sealed[32:])})
        commitments.append(form.share_commitment(salt, share))
    commit = {"key": form.key_commitment(key), "shares": commitments}
    return canonical({**fields, "body": b64u(body), "shares": shares, "commit": commit})


def _refuse(field: str, text: str) -> Refusal:
    return Refusal(f"vault.seal.{field}", text, field=field)


def bid_payload(price: int, picks: tuple[int, int], nonce: bytes, manifest: str) -> bytes:
    """Price (8 bytes, big-endian), two picks, nonce (32), manifest hash (32); Refusal if odd."""
    if not form.LOWEST_PRICE <= price <= form.HIGHEST_PRICE:
        raise _refuse("price", N_("The price must be between 1 and 1,000,000,000,000,000 won."))
    if len(set(picks)) != 2 or not all(1 <= pick <= form.NUMBERS for pick in picks):
        raise _refuse("picks", N_("Choose two different numbers from 1 to 15."))
    return price.to_bytes(8) + bytes(picks) + nonce + bytes.fromhex(manifest)


def seal_bid(
    *,
    context: BidContext,
    keys_statement: str,
    price: int,
    picks: tuple[int, int],
    agent_private: ec.EllipticCurvePrivateKey,
    chance: Chance = secrets.token_bytes,
) -> SealedEnvelope:
    """Seal a price in whole won and two numbers to the keys of the notice; sign the hash.

    Refusal vault.keys.unsound or vault.seal.scope when the keys are not the notice's own.
    """
    keys = read_keys(keys_statement)
    scope = (context.tender, context.lot, context.round, context.version)
    if form.split_scope(keys.scope) != scope:
        raise _refuse("scope", N_("These keys belong to another notice."))
    payload = bid_payload(price, picks, chance(32), context.manifest)
    fields = form.context_of(
        form.BID, scope=scope, maker=context.supplier, about=context.manifest, keys=keys.hash
    )
    envelope = _seal(fields, payload, keys, chance)
    hashed = hashlib.sha256(envelope).digest()
    return SealedEnvelope(envelope, hashed, sign(agent_private, hashed), public_of(agent_private))


def seal_seed(
    *, scope: str, maker: str, keys_statement: str, chance: Chance = secrets.token_bytes
) -> SealedSeed:
    """A fresh seed of 32 bytes, sealed to the scope's custodians like a bid, and its commitment."""
    keys = read_keys(keys_statement)
    if keys.scope != scope:
        raise _refuse("scope", N_("These keys belong to another notice."))
    seed, nonce = chance(32), chance(32)
    commitment = form.seed_commitment(seed, nonce)
    fields = form.context_of(
        form.SEED,
        scope=form.split_scope(scope),
        maker=maker,
        about=commitment,
        keys=keys.hash,
    )
    return SealedSeed(_seal(fields, seed + nonce, keys, chance).decode(), commitment)
