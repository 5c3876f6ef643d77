"""Search, desk, log and health: the pages that gather from everywhere."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.interfaces.site.views.desk import tasks
from jangteo.records.account.queries import actor_for
from jangteo.records.journal.queries import now
from jangteo.records.message.actions import send
from jangteo.records.message.models import Message
from jangteo.records.party.models import Party
from jangteo.stages.registration.models import Registration
from jangteo.stages.tender.actions import draft_tender
from tests.interfaces.site.conftest import Browser
from tests.market import bidder, market, party, person

pytestmark = pytest.mark.django_db


def registered(agency: Party) -> Party:
    """An agency whose registration is in force."""
    Registration.objects.create(
        party=agency, status="active", regime="local", representative="김하늘", address="서울",
        submitted_at=now(),
    )  # fmt: skip
    return agency


def test_search_by_words_state_and_page(browser: Browser) -> None:
    wanted = market(title="한빛천 하도정비공사")
    market(title="도서관 보수공사")
    over = market(title="한빛천 교량공사", closes_in=timedelta(hours=-1))
    client = browser(None)
    text = client.get("/tenders", {"text": "한빛천", "status": "bidding"}).content.decode()
    assert wanted.tender.number in text
    assert over.tender.number not in text
    assert "1 tender" in text
    assert "도서관" not in text


def test_a_search_that_finds_nothing_says_what_to_do(browser: Browser) -> None:
    market()
    text = browser(None).get("/tenders", {"text": "없는공사"}).content.decode()
    assert "No published tender matches." in text
    assert "0 tenders" in text


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "99999999999", "²"])
def test_a_page_number_that_is_not_there_shows_one_that_is(client: Client, page: str) -> None:
    market()
    assert client.get("/tenders", {"page": page}).status_code == 200


def test_a_foreign_state_is_an_error_at_its_field(browser: Browser) -> None:
    response = browser(None).get("/tenders", {"status": "secret"})
    assert response.status_code == 200
    assert 'href="#id_status"' in response.content.decode()


def test_the_desk_is_for_those_who_signed_in(client: Client) -> None:
    response = client.get("/desk")
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in?next=/desk")


def test_an_officers_desk_shows_the_agencys_tenders_and_messages_only(browser: Browser) -> None:
    mine, other = market(title="우리 공사"), market(title="남의 공사")
    send(mine.tender.buyer_id, at=now(), key="k1", text="Notice published", params={}, link="/help")
    send(other.tender.buyer_id, at=now(), key="k2", text="Result published", params={}, link="/")
    account = person(registered(mine.tender.buyer), "contract_officer")
    text = browser(account).get("/desk").content.decode()
    assert "우리 공사" in text
    assert "Notice published" in text
    assert "남의 공사" not in text
    assert "Result published" not in text


def test_a_draft_on_the_desk_has_no_amount_and_no_deadline_yet(browser: Browser) -> None:
    agency = registered(party("agency", "1741000"))
    account = person(agency, "contract_officer")
    officer = actor_for(account, agency.pk, at=now())
    draft = draft_tender(by=officer, at=now(), title="지붕 보수")
    table = browser(account).get("/desk").content.decode().rpartition("<tbody>")[2]
    assert draft.number in table
    assert re.findall(r'data-label="([^"]*)">([^<]*)', table.partition("</tbody>")[0]) == [
        ("Base amount", "–"), ("Bids close", "–"),
    ]  # fmt: skip


def test_only_messages_that_were_shown_are_read(browser: Browser) -> None:
    made = market()
    agency = registered(made.tender.buyer)
    reader = browser(person(agency, "contract_officer"))
    for n in range(7):
        send(agency.pk, at=now(), key=f"told-{n}", text="Said", params={}, link="")
    reader.get("/desk")
    assert Message.objects.filter(read_at=None).count() == 2
    reader.get("/desk/messages")
    assert not Message.objects.filter(read_at=None).exists()


def test_every_role_has_a_desk(browser: Browser) -> None:
    agency = registered(party("agency", "5555555"))
    accounts = [person(agency, "opening_officer"), bidder().account]
    accounts.append(person(party("platform", "0000001"), "operator"))
    for account in accounts:
        assert browser(account).get("/desk").status_code == 200


def test_tasks_come_in_the_order_of_their_moments() -> None:
    where = market(closes_in=timedelta(hours=-2))
    account = person(registered(where.tender.buyer), "opening_officer")
    found = tasks(actor_for(account, None, at=now()), now())
    assert f"/tenders/{where.tender.number}/opening" in [task.url for task in found]
    states = [task.state for task in found]
    assert states == sorted(states, key=["todo", "waiting", "done"].index)


def test_the_log_page_works_before_the_first_checkpoint(browser: Browser) -> None:
    assert "The first checkpoint" in browser(None).get("/data/log").content.decode()
    assert browser(None).get("/data/log/checkpoint").status_code == 404


def test_the_home_page_shows_no_hash_before_there_is_a_bid(browser: Browser) -> None:
    text = browser(None).get("/").content.decode()
    assert "The hash of the newest sealed envelope appears here." in text


def test_ready_names_what_is_missing(client: Client) -> None:
    response = client.get("/readyz")
    found = response.json()
    assert response.status_code == 503
    assert found["ready"] is False
    assert found["checks"]["database"]["ok"] is True
    assert found["checks"]["migrations"] == {"ok": True, "missing": 0}
    assert found["checks"]["custodians"] == {"ok": False, "silent": ["platform", "audit"]}
    assert client.get("/healthz", {"ready": "1"}).json()["ready"] is False


def test_an_unknown_address_has_a_page_with_its_trace(browser: Browser) -> None:
    response = browser(None).get("/nothing/here")
    assert response.status_code == 404
    text = response.content.decode()
    assert "There is nothing here" in text
    assert response.headers["X-Trace"] in text
