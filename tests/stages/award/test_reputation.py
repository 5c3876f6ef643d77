"""Reputation (신인도) adds or takes away points within what capability may reach."""

import pytest

from jangteo.ground.errors import Refusals
from jangteo.stages.award.models import Review
from tests.stages.award.opened import FULL, opened, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("finance", "reputation", "total"),
    [("8.1", "0.5", "95"), ("10", "-1.4", "95"), ("9", "+6", "96.4"), ("10", "8", "96.4"),
     ("8.6", "0", "95"), ("8.6", " ", "95")],
)  # fmt: skip
def test_reputation_adds_and_takes_away_within_capability(
    finance: str, reputation: str, total: str
) -> None:
    here = opened()
    here.call()
    here.submit()
    here.do("pass_review", "officer", scores={"finance": finance, "reputation": reputation})
    (found,) = Review.objects.all()
    assert (found.total, found.passed) == (total, True)
    typed = reputation.strip()
    assert found.scores == {"finance": finance} | (
        {"reputation": typed.lstrip("+")} if typed else {}
    )
    codes = [step["code"] for step in found.steps]
    assert codes.count("award.screening.capability") == bool(typed)


def test_reputation_can_take_the_pass_away() -> None:
    here = opened()
    here.call()
    here.submit()
    scores = {"finance": "10", "reputation": "-1.41"}
    below = refused(
        "award.pass.below", lambda: here.do("pass_review", "officer", scores=scores), 409
    )
    assert below.params["total"] == "94.99"
    here.do("fail_review", "officer", ground="score", note="", scores=scores)
    assert here.states() == [(1, "failed"), (2, "called")]
    step = Review.objects.get(ground="score").steps[-2]
    assert step["params"] == {"reputation": "-1.41", "found": "8.59", "most": "10"}
    assert "적격심사세부기준" in step["law"]


@pytest.mark.parametrize("typed", ["8.01", "-9.01", "--1", "-", "1e0", "-1.2345", "\u22121"])
def test_what_reputation_cannot_be_is_refused_at_its_item(typed: str) -> None:
    here = opened()
    here.call()
    here.submit()
    with pytest.raises(Refusals) as several:
        here.do("pass_review", "officer", scores=FULL | {"reputation": typed})
    (one,) = several.value.refusals
    assert (one.code, one.field) == ("award.score.malformed", "reputation")
    assert (one.params["least"], one.params["full"]) == ("-9", "8")
    assert here.states() == [(1, "submitted")]


def test_the_review_page_takes_reputation_and_keeps_it_to_the_decision() -> None:
    here = opened()
    here.call()
    here.submit()
    officer, url = here.client("officer"), f"/tenders/{here.number}/award"
    page = officer.get(url).content.decode()
    assert 'name="reputation"' in page
    assert "From -9 to 8; leave it empty where nothing speaks for or against." in page
    typed = {"finance": "10", "reputation": "-1.4", "supplier": here.identifier(0)}
    tried = officer.post(f"{url}/score", typed).content.decode()
    assert '<input type="hidden" name="reputation" value="-1.4">' in tried
    assert officer.post(f"{url}/pass", typed).status_code == 302
    assert Review.objects.get().scores == {"finance": "10", "reputation": "-1.4"}
