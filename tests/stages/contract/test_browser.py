"""Both sides sign a contract in a real browser, with the keys that the browser itself enrols."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, sync_playwright

from jangteo.records.account.queries import signing_keys
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import unb64u
from jangteo.stages.award.models import Examination
from jangteo.stages.contract.models import Contract, Signature, Text
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.stages.award.opened import Opened, opened
from tests.stages.contract.signed import BOND, Signed, drafted

SHOTS = os.environ.get("JANGTEO_SHOTS", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop; our calls are our own
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def static(route: Route) -> None:
    """Static files as they are collected: the test server keeps none."""
    path = Path(settings.STATIC_ROOT) / urlsplit(route.request.url).path.split("/static/", 1)[1]
    route.fulfill(path=path) if path.exists() else route.abort()


def page_of(browser: Browser, server: Any, here: Opened, who: str, wide: int = 1280) -> Page:
    """A window of somebody who is signed in, of a visitor for ""."""
    site = server.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(
        base_url=site, viewport={"width": wide, "height": 900}, locale="ko-KR"
    )
    if who:
        name = settings.SESSION_COOKIE_NAME
        cookie = here.client(who).cookies[name].value
        context.add_cookies([{"name": name, "value": cookie, "url": site}])
    page = context.new_page()
    page.route("**/static/**", static)
    page.set_default_timeout(20_000)
    return page


def test_both_sides_sign_in_their_browsers(browser: Browser, served: Any) -> None:
    made: Signed = drafted()
    made.offer()
    supplier = page_of(browser, served, made.here, "head0", 390)
    supplier.goto(f"/contracts/{made.number}")
    supplier.get_by_role("button", name="계약서에 서명").click()
    supplier.get_by_text("서명했습니다. 기관이 마지막으로 서명합니다.", exact=True).wait_for()
    assert Contract.objects.get().status == "agreed"
    made.do("record_security", "officer", **BOND)
    agency = page_of(browser, served, made.here, "officer")
    agency.goto(f"/contracts/{made.number}")
    agency.get_by_role("button", name="서명하고 계약 체결").click()
    agency.get_by_text("서명했습니다. 계약이 체결되었습니다.", exact=True).wait_for()
    assert Contract.objects.get().status == "active"
    text = Text.objects.get().statement.encode()
    for side, who in (("supplier", "head0"), ("buyer", "officer")):
        row = Signature.objects.get(side=side)
        assert row.key in signing_keys(made.here.people[who][0].pk)
        assert seal.verify(row.key, text, unb64u(row.signature, 64))


def test_a_paper_is_uploaded_as_a_file(browser: Browser, served: Any, tmp_path: Path) -> None:
    here = opened()
    (row,) = here.call()
    Examination.objects.update(papers_due=here.market.notice.opening_at.replace(year=2099))
    file = tmp_path / "시공실적증명서.pdf"
    file.write_bytes(b"%PDF-1.7 " + b"0" * 1000)
    page = page_of(browser, served, here, "bidder0", 390)
    page.goto(f"/tenders/{here.number}/award")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="문서 올리기").click()
    page.get_by_role("link", name="시공실적증명서.pdf").wait_for()
    page.get_by_role("button", name="서류 한꺼번에 내기").click()
    page.get_by_text("서류를 냈습니다.").wait_for()
    row.refresh_from_db()
    assert row.status == "submitted"
    (paper,) = here.page("officer").papers
    assert (paper.title, paper.media_type, paper.size) == (file.name, "application/pdf", 1009)
