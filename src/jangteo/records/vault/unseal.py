"""Combine and open, after the release: only the opening may import this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import x25519

from jangteo.ground.errors import Fault
from jangteo.records.vault import form, opened
from jangteo.records.vault.form import Envelope
from jangteo.records.vault.opened import Unsound
from jangteo.records.vault.statements import KeysStatement


@dataclass(frozen=True, slots=True)
class OpenedEnvelope:
    """What an envelope said. amount: whole won; nonce: hex; supplier: identifier."""

    supplier: str
    amount: int
    picks: tuple[int, int]
    nonce: str
    manifest: str


@dataclass(frozen=True, slots=True)
class VoidEnvelope:
    """An envelope that fails a numbered mechanical check (docs/envelope.md, section 7)."""

    check: str


def _privates(keys: KeysStatement, privates: Mapping[str, bytes]) -> dict[str, bytes]:
    """The keys that are what their custodians published; Fault unless there are two."""
    true = {}
    for custodian, raw in privates.items():
        public = x25519.X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
        if public == keys.price.get(custodian):
            true[custodian] = raw
    if len(true) < 2:
        raise Fault("fewer than two released keys match what the custodians published")
    return true


def _read(envelope: Envelope, payload: bytes) -> OpenedEnvelope:
    if any(payload[74:]):
        raise Unsound(opened.PADDING)
    amount, picks = int.from_bytes(payload[:8]), (payload[8], payload[9])
    if not form.LOWEST_PRICE <= amount <= form.HIGHEST_PRICE:
        raise Unsound(opened.PRICE)
    if picks[0] == picks[1] or not all(1 <= pick <= form.NUMBERS for pick in picks):
        raise Unsound(opened.PICKS)
    if payload[42:74].hex() != envelope.about:
        raise Unsound(opened.MANIFEST)
    return OpenedEnvelope(envelope.maker, amount, picks, payload[10:42].hex(), envelope.about)


def _parsed(data: bytes, keys: KeysStatement, supplier: str | None) -> Envelope:
    try:
        envelope = form.parse(data)
    except (ValueError, TypeError) as error:
        raise Unsound(opened.FORM) from error
    if envelope.kind != form.BID:
        raise Unsound(opened.FORM)
    names = form.split_scope(envelope.scope) == form.split_scope(keys.scope)
    if not names or (supplier is not None and supplier != envelope.maker):
        raise Unsound(opened.NAMES)
    if envelope.keys != keys.hash:
        raise Unsound(opened.KEYS)
    return envelope


def open_envelopes(
    envelopes: Sequence[bytes],
    *,
    keys: KeysStatement,
    privates: Mapping[str, bytes],
    suppliers: Sequence[str] | None = None,
) -> list[OpenedEnvelope | VoidEnvelope]:
    """Open each envelope, in the order given; one that cannot be is void with its check's number.

    suppliers: who handed each in, if known; an envelope that names another is void (V02).
    """
    true = _privates(keys, privates)
    found: list[OpenedEnvelope | VoidEnvelope] = []
    for place, data in enumerate(envelopes):
        try:
            envelope = _parsed(data, keys, suppliers[place] if suppliers else None)
            found.append(_read(envelope, opened.payload(envelope, true)))
        except Unsound as unsound:
            found.append(VoidEnvelope(unsound.check))
    return found


def open_seed(sealed: str, commitment: str, privates: Mapping[str, bytes]) -> bytes:
    """The 32 bytes of a sealed seed; Fault if it is not what was committed to at publication."""
    try:
        envelope = form.parse(sealed.encode())
        plain = opened.payload(envelope, privates)
    except (Unsound, ValueError) as error:
        raise Fault("a seed does not open") from error
    seed, nonce = plain[:32], plain[32:64]
    committed = form.seed_commitment(seed, nonce) == commitment == envelope.about
    if envelope.kind != form.SEED or not committed or any(plain[64:]):
        raise Fault("a seed does not match its commitment")
    return seed
