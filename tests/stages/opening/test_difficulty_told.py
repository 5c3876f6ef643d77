"""Whoever reads a result sees the difficulty that its notice named, with the article."""

import pytest
from django.utils import translation

from jangteo.stages.opening import queries
from jangteo.stages.opening.api.ceremony import result_of
from jangteo.stages.opening.models import Opening, PreliminaryPrice, Result
from jangteo.ui.statutes import in_english
from tests.stages.award.opened import Opened, opened

pytestmark = pytest.mark.django_db
LARGE = {
    "base_amount": 7_700_000_000, "estimated_price": 7_000_000_000, "floor_rate": "88.245",
}  # fmt: skip
LAW = "조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11], [별표 12] 제1호"
RAISED = {
    "ko": "난이도 계수가 0.85이므로 통과하는 투찰률이 0.750%p 높아져 낙찰하한율은 88.245%입니다.",
    "en": "With a difficulty of 0.85 a bid passes from 0.750 % higher on: 88.245 %.",
}


def drawn(here: Opened) -> None:
    """The 15 prices, without which the result page shows no figures, each figure with reasons."""
    opening = Opening.objects.get(tender_number=here.number)
    Result.objects.update(steps={key: [] for key in ("rates", "draw", "reserve", "floor")})
    for n in range(1, 16):
        PreliminaryPrice.objects.create(
            opening=opening, number=n, rate=f"{96 + n // 2}.{n:03d}", picked=0, drawn=n < 5,
            price=7_700_000_000 + n,
        )  # fmt: skip


def pages(here: Opened, language: str) -> dict[str, str]:
    """Page after the number -> its text, to a visitor without a name."""
    ways = ("", "/result", "/why")
    read = here.client("", language)
    return {way: read.get(f"/tenders/{here.number}{way}").content.decode() for way in ways}


@pytest.mark.parametrize(("language", "label"), [("ko", "난이도 계수"), ("en", "Difficulty")])
def test_notice_result_and_why_name_it_with_its_article(language: str, label: str) -> None:
    here = opened((6_000_000_000, 6_100_000_000), **LARGE, difficulty="0.85")
    drawn(here)
    for way, page in pages(here, language).items():
        said = page.partition(label)[2].partition("</div>")[0]
        assert "0.85" in said and LAW in said, way
        if language == "en":
            assert in_english(LAW) in said, way
    assert RAISED[language] in pages(here, language)["/why"]


def test_machines_read_it_too() -> None:
    here = opened((6_000_000_000, 6_100_000_000), **LARGE, difficulty="0.85")
    with translation.override("ko"):
        told = result_of(here.number)
    assert (told["difficulty"], told["difficulty_law"]) == ("0.85", LAW)
    got = here.client().get(f"/api/v1/tenders/{here.number}/result").json()
    assert (got["difficulty"], got["difficulty_law"]) == ("0.85", LAW)


def test_a_notice_that_names_none_says_nothing_of_it() -> None:
    here = opened()
    result = queries.result(here.number)
    assert (result.difficulty, result.difficulty_law) == ("", "")
    drawn(here)
    for way, page in pages(here, "ko").items():
        assert "난이도" not in page and "[별표 11]" not in page, way


def test_a_rate_of_the_notices_own_is_not_explained_by_the_table() -> None:
    here = opened((6_000_000_000, 6_100_000_000), **LARGE | {"floor_rate": "90"}, difficulty="0.85")
    assert queries.result(here.number).floor_rate_reasons == ()
    assert RAISED["ko"] not in pages(here, "ko")["/why"]
