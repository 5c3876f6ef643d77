"""The practice world's clock: it begins where it was told and never goes back."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection

from jangteo.config import rights
from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.journal.queries import now

START = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
BACK = psycopg.errors.RestrictViolation
pytestmark = pytest.mark.django_db


@pytest.fixture
def raw() -> "psycopg.Connection":
    connection.ensure_connection()
    sandbox.create(connection.connection, START)
    return connection.connection


def test_no_migration_makes_the_sandbox() -> None:
    assert not sandbox.exists(connection)


def test_it_begins_at_its_start_and_runs(raw: "psycopg.Connection") -> None:
    assert sandbox.exists(connection)
    first = now()
    assert timedelta(0) <= first - START < timedelta(minutes=1)
    assert now() > first


def test_it_moves_forward(raw: "psycopg.Connection") -> None:
    assert timedelta(0) <= sandbox.forward_by(raw, timedelta(days=2)) - START - timedelta(days=2)
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert timedelta(0) <= sandbox.forward_to(raw, later) - later < timedelta(minutes=1)


@pytest.mark.parametrize("step", [timedelta(0), timedelta(seconds=-1), timedelta(days=-400)])
def test_a_step_of_zero_or_back_is_refused(raw: "psycopg.Connection", step: timedelta) -> None:
    with pytest.raises(BACK, match="never goes back"), raw.transaction():
        sandbox.forward_by(raw, step)
    with pytest.raises(BACK), raw.transaction():
        sandbox.forward_to(raw, START - timedelta(days=1))
    assert now() >= START


@pytest.mark.parametrize(
    "statement",
    [
        "update sandbox.clock set shift = interval '0'",
        "delete from sandbox.clock",
        "truncate sandbox.clock",
        "insert into sandbox.clock (shift) values (interval '-1 day')",
        "insert into sandbox.clock (id, shift) overriding system value values (1, '-1 day')",
    ],
)
def test_its_table_cannot_be_turned_back_either(raw: "psycopg.Connection", statement: str) -> None:
    with pytest.raises((BACK, psycopg.errors.IntegrityError)), raw.transaction():
        raw.execute(statement)
    assert now() >= START


def test_the_application_cannot_move_the_clock(raw: "psycopg.Connection") -> None:
    rights.apply(raw, dict.fromkeys(rights.ROLES, "a word"), rights.insert_only_tables())
    name = psycopg.sql.Identifier(rights.role_name(raw.info.dbname, "app"))
    raw.execute(psycopg.sql.SQL("set role {}").format(name))
    try:
        assert now() >= START
        with pytest.raises(psycopg.errors.InsufficientPrivilege), raw.transaction():
            sandbox.forward_by(raw, timedelta(days=1))
        with pytest.raises(psycopg.errors.InsufficientPrivilege), raw.transaction():
            raw.execute("insert into sandbox.clock (shift) values (interval '1 day')")
    finally:
        raw.execute("reset role")
