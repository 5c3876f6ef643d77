"""From the search to the receipt, from the deadline to "why not me"."""

from jangteo.interfaces.rehearsal import play
from tests.journeys.conftest import Window
from tests.journeys.seen import downloaded_hash, shows_result, won
from tests.journeys.town import Town
from tests.journeys.walker import Reader, Walker

PRICE = 181_234_560
#: Above the agent's own price, then one below any floor, then one above any reserve price.
OTHERS = (181_500_000, 182_000_000, 183_000_000, 150_000_000, 230_000_000)


def test_a_price_is_sealed_and_opened(window: Window, reader: Reader, town: Town) -> None:
    title = f"새싹도서관 증축공사 {reader.width}"
    number = town.publish(title)
    agent = window("bid")
    agent.act_as("agent")
    _find(agent, number, title)
    town.to_bidding(number)
    _prepare(agent, number)
    _send(agent, number)
    town.bid(number, *OTHERS)
    town.to_opening(number)

    opener, officer = window("open"), window("open-officer")
    _prepare_opening(opener, title, excluded=town.others[2].name)
    _sign(officer, title, "계약관으로 서명")
    _open(opener, number)
    found = town.result(number)
    shows_result(opener, found)
    assert [one["supplier"] for one in found["exclusions"]] == [town.others[2].name]
    opener.look("result")

    _learn(agent, number, found)
    citizen = window("open-citizen")
    citizen.go(f"/tenders/{number}/result")
    assert downloaded_hash(citizen, number) == found["bundle_hash"]


def test_a_supplier_without_the_licence_reads_why_not(window: Window, town: Town) -> None:
    number = town.publish("전기공사업만 찾는 수변전설비 공사", licences=["0037"])
    town.to_bidding(number)
    agent = window("may-not")
    agent.act_as("agent")
    agent.go(f"/tenders/{number}/bid")
    assert "지금은 투찰할 수 없습니다" in agent.text() and "전기공사업" in agent.text()
    assert agent.page.locator("[data-seal]").count() == 0
    agent.look("licence")
    visitor = window("may-not-visitor")
    visitor.go(f"/tenders/{number}/bid")
    assert "먼저 로그인하세요." in visitor.text()
    visitor.look("not-signed-in")


def test_one_bid_alone_fails_the_tender(window: Window, town: Town) -> None:
    number = town.publish("혼자 입찰한 마을회관 보수공사")
    town.to_bidding(number)
    play.send_bids(town.doors, number, [play.SealedPrice(town.builder, PRICE, (1, 2))])
    town.to_opening(number)
    opener = window("fail")
    opener.act_as("opener")
    opener.go(f"/tenders/{number}/opening")
    opener.press("개찰 준비")
    opener.look("prepared")
    _until(opener, "봉투 확정하기")
    opener.press("봉투 확정하기")
    opener.reads("경쟁입찰이 성립하지 않습니다")
    opener.look("too-few")
    opener.press("유찰 처리")
    opener.page.wait_for_url("**/result")
    found = town.result(number)
    assert found["outcome"] == "failed"
    assert found["text"] in opener.text() and found["law"] in opener.text()
    opener.look("failed")


def _find(agent: Walker, number: str, title: str) -> None:
    agent.look("desk")
    agent.page.fill("#jt-search", title[:6])
    agent.press("검색", within="header")
    agent.reads(number)
    agent.look("found")
    agent.follow(title)
    agent.press("투찰할 수 있는지 보기")
    assert "투찰은" in agent.text() and "투찰이 시작되면 다시 오세요." in agent.text()
    agent.look("too-early")


