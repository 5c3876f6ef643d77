"""Nobody waits behind a lock for the second engine, and what it did not say decides nothing."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection, transaction

from jangteo.ground.errors import Fault, Refusal
from jangteo.records.verifier import queries as verifier
from jangteo.records.verifier.asking import MOST, NoAnswer, unlocked
from jangteo.stages.award.models import Award, Calculation, Examination, Review
from tests import slow_engine
from tests.slow_engine import beside, waits
from tests.stages.award.opened import FULL, Opened, kinds, opened, refused

PATIENCE = 2


@pytest.fixture
def slow(tmp_path: Path, settings: Any) -> Callable[..., Path]:
    """From now on the second engine needs so many seconds; the file that counts its questions."""

    def plant(seconds: float) -> Path:
        settings.SCORE_PATIENCE = PATIENCE
        asked = slow_engine.plant(tmp_path, seconds)
        settings.ROOT = tmp_path
        return asked

    return plant


def nothing_is_locked(here: Opened) -> None:
    """The tender's award, its candidates and its own row can be taken in hand at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtextextended('award:' || %s, 0))", [here.number]
        )
        assert cursor.fetchone() == (True,)
        assert Examination.objects.select_for_update(nowait=True).count() > 0
        list(Examination.objects.select_for_update(nowait=True))
        type(here.market.tender).objects.select_for_update(nowait=True).get(number=here.number)


def test_a_silent_engine_holds_no_lock_and_no_request_for_long(
    committed: str, slow: Callable[..., Path]
) -> None:
    here = opened()
    here.call()
    here.submit()
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    officer, began = here.client("officer"), time.monotonic()
    asked = slow(60)
    answer = beside(lambda: officer.post(f"{url}/pass", one | FULL))
    waits(asked)
    nothing_is_locked(here)
    assert here.states() == [(1, "submitted")] and not answer.done()
    assert answer.result(timeout=20).status_code == 302
    assert time.monotonic() - began < PATIENCE + 8
    assert here.states() == [(1, "hold")]
    last = Calculation.objects.order_by("-id")[0]
    assert (last.what, last.theirs, last.why) == ("review", {}, "timeout")
    assert kinds(here.number).count("examination.hold") == 1
    assert "examination.pass_review" not in kinds(here.number)
    assert not (Review.objects.exists() or Award.objects.exists())
    refused("award.propose.open", lambda: here.do("propose", "officer"), 409)
    assert asked.read_text().splitlines() == ["once"], "silence is waited for once"


def test_what_changed_while_the_engine_was_asked_is_seen(
    committed: str, slow: Callable[..., Path]
) -> None:
    here = opened()
    here.call()
    here.submit()
    asked = slow(1)
    given = {"supplier": here.identifier(0)}
    answer = beside(lambda: here.do("pass_review", "officer", scores=FULL, **given))
    waits(asked)
    here.do("ask_supplement", "officer", text="실적증명서가 빠졌습니다.", **given)
    with pytest.raises(Refusal) as late:
        answer.result(timeout=20)
    assert late.value.code == "examination.pass_review.not_now"
    assert here.states() == [(1, "supplement")]
    assert [row.what for row in Calculation.objects.all()] == ["provisional"]
    assert "examination.pass_review" not in kinds(here.number)


def test_a_slow_answer_counts_and_is_asked_for_once(
    committed: str, slow: Callable[..., Path]
) -> None:
    here = opened()
    asked = slow(0.3)
    answer = beside(here.call)
    waits(asked)
    assert Examination.objects.count() == 0 and kinds(here.number) == ["opening.publish"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtextextended('award:' || %s, 0))", [here.number]
        )
        assert cursor.fetchone() == (True,)
    (row,) = answer.result(timeout=20)
    assert (row.status, row.papers_due is None) == ("called", False)
    assert Calculation.objects.get().ours == Calculation.objects.get().theirs
    assert kinds(here.number).count("examination.call_next") == 1
    assert asked.read_text().splitlines() == ["once"]


@pytest.mark.django_db
def test_an_action_that_asks_ever_other_questions_ends(slow: Callable[..., Path]) -> None:
    with pytest.raises(NoAnswer):
        slow(0).with_name("jangteo_verify.py").unlink()
        verifier.answer({"none": 0})
    (Path(configured.ROOT) / "verifier" / "jangteo_verify.py").write_text(
        "def answer(case):\n    return case\n"
    )
    tries = []

    @unlocked
    def restless() -> None:
        tries.append(len(tries))
        verifier.answer({"try": -len(tries)})

    @unlocked
    def calm() -> Any:
        tries.append(0)
        return verifier.answer({"try": "same"}), inner()

    @unlocked
    def inner() -> Any:
        return verifier.answer({"try": "inside"})

    assert calm() == ({"try": "same"}, {"try": "inside"})
    assert len(tries) == 3, "once for each answer that was missing, and once with both"
    assert calm() == ({"try": "same"}, {"try": "inside"})
    assert len(tries) == 4, "what is remembered takes nothing back"
    tries.clear()
    with pytest.raises(Fault, match="restless needs ever other answers"):
        restless()
    assert len(tries) == MOST
