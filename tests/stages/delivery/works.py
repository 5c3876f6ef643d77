"""A contract in force whose works are to be delivered, written straight into the tables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from jangteo.records.account.queries import Actor, actor_for
from jangteo.stages.contract.models import Contract
from jangteo.stages.delivery import actions
from jangteo.stages.delivery.models import Acceptance, Delivery, Inspection
from tests.stages.payment.street import Street, street

#: a Tuesday, noon in Korea; no public holiday until Christmas
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)
VALUE = 100_000_000


@dataclass(slots=True)
class Works:
    """The two sides of a contract and what they do; number: the contract's."""

    street: Street

    @property
    def number(self) -> str:
        return self.street.number

    @property
    def contract(self) -> Contract:
        return Contract.objects.get(number=self.number)

    @property
    def delivery(self) -> Delivery:
        return Delivery.objects.get(contract_number=self.number)

    def who(self, name: str, at: datetime = AT) -> Actor:
        return actor_for(self.street.accounts[name], self.street.parties[name].pk, at=at)

    def start(self, on: date = date(2026, 11, 2), *, by: str = "claimant") -> Delivery:
        return actions.start(by=self.who(by), at=AT, number=self.number, started_on=on)

    def request(
        self, amount: int = 30_000_000, kind: str = "progress", *, at: datetime = AT,
        done_on: date = TODAY, by: str = "claimant",
    ) -> Inspection:  # fmt: skip
        return actions.request(
            by=self.who(by), at=at, number=self.number, kind=kind, amount=amount, done_on=done_on
        )

    def mend(
        self, note: str = "균열 보수", by_day: date = date(2026, 12, 4), *, at: datetime = AT,
        by: str = "inspector",
    ) -> Inspection:  # fmt: skip
        return actions.order_correction(
            by=self.who(by), at=at, number=self.number, note=note, mend_by=by_day
        )

    def again(
        self, *, at: datetime = AT, done_on: date = TODAY, by: str = "claimant"
    ) -> Inspection:
        return actions.request_again(by=self.who(by), at=at, number=self.number, done_on=done_on)

    def accept(self, *, at: datetime = AT, by: str = "inspector", note: str = "") -> Acceptance:
        return actions.accept(by=self.who(by), at=at, number=self.number, note=note)

    def withdraw(self, *, by: str = "claimant") -> Inspection:
        return actions.withdraw_request(by=self.who(by), at=AT, number=self.number)

    def change(self, **fields: object) -> None:
        """The contract as an amendment or a termination leaves it."""
        Contract.objects.filter(number=self.number).update(**fields)

    def terminate(self, at: datetime = AT) -> Delivery:
        self.change(status="terminated", ended_at=at)
        return actions.stop(at=at, number=self.number)


def works(*, started: bool = True, value: int = VALUE) -> Works:
    """A contract of 100,000,000 won, 1 November 2026 to 31 March 2027, under local law."""
    found = Works(street(value, budget=False))
    Delivery.objects.filter(contract_number=found.number).delete()
    actions.await_start(at=AT, number=found.number)
    if started:
        found.start()
    return found
