"""What is unset is the safe choice: no sandbox, no constant in place of a secret."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from jangteo.config import database, machine, secrets
from jangteo.config.machine import Trouble
from jangteo.records.journal.queries import now
from jangteo.records.party.actions import enter_party

ROOT = Path(__file__).parents[2]
SERVERS = ("jangteo.config.wsgi", "jangteo.config.worker", "jangteo.config.intake")


def python(code: str, var: Path) -> "subprocess.CompletedProcess[str]":
    kept = {k: v for k, v in os.environ.items() if not k.startswith("JANGTEO_")}
    env = {**kept, "JANGTEO_VAR": str(var), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "found"), [(None, False), ("0", False), ("", False), ("1", True)]
)
def test_only_one_word_makes_a_sandbox(
    value: str | None, found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JANGTEO_SANDBOX")
    if value is not None:
        monkeypatch.setenv("JANGTEO_SANDBOX", value)
    assert machine.sandbox() is found


def test_settings_alone_are_no_sandbox(tmp_path: Path) -> None:
    done = python("from jangteo.config import settings; print(settings.SANDBOX)", tmp_path)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("server", SERVERS)
def test_no_server_starts_without_its_secrets(server: str, tmp_path: Path) -> None:
    call = (
        ""
        if server.endswith("wsgi")
        else "; m.main(*([] if 'worker' in m.__name__ else ['127.0.0.1', '1']))"
    )
    done = python(f"import {server} as m{call}", tmp_path)
    assert done.returncode != 0
    assert "is missing; start with ./jangteo up" in done.stderr


def test_an_empty_secret_is_none(tmp_path: Path) -> None:
    secrets.make(tmp_path)
    secrets.require(tmp_path, *secrets.SECRETS)
    (tmp_path / "ticket_key").write_text("\n")
    with pytest.raises(Trouble, match="ticket_key is missing"):
        secrets.require(tmp_path, "django_key", "ticket_key")


@pytest.mark.django_db
def test_a_database_that_holds_something_is_used() -> None:
    connection.ensure_connection()
    assert not database.is_used(connection.connection)
    enter_party(at=now(), kind="agency", identifier="1741000", name="조달구청", region="11")
    assert database.is_used(connection.connection)


@pytest.mark.django_db
def test_a_database_of_others_is_used() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("create table of_somebody_else (one int)")
    assert database.is_used(connection.connection)
