"""While the second engine tries a notice's terms nothing waits for it; by its answer alone it goes
out."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from jangteo.ground.errors import Refusal, Refusals
from jangteo.stages.tender import actions
from jangteo.stages.tender.models import NoticeVersion, Tender, Trial
from tests import slow_engine
from tests.slow_engine import beside, waits
from tests.stages.tender import agency as agencies
from tests.stages.tender.agency import DEADLINE, POSTED, Agency, kst


@pytest.fixture
def prepared(committed: str, tmp_path: Path, settings: Any) -> tuple[Agency, str]:
    """A notice with keys, seeds and readers; from now on another, slow program is the second."""
    here = agencies.make(tmp_path)
    number = here.draft()
    here.custody(number)
    here.care(number)
    slow_engine.plant(tmp_path / "slow", 1)
    settings.ROOT = tmp_path / "slow"
    assert Trial.objects.count() == 1
    return here, number


def asked(path: Path) -> Path:
    """It was asked and has not answered; the file that counts its questions."""
    file = path / "slow" / "verifier" / "asked"
    waits(file)
    return file


def test_a_slow_trial_holds_no_lock(prepared: tuple[Agency, str], tmp_path: Path) -> None:
    here, number = prepared
    answer = beside(lambda: actions.publish(by=here.contract, at=POSTED, number=number))
    file = asked(tmp_path)
    with transaction.atomic():
        row = Tender.objects.select_for_update(nowait=True).get(number=number)
    assert (row.status, row.rule_day, answer.done()) == ("draft", None, False)
    assert answer.result(timeout=60).status == "active"
    assert file.read_text().splitlines() == ["once"]
    assert (Trial.objects.count(), NoticeVersion.objects.count()) == (2, 1)


def test_terms_that_changed_meanwhile_are_not_published_by_the_answer_to_others(
    prepared: tuple[Agency, str], tmp_path: Path
) -> None:
    here, number = prepared
    answer = beside(lambda: actions.publish(by=here.contract, at=POSTED, number=number))
    asked(tmp_path)
    actions.save_draft(
        by=here.contract, at=POSTED, number=number, changes={"base_amount": 107_000_000}
    )
    with pytest.raises(Refusals) as late:
        answer.result(timeout=60)
    assert "tender.second_entry.missing" in [one.code for one in late.value.refusals]
    assert Tender.objects.get(number=number).status == "draft"
    assert not NoticeVersion.objects.exists()
    assert Trial.objects.count() == 1, "what was asked about other terms is not remembered"


def test_a_correction_whose_trial_ends_after_the_deadline_is_too_late(
    prepared: tuple[Agency, str], tmp_path: Path
) -> None:
    """Bids were taken until then; the officer pressed in time, the answer came later."""
    here, number = prepared
    actions.publish(by=here.contract, at=POSTED, number=number)
    actions.start_correction(by=here.contract, at=kst(3, 9), number=number)
    changes = {"correction_reason": "설명의 오기", "description": "지붕", "deadline": kst(15, 10)}
    actions.save_draft(by=here.contract, at=kst(3, 9), number=number, changes=changes)
    here.custody(number, at=kst(3, 9))
    program = tmp_path / "slow" / "verifier" / "jangteo_verify.py"
    program.write_text(program.read_text() + "# another\n")  # what was tried is tried again
    last = DEADLINE - timedelta(milliseconds=500)
    with pytest.raises(Refusal) as caught:
        actions.correct(by=here.contract, at=last, number=number)
    assert caught.value.code == "tender.correct.too_late"
    assert NoticeVersion.objects.get().deadline == DEADLINE
    actions.correct(by=here.contract, at=last - timedelta(minutes=3), number=number)
    assert NoticeVersion.objects.count() == 2


def test_a_silent_program_publishes_nothing(
    prepared: tuple[Agency, str], settings: Any, tmp_path: Path
) -> None:
    here, number = prepared
    (tmp_path / "slow" / "verifier" / "jangteo_verify.py").write_text("import sys; sys.exit(2)")
    with pytest.raises(Refusal) as caught:
        actions.publish(by=here.contract, at=POSTED, number=number)
    assert (caught.value.code, caught.value.status) == ("tender.trial.no_answer", 503)
    assert Tender.objects.get(number=number).status == "draft"
    assert (Trial.objects.count(), NoticeVersion.objects.count()) == (1, 0)
