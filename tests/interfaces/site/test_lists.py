"""Lists of an agency's tenders: the same few questions for many, the rest one tap away."""

import secrets

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.interfaces.site.listings import SHOWN
from jangteo.interfaces.site.views.mine import PER_PAGE
from jangteo.records.journal.queries import now
from jangteo.records.message.actions import send
from jangteo.records.party.models import Party
from jangteo.stages.bid.models import SealedBid
from tests.interfaces.site.conftest import Browser
from tests.interfaces.site.test_after_the_opening import awarded, become
from tests.interfaces.site.test_search_and_desk import registered
from tests.market import bidder, market, person
from tests.stages.payment.street import Street

pytestmark = pytest.mark.django_db


def given_to(agency: Party, here: Street) -> None:
    """Another agency's contract in force becomes this agency's."""
    for row in (here.market.tender, here.contract):
        row.buyer = agency
        row.save()


def asked(client: Client, path: str) -> list[str]:
    """The SQL of one page."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in found.captured_queries]


@pytest.mark.parametrize("path", ["/my/tenders", "/my/tenders?group=opened"])
def test_five_awarded_tenders_ask_no_more_than_one(browser: Browser, path: str) -> None:
    first = awarded()
    agency = first.market.tender.buyer
    client = browser(person(agency, "contract_officer"))
    client.get(path)
    one = len(asked(client, path))
    for _ in range(4):
        given_to(agency, awarded())
    five = len(asked(client, path))
    text = client.get(path).content.decode()
    assert text.count(">Under contract</span>") == 5
    assert five == one


def test_each_group_shows_its_first_few_and_leads_to_all_page_by_page(browser: Browser) -> None:
    agency = registered(market(title="마감이 먼저인 공사").tender.buyer)
    for n in range(PER_PAGE + 2):
        where = market(title=f"끝난 공사 {n}")
        where.tender.buyer = agency
        become(where, "cancelled")
    client = browser(person(agency, "contract_officer"))
    text = client.get("/my/tenders").content.decode()
    assert "마감이 먼저인 공사" in text
    assert text.count("끝난 공사") == SHOWN
    assert '<a href="/my/tenders?group=ended">Show all (22)' in text
    assert "group=published" not in text, "all of them are there"
    assert 'class="jt-desk-list" aria-labelledby="group-ended"' in text, "a phone shows the link"
    assert 'class="jt-desk-list" aria-labelledby="group-published"' not in text
    first = client.get("/my/tenders?group=ended").content.decode()
    assert first.count("끝난 공사") == PER_PAGE
    assert 'href="?group=ended&amp;page=2"' in first
    assert "마감이 먼저인 공사" not in first
    last = [client.get(f"/my/tenders?group=ended&page={page}").content.decode()
            for page in ("2", "99")]  # fmt: skip
    assert [page.count("끝난 공사") for page in last] == [2, 2]
    assert client.get("/my/tenders?group=nothing").content.decode().count("끝난 공사") == SHOWN


def test_a_tender_ends_with_its_contract_and_not_before(browser: Browser) -> None:
    here = awarded()
    client = browser(person(here.market.tender.buyer, "contract_officer"))

    def groups() -> list[str]:
        text = client.get("/my/tenders").content.decode()
        return [one for one in ("published", "opened", "ended") if f'id="group-{one}"' in text]

    assert groups() == ["opened"]
    for status, group in (("completed", "ended"), ("terminated", "ended"), ("offered", "opened"),
                          ("cancelled", "opened")):  # fmt: skip
        here.contract.status = status
        here.contract.save()
        assert groups() == [group], status
    become(here.market, "hold")
    assert groups() == ["published"]


def test_one_list_of_a_desk_asks_for_no_other(browser: Browser) -> None:
    here = awarded()
    agency = here.market.tender.buyer
    send(agency.pk, at=now(), key="k", text="Notice published", params={}, link="/x")
    client = browser(person(agency, "contract_officer"))
    for path, shown in (("/desk/messages", "Notice published"), ("/desk/contracts", here.number)):
        sql = asked(client, path)
        assert shown in client.get(path).content.decode()
        assert not [one for one in sql if "jangteo_payment" in one or "jangteo_award" in one], path
    assert not [one for one in asked(client, "/desk/messages") if "jangteo_contract" in one]


@pytest.mark.parametrize(
    "role", ["contract_officer", "approving_officer", "inspector", "disbursing_officer"]
)
def test_five_contracts_on_a_desk_ask_no_more_than_one(browser: Browser, role: str) -> None:
    first = awarded()
    agency = first.market.tender.buyer
    client = browser(person(agency, role))
    client.get("/desk")
    one = len(asked(client, "/desk"))
    more = [awarded() for _ in range(4)]
    for here in more:
        given_to(agency, here)
    five = len(asked(client, "/desk"))
    text = client.get("/desk").content.decode()
    assert [here.number in text for here in (first, *more)] == [True] * 5
    assert five == one


def test_five_bids_ask_no_more_than_one(browser: Browser) -> None:
    who = bidder()
    client = browser(who.account)

    def bid(title: str) -> None:
        where = market(title=title)
        SealedBid.objects.create(
            tender=where.tender, lot="1", round=0, version=0, supplier=who.party,
            agent=who.account, agent_key="k", envelope=b"e", signature=b"s", arrival=now(),
            hash=secrets.token_bytes(32), receipt={"leaf": {"tender": where.tender.number}},
        )  # fmt: skip

    bid("봉인한 공사 0")
    client.get("/desk/bids")
    one = len(asked(client, "/desk/bids"))
    for n in range(4):
        bid(f"봉인한 공사 {n + 1}")
    five = len(asked(client, "/desk/bids"))
    assert client.get("/desk/bids").content.decode().count("봉인한 공사") == 5
    assert five == one
