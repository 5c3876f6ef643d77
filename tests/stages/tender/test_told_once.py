"""What stands against a notice is told once, in words that fit, and not of what stands already."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from jangteo.ground.errors import Refusals
from jangteo.records.account.models import Account
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.models import Draft, Tender
from jangteo.stages.tender.queries.rows import TERMS as TERMS_OF
from tests import market
from tests.stages.tender.agency import POSTED, TERMS, Agency, kst

pytestmark = pytest.mark.django_db
#: forty days before the deadline, as works from five billion won ask for
EARLY = kst(29, 9, month=10)
LARGE: dict[str, Any] = {
    "base_amount": 13_200_000_000, "estimated_price": 12_000_000_000, "a_value": 500_000_000,
    "base_net_cost": None,
}  # fmt: skip
LIMITS = [
    ("agency", 12_000_000_000, "국가계약법 시행령 제42조제4항제1호", "종합심사"),
    ("town", 30_000_000_000, "지방계약법 시행령 제42조제1항제1호, 제42조의3", "종합평가"),
]


@pytest.mark.parametrize(("who", "price", "law", "method"), LIMITS)
def test_works_over_the_limit_are_refused_once_with_the_article(
    who: str, price: int, law: str, method: str, request: pytest.FixtureRequest
) -> None:
    here: Agency = request.getfixturevalue(who)
    own = LARGE | {"base_amount": price * 11 // 10, "estimated_price": price}
    number = here.draft(at=EARLY, **own)
    for act in (actions.ask_for_keys, actions.publish):
        with pytest.raises(Refusals) as caught:
            act(by=here.contract, at=EARLY, number=number)
        found = [one for one in caught.value.refusals if one.field == "estimated_price"]
        assert [(one.code, one.law) for one in found] == [("tender.screening.too_large", law)]
    officer = Client(headers={"accept-language": "ko"})
    officer.force_login(Account.objects.get(pk=here.contract.account_id))
    typed = {name: f"{own[name] or ''}" for name in LARGE} | {"difficulty": ""}
    page = officer.post(f"/my/tenders/{number}/amounts", typed).content.decode()
    at_field = page.partition('id="id_estimated_price_error">')[2].partition("</p>")[0]
    assert at_field.count("제42조") == law.count("제42조") and method in at_field, at_field
    assert 'name="difficulty"' not in page, "what is no longer asked for is gone at once"
    check = officer.get(f"/my/tenders/{number}/check").content.decode()
    assert method in check and "이 방법을 쓸 수 있는 이유" not in check


def test_the_page_that_asks_for_the_difficulty_after_the_price_says_choose(agency: Agency) -> None:
    number = agency.draft(at=EARLY, estimated_price=None, base_amount=None, difficulty="")
    officer = Client(headers={"accept-language": "ko"})
    officer.force_login(Account.objects.get(pk=agency.contract.account_id))
    typed = {"base_amount": "7700000000", "estimated_price": "7000000000", "a_value": "300000000"}
    page = officer.post(f"/my/tenders/{number}/amounts", typed).content.decode()
    field = page.partition('name="difficulty"')[2].partition("</option>")[0]
    assert field.endswith(">고르세요") and "공고에 난이도 계수가 없습니다." in page


def standing(here: Agency, at: datetime, **own: Any) -> str:
    """A notice over the limit that was published before the rule was kept here; its number."""
    number = here.draft(at=at, **own)
    draft, tender = Draft.objects.get(tender__number=number), Tender.objects.get(number=number)
    known = {name: getattr(draft, name) for name in TERMS_OF}
    known |= queries.filled(queries.draft(here.contract, number), on=at.date()).terms
    deadline = known.pop("deadline")
    draft.delete()
    tender.status, tender.rule_day = "active", at.date()
    market.publish(tender, 0, deadline=deadline, **known)
    return number


OWN_RATE = {"floor_rate": "79.995", "floor_rate_reason": "기관의 심사기준 제3조"}


def test_a_correction_that_leaves_method_and_amount_alone_is_published(agency: Agency) -> None:
    number = standing(agency, EARLY, **LARGE | OWN_RATE)
    told = agency.correct(
        number, at=POSTED, title="복지관 신축공사", deadline=kst(18, 10), site=TERMS["site"],
    )  # fmt: skip
    assert (told.version, told.title) == (1, "복지관 신축공사")
    assert told.estimated_price == 12_000_000_000
    assert (told.award_method, told.floor_rate) == ("qualification", "79.995")


@pytest.mark.parametrize(
    "changed",
    [
        {"estimated_price": 12_000_000_001, "base_amount": 13_200_000_001},
        {"estimated_price": 11_000_000_000, "base_amount": 12_100_000_000},
        {"licences": ["0037"]},
    ],
    ids=["more", "less, still over it", "other trades"],
)
def test_one_that_changes_the_amount_or_the_trades_is_not(
    agency: Agency, changed: dict[str, Any]
) -> None:
    number = standing(agency, EARLY, **LARGE | OWN_RATE)
    words = {"correction_reason": "면적을 잘못 적었습니다.", "deadline": kst(18, 10)}
    actions.start_correction(by=agency.contract, at=POSTED, number=number, changes=words | changed)
    current = queries.current_notice(number)
    found = queries.against(queries.draft(agency.contract, number), at=POSTED, current=current)
    assert [one.code for one in found if one.field == "estimated_price"] == [
        "tender.screening.too_large"
    ]
    assert queries.notice(number).version == 0


def test_only_where_there_may_be_no_amount_it_is_said_to_enter_zero(agency: Agency) -> None:
    blank = dict.fromkeys(
        ("base_amount", "estimated_price", "a_value", "base_net_cost", "bidding_from", "deadline")
    )
    number = agency.draft(at=EARLY, **blank, site="", difficulty="")
    found = queries.against(queries.draft(agency.contract, number), at=EARLY)
    repairs = {one.field: one.repair for one in found if one.code == "tender.incomplete"}
    zero = repairs.pop("a_value")
    assert zero == "Fill it in; enter 0 if there is no such amount."
    assert repairs == dict.fromkeys(
        ("site", "base_amount", "estimated_price", "bidding_from", "deadline"), "Fill it in."
    )
    officer = Client(headers={"accept-language": "ko"})
    officer.force_login(Account.objects.get(pk=agency.contract.account_id))
    page = officer.get(f"/my/tenders/{number}/check").content.decode()
    assert page.count("0을 입력하세요") == 1
    assert "아직 쓰지 않은 항목이 있습니다: 투찰 마감. 채워 주세요." in page


def test_a_blank_second_entry_says_the_same(agency: Agency) -> None:
    number = agency.draft()
    draft = queries.draft(agency.contract, number)
    values = {name: getattr(draft, name) for name in queries.TWICE}
    values |= {"base_amount": None, "a_value": None}
    with pytest.raises(Refusals) as caught:
        actions.second_entry(by=agency.opening, at=POSTED, number=number, values=values)
    assert {one.field: one.repair for one in caught.value.refusals} == {
        "base_amount": "Fill it in.",
        "a_value": "Fill it in; enter 0 if there is no such amount.",
    }
