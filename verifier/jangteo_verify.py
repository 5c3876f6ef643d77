#!/usr/bin/env python3
"""Recompute the result of a Jangteo opening from its published bundle, without the platform.

    python jangteo_verify.py bundle.json [--json] [--ko] [--sha256 HASH]

Exit 0: everything that can be recomputed is equal. 1: something differs. 2: the bundle cannot be
read. Needs Python 3.11 and the package `cryptography`; no network. Written from the documents
`bundle.md`, `envelope.md`, `figures.md` and `rules/`; no code of the platform. Figures are whole
numbers and exact fractions.
"""

import argparse
import base64
import hashlib
import hmac
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
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
MAKERS = ("agency", "platform")
SIGNERS = ("contract_officer", "opening_officer")
DRAWN = ["rates_from", "prices", "drawn", "supplied", "reserve_price", "floor_price", "ranking"]
OF_LINE = ("net_cost", "net_cost_line", "price/net_cost")
HIGHEST_PRICE = 10**15
SEOUL = timedelta(hours=9)
#: up to this estimated price one quotation will do
ONE_WILL_DO = 20_000_000
#: the net-cost line: percent of the net cost, for which reserve prices, and from when on
LINE = {"percent": "98"}
LINE_FOR = {"category": "works", "reserve_price": "0..10000000000"}
LINE_SINCE = {"national": "2020-05-27", "local": "2023-07-12"}
RULES_OWN = "price.floor.a_value_too_large", "price.range.malformed", "rules.dated.missing"
ACTS = {"national": "국가계약법 시행령", "local": "지방계약법 시행령"}
#: procedure and why it ended as it did -> the article of the decree: national, local
LAW = {
    ("open", "opening.ranked"): ("제40조", "제40조"),
    ("open", "opening.failed.too_few"): ("제11조", "제12조"),
    ("open", "opening.failed.none_inside"): ("제20조제1항", "제19조제1항"),
    ("quotation", "opening.failed.too_few"): ("제30조제1항", "제30조제1항"),
    ("quotation", "opening.failed.none_inside"): ("제30조제6항", "제30조제3항"),
}
OWN_LAW = "전자조달법 시행령 제6조"  # of quotations that are ranked or on hold

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


def scalars(value: Any) -> Iterator[Any]:
    """Everything in a parsed value that is neither a list nor an object."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from scalars(part)
    else:
        yield value


def parse(data: bytes) -> Any:
    """JSON of texts, whole numbers, lists and objects; ValueError for anything else."""
    value = json.loads(data.decode("ascii"))
    if not all(type(one) in (int, str) for one in scalars(value)):
        raise ValueError("true, false, null and fractions are not allowed")
    return value


def parse_canonical(text: str) -> dict[str, Any]:
    """An object of printable ASCII and small numbers in canonical JSON (envelope.md, 1)."""
    value = parse(text.encode("ascii"))
    if not isinstance(value, dict) or canonical(value).decode() != text:
        raise ValueError("not canonical JSON")
    for one in [text, *scalars(value)]:
        if isinstance(one, int) and abs(one) > 2**53 - 1:
            raise ValueError("a number is too large")
        if isinstance(one, str) and any(not " " <= letter <= "~" for letter in one):
            raise ValueError("a text is not printable ASCII")
    return value


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
    if (size > 1) != bool(path):
        raise ValueError("the path is too long or too short")
    if size == 1:
        return leaf
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


TIMES = {c: bytes(gf_times(c, b) for b in range(256)) for c in (1, 2, 3, 0x8D, 0xF6)}
INVERSE = {1: 1, 2: 0x8D, 3: 0xF6}


def xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


def combine(i: int, share_i: bytes, j: int, share_j: bytes) -> tuple[bytes, list[bytes]]:
    """The key on the line through two shares, and all three shares with their places."""
    slope = xor(share_i, share_j).translate(TIMES[INVERSE[i ^ j]])
    key = xor(share_i, slope.translate(TIMES[i]))
    return key, [xor(key, slope.translate(TIMES[n])) + bytes([n]) for n in (1, 2, 3)]


# ---------------------------------------------------------------- envelopes (envelope.md, 3 to 7)


@dataclass(frozen=True, slots=True)
class LotKey:
    """A custodian's released price key."""

    place: int
    private: X25519PrivateKey
    public: bytes


BOUND = {"jangteo/envelope/1": ("supplier", "manifest"), "jangteo/seed/1": ("maker", "commitment")}
SEALED_FIELDS = {"body", "shares", "commit"}


def read_sealed(text: str, kind: str) -> dict[str, Any]:
    """An envelope of a bid or a seed with exactly the fields, types and lengths; ValueError."""
    sealed, more = parse_canonical(text), []
    shape = SEALED | {BOUND[kind][0]: "text", BOUND[kind][1]: HEX}
    fit(sealed, shape, "", more)
    lists = (sealed["shares"], sealed["commit"]["shares"])
    if more or sealed["v"] != kind or any(len(one) != 3 for one in lists):
        raise ValueError("other fields, another kind or other than three shares")
    if sealed["round"] < 0 or sealed["version"] < 0:
        raise ValueError("a number below zero")
    return sealed


class Void(Exception):
    """The envelope fails a numbered mechanical check."""


class Opener:
    """Opens one envelope with the price keys at hand."""

    def __init__(self, sealed: dict[str, Any], keys: dict[str, LotKey]) -> None:
        self.sealed, self.keys = sealed, keys
        self.context = {k: v for k, v in sealed.items() if k not in SEALED_FIELDS}
        names = ("v", "tender", "lot", "round", "version", *BOUND[sealed["v"]])
        self.info = "\0".join(str(sealed[name]) for name in names).encode("ascii")

    def payload(self) -> bytes:
        """That of any pair that passes: the commitment to the key leaves room for one key only.

        Void with the highest check at which a pair failed, or with the lowest that a share failed
        if fewer than two are sound.
        """
        found = {key.place: self._share(key) for key in self.keys.values()}
        shares = {place: share for place, share in found.items() if isinstance(share, bytes)}
        if len(shares) < 2:
            raise Void(min(share for share in found.values() if isinstance(share, str)))
        failed = ""
        for (i, one), (j, other) in combinations(shares.items(), 2):
            try:
                return self._with(i, one, j, other)
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

    def _with(self, i: int, share_i: bytes, j: int, share_j: bytes) -> bytes:
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
    ways = {"up": ceil, "down": floor, "half_even": round}
    ways["half_up"] = lambda units: floor(units + Fraction(1, 2))
    return int(ways[way](value / unit)) * unit


def choose(counted: Counter[int], seed: bytes, four: int = 4) -> tuple[list[int], list[int]]:
    """The four numbers in the order of choice, and those supplied by the seeds."""
    order = sorted((n for n in counted if counted[n]), key=lambda n: (-counted[n], n))
    chosen = order[:four]
    left = [n for n in range(1, 16) if not counted[n]]
    stream = Stream(b"jangteo/shortage/1", seed)
    supplied = [left.pop(stream.below(len(left))) for _ in range(four - len(chosen))]
    return chosen + supplied, supplied


def three_decimals(thousandths: int) -> str:
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


# ---------------------------------------------------------------- award (figures.md)


class Refused(Exception):
    """The case cannot be answered: form, row or a_value."""


DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
CAPABILITY = ("experience", "technology", "finance", "reputation")
ZERO = Fraction(0)


