"""The two engines against each other: bundles from a seed, each untouched and changed."""

import json
import random
from typing import Any

import pytest

import jangteo_verify
from jangteo.config.commands import engines
from jangteo.interfaces.rehearsal.engines import (
    changes,
    compare,
    mutations,
    openings,
    tenders,
    terms,
    timing,
    work,
)


def test_untouched_bundles_are_accepted_and_changes_found() -> None:
    report = mutations.look(range(104), seed=7)
    assert (report.refused, report.missed) == ([], [])
    assert report.kinds == dict.fromkeys(terms.KINDS, 8)
    assert report.computed + report.hashed.total() == 104
    assert report.computed > 80


def test_the_command_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert engines.run(["--mutations", "13", "--seed", "3"]) == 0
    said = capsys.readouterr().out
    assert "13 untouched bundles: 0 refused (alone 1, " in said
    assert "0 missed." in said


def test_what_is_refused_or_missed_is_told() -> None:
    report = mutations.Report(refused=["open, number 4 of seed 1: V13"])
    report += mutations.Report(missed=["ties, number 5 of seed 1: drawn.0"])
    assert not report.holds
    assert mutations.tell(report)[-2:] == [
        "REFUSED open, number 4 of seed 1: V13", "MISSED ties, number 5 of seed 1: drawn.0",
    ]  # fmt: skip


def test_only_what_nothing_covers_is_left_to_the_hash() -> None:
    kind, data = openings.bundle(random.Random(1), "ties")
    value = json.loads(data)
    assert (kind, value["outcome"]["outcome"]) == ("ties", "published")

    def excused(*path: str | int) -> bool:
        forged = json.loads(data)
        changes.put(forged, path, "x")
        return changes.excused(data, changes.write(forged))

    assert excused("notice", "title")
    assert excused("outcome", "at")
    assert not excused("notice", "floor_rate")
    assert not excused("opened", 0, "amount")
    assert not excused("ranking", 0, "rank")


@pytest.mark.parametrize("kind", terms.KINDS)
def test_every_kind_ends_as_it_is_meant(kind: str) -> None:
    _, data = openings.bundle(random.Random(f"{kind} of a test"), kind)
    value = json.loads(data)
    outcome, code = value["outcome"]["outcome"], value["outcome"]["code"]
    wanted = {
        "unranked": "opening.failed.none_inside", "too_few": "opening.failed.too_few",
        "voided": "opening.failed.too_few_opened", "hold_set": "opening.hold.set_changed",
        "hold_seed": "opening.hold.seed", "hold_rule": "price.floor.a_value_too_large",
    }  # fmt: skip
    if kind in wanted:
        assert code == wanted[kind]
    else:
        assert "prices" in value
    assert outcome == ("hold" if "hold" in kind else outcome)
    if kind == "shortage":
        assert len(value["supplied"]) == 2
    if kind == "excluded":
        assert value["exclusions"]
        assert [one["check"] for one in value["opened"] if "check" in one] == ["V02"]


def test_both_engines_answer_generated_cases_alike() -> None:
    report = compare.look(range(420), seed=11)
    assert (report.different, report.first) == (0, None)
    answered = {method for method, outcome in report.counts if outcome in ("opened", "by lot")}
    assert answered == set(tenders.TABLES)
    assert set(report.remarks) == {
        "above_reserve", "below_floor", "below_net_cost", "excluded", "normal", "unqualified",
        "unranked",
    }  # fmt: skip


def test_an_engine_that_is_one_won_off_is_found() -> None:
    def off(case: dict[str, Any]) -> dict[str, Any]:
        answered = jangteo_verify.answer(case)
        if "floor_price" in answered.get("figures", {}):
            answered["figures"]["floor_price"] += 1
        return answered

    report = compare.look(range(60), 11, off)
    methods = ("qualification", "quotation")
    right = {"opened", "by lot", "none_inside"}
    floors = sum(n for (of, came), n in report.counts.items() if of in methods and came in right)
    assert report.different == floors > 5
    assert report.first and report.first[1]["method"] in methods


def test_the_first_difference_is_told_whole() -> None:
    report = compare.Report(different=1, first=(4, {"method": "x"}, {"chosen": []}, {}))
    report += compare.Report(different=1, first=(9, {}, {}, {}))
    assert list(compare.tell(report))[-6:] == [
        "FIRST DIFFERENCE, number 4", '{"method": "x"}', "RULES", '{"chosen": []}', "VERIFIER",
        "{}",
    ]  # fmt: skip


def test_sixty_bids_take_less_than_two_seconds_and_the_arithmetic_a_fraction() -> None:
    data = timing.sample(60)
    took = timing.fastest(data, times=3)
    assert len(json.loads(data)["envelopes"]) == 60
    assert took["arithmetic"] < took["cryptography"] < took["whole"] < 2
    with pytest.raises(ValueError, match=r"^V14 differs"):
        timing.seconds(changes.write(json.loads(data) | {"reserve_price": 1}))


def test_work_is_shared_in_portions_and_in_order() -> None:
    def numbers(portion: range, seed: int) -> tuple[int, int, int]:
        return portion.start, portion.stop, seed

    assert list(work.shared(numbers, 600, 9, cores=1)) == [
        (0, 250, 9), (250, 500, 9), (500, 600, 9)
    ]  # fmt: skip
