"""The form of an envelope, version 1: what both sealing and opening must agree on."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from jangteo.ground.errors import N_
from jangteo.records.vault.canonical import canonical, digest, read_canonical, unb64u
from jangteo.records.vault.statements import CUSTODIANS

BID, SEED = "jangteo/envelope/1", "jangteo/seed/1"
PAYLOAD, KEY, IV, TAG, SHARE = 256, 32, 12, 16, 33
LOWEST_PRICE, HIGHEST_PRICE, NUMBERS = 1, 10**15, 15
EMPTY_MANIFEST = digest(b"[]")
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

#: The numbered mechanical checks: why an envelope is void (docs/envelope.md, section 7).
CHECKS = {
    "V01": N_("The envelope is not in the published form."),
    "V02": N_("The envelope names another notice, notice version or bidder."),
    "V03": N_("The envelope was sealed to other keys than the notice's."),
    "V04": N_("Fewer than two of the three shares of its key can be opened."),
    "V05": N_("A share of its key is not the one committed to."),
    "V06": N_("The key that the shares give is not the one committed to."),
    "V07": N_("The sealed content does not open with its key."),
    "V08": N_("There is something in the padding."),
    "V09": N_("The price is not between 1 and 1,000,000,000,000,000 won."),
    "V10": N_("The picks are not two different numbers from 1 to 15."),
    "V11": N_("The documents named inside are not those named outside."),
}

_SEALED = {"body", "shares", "commit", "keys", "tender", "lot", "round", "version", "v"}
_FIELDS = {BID: _SEALED | {"supplier", "manifest"}, SEED: _SEALED | {"maker", "commitment"}}


@dataclass(frozen=True, slots=True)
class BidContext:
    """What a bid's envelope is bound to. supplier: its identifier; manifest: SHA-256 in hex."""

    tender: str
    lot: str
    round: int
    version: int
    supplier: str
    manifest: str = EMPTY_MANIFEST


@dataclass(frozen=True, slots=True)
class Envelope:
    """A parsed envelope. maker: supplier or seed maker; about: manifest or seed commitment (hex)

    shares: HPKE's encapsulated key followed by its ciphertext, for the three custodians in order.
    """

    kind: str
    tender: str
    lot: str
    round: int
    version: int
    maker: str
    about: str
    keys: str
    body: bytes
    shares: tuple[bytes, ...]
    key_commitment: str
    share_commitments: tuple[str, ...]

    @property
    def scope(self) -> str:
        """Tender, lot, round and version; the attempt is told by the key set."""
        return f"{self.tender}/{self.lot}/{self.round}/{self.version:03d}"


def context_of(
    kind: str, *, scope: tuple[str, str, int, int], maker: str, about: str, keys: str
) -> dict[str, str | int]:
    """The fields an envelope is bound to, as they stand in it."""
    tender, lot, round_, version = scope
    names = ("supplier", "manifest") if kind == BID else ("maker", "commitment")
    return {
        "v": kind, "tender": tender, "lot": lot, "round": round_, "version": version,
        names[0]: maker, names[1]: about, "keys": keys,
    }  # fmt: skip


def split_scope(scope: str) -> tuple[str, str, int, int]:
    """Tender, lot, round, version of "<tender>/<lot>/<round>/<version>[/<attempt>]"."""
    tender, lot, round_, version = scope.split("/")[:4]
    return tender, lot, int(round_), int(version)


def context(envelope: Envelope) -> dict[str, str | int]:
    """The context of a parsed envelope."""
    scope = (envelope.tender, envelope.lot, envelope.round, envelope.version)
    return context_of(
        envelope.kind, scope=scope, maker=envelope.maker, about=envelope.about, keys=envelope.keys
    )


def additional_data(fields: dict[str, str | int]) -> bytes:
    """The body's additional data: the canonical context."""
    return canonical(fields)


def info(fields: dict[str, str | int], place: int) -> bytes:
    """HPKE's info for share `place` (1, 2, 3): kind and context joined by zero bytes."""
    names = ("supplier", "manifest") if fields["v"] == BID else ("maker", "commitment")
    parts = ("v", "tender", "lot", "round", "version", *names)
    return b"\0".join(str(part).encode() for part in (*(fields[name] for name in parts), place))


def salt(key: bytes, place: int) -> bytes:
    """The salt of a share's commitment (1, 2, 3) or of the key's (0), derived from the key."""
    return hmac.digest(key, b"jangteo/salt/1/" + str(place).encode(), "sha256")


def share_commitment(salt_: bytes, share: bytes) -> str:
    """The salted hash of a share, hex."""
    return hashlib.sha256(b"jangteo/share/1" + salt_ + share).hexdigest()


def key_commitment(key: bytes) -> str:
    """The salted hash of a content key, hex."""
    return hashlib.sha256(b"jangteo/key/1" + salt(key, 0) + key).hexdigest()


def seed_commitment(seed: bytes, nonce: bytes) -> str:
    """What is published of a seed: SHA-256 over it and a nonce, hex."""
    return hashlib.sha256(b"jangteo/seed/1" + seed + nonce).hexdigest()


def _text(value: Any, *, longest: int = 40) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= longest or not value.isprintable():
        raise ValueError("a short text is expected")
    return value


def _hash(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 64 or set(value) - set("0123456789abcdef"):
        raise ValueError("a SHA-256 in lower-case hex is expected")
    return value


def _small(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= 999:
        raise ValueError("a small number is expected")
    return value


def _sealed_share(value: Any) -> bytes:
    if not isinstance(value, dict) or set(value) != {"enc", "ct"}:
        raise ValueError("a share has enc and ct")
    return unb64u(value["enc"], 32) + unb64u(value["ct"], SHARE + 32 + TAG)


def parse(data: bytes) -> Envelope:
    """An envelope from its canonical bytes; ValueError says what is malformed."""
    value = read_canonical(data)
    kind = value.get("v") if isinstance(value, dict) else None
    if kind not in _FIELDS or set(value) != _FIELDS[kind]:
        raise ValueError("other fields than an envelope has")
    commit, shares = value["commit"], value["shares"]
    if not isinstance(commit, dict) or set(commit) != {"key", "shares"}:
        raise ValueError("commit has key and shares")
    if not isinstance(shares, list) or not isinstance(commit["shares"], list):
        raise ValueError("shares are a list")
    if len(shares) != len(CUSTODIANS) or len(commit["shares"]) != len(CUSTODIANS):
        raise ValueError("there are three shares")
    return Envelope(
        kind, _text(value["tender"]), _text(value["lot"]), _small(value["round"]),
        _small(value["version"]), _text(value["supplier" if kind == BID else "maker"]),
        _hash(value["manifest" if kind == BID else "commitment"]), _hash(value["keys"]),
        unb64u(value["body"], IV + PAYLOAD + TAG), tuple(_sealed_share(share) for share in shares),
        _hash(commit["key"]), tuple(_hash(one) for one in commit["shares"]),
    )  # fmt: skip