def number(value: Any) -> Fraction:
    """A decimal text."""
    if not isinstance(value, str) or not DECIMAL.fullmatch(value):
        raise Refused("form")
    return Fraction(value)


def to_places(value: Fraction, places: int, way: str) -> Fraction:
    return Fraction(rounded(value * 10**places, 1, way), 10**places)


def written(value: Fraction) -> str:
    """A finite decimal without superfluous zeros."""
    places = next(n for n in range(99) if 10**n % value.denominator == 0)
    digits = f"{abs(value * 10**places).numerator:0{places + 1}d}"
    point = len(digits) - places
    return "-" * (value < 0) + digits[:point] + "." * (places > 0) + digits[point:]


def within(value: Any, wanted: str) -> bool:
    """Whether a field of a row's where holds: equal, *, or a half-open range of won."""
    low, dots, high = wanted.partition("..")
    if not dots or value is None:
        return wanted in ("*", value)
    return int(low or 0) <= value and (not high or value < int(high))


class Award:
    """One case of award arithmetic on its way to its answer."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case, self.bids, self.method = case, case["bids"], case["method"]
        self.live = [bid for bid in self.bids if not bid.get("excluded")]
        self.spec_first = self.method in ("two_stage", "simultaneous")
        #: not excluded, and its price is open
        self.priced = [bid for bid in self.live if not self.spec_first or bid["qualified"]]
        self.a_value, self.reserve = case.get("a_value", 0), case.get("reserve_price")
        self.figures: dict[str, Any] = {}
        self.remarks = {bid["key"]: "excluded" for bid in self.bids}
        self.scores: dict[str, dict[str, str]] = {bid["key"]: {} for bid in self.bids}
        self.places: dict[str, Any] = {}  # normal bids: what they are ordered by
        if not self.bids or len(self.scores) < len(self.bids):
            raise Refused("form")

    def row(self, table: str, count: int = 0, must: bool = True) -> dict[str, str]:
        """The values of the row of a table that answers this case; Refused if it must."""
        facts = {name: self.case.get(name) for name in ("regime", "category", "estimated_price")}
        facts["procedure"] = "quotation" if self.method == "quotation" else "open"
        facts |= {"reserve_price": self.reserve, "bids": count}
        rows = self.case["rows"].get(table, [])
        for row in [rows] if isinstance(rows, dict) else rows:
            where, until = row["where"].items(), row.get("until", "a")
            fits = all(within(facts.get(name), wanted) for name, wanted in where)
            if fits and row["since"] <= self.case["on"] < until:
                return dict(row["values"])
        if must:
            raise Refused("row")
        return {}

    def answer(self, act: Callable[["Award"], list[str] | None]) -> dict[str, Any]:
        needed = int(self.row("award/competition")["value"])
        competing = self.priced if self.method == "two_stage" else self.live
        if len(competing) < needed:
            self.remarks |= {bid["key"]: "unranked" for bid in self.live}
            return self._answer("too_few", [])
        if not self.priced:  # a simultaneous bidding for which nobody is qualified
            self.remarks |= {bid["key"]: "unqualified" for bid in self.live}
            return self._answer("none_inside", [])
        if any(type(bid["amount"]) is not int or bid["amount"] < 1 for bid in self.priced):
            raise Refused("form")
        if "drawing" in self.case:
            self._draw(self.case["drawing"], self.case["base_amount"])
        if self.reserve is not None:
            self.figures["reserve_price"] = self.reserve
            if self.reserve < 1:
                raise Refused("form")
        chosen = act(self)
        if not self.places:
            return self._answer("none_inside", [])
        best = min(self.places.values())
        first = [key for key, place in self.places.items() if place == best]
        return self._answer("opened", first if chosen is None else chosen)

    def _answer(self, outcome: str, chosen: list[str]) -> dict[str, Any]:
        order = sorted(self.places.values())
        ranks = {key: 1 + order.index(place) for key, place in self.places.items()}
        bids = [
            {"key": k, "rank": ranks.get(k, 0), "remark": self.remarks[k], "scores": self.scores[k]}
            for k in sorted(self.scores)
        ]
        found = {"outcome": outcome, "bids": bids, "chosen": sorted(chosen)}
        return found | {"figures": self.figures}

    def _draw(self, said: dict[str, Any], base: int) -> None:
        four = int(self.row("price/draw")["chosen"])
        if "rates" in said:
            exact = [base * number(rate) / 100 for rate in said["rates"]]
        else:
            rates = derive_rates(said["bounds"], *map(bytes.fromhex, said["seeds"]))
            exact = [Fraction(base * rate, 100_000) for rate in rates]
        prices = [rounded(price, said["unit"], said["price_rounding"]) for price in exact]
        shown = [bid for bid in self.bids if bid.get("excluded") or bid in self.priced]
        picked = Counter(n for bid in shown for n in bid.get("picks", ()))
        counted = Counter(n for bid in self.priced for n in bid["picks"])
        drawn, _ = choose(counted, bytes.fromhex(said.get("shortage_seed", "")), four)
        unrounded = said["mean_of"] == "unrounded"
        mean = sum((exact[n - 1] if unrounded else prices[n - 1] for n in drawn), ZERO) / four
        self.reserve = rounded(mean, 1, said["mean_rounding"])
        measure = mean if unrounded else self.reserve
        for bid in self.priced:
            rate = three_decimals(floor(bid["amount"] * 100_000 / Fraction(measure)))
            self.scores[bid["key"]]["rate"] = rate
        counts = [[of[n] for n in range(1, 16)] for of in (picked, counted)]
        self.figures |= {"prices": prices, "counts": counts[0], "drawn_from": counts[1]}
        self.figures["drawn"] = drawn

    def _floor(self) -> int:
        rate = self.case.get("floor_rate") or self.row("price/floor_rate")["value"]
        if not 0 <= self.a_value < self.reserve:
            raise Refused("a_value")
        price = ceil((self.reserve - self.a_value) * number(rate) / 100 + self.a_value)
        self.figures["floor_price"] = price
        return price

    def _line(self) -> int:
        """The net-cost line; 0 where there is none."""
        cost = self.case.get("base_net_cost")
        values = {} if cost is None else self.row("price/net_cost", must=False)
        if not values:
            return 0
        if not 0 < cost <= self.case["base_amount"]:
            raise Refused("form")
        net = ceil(Fraction(cost * self.reserve, self.case["base_amount"]))
        line = ceil(net * number(values["percent"]) / 100)
        self.figures |= {"net_cost": net, "net_cost_line": line}
        return line

    def _remark(self, ceiling: int | None, floor: int = 0, line: int = 0, unfit: Any = ()) -> Any:
        """Remark all bids that are not excluded; the normal ones, by amount so far."""
        for bid in self.live:
            key = bid["key"]
            amount = 0 if self.spec_first and key in unfit else bid["amount"]  # 0: stays sealed
            above = ceiling is not None and amount > ceiling
            if key in unfit and not above:
                self.remarks[key] = "unqualified"
            elif above:
                self.remarks[key] = "above_reserve"
            elif amount < floor:
                self.remarks[key] = "below_floor"
            else:
                self.remarks[key] = "below_net_cost" if amount < line else "normal"
        normal = [bid for bid in self.live if self.remarks[bid["key"]] == "normal"]
        self.places = {bid["key"]: (bid["amount"],) for bid in normal}
        return normal

    def _write(self, bid: dict[str, Any], **scores: Fraction) -> None:
        self.scores[bid["key"]] |= {name: written(value) for name, value in scores.items()}

    def qualification(self) -> list[str]:
        values, passing = self.row("award/screening"), {}
        weight, k, basis, cap, flat, least, enough = (
            number(values[name])
            for name in ("weight", "k", "basis", "cap", "flat", "least", "pass")
        )
        for bid in self._remark(self.reserve, self._floor(), self._line()):
            ratio = Fraction(bid["amount"] - self.a_value, self.reserve - self.a_value)
            ratio = to_places(ratio, 4, "half_up")
            price = flat
            if ratio * 100 < cap:
                price = max(weight - k * abs(basis - ratio * 100), least)
            others = self._others(bid.get("scores"), values)
            self._write(bid, ratio=ratio, price=price, others=others, total=price + others)
            passes = price + others >= enough
            self.scores[bid["key"]]["passes"] = "yes" if passes else "no"
            if passes:
                passing[bid["key"]] = (bid["amount"], -price - others)
        return [key for key, place in passing.items() if place == min(passing.values())]

    def _others(self, given: dict[str, str] | None, values: dict[str, str]) -> Fraction:
        """The points beside the price: given, or full marks."""
        parts = (part.partition("=") for part in values["items"].split())
        marks = {code: number(mark) for code, _, mark in parts}
        if "wages" in marks:
            marks["wages"] *= number(self.case.get("difficulty", "1"))
        if given is not None:
            edges = {code: (ZERO, mark) for code, mark in marks.items()}
            if "reputation" in given:
                low, high = number(values["reputation_low"]), number(values["reputation_high"])
                edges["reputation"] = (low, high)
            if set(given) != set(edges):
                raise Refused("form")
            exact = {code: to_places(number(text), 2, "up") for code, text in given.items()}
            marks = {code: min(max(exact[code], low), top) for code, (low, top) in edges.items()}
        able = sum((mark for code, mark in marks.items() if code in CAPABILITY), ZERO)
        return min(able, number(values["capability"])) + sum(marks.values()) - able

    def opening(self) -> None:
        """The order in which a qualification or a quotation begins, before any score."""
        self._remark(self.reserve, self._floor(), self._line())

    def quotation(self) -> None:
        self._remark(self.reserve, self._floor())

    def lowest_price(self) -> None:
        self._remark(self.reserve, line=self._line())

    def specification_first(self) -> None:
        """Two-stage and simultaneous."""
        unfit = {bid["key"] for bid in self.live if not bid["qualified"]}
        for bid in self._remark(self.reserve, unfit=unfit):
            self.places[bid["key"]] = (bid["amount"], -number(bid["technical"]))
        for bid in self.priced:
            self._write(bid, technical=number(bid["technical"]))

    def negotiation(self) -> None:
        values, how = self.row("award/negotiation"), self.row("award/negotiation_price")
        technical, price = (self.case.get(name) for name in ("technical_weight", "price_weight"))
        if technical is None and price is None:
            technical, price = number(values["technical"]), number(values["price"])
        least, most = number(values["price_least"]), number(values["price_most"])
        if technical + price != 100 or not least <= price <= most:
            raise Refused("form")
        reference, ceiling = self.reserve or self.case["estimated_price"], self.reserve
        if ceiling is None and self.case["regime"] == "local":
            vat = number(self.row("price/vat")["value"])
            ceiling = floor(reference * (100 + vat) / 100)
        self.figures |= {"reference": reference}
        self.figures |= {"ceiling": ceiling} if ceiling is not None else {}
        marks = {bid["key"]: self._technical(bid) for bid in self.live}
        for bid in self.live:
            self._write(bid, technical=marks[bid["key"]][0])
        cut = technical * number(values["cutoff"])
        unfit = {key for key, (mark, _) in marks.items() if mark * 100 < cut}
        every = self._remark(ceiling)
        normal = self._remark(ceiling, unfit=unfit)
        of = normal if how["lowest_of"] == "qualified" else every
        lowest = min((bid["amount"] for bid in of), default=0)
        near, far = (reference * number(how[name]) / 100 for name in ("near", "far"))
        if how["lowest_clamped"] == "yes":
            lowest = max(lowest, far)
        for bid in normal:
            amount, (mark, heaviest) = bid["amount"], marks[bid["key"]]
            score = price * lowest / max(near, amount)
            if amount < near:
                score += number(how["extra"]) * (near - max(amount, far)) / (near - far)
            score = to_places(score, int(how["places"]), how["rounding"])
            self._write(bid, price=score, total=mark + score)
            self.places[bid["key"]] = (-mark - score, -mark, -heaviest)

    def _technical(self, bid: dict[str, Any]) -> tuple[Fraction, Fraction]:
        """The technical score, and the mark of the heaviest item."""
        deduction = number(bid.get("deduction", "0"))
        if "marks" not in bid:
            return number(bid["technical"]) - deduction, ZERO
        values, marks = self.row("award/committee"), bid["marks"]
        if len(marks) < int(values["fewest"]) or any(set(one) != set(marks[0]) for one in marks):
            raise Refused("form")
        sums = [sum(map(number, one.values()), ZERO) for one in marks]
        kept = sorted(range(len(marks)), key=lambda i: (-sums[i], i))[int(values["highest"]) :]
        kept = sorted(kept, key=lambda i: (sums[i], i))[int(values["lowest"]) :]

        def mean(of: list[Fraction]) -> Fraction:
            exact = sum((of[i] for i in kept), ZERO) / len(kept)
            return to_places(exact, int(values["places"]), values["rounding"])

        heaviest = ZERO
        if items := self.case.get("items"):
            code = max(items, key=lambda item: Fraction(item["full"]))["code"]
            heaviest = mean([number(one[code]) for one in marks])
        return mean(sums) - deduction, heaviest

    def comprehensive(self) -> None:
        values = self.row("award/comprehensive")
        balance = self._balance(values)
        for bid in self._remark(self.reserve, line=self._line()):
            price, able, social = (
                number(bid[name]) for name in ("price_score", "capability", "social")
            )
            total, near = price + able + social, ZERO
            self._write(bid, price=price, capability=able, social=social, total=total)
            if balance is not None:
                close = balance * 100 >= self.reserve * number(values["near"])
                near = bid["amount"] if close else abs(bid["amount"] - balance)
            place = (-total, -able - social, near, -able, -social, bid.get("recent_awards", 0))
            self.places[bid["key"]] = place

    def _balance(self, values: dict[str, str]) -> Fraction | None:
        """The balance price, exact; None if no bid is left to make it of."""

        def fits(bid: dict[str, Any]) -> bool:
            tested = [name for name in ("fixed", "labour") if name in bid and name in self.case]
            short = (bid[name] * 100 < self.case[name] * number(values[name]) for name in tested)
            return not (bid.get("mismatch") or bid.get("negative") or any(short))

        low = self.reserve * number(values["low"])
        amounts = sorted(
            bid["amount"] for bid in self.live
            if low <= bid["amount"] * 100 <= self.reserve * 100 and fits(bid)
        )  # fmt: skip
        count = len(amounts)
        if not count:
            return None
        row = self.row("award/balance_price", count)
        top, bottom = (
            rounded(count * number(row.get(name, "0")) / 100, 1, values["rounding"])
            for name in ("top", "bottom")
        )
        bottom = int(row.get("bottom_count", bottom))
        middle = amounts[bottom : count - top] or amounts
        balance = Fraction(sum(middle), len(middle))
        self.figures["balance_price"] = str(balance)
        return balance


METHODS: dict[str, Callable[[Award], list[str] | None]] = {
    "qualification": Award.qualification, "quotation": Award.quotation,
    "lowest_price": Award.lowest_price, "two_stage": Award.specification_first,
    "simultaneous": Award.specification_first, "negotiation": Award.negotiation,
    "comprehensive": Award.comprehensive,
}  # fmt: skip


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """Order, remarks, scores and who stands first, for a case as figures.md describes it."""
    try:
        return Award(case).answer(METHODS[case["method"]])
    except Refused as refused:
        return {"refused": str(refused)}
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError):
        return {"refused": "form"}


# ---------------------------------------------------------------- the form of a bundle

#: "text", "int", a compiled pattern, so many bytes in base64url, [shape of each], {name: shape}
Shape = Any

B64, NUMBER = re.compile(r"[A-Za-z0-9_-]+"), re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
DAY, RATE = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"[0-9]+\.[0-9]{3}")
ROUNDING, HEX = re.compile("up|down|half_up|half_even"), re.compile(r"[0-9a-f]{64}")

NOTICE: Shape = {
    "number": "text", "version": "int", "lot": "text", "round": "int", "scope": "text",
    "title": "text", "buyer": "text", "regime": re.compile("national|local"),
    "category": re.compile("works|goods|services"), "service_kind?": re.compile("simple_labour"),
    "procedure": re.compile("open|quotation"), "award_method": "text", "rule_day": DAY,
    "published_at": MOMENT, "bidding_from": MOMENT, "deadline": MOMENT, "opening_at": MOMENT,
    "base_amount": "int", "estimated_price": "int", "a_value": "int", "base_net_cost?": "int",
    "floor_rate": NUMBER, "range_low": NUMBER, "range_high": NUMBER, "price_unit": "int",
    "price_rounding": ROUNDING, "mean_rounding": ROUNDING, "keys_hash": HEX, "sealer_hash": HEX,
    "mean_of": re.compile("displayed|unrounded"), "difficulty?": re.compile(r"0\.[89][05]|1\.00"),
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
    "id": "text", "since": DAY, "where": {"*": "text"}, "values": {"*": "text"}, "law": "text",
    "source": "text", "sure": re.compile("stated|derived|assumed"),
}  # fmt: skip
SEALED: Shape = {
    "v": "text", "tender": "text", "lot": "text", "round": "int", "version": "int", "keys": HEX,
    "body": 284, "shares": [{"enc": 32, "ct": 81}], "commit": {"key": HEX, "shares": [HEX]},
}  # fmt: skip
BUNDLE: Shape = {
    "v": re.compile("jangteo/bundle/1"), "notice": NOTICE, "rules": {"*": RULE}, "keys": "text",
    "seeds": [{"maker": "text", "sealed": "text", "commitment": HEX}], "envelopes": [ENVELOPE],
    "exclusions": [
        {"hash": HEX, "ground": "text", "article": "text", "note": "text", "at": MOMENT}
    ],
    "request": {
        "statement": "text", "signatures": [{"role": "text", "key": B64, "signature": B64}],
    },
    "releases": [{"custodian": "text", "price": B64, "signature": B64}],
    "opened": [{"hash": HEX, "amount?": "int", "picks?": ["int"], "check?": "text"}],
    "outcome": {
        "outcome": re.compile("published|failed|hold"), "code": "text", "law": "text", "at": MOMENT,
    },
    "rates_from?": re.compile("seeds|given"),
    "prices?": [{"number": "int", "rate": RATE, "price": "int", "picked": "int", "counted": "int"}],
    "drawn?": ["int"], "supplied?": ["int"], "reserve_price?": "int", "floor_price?": "int",
    "net_cost?": "int", "net_cost_line?": "int",
    "ranking?": [
        {"hash": HEX, "rank": "int", "rate": RATE, "tiebreak?": HEX,
         "remark": re.compile("normal|below_floor|below_net_cost|above_reserve")}
    ],
}  # fmt: skip


def fit(value: Any, shape: Shape, where: str, more: list[str]) -> None:
    """ValueError where something is missing or of another kind; fields too many go into `more`."""
    kind = type(shape) if isinstance(shape, dict | list) else int if shape == "int" else str
    if not isinstance(value, kind):
        raise ValueError(f"{where}: {kind.__name__} is needed")
    if isinstance(shape, dict):
        known = {name.rstrip("?"): part for name, part in shape.items()}
        if any(name[-1] not in "?*" and name not in value for name in shape):
            raise ValueError(f"{where}: missing {', '.join(set(shape) - set(value))}")
        for name, part in value.items():
            place = f"{where}.{name}" if where else name
            if name in known or "*" in known:
                fit(part, known.get(name, known.get("*")), place, more)
            else:
                more.append(place)
    elif isinstance(shape, list):
        for index, part in enumerate(value):
            fit(part, shape[0], f"{where}[{index}]", more)
    elif isinstance(shape, int):
        b64u(value, shape)
    elif isinstance(shape, re.Pattern):
        if not shape.fullmatch(value):
            raise ValueError(f"{where}: {value[:40]!r} is not of the form needed")
        if shape in (MOMENT, DAY):
            moment(value)  # a day that there is


# ---------------------------------------------------------------- what the checks say

NOT_SO: Text = ("not so", "아님")


@dataclass(slots=True)
class Check:
    """One numbered check. found: every value of ours by its place; differences: place, what this
    program finds, what the bundle says.
    """

    number: int
    title: Text
    notes: list[Text] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    differences: list[tuple[str, Any, Any]] = field(default_factory=list)
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
            self.differences.append((where, ours, bundle))

    def holds(self, where: str, true: bool, en: str, ko: str) -> None:
        """en, ko: what is expected and does not hold."""
        if not true:
            self.differences.append((where, (en, ko), NOT_SO))

    def signed(self, where: str, key: bytes, signature: bytes, message: bytes) -> None:
        self.holds(where, signed(key, signature, message), "a signature that holds", "유효한 서명")

    def note(self, en: str, ko: str) -> None:
        self.notes.append((en, ko))

    def leave(self, en: str, ko: str) -> None:
        self.applies = False
        self.note(en, ko)


#: parts of a bundle from which nothing is computed and which no signature in it covers
NOT_COVERED: Text = (
    "Not covered by a computation or signature in the bundle: title, buyer, names, grounds of "
    "exclusions, sources of rules, the sealer's hash, a seed's unused share, moments other than "
    "deadline and arrivals, and terms where others give the same result. To be sure of these too, "
    "compare the bundle's SHA-256 with the one published with the result (--sha256). The law's "
    "values are the bundle's own, listed under V2 with article and day: one mistyped there is the "
    "same to the platform and to this program. Compare them with the law itself.",
    "꾸러미 안의 계산이나 서명으로 확인되지 않는 것: 공고명, 기관, 업체 이름, 제외 사유, "
    "규칙의 출처, 봉인 프로그램의 해시, 씨앗의 쓰이지 않은 조각, 마감과 도착 외의 시각, "
    "달라도 결과가 같은 공고 조건. 게시된 SHA-256과 비교하면 이것까지 확인됩니다(--sha256). "
    "법령의 값은 꾸러미에 적힌 것을 씁니다. 잘못 적혔으면 플랫폼과 이 프로그램이 똑같이 틀리므로, "
    "V2에 조문, 시행일과 함께 보인 값을 법령과 직접 비교하십시오.",
)


class Verifier:
    """Runs the checks on one parsed bundle; later checks build on what earlier ones found."""

    def __init__(self, data: bytes, expected: str = "") -> None:
        self.data, self.expected, self.more = data, expected, list[str]()
        try:
            self.b: dict[str, Any] = parse(data)
            fit(self.b, BUNDLE, "", self.more)
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"not a bundle: {error}") from error
        self.n, self.said = self.b["notice"], self.b["outcome"]
        self.deadline = moment(self.n["deadline"])
        self.names = {name: self.n[name] for name in ("lot", "round", "version")}
        self.names["tender"] = self.n["number"]
        self.hashes = [one["hash"] for one in self.b["envelopes"]]
        self.excluded = {one["hash"] for one in self.b["exclusions"]}
        self.keys: dict[str, tuple[bytes, bytes]] = {}  # custodian -> signer, public price key
        self.privates: dict[str, LotKey] = {}
        self.bids: dict[str, dict[str, Any]] = {}  # hash -> what was in it
        self.seeds: list[bytes] = []
        self.rates: list[int] = []
        self.worked: dict[str, Any] = {}  # the answer of the arithmetic of award
        #: how many valid bids are needed: bundle.md, 3, step 11
        few = self.n["procedure"] == "quotation" and self.n["estimated_price"] <= ONE_WILL_DO
        self.needed = 1 if few else 2
        self.asked = len(set(self.hashes) - self.excluded) >= self.needed
        hold = self.said["outcome"] == "hold"
        bare = not self.b["releases"] and not self.b["opened"]
        #: on hold with nothing opened: why cannot be checked from the bundle
        self.held = self.asked and bare and hold
        #: on hold after the opening because a rule gave no figure, as the platform says
        self.refused = hold and self.said["code"][:8] != "opening." and "prices" not in self.b
        self.sealed: Text | None = None  # why nothing was opened
        if not self.asked:
            self.sealed = "Too few bids; nothing was opened.", "입찰이 모자라 개봉하지 않았습니다."
        elif self.held:
            self.sealed = "On hold; nothing was opened.", "보류되어 개봉하지 않았습니다."

    def run(self) -> list[Check]:
        checks = []
        for number, (title, act, drawn) in enumerate(CHECKS, 1):
            check = Check(number, title)
            checks.append(check)
            try:
                if not drawn or self.drawing(check):
                    act(self, check)
            except MemoryError:  # this machine is too small: no answer
                raise
            except Exception as error:  # whatever it is, it is a difference
                what = f"{type(error).__name__}: {error}"
                check.holds("", False, f"a value, but: {what}", f"계산값(불가: {what})")
        return checks

    # -- the checks, in their order

    def form(self, c: Check) -> None:
        again, digest = canonical(self.b), sha256(self.data).hex()
        c.same("SHA-256", self.expected or digest, digest)
        pairs = enumerate(zip(again, self.data, strict=False))
        where = next((i for i, (one, other) in pairs if one != other), "last")
        en, ko = "the same bytes when written again", "다시 써도 같은 바이트"
        c.holds(f"byte {where}", again == self.data, en, ko)
        for name in self.more:
            c.holds(name, False, "a field of bundle.md", "bundle.md에 있는 항목")
        for fields in (DRAWN, OF_LINE):
            there = [name for name in fields if name in self.b or name in self.b["rules"]]
            c.same("the draw's fields", [*fields] if there and "prices" in self.b else [], there)
        size = f"{len(self.data):,}"
        c.note(f"{size} bytes, SHA-256 {digest}", f"{size}바이트, SHA-256 {digest}")

    def notice(self, c: Check) -> None:
        n = self.n
        head, _, attempt = n["scope"].rpartition("/")
        c.same("notice.scope", f"{n['number']}/{n['lot']}/{n['round']}/{n['version']:03d}", head)
        c.holds("notice.scope", attempt.isdecimal(), "an attempt's number", "시도 번호")
        published, begun = moment(n["published_at"]), moment(n["bidding_from"])
        first = (published + SEOUL).date().isoformat()
        of_law = n["rule_day"] == first or (n["version"] > 0 and n["rule_day"] < first)
        en, ko = f"the day of first publication ({first} or earlier)", f"최초 공고일({first} 이전)"
        c.holds("notice.rule_day", of_law, en, ko)
        ordered = max(published, begun) < self.deadline < moment(n["opening_at"])
        en, ko = "after publication and start, before the opening", "게시와 시작 뒤, 개찰 전"
        c.holds("notice.deadline", ordered, en, ko)
        methods = {"open": "qualification", "quotation": "quotation"}
        c.same("notice.award_method", methods[n["procedure"]], n["award_method"])
        category = "services" if "service_kind" in n else n["category"]
        c.same("notice.category", category, n["category"])
        c.same("notice.a_value", n["a_value"] if category == "works" else 0, n["a_value"])
        works, cost = (category, n["procedure"]) == ("works", "open"), n.get("base_net_cost")
        known = cost is None or (works and 0 < cost <= n["base_amount"])
        en, ko = "of works by open competition, within the base amount", "공사 입찰의 기초금액 이내"
        c.holds("notice.base_net_cost", known, en, ko)
        top = {"national": 10**10, "local": 3 * 10**10}[n["regime"]] if works else 0
        scored = "difficulty" not in n or 5 * 10**9 <= n["estimated_price"] < top
        c.holds("notice.difficulty", scored, "only of large works", "50억 원 이상 공사 입찰에만")
        amounts = n["base_amount"] > 0 and n["a_value"] >= 0 and n["price_unit"] > 0
        c.holds("notice.base_amount", amounts, "figures above zero", "0보다 큰 금액")
        inside = -100 < Fraction(n["range_low"]) < 0 < Fraction(n["range_high"])
        c.holds("notice.range_low", inside, "a range around zero", "0을 포함하는 범위")
        for table, row in self.b["rules"].items():
            self._rule(c, table, row)
        name = f"{n['number']}-{n['version']:03d}"
        c.note(f"{name}, law of {n['rule_day']}", f"{name}, 적용 법령일 {n['rule_day']}")

    def _rule(self, c: Check, table: str, row: dict[str, Any]) -> None:
        n, where = self.n, f"rules.{table}"
        c.same(f"{where}.id", table, row["id"].partition(":")[0])
        values = ", ".join(f"{name} {value}" for name, value in row["values"].items())
        said = f"{table}: {values} – {row['law']}, {row['since']} ({row['sure']})"
        c.note(said, said)
        in_force = row["since"] <= n["rule_day"]
        c.holds(f"{where}.since", in_force, "in force on the rule day", "적용일에 시행 중")
        facts = {name: n[name] for name in ("regime", "category", "procedure", "estimated_price")}
        if table == "price/floor_rate":
            facts["category"] = n.get("service_kind", n["category"])
        ends = (Fraction(n["range_low"]), Fraction(n["range_high"]))
        named = ends in ((-2, 2), (-3, 3))  # every other range is cut by the row of "other"
        facts |= {"unit": str(n["price_unit"]), "reserve_price": self.b.get("reserve_price")}
        facts["low"], facts["high"] = map(str, ends) if named else ("other", "other")
        facts["variant"] = "mirrored" if row["where"].get("variant") == "mirrored" else "usual"
        for name, wanted in row["where"].items():
            c.holds(
                f"{where}.where.{name}", name in facts and within(facts[name], wanted),
                f"a row for {facts.get(name)}", f"{facts.get(name)}에 맞는 행",
            )  # fmt: skip
        terms = ("price_unit", "price_rounding", "floor_rate", "mean_of", "mean_rounding")
        used = {f"price/{name.removeprefix('price_')}": {"value": str(n[name])} for name in terms}
        used |= {
            "price/range": {"low": n["range_low"], "high": n["range_high"]},
            "price/draw": {"prices": "15", "picks": "2", "chosen": "4"},
            "award/competition": {"value": str(self.needed)},
            "price/net_cost": LINE,
        }
        if table in ("price/range", "price/floor_rate"):  # rates are the same as numbers
            ours = {name: Fraction(rate) for name, rate in used[table].items()}
            c.same(f"{where}.values", ours, {k: Fraction(v) for k, v in row["values"].items()})
        elif table in used:
            c.same(f"{where}.values", used[table], row["values"])

    def lot_keys(self, c: Check) -> None:
        text = self.b["keys"]
        c.same("notice.keys_hash", sha256(text.encode()).hex(), self.n["keys_hash"])
        statement = parse_canonical(text)
        c.same("keys", {"keys", "scope", "v"}, set(statement))
        c.same("keys.v", "jangteo/keys/1", statement["v"])
        c.same("keys.scope", self.n["scope"], statement["scope"])
        names = [one["statement"]["custodian"] for one in statement["keys"]]
        c.same("keys.custodian", list(CUSTODIANS), names)
        for who, one in zip(CUSTODIANS, statement["keys"], strict=True):
            said, place = one["statement"], f"keys.{who}"
            c.same(place, {"signature", "signer", "statement"}, set(one))
            c.same(place, {"custodian", "deadline", "documents", "price", "scope", "v"}, set(said))
            c.same(f"{place}.v", "jangteo/lot-keys/1", said["v"])
            c.same(f"{place}.scope", self.n["scope"], said["scope"])
            c.same(f"{place}.deadline", self.deadline, moment(said["deadline"]))
            signer, price = b64u(one["signer"]), b64u(said["price"], 32)
            b64u(said["documents"], 32)
            c.signed(f"{place}.signature", signer, b64u(one["signature"]), canonical(said))
            self.keys[who] = (signer, price)
        c.same("keys", 3, len({key for _, key in self.keys.values()}))

    def envelopes(self, c: Check) -> None:
        for i, one in enumerate(self.b["envelopes"]):
            place = f"envelopes[{i}]"
            hashed = sha256(one["envelope"].encode())
            c.same(f"{place}.hash", hashed.hex(), one["hash"])
            key = b64u(one["agent_key"], 65)
            c.signed(f"{place}.signature", key, bytes.fromhex(one["signature"]), hashed)
            early, end = moment(one["arrival"]) < self.deadline, self.n["deadline"]
            c.holds(f"{place}.arrival", early, f"before {end}", f"마감 {end} 전")
        suppliers = {one["supplier"] for one in self.b["envelopes"]}
        c.same("envelopes.supplier", len(self.hashes), len(suppliers))

    def receipts(self, c: Check) -> None:
        keys, logs = set(), set()
        for i, one in enumerate(self.b["envelopes"]):
            place, receipt = f"envelopes[{i}].receipt", one["receipt"]
            leaf = receipt["leaf"]
            promised = self.names | {"v": "jangteo/receipt/1", "keys": self.n["keys_hash"]}
            promised |= {name: one[name] for name in ("hash", "supplier", "arrival")}
            for name, ours in promised.items():
                c.same(f"{place}.leaf.{name}", ours, leaf[name])
            path = [b64u(node, 32) for node in receipt["path"]]
            if not 0 <= receipt["index"] < receipt["size"]:
                raise ValueError(f"{place}.index is outside the group")
            root = root_by_path(leaf_hash(canonical(leaf)), receipt["index"], receipt["size"], path)
            group = {"v": "jangteo/receipt-group/1", "size": receipt["size"], "root": root.hex()}
            key = b64u(receipt["key"], 32)
            c.signed(f"{place}.signature", key, b64u(receipt["signature"]), canonical(group))
            keys.add(receipt["key"]), logs.add(leaf["log"])
        c.same("receipt.key", min(1, len(keys)), len(keys))
        c.same("receipt.log", min(1, len(logs)), len(logs))
        signer = next(iter(keys), "–")
        c.note(f"Receipts signed by {signer}", f"접수증 서명 열쇠 {signer}")

    def closed_set(self, c: Check) -> None:
        c.same("envelopes", sorted(set(self.hashes)), self.hashes)
        request, count = self.b["request"], len(self.hashes)
        root = merkle_root([leaf_hash(bytes.fromhex(h)) for h in sorted(self.hashes)]).hex()
        c.note(f"{count} envelopes, root {root}", f"봉투 {count}통, 뿌리 해시 {root}")
        # with too few bids left the keys need not be asked for; if they were, it was done rightly
        asked = self.asked or bool(request["signatures"])
        if not asked and not request["statement"]:
            return
        statement = parse_canonical(request["statement"])
        ours = {
            "v": "jangteo/release/1", "scope": self.n["scope"], "root": root, "count": count,
            "deadline": statement.get("deadline"),
        }  # fmt: skip
        for name in sorted(ours.keys() | statement.keys()):
            c.same(f"request.statement.{name}", ours.get(name), statement.get(name))
        c.same("request.statement.deadline", self.deadline, moment(statement["deadline"]))
        if not asked:
            return
        roles = sorted(one["role"] for one in request["signatures"])
        c.same("request.signatures.role", sorted(SIGNERS), roles)
        c.same("request.signatures.key", 2, len({one["key"] for one in request["signatures"]}))
        for one in request["signatures"]:
            key, signature = b64u(one["key"], 65), b64u(one["signature"])
            c.signed(f"request.{one['role']}", key, signature, request["statement"].encode())

    def exclusions(self, c: Check) -> None:
        hashes = [one["hash"] for one in self.b["exclusions"]]
        c.same("exclusions", sorted(self.excluded & set(self.hashes)), sorted(hashes))
        for i, one in enumerate(self.b["exclusions"]):
            place, published = f"exclusions[{i}]", moment(self.said["at"])
            between = self.deadline <= moment(one["at"]) <= published
            en, ko = "after the deadline, before the result", "마감 뒤, 결과 전"
            c.holds(f"{place}.at", between, en, ko)
            filled = bool(one["ground"] and one["article"])
            c.holds(f"{place}.article", filled, "a ground and an article", "사유와 조문")
        en = f"{len(hashes)} bids set aside; that it was before the release is in the public log."
        c.note(en, f"제외 {len(hashes)}건. 열쇠 제공 전이라는 사실은 공개 기록에 있습니다.")

    def releases(self, c: Check) -> None:
        if self.sealed:
            c.same("releases", [], self.b["releases"])
            return c.leave(*self.sealed)
        for one in self.b["releases"]:
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
            c.signed(f"{place}.signature", signer, b64u(one["signature"]), message)
            if matches:
                self.privates[who] = LotKey(CUSTODIANS.index(who) + 1, private, public)
        c.holds("releases", len(self.privates) >= 2, "two keys or more", "열쇠 둘 이상")
        names = ", ".join(self.privates)
        return c.note(f"Keys released by {names}.", f"열쇠 제공: {names}.")

    def opening(self, c: Check) -> None:
        if self.sealed:
            c.same("opened", [], self.b["opened"])
            return c.leave(*self.sealed)
        if len(self.privates) < 2:
            raise Missing("V8")
        void = []
        c.same("opened", self.hashes, [one["hash"] for one in self.b["opened"]])
        for one, theirs in zip(self.b["envelopes"], self.b["opened"], strict=False):
            found: dict[str, Any] = {}
            try:
                names = self.names | {"supplier": one["supplier"]}
                amount, picks = open_bid(
                    one["envelope"], names=names, keys_hash=self.n["keys_hash"], keys=self.privates
                )
                found = {"amount": amount, "picks": list(picks)}
                self.bids[one["hash"]] = found
            except Void as reason:
                found["check"] = str(reason)
                void.append(str(reason))
            for name in ("amount", "picks", "check"):
                c.same(f"opened.{one['hash'][:12]}.{name}", found.get(name), theirs.get(name))
        count, failed = len(self.bids), f"{len(void)} {' '.join(void)}".rstrip()
        return c.note(
            f"{count} envelopes open, void {failed}", f"봉투 {count}통 개봉, 무효 {failed}"
        )

    def seeds_(self, c: Check) -> None:
        c.same("seeds.maker", list(MAKERS), [one["maker"] for one in self.b["seeds"]])
        if not self.sealed and len(self.privates) < 2:
            raise Missing("V8")
        for one in self.b["seeds"]:
            names = self.names | {"maker": one["maker"], "commitment": one["commitment"]}
            try:
                sealed = read_seed(one["sealed"], names, self.n["keys_hash"])
                if not self.sealed:
                    self.seeds.append(open_seed(sealed, self.privates))
            except (Void, ValueError) as error:
                hold = self.said["code"] == "opening.hold.seed"
                en, ko = f"a seed as committed to ({error})", f"약속한 씨앗 ({error})"
                c.holds(f"seeds.{one['maker']}", hold, en, ko)
                c.note(f"Not as committed to: {one['maker']}", f"약속과 다른 씨앗: {one['maker']}")
        if len(self.seeds) == 2:
            result = self.said["outcome"] != "hold" or self.refused
            c.holds("outcome", result, "a result, as both seeds hold", "씨앗이 맞으니 결과 필요")
        if self.sealed:
            c.leave(*self.sealed)

    def rates_(self, c: Check) -> None:
        low, high = Fraction(self.n["range_low"]), Fraction(self.n["range_high"])
        strata = (8, 7) if (low, high) == (-3, 3) else None
        if row := self.b["rules"].get("price/strata"):
            values = {"equal": "15"}
            if strata:
                strata = strata[:: -1 if row["where"].get("variant") == "mirrored" else 1]
                values = {"below": str(strata[0]), "above": str(strata[1])}
            c.same("rules.price/strata.values", values, row["values"])
        if not self.drawing(c):
            return
        given = [int(one["rate"].replace(".", "")) for one in self.b["prices"]]
        edges = bounds(low, high, strata)
        self.rates = given
        if self.b["rates_from"] == "seeds":
            self.rates = derive_rates(edges, *self.seeds)
        else:
            inside = all(edges[0] <= rate <= edges[15] for rate in given)
            c.holds("prices.rate", inside, "rates inside the range", "범위 안의 비율")
            en = "Rates handed in for practice are taken as given: they do not come from the seeds."
            c.note(en, "연습 세계에서 넣은 비율이라 씨앗에서 구할 수 없어 그대로 씁니다.")
        ours = [three_decimals(rate) for rate in self.rates]
        for i, one in enumerate(self.b["prices"]):
            c.same(f"prices[{i}].rate", ours[i], one["rate"])

    def drawing(self, c: Check) -> bool:
        """Whether there are figures to compare; says so if not."""
        if not self.sealed and len(self.privates) < 2:
            raise Missing("V8")
        enough = len(self.bids.keys() - self.excluded) >= self.needed
        wanted = enough and not self.sealed and len(self.seeds) == 2 and not self.refused
        there = "prices" in self.b
        en, ko = ("a draw", "추첨") if wanted else ("nothing drawn", "추첨 없음")
        c.holds("prices", wanted == there, en, ko)
        if not (wanted and there):
            c.leave("Nothing was drawn.", "추첨하지 않았습니다.")
        return wanted and there

    def figures(self) -> dict[str, Any]:
        """What the arithmetic of award gives for this opening."""
        if not self.rates:
            raise Missing("V11")
        if not self.worked:
            n = self.n
            said = {name: n[name] for name in ("price_rounding", "mean_of", "mean_rounding")}
            said |= {"unit": n["price_unit"], "shortage_seed": b"".join(self.seeds).hex()}
            said["rates"] = [three_decimals(rate) for rate in self.rates]
            rows = {"price/draw": {"chosen": "4"}, "award/competition": {"value": str(self.needed)}}
            rows = {t: {"since": "", "where": {}, "values": v} for t, v in rows.items()}
            since = LINE_SINCE[n["regime"]]
            rows["price/net_cost"] = {"since": since, "where": LINE_FOR, "values": LINE}
            terms = ("category", "base_amount", "a_value", "base_net_cost", "floor_rate")
            self.worked = Award({name: n[name] for name in terms if name in n} | {
                "method": "", "on": n["rule_day"], "drawing": said, "rows": rows,
                "bids": [
                    bid | {"key": h, "excluded": int(h in self.excluded)}
                    for h, bid in self.bids.items()
                ],
            }).answer(Award.opening)  # fmt: skip
        return dict(self.worked["figures"])

    def prices_(self, c: Check) -> None:
        ours = self.figures()["prices"]
        c.same("prices.number", list(range(1, 16)), [one["number"] for one in self.b["prices"]])
        for i, one in enumerate(self.b["prices"]):
            c.same(f"prices[{i}].price", ours[i], one["price"])

    def draw(self, c: Check) -> None:
        ours = self.figures()
        picked, counted, drawn = ours["counts"], ours["drawn_from"], ours["drawn"]
        for i, one in enumerate(self.b["prices"]):
            c.same(f"prices[{i}].picked", picked[i], one["picked"])
            c.same(f"prices[{i}].counted", counted[i], one["counted"])
        c.same("drawn", drawn, self.b["drawn"])
        c.same("supplied", [n for n in drawn if not counted[n - 1]], self.b["supplied"])
        named = ", ".join(map(str, drawn))
        en = f"{sum(picked)} picks, {sum(counted)} counted; drawn {named}."
        c.note(en, f"선택 {sum(picked)}개, 반영 {sum(counted)}개; 추첨 번호 {named}.")

    def reserve_(self, c: Check) -> None:
        price = self.figures()["reserve_price"]
        c.same("reserve_price", price, self.b["reserve_price"])
        c.note(f"Reserve price {price:,} won.", f"예정가격 {price:,}원.")

    def floor_(self, c: Check) -> None:
        ours, a, rate = self.figures(), self.n["a_value"], self.n["floor_rate"]
        price = ours["floor_price"]
        c.same("floor_price", price, self.b["floor_price"])
        en = f"Floor price {price:,} won at {rate} %, A {a:,} won."
        c.note(en, f"낙찰하한가 {price:,}원 (하한율 {rate}%, A값 {a:,}원).")
        for name in ("net_cost", "net_cost_line"):
            c.same(name, ours.get(name), self.b.get(name))
        if line := ours.get("net_cost_line"):
            c.note(f"Net-cost line {line:,} won.", f"순공사원가 98% 기준 {line:,}원.")

    def ranking(self, c: Check) -> None:
        self.figures()
        ranked = [one for one in self.worked["bids"] if one["remark"] != "excluded"]
        listed = self.b["ranking"]
        theirs = {one["hash"]: one for one in listed}
        c.same("ranking", [one["key"] for one in ranked], sorted(one["hash"] for one in listed))
        equals = Counter(one["rank"] for one in ranked if one["rank"])
        lots = any("tiebreak" in one for one in listed)  # bundles of before have none
        for one in ranked:
            lot = sha256(b"jangteo/tiebreak/1\0", *self.seeds, bytes.fromhex(one["key"])).hex()
            ours = {"rank": one["rank"], "remark": one["remark"], "rate": one["scores"]["rate"]}
            ours["tiebreak"] = lot if lots and equals[one["rank"]] > 1 else None
            said = theirs.get(one["key"], {})
            for name in ours:
                c.same(f"ranking.{one['key'][:12]}.{name}", ours[name], said.get(name))
        tally = Counter(one["remark"] for one in ranked)
        names = "normal", "below_floor", "below_net_cost", "above_reserve"
        inside, below, under, above = (tally[name] for name in names)
        en = f"{inside} ranked, {below} below the floor, {under} below the net-cost line, "
        ko = f"순위 {inside}, 하한가 미달 {below}, 순공사원가 기준 미달 {under}, "
        c.note(f"{en}{above} above the reserve price.", f"{ko}예정가격 초과 {above}.")

    def outcome(self, c: Check) -> None:
        if not self.sealed and len(self.privates) < 2:
            raise Missing("V8")
        late = moment(self.said["at"]) >= moment(self.n["opening_at"])
        c.holds("outcome.at", late, "not before the opening's time", "개찰 시각 이후")
        how, code = "failed", "opening.failed.too_few"
        if self.held:
            how, code = "hold", "opening.hold.set_changed"
        elif self.asked and len(self.seeds) < 2:
            how, code = "hold", "opening.hold.seed"
        elif self.asked and self.refused:
            how, code = "hold", self.said["code"]
            c.holds("outcome.code", code in RULES_OWN, "a code of bundle.md", "bundle.md의 코드")
        elif self.asked and len(set(self.bids) - self.excluded) < self.needed:
            code = "opening.failed.too_few_opened"
        elif self.asked and not self.worked:
            raise Missing("V12")
        elif self.asked and self.worked["outcome"] == "opened":
            how, code = "published", "opening.ranked"
        elif self.asked:
            code = "opening.failed.none_inside"
        c.same("outcome.outcome", how, self.said["outcome"])
        c.same("outcome.code", code, self.said["code"])
        if not self.refused:
            c.same("outcome.law", self._article(code), self.said["law"])
        if self.held or self.refused:
            en = f"On hold, the platform says ({code}); this program cannot confirm why."
            c.leave(
                en, f"플랫폼은 보류라고 합니다({code}). 이 프로그램은 그 이유를 확인하지 못합니다."
            )
        else:
            c.note(f"{how}: {code} ({self.said['law']})", f"{how}: {code} ({self.said['law']})")

    def _article(self, code: str) -> str:
        """The article of an outcome; for too few quotations it depends on how many are needed."""
        procedure, local = self.n["procedure"], self.n["regime"] == "local"
        code = "opening.ranked" if "hold" in code else code.removesuffix("_opened")
        if procedure == "quotation" and code == "opening.ranked":
            return OWN_LAW
        one = procedure == "quotation" and code.endswith("too_few") and self.needed == 1
        return f"{ACTS[self.n['regime']]} {LAW[procedure, code][local]}{'제2호' if one else ''}"


#: title, what it does, and whether it needs figures that were drawn
CHECKS: list[tuple[Text, Callable[[Verifier, Check], None], bool]] = [
    (("Form of the bundle", "꾸러미의 형식"), Verifier.form, False),
    (("Notice and rules used", "공고와 적용한 규칙"), Verifier.notice, False),
    (("Custodians' keys", "보관자의 열쇠"), Verifier.lot_keys, False),
    (("Envelopes, signatures, arrival", "봉투, 서명, 도착"), Verifier.envelopes, False),
    (("Receipts", "접수증"), Verifier.receipts, False),
    (("Closed set, request for keys", "마감된 집합과 열쇠 청구"), Verifier.closed_set, False),
    (("Bids set aside", "제외된 입찰"), Verifier.exclusions, False),
    (("Released keys", "제공된 열쇠"), Verifier.releases, False),
    (("Opening of every envelope", "모든 봉투의 개봉"), Verifier.opening, False),
    (("Seeds and their commitments", "씨앗과 그 약속"), Verifier.seeds_, False),
    (("The 15 rates and their strata", "15개 비율과 구간"), Verifier.rates_, False),
    (("The 15 preliminary prices", "복수예비가격 15개"), Verifier.prices_, True),
    (("Picks counted, four drawn", "선택 집계와 추첨 번호 넷"), Verifier.draw, True),
    (("Reserve price", "예정가격"), Verifier.reserve_, True),
    (("Floor price and net-cost line", "낙찰하한가와 순공사원가 기준"), Verifier.floor_, True),
    (("Ranks, remarks, displayed rates", "순위, 비고, 투찰률"), Verifier.ranking, True),
    (("Outcome", "개찰 결과"), Verifier.outcome, False),
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
        for place, ours, bundle in check.differences:
            said, theirs = _say(ours, korean), _say(bundle, korean)
            where = f"{place}: " if place else ""
            text = ("ours {}; the bundle says {}", "계산한 값 {}; 꾸러미의 값 {}")[korean]
            if bundle is NOT_SO:
                text = ("expected: {}", "필요한 것: {}")[korean]
            print(f"    ✗ {where}{text.format(said, theirs)}")
    print(f"\n{NOT_COVERED[korean]}")
    bad = ", ".join(f"V{check.number}" for check in checks if check.differences)
    end = ("everything is equal.", "모두 같습니다.")
    if bad:
        end = (f"DIFFERENT ({bad}).", f"다릅니다 ({bad}).")
    elif not checks[-1].applies:
        end = ("on hold; no result to compare.", "보류 중이라 비교할 결과가 없습니다.")
    print(f"\n{number}: {end[korean]}")


def as_json(checks: list[Check], verifier: Verifier, korean: bool) -> str:
    rows = [
        {
            "check": f"V{one.number}", "title": one.title[korean], "state": one.state,
            "notes": [note[korean] for note in one.notes], "found": one.found,
            "differences": [
                {"where": where, "ours": _say(ours, korean), "bundle": _say(bundle, korean)}
                for where, ours, bundle in one.differences
            ],
        }
        for one in checks
    ]  # fmt: skip
    result = "different" if any(one.differences for one in checks) else "same"
    head = {"v": "jangteo/verify/1", "program": VERSION, "tender": verifier.n["number"]}
    head |= {"sha256": sha256(verifier.data).hex(), "result": result}
    return json.dumps(head | {"checks": rows}, ensure_ascii=False)


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


if __name__ == "__main__":
    sys.exit(main())
