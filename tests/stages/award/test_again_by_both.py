"""The second engine's recorded scores are computed again, too; of annulled awards as well."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jangteo.config.commands import rules
from jangteo.stages.award.actions import rescored
from jangteo.stages.award.models import Award, Calculation
from tests.stages.award.opened import FULL, Opened, opened
from tests.stages.award.test_again import hashes
from tests.stages.award.test_twice import planted

__all__ = ["planted"]
pytestmark = pytest.mark.django_db
Plant = Callable[[], Any]


def lines(here: Opened) -> list[tuple[str, str, str]]:
    """The differences that count, without the candidate's name."""
    name = f"candidate {hashes(here)[0]} "
    return [(what.removeprefix(name), *rest) for what, *rest in rescored(here.number).differences]


def test_what_the_second_engine_said_of_a_score_and_of_the_award_is_asked_again(
    planted: Plant, capsys: Any
) -> None:
    here = opened()
    here.awarded()
    assert (lines(here), rescored(here.number).seconds) == ([], 2)
    assert rules._scores({}) == 0
    assert "; 2 scores by the second engine; 0 annulled awards; 0 superseded differences" in (
        capsys.readouterr().out
    )
    made = Award.objects.get()
    with planted():
        said = {what: (was, now) for what, was, now in lines(here)}
        assert rules._scores({}) == len(said) == 5
    assert said.pop("award result of the second engine")[0] == made.found_by_verifier
    assert said == {
        "provisional second engine price": ("86.4", "87.4"),
        "provisional second engine total": ("96.4", "97.4"),
        "review second engine price": ("86.4", "87.4"),
        "review second engine total": ("96.4", "97.4"),
    }


def test_a_second_engine_that_is_silent_passes_for_no_answer(tmp_path: Path, settings: Any) -> None:
    here = opened()
    here.awarded()
    settings.ROOT = tmp_path
    said = {what: (was, now) for what, was, now in lines(here)}
    assert said["review second engine score"] == ("-", "missing")
    assert said["review second engine total"] == ("96.4", "-")
    assert "award result of the second engine" in said and "award result" not in said


def test_an_annulled_award_is_computed_again_and_its_annulment_is_said(capsys: Any) -> None:
    here = opened()
    here.awarded()
    here.annul()
    assert (lines(here), rescored(here.number).annulled) == (
        [], [(f"candidate {hashes(here)[0]}", "gave_up")],
    )  # fmt: skip
    assert rules._scores({}) == 0
    told = capsys.readouterr().out
    assert "its award is annulled (gave_up), and computed all the same\n" in told
    assert "; 1 annulled awards" in told
    wrong = Calculation.objects.get(what="review")
    Calculation.objects.filter(pk=wrong.pk).update(ours=wrong.ours | {"total": "97.4"})
    found = lines(here)
    assert ("review total", "97.4", "96.4") in found
    assert [what for what, *_ in found if what.startswith("annulled")] == []
    assert rules._scores({}) == len(found) == 1, "nothing passes because the award is annulled"


def test_an_annulled_award_whose_hash_is_another_is_a_difference() -> None:
    here = opened()
    here.awarded()
    Calculation.objects.filter(what="review").delete()
    assert [what for what, *_ in lines(here)] == [
        "award result", "award result of the second engine",
    ]  # fmt: skip


def test_a_wrong_calculation_that_a_newer_one_mended_asks_for_no_signature(
    planted: Plant, capsys: Any
) -> None:
    here = opened()
    here.call()
    here.submit()
    one = {"supplier": here.identifier(0)}
    with planted():
        here.do("pass_review", "officer", scores=FULL, **one)
    assert here.states() == [(1, "hold")]
    assert [what for what, *_ in lines(here)] == [
        "review second engine price", "review second engine total",
    ], "while nothing mended it somebody has to answer for it"  # fmt: skip
    here.do("ask_reopening", "officer", reason="고쳤습니다.", **one)
    here.do("compute_again", "approver", **one)
    here.do("pass_review", "officer", scores=FULL, **one)
    here.do("propose", "officer")
    here.do("confirm", "approver")
    found = rescored(here.number)
    assert list(found.differences) == []
    name = f"candidate {hashes(here)[0]} review second engine"
    assert list(found.superseded) == [
        (f"{name} price", "87.4", "86.4"), (f"{name} total", "97.4", "96.4"),
    ]  # fmt: skip
    assert rules._scores({}) == 0
    assert f"{name} total: 97.4 → 96.4, superseded by a newer calculation" in (
        capsys.readouterr().out
    )


def test_what_an_award_names_counts_however_new_another_calculation_is() -> None:
    here = opened()
    here.awarded()
    last = Calculation.objects.get(what="review")
    Calculation.objects.create(
        examination=last.examination, what="review", scores=last.scores, ours=last.ours,
        theirs=last.theirs, at=last.at,
    )  # fmt: skip
    assert lines(here) == []
    Calculation.objects.filter(pk=last.pk).update(ours=last.ours | {"total": "97.4"})
    assert lines(here) == [("review total", "97.4", "96.4")]
    assert list(rescored(here.number).superseded) == []
