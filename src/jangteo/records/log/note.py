"""Checkpoints as C2SP signed notes: what witnesses and anybody else verify.

Text: origin, size, root in base64 and "at <moment>", each on a line. Then an empty line and the
signature line "— <name> <base64 of key hash (4 bytes) and Ed25519 signature>"; see
c2sp.org/tlog-checkpoint.
"""

import base64
import hashlib
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

_ED25519 = b"\x01"


def origin(site_url: str) -> str:
    """The log's name: "<host>/log" of the site that publishes it."""
    return f"{urlsplit(site_url).netloc}/log"


def key_hash(name: str, public: bytes) -> bytes:
    """The four bytes that tell keys of one name apart."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(name: str, key: Ed25519PrivateKey) -> str:
    """The public key as witnesses configure it: "<name>+<key hash>+<key>"."""
    public = key.public_key().public_bytes_raw()
    coded = base64.b64encode(_ED25519 + public).decode()
    return f"{name}+{key_hash(name, public).hex()}+{coded}"


def load_key(pem: bytes) -> Ed25519PrivateKey:
    """A signing key from its PEM file; ValueError unless it is Ed25519."""
    key = load_pem_private_key(pem, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("an Ed25519 key is expected")
    return key


def checkpoint(name: str, *, size: int, root: bytes, at: datetime, key: Ed25519PrivateKey) -> str:
    """A signed checkpoint over the tree of `size` leaves."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"{name}\n{size}\n{base64.b64encode(root).decode()}\nat {moment}\n"
    public = key.public_key().public_bytes_raw()
    signed = key_hash(name, public) + key.sign(text.encode())
    return f"{text}\n\N{EM DASH} {name} {base64.b64encode(signed).decode()}\n"


def read_checkpoint(note: str, verifier: str) -> tuple[int, bytes] | None:
    """Size and root of a checkpoint, or None unless this verifier key signed it."""
    name, hashed, coded = verifier.split("+", 2)
    public = base64.b64decode(coded)[1:]
    text, _, lines = note.partition("\n\n")
    text += "\n"
    first, size, root = text.split("\n")[:3]
    if first != name:
        return None
    for line in lines.splitlines():
        dash, _, rest = line.partition(" ")
        who, _, signed = rest.partition(" ")
        raw = base64.b64decode(signed)
        if dash != "\N{EM DASH}" or who != name or raw[:4].hex() != hashed:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
        except InvalidSignature:
            return None
        return int(size), base64.b64decode(root)
    return None
