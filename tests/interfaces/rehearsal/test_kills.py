"""A short street with a process killed at each step; the whole one: ./jangteo kills."""

import random
from collections import Counter
from pathlib import Path

import pytest

from jangteo.ground.errors import Fault
from jangteo.interfaces.rehearsal import kills
from jangteo.interfaces.rehearsal.kills import Cell, Step
from jangteo.interfaces.rehearsal.street import killed


def test_what_is_answered_is_held_and_done_once(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    cells: list[Cell] = []
    with killed.street(tmp_path) as (stack, walk):
        steps = walk.steps()
        names = ["lot keys asked for", "notice published", "bid received"]
        for process in ("worker", "postgres", "intake"):
            step = next(steps)
            cells.append(kills.through(stack, step, process, random.Random(process)))
        assert [cell.step for cell in cells] == names
        facts = killed.facts(stack, walk.tender)
        assert facts["tender.publish"] == 1
        assert facts["bid.submit"] == 4
        forgotten = Step("a promise", lambda: None, lambda: False)
        with pytest.raises(Fault, match="a promise was answered and is gone after worker"):
            kills.through(stack, forgotten, "worker", random.Random(1))


def test_a_fact_that_stands_twice_or_is_missing_is_named() -> None:
    plain = Counter({"claim.order": 1, "leaf.credit": 6, "exchange.send": 8})
    once = killed.Walked("web", facts=plain + Counter({"exchange.send": 3, "exchange.lose": 1}))
    assert killed.compare(plain, once) == []
    twice = killed.Walked("web", facts=plain + Counter({"leaf.credit": 1}))
    assert killed.compare(plain, twice) == ["web: leaf.credit 7 times instead of 6"]
    gone = killed.Walked("intake", facts=plain - Counter({"claim.order": 1}))
    assert killed.compare(plain, gone) == ["intake: claim.order 0 times instead of 1"]


def test_the_table_tells_answered_held_and_done_again() -> None:
    cells = [
        Cell("bid received", "web", "answered", False, 1.25),
        Cell("bid received", "intake", "no answer", False, 2.0),
        Cell("bids opened", "web", "no answer", True, 3.0),
    ]
    assert kills.table(cells).splitlines() == [
        "| step | web | intake |",
        "|---|---|---|",
        "| bid received | ✓ 1.2 s | ↻ 2.0 s |",
        "| bids opened | + 3.0 s |  |",
    ]
