"""./jangteo up with all its processes: ready, each as its own role, and nothing left behind."""

import os
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psycopg
import pytest

from jangteo.interfaces.rehearsal.stack import Stack, free_ports

ROOT = Path(__file__).parents[2]
START = datetime(2026, 1, 2, tzinfo=UTC)
ROLES = ("app", "intake", "custodian_platform", "custodian_audit")
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """A folder that the database's user can reach."""
    with tempfile.TemporaryDirectory(prefix="jangteo-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module", autouse=True)
def without_given_database() -> Iterator[None]:
    """These tests are about the database that `up` makes itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="module")
def running() -> Iterator[Stack]:
    """One that runs for all tests that only look at it."""
    with tempfile.TemporaryDirectory(prefix="jangteo-test-") as folder:
        Path(folder).chmod(0o755)
        with Stack(Path(folder), start=START) as stack:
            yield stack


def processes_of(var: Path) -> list[int]:
    """Everything that runs for this folder, by environment or command line, without its zombies."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if str(var).encode() in words and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def gone(var: Path, within: float) -> bool:
    deadline = time.monotonic() + within
    while processes_of(var) and time.monotonic() < deadline:
        time.sleep(0.1)
    return processes_of(var) == []


def command(var: Path, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    paths = {"PYTHONPATH": str(ROOT / "src"), "JANGTEO_VAR": str(var)}
    return subprocess.run(
        [sys.executable, "-m", "jangteo.config.commands", *words], cwd=ROOT,
        env={**os.environ, **paths, **env}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def roles_connected(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select distinct usename from pg_stat_activity").fetchall()
    return {row[0] for row in rows}


def test_all_doors_answer_and_each_process_has_its_own_role(running: Stack) -> None:
    ready = httpx.get(f"{running.site_url}/healthz?ready=1")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert httpx.get(f"{running.intake_url}/healthz").status_code == 200
    expected = {f"jangteo_{role}" for role in ROLES}
    assert expected <= roles_connected(running.database_url)
    for role in ROLES:
        with psycopg.connect(running.role_url(role)) as connection:
            row = connection.execute("select current_user").fetchone()
        assert row == (f"jangteo_{role}",)
    for name in ("custodian-platform", "custodian-audit", "worker", "intake", "web"):
        assert f"{name} is ready" in running.said()
    assert "custodians run under this one user: for practice only" in running.said()


def test_the_clock_is_shown_and_moved_by_its_command_only_forward(running: Stack) -> None:
    before = running.now()
    assert before >= START
    assert command(running.var, "clock").stdout.startswith(f"{before:%Y-%m}")
    assert command(running.var, "clock", "+2d").returncode == 0
    assert running.now() - before >= timedelta(days=2)
    back = command(running.var, "clock", "2026-01-01T00:00")
    assert back.returncode == 2
    assert back.stderr == "jangteo: The sandbox clock never goes back; give a moment to come.\n"
    assert command(running.var, "clock", "tomorrow").returncode == 2


def test_a_second_start_from_the_same_folder_is_refused(running: Stack) -> None:
    done = command(running.var, "up", "--port", str(free_ports()))
    assert done.returncode == 2
    assert "already runs from" in done.stderr
    assert httpx.get(f"{running.site_url}/healthz").status_code == 200


def test_what_was_written_survives_and_only_a_sandbox_starts_from_it(var: Path) -> None:
    with Stack(var) as stack, psycopg.connect(stack.database_url) as connection:
        connection.execute("create table if not exists kept (one int)")
        connection.execute("insert into kept values (1)")
        connection.commit()
        clock = stack.now()
    assert gone(var, 1)
    began = time.monotonic()
    with Stack(var) as stack, psycopg.connect(stack.database_url) as connection:
        took = time.monotonic() - began
        assert connection.execute("select one from kept limit 1").fetchone() == (1,)
        assert stack.now() > clock
    assert took < 30, f"a later start took {took:.0f} s"
    done = command(var, "up", "--port", str(free_ports()), JANGTEO_SANDBOX="0")
    assert done.returncode == 2
    assert "This database is a practice world" in done.stderr
    assert gone(var, 1)


def test_a_killed_supervisor_takes_everything_with_it(var: Path) -> None:
    stack = Stack(var)
    with stack:
        pid = stack._up.pid if stack._up else 0
        os.kill(pid, signal.SIGKILL)
        stack._up.wait() if stack._up else None
        stack._up = None
        assert gone(var, 20)
    with Stack(var) as again:
        assert httpx.get(f"{again.site_url}/healthz").status_code == 200
    assert gone(var, 1)


def test_secrets_stand_in_no_log_and_on_no_command_line(running: Stack) -> None:
    words = [
        path.read_text().strip()
        for path in (running.var / "secrets").rglob("*")
        if path.is_file() and path.suffix != ".json"
    ]
    assert len(words) > 10
    logs = "".join(path.read_text() for path in (running.var / "log").glob("*.log"))
    lines = b"".join(
        Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes_of(running.var)
    ).decode()
    assert [word for word in words if word in logs or word in lines or word in running.said()] == []


def test_another_device_is_served_with_tls(var: Path) -> None:
    with Stack(var, host="127.0.0.1") as stack:
        assert f"must trust {stack.certificate}" in stack.said()
        trusted = ssl.create_default_context(cafile=stack.certificate)
        for url in (stack.site_url, stack.intake_url):
            assert url.startswith("https://127.0.0.1:")
            assert httpx.get(f"{url}/healthz", verify=trusted).status_code == 200
            with pytest.raises(httpx.ConnectError):
                httpx.get(f"{url}/healthz")
        assert (var / "tls" / "key.pem").stat().st_mode & 0o777 == 0o600
    assert gone(var, 1)


def test_a_server_given_by_database_url_gets_a_database_that_goes_again(
    running: Stack, tmp_path: Path
) -> None:
    beside = running.database_url.rpartition("/")[0] + "/beside"
    with Stack(tmp_path / "other", database_url=beside) as other:
        assert httpx.get(f"{other.site_url}/healthz?ready=1").json()["ready"] is True
        connected = roles_connected(running.database_url)
        assert {f"beside_{role}" for role in ROLES} <= connected
        assert other.forward_by(timedelta(days=900)) - running.now() > timedelta(days=365)
    with psycopg.connect(running.database_url, autocommit=True) as connection:
        connection.execute("create database real_one")
    real = running.database_url.rpartition("/")[0] + "/real_one"
    with psycopg.connect(real) as connection:
        connection.execute("create table ledger (one int)")
    done = command(
        tmp_path / "real", "up", "--port", str(free_ports()), DATABASE_URL=real, JANGTEO_SANDBOX=""
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "is not made a practice world" in done.stderr
    with psycopg.connect(real) as connection:
        left = connection.execute("select tablename from pg_tables where schemaname = 'public'")
        assert left.fetchall() == [("ledger",)]
    with psycopg.connect(running.database_url) as connection:
        names = connection.execute("select datname from pg_database").fetchall()
        roles = connection.execute("select from pg_roles where rolname like 'beside%'").fetchall()
    assert ("beside",) not in names
    assert roles == []
