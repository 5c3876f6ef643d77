"""What an envelope keeps, what it gives back, and which check catches which change."""

import hashlib
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jangteo.ground.errors import Fault, Refusal
from jangteo.records.vault import form, seal, statements, unseal
from jangteo.records.vault.canonical import b64u, canonical, read_canonical, unb64u
from jangteo.records.vault.unseal import OpenedEnvelope, VoidEnvelope
from tests.records.vault.made import BID, DEADLINE, SCOPE, SUPPLIER, Lot, lot, sealed


@pytest.fixture(scope="module")
def custody() -> Lot:
    return lot()


def opened(of: Lot, envelope: bytes, **more: Any) -> OpenedEnvelope | VoidEnvelope:
    (found,) = unseal.open_envelopes([envelope], keys=of.keys, privates=of.privates, **more)
    return found


def test_any_two_custodians_open_what_was_sealed(custody: Lot) -> None:
    envelope = sealed(custody, 1, (15, 1))
    for name in statements.CUSTODIANS:
        (found,) = unseal.open_envelopes(
            [envelope], keys=custody.keys, privates=custody.without(name), suppliers=[SUPPLIER]
        )
        assert isinstance(found, OpenedEnvelope)
        assert (found.amount, found.picks, found.supplier) == (1, (15, 1), SUPPLIER)
        assert found.manifest == form.EMPTY_MANIFEST
        assert len(found.nonce) == 64


def test_one_custodian_alone_opens_nothing(custody: Lot) -> None:
    alone = {"audit": custody.privates["audit"]}
    with pytest.raises(Fault):
        unseal.open_envelopes([sealed(custody)], keys=custody.keys, privates=alone)


def test_a_false_release_does_not_count(custody: Lot) -> None:
    other = lot()
    lying = {**custody.privates, "platform": other.privates["platform"]}
    (found,) = unseal.open_envelopes([sealed(custody, 77)], keys=custody.keys, privates=lying)
    assert isinstance(found, OpenedEnvelope)
    assert found.amount == 77
    with pytest.raises(Fault):
        unseal.open_envelopes([], keys=custody.keys, privates=other.privates)


def test_every_price_makes_an_envelope_of_the_same_length(custody: Lot) -> None:
    prices = [1, 9, 10, 123_456_789, 10**12, 10**15]
    made = [sealed(custody, price, (1, 2 + place)) for place, price in enumerate(prices)]
    assert len({len(envelope) for envelope in made}) == 1
    public = [
        {
            key: value
            for key, value in read_canonical(envelope).items()
            if isinstance(value, str | int)
        }
        for envelope in made
    ]
    for one in public:
        del one["body"]
    assert all(one == public[0] for one in public)


def test_the_price_stands_in_no_encoding_in_the_envelope(custody: Lot) -> None:
    price = 1_234_567_890_123
    envelope = sealed(custody, price)
    raw = price.to_bytes(8)
    for trace in (
        str(price).encode(),
        f"{price:,}".encode(),
        raw,
        raw[2:].hex().encode(),
        b64u(raw).encode(),
    ):
        assert trace not in envelope


def test_the_signature_is_over_the_hash(custody: Lot) -> None:
    agent = seal.fresh_signing_key()
    made = seal.seal_bid(
        context=BID, keys_statement=custody.keys.text, price=5, picks=(1, 2), agent_private=agent
    )
    assert made.hash == hashlib.sha256(made.envelope).digest()
    assert len(made.signature) == 64
    assert seal.verify(made.agent_key, made.hash, made.signature)
    assert not seal.verify(made.agent_key, made.envelope, made.signature)
    assert not seal.verify(seal.public_of(seal.fresh_signing_key()), made.hash, made.signature)


