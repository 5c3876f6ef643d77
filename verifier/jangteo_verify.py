#!/usr/bin/env python3
"""Recompute the result of a Jangteo opening from its published bundle, without the platform.

    python jangteo_verify.py bundle.json [--json] [--ko] [--sha256 HASH]

Exit 0: everything that can be recomputed is equal. 1: something differs. 2: the bundle cannot be
read. Needs Python 3.11 and the package `cryptography`; no network. Written from the documents
`bundle.md`, `envelope.md` and `rules/`; it shares no code with the platform. All figures are whole
numbers and exact fractions.
"""

import argparse
import base64
import contextlib
import hashlib
import hmac
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil, floor
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

VERSION = "1.0"
CUSTODIANS = ("officer", "platform", "audit")
#: in the order in which pairs of shares are tried: platform and audit first
PAIRS = (("platform", "audit"), ("officer", "platform"), ("officer", "audit"))
MAKERS = ("agency", "platform")
SIGNERS = ("contract_officer", "opening_officer")
DRAWN = (
    "rates_from", "prices", "drawn", "supplied", "reserve_price", "floor_price", "ranking",
)  # fmt: skip
HIGHEST_PRICE = 10**15
SEOUL = timedelta(hours=9)
#: up to this estimated price one quotation will do
ONE_WILL_DO = 20_000_000
#: procedure -> why it ended as it did -> the article: national, local
LAW = {
    "open": {
        "opening.ranked": ("국가계약법 시행령 제40조", "지방계약법 시행령 제40조"),
        "opening.failed.too_few": ("국가계약법 시행령 제11조", "지방계약법 시행령 제12조"),
        "opening.failed.too_few_opened": ("국가계약법 시행령 제11조", "지방계약법 시행령 제12조"),
        "opening.failed.none_inside": (
            "국가계약법 시행령 제20조제1항", "지방계약법 시행령 제19조제1항",
        ),
    },
    "quotation": {
        "opening.ranked": ("전자조달법 시행령 제6조", "전자조달법 시행령 제6조"),
        "opening.failed.none_inside": (
            "국가계약법 시행령 제30조제6항", "지방계약법 시행령 제30조제3항",
        ),
    },
}  # fmt: skip

Text = tuple[str, str]  # English, Korean


class Unreadable(Exception):
    """The bundle is not of this form; the text says where."""


class Missing(Exception):
    """A check needs what an earlier check could not compute."""


# ---------------------------------------------------------------- bytes, JSON, signatures


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def b64u(text: str, length: int = 0) -> bytes:
    """base64url without padding, in its only spelling; ValueError otherwise."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise ValueError("not base64url in its only spelling")
    if length and len(data) != length:
        raise ValueError(f"{length} bytes are needed, not {len(data)}")
    return data


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _no(text: str) -> Any:
    raise ValueError(f"{text} is not allowed")


def parse(data: bytes) -> Any:
    """JSON of texts, whole numbers, lists and objects; ValueError for anything else."""
    value = json.loads(data.decode("ascii"), parse_float=_no, parse_constant=_no)
    _plain(value)
    return value


def _plain(value: Any) -> None:
    if isinstance(value, dict):
        for part in value.values():
            _plain(part)
    elif isinstance(value, list):
        for part in value:
            _plain(part)
    elif isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("true, false, null are not allowed")


def parse_canonical(text: str) -> dict[str, Any]:
    """An object of printable ASCII in canonical JSON (envelope.md, 1)."""
    data = text.encode("ascii")
    if any(byte < 0x20 or byte > 0x7E for byte in data):
        raise ValueError("not printable ASCII")
    value = parse(data)
    if not isinstance(value, dict) or canonical(value) != data:
        raise ValueError("not canonical JSON")
    _small(value)
    return value


def _small(value: Any) -> None:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _small(part)
    elif isinstance(value, int) and abs(value) > 2**53 - 1:
        raise ValueError("a number is too large")
    elif isinstance(value, str) and any(not " " <= letter <= "~" for letter in value):
        raise ValueError("a text is not printable ASCII")


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """P-256 with SHA-256 for a key of 65 bytes, Ed25519 for one of 32."""
    try:
        if len(signature) != 64:
            return False
        if len(public) == 32:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
            return True
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
        return len(public) == 65
    except (InvalidSignature, ValueError):
        return False


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


# ---------------------------------------------------------------- Merkle trees (RFC 6962)


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\0", data)


def merkle_root(leaves: list[bytes]) -> bytes:
    """The root over leaves already hashed."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1", merkle_root(leaves[:split]), merkle_root(leaves[split:]))


def root_by_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that an inclusion path leads to; ValueError if it is too long or too short."""
    if size == 1:
        if path:
            raise ValueError("the path is too long")
        return leaf
    if not path:
        raise ValueError("the path is too short")
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        return sha256(b"\1", root_by_path(leaf, index, split, path[:-1]), path[-1])
    rest = root_by_path(leaf, index - split, size - split, path[:-1])
    return sha256(b"\1", path[-1], rest)


# ---------------------------------------------------------------- HPKE (RFC 9180), base mode

KEM_ID, SUITE_ID = b"KEM\0\x20", b"HPKE\0\x20\0\1\0\2"


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + material, "sha256")


def _expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labelled + b"\1", "sha256")[:length]


def hpke_open(
    private: X25519PrivateKey, public: bytes, enc: bytes, ct: bytes, info: bytes
) -> bytes:
    """DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; no additional data."""
    shared = private.exchange(X25519PublicKey.from_public_bytes(enc))
    prk = _extract(KEM_ID, b"", b"eae_prk", shared)
    secret = _expand(KEM_ID, prk, b"shared_secret", enc + public, 32)
    psk = _extract(SUITE_ID, b"", b"psk_id_hash", b"")
    context = b"\0" + psk + _extract(SUITE_ID, b"", b"info_hash", info)
    scheduled = _extract(SUITE_ID, secret, b"secret", b"")
    key = _expand(SUITE_ID, scheduled, b"key", context, 32)
    nonce = _expand(SUITE_ID, scheduled, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, ct, b"")


# ---------------------------------------------------------------- shares over GF(2^8)


def gf_times(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def gf_inverse(a: int) -> int:
    return next(b for b in range(1, 256) if gf_times(a, b) == 1)


TIMES = {c: bytes(gf_times(c, b) for b in range(256)) for c in (1, 2, 3, *map(gf_inverse, (2, 3)))}


def scaled(data: bytes, by: int) -> bytes:
    return data.translate(TIMES[by])


def xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


def combine(i: int, share_i: bytes, j: int, share_j: bytes) -> tuple[bytes, list[bytes]]:
    """The key on the line through two shares, and all three shares with their places."""
    slope = scaled(xor(share_i, share_j), gf_inverse(i ^ j))
    key = xor(share_i, scaled(slope, i))
    return key, [xor(key, scaled(slope, place)) + bytes([place]) for place in (1, 2, 3)]


# ---------------------------------------------------------------- envelopes (envelope.md, 3 to 7)


@dataclass(frozen=True, slots=True)
class LotKey:
    """A custodian's released price key."""

    place: int
    private: X25519PrivateKey
    public: bytes


BID_FIELDS = {"v", "tender", "lot", "round", "version", "supplier", "manifest", "keys"}
SEED_FIELDS = {"v", "tender", "lot", "round", "version", "maker", "commitment", "keys"}
SEALED_FIELDS = {"body", "shares", "commit"}
HEX = re.compile(r"[0-9a-f]{64}")


