"""Where no table scores a candidate, two people score it by the agency's own published standard."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jangteo.records.account.models import Account, Membership
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from jangteo.stages.award import queries
from jangteo.stages.award.models import Award, Calculation, Examination, OwnScore, Review, Wish
from jangteo.stages.award.queries.results import results_of
from jangteo.stages.tender.models import Override
from tests.stages.award.opened import AT, DAY, FULL, Opened, chairs, kinds, opened, read, refused
from tests.stages.award.test_reading import machine

pytestmark = pytest.mark.django_db
STANDARD = "푸른시 적격심사 세부기준(푸른시 예규 제12호) 별표 1"
SAID = {"points": "93.5", "pass_mark": "92", "document": STANDARD, "reason": "가격 25, 수행 44"}


def bridge(**terms: Any) -> Opened:
    """A city's bridge of 30 billion won, its first in rank with papers in hand."""
    here = opened(regime="local", estimated_price=30_000_000_000, **terms)
    here.add("other", "contract_officer", here.buyer)
    here.call()
    here.submit()
    return here


def named(here: Opened, agreed: bool = True) -> None:
    """The notice went out by the agency's own standard; one person said so, or two."""
    Override.objects.create(
        tender=here.market.tender, version=0, code="entry.standard.own", terms_hash="a" * 64,
        reason=STANDARD, given_by=here.who("officer").account_id, given_name="하나", given_at=AT,
        agreed_by=here.who("other").account_id if agreed else None,
    )  # fmt: skip


def enter(here: Opened, who: str = "officer", **changed: str) -> None:
    here.do("enter_own_score", who, **(SAID | changed))


def test_nobody_passes_or_fails_unscored() -> None:
    here = bridge()
    fail = {"ground": "score", "note": ""}
    refused("award.own.missing", lambda: here.do("pass_review", "officer", scores={}), 409)
    refused("award.own.missing", lambda: here.do("pass_review", "officer", scores=FULL), 409)
    refused("award.own.missing", lambda: here.do("fail_review", "officer", **fail), 409)
    enter(here)
    no = refused("award.own.missing", lambda: here.do("pass_review", "officer", scores={}), 409)
    assert no.law == "지방계약법 시행령 제42조제2항, 제3항"
    assert (here.states(), Review.objects.count()) == ([(1, "submitted")], 0)
    refused("award.propose.open", lambda: here.do("propose", "officer"), 409)


def test_one_enters_another_confirms_and_the_award_names_the_score() -> None:
    here = bridge()
    enter(here)
    here.do("confirm_own_score", "other")
    here.do("pass_review", "officer", scores={})
    review = Review.objects.get()
    assert (review.total, review.passed) == ("93.5", True)
    assert [(one["params"]["document"], one["law"]) for one in review.steps] == [
        (STANDARD, "지방계약법 시행령 제42조제2항, 제3항")
    ]
    assert kinds(here.number)[-3:] == [
        "examination.enter_own_score", "examination.confirm_own_score", "examination.pass_review",
    ]  # fmt: skip
    told = Entry.objects.get(kind="examination.confirm_own_score")
    assert told.payload == {"document": STANDARD}, "no points in the journal"
    made = here.do("propose", "officer")
    page = here.client("approver").get(f"/tenders/{here.number}/award").content.decode()
    assert "Both calculations of the opening agree." in page
    assert "Both calculations agree." not in page, "nobody computed this score twice"
    assert page.index("one person entered it") < page.index(made.found_by_rules)
    here.do("confirm", "approver")
    assert Award.objects.get().status == "active"


def test_other_points_give_another_hash() -> None:
    found = []
    here = bridge()
    for points in ("93.5", "94"):
        enter(here, points=points)
        here.do("confirm_own_score", "other")
        found.append(hash_of(here))
    assert found[0] != found[1]


def hash_of(here: Opened) -> str:
    ours, theirs = results_of(here.number, Examination.objects.get())
    assert ours == theirs != ""
    return ours


