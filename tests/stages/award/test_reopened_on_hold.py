"""Who is examined again and is on hold at once is told just that, not that papers are due."""

import pytest

from jangteo.records.journal.models import Entry
from tests.stages.award.opened import AT, DAY, Opened, hear, opened, read
from tests.stages.award.test_twice import Plant, planted

__all__ = ["planted"]

pytestmark = pytest.mark.django_db
HELD = (
    "“복지관 지붕 보수공사”: your examination begins anew, but two calculations of your score "
    "differ. Nothing is decided and nothing is due from you until they agree; you are told then."
)
CALLED = "“복지관 지붕 보수공사”: you are examined for the award. See what is due."
AGAIN = "“복지관 지붕 보수공사”: you are examined again. See what is due."


def failed() -> Opened:
    """The first in rank failed wrongly, and it is asked that it be examined again."""
    here = opened()
    here.call()
    one = {"supplier": here.identifier(0)}
    here.do("fail_review", "officer", ground="disqualified", note="부도", **one)
    here.do("ask_reopening", "officer", AT + DAY, reason="착오입니다.", **one)
    return here


def test_on_hold_the_candidate_is_told_that_nothing_is_due_and_later_that_it_is(
    planted: Plant,
) -> None:
    here = failed()
    one = {"supplier": here.identifier(0)}
    with planted():
        row = here.do("reopen", "approver", AT + DAY, **one)
    assert (row.status, row.papers_due, row.review_due) == ("hold", None, None)
    fact = Entry.objects.get(kind="examination.reopen")
    assert fact.payload == {"reason": "착오입니다.", "hold": True}
    hear("examination.reopen")
    assert here.inbox("bidder0") == [HELD]
    assert here.why("bidder0").startswith("Your score was computed twice and the answers differ")
    here.do("ask_reopening", "officer", AT + DAY, reason="고쳤습니다.", **one)
    row = here.do("compute_again", "approver", AT + 2 * DAY, **one)
    assert row.status == "called" and row.papers_due is not None
    hear("examination.resume_call")
    assert here.inbox("bidder0") == [HELD, CALLED]


def test_the_second_person_is_told_the_same_on_the_page(planted: Plant) -> None:
    here = failed()
    url = f"/tenders/{here.number}/award"
    seen = {"supplier": here.identifier(0), "digest": read(here.number, "reopen")}
    approver = here.client("approver", "ko")
    with planted():
        page = approver.post(f"{url}/reopen", seen, follow=True).content.decode()
    assert "보류: 두 계산의 점수가 다릅니다. 정해진 것은 없습니다." in page
    assert "재심사를 확정하고 대상자에게 알렸습니다." not in page


def test_where_both_agree_it_is_told_what_is_due() -> None:
    here = failed()
    row = here.do("reopen", "approver", AT + DAY, supplier=here.identifier(0))
    assert (row.status, row.papers_due is None) == ("called", False)
    assert Entry.objects.get(kind="examination.reopen").payload["hold"] is False
    hear("examination.reopen")
    assert here.inbox("bidder0") == [AGAIN]