def read_sealed(text: str, kind: str) -> dict[str, Any]:
    """An envelope of a bid or a seed with exactly the fields, types and lengths; ValueError."""
    sealed = parse_canonical(text)
    bid = kind == "jangteo/envelope/1"
    fields = BID_FIELDS if bid else SEED_FIELDS
    if set(sealed) != fields | SEALED_FIELDS or sealed["v"] != kind:
        raise ValueError("other fields or another kind")
    for name in fields:
        if isinstance(sealed[name], int) != (name in ("round", "version")):
            raise ValueError(f"{name} is of another type")
        if not isinstance(sealed[name], int | str):
            raise ValueError(f"{name} is of another type")
    if sealed["round"] < 0 or sealed["version"] < 0:
        raise ValueError("a number below zero")
    commit, shares = sealed["commit"], sealed["shares"]
    if not isinstance(commit, dict) or set(commit) != {"key", "shares"}:
        raise ValueError("commit has other fields")
    if not isinstance(commit["shares"], list) or len(commit["shares"]) != 3:
        raise ValueError("three committed shares are needed")
    hashes = [sealed["keys"], sealed["manifest" if bid else "commitment"], commit["key"]]
    if not all(isinstance(h, str) and HEX.fullmatch(h) for h in hashes + commit["shares"]):
        raise ValueError("a hash is not 64 hex digits")
    if not isinstance(shares, list) or len(shares) != 3:
        raise ValueError("three shares are needed")
    for share in shares:
        if not isinstance(share, dict) or set(share) != {"enc", "ct"}:
            raise ValueError("a share has other fields")
        b64u(share["enc"], 32), b64u(share["ct"], 81)
    b64u(sealed["body"], 284)
    return sealed


class Void(Exception):
    """The envelope fails a numbered mechanical check."""


class Opener:
    """Opens one envelope with the price keys at hand."""

    def __init__(self, sealed: dict[str, Any], keys: dict[str, LotKey]) -> None:
        self.sealed, self.keys = sealed, keys
        self.context = {k: v for k, v in sealed.items() if k not in SEALED_FIELDS}
        bound = ("supplier", "manifest") if "supplier" in sealed else ("maker", "commitment")
        names = ("v", "tender", "lot", "round", "version", *bound)
        self.info = "\0".join(str(sealed[name]) for name in names).encode("ascii")

    def payload(self) -> bytes:
        """The first pair's that passes; Void with the highest check at which a pair failed.

        Void with the lowest check that a share failed if fewer than two are sound.
        """
        found = {who: self._share(key) for who, key in self.keys.items()}
        shares = {who: share for who, share in found.items() if isinstance(share, bytes)}
        if len(shares) < 2:
            raise Void(min(share for share in found.values() if isinstance(share, str)))
        failed = ""
        for pair in PAIRS:
            if not set(pair) <= set(shares):
                continue
            try:
                return self._with(*((self.keys[who].place, shares[who]) for who in pair))
            except Void as void:
                failed = max(failed, str(void))
        raise Void(failed)

    def _share(self, key: LotKey) -> bytes | str:
        """32 bytes of a share, or the check it fails."""
        sealed = self.sealed["shares"][key.place - 1]
        info = self.info + b"\0%d" % key.place
        try:
            enc, ct = b64u(sealed["enc"]), b64u(sealed["ct"])
            plain = hpke_open(key.private, key.public, enc, ct, info)
        except (InvalidTag, ValueError):
            return "V04"
        share, salt = plain[:33], plain[33:]
        if share[32] != key.place:
            return "V04"
        committed = sha256(b"jangteo/share/1", salt, share).hex()
        if committed != self.sealed["commit"]["shares"][key.place - 1]:
            return "V05"
        return share[:32]

    def _with(self, one: tuple[int, bytes], other: tuple[int, bytes]) -> bytes:
        (i, share_i), (j, share_j) = one, other
        key, shares = combine(i, share_i, j, share_j)
        salts = [hmac.digest(key, b"jangteo/salt/1/%d" % n, "sha256") for n in range(4)]
        commit = self.sealed["commit"]
        if sha256(b"jangteo/key/1", salts[0], key).hex() != commit["key"]:
            raise Void("V06")
        for n, share in enumerate(shares, 1):
            if sha256(b"jangteo/share/1", salts[n], share).hex() != commit["shares"][n - 1]:
                raise Void("V05")
        body = b64u(self.sealed["body"])
        try:
            plain = AESGCM(key).decrypt(body[:12], body[12:], canonical(self.context))
        except InvalidTag:
            raise Void("V07") from None
        return plain


def open_bid(
    text: str, *, names: dict[str, Any], keys_hash: str, keys: dict[str, LotKey]
) -> tuple[int, tuple[int, int]]:
    """Amount and picks of an envelope, or Void with its check."""
    try:
        sealed = read_sealed(text, "jangteo/envelope/1")
    except (ValueError, TypeError):
        raise Void("V01") from None
    if any(sealed[name] != value for name, value in names.items()):
        raise Void("V02")
    if sealed["keys"] != keys_hash:
        raise Void("V03")
    payload = Opener(sealed, keys).payload()
    price, one, other = int.from_bytes(payload[:8], "big"), payload[8], payload[9]
    if payload[74:] != bytes(182):
        raise Void("V08")
    if not 1 <= price <= HIGHEST_PRICE:
        raise Void("V09")
    if one == other or not (1 <= one <= 15 and 1 <= other <= 15):
        raise Void("V10")
    if payload[42:74].hex() != sealed["manifest"]:
        raise Void("V11")
    return price, (one, other)


def read_seed(text: str, names: dict[str, Any], keys_hash: str) -> dict[str, Any]:
    """A sealed seed of this tender, maker and commitment; ValueError otherwise."""
    sealed = read_sealed(text, "jangteo/seed/1")
    if any(sealed[name] != value for name, value in names.items()) or sealed["keys"] != keys_hash:
        raise ValueError("the seed names another tender, maker, commitment or key set")
    return sealed


def open_seed(sealed: dict[str, Any], keys: dict[str, LotKey]) -> bytes:
    """The seed; Void or ValueError if it does not open to its commitment."""
    payload = Opener(sealed, keys).payload()
    if payload[64:] != bytes(192):
        raise ValueError("the padding is not all zero")
    if sha256(b"jangteo/seed/1", payload[:64]).hex() != sealed["commitment"]:
        raise ValueError("the seed is not the one committed to")
    return payload[:32]


# ---------------------------------------------------------------- the rules


class Stream:
    """Whole numbers from a seed (rules/preliminary-prices.md, 2)."""

    def __init__(self, name: bytes, seed: bytes) -> None:
        self.key, self.block, self.words = sha256(name, b"\0", seed), 0, []

    def below(self, n: int) -> int:
        limit = 2**64 - 2**64 % n
        while True:
            if not self.words:
                block = sha256(self.key, self.block.to_bytes(8, "big"))
                self.words = [int.from_bytes(block[k : k + 8], "big") for k in (0, 8, 16, 24)]
                self.block += 1
            word = self.words.pop(0)
            if word < limit:
                return word % n


def bounds(low: Fraction, high: Fraction, strata: tuple[int, int] | None) -> list[int]:
    """The 16 bounds of the cells in thousandths of a percent; strata: so many below and above."""
    if strata is None:
        points = [low + (high - low) * i / 15 for i in range(16)]
    else:
        below, above = strata
        points = [low - low * i / below for i in range(below)]
        points += [high * i / above for i in range(above + 1)]
    return [floor((100 + point) * 1000) for point in points]


