"""Every clock of an award opens its steps on the page of whoever it runs for."""

from datetime import UTC, datetime

import pytest

from jangteo.stages.award import queries
from jangteo.stages.award.models import Award
from tests.stages.award.opened import opened

pytestmark = pytest.mark.django_db


def test_papers_review_and_signing_say_why_they_are_due() -> None:
    here = opened()
    here.call()
    page = here.client("bidder0").get(f"/tenders/{here.number}/award").content.decode()
    assert "deadline/steps:national-examination-papers-2020" in page
    here.paper()
    here.submit()
    page = here.client("officer").get(f"/tenders/{here.number}/award").content.decode()
    assert "deadline/steps:national-examination-review-2020" in page
    assert "deadline/steps:national-examination-papers-2020" not in page


def test_the_day_of_signing_is_asked_again_of_the_same_row() -> None:
    here = opened()
    here.awarded()
    row = queries.award_named(Award.objects.get().pk)
    assert row is not None
    (why,) = row.due_reasons
    assert why.row == "deadline/steps:national-contract-signing-2020"
    # ten days from Tuesday 24 November: Friday 4 December, to its end
    assert why.params["day"] == "2026-12-04"
    assert row.contract_due == datetime(2026, 12, 4, 15, 0, tzinfo=UTC)
