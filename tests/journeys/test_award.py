"""From the call of the first in rank to an award by two people, and to those who lost it."""

import re

import pytest
from playwright.sync_api import Locator

from tests.journeys import street
from tests.journeys.conftest import Window
from tests.journeys.seen import won
from tests.journeys.street import OTHERS, PRICE, Case
from tests.journeys.town import Town
from tests.journeys.walker import WIDTHS, Reader, Walker

PAPERS = {"시공실적증명서.txt": "연습용 시공실적".encode(), "신용평가.txt": "연습용 등급".encode()}


@pytest.fixture(scope="module")
def cases(town: Town) -> dict[str, Case]:
    """An opening was held, one tender for each width."""
    made = street.opened(town, *(f"새싹중학교 급식실 증축공사 {width}" for width in WIDTHS))
    return dict(zip(WIDTHS, made, strict=True))


def test_a_candidate_is_examined_and_awarded(
    window: Window, reader: Reader, town: Town, cases: dict[str, Case]
) -> None:
    case = cases[reader.width]
    builder, officer, approver, loser = (
        window(f"award-{who}") for who in ("builder", "officer", "approver", "loser")
    )
    _papers(builder, case)
    _examined(officer, case)
    _proposed(officer, case)
    _confirmed(approver, case)
    _learned(builder, loser, case)
    _published(window("award-citizen"), case)


def _papers(builder: Walker, case: Case) -> None:
    """Papers are added one by one as files, and handed in together."""
    builder.act_as("builder")
    builder.task(f"“{case.title}” 심사서류를 내세요")
    builder.look("called")
    builder.refused(lambda: builder.press("문서 올리기"), status=422)
    builder.look("no-file")
    for name, data in PAPERS.items():
        builder.upload("file", name, data)
        builder.press("문서 올리기")
        builder.reads("서류를 더했습니다.")
        assert builder.download(name) == data
    builder.look("added")
    builder.press("서류 한꺼번에 내기")
    builder.reads("서류를 냈습니다.")
    assert "서류가 들어왔고, 계약관이 심사합니다." in builder.text()
    builder.look("handed-in")


def _examined(officer: Walker, case: Case) -> None:
    """The officer reads the papers, enters points and sees what they come to, step by step."""
    officer.act_as("officer")
    officer.go(f"/tenders/{case.tender}/award")
    for name, data in PAPERS.items():
        assert officer.download(name) == data
    officer.look("examine")
    fields = officer.page.locator("form[action$='/award/score'] input[inputmode=decimal]")
    assert fields.count() >= 1
    for field in fields.all():
        field.fill("0")
    officer.press("종합평점 계산")
    officer.reads("통과점수 미달")
    officer.look("too-low")
    officer.follow("점수 다시 적기")
    for field in fields.all():
        field.fill(_full(officer, field))
    officer.press("종합평점 계산")
    officer.look("total")
    officer.press("적격 판정")
    officer.reads("적격으로 판정했습니다.")
    officer.look("passed")


def _full(officer: Walker, field: Locator) -> str:
    """The most points that an item gives, as its hint says."""
    hint = officer.text(f"[id='{field.get_attribute('aria-describedby')}']")
    found = re.fullmatch(r"0부터 ([\d.]+)까지 적으세요.", hint)
    assert found, hint
    return found[1]


def _proposed(officer: Walker, case: Case) -> None:
    """Whoever proposes does not confirm."""
    officer.press("낙찰 제안")
    officer.reads("낙찰을 제안했습니다.")
    assert officer.page.locator("form[action$='/award/confirm']").count() == 0
    officer.look("proposed")


def _confirmed(approver: Walker, case: Case) -> None:
    """Another person sees who gets how much, and decides."""
    approver.act_as("approver")
    approver.task(f"“{case.title}” 낙찰을 확정하세요")
    said = approver.text("section[aria-labelledby=decide]")
    assert won(PRICE) in said and "일억 팔천오백오십만" in said
    approver.look("decide")
    approver.press("낙찰 확정하고 공개")
    approver.reads("낙찰을 확정하고 공개했습니다.")
    approver.look("awarded")


def _learned(builder: Walker, loser: Walker, case: Case) -> None:
    """The winner and the second in rank each read their own reason."""
    builder.go(f"/tenders/{case.tender}/award")
    assert won(PRICE) in builder.text()
    builder.look("won")
    loser.act_as("subcontractor")
    loser.go(f"/tenders/{case.tender}/award")
    said = loser.text("section[aria-labelledby=mine]")
    assert "2순위" in said and f"{PRICE:,}" in said and f"{OTHERS[0]:,}" in said
    loser.look("why-not")


def _published(citizen: Walker, case: Case) -> None:
    """Everybody reads who was awarded how much; the papers and their scores stay inside."""
    citizen.go(f"/tenders/{case.tender}/award")
    said = citizen.text()
    assert won(PRICE) in said and "주식회사 가온종합건설" in said
    assert not any(name in said for name in PAPERS) and "심사 종합평점" not in said
    citizen.look("award")