def derive_rates(edges: list[int], agency: bytes, platform: bytes) -> list[int]:
    """The 15 rates in thousandths of a percent, number 1 first."""
    stream = Stream(b"jangteo/preliminary-prices/1", agency + platform)
    rates = []
    for i, (start, end) in enumerate(pairwise(edges)):
        rates.append(start + stream.below(end - start + (i == 14)))
    for i in range(14, 0, -1):
        j = stream.below(i + 1)
        rates[i], rates[j] = rates[j], rates[i]
    return rates


def rounded(value: Fraction, unit: int, way: str) -> int:
    """To a multiple of the unit: up, down, half_up or half_even."""
    units = value / unit
    whole, rest = floor(units), units - floor(units)
    half = Fraction(1, 2)
    if way == "up":
        whole += rest > 0
    elif way == "half_up":
        whole += rest >= half
    elif way == "half_even":
        whole += rest > half or (rest == half and whole % 2 == 1)
    elif way != "down":
        raise ValueError(f"rounding {way} is unknown")
    return whole * unit


def choose(counted: Counter[int], seed: bytes) -> tuple[list[int], list[int]]:
    """The four numbers in the order of choice, and those supplied by the seeds."""
    order = sorted((n for n in counted if counted[n]), key=lambda n: (-counted[n], n))
    chosen = order[:4]
    left = [n for n in range(1, 16) if not counted[n]]
    stream = Stream(b"jangteo/shortage/1", seed)
    supplied = [left.pop(stream.below(len(left))) for _ in range(4 - len(chosen))]
    return chosen + supplied, supplied


def three_decimals(thousandths: int) -> str:
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


# ---------------------------------------------------------------- the form of a bundle

Shape = Any  # "text", "int", a compiled pattern, [shape of each], {name: shape}

B64, NUMBER = re.compile(r"[A-Za-z0-9_-]+"), re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
DAY, RATE = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"[0-9]+\.[0-9]{3}")
ROUNDING = re.compile("up|down|half_up|half_even")

NOTICE: Shape = {
    "number": "text", "version": "int", "lot": "text", "round": "int", "scope": "text",
    "title": "text", "buyer": "text", "regime": re.compile("national|local"),
    "category": re.compile("works|goods|services"), "service_kind?": re.compile("simple_labour"),
    "procedure": re.compile("open|quotation"), "award_method": "text", "rule_day": DAY,
    "published_at": MOMENT, "bidding_from": MOMENT, "deadline": MOMENT, "opening_at": MOMENT,
    "base_amount": "int", "estimated_price": "int", "a_value": "int", "floor_rate": NUMBER,
    "range_low": NUMBER, "range_high": NUMBER, "price_unit": "int", "price_rounding": ROUNDING,
    "mean_of": re.compile("displayed|unrounded"), "mean_rounding": ROUNDING, "keys_hash": HEX,
    "sealer_hash": HEX,
}  # fmt: skip
LEAF: Shape = {
    "arrival": MOMENT, "attempt": "int", "hash": HEX, "keys": HEX, "log": "text", "lot": "text",
    "round": "int", "supplier": "text", "tender": "text", "v": "text", "version": "int",
}  # fmt: skip
RECEIPT: Shape = {
    "leaf": LEAF, "index": "int", "size": "int", "path": [B64], "key": B64, "signature": B64,
}  # fmt: skip
ENVELOPE: Shape = {
    "hash": HEX, "supplier": "text", "name": "text", "envelope": "text", "agent_key": B64,
    "signature": re.compile("[0-9a-f]{128}"), "arrival": MOMENT, "receipt": RECEIPT,
}  # fmt: skip
RULE: Shape = {
    "id": "text", "since": DAY, "where": "texts", "values": "texts", "law": "text",
    "source": "text", "sure": re.compile("stated|derived|assumed"),
}  # fmt: skip
BUNDLE: Shape = {
    "v": re.compile("jangteo/bundle/1"),
    "notice": NOTICE,
    "rules": {"*": RULE},
    "keys": "text",
    "seeds": [{"maker": "text", "sealed": "text", "commitment": HEX}],
    "envelopes": [ENVELOPE],
    "exclusions": [
        {"hash": HEX, "ground": "text", "article": "text", "note": "text", "at": MOMENT}
    ],
    "request": {
        "statement": "text",
        "signatures": [{"role": "text", "key": B64, "signature": B64}],
    },
    "releases": [{"custodian": "text", "price": B64, "signature": B64}],
    "opened": [{"hash": HEX, "amount?": "int", "picks?": ["int"], "check?": "text"}],
    "outcome": {
        "outcome": re.compile("published|failed|hold"), "code": "text", "law": "text", "at": MOMENT,
    },
    "rates_from?": re.compile("seeds|given"),
    "prices?": [{"number": "int", "rate": RATE, "price": "int", "picked": "int", "counted": "int"}],
    "drawn?": ["int"],
    "supplied?": ["int"],
    "reserve_price?": "int",
    "floor_price?": "int",
    "ranking?": [
        {"hash": HEX, "rank": "int", "rate": RATE,
         "remark": re.compile("normal|below_floor|above_reserve")}
    ],
}  # fmt: skip


