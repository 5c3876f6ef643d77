"""A contract officer prepares, publishes, corrects and cancels; the opening officer makes keys."""

from datetime import timedelta

from jangteo.ground.clock import KST
from jangteo.ground.text import hangul_amount
from tests.journeys.conftest import Window
from tests.journeys.town import Town
from tests.journeys.walker import Reader, Walker

PASSPHRASE = "느티나무 아래 낡은 자전거"
#: base amount and A value of a reader's own: those of another notice would be doubted
OWN = {"desktop": ("200,110,000", "5,110,000"), "phone": ("200,220,000", "5,220,000")}


def test_a_notice_is_published_and_corrected(window: Window, reader: Reader, town: Town) -> None:
    officer, opener = window("notice"), window("notice-opener")
    officer.act_as("officer")
    assert "새 공고 작성" in officer.text()
    officer.look("desk")
    title = f"새싹초등학교 지붕 방수공사 {reader.width}"
    number = _draft(officer, title, *OWN[reader.width])
    _schedule(officer, town)
    _paper_and_check(officer, OWN[reader.width][0])
    opener.act_as("opener")
    _make_keys(opener, title)
    _second_entry(opener, title, *OWN[reader.width])
    _publish(officer, number)
    assert town.visitor.get(f"/tenders/{number}")["status"] == "active"
    _correct(officer, number)
    _keys_again(opener, number)
    officer.go(f"/my/tenders/{number}/custody")
    officer.press("공고 게시하러 가기")
    officer.look("publish-correction")
    officer.press("정정공고 게시하기")
    officer.reads("정정공고를 게시했습니다.")
    officer.look("corrected")
    assert town.visitor.get(f"/tenders/{number}")["version"] == 1


def test_a_tender_is_cancelled_with_its_reason(window: Window, town: Town) -> None:
    number = town.publish("취소될 보건지소 외벽 도장공사")
    officer = window("cancel")
    officer.act_as("officer")
    officer.go(f"/my/tenders/{number}")
    officer.look("overview")
    officer.press("공고 취소하기")
    officer.press("공고 취소하기", within="main form")
    assert "왜 취소하는지 한 문장으로 쓰세요." in officer.text(".jt-errors")
    officer.look("no-reason")
    officer.fill(reason="사업 예산이 줄어 공사를 미룹니다.")
    officer.press("공고 취소하기", within="main form")
    officer.reads("공고를 취소했습니다.")
    assert "사업 예산이 줄어 공사를 미룹니다." in officer.text()
    officer.look("cancelled")
    assert town.visitor.get(f"/tenders/{number}")["status"] == "cancelled"


def _draft(officer: Walker, title: str, base: str, a_value: str) -> str:
    officer.go("/my/tenders")
    officer.look("my-tenders")
    officer.go("/desk")
    officer.press("새 공고 작성")
    officer.fill(title=title)
    officer.look("begin")
    officer.press("시작하기")
    officer.page.wait_for_url("**/basics")
    number = officer.page.url.split("/")[-2]
    officer.fill(description="지붕의 낡은 방수층을 걷어 내고 새로 시공합니다.")
    officer.look("basics")
    officer.press("저장하고 다음으로")
    officer.fill(site="가온시 새싹로 1, 새싹초등학교 본관 지붕")
    officer.mark("금속")
    officer.look("place")
    officer.press("저장하고 다음으로")
    price = int(base.replace(",", "")) * 10 // 11
    officer.fill(base_amount=base, estimated_price=str(price), a_value=a_value)
    officer.fill(base_net_cost=_net_cost(base), budget_amount=base)
    assert f"금 {hangul_amount(int(base.replace(',', '')))} 원" in officer.text()
    officer.look("amounts")
    officer.press("저장하고 다음으로")
    return number


