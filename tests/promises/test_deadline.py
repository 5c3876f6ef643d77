"""The last byte's moment decides, however long our own queue is."""

import asyncio
import hashlib
import json
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx

from jangteo.records.vault.canonical import unb64u
from jangteo.stages.bid.actions.receive import Arrived, note_arrivals, receive_bids
from jangteo.stages.bid.actions.ticket import read_ticket
from tests.promises.place import Place
from tests.promises.test_together import prepared

INSTANT = timedelta(microseconds=1)
TRACES = """
select (select count(*) from jangteo_bid_sealedbid where hash = %(h)s),
       (select count(*) from jangteo_journal_entry where subject = 'bid:' || encode(%(h)s, 'hex'))
"""


def digest(body: dict[str, str]) -> bytes:
    return hashlib.sha256(unb64u(body["envelope"])).digest()


def traces(place: Place, body: dict[str, str]) -> tuple[int, int]:
    """How many bids and how many facts there are of an envelope."""
    with place.connect() as db:
        bids, facts = db.execute(TRACES, {"h": digest(body)}).fetchone() or (0, 0)
    return bids, facts


def send(place: Place, body: dict[str, str]) -> httpx.Response:
    return httpx.post(f"{place.stack.intake_url}/bids", json=body, timeout=60)


def code(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])


def wait_until(place: Place, moment: datetime) -> None:
    """Let the clock come to a moment by itself."""
    time.sleep(max(0.0, (moment - place.stack.now()).total_seconds()))
    assert place.stack.now() >= moment


@contextmanager
def blocked(place: Place) -> Iterator[None]:
    """Nobody can write a bid: our own queue stands still."""
    with place.connect() as db, db.transaction():
        db.execute("lock table jangteo_bid_sealedbid in share row exclusive mode")
        yield


class Slow:
    """A request whose bytes come when they are told to."""

    def __init__(self, place: Place, body: dict[str, str]) -> None:
        parts = urlsplit(place.stack.intake_url)
        self.rest = json.dumps(body).encode()
        head = (
            f"POST /bids HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(self.rest)}\r\nConnection: close\r\n\r\n"
        )
        self.wire = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)
        self.wire.sendall(head.encode())

    def send(self, leave: int) -> None:
        """Everything but the last bytes."""
        cut = len(self.rest) - leave
        self.wire.sendall(self.rest[:cut])
        self.rest = self.rest[cut:]

    def answer(self) -> tuple[int, Any]:
        """(status, body)."""
        with self.wire, self.wire.makefile("rb") as said:
            head, _, body = said.read().partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)


def test_across_the_deadline(place: Place) -> None:
    notice = place.publish(before=timedelta(minutes=5))
    in_time, late_in_queue, after, slow_in_time, slow_late = prepared(place, notice, 5)
    place.stack.forward_to(notice.deadline - timedelta(seconds=5))
    uploads = {name: Slow(place, body) for name, body in
               (("in time", slow_in_time), ("late", slow_late))}  # fmt: skip
    for upload in uploads.values():
        upload.send(leave=1)
    answers: dict[str, httpx.Response] = {}

    def post(name: str, body: dict[str, str]) -> threading.Thread:
        thread = threading.Thread(target=lambda: answers.update({name: send(place, body)}))
        thread.start()
        return thread

    with blocked(place):
        queue = [post("in time", in_time)]
        uploads["in time"].send(leave=0)
        wait_until(place, notice.deadline)
        uploads["late"].send(leave=0)
        queue.append(post("late", late_in_queue))
        wait_until(place, notice.deadline + timedelta(seconds=6))
        assert answers == {}
    for thread in queue:
        thread.join(30)

    assert answers["in time"].status_code == 201, answers["in time"].text
    arrival = answers["in time"].json()["receipt"]["leaf"]["arrival"]
    assert datetime.fromisoformat(arrival) < notice.deadline
    recorded, stored = place.one(
        "select recorded_at, arrival from jangteo_bid_sealedbid where hash = %s", digest(in_time)
    )
    assert stored == datetime.fromisoformat(arrival)
    assert recorded >= notice.deadline + timedelta(seconds=6)
    assert uploads["in time"].answer()[0] == 201

    assert (answers["late"].status_code, code(answers["late"])) == (409, "bid.late")
    status, said = uploads["late"].answer()
    assert (status, said["error"]["code"]) == (409, "bid.late")
    answer = send(place, after)
    assert (answer.status_code, code(answer)) == (409, "bid.late")
    assert [traces(place, one) for one in (in_time, slow_in_time)] == [(1, 1), (1, 1)]
    assert [traces(place, one) for one in (late_in_queue, slow_late, after)] == [(0, 0)] * 3


def arrived(place: Place, body: dict[str, str], arrival: datetime) -> Arrived:
    key = (place.stack.var / "secrets" / "ticket_key").read_text().strip()
    ticket = read_ticket(body["ticket"], key=key)
    envelope = unb64u(body["envelope"])
    signature = unb64u(body["signature"])
    return Arrived(ticket, envelope, digest(body), signature, arrival, "{}")


def asked(place: Place, what: Callable[[asyncpg.Connection], Awaitable[Any]]) -> Any:
    """What the database answers to intake's own statements, under intake's own role."""

    async def ask() -> Any:
        connection = await asyncpg.connect(place.stack.role_url("intake"))
        try:
            return await what(connection)
        finally:
            await connection.close()

    return asyncio.run(ask())


def test_the_instant_itself(place: Place) -> None:
    """One statement judges: a microsecond before is in time, the deadline itself is late."""
    notice = place.publish(before=timedelta(minutes=5))
    bodies = prepared(place, notice, 4)
    moments = [notice.deadline - INSTANT, notice.deadline, notice.deadline + INSTANT]
    place.stack.forward_to(notice.deadline - timedelta(seconds=1))
    wait_until(place, notice.deadline + timedelta(milliseconds=200))
    ahead = place.stack.now() + timedelta(hours=1)

    group = [arrived(place, b, m) for b, m in zip(bodies, [*moments, ahead], strict=True)]
    answers = asked(place, lambda line: receive_bids(line, group))
    found = [(one.kind, one.code) for one in answers]
    late = ("refused", "bid.late")
    assert found == [("received", ""), late, late, late]
    assert [traces(place, body) for body in bodies] == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_an_old_arrival_counts_only_if_it_was_noted_at_once(place: Place) -> None:
    """A bid that nobody noted within five seconds of its arrival is not dated back."""
    notice = place.publish(before=timedelta(minutes=5))
    body, noted = prepared(place, notice, 2)
    place.stack.forward_to(notice.deadline - timedelta(seconds=1))
    told = arrived(place, noted, place.stack.now())
    asked(place, lambda line: note_arrivals(line, [told]))
    wait_until(place, told.arrival + timedelta(seconds=6))
    claimed = arrived(place, body, told.arrival)
    asked(place, lambda line: note_arrivals(line, [claimed]))
    answers = asked(place, lambda line: receive_bids(line, [claimed, told]))
    found = [(one.kind, one.code) for one in answers]
    assert found == [("refused", "bid.arrival_unproven"), ("received", "")]
    assert (traces(place, body), traces(place, noted)) == ((0, 0), (1, 1))
