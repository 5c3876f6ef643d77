"""Custody of one lot in the database, as custodians and officers would put it there."""

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from jangteo.records.account.models import Account, Membership, SigningKey
from jangteo.records.party.models import Party
from jangteo.records.vault import actions, custody, seal
from jangteo.records.vault.canonical import b64u, read_canonical
from jangteo.records.vault.custody import Custodian, Lot
from jangteo.records.vault.models import Identity, LotKey
from tests.records.vault.made import SCOPE

ONLINE = {name: custody.custodian(name, name.encode() * 8) for name in ("platform", "audit")}


def agency(at: datetime) -> Party:
    """A buyer."""
    return Party.objects.create(
        kind="agency", identifier="1230000", name="장터시", region="11", created_at=at
    )


def officer(party: Party, role: str, at: datetime) -> tuple[Account, EllipticCurvePrivateKey]:
    """A person with a role and an enrolled signing key."""
    account = Account.objects.create_user(role, role)
    Membership.objects.create(account=account, party=party, role=role, since=at)
    key = seal.fresh_signing_key()
    SigningKey.objects.create(account=account, public_key=seal.public_of(key), enrolled_at=at)
    return account, key


def publish_key(own: Custodian, deadline: datetime, at: datetime, scope: str = SCOPE) -> Lot:
    """What a custodian's process does when asked for keys."""
    Identity.objects.get_or_create(
        custodian=own.name, defaults={"public_key": own.public_key, "enrolled_at": at}
    )
    lot = custody.make_lot(own, scope, deadline)
    said = read_canonical(lot.statement.encode())
    LotKey.objects.create(
        scope=scope, custodian=own.name, price_key=said["price"], document_key=said["documents"],
        statement=lot.statement, signer_key=own.public_key,
        signature=b64u(own.sign(lot.statement)), made_at=at,
    )  # fmt: skip
    return lot


def publish_officer(
    key: EllipticCurvePrivateKey, deadline: datetime, at: datetime, scope: str = SCOPE
) -> bytes:
    """What the opening officer's browser does; the private price key."""
    made = seal.make_lot_keys(scope=scope, custodian="officer", deadline=deadline)
    actions.add_officer_keys(
        scope=scope,
        statement=made.statement,
        signer_key=seal.public_of(key),
        signature=b64u(seal.sign(key, made.statement.encode())),
        wrapped="{}",
        at=at,
    )
    return made.price_private


def whole(
    key: EllipticCurvePrivateKey, at: datetime, lasts: timedelta = timedelta(days=7)
) -> dict[str, Lot]:
    """Custody of the scope with all three keys; the online custodians' lots."""
    deadline = at + lasts
    actions.request_keys(scope=SCOPE, deadline=deadline, at=at)
    lots = {name: publish_key(own, deadline, at) for name, own in ONLINE.items()}
    publish_officer(key, deadline, at)
    return lots
