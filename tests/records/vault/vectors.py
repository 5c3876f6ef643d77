"""Make tests/vectors/envelope.json anew: python -m tests.records.vault.vectors.

HPKE draws its own randomness, so the file differs each time; what must come out of it does not.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jangteo.records.vault import form, seal, shamir
from jangteo.records.vault.canonical import b64u, canonical, read_canonical, unb64u
from jangteo.records.vault.seal import BidContext
from tests.records.vault import made
from tests.records.vault.made import Lot

FILE = Path(__file__).parents[2] / "vectors/envelope.json"
DEADLINE = datetime(2026, 12, 1, 1, tzinfo=UTC)
BIDS = [(1, (1, 2)), (1_234_500_000, (3, 11)), (10**15, (15, 14))]


def chance(label: str) -> Callable[[int], bytes]:
    """Bytes that look random and can be made again."""
    count = iter(range(100))
    return lambda length: hashlib.sha512(f"{label}/{next(count)}".encode()).digest()[:length]


def bid(lot: Lot, price: int, picks: tuple[int, int], context: BidContext) -> dict[str, Any]:
    """A bid, what it says and every step on the way."""
    label = f"bid {price}"
    agent = seal.fresh_signing_key()
    sealed = seal.seal_bid(
        context=context, keys_statement=lot.keys.text, price=price, picks=picks,
        agent_private=agent, chance=chance(label),
    )  # fmt: skip
    draw = chance(label)
    nonce, key, iv, slope = draw(32), draw(32), draw(12), draw(32)
    fields = form.context(form.parse(sealed.envelope))
    shares = shamir.split(key, lambda _: slope)
    payload = seal.bid_payload(price, picks, nonce, context.manifest).ljust(form.PAYLOAD, b"\0")
    return {
        "price": price, "picks": list(picks), "nonce": nonce.hex(), "payload": payload.hex(),
        "key": key.hex(), "iv": iv.hex(), "slope": slope.hex(),
        "additional_data": form.additional_data(fields).decode(),
        "info": [form.info(fields, place).hex() for place in shamir.SHARES],
        "shares": [share.hex() for share in shares],
        "salts": [form.salt(key, place).hex() for place in (0, *shamir.SHARES)],
        "envelope": sealed.envelope.decode(), "hash": sealed.hash.hex(),
        "agent_key": sealed.agent_key, "signature": b64u(sealed.signature),
    }  # fmt: skip


def _flip(text: str) -> str:
    return ("1" if text[0] == "0" else "0") + text[1:]


def _other(text: str) -> str:
    raw = bytearray(unb64u(text))
    raw[len(raw) // 2] ^= 1
    return b64u(bytes(raw))


def _two_ways(value: Any) -> None:
    value["shares"][1]["ct"] = _other(value["shares"][1]["ct"])
    value["commit"]["shares"][2] = _flip(value["commit"]["shares"][2])


def voids(lot: Lot, good: str) -> list[dict[str, str]]:
    """One envelope for each numbered check, and what was done to it."""

    def changed(what: str, check: str, do: Callable[[Any], Any]) -> dict[str, str]:
        value = read_canonical(good.encode())
        do(value)
        return {"what": what, "check": check, "envelope": canonical(value).decode()}

    def odd(what: str, check: str, payload: bytes) -> dict[str, str]:
        fields = form.context(form.parse(good.encode()))
        made_ = seal._seal(fields, payload, lot.keys, chance(what))
        return {"what": what, "check": check, "envelope": made_.decode()}

    def spoil(value: Any) -> None:
        for share in value["shares"][1:]:
            share["ct"] = _other(share["ct"])

    nonce, manifest = b"n" * 32, bytes.fromhex(form.EMPTY_MANIFEST)
    price = (5).to_bytes(8)
    return [
        {"what": "a space more", "check": "V01", "envelope": good.replace(",", ", ", 1)},
        changed("a field more", "V01", lambda e: e.update(note="x")),
        changed("another tender", "V02", lambda e: e.update(tender="R26BK00000002")),
        changed("another supplier", "V02", lambda e: e.update(supplier="2208162517")),
        changed("another key set", "V03", lambda e: e.update(keys=_flip(e["keys"]))),
        changed("two shares spoilt", "V04", spoil),
        changed("another manifest named", "V04", lambda e: e.update(manifest="0" * 64)),
        changed("a share's commitment", "V05", lambda e: e["commit"].update(
            shares=[*e["commit"]["shares"][:2], _flip(e["commit"]["shares"][2])])),
        changed("a share spoilt, another's commitment", "V04", _two_ways),
        changed("the key's commitment", "V06", lambda e: e["commit"].update(
            key=_flip(e["commit"]["key"]))),
        changed("the body", "V07", lambda e: e.update(body=_other(e["body"]))),
        odd("something in the padding", "V08", price + b"\1\2" + nonce + manifest + b"x"),
        odd("a price of zero", "V09", bytes(8) + b"\1\2" + nonce + manifest),
        odd("a price too high", "V09", (10**15 + 1).to_bytes(8) + b"\1\2" + nonce + manifest),
        odd("one number twice", "V10", price + b"\2\2" + nonce + manifest),
        odd("number sixteen", "V10", price + b"\1\x10" + nonce + manifest),
        odd("another manifest inside", "V11", price + b"\1\2" + nonce + bytes(32)),
    ]  # fmt: skip


def seed(lot: Lot, maker: str) -> dict[str, str]:
    """A sealed seed and what it says."""
    sealed = seal.seal_seed(
        scope=made.SCOPE, maker=maker, keys_statement=lot.keys.text, chance=chance(maker)
    )
    draw = chance(maker)
    return {
        "maker": maker, "seed": draw(32).hex(), "nonce": draw(32).hex(),
        "commitment": sealed.commitment, "sealed": sealed.sealed,
    }  # fmt: skip


def vectors() -> dict[str, Any]:
    """The whole file."""
    lot = made.lot(deadline=DEADLINE)
    bids = [bid(lot, price, picks, made.BID) for price, picks in BIDS]
    return {
        "about": "Envelope version 1 of docs/envelope.md. Hex unless said otherwise there.",
        "keys": {"text": lot.keys.text, "hash": lot.keys.hash},
        "privates": {name: b64u(raw) for name, raw in lot.privates.items()},
        "supplier": made.SUPPLIER,
        "bids": bids,
        "void": voids(lot, bids[1]["envelope"]),
        "seeds": [seed(lot, maker) for maker in ("agency", "platform")],
    }


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(vectors(), indent=1) + "\n")
