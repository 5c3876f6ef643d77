"""A contract in force with subcontracts and accepted works, written straight into the tables."""

import itertools
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.exchange import actions as exchange
from jangteo.records.exchange.models import Exchange
from jangteo.records.exchange.queries import BudgetCommitment
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of, now
from jangteo.records.party.models import Party
from jangteo.stages.award.models import Award, Examination
from jangteo.stages.contract.models import Contract, Subcontract
from jangteo.stages.delivery.models import Acceptance, Delivery, Inspection
from jangteo.stages.payment import actions, jobs
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries import LeafGiven
from tests.market import Market, market, party, person
from tests.owner import as_owner

#: a Tuesday, noon in Korea; no public holiday until Christmas
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
_numbers = itertools.count(secrets.randbelow(10**5) * 100)
_identifiers = itertools.count(4_000_000_000 + secrets.randbelow(10**5) * 1000)


def supplier(name: str) -> Party:
    made = party("supplier", f"{next(_identifiers):010d}")
    made.name = name
    made.save()
    return made


@dataclass(slots=True)
class Street:
    """Everybody on a contract's street; each property is an actor."""

    market: Market
    contract: Contract
    delivery: Delivery
    accounts: dict[str, Account]
    parties: dict[str, Party]
    subs: list[Subcontract] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.contract.number

    def who(self, name: str) -> Actor:
        account = self.accounts[name]
        return actor_for(account, self.parties[name].pk, at=now())

    def add(self, name: str, role: str, of: Party) -> Actor:
        self.accounts[name], self.parties[name] = person(of, role), of
        return self.who(name)

    def accept(self, amount: int, *, kind: str = "progress", at: datetime = AT) -> None:
        """An inspection accepts works of this amount; completion closes the delivery."""
        last = Acceptance.objects.filter(delivery=self.delivery).order_by("-total").first()
        made = Inspection.objects.create(
            delivery=self.delivery, contract_number=self.number,
            tender_number=self.contract.tender_number, buyer_id=self.contract.buyer_id,
            supplier_id=self.contract.supplier_id, status="accepted",
            sequence=self.delivery.inspections.count() + 1, kind=kind, amount=amount,
            done_on=at.date(), notified_at=at, due=at + 14 * DAY,
        )  # fmt: skip
        Acceptance.objects.create(
            inspection=made, delivery=self.delivery, amount=amount,
            total=(last.total if last else 0) + amount, by=uuid.uuid4(), at=at,
        )  # fmt: skip
        if kind == "completion":
            self.delivery.status, self.delivery.completed_at = "completed", at
            self.delivery.save()

    def hire(self, amount: int, *, work: str = "방수", status: str = "acknowledged") -> Subcontract:
        """A subcontract with a subcontractor of its own and its representative."""
        count = len(self.subs)
        of = supplier(f"하수급{count}")
        made = Subcontract.objects.create(
            number=f"R26SC{next(_numbers) % 10**8:08d}", contract=self.contract,
            contract_number=self.number, tender_number=self.contract.tender_number,
            buyer_id=self.contract.buyer_id, supplier_id=self.contract.supplier_id,
            subcontractor=of, status=status, work=work, amount=amount, starts=date(2026, 11, 1),
            ends=date(2027, 3, 1), signed_on=date(2026, 11, 1), told_due=AT, registered_at=AT,
        )  # fmt: skip
        self.subs.append(made)
        self.add(f"hired{count}", "representative", of)
        return made

    def file(
        self, leaves: Sequence[LeafGiven], *, at: datetime = AT, amount: int | None = None
    ) -> Claim:
        total = sum(leaf.amount for leaf in leaves) if amount is None else amount
        return actions.file(
            by=self.who("claimant"), at=at, number=self.number, amount=total, leaves=leaves
        )

    def approve(self, claim: Claim, *, at: datetime = AT) -> Claim:
        return actions.approve(by=self.who("checker"), at=at, number=claim.number)

    def order(self, claim: Claim, *, at: datetime = AT) -> Claim:
        return actions.order(by=self.who("payer"), at=at, number=claim.number)

    def ordered(self, leaves: Sequence[LeafGiven], *, at: datetime = AT) -> Claim:
        """A claim that is filed, checked and ordered."""
        claim = self.file(leaves, at=at)
        self.approve(claim, at=at)
        return self.order(claim, at=at)

    def instructed(self, leaves: Sequence[LeafGiven], *, at: datetime = AT) -> Claim:
        """A claim whose leaves are told to the bank."""
        claim = self.ordered(leaves, at=at)
        answer(claim.number, at=at)
        return claim

    def commit_budget(self) -> None:
        """The budget system confirms that the money is bound."""
        key = f"{self.number}-new-0"
        exchange.tell(
            BudgetCommitment(key, self.number, "1", "1-2", "new", self.contract.value, AT.date()),
            by=Actor.system("test"), at=AT, about=self.contract.subject,
            party_id=self.contract.buyer_id, tender=self.contract.tender_number,
        )  # fmt: skip
        answer(key)


