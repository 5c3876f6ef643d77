"""Check and combine shares: what an opening and a custodian's own check have in common."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jangteo.records.vault import form, shamir
from jangteo.records.vault.form import Envelope
from jangteo.records.vault.statements import CUSTODIANS

FORM, NAMES, KEYS, SHARES, SHARE_COMMITMENTS = "V01", "V02", "V03", "V04", "V05"
KEY_COMMITMENT, BODY, PADDING, PRICE, PICKS, MANIFEST = "V06", "V07", "V08", "V09", "V10", "V11"


class Unsound(Exception):
    """An envelope fails the mechanical check of this number."""

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


@lru_cache(maxsize=64)
def _private(raw: bytes) -> x25519.X25519PrivateKey:
    return x25519.X25519PrivateKey.from_private_bytes(raw)


def own_share(envelope: Envelope, custodian: str, private: bytes) -> tuple[bytes, bytes]:
    """A custodian's share and its salt; Unsound V04 or V05 if it is not as committed."""
    place = CUSTODIANS.index(custodian) + 1
    sealed = envelope.shares[place - 1]
    try:
        plain = form.SUITE.decrypt(
            sealed, _private(private), info=form.info(form.context(envelope), place)
        )
    except (InvalidTag, ValueError) as error:
        raise Unsound(SHARES) from error
    share, salt = plain[: form.SHARE], plain[form.SHARE :]
    if share[-1] != place:
        raise Unsound(SHARES)
    if form.share_commitment(salt, share) != envelope.share_commitments[place - 1]:
        raise Unsound(SHARE_COMMITMENTS)
    return share, salt


def _key(envelope: Envelope, pair: list[tuple[bytes, bytes]]) -> bytes:
    """The content key from two shares, all four commitments recomputed from it."""
    (a, _), (b, _) = pair
    key = shamir.combine(a, b)
    if form.key_commitment(key) != envelope.key_commitment:
        raise Unsound(KEY_COMMITMENT)
    for place, committed in zip(shamir.SHARES, envelope.share_commitments, strict=True):
        share = shamir.at(a, b, place) + bytes([place])
        if form.share_commitment(form.salt(key, place), share) != committed:
            raise Unsound(SHARE_COMMITMENTS)
    return key


def _body(envelope: Envelope, key: bytes) -> bytes:
    aad = form.additional_data(form.context(envelope))
    try:
        return AESGCM(key).decrypt(envelope.body[: form.IV], envelope.body[form.IV :], aad)
    except InvalidTag as error:
        raise Unsound(BODY) from error


def payload(envelope: Envelope, privates: Mapping[str, bytes]) -> bytes:
    """The payload behind an envelope with the private keys of two or three custodians.

    The online custodians' pair comes first, since both checked their shares when the envelope came
    in; what fails with it is tried with the others. With fewer than two sound shares, Unsound
    names the lowest check that a share failed; else the highest that a pair of them failed.
    """
    shares: dict[str, tuple[bytes, bytes]] = {}
    failed = []
    for custodian in reversed(CUSTODIANS):
        if custodian in privates:
            try:
                shares[custodian] = own_share(envelope, custodian, privates[custodian])
            except Unsound as found:
                failed.append(found.check)
    if len(shares) < 2:
        raise Unsound(min(failed, default=SHARES))
    furthest = SHARES
    for pair in combinations(shares, 2):
        try:
            return _body(envelope, _key(envelope, [shares[one] for one in pair]))
        except Unsound as found:
            furthest = max(furthest, found.check)
    raise Unsound(furthest)
