"""Play one tender from notice to the last payee in the running practice world, step by step."""

import argparse
from datetime import datetime
from functools import partial

from jangteo.config import database, machine
from jangteo.config.machine import Trouble
from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal import sandbox, tokens
from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.demo import Demo


def run(arguments: list[str]) -> int:
    """Play, printing each step with the address of its page. It moves the sandbox's clock on."""
    parser = argparse.ArgumentParser(prog="./jangteo demo", description=__doc__)
    parser.add_argument("--pause", type=int, default=2, help="seconds between steps")
    pause = parser.parse_args(arguments).pause
    facts = machine.running()
    ca = machine.var() / "tls" / "certificate.pem"
    verify = str(ca) if facts["site"].startswith("https") else True
    with Doors(facts["site"], facts["intake"], verify=verify) as doors:
        forward_to = partial(sandbox.advance, database.owner_url())
        try:
            agencies, suppliers = tokens.kept(machine.var() / "secrets" / "world.json", doors)
            demo = Demo(doors, forward_to, now=partial(now, doors.as_()), say=print, pause=pause)
            number = demo.run(agencies[0], suppliers)
        except Refusal as refusal:
            said = refusal.text.format(**refusal.params)
            raise Trouble(f"The demonstration stopped: {said} {refusal.repair}") from refusal
    print(f"\nThe way of the amount: {facts['site']}/contracts/{number}/trail")
    return 0


def now(person: Person) -> datetime:
    """The time of the practice world."""
    return datetime.fromisoformat(person.get("/time")["now"])
