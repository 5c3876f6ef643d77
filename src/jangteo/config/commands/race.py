"""Let many officers award the same tenders at once; never may two awards of one be in force.

Each attempt is one of the real actions (propose, confirm, pass a candidate, annul …) on a
connection of its own as the application's database role, or plain SQL past them. Exit code 1 if
two awards were ever in force at once, or anything else of an award did not hold.
"""

import argparse
import multiprocessing
import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from jangteo.config.database import role_url
from jangteo.config.machine import Trouble
from jangteo.config.scratch import scratch

if TYPE_CHECKING:
    from jangteo.interfaces.rehearsal.race.attempts import Count
    from jangteo.interfaces.rehearsal.race.scene import Scene


def run(arguments: list[str]) -> int:
    """Print what came of each kind of attempt; exit code 1 on a breach, 2 on a wrong option."""
    parser = argparse.ArgumentParser(prog="./jangteo race", description=__doc__)
    parser.add_argument("--tenders", type=int, default=200, help="how many tenders")
    parser.add_argument("--attempts", type=int, default=20_000, help="how many attempts in all")
    parser.add_argument("--processes", type=int, default=2, help="how many processes")
    parser.add_argument("--threads", type=int, default=8, help="how many threads in each")
    parser.add_argument("--seed", type=int, default=1, help="who tries what, and where")
    given = parser.parse_args(arguments)
    if min(given.tenders, given.attempts, given.processes, given.threads) < 1:
        raise Trouble("Tenders, attempts, processes and threads must be 1 or more; mend them.")
    with scratch("race") as cluster:
        return _race(given, role_url(cluster.url("race"), "app"))


def _race(given: argparse.Namespace, app: str) -> int:
    from jangteo.interfaces.rehearsal.race.attempts import call_all
    from jangteo.interfaces.rehearsal.race.scene import build
    from jangteo.interfaces.rehearsal.race.watch import Watch, breaches, in_force

    scene = build(given.tenders)
    call_all(scene)
    print(f"{given.tenders} tenders opened, {given.attempts} attempts begin.", flush=True)
    began = time.monotonic()
    with Watch() as watch:
        found = _at_once(scene, given, app)
    took = time.monotonic() - began
    standing, ever = in_force()
    print(table(found))
    wrong = watch.seen + breaches()
    bad = [f"{verb}: {what}" for verb, what in found if what.startswith(("fault", "let through"))]
    print(
        f"{found.total()} attempts in {took:.0f} s; {ever} awards confirmed in all, now"
        f" {standing} in force on {given.tenders} tenders; looked {watch.looks} times meanwhile."
    )
    for one in wrong + bad:
        print(f"BREACH {one}")
    print("two in force: never" if not wrong + bad else f"{len(wrong + bad)} breaches")
    return 1 if wrong + bad else 0


def _at_once(scene: "Scene", given: argparse.Namespace, app: str) -> "Count":
    share, more = divmod(given.attempts, given.processes)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(given.processes, context, _begin, (app,)) as pool:
        parts = [
            pool.submit(_run, scene, share + (n < more), given.threads, given.seed * 1000 + n)
            for n in range(given.processes)
        ]
        return sum((part.result() for part in parts), Counter())


def _begin(app: str) -> None:
    """A process of its own that knows the application's role only."""
    os.environ["DATABASE_URL"] = app
    import django

    django.setup()


def _run(scene: "Scene", attempts: int, threads: int, seed: int) -> "Count":
    from jangteo.interfaces.rehearsal.race.attempts import race

    return race(scene, attempts=attempts, threads=threads, seed=seed)


def table(found: "Count") -> str:
    """Attempts by verb, and what came of them, most frequent first."""
    lines = []
    for verb in sorted({verb for verb, _ in found}):
        whole = {what: n for (one, what), n in found.items() if one == verb}
        lines.append(f"{verb:<9}{sum(whole.values()):>7}")
        lines += [f"{n:>16} {what}" for what, n in sorted(whole.items(), key=lambda x: -x[1])]
    return "\n".join(lines)
