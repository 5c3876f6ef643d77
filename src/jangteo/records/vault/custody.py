"""One custodian's own keys: only the custodian's process may import this. No database here.

Everything a custodian owns grows from one secret of at least 32 bytes: the Ed25519 key that it
signs with, and the key under which it keeps each lot's private halves in its own folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jangteo.ground.errors import Fault, Refusal
from jangteo.records.vault import form, opened, seal
from jangteo.records.vault.canonical import b64u, canonical, digest, read_canonical, unb64u
from jangteo.records.vault.opened import Unsound
from jangteo.records.vault.statements import (
    RELEASE,
    RELEASE_FIELDS,
    public_of,
    read_statement,
    released_text,
    share_check_text,
    sign,
    verify,
)

ROLES = ("contract_officer", "opening_officer")


@dataclass(frozen=True, slots=True)
class Custodian:
    """Who a custodian is: its name, what it signs with, what it wraps with."""

    name: str
    signing: Ed25519PrivateKey = field(repr=False)
    wrapping: bytes = field(repr=False)

    @property
    def public_key(self) -> str:
        """What its signatures are checked with, base64url."""
        return public_of(self.signing)

    def sign(self, text: str) -> bytes:
        """Its signature over a statement."""
        return sign(self.signing, text.encode())


@dataclass(frozen=True, slots=True)
class Lot:
    """A scope's keys and the deadline it signed for them: its own record, not the database's.

    released: SHA-256 (hex) of the one request it has answered with its key, or "".
    """

    scope: str
    deadline: str
    statement: str
    price_private: bytes = field(repr=False)
    document_private: bytes = field(repr=False)
    released: str = ""

    @property
    def until(self) -> datetime:
        """The signed deadline."""
        return datetime.fromisoformat(self.deadline)


def custodian(name: str, secret: bytes) -> Custodian:
    """The custodian behind a key file's bytes; Fault if they are too few to be a secret."""
    if len(secret) < 32:
        raise Fault("a custodian's key file holds at least 32 bytes")

    def derive(purpose: str) -> bytes:
        info = f"jangteo/custodian/1/{name}/{purpose}".encode()
        return HKDF(hashes.SHA256(), length=32, salt=None, info=info).derive(secret)

    signing = Ed25519PrivateKey.from_private_bytes(derive("sign"))
    return Custodian(name, signing, derive("wrap"))


def make_lot(own: Custodian, scope: str, deadline: datetime) -> Lot:
    """Fresh keys for a scope, bound to the deadline asked for."""
    keys = seal.make_lot_keys(scope=scope, custodian=own.name, deadline=deadline)
    said = read_canonical(keys.statement.encode())
    return Lot(scope, said["deadline"], keys.statement, keys.price_private, keys.document_private)


def wrap(own: Custodian, lot: Lot, iv: bytes) -> str:
    """A lot as it lies in the custodian's folder: AES-256-GCM under its own key; iv: 12 bytes."""
    plain = canonical(
        {
            "scope": lot.scope,
            "deadline": lot.deadline,
            "statement": lot.statement,
            "price": b64u(lot.price_private),
            "documents": b64u(lot.document_private),
            "released": lot.released,
        }
    )
    sealed = AESGCM(own.wrapping).encrypt(iv, plain, own.name.encode())
    return canonical({"v": "jangteo/lot/1", "iv": b64u(iv), "ct": b64u(sealed)}).decode()


def unwrap(own: Custodian, text: str) -> Lot:
    """A lot from the custodian's folder; InvalidTag or ValueError if it was changed."""
    outer = read_canonical(text.encode())
    plain = AESGCM(own.wrapping).decrypt(
        unb64u(outer["iv"]), unb64u(outer["ct"]), own.name.encode()
    )
    said = read_canonical(plain)
    return Lot(
        said["scope"], said["deadline"], said["statement"], unb64u(said["price"]),
        unb64u(said["documents"]), said["released"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShareFinding:
    """What a custodian found of its own share of one sealed bid. reason: "" or the check."""

    sound: bool
    reason: str
    signature: bytes


def check_share(
    own: Custodian, lot: Lot, *, envelope: bytes, supplier: str, keys_hash: str
) -> ShareFinding:
    """Open one's own share as soon as the bid is in, so that its bidder can still send another."""
    reason = ""
    try:
        parsed = form.parse(envelope)
        names = form.split_scope(parsed.scope) == form.split_scope(lot.scope)
        if not names or (parsed.kind, parsed.maker) != (form.BID, supplier):
            raise Unsound(opened.NAMES)
        if parsed.keys != keys_hash:
            raise Unsound(opened.KEYS)
        opened.own_share(parsed, own.name, lot.price_private)
    except Unsound as unsound:
        reason = unsound.check
    except (ValueError, TypeError):
        reason = opened.FORM
    said = share_check_text(
        envelope_hash=digest(envelope), custodian=own.name, sound=not reason, reason=reason
    )
    return ShareFinding(not reason, reason, own.sign(said))


@dataclass(frozen=True, slots=True)
class Request:
    """A release request as it lies in the database."""

    scope: str
    statement: str
    signatures: Any


@dataclass(frozen=True, slots=True)
class Facts:
    """What a custodian sees for itself when it is asked.

    now: the database's time; deadline: the one in force for this very notice version, None if the
    notice is not in force; keys_hash_matches: the notice names the keys that the custodian signed;
    root, count: its own recomputation over the sealed bids; enrolled, roles: by account id, the
    keys enrolled and the roles held in the tender's buyer.
    """

    now: datetime
    deadline: datetime | None
    keys_hash_matches: bool
    root: str
    count: int
    enrolled: Mapping[str, frozenset[str]]
    roles: Mapping[str, frozenset[str]]


def refusal(lot: Lot, request: Request, facts: Facts) -> str:
    """Why a custodian says no, as a stable code; "" when it will release."""
    try:
        said = read_statement(request.statement, kind=RELEASE, fields=RELEASE_FIELDS)
        signers = [
            (one["role"], one["account"], one["key"], unb64u(one["signature"], 64))
            for one in request.signatures
        ]
    except (Refusal, KeyError, TypeError, ValueError, AttributeError):
        return "form"
    if lot.released and lot.released != digest(request.statement.encode()):
        return "second_request"
    if said["scope"] != lot.scope or request.scope != lot.scope:
        return "other_scope"
    if facts.now < lot.until:
        return "before_deadline"
    if facts.deadline is None or not facts.keys_hash_matches:
        return "not_in_force"
    if said["deadline"] != lot.deadline or facts.deadline != lot.until:
        return "deadline_differs"
    code = _signers(signers, request.statement, facts)
    if code:
        return code
    return "" if (said["root"], said["count"]) == (facts.root, facts.count) else "root_differs"


def _signers(signers: list[tuple[str, str, str, bytes]], statement: str, facts: Facts) -> str:
    if sorted(role for role, *_ in signers) != sorted(ROLES):
        return "roles"
    if len({one[1] for one in signers}) < len(ROLES) or len({one[2] for one in signers}) < 2:
        return "one_person"
    for role, account, key, signature in signers:
        if key not in facts.enrolled.get(account, frozenset()):
            return "key_not_enrolled"
        if role not in facts.roles.get(account, frozenset()):
            return "role_not_held"
        if not verify(key, statement.encode(), signature):
            return "signature"
    return ""


def give(own: Custodian, lot: Lot) -> tuple[str, str]:
    """The private price key and the signature over giving it, both base64url."""
    private = b64u(lot.price_private)
    text = released_text(scope=lot.scope, custodian=own.name, price_private=private)
    return private, b64u(own.sign(text))
