"""Agencies and suppliers, entered through the doors of registration."""

import random
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from jangteo.ground.errors import Fault
from jangteo.ground.text import business_number_complete
from jangteo.records.account.actions import enrol_signing_key
from jangteo.records.account.queries import Actor, account_named, actor_for
from jangteo.records.vault import seal
from jangteo.stages.registration import actions as registration
from jangteo.stages.registration.queries import LicenceRow

OPERATOR = Actor(None, "운영자", roles=frozenset({"operator"}))
TRADE = "0002"
OTHER_TRADE = "0001"
OFFICES = ("opening", "approving", "inspector", "disbursing")


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of an agency with an enrolled key."""

    actor: Actor
    key: EllipticCurvePrivateKey

    @property
    def public(self) -> str:
        """The public half as enrolled."""
        return seal.public_of(self.key)


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency; each office is another person."""

    name: str
    regime: str
    contract: Officer
    opening: Officer
    approving: Actor
    inspector: Actor
    disbursing: Actor


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier and its representative. trades: its licences; active: registration approved."""

    identifier: str
    actor: Actor
    region: str
    trades: tuple[str, ...]
    active: bool


def _person(username: str, party_id: object, at: datetime) -> Actor:
    account = account_named(username)
    if account is None:
        raise Fault(f"{username} was not entered")
    return actor_for(account, party_id, at=at)  # type: ignore[arg-type]


def officer(actor: Actor, at: datetime) -> Officer:
    """A person with a key, enrolled now."""
    key = seal.fresh_signing_key()
    if actor.account_id is None:
        raise Fault("an officer has an account")
    enrol_signing_key(at=at, account_id=actor.account_id, public_key=seal.public_of(key))
    return Officer(actor, key)


def enter_agency(number: int, regime: str, at: datetime) -> Agency:
    """A registered agency with its officers."""
    name = f"모의{number}구청"
    asked = registration.register_agency(
        by=Actor.anyone(), at=at, name=name, identifier=f"{1741000 + number}", region="11",
        regime=regime, representative=f"이두리{number}", address="세종특별자치시",
        username=f"contract-{number}",
    )  # fmt: skip
    registration.approve(by=OPERATOR, at=at, registration_id=asked.pk)
    contract = _person(f"contract-{number}", asked.party_id, at)
    others: dict[str, Any] = {}
    for office in OFFICES:
        role = "inspector" if office == "inspector" else f"{office}_officer"
        registration.add_person(
            by=OPERATOR, at=at, party_id=asked.party_id, username=f"{office}-{number}",
            name=f"박세나{number}{office}", roles=[role],
        )  # fmt: skip
        others[office] = _person(f"{office}-{number}", asked.party_id, at)
    others["opening"] = officer(others["opening"], at)
    return Agency(name, regime, officer(contract, at), **others)


def enter_supplier(number: int, chance: random.Random, at: datetime) -> Supplier:
    """A supplier; most are registered with the trade that is asked for, some are not."""
    identifier = business_number_complete(f"{100_000_000 + number * 7:09d}")
    region = chance.choice(("11", "11", "26"))
    trades = (TRADE,) if chance.random() < 0.85 else (OTHER_TRADE,)
    asked = registration.register_supplier(
        by=Actor.anyone(), at=at, name=f"모의건설{number}", identifier=identifier, region=region,
        representative=f"이바다{number}", address="서울특별시", username=f"supplier-{number}",
        licences=[LicenceRow(trade, "1", date(2020, 1, 1)) for trade in trades],
    )  # fmt: skip
    active = chance.random() < 0.9
    if active:
        registration.approve(by=OPERATOR, at=at, registration_id=asked.pk)
    return Supplier(
        identifier, _person(f"supplier-{number}", asked.party_id, at), region, trades, active
    )
