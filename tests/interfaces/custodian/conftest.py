"""A database of its own for the custodians' processes."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from jangteo.config import rights
from jangteo.interfaces.rehearsal import sandbox
from tests.interfaces.custodian.world import ROOT, World

PASSWORD = "of-every-role-in-tests"


def _address(name: str, role: str = "") -> str:
    said = connection.settings_dict
    user, password = quote(said["USER"]), quote(said["PASSWORD"])
    if role:
        user, password = role, PASSWORD
    return f"postgresql://{user}:{password}@{said['HOST']}:{said['PORT']}/{name}"


@pytest.fixture(scope="session")
def template(django_db_setup: None) -> Iterator[str]:
    """A migrated, empty practice database, to be copied by each test."""
    name = f"custody_{os.getpid()}"
    with psycopg.connect(_address("postgres"), autocommit=True) as db:
        db.execute(f"create database {name} template template0 encoding 'UTF8'")
        try:
            migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
            said = {"DATABASE_URL": _address(name), "PYTHONPATH": str(ROOT / "src")}
            said["DJANGO_SETTINGS_MODULE"] = "jangteo.config.settings"
            subprocess.run(migrate, env={**os.environ, **said}, check=True, cwd=ROOT)
            with psycopg.connect(_address(name)) as made:
                sandbox.create(made)
                passwords = dict.fromkeys(rights.ROLES, PASSWORD)
                rights.apply(made, passwords, rights.insert_only_tables())
            yield name
        finally:
            db.execute(f"drop database {name} with (force)")
            for role in rights.ROLES:
                db.execute(f"drop role if exists {rights.role_name(name, role)}")


@pytest.fixture
def world(template: str, tmp_path: Path) -> Iterator[World]:
    """One tender, no custodian running yet."""
    name = f"{template}_{secrets.token_hex(4)}"
    for custodian in ("platform", "audit"):
        folder = tmp_path / "secrets" / f"custodian_{custodian}"
        folder.mkdir(parents=True)
        (folder / "key").write_text(secrets.token_urlsafe(32))
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(f"create database {name} template {template}")
        try:
            with psycopg.connect(_address(name), autocommit=True) as db:
                urls = {
                    custodian: _address(name, rights.role_name(template, f"custodian_{custodian}"))
                    for custodian in ("platform", "audit")
                }
                made = World(urls, tmp_path, db)
                made.settle()
                yield made
                for custodian in list(made.processes):
                    made.stop(custodian)
        finally:
            server.execute(f"drop database {name} with (force)")
