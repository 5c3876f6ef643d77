"""The crowd, the deadline's edge, the blocked table and the database that goes away."""

import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from jangteo.config.cluster import Cluster
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from jangteo.stages.bid.actions.receipt import verify_receipt
from jangteo.stages.bid.models import ArrivalNote, SealedBid
from tests.committed import pointed_at, url
from tests.interfaces.intake.conftest import Door, serving, until_ready
from tests.interfaces.intake.sending import request
from tests.market import bidder, market


def send(door: Door, body: dict[str, str]) -> httpx.Response:
    with door.client() as client:
        return client.post("/bids", json=body)


def test_a_hundred_at_once_get_a_hundred_receipts(door: Door) -> None:
    where = market()
    bodies = [request(where, bidder(), door.ticket_key) for _ in range(100)]
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda body: send(door, body), bodies))
    assert [answer.status_code for answer in answers] == [201] * 100
    receipts = [answer.json()["receipt"] for answer in answers]
    assert len({receipt["leaf"]["hash"] for receipt in receipts}) == 100
    assert all(verify_receipt(one, public_key=receipts[0]["key"]) for one in receipts)
    assert len({receipt["signature"] for receipt in receipts}) < 100
    assert SealedBid.objects.count() == Entry.objects.count() == 100


def test_one_envelope_sent_by_many_at_once_is_one_bid_with_one_receipt(door: Door) -> None:
    where, who = market(), bidder()
    body = request(where, who, door.ticket_key)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: send(door, body), range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert SealedBid.objects.count() == Entry.objects.count() == 1


def test_two_envelopes_of_one_supplier_at_once_one_wins(door: Door) -> None:
    where, who = market(), bidder()
    bodies = [request(where, who, door.ticket_key) for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda body: send(door, body), bodies))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert SealedBid.objects.count() == Entry.objects.count() == 1


def test_a_bid_in_time_is_taken_however_long_our_own_queue(door: Door, committed: str) -> None:
    """The table is locked for eight seconds and more; the deadline passes meanwhile."""
    everyone = [bidder() for _ in range(13)]
    where = market(closes_in=timedelta(seconds=6))
    *bodies, last = [request(where, who, door.ticket_key) for who in everyone]
    with psycopg.connect(committed) as blocker, ThreadPoolExecutor(13) as pool:
        blocker.execute("lock table jangteo_bid_sealedbid in access exclusive mode")
        sent = [pool.submit(send, door, body) for body in bodies]
        while now() < where.notice.deadline + timedelta(seconds=0.5):
            time.sleep(0.1)
        late = pool.submit(send, door, last)
        time.sleep(5.5)
        assert not any(answer.done() for answer in sent)
        blocker.commit()
        answers = [answer.result() for answer in sent]
    assert [answer.status_code for answer in answers] == [201] * 12
    for answer in answers:
        arrival = datetime.fromisoformat(answer.json()["receipt"]["leaf"]["arrival"])
        assert arrival < where.notice.deadline
    assert now() - where.notice.deadline > timedelta(seconds=5)
    assert late.result().status_code == 409
    assert late.result().json()["error"]["code"] == "bid.late"
    assert SealedBid.objects.count() == Entry.objects.count() == 12
    assert ArrivalNote.objects.count() == 13


def test_the_deadline_cuts_a_stream_of_bids_at_one_instant(door: Door) -> None:
    everyone = [bidder() for _ in range(60)]
    where = market(closes_in=timedelta(seconds=4))
    answers: list[httpx.Response] = []
    with door.client() as client:
        for who in everyone:
            answers.append(client.post("/bids", json=request(where, who, door.ticket_key)))
            time.sleep(0.09)  # 60 of them outlast the deadline on any machine
            if now() > where.notice.deadline + timedelta(seconds=0.5):
                break
    statuses = [answer.status_code for answer in answers]
    assert statuses == sorted(statuses)
    assert {201, 409} == set(statuses)
    for answer in answers:
        if answer.status_code == 201:
            arrival = datetime.fromisoformat(answer.json()["receipt"]["leaf"]["arrival"])
            assert arrival < where.notice.deadline
        else:
            assert answer.json()["error"]["code"] == "bid.late"
            assert datetime.fromisoformat(answer.json()["error"]["time"]) >= where.notice.deadline


def resend(door: Door, body: dict[str, str]) -> httpx.Response:
    """The same envelope again while intake says that it was not received, as browsers do."""
    for _ in range(10):
        answer = send(door, body)
        if answer.status_code != 503:
            break
        time.sleep(0.2)
    return answer


