"""An opening with real custodians, real envelopes and the real clock of a practice world."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import connection
from psycopg.types.json import JsonbLoader
from psycopg.types.string import TextLoader

from jangteo.interfaces.custodian.duties import Duties
from jangteo.interfaces.custodian.folder import Folder
from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.account.actions import enrol_signing_key
from jangteo.records.journal.queries import now
from jangteo.records.log.note import load_key
from jangteo.records.log.queries import log_name
from jangteo.records.vault import custody, seal
from jangteo.records.vault.canonical import b64u, canonical, read_canonical
from jangteo.records.vault.statements import released_text
from jangteo.stages.bid.actions.receipt import make_receipts, moment
from jangteo.stages.bid.models import SealedBid, SignatureCheck
from jangteo.stages.opening import actions
from jangteo.stages.opening.models import Opening, Result
from jangteo.stages.tender.queries import NoticeRow
from tests.market import Bidder, bidder
from tests.stages.tender import agency as agencies
from tests.stages.tender.agency import POSTED, Agency

Bid = tuple[int, tuple[int, int]]


def custodian(name: str) -> custody.Custodian:
    """The same custodian as agency.custodians() makes."""
    return custody.custodian(name, name.encode().ljust(40, b"."))


def pairs(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Picks of two different numbers each, whose sum is these counts; most picked first."""
    left = dict(enumerate(counts, 1))
    found = []
    while any(left.values()):
        one, other = sorted(left, key=lambda number: (-left[number], number))[:2]
        left[one] -= 1
        left[other] -= 1
        found.append((one, other))
    assert all(value == 0 for value in left.values())
    return found


