"""A whole Jangteo of its own for replay, journeys and promises: fresh database, all processes.

It is started by the same command that people use, `./jangteo up`, in a folder of its own; what is
costly to install (browser packages, static files, translations) is shared with the usual folder.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import httpx
import psycopg
from psycopg import sql

from jangteo.ground.errors import Fault
from jangteo.interfaces.rehearsal import sandbox

ROOT = Path(__file__).resolve().parents[4]
SHARED = ("browser", "node", "static", "locale")
READY = "Jangteo runs at "
#: Seconds; a practice world is played through the doors meanwhile.
READY_WITHIN = 900
STARTING_AGAIN = 60


class Stack:
    """Use it in a `with`; afterwards nothing of it runs, and its folder `var` is the caller's.

    Data that had to lie outside `var`, where the database's user can reach it, is removed.

    host          an address to serve with TLS; `certificate` is then the file to trust
    start         what the sandbox clock shows at first; the real time if None
    world         True: the practice world of `up`; or a function that gets the running stack
    durable       False: faster, but a crash of the database may lose what it promised
    database_url  of a server of one's own; a database made for it is dropped in the end
    """

    def __init__(
        self,
        var: Path,
        *,
        port: int = 0,
        host: str = "",
        start: datetime | None = None,
        world: bool | Callable[["Stack"], None] = False,
        durable: bool = False,
        database_url: str = "",
    ) -> None:
        self.var = Path(var).resolve()
        self._port = port or free_ports()
        self._host = host
        self._start = start
        self._world = world
        self._durable = durable
        self._given = database_url
        self._made_database = False
        self._up: subprocess.Popen[bytes] | None = None
        self.site_url = self.intake_url = self.database_url = ""

    def __enter__(self) -> "Stack":
        self._share()
        self._made_database = bool(self._given) and not _exists(self._given)
        with (self.var / "up.log").open("wb") as log:
            self._up = subprocess.Popen(
                [sys.executable, "-m", "jangteo.config.commands", "up", *self._options()],
                env=self._environment(), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            self._wait()
            if callable(self._world):
                self._world(self)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop everything, as Ctrl-C would; may be called twice."""
        if self._up is not None:
            self._up.send_signal(signal.SIGINT)
            self._up.wait(90)
            self._up = None
        if self._made_database:
            _drop(self._given)
            self._made_database = False
        if (self.var / "postgres").is_symlink():
            shutil.rmtree((self.var / "postgres").resolve(), ignore_errors=True)
            (self.var / "postgres").unlink()

    @property
    def pid(self) -> int:
        """The supervisor's process; Fault when nothing runs."""
        if self._up is None:
            raise Fault("this stack does not run")
        return self._up.pid

    @property
    def certificate(self) -> Path:
        """What a client must trust where a host was given."""
        return self.var / "tls" / "certificate.pem"

    def ledger(self, system: str) -> list[dict[str, Any]]:
        """What a simulated partner has really done, in its order; system: budget or bank.

        It may just be starting again, for which the supervisor takes up to half a minute.
        """
        url = f"http://127.0.0.1:{self._port + 2}/ledger/{system}"
        deadline = time.monotonic() + STARTING_AGAIN
        while True:
            try:
                found: list[dict[str, Any]] = httpx.get(url, timeout=10, trust_env=False).json()
                return found
            except httpx.ConnectError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def role_url(self, role: str) -> str:
        """The database as app, intake, custodian_platform or custodian_audit."""
        parts = urlsplit(self.database_url)
        password = (self.var / "secrets" / f"role_{role}").read_text().strip()
        user = quote(f"{parts.path.lstrip('/')}_{role}", safe="")
        place = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{place}"))

    def now(self) -> datetime:
        """The time of its clock."""
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute("select jangteo_now()").fetchone()
        if row is None:
            raise Fault("the database gave no time")
        at: datetime = row[0]
        return at

    def forward_to(self, at: datetime) -> datetime:
        """Move its clock on to a moment; one gone by is refused by the database."""
        with psycopg.connect(self.database_url) as connection:
            return sandbox.forward_to(connection, at)

    def forward_by(self, step: timedelta) -> datetime:
        """Move its clock on by a length of time above zero."""
        with psycopg.connect(self.database_url) as connection:
            return sandbox.forward_by(connection, step)

    def said(self) -> str:
        """What the start printed."""
        return (self.var / "up.log").read_text(errors="replace")

    def _share(self) -> None:
        usual = Path(os.environ.get("JANGTEO_VAR") or ROOT / "var").resolve()
        self.var.mkdir(parents=True, exist_ok=True)
        if usual == self.var:
            return
        usual.mkdir(parents=True, exist_ok=True)
        for name in SHARED:
            if not os.path.lexists(self.var / name):
                (self.var / name).symlink_to(usual / name)

    def _options(self) -> list[str]:
        options = ["--port", str(self._port), *([] if self._durable else ["--fast"])]
        if self._host:
            options += ["--host", self._host]
        if self._start is not None:
            options += ["--start", self._start.isoformat()]
        return options if self._world is True else [*options, "--empty"]

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT / "verifier")))
        kept |= {"JANGTEO_VAR": str(self.var), "JANGTEO_SANDBOX": "1", "PYTHONPATH": paths}
        return kept | ({"DATABASE_URL": self._given} if self._given else {})

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while READY not in self.said():
            if self._up is None or self._up.poll() is not None or time.monotonic() > deadline:
                raise Fault(f"The system did not start: {self.said()[-2000:]}")
            time.sleep(0.05)
        facts = json.loads((self.var / "running.json").read_text())
        self.site_url, self.intake_url = facts["site"], facts["intake"]
        self.database_url = (self.var / "secrets" / "owner_url").read_text().strip()


def free_ports() -> int:
    """A port that is free together with the next two."""
    for _attempt in range(200):
        port = random.randrange(20000, 32000, 3)
        with contextlib.suppress(OSError), contextlib.ExitStack() as probes:
            for number in (port, port + 1, port + 2):
                probes.enter_context(socket.socket()).bind(("127.0.0.1", number))
            return port
    raise Fault("no three free ports side by side were found")


def _exists(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _drop(url: str) -> None:
    """The database that was made for a stack, and its roles."""
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    beside = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )
        for role in ("app", "intake", "custodian_platform", "custodian_audit"):
            connection.execute(
                sql.SQL("drop role if exists {}").format(sql.Identifier(f"{name}_{role}"))
            )
