"""Our own PostgreSQL: made once, passwords only, gone when stopped, recovered when killed."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from jangteo.config.cluster import Cluster
from jangteo.config.machine import Trouble


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the server's user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="jangteo-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def cluster_in(home: Path, word: str = "a word") -> Cluster:
    return Cluster(home / "postgres", password=word, log=home / "log", durable=False)


def count(cluster: Cluster) -> int:
    with psycopg.connect(cluster.url("postgres")) as connection:
        row = connection.execute("select count(*) from kept").fetchone()
    return int(row[0]) if row else -1


def test_what_was_written_survives_and_a_restart_is_quick(home: Path) -> None:
    cluster = cluster_in(home)
    cluster.start()
    with psycopg.connect(cluster.url("postgres")) as connection:
        connection.execute("create table kept as select 1 as one")
        settings = dict(
            connection.execute(
                "select name, setting from pg_settings where name in "
                "('data_checksums', 'server_encoding', 'listen_addresses', "
                "'unix_socket_directories')"
            ).fetchall()
        )
    assert settings == {
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
    }
    cluster.stop()
    assert not cluster.alive()
    again = cluster_in(home)
    began = time.monotonic()
    again.start()
    took = time.monotonic() - began
    assert count(again) == 1
    again.stop()
    assert took < 5, f"a restart took {took:.1f} s"


def test_nobody_enters_without_the_password(home: Path) -> None:
    cluster = cluster_in(home)
    cluster.start()
    try:
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.url("postgres", password="another"))
    finally:
        cluster.stop()
    with pytest.raises(Trouble, match="made with other secrets"):
        cluster_in(home, "another").start()


def test_a_server_left_over_by_a_killed_supervisor_is_replaced(home: Path) -> None:
    left = cluster_in(home)
    left.start()
    pid = int((left.data / "postmaster.pid").read_text().splitlines()[0])
    fresh = cluster_in(home)
    fresh.start()
    try:
        assert int((fresh.data / "postmaster.pid").read_text().splitlines()[0]) != pid
        assert not left.alive()
    finally:
        fresh.stop()


def test_a_pid_file_left_by_a_crash_does_not_stop_a_start(home: Path) -> None:
    crashed = cluster_in(home)
    crashed.start()
    pid = int((crashed.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    while crashed.alive():
        time.sleep(0.01)
    path = crashed.data / "postmaster.pid"
    lines = path.read_text().splitlines() if path.exists() else ["0"]
    path.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    cluster = cluster_in(home)
    cluster.start()
    cluster.stop()


def test_a_half_made_cluster_is_not_taken_up(home: Path) -> None:
    (home / "postgres" / "data.new").mkdir(parents=True)
    (home / "postgres" / "data.new" / "PG_VERSION").write_text("9")
    cluster = cluster_in(home)
    cluster.start()
    cluster.stop()
    assert not (home / "postgres" / "data.new").exists()
    assert not (home / "postgres" / "password").exists()


def test_a_crashed_server_comes_back_at_its_address_with_what_was_committed(home: Path) -> None:
    cluster = cluster_in(home)
    cluster.start()
    address = cluster.url("postgres")
    with psycopg.connect(address) as connection:
        connection.execute("create table kept as select 1 as one")
    busy = psycopg.connect(address)
    busy.execute("select 1")
    os.kill(int((cluster.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    while cluster.alive():
        time.sleep(0.01)
    cluster.revive()
    try:
        assert cluster.url("postgres") == address
        assert count(cluster) == 1
        with pytest.raises(psycopg.OperationalError):
            busy.execute("select 1")
    finally:
        busy.close()
        cluster.stop()
