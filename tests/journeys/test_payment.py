"""From accepted works to the last payee: who holds the money, and who says that it came."""

import re
from datetime import datetime, timedelta

import pytest

from jangteo.interfaces.rehearsal.street import paying
from tests.journeys import street
from tests.journeys.conftest import Window
from tests.journeys.seen import won
from tests.journeys.street import PRICE, SHARE, WORK, Case
from tests.journeys.town import Town
from tests.journeys.walker import WIDTHS, Reader, Walker

WORKER, WORKER_PAY = "김하늘", 12_000_000
#: the bank of the practice world knows no account that ends as the second one does
RIGHT, WRONG = "1002345678901", "1002345679005"
BRANCH, OWN = SHARE - WORKER_PAY, PRICE - SHARE
#: a line of the budget that the practice budget system binds and then pays nothing from
REFUSED = "401-9007"
#: steps of the trail at which the whole amount stands
SAME = (
    "개찰함(1순위 금액)", "두 사람이 낙찰자를 결정함", "양쪽이 계약에 서명함", "검사에 합격함",
    "대금을 청구함", "청구를 확인함", "다른 사람이 지급을 명령함", "재정시스템이 돈을 내보냄",
    "청구액이 모두 지급됨",
)  # fmt: skip


@pytest.fixture(scope="module")
def cases(town: Town) -> dict[str, Case]:
    """Accepted works, one contract for each width."""
    made = street.delivered(town, *(f"새싹초등학교 옥상 방수공사 {width}" for width in WIDTHS))
    return dict(zip(WIDTHS, made, strict=True))


def test_the_money_reaches_everyone(
    window: Window, reader: Reader, town: Town, cases: dict[str, Case]
) -> None:
    case = cases[reader.width]
    builder, officer, disburser = (window(f"pay-{n}") for n in ("builder", "officer", "disburser"))
    claim = _claim(builder, town, case)
    _returned(officer, builder, case, claim)
    _checked(officer, case, claim)
    hired = window("pay-subcontractor")
    link = _waits(hired, case, claim)
    worker = window("pay-worker")
    _worker_waits(worker, link, town)
    _ordered(disburser, case)
    _bounced(builder, case)
    _arrived(disburser, hired, claim)
    _worker_answers(worker, disburser, link, case)
    _trail(window("pay-citizen"), case)


def _claim(builder: Walker, town: Town, case: Case) -> str:
    """The supplier names everybody who is paid; a sum that is wrong is said at once."""
    builder.act_as("builder")
    builder.go("/my/payments")
    builder.look("to-claim")
    now = builder.page.locator("section.jt-now", has_text=case.title)
    now.get_by_role("link").click()
    builder.page.wait_for_url(f"**/contracts/{case.contract}/claims/new")
    assert won(PRICE) in builder.text()
    builder.look("claim")
    builder.press("받는 사람 더하기")
    builder.page.locator("[name=leaf-2-payee_name]").wait_for()
    _payee(builder, 0, amount=OWN, bank="088", account="110123456789")
    _payee(builder, 1, amount=BRANCH - 1, bank="003", account="01012345604")
    _payee(builder, 2, kind="worker", subcontract=case.subcontract, payee_name=WORKER,
           bank="020", account=WRONG, amount=WORKER_PAY)  # fmt: skip
    assert builder.text("[data-left]") == won(1)
    builder.refused(lambda: builder.press("청구하기"), status=422)
    assert f"{PRICE - 1:,}원" in builder.text(".jt-errors")
    builder.look("sum-differs")
    _payee(builder, 1, amount=BRANCH)
    assert builder.text("[data-left]") == won(0)
    builder.press("청구하기")
    builder.page.wait_for_url("**/claims/*")
    builder.reads("청구했습니다. 다음에는 계약관이 확인합니다.")
    builder.look("claimed")
    return builder.page.url.rsplit("/", 1)[1]


def _payee(builder: Walker, line: int, *, amount: int, **typed: str) -> None:
    """Fill a line of the claim: choices by code, the rest as text."""
    for name in ("kind", "subcontract", "bank"):
        if name in typed:
            builder.choose(**{f"leaf-{line}-{name}": typed.pop(name)})
    texts = {f"leaf-{line}-{name}": text for name, text in typed.items()}
    builder.fill(**texts, **{f"leaf-{line}-amount": f"{amount:,}"})


