"""Walk the whole street while a process is killed at each step; nothing may be lost or repeated."""

import argparse

from jangteo.interfaces.rehearsal import kills
from jangteo.interfaces.rehearsal.street import killed


def run(arguments: list[str]) -> int:
    """Print each step, then the table of steps by kills; exit code 1 if something did not hold."""
    parser = argparse.ArgumentParser(prog="./jangteo kills", description=__doc__)
    parser.add_argument("--only", choices=kills.PROCESSES, action="append", help="this process")
    parser.add_argument("--until", default="", help="name of the first step that is left out")
    parser.add_argument("--seed", type=int, default=1, help="when within a step the kill comes")
    parser.add_argument("--at-once", type=int, default=2, help="how many sandboxes at once")
    given = parser.parse_args(arguments)
    cells, troubles = killed.walk_all(
        given.only or list(kills.PROCESSES), seed=given.seed, until=given.until,
        at_once=given.at_once, say=lambda text: print(text, flush=True),
    )  # fmt: skip
    print(f"\n{kills.table(cells)}\n")
    print("✓ answered and held   ↻ not answered but held   + done again")
    for trouble in troubles:
        print(f"DID NOT HOLD {trouble}")
    return 1 if troubles else 0
