"""Where a bank, a budget system or an officer was wrong, somebody finds the way on."""

import pytest

from jangteo.interfaces.rehearsal.street import awarding, paying
from tests.journeys import street
from tests.journeys.conftest import Window
from tests.journeys.street import PRICE, SHARE, Case
from tests.journeys.town import Town
from tests.journeys.walker import WIDTHS, Reader, Walker

#: the practice bank knows this account under another name, and confirms one won less for that one
OTHER_NAME, ONE_LESS = "1002345679006", "1002345679007"
RIGHT, SAID, MEANT = "1002345678901", "김하을", "김하늘"
PAY = 12_000_000
#: a line of the budget that the practice budget system does not know
NO_LINE = "401-9005"


@pytest.fixture(scope="module")
def ordered(town: Town) -> dict[str, tuple[Case, str]]:
    """Claims that were ordered, one for each width: a name is wrong, and one won is missing."""
    titles = (f"새싹유치원 놀이터 방수공사 {width}" for width in WIDTHS)
    cases = street.delivered(town, *titles)
    return dict(zip(WIDTHS, ((one, _ordered(town, one)) for one in cases), strict=True))


def _ordered(town: Town, case: Case) -> str:
    leaves = [
        paying.leaf("prime", "", "088", ONE_LESS, PRICE - SHARE),
        paying.leaf(*paying.BRANCH, SHARE - PAY, case.subcontract),
        paying.leaf("worker", SAID, "020", OTHER_NAME, PAY, case.subcontract),
    ]
    claim = paying.file(town.builder, case.contract, leaves)
    paying.approve(town.agency, claim)
    paying.order(town.agency, claim)
    paying.wait_settled(town.agency, claim)
    return claim


def test_a_wrong_name_and_a_missing_won(
    window: Window, reader: Reader, town: Town, ordered: dict[str, tuple[Case, str]]
) -> None:
    case, claim = ordered[reader.width]
    _named(window("deadend-builder"), case)
    _known(window("deadend-officer"), case)
    _settled(window("deadend-disburser"), case)
    paid = paying.wait_paid(town.agency, claim)
    assert {one["status"] for one in paid["leaves"]} == {"credited"}
    named = {one["payee_name"] for one in paid["leaves"]}
    assert MEANT in named and SAID not in named


def _named(builder: Walker, case: Case) -> None:
    """The supplier gives the right name; nothing is sent before the agency has read it."""
    builder.act_as("builder")
    builder.task(f"“{case.title}” 은행이 돈을 돌려보냄: 계좌 고치기")
    builder.unfold("이름이 틀렸습니다")
    form = f"form[aria-label='{SAID}의 바른 이름']"
    sent = "고친 내용을 기관에 보내기"
    builder.refused(lambda: builder.press(sent, within=form), status=422)
    builder.look("name-empty")
    typed = {"payee-payee_name": MEANT, "payee-account": RIGHT, "payee-reason": "이름을 잘못 적음"}
    builder.choose(within=form, **{"payee-bank": "020"})
    builder.fill(within=form, **typed)
    builder.press(sent, within=form)
    builder.reads("계약관에게 보냈습니다.")
    builder.look("name-sent")


def _known(officer: Walker, case: Case) -> None:
    """The agency compares old and new before the money goes to the corrected account."""
    officer.act_as("officer")
    officer.task(f"“{case.title}” 받을 사람이 고쳐짐: 확인하거나 계약상대자에게 묻기")
    assert SAID in officer.text() and MEANT in officer.text()
    assert RIGHT not in officer.page.content()
    officer.look("name-old-and-new")
    officer.press("받을 사람을 확인하고 다시 지급")
    officer.reads("확인했습니다.")
    officer.look("name-confirmed")


def _settled(disburser: Walker, case: Case) -> None:
    """Somebody else asked the bank, and enters what it answered."""
    disburser.act_as("disburser")
    disburser.task(f"“{case.title}” 은행이 다른 금액을 알려 옴: 은행에 묻기")
    disburser.look("one-won-less")
    sent = "은행의 답대로 처리"
    disburser.refused(lambda: disburser.press(sent), status=422)
    disburser.look("settle-empty")
    disburser.choose(**{"settle-outcome": "there"})
    typed = {"settle-reference": "B-77", "settle-reason": "은행 담당자가 전액 입금을 확인함"}
    disburser.fill(**typed)
    disburser.press(sent)
    disburser.reads("은행의 답대로 처리했습니다.")
    disburser.look("settled")


def test_money_that_was_not_bound(window: Window, reader: Reader, town: Town) -> None:
    """The budget system knows no such line: the officer reads it and tells it another one."""
    case = street.contracted(town, f"둥지경로당 지붕공사 {reader.width}", budget_line=NO_LINE)[0]
    officer = window("deadend-binder")
    said = f"재정시스템이 “{case.title}”의 원인행위를 거절했습니다"
    officer.act_as("officer")
    officer.wait(lambda: said in (officer.go("/desk/tasks") or officer.text()))
    officer.follow(said)
    assert "예산과목이 없습니다." in officer.text()
    officer.look("not-bound")
    officer.fill(budget_line="401-01")
    officer.press("재정시스템에 다시 통보하기")
    officer.reads("재정시스템에 다시 통보했습니다.")
    gone = "재정시스템이 원인행위를 거절했습니다"
    officer.wait(lambda: gone not in (officer.page.reload() and officer.text()))
    officer.look("bound")


def test_who_failed_wrongly_is_examined_again(window: Window, reader: Reader, town: Town) -> None:
    """An award is annulled for a typing error: one officer asks, another confirms."""
    case = street.opened(town, f"새싹고등학교 기숙사 증축공사 {reader.width}")[0]
    agency, number = town.agency, case.tender
    awarding.fail_review(agency, number, ground="disqualified", note="면허를 잘못 읽음")
    awarding.award(agency, street.subcontractor(town), number)
    awarding.annul(agency, number, cause="data_entry", reason="면허를 잘못 읽었습니다.")
    officer, approver = window("deadend-reader"), window("deadend-approver")
    officer.act_as("officer")
    officer.task(f"“{case.title}”: 부적격 대상자 재심사 또는 다음 순위 심사 선택")
    officer.look("choose")
    officer.refused(lambda: officer.press("재심사 요청"), status=422)
    officer.look("no-reason")
    officer.fill(reason="면허 번호를 한 자리 잘못 읽었습니다.")
    officer.press("재심사 요청")
    officer.reads("재심사를 요청했습니다. 승인자가 확정합니다.")
    officer.look("asked")
    approver.act_as("approver")
    approver.task(f"“{case.title}” 재심사 확정")
    approver.look("confirm-again")
    approver.press("재심사 확정")
    approver.look("again")
    assert awarding.candidate(agency, number)["supplier"] == town.builder.identifier
