"""Write docs/states.md from the state tables; --check only says whether it is up to date."""

import argparse
import importlib
from collections.abc import Iterable, Iterator, Sequence

from jangteo.config.machine import ROOT
from jangteo.ground.process import StateTable
from jangteo.stages.opening.states import GROUNDS, OUTCOMES, REMARKS
from jangteo.stages.registration.states import ROLES

PATH = ROOT / "docs" / "states.md"
STAGES = (
    "registration", "tender", "bid", "opening", "award", "contract", "delivery", "payment",
)  # fmt: skip
HEAD = """# States and verbs

Written by `./jangteo states` from the `states.py` of each stage; do not edit it by hand, a test
compares it. A verb without a state after it leaves the thing as it is. “system” is the platform
itself, “anyone” a visitor. `records.journal.actions.move` is the only function that changes a
state, and each verb leaves the fact `<thing>.<verb>` in the journal.
"""


def run(arguments: list[str]) -> int:
    """Write the page, or compare it; exit code 1 if it is not what the tables say."""
    parser = argparse.ArgumentParser(prog="./jangteo states", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare, write nothing")
    said = page()
    if not parser.parse_args(arguments).check:
        PATH.write_text(said, encoding="utf-8")
        return 0
    if PATH.exists() and PATH.read_text(encoding="utf-8") == said:
        return 0
    print("docs/states.md is not what the state tables say; run ./jangteo states")
    return 1


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for stage in STAGES:
        states = importlib.import_module(f"jangteo.stages.{stage}.states")
        parts += [_stage(table) for table in getattr(states, "TABLES", (states.TABLE,))]
    parts.append("\n".join(_lists()))
    return "\n".join(parts)


def _stage(table: StateTable) -> str:
    verbs = (
        (
            f"`{one.verb}`",
            _words(one.source) or "–",
            _words([one.target]) or "–",
            ", ".join(one.who),
            one.law,
            one.guard,
        )
        for one in table.transitions
    )
    states = ((f"`{name}`", meaning) for name, meaning in table.states.items())
    return "\n".join(
        [
            f"## {table.name}\n",
            *_table(("state", "meaning"), states),
            "",
            *_table(("verb", "from", "to", "who", "law", "the action also checks"), verbs),
            "",
        ]
    )


def _lists() -> Iterator[str]:
    yield "## Closed lists\n\n### Roles\n"
    yield from _table(
        ("role", "name", "in"), ((f"`{key}`", *words) for key, words in ROLES.items())
    )
    yield "\n### How an opening comes out\n"
    yield from _table(("outcome", "meaning"), ((f"`{k}`", text) for k, text in OUTCOMES.items()))
    yield "\n### What is said of a bid\n"
    yield from _table(("remark", "meaning"), ((f"`{k}`", text) for k, text in REMARKS.items()))
    yield "\n### Grounds of an exclusion before the release of the keys\n"
    yield from _table(
        ("ground", "meaning", "national", "local"),
        ((f"`{k}`", one.text, one.national, one.local or "–") for k, one in GROUNDS.items()),
    )
    yield ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names if name)
