"""What one officer asks for is refused, withdrawn or lapses; after that nobody confirms it."""

from collections.abc import Callable
from typing import Any

import pytest

from jangteo.records.account.models import Account, Membership
from jangteo.records.journal.actions import record
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from jangteo.stages.award.models import Annulment, Award, Review, Wish
from jangteo.stages.award.queries import tasks_for
from tests.stages.award.opened import (
    AT,
    DAY,
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
NO = "계약을 맺기로 했습니다."
ANNUL = "Confirm the annulment of the award of “{title}”"
AGAIN = "Confirm that a candidate for “{title}” is examined again"
COMPUTE = "Confirm that a score for “{title}” is computed again"
NAME = "복지관 지붕 보수공사"
Plant = Callable[[], Any]


def wished() -> Opened:
    """An award in force that the contract officer wants annulled."""
    here = opened()
    here.awarded()
    ask(here)
    return here


def failed() -> Opened:
    """A candidate who failed, and who is to be examined again."""
    here = opened()
    here.call()
    here.submit()
    here.do("fail_review", "officer", ground="disqualified", note="부도")
    ask_again(here)
    return here


def ask(here: Opened, who: str = "officer", **given: str) -> None:
    said = {"cause": "not_signed", "reason": "기한이 지났습니다."} | given
    here.do("ask_annulment", who, **said)


def ask_again(here: Opened, reason: str = "착오") -> None:
    here.do("ask_reopening", "officer", reason=reason, supplier=here.identifier(0))


def both(here: Opened, who: str, role: str) -> None:
    """Somebody holds another role besides."""
    account, buyer = here.people[who]
    Membership.objects.create(
        account=Account.objects.get(pk=account.pk), party=buyer, role=role, since=now() - DAY
    )


def desk(here: Opened, who: str) -> list[str]:
    return [one.title for one in tasks_for(here.who(who), AT)]


def test_the_second_person_refuses_with_a_reason_and_the_asker_is_told() -> None:
    here = wished()
    assert ANNUL in desk(here, "approver")
    refused("award.reason.missing", lambda: here.do("refuse_annulment", "approver", reason=" "))
    here.do("refuse_annulment", "approver", AT + DAY, reason=NO)
    row = Wish.objects.get()
    assert (row.ended, row.answer, row.ended_at) == ("refused", NO, AT + DAY)
    assert row.ended_by == here.who("approver").account_id
    assert (Award.objects.get().status, here.status()) == ("active", "awarded")
    assert kinds(here.number)[-2:] == ["award.ask_annulment", "award.refuse_annulment"]
    told = Entry.objects.get(kind="award.refuse_annulment")
    assert told.payload == {"wish": "annul", "reason": NO}
    before = {who: len(here.inbox(who)) for who in ("bidder0", "bidder1")}
    hear("award.refuse_annulment")
    assert here.inbox("officer") == [f"“{NAME}”: the annulment asked for is refused; see why."]
    assert {who: len(here.inbox(who)) for who in before} == before
    for who in ("officer", "approver"):
        assert ANNUL not in desk(here, who)
        assert NO in here.client(who).get(f"/tenders/{here.number}/award").content.decode()
    for who in ("bidder0", "opener", ""):
        assert NO not in here.client(who).get(f"/tenders/{here.number}/award").content.decode()
        assert here.page(who).wishes == ()
    assert here.page("approver").verbs == {"ask_annulment"}


def test_after_a_refusal_nothing_is_confirmed_and_nothing_refused_twice() -> None:
    here = wished()
    seen = read(here.number, "annul")
    here.do("refuse_annulment", "approver", reason=NO)
    for verb, given in (("annul", {}), ("refuse_annulment", {"reason": NO})):
        refused("award.annul.nobody",
                lambda v=verb, g=given: here.do(v, "approver", digest=seen, **g), 409)  # fmt: skip
    refused("award.annul.nobody", lambda: here.do("withdraw_annulment", "officer"), 409)
    assert not Annulment.objects.exists()
    ask(here, cause="gave_up", reason="업체가 포기했습니다.")
    assert [(row.cause, row.ended) for row in Wish.objects.order_by("asked_at", "id")] == [
        ("not_signed", "refused"), ("gave_up", ""),
    ]  # fmt: skip
    refused("award.annul.not_this", lambda: here.do("annul", "approver", digest=seen), 409)
    refused("award.annul.not_this",
            lambda: here.do("refuse_annulment", "approver", digest=seen, reason=NO),
            409)  # fmt: skip
    here.do("annul", "approver")
    assert (Annulment.objects.get().cause, Award.objects.get().status) == ("gave_up", "cancelled")


def test_who_asked_does_not_refuse_whatever_roles_they_hold() -> None:
    here = wished()
    both(here, "officer", "approving_officer")
    refused("award.annul.same_person",
            lambda: here.do("refuse_annulment", "officer", reason=NO), 409)  # fmt: skip
    assert not here.page("officer").verbs & {"annul", "refuse_annulment"}
    here.do("withdraw_annulment", "officer")
    assert Wish.objects.get().ended == "withdrawn"
    for who in ("head0", "bidder1", "opener", "inspector"):
        for verb, given in (("refuse_annulment", {"reason": NO}), ("withdraw_annulment", {})):
            with pytest.raises(Exception) as caught:
                here.do(verb, who, **given)
            assert caught.value.code in ("award.none", f"award.{verb}.forbidden"), who


def test_a_contract_officer_cannot_refuse() -> None:
    here = wished()
    here.add("second", "contract_officer", here.buyer)
    refused("award.refuse_annulment.forbidden",
            lambda: here.do("refuse_annulment", "second", reason=NO), 403)  # fmt: skip
    here.do("withdraw_annulment", "second")
    assert (Wish.objects.get().ended, kinds(here.number)[-1]) == (
        "withdrawn", "award.withdraw_annulment",
    )  # fmt: skip
    assert ANNUL not in desk(here, "approver")
    refused("award.annul.nobody", lambda: here.do("annul", "approver"), 409)


def test_an_approving_officer_withdraws_its_own_wish_alone() -> None:
    here = wished()
    refused("award.annul.not_yours", lambda: here.do("withdraw_annulment", "approver"), 409)
    here.do("withdraw_annulment", "officer")
    ask(here, "approver")
    assert here.page("approver").verbs == {"ask_annulment", "withdraw_annulment"}
    here.do("withdraw_annulment", "approver")
    assert [row.ended for row in Wish.objects.all()] == ["withdrawn", "withdrawn"]


def test_another_wish_ends_the_one_before() -> None:
    here = wished()
    ask(here, "approver", cause="formula", reason="하한율")
    rows = [(row.cause, row.ended) for row in Wish.objects.order_by("id")]
    assert rows == [("not_signed", "withdrawn"), ("formula", "")]


def test_while_a_contract_stands_no_desk_and_no_form_asks_for_it() -> None:
    here = wished()
    by = here.who("officer")
    record("contract.draft", "contract:1", by=by, at=AT, tender=here.number)
    for who in ("officer", "approver"):
        assert ANNUL not in desk(here, who)
        assert here.page(who).verbs == frozenset()
        page = here.client(who).get(f"/tenders/{here.number}/award").content.decode()
        assert "Ask for the annulment" not in page and "annul" not in page.split("<main")[1]
    record("contract.cancel", "contract:1", by=by, at=AT, tender=here.number)
    assert here.page("officer").verbs == {"ask_annulment", "withdraw_annulment"}


def test_who_is_not_examined_again_and_why() -> None:
    here = failed()
    one = {"supplier": here.identifier(0)}
    seen = read(here.number, "reopen")
    refused("award.reopen.not_this",
            lambda: here.do("refuse_reopening", "approver", reason=NO, digest="", **one),
            409)  # fmt: skip
    refused("examination.refuse_reopening.forbidden",
            lambda: here.do("refuse_reopening", "officer", reason=NO, **one), 403)  # fmt: skip
    here.do("refuse_reopening", "approver", reason=NO, **one)
    assert (Wish.objects.get().ended, here.states()[0]) == ("refused", (1, "failed"))
    refused("award.reopen.nobody",
            lambda: here.do("reopen", "approver", digest=seen, **one), 409)  # fmt: skip
    refused("award.reopen.nobody",
            lambda: here.do("refuse_reopening", "approver", reason=NO, digest=seen, **one),
            409)  # fmt: skip
    assert AGAIN not in desk(here, "approver")
    hear("examination.refuse_reopening")
    told = f"“{NAME}”: what is asked about a candidate is refused; see why."
    assert here.inbox("officer")[-1] == told
    assert not [text for text in here.inbox("bidder0") if "asked" in text]
    ask_again(here, "새 증빙이 있습니다.")
    here.do("reopen", "approver", **one)
    assert here.states()[0] == (1, "called")


def test_a_wish_about_a_candidate_is_withdrawn_by_a_contract_officer() -> None:
    here = failed()
    one = {"supplier": here.identifier(0)}
    refused("examination.withdraw_reopening.forbidden",
            lambda: here.do("withdraw_reopening", "approver", **one), 403)  # fmt: skip
    seen = read(here.number, "reopen")
    here.do("withdraw_reopening", "officer", **one)
    assert (Wish.objects.get().ended, AGAIN in desk(here, "approver")) == ("withdrawn", False)
    refused("award.reopen.nobody", lambda: here.do("withdraw_reopening", "officer", **one), 409)
    ask_again(here, "다른 까닭")
    refused("award.reopen.not_this",
            lambda: here.do("reopen", "approver", digest=seen, **one), 409)  # fmt: skip
    assert here.states()[0] == (1, "failed")


def test_a_score_is_not_computed_again_and_may_be_asked_for_anew(planted: Plant) -> None:
    here = opened()
    with planted():
        here.call()
    one = {"supplier": here.identifier(0)}
    ask_again(here)
    here.do("refuse_reopening", "approver", reason="아직 고치지 않았습니다.", **one)
    assert (here.states(), COMPUTE in desk(here, "approver")) == ([(1, "hold")], False)
    refused("award.reopen.nobody", lambda: here.do("compute_again", "approver", **one), 409)
    ask_again(here, "고쳤습니다.")
    here.do("compute_again", "approver", **one)
    assert (here.states(), Review.objects.exists()) == ([(1, "called")], False)


def test_who_withdraws_on_hold_ends_what_is_asked_about_it(planted: Plant) -> None:
    here = opened()
    with planted():
        here.call()
    ask_again(here)
    here.do("withdraw", "head0")
    assert here.states() == [(1, "withdrawn"), (2, "called")]
    row = Wish.objects.get()
    assert (row.verb, row.ended, row.ended_by) == ("compute_again", "lapsed", None)
    assert kinds(here.number)[-3:] == ["examination.lapse_reopening", "examination.withdraw",
                                       "examination.call_next"]  # fmt: skip
    hear("examination.lapse_reopening")
    assert here.inbox("officer") == [f"“{NAME}”: a candidate left; what was asked about it lapsed."]
    assert not {COMPUTE, AGAIN} & set(desk(here, "approver"))


def test_the_page_leads_through_refusing_and_withdrawing() -> None:
    here = wished()
    url = f"/tenders/{here.number}/award"
    officer, approver = here.client("officer"), here.client("approver")
    shown = approver.get(url).content.decode()
    assert "Refuse with this reason" in shown and "Withdraw what is asked for" not in shown
    shown = officer.get(url).content.decode()
    assert "Refuse with this reason" not in shown and "Withdraw what is asked for" in shown
    seen = {"digest": read(here.number, "annul")}
    assert approver.post(f"{url}/refuse_annulment", seen | {"reason": ""}).status_code == 422
    assert officer.post(f"{url}/refuse_annulment", seen | {"reason": NO}).status_code == 403
    assert approver.post(f"{url}/refuse_annulment", {"reason": NO}).status_code == 409
    assert approver.post(f"{url}/refuse_annulment", seen | {"reason": NO}).status_code == 302
    assert approver.post(f"{url}/annul", seen).status_code == 409
    korean = here.client("officer", "ko").get(url).content.decode()
    assert "반려됨" in korean and NO in korean
    ask(here)
    assert officer.post(f"{url}/withdraw_annulment").status_code == 302
    assert [row.ended for row in Wish.objects.order_by("id")] == ["refused", "withdrawn"]


def test_the_page_refuses_and_withdraws_about_a_candidate() -> None:
    here = failed()
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    officer, approver = here.client("officer"), here.client("approver")
    assert "Refuse with this reason" in approver.get(url).content.decode()
    assert "Withdraw what is asked for" in officer.get(url).content.decode()
    said = one | {"reason": NO, "digest": read(here.number, "reopen")}
    assert approver.post(f"{url}/refuse_again", said).status_code == 302
    assert NO in officer.get(url).content.decode()
    ask_again(here)
    assert officer.post(f"{url}/withdraw_again", one).status_code == 302
    assert [row.ended for row in Wish.objects.order_by("id")] == ["refused", "withdrawn"]


def test_machines_refuse_and_withdraw() -> None:
    here = wished()
    url, json = f"/api/v1/tenders/{here.number}/award", "application/json"
    officer, approver = machine(here, "officer"), machine(here, "approver")
    (wish,) = approver.get(url).json()["wishes"]
    said = {"text": NO, "digest": wish["digest"]}
    got = officer.post(f"{url}/annulment/refuse", said, content_type=json)
    assert (got.status_code, got.json()["error"]["code"]) == (
        403, "award.refuse_annulment.forbidden",
    )  # fmt: skip
    got = approver.post(f"{url}/annulment/refuse", said, content_type=json)
    assert (got.status_code, got.json()["annulment"]) == (200, None)
    (wish,) = got.json()["wishes"]
    assert (wish["verb"], wish["ended"], wish["answer"]) == ("annul", "refused", NO)
    assert here.client().get(url).json()["wishes"] == []
    assert machine(here, "bidder0").get(url).json()["wishes"] == []
    ask(here)
    got = officer.post(f"{url}/annulment/withdraw")
    assert [row["ended"] for row in got.json()["wishes"]] == ["refused", "withdrawn"]


def test_machines_refuse_and_withdraw_about_a_candidate() -> None:
    here = failed()
    url, json = f"/api/v1/tenders/{here.number}/award", "application/json"
    officer, approver = machine(here, "officer"), machine(here, "approver")
    (wish,) = approver.get(url).json()["wishes"]
    one = {"supplier": wish["identifier"]}
    said = one | {"text": NO, "digest": wish["digest"]}
    got = approver.post(f"{url}/reopening/refuse", said, content_type=json)
    assert [(row["verb"], row["answer"]) for row in got.json()["wishes"]] == [("reopen", NO)]
    ask_again(here)
    got = officer.post(f"{url}/reopening/withdraw", one, content_type=json)
    assert [row["ended"] for row in got.json()["wishes"]] == ["refused", "withdrawn"]
