"""Plant one mistake after the other in rules/price and rules/award and see if a test notices."""

import argparse
import os
import time

from jangteo.interfaces.rehearsal.mutants import running
from jangteo.interfaces.rehearsal.mutants.making import Mutant


def run(arguments: list[str]) -> int:
    """Exit code 0: so many were noticed as asked; 1: fewer; 2: the tests fail without a mistake."""
    parser = argparse.ArgumentParser(prog="./jangteo mutants", description=__doc__)
    parser.add_argument("--count", type=int, help="so many, chosen by the seed; all if left out")
    parser.add_argument("--only", default="", help="modules that begin so, as award/screening")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    parser.add_argument("--aim", type=int, default=90, help="percent that must be noticed")
    given = parser.parse_args(arguments)
    todo = running.chosen(given.count, given.seed, only=given.only)
    if running.tried(None):
        print("The tests fail without any mistake; nothing was planted.")
        return 2
    began, report = time.monotonic(), running.Report()
    for mutant, noticed in running.run(todo, os.cpu_count() or 1):
        if noticed:
            report.killed += 1
        else:
            report.survivors.append(mutant)
            print(_line(mutant), flush=True)
    share = 100 * report.killed // max(1, len(todo))
    print(f"{report.killed} of {len(todo)} noticed ({share} %), {time.monotonic() - began:.0f} s")
    return 0 if 100 * report.killed >= given.aim * len(todo) else 1


def _line(mutant: Mutant) -> str:
    place = mutant.module.removeprefix("jangteo.rules.").replace(".", "/")
    return f"not noticed: {place}.py:{mutant.line}: {mutant.was} -> {mutant.now}"
