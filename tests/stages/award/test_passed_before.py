"""Who passed before both engines scored is computed twice when the award is proposed."""

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