def test_below_the_mark_the_candidate_fails_and_cannot_pass() -> None:
    here = bridge()
    enter(here, points="91.9")
    here.do("confirm_own_score", "approver")
    no = refused("award.pass.below", lambda: here.do("pass_review", "officer", scores={}), 409)
    assert (no.params["total"], no.params["pass_mark"]) == ("91.9", "92")
    here.do("fail_review", "officer", ground="score", note="")
    assert here.states() == [(1, "failed"), (2, "called")]
    enough = bridge()
    enter(enough, points="92")
    enough.do("confirm_own_score", "approver")
    fail = {"ground": "score", "note": ""}
    refused("award.fail.passes", lambda: enough.do("fail_review", "officer", **fail), 409)
    enough.do("pass_review", "officer", scores={})
    assert enough.states() == [(1, "passed")]


def test_one_person_alone_scores_nobody() -> None:
    here = bridge()
    refused("award.own.nobody", lambda: here.do("confirm_own_score", "other"), 409)
    account, buyer = here.people["officer"]
    Membership.objects.create(
        account=Account.objects.get(pk=account.pk), party=buyer, role="approving_officer",
        since=now() - DAY,
    )  # fmt: skip
    enter(here)
    refused("award.own.same_person", lambda: here.do("confirm_own_score", "officer"), 409)
    refused("examination.confirm_own_score.forbidden",
            lambda: here.do("confirm_own_score", "head0"), 403)  # fmt: skip
    refused("award.unknown", lambda: here.do("confirm_own_score", "opener"), 404)
    refused("examination.enter_own_score.forbidden", lambda: enter(here, "approver"), 403)
    wall("wish_by_two_people", lambda: Wish.objects.update(
        ended="confirmed", ended_by=account.pk, ended_at=AT))  # fmt: skip
    assert Wish.objects.get().ended == ""
    desks = [[one.title for one in queries.tasks_for(here.who(who), AT)]
             for who in ("officer", "other", "approver")]  # fmt: skip
    asks = "Confirm the score of a candidate for “{title}”"
    assert [asks in desk for desk in desks] == [False, True, True]


def test_a_later_entry_has_to_be_confirmed_anew() -> None:
    here = bridge()
    enter(here)
    enter(here, points="94")
    rows = Wish.objects.order_by("id")
    said = [(row.own_score.points, row.ended) for row in rows]
    assert said == [("93.5", "withdrawn"), ("94", "")]
    here.do("confirm_own_score", "other")
    enter(here, points="99")
    refused("award.own.missing", lambda: here.do("pass_review", "officer", scores={}), 409)
    here.do("confirm_own_score", "other")
    here.do("pass_review", "officer", scores={})
    assert Review.objects.get().total == "99"


def test_nobody_confirms_a_score_that_was_not_read() -> None:
    here = bridge()
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    enter(here)
    seen, other = read(here.number, "confirm_own_score"), here.client("other")
    assert f'name="digest" value="{seen}"' in other.get(url).content.decode()
    enter(here, points="99")
    for digest in (seen, ""):
        no = refused("award.own.not_this",
                     lambda digest=digest: here.do("confirm_own_score", "other", digest=digest),
                     409)  # fmt: skip
        assert no.repair == "Read it again, then confirm it."
        shown = other.post(f"{url}/confirm-own", one | {"digest": digest})
        assert shown.status_code == 409 and "it was changed since" in shown.content.decode()
    api = f"/api/v1{url}/own-score/confirm"
    for body in (one, one | {"digest": seen}):
        got = machine(here, "approver").post(api, body, content_type="application/json")
        assert (got.status_code, got.json()["error"]["code"]) == (409, "award.own.not_this")
    assert [row.ended for row in Wish.objects.order_by("id")] == ["withdrawn", ""]
    assert "examination.confirm_own_score" not in kinds(here.number)
    now_read = {"digest": read(here.number, "confirm_own_score")}
    assert other.post(f"{url}/confirm-own", one | now_read).status_code == 302
    assert Wish.objects.get(ended="confirmed").ended_by == here.who("other").account_id


