"""Custody of one lot made in memory: three custodians, their keys, the statement of three."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.seal import BidContext
from jangteo.records.vault.statements import (
    CUSTODIANS,
    KeysStatement,
    SigningKey,
    keys_text,
    public_of,
    read_keys,
    sign,
)

TENDER = "R26BK00000001"
SCOPE = f"{TENDER}/1/0/000/1"
SUPPLIER = "1138612345"
DEADLINE = datetime(2026, 12, 1, 1, tzinfo=UTC)
BID = BidContext(TENDER, "1", 0, 0, SUPPLIER)


@dataclass(frozen=True)
class Lot:
    """A lot's custody: the public statement, the private price keys, and who signed."""

    keys: KeysStatement
    privates: dict[str, bytes]
    signers: dict[str, SigningKey]

    def without(self, custodian: str) -> dict[str, bytes]:
        """The private keys when one custodian withholds."""
        return {name: raw for name, raw in self.privates.items() if name != custodian}


def lot(scope: str = SCOPE, deadline: datetime = DEADLINE) -> Lot:
    """Fresh custody of a scope."""
    signed, privates, signers = {}, {}, {}
    for name in CUSTODIANS:
        made = seal.make_lot_keys(scope=scope, custodian=name, deadline=deadline)
        signer = seal.fresh_signing_key() if name == "officer" else Ed25519PrivateKey.generate()
        signature = b64u(sign(signer, made.statement.encode()))
        signed[name] = (made.statement, public_of(signer), signature)
        privates[name], signers[name] = made.price_private, signer
    return Lot(read_keys(keys_text(scope, signed)), privates, signers)


def sealed(of: Lot, price: int = 1_234_500_000, picks: tuple[int, int] = (3, 11)) -> bytes:
    """A bid sealed to a lot's custody."""
    agent = seal.fresh_signing_key()
    made = seal.seal_bid(
        context=BID, keys_statement=of.keys.text, price=price, picks=picks, agent_private=agent
    )
    return made.envelope
