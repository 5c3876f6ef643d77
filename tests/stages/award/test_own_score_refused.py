"""Another person refuses a score by the agency's own standard, or who entered it withdraws it."""

import pytest

from jangteo.records.journal.models import Entry
from jangteo.stages.award.models import Calculation, Wish
from jangteo.stages.award.queries import tasks_for
from tests.stages.award.opened import AT, Opened, hear, kinds, read, refused
from tests.stages.award.test_own_score import STANDARD, bridge, enter
from tests.stages.award.test_reading import machine

pytestmark = pytest.mark.django_db
NO = "실적 점수를 잘못 더했습니다."
CONFIRM = "Confirm the score of a candidate for “{title}”"


def desk(here: Opened, who: str) -> list[str]:
    return [one.title for one in tasks_for(here.who(who), AT)]


def test_another_refuses_with_a_reason_and_another_score_is_entered() -> None:
    here = bridge()
    enter(here)
    seen = read(here.number, "refuse_own_score")
    refused("award.reason.missing", lambda: here.do("refuse_own_score", "other", reason=" "))
    refused("award.own.not_this",
            lambda: here.do("refuse_own_score", "other", reason=NO, digest="0" * 64),
            409)  # fmt: skip
    here.do("refuse_own_score", "other", reason=NO)
    row = Wish.objects.get()
    assert (row.ended, row.answer) == ("refused", NO)
    assert row.ended_by == here.who("other").account_id
    told = Entry.objects.get(kind="examination.refuse_own_score")
    assert told.payload == {"wish": "confirm_own_score", "reason": NO}, "no points in the journal"
    before = len(here.inbox("bidder0"))
    hear("examination.refuse_own_score")
    text = "“복지관 지붕 보수공사”: the score that was entered for a candidate is refused; see why."
    assert here.inbox("officer").count(text) == 1
    assert len(here.inbox("bidder0")) == before
    for who in ("other", "approver"):
        assert CONFIRM not in desk(here, who)
    refused("award.own.missing", lambda: here.do("pass_review", "officer", scores={}), 409)
    for verb, given in (("confirm_own_score", {}), ("refuse_own_score", {"reason": NO})):
        refused("award.own.nobody",
                lambda v=verb, g=given: here.do(v, "approver", digest=seen, **g),
                409)  # fmt: skip
    for who in ("officer", "approver"):
        page = here.client(who).get(f"/tenders/{here.number}/award").content.decode()
        assert NO in page and f"93.5 / 92, {STANDARD}" in page
    for who in ("bidder0", "bidder1", "opener", ""):
        assert NO not in here.client(who).get(f"/tenders/{here.number}/award").content.decode()
    enter(here, points="92.5")
    here.do("confirm_own_score", "other")
    here.do("pass_review", "officer", scores={})
    assert Calculation.objects.get(what="own").ours["total"] == "92.5"
    assert here.states() == [(1, "passed")]


def test_a_refused_entry_leaves_the_confirmed_one_before_it() -> None:
    here = bridge()
    enter(here)
    here.do("confirm_own_score", "other")
    enter(here, points="99")
    here.do("refuse_own_score", "approver", reason=NO)
    here.do("pass_review", "officer", scores={})
    assert [row.ended for row in Wish.objects.order_by("id")] == ["confirmed", "refused"]
    assert Calculation.objects.get(what="own").ours["total"] == "93.5"


def test_who_entered_it_withdraws_it_and_nobody_else() -> None:
    here = bridge()
    enter(here)
    refused("award.own.same_person",
            lambda: here.do("refuse_own_score", "officer", reason=NO), 409)  # fmt: skip
    refused("award.own.not_yours", lambda: here.do("withdraw_own_score", "other"), 409)
    refused("examination.withdraw_own_score.forbidden",
            lambda: here.do("withdraw_own_score", "approver"), 403)  # fmt: skip
    refused("examination.refuse_own_score.forbidden",
            lambda: here.do("refuse_own_score", "head0", reason=NO), 403)  # fmt: skip
    assert here.page("officer").verbs == {"review", "withdraw_own_score"}
    assert here.page("other").verbs == {"review", "confirm_own_score", "refuse_own_score"}
    assert here.page("approver").verbs == {"confirm_own_score", "refuse_own_score"}
    here.do("withdraw_own_score", "officer")
    assert (Wish.objects.get().ended, kinds(here.number)[-1]) == (
        "withdrawn", "examination.withdraw_own_score",
    )  # fmt: skip
    refused("award.own.nobody", lambda: here.do("confirm_own_score", "other"), 409)
    refused("award.own.nobody", lambda: here.do("withdraw_own_score", "officer"), 409)
    assert not Calculation.objects.filter(what="own").exists()


def test_a_candidate_who_leaves_ends_what_was_entered() -> None:
    here = bridge()
    enter(here)
    here.do("ask_supplement", "officer", text="실적증명서")
    assert Wish.objects.get().ended == "", "it waits for the supplement"
    here.do("withdraw", "head0")
    assert (Wish.objects.get().ended, Wish.objects.get().ended_by) == ("lapsed", None)
    assert kinds(here.number).count("examination.lapse_own_score") == 1
    assert here.states() == [(1, "withdrawn"), (2, "called")]


def test_by_page_and_machine() -> None:
    here = bridge()
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    api, json = f"/api/v1{url}/own-score", "application/json"
    enter(here)
    officer, other = here.client("officer"), here.client("other")
    shown = other.get(url).content.decode()
    assert "Refuse with this reason" in shown and "Withdraw what is asked for" not in shown
    own = officer.get(url).content.decode()
    assert "Withdraw what is asked for" in own and "Refuse with this reason" not in own
    assert "Another officer confirms it; until then nothing is decided." in own
    seen = one | {"digest": read(here.number, "refuse_own_score")}
    assert other.post(f"{url}/refuse_own", seen).status_code == 422
    assert other.post(f"{url}/refuse_own", seen | {"reason": NO}).status_code == 302
    assert Wish.objects.get().answer == NO
    enter(here)
    body = one | {"digest": read(here.number, "refuse_own_score"), "text": "다시"}
    got = machine(here, "approver").post(f"{api}/refuse", body, content_type=json)
    assert [(row["verb"], row["answer"]) for row in got.json()["wishes"]] == [
        ("confirm_own_score", NO), ("confirm_own_score", "다시"),
    ]  # fmt: skip
    assert got.json()["candidates"][0]["own_score"] is None
    assert got.json()["candidates"][0]["reopening"] == ""
    enter(here)
    assert officer.post(f"{url}/withdraw_own", one).status_code == 302
    enter(here)
    back = machine(here, "officer").post(f"{api}/withdraw", one, content_type=json)
    assert (back.status_code, back.json()["candidates"][0]["own_score"]) == (200, None)
    ended = [row.ended for row in Wish.objects.order_by("id")]
    assert ended == ["refused", "refused", "withdrawn", "withdrawn"]