@pytest.mark.parametrize(
    ("price", "picks", "field"),
    [(0, (1, 2), "price"), (-5, (1, 2), "price"), (10**15 + 1, (1, 2), "price"),
     (9, (1, 1), "picks"), (9, (0, 2), "picks"), (9, (1, 16), "picks")],
)  # fmt: skip
def test_the_sealer_refuses_what_would_be_void(
    custody: Lot, price: int, picks: tuple[int, int], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        sealed(custody, price, picks)
    assert refused.value.code == f"vault.seal.{field}"


def test_the_sealer_refuses_the_keys_of_another_notice() -> None:
    other = lot(scope="R26BK00000001/1/0/001/1")
    with pytest.raises(Refusal) as refused:
        sealed(other)
    assert refused.value.code == "vault.seal.scope"


def _swap(text: str, place: int = 3) -> str:
    return text[:place] + ("B" if text[place] == "A" else "A") + text[place + 1 :]


def _hex(text: str) -> str:
    return ("1" if text[0] == "0" else "0") + text[1:]


def _shares(change: Callable[[dict[str, str]], None], *places: int) -> Callable[[Any], None]:
    def apply(envelope: Any) -> None:
        for place in places:
            change(envelope["shares"][place])

    return apply


def _enc(share: dict[str, str]) -> None:
    share["enc"] = _swap(share["enc"])


def _ct(share: dict[str, str]) -> None:
    share["ct"] = _swap(share["ct"])


TAMPERED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "version": (lambda e: e.update(v="jangteo/envelope/2"), "V01"),
    "a field more": (lambda e: e.update(more="x"), "V01"),
    "a field less": (lambda e: e.pop("body"), "V01"),
    "a seed instead": (lambda e: e.update(v="jangteo/seed/1"), "V01"),
    "two shares only": (lambda e: e["shares"].pop(), "V01"),
    "a short body": (lambda e: e.update(body=e["body"][:-4]), "V01"),
    "a number as text": (lambda e: e.update(round="0"), "V01"),
    "upper-case hash": (lambda e: e.update(keys="A" * 64), "V01"),
    "tender": (lambda e: e.update(tender="R26BK00000002"), "V02"),
    "lot": (lambda e: e.update(lot="2"), "V02"),
    "round": (lambda e: e.update(round=1), "V02"),
    "notice version": (lambda e: e.update(version=1), "V02"),
    "supplier": (lambda e: e.update(supplier="2208162517"), "V02"),
    "key set": (lambda e: e.update(keys=_hex(e["keys"])), "V03"),
    "manifest": (lambda e: e.update(manifest=_hex(e["manifest"])), "V04"),
    "two encapsulated keys": (_shares(_enc, 0, 2), "V04"),
    "two ciphertexts": (_shares(_ct, 1, 2), "V04"),
    "a share commitment": (
        lambda e: e["commit"]["shares"].__setitem__(1, _hex(e["commit"]["shares"][1])), "V05",
    ),
    "the key commitment": (lambda e: e["commit"].update(key=_hex(e["commit"]["key"])), "V06"),
    "body": (lambda e: e.update(body=_swap(e["body"], 100)), "V07"),
    "nonce of the body": (lambda e: e.update(body=_swap(e["body"], 2)), "V07"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_every_change_is_caught_by_its_numbered_check(custody: Lot, what: str) -> None:
    change, check = TAMPERED[what]
    envelope = read_canonical(sealed(custody))
    change(envelope)
    found = opened(custody, canonical(envelope), suppliers=[SUPPLIER])
    assert found == VoidEnvelope(check)


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("change", [_enc, _ct])
def test_one_spoilt_share_is_got_round(custody: Lot, place: int, change: Any) -> None:
    envelope = read_canonical(sealed(custody, 4711))
    change(envelope["shares"][place])
    found = opened(custody, canonical(envelope))
    assert isinstance(found, OpenedEnvelope)
    assert found.amount == 4711


def test_another_spelling_of_an_envelope_is_void(custody: Lot) -> None:
    spaced = json.dumps(read_canonical(sealed(custody))).encode()
    assert opened(custody, spaced) == VoidEnvelope("V01")
    assert opened(custody, b"") == VoidEnvelope("V01")
    assert opened(custody, b"[]") == VoidEnvelope("V01")
    assert opened(custody, b"[" * 100_000) == VoidEnvelope("V01")


def _odd(of: Lot, payload: bytes) -> bytes:
    """An envelope whose sealer did not keep to the payload's form."""
    fields = form.context_of(
        form.BID, scope=form.split_scope(SCOPE), maker=SUPPLIER, about=form.EMPTY_MANIFEST,
        keys=of.keys.hash,
    )  # fmt: skip
    return seal._seal(fields, payload, of.keys, seal.secrets.token_bytes)


@pytest.mark.parametrize(
    ("price", "picks", "manifest", "rest", "check"),
    [
        (5, b"\1\2", form.EMPTY_MANIFEST, b"\0\1", "V08"),
        (0, b"\1\2", form.EMPTY_MANIFEST, b"", "V09"),
        (10**15 + 1, b"\1\2", form.EMPTY_MANIFEST, b"", "V09"),
        (5, b"\2\2", form.EMPTY_MANIFEST, b"", "V10"),
        (5, b"\0\2", form.EMPTY_MANIFEST, b"", "V10"),
        (5, b"\1\x10", form.EMPTY_MANIFEST, b"", "V10"),
        (5, b"\1\2", "00" * 32, b"", "V11"),
    ],
)
def test_an_odd_payload_is_void(
    custody: Lot, price: int, picks: bytes, manifest: str, rest: bytes, check: str
) -> None:
    payload = price.to_bytes(8) + picks + b"n" * 32 + bytes.fromhex(manifest) + rest
    assert opened(custody, _odd(custody, payload)) == VoidEnvelope(check)


def test_what_others_sealed_is_not_touched_by_a_void_one(custody: Lot) -> None:
    envelopes = [sealed(custody, 10), b"{}", sealed(custody, 30)]
    found = unseal.open_envelopes(envelopes, keys=custody.keys, privates=custody.privates)
    assert [getattr(one, "amount", None) for one in found] == [10, None, 30]
    assert found[1] == VoidEnvelope("V01")


def test_two_hundred_are_opened_well_within_a_second(custody: Lot) -> None:
    envelopes = [sealed(custody, 1000 + number) for number in range(200)]
    begun = time.perf_counter()
    found = unseal.open_envelopes(envelopes, keys=custody.keys, privates=custody.privates)
    assert time.perf_counter() - begun < 1
    assert [one.amount for one in found if isinstance(one, OpenedEnvelope)] == [
        1000 + number for number in range(200)
    ]


def test_a_seed_comes_back_only_as_committed(custody: Lot) -> None:
    made = seal.seal_seed(scope=SCOPE, maker="agency", keys_statement=custody.keys.text)
    other = seal.seal_seed(scope=SCOPE, maker="agency", keys_statement=custody.keys.text)
    for name in statements.CUSTODIANS:
        assert len(unseal.open_seed(made.sealed, made.commitment, custody.without(name))) == 32
    with pytest.raises(Fault):
        unseal.open_seed(made.sealed, other.commitment, custody.privates)
    changed = made.sealed.replace(made.commitment, other.commitment)
    with pytest.raises(Fault):
        unseal.open_seed(changed, other.commitment, custody.privates)
    with pytest.raises(Fault):
        unseal.open_seed(sealed(custody).decode(), made.commitment, custody.privates)


def test_a_seed_of_another_making_than_committed_is_a_fault(custody: Lot) -> None:
    seed, nonce, other = b"s" * 32, b"n" * 32, b"o" * 32
    commitment = form.seed_commitment(seed, nonce)
    fields = form.context_of(
        form.SEED, scope=form.split_scope(SCOPE), maker="agency", about=commitment,
        keys=custody.keys.hash,
    )  # fmt: skip
    true = seal._seal(fields, seed + nonce, custody.keys, seal.secrets.token_bytes)
    false = seal._seal(fields, other + nonce, custody.keys, seal.secrets.token_bytes)
    assert unseal.open_seed(true.decode(), commitment, custody.privates) == seed
    with pytest.raises(Fault):
        unseal.open_seed(false.decode(), commitment, custody.privates)


def test_keys_count_only_when_all_three_signatures_hold(custody: Lot) -> None:
    whole = read_canonical(custody.keys.text.encode())
    assert statements.read_keys(canonical(whole).decode()).hash == custody.keys.hash
    for place in range(3):
        changed = read_canonical(custody.keys.text.encode())
        changed["keys"][place]["statement"]["price"] = b64u(b"\x09" * 32)
        with pytest.raises(Refusal) as refused:
            statements.read_keys(canonical(changed).decode())
        assert refused.value.code == "vault.keys.unsound"


def test_keys_of_different_deadlines_are_refused() -> None:
    one, two = lot(), lot(deadline=DEADLINE + timedelta(seconds=1))
    mixed = read_canonical(one.keys.text.encode())
    mixed["keys"][2] = read_canonical(two.keys.text.encode())["keys"][2]
    with pytest.raises(Refusal) as refused:
        statements.read_keys(canonical(mixed).decode())
    assert refused.value.code == "vault.keys.unsound"


def test_a_malformed_key_or_signature_simply_does_not_hold() -> None:
    key = seal.fresh_signing_key()
    good = seal.sign(key, b"x")
    assert seal.verify(seal.public_of(key), b"x", good)
    point = unb64u(seal.public_of(key))
    compressed = b64u(bytes([2 + (point[64] & 1)]) + point[1:33])
    for public, signature in (
        ("", good), ("가", good), (b64u(b"\x04" + b"\0" * 64), good), (compressed, good),
        (seal.public_of(key), good[:63]), (seal.public_of(key), b"\0" * 64),
    ):  # fmt: skip
        assert not seal.verify(public, b"x", signature)
