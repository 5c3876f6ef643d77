"""What custodians and officers sign, in canonical form, and how a signature is checked.

Officers and bidding agents sign with P-256 (raw r‖s, 64 bytes; public key an uncompressed point of
65 bytes), custodians' processes with Ed25519 (64 bytes; 32 bytes). The key's length tells which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from jangteo.ground.errors import N_, Refusal
from jangteo.records.vault.canonical import b64u, canonical, digest, read_canonical, unb64u

CUSTODIANS = ("officer", "platform", "audit")
LOT_KEYS, KEYS = "jangteo/lot-keys/1", "jangteo/keys/1"
RELEASE, RELEASED = "jangteo/release/1", "jangteo/released/1"
SHARE_CHECK = "jangteo/share-check/1"

SigningKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def public_of(private: SigningKey) -> str:
    """The public half of a signing key in base64url."""
    form = serialization.PublicFormat
    if isinstance(private, ec.EllipticCurvePrivateKey):
        point = private.public_key().public_bytes(
            serialization.Encoding.X962, form.UncompressedPoint
        )
        return b64u(point)
    return b64u(private.public_key().public_bytes(serialization.Encoding.Raw, form.Raw))


def sign(private: SigningKey, message: bytes) -> bytes:
    """64 bytes: ECDSA P-256 with SHA-256 as r‖s, or Ed25519."""
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(message)
    r, s = decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def verify(public_key: str, message: bytes, signature: bytes) -> bool:
    """Whether a signature holds; a malformed key or signature simply does not."""
    try:
        raw = unb64u(public_key)
        if len(signature) != 64:
            return False
        if len(raw) == 32:
            ed25519.Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)
            return True
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
        r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return len(raw) == 65


def moment(at: datetime) -> str:
    """A moment in UTC as it stands in statements: "2026-11-24T01:00:00Z"."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def lot_keys_text(
    *, scope: str, custodian: str, deadline: str, price: bytes, documents: bytes
) -> str:
    """What a custodian signs about its public keys for a scope."""
    fields = {
        "v": LOT_KEYS, "scope": scope, "custodian": custodian, "deadline": deadline,
        "price": b64u(price), "documents": b64u(documents),
    }  # fmt: skip
    return canonical(fields).decode()


def release_text(*, scope: str, deadline: datetime, root: str, count: int) -> str:
    """What the contract officer and the opening officer sign to ask for the price keys.

    root: Merkle root (hex) of the closed set of envelopes; count: how many it holds.
    """
    fields = {
        "v": RELEASE, "scope": scope, "deadline": moment(deadline), "root": root, "count": count,
    }  # fmt: skip
    return canonical(fields).decode()


def released_text(*, scope: str, custodian: str, price_private: str) -> str:
    """What a custodian signs when it gives its private price key."""
    fields = {"v": RELEASED, "scope": scope, "custodian": custodian, "price": price_private}
    return canonical(fields).decode()


def share_check_text(*, envelope_hash: str, custodian: str, sound: bool, reason: str) -> str:
    """What a custodian signs about its own share of a sealed bid."""
    fields = {
        "v": SHARE_CHECK, "envelope": envelope_hash, "custodian": custodian,
        "sound": int(sound), "reason": reason,
    }  # fmt: skip
    return canonical(fields).decode()


def read_statement(text: str, *, kind: str, fields: frozenset[str]) -> dict[str, Any]:
    """A statement's fields; Refusal vault.statement.form unless it has exactly those fields."""
    try:
        value = read_canonical(text.encode("ascii"))
        if not isinstance(value, dict) or value.get("v") != kind or set(value) - {"v"} != fields:
            raise ValueError("other fields")
    except ValueError as error:
        raise Refusal(
            "vault.statement.form",
            N_("The signed statement is not in the published form."),
            repair=N_("Reload the page and sign again; see docs/envelope.md, section 5."),
            status=400,
        ) from error
    return value


