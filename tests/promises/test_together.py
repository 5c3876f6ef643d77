"""A hundred suppliers bid in the same instant: a hundred receipts, each one proven."""

import base64
import hashlib
import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from jangteo.interfaces.rehearsal.client import b64u
from jangteo.records.vault import seal
from tests.promises.place import Notice, Place, until

PROMISE = timedelta(seconds=60)


def unb64u(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def climb(made: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """RFC 9162, 2.1.3.2, written here anew so that the test does not believe the product."""
    place, last = index, size - 1
    for other in path:
        assert last > 0
        if place % 2 or place == last:
            made = hashlib.sha256(b"\1" + other + made).digest()
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            made = hashlib.sha256(b"\1" + made + other).digest()
        place, last = place // 2, last // 2
    assert last == 0
    return made


def check_receipt(receipt: dict[str, Any], key: str) -> dict[str, Any]:
    """The promise of a receipt, after its signature was checked."""
    path = [unb64u(node) for node in receipt["path"]]
    leaf = leaf_hash(canonical(receipt["leaf"]))
    root = climb(leaf, receipt["index"], receipt["size"], path).hex()
    signed = canonical({"v": "jangteo/receipt-group/1", "size": receipt["size"], "root": root})
    public = Ed25519PublicKey.from_public_bytes(unb64u(key))
    public.verify(unb64u(receipt["signature"]), signed)
    promised: dict[str, Any] = receipt["leaf"]
    return promised


def check_proof(proof: dict[str, Any], verifier: str) -> bytes:
    """The fact in the log, after its path and the checkpoint's signature were checked."""
    text, _, signature = proof["checkpoint"].partition("\n\n")
    name, size, root, *_ = text.split("\n")
    log, hashed, coded = verifier.split("+", 2)
    public = base64.b64decode(coded)
    raw = base64.b64decode(signature.split(" ")[2])
    assert (name, public[:1], raw[:4].hex()) == (log, b"\1", hashed)
    assert hashlib.sha256(log.encode() + b"\n" + public).hexdigest()[:8] == hashed
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], text.encode() + b"\n")
    path = [bytes.fromhex(node) for node in proof["path"]]
    leaf: bytes = proof["leaf"].encode()
    made = climb(leaf_hash(leaf), proof["place"], int(size), path)
    assert made == base64.b64decode(root)
    return leaf


def prepared(place: Place, notice: Notice, count: int) -> list[dict[str, str]]:
    """What the first suppliers will send: ticket, envelope, signature."""

    def one(order: int) -> dict[str, str]:
        key = generate_private_key(SECP256R1())
        path = f"/tenders/{notice.number}/tickets"
        ticket = place.suppliers[order].agent.post(path, {"agent_key": seal.public_of(key)})
        names = {name: ticket[name] for name in ("tender", "lot", "round", "version", "supplier")}
        made = seal.seal_bid(
            context=seal.BidContext(**names), keys_statement=ticket["keys"],
            price=170_000_000 + order, picks=(order % 15 + 1, (order + 7) % 15 + 1),
            agent_private=key,
        )  # fmt: skip
        return {
            "ticket": ticket["ticket"],
            "envelope": b64u(made.envelope),
            "signature": b64u(made.signature),
        }

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(count)))


def all_at_once(place: Place, bodies: list[dict[str, str]]) -> list[httpx.Response]:
    """Every connection is open before the first body is sent."""
    gate = threading.Barrier(len(bodies))
    limits = httpx.Limits(max_connections=len(bodies))
    with httpx.Client(base_url=place.stack.intake_url, timeout=60, limits=limits) as client:

        def send(body: dict[str, str]) -> httpx.Response:
            gate.wait()
            return client.post("/bids", json=body)

        with ThreadPoolExecutor(len(bodies)) as pool:
            return list(pool.map(send, bodies))


def test_a_hundred_bids_at_once_get_a_hundred_proven_receipts(place: Place) -> None:
    notice = place.publish(before=timedelta(minutes=12))
    bodies = prepared(place, notice, 100)
    answers = all_at_once(place, bodies)
    assert Counter(one.status_code for one in answers) == {201: 100}
    keys = place.doors.as_().get("/receipt-key")
    promised = [check_receipt(one.json()["receipt"], keys["public_key"]) for one in answers]
    hashes = [hashlib.sha256(unb64u(body["envelope"])).hexdigest() for body in bodies]
    assert [one["hash"] for one in promised] == hashes
    assert [one["supplier"] for one in promised] == [s.identifier for s in place.suppliers]
    assert {one["tender"] for one in promised} == {notice.number}
    assert all(datetime.fromisoformat(one["arrival"]) < notice.deadline for one in promised)
    assert place.one(
        "select count(*), count(distinct supplier_id) from jangteo_bid_sealedbid b"
        " join jangteo_tender_tender t on t.id = b.tender_id where t.number = %s", notice.number,
    ) == (100, 100)  # fmt: skip
    again = all_at_once(place, bodies)
    assert Counter(one.status_code for one in again) == {200: 100}
    assert [one.json() for one in again] == [one.json() for one in answers]
    places = proven(place, hashes, keys["log_key"])
    assert len(places) == 100
    latest = place.one(
        "select max(c.signed_at - b.recorded_at) from jangteo_bid_sealedbid b"
        " join jangteo_tender_tender t on t.id = b.tender_id join jangteo_journal_entry e"
        " on e.subject = 'bid:' || encode(b.hash, 'hex') and e.kind = 'bid.submit'"
        " join jangteo_journal_link l on l.entry_id = e.id cross join lateral"
        " (select min(signed_at) as signed_at from jangteo_log_checkpoint where size > l.place) c"
        " where t.number = %s", notice.number,
    )[0]  # fmt: skip
    assert latest < PROMISE


def proven(place: Place, hashes: list[str], verifier: str) -> set[int]:
    """The places in the log, each checked against a signed checkpoint."""
    visitor, places = place.doors.as_(), set()
    until(
        lambda: all(visitor.get(f"/bids/{one}")["proof"] for one in (hashes[0], hashes[-1])),
        what="the checkpoint", seconds=60,
    )  # fmt: skip
    for one in hashes:
        proof = until(lambda h=one: visitor.get(f"/bids/{h}")["proof"], what="the proof")
        fact = json.loads(check_proof(proof, verifier))
        assert (fact["kind"], fact["payload"]["hash"]) == ("bid.submit", one)
        places.add(proof["place"])
    return places
