"""A real uvicorn with the real intake before a real database, each with secrets of its own."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn

from jangteo.config import secrets
from jangteo.config.cluster import free_port
from jangteo.interfaces.intake.app import Intake

SITE = "http://localhost:8400"


@dataclass(slots=True)
class Door:
    """url: where the intake listens; var: its folder; app: the application inside."""

    url: str
    var: Path
    app: Intake

    @property
    def ticket_key(self) -> str:
        return (self.var / "secrets/ticket_key").read_text().strip()

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=30, trust_env=False)


@contextmanager
def serving(database: str, var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The intake on a port of its own, in a thread."""
    secrets.make(var / "secrets")
    monkeypatch.setenv("JANGTEO_VAR", str(var))
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("JANGTEO_SITE_URL", SITE)
    port, app = free_port(), Intake()
    config = uvicorn.Config(app, port=port, log_level="error", backlog=4096, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    door = Door(f"http://127.0.0.1:{port}", var, app)
    try:
        until_ready(door)
        yield door
    finally:
        server.should_exit = True
        thread.join(20)


def until_ready(door: Door) -> None:
    """Wait until the intake answers that it can reach its database."""
    deadline = time.monotonic() + 20
    with door.client() as client:
        while time.monotonic() < deadline:
            try:
                if client.get("/healthz?ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
    raise AssertionError("the intake did not become ready")


@pytest.fixture
def door(committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The intake before a database of this test's own."""
    with serving(committed, tmp_path, monkeypatch) as open_door:
        yield open_door
