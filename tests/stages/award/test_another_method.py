"""A method nobody knew before: scored, but without papers. No stage has to be told of it."""

from fractions import Fraction
from typing import Any

import pytest

from jangteo.ground.errors import Refusals
from jangteo.rules import award as rules
from jangteo.rules.award import ranking, screening
from jangteo.rules.award.method import Item, Method, Score, Scoring
from jangteo.stages.award.actions import facts
from jangteo.stages.award.models import Review
from tests.stages.award.opened import Opened, opened, refused

pytestmark = pytest.mark.django_db
DESIGN = Item("design", "Design", Fraction(20))


def _score(**given: object) -> Score:
    scores = given.get("scores", {"design": DESIGN.full})
    assert isinstance(scores, dict)
    total = 70 + scores["design"]
    return Score(
        Fraction(70), scores["design"], total, Fraction(85), total >= 85, (), {"award/design": "x"}
    )


def _case(*, scores: Any, others: Any, **offer: Any) -> dict[str, Any]:
    """The same sum as a case of docs/figures.md: 70 points whatever the price."""
    row = {
        "id": "x", "since": "2020-01-01",
        "where": {"regime": "*", "category": "*", "estimated_price": "0.."},
        "values": {
            "weight": "70", "k": "0", "basis": "100", "cap": "1000", "flat": "70", "least": "2",
            "pass": "85", "items": "design=20", "capability": "0", "reputation_low": "0",
            "reputation_high": "0",
        },
    }  # fmt: skip
    made = screening.case(scores=scores, others=others, **offer)
    return {**made, "rows": {**made["rows"], "award/screening": row}}


METHOD = Method(
    rank=ranking.rank,
    examined="Weighing of designs",
    laws={"national": "제1조", "local": "제2조"},
    inputs=frozenset({"reserve_price", "amount"}),
    scoring=Scoring(
        category=lambda category, licences, *, on: category,
        items=lambda **terms: (DESIGN,),
        extras=lambda **terms: (),
        provisional=_score,
        reviewed=_score,
        case=_case,
        coefficients=lambda **terms: None,
    ),
)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Opened:
    monkeypatch.setitem(rules.METHODS, "design", METHOD)  # type: ignore[arg-type]
    return opened(award_method="design")


def test_its_candidates_are_called_without_papers_and_passed_by_its_own_score(here: Opened) -> None:
    assert METHOD.needs == {"scores"}
    (row,) = here.call()
    assert (row.papers_due, row.review_due is None) == (None, False)
    assert row.provisional["items"] == [{"code": "design", "text": "Design", "full": "20"}]
    assert (row.provisional["total"], row.rules["award/design"]) == ("90", "x")
    said = facts(here.number)
    assert [str(one) for what, one in said.items() if what.endswith("papers")] == [
        "90 of 85, passes (x)"
    ] * 3
    page = here.page("officer")
    assert (page.with_papers, "review" in page.verbs) == (False, True)
    with pytest.raises(Refusals) as caught:
        here.do("pass_review", "officer", scores={})
    assert [one.code for one in caught.value.refusals] == ["award.score.missing"]
    refused(
        "award.pass.below",
        lambda: here.do("pass_review", "officer", scores={"design": "14.9"}), 409,
    )  # fmt: skip
    here.do("pass_review", "officer", scores={"design": "15"})
    assert (here.states(), Review.objects.get().total) == ([(1, "passed")], "85")


def test_its_candidates_fail_by_its_own_score_and_are_never_late_with_papers(here: Opened) -> None:
    here.call()
    late = {"ground": "no_papers", "note": "확인했습니다."}
    refused("award.fail.early", lambda: here.do("fail_review", "officer", **late), 409)
    below = {"ground": "score", "note": "", "scores": {"design": "14"}}
    here.do("fail_review", "officer", **below)
    assert here.states() == [(1, "failed"), (2, "called")]
    assert Review.objects.get().total == "84"
