"""Two officers press the button at the same moment: one opening, one result."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connections

from jangteo.records.journal.queries import history
from jangteo.stages.opening.models import OpenedBid, Result
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
