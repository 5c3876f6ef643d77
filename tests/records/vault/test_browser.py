"""The browser's script and ours make and open the same envelopes."""

import hashlib
import json
import secrets
from typing import Any

import pytest

from jangteo.records.vault import form, seal, shamir, statements, unseal
from jangteo.records.vault.canonical import b64u, canonical, read_canonical, unb64u
from jangteo.records.vault.unseal import OpenedEnvelope
from tests.records.vault.conftest import Node
from tests.records.vault.made import BID, DEADLINE, SCOPE, SUPPLIER, TENDER, Lot, lot, sealed

CONTEXT = {"tender": TENDER, "lot": "1", "round": 0, "version": 0, "supplier": SUPPLIER}


@pytest.fixture(scope="module")
def custody() -> Lot:
    return lot()


def test_we_open_what_the_browser_sealed(node: Node, custody: Lot) -> None:
    prices = {1: (1, 2), 1_234_500_000: (15, 7), 10**15: (4, 3)}
    made = node(
        "seal",
        bids=[{"context": CONTEXT, "price": p, "picks": picks} for p, picks in prices.items()],
        keysText=custody.keys.text, keysHash=custody.keys.hash, scope=SCOPE,
    )  # fmt: skip
    envelopes = [one["envelope"].encode() for one in made["bids"]]
    for name in statements.CUSTODIANS:
        found = unseal.open_envelopes(
            envelopes, keys=custody.keys, privates=custody.without(name), suppliers=[SUPPLIER] * 3
        )
        opened = [(one.amount, one.picks) for one in found if isinstance(one, OpenedEnvelope)]
        assert opened == list(prices.items())
    for one, envelope in zip(made["bids"], envelopes, strict=True):
        hashed = hashlib.sha256(envelope).digest()
        assert one["hash"] == hashed.hex()
        assert seal.verify(one["agentKey"], hashed, unb64u(one["signature"]))
    ours = sealed(custody)
    assert {len(envelope) for envelope in envelopes} == {len(ours)}
    assert len({one["agentKey"] for one in made["bids"]}) == 3
    seed = made["seed"]
    plain = unseal.open_seed(seed["sealed"], seed["commitment"], custody.privates)
    assert len(plain) == 32


def test_the_browser_opens_what_we_sealed(node: Node, custody: Lot) -> None:
    privates = {name: b64u(raw) for name, raw in custody.privates.items()}
    seed = seal.seal_seed(scope=SCOPE, maker="platform", keys_statement=custody.keys.text)
    envelopes = [sealed(custody, 987_654_321, (14, 2)).decode(), seed.sealed]
    found = [bytes.fromhex(one) for one in node("open", envelopes=envelopes, privates=privates)]
    assert len(found) == 6
    assert all(len(one) == form.PAYLOAD for one in found)
    assert {one[:10] for one in found[:3]} == {(987_654_321).to_bytes(8) + b"\x0e\x02"}
    assert len(set(found[:3])) == 1
    plain = unseal.open_seed(seed.sealed, seed.commitment, custody.privates)
    assert {one[:32] for one in found[3:]} == {plain}


def test_the_browser_refuses_other_keys_prices_and_picks(node: Node, custody: Lot) -> None:
    other = lot(scope="R26BK00000001/1/0/001/1")
    forged = read_canonical(custody.keys.text.encode())
    forged["keys"][1]["statement"]["price"] = b64u(secrets.token_bytes(32))
    swapped = read_canonical(custody.keys.text.encode())
    swapped["keys"][1], swapped["keys"][2] = swapped["keys"][2], swapped["keys"][1]
    enrolled = dict(custody.keys.signers)
    good = {"context": CONTEXT, "price": 5, "picks": [1, 2]}
    good |= {"keysText": custody.keys.text, "keysHash": custody.keys.hash}
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, ""),
        ({"keysHash": "0" * 64}, "keys.hash"),
        ({"keysText": other.keys.text}, "keys.hash"),
        ({"keysText": other.keys.text, "keysHash": other.keys.hash}, "keys.scope"),
        (_keys(canonical(forged)), "keys.signature"),
        (_keys(canonical(swapped)), "keys.names"),
        (_keys(json.dumps(forged).encode()), "keys.form"),
        *(({"price": price}, "price") for price in (0, -1, 1.5, 10**15 + 1, "5", None)),
        *(({"picks": picks}, "picks") for picks in ([1, 1], [0, 1], [1, 16], [1], [1, 2, 3])),
        ({"custodians": enrolled}, ""),
        ({"custodians": {}}, "keys.stranger"),
        ({"custodians": enrolled | {"audit": enrolled["platform"]}}, "keys.stranger"),
        ({"custodians": enrolled | {"platform": enrolled["officer"]}}, "keys.stranger"),
        ({"context": {**CONTEXT, "supplier": "한글"}}, "canonical"),
        ({"context": {**CONTEXT, "version": 1}}, "keys.scope"),
    ]
    codes = node("refuse", cases=[{**good, **change} for change, _ in cases])
    assert codes == [code for _, code in cases]


def _keys(text: bytes) -> dict[str, str]:
    return {"keysText": text.decode(), "keysHash": hashlib.sha256(text).hexdigest()}


def test_both_make_the_same_canonical_bytes(node: Node) -> None:
    values = [{"b": [1, -2, ""], "a": {'"\\/': "~ !"}}, [], 2**53 - 1, -1, {}]
    broken = ["가", "a\nb", "\x7f", 1.5, None, True, 2**53]
    said = node("canonical", values=values, broken=broken)
    assert [text.encode() for text in said["texts"]] == [canonical(value) for value in values]
    assert said["codes"] == ["canonical"] * len(broken)


def test_the_browsers_officer_keys_are_taken_here(node: Node) -> None:
    deadline = statements.moment(DEADLINE)
    made = node("keys", scope=SCOPE, deadline=deadline)
    fields = statements.read_statement(
        made["statement"], kind=statements.LOT_KEYS, fields=statements.LOT_FIELDS
    )
    assert (fields["scope"], fields["deadline"]) == (SCOPE, deadline)
    assert fields["custodian"] == "officer"
    assert seal.verify(made["signer"], made["statement"].encode(), unb64u(made["signature"], 64))
    privates = json.loads(made["privates"])
    for name in ("price", "documents"):
        private = seal.x25519.X25519PrivateKey.from_private_bytes(unb64u(privates[name], 32))
        assert b64u(private.public_key().public_bytes_raw()) == fields[name]
    assert made["unwrapped"] == made["privates"]
    assert privates["price"] not in made["wrapped"]
    assert (made["wrong"], made["changed"]) == ("passphrase", "wrapped")
    assert made["released"] == statements.released_text(
        scope=SCOPE, custodian="officer", price_private="x"
    )


def test_the_javascript_library_combines_ours_and_we_combine_its(node: Node) -> None:
    secret, slope = secrets.token_bytes(32), secrets.token_bytes(32)
    ours = shamir.split(secret, lambda _: slope)
    said = node(
        "shamir", secret=b64u(secret), slope=b64u(slope), shares=[b64u(share) for share in ours]
    )
    assert said["combined"] == [b64u(secret)] * 2
    assert said["same"] == [b64u(share) for share in ours]
    theirs = [unb64u(share) for share in said["theirs"]]
    assert shamir.combine(theirs[0], theirs[2]) == secret


def test_the_published_hash_is_the_scripts(custody: Lot) -> None:
    script = (seal.Path(seal.__file__).parent / "static/vault/envelope.js").read_bytes()
    assert seal.sealer_hash() == hashlib.sha256(script).hexdigest()
    assert BID.manifest in script.decode()
