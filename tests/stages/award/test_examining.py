"""Candidates are called in the order of rank, hand in papers, and pass or fail on a ground."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from jangteo.ground.errors import Refusals
from jangteo.records.account.queries import Actor
from jangteo.stages.award import actions
from jangteo.stages.award.models import Examination, Review
from jangteo.ui.sentences import refusal_text
from tests.stages.award.opened import AT, DAY, FULL, Opened, chairs, hear, kinds, opened, refused

pytestmark = pytest.mark.django_db
#: seven days from AT, the first not counted, and the night after it; both Tuesdays
PAPERS_DUE = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


def test_a_published_result_calls_its_first_in_rank_once() -> None:
    here = opened()
    hear("opening.publish")
    hear("opening.publish")
    (row,) = Examination.objects.filter(tender=here.market.tender)
    assert (row.rank, row.amount, row.status) == (1, 97_908_840, "called")
    assert (row.papers_due, row.review_due) == (PAPERS_DUE, None)
    assert row.bundle_hash == "b" * 64
    assert kinds(here.number).count("examination.call_next") == 1


def test_the_provisional_score_is_that_of_the_worked_example() -> None:
    here = opened()
    (row,) = here.call()
    score = row.provisional
    assert (score["price"], score["others"], score["total"]) == ("86.4", "10", "96.4")
    assert (score["pass_mark"], score["passes"]) == ("95", True)
    assert [one["code"].rpartition(".")[2] for one in score["steps"]] == ["ratio", "price", "total"]
    assert all("제42조" in one["law"] or "적격심사" in one["law"] for one in score["steps"])
    assert row.rules["award/screening"]
    assert row.rules["papers_due"] == "deadline/steps:national-examination-papers-2020"


def test_who_cannot_reach_the_pass_mark_fails_at_once_and_the_next_is_called() -> None:
    here = opened((97_300_000, 97_908_840))
    hear("opening.publish")
    assert here.states() == [(1, "failed"), (2, "called")]
    (found,) = Review.objects.all()
    assert (found.ground, found.by, found.passed) == ("score", None, False)
    assert float(found.total) < 95
    assert here.why("bidder0").startswith("You were examined and failed. The score is below")
    hear("examination.call_next")
    hear("examination.fail_review")
    assert [said.partition(":")[2] for said in here.inbox("bidder0")[1:]] == [
        " you did not pass the examination; see why."
    ]
    assert "you are examined" in here.inbox("bidder1")[1]


def test_nobody_can_reach_the_pass_mark() -> None:
    here = opened((97_200_000, 97_300_000))
    assert here.call() == []
    assert here.states() == [(1, "failed"), (2, "failed")]
    assert here.status() == "unsuccessful"
    hear("tender.exhaust")
    assert here.inbox("bidder1")[-1].endswith("every candidate failed or withdrew.")


def test_bids_of_the_same_rank_are_examined_together() -> None:
    here = opened((97_908_840, 97_908_840, 99_000_000), ranks=(1, 1, 2))
    assert len(here.call()) == 2
    assert here.states() == [(1, "called"), (1, "called")]


def test_without_a_table_there_is_no_score_but_an_examination_with_the_reason() -> None:
    here = opened(estimated_price=20_000_000_000)
    (row,) = here.call()
    assert "total" not in row.provisional
    assert row.provisional["steps"][0]["code"]
    here.submit()
    refused("award.own.missing", lambda: here.do("pass_review", "officer", scores={}), 409)
    assert here.states() == [(1, "submitted")]
    assert not Review.objects.exists()


@pytest.mark.parametrize("regime", ["national", "local"])
def test_a_quotation_needs_neither_papers_nor_score(regime: str) -> None:
    here = chairs(regime=regime)
    (row,) = here.call()
    assert (row.papers_due, row.review_due, row.provisional) == (None, PAPERS_DUE, {})
    assert here.why("bidder0") == (
        "You are number 1 in rank. The agency checks you now; you need do nothing."
    )
    refused("award.fail.ground", lambda: fail(here, "score"))
    refused("award.fail.early", lambda: fail(here, "no_papers"), 409)
    here.do("pass_review", "officer", scores={})
    assert here.states() == [(1, "passed")]


def fail(
    here: Opened, ground: str, note: str = "확인했습니다.", at: datetime = AT, **more: str
) -> None:
    here.do("fail_review", "officer", at, ground=ground, note=note, **more)


def test_papers_are_handed_in_together_and_start_the_review() -> None:
    here = opened()
    here.call()
    refused("award.papers.none", lambda: here.do("submit_papers", "bidder0"))
    here.paper()
    here.paper()
    row = here.do("submit_papers", "head0", AT + DAY)
    assert row.status == "submitted"
    assert row.papers_at == AT + DAY
    assert row.review_due == datetime(2026, 12, 2, 15, 0, tzinfo=UTC)
    assert kinds(here.number)[-1] == "examination.submit_papers"
    refused("award.papers.not_now", here.paper, 409)
    refused("examination.submit_papers.not_now", lambda: here.do("submit_papers", "bidder0"), 409)


def test_papers_are_taken_until_the_last_moment_and_not_after() -> None:
    here = opened()
    here.call()
    here.paper(at=PAPERS_DUE - DAY / 86_400)
    late = refused("award.papers.late", lambda: here.paper(at=PAPERS_DUE), 409)
    assert late.params["due"] == PAPERS_DUE
    with override("ko"):
        said = refusal_text(late)
    assert "2026. 12. 1.(화) 24:00" in said
    assert "00:00" not in said
    refused("award.papers.late", lambda: here.do("submit_papers", "bidder0", PAPERS_DUE), 409)
    fail(here, "no_papers", at=PAPERS_DUE)
    assert here.states() == [(1, "failed"), (2, "called")]


def test_who_may_hand_in_papers() -> None:
    here = opened()
    here.call()
    for who in ("bidder1", "approver", "opener"):
        with pytest.raises(Exception) as caught:
            here.paper(who)
        assert caught.value.code in ("award.unknown", "award.papers.not_now"), who
    refused("award.papers.not_now", lambda: here.paper("officer"), 409)
    refused("examination.submit_papers.forbidden", lambda: here.do("submit_papers", "officer"), 403)
    assert Examination.objects.get().status == "called"


def test_a_supplement_is_asked_for_once_and_has_its_own_days() -> None:
    here = opened()
    here.call()
    refused(
        "examination.ask_supplement.not_now",
        lambda: here.do("ask_supplement", "officer", text="도장이 없습니다."),
        409,
    )
    here.submit()
    refused("award.reason.missing", lambda: here.do("ask_supplement", "officer", text=" "))
    refused("award.reason.missing", lambda: here.do("ask_supplement", "officer", text="가" * 501))
    row = here.do("ask_supplement", "officer", text="도장이 없습니다.")
    assert (row.status, row.supplement) == ("supplement", "도장이 없습니다.")
    assert row.papers_due == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    refused("award.papers.none", lambda: here.do("submit_papers", "bidder0", AT + DAY))
    refused("examination.pass_review.not_now",
            lambda: here.do("pass_review", "officer", scores=FULL), 409)  # fmt: skip
    here.submit(at=AT + DAY)
    refused("award.supplement.twice", lambda: here.do("ask_supplement", "officer", text="또"), 409)
    hear("examination.ask_supplement")
    hear("examination.submit_papers")
    assert len(here.inbox("bidder0")) == 1
    assert len(here.inbox("officer")) == 2


def test_who_does_not_supplement_in_time_fails() -> None:
    here = opened()
    here.call()
    here.submit()
    here.do("ask_supplement", "officer", text="도장이 없습니다.")
    refused("award.fail.early", lambda: fail(here, "no_papers"), 409)
    fail(here, "no_papers", at=AT + 4 * DAY)
    assert here.states() == [(1, "failed"), (2, "called")]


def test_a_review_passes_at_the_pass_mark_and_not_below_it() -> None:
    here = opened()
    here.call()
    refused("award.pass.no_papers", lambda: here.do("pass_review", "officer", scores=FULL), 409)
    here.submit()
    with pytest.raises(Refusals) as several:
        here.do("pass_review", "officer", scores={})
    assert [one.code for one in several.value.refusals] == ["award.score.missing"]
    below = refused(
        "award.pass.below",
        lambda: here.do("pass_review", "officer", scores={"finance": "8.59"}),
        409,
    )
    assert (below.params["total"], below.params["pass_mark"]) == ("94.99", "95")
    here.do("pass_review", "officer", scores={"finance": "8.6"}, note="좋음")
    (found,) = Review.objects.all()
    assert (found.total, found.passed, found.note) == ("95", True, "좋음")
    assert found.scores == {"finance": "8.6"}
    assert len(found.steps) == 3


@pytest.mark.parametrize(
    "typed", ["10.1", "-1", "1e1", "٣", "1.2345", "5,0", "1.", ".5", "abc", "1/2", "+1"]
)
def test_what_is_no_score_is_refused_at_its_item(typed: str) -> None:
    here = opened()
    here.call()
    here.submit()
    with pytest.raises(Refusals) as several:
        here.do("pass_review", "officer", scores={"finance": typed})
    (one,) = several.value.refusals
    assert (one.code, one.field) == ("award.score.malformed", "finance")
    assert here.states() == [(1, "submitted")]


def test_a_candidate_fails_on_a_ground_only() -> None:
    here = opened()
    here.call()
    refused("award.fail.ground", lambda: fail(here, "ugly"))
    refused("award.reason.missing", lambda: fail(here, "disqualified", " "))
    refused("award.fail.early", lambda: fail(here, "no_papers"), 409)
    refused("award.fail.early", lambda: fail(here, "score", scores=FULL), 409)
    here.submit()
    refused("award.fail.early", lambda: fail(here, "no_papers", at=AT + 30 * DAY), 409)
    refused("award.fail.passes", lambda: fail(here, "score", scores=FULL), 409)
    fail(here, "score", "", scores={"finance": "2"})
    (found,) = Review.objects.all()
    assert (found.total, found.ground, found.note) == ("88.4", "score", "")
    assert here.why("bidder0") == (
        "You were examined and failed. The score is below the pass mark. "
    )


def test_who_passed_can_still_fail_on_a_ground_of_exclusion() -> None:
    here = opened()
    here.call()
    here.passed()
    refused("award.fail.ground", lambda: fail(here, "score", scores={"finance": "0"}))
    fail(here, "disqualified", "영업정지 중입니다.")
    assert here.states() == [(1, "failed"), (2, "called")]
    assert here.why("bidder0").endswith("영업정지 중입니다.")
    assert "영업정지" not in str(here.page("bidder1").candidates)


def test_the_candidate_withdraws_and_the_next_is_called() -> None:
    here = opened()
    here.call()
    refused("examination.withdraw.forbidden", lambda: here.do("withdraw", "bidder0"), 403)
    here.do("withdraw", "head0")
    assert here.states() == [(1, "withdrawn"), (2, "called")]
    hear("examination.withdraw")
    assert here.inbox("officer") == [
        "“복지관 지붕 보수공사”: the candidate withdrew; see who is next."
    ]
    refused("examination.withdraw.not_now", lambda: here.do("withdraw", "head0"), 409)


def test_the_last_candidate_ends_the_tender() -> None:
    here = opened(PRICES_TWO)
    here.call()
    here.do("withdraw", "head0")
    here.do("withdraw", "head1")
    assert here.status() == "unsuccessful"
    assert kinds(here.number)[-1] == "tender.exhaust"
    assert here.call() == []


PRICES_TWO = (97_908_840, 99_000_000)


@pytest.mark.parametrize("outcome", ["failed", "hold"])
def test_without_a_ranking_nobody_is_called(outcome: str) -> None:
    here = opened((), outcome=outcome, code="opening.failed.none_inside")
    refused("award.unknown", here.call, 404)
    refused("award.unknown", here.page, 404)


def test_another_agencys_officer_finds_nothing() -> None:
    here, other = opened(), opened()
    here.call()
    here.submit()
    stranger = other.who("officer")
    for verb, given in (
        ("pass_review", {"scores": FULL}), ("ask_supplement", {"text": "a"}),
        ("fail_review", {"ground": "score", "note": "a"}), ("propose", {}),
    ):  # fmt: skip
        refused(
            "award.unknown",
            lambda verb=verb, given=given: getattr(actions, verb)(
                by=stranger, at=AT, number=here.number, **given
            ),
            404,
        )
    for verb, given in (("refuse", {"reason": "a"}), ("confirm", {})):
        refused(
            "award.none",
            lambda verb=verb, given=given: getattr(actions, verb)(
                by=other.who("approver"), at=AT, number=here.number, **given
            ),
            404,
        )
    refused(
        "award.unknown", lambda: actions.withdraw(by=Actor.anyone(), at=AT, number=here.number), 404
    )


def test_the_officer_decides_on_the_candidate_it_names() -> None:
    here = opened((97_908_840, 97_908_840), ranks=(1, 1))
    here.call()
    here.passed(1)
    here.submit("bidder0")
    assert here.page("officer").current.identifier == here.identifier(0)
    here.do("pass_review", "officer", scores=FULL)
    assert here.states() == [(1, "passed"), (1, "passed")]
    refused("award.unknown",
            lambda: here.do("pass_review", "officer", scores=FULL, supplier="0"), 404)  # fmt: skip
