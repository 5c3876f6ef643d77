"""A small market written straight into the tables: for tests below the doors that make one."""

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jangteo.records.account.models import Account, Membership
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.journal.queries import now
from jangteo.records.party.models import Party
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.statements import CUSTODIANS, keys_text, read_keys
from jangteo.stages.registration.models import Licence, Registration
from jangteo.stages.tender.models import NoticeVersion, Tender

_numbers = itertools.count(secrets.randbelow(10**6) * 100)


@dataclass(slots=True)
class Market:
    """One tender with its keys. privates: custodian -> private price key."""

    tender: Tender
    notice: NoticeVersion
    keys: str
    privates: dict[str, bytes]


@dataclass(slots=True)
class Bidder:
    """A registered supplier and the person who bids for it."""

    party: Party
    account: Account
    key: ec.EllipticCurvePrivateKey = field(default_factory=seal.fresh_signing_key)

    def actor(self) -> Actor:
        return actor_for(self.account, self.party.pk, at=now())


def keys_for(scope: str, deadline: datetime) -> tuple[str, dict[str, bytes]]:
    """The statement of three custodians' keys, and the private halves."""
    signed, privates = {}, {}
    for custodian in CUSTODIANS:
        signer: Any = Ed25519PrivateKey.generate()
        if custodian == "officer":
            signer = seal.fresh_signing_key()
        made = seal.make_lot_keys(scope=scope, custodian=custodian, deadline=deadline)
        signature = b64u(seal.sign(signer, made.statement.encode()))
        signed[custodian] = (made.statement, seal.public_of(signer), signature)
        privates[custodian] = made.price_private
    return keys_text(scope, signed), privates


def party(kind: str, identifier: str, region: str = "11") -> Party:
    return Party.objects.create(
        kind=kind,
        identifier=identifier,
        name=f"{kind} {identifier}",
        region=region,
        created_at=now(),
    )


def person(of: Party, role: str) -> Account:
    account = Account.objects.create_user(f"{role}-{secrets.token_hex(5)}", "김하늘")
    Membership.objects.create(account=account, party=of, role=role, since=now() - timedelta(days=9))
    return account


def bidder(status: str = "active", licences: tuple[str, ...] = ()) -> Bidder:
    """A supplier with a registration in this state and one bidding agent."""
    supplier = party("supplier", f"{next(_numbers) % 10**10:010d}")
    Registration.objects.create(
        party=supplier,
        status=status,
        representative="이바다",
        address="서울",
        submitted_at=now(),
    )
    for code in licences:
        Licence.objects.create(
            party=supplier, code=code, number="1", since="2020-01-01", approved_at=now()
        )
    return Bidder(supplier, person(supplier, "bidding_agent"))


def market(*, closes_in: timedelta = timedelta(hours=1), **terms: Any) -> Market:
    """A published tender that takes bids from an hour ago until `closes_in` from now."""
    at = now()
    number = f"R26BK{next(_numbers) % 10**8:08d}"
    agency = party("agency", f"{next(_numbers) % 10**7:07d}")
    tender = Tender.objects.create(
        number=number,
        buyer=agency,
        buyer_name=agency.name,
        status="active",
        version=0,
        rule_day=at.date(),
        created_at=at,
        created_by=person(agency, "contract_officer").pk,
    )
    return publish(tender, 0, deadline=at + closes_in, **terms)


def publish(tender: Tender, version: int, *, deadline: datetime, **terms: Any) -> Market:
    """Publish this version of a tender with fresh keys."""
    scope = f"{tender.number}/1/0/{version:03d}/1"
    statement, privates = keys_for(scope, deadline)
    values = {
        "title": "복지관 지붕 보수공사",
        "regime": "local",
        "base_amount": 1_234_500_000,
        "bidding_from": deadline - timedelta(days=3),
        "opening_at": deadline + timedelta(hours=1),
        **terms,
    }
    notice = NoticeVersion.objects.create(
        tender=tender,
        version=version,
        deadline=deadline,
        published_at=now(),
        published_by=tender.created_by,
        scope=scope,
        keys=statement,
        keys_hash=read_keys(statement).hash,
        sealer_hash=seal.sealer_hash(),
        **values,
    )
    tender.version = version
    tender.save()
    return Market(tender, notice, statement, privates)


def sealed(
    where: Market, who: Bidder, price: int = 1_100_000_000, picks: tuple[int, int] = (3, 11)
) -> seal.SealedEnvelope:
    """This bidder's envelope for this tender."""
    context = seal.BidContext(
        where.tender.number,
        where.notice.lot,
        where.notice.round,
        where.notice.version,
        who.party.identifier,
    )
    return seal.seal_bid(
        context=context,
        keys_statement=where.keys,
        price=price,
        picks=picks,
        agent_private=who.key,
    )
