"""Re-enact real openings in a sandbox of their own and compare with what was published."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from jangteo.config.machine import Trouble
from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import sandbox, tokens
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.replay import CASES, lines
from jangteo.interfaces.rehearsal.replay import run as playing
from jangteo.interfaces.rehearsal.replay.carry import carried
from jangteo.interfaces.rehearsal.replay.plan import Plan
from jangteo.interfaces.rehearsal.replay.schedule import steps
from jangteo.interfaces.rehearsal.stack import Stack


def run(arguments: list[str]) -> int:
    """Play every line; exit code 1 if one differs, cannot be played or does not reach its money."""
    parser = argparse.ArgumentParser(prog="./jangteo replay", description=__doc__)
    parser.add_argument("file", nargs="*", type=Path, help="lines as docs/replay.md describes")
    parser.add_argument("--to", choices=("payment",), help="carry one opening on to the money")
    parser.add_argument("--all", action="store_true", help="carry on all that have a rank 1")
    parser.add_argument(
        "--rehearse", type=Path, metavar="DRAFT",
        help="in the end, hold a draft of the law against what was played",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="a JSON object as the last line")
    given = parser.parse_args(arguments)
    read = []
    for path in given.file or [CASES]:
        if not path.is_file():
            raise Trouble(f"{path} is no file; give a file of openings, one a line.")
        read += list(lines.read(path))
    plans = playing.plans_of(read, say)
    chosen = carried(plans, every=given.all) if given.to else []
    if given.to and not chosen:
        raise Trouble("No opening here has a published rank 1 that could be carried on.")
    totals = play(plans, chosen, given.rehearse) if plans else playing.Totals()
    print(playing.summary(totals, len(read)))
    if given.json:
        print(json.dumps(playing.outcome(totals, len(read)), ensure_ascii=False))
    paid = all(not one.differences for one in totals.money) and len(totals.money) == len(chosen)
    return 0 if totals.equal_lines == len(read) and paid else 1


def say(text: str) -> None:
    """One line of progress, at once."""
    print(text, flush=True)


def play(plans: list[Plan], chosen: list[Plan], draft: Path | None = None) -> playing.Totals:
    """Start a fresh system whose clock begins before the first posting, and play.

    chosen: those that are carried on to the payment; draft: of a change of law, rehearsed at last.
    """
    start: datetime = steps(plans)[0][0] - timedelta(days=1)
    print(f"A sandbox of its own starts on {start.astimezone(KST):%Y-%m-%d} …", flush=True)
    with tempfile.TemporaryDirectory(prefix="jangteo-replay-") as folder:
        Path(folder).chmod(0o755)
        with (
            Stack(Path(folder), start=start) as stack,
            Doors(stack.site_url, stack.intake_url) as doors,
        ):
            operator = doors.as_(tokens.operator_of(stack.var))
            totals = playing.replay(
                doors, operator, partial(sandbox.advance, stack.database_url), plans, say, chosen
            )
            _law(stack.database_url, "replay")
            if draft is not None:
                _law(stack.database_url, "rehearse", str(draft.resolve()))
            return totals


def _law(database_url: str, *words: str) -> None:
    """Hold the rules, or a draft of them, against the played openings, in a process of its own."""
    command = [sys.executable, "-m", "jangteo.config.commands", "rules", *words]
    subprocess.run(command, env={**os.environ, "DATABASE_URL": database_url}, check=False)