def _net_cost(base: str) -> str:
    return str(int(base.replace(",", "")) * 85 // 100)


def _schedule(officer: Walker, town: Town) -> None:
    soon = town.stack.now().astimezone(KST) + timedelta(days=2)
    officer.look("schedule")
    officer.fill(bidding_from=f"{soon:%Y-%m-%dT}09:00", deadline=f"{soon:%Y-%m-%dT}11:00")
    officer.press("저장하고 다음으로")
    assert "지방계약법 시행령 제35조" in officer.text(".jt-errors")
    officer.look("too-short")
    officer.press("이 일정으로 정하기")
    officer.look("schedule-repaired")
    officer.press("저장하고 다음으로")


def _paper_and_check(officer: Walker, base: str) -> None:
    paper = {"name": "공고문.txt", "mimeType": "text/plain", "buffer": "공고문입니다.".encode()}
    officer.page.set_input_files("[name=file]", [paper])
    officer.press("문서 올리기")
    officer.reads("공고문.txt 문서를 올렸습니다.")
    officer.look("papers")
    officer.press("작성한 내용 확인하러 가기")
    assert f"{base}원" in officer.text() and "공고문.txt" in officer.text()
    officer.look("check")
    officer.press("개찰 열쇠 요청하기")
    officer.reads("낙찰 예시를 아직 아무도 확인하지 않았습니다.")
    officer.look("examples-unread")
    officer.mark("예시를 읽었습니다.")
    officer.press("개찰 열쇠 요청하기")
    officer.reads("개찰 열쇠를 요청했습니다.")
    officer.look("keys-asked")


def _make_keys(opener: Walker, title: str) -> None:
    assert "개찰 열쇠를 만들 차례입니다" in opener.first_task()
    opener.look("desk")
    opener.follow(title)
    opener.look("make-keys")
    _passphrase(opener, "짧은 말")
    opener.reads("암호문구는 12자 이상이어야 합니다.")
    opener.look("too-short")
    _passphrase(opener, PASSPHRASE)
    opener.reads("열쇠가 모두 모였습니다.")
    opener.look("keys-made")


def _passphrase(opener: Walker, words: str) -> None:
    opener.page.fill("#passphrase", words)
    opener.page.fill("#again", words)
    opener.press("개찰 열쇠 만들기")


def _second_entry(opener: Walker, title: str, base: str, a_value: str) -> None:
    """The opening officer enters the figures from the papers, first with a digit too few."""
    opener.go("/desk")
    assert "두 번째로 입력하세요" in opener.first_task()
    opener.follow(title)
    assert base not in opener.text()
    opener.look("second-entry")
    opener.fill(base_amount=base[:-1], a_value=a_value, base_net_cost=_net_cost(base))
    opener.press("첫 입력과 비교하기")
    opener.reads("두 사람의 입력이 다른 항목: 기초금액.")
    opener.look("entries-differ")
    opener.fill(base_amount=base, a_value=a_value, base_net_cost=_net_cost(base))
    opener.press("첫 입력과 비교하기")
    opener.reads("두 입력이 같습니다.")
    opener.look("entries-same")


def _publish(officer: Walker, number: str) -> None:
    officer.go(f"/my/tenders/{number}")
    officer.look("ready")
    officer.go(f"/my/tenders/{number}/custody")
    officer.press("공고 게시하러 가기")
    officer.look("publish")
    officer.press("공고 게시하기")
    officer.page.wait_for_url(f"**/tenders/{number}")
    officer.look("published")


def _correct(officer: Walker, number: str) -> None:
    officer.go(f"/my/tenders/{number}")
    officer.look("active")
    officer.press("정정공고 준비")
    officer.fill(correction_reason="공사 현장의 주소가 잘못되어 바로잡습니다.")
    officer.look("correct")
    officer.press("정정 시작하기")
    officer.look("correction-steps")
    officer.go(f"/my/tenders/{number}/place")
    officer.fill(site="가온시 새싹로 11, 새싹초등학교 본관 지붕")
    officer.press("저장하고 다음으로")
    officer.go(f"/my/tenders/{number}/schedule")
    officer.press("이 일정으로 정하기")
    officer.press("저장하고 다음으로")
    officer.go(f"/my/tenders/{number}/check")
    officer.look("correction-check")
    officer.press("개찰 열쇠 요청하기")
    officer.reads("개찰 열쇠를 요청했습니다.")


def _keys_again(opener: Walker, number: str) -> None:
    opener.go(f"/my/tenders/{number}/custody")
    _passphrase(opener, PASSPHRASE)
    opener.reads("열쇠가 모두 모였습니다.")