def test_killed_connections_lose_nothing_that_was_acknowledged(door: Door, committed: str) -> None:
    where = market()
    bodies = [request(where, bidder(), door.ticket_key) for _ in range(60)]
    stop = threading.Event()

    def kill() -> None:
        with psycopg.connect(committed, autocommit=True) as admin:
            while not stop.wait(0.02):
                admin.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where"
                    " application_name = 'jangteo-intake' and datname = current_database()"
                )

    killer = threading.Thread(target=kill)
    killer.start()
    with ThreadPoolExecutor(8) as pool:
        first = list(pool.map(lambda body: send(door, body), bodies))
    stop.set()
    killer.join()
    until_ready(door)
    assert {answer.status_code for answer in first} <= {200, 201, 503}
    second = [resend(door, body) for body in bodies]
    assert {answer.status_code for answer in second} <= {200, 201}
    for before, after in zip(first, second, strict=True):
        if before.status_code != 503:
            assert before.content == after.content
    assert SealedBid.objects.count() == Entry.objects.count() == 60


@pytest.fixture
def cluster(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cluster]:
    """A database server of this test's own, that may be stopped."""
    with tempfile.TemporaryDirectory(prefix="jangteo-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        own = Cluster(folder / "postgres", password="own", log=folder / "log", durable=False)
        own.start()
        where = {"HOST": "127.0.0.1", "PORT": str(own.port), "USER": "jangteo", "PASSWORD": "own"}
        with django_db_blocker.unblock(), pointed_at(NAME="postgres", **where):
            call_command("migrate", verbosity=0)
            yield own
        own.stop()


def test_a_stopped_database_says_not_received_and_after_its_return_all_is_well(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(url(), tmp_path, monkeypatch) as door:
        where, who, other = market(), bidder(), bidder()
        body = request(where, who, door.ticket_key)
        assert send(door, request(where, other, door.ticket_key)).status_code == 201
        port = cluster.port
        cluster.stop()
        started = time.monotonic()
        answer = send(door, body)
        assert time.monotonic() - started < 2
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] in ("bid.not_received", "bid.not_confirmed")
        assert answer.headers["retry-after"] == "2"
        time.sleep(2.5)
        answer = send(door, body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "bid.not_received")
        with door.client() as client:
            assert client.get("/healthz").status_code == 200
            assert client.get("/healthz?ready").status_code == 503
            assert client.get("/time").status_code == 503
        monkeypatch.setattr("jangteo.config.cluster.free_port", lambda: port)
        cluster.start()
        until_ready(door)
        connection.close()
        assert SealedBid.objects.count() == 1
        assert send(door, body).status_code == 201
        assert SealedBid.objects.count() == Entry.objects.count() == 2


def test_a_commit_that_no_standby_confirmed_is_not_promised(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server gives up waiting for its standby: committed here, perhaps nowhere else."""
    with serving(url(), tmp_path, monkeypatch) as door:
        where, who = market(), bidder()
        body = request(where, who, door.ticket_key)
        with (
            psycopg.connect(url(), autocommit=True) as admin,
            ThreadPoolExecutor(1) as pool,
        ):
            admin.execute("set synchronous_commit = local")
            admin.execute("alter system set synchronous_standby_names = 'nobody'")
            admin.execute("select pg_reload_conf()")
            while _cancelled(admin, pool.submit(send, door, body)).status_code == 201:
                body = request(where, bidder(), door.ticket_key)
            received = SealedBid.objects.count()
            for _ in range(2):
                answer = _cancelled(admin, pool.submit(send, door, body))
                assert answer.status_code == 503
                assert answer.json()["error"]["code"] == "bid.not_confirmed"
            admin.execute("alter system reset synchronous_standby_names")
            admin.execute("select pg_reload_conf()")
            time.sleep(0.5)
        assert send(door, body).status_code == 200
        assert SealedBid.objects.count() == received


def _cancelled(admin: psycopg.Connection, sent: "Future[httpx.Response]") -> httpx.Response:
    """The answer after the server was told not to wait for its standby."""
    while not sent.done():
        admin.execute(
            "select pg_cancel_backend(pid) from pg_stat_activity"
            " where application_name = 'jangteo-intake' and wait_event = 'SyncRep'"
        )
        time.sleep(0.1)
    return sent.result()


def test_one_that_does_not_fit_the_tables_harms_no_neighbour(door: Door) -> None:
    where = market()
    stranger = bidder()
    bodies = [request(where, bidder(), door.ticket_key) for _ in range(10)]
    nobody = uuid.uuid4()
    bodies.insert(5, request(where, stranger, door.ticket_key, agent_id=nobody))
    with ThreadPoolExecutor(11) as pool:
        answers = list(pool.map(lambda body: send(door, body), bodies))
    assert [answer.status_code for answer in answers] == [201] * 5 + [503] + [201] * 5
    assert SealedBid.objects.count() == Entry.objects.count() == 10
