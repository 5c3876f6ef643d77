"""The difficulty of works: asked for where the screening multiplies a mark, nowhere else."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from jangteo.ground.errors import Refusals
from jangteo.records.account.models import Account
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.queries.difficulty import difficulty_problems
from tests.stages.tender.agency import POSTED, Agency, kst

pytestmark = pytest.mark.django_db
#: forty days before the deadline, as works from five billion won ask for
EARLY = kst(29, 9, month=10)
LAW = "조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11], [별표 12] 제1호"
LARGE: dict[str, Any] = {
    "base_amount": 7_700_000_000, "estimated_price": 7_000_000_000, "a_value": 300_000_000,
}  # fmt: skip


def told(agency: Agency, **changed: Any) -> list[tuple[str, str]]:
    number = agency.draft(at=EARLY, **LARGE | changed)
    found = queries.against(queries.draft(agency.contract, number), at=EARLY)
    return [(one.code, one.law) for one in found if one.field == "difficulty"]


def test_large_works_are_not_published_without_one(agency: Agency, town: Agency) -> None:
    assert told(agency, difficulty="") == [("tender.difficulty.missing", LAW)]
    assert told(town, difficulty="") == [
        (
            "tender.difficulty.missing",
            "지방자치단체 입찰시 낙찰자 결정기준 (지방계약법 시행령 제42조제2항)",
        )
    ]
    assert told(agency, difficulty="0.87") == [("tender.difficulty.unknown", LAW)]
    assert told(agency, difficulty="0.9") == told(agency, difficulty="1") == []
    number = agency.draft(at=EARLY, **LARGE, difficulty="")
    with pytest.raises(Refusals) as caught:
        actions.ask_for_keys(by=agency.contract, at=EARLY, number=number)
    (one,) = caught.value.refusals
    assert one.code == "tender.difficulty.missing"
    assert one.params == {"values": "0.80, 0.85, 0.90, 0.95, 1.00"}
    with pytest.raises(Refusals) as late:
        actions.publish(by=agency.contract, at=EARLY, number=number)
    assert "tender.difficulty.missing" in [one.code for one in late.value.refusals]
    assert Client().get(f"/api/v1/tenders/{number}").status_code == 404


def test_electrical_works_are_of_the_last_grade(agency: Agency) -> None:
    assert told(agency, licences=["0037"], difficulty="0.85") == [
        ("tender.difficulty.unknown", LAW.replace("[별표 11]", "[별표 11] E등급"))
    ]
    assert told(agency, licences=["0037"], difficulty="1.00") == []


@pytest.mark.parametrize(
    "other",
    [
        {"base_amount": 330_000_000, "estimated_price": 300_000_000, "a_value": 12_345_678},
        {"base_amount": 5_499_999_999, "estimated_price": 4_999_999_999},
        {"base_amount": 22_000_000, "estimated_price": 20_000_000, "a_value": 0,
         "procedure": "quotation"},
        {"base_amount": 22_000_000, "estimated_price": 20_000_000, "a_value": None,
         "procedure": "quotation", "category": "goods", "licences": []},
    ],
    ids=["small", "a won less", "quotation", "goods"],
)  # fmt: skip
def test_what_multiplies_no_mark_names_none(agency: Agency, other: dict[str, Any]) -> None:
    assert told(agency, **other, difficulty="1.00") == [
        ("tender.difficulty.not_asked", "조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11]")
    ]
    assert told(agency, **other, difficulty="") == []


def test_it_is_entered_twice_blind_and_published(agency: Agency) -> None:
    number = agency.draft(at=EARLY, **LARGE, difficulty="0.85")
    assert queries.draft(agency.opening, number).difficulty == ""
    found = queries.draft(agency.contract, number)
    values = {name: getattr(found, name) for name in queries.TWICE}
    assert values["difficulty"] == "0.85"
    for typed, differs in (("0.80", ("difficulty",)), ("", ("difficulty",)), ("0.85", ())):
        given = values | {"difficulty": typed}
        call = actions.second_entry
        assert call(by=agency.opening, at=EARLY, number=number, values=given) == differs
    agency.custody(number, at=EARLY)
    published = actions.publish(by=agency.contract, at=EARLY, number=number)
    assert published.difficulty == "0.85"
    assert Client().get(f"/api/v1/tenders/{number}").json()["difficulty"] == "0.85"
    page = Client(headers={"accept-language": "ko"}).get(f"/tenders/{number}").content.decode()
    assert "난이도 계수" in page and "0.85" in page


def test_a_correction_of_a_notice_from_before_may_leave_it_out(agency: Agency) -> None:
    published = agency.publish(at=EARLY, **LARGE, difficulty="0.95")
    actions.start_correction(by=agency.contract, at=EARLY, number=published.number)
    draft = queries.draft(agency.contract, published.number)
    assert draft.difficulty == "0.95"
    day = published.rule_day
    old, blank = replace(published, difficulty=""), replace(draft, difficulty="")
    assert difficulty_problems(blank, on=day, current=old) == []
    assert difficulty_problems(draft, on=day, current=old) == []
    (one,) = difficulty_problems(blank, on=day, current=published)
    assert one.code == "tender.difficulty.missing"


@pytest.mark.parametrize("typed", ["2", "0.855", ".85", "0,85", "-1", " 1", 1, 0.85, None])
def test_what_is_no_such_number_is_refused_at_once(agency: Agency, typed: Any) -> None:
    number = agency.draft()
    with pytest.raises(Refusals) as caught:
        actions.save_draft(
            by=agency.contract, at=POSTED, number=number, changes={"difficulty": typed}
        )
    (one,) = caught.value.refusals
    assert (one.code, one.field) == ("tender.field.malformed", "difficulty")


def test_the_page_asks_for_it_where_it_may_be_needed(agency: Agency) -> None:
    officer = Client(headers={"accept-language": "en"})
    officer.force_login(Account.objects.get(pk=agency.contract.account_id))
    asked = 'name="difficulty"'
    for terms, shown in (
        (LARGE, True), ({"estimated_price": None, "base_amount": None}, True),
        ({"estimated_price": 300_000_000}, False),
    ):  # fmt: skip
        number = agency.draft(at=EARLY, **terms | {"difficulty": ""})
        page = officer.get(f"/my/tenders/{number}/amounts").content.decode()
        assert (asked in page) == shown


@pytest.mark.parametrize(
    ("who", "language", "said"),
    [
        (
            "agency",
            "ko",
            "추정가격 5,000,000,000원 이상 10,000,000,000원 미만 공사는 반드시 적습니다. 주된 공사 "
            f"종류의 등급에 따르며, 기초금액과 함께 공개됩니다. 근거: {LAW}",
        ),
        (
            "town",
            "en",
            "Required of works from KRW 5,000,000,000 to below KRW 30,000,000,000 of estimated "
            "price: the grade of the main kind of works. Published with the base amount. Law: "
            "Local Government Criteria for Choosing the Awardee (Enforcement Decree of the Local "
            "Contracts Act, Article 42(2))",
        ),
    ],
)
def test_the_page_says_which_works_must_name_one_and_calls_it_optional_nowhere(
    who: str, language: str, said: str, request: pytest.FixtureRequest
) -> None:
    here: Agency = request.getfixturevalue(who)
    officer = Client(headers={"accept-language": language})
    officer.force_login(Account.objects.get(pk=here.contract.account_id))
    empty = {"ko": ("적지 않음", "고르세요"), "en": ("None named", "Choose one")}[language]
    for price, chosen in ((None, empty[0]), (7_000_000_000, empty[1])):
        number = here.draft(at=EARLY, **LARGE | {"estimated_price": price, "difficulty": ""})
        page = officer.get(f"/my/tenders/{number}/amounts").content.decode()
        label = page.partition('<label for="id_difficulty">')[2].partition("</label>")[0]
        assert label == {"ko": "난이도 계수", "en": "Difficulty of the works"}[language]
        hint = page.partition('id="id_difficulty_hint">')[2].partition("</p>")[0]
        assert hint == said
        options = page.partition('name="difficulty"')[2].partition("</select>")[0]
        first = options.partition("</option>")[0]
        assert first.endswith(f">{chosen}"), first
    optional = {"ko": "(선택)", "en": "(optional)"}[language]
    said_so = [
        optional in page.partition(f'<label for="id_{name}">')[2].partition("</label>")[0]
        for name in ("budget_amount", "base_net_cost", "floor_rate")
    ]
    assert said_so == [False, False, True]  # without one of the first two a reason is asked for


def test_whoever_enters_it_a_second_time_is_told_the_same(agency: Agency) -> None:
    number = agency.draft(at=EARLY, **LARGE, difficulty="0.85")
    second = Client(headers={"accept-language": "ko"})
    second.force_login(Account.objects.get(pk=agency.opening.account_id))
    page = second.get(f"/my/tenders/{number}/care").content.decode()
    field = page.partition('<label for="id_difficulty">')[2].partition("</select>")[0]
    assert field.startswith("난이도 계수</label>") and "미만 공사는 반드시 적습니다" in field
    assert "0.85" in field and "selected" not in field.partition('value="0.80"')[2]
