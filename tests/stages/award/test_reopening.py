"""Who failed wrongly is examined again by the word of two people, and can still be awarded."""

import pytest
from django.db import IntegrityError, transaction

from jangteo.records.account.models import Account, Membership
from jangteo.records.journal.queries import now
from jangteo.records.message.models import Message
from jangteo.stages.award import queries
from jangteo.stages.award.models import Award, Examination, Wish
from jangteo.stages.award.states import CAUSES, MISTAKES
from tests.market import market
from tests.stages.award.opened import (
    AT,
    DAY,
    FULL,
    Opened,
    chairs,
    hear,
    kinds,
    opened,
    read,
    refused,
)
from tests.stages.award.test_reading import machine

pytestmark = pytest.mark.django_db
WHY = "실적 점수를 잘못 입력했습니다."
CHOOSE = "“{title}”: examine again who failed, or go on with the next"
CONFIRM = "Confirm that a candidate for “{title}” is examined again"


def wronged(cause: str = "data_entry", prices: tuple[int, ...] = ()) -> Opened:
    """The first in rank failed, the second was awarded, and that award is annulled for a cause."""
    here = opened(prices) if prices else opened()
    here.call()
    here.submit()
    here.do(
        "fail_review", "officer", ground="disqualified", note="부도", supplier=here.identifier(0)
    )
    here.passed(1)
    here.do("propose", "officer")
    here.do("confirm", "approver")
    here.annul(AT + DAY, cause, "잘못되었습니다.")
    return here


def ask(here: Opened, who: str = "officer", n: int = 0, reason: str = WHY) -> None:
    here.do("ask_reopening", who, AT + DAY, reason=reason, supplier=here.identifier(n))


def reopen(here: Opened, who: str = "approver", n: int = 0) -> Examination:
    found: Examination = here.do("reopen", who, AT + 2 * DAY, supplier=here.identifier(n))
    return found


def desk(here: Opened, who: str) -> list[tuple[str, str]]:
    """(task, who is waited for) on somebody's desk."""
    return [(one.title, one.who) for one in queries.tasks_for(here.who(who), AT + 2 * DAY)]


@pytest.mark.parametrize("cause", CAUSES)
def test_after_a_mistake_an_officer_chooses_before_the_next_is_called(cause: str) -> None:
    here = wronged(cause)
    waits = cause in MISTAKES
    assert here.states() == [(1, "failed"), (2, "passed"), *([] if waits else [(3, "called")])]
    assert here.status() == "opened"
    assert ((CHOOSE, "") in desk(here, "officer")) == waits
    assert ((CHOOSE, "contract_officer") in desk(here, "approver")) == waits
    assert ("call_next" in here.page("officer").verbs) == waits
    assert "ask_reopening" in here.page("officer").verbs
    assert not here.page("approver").verbs & {"call_next", "ask_reopening", "reopen"}
    assert not here.page("bidder0").verbs


def test_neither_a_repeated_fact_nor_a_withdrawal_chooses_for_the_officer() -> None:
    here = wronged()
    hear("opening.publish")
    here.call()
    here.do("withdraw", "head1", AT + DAY)
    assert here.states() == [(1, "failed"), (2, "withdrawn")]
    assert (CHOOSE, "") in desk(here, "officer")


def test_the_officer_can_go_on_with_the_next() -> None:
    here = wronged()
    refused("examination.call_next.forbidden", lambda: here.do("go_on", "approver"), 403)
    refused("award.unknown", lambda: here.do("go_on", "head0"), 404)
    stranger = market().tender.buyer
    here.add("stranger", "contract_officer", stranger)
    refused("award.unknown", lambda: here.do("go_on", "stranger"), 404)
    here.do("go_on", "officer", AT + 2 * DAY)
    assert here.states() == [(1, "failed"), (2, "passed"), (3, "called")]
    assert CHOOSE not in dict(desk(here, "officer"))
    assert "call_next" not in here.page("officer").verbs
    assert here.do("go_on", "officer", AT + 2 * DAY) == []
    assert Examination.objects.count() == 3


def test_two_people_reopen_and_the_rightful_candidate_is_awarded() -> None:
    here = wronged()
    ask(here)
    assert here.states() == [(1, "failed"), (2, "passed")]
    assert (CONFIRM, "") in desk(here, "approver")
    assert (CONFIRM, "approving_officer") in desk(here, "officer")
    assert here.page("approver").candidates[0].reopening == WHY
    assert here.page("bidder0").candidates[0].reopening == ""
    made = reopen(here)
    assert (made.status, made.supplement, made.papers_at, made.ended_at) == (
        "called",
        "",
        None,
        None,
    )
    assert made.papers_due is not None and made.papers_due > AT + 2 * DAY
    assert kinds(here.number)[-2:] == ["examination.ask_reopening", "examination.reopen"]
    asked = Wish.objects.get(verb="reopen")
    assert (asked.reason, asked.ended, asked.ended_at) == (WHY, "confirmed", AT + 2 * DAY)
    assert asked.asked_by == here.who("officer").account_id
    assert asked.ended_by == here.who("approver").account_id
    assert CONFIRM not in dict(desk(here, "approver"))
    assert CHOOSE not in dict(desk(here, "officer"))
    before = Message.objects.count()
    hear("examination.reopen")
    assert Message.objects.count() == before + 1
    assert here.inbox("bidder0")[-1] == (
        "“복지관 지붕 보수공사”: you are examined again. See what is due."
    )
    assert len(here.page("bidder0").papers) == 1, "the papers are kept"
    here.passed(0)
    won = here.do("propose", "officer", AT + 2 * DAY)
    assert won.supplier == here.people["bidder0"][1]
    here.do("confirm", "approver", AT + 2 * DAY)
    assert [row.status for row in Award.objects.order_by("proposed_at", "id")] == [
        "cancelled", "active",
    ]  # fmt: skip
    assert here.status() == "awarded"
    assert [row.passed for row in made.reviews.order_by("at", "id")].count(False) == 1


