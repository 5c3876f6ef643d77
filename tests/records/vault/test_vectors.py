"""The published test vectors hold, step by step, here and in the browser's script."""

import hashlib
import json
from itertools import combinations
from typing import Any

import pytest

from jangteo.records.vault import form, seal, shamir, statements, unseal
from jangteo.records.vault.canonical import unb64u
from jangteo.records.vault.unseal import OpenedEnvelope, VoidEnvelope
from tests.records.vault.conftest import Node
from tests.records.vault.made import SUPPLIER
from tests.records.vault.vectors import FILE, vectors

VECTORS: dict[str, Any] = json.loads(FILE.read_text())
KEYS = statements.read_keys(VECTORS["keys"]["text"])
PRIVATES = {name: unb64u(raw) for name, raw in VECTORS["privates"].items()}


def test_the_keys_are_signed_and_hash_as_said() -> None:
    assert KEYS.hash == VECTORS["keys"]["hash"]
    assert hashlib.sha256(VECTORS["keys"]["text"].encode()).hexdigest() == KEYS.hash


@pytest.mark.parametrize("bid", VECTORS["bids"], ids=lambda bid: str(bid["price"]))
def test_every_step_of_a_bid(bid: dict[str, Any]) -> None:
    data = bid["envelope"].encode()
    assert hashlib.sha256(data).hexdigest() == bid["hash"]
    assert seal.verify(bid["agent_key"], bytes.fromhex(bid["hash"]), unb64u(bid["signature"]))
    envelope = form.parse(data)
    fields = form.context(envelope)
    assert form.additional_data(fields).decode() == bid["additional_data"]
    assert [form.info(fields, place).hex() for place in (1, 2, 3)] == bid["info"]
    key, slope = bytes.fromhex(bid["key"]), bytes.fromhex(bid["slope"])
    assert [share.hex() for share in shamir.split(key, lambda _: slope)] == bid["shares"]
    assert [form.salt(key, place).hex() for place in range(4)] == bid["salts"]
    assert form.key_commitment(key) == envelope.key_commitment
    assert envelope.body[:12].hex() == bid["iv"]
    for pair in combinations(PRIVATES, 2):
        (found,) = unseal.open_envelopes(
            [data], keys=KEYS, privates={name: PRIVATES[name] for name in pair}
        )
        assert found == OpenedEnvelope(
            SUPPLIER, bid["price"], tuple(bid["picks"]), bid["nonce"], form.EMPTY_MANIFEST
        )


@pytest.mark.parametrize("void", VECTORS["void"], ids=lambda void: void["what"])
def test_every_void_envelope_fails_its_check(void: dict[str, str]) -> None:
    found = unseal.open_envelopes(
        [void["envelope"].encode()], keys=KEYS, privates=PRIVATES, suppliers=[SUPPLIER]
    )
    assert found == [VoidEnvelope(void["check"])]


def test_fewer_than_two_sound_shares_name_the_lowest_check() -> None:
    two_ways = next(void for void in VECTORS["void"] if void["what"].startswith("a share spoilt"))
    found = {}
    for pair in combinations(sorted(PRIVATES), 2):
        (one,) = unseal.open_envelopes(
            [two_ways["envelope"].encode()],
            keys=KEYS,
            privates={name: PRIVATES[name] for name in pair},
        )
        assert isinstance(one, VoidEnvelope)
        found[pair] = one.check
    assert found == {
        ("audit", "officer"): "V05", ("audit", "platform"): "V04", ("officer", "platform"): "V04",
    }  # fmt: skip


def test_every_check_has_a_vector() -> None:
    checks = {void["check"] for void in VECTORS["void"]}
    assert checks == {f"V{number:02d}" for number in range(1, 12)}


@pytest.mark.parametrize("seed", VECTORS["seeds"], ids=lambda seed: str(seed["maker"]))
def test_the_seeds(seed: dict[str, str]) -> None:
    said, nonce = bytes.fromhex(seed["seed"]), bytes.fromhex(seed["nonce"])
    assert form.seed_commitment(said, nonce) == seed["commitment"]
    assert unseal.open_seed(seed["sealed"], seed["commitment"], PRIVATES) == said


def test_the_browsers_script_opens_them_too(node: Node) -> None:
    envelopes = [bid["envelope"] for bid in VECTORS["bids"]]
    found = node("open", envelopes=envelopes, privates=VECTORS["privates"])
    assert found == [bid["payload"] for bid in VECTORS["bids"] for _ in range(3)]


def test_the_file_can_be_made_anew() -> None:
    fresh = vectors()
    assert fresh.keys() == VECTORS.keys()
    assert [bid["payload"] for bid in fresh["bids"]] == [b["payload"] for b in VECTORS["bids"]]