def fit(value: Any, shape: Shape, where: str, more: list[str]) -> None:
    """Unreadable where something is missing or of another kind; fields too many go into `more`."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            raise Unreadable(f"{where}: an object is needed")
        _fit_object(value, shape, where, more)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise Unreadable(f"{where}: a list is needed")
        for index, part in enumerate(value):
            fit(part, shape[0], f"{where}[{index}]", more)
    elif shape == "int":
        if not isinstance(value, int):
            raise Unreadable(f"{where}: a whole number is needed")
    elif shape == "texts":
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise Unreadable(f"{where}: an object of texts is needed")
    elif not isinstance(value, str):
        raise Unreadable(f"{where}: a text is needed")
    elif isinstance(shape, re.Pattern) and not shape.fullmatch(value):
        raise Unreadable(f"{where}: {value[:40]!r} is not of the form needed")
    elif shape in (MOMENT, DAY):
        with contextlib.suppress(ValueError):
            moment(value)
            return
        raise Unreadable(f"{where}: {value[:40]!r} is no moment")


def _fit_object(value: dict[str, Any], shape: Shape, where: str, more: list[str]) -> None:
    if "*" in shape:
        for name, part in value.items():
            fit(part, shape["*"], f"{where}.{name}", more)
        return
    known = set()
    for name, part in shape.items():
        bare = name.rstrip("?")
        known.add(bare)
        place = f"{where}.{bare}" if where else bare
        if bare in value:
            fit(value[bare], part, place, more)
        elif not name.endswith("?"):
            raise Unreadable(f"{place}: missing")
    more += [f"{where}.{name}" if where else name for name in value if name not in known]


# ---------------------------------------------------------------- what the checks say


NOT_SO: Text = ("not so", "아님")


@dataclass(slots=True)
class Difference:
    """Where, what this program finds, what the bundle says."""

    where: str
    ours: Any
    bundle: Any


@dataclass(slots=True)
class Check:
    """One numbered check and what it found; found: every value of ours by its place."""

    number: int
    title: Text
    notes: list[Text] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    applies: bool = True

    @property
    def state(self) -> str:
        if self.differences:
            return "different"
        return "same" if self.applies else "not_applicable"

    def same(self, where: str, ours: Any, bundle: Any) -> None:
        if isinstance(ours, int | str | list):
            self.found[where] = ours
        if ours != bundle:
            self.differences.append(Difference(where, ours, bundle))

    def holds(self, where: str, true: bool, en: str, ko: str) -> None:
        """en, ko: what is expected and does not hold."""
        if not true:
            self.differences.append(Difference(where, (en, ko), NOT_SO))

    def note(self, en: str, ko: str) -> None:
        self.notes.append((en, ko))

    def leave(self, en: str, ko: str) -> None:
        self.applies = False
        self.note(en, ko)


#: parts of a bundle from which nothing is computed and which no signature in it covers
NOT_COVERED: Text = (
    "Not covered by any computation or signature in a bundle: title, buyer, sealer's hash, names "
    "of bidders, grounds of exclusions, sources of rules, the unused share of a seed, moments "
    "other than deadline and arrivals (their order only), and amounts and procedure of the notice "
    "as far as another would give the same result. To be sure of these too, compare the bundle's "
    "SHA-256 with the one published with the result (--sha256).",
    "꾸러미 안의 계산이나 서명으로 확인되지 않는 것: 공고명, 기관, 봉인 프로그램의 해시, "
    "업체 이름, 제외 사유, 규칙의 출처, 씨앗의 쓰이지 않은 조각, "
    "마감과 도착 외의 시각(순서만 확인), 달라도 결과가 같은 공고 금액과 계약방법. "
    "이것까지 확인하려면 결과와 함께 게시된 SHA-256과 비교하십시오(--sha256).",
)


class Verifier:
    """Runs the checks on one parsed bundle; later checks build on what earlier ones found."""

    def __init__(self, data: bytes, expected: str = "") -> None:
        self.data, self.expected = data, expected
        try:
            self.b: dict[str, Any] = parse(data)
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"not the JSON of a bundle: {error}") from error
        self.more: list[str] = []
        fit(self.b, BUNDLE, "", self.more)
        self.n = self.b["notice"]
        self.deadline = moment(self.n["deadline"])
        self.keys: dict[str, tuple[bytes, bytes]] = {}  # custodian -> signer, public price key
        self.privates: dict[str, LotKey] = {}
        self.amounts: dict[str, int] = {}
        self.picks: dict[str, tuple[int, int]] = {}
        self.seeds: list[bytes] = []
        self.rates: list[int] = []
        self.prices: list[int] = []
        self.drawn: list[int] = []
        self.reserve = self.floor = 0
        self.measure = Fraction(0)
        self.remarks: list[str] = []
        self.excluded = {one["hash"] for one in self.b["exclusions"]}
        closed = [one["hash"] for one in self.b["envelopes"]]
        #: how many valid bids are needed: bundle.md, 3, step 11
        few = self.n["procedure"] == "quotation" and self.n["estimated_price"] <= ONE_WILL_DO
        self.needed = 1 if few else 2
        self.asked = len(set(closed) - self.excluded) >= self.needed
        bare = not self.b["releases"] and not self.b["opened"]
        #: on hold with nothing opened: why cannot be checked from the bundle
        self.held = self.asked and bare and self.b["outcome"]["outcome"] == "hold"
        said = self.b["outcome"]
        own = said["code"].startswith("opening.")
        #: on hold after the opening because a rule gave no figure, as the platform says
        self.refused = said["outcome"] == "hold" and not own and "prices" not in self.b

    def run(self) -> list[Check]:
        checks = []
        for number, (title, act) in enumerate(CHECKS, 1):
            check = Check(number, title)
            try:
                act(self, check)
            except Missing as missing:
                check.holds(
                    "", False, f"a value, but {missing} failed", f"계산값({missing} 실패로 불가)"
                )
            except MemoryError:  # this machine is too small: no answer
                raise
            except Exception as error:  # whatever it is, it is a difference
                said = f"{type(error).__name__}: {error}"
                check.holds("", False, f"a value, but: {said}", f"계산값(불가: {said})")
            checks.append(check)
        return checks

    def valid(self) -> list[str]:
        """The hashes of bids neither excluded nor void."""
        return [h for h in self.amounts if h not in self.excluded]

    def has_prices(self) -> bool:
        """Whether prices were to be drawn, so that the checks of figures apply."""
        return self.asked and len(self.seeds) == 2 and "prices" in self.b

    # -- the checks, in their order

    def form(self, c: Check) -> None:
        c.same("SHA-256", self.expected or sha256(self.data).hex(), sha256(self.data).hex())
        where = next(
            (
                i
                for i, (x, y) in enumerate(zip(canonical(self.b), self.data, strict=False))
                if x != y
            ),
            min(len(canonical(self.b)), len(self.data)),
        )
        c.holds(
            f"byte {where}", canonical(self.b) == self.data,
            "the same bytes when written again", "다시 써도 같은 바이트",
        )  # fmt: skip
        for name in self.more:
            c.holds(name, False, "a field of bundle.md", "bundle.md에 있는 항목")
        there = [name for name in DRAWN if name in self.b]
        c.holds(
            "prices", len(there) in (0, len(DRAWN)),
            "the fields of a draw all there or none", "추첨 항목은 모두 있거나 모두 없음",
        )  # fmt: skip
        c.note(
            f"{len(self.data):,} bytes, SHA-256 {sha256(self.data).hex()}",
            f"{len(self.data):,}바이트, SHA-256 {sha256(self.data).hex()}",
        )

    def notice(self, c: Check) -> None:
        n = self.n
        parts = [n["number"], n["lot"], str(n["round"]), f"{n['version']:03d}"]
        head, _, attempt = n["scope"].rpartition("/")
        c.same("notice.scope", "/".join(parts), head)
        c.holds("notice.scope", attempt.isdecimal(), "an attempt's number", "시도 번호")
        published, begun = moment(n["published_at"]), moment(n["bidding_from"])
        first_day = (published + SEOUL).date().isoformat()
        c.holds(
            "notice.rule_day", n["rule_day"] == first_day
            or (n["version"] > 0 and n["rule_day"] < first_day),
            f"the day of first publication ({first_day} or, after a correction, earlier)",
            f"최초 공고일({first_day}, 정정공고이면 그 이전)",
        )  # fmt: skip
        c.holds(
            "notice.deadline", max(published, begun) < self.deadline < moment(n["opening_at"]),
            "after publication and start, before the opening", "게시와 시작 뒤, 개찰 전",
        )  # fmt: skip
        methods = {"open": "qualification", "quotation": "quotation"}
        c.same("notice.award_method", methods[n["procedure"]], n["award_method"])
        fits = "service_kind" not in n or n["category"] == "services"
        c.holds("notice.service_kind", fits, "a kind of services", "용역의 종류")
        bare = n["category"] == "works" or n["a_value"] == 0
        c.holds("notice.a_value", bare, "an A value for works only", "A값은 공사에만")
        amounts = n["base_amount"] > 0 and n["a_value"] >= 0 and n["price_unit"] > 0
        c.holds("notice.base_amount", amounts, "figures above zero", "0보다 큰 금액")
        low, high = Fraction(n["range_low"]), Fraction(n["range_high"])
        c.holds(
            "notice.range_low", -100 < low < 0 < high, "a range around zero", "0을 포함하는 범위"
        )
        for table, row in self.b["rules"].items():
            self._rule(c, table, row)
        c.note(
            f"{n['number']}-{n['version']:03d}, law of {n['rule_day']}, "
            f"{len(self.b['rules'])} rows of dated tables",
            f"{n['number']}-{n['version']:03d}, 적용 법령일 {n['rule_day']}, "
            f"규칙표 {len(self.b['rules'])}행",
        )

    def _rule(self, c: Check, table: str, row: dict[str, Any]) -> None:
        n, where = self.n, f"rules.{table}"
        c.same(f"{where}.id", table, row["id"].partition(":")[0])
        c.holds(
            f"{where}.since", row["since"] <= n["rule_day"],
            "in force on the rule day", "적용일에 시행 중",
        )  # fmt: skip
        facts = {"regime": n["regime"], "category": n["category"], "unit": str(n["price_unit"])}
        facts["procedure"] = n["procedure"]
        if table == "price/floor_rate":
            facts["category"] = n.get("service_kind", n["category"])
        ends = (Fraction(n["range_low"]), Fraction(n["range_high"]))
        named = ends in ((-2, 2), (-3, 3))  # every other range is cut by the row of "other"
        low, high = map(str, ends) if named else ("other", "other")
        facts |= {"low": low, "high": high}
        for name, wanted in row["where"].items():
            if name == "estimated_price" and wanted != "*":
                low, _, high = wanted.partition("..")
                inside = int(low or 0) <= n["estimated_price"] < int(high or 10**18)
                c.holds(f"{where}.where.{name}", inside, "the notice's amount", "공고의 금액")
            elif name in facts and wanted != "*":
                c.same(f"{where}.where.{name}", facts[name], wanted)
        strange = set(row["where"]) - set(facts) - {"estimated_price", "variant"}
        c.same(f"{where}.where", [], sorted(strange))
        if "variant" in row["where"]:
            known = row["where"]["variant"] in ("usual", "mirrored")
            c.holds(f"{where}.where.variant", known, "usual or mirrored", "usual 또는 mirrored")
        used = {
            "price/range": {"low": n["range_low"], "high": n["range_high"]},
            "price/unit": {"value": str(n["price_unit"])},
            "price/rounding": {"value": n["price_rounding"]},
            "price/mean_of": {"value": n["mean_of"]},
            "price/mean_rounding": {"value": n["mean_rounding"]},
            "price/floor_rate": {"value": n["floor_rate"]},
            "price/draw": {"prices": "15", "picks": "2", "chosen": "4"},
            "award/competition": {"value": str(self.needed)},
        }
        if table in used:
            ours = used[table]
            if table in ("price/range", "price/floor_rate"):  # rates are the same as numbers
                for name, theirs in row["values"].items():
                    if name in ours and Fraction(ours[name]) == Fraction(theirs):
                        ours[name] = theirs
            c.same(f"{where}.values", ours, row["values"])

    def lot_keys(self, c: Check) -> None:
        text = self.b["keys"]
        c.same("notice.keys_hash", sha256(text.encode()).hex(), self.n["keys_hash"])
        statement = parse_canonical(text)
        c.same("keys", {"keys", "scope", "v"}, set(statement))
        c.same("keys.v", "jangteo/keys/1", statement["v"])
        c.same("keys.scope", self.n["scope"], statement["scope"])
        names = tuple(one["statement"]["custodian"] for one in statement["keys"])
        c.same("keys.custodian", CUSTODIANS, names)
        for who, one in zip(CUSTODIANS, statement["keys"], strict=True):
            said, place = one["statement"], f"keys.{who}"
            c.same(place, {"signature", "signer", "statement"}, set(one))
            c.same(place, {"custodian", "deadline", "documents", "price", "scope", "v"}, set(said))
            c.same(f"{place}.v", "jangteo/lot-keys/1", said["v"])
            c.same(f"{place}.scope", self.n["scope"], said["scope"])
            c.same(f"{place}.deadline", self.deadline, moment(said["deadline"]))
            signer, price = b64u(one["signer"]), b64u(said["price"], 32)
            b64u(said["documents"], 32)
            good = signed(signer, b64u(one["signature"]), canonical(said))
            c.holds(f"{place}.signature", good, "a signature that holds", "유효한 서명")
            self.keys[who] = (signer, price)
        c.holds("keys", len({key for _, key in self.keys.values()}) == 3,
                "three different price keys", "서로 다른 열쇠 셋")  # fmt: skip
        c.note(
            "The hash and the signatures of three custodians' keys hold; one deadline.",
            "보관자 셋의 열쇠 해시와 서명이 맞고 마감이 같습니다.",
        )

    def envelopes(self, c: Check) -> None:
        rows = self.b["envelopes"]
        for i, one in enumerate(rows):
            place = f"envelopes[{i}]"
            hashed = sha256(one["envelope"].encode())
            c.same(f"{place}.hash", hashed.hex(), one["hash"])
            key = b64u(one["agent_key"], 65)
            good = signed(key, bytes.fromhex(one["signature"]), hashed)
            c.holds(f"{place}.signature", good, "a signature that holds", "유효한 서명")
            c.holds(
                f"{place}.arrival", moment(one["arrival"]) < self.deadline,
                f"before {self.n['deadline']}", f"마감 {self.n['deadline']} 전",
            )  # fmt: skip
        suppliers = {one["supplier"] for one in rows}
        c.same("envelopes.supplier", len(rows), len(suppliers))
        c.note(
            f"{len(rows)} envelopes: hashes, agents' signatures, arrivals before the deadline.",
            f"봉투 {len(rows)}통: 해시, 대리인 서명, 마감 전 도착.",
        )

    def receipts(self, c: Check) -> None:
        keys, logs = set(), set()
        for i, one in enumerate(self.b["envelopes"]):
            place, receipt = f"envelopes[{i}].receipt", one["receipt"]
            leaf = receipt["leaf"]
            promised = {
                "v": "jangteo/receipt/1", "hash": one["hash"], "supplier": one["supplier"],
                "tender": self.n["number"], "lot": self.n["lot"], "round": self.n["round"],
                "version": self.n["version"], "keys": self.n["keys_hash"],
                "arrival": one["arrival"],
            }  # fmt: skip
            for name, ours in promised.items():
                c.same(f"{place}.leaf.{name}", ours, leaf[name])
            path = [b64u(node, 32) for node in receipt["path"]]
            if not 0 <= receipt["index"] < receipt["size"]:
                raise ValueError(f"{place}.index is outside the group")
            root = root_by_path(leaf_hash(canonical(leaf)), receipt["index"], receipt["size"], path)
            group = {"v": "jangteo/receipt-group/1", "size": receipt["size"], "root": root.hex()}
            key = b64u(receipt["key"], 32)
            good = signed(key, b64u(receipt["signature"]), canonical(group))
            c.holds(f"{place}.signature", good, "a signature that holds", "유효한 서명")
            keys.add(receipt["key"]), logs.add(leaf["log"])
        c.holds("receipt.key", len(keys) <= 1, "one key for all receipts", "접수증 열쇠가 하나")
        c.holds("receipt.log", len(logs) <= 1, "one log for all receipts", "접수 기록이 하나")
        c.note(
            f"Each receipt promises this envelope; signed by {next(iter(keys), 'nobody')}.",
            f"접수증마다 그 봉투를 약속합니다. 서명 열쇠 {next(iter(keys), '없음')}.",
        )

    def closed_set(self, c: Check) -> None:
        hashes = [one["hash"] for one in self.b["envelopes"]]
        c.holds("envelopes", all(a < b for a, b in pairwise(hashes)),
                "ascending hashes, each once", "해시 오름차순, 중복 없음")  # fmt: skip
        request = self.b["request"]
        root = merkle_root([leaf_hash(bytes.fromhex(h)) for h in sorted(hashes)]).hex()
        c.note(f"{len(hashes)} envelopes, root {root}", f"봉투 {len(hashes)}통, 뿌리 해시 {root}")
        # with too few bids left the keys need not be asked for; if they were, it was done rightly
        asked = self.asked or bool(request["signatures"])
        if not asked:
            c.note("Too few bids were left: nobody asked for keys.",
                   "남은 입찰이 모자라 열쇠를 청구하지 않았습니다.")  # fmt: skip
            if not request["statement"]:
                return
        statement = parse_canonical(request["statement"])
        ours = {
            "v": "jangteo/release/1", "scope": self.n["scope"], "root": root,
            "count": len(hashes), "deadline": statement.get("deadline"),
        }  # fmt: skip
        for name in sorted(ours.keys() | statement.keys()):
            c.same(f"request.statement.{name}", ours.get(name), statement.get(name))
        c.same("request.statement.deadline", self.deadline, moment(statement["deadline"]))
        if not asked:
            return
        roles = sorted(one["role"] for one in request["signatures"])
        c.same("request.signatures.role", sorted(SIGNERS), roles)
        keys = {one["key"] for one in request["signatures"]}
        c.same("request.signatures.key", 2, len(keys))
        for one in request["signatures"]:
            message = request["statement"].encode()
            good = signed(b64u(one["key"], 65), b64u(one["signature"]), message)
            c.holds(f"request.{one['role']}", good, "a signature that holds", "유효한 서명")
        c.note("Two officers with two keys signed this set.", "두 담당자가 이 집합에 서명했습니다.")

    def exclusions(self, c: Check) -> None:
        known = {one["hash"] for one in self.b["envelopes"]}
        hashes = [one["hash"] for one in self.b["exclusions"]]
        c.same("exclusions", len(hashes), len(set(hashes)))
        published = moment(self.b["outcome"]["at"])
        for i, one in enumerate(self.b["exclusions"]):
            place = f"exclusions[{i}]"
            c.holds(f"{place}.hash", one["hash"] in known, "an envelope's hash", "봉투의 해시")
            c.holds(
                f"{place}.at", self.deadline <= moment(one["at"]) <= published,
                "after the deadline, before the result", "마감 뒤, 결과 전",
            )  # fmt: skip
            filled = one["ground"] and one["article"]
            c.holds(f"{place}.article", bool(filled), "a ground and an article", "사유와 조문")
        c.note(
            f"{len(hashes)} bids were set aside. That it was done before the keys were released "
            "stands in the public log, not in the bundle.",
            f"제외된 입찰 {len(hashes)}건. 열쇠 제공 전이라는 사실은 공개 기록에 있습니다.",
        )

    def releases(self, c: Check) -> None:
        rows = self.b["releases"]
        if not self.asked:
            c.same("releases", [], rows)
            c.leave("No key was released.", "제공된 열쇠가 없습니다.")
            return
        if self.held:
            c.leave("On hold: the bundle holds no keys.", "보류: 꾸러미에 열쇠가 없습니다.")
            return
        for one in rows:
            who, place = one["custodian"], f"releases.{one['custodian']}"
            if who not in self.keys:
                raise Missing("V3") if who in CUSTODIANS else ValueError(f"custodian {who!r}")
            c.holds(place, who not in self.privates, "one release each", "보관자마다 한 번")
            signer, public = self.keys[who]
            private = X25519PrivateKey.from_private_bytes(b64u(one["price"], 32))
            matches = private.public_key().public_bytes_raw() == public
            c.holds(f"{place}.price", matches, "the published key's half", "공개된 열쇠의 짝")
            said = {"v": "jangteo/released/1", "scope": self.n["scope"], "custodian": who}
            message = canonical(said | {"price": one["price"]})
            good = signed(signer, b64u(one["signature"]), message)
            c.holds(f"{place}.signature", good, "a signature that holds", "유효한 서명")
            if matches:
                self.privates[who] = LotKey(CUSTODIANS.index(who) + 1, private, public)
        c.holds("releases", len(self.privates) >= 2, "two keys or more", "열쇠 둘 이상")
        names = ", ".join(self.privates)
        c.note(f"Keys released by {names}.", f"열쇠 제공: {names}.")

    def opening(self, c: Check) -> None:
        if not self.asked or self.held:
            c.same("opened", [], self.b["opened"])
            c.leave("Nothing was opened.", "개봉한 봉투가 없습니다.")
            return
        if len(self.privates) < 2:
            raise Missing("V8")
        ours = []
        names = {name: self.n[name] for name in ("lot", "round", "version")}
        names["tender"] = self.n["number"]
        for one in self.b["envelopes"]:
            found: dict[str, Any] = {"hash": one["hash"]}
            try:
                amount, picks = self._open_with_each(one, names)
                found |= {"amount": amount, "picks": list(picks)}
                self.amounts[one["hash"]], self.picks[one["hash"]] = amount, picks
            except Void as void:
                found["check"] = str(void)
            ours.append(found)
        c.same("opened", [one["hash"] for one in ours], [one["hash"] for one in self.b["opened"]])
        for one, theirs in zip(ours, self.b["opened"], strict=False):
            for name in ("amount", "picks", "check"):
                place = f"opened.{one['hash'][:12]}.{name}"
                c.same(place, one.get(name), theirs.get(name))
        void = [one["check"] for one in ours if "check" in one]
        c.note(
            f"{len(self.amounts)} envelopes open, {len(void)} void {' '.join(void)}".rstrip() + ".",
            f"열린 봉투 {len(self.amounts)}통, 무효 {len(void)}통 {' '.join(void)}".rstrip() + ".",
        )

    def _open_with_each(self, one: dict[str, Any], names: dict[str, Any]) -> Any:
        """Open with all released keys; if it opens, see that no pair of them says otherwise."""
        given = {"names": names | {"supplier": one["supplier"]}, "keys_hash": self.n["keys_hash"]}
        found = open_bid(one["envelope"], keys=self.privates, **given)
        if len(self.privates) > 2:
            for pair in combinations(self.privates, 2):
                with contextlib.suppress(Void):
                    keys = {who: self.privates[who] for who in pair}
                    if open_bid(one["envelope"], keys=keys, **given) != found:
                        raise ValueError(f"{' and '.join(pair)} open {one['hash']} otherwise")
        return found

    def seeds_(self, c: Check) -> None:
        c.same("seeds.maker", MAKERS, tuple(one["maker"] for one in self.b["seeds"]))
        if self.held:
            c.leave("On hold: the seeds cannot be opened.", "보류: 씨앗을 열 수 없습니다.")
            return
        if not self.asked:
            for one in self.b["seeds"]:
                read_seed(one["sealed"], self._seed_names(one), self.n["keys_hash"])
            c.leave("The seeds stay sealed.", "씨앗은 봉인된 채로 남습니다.")
            return
        if len(self.privates) < 2:
            raise Missing("V8")
        hold = self.b["outcome"]["outcome"] == "hold"
        for one in self.b["seeds"]:
            maker, names = one["maker"], self._seed_names(one)
            try:
                sealed = read_seed(one["sealed"], names, self.n["keys_hash"])
                self.seeds.append(open_seed(sealed, self.privates))
            except (Void, ValueError) as error:
                en, ko = f"a seed as committed to ({error})", f"약속한 씨앗 ({error})"
                c.holds(f"seeds.{maker}", hold, en, ko)
                c.note(f"The {maker}'s seed does not hold.", f"씨앗({maker})이 약속과 다릅니다.")
        if len(self.seeds) == 2:
            c.holds("outcome.outcome", not hold or self.refused, "a result, as both seeds hold",
                    "두 씨앗이 맞으니 결과가 필요")  # fmt: skip
            c.note("Both seeds are those committed to before the bidding.",
                   "두 씨앗이 모두 공고 때 약속한 것입니다.")  # fmt: skip

    def _seed_names(self, one: dict[str, Any]) -> dict[str, Any]:
        names = {name: self.n[name] for name in ("lot", "round", "version")}
        names |= {"tender": self.n["number"], "maker": one["maker"]}
        return names | {"commitment": one["commitment"]}

    def rates_(self, c: Check) -> None:
        low, high = Fraction(self.n["range_low"]), Fraction(self.n["range_high"])
        usual = (8, 7) if (low, high) == (-3, 3) else None
        row = self.b["rules"].get("price/strata")
        if row:
            mirrored = usual is not None and row["where"].get("variant") == "mirrored"
            strata = (7, 8) if mirrored else usual
            values = {"equal": "15"}
            if strata:
                values = {"below": str(strata[0]), "above": str(strata[1])}
            c.same("rules.price/strata.values", values, row["values"])
        else:
            strata = usual
        if not self.drawing(c):
            return
        given = [int(one["rate"].replace(".", "")) for one in self.b["prices"]]
        edges = bounds(low, high, strata)
        if self.b["rates_from"] == "given":
            self.rates = given
            c.holds("prices.rate", all(edges[0] <= rate <= edges[15] for rate in given),
                    "rates inside the range", "범위 안의 비율")  # fmt: skip
            inside = [
                sum(a <= rate < b or (b == edges[15] == rate) for rate in given)
                for a, b in pairwise(edges)
            ]
            fits = inside == [1] * 15
            c.note(
                "The rates were handed in for practice and are taken as given: they cannot be "
                f"derived from the seeds. One in each cell: {'yes' if fits else 'no'}.",
                "연습 세계에서 넣은 비율이라 씨앗에서 구할 수 없어 그대로 씁니다. "
                f"구간마다 하나씩: {'예' if fits else '아니요'}.",
            )
        else:
            self.rates = derive_rates(edges, *self.seeds)
            c.note("The 15 rates follow from the two seeds.", "15개 비율이 두 씨앗에서 나옵니다.")
        for i, rate in enumerate(self.rates):
            c.same(f"prices[{i}].rate", three_decimals(rate), self.b["prices"][i]["rate"])

    def drawing(self, c: Check) -> bool:
        """Whether there are figures to compare; says so if not."""
        if self.has_prices():
            return True
        if self.asked and not self.held and len(self.privates) < 2:
            raise Missing("V8")
        if self.asked and len(self.seeds) == 2 and not self.refused:
            c.holds("prices", len(self.valid()) < self.needed, "drawn, as enough bids are valid",
                    "유효한 입찰이 충분하므로 추첨 필요")  # fmt: skip
        elif "prices" in self.b:
            c.holds("prices", False, "no prices, as nothing was to be drawn", "추첨하지 않음")
        c.leave("Nothing was drawn.", "추첨하지 않았습니다.")
        return False

    def prices_(self, c: Check) -> None:
        if not self.drawing(c):
            return
        if not self.rates:
            raise Missing("V11")
        unit, way = self.n["price_unit"], self.n["price_rounding"]
        base = self.n["base_amount"]
        self.prices = [rounded(Fraction(base * rate, 100_000), unit, way) for rate in self.rates]
        rows = self.b["prices"]
        c.same("prices.number", list(range(1, 16)), [one["number"] for one in rows])
        for i, price in enumerate(self.prices):
            c.same(f"prices[{i}].price", price, rows[i]["price"])
        c.note(
            f"15 prices of {base:,} won, to {unit} won, {way}.",
            f"기초금액 {base:,}원의 예비가격 15개, {unit}원 단위({way}).",
        )

    def draw(self, c: Check) -> None:
        if not self.drawing(c):
            return
        picked = Counter(n for pair in self.picks.values() for n in pair)
        counted = Counter(n for h in self.valid() for n in self.picks[h])
        for i, one in enumerate(self.b["prices"]):
            c.same(f"prices[{i}].picked", picked[i + 1], one["picked"])
            c.same(f"prices[{i}].counted", counted[i + 1], one["counted"])
        self.drawn, supplied = choose(counted, b"".join(self.seeds))
        c.same("drawn", self.drawn, self.b["drawn"])
        c.same("supplied", supplied, self.b["supplied"])
        named = ", ".join(map(str, self.drawn))
        c.note(
            f"{picked.total()} picks, {counted.total()} counted; drawn {named}.",
            f"선택 {picked.total()}개, 반영 {counted.total()}개; 추첨 번호 {named}.",
        )

    def reserve_(self, c: Check) -> None:
        if not self.drawing(c):
            return
        if not self.drawn or not self.prices:
            raise Missing("V13")
        if self.n["mean_of"] == "unrounded":
            base = self.n["base_amount"]
            parts = [Fraction(base * self.rates[n - 1], 100_000) for n in self.drawn]
        else:
            parts = [Fraction(self.prices[n - 1]) for n in self.drawn]
        mean = sum(parts, Fraction(0)) / 4
        self.reserve = rounded(mean, 1, self.n["mean_rounding"])
        self.measure = mean if self.n["mean_of"] == "unrounded" else Fraction(self.reserve)
        c.same("reserve_price", self.reserve, self.b["reserve_price"])
        c.note(f"Reserve price {self.reserve:,} won.", f"예정가격 {self.reserve:,}원.")

    def floor_(self, c: Check) -> None:
        if not self.drawing(c):
            return
        if not self.reserve:
            raise Missing("V14")
        a, rate = self.n["a_value"], Fraction(self.n["floor_rate"]) / 100
        self.floor = ceil((self.reserve - a) * rate + a)
        c.same("floor_price", self.floor, self.b["floor_price"])
        c.note(
            f"Floor price {self.floor:,} won at {self.n['floor_rate']} %, A {a:,} won.",
            f"낙찰하한가 {self.floor:,}원 (하한율 {self.n['floor_rate']}%, A값 {a:,}원).",
        )

    def ranking(self, c: Check) -> None:
        if not self.drawing(c):
            return
        if not self.floor:
            raise Missing("V15")
        valid = self.valid()
        inside = [self.amounts[h] for h in valid if self.floor <= self.amounts[h] <= self.reserve]
        theirs = {one["hash"]: one for one in self.b["ranking"]}
        c.same("ranking", len(self.b["ranking"]), len(theirs))
        c.same("ranking", sorted(valid), sorted(theirs))
        for h in valid:
            amount = self.amounts[h]
            remark = "below_floor" if amount < self.floor else "normal"
            remark = "above_reserve" if amount > self.reserve else remark
            rank = 1 + sum(other < amount for other in inside) if remark == "normal" else 0
            rate = three_decimals(floor(amount * 100_000 / self.measure))
            self.remarks.append(remark)
            ours = {"hash": h, "rank": rank, "remark": remark, "rate": rate}
            for name, value in ours.items():
                c.same(f"ranking.{h[:12]}.{name}", value, theirs.get(h, {}).get(name))
        tally = Counter(self.remarks)
        c.note(
            f"{tally['normal']} ranked, {tally['below_floor']} below the floor, "
            f"{tally['above_reserve']} above the reserve price.",
            f"순위 {tally['normal']}, 하한가 미달 {tally['below_floor']}, "
            f"예정가격 초과 {tally['above_reserve']}.",
        )

    def outcome(self, c: Check) -> None:
        said = self.b["outcome"]
        at, opening = moment(said["at"]), moment(self.n["opening_at"])
        c.holds("outcome.at", at >= opening, "not before the opening's time", "개찰 시각 이후")
        if self.held:
            c.leave(
                "On hold, the platform says; the bundle holds no keys to check why.",
                "플랫폼은 보류라고 합니다. 그 이유를 확인할 열쇠가 꾸러미에 없습니다.",
            )
            return
        if self.asked and len(self.privates) < 2:
            raise Missing("V8")
        if self.asked and len(self.seeds) == 2 and self.refused:
            c.leave(
                f"On hold, the platform says, by the rule {said['code']}; this program does not "
                "confirm that. All envelopes and both seeds opened as said.",
                f"플랫폼은 규칙 {said['code']}에 따라 보류라고 합니다. 이 프로그램은 그 이유를 "
                "확인하지 않습니다. 봉투와 씨앗은 모두 기록대로 열립니다.",
            )
            return
        if self.asked and len(self.seeds) < 2:
            c.same("outcome.outcome", "hold", said["outcome"])
            c.note("On hold: a commitment does not hold.", "보류: 약속한 씨앗과 다릅니다.")
            return
        if not self.asked:
            outcome, code = "failed", "opening.failed.too_few"
        elif len(self.valid()) < self.needed:
            outcome, code = "failed", "opening.failed.too_few_opened"
        elif not self.remarks:
            raise Missing("V16")
        elif "normal" in self.remarks:
            outcome, code = "published", "opening.ranked"
        else:
            outcome, code = "failed", "opening.failed.none_inside"
        c.same("outcome.outcome", outcome, said["outcome"])
        c.same("outcome.code", code, said["code"])
        c.same("outcome.law", self._article(code), said["law"])
        korean = "유찰" if outcome == "failed" else "개찰 완료"
        c.note(f"{outcome} ({said['law']}).", f"{korean} ({said['law']}).")

    def _article(self, code: str) -> str:
        """The article of an outcome; for too few quotations it depends on how many are needed."""
        national = self.n["regime"] == "national"
        if self.n["procedure"] == "quotation" and code.startswith("opening.failed.too_few"):
            act = "국가계약법" if national else "지방계약법"
            return f"{act} 시행령 제30조제1항" + ("제2호" if self.needed == 1 else "")
        return LAW[self.n["procedure"]][code][0 if national else 1]


CHECKS: list[tuple[Text, Callable[[Verifier, Check], None]]] = [
    (("Form of the bundle", "꾸러미의 형식"), Verifier.form),
    (("Notice and rules used", "공고와 적용한 규칙"), Verifier.notice),
    (("Custodians' keys", "보관자의 열쇠"), Verifier.lot_keys),
    (("Envelopes, signatures, arrival", "봉투, 서명, 도착"), Verifier.envelopes),
    (("Receipts", "접수증"), Verifier.receipts),
    (
        ("Closed set and request for the keys", "마감된 봉투의 집합과 열쇠 청구"),
        Verifier.closed_set,
    ),
    (("Bids set aside", "제외된 입찰"), Verifier.exclusions),
    (("Released keys", "제공된 열쇠"), Verifier.releases),
    (("Opening of every envelope", "모든 봉투의 개봉"), Verifier.opening),
    (("Seeds and their commitments", "씨앗과 그 약속"), Verifier.seeds_),
    (("The 15 rates and their strata", "15개 비율과 구간"), Verifier.rates_),
    (("The 15 preliminary prices", "복수예비가격 15개"), Verifier.prices_),
    (("Picks counted, four numbers drawn", "선택 집계와 추첨 번호 넷"), Verifier.draw),
    (("Reserve price", "예정가격"), Verifier.reserve_),
    (("Floor price", "낙찰하한가"), Verifier.floor_),
    (("Ranks, remarks, displayed rates", "순위, 비고, 투찰률"), Verifier.ranking),
    (("Outcome", "개찰 결과"), Verifier.outcome),
]


# ---------------------------------------------------------------- printing and the command

SIGNS = {"same": "✓", "different": "✗", "not_applicable": "–"}


def _say(value: Any, korean: bool) -> str:
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, str) for v in value):
        return value[korean]
    if value is None:
        return "없음" if korean else "nothing"
    return str(value) if len(str(value)) < 200 else str(value)[:200] + "…"


def print_text(checks: list[Check], number: str, korean: bool) -> None:
    for check in checks:
        print(f"{SIGNS[check.state]} V{check.number} {check.title[korean]}")
        for note in check.notes:
            print(f"      {note[korean]}")
        for one in check.differences:
            ours, theirs = _say(one.ours, korean), _say(one.bundle, korean)
            where = f"{one.where}: " if one.where else ""
            if one.bundle is NOT_SO:
                print(f"    ✗ {where}{'필요한 것:' if korean else 'expected:'} {ours}")
            elif korean:
                print(f"    ✗ {where}계산한 값 {ours}; 꾸러미의 값 {theirs}")
            else:
                print(f"    ✗ {where}ours {ours}; the bundle says {theirs}")
    print(f"\n{NOT_COVERED[korean]}")
    bad = [f"V{check.number}" for check in checks if check.differences]
    if bad:
        named = ", ".join(bad)
        print(f"\n{number}: 다릅니다 ({named})." if korean else f"\n{number}: DIFFERENT ({named}).")
    elif not checks[-1].applies:
        said = ("on hold; no result to compare.", "보류 중이라 비교할 결과가 없습니다.")
        print(f"\n{number}: {said[korean]}")
    else:
        print(f"\n{number}: 모두 같습니다." if korean else f"\n{number}: everything is equal.")


def as_json(checks: list[Check], verifier: Verifier, korean: bool) -> str:
    rows = [
        {
            "check": f"V{one.number}",
            "title": one.title[korean],
            "state": one.state,
            "notes": [note[korean] for note in one.notes],
            "found": one.found,
            "differences": [
                {"where": d.where, "ours": _say(d.ours, korean), "bundle": _say(d.bundle, korean)}
                for d in one.differences
            ],
        }
        for one in checks
    ]
    result = "different" if any(one.differences for one in checks) else "same"
    report = {
        "v": "jangteo/verify/1", "program": VERSION, "tender": verifier.n["number"],
        "sha256": sha256(verifier.data).hex(), "result": result, "checks": rows,
    }  # fmt: skip
    return json.dumps(report, ensure_ascii=False)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bundle", type=Path, help="the file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--ko", action="store_true", help="한국어로 출력")
    parser.add_argument("--sha256", default="", help="the SHA-256 published with the result")
    given = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        data = sys.stdin.buffer.read() if str(given.bundle) == "-" else given.bundle.read_bytes()
        verifier = Verifier(data, given.sha256.strip().lower())
    except (OSError, Unreadable) as error:
        if given.json:
            print(json.dumps({"v": "jangteo/verify/1", "result": "unreadable", "why": str(error)}))
        said = "꾸러미를 읽을 수 없습니다" if given.ko else "The bundle cannot be read"
        print(f"{said}: {error}", file=sys.stderr)
        return 2
    checks = verifier.run()
    if given.json:
        print(as_json(checks, verifier, given.ko))
    else:
        print_text(checks, verifier.n["number"], given.ko)
    return int(any(one.differences for one in checks))


def command() -> None:
    """The installed command."""
    sys.exit(main())


if __name__ == "__main__":
    command()
