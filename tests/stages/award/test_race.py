"""Many officers race for the same awards; planted faults of the database are found."""

import pytest
from django.db import connection

from jangteo.config.commands.race import table
from jangteo.interfaces.rehearsal.race import attempts
from jangteo.interfaces.rehearsal.race.attempts import PAST_THE_ACTIONS, Count, call_all, race
from jangteo.interfaces.rehearsal.race.scene import build
from jangteo.interfaces.rehearsal.race.watch import Watch, breaches, in_force

WALLS = """
drop index one_live_award_a_lot;
alter table jangteo_award_award disable trigger kept;
alter table jangteo_award_award disable trigger proposed_on_a_result;
alter table jangteo_award_award disable trigger confirmed_on_a_result;
"""


(COPY,) = (words for words in PAST_THE_ACTIONS if words.startswith("insert"))


def raced(tries: int) -> tuple[Count, list[str]]:
    """What came of the attempts on six tenders, and what was seen not to hold."""
    scene = build(6)
    call_all(scene)
    with Watch(every=0.01) as watch:
        found = race(scene, attempts=tries, threads=8, seed=1)
    assert watch.looks > 3
    return found, watch.seen + breaches()


def test_never_two_awards_in_force(committed: str) -> None:
    found, wrong = raced(160)
    assert wrong == []
    assert found.total() == 160
    came = {what for _, what in found}
    assert not [what for what in came if what.startswith("fault") or what == "let through"]
    standing, ever = in_force()
    assert 1 <= standing <= 6 and ever >= standing
    assert found["confirm", "done"] == ever
    assert found["sql", "wall"] > 0
    assert f"{found['confirm', 'done']:>16} done" in table(found)


def test_without_the_walls_the_race_finds_it(
    committed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WALLS)
    monkeypatch.setitem(attempts.SHARES, "sql", 60)
    found, wrong = raced(160)
    assert found["sql", "let through"] > 0
    assert wrong != []
    with connection.cursor() as cursor:
        cursor.execute("select max(tender_number) from jangteo_award_award")
        number = cursor.fetchone()[0]
        for _ in range(2):
            cursor.execute(COPY.format(t="jangteo_award_award"), [number])
    assert any(said.startswith(f"two live awards: {number}") for said in breaches())
