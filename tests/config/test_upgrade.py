"""A newer version takes an older one's database up; an older one leaves a newer's alone."""

import psycopg
import pytest
from django.db import connection

from jangteo.config import database
from jangteo.config.machine import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def raw() -> "psycopg.Connection":
    connection.ensure_connection()
    return connection.connection


def test_what_this_version_made_is_taken_up(raw: "psycopg.Connection") -> None:
    database.refuse_newer(raw)


def test_an_older_database_is_taken_up(raw: "psycopg.Connection") -> None:
    gone = raw.execute(
        "delete from django_migrations where app = 'jangteo_award' and name > '0002'"
    ).rowcount
    assert gone > 0
    database.refuse_newer(raw)


def test_a_database_of_a_newer_version_is_left_alone_in_one_sentence(
    raw: "psycopg.Connection",
) -> None:
    raw.execute(
        "insert into django_migrations (app, name, applied) "
        "values ('jangteo_award', '9999_later', now())"
    )
    with pytest.raises(Trouble) as trouble:
        database.refuse_newer(raw)
    assert str(trouble.value) == (
        "This database was made by a newer Jangteo (jangteo_award.9999_later is not known here). "
        "Start the newer version, or restore the backup made before the upgrade."
    )


def test_a_database_without_tables_is_no_newer_one(raw: "psycopg.Connection") -> None:
    raw.execute("alter table django_migrations rename to somebody_elses")
    database.refuse_newer(raw)


def test_every_migration_of_this_version_is_known() -> None:
    known = database.known_migrations()
    assert ("jangteo_tender", "0001_initial") in known
    assert len([app for app, _ in known if app.startswith("jangteo_")]) > 30
