"""The database that a start needs: reached, made, migrated, with its rights; safe to repeat."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from jangteo.config import machine, rights, secrets
from jangteo.config.machine import Trouble
from jangteo.interfaces.rehearsal import sandbox

NAME = "jangteo"
OLDEST = 150000


def owner_url() -> str:
    """The owner's address of the running database; Trouble when it does not run."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    machine.running()
    return secrets.read(machine.var() / "secrets", "owner_url")


def role_url(owner: str, role: str) -> str:
    """The same database, as one of the four roles."""
    parts = urlsplit(owner)
    database = parts.path.lstrip("/")
    user = quote(rights.role_name(database, role), safe="")
    password = quote(secrets.read(machine.var() / "secrets", f"role_{role}"), safe="")
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{place}"))


def reach(url: str) -> None:
    """Make sure that the database answers, exists and is new enough; Trouble says what is wrong."""
    if urlsplit(url).scheme not in ("postgresql", "postgres") or not urlsplit(url).path.strip("/"):
        raise Trouble(
            "DATABASE_URL must look like postgresql://user:password@host:5432/database; mend it."
        )
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        said = " ".join(str(error).split())
        if "does not exist" not in said or "database" not in said:
            raise Trouble(
                f"DATABASE_URL leads to no database that lets us in; mend it. ({said})"
            ) from None
        _create(url)
        return reach(url)
    if version < OLDEST:
        raise Trouble(
            f"PostgreSQL 15 or newer is needed, DATABASE_URL leads to {version // 10000}; "
            "use a newer one or leave DATABASE_URL out."
        )
    return None


def _create(url: str) -> None:
    """Make the database, from the server's own database `postgres`."""
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    beside = urlunsplit(parts._replace(path="/postgres"))
    try:
        with psycopg.connect(beside, autocommit=True, connect_timeout=5) as connection:
            connection.execute(
                sql.SQL("create database {} template template0 encoding 'UTF8'").format(
                    sql.Identifier(name)
                )
            )
    except psycopg.Error:
        raise Trouble(
            f"The database {name} does not exist and the user of DATABASE_URL may not make it; "
            f"let its administrator run: create database {name}"
        ) from None


def prepare(url: str, *, start: Callable[[], datetime | None]) -> None:
    """Migrate, make the sandbox if this is one, and grant the rights; skipped when up to date.

    start: gives the first time of a new sandbox's clock.
    """
    mark = _mark()
    with psycopg.connect(url) as connection:
        made = _read_mark(connection)
        sandboxed = sandbox.exists(connection)
        if sandboxed and not machine.sandbox():
            raise Trouble(
                "This database is a practice world: its clock can be moved. Give DATABASE_URL of "
                "another one, or leave JANGTEO_SANDBOX=0 out."
            )
        if machine.sandbox() and not sandboxed and (made or is_used(connection)):
            raise Trouble(
                "This database is a real one and is not made a practice world. Set "
                "JANGTEO_SANDBOX=0, or give DATABASE_URL of an empty database."
            )
        if made != mark:
            refuse_newer(connection)
    if made == mark:
        return
    _migrate()
    with psycopg.connect(url) as connection:
        if machine.sandbox() and not sandbox.exists(connection):
            sandbox.create(connection, start())
        passwords = {
            role: secrets.read(machine.var() / "secrets", f"role_{role}") for role in rights.ROLES
        }
        rights.apply(connection, passwords, rights.insert_only_tables())
        connection.execute(
            sql.SQL("comment on function jangteo_now() is {}").format(sql.Literal(mark))
        )


def is_used(connection: "psycopg.Connection") -> bool:
    """Whether a database holds anything of somebody's: an organisation, or tables of others."""
    row = connection.execute(
        "select to_regclass('jangteo_party_party') is not null, exists ("
        " select from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
        "  and tablename !~ '^(jangteo|django|auth|account|procrastinate)_')"
    ).fetchone()
    ours, others = row if row else (False, False)
    if not ours:
        return bool(others)
    row = connection.execute("select exists (select from jangteo_party_party)").fetchone()
    return bool(others or (row and row[0]))


def refuse_newer(connection: "psycopg.Connection") -> None:
    """Trouble if the tables were made by a version that this one does not know.

    Going on would take rights away and run old rules over new columns without a word.
    """
    row = connection.execute("select to_regclass('django_migrations') is not null").fetchone()
    if not (row and row[0]):
        return
    made = connection.execute(
        "select app, name from django_migrations where app like 'jangteo%' order by id"
    ).fetchall()
    known = known_migrations()
    foreign = [f"{app}.{name}" for app, name in made if (app, name) not in known]
    if foreign:
        raise Trouble(
            f"This database was made by a newer Jangteo ({foreign[-1]} is not known here). Start "
            "the newer version, or restore the backup made before the upgrade."
        )


def known_migrations() -> set[tuple[str, str]]:
    """(app, name) of every migration of this version."""
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    return set(MigrationLoader(None).disk_migrations)


def _migrate() -> None:
    """Bring the tables up to date; the caller has set DATABASE_URL to the owner's."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def is_empty(url: str) -> bool:
    """Whether nobody is registered yet."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select not exists (select from jangteo_party_party)").fetchone()
    return bool(row and row[0])


def _mark() -> str:
    """What the state of a prepared database depends on."""
    files: list[Path] = [
        *machine.SOURCE.glob("**/migrations/*.py"),
        *machine.SOURCE.glob("**/models.py"),
        Path(rights.__file__),
        Path(sandbox.__file__),
    ]
    roles = (secrets.read(machine.var() / "secrets", f"role_{role}") for role in rights.ROLES)
    return machine.digest(files, str(machine.sandbox()), *roles)


def _read_mark(connection: "psycopg.Connection") -> str | None:
    row = connection.execute(
        "select obj_description(to_regprocedure('jangteo_now()'), 'pg_proc')"
    ).fetchone()
    return row[0] if row else None
