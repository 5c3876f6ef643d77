"""A builder registers, the operator approves, the representative adds a bidding agent."""

from jangteo.ground.text import business_number_complete
from tests.journeys.conftest import Window
from tests.journeys.walker import Reader, Walker

PASSWORD = "새싹처럼-자라는-장터"
NUMBERS = {"desktop": "731820041", "phone": "731820042"}
WRONG_DIGIT = "검증 숫자가 맞지 않습니다. 등록증의 열 자리를 그대로 옮겨 적으세요."


def test_a_supplier_registers_and_adds_an_agent(window: Window, reader: Reader) -> None:
    number = business_number_complete(NUMBERS[reader.width])
    company = f"주식회사 새싹방수 {reader.width}"
    owner, operator = window("register"), window("register-operator")

    _papers(owner, company, number, username=f"owner.{reader.width}")
    owner.sign_in(f"owner.{reader.width}", PASSWORD)
    assert "운영자가 등록 신청을 확인하고 있습니다" in owner.text()
    owner.look("desk-waiting")

    operator.act_as("operator")
    assert company in operator.first_task()
    operator.look("desk")
    operator.follow(company)
    assert number in operator.text()
    operator.look("papers")
    operator.press("등록 승인하기")
    operator.reads(f"{company}의 등록을 승인하고 알렸습니다.")
    operator.look("approved")
    operator.go("/registrations")
    operator.look("list")

    _add_agent(owner, username=f"agent.{reader.width}")
    agent = window("register-agent")
    agent.sign_in(f"agent.{reader.width}", PASSWORD)
    assert company in agent.text("header")
    agent.look("desk")


def _papers(owner: Walker, company: str, number: str, *, username: str) -> None:
    owner.go("/register")
    owner.look("choose")
    owner.press("업체 등록하기")
    wrong = number[:9] + str((int(number[9]) + 1) % 10)
    owner.fill(name=company, identifier=wrong, address="가온시 새싹로 10")
    owner.page.select_option("[name=region]", "41")
    owner.press("저장하고 계속하기")
    assert WRONG_DIGIT in owner.text(".jt-errors")
    owner.look("wrong-digit")
    owner.fill(identifier=f"{number[:3]}-{number[3:5]}-{number[5:]}")
    owner.press("저장하고 계속하기")

    owner.page.select_option("[name=form-0-code]", "4991")
    owner.fill(**{"form-0-number": "41-2020-0017", "form-0-since": "2020-05-06"})
    owner.look("licences")
    owner.press("저장하고 계속하기")
    owner.fill(representative="한새싹", username=username)
    owner.look("representative")
    owner.press("저장하고 계속하기")
    assert number in owner.text() and "41-2020-0017" in owner.text()
    owner.fill(password=PASSWORD)
    owner.look("check")
    owner.press("등록 신청하기")
    owner.reads("등록 신청을 제출했습니다")
    owner.look("submitted")
    owner.press("로그인")


def _add_agent(owner: Walker, *, username: str) -> None:
    assert "등록이 끝났습니다" in _desk(owner)
    owner.look("desk-registered")
    owner.go("/people")
    owner.look("people")
    owner.press("사람 추가")
    owner.fill(name="임대리", username=username, password=PASSWORD)
    owner.mark("입찰대리인")
    owner.look("add-person")
    owner.press("사람 추가")
    owner.reads("임대리")
    assert "입찰대리인" in owner.text("table")
    owner.look("people-after")


def _desk(owner: Walker) -> str:
    owner.go("/desk")
    return owner.text()