def _prepare(agent: Walker, number: str) -> None:
    agent.go(f"/tenders/{number}")
    agent.look("tender")
    agent.press("투찰할 수 있는지 보기")
    agent.page.locator("summary", has_text="투찰할 수 있습니다").click()
    assert "이용자 등록이 유효합니다." in agent.text()
    agent.look("may-bid")
    agent.press("입찰 내용 확인하기")
    agent.reads("서로 다른 번호 두 개를 고르세요.")
    agent.look("nothing-typed")
    agent.page.locator("[data-price]").press_sequentially(str(PRICE))
    assert "금 일억 팔천백이십삼만 사천오백육십 원" in agent.text("[data-seal]")
    for number_picked in ("3", "8"):
        agent.press(number_picked)
    agent.reads("3번과 8번을 골랐습니다.")
    assert agent.page.locator("[data-wrong]").is_hidden()
    agent.look("prepared")
    agent.press("입찰 내용 확인하기")
    said = agent.text("[data-step=check]")
    assert f"{PRICE:,}" in said and "3, 8" in said
    agent.look("check")


def _send(agent: Walker, number: str) -> None:
    agent.press("봉인해서 내기")
    agent.page.wait_for_url("**/receipts/*")
    phrase = agent.text(".bid-phrase")
    assert len(phrase.split()) >= 3 or len(phrase) > 5
    agent.look("receipt")
    agent.page.reload()
    assert agent.text(".bid-phrase") == phrase
    agent.go(f"/tenders/{number}/bid")
    assert "봉인되어 안전하게" in agent.text() or "접수증 보기" in agent.text()
    assert agent.page.locator("[data-seal]").count() == 0
    agent.look("again")
    assert number in agent.text() and f"{PRICE:,}" not in agent.page.content()
    agent.go("/desk")
    agent.look("desk-after")


def _prepare_opening(opener: Walker, title: str, *, excluded: str) -> None:
    opener.act_as("opener")
    opener.look("desk")
    opener.go("/desk/tasks")
    assert title in opener.text()
    opener.go("/openings")
    opener.look("openings")
    opener.follow(title)
    opener.look("prepare")
    opener.press("개찰 준비")
    _until(opener, "봉투 확정하기")
    opener.page.locator("summary", has_text="먼저 제외할 입찰서가 있습니까?").click()
    bid = opener.page.locator("[name=bid] option", has_text=excluded).get_attribute("value")
    opener.page.select_option("[name=bid]", bid)
    opener.page.select_option("[name=ground]", "not_qualified")
    opener.fill(note="개찰 전에 면허가 취소된 것을 확인했습니다.")
    opener.look("exclude")
    opener.press("이 입찰서 제외")
    opener.page.locator(".op-list", has_text="입찰참가자격이 없는 자의 입찰").wait_for()
    opener.look("excluded")
    opener.press("봉투 확정하기")
    opener.look("sign")


def _until(opener: Walker, label: str) -> None:
    """Load the page again until the custodians have checked every envelope."""
    opener.wait(lambda: "아직 점검" not in (opener.page.reload() and opener.text()))
    opener.reads(label)


def _sign(officer: Walker, title: str, label: str) -> None:
    officer.act_as("officer")
    officer.look("desk")
    officer.task(title)
    officer.look("sign")
    with officer.page.expect_navigation():
        officer.press(label)
    officer.reads("집행관")
    officer.look("signed")


def _open(opener: Walker, number: str) -> None:
    opener.go(f"/tenders/{number}/opening")
    opener.press("집행관으로 서명")
    opener.reads("보관자가 열쇠를 내주고 있습니다")
    opener.look("keys")
    opener.press("개찰 시작")
    opener.page.wait_for_url("**/result")


def _learn(agent: Walker, number: str, found: dict) -> None:
    """The agent reads where the own bid stands."""
    agent.go("/desk")
    agent.look("desk-opened")
    agent.go(f"/tenders/{number}/result")
    mine = next(one for one in found["bids"] if one["amount"] == PRICE)
    said = agent.text("section[aria-labelledby=mine]")
    assert won(PRICE) in said and mine["rate"] in said
    assert (f"{mine['rank']}순위" in said) if mine["rank"] else ("하한" in said or "초과" in said)
    agent.look("my-result")
    agent.go(f"/tenders/{number}/why")
    agent.look("why")