@dataclass(slots=True)
class Ceremony:
    """A published tender with its agency; time passes by the practice world's clock."""

    agency: Agency
    notice: NoticeRow
    contract_key: ec.EllipticCurvePrivateKey
    bidders: list[Bidder] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.notice.number

    def seal(self, who: Bidder, bid: Bid) -> seal.SealedEnvelope:
        """This bidder's envelope."""
        context = seal.BidContext(
            self.number, self.notice.lot, self.notice.round, self.notice.version,
            who.party.identifier,
        )  # fmt: skip
        return seal.seal_bid(
            context=context, keys_statement=self.notice.keys, price=bid[0], picks=bid[1],
            agent_private=who.key,
        )  # fmt: skip

    def receive(self, bid: Bid, spoil: str = "") -> Bidder:
        """A bidder's envelope as intake writes it down; spoil: a field to change before signing."""
        who = bidder()
        made = self.seal(who, bid)
        data, digest, signature = made.envelope, made.hash, made.signature
        if spoil:
            data = canonical(spoiled(read_canonical(data), spoil))
            digest = bytes.fromhex(custody.digest(data))
            signature = seal.sign(who.key, digest)
        at = now()
        row = SealedBid.objects.create(
            tender_id=self.notice.tender_id, lot=self.notice.lot, round=self.notice.round,
            version=self.notice.version, supplier=who.party, agent=who.account,
            agent_key=made.agent_key, envelope=data, hash=digest, signature=signature,
            arrival=at, receipt=self.receipt(who, digest, at),
        )  # fmt: skip
        SignatureCheck.objects.create(bid=row, sound=True, at=now())
        self.bidders.append(who)
        return who

    def receipt(self, who: Bidder, digest: bytes, at: datetime) -> dict[str, Any]:
        """What intake would have promised."""
        promise = {
            "tender": self.number, "lot": self.notice.lot, "round": self.notice.round,
            "version": self.notice.version, "supplier": who.party.identifier, "attempt": 1,
            "keys": self.notice.keys_hash, "hash": digest.hex(), "arrival": moment(at),
            "log": log_name(),
        }  # fmt: skip
        key = load_key((settings.SECRETS / "receipt.pem").read_bytes())
        return make_receipts([promise], key)[0]

    def receive_all(self, bids: Iterable[Bid]) -> list[Bidder]:
        """All of them, and each custodian checks its shares."""
        who = [self.receive(bid) for bid in bids]
        self.custodians()
        return who

    def custodians(self, names: Sequence[str] = ("platform", "audit")) -> None:
        """Let these custodians do all their duties now."""
        connection.ensure_connection()
        db = connection.connection
        db.adapters.register_loader("jsonb", JsonbLoader)  # as on a custodian's own connection
        for name in names:
            own = custodian(name)
            folder = Folder(self.agency.folder / name, own)
            Duties(own, folder, lambda *_, **__: None).all(db)
        db.adapters.register_loader("jsonb", TextLoader)  # as Django wants it

    def forward(self, at: datetime) -> datetime:
        """Move the clock to a moment."""
        return sandbox.forward_to(connection, at)

    def prepare(self) -> Opening:
        """After the deadline, at the opening time."""
        self.forward(self.notice.opening_at)
        return actions.prepare(by=self.agency.opening, at=now(), number=self.number)

    def exclude(self, who: Bidder, ground: str = "not_qualified", note: str = "면허 없음") -> Any:
        """Set this bidder's bid aside."""
        row = SealedBid.objects.get(supplier=who.party)
        return actions.exclude(
            by=self.agency.opening, at=now(), number=self.number,
            bid_hash=bytes(row.hash).hex(), ground=ground, note=note,
        )  # fmt: skip

    def close(self) -> Opening:
        return actions.close_set(by=self.agency.opening, at=now(), number=self.number)

    def sign(self, role: str, **changed: Any) -> Opening:
        """One of the two signatures, by its own person."""
        by, key = {
            "contract_officer": (self.agency.contract, self.contract_key),
            "opening_officer": (self.agency.opening, self.agency.key),
        }[role]
        text = actions.statement(number=self.number)
        given = {
            "by": by, "role": role, "signer_key": seal.public_of(key),
            "signature": b64u(seal.sign(key, text.encode())),
        }  # fmt: skip
        return actions.sign_request(at=now(), number=self.number, **(given | changed))

    def ask(self) -> None:
        """Close the set and let both people sign."""
        self.close()
        self.sign("contract_officer")
        self.sign("opening_officer")

    def officer_key(self) -> Opening:
        """The officer's browser unwraps its price key and signs that it gives it."""
        private = b64u(self.agency.privates[self.notice.scope])
        text = released_text(scope=self.notice.scope, custodian="officer", price_private=private)
        return actions.release_officer_key(
            by=self.agency.opening, at=now(), number=self.number, price_private=private,
            signer_key=seal.public_of(self.agency.key),
            signature=b64u(seal.sign(self.agency.key, text.encode())),
        )  # fmt: skip

    def hold(self) -> Result:
        return actions.hold_opening(by=self.agency.opening, at=now(), number=self.number)

    def open(self) -> Result:
        """All of it, from the opening time on."""
        self.prepare()
        self.ask()
        self.custodians()
        return self.hold()


def spoiled(value: dict[str, Any], name: str) -> dict[str, Any]:
    """The envelope with one character of this field changed."""
    text = value[name]
    return {**value, name: text[:20] + ("A" if text[20] != "A" else "B") + text[21:]}


def begin(
    folder: Path, *, regime: str = "local", rates: Sequence[str] = (), **terms: Any
) -> Ceremony:
    """A practice world whose clock shows the day of posting, and a published tender in it."""
    sandbox.create(connection, POSTED)
    agency = agencies.make(folder, regime=regime)
    key = seal.fresh_signing_key()
    enrol_signing_key(
        at=now(), account_id=agency.contract.account_id, public_key=seal.public_of(key)
    )
    notice = agency.publish(**terms)
    if rates:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into sandbox.given_rates values (%s, %s)",
                [notice.number, json.dumps(list(rates))],
            )
    made = Ceremony(agency, notice, key)
    made.forward(notice.bidding_from)
    return made
