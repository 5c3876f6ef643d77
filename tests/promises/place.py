"""A running system with an agency and suppliers, and tenders made in it as tests need them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.offices import OFFICES
from jangteo.interfaces.rehearsal.play import Agency, Supplier
from jangteo.interfaces.rehearsal.replay.cast import agency as enter_agency
from jangteo.interfaces.rehearsal.replay.cast import enter_suppliers
from jangteo.interfaces.rehearsal.stack import Stack
from jangteo.interfaces.rehearsal.tokens import operator_of
from jangteo.interfaces.rehearsal.world.scenes import working_moment

SUPPLIERS = 100
BASE = 200_000_000
#: Days from the notice to the deadline, more than the longest notice period used here.
NOTICE_DAYS = 17
#: Facts that have not reached their places yet: chained, shares and signatures checked.
UNDONE = """
select (select count(*) from jangteo_journal_entry e
        where not exists (select from jangteo_journal_link l where l.entry_id = e.id))
     + (select count(*) from jangteo_bid_sealedbid b
        where not exists (select from jangteo_bid_signaturecheck s where s.bid_id = b.id))
     + (select count(*) from jangteo_bid_sealedbid b join jangteo_tender_gate g
        on g.tender_id = b.tender_id where
        (select count(*) from jangteo_bid_sharecheck s where s.bid_id = b.id) < 2)
     + (select count(*) from procrastinate_jobs where status in ('todo', 'doing'))
     + (select case when max(l.place) > (select place from jangteo_journal_delivered)
        then 1 else 0 end from jangteo_journal_link l)
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """A published tender that takes bids until its deadline."""

    number: str
    scope: str
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """The system, its doors and its people. tokens: of everybody, as they were given out."""

    stack: Stack
    doors: Doors
    agency: Agency
    suppliers: list[Supplier]
    tokens: tuple[str, ...]

    def terms(self, deadline: datetime, base: int = BASE) -> dict[str, Any]:
        """A plain notice of works."""
        return {
            "title": "약속을 지키는지 보는 공사",
            "description": "시험용 공고입니다.",
            "site": "시험장",
            "base_amount": base,
            "estimated_price": base * 10 // 11,
            "budget_amount": base,
            "a_value": 0,
            "base_net_cost": base * 85 // 100,
            "bidding_from": play.iso(deadline - timedelta(hours=72)),
            "deadline": play.iso(deadline),
            "opening_at": play.iso(deadline + timedelta(hours=1)),
        }

    def publish(self, *, before: timedelta = timedelta(minutes=30), base: int = BASE) -> Notice:
        """A new tender; afterwards the clock stands `before` its deadline."""
        deadline = working_moment(self.stack.now(), NOTICE_DAYS, 10)
        number = play.publish(self.agency, self.terms(deadline, base))
        self.stack.forward_to(deadline - before)
        (scope,) = self.one(
            "select scope from jangteo_tender_noticeversion n join jangteo_tender_tender t"
            " on t.id = n.tender_id where t.number = %s",
            number,
        )
        return Notice(number, scope, deadline)

    def connect(self, role: str = "") -> psycopg.Connection[Any]:
        """As the database's superuser, or as one of its roles; every statement by itself."""
        url = self.stack.role_url(role) if role else self.stack.database_url
        return psycopg.connect(url, autocommit=True)

    def one(self, words: Any, *arguments: Any) -> tuple[Any, ...]:
        """The first row of a question to the database."""
        with self.connect() as db:
            row = db.execute(words, arguments).fetchone()
        assert row is not None
        return tuple(row)

    def settle(self) -> None:
        """Wait until the worker and the custodians have done what is to be done."""
        until(lambda: self.one(UNDONE)[0] == 0, what="the worker and the custodians")


def until(done: Callable[[], Any], *, what: str, seconds: float = 45) -> Any:
    """Wait for something to become true; what it then is."""
    end = time.monotonic() + seconds
    while not (found := done()):
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)
    return found


def settle(stack: Stack, doors: Doors) -> Place:
    """Enter the people."""
    token = operator_of(stack.var)
    operator = doors.as_(token)
    agency = enter_agency(doors, operator, "local", 0)
    for person in (agency.contract, agency.opening):
        person.enrol_key()
    suppliers = enter_suppliers(doors, operator, SUPPLIERS)
    officers = [agency.contract, *(getattr(agency, office) for office in OFFICES)]
    people = [*officers, *(one.agent for one in suppliers)]
    held = [one.headers["Authorization"].removeprefix("Bearer ") for one in people]
    return Place(stack, doors, agency, suppliers, (token, *held))
