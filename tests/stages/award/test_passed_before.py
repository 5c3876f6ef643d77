"""Ways on for who passed before both engines scored, and for who is insolvent on hold."""

import pytest

from jangteo.stages.award.models import Award, Calculation, Review
from tests.stages.award.opened import FULL, opened, refused
from tests.stages.award.test_twice import OURS, Plant, planted

pytestmark = pytest.mark.django_db
__all__ = ["planted"]


def test_a_review_from_before_is_computed_by_both_when_the_award_is_proposed(
    planted: Plant,
) -> None:
    here = opened()
    here.call()
    here.passed()
    Calculation.objects.all().delete()
    with planted():
        no = refused("award.propose.other_score", lambda: here.do("propose", "officer"), 409)
    assert "When the fault is mended, propose again" in no.repair
    assert (Award.objects.count(), Calculation.objects.count()) == (0, 0)
    Review.objects.update(total="95")
    refused("award.propose.other_score", lambda: here.do("propose", "officer"), 409)
    Review.objects.update(total="96.4", scores={})
    refused("award.propose.other_score", lambda: here.do("propose", "officer"), 409)
    assert (here.states(), Calculation.objects.count()) == ([(1, "passed")], 0)
    Review.objects.update(scores=FULL)
    here.do("propose", "officer")
    row = Calculation.objects.get()
    assert (row.what, row.ours, row.theirs, row.why) == ("review", OURS, OURS, "")
    here.do("confirm", "approver")
    assert Award.objects.get().status == "active"


def test_who_is_insolvent_on_hold_fails_and_on_no_other_ground(planted: Plant) -> None:
    here = opened()
    with planted():
        here.call()
    assert here.states() == [(1, "hold")]
    for ground in ("score", "no_papers"):
        fail = {"ground": ground, "note": "부도"}
        refused("award.fail.ground",
                lambda fail=fail: here.do("fail_review", "officer", **fail))  # fmt: skip
    url, one = f"/tenders/{here.number}/award", {"supplier": here.identifier(0)}
    shown = here.client("officer").get(url).content.decode()
    assert 'value="disqualified"' in shown
    assert 'value="disqualified"' not in here.client("approver").get(url).content.decode()
    body = one | {"ground": "disqualified", "note": "부도"}
    assert here.client("officer").post(f"{url}/fail", body).status_code == 302
    assert here.states() == [(1, "failed"), (2, "called")]
