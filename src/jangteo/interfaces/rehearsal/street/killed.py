"""The street walked in sandboxes of their own: undisturbed, and with a process killed at each step.

What must not happen twice is found by counting: a disturbed street leaves the same facts in the
journal as an undisturbed one, but for what the exchange says of its own attempts.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import psycopg

from jangteo.ground.clock import KST
from jangteo.ground.errors import Fault, Refusal
from jangteo.interfaces.rehearsal import kills, tokens
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.kills import Cell, Step
from jangteo.interfaces.rehearsal.replay import cast
from jangteo.interfaces.rehearsal.stack import Stack
from jangteo.interfaces.rehearsal.street.steps import BIDDERS, Walk

START = datetime(2026, 12, 1, 9, tzinfo=KST)
#: facts of attempts: how many there are depends on what was killed when
ATTEMPTS = ("exchange.send", "exchange.lose", "exchange.defer", "exchange.accept", "leaf.lose")
FACTS = "select kind, count(*) from jangteo_journal_entry where tender = %s group by kind"
#: what there must be no row of after a street -> what it would mean
NEVER = {
    "a fact stands outside the chain": """
        select e.id::text from jangteo_journal_entry e
        left join jangteo_journal_link l on l.entry_id = e.id where l.entry_id is null""",
    "a place of the chain is missing": """
        select count(*)::text from jangteo_journal_link having count(*) <> max(place) + 1""",
    "a payee was told to the bank under two keys": """
        select about || ' ' || (body ->> 'account') from jangteo_exchange_exchange
        where question = 'Transfer' group by 1 having count(*) > 1""",
}


@dataclass(slots=True)
class Walked:
    """One street. process: what was killed at each step, "" for nothing; trouble: "" if all held.

    facts: kind -> how many the journal holds of this tender.
    """

    process: str
    cells: list[Cell] = field(default_factory=list)
    facts: Counter[str] = field(default_factory=Counter)
    trouble: str = ""


@contextmanager
def street(folder: Path, *, suppliers: int = BIDDERS + 1) -> Iterator[tuple[Stack, Walk]]:
    """A durable sandbox with the people of one street; suppliers: how many, the last is hired."""
    with (
        Stack(folder, start=START, durable=True) as stack,
        Doors(stack.site_url, stack.intake_url) as doors,
    ):
        operator = doors.as_(tokens.operator_of(stack.var))
        agency = cast.agency(doors, operator, "local", 0)
        entered = cast.enter_suppliers(doors, operator, suppliers)
        yield stack, Walk(doors, agency, entered, now=stack.now, forward_to=stack.forward_to)


def walk(process: str, *, seed: int, until: str, say: Callable[[str], None]) -> Walked:
    """Walk the street once; until: name of the first step that is left out, "" for none."""
    found = Walked(process)

    def told(cell: Cell) -> None:
        found.cells.append(cell)
        said = f"{cell.answer}{', done again' if cell.again else ''}, {cell.seconds:.1f} s"
        say(f"{process:>10}  {cell.step}: {said}")

    with tempfile.TemporaryDirectory(prefix="jangteo-kills-") as folder:
        Path(folder).chmod(0o755)
        try:
            with street(Path(folder)) as (stack, on):
                steps = takewhile(lambda step: step.name != until, on.steps())
                if process:
                    kills.walk(stack, steps, process, seed, told)
                else:
                    _undisturbed(steps)
                found.facts = facts(stack, on.tender)
                paid_once(stack, on)
        except (Fault, Refusal) as trouble:
            text = getattr(trouble, "text", str(trouble)).format(**getattr(trouble, "params", {}))
            found.trouble = f"{process or 'undisturbed'}: {text}"
            say(found.trouble)
    return found


def _undisturbed(steps: Iterator[Step]) -> None:
    for step in steps:
        step.do()
        if not kills.holds(step.done):
            raise Fault(f"{step.name} was answered and is not held")
        kills.settle(step)


def facts(stack: Stack, tender: str) -> Counter[str]:
    """Facts by kind; Fault if the journal or the exchange holds what must never be."""
    with psycopg.connect(stack.database_url) as connection:
        for meaning, words in NEVER.items():
            ask = partial(_nothing, connection, words)
            kills.settle(Step(meaning, bool, bool, ask))
        return Counter(dict(connection.execute(FACTS, [tender]).fetchall()))


def paid_once(stack: Stack, on: Walk) -> None:
    """Fault unless bank and budget system did each thing once, and the payees got all of it."""
    bank, budget = stack.ledger("bank"), stack.ledger("budget")
    leaves = Counter(str(one["key"]).rpartition("-")[0] for one in bank)
    told = Counter(str(one["question"]) for one in budget)
    repeated = [name for name, count in (leaves + told).items() if count != 1]
    if repeated:
        raise Fault(f"done more than once by a partner: {', '.join(repeated)}")
    paid = sum(int(one["amount"]) for one in bank)
    if on.claim and paid != on.value:
        raise Fault(f"the bank has paid {paid} won of {on.value}")


def _nothing(connection: psycopg.Connection[Any], words: str) -> bool:
    return connection.execute(words.encode()).fetchone() is None


def compare(plain: Counter[str], disturbed: Walked) -> list[str]:
    """What a disturbed street holds more or less often than an undisturbed one."""
    kinds = sorted(set(plain) | set(disturbed.facts))
    return [
        f"{disturbed.process}: {kind} {disturbed.facts[kind]} times instead of {plain[kind]}"
        for kind in kinds
        if kind not in ATTEMPTS and plain[kind] != disturbed.facts[kind]
    ]


def walk_all(
    processes: list[str], *, seed: int, until: str, at_once: int, say: Callable[[str], None]
) -> tuple[list[Cell], list[str]]:
    """One undisturbed street and one for each process: all cells, and what did not hold."""
    with ThreadPoolExecutor(at_once) as pool:
        plain, *others = pool.map(
            lambda process: walk(process, seed=seed, until=until, say=say), ["", *processes]
        )
    troubles = [one.trouble for one in (plain, *others) if one.trouble]
    for one in others:
        if not plain.trouble and not one.trouble:
            troubles += compare(plain.facts, one)
    return [cell for one in others for cell in one.cells], troubles
