"""Errors made in good notices, judged by the real rules."""

import random
from dataclasses import replace

import pytest

from jangteo.config.commands import entry_errors
from jangteo.interfaces.rehearsal.mistakes import judge, kinds
from jangteo.interfaces.rehearsal.mistakes.notices import notice
from jangteo.stages.tender import queries


def test_a_seed_gives_the_same_tally_and_every_kind_its_turn() -> None:
    first, second = judge.judge(120, 1), judge.judge(120, 1)
    assert first == second != judge.judge(120, 2)
    assert set(first.tried.values()) == {10}
    assert len(first.tried) == 12
    assert (first.good, first.held_up) == (120, 0)
    assert first.caught + len(first.missed) == 120


def test_every_kind_makes_another_notice_of_a_good_one() -> None:
    for number, kind in enumerate(kinds.KINDS):
        chance = random.Random(number)
        one = notice(chance)
        assert queries.against(one.row, at=one.at) == []
        assert queries.altered(kinds.made(one, kind, chance), one.row)


def test_nothing_is_counted_that_does_not_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    one = notice(random.Random(3))
    one = replace(one, row=replace(one.row, budget_amount=(one.row.base_amount or 0) * 6 // 5))
    assert judge.stopped_by(one, one.row, random.Random(1)) == ""
    assert judge.stopped_by(one, replace(one.row, title="새 이름"), random.Random(1)) == ""
    row = replace(one.row, base_amount=(one.row.base_amount or 0) + 500)
    assert one.row.procedure == "open"
    assert judge.stopped_by(one, row, random.Random(1)) == "second"
    monkeypatch.setattr(judge, "SAME_ERROR", 100)
    monkeypatch.setattr(judge, "TALKED_AWAY", {False: 100, True: 100})
    assert judge.stopped_by(one, row, random.Random(1)) == ""


def test_the_command_says_whether_both_aims_are_met(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert entry_errors.run(["--cases", "240", "--seed", "1"]) == 0
    assert "Good notices held up: 0 of 240" in capsys.readouterr().out
    monkeypatch.setattr(judge, "TALKED_AWAY", {False: 100, True: 100})
    assert entry_errors.run(["--cases", "240", "--seed", "1", "--missed"]) == 1
    assert "wrong licence or region: " in capsys.readouterr().out
