"""A tender whose ranking is published, written straight into the tables, and its people."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jangteo.config import timetable
from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.journal.actions import record
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of, now
from jangteo.records.message.models import Message
from jangteo.records.party.models import Party
from jangteo.records.wish.queries import digest_of
from jangteo.rules.award.tiebreak import number
from jangteo.stages.award import actions, queries
from jangteo.stages.award.models import Examination, Wish
from jangteo.stages.bid.models import SealedBid, SignatureCheck
from jangteo.stages.opening.models import OpenedBid, Opening, Result
from tests.market import Market, bidder, market, person

#: a Tuesday, noon in Korea; no public holiday until Christmas
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BUNDLE, SEEDS = "b" * 64, bytes(64)
RESERVE, FLOOR = 106_286_950, 97_847_277
A_VALUE = 23_988_821
#: the bids of the worked example EX-2, in the order of rank: 86.40, 90 and 90 points for the price
PRICES = (97_908_840, 99_000_000, 99_500_000)
FULL = {"finance": "10"}
WORKS: dict[str, Any] = {
    "base_amount": 105_700_000, "estimated_price": 96_090_909, "a_value": A_VALUE,
    "licences": ["0002"],
}  # fmt: skip
CHAIRS: dict[str, Any] = {
    "procedure": "quotation", "award_method": "quotation", "category": "goods",
    "title": "민원실 의자 40개", "a_value": 0, "base_amount": 45_000_000,
    "estimated_price": 40_909_090, "licences": [],
}  # fmt: skip


WISHED = (
    "annul", "refuse_annulment", "reopen", "compute_again", "refuse_reopening",
    "confirm_own_score", "refuse_own_score",
)  # fmt: skip


def read(number: str, verb: str, supplier: str = "") -> str:
    """The digest of what a second person is to decide on now; "" if there is nothing."""
    of = "award" if "annul" in verb else "examination"
    wish = Wish.objects.filter(**{f"{of}__tender_number": number, "ended": ""})
    if supplier:
        wish = wish.filter(examination__supplier__identifier=supplier)
    return digest_of(wish[0]) if wish else ""


@dataclass(slots=True)
class Opened:
    """A published ranking; who() gives an actor by name: officer, approver, second, bidder0 …"""

    market: Market
    people: dict[str, tuple[Account, Party]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.market.tender.number

    @property
    def buyer(self) -> Party:
        return self.market.tender.buyer

    def who(self, name: str) -> Actor:
        account, party = self.people[name]
        return actor_for(account, party.pk, at=now())

    def add(self, name: str, role: str, of: Party) -> None:
        self.people[name] = (person(of, role), of)

    def client(self, name: str = "", language: str = "en") -> Client:
        """A browser of somebody, of a visitor without a name."""
        made = Client(headers={"accept-language": language})
        if name:
            made.force_login(self.people[name][0])
        return made

    def bid(self) -> SealedBid:
        """A sealed bid of a new supplier: its agent is `bidder<n>`, its head `head<n>`."""
        who, n = bidder(licences=("0002",)), sum(name.startswith("bidder") for name in self.people)
        self.people[f"bidder{n}"] = (who.account, who.party)
        self.add(f"head{n}", "representative", who.party)
        at = now()
        made = SealedBid.objects.create(
            tender=self.market.tender, lot="1", round=0, version=0, supplier=who.party,
            agent=who.account, agent_key="k", envelope=b"e", signature=b"s", arrival=at,
            hash=hashlib.sha256(secrets.token_bytes(8)).digest(), receipt={},
        )  # fmt: skip
        SignatureCheck.objects.create(bid=made, sound=True, at=at)
        return made

    def publish(
        self, sealed: Sequence[SealedBid], prices: Sequence[int], ranks: Sequence[int],
        **result: str,
    ) -> None:  # fmt: skip
        """The bids are opened and the result is out; nobody has been called yet."""
        tender = self.market.tender
        opening = Opening.objects.create(
            tender=tender, buyer=tender.buyer, lot="1", round=0, version=0, status="published",
            tender_number=tender.number, bids=len(prices), prepared_at=AT, closed_at=AT,
        )  # fmt: skip
        ranks = list(ranks)
        for bid, price, rank in zip(sealed, prices, ranks, strict=True):
            shared = rank and ranks.count(rank) > 1
            OpenedBid.objects.create(
                opening=opening, bid=bid, supplier_id=bid.supplier_id, amount=price, rank=rank,
                hash=bytes(bid.hash).hex(), remark="normal", rate="90.000",
                tiebreak=number(SEEDS, bytes(bid.hash).hex()) if shared else "",
            )  # fmt: skip
        Result.objects.create(
            opening=opening, law="국가계약법 시행령 제42조", reserve_price=RESERVE,
            floor_price=FLOOR, rates_from="seeds", counted=[0] * 15, drawn_from=[0] * 15,
            bundle=b"{}", bundle_hash=BUNDLE, published_at=AT, report=report(opening), **result,
        )  # fmt: skip
        record("opening.publish", opening.subject, by=Actor.system("opening"), at=AT,
               tender=self.number)  # fmt: skip

    def call(self, at: datetime = AT) -> list[Examination]:
        return actions.call_next(by=Actor.system("award"), at=at, number=self.number)

    def do(self, verb: str, who: str, at: datetime = AT, **given: Any) -> Any:
        """A verb of this tender's award by somebody, who has read what there is to confirm."""
        if verb in WISHED:
            given.setdefault("digest", read(self.number, verb, given.get("supplier", "")))
        return getattr(actions, verb)(by=self.who(who), at=at, number=self.number, **given)

    def paper(self, who: str = "bidder0", at: datetime = AT, data: bytes = b"%PDF-1") -> Any:
        return self.do("add_paper", who, at, title="시공실적증명서.pdf",
                       media_type="application/pdf", data=data)  # fmt: skip

    def submit(self, who: str = "bidder0", at: datetime = AT) -> None:
        self.paper(who, at)
        self.do("submit_papers", who, at)

    def passed(self, n: int = 0, **scores: str) -> None:
        """Candidate number n hands in its papers and passes."""
        self.submit(f"bidder{n}")
        self.do("pass_review", "officer", scores=FULL | scores, supplier=self.identifier(n))

    def identifier(self, n: int) -> str:
        return self.people[f"bidder{n}"][1].identifier

    def awarded(self) -> None:
        """The first in rank is awarded."""
        self.call()
        self.passed()
        self.do("propose", "officer")
        self.do("confirm", "approver")

    def annul(
        self, at: datetime = AT, cause: str = "gave_up", reason: str = "포기했습니다."
    ) -> Any:
        """The contract officer asks that the award be annulled, the approver confirms."""
        self.do("ask_annulment", "officer", at, cause=cause, reason=reason)
        return self.do("annul", "approver", at)

    def states(self) -> list[tuple[int, str]]:
        """(rank, state) of everybody called so far."""
        return [(row.rank, row.status) for row in queries.examinations(self.number)]

    def page(self, who: str = "", at: datetime = AT) -> queries.AwardPage:
        actor = self.who(who) if who else Actor.anyone()
        return queries.award_page(actor, self.number, at=at)

    def why(self, who: str) -> str:
        found = queries.why_not(self.who(who), self.number)
        return found.text.format(**found.params)

    def status(self) -> str:
        self.market.tender.refresh_from_db()
        return str(self.market.tender.status)

    def inbox(self, who: str) -> list[str]:
        rows = Message.objects.filter(party=self.people[who][1]).order_by("at", "id")
        return [row.text.format(**row.params) for row in rows]


