"""From the award to a contract that both sides signed, its subcontract and its amendment."""

import hashlib
from datetime import timedelta

import pytest

from tests.journeys import street
from tests.journeys.conftest import Window
from tests.journeys.seen import won
from tests.journeys.street import PRICE, SHARE, WORK, Case
from tests.journeys.town import Town
from tests.journeys.walker import WIDTHS, Reader, Walker

MORE = 190_000_000


@pytest.fixture(scope="module")
def cases(town: Town) -> dict[str, Case]:
    """An award is in force, one tender for each width."""
    made = street.awarded(town, *(f"푸른초등학교 도서관 증축공사 {width}" for width in WIDTHS))
    return dict(zip(WIDTHS, made, strict=True))


def test_a_contract_is_signed_by_both_sides(
    window: Window, reader: Reader, town: Town, cases: dict[str, Case]
) -> None:
    case = cases[reader.width]
    officer, builder, hired = (window(f"deal-{n}") for n in ("officer", "builder", "hired"))
    number = _drafted(officer, town, case)
    _read_and_signed(builder, number, case)
    _secured_and_concluded(officer, number, case)
    sub = _registered(builder, town, number)
    _agreed(hired, officer, sub)
    _amended(officer, builder, town, number)
    citizen = window("deal-citizen")
    citizen.go(f"/contracts/{number}")
    assert won(MORE) in citizen.text() and citizen.page.locator("a[href$='.pdf']").count() == 0
    citizen.look("contract")


def _drafted(officer: Walker, town: Town, case: Case) -> str:
    """The desk says so first; period and budget line are all that is typed."""
    officer.act_as("officer")
    officer.look("desk")
    officer.task(f"“{case.title}” 계약을 만드세요")
    officer.look("draft")
    officer.press("계약 만들기")
    officer.page.wait_for_url("**/contracts/R*")
    assert won(PRICE) in officer.text()
    officer.look("pending")
    officer.refused(lambda: officer.press("계약서를 만들어 보내기"), status=422)
    assert officer.page.locator(".jt-errors").is_visible()
    officer.look("no-terms")
    starts = street.today(town) + timedelta(days=1)
    ends = starts + street.TAKES
    officer.fill(starts=starts.isoformat(), ends=ends.isoformat(), budget_line="401-01")
    officer.press("계약서를 만들어 보내기")
    officer.reads("계약서를 계약상대자에게 보냈습니다.")
    officer.look("offered")
    return officer.page.url.rsplit("/", 1)[1]


def _read_and_signed(builder: Walker, number: str, case: Case) -> None:
    """The supplier reads the very document that is signed, then signs in the browser."""
    builder.act_as("builder")
    builder.task(f"“{case.title}” 계약서를 읽고 서명하세요")
    said = builder.text("section[aria-labelledby=now]")
    assert won(PRICE) in said and "금 일억 팔천오백오십만 원" in said
    data = builder.download(f"{number}-0.pdf")
    assert data.startswith(b"%PDF") and hashlib.sha256(data).hexdigest() in said
    builder.look("read")
    builder.press("계약서에 서명")
    builder.reads("서명했습니다. 기관이 마지막으로 서명합니다.")
    builder.look("signed")


def _secured_and_concluded(officer: Walker, number: str, case: Case) -> None:
    """Without the security the agency cannot sign; with it the contract comes into force."""
    officer.go("/contracts")
    officer.look("contracts")
    officer.follow(case.title)
    assert officer.page.locator("form[action$='/conclude']").count() == 0
    officer.look("security-missing")
    until = officer.page.locator("[name=until]")
    officer.fill(issuer="건설공제조합", paper=f"B-{number}")
    until.fill("2026-01-01")
    officer.refused(lambda: officer.press("계약보증금 기록하기"), status=422)
    assert "보증서는 적어도 계약 마지막 날까지 효력이 있어야 합니다." in officer.text(".jt-errors")
    officer.look("bond-too-short")
    until.fill("2030-12-31")
    officer.press("계약보증금 기록하기")
    officer.reads("계약보증금을 기록했습니다.")
    officer.look("secured")
    officer.press("서명하고 계약 체결")
    officer.reads("서명했습니다. 계약이 체결되었습니다.")
    officer.look("in-force")


