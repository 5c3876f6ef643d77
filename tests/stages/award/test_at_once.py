"""Two people press at the same moment: one award, one candidate."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from jangteo.ground.errors import Refusal
from jangteo.stages.award.models import Annulment, Award, Examination, Wish
from tests.stages.award.opened import Opened, kinds, opened, read


def at_once(do: Callable[[], Any], times: int = 4) -> list[str]:
    """What each of them gets: "" or the code of its refusal."""

    def one() -> str:
        try:
            do()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(times) as pool:
        return sorted(task.result() for task in [pool.submit(one) for _ in range(times)])


def test_the_result_heard_by_four_workers_calls_one_candidate(committed: str) -> None:
    here = opened()
    assert at_once(here.call) == [""] * 4
    assert Examination.objects.count() == 1
    assert kinds(here.number).count("examination.call_next") == 1


def test_proposals_confirmations_and_annulments_at_once_happen_once(committed: str) -> None:
    here: Opened = opened()
    here.call()
    here.passed()
    assert at_once(lambda: here.do("propose", "officer")) == ["", *["award.propose.exists"] * 3]
    assert Award.objects.count() == 1
    assert at_once(lambda: here.do("confirm", "approver")) == ["", *["award.none"] * 3]
    assert here.status() == "awarded"
    here.do("ask_annulment", "officer", cause="gave_up", reason="포기했습니다.")
    assert at_once(lambda: here.do("annul", "approver")) == ["", *["award.none"] * 3]
    assert here.states() == [(1, "passed"), (2, "called")]
    facts = kinds(here.number)
    for kind in ("award.propose", "award.confirm", "award.annul", "tender.award"):
        assert facts.count(kind) == 1, kind


def test_of_a_confirmation_and_a_refusal_at_once_one_holds(committed: str) -> None:
    here = opened()
    here.awarded()
    here.do("ask_annulment", "officer", cause="gave_up", reason="포기했습니다.")
    seen, no = read(here.number, "annul"), {"reason": "그대로 둡니다."}
    turns = iter(
        [
            lambda: here.do("annul", "approver", digest=seen),
            lambda: here.do("refuse_annulment", "approver", digest=seen, **no),
            lambda: here.do("withdraw_annulment", "officer"),
        ]
        * 2
    )
    codes = at_once(lambda: next(turns)(), 6)
    wish, stands = Wish.objects.get(), Award.objects.get().status == "active"
    facts = kinds(here.number)
    ends = {"confirmed": "award.annul", "refused": "award.refuse_annulment",
            "withdrawn": "award.withdraw_annulment"}  # fmt: skip
    assert {kind: facts.count(kind) for kind in ends.values()} == {
        kind: int(how == wish.ended) for how, kind in ends.items()
    }
    assert stands == (wish.ended != "confirmed") != Annulment.objects.exists()
    assert codes == ["", *["award.annul.nobody" if stands else "award.none"] * 5]


def test_confirmations_of_a_reopening_at_once_reopen_once(committed: str) -> None:
    here = opened()
    here.call()
    one = {"supplier": here.identifier(0)}
    here.submit()
    here.do("fail_review", "officer", ground="disqualified", note="부도", **one)
    wish = {**one, "reason": "잘못 입력했습니다."}
    codes = at_once(lambda: here.do("ask_reopening", "officer", **wish))
    assert codes == ["", *["award.reopen.asked"] * 3]
    codes = at_once(lambda: here.do("reopen", "approver", **one))
    assert codes == ["", *["award.reopen.nobody"] * 3]
    assert here.states() == [(1, "called"), (2, "called")]
    assert kinds(here.number).count("examination.reopen") == 1


def test_withdrawals_and_failures_at_once_call_the_next_once(committed: str) -> None:
    here = opened()
    here.call()
    here.submit()
    codes = at_once(
        lambda: here.do(
            "fail_review",
            "officer",
            ground="disqualified",
            note="부도",
            supplier=here.identifier(0),
        )
    )
    assert codes == ["", *["examination.fail_review.not_now"] * 3]
    assert here.states() == [(1, "failed"), (2, "called")]