def report(opening: Opening) -> dict[str, Any]:
    """What the verifier would have printed of these bids: it found the same."""
    found: dict[str, Any] = {"reserve_price": RESERVE, "floor_price": FLOOR}
    found |= {"outcome.outcome": "published", "ranking": []}
    for bid in OpenedBid.objects.filter(opening=opening):
        key = bid.hash[:12]
        found["ranking"].append(bid.hash)
        found[f"opened.{key}.amount"] = bid.amount
        names = ("rank", "remark", "rate", *(["tiebreak"] if bid.tiebreak else []))
        found |= {f"ranking.{key}.{n}": getattr(bid, n) for n in names}
    return {"result": "same", "checks": [{"check": "V16", "found": found, "differences": []}]}


def opened(
    prices: Sequence[int] = PRICES, *, ranks: Sequence[int] = (), verified: str = "same",
    regime: str = "national", outcome: str = "published", code: str = "opening.ranked",
    **terms: Any,
) -> Opened:  # fmt: skip
    """A published ranking of these bids; ranks: of each, by default 1, 2, 3 …"""
    with connection.cursor() as cursor:
        cursor.execute("select to_regnamespace('sandbox')")
        if cursor.fetchone() == (None,):
            sandbox.create(connection, AT - DAY)
    where = market(regime=regime, **(WORKS | terms))
    tender = where.tender
    made = Opened(where)
    sealed = [made.bid() for _ in prices]
    sandbox.forward_to(connection, where.notice.opening_at)
    tender.status, tender.rule_day = "opened", AT.date()
    tender.save()
    for name, role in (
        ("officer", "contract_officer"), ("approver", "approving_officer"),
        ("inspector", "inspector"), ("opener", "opening_officer"),
    ):  # fmt: skip
        made.add(name, role, tender.buyer)
    found = {"verified": verified, "outcome": outcome, "code": code}
    made.publish(sealed, prices, ranks or range(1, len(prices) + 1), **found)
    return made


def chairs(prices: Sequence[int] = (41_000_000, 42_000_000), **terms: Any) -> Opened:
    """A ranking of quotations for goods."""
    return opened(prices, **(CHAIRS | terms))


def refused(code: str, do: Callable[[], Any], status: int = 422) -> Refusal:
    """Doing it raises this refusal, with all that a reader needs to go on."""
    with pytest.raises(Refusal) as caught:
        do()
    found: Refusal = caught.value
    assert (found.code, found.status) == (code, status)
    assert found.text and found.repair
    return found


def hear(kind: str) -> None:
    """Every fact of a kind is heard twice by whoever listens to it, as the timetable says."""
    for entry in Entry.objects.filter(kind=kind).order_by("at", "id"):
        for _ in range(2):
            for listener in timetable.LISTENERS[kind]:
                listener(fact_of(entry))


def kinds(number: str) -> list[str]:
    """What the journal says of a tender, oldest first."""
    rows = Entry.objects.filter(tender=number).order_by("at", "id")
    return list(rows.values_list("kind", flat=True))
