"""The net cost of a works notice: asked for, kept by a correction, refused where it is none."""

import pytest
from django.test import Client

from jangteo.ground.errors import Refusals
from jangteo.stages.tender import actions, queries
from tests.stages.tender.agency import POSTED, Agency
from tests.stages.tender.test_entry import enter, state

pytestmark = pytest.mark.django_db
MISSING = "entry.net_cost.missing"


def doubted(agency: Agency, number: str) -> list[tuple[str, str]]:
    row = queries.care_for(agency.contract, number, at=POSTED)
    return [(one.finding.code, one.finding.law) for one in row.doubts]


def test_a_notice_without_one_waits_for_a_reason_of_two(agency: Agency, town: Agency) -> None:
    number = agency.draft(base_net_cost=None)
    law = "국가계약법 제10조제3항, 조달청 시설공사 적격심사세부기준 제5조"
    assert doubted(agency, number) == [(MISSING, law)]
    other = town.draft(base_net_cost=None)
    assert doubted(town, other) == [(MISSING, "지방계약법 제13조제4항")]
    actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    with pytest.raises(Refusals) as caught:
        actions.publish(by=agency.contract, at=POSTED, number=number)
    assert MISSING in [one.code for one in caught.value.refusals]
    assert enter(agency.opening, number) == ("base_net_cost",)
    assert enter(agency.opening, number, base_net_cost=None) == ()
    assert doubted(agency, number) == [(MISSING, law)]  # that two left it out is no reason yet
    assert doubted(agency, agency.draft(base_net_cost=280_000_000)) == []


def test_a_correction_keeps_it_and_a_changed_one_is_entered_twice(agency: Agency) -> None:
    published = agency.publish(base_net_cost=281_000_000)
    number = published.number
    assert published.base_net_cost == 281_000_000
    told = Client().get(f"/api/v1/tenders/{number}").json()
    assert told["base_net_cost"] == 281_000_000
    actions.start_correction(by=agency.contract, at=POSTED, number=number)
    assert queries.draft(agency.contract, number).base_net_cost == 281_000_000
    assert state(agency, number) == "not_needed"
    changes = {"base_net_cost": 282_000_000}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=changes)
    assert state(agency, number) == "missing"
    assert enter(agency.opening, number, base_net_cost=281_000_000) == ("base_net_cost",)
    assert enter(agency.opening, number, base_net_cost=282_000_000) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"procedure": "quotation"},
        {"procedure": "quotation", "category": "goods", "licences": [], "a_value": None},
    ],
)
def test_what_has_no_line_names_none(agency: Agency, other: dict[str, object]) -> None:
    small = {"base_amount": 22_000_000, "estimated_price": 20_000_000, "a_value": 900_000}
    number = agency.draft(**small | other | {"base_net_cost": 18_000_000})
    found = queries.against(queries.draft(agency.contract, number), at=POSTED)
    assert [one.field for one in found if one.code == "tender.field.not_for_category"] == [
        "base_net_cost"
    ]
    none = {"base_net_cost": None}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=none)
    found = queries.against(queries.draft(agency.contract, number), at=POSTED)
    assert [one.code for one in found if one.field == "base_net_cost"] == []


def test_one_that_cannot_be_stops_the_notice(agency: Agency) -> None:
    for cost, code in (
        (330_000_001, "entry.net_cost.too_large"), (28_000_000, "entry.net_cost.too_small"),
    ):  # fmt: skip
        number = agency.draft(base_net_cost=cost)
        with pytest.raises(Refusals) as caught:
            actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
        assert [one.code for one in caught.value.refusals] == [code]
