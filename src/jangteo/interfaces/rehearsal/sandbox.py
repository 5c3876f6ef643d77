"""What only a practice world has: objects of the schema `sandbox`, made here and by no migration.

clock        shifts of the database's clock; the first row sets its start, the others add to it
forward      moves the clock on; a length of time of zero or less is refused
given_rates  the 15 rates of a tender that is re-enacted, given instead of drawn from the seeds
"""

from datetime import datetime, timedelta
from typing import Any

import psycopg

OBJECTS = """
create schema sandbox;

create table sandbox.clock (
  id bigint generated always as identity primary key,
  shift interval not null,
  at timestamptz not null default clock_timestamp(),
  by text not null default session_user,
  constraint never_back check (id = 1 or shift > interval '0')
);

create function sandbox.keep() returns trigger language plpgsql as $$
begin
  raise exception 'The sandbox clock never goes back.' using errcode = 'restrict_violation';
end $$;
create trigger keep_rows before update or delete on sandbox.clock
  for each row execute function sandbox.keep();
create trigger keep_table before truncate on sandbox.clock
  for each statement execute function sandbox.keep();

create function sandbox.forward(step interval) returns timestamptz language plpgsql as $$
begin
  if step is null or step <= interval '0' then
    raise exception 'The sandbox clock never goes back.' using errcode = 'restrict_violation';
  end if;
  insert into sandbox.clock (shift) values (step);
  perform pg_notify('jangteo_clock', '');  -- the intake reads its clock again at once
  return jangteo_now();
end $$;
revoke all on function sandbox.forward(interval) from public;

create table sandbox.given_rates (tender text primary key, rates jsonb not null);
"""


def exists(connection: Any) -> bool:
    """Whether the database of this connection is a practice world."""
    return bool(_value(connection, "select to_regnamespace('sandbox') is not null"))


def create(connection: Any, start: datetime | None = None) -> None:
    """Make the practice world's objects; its clock shows `start`, or the real time if None.

    connection: a psycopg or Django connection of the database's owner.
    """
    with connection.cursor() as cursor:
        cursor.execute(OBJECTS)
        if start is not None:
            cursor.execute(
                "insert into sandbox.clock (shift) values (%s - clock_timestamp())", [start]
            )
        else:
            cursor.execute("insert into sandbox.clock (shift) values (interval '0')")


def forward_by(connection: Any, step: timedelta) -> datetime:
    """Move the clock on; returns its time. The database refuses a step of zero or less."""
    moved: datetime = _value(connection, "select sandbox.forward(%s)", step)
    return moved


def forward_to(connection: Any, at: datetime) -> datetime:
    """Move the clock on to a moment; returns its time. A moment gone by is refused."""
    moved: datetime = _value(connection, "select sandbox.forward(%s - jangteo_now())", at)
    return moved


def advance(url: str, at: datetime) -> None:
    """Move the clock of a database on to a moment; one gone by leaves it where it is.

    url: of the database's owner, the only one who may.
    """
    with psycopg.connect(url) as connection:
        if at > _value(connection, "select jangteo_now()"):
            forward_to(connection, at)


def _value(connection: Any, sql: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchone()[0]
