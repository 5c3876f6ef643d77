"""A courier killed between send and answer, two at once, and one without an address."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import stamina
from django.db import connections

from jangteo.config import switchboard
from jangteo.interfaces.links.breaker import Breaker
from jangteo.interfaces.links.courier import Courier
from jangteo.interfaces.rehearsal.stack import free_ports
from jangteo.records.exchange import actions as exchange
from jangteo.records.exchange.models import Exchange
from jangteo.records.exchange.turns import turn
from jangteo.records.journal.queries import now
from tests.interfaces.links import line
from tests.interfaces.links.line import (
    Partners,
    carry,
    evidence,
    held,
    hurry,
    tell,
    transfer,
    verbs,
)

ROOT = Path(__file__).parents[3]
#: a courier in a process of its own, which carries one message
ALONE = """
import sys, django
django.setup()
from jangteo.config import switchboard
from jangteo.interfaces.links.courier import Courier
Courier(switchboard.LINKS["bank"], sys.argv[1]).work()
"""


@pytest.fixture
def deaf() -> Iterator[socket.socket]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


def alone(database: str, address: str) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [sys.executable, "-c", ALONE, address], env=env, cwd=ROOT, start_new_session=True,
    )  # fmt: skip


def test_a_courier_killed_between_send_and_answer_leaves_a_message_that_is_asked_about(
    committed: str, partners: Partners, deaf: socket.socket
) -> None:
    key = tell(transfer(amount=500))
    courier = alone(committed, f"http://127.0.0.1:{deaf.getsockname()[1]}/bank")
    caller, _ = deaf.accept()
    assert caller.recv(65536)
    assert held(key).status == "sent"

    other = partners.courier("bank")
    hurry()
    assert not other.work(), "a message in another courier's hands was taken"
    os.kill(courier.pid, signal.SIGKILL)
    courier.wait()
    caller.close()

    found = carry(other, key)
    assert (found.status, found.attempts) == ("done", 2)
    assert verbs(key) == ["queue", "send", "lose", "defer", "send", "finish"]
    assert partners.effects("bank") == [(key, 500)]


def test_money_that_a_killed_courier_had_moved_is_not_moved_again(
    partners: Partners,
) -> None:
    key = tell(transfer(amount=500))
    exchange.send(at=now(), key=key)
    told = transfer(key=key, claim=held(key).body["claim"], amount=500)
    call = switchboard.LINKS["bank"].order(told, now())
    partners.server.partners["bank"].handle("", call.body)
    assert partners.effects("bank") == [(key, 500)]

    found = carry(partners.courier("bank"), key)
    assert (found.status, found.attempts) == ("done", 1)
    assert verbs(key) == ["queue", "send", "lose", "finish"]
    assert partners.effects("bank") == [(key, 500)]


def test_partners_that_are_killed_lose_nothing_and_pay_once(committed: str, tmp_path: Path) -> None:
    keys = [tell(transfer(account=f"1101234{digits}", amount=700)) for digits in ("9001", "9003")]
    with line.partners(tmp_path / "books") as first:
        hurry()
        courier = first.courier("bank")
        while courier.work():
            pass
        assert first.effects("bank") == [(keys[1], 700)]
    assert [held(key).status for key in keys] == ["accepted", "unknown"]
    hurry()
    assert courier.work()  # nobody listens: still unknown, still accepted
    assert [held(key).status for key in keys] == ["accepted", "unknown"]
    with line.partners(tmp_path / "books") as second:
        assert [carry(second.courier("bank"), key).status for key in keys] == ["done", "done"]
        assert second.effects("bank") == [(keys[1], 700), (keys[0], 700)]


def test_a_bank_killed_by_the_system_at_any_moment_pays_each_key_once(
    committed: str, tmp_path: Path
) -> None:
    port = free_ports()
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "JANGTEO_VAR": str(tmp_path)}
    env["JANGTEO_SANDBOX"] = "1"
    keys = [tell(transfer(amount=900 + n)) for n in range(6)]
    courier = Courier(
        switchboard.LINKS["bank"], f"http://127.0.0.1:{port}/bank", Breaker(after=10**6)
    )
    for _ in range(4):
        bank = subprocess.Popen(
            [sys.executable, "-m", "jangteo.interfaces.links.simulators", str(port)], env=env,
            cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        try:
            ledger = asked(port)
            killer = threading.Timer(0.05, bank.kill)
            killer.start()
            for _ in range(6):
                hurry()
                courier.work()
            killer.join()
        finally:
            bank.kill()
            bank.wait()
        assert len(ledger) == len({one["key"] for one in ledger})
    with line.partners(tmp_path / "partners") as last:
        for key in keys:
            assert carry(last.courier("bank"), key).status == "done"
        assert sorted(last.effects("bank")) == sorted((k, 900 + n) for n, k in enumerate(keys))


def asked(port: int) -> list[dict[str, object]]:
    """The bank's ledger, as soon as it listens."""
    tries = stamina.retry_context(on=httpx.TransportError, attempts=None, timeout=60)
    for attempt in tries:
        with attempt:
            got = httpx.get(f"http://127.0.0.1:{port}/ledger/bank", trust_env=False)
    found: list[dict[str, object]] = got.json()
    return found


