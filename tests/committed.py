"""Databases for tests whose writes other connections must see: copies, thrown away after.

A conftest imports the fixtures `migrated` and `committed` from here.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections


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
    """The name of a migrated database to copy from."""
    with django_db_blocker.unblock(), fresh_database() as name:
        with pointed_at(NAME=name):
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
