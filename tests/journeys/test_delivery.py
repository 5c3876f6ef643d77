"""From the first day of the works to their acceptance, with something that had to be mended."""

from datetime import timedelta

import pytest

from tests.journeys import street
from tests.journeys.conftest import Window
from tests.journeys.seen import won
from tests.journeys.street import PRICE, Case
from tests.journeys.town import Town
from tests.journeys.walker import WIDTHS, Reader, Walker

PART = 80_000_000
FOUND = "동쪽 모서리의 방수층이 들떴습니다."


@pytest.fixture(scope="module")
def cases(town: Town) -> dict[str, Case]:
    """A contract in force whose first day has come, one for each width."""
    made = street.contracted(town, *(f"한빛복지관 지붕 보수공사 {width}" for width in WIDTHS))
    town.stack.forward_by(timedelta(days=2))
    return dict(zip(WIDTHS, made, strict=True))


def test_works_are_inspected_and_mended(
    window: Window, reader: Reader, town: Town, cases: dict[str, Case]
) -> None:
    case = cases[reader.width]
    builder, inspector = window("works-builder"), window("works-inspector")
    _begun(builder, case)
    _notified(builder, case)
    _to_be_mended(inspector, town, case)
    _mended(builder, case)
    _accepted(inspector, builder, case)
    _completed(inspector, builder, case)


def _begun(builder: Walker, case: Case) -> None:
    builder.act_as("builder")
    builder.task(f"“{case.title}” 착공하고 알리기")
    builder.look("awaits-start")
    builder.press("착공 알리기")
    builder.reads("착공했습니다. 마친 부분이 생기면 통지하세요.")
    builder.look("begun")


def _notified(builder: Walker, case: Case) -> None:
    """More than the contract is refused at the field; a part of it is notified."""
    builder.mark("기성 부분")
    builder.fill(amount=f"{PRICE + 1:,}", note="동쪽 절반을 마쳤습니다.")
    builder.refused(lambda: builder.press("이행 통지하기"), status=422)
    assert f"{PRICE:,}원" in builder.text(".jt-errors")
    builder.look("too-much")
    builder.fill(amount=f"{PART:,}")
    builder.press("이행 통지하기")
    builder.reads("통지했습니다. 법정 기한 안에 검사합니다.")
    assert won(PART) in builder.text("section[aria-labelledby=amounts]")
    builder.look("notified")


def _to_be_mended(inspector: Walker, town: Town, case: Case) -> None:
    """The inspector's list says what is due by when; what is found is ordered to be mended."""
    inspector.act_as("inspector")
    assert f"“{case.title}” {PART:,}원 검사하기" in inspector.text()
    inspector.look("desk")
    inspector.go("/inspections")
    inspector.look("due")
    inspector.follow(case.title)
    inspector.look("inspect")
    inspector.unfold("시정할 것이 있습니다")
    inspector.refused(lambda: inspector.press("시정 요구하기"), status=422)
    inspector.look("nothing-said")
    mend_by = street.today(town) + timedelta(days=7)
    form = "form[action$='/order_correction']"
    inspector.fill(within=form, **{"correction-note": FOUND})
    inspector.fill(within=form, **{"correction-mend_by": mend_by.isoformat()})
    inspector.press("시정 요구하기")
    inspector.reads("시정할 것을 계약상대자에게 알렸습니다.")
    inspector.look("to-be-mended")


def _mended(builder: Walker, case: Case) -> None:
    builder.task(f"“{case.title}” 지적한 것을 시정하고 통지하기")
    assert FOUND in builder.text("section[aria-labelledby=now]")
    builder.look("mend")
    builder.fill(**{"again-note": "들뜬 곳을 걷어 내고 다시 시공했습니다."})
    builder.press("시정 완료 통지하기")
    builder.reads("다시 통지했습니다. 검사 기한을 오늘부터 다시 셉니다.")
    builder.look("mended")


def _accepted(inspector: Walker, builder: Walker, case: Case) -> None:
    """The part is accepted: the supplier is told that it can be claimed."""
    inspector.go(f"/contracts/{case.contract}/delivery")
    assert "들뜬 곳을 걷어 내고" in inspector.text("section[aria-labelledby=now]")
    inspector.look("again")
    inspector.press("합격으로 처리하기")
    inspector.reads("합격으로 처리했습니다. 계약상대자가 대금을 청구할 수 있습니다.")
    inspector.look("accepted")
    builder.go("/desk")
    said = f"“{case.title}” {PART:,}원이 검사에 합격했습니다. 대금을 청구할 수 있습니다."
    assert said in builder.text()


def _completed(inspector: Walker, builder: Walker, case: Case) -> None:
    """The completion is all that is left, without an amount to type."""
    builder.go(f"/contracts/{case.contract}/delivery")
    builder.mark("준공")
    builder.press("이행 통지하기")
    builder.reads("통지했습니다.")
    inspector.go(f"/contracts/{case.contract}/delivery")
    assert won(PRICE - PART) in inspector.text("section[aria-labelledby=now]")
    inspector.press("합격으로 처리하기")
    inspector.reads("모두 검사에 합격했습니다.")
    assert f"남은 금액 {won(0)}" in inspector.text("section[aria-labelledby=amounts]")
    inspector.look("completed")
