"""What every simulated system shares: a durable book, and habits that make trouble on purpose.

The book is one SQLite file a system, fully synchronous: killing the process loses nothing, and an
order and its effect are written in one transaction under the order's key, so that the same key
never has a second effect.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: last four digits of an account or a budget line -> how the system behaves towards it
HABITS = {
    "9001": "late",
    "9002": "twice",
    "9003": "lost_after",
    "9004": "lost_before",
    "9008": "down",
    "9009": "garbled",
    "9010": "late",
    "9011": "silent",
}
#: asks until a late result is there; requests that meet a system that is down
LATE, DOWN = 2, 3


@dataclass(frozen=True, slots=True)
class Order:
    """An order as a system read it. digits: of the account or budget line; fields: as JSON."""

    key: str
    question: str
    digits: str
    amount: int
    at: str
    fields: Mapping[str, Any]

    @property
    def habit(self) -> str:
        """How the system behaves towards it; "" without trouble."""
        return HABITS.get(self.digits[-4:], "")


@dataclass(frozen=True, slots=True)
class Held:
    """What a system holds of an order. state: accepted, done, rejected or never."""

    key: str
    state: str
    code: str = ""
    said: str = ""
    amount: int = 0
    reference: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a system decides. code: of a refusal, "" if it does it; amount: won as it confirms."""

    code: str = ""
    said: str = ""
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back; drop: the line is cut instead."""

    body: bytes = b""
    status: int = 200
    drop: bool = False


_TABLES = """
create table if not exists knocks (
  key text primary key, count integer not null, habit text not null);
create table if not exists orders (
  key text primary key, question text not null, fields text not null, amount integer not null,
  digits text not null, state text not null, code text not null default '',
  said text not null default '', confirmed integer not null default 0,
  reference text not null default '', at text not null, asked integer not null default 0);
create table if not exists effects (
  place integer primary key autoincrement, key text not null unique, question text not null,
  amount integer not null, fields text not null);
"""


class Book:
    """The durable memory of one simulated system."""

    def __init__(self, path: Path, mark: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._mark, self._lock = mark, threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma synchronous = full")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """All that happens inside is written, or nothing of it."""
        with self._lock:
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def knock(self, key: str, habit: str = "") -> tuple[int, str]:
        """(how often this key was spoken of, this time included; the habit it met first)."""
        words = "insert into knocks values (?, 1, ?) on conflict do update set count = count + 1"
        self._db.execute(words, [key, habit])
        row = self._db.execute("select * from knocks where key = ?", [key]).fetchone()
        return row["count"], row["habit"]

    def find(self, key: str) -> tuple[Order, Held, int] | None:
        """(the order, what became of it, how often it was asked about) of a key."""
        row = self._db.execute("select * from orders where key = ?", [key]).fetchone()
        if row is None:
            return None
        order = Order(
            row["key"], row["question"], row["digits"], row["amount"], row["at"],
            json.loads(row["fields"]),
        )  # fmt: skip
        held = Held(
            row["key"], row["state"], row["code"], row["said"], row["confirmed"],
            row["reference"], row["at"],
        )  # fmt: skip
        return order, held, row["asked"]

    def take(self, order: Order) -> None:
        """Write an order down as accepted, under a reference of the system's own."""
        place = self._db.execute("select count(*) as n from orders").fetchone()["n"] + 1
        self._db.execute(
            "insert into orders (key, question, fields, amount, digits, state, reference, at)"
            " values (?, ?, ?, ?, ?, 'accepted', ?, ?)",
            [
                order.key, order.question, json.dumps(dict(order.fields), ensure_ascii=False),
                order.amount, order.digits, f"{self._mark}{place:010d}", order.at,
            ],
        )  # fmt: skip

    def ask(self, key: str) -> int:
        """Count an inquiry about an order."""
        self._db.execute("update orders set asked = asked + 1 where key = ?", [key])
        row = self._db.execute("select asked from orders where key = ?", [key]).fetchone()
        return int(row["asked"])

    def settle(self, order: Order, verdict: Verdict, at: str) -> None:
        """Carry an order out, or refuse it, for good."""
        state = "rejected" if verdict.code else "done"
        self._db.execute(
            "update orders set state = ?, code = ?, said = ?, confirmed = ?, at = ? where key = ?",
            [state, verdict.code, verdict.said, verdict.amount, at, order.key],
        )
        if not verdict.code:
            self._db.execute(
                "insert into effects (key, question, amount, fields) values (?, ?, ?, ?)",
                [
                    order.key, order.question, verdict.amount,
                    json.dumps(dict(order.fields), ensure_ascii=False),
                ],
            )  # fmt: skip

    def effects(self, question: str = "") -> list[dict[str, Any]]:
        """Everything that was really done, in its order: key, question, amount, fields."""
        with self._lock:
            rows = self._db.execute("select * from effects order by place").fetchall()
        return [
            {**dict(row), "fields": json.loads(row["fields"])}
            for row in rows
            if question in ("", row["question"])
        ]


class Partner:
    """A simulated system: a subclass reads and writes its own words, and judges an order."""

    mark = "X"
    #: code and words for a known key that comes with another order
    other_body = ("", "")

    def __init__(self, path: Path) -> None:
        self.book = Book(path, self.mark)

    def handle(self, path: str, body: bytes) -> Reply:
        """Answer one request in the system's own words; path: below the system's address."""
        raise NotImplementedError

    def judge(self, order: Order) -> Verdict:
        """What the system does with an order that it takes up now."""
        raise NotImplementedError

    def write(self, held: Held, *, asked: bool, times: int = 1) -> bytes:
        """An answer in the system's words; asked: to an inquiry."""
        raise NotImplementedError

    def take(self, order: Order) -> Reply:
        """Answer an order: do it once, and behave as its habit says."""
        with self.book.changing():
            count, _habit = self.book.knock(order.key, order.habit)
            if order.habit == "down" and count <= DOWN:
                return Reply(b"", 503)
            if order.habit == "lost_before" and count == 1:
                return Reply(drop=True)
            known = self.book.find(order.key)
            if known is not None and dict(known[0].fields) != dict(order.fields):
                code, said = self.other_body
                return Reply(self.write(Held(order.key, "rejected", code, said), asked=False))
            if known is None:
                self.book.take(order)
                if order.habit not in ("late", "silent"):
                    self.book.settle(order, self.judge(order), order.at)
            held = self._held(order.key)
        if order.habit == "lost_after" and count == 1:
            return Reply(drop=True)
        if order.habit == "garbled" and count == 1:
            return Reply(b"\x00\xff<garbled>")
        times = 2 if order.habit == "twice" else 1
        return Reply(self.write(held, asked=False, times=times))

    def ask(self, key: str, at: str) -> Reply:
        """Answer an inquiry; a late order is settled when it is asked about often enough."""
        with self.book.changing():
            count, habit = self.book.knock(key)
            if habit == "down" and count <= DOWN:
                return Reply(b"", 503)
            known = self.book.find(key)
            if known is None:
                return Reply(self.write(Held(key, "never"), asked=True))
            order, held, _asked = known
            waits = held.state == "accepted" and order.habit != "silent"
            if waits and self.book.ask(key) >= LATE:
                self.book.settle(order, self.judge(order), at)
            held = self._held(key)
        return Reply(self.write(held, asked=True, times=2 if order.habit == "twice" else 1))

    def _held(self, key: str) -> Held:
        known = self.book.find(key)
        assert known is not None  # noqa: S101 - written in this very transaction
        return known[1]
