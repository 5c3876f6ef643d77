"""Fill an empty sandbox with the practice world, as ./jangteo up does by itself."""

import argparse
from datetime import datetime
from functools import partial

import psycopg

from jangteo.config import database, machine, practice
from jangteo.config.machine import Trouble
from jangteo.ground.clock import KST
from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal import sandbox, tokens
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.world import load


def run(arguments: list[str]) -> int:
    """Play the world through the doors of the running system, up to the present."""
    parser = argparse.ArgumentParser(prog="./jangteo world", description=__doc__)
    parser.add_argument("--size", choices=("full", "small"), default="full")
    size = parser.parse_args(arguments).size
    facts = machine.running()
    ca = machine.var() / "tls" / "certificate.pem"
    verify = str(ca) if facts["site"].startswith("https") else True
    with Doors(facts["site"], facts["intake"], verify=verify) as doors:
        forward_to = partial(sandbox.advance, database.owner_url())
        operator = doors.as_(tokens.operator_of(machine.var()))
        try:
            agencies, suppliers = load.load(
                doors,
                operator,
                forward_to,
                _arrival(),
                size=size,
                say=lambda line: print(f"  {line}"),
            )
        except Refusal as refusal:
            raise Trouble(
                f"The practice world stopped: {refusal.text.format(**refusal.params)}"
            ) from refusal
        tokens.keep(machine.var() / "secrets" / "world.json", agencies, suppliers)
    return 0


def _arrival() -> datetime:
    """The present, or a later moment where the clock stands too near to it to play up to it."""
    with psycopg.connect(database.owner_url()) as connection:
        row = connection.execute("select jangteo_now()").fetchone()
    stands = row[0].astimezone(KST) if row else practice.real_now()
    return max(practice.real_now(), stands + load.BEFORE)
