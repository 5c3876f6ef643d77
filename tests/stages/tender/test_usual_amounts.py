"""Amounts that all fit each other and are wrong together are told by what was bought before."""

from typing import Any

import pytest

from jangteo.ground.errors import Refusals
from jangteo.stages.tender import actions, queries
from tests.stages.tender.agency import POSTED, Agency

pytestmark = pytest.mark.django_db


def test_the_same_purchase_ten_times_dearer_takes_two_people(agency: Agency) -> None:
    """One page, one amount: the other follows, so the power between the two never shows."""
    terms: dict[str, Any] = {
        "procedure": "quotation", "category": "goods", "title": "2025년 책걸상 구매",
        "licences": [], "site": "본관", "a_value": 0, "base_amount": 3_300_000,
        "estimated_price": 3_000_000,
    }  # fmt: skip
    before = agency.publish(**terms)
    again = {"title": "2026년 책걸상 구매", "site": "별관"}
    number = agency.draft(
        **terms | again | {"base_amount": 33_000_000, "estimated_price": 30_000_000}
    )
    (doubt,) = queries.care_for(agency.contract, number, at=POSTED).doubts
    assert (doubt.finding.code, doubt.two) == ("entry.amounts.unlike_the_same", True)
    assert doubt.finding.params["number"] == before.number
    with pytest.raises(Refusals) as caught:
        actions.publish(by=agency.contract, at=POSTED, number=number)
    assert "entry.amounts.unlike_the_same" in [one.code for one in caught.value.refusals]
    right = {"base_amount": 3_520_000, "estimated_price": 3_200_000}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=right)
    assert queries.care_for(agency.contract, number, at=POSTED).doubts == ()
