"""The public page of a tender: what each reader sees, and what nobody sees too early."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor
from jangteo.records.document.actions import add_document
from jangteo.records.journal.actions import record
from jangteo.records.journal.queries import now
from jangteo.stages.tender.models import Draft, Tender
from tests.interfaces.site.conftest import Browser
from tests.market import Market, bidder, market, party, person, publish

pytestmark = pytest.mark.django_db


def page(client: Client, where: Market, ending: str = "") -> str:
    response = client.get(f"/tenders/{where.tender.number}{ending}")
    assert response.status_code == 200
    return response.content.decode()


def officer(where: Market) -> Account:
    return person(where.tender.buyer, "contract_officer")


def a_bid_came(where: Market) -> str:
    """A bid's fact in the journal, as the intake writes it; returns its hash."""
    digest = uuid.uuid4().hex * 2
    by = Actor(None, "최대리", bidder().party.pk)
    record("bid.submit", f"bid:{digest}", by=by, at=now(), tender=where.tender.number)
    return digest


def test_it_says_who_buys_what_until_when(browser: Browser) -> None:
    where = market()
    text = page(browser(None), where)
    for said in (where.notice.title, where.tender.buyer_name, "KRW 1,234,500,000", "Taking bids"):
        assert said in text
    assert "금 십이억 삼천사백오십만 원" not in text
    assert where.notice.keys_hash in text
    korean = page(Client(headers={"accept-language": "ko"}), where)
    assert "금 십이억 삼천사백오십만 원" in korean


def test_before_the_result_nobody_learns_that_somebody_bid(browser: Browser) -> None:
    where = market()
    a_bid_came(where)
    for account in (None, officer(where), bidder().account):
        text = page(browser(account), where)
        assert "Sealed bid received" not in text
        assert "최대리" not in text


def test_after_the_result_bids_are_told_without_the_agents_names(browser: Browser) -> None:
    where = market(closes_in=timedelta(hours=-2))
    a_bid_came(where)
    where.tender.status = "opened"
    where.tender.save()
    text = page(browser(None), where)
    assert text.count("Sealed bid received") == 1
    assert "최대리" not in text
    assert f'href="/tenders/{where.tender.number}/result"' in text


@pytest.mark.parametrize(
    ("reader", "leads_to"),
    [("nobody", "/sign-in?next=/tenders/{n}/bid"), ("supplier", "/tenders/{n}/bid"),
     ("officer", "/my/tenders/{n}"), ("stranger", "")],
)  # fmt: skip
def test_the_one_next_action_follows_the_reader(
    browser: Browser, reader: str, leads_to: str
) -> None:
    where = market()
    accounts = {
        "nobody": None,
        "supplier": bidder().account,
        "officer": officer(where),
        "stranger": person(party("agency", "9999999"), "contract_officer"),
    }
    text = page(browser(accounts[reader]), where)
    buttons = text.split('<div class="jt-next">')[1:]
    if not leads_to:
        assert buttons == []
        return
    assert len(buttons) == 1
    assert f'href="{leads_to.format(n=where.tender.number)}"' in buttons[0]


def test_after_the_deadline_a_supplier_finds_no_way_to_bid(browser: Browser) -> None:
    where = market(closes_in=timedelta(seconds=-1))
    text = page(browser(bidder().account), where)
    assert "Waiting for the opening" in text
    assert f"/tenders/{where.tender.number}/bid" not in text


def test_an_older_version_points_to_the_one_in_force(browser: Browser) -> None:
    first = market()
    publish(
        first.tender, 1, deadline=now() + timedelta(days=6), correction_reason="물량을 고쳤습니다."
    )
    old = page(browser(None), first, "-000")
    assert "A later version is in force." in old
    new = page(browser(None), first)
    assert "A later version is in force." not in new
    assert "물량을 고쳤습니다." in new
    assert f"{first.tender.number}-001" in new


@pytest.mark.parametrize("number", ["R26BK99999999", "R26BK99999999-000"])
def test_an_unknown_number_is_not_there(client: Client, number: str) -> None:
    assert client.get(f"/tenders/{number}").status_code == 404


def test_a_draft_is_not_there_for_outsiders_and_leads_its_officer_to_the_draft(
    browser: Browser,
) -> None:
    agency = party("agency", "1234567")
    mine = person(agency, "contract_officer")
    tender = Tender.objects.create(
        number="R26BK77777777", buyer=agency, buyer_name=agency.name, status="draft",
        created_at=now(), created_by=mine.pk,
    )  # fmt: skip
    Draft.objects.create(tender=tender, saved_at=now(), title="비밀 계획")
    for account in (None, bidder().account):
        response = browser(account).get("/tenders/R26BK77777777")
        assert response.status_code == 404
        assert "비밀 계획" not in response.content.decode()
    response = browser(mine).get("/tenders/R26BK77777777")
    assert response.headers["Location"] == "/my/tenders/R26BK77777777"


def test_a_paper_is_public_only_once_a_notice_names_it(browser: Browser) -> None:
    where = market()
    by = Actor(officer(where).pk, "김계약", where.tender.buyer_id)
    added = add_document(
        where.tender.subject, by=by, at=now(), kind="notice", title="공고문.pdf",
        media_type="application/pdf", data=b"%PDF-1.7",
    )  # fmt: skip
    path = f"/documents/{added.pk}"
    assert browser(None).get(path).status_code == 404
    publish(where.tender, 1, deadline=now() + timedelta(days=6), documents=[str(added.pk)])
    response = browser(None).get(path)
    assert (response.status_code, response.content) == (200, b"%PDF-1.7")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