def test_the_kept_papers_can_be_handed_in_as_they_are() -> None:
    here = wronged()
    ask(here)
    reopen(here)
    here.do("submit_papers", "bidder0", AT + 2 * DAY)
    assert here.states() == [(1, "submitted"), (2, "passed")]


def test_who_fails_again_makes_way_for_the_next() -> None:
    here = wronged()
    ask(here)
    reopen(here)
    here.do(
        "fail_review", "officer", AT + 2 * DAY, ground="disqualified", note="부도",
        supplier=here.identifier(0),
    )  # fmt: skip
    assert here.states() == [(1, "failed"), (2, "passed"), (3, "called")]
    ask(here)
    assert Wish.objects.filter(verb="reopen").count() == 2


def test_reopening_needs_a_reason_two_people_and_a_failure() -> None:
    here = wronged()
    refused("award.reason.missing", lambda: ask(here, reason=" "))
    refused("examination.ask_reopening.forbidden", lambda: ask(here, "approver"), 403)
    refused("examination.ask_reopening.not_now", lambda: ask(here, n=1), 409)
    refused("award.reopen.nobody", lambda: reopen(here), 409)
    assert not Wish.objects.exclude(verb="annul").exists()
    account, buyer = here.people["officer"]
    Membership.objects.create(
        account=Account.objects.get(pk=account.pk), party=buyer, role="approving_officer",
        since=now() - DAY,
    )  # fmt: skip
    ask(here)
    refused("award.reopen.asked", lambda: ask(here), 409)
    refused("award.reopen.same_person", lambda: reopen(here, "officer"), 409)
    assert "reopen" not in here.page("officer").verbs
    assert (CONFIRM, "approving_officer") in desk(here, "officer")
    for who in ("inspector", "opener"):
        refused("award.unknown", lambda who=who: reopen(here, who), 404)
    refused("examination.reopen.forbidden", lambda: here.do("reopen", "head0"), 403)
    assert here.states() == [(1, "failed"), (2, "passed")]
    with pytest.raises(IntegrityError, match="wish_by_two_people"), transaction.atomic():
        alone = {"ended": "confirmed", "ended_at": AT, "ended_by": here.who("officer").account_id}
        Wish.objects.filter(ended="").update(**alone)


def test_nobody_is_reopened_while_an_award_lives() -> None:
    here = wronged()
    ask(here)
    here.do("go_on", "officer", AT + DAY)
    here.passed(2)
    here.do("propose", "officer", AT + DAY)
    refused("award.reopen.live", lambda: reopen(here), 409)
    here.do("confirm", "approver", AT + DAY)
    refused("award.reopen.live", lambda: reopen(here), 409)
    refused("award.reopen.live", lambda: ask(here), 409)
    assert CONFIRM not in dict(desk(here, "approver"))
    assert not here.page("approver").verbs & {"reopen", "ask_reopening"}
    assert here.states()[0] == (1, "failed")


def test_who_was_called_meanwhile_stays_and_the_better_rank_comes_first() -> None:
    here = wronged("gave_up")
    assert here.states()[-1] == (3, "called")
    ask(here)
    reopen(here)
    assert here.states() == [(1, "called"), (2, "passed"), (3, "called")]
    assert here.page("officer").current.rank == 1
    here.passed(2)
    refused("award.propose.open", lambda: here.do("propose", "officer"), 409)
    here.passed(0)
    assert here.do("propose", "officer").supplier == here.people["bidder0"][1]
    assert "Propose the award of “{title}”" not in dict(desk(here, "officer"))


def test_an_exhausted_tender_comes_back() -> None:
    here = opened()
    here.call()
    for n in range(3):
        here.submit(f"bidder{n}")
        here.do(
            "fail_review", "officer", ground="disqualified", note="부도",
            supplier=here.identifier(n),
        )  # fmt: skip
    assert here.status() == "unsuccessful"
    ask(here)
    assert here.status() == "unsuccessful"
    reopen(here)
    assert (here.status(), here.states()[0]) == ("opened", (1, "called"))
    assert kinds(here.number)[-2:] == ["examination.reopen", "tender.resume"]
    hear("tender.resume")
    assert here.inbox("bidder2")[-1] == (
        "“복지관 지붕 보수공사” goes on: a candidate who had failed is examined again."
    )
    here.passed(0)
    here.do("propose", "officer")
    here.do("confirm", "approver")
    assert here.status() == "awarded"


