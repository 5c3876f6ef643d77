"""Play whole markets from seeds and look after every step whether all still holds: simulate."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from jangteo.config import machine
from jangteo.config.cluster import Cluster
from jangteo.config.scratch import scratch

if TYPE_CHECKING:
    from jangteo.interfaces.rehearsal.simulation.run import Outcome

TEMPLATE = "simulation"
NAMES = {
    "seed": 6,
    "steps": 6,
    "bids": 5,
    "refused": 8,
    "opened": 7,
    "failed": 7,
    "paid": 5,
    "s": 5,
}
HEADER = " ".join(f"{name:>{width}}" for name, width in NAMES.items())


def run(arguments: list[str]) -> int:
    """Play the seeds; exit code 1 if something did not hold in one of them."""
    parser = argparse.ArgumentParser(prog="./jangteo simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="how many")
    parser.add_argument("--from", type=int, default=1, dest="first", help="the first seed")
    parser.add_argument("--tenders", type=int, default=8, help="how many tenders each")
    parser.add_argument("--steps", type=int, default=15, help="how many last steps are told")
    given = parser.parse_args(arguments)
    with scratch(TEMPLATE) as cluster:
        print(HEADER, flush=True)
        broken = 0
        for seed in range(given.first, given.first + given.seeds):
            found = _play(cluster, machine.var(), seed, given.tenders, given.steps)
            broken += bool(found.violation)
            _tell(found)
    print(f"{given.seeds - broken} of {given.seeds} seeds: everything held at every step.")
    return 1 if broken else 0


def _create(cluster: Cluster, name: str, template: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        admin.execute(f'create database "{name}" template "{template}"'.encode())


def _play(cluster: Cluster, var: Path, seed: int, tenders: int, last: int) -> "Outcome":
    from django.db import connection, connections

    from jangteo.config.timetable import LISTENERS
    from jangteo.interfaces.rehearsal.simulation.run import simulate

    connections.close_all()
    name = f"{TEMPLATE}_{seed}"
    _create(cluster, name, TEMPLATE)
    connection.settings_dict["NAME"] = name
    try:
        return simulate(
            seed=seed, url=cluster.url(name), secrets=var / "secrets", listeners=LISTENERS,
            tenders=tenders, last=last,
        )  # fmt: skip
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = TEMPLATE


def _tell(found: "Outcome") -> None:
    came = found.outcomes
    print(
        f"{found.seed:>6} {found.steps:>6} {found.bids:>5} {found.refusals:>8}"
        f" {came.get('published', 0):>7} {came.get('failed', 0):>7} {found.paid:>5}"
        f" {found.seconds:>5.1f}  {found.violation or 'all held'}",
        flush=True,
    )
    if found.violation:
        print("\n".join(f"       {line}" for line in found.story))
        print(f"       again: ./jangteo simulate --seeds 1 --from {found.seed}", flush=True)
