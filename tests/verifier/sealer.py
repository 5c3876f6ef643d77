"""A sealer of its own, written from docs/envelope.md: it can also seal what no honest bidder would.

It shares nothing with the platform's sealer nor with the verifier.
"""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
NO_DOCUMENTS = hashlib.sha256(b"[]").hexdigest()


def b64u(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64u(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def payload(price: int, picks: tuple[int, int], manifest: str = NO_DOCUMENTS) -> bytes:
    head = price.to_bytes(8, "big") + bytes(picks) + secrets.token_bytes(32)
    return (head + bytes.fromhex(manifest)).ljust(256, b"\0")


def times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a * (b & 1)
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def price_keys(keys_statement: str) -> list[bytes]:
    return [unb64u(one["statement"]["price"]) for one in json.loads(keys_statement)["keys"]]


def seal(context: dict[str, Any], keys: list[bytes], content: bytes) -> bytes:
    """The envelope of a bid or a seed around any content of 256 bytes."""
    key, slope, iv = secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(12)
    named = "supplier" if "supplier" in context else "maker"
    bound = "manifest" if "supplier" in context else "commitment"
    names = ("v", "tender", "lot", "round", "version", named, bound)
    info = "\0".join(str(context[name]) for name in names)
    salts = [hmac.digest(key, b"jangteo/salt/1/%d" % i, "sha256") for i in range(4)]
    shares, sealed, commitments = [], [], []
    for i in (1, 2, 3):
        share = bytes(k ^ times(s, i) for k, s in zip(key, slope, strict=True)) + bytes([i])
        shares.append(share)
        hashed = hashlib.sha256(b"jangteo/share/1" + salts[i] + share)
        commitments.append(hashed.hexdigest())
        public = X25519PublicKey.from_public_bytes(keys[i - 1])
        both = SUITE.encrypt(share + salts[i], public, info=f"{info}\0{i}".encode())
        sealed.append({"enc": b64u(both[:32]), "ct": b64u(both[32:])})
    committed = hashlib.sha256(b"jangteo/key/1" + salts[0] + key).hexdigest()
    body = iv + AESGCM(key).encrypt(iv, content, canonical(context))
    return canonical(
        {
            **context,
            "body": b64u(body),
            "shares": sealed,
            "commit": {"key": committed, "shares": commitments},
        }
    )
