"""The shell behind the opening: the line of stages, the desks, the navigation, the money thread."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jangteo.config import timetable
from jangteo.interfaces.site.context import _navigation
from jangteo.interfaces.site.standing import line, standing
from jangteo.interfaces.site.street import street as way_of
from jangteo.records.journal.queries import now
from jangteo.stages.award.models import Award, Examination
from jangteo.stages.registration.models import Registration
from jangteo.stages.tender.queries import notice
from jangteo.ui.words import FACTS
from tests.interfaces.site.conftest import Browser
from tests.interfaces.site.test_tender_page import a_bid_came
from tests.market import Market, bidder, market, person
from tests.owner import as_owner
from tests.stages.payment.street import (
    AT,
    Street,
    answer,
    key_of,
    prime,
    reject,
    street,
    worker,
)

pytestmark = pytest.mark.django_db
FULL = 1_000_000_000


def become(where: Market, status: str) -> None:
    where.tender.status = status
    where.tender.save()


def awarded(**given: Any) -> Street:
    """A contract in force, whose tender says so."""
    here = street(FULL, **given)
    become(here.market, "awarded")
    Registration.objects.create(
        party=here.market.tender.buyer, status="active", regime="local", representative="김하늘",
        address="서울", submitted_at=now(),
    )  # fmt: skip
    Registration.objects.create(
        party=here.parties["claimant"], status="active", representative="이바다", address="서울",
        submitted_at=now(),
    )  # fmt: skip
    return here


def said(where: Market) -> tuple[str, list[tuple[str, str]]]:
    """The state in a word, and (label, state) of the steps behind the deadline."""
    row = notice(where.tender.number)
    way, at = way_of(row), now()
    steps = line(row, at, way=way)
    return standing(row, at, way)[0], [(step.label, step.state) for step in steps[3:]]


def candidate(where: Market, status: str) -> None:
    Examination.objects.create(
        tender=where.tender, tender_number=where.tender.number, buyer=where.tender.buyer,
        supplier=bidder().party, status=status, rank=1, amount=FULL, bundle_hash="0" * 64,
        called_at=AT, ended_at=None if status == "called" else AT,
    )  # fmt: skip


def test_an_opened_tender_is_examined_first() -> None:
    where = market(closes_in=timedelta(hours=-2))
    become(where, "opened")
    expected = [
        ("Opening", "done"), ("Qualification screening", "now"), ("Award", "next"),
        ("Contract", "next"), ("Delivery", "next"), ("Payment", "next"),
    ]  # fmt: skip
    assert said(where) == ("Opened", expected)
    candidate(where, "called")
    assert said(where) == ("Opened", expected)


def test_once_the_candidate_passed_the_award_is_next() -> None:
    where = market(closes_in=timedelta(hours=-2))
    become(where, "opened")
    candidate(where, "passed")
    assert said(where)[1][:3] == [
        ("Opening", "done"), ("Qualification screening", "done"), ("Award", "now"),
    ]  # fmt: skip


def test_without_a_candidate_left_the_line_ends_at_the_screening() -> None:
    where = market(closes_in=timedelta(hours=-2))
    become(where, "unsuccessful")
    candidate(where, "failed")
    assert said(where) == ("Failed", [("Opening", "done"), ("Failed", "failed")])


def test_a_failed_opening_ends_before_it() -> None:
    where = market(closes_in=timedelta(hours=-2))
    become(where, "unsuccessful")
    assert said(where) == ("Failed", [("Failed", "failed")])


def test_an_awarded_tender_waits_for_its_contract() -> None:
    here = awarded()
    here.contract.status = "agreed"
    here.contract.save()
    assert said(here.market) == (
        "Awarded",
        [("Opening", "done"), ("Qualification screening", "done"), ("Award", "done"),
         ("Contract", "now"), ("Delivery", "next"), ("Payment", "next")],
    )  # fmt: skip


def test_a_contract_that_is_only_offered_is_not_shown_to_the_public(browser: Browser) -> None:
    here = awarded()
    here.contract.status = "offered"
    here.contract.save()
    text = browser(None).get(f"/tenders/{here.contract.tender_number}").content.decode()
    assert here.number not in text
    assert "Awarded to 한빛건설 with KRW 1,000,000,000." in text


def test_an_award_that_is_only_proposed_is_not_shown() -> None:
    here = awarded()
    become(here.market, "opened")
    here.contract.status = "cancelled"
    here.contract.save()
    with as_owner():
        Award.objects.update(status="pending", confirmed_by=None, confirmed_at=None)
    way = way_of(notice(here.market.tender.number))
    assert (way.award, way.contract) == (None, None)


def test_works_and_payments_go_on_together() -> None:
    here = awarded()
    assert said(here.market)[1][3:] == [
        ("Contract", "done"), ("Delivery", "now"), ("Payment", "next"),
    ]  # fmt: skip
    here.accept(400_000_000)
    here.file([prime(400_000_000)])
    assert said(here.market)[1][4:] == [("Delivery", "now"), ("Payment", "now")]
    here.accept(600_000_000, kind="completion")
    label, steps = said(here.market)
    assert (label, steps[4:]) == ("Under contract", [("Delivery", "done"), ("Payment", "now")])


@pytest.mark.parametrize(
    ("status", "label", "last"),
    [("completed", "Paid in full", ("Payment", "done")),
     ("terminated", "Contract terminated", ("Contract terminated", "failed"))],
)  # fmt: skip
def test_the_line_ends_where_the_contract_ended(
    status: str, label: str, last: tuple[str, str]
) -> None:
    here = awarded()
    here.contract.status, here.contract.ended_at = status, AT
    here.contract.save()
    found, steps = said(here.market)
    assert (found, steps[-1]) == (label, last)
    assert ("Payment", "next") not in steps


def test_the_tender_page_leads_on_to_award_contract_and_money(browser: Browser) -> None:
    here = awarded(accepted=400_000_000)
    number = here.contract.tender_number
    text = browser(None).get(f"/tenders/{number}").content.decode()
    for url in (f"/tenders/{number}/award", f"/contracts/{here.number}",
                f"/contracts/{here.number}/trail", f"/tenders/{number}/result"):  # fmt: skip
        assert f'href="{url}"' in text
    assert "See the contract" in text
    here.file([prime(400_000_000)])
    text = browser(None).get(f"/tenders/{number}").content.decode()
    assert "Follow the money" in text
    assert "KRW 400,000,000" in text


def test_search_finds_awarded_tenders_and_says_which_step_they_are_in(browser: Browser) -> None:
    here = awarded()
    market(title="다른 공사")
    text = browser(None).get("/tenders", {"status": "awarded"}).content.decode()
    assert here.contract.tender_number in text
    assert "Step 8 of 9: Delivery" in text
    assert "다른 공사" not in text


def test_what_was_bid_stays_told_after_the_award(browser: Browser) -> None:
    here = awarded()
    a_bid_came(here.market)
    text = browser(None).get(f"/tenders/{here.contract.tender_number}").content.decode()
    assert text.count("Sealed bid received") == 1


def desk(browser: Browser, here: Street, who: str) -> str:
    response = browser(here.accounts[who]).get("/desk")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["checker", "payer", "inspector", "approver", "claimant"])
def test_whoever_works_on_contracts_finds_them_on_the_desk(browser: Browser, who: str) -> None:
    here = awarded(accepted=500_000)
    claim = here.file([prime(500_000)])
    text = desk(browser, here, who)
    assert f'href="/contracts/{here.number}"' in text
    assert f'href="/claims/{claim.number}"' in text


def test_an_opening_officer_sees_no_claims(browser: Browser) -> None:
    here = awarded(accepted=500_000)
    claim = here.file([prime(500_000)])
    here.add("opener", "opening_officer", here.market.tender.buyer)
    text = desk(browser, here, "opener")
    assert claim.number not in text
    assert here.number not in text


def test_a_late_claim_is_marked_and_is_what_comes_first(browser: Browser) -> None:
    here = awarded(accepted=700_000)
    here.file([prime(500_000)], at=AT)
    late = here.file([prime(200_000)], at=AT)
    late.due = now() - timedelta(days=1)
    late.save()
    text = desk(browser, here, "checker")
    first = text.split('class="jt-next jt-next-first"')[1].split("</div>")[0]
    assert f'href="/claims/{late.number}"' in first
    assert "past due" in first
    row = text.split(f'<a href="/claims/{late.number}">{late.contract.title}')[1].split("</tr>")[0]
    assert "past due" in row


def test_no_desk_says_of_a_refused_order_that_the_money_is_on_its_way(browser: Browser) -> None:
    here = awarded(accepted=500_000)
    claim = here.ordered([prime(500_000)])
    assert "the money is on its way" in desk(browser, here, "claimant")
    reject(claim.number, "B201", reason="잔액 부족")
    for who in ("claimant", "payer", "checker"):
        text = desk(browser, here, who)
        assert "the budget system refused it: no money went out" in text, who
        assert "the money is on its way" not in text, who


def test_the_line_says_until_when_the_papers_may_come(browser: Browser) -> None:
    where = market(closes_in=timedelta(hours=-2))
    become(where, "opened")
    candidate(where, "called")
    midnight = AT.replace(hour=15, minute=0, second=0, microsecond=0)
    Examination.objects.update(papers_due=midnight)
    page = browser(None).get(f"/tenders/{where.tender.number}").content.decode()
    assert page.count(", 24:00 KST</time>") == 1


def test_a_subcontractors_desk_says_who_holds_its_money(browser: Browser) -> None:
    here = awarded(accepted=900_000)
    sub = here.hire(300_000)
    Registration.objects.create(
        party=sub.subcontractor, status="active", representative="오하도", address="서울",
        submitted_at=now(),
    )  # fmt: skip
    claim = here.file([prime(600_000), worker(300_000, sub=sub)])
    text = desk(browser, here, "hired0")
    assert f'href="/subcontracts/{sub.number}"' in text
    assert "Where our money is" in text
    assert f'href="/claims/{claim.number}"' in text
    assert "KRW 600,000" not in text


def test_a_desk_that_asks_for_nothing_still_leads_somewhere(browser: Browser) -> None:
    here = awarded()
    leading = (("inspector", "/contracts"), ("payer", "/payments"), ("approver", "/contracts"))
    for who, leads in leading:
        empty = desk(browser, here, who).split('class="jt-empty"')[1].split("</div>")[0]
        assert f'href="{leads}"' in empty, who


def test_the_list_of_an_agencys_tenders_knows_an_awarded_one(browser: Browser) -> None:
    here = awarded()
    account = person(here.market.tender.buyer, "contract_officer")
    text = browser(account).get("/my/tenders").content.decode()
    assert here.contract.title in text
    assert ">Under contract</span>" in text


def test_the_first_page_follows_the_newest_amount_that_arrived(browser: Browser) -> None:
    assert "An amount that reached its payee" in browser(None).get("/").content.decode()
    here = awarded(accepted=500_000)
    claim = here.instructed([prime(500_000)])
    answer(key_of(claim))
    text = browser(None).get("/").content.decode()
    assert f'href="/contracts/{here.number}/trail"' in text
    assert "KRW 500,000" in text
    assert browser(None).get(f"/contracts/{here.number}/trail").status_code == 200


@pytest.mark.parametrize(
    ("path", "entry"),
    [("/tenders", "/tenders"), ("/tenders/R26BK00000001/award", "/tenders"), ("/desk", "/desk"),
     ("/my/tenders/new", "/desk"), ("/openings", "/desk"), ("/people", "/desk"),
     ("/contracts", "/contracts"), ("/contracts/R26TA00000001", "/contracts"),
     ("/contracts/new/R26BK00000001", "/contracts"),
     ("/contracts/R26TA00000001/delivery", "/contracts"), ("/inspections", "/contracts"),
     ("/subcontracts/R26SC00000001", "/contracts"),
     ("/contracts/R26TA00000001/claims/new", "/payments"),
     ("/contracts/R26TA00000001/trail", "/payments"), ("/claims/R26PC00000001", "/payments"),
     ("/payments", "/payments"), ("/my/payments", "/payments"), ("/w/abc", "/payments"),
     ("/data/log", "/data/log"), ("/help", "/help"), ("/", ""), ("/helpless", "")],
)  # fmt: skip
def test_each_page_lights_one_entry_of_the_navigation(path: str, entry: str) -> None:
    lit = [one["url"] for one in _navigation(path) if one["here"]]
    assert lit == ([entry] if entry else [])


@pytest.mark.parametrize("path", ["/desk", "/contracts", "/payments"])
def test_what_needs_a_sign_in_leads_there_and_back(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert re.fullmatch(rf"/sign-in\?next={path}", response.headers["Location"])


def test_every_fact_has_its_words() -> None:
    known = set(timetable.LISTENERS) | set(timetable.SILENT)
    assert {kind for kind in known if kind not in FACTS} == {"bid.find_malformed"}