def test_the_database_keeps_a_score_as_two_people_have_it() -> None:
    here = bridge()
    enter(here)
    exam, entered = Examination.objects.get(), OwnScore.objects.get()
    own = {"total": "93.5", "pass_mark": "92", "passes": "yes", "standard": STANDARD}
    past = {"examination": exam, "what": "own", "at": AT}
    wall("not confirmed", lambda: Calculation.objects.create(**past, ours=own, theirs=own))
    wall("as it was entered", lambda: OwnScore.objects.update(points="99"))
    here.do("confirm_own_score", "other")
    for changed in ({"points": "99"}, {"pass_mark": "1"}, {"document": "a"}):
        wall("as it was entered", lambda changed=changed: OwnScore.objects.update(**changed))
    wall("as it was entered", lambda: OwnScore.objects.all().delete())
    wall("stays as it is", lambda: Wish.objects.update(reason="a"))
    late = {"verb": "confirm_own_score", "examination": exam, "reason": "a", "asked_at": AT}
    wish = Wish.objects.create(**late, asked_by=entered.wish.asked_by)
    Wish.objects.filter(pk=wish.pk).update(ended="withdrawn", ended_by=wish.asked_by, ended_at=AT)
    more = {"points": "99", "pass_mark": "92", "document": STANDARD}
    wall("entered first", lambda: OwnScore.objects.create(wish=wish, **more))
    best = own | {"total": "99"}
    wall("not confirmed", lambda: Calculation.objects.create(**past, ours=best, theirs=best))
    wall("not confirmed", lambda: Calculation.objects.create(**past, ours=own, theirs=best))
    assert (OwnScore.objects.get().points, Calculation.objects.count()) == ("93.5", 1)


def wall(says: str, do: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        do()


def test_who_is_examined_again_is_scored_again() -> None:
    here = bridge()
    enter(here, points="91")
    here.do("confirm_own_score", "other")
    here.do("fail_review", "officer", ground="score", note="")
    one = {"supplier": here.identifier(0)}
    here.do("ask_reopening", "officer", reason="배점을 잘못 적용했습니다.", **one)
    here.do("reopen", "approver", **one)
    here.do("submit_papers", "bidder0")
    refused("award.own.missing",
            lambda: here.do("pass_review", "officer", scores={}, **one), 409)  # fmt: skip
    here.do("enter_own_score", "officer", **(SAID | one))
    here.do("confirm_own_score", "other", **one)
    here.do("pass_review", "officer", scores={}, **one)
    assert here.states()[0] == (1, "passed")


def test_a_score_that_nobody_confirmed_lapses_with_the_failure_and_bars_no_later_one() -> None:
    here = bridge()
    one = {"supplier": here.identifier(0)}
    enter(here, points="91")
    here.do("fail_review", "officer", ground="disqualified", note="부도", **one)
    here.do("ask_reopening", "officer", reason="부도가 아니었습니다.", **one)
    here.do("reopen", "approver", **one)
    refused("award.own.nobody", lambda: here.do("confirm_own_score", "other", **one), 409)
    assert Wish.objects.get(verb="confirm_own_score").ended == "lapsed"
    assert kinds(here.number).count("examination.lapse_own_score") == 1
    here.do("submit_papers", "bidder0")
    here.do("enter_own_score", "officer", **(SAID | one))
    here.do("confirm_own_score", "other", **one)
    here.do("pass_review", "officer", scores={}, **one)
    assert here.states()[0] == (1, "passed")


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"points": ""}, "award.score.missing"), ({"points": "101"}, "award.score.malformed"),
     ({"pass_mark": "0"}, "award.score.missing"), ({"pass_mark": "x"}, "award.score.malformed"),
     ({"document": " "}, "award.reason.missing"), ({"reason": ""}, "award.reason.missing")],
)  # fmt: skip
def test_what_is_no_score_is_refused_at_its_field(changed: dict[str, str], code: str) -> None:
    here = bridge()
    no = refused(code, lambda: enter(here, **changed))
    assert (no.field, OwnScore.objects.count()) == (next(iter(changed)), 0)