def test_the_last_ones_annulment_does_not_exhaust_the_tender_at_once() -> None:
    here = wronged(prices=(97_908_840, 99_000_000))
    assert here.status() == "opened"
    here.do("go_on", "officer", AT + DAY)
    assert here.status() == "unsuccessful"
    assert not here.page("officer").verbs & {"call_next"}
    assert CHOOSE not in dict(desk(here, "officer"))


def test_a_quotation_is_checked_again_without_papers() -> None:
    here = chairs()
    here.call()
    here.do("fail_review", "officer", ground="disqualified", note="부도")
    ask(here)
    made = reopen(here)
    assert (made.papers_due, made.review_due is None) == (None, False)
    here.do("pass_review", "officer", scores={}, supplier=here.identifier(0))
    assert here.states()[0] == (1, "passed")


def test_pages_and_machines_ask_and_confirm() -> None:
    here = wronged()
    url = f"/tenders/{here.number}/award"
    officer, approver = here.client("officer"), here.client("approver")
    shown = officer.get(url).content.decode()
    assert "Go on with the next" in shown and "be examined again" in shown
    one = {"supplier": here.identifier(0)}
    assert officer.post(f"{url}/again", one).status_code == 422
    assert officer.post(f"{url}/again", {**one, "reason": WHY}).status_code == 302
    assert "Confirm: examine it again" not in officer.get(url).content.decode()
    shown = approver.get(url).content.decode()
    assert "Confirm: examine it again" in shown and WHY in shown
    assert WHY not in here.client("bidder2").get(url).content.decode()
    assert approver.post(f"{url}/reopen", one).status_code == 409, "it says not what was read"
    seen = one | {"digest": read(here.number, "reopen")}
    assert f'value="{seen["digest"]}"' in shown
    assert approver.post(f"{url}/reopen", seen).status_code == 302
    assert here.states() == [(1, "called"), (2, "passed")]
    assert approver.post(f"{url}/next").status_code == 403


def test_machines_ask_confirm_and_go_on() -> None:
    here = wronged()
    url = f"/api/v1/tenders/{here.number}/award"
    officer, approver = machine(here, "officer"), machine(here, "approver")
    one = {"supplier": here.identifier(0)}
    json = "application/json"
    got = officer.post(f"{url}/reopening", {**one, "text": WHY}, content_type=json)
    assert (got.status_code, got.json()["candidates"][0]["reopening"]) == (200, WHY)
    got = officer.post(f"{url}/reopen", one, content_type=json)
    assert (got.status_code, got.json()["error"]["code"]) == (403, "examination.reopen.forbidden")
    got = approver.post(f"{url}/reopen", one, content_type=json)
    assert (got.status_code, got.json()["error"]["code"]) == (409, "award.reopen.not_this")
    (wish,) = [row for row in approver.get(url).json()["wishes"] if not row["ended"]]
    assert (wish["verb"], wish["identifier"], wish["reason"]) == ("reopen", one["supplier"], WHY)
    seen = one | {"digest": wish["digest"]}
    got = approver.post(f"{url}/reopen", seen, content_type=json)
    assert (got.status_code, got.json()["candidates"][0]["status"]) == (200, "called")
    assert officer.post(f"{url}/next").status_code == 200
    assert here.states() == [(1, "called"), (2, "passed")], "nobody is called beside it"


def test_while_one_is_examined_again_the_page_leads_to_each_who_may_be_decided_on() -> None:
    here = wronged("gave_up")
    here.submit("bidder2")
    url = f"/tenders/{here.number}/award"
    ask(here)
    reopen(here)
    officer = here.client("officer")
    assert here.states() == [(1, "called"), (2, "passed"), (3, "submitted")]
    found = here.page("officer")
    assert (found.current.rank, [row.rank for row in found.beside]) == (3, [1]), "papers are in"
    shown = officer.get(url).content.decode()
    assert "number 3 in rank</h2>" in shown and "Compute the total" in shown
    assert f'href="?supplier={here.identifier(0)}"' in shown
    other = officer.get(url, {"supplier": here.identifier(0)}).content.decode()
    assert "number 1 in rank</h2>" in other and "Compute the total" not in other
    here.submit("bidder0", AT + 2 * DAY)
    assert "number 1 in rank</h2>" in officer.get(url).content.decode(), "the better rank first"
    third = {"supplier": here.identifier(2)}
    tried = officer.post(f"{url}/score", third | FULL | {"finance": "0"}).content.decode()
    assert "number 3 in rank</h2>" in tried
    assert f'name="supplier" value="{here.identifier(0)}"' not in tried, "of nobody else"
    assert officer.post(f"{url}/pass", third | FULL).status_code == 302
    assert here.states() == [(1, "submitted"), (2, "passed"), (3, "passed")]
    refused("award.propose.open", lambda: here.do("propose", "officer"), 409)
    assert not here.page("bidder0").beside and not here.page().beside
