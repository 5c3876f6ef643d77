"""What a user can repair: one sentence, exit code 2, and nothing begun."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jangteo.config import database, machine, practice, start
from jangteo.config.machine import Trouble
from jangteo.interfaces.rehearsal.stack import free_ports

ROOT = Path(__file__).parents[2]


def up(var: Path, *options: str, **env: str) -> "subprocess.CompletedProcess[str]":
    paths = {"PYTHONPATH": str(ROOT / "src"), "JANGTEO_VAR": str(var)}
    return subprocess.run(
        [sys.executable, "-m", "jangteo.config.commands", "up", *options], cwd=ROOT,
        env={**os.environ, **paths, **env}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_taken_port_is_named_before_anything_is_made(tmp_path: Path) -> None:
    port = free_ports()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + 1))
        other.listen()
        done = up(tmp_path / "var", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr == (
        f"jangteo: Port {port + 1} is taken by another program; choose another, "
        f"e.g. --port {port + 100}.\n"
    )
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == ["lock"]


def test_the_simulated_partners_port_is_looked_at_where_they_listen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JANGTEO_SANDBOX", "1")
    port = free_ports()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + 2))
        other.listen()
        with pytest.raises(Trouble, match=f"Port {port + 2} is taken"):
            start.check_ports("127.0.0.2", port)


def test_a_half_made_world_leaves_no_books_of_its_partners(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JANGTEO_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    book = tmp_path / "partners" / "bank.sqlite"
    book.parent.mkdir()
    book.write_bytes(b"")
    practice.clear_half_made()
    assert book.exists()
    (tmp_path / "world-begun").touch()
    practice.clear_half_made()
    assert not book.parent.exists() and not (tmp_path / "world-begun").exists()


def test_a_host_that_is_not_ours_is_refused() -> None:
    with pytest.raises(Trouble, match="no address of this machine"):
        start.check_ports("192.0.2.7", free_ports())


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = up(tmp_path / "file" / "var", "--port", str(free_ports()))
    assert done.returncode == 2
    assert "set JANGTEO_VAR to another folder" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "The disk is full"), (errno.EROFS, "cannot be written"), (errno.EIO, None)],
)
def test_errors_of_the_disk_become_a_sentence(number: int, words: str | None) -> None:
    said = machine.sentence(OSError(number, "x", "/somewhere"))
    assert (said is None) if words is None else (said is not None and words in said)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a@localhost/b",
        "postgresql://a@localhost",
        "postgresql://nobody:wrong@127.0.0.1:9/none",
        "not an address",
    ],
)
def test_a_broken_database_url(tmp_path: Path, url: str) -> None:
    with pytest.raises(Trouble, match=r"^DATABASE_URL .* mend it\."):
        database.reach(url)


def test_a_broken_database_url_does_not_show_the_password(tmp_path: Path) -> None:
    done = up(
        tmp_path / "var", "--port", str(free_ports()),
        DATABASE_URL="postgresql://someone:s3cret-word@127.0.0.1:9/none",
    )  # fmt: skip
    assert done.returncode == 2
    assert "DATABASE_URL leads to no database" in done.stderr
    assert "s3cret-word" not in done.stderr + done.stdout


def test_an_unknown_command_is_answered_with_help() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jangteo.config.commands", "dance"], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False,
    )  # fmt: skip
    assert (done.returncode, "help lists them" in done.stderr) == (2, True)
