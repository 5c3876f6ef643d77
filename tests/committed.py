"""Databases for tests whose writes must be seen by other connections: a copy, thrown away after."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
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
def copy_of_test_database() -> Iterator[str]:
    """A copy of the migrated test database, where commits are real; gives its address."""
    have, name = url(), connection.settings_dict["NAME"]
    copied = f"{name}_{secrets.token_hex(4)}"
    connection.close()
    server = have.rpartition("/")[0] + "/postgres"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'create database "{copied}" template "{name}"'.encode())
        try:
            with pointed_at(NAME=copied):
                yield url()
        finally:
            admin.execute(f'drop database if exists "{copied}" with (force)'.encode())
