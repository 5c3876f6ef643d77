"""What no official text is known of goes out only by an agency's own standard, read by two."""

from typing import Any

import pytest

from jangteo.ground.errors import Refusal, Refusals
from jangteo.rules.entry.standard import CODE, own_standard
from jangteo.stages.tender import actions, queries
from tests.stages.tender.agency import POSTED, Agency
from tests.stages.tender.test_entry import enter

pytestmark = pytest.mark.django_db
NAMED = "푸른시 적격심사 세부기준(푸른시 예규 제12호) 별표 3"


def codes(agency: Agency, number: str) -> list[str]:
    return [one.finding.code for one in _care(agency, number).doubts]


def _care(agency: Agency, number: str) -> Any:
    return queries.care_for(agency.contract, number, at=POSTED)


def test_a_practice_world_does_not_ask(town: Agency) -> None:
    assert codes(town, town.draft()) == []


def test_rows_with_an_official_text_ask_nothing(agency: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    assert codes(agency, agency.draft(licences=["0001"], title="도로 보수공사")) == []
    assert own_standard(["price/draw:15-2-4-2020"]) == []
    assert own_standard([]) == []


def test_two_people_name_the_standard_before_it_goes_out(town: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    number = town.draft()
    assert codes(town, number) == [CODE]
    (doubt,) = _care(town, number).doubts
    assert "award/screening:local-" in doubt.finding.params["rows"]
    assert "지방계약법 시행령 제42조" in doubt.finding.law
    with pytest.raises(Refusals) as caught:
        actions.publish(by=town.contract, at=POSTED, number=number)
    assert CODE in [one.code for one in caught.value.refusals]
    told = {"number": number, "code": CODE}
    actions.give_reason(by=town.contract, at=POSTED, reason=NAMED, **told)
    enter(town.opening, number)
    assert _care(town, number).doubts[0].state == "given"
    actions.agree_reason(by=town.opening, at=POSTED, **told)
    (doubt,) = _care(town, number).doubts
    assert (doubt.state, doubt.reason) == ("answered", NAMED)
    assert doubt.given_name != doubt.agreed_name
    town.custody(number)
    assert actions.publish(by=town.contract, at=POSTED, number=number).version == 0


def test_the_small_band_asks_for_two_here_as_well(town: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    number = town.draft(base_amount=55_000_000, estimated_price=50_000_000, a_value=2_500_000)
    assert _care(town, number).second.state == "not_needed"
    assert codes(town, number) == [CODE]
    told = {"number": number, "code": CODE}
    actions.give_reason(by=town.contract, at=POSTED, reason=NAMED, **told)
    with pytest.raises(Refusal) as refused:
        actions.agree_reason(by=town.contract, at=POSTED, **told)
    assert refused.value.code == "tender.agree_reason.same_person"
    assert _care(town, number).doubts[0].state == "given"
    assert queries.care_for(town.opening, number, at=POSTED).may_agree is True
    actions.agree_reason(by=town.opening, at=POSTED, **told)
    assert _care(town, number).doubts[0].state == "answered"


def test_a_standard_named_for_one_kind_does_not_stand_for_another(
    town: Agency, settings: Any
) -> None:
    settings.SANDBOX = False
    number = town.draft(
        procedure="quotation", category="services", licences=[], a_value=0,
        base_amount=44_000_000, estimated_price=40_000_000,
    )  # fmt: skip
    told = {"number": number, "code": CODE}
    actions.give_reason(by=town.contract, at=POSTED, reason=NAMED, **told)
    actions.agree_reason(by=town.opening, at=POSTED, **told)
    standards = [one for one in _care(town, number).doubts if one.finding.code == CODE]
    assert [one.state for one in standards] == ["answered"]
    changed = {"service_kind": "simple_labour"}
    actions.save_draft(by=town.contract, at=POSTED, number=number, changes=changed)
    standards = [one for one in _care(town, number).doubts if one.finding.code == CODE]
    assert [one.state for one in standards] == ["open"]


def test_the_largest_local_band_rests_on_an_assumed_table(town: Agency, settings: Any) -> None:
    settings.SANDBOX = False
    number = town.draft(
        base_amount=22_000_000_000, estimated_price=20_000_000_000, a_value=900_000_000
    )
    (doubt,) = [one for one in _care(town, number).doubts if one.finding.code == CODE]
    assert "price/floor_rate:local-10bn-30bn-2025-07-01 (81.995)" in doubt.finding.params["rows"]
    assert "award/screening:local-10bn-30bn-2025-07-01 (" in doubt.finding.params["rows"]


@pytest.mark.parametrize(
    ("who", "rows", "said", "law"),
    [
        ("agency", [], "knows no table", "제42조제5항"),
        (
            "town",
            [
                "award/difficulty:local-works-2020",
                "award/screening:local-10bn-30bn-2025-07-01",
                "deadline/international:local-works-2026",
            ],
            "knows no official text",
            "지방계약법 시행령 제42조제2항",
        ),
    ],
)
def test_another_floor_rate_does_not_spare_the_standard(
    who: str, rows: Any, said: str, law: str, request: pytest.FixtureRequest, settings: Any
) -> None:
    settings.SANDBOX = False
    here: Agency = request.getfixturevalue(who)
    number = here.draft(
        base_amount=22_000_000_000, estimated_price=20_000_000_000, a_value=900_000_000,
        floor_rate="81.5", floor_rate_reason="기관의 기준에 따릅니다.", licences=["0001"],
    )  # fmt: skip
    (doubt,) = [one for one in _care(here, number).doubts if one.finding.code == CODE]
    named = [one for one in doubt.finding.params.get("rows", "").split("; ") if one]
    assert (doubt.two, [one.partition(" ")[0] for one in named]) == (True, rows)
    assert said in doubt.finding.text and law in doubt.finding.law
    with pytest.raises(Refusals) as caught:
        actions.publish(by=here.contract, at=POSTED, number=number)
    assert CODE in [one.code for one in caught.value.refusals]
