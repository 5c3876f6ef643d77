"""The application may add facts and read them; it can neither change nor empty their tables."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from jangteo.config import rights

PASSWORDS = dict.fromkeys(rights.ROLES, "a word")
REFUSED = psycopg.errors.InsufficientPrivilege
Attempt = Callable[[str, str], bool]


@pytest.fixture
def allowed(db: None) -> Iterator[Attempt]:
    """Whether a role may run a statement; roles and grants go with the test's transaction."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("select 1")  # the test's transaction begins; else the roles would stay
    rights.apply(raw, PASSWORDS, rights.insert_only_tables())
    rights.apply(raw, PASSWORDS, rights.insert_only_tables())
    database = raw.info.dbname

    def attempt(role: str, statement: str) -> bool:
        try:
            with raw.transaction(force_rollback=True):
                name = psycopg.sql.Identifier(rights.role_name(database, role))
                raw.execute(psycopg.sql.SQL("set local role {}").format(name))
                raw.execute(statement)
        except REFUSED:
            return False
        except psycopg.Error:
            return True
        return True

    yield attempt


def test_there_are_tables_of_facts() -> None:
    names = rights.insert_only_tables()
    assert {"jangteo_journal_entry", "jangteo_bid_sealedbid", "jangteo_vault_release"} <= names


def test_facts_can_be_added_and_read_but_not_changed(allowed: Attempt) -> None:
    models = [model for model in apps.get_models() if getattr(model, "INSERT_ONLY", False)]
    assert len(models) > 15
    for model in models:
        table, key = model._meta.db_table, model._meta.pk.column
        assert allowed("app", f"select * from {table}"), table
        assert allowed("app", f"insert into {table} default values"), table
        assert not allowed("app", f"update {table} set {key} = {key}"), table
        assert not allowed("app", f"delete from {table}"), table
        assert not allowed("app", f"truncate {table} cascade"), table


def test_other_tables_are_the_applications_but_not_to_empty(allowed: Attempt) -> None:
    assert allowed("app", "update jangteo_tender_tender set status = status")
    assert allowed("app", "delete from django_session")
    assert not allowed("app", "truncate django_session")
    assert not allowed("app", "drop table django_session")
    assert not allowed("app", "create table jangteo_extra (id int)")
    assert not allowed("app", "alter table jangteo_journal_entry disable trigger all")


def test_intake_sees_the_gate_and_writes_bids_only(allowed: Attempt) -> None:
    assert allowed("intake", "select * from jangteo_tender_gate")
    assert allowed("intake", "select * from jangteo_registration_standing")
    assert allowed("intake", "insert into jangteo_bid_sealedbid default values")
    for statement in (
        "update jangteo_bid_sealedbid set lot = '2'",
        "delete from jangteo_bid_sealedbid",
        "select * from jangteo_tender_draft",
        "select * from jangteo_account_account",
        "select * from jangteo_vault_officerkeybackup",
        "insert into jangteo_vault_release default values",
    ):
        assert not allowed("intake", statement), statement


@pytest.mark.parametrize("role", ["custodian_platform", "custodian_audit"])
def test_custodians_read_bids_and_write_only_their_own_words(allowed: Attempt, role: str) -> None:
    assert allowed(role, "select * from jangteo_bid_sealedbid")
    assert allowed(role, "insert into jangteo_vault_release default values")
    for statement in (
        "insert into jangteo_bid_sealedbid default values",
        "insert into jangteo_vault_releaserequest default values",
        "update jangteo_vault_release set scope = ''",
        "delete from jangteo_bid_sharecheck",
        "select * from jangteo_account_account",
        "select * from jangteo_vault_officerkeybackup",
    ):
        assert not allowed(role, statement), statement


def test_roles_of_two_databases_on_one_server_are_not_the_same() -> None:
    assert rights.role_name("one", "app") != rights.role_name("two", "app")
