"""Show the sandbox clock, or move it forward: +2d, +3h, +30m or a moment; it never goes back."""

import argparse
import re
from datetime import timedelta

import psycopg

from jangteo.config import database
from jangteo.config.commands.up import moment
from jangteo.config.machine import Trouble
from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import sandbox

UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def run(arguments: list[str]) -> int:
    """Move if asked, then print the clock's time."""
    parser = argparse.ArgumentParser(prog="./jangteo clock", description=__doc__)
    parser.add_argument("to", nargs="?", help="+2d, +3h, +30m, or 2026-12-01T10:00 (Korean time)")
    to = parser.parse_args(arguments).to
    with psycopg.connect(database.owner_url()) as connection:
        if not sandbox.exists(connection):
            raise Trouble("This database is no practice world; its clock is the real one.")
        if to:
            _move(connection, to)
        row = connection.execute("select jangteo_now()").fetchone()
    if row is not None:
        print(row[0].astimezone(KST).isoformat(sep=" ", timespec="seconds"))
    return 0


def _move(connection: "psycopg.Connection", to: str) -> None:
    step = re.fullmatch(r"\+(\d+)([dhms])", to)
    try:
        if step:
            sandbox.forward_by(connection, timedelta(**{UNITS[step[2]]: int(step[1])}))
        else:
            sandbox.forward_to(connection, moment(to))
    except ValueError:
        raise Trouble(f"{to!r} is no moment; write +2d, +3h, +30m or 2026-12-01T10:00.") from None
    except psycopg.errors.RestrictViolation:
        raise Trouble("The sandbox clock never goes back; give a moment to come.") from None
