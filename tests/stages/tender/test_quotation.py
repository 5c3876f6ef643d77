"""A small-value quotation: one page or one call, everything else from the rules."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.journal.queries import now
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.models import Draft, Tender
from tests.stages.tender.agency import POSTED, Agency, kst
from tests.stages.tender.test_doors import Machine, signed_in

pytestmark = pytest.mark.django_db

GOODS: dict[str, Any] = {
    "procedure": "quotation",
    "category": "goods",
    "title": "민원실 의자 40개",
    "site": "세종특별자치시 한누리대로 2130",
    "base_amount": 55_000_000,
    "regions": ["11"],
}


def begun(agency: Agency, **changed: Any) -> queries.DraftRow:
    tender = actions.draft_at_once(by=agency.contract, at=POSTED, changes=GOODS | changed)
    return queries.draft(agency.contract, tender.number)


def refused(agency: Agency, **changed: Any) -> dict[str, Refusal]:
    with pytest.raises(Refusals) as found:
        begun(agency, **changed)
    assert not Tender.objects.exists()
    assert not Draft.objects.exists()
    return {one.code: one for one in found.value.refusals}


def test_everything_else_follows_from_the_rules(agency: Agency) -> None:
    row = begun(agency)
    assert (row.procedure, row.award_method, row.category) == ("quotation", "quotation", "goods")
    assert (row.estimated_price, row.a_value) == (50_000_000, 0)
    assert (row.deadline, row.opening_at) == (kst(7, 10), kst(7, 11))
    assert row.bidding_from == kst(4, 10)
    assert queries.problems(row, at=POSTED) == []
    whole = queries.filled(row, on=POSTED.date())
    assert whole.terms["floor_rate"] == "88"
    assert whole.rows["price/floor_rate"] == "price/floor_rate:national-quotation-goods-2020"
    assert whole.terms["price_unit"] == 1


@pytest.mark.parametrize(
    ("changed", "rate"),
    [
        ({"category": "services"}, "88"),
        ({"category": "services", "service_kind": "simple_labour"}, "90"),
        ({"category": "works", "licences": ["0002"]}, "89.745"),
    ],
)
def test_floor_rates_by_what_is_bought(agency: Agency, changed: dict[str, Any], rate: str) -> None:
    row = begun(agency, **changed)
    assert queries.filled(row, on=POSTED.date()).terms["floor_rate"] == rate


def test_the_base_amount_follows_from_the_estimated_price(agency: Agency) -> None:
    row = begun(agency, base_amount=None, estimated_price=100_000_000)
    assert (row.base_amount, row.estimated_price) == (110_000_000, 100_000_000)


@pytest.mark.parametrize(
    ("changed", "law"),
    [
        ({"base_amount": 110_000_011}, "국가계약법 시행령 제26조제1항제5호가목2), 3)"),
        (
            {"category": "works", "licences": ["0037"], "base_amount": 176_000_011},
            "국가계약법 시행령 제26조제1항제5호가목1)",
        ),
    ],
)
def test_above_its_limit_it_is_refused_with_the_article(
    agency: Agency, changed: dict[str, Any], law: str
) -> None:
    found = refused(agency, **changed)
    assert set(found) == {"tender.quotation.too_large"}
    assert found["tender.quotation.too_large"].law == law
    assert found["tender.quotation.too_large"].field == "estimated_price"


def test_at_its_limit_it_is_not(agency: Agency) -> None:
    assert begun(agency, base_amount=110_000_000).estimated_price == 100_000_000


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"title": ""}, {"tender.incomplete"}),
        ({"base_amount": None}, {"tender.incomplete"}),
        ({"deadline": kst(4, 10)}, {"tender.notice_period.too_short"}),
        ({"deadline": kst(7, 9)}, {"tender.deadline.outside_hours"}),
        ({"regions": ["11", "26"]}, {"tender.regions.too_many"}),
        ({"regions": ["99"]}, {"tender.regions.unknown"}),
        ({"licences": ["0002"]}, {"tender.field.not_for_category"}),
        ({"a_value": 1}, {"tender.field.not_for_category"}),
        ({"service_kind": "simple_labour"}, {"tender.field.not_for_category"}),
        ({"category": "works", "licences": ["9999"]}, {"tender.licences.unknown"}),
    ],
)
def test_what_the_law_refuses_leaves_nothing_behind(
    agency: Agency, changed: dict[str, Any], codes: set[str]
) -> None:
    found = refused(agency, **changed)
    assert set(found) == codes


def test_three_days_of_notice_name_their_own_article(agency: Agency) -> None:
    found = refused(agency, deadline=kst(4, 10))["tender.notice_period.too_short"]
    assert found.law == "정부 입찰·계약 집행기준 (국가계약법 시행령 제30조제3항, 제5항)"
    assert found.params["earliest"] == "2026-12-05"


def test_a_later_deadline_brings_its_own_schedule(agency: Agency) -> None:
    row = begun(agency, deadline=kst(10, 14))
    assert (row.bidding_from, row.opening_at) == (kst(7, 14), kst(10, 15))


def test_goods_are_not_offered_for_open_competition(agency: Agency) -> None:
    found = refused(agency, procedure="open")
    assert "tender.category.not_offered" in found


@pytest.mark.parametrize("field", ["procedure", "category", "service_kind"])
def test_closed_lists_stay_closed(agency: Agency, field: str) -> None:
    with pytest.raises(Refusals) as found:
        begun(agency, **{field: "auction"})
    assert [one.code for one in found.value.refusals] == ["tender.field.malformed"]
    if field != "service_kind":
        with pytest.raises(Refusals):
            begun(agency, **{field: ""})


def test_others_may_not_begin_one(agency: Agency) -> None:
    with pytest.raises(Refusal) as found:
        actions.draft_at_once(by=agency.opening, at=POSTED, changes=GOODS)
    assert found.value.code == "tender.draft.forbidden"


def test_published_it_keeps_procedure_and_category(agency: Agency) -> None:
    number = begun(agency).number
    agency.custody(number)
    told = actions.publish(by=agency.contract, at=POSTED, number=number)
    assert (told.procedure, told.category, told.floor_rate) == ("quotation", "goods", "88")
    assert (told.a_value, told.price_unit, told.range_low) == (0, 1, "-2")
    said = queries.conditions(told, on=told.rule_day)
    assert [one.code for one in said] == [
        "award.quotation.limit", "award.quotation.small_enterprise",
    ]  # fmt: skip
    actions.start_correction(by=agency.contract, at=POSTED, number=number)
    changes = {"procedure": "open", "correction_reason": "오기"}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=changes)
    row = queries.draft(agency.contract, number)
    codes = {one.code for one in queries.problems(row, at=POSTED, current=told)}
    assert "tender.procedure.fixed" in codes


def test_a_local_agency_has_its_own_rows(town: Agency) -> None:
    tender = actions.draft_at_once(by=town.contract, at=POSTED, changes=GOODS)
    row = queries.draft(town.contract, tender.number)
    whole = queries.filled(row, on=POSTED.date())
    assert whole.rows["price/floor_rate"] == "price/floor_rate:local-quotation-goods-2020"
    assert (whole.terms["range_low"], row.deadline) == ("-3", kst(7, 10))


QUICK = {
    "what": "goods", "title": "민원실 의자 40개", "base_amount": "55,000,000", "site": "시청",
    "regions": "11",
}  # fmt: skip


def test_one_page_and_the_answers_follow(agency: Agency) -> None:
    contract = signed_in(agency.contract)
    page = contract.get("/my/tenders/quick").content.decode()
    assert 'name="deadline"' in page
    assert '<option value="11" selected>' in page
    file = SimpleUploadedFile("규격서.pdf", b"%PDF-1", "application/pdf")
    answer = contract.post("/my/tenders/quick", QUICK | {"file": file})
    number = answer.headers["Location"].split("/")[3]
    assert answer.headers["Location"] == f"/my/tenders/{number}/check"
    row = queries.draft(agency.contract, number)
    assert (row.procedure, row.estimated_price, row.regions) == ("quotation", 50_000_000, ("11",))
    assert [one.title for one in queries.papers(number, row)] == ["규격서.pdf"]
    checked = contract.get(f"/my/tenders/{number}/check").content.decode()
    for words in (
        "소액수의 견적",
        "88%",
        "물품",
        "국가계약법 시행령 제26조제1항제5호가목",
        "납품 장소",
    ):
        assert words in checked
    assert "A값" not in checked.partition("<form")[0]
    shown = queries.care_for(agency.contract, number, at=now()).examples
    assert shown
    told = contract.post(f"/my/tenders/{number}/check", {"examples": shown.hash})
    assert told.headers["Location"].endswith("/custody")
    for step in ("basics", "place", "amounts", "schedule", "documents"):
        assert contract.get(f"/my/tenders/{number}/{step}").status_code == 200
    amounts = {"base_amount": "66,000,000", "estimated_price": "60,000,000"}
    assert contract.post(f"/my/tenders/{number}/amounts", amounts).status_code == 302
    assert queries.draft(agency.contract, number).base_amount == 66_000_000


def test_the_page_says_what_is_wrong_and_begins_nothing(agency: Agency) -> None:
    contract = signed_in(agency.contract)
    for changed, words in (
        ({"base_amount": ""}, "기초금액이나 추정가격을 입력하세요."),
        ({"base_amount": "200,000,000"}, "추정가격 100,000,000원까지만"),
        ({"title": ""}, "공고 제목을 쓰세요."),
        ({"what": ""}, "하나를 고르세요."),
    ):
        answer = contract.post("/my/tenders/quick", QUICK | changed)
        assert answer.status_code == 200
        assert words in answer.content.decode()
    assert not Tender.objects.exists()


def test_the_page_is_for_officers(agency: Agency) -> None:
    assert Client().get("/my/tenders/quick").headers["Location"].startswith("/sign-in")
    assert signed_in(agency.opening).post("/my/tenders/quick", QUICK).status_code == 403
    assert "/my/tenders/quick" in signed_in(agency.contract).get("/desk").content.decode()
    page = signed_in(agency.contract).get("/my/tenders/new").content.decode()
    assert "/my/tenders/quick" in page
    assert "공사 · 일반경쟁 · 적격심사. 몇 쪽에 나누어 답하며" in page


def test_a_file_too_large_is_told_and_the_notice_stays(agency: Agency) -> None:
    contract = signed_in(agency.contract)
    file = SimpleUploadedFile("빈.pdf", b"x" * (20 * 1024 * 1024 + 1), "application/pdf")
    answer = contract.post("/my/tenders/quick", QUICK | {"file": file})
    assert answer.headers["Location"].endswith("/documents")
    assert Tender.objects.count() == 1


def test_one_call_of_a_machine(agency: Agency) -> None:
    contract, opening = Machine(agency.contract), Machine(agency.opening)
    body = {
        "main_procurement_category": "services", "service_kind": "simple_labour",
        "title": "청사 청소", "site": "시청", "estimated_price": 45_000_000,
    }  # fmt: skip
    told = contract("post", "/quotations", body, 201)
    assert told["problems"] == []
    assert (told["procurement_method"], told["award_criteria"]) == ("quotation", "quotation")
    assert (told["main_procurement_category"], told["service_kind"]) == (
        "services", "simple_labour",
    )  # fmt: skip
    assert told["base_amount"] == 49_500_000
    assert queries.draft(agency.contract, told["number"]).deadline > now()
    wrong = contract("post", "/quotations", body | {"estimated_price": 100_000_001}, 422)
    assert "tender.quotation.too_large" in str(wrong)
    opening("post", "/quotations", body, 403)
    contract("post", "/quotations", body | {"colour": "red"}, 400)
    plain = contract("post", "", {"title": "공사", "procurement_method": "quotation"}, 201)
    assert plain["procurement_method"] == "quotation"


@pytest.mark.parametrize(
    ("price", "codes"), [(229_999_999, []), (230_000_000, ["제24조제2항제2호"])]
)
def test_a_competition_of_goods_is_held_to_its_own_region_limit(
    agency: Agency, price: int, codes: list[str]
) -> None:
    row = replace(begun(agency), procedure="open", estimated_price=price)
    found = [one for one in queries.problems(row, at=POSTED) if one.field == "regions"]
    assert [one.law.removeprefix("국가계약법 시행규칙 ") for one in found] == codes
