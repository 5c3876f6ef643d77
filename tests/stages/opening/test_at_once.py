"""Two officers press the button at the same moment: one opening, one result."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings as configured
from django.db import connections, transaction

from jangteo.records.journal.queries import history
from jangteo.stages.opening.models import OpenedBid, Opening, Result
from tests.stages.opening import ceremony
from tests.stages.opening.examples import ONE, ONE_RATES


def test_two_at_once_make_one_result(committed: str, tmp_path: Path) -> None:
    made = ceremony.begin(tmp_path, rates=ONE_RATES, **ONE)
    made.receive_all([(130_000_000 + n, (n % 7 + 1, n % 7 + 2)) for n in range(12)])
    made.prepare()
    made.ask()
    made.custodians()

    def hold() -> str:
        try:
            return made.hold().bundle_hash
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        hashes = [task.result() for task in [pool.submit(hold) for _ in range(4)]]
    assert len(set(hashes)) == 1
    assert (Result.objects.count(), OpenedBid.objects.count()) == (1, 12)
    kinds = [fact.kind for fact in history(tender=made.number)]
    assert (kinds.count("opening.publish"), kinds.count("tender.open")) == (1, 1)


SLOW = """import pathlib, time
with pathlib.Path(__file__).with_name("asked").open("a") as asked:
    asked.write("once\\n")
time.sleep(1)
"""


def test_nothing_is_locked_while_the_verifier_takes_its_time(
    committed: str, tmp_path: Path, settings: Any
) -> None:
    made = ceremony.begin(tmp_path, rates=ONE_RATES, **ONE)
    made.receive_all([(130_000_000 + n, (n + 1, n + 2)) for n in range(3)])
    made.prepare()
    made.ask()
    made.custodians()
    program = (Path(configured.ROOT) / "verifier" / "jangteo_verify.py").read_text()
    (tmp_path / "slow" / "verifier").mkdir(parents=True)
    (tmp_path / "slow" / "verifier" / "jangteo_verify.py").write_text(
        program.replace("import argparse\n", SLOW + "import argparse\n", 1)
    )
    settings.ROOT, asked = tmp_path / "slow", tmp_path / "slow" / "verifier" / "asked"

    def hold() -> str:
        try:
            return made.hold().verified
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        said, end = pool.submit(hold), time.monotonic() + 60
        while not asked.exists() and time.monotonic() < end:
            time.sleep(0.02)
        with transaction.atomic():
            row = Opening.objects.select_for_update(nowait=True).get(tender_number=made.number)
        assert (row.status, Result.objects.count(), said.done()) == ("requested", 0, False)
        assert said.result(timeout=60) == "same"
    assert asked.read_text().splitlines() == ["once"]
    assert (Result.objects.count(), OpenedBid.objects.count()) == (1, 3)
