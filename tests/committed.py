"""Databases for tests whose writes other connections must see: copies, thrown away after.

Nothing is ever committed to the database that the other tests share and roll back: the suite's
conftest refuses a test that would, and looks after each file that none did.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from pytest_django.live_server_helper import LiveServer

#: what a migrated database holds before any test
FILLED = {"auth_permission", "django_content_type"}


def url() -> str:
    """The address of the database that Django uses now."""
    have = connection.settings_dict
    login = quote(have["USER"]) + (f":{quote(have['PASSWORD'])}" if have["PASSWORD"] else "")
    return f"postgresql://{login}@{have['HOST']}:{have['PORT']}/{have['NAME']}"


@contextmanager
def pointed_at(**where: Any) -> Iterator[None]:
    """Let Django use another database meanwhile; NAME, HOST, PORT, USER, PASSWORD."""
    before = {name: connection.settings_dict[name] for name in where}
    connection.close()
    connection.settings_dict.update(where)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)


@contextmanager
def fresh_database(template: str = "template1") -> Iterator[str]:
    """A new database on the same server, dropped in the end; gives its name."""
    name = f"jangteo_test_{secrets.token_hex(6)}"
    with psycopg.connect(url().rpartition("/")[0] + "/postgres", autocommit=True) as admin:
        admin.execute(f'create database "{name}" template "{template}"'.encode())
        try:
            yield name
        finally:
            admin.execute(f'drop database if exists "{name}" with (force)'.encode())


@pytest.fixture(scope="session")
def migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a migrated database to copy from, one for all files of a worker."""
    with fresh_database() as name:
        with django_db_blocker.unblock(), pointed_at(NAME=name):
            call_command("migrate", verbosity=0)
        yield name


@pytest.fixture
def committed(migrated: str, django_db_blocker: Any) -> Iterator[str]:
    """The address of a database of this test's own, which Django uses and which keeps commits."""
    with (
        django_db_blocker.unblock(),
        fresh_database(migrated) as name,
        pointed_at(NAME=name),
    ):
        yield url()


@pytest.fixture
def served(committed: str) -> Iterator[LiveServer]:
    """Django's own test server before that database; url: where it listens."""
    server = LiveServer("localhost")
    yield server
    server.stop()


def would_commit(item: pytest.Item) -> bool:
    """Whether a test asks pytest-django to commit to the database that all share."""
    marks = [mark.kwargs for mark in item.iter_markers("django_db")]
    asked = {"live_server", "transactional_db", "django_db_reset_sequences"}
    return any(kwargs.get("transaction") for kwargs in marks) or bool(
        asked.intersection(getattr(item, "fixturenames", ()))
    )


def left_behind() -> set[str]:
    """The tables of the present database that hold rows of a test, and a practice world."""
    with connection.cursor() as cursor:
        cursor.execute(_question())
        found = {name for (name,) in cursor.fetchall()}
    return found - FILLED


@cache
def _question() -> str:
    tables = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    asked = [f"select '{name}' where exists (select from \"{name}\")" for name in tables]
    return " union all ".join(
        [*asked, "select 'sandbox' where to_regnamespace('sandbox') is not null"]
    )