def _returned(officer: Walker, builder: Walker, case: Case, claim: str) -> None:
    """The officer returns the claim with a reason, and the supplier mends what it says."""
    officer.act_as("officer")
    officer.go("/payments")
    officer.look("due")
    officer.follow(case.title)
    assert f"{WORK}" in officer.text() and won(SHARE) in officer.text()
    officer.look("check")
    officer.unfold("고칠 것을 적어 반려하기")
    officer.refused(lambda: officer.press("청구 반려하기"), status=422)
    officer.look("no-reason")
    reason = "근로자 계좌의 은행을 다시 확인해 주세요."
    officer.fill(reason=reason)
    officer.press("청구 반려하기")
    officer.reads("계약상대자에게 반려했습니다.")
    officer.look("returned")
    builder.task(f"“{case.title}” 반려된 청구")
    assert reason in builder.text()
    builder.look("returned")
    builder.press("청구 고치기")
    assert builder.page.locator("[name=leaf-2-payee_name]").input_value() == WORKER
    builder.look("correct")
    builder.press("다시 청구하기")
    builder.reads("청구했습니다. 다음에는 계약관이 확인합니다.")
    assert builder.page.url.endswith(f"/claims/{claim}")


def _checked(officer: Walker, case: Case, claim: str) -> None:
    """The officer finds the claim right, and is not the one who may order it."""
    officer.go(f"/claims/{claim}")
    officer.press("맞음으로 확인하기")
    officer.reads("확인했습니다. 다음에는 지출관이 지급을 명령합니다.")
    assert officer.page.locator(f"form[action='/claims/{claim}/order']").count() == 0
    officer.look("checked")
    officer.go(f"/contracts/{case.contract}/claims")
    officer.look("claims")


def _waits(hired: Walker, case: Case, claim: str) -> str:
    """The subcontractor sees who holds the money, and takes its worker's link."""
    hired.act_as("subcontractor")
    hired.go("/my/payments")
    owed = hired.text("section[aria-labelledby=owed]")
    assert won(BRANCH) in owed and won(WORKER_PAY) in owed and won(OWN) not in owed
    assert "돈은 아직 가온시에 있습니다" in owed
    hired.look("where")
    hired.go(f"/claims/{claim}")
    assert won(OWN) not in hired.text() and won(PRICE) not in hired.text()
    hired.look("claim")
    row = hired.page.locator("#content tr", has_text=WORKER)
    return row.locator("input[readonly]").input_value()


def _worker_waits(worker: Walker, link: str, town: Town) -> None:
    """Without signing in: how much, who holds it, by when; no other link opens anything."""
    path = link.removeprefix(town.stack.site_url)
    worker.go(path)
    assert won(WORKER_PAY) in worker.text("main") and WORKER in worker.text("h1")
    assert "돈은 아직 가온시에 있습니다" in worker.text()
    assert WRONG not in worker.page.content() and "*" * 9 + "9005" in worker.text()
    assert worker.page.get_by_role("button", name="받았습니다").count() == 0
    worker.look("waits")
    other = path[:-1] + ("A" if path[-1] != "A" else "B")
    worker.refused(lambda: worker.go(other), status=404)
    said = worker.text()
    assert "열 수 없는 주소입니다." in said and WORKER not in said and "원" not in said
    worker.look("wrong-link")


def _ordered(disburser: Walker, case: Case) -> None:
    """The disbursing officer, another person, orders what is due."""
    disburser.act_as("disburser")
    disburser.go("/payments")
    disburser.look("due")
    disburser.follow(case.title)
    disburser.look("order")
    disburser.press("지급 명령하기")
    disburser.reads("지급을 명령했습니다.")
    disburser.look("ordered")


def _bounced(builder: Walker, case: Case) -> None:
    """The worker's bank sends the money back; the supplier gives the right account."""
    said = f"“{case.title}” 은행이 돈을 돌려보냄: 계좌 고치기"
    builder.wait(lambda: said in (builder.go("/desk/tasks") or builder.text()))
    builder.follow(said)
    builder.look("bounced")
    builder.choose(bank="020")
    builder.fill(account=WRONG)
    builder.refused(lambda: builder.press("계좌를 고치고 다시 지급하기"), status=422)
    assert "이제 입금이 되는 까닭을 적으세요." in builder.text(".jt-errors")
    builder.look("same-account")
    builder.fill(account=RIGHT)
    builder.press("계좌를 고치고 다시 지급하기")
    builder.reads("고쳤습니다. 은행에 다시 지시합니다.")


