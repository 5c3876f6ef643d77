"""Every page of award and contract at two widths: axe clean, within the screen, all in Korean."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, Page

from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.journal.queries import now
from tests.journeys.walker import FOREIGN, RULES
from tests.stages.award.opened import AT, DAY, Opened, chairs, opened
from tests.stages.contract.signed import BOND, ENDS, VALUE, Signed
from tests.stages.contract.test_browser import browser, page_of

SHOTS = os.environ.get("JANGTEO_SHOTS", "")
WIDTHS = (1280, 390)
__all__ = ["browser"]


class Looker:
    """Opens a page as somebody at both widths and holds it to the same checks."""

    def __init__(self, browser: Browser, server: Any, here: Opened) -> None:
        self.browser, self.server, self.here = browser, server, here
        self.windows: dict[tuple[str, int], Page] = {}
        self.looked = 0

    def __call__(
        self, name: str, who: str, path: str, do: Callable[[Page], None] | None = None
    ) -> None:
        for wide in WIDTHS:
            key = (who, wide)
            if key not in self.windows:
                self.windows[key] = page_of(self.browser, self.server, self.here, who, wide)
            page = self.windows[key]
            page.goto(path)
            if do:
                do(page)
            for more in page.locator("details").all():
                more.evaluate("box => { box.open = true }")
            self._check(page, f"{name} {who} {wide}")

    def _check(self, page: Page, label: str) -> None:
        if SHOTS:
            file = Path(SHOTS) / f"{label.replace(' ', '-')}.png"
            page.screenshot(path=file, full_page=True)
        assert page.locator("h1").count() == 1, label
        found = Axe().run(page, options=RULES).response["violations"]
        assert not found, (label, [(one["id"], one["nodes"][0]["html"]) for one in found])
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (label, wide)
        assert page.evaluate(FOREIGN) == [], label
        self.looked += 1


@pytest.fixture
def look(browser: Browser, served: Any) -> Iterator[Callable[[Opened], Looker]]:
    yield lambda here: Looker(browser, served, here)


def today() -> datetime:
    """The server's clock, at AT or later."""
    if now() < AT:
        sandbox.forward_to(connection, AT)
    return now()


def test_the_pages_of_an_award(look: Callable[[Opened], Looker]) -> None:
    here = opened(
        title="서울 북부 문화회관 옥상 방수 및 외벽 균열 보수와 부대시설 정비를 위한 종합 공사"
    )
    see, url = look(here), f"/tenders/{here.number}/award"
    see("award-1-none", "officer", url)
    here.call(today())
    for who in ("bidder0", "officer", "bidder1", ""):
        see("award-2-called", who, url)
    here.paper(at=today())
    see("award-3-papers", "bidder0", url)
    here.do("submit_papers", "bidder0", today())
    see("award-4-review", "officer", url)

    def tried(page: Page) -> None:
        page.locator("input[name=finance]").fill("10")
        page.locator("input[name=reputation]").fill("-1.4")
        page.locator("form[action$='/award/score'] button").click()
        page.locator("form[action$='/award/pass']").wait_for()

    see("award-5-trial", "officer", url, tried)
    here.do("pass_review", "officer", scores={"finance": "10", "reputation": "-1.4"})
    see("award-6-passed", "officer", url)
    here.do("propose", "officer")
    for who in ("approver", "officer", "bidder0"):
        see("award-7-proposed", who, url)
    here.do("confirm", "approver")
    for who in ("approver", "officer", "bidder0", "bidder1", ""):
        see("award-8-awarded", who, url)
    here.annul(cause="gave_up", reason="계약을 포기했습니다.")
    for who in ("officer", "bidder0", "bidder1"):
        see("award-9-annulled", who, url)
    assert see.looked == 2 * 20


def test_the_pages_of_a_quotations_award(look: Callable[[Opened], Looker]) -> None:
    here = chairs()
    see, url = look(here), f"/tenders/{here.number}/award"
    here.call(today())
    for who in ("officer", "bidder0"):
        see("quote-1-called", who, url)
    here.do("pass_review", "officer", scores={})
    here.do("propose", "officer")
    see("quote-2-proposed", "approver", url)
    here.do("confirm", "approver")
    for who in ("officer", "bidder0", "bidder1", ""):
        see("quote-3-awarded", who, url)
    assert see.looked == 2 * 7


def test_the_pages_of_a_contract(look: Callable[[Opened], Looker]) -> None:
    here = opened(
        title="서울 북부 문화회관 옥상 방수 및 외벽 균열 보수와 부대시설 정비를 위한 종합 공사"
    )
    here.awarded()
    today()
    here.add("payer", "disbursing_officer", here.buyer)
    see, made = look(here), Signed(here)
    see("contract-0-new", "officer", f"/contracts/new/{here.number}")
    see("contract-0-list", "officer", "/contracts")
    made.number = made.do("draft", "officer", number=here.number).number
    url = f"/contracts/{made.number}"
    see("contract-1-draft", "officer", url)
    made.offer()
    for who in ("head0", "bidder0", "officer"):
        see("contract-2-offered", who, url)
    made.sign("agree", "head0")
    for who in ("officer", "head0"):
        see("contract-3-agreed", who, url)
    made.do("record_security", "officer", **BOND)
    see("contract-4-secured", "officer", url)
    made.sign("conclude", "officer")
    first = made.hire(40_000_000)
    for who in ("head1", "head0", "officer"):
        see("sub-1-registered", who, f"/subcontracts/{first.number}")
    made.do("agree_subcontract", "head1", number=first.number)
    see("sub-2-agreed", "officer", f"/subcontracts/{first.number}")
    for who in ("officer", "approver", "head0", "head1", ""):
        see("contract-5-active", who, url)
    for who in ("head0", "head1", "officer"):
        see("contract-5-list", who, "/contracts")
    made.do("propose_amendment", "officer", value=VALUE + 10_000_000, ends=ENDS, reason="물량 증가")
    for who in ("head0", "officer"):
        see("contract-6-amended", who, url)
    made.sign("agree_amendment", "head0")
    see("contract-7-unsecured", "officer", url)
    made.do("record_security", "officer", **BOND | {"paper": "B-2", "amount": 1_000_000})
    see("contract-8-secured", "officer", url)
    made.sign("conclude_amendment", "officer")
    made.do("terminate", "approver", at=AT + DAY, ground="delay", reason="공사를 멈췄습니다.")
    for who in ("officer", "head0", ""):
        see("contract-9-terminated", who, url)
    assert see.looked == 2 * 28