def street(value: int = 1_000_000_000, *, accepted: int = 0, budget: bool = True) -> Street:
    """A contract in force; accepted: won of a first acceptance on AT."""
    where = market(title="복지관 지붕 보수공사")
    tender, agency, builder = where.tender, where.tender.buyer, supplier("한빛건설")
    sides = {"buyer": agency, "supplier": builder, "tender_number": tender.number}
    seen = Examination.objects.create(
        tender=tender, **sides, status="passed", rank=1, amount=value, bundle_hash="0" * 64,
        called_at=AT, ended_at=AT,
    )  # fmt: skip
    with as_owner():
        award = Award.objects.create(
            tender=tender, **sides, examination=seen, status="active", value=value,
            bundle_hash="0" * 64, found_by_rules="1" * 64, found_by_verifier="1" * 64,
            proposed_by=uuid.uuid4(), proposed_at=AT, confirmed_by=uuid.uuid4(), confirmed_at=AT,
        )  # fmt: skip
    contract = Contract.objects.create(
        number=f"R26TA{next(_numbers) % 10**8:08d}", award=award, tender=tender, **sides,
        status="active", title="복지관 지붕 보수공사", regime="local", category="works",
        rule_day=AT.date(), value=value, starts=date(2026, 11, 1), ends=date(2027, 3, 31),
        budget_line="401-01", text=0, created_at=AT, concluded_at=AT,
    )  # fmt: skip
    delivery = Delivery.objects.create(
        contract=contract, contract_number=contract.number, **sides, status="under_way",
        opened_at=AT, started_on=date(2026, 11, 1),
    )  # fmt: skip
    found = Street(where, contract, delivery, {}, {})
    for name, role in (
        ("checker", "contract_officer"), ("payer", "disbursing_officer"),
        ("inspector", "inspector"), ("approver", "approving_officer"),
    ):  # fmt: skip
        found.add(name, role, agency)
    found.add("claimant", "representative", builder)
    found.add("agent", "bidding_agent", builder)
    if accepted:
        found.accept(accepted)
    if budget:
        found.commit_budget()
    return found


def prime(amount: int, account: str = "110-123-456789") -> LeafGiven:
    return LeafGiven("prime", "", "088", account, amount)


def under(sub: Subcontract, amount: int, account: str = "301987654321") -> LeafGiven:
    return LeafGiven("subcontractor", "", "011", account, amount, sub.number)


def worker(
    amount: int,
    name: str = "김하늘",
    sub: Subcontract | None = None,
    account: str = "1002345678901",
) -> LeafGiven:
    return LeafGiven("worker", name, "020", account, amount, sub.number if sub else "")


def _newest(kind: str, key: str) -> Entry:
    return Entry.objects.filter(kind=kind, payload__key=key).latest("at", "id")


def send(key: str, *, at: datetime = AT) -> None:
    """The message leaves, if it has not."""
    if Exchange.objects.get(key=key).status == "ready":
        exchange.send(at=at, key=key)


def answer(key: str, *, at: datetime = AT, **said: Any) -> None:
    """The other system says that a message is done; for a transfer, by default all of it."""
    send(key, at=at)
    body = Exchange.objects.get(key=key).body
    full = {"amount": body["amount"], "reference": f"B-{key}", **said}
    exchange.finish(at=at, key=key, answer=full)
    jobs.hear_answer(fact_of(_newest("exchange.finish", key)))


def reject(key: str, code: str = "E12", *, at: datetime = AT, reason: str = "계좌 없음") -> None:
    """The other system refuses a message for good."""
    send(key, at=at)
    exchange.reject(at=at, key=key, code=code, answer={"reason": reason})
    jobs.hear_answer(fact_of(_newest("exchange.reject", key)))


def lose(key: str, *, at: datetime = AT) -> None:
    """No answer comes."""
    send(key, at=at)
    exchange.lose(at=at, key=key)
    jobs.hear_answer(fact_of(_newest("exchange.lose", key)))


def leaf(claim: Claim, position: int = 1) -> Leaf:
    found: Leaf = Leaf.objects.get(claim_number=claim.number, position=position)
    return found


def key_of(claim: Claim, position: int = 1) -> str:
    """The key under which the bank knows the last instruction of a leaf."""
    return f"{claim.number}-{position}-{leaf(claim, position).attempt}"