def _registered(builder: Walker, town: Town, number: str) -> str:
    """The supplier registers a subcontract; a business number nobody has is said at its field."""
    builder.go(f"/contracts/{number}")
    builder.look("in-force")
    builder.unfold("하도급 등록")
    form = "form[action$='/register_subcontract']"
    today = street.today(town)
    builder.fill(
        within=form, subcontractor="123-45-67891", work=WORK, amount=f"{SHARE:,}",
        starts=(today + timedelta(days=1)).isoformat(),
        ends=(today + timedelta(days=60)).isoformat(), signed_on=today.isoformat(),
    )  # fmt: skip
    builder.refused(lambda: builder.press("하도급 등록하기"), status=422)
    assert "이 사업자등록번호로 등록된 업체가 없습니다." in builder.text(".jt-errors")
    builder.look("no-such-supplier")
    builder.fill(within=form, subcontractor=street.subcontractor(town).identifier)
    builder.press("하도급 등록하기")
    builder.reads("등록했습니다. 다음에는 하수급인이 동의합니다.")
    builder.look("subcontract")
    link = builder.page.locator("main a[href^='/subcontracts/']").first.get_attribute("href")
    return str(link).rsplit("/", 1)[1]


def _agreed(hired: Walker, officer: Walker, sub: str) -> None:
    """The subcontractor agrees by itself, then the agency takes note."""
    hired.act_as("subcontractor")
    hired.go("/desk")
    hired.look("desk")
    hired.go(f"/subcontracts/{sub}")
    assert won(SHARE) in hired.text() and won(PRICE) not in hired.text()
    hired.look("agree")
    hired.press("하도급에 동의")
    hired.reads("하수급인이 동의했고 기관에 알렸습니다.")
    hired.look("agreed")
    officer.task(f"“{WORK}” 하도급을 확인하세요")
    officer.look("note-subcontract")
    officer.press("하도급계약 확인하기")
    officer.reads("기관이 확인했습니다. 대금을 청구할 수 있습니다.")


def _amended(officer: Walker, builder: Walker, town: Town, number: str) -> None:
    """More money and more time, signed again by both sides."""
    officer.go(f"/contracts/{number}")
    officer.unfold("변경계약 제안")
    form = "form[action$='/propose_amendment']"
    ends = street.today(town) + street.TAKES + timedelta(days=30)
    officer.fill(
        within=form, value=f"{MORE:,}", ends=ends.isoformat(), reason="방수 면적이 늘었습니다."
    )
    officer.press("변경계약서를 만들어 보내기")
    officer.reads("변경계약서를 계약상대자에게 보냈습니다.")
    officer.look("amendment-sent")
    builder.go(f"/contracts/{number}")
    assert won(MORE) in builder.text("section[aria-labelledby=now]")
    builder.look("amendment")
    builder.press("변경계약서에 서명")
    builder.reads("변경계약서에 서명했습니다.")
    officer.page.reload()
    assert officer.page.locator("form[action$='/conclude_amendment']").count() == 0
    officer.look("amendment-unsecured")
    officer.fill(issuer="건설공제조합", paper=f"C-{number}")
    officer.page.locator("[name=until]").fill("2030-12-31")
    officer.press("계약보증금 기록하기")
    officer.reads("계약보증금을 기록했습니다.")
    officer.look("amendment-signed")
    officer.press("서명하고 변경계약 체결")
    officer.reads("서명했습니다. 변경계약이 체결되었습니다.")
    assert won(MORE) in officer.text("dl.jt-summary")
    officer.look("amended")
