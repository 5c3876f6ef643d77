"""What custodians say is written by their own database roles, where these exist."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from jangteo.config import rights
from jangteo.interfaces.custodian import database
from jangteo.records.journal.queries import now
from jangteo.records.vault import custody, seal
from jangteo.records.vault.canonical import b64u, read_canonical
from tests.records.vault import stored
from tests.records.vault.made import SCOPE

pytestmark = pytest.mark.django_db
DENIED = psycopg.errors.InsufficientPrivilege
As = Callable[..., Any]


@pytest.fixture
def acting() -> As:
    """Do something as a role of the database; the roles go with the test's transaction."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("select 1")
    rights.apply(raw, dict.fromkeys(rights.ROLES, "a word"), rights.insert_only_tables())

    def act(role: str, do: Callable[[database.Db], Any]) -> Any:
        with raw.transaction():
            if role:
                name = psycopg.sql.Identifier(rights.role_name(raw.info.dbname, role))
                raw.execute(psycopg.sql.SQL("set local role {}").format(name))
            found = do(raw)
            raw.execute("set local role none")
            return found

    return act


def lot_key(name: str) -> Callable[[database.Db], Any]:
    lot = custody.make_lot(stored.ONLINE["audit"], SCOPE, datetime.fromisoformat("2027-01-01T00Z"))
    said = read_canonical(lot.statement.encode()) | {"custodian": name}
    return lambda db: database.add_lot_key(db, said, lot.statement, "x", "x")


def tries(name: str) -> list[Callable[[database.Db], Any]]:
    seed = seal.SealedSeed("{}", "x")
    made = [
        lambda db: database.enrol(db, name, "x"),
        lot_key(name),
        lambda db: database.add_refusal(db, SCOPE, name, "x"),
    ]
    return [*made, lambda db: database.add_seed(db, SCOPE, seed)] if name == "platform" else made


@pytest.mark.parametrize("name", ["platform", "audit"])
def test_neither_the_application_nor_the_owner_writes_in_a_custodians_name(
    acting: As, name: str
) -> None:
    other = {"platform": "audit", "audit": "platform"}[name]
    for do in tries(name):
        for role in ("", "app", f"custodian_{other}"):
            with pytest.raises(DENIED):
                acting(role, do)
    with connection.cursor() as cursor:
        for table in ("identity", "lotkey", "seed", "releaserefusal", "release"):
            cursor.execute(f"select count(*) from jangteo_vault_{table}")
            assert cursor.fetchone() == (0,), table


def test_a_custodian_writes_in_its_own_name_only(acting: As) -> None:
    for name in ("platform", "audit"):
        for do in tries(name):
            acting(f"custodian_{name}", do)
        with pytest.raises(DENIED):
            acting(f"custodian_{name}", lot_key("officer"))
    with pytest.raises(DENIED):
        acting("custodian_audit", tries("platform")[-1])
    with connection.cursor() as cursor:
        cursor.execute("select custodian from jangteo_vault_lotkey order by 1")
        assert cursor.fetchall() == [("audit",), ("platform",)]


def test_there_is_no_fourth_custodian(acting: As) -> None:
    for role in ("", "app"):
        with pytest.raises(psycopg.errors.CheckViolation):
            acting(role, lot_key("nobody"))
        with pytest.raises(psycopg.errors.CheckViolation):
            acting(role, lambda db: database.enrol(db, "officer", "x"))


def test_a_release_in_anothers_name_is_refused_after_the_deadline_too(acting: As) -> None:
    at = now()
    deadline = at - timedelta(hours=1)
    own = stored.ONLINE["audit"]
    lot = custody.make_lot(own, SCOPE, deadline)
    said = read_canonical(lot.statement.encode())
    acting("custodian_audit", lambda db: database.add_lot_key(
        db, said, lot.statement, own.public_key, b64u(own.sign(lot.statement))
    ))  # fmt: skip
    acting("app", lambda db: db.execute(
        "insert into jangteo_vault_releaserequest (scope, statement, signatures, asked_at)"
        " values (%s, '{}', '[]', now())", [SCOPE],
    ))  # fmt: skip
    private, signature = custody.give(own, lot)
    for role in ("", "app"):
        with pytest.raises(DENIED):
            acting(role, lambda db: database.add_release(db, SCOPE, "audit", private, signature))
    acting(
        "custodian_audit",
        lambda db: database.add_release(db, SCOPE, "audit", private, signature),
    )
