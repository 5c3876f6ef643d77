"""An agency with its officers and the two other custodians, through the real doors."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection

from jangteo.ground.clock import KST
from jangteo.interfaces.custodian import database
from jangteo.interfaces.custodian.duties import Duties
from jangteo.interfaces.custodian.folder import Folder
from jangteo.records.account.actions import enrol_signing_key
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.vault import custody, seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.queries import keys_statement
from jangteo.stages.registration import actions as registration
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.queries import NoticeRow

OPERATOR = Actor(None, "Operator", roles=frozenset({"operator"}))


def kst(day: int, hour: int, minute: int = 0, *, month: int = 12) -> datetime:
    """A moment of the winter in which these tests play."""
    return datetime(2026, month, day, hour, minute, tzinfo=KST)


#: Tuesday; the first notice is posted in the morning
POSTED = kst(1, 9)
#: below a billion won: seven days, counted from the day before the deadline
DEADLINE = kst(9, 10)
TERMS: dict[str, Any] = {
    "title": "복지관 지붕 보수공사",
    "site": "세종특별자치시 한누리대로 2130",
    "description": "지붕 방수층을 다시 깝니다.",
    "base_amount": 330_000_000,
    "estimated_price": 300_000_000,
    "budget_amount": 396_000_000,
    "a_value": 12_345_678,
    "base_net_cost": 280_000_000,
    "licences": ["0002"],
    "regions": [],
    "bidding_from": kst(4, 10),
    "deadline": DEADLINE,
}


def net_cost(changed: dict[str, Any]) -> int | None:
    """The same share of another base amount; None for what has no net-cost line."""
    if changed.get("category", "works") != "works" or changed.get("procedure") == "quotation":
        return None
    base = changed.get("base_amount") or TERMS["base_amount"]
    return int(TERMS["base_net_cost"] * base // TERMS["base_amount"])


def budget(changed: dict[str, Any]) -> int | None:
    """A little more than the base amount; None for what is bought by quotation."""
    base = changed.get("base_amount") or TERMS["base_amount"]
    if changed.get("procedure") == "quotation":
        return None
    return int(TERMS["budget_amount"] * base // TERMS["base_amount"])


def difficulty(changed: dict[str, Any], regime: str) -> str:
    """Of large works, whose notice has to name one; further up no table scores them."""
    billions = (changed.get("estimated_price") or 0) // 1_000_000_000
    large = 5 <= billions < (30 if regime == "local" else 10)
    return "1.00" if large and changed.get("procedure") != "quotation" else ""


@dataclass(slots=True)
class Agency:
    """One agency: contract officer and opening officer are two people."""

    contract: Actor
    opening: Actor
    key: ec.EllipticCurvePrivateKey = field(default_factory=seal.fresh_signing_key)
    folder: Path = Path()
    privates: dict[str, bytes] = field(default_factory=dict)

    def draft(self, *, at: datetime = POSTED, **changed: Any) -> str:
        """A draft with all its terms; its number."""
        tender = actions.draft_tender(by=self.contract, at=at, title="가칭")
        regime = queries.draft(self.contract, tender.number).regime
        own = {
            "base_net_cost": net_cost(changed), "budget_amount": budget(changed),
            "difficulty": difficulty(changed, regime),
        }  # fmt: skip
        terms = TERMS | own | changed
        actions.save_draft(by=self.contract, at=at, number=tender.number, changes=terms)
        return tender.number

    def custody(self, number: str, *, at: datetime = POSTED) -> None:
        """Keys of all three custodians and both seeds, each made by its own maker."""
        asked = actions.ask_for_keys(by=self.contract, at=at, number=number)
        self.custodians()
        self.bring_keys(number, asked.scope, asked.deadline, at=at)
        self.bring_seed(number, asked.scope, at=at)
        self.custodians()
        self.care(number, at=at)

    def care(self, number: str, *, at: datetime = POSTED) -> None:
        """The opening officer enters the figures a second time; both answer what is doubted."""
        found = queries.draft(self.contract, number)
        if queries.care_for(self.contract, number, at=at).second.state == "missing":
            values = {name: getattr(found, name) for name in queries.TWICE}
            assert actions.second_entry(by=self.opening, at=at, number=number, values=values) == ()
        row = queries.care_for(self.contract, number, at=at)
        self.read_examples(number, at=at)
        for one in row.doubts:
            told = {"number": number, "code": one.finding.code}
            actions.give_reason(by=self.contract, at=at, reason="설계서와 대조함", **told)
            if one.two:
                actions.agree_reason(by=self.opening, at=at, **told)

    def read_examples(self, number: str, *, at: datetime = POSTED) -> None:
        """The contract officer confirms where the terms lead."""
        shown = queries.care_for(self.contract, number, at=at).examples
        assert shown
        actions.see_examples(by=self.contract, at=at, number=number, seen=shown.hash)

    def bring_keys(self, number: str, scope: str, deadline: datetime, *, at: datetime) -> None:
        """What the opening officer's browser does first."""
        made = seal.make_lot_keys(scope=scope, custodian="officer", deadline=deadline)
        self.privates[scope] = made.price_private
        actions.add_custody(
            by=self.opening, at=at, number=number, statement=made.statement,
            signer_key=seal.public_of(self.key),
            signature=b64u(seal.sign(self.key, made.statement.encode())), wrapped="",
        )  # fmt: skip

    def bring_seed(self, number: str, scope: str, *, at: datetime) -> None:
        """What the opening officer's browser does second."""
        whole = keys_statement(scope).text
        seed = seal.seal_seed(scope=scope, maker="agency", keys_statement=whole)
        actions.add_agency_seed(
            by=self.opening, at=at, number=number, sealed=seed.sealed, commitment=seed.commitment
        )

    def custodians(self) -> None:
        """Let the platform's and the audit custodian do what is asked, in this transaction."""
        connection.ensure_connection()
        db = connection.connection
        for name in ("platform", "audit"):
            own = custody.custodian(name, name.encode().ljust(40, b"."))
            database.enrol(db, name, own.public_key)
            (self.folder / name).mkdir(exist_ok=True)
            duties = Duties(own, Folder(self.folder / name, own), lambda *_, **__: None)
            duties.make_keys(db)
            if name == "platform":
                duties.make_seeds(db)

    def publish(self, *, at: datetime = POSTED, **changed: Any) -> NoticeRow:
        """A published notice with everything that belongs to it."""
        number = self.draft(at=at, **changed)
        self.custody(number, at=at)
        return actions.publish(by=self.contract, at=at, number=number)

    def correct(self, number: str, *, at: datetime, **changes: Any) -> NoticeRow:
        """A published correction."""
        actions.start_correction(by=self.contract, at=at, number=number)
        words = {"correction_reason": "면적을 잘못 적었습니다."} | changes
        actions.save_draft(by=self.contract, at=at, number=number, changes=words)
        self.custody(number, at=at)
        return actions.correct(by=self.contract, at=at, number=number)


