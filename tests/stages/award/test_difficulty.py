"""Difficult works: who cannot pass fails at once, and a review gives no more than the mark."""

import pytest

from jangteo.ground.errors import Refusals
from jangteo.stages.award.models import Examination, Review
from tests.stages.award.opened import AT, opened, refused

pytestmark = pytest.mark.django_db
LARGE = {"base_amount": 7_700_000_000, "estimated_price": 7_000_000_000}
#: 87.495 and 88.25 % of what of the reserve price is above the A value
PRICES = (95_995_569, 96_616_920)
SCORES = {"experience": "15", "finance": "15", "wages": "8.5", "subcontracting": "10"}


def test_a_bid_at_the_usual_floor_fails_and_the_next_is_called() -> None:
    here = opened(PRICES, **LARGE, difficulty="0.85")
    here.call()
    assert here.states() == [(1, "failed"), (2, "called")]
    first, second = Examination.objects.order_by("rank")
    assert (first.provisional["total"], first.provisional["passes"]) == ("93.5", False)
    assert (second.provisional["total"], second.provisional["passes"]) == ("95", True)
    for row in (first, second):
        assert row.provisional["twice"]["same"] is True
        assert row.provisional["twice"]["theirs"]["others"] == "48.5"
        full = {one["code"]: one["full"] for one in row.provisional["items"]}
        assert full == SCORES
        assert row.rules["award/difficulty"] == "award/difficulty:national-works-2020"
    (step,) = (
        one for one in first.provisional["steps"] if one["code"] == "award.screening.difficulty"
    )
    assert step["params"] == {"full": "10", "difficulty": "0.85", "most": "8.5"}
    assert "제4조제1항, [별표 11]" in step["law"]


def test_whoever_enters_scores_sees_the_lowered_mark_and_may_not_exceed_it() -> None:
    here = opened(PRICES, **LARGE, difficulty="0.85")
    here.call()
    here.submit("bidder1")
    page = here.client("officer").get(f"/tenders/{here.number}/award").content.decode()
    assert "8.5" in page
    who = here.identifier(1)
    with pytest.raises(Refusals) as caught:
        here.do("pass_review", "officer", scores=SCORES | {"wages": "8.6"}, supplier=who)
    (one,) = caught.value.refusals
    assert (one.code, one.field, one.params["full"]) == ("award.score.malformed", "wages", "8.5")
    below = refused(
        "award.pass.below",
        lambda: here.do("pass_review", "officer", scores=SCORES | {"wages": "8.4"}, supplier=who),
        409,
    )
    assert below.params["total"] == "94.9"
    here.do("pass_review", "officer", scores=SCORES, supplier=who)
    (found,) = Review.objects.filter(passed=True)
    assert (found.total, found.scores) == ("95", SCORES)


@pytest.mark.parametrize("difficulty", ["1.00", ""])
def test_with_the_full_mark_the_same_bid_passes(difficulty: str) -> None:
    here = opened(PRICES, **LARGE, difficulty=difficulty)
    here.call(AT)
    assert here.states() == [(1, "called")]
    (row,) = Examination.objects.all()
    assert row.provisional["total"] == "95"
    step = row.provisional["steps"][-2]["code"]
    named = "award.screening.difficulty" if difficulty else "award.screening.no_difficulty"
    assert step == named
