"""The receipt: a signed promise about one envelope, made for a whole group with one signature.

A receipt is {"leaf", "index", "size", "path", "key", "signature"}; `leaf` is what is promised.
The signature (Ed25519) covers the group's size and the Merkle root over the canonical leaves, and
`path` leads from the leaf to that root. Everything is text and whole numbers, so the canonical
bytes are the same whoever writes them.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jangteo.records.log import merkle
from jangteo.records.vault.canonical import b64u, canonical, unb64u

VERSION = "jangteo/receipt/1"
GROUP = "jangteo/receipt-group/1"

#: Thirty-two syllables that are hard to mishear; six of them make 30 bits of a hash.
SYLLABLES = "가나다라마바사자하거너더러머버서저허고노도로모보소조호구누두루무"


def moment(at: datetime) -> str:
    """A moment as receipts write it: UTC with microseconds, 2026-11-24T01:00:00.000000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def check_phrase(digest: bytes) -> str:
    """What two people compare by telephone: "나다-라마-바사" from the first 30 bits."""
    bits = int.from_bytes(digest[:4], "big") >> 2
    letters = "".join(SYLLABLES[bits >> shift & 31] for shift in range(25, -1, -5))
    return "-".join(letters[at : at + 2] for at in (0, 2, 4))


def public_text(key: Ed25519PrivateKey) -> str:
    """The public half as published: 32 bytes in base64url."""
    return b64u(key.public_key().public_bytes_raw())


def _signed(size: int, root: bytes) -> bytes:
    return canonical({"v": GROUP, "size": size, "root": root.hex()})


def make_receipts(leaves: Sequence[dict[str, Any]], key: Ed25519PrivateKey) -> list[dict[str, Any]]:
    """One receipt for each leaf, in order; `leaves` are the promises without their "v"."""
    whole = [{"v": VERSION, **leaf} for leaf in leaves]
    span = merkle.span_of([merkle.leaf_hash(canonical(leaf)) for leaf in whole])
    size = len(whole)
    signature = b64u(key.sign(_signed(size, merkle.root_of(span, size))))
    name = public_text(key)
    return [
        {
            "leaf": leaf,
            "index": index,
            "size": size,
            "path": [b64u(node) for node in merkle.path_of(span, index, size)],
            "key": name,
            "signature": signature,
        }
        for index, leaf in enumerate(whole)
    ]


def verify_receipt(receipt: dict[str, Any], *, public_key: str) -> bool:
    """Whether this key promised this leaf; the receipt's own "key" is not believed."""
    size = receipt["size"]
    root = merkle.root_by_path(
        merkle.leaf_hash(canonical(receipt["leaf"])),
        index=receipt["index"],
        size=size,
        path=[unb64u(text) for text in receipt["path"]],
    )
    if root is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(unb64u(public_key)).verify(
            unb64u(receipt["signature"]), _signed(size, root)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def digest_of(envelope: bytes) -> bytes:
    """The hash of an envelope: SHA-256 of its canonical bytes."""
    return hashlib.sha256(envelope).digest()