def make(
    folder: Path, *, identifier: str = "1741000", regime: str = "national", name: str = "조달구청"
) -> Agency:
    """A registered agency with a contract officer and an opening officer who has a key."""
    at = POSTED - timedelta(days=30)
    asked = registration.register_agency(
        by=Actor.anyone(), at=at, name=name, identifier=identifier, region="11", regime=regime,
        representative="이두리", address="세종특별자치시", username=f"contract-{identifier}",
    )  # fmt: skip
    registration.approve(by=OPERATOR, at=at, registration_id=asked.pk)
    first = Account.objects.get(username=f"contract-{identifier}")
    contract = actor_for(first, asked.party_id, at=at)
    second = registration.add_person(
        by=OPERATOR, at=at, party_id=asked.party_id, username=f"opening-{identifier}",
        name="박세나", roles=["opening_officer"],
    )  # fmt: skip
    agency = Agency(contract, actor_for(second, asked.party_id, at=at), folder=folder)
    enrol_signing_key(at=at, account_id=second.pk, public_key=seal.public_of(agency.key))
    return agency


def refused(row: queries.DraftRow, *, at: datetime, current: NoticeRow | None = None) -> list[str]:
    """The codes of what stands against publishing."""
    return sorted(one.code for one in queries.problems(row, at=at, current=current))
