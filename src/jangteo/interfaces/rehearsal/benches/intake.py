"""Bids a second through the intake's HTTP door, against the bare statement on 32 connections.

The statement is the intake's own, one bid at a time and durable: what a perfect door that wrote
each bid by itself would reach. `ratio` is the door's figure divided by the statement's.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import psycopg

from jangteo.ground.errors import Fault
from jangteo.interfaces.rehearsal.benches.crowd import make_requests, make_tender
from jangteo.records.vault.seal import SealedEnvelope
from jangteo.stages.bid.actions.receive import Arrived, receive_bids
from jangteo.stages.bid.actions.ticket import Ticket

CLIENTS = 32
SECONDS_TO_START = 20


def measure(database: str, var: Path, count: int) -> dict[str, Any]:
    """Both figures and the tail of the waiting times."""
    with psycopg.connect(database, autocommit=True) as db:
        deadline = datetime.fromtimestamp(time.time(), UTC) + timedelta(hours=2)
        bare, door = (make_tender(db, f"R26BK0000000{n}", deadline) for n in (1, 2))
        for_bare = make_requests(db, var, bare, first=1, count=count)
        for_door = make_requests(db, var, door, first=count + 1, count=count)
    statement = asyncio.run(_statements(database, for_bare))
    with _serving(database, var) as port:
        http, waits = asyncio.run(_knock(port, [body for _, _, body in for_door]))
    with psycopg.connect(database) as db:
        row = db.execute("select count(*) from jangteo_bid_sealedbid").fetchone()
    if row is None or row[0] != 2 * count:
        raise Fault(f"{row and row[0]} bids stand in the database, {2 * count} were acknowledged")
    tail = sorted(waits)[int(len(waits) * 0.99)]
    return {
        "rows": [
            ("one statement a bid, 32 connections, from Python", round(statement), "bids/s"),
            ("through HTTP, 32 clients", round(http), "bids/s"),
            ("ratio", f"{http / statement:.2f}", ""),
            ("wait, 99 of 100 within", round(tail * 1000), "ms"),
        ],
        "bench": "intake",
        "count": count,
        "statement_per_second": round(statement),
        "http_per_second": round(http),
        "p99_ms": round(tail * 1000),
        "ratio": round(http / statement, 2),
    }


async def _statements(database: str, made: Sequence[tuple[Ticket, SealedEnvelope, bytes]]) -> float:
    rest = list(made)
    own = [await asyncpg.connect(database, server_settings={"jit": "off"}) for _ in range(CLIENTS)]

    async def work(connection: Any) -> None:
        while rest:
            ticket, sealed, _ = rest.pop()
            arrival = await _now(connection)
            item = Arrived(
                ticket, sealed.envelope, sealed.hash, sealed.signature, arrival, '{"leaf": {}}'
            )
            (answer,) = await receive_bids(connection, [item])
            if answer.kind != "received":
                raise Fault(f"the statement refused a bid: {answer.code}")

    base = await own[0].fetchval("select jangteo_now()")
    began = time.monotonic()

    async def _now(_: Any) -> datetime:
        return base + timedelta(seconds=time.monotonic() - began)

    await asyncio.gather(*(work(connection) for connection in own))
    took = time.monotonic() - began
    for connection in own:
        await connection.close()
    return len(made) / took


@contextmanager
def _serving(database: str, var: Path) -> Any:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["-m", "uvicorn", "--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    words += ["--log-level", "warning", "--backlog", "4096", "jangteo.interfaces.intake.app:app"]
    environment = {**os.environ, "DATABASE_URL": database, "JANGTEO_VAR": str(var)}
    process = subprocess.Popen([sys.executable, *words], env=environment)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as knock:
                knock.sendall(
                    b"GET /healthz?ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                )
                if knock.recv(4096).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise Fault("the intake did not start")


async def _knock(port: int, bodies: list[bytes]) -> tuple[float, list[float]]:
    rest, waits = list(bodies), []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while rest:
            body, began = rest.pop(), time.monotonic()
            head = f"POST /bids HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1])
                for line in answer.split(b"\r\n")
                if line.lower().startswith(b"content-length")
            )
            said = await reader.readexactly(length)
            if not answer.startswith(b"HTTP/1.1 201"):
                raise Fault(f"the intake refused a bid: {said.decode()[:200]}")
            waits.append(time.monotonic() - began)
        writer.close()

    began = time.monotonic()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return len(bodies) / (time.monotonic() - began), waits