def _arrived(disburser: Walker, hired: Walker, claim: str) -> None:
    """A claim is paid when each payee's own bank has said so, not before."""
    disburser.go(f"/claims/{claim}")
    paid = "지급되었습니다. 받는 사람 모두의 은행이 입금을 확인했습니다."
    disburser.wait(lambda: paid in (disburser.page.reload() and disburser.text()))
    disburser.look("paid")
    hired.go("/desk")
    assert f"우리 회사 몫 {BRANCH:,}원이 입금된 것을 은행이 확인했습니다." in hired.text(
        ".jt-messages"
    )
    hired.look("told")
    hired.go("/my/payments")
    assert "받는 사람 계좌로 들어갔습니다." in hired.text("section[aria-labelledby=owed]")
    hired.look("arrived")


def _worker_answers(worker: Walker, disburser: Walker, link: str, case: Case) -> None:
    """The worker says that less came: the agency hears of it at once; then that all is there."""
    worker.page.goto(link)
    worker.look("came")
    worker.unfold("금액이 다릅니다")
    worker.fill(amount=f"{WORKER_PAY - 1:,}")
    worker.press("이 금액으로 알리기")
    worker.reads("가온시에 알렸습니다.")
    assert won(WORKER_PAY - 1) in worker.text("[role=status]")
    worker.look("differs")
    disburser.go("/desk")
    assert f"“{case.title}” 받는 사람이 돈이 제대로 들어오지 않았다고 함" in disburser.text()
    disburser.look("complaint")
    worker.press("받았습니다")
    worker.page.get_by_role("button", name="받았습니다").wait_for(state="detached")
    assert "보내신 답: 받았습니다." in worker.text("[role=status]")
    worker.look("answered")


def _trail(citizen: Walker, case: Case) -> None:
    """Anybody reads the same amount at each step, and that the payees' amounts sum to it."""
    citizen.go(f"/contracts/{case.contract}/trail")
    assert citizen.page.locator(".pay-flow strong").all_inner_texts() == [won(PRICE)] * 5
    found: dict[str, list[str]] = {}
    for row in citizen.page.locator("main tbody tr").all():
        step = row.locator("td a").first.inner_text()
        found.setdefault(step, []).append(row.locator("td.num").inner_text())
    for step in SAME:
        assert found[step] == [won(PRICE)], step
    credited = [int(re.sub(r"\D", "", one)) for one in found["받는 사람의 은행이 입금을 확인함"]]
    assert sorted(credited) == sorted((OWN, BRANCH, WORKER_PAY))
    assert WORKER not in citizen.page.content() and RIGHT not in citizen.page.content()
    citizen.look("trail")


@pytest.mark.parametrize("reader", ["phone"], indirect=True)
def test_the_budget_system_refuses(window: Window, town: Town) -> None:
    """The list says what is due when; a refusal says in words why no money went out."""
    case = street.delivered(town, "예산이 묶인 경로당 보수공사", budget_line=REFUSED)[0]
    leaves = paying.leaves(PRICE, under=case.subcontract, share=SHARE)
    claim = paying.file(town.builder, case.contract, leaves)
    paying.approve(town.agency, claim)
    disburser = window("pay-refused")
    disburser.act_as("disburser")
    due = datetime.fromisoformat(paying.state(town.agency.disbursing, claim)["due"])
    for group, before in (("later", 54), ("tomorrow", 30), ("today", 12)):
        town.stack.forward_to(due - timedelta(hours=before))
        disburser.go("/payments")
        assert case.title in disburser.text(f"section[aria-labelledby=due-{group}]")
        disburser.look(f"due-{group}")
    disburser.follow(case.title)
    disburser.press("지급 명령하기")
    disburser.reads("지급을 명령했습니다.")
    said = f"“{case.title}” 지급을 재정시스템이 거절함: 다시 명령하기"
    disburser.wait(lambda: said in (disburser.go("/desk/tasks") or disburser.text()))
    disburser.follow(said)
    assert "원인행위 잔액이 부족합니다." in disburser.text(".jt-notice-danger")
    assert f"이미 받은 금액 {won(0)}" in disburser.text("dl.jt-summary")
    assert "돈이 가는 중입니다" not in disburser.text()
    disburser.look("refused")
    leaves = paying.state(town.builder.agent, claim)["leaves"]
    assert {one["status"] for one in leaves} == {"waiting"}