LOT_FIELDS = frozenset({"scope", "custodian", "deadline", "price", "documents"})
RELEASE_FIELDS = frozenset({"scope", "deadline", "root", "count"})


@dataclass(frozen=True, slots=True)
class KeysStatement:
    """The three custodians' signed keys of a scope; every envelope names its hash.

    price, documents: custodian to X25519 public key; signers: custodian to signing key (base64url)
    """

    text: str
    hash: str
    scope: str
    deadline: str
    price: Mapping[str, bytes]
    documents: Mapping[str, bytes]
    signers: Mapping[str, str]


def keys_text(scope: str, signed: Mapping[str, tuple[str, str, str]]) -> str:
    """The statement of three: custodian to (statement, signer's key, signature)."""
    keys = []
    for custodian in CUSTODIANS:
        statement, signer, signature = signed[custodian]
        fields = read_statement(statement, kind=LOT_KEYS, fields=LOT_FIELDS)
        keys.append({"statement": fields, "signer": signer, "signature": signature})
    return canonical({"v": KEYS, "scope": scope, "keys": keys}).decode()


def _refuse_keys(text: str) -> Refusal:
    return Refusal(
        "vault.keys.unsound",
        text,
        repair=N_("Do not seal with these keys; tell the agency and the platform."),
    )


def strangers(signers: Mapping[str, str], identities: Mapping[str, str]) -> list[str]:
    """The custodians whose keys another has signed than who is enrolled; the officer is a person.

    signers, identities: custodian to public signing key.
    """
    return [
        name for name in CUSTODIANS
        if name != "officer" and name in signers and identities.get(name, "") != signers[name]
    ]  # fmt: skip


def stranger(found: Sequence[str]) -> Refusal:
    """What is said of keys that another than the enrolled custodian has signed."""
    return Refusal(
        "vault.keys.stranger",
        N_("The keys of a custodian are not signed by the one that is enrolled: {custodians}."),
        repair=N_("Do not use these keys; tell the platform's operator and the auditor."),
        status=409,
        custodians=", ".join(found),
    )


def refuse_strangers(signers: Mapping[str, str], identities: Mapping[str, str]) -> None:
    """Refusal vault.keys.stranger if a custodian's keys are signed by another than the enrolled."""
    if found := strangers(signers, identities):
        raise stranger(found)


@lru_cache(maxsize=256)
def read_keys(text: str) -> KeysStatement:
    """The keys behind a statement of three; Refusal vault.keys.unsound unless all signatures hold.

    The same scope and deadline must stand in all three.
    """
    whole = read_statement(text, kind=KEYS, fields=frozenset({"scope", "keys"}))
    price, documents, signers, deadlines = {}, {}, {}, set()
    try:
        for custodian, entry in zip(CUSTODIANS, whole["keys"], strict=True):
            said = entry["statement"]
            if set(entry) != {"statement", "signer", "signature"} or set(said) != {
                "v", *LOT_FIELDS
            }:  # fmt: skip
                raise ValueError("other fields")
            if said["v"] != LOT_KEYS or said["custodian"] != custodian:
                raise ValueError("another custodian's statement")
            if said["scope"] != whole["scope"]:
                raise ValueError("another scope")
            if not verify(entry["signer"], canonical(said), unb64u(entry["signature"], 64)):
                raise ValueError("a signature does not hold")
            price[custodian] = unb64u(said["price"], 32)
            documents[custodian] = unb64u(said["documents"], 32)
            signers[custodian] = entry["signer"]
            deadlines.add(said["deadline"])
    except (ValueError, TypeError, KeyError) as error:
        raise _refuse_keys(N_("The custodians' keys are not signed as they must be.")) from error
    if len(deadlines) != 1:
        raise _refuse_keys(N_("The custodians signed different deadlines."))
    return KeysStatement(
        text, digest(text.encode()), whole["scope"], deadlines.pop(),
        MappingProxyType(price), MappingProxyType(documents), MappingProxyType(signers),
    )  # fmt: skip
