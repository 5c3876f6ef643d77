"""Ways out of a hold from before they were wishes come along, and go back as they were."""

from pathlib import Path
from typing import Any

from django.conf import settings as configured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jangteo.records.journal.queries import now
from jangteo.stages.opening import actions
from jangteo.stages.opening.models import Opening, WayOut
from tests.stages.opening import ceremony
from tests.stages.opening.ceremony import Ceremony
from tests.stages.opening.examples import ONE, ONE_RATES
from tests.stages.opening.test_both_calculations import BIDS, doctored
from tests.stages.opening.test_way_out import approver, ask, read

BEFORE = [("jangteo_opening", "0006_tiebreak")]
AFTER = [("jangteo_opening", "0007_way_out_as_a_wish")]


def go(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def rows() -> list[Any]:
    """(way, who confirmed) of each row as it was kept before."""
    with connection.cursor() as cursor:
        cursor.execute("select way, confirmed_by from jangteo_opening_wayout order by asked_at, id")
        return cursor.fetchall()


def on_hold(folder: Path, settings: Any) -> Ceremony:
    made = ceremony.begin(folder, rates=ONE_RATES, **ONE)
    made.receive_all(BIDS)
    root = configured.ROOT
    settings.ROOT = doctored(folder / "doctored")
    made.open()
    settings.ROOT = root
    return made


def test_a_way_out_goes_back_and_comes_along(committed: str, tmp_path: Path, settings: Any) -> None:
    made = on_hold(tmp_path, settings)
    second = approver(made)
    ask(made, "set_aside")
    actions.refuse_way_out(
        by=second, at=now(), number=made.number, reason="아닙니다.", digest=read(made)
    )
    ask(made, "again")
    go(BEFORE)
    assert rows() == [("again", None)], "what was refused cannot be told there"
    go(AFTER)
    assert [(row.way, row.ended) for row in WayOut.objects.all()] == [("again", "")]
    actions.open_again(by=second, at=now(), number=made.number, digest=read(made))
    assert Opening.objects.get().status != "hold"
    go(BEFORE)
    assert rows() == [("again", second.account_id)]
    go(AFTER)
    (row,) = WayOut.objects.all()
    assert (row.ended, row.ended_by) == ("confirmed", second.account_id)