def test_many_couriers_at_once_send_each_message_once(partners: Partners) -> None:
    keys = [tell(transfer(amount=100 + n)) for n in range(24)]
    hurry()
    failed: list[BaseException] = []

    def work() -> None:
        courier = partners.courier("bank")
        try:
            while courier.work():
                pass
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    crew = [threading.Thread(target=work) for _ in range(4)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert failed == []
    rows = Exchange.objects.filter(key__in=keys)
    assert {(row.status, row.attempts) for row in rows} == {("done", 1)}
    assert sorted(partners.effects("bank")) == sorted((k, 100 + n) for n, k in enumerate(keys))


def test_a_message_is_in_one_hand_at_a_time(committed: str) -> None:
    key = tell(transfer())
    others: list[object] = []

    def look() -> None:
        with turn("bank") as taken:
            others.append(taken)
        connections.close_all()

    with turn("bank") as mine:
        assert mine is not None
        assert (mine.do, mine.message.key, mine.attempt) == ("send", key, 1)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert others == [None]
    look()
    assert getattr(others[1], "do", None) == "ask"
    assert verbs(key) == ["queue", "send", "lose"]


def test_one_system_never_gets_the_others_messages(partners: Partners) -> None:
    key = tell(transfer())
    assert not partners.courier("budget").work()
    assert held(key).status == "ready"


def test_without_an_address_everything_waits_and_the_log_says_so(
    partners: Partners, caplog: pytest.LogCaptureFixture
) -> None:
    key = tell(transfer())
    courier = Courier(switchboard.LINKS["bank"], "")
    with caplog.at_level(logging.WARNING, logger="jangteo.courier"):
        assert [courier.work() for _ in range(3)] == [False] * 3
    assert (held(key).status, held(key).attempts, evidence(key)) == ("ready", 0, [])
    assert [one.getMessage() for one in caplog.records] == [
        "펌뱅킹(거래은행·금융결제원 중계) has no address: 1 wait; set JANGTEO_LINK_BANK"
    ]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "nowhere", "http://[bad"])
def test_an_address_where_nobody_listens_keeps_the_message_and_never_doubts(
    committed: str, address: str
) -> None:
    key = tell(transfer())
    courier = Courier(switchboard.LINKS["bank"], address)
    assert courier.work()
    found = held(key)
    assert (found.status, found.attempts) == ("ready", 1)
    assert verbs(key) == ["queue", "send", "defer"]
    assert found.next_at is not None
    assert found.next_at > found.created_at
    (kept,) = evidence(key)
    assert (bytes(kept.received), kept.status, bool(kept.trouble)) == (b"", None, True)


def test_the_breaker_leaves_a_dead_system_alone_and_tries_again(partners: Partners) -> None:
    clock = [0.0]
    breaker = Breaker(after=2, pause=5.0, clock=lambda: clock[0])
    courier = partners.courier("bank", breaker=breaker, address="http://127.0.0.1:1")
    key = tell(transfer(amount=500))
    for expected in (True, True, False, False):
        hurry()
        assert courier.work() is expected
    assert held(key).attempts == 2
    clock[0] = 4.9
    assert not courier.work()
    clock[0] = 5.0
    assert courier.work()
    assert held(key).attempts == 3
    clock[0] = 14.9  # one more failure: twice the pause
    hurry()
    assert not courier.work()
    clock[0] = 15.0
    courier.address = partners.address("bank")
    assert courier.work()
    assert not breaker.open
    assert held(key).status == "done"
    assert partners.effects("bank") == [(key, 500)]
