"""A contract officer buys for a small amount, from one page to the payment, in few clicks."""

from datetime import timedelta

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.street import awarding, contracting, delivering, paying
from tests.journeys.conftest import Window
from tests.journeys.town import Town
from tests.journeys.walker import Reader, Walker

BASE, PRICE = 18_000_000, 16_500_000
#: ten minutes: 20 seconds to read and click, 25 to type a field, a minute to sign at the opening
MOST_CLICKS, MOST_FIELDS = 19, 6


class Officer:
    """The contract officer's hands, counted."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.clicks, self.fields = walker, 0, 0

    def press(self, label: str) -> None:
        self.clicks += 1
        self.walker.press(label)
        self.walker.page.wait_for_load_state()

    def next(self) -> None:
        """The one next action of the page."""
        self.clicks += 1
        self.walker.page.locator("main .jt-now form button.primary").first.click()
        self.walker.page.wait_for_load_state()

    def fill(self, **answers: str) -> None:
        self.fields += len(answers)
        self.walker.fill(**answers)

    def go(self, path: str) -> None:
        """A page that the desk links to: one click there."""
        self.clicks += 1
        self.walker.go(path)


def test_a_small_purchase_takes_an_officer_minutes(
    window: Window, reader: Reader, town: Town
) -> None:
    walker = window("quotation")
    walker.act_as("officer")
    officer = Officer(walker)
    number = _publish(officer, town, f"교실 책걸상 구매 {reader.width}")
    town.to_bidding(number)
    town.bid(number, PRICE, PRICE + 150_000, PRICE + 300_000)
    town.to_opening(number)
    play.hold_opening(town.agency, number)
    winner = _award(officer, town, number)
    contract = _contract(officer, town, number, winner)
    _pay(officer, town, contract, winner)
    assert (officer.clicks <= MOST_CLICKS, officer.fields <= MOST_FIELDS) == (True, True), (
        officer.clicks, officer.fields,
    )  # fmt: skip


def _publish(officer: Officer, town: Town, title: str) -> str:
    officer.press("견적 받기")
    officer.walker.look("quick")
    officer.clicks += 1
    officer.walker.mark("물품")
    officer.fill(title=title, base_amount=f"{BASE:,}", site="가온시 새싹로 1")
    officer.clicks += 1
    officer.walker.page.select_option("main [name=regions]", "")  # all suppliers of the town
    officer.press("나머지를 채우고 확인하기")
    officer.walker.page.wait_for_url("**/check")
    number = officer.walker.page.url.split("/")[-2]
    officer.walker.look("check")
    officer.press("개찰 열쇠 요청하기")
    play.complete_custody(town.agency, number)
    officer.go(f"/my/tenders/{number}/custody")
    officer.press("공고 게시하러 가기")
    assert "견적 마감" in officer.walker.text()
    officer.walker.look("publish")
    officer.press("공고 게시하기")
    officer.walker.page.wait_for_url(f"**/tenders/{number}")
    return number


def _award(officer: Officer, town: Town, number: str) -> play.Supplier:
    called = awarding.candidate(town.agency, number)["supplier"]
    officer.go(f"/tenders/{number}/award")
    assert officer.walker.page.locator("main input[type=file]").count() == 0  # no papers
    officer.next()
    officer.next()
    awarding.confirm(town.agency, number)
    return next(one for one in town.others if one.identifier == called)


def _contract(officer: Officer, town: Town, number: str, winner: play.Supplier) -> str:
    officer.go(f"/contracts/new/{number}")
    officer.clicks += 1
    officer.walker.page.locator("main form button.primary").first.click()
    officer.walker.page.wait_for_url("**/contracts/R*")
    contract = officer.walker.page.url.split("/")[-1]
    today = town.stack.now().astimezone(KST).date()
    officer.fill(
        starts=f"{today + timedelta(days=1)}", ends=f"{today + timedelta(days=30)}",
        budget_line=contracting.BUDGET_LINE,
    )  # fmt: skip
    officer.next()
    officer.next()  # the security: the law lets an undertaking do, and the page proposes it
    contracting.agree(winner, contract)
    officer.go(f"/contracts/{contract}")
    officer.clicks += 1
    officer.walker.page.locator("form[data-sign] button").first.click()
    officer.walker.wait(
        lambda: contracting.state(town.agency.contract, contract)["status"] == "active"
    )
    found = contracting.state(town.agency.contract, contract)
    assert (found["value"], found["security_enough"]) == (PRICE, True)
    return contract


def _pay(officer: Officer, town: Town, contract: str, winner: play.Supplier) -> None:
    town.stack.forward_to(town.stack.now() + timedelta(days=2))
    day = town.stack.now().astimezone(KST).date()
    delivering.start(winner, contract, on=day)
    delivering.deliver(town.agency, winner, contract, kind="completion", amount=PRICE, on=day)
    claim = paying.file(winner, contract, paying.leaves(PRICE))
    officer.go(f"/claims/{claim}")
    officer.walker.look("claim")
    officer.next()
    assert paying.state(town.agency.contract, claim)["status"] == "approved"
    officer.walker.look("approved")
    paying.order(town.agency, claim)
    assert paying.wait_paid(town.agency, claim)["status"] == "paid"
