"""The operations page: two counters that must stay at nought, and tenders on hold."""

import pytest
from django.test import Client

from jangteo.stages.award.models import Annulment
from tests.stages.award.opened import Opened, opened

pytestmark = pytest.mark.django_db

DOOR = "/api/v1/operations/annulments"


def page(language: str = "en") -> str:
    answer = Client(headers={"accept-language": language}).get("/operations")
    assert answer.status_code == 200
    return answer.content.decode()


def annulled(cause: str) -> Opened:
    here = opened()
    here.awarded()
    here.annul(cause=cause, reason="하한율을 잘못 넣었습니다.")
    return here


def test_before_the_first_award_nothing_is_counted() -> None:
    told = Client().get(DOOR).json()
    assert told == {"since": None, "awards": 0, "counts": {"data_entry": 0, "formula": 0},
                    "annulments": []}  # fmt: skip
    assert "No award has been confirmed yet." in page()
    assert "No tender is on hold." in page()
    assert Client().get("/api/v1/operations/holds").json() == []


def test_an_award_is_counted_and_other_causes_are_not_errors() -> None:
    annulled("gave_up")
    told = Client().get(DOOR).json()
    assert (told["awards"], told["counts"]) == (1, {"data_entry": 0, "formula": 0})
    assert told["since"].startswith("2026-11-24T")
    assert Annulment.objects.count() == 1
    shown = page()
    assert "1 award confirmed" in shown and "Not nought" not in shown


@pytest.mark.parametrize(
    ("cause", "korean"),
    [("data_entry", "자료를 잘못 입력했습니다."), ("formula", "계산식에 잘못이 있었습니다.")],
)
def test_an_annulment_for_an_error_is_shown_to_everybody(cause: str, korean: str) -> None:
    here = annulled(cause)
    told = Client().get(DOOR).json()
    assert told["counts"] == {"data_entry": 0, "formula": 0} | {cause: 1}
    (row,) = told["annulments"]
    assert (row["tender"], row["cause"]) == (here.number, cause)
    assert row["reason"] == "하한율을 잘못 넣었습니다."
    shown = page()
    assert shown.count("Not nought") == 1 and here.number in shown
    in_korean = page("ko")
    assert korean in in_korean and "0이 아님" in in_korean and "Not nought" not in in_korean


def test_the_link_to_other_systems_is_not_for_visitors() -> None:
    assert "/operations/exchange" not in page()
