"""Measure one part of Jangteo on this machine: bench intake [--json]; its own throw-away data."""

import argparse
import importlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from jangteo.config import secrets
from jangteo.config.cluster import Cluster

#: name -> module of interfaces.rehearsal.benches with `measure(database, var, count)`, which
#: gives {"rows": [(what, figure, unit)], "ratio": …, …}; and how many things it takes by default
BENCHES = {
    "intake": ("jangteo.interfaces.rehearsal.benches.intake", 2000),
    "rules": ("jangteo.interfaces.rehearsal.benches.rules", 20_000),
}
#: what needs no database
PURE = {"rules"}


def run(arguments: list[str]) -> int:
    """Prepare a database of its own, measure, print a table and perhaps one JSON line."""
    parser = argparse.ArgumentParser(prog="./jangteo bench", description=__doc__)
    parser.add_argument("what", choices=sorted(BENCHES))
    parser.add_argument("--count", type=int, default=0, help="how many to take; more is steadier")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    given = parser.parse_args(arguments)
    module, usual = BENCHES[given.what]
    if given.what in PURE:
        found = importlib.import_module(module).measure("", Path(), given.count or usual)
        _print(found, given.json)
        return 0
    with tempfile.TemporaryDirectory(prefix="jangteo-bench-") as name:
        var = Path(name)
        var.chmod(0o755)
        secrets.make(var / "secrets")
        cluster = Cluster(
            var / "postgres",
            password=secrets.read(var / "secrets", "postgres"),
            log=var / "postgres.log",
        )
        cluster.start()
        try:
            _migrate(cluster.url("postgres"), var)
            found = importlib.import_module(module).measure(
                cluster.url("postgres"), var, given.count or usual
            )
        finally:
            cluster.stop()
    _print(found, given.json)
    return 0


def _migrate(url: str, var: Path) -> None:
    os.environ.update(
        DATABASE_URL=url, JANGTEO_VAR=str(var), DJANGO_SETTINGS_MODULE="jangteo.config.settings"
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _print(found: dict[str, Any], as_json: bool) -> None:
    width = max(len(what) for what, _, _ in found["rows"])
    for what, figure, unit in found["rows"]:
        print(f"{what:<{width}}  {figure:>10} {unit}")
    if as_json:
        print(json.dumps({key: value for key, value in found.items() if key != "rows"}))