def test_outside_a_practice_world_the_notice_must_have_named_the_standard(settings: Any) -> None:
    settings.SANDBOX = False
    here = bridge()
    no = refused("award.own.no_standard", lambda: enter(here), 409)
    assert "제42조" in no.law
    refused("award.own.no_standard", lambda: here.do("pass_review", "officer", scores={}), 409)
    page = here.client("officer").get(f"/tenders/{here.number}/award").content.decode()
    assert "Nobody can be awarded here; tell the operator." in page
    assert 'name="pass_mark"' not in page
    named(here, agreed=False)
    refused("award.own.no_standard", lambda: enter(here), 409)
    Override.objects.all().delete()
    named(here)
    page = here.client("officer").get(f"/tenders/{here.number}/award").content.decode()
    assert STANDARD in page and 'name="pass_mark"' in page
    enter(here)
    here.do("confirm_own_score", "other")
    here.do("pass_review", "officer", scores={})
    assert here.states() == [(1, "passed")]


def test_where_a_table_scores_or_nobody_is_scored_nothing_is_typed_instead() -> None:
    for here in (opened(), chairs()):
        here.call()
        refused("award.own.table", lambda here=here: enter(here), 409)
    early = opened(regime="local", estimated_price=30_000_000_000)
    early.call()
    refused("award.pass.no_papers", lambda: enter(early), 409)


def test_pages_and_machines_lead_to_a_score_of_two_people() -> None:
    here = bridge()
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    officer, other = here.client("officer"), here.client("other")
    assert officer.post(f"{url}/own", one).status_code == 422
    assert officer.post(f"{url}/own", one | SAID).status_code == 302
    assert "Confirm this score" not in officer.get(url).content.decode()
    for who in (other, here.client("approver")):
        assert "Confirm this score" in who.get(url).content.decode()
    assert STANDARD not in here.client("bidder1").get(url).content.decode()
    api, json = f"/api/v1{url}", "application/json"
    body = SAID | one | {"points": "95"}
    got = machine(here, "officer").post(f"{api}/own-score", body, content_type=json)
    digest = read(here.number, "confirm_own_score")
    assert got.json()["candidates"][0]["own_score"] == {
        "points": "95", "pass_mark": "92", "document": STANDARD, "reason": SAID["reason"],
        "confirmed": False, "digest": digest,
    }  # fmt: skip
    one["digest"] = digest
    got = machine(here, "approver").post(f"{api}/own-score/confirm", one, content_type=json)
    assert got.json()["candidates"][0]["own_score"]["confirmed"] is True
    assert "The candidate passes" in officer.get(url).content.decode()
    assert officer.post(f"{url}/pass", one).status_code == 302
    assert here.states() == [(1, "passed")]


def test_who_was_called_meanwhile_is_scored_beside_one_examined_again() -> None:
    here = bridge()
    url, second = f"/tenders/{here.number}/award", {"supplier": here.identifier(1)}
    first = {"supplier": here.identifier(0)}
    here.do("fail_review", "officer", ground="disqualified", note="부도", **first)
    here.submit("bidder1")
    here.do("ask_reopening", "officer", reason="부도가 아니었습니다.", **first)
    here.do("reopen", "approver", **first)
    assert here.states() == [(1, "called"), (2, "submitted")]
    officer, approver = here.client("officer"), here.client("approver")
    shown = officer.get(url).content.decode()
    assert 'name="pass_mark"' in shown and f'value="{second["supplier"]}"' in shown
    assert officer.post(f"{url}/own", second | SAID).status_code == 302
    here.do("submit_papers", "bidder0")
    assert "Confirm this score" in approver.get(url).content.decode(), "it waits for this reader"
    assert "number 1 in rank</h2>" in officer.get(url).content.decode()
    assert OwnScore.objects.get().wish.examination.supplier_id == here.people["bidder1"][1].pk
    named_one = officer.get(url, second).content.decode()
    assert "Another officer confirms it" in named_one
    here.do("ask_supplement", "officer", text="실적증명서", **second)
    assert "confirm_own_score" not in here.page("approver").verbs, "not while it supplements"
    assert not queries.tasks_for(here.who("other"), AT)[0].title.startswith("Confirm the score")
    here.submit("bidder1", AT + DAY)
    page = approver.get(url).content.decode()
    seen = read(here.number, "confirm_own_score")
    assert f'name="digest" value="{seen}"' in page
    assert approver.post(f"{url}/confirm-own", second | {"digest": seen}).status_code == 302
    assert officer.post(f"{url}/pass", second).status_code == 302
    assert here.states() == [(1, "submitted"), (2, "passed")]
