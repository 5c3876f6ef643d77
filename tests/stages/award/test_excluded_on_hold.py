"""Who is on hold fails on a ground of exclusion, and what was asked about its score ends by it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jangteo.records.journal.models import Entry
from jangteo.stages.award import queries
from jangteo.stages.award.models import Award, Calculation, Examination, Review, Wish
from jangteo.stages.award.states import GROUNDS
from tests.stages.award.opened import (
    AT,
    DAY,
    FULL,
    PRICES,
    Opened,
    hear,
    kinds,
    opened,
    read,
    refused,
)
from tests.stages.award.test_reading import machine
from tests.stages.award.test_twice import planted

__all__ = ["planted"]
pytestmark = pytest.mark.django_db
Plant = Callable[[], Any]
FAIL = {"ground": "disqualified", "note": "당좌거래가 정지되었습니다."}
WHY = "검증 프로그램을 고쳤습니다."


def held(planted: Plant, *, asked: bool = True) -> Opened:
    """The first in rank is on hold before its papers, and it is asked that it be computed again."""
    here = opened()
    with planted():
        here.call()
    if asked:
        here.do("ask_reopening", "officer", reason=WHY, supplier=here.identifier(0))
    return here


def fail(here: Opened, who: str = "officer", **given: str) -> Any:
    return here.do("fail_review", who, AT + DAY, supplier=here.identifier(0), **FAIL | given)


def test_the_failure_ends_the_wish_and_calls_the_next(planted: Plant) -> None:
    here = held(planted)
    seen = read(here.number, "compute_again")
    fail(here)
    assert here.states() == [(1, "failed"), (2, "called")]
    row = Wish.objects.get()
    assert (row.verb, row.ended, row.ended_by, row.ended_at) == (
        "compute_again", "lapsed", None, AT + DAY,
    )  # fmt: skip
    assert kinds(here.number)[-3:] == [
        "examination.lapse_reopening", "examination.fail_review", "examination.call_next",
    ]  # fmt: skip
    assert Entry.objects.get(kind="examination.fail_review").payload == {"ground": "disqualified"}
    found = Review.objects.get()
    assert (found.passed, found.ground, found.note) == (False, "disqualified", FAIL["note"])
    assert (found.total, found.by) == ("", here.who("officer").account_id), "no score decided it"
    assert Calculation.objects.filter(examination__rank=1).count() == 1, "nor was it computed"
    hear("examination.lapse_reopening")
    hear("examination.fail_review")
    assert here.inbox("officer") == [
        "“복지관 지붕 보수공사”: a candidate left; what was asked about it lapsed."
    ]
    assert here.inbox("bidder0") == [
        "“복지관 지붕 보수공사”: you did not pass the examination; see why."
    ]
    assert here.inbox("bidder2") == []
    assert here.why("bidder0").endswith(FAIL["note"])
    one = {"supplier": here.identifier(0)}
    refused("award.reopen.nobody",
            lambda: here.do("reopen", "approver", digest=seen, **one), 409)  # fmt: skip
    refused("award.reopen.nobody",
            lambda: here.do("compute_again", "approver", digest=seen, **one), 409)  # fmt: skip
    refused("examination.fail_review.not_now", lambda: fail(here), 409)
    for who in ("officer", "approver"):
        titles = [task.title for task in queries.tasks_for(here.who(who), AT + DAY)]
        assert not [title for title in titles if "again" in title or "differ" in title]
    here.passed(1)
    here.do("propose", "officer")
    here.do("confirm", "approver")
    assert Award.objects.get().supplier == here.people["bidder1"][1]


def test_without_a_wish_nothing_lapses(planted: Plant) -> None:
    here = held(planted, asked=False)
    fail(here)
    assert here.states() == [(1, "failed"), (2, "called")]
    assert (Wish.objects.count(), "examination.lapse_reopening" in kinds(here.number)) == (0, False)


def test_on_hold_in_the_review_too_and_the_last_one_ends_the_tender(planted: Plant) -> None:
    here = opened(PRICES[:2])
    here.call()
    here.submit()
    with planted():
        here.do("pass_review", "officer", scores=FULL)
    fail(here)
    assert here.states() == [(1, "failed"), (2, "called")]
    here.do("withdraw", "head1")
    assert here.status() == "unsuccessful"


def test_the_database_takes_no_other_review_of_who_is_on_hold(planted: Plant) -> None:
    here = held(planted)
    row = Examination.objects.get()
    said: list[dict[str, Any]] = [{"passed": True}] + [
        {"passed": False, "ground": ground} for ground in GROUNDS if ground != "disqualified"
    ]
    assert len(said) == len(GROUNDS) == 3
    for one in said:
        with pytest.raises(IntegrityError, match="exclusion alone"), transaction.atomic():
            Review.objects.create(examination=row, at=AT, **one)
    assert (here.states(), Review.objects.count()) == ([(1, "hold")], 0)


def test_it_takes_a_contract_officer_a_reason_and_that_ground(planted: Plant) -> None:
    here = held(planted)
    refused("examination.fail_review.forbidden", lambda: fail(here, "approver"), 403)
    refused("examination.fail_review.forbidden", lambda: fail(here, "head0"), 403)
    refused("award.unknown", lambda: fail(here, "opener"), 404)
    refused("award.reason.missing", lambda: fail(here, note=" "))
    for ground in ("score", "no_papers"):
        refused("award.fail.ground", lambda ground=ground: fail(here, ground=ground))
    assert (here.states(), Wish.objects.get().ended) == ([(1, "hold")], "")


def test_who_failed_wrongly_is_examined_again_by_a_wish_of_its_own(planted: Plant) -> None:
    here = held(planted)
    fail(here)
    one = {"supplier": here.identifier(0)}
    here.do("ask_reopening", "officer", AT + DAY, reason="정지가 풀렸습니다.", **one)
    assert [(row.verb, row.ended) for row in Wish.objects.order_by("asked_at")] == [
        ("compute_again", "lapsed"), ("reopen", ""),
    ]  # fmt: skip
    with planted():
        here.do("reopen", "approver", AT + DAY, **one)
    assert here.states() == [(1, "hold"), (2, "called")], "its score still differs"


def test_the_page_offers_it_to_the_contract_officer_and_says_the_truth(planted: Plant) -> None:
    here = held(planted)
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    officer, approver = here.client("officer"), here.client("approver")
    shown = officer.get(url).content.decode()
    assert "nobody fails but on a ground of exclusion" in shown
    assert 'value="disqualified"' in shown and 'value="score"' not in shown
    assert 'value="disqualified"' not in approver.get(url).content.decode()
    korean = here.client("officer", "ko").get(url).content.decode()
    assert "부적격은 결격 사유로만 정할 수 있습니다" in korean
    assert officer.post(f"{url}/fail", one | FAIL | {"note": ""}).status_code == 422
    assert officer.post(f"{url}/fail", one | FAIL | {"ground": "no_papers"}).status_code == 422
    assert approver.post(f"{url}/fail", one | FAIL).status_code == 403
    assert here.states() == [(1, "hold")]
    assert officer.post(f"{url}/fail", one | FAIL).status_code == 302
    assert here.states() == [(1, "failed"), (2, "called")]


def test_a_machine_fails_it(planted: Plant) -> None:
    here = held(planted)
    url, json = f"/api/v1/tenders/{here.number}/award/review", "application/json"
    body = {"passed": False, "supplier": here.identifier(0), **FAIL}
    got = machine(here, "officer").post(url, body | {"ground": "score"}, content_type=json)
    assert (got.status_code, got.json()["error"]["code"]) == (422, "award.fail.ground")
    got = machine(here, "officer").post(url, body, content_type=json)
    assert [row["status"] for row in got.json()["candidates"]] == ["failed", "called"]
    assert [row["ended"] for row in got.json()["wishes"]] == ["lapsed"]
