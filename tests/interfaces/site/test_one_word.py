"""One state, one word: every page takes it from the same list; desks show the first of each."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

import jangteo
from jangteo.interfaces.site.listings import SHOWN
from jangteo.interfaces.site.standing import KINDS, standing
from jangteo.interfaces.site.templatetags.site import bid_state
from jangteo.records.journal.queries import now
from jangteo.records.message.actions import send
from jangteo.stages.tender.queries import notice
from jangteo.stages.tender.states import STANDINGS, TABLE
from tests.interfaces.site.conftest import Browser
from tests.interfaces.site.test_after_the_opening import awarded, become
from tests.interfaces.site.test_search_and_desk import registered
from tests.market import market, person

SOURCE = Path(jangteo.__file__).parent


def test_every_state_of_a_tender_has_one_word() -> None:
    """`active` is told by the moment; nothing stands twice and nothing is a sentence."""
    assert set(STANDINGS) == set(TABLE.states) - {"active"} | {"coming", "bidding", "waiting"}
    assert set(KINDS) == set(STANDINGS)
    assert len(set(STANDINGS.values())) == len(STANDINGS)


def test_no_page_has_a_word_of_its_own_for_a_tenders_state() -> None:
    """They stand in the one list; elsewhere they name a fact or a candidate, or show a part."""
    words = re.compile("|".join(rf'"{re.escape(word)}"' for word in STANDINGS.values()))
    found = {
        str(path.relative_to(SOURCE))
        for path in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"))
        if "migrations" not in path.parts and words.search(path.read_text())
    }
    assert found == {
        "stages/tender/states.py", "ui/words.py", "ui/gallery.py", "ui/templates/ui/gallery.html",
        "stages/award/templates/award/parts/hold.html",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "closes_in", "word"),
    [
        ("active", 1, "Taking bids"), ("active", -1, "Waiting for the opening"),
        ("opened", -1, "Opened"), ("awarded", -1, "Awarded"), ("unsuccessful", -1, "Failed"),
        ("hold", -1, "On hold"), ("cancelled", -1, "Cancelled"),
    ],
)  # fmt: skip
def test_all_pages_say_the_same_word(
    browser: Browser, status: str, closes_in: int, word: str
) -> None:
    where = market(closes_in=timedelta(hours=closes_in))
    become(where, status)
    assert standing(notice(where.tender.number), now())[0] == word
    client = browser(person(registered(where.tender.buyer), "contract_officer"))
    number = where.tender.number
    for path in (f"/tenders/{number}", "/tenders", "/desk", "/my/tenders"):
        tags = re.findall(r'class="jt-tag jt-tag-\w+">([^<]+)<', client.get(path).content.decode())
        assert word in tags, path
        assert not (set(STANDINGS.values()) - {word}) & set(tags), path


@pytest.mark.django_db
def test_the_agencys_list_knows_of_the_contract_as_the_desk_does(browser: Browser) -> None:
    here = awarded()
    client = browser(person(here.market.tender.buyer, "contract_officer"))
    for path in ("/desk", "/my/tenders", f"/tenders/{here.market.tender.number}"):
        text = client.get(path).content.decode()
        assert ">Under contract</span>" in text, path
        assert ">Awarded</span>" not in text, path


def test_a_bid_says_of_its_tender_what_the_tender_says() -> None:
    with override("en"):
        said = {state: bid_state(state) for state in ("opened", "failed", "held", "cancelled")}
    same = {"opened": "opened", "failed": "unsuccessful", "held": "hold", "cancelled": "cancelled"}
    assert said == {state: STANDINGS[key] for state, key in same.items()}


@pytest.mark.django_db
def test_a_desk_shows_the_first_of_each_list_and_leads_to_all(browser: Browser) -> None:
    where = market(title="우리 공사")
    agency = registered(where.tender.buyer)
    for n in range(SHOWN + 2):
        send(agency.pk, at=now(), key=f"k{n}", text="Notice published", params={}, link=f"/x{n}")
    client = browser(person(agency, "contract_officer"))
    desk = client.get("/desk").content.decode()
    assert desk.count("Notice published") == SHOWN
    assert '<a href="/desk/messages">Show all (7)' in desk
    assert desk.index('id="messages"') < desk.index('id="contracts"') < desk.index('id="mine"')
    whole = client.get("/desk/messages").content.decode()
    assert whole.count("Notice published") == SHOWN + 2
    assert client.get("/desk/mine").headers["Location"] == "/my/tenders"
    assert client.get("/desk/bids").status_code == 404
    assert client.get("/desk/nothing").status_code == 404
    stranger = browser(None).get("/desk/messages")
    assert stranger.headers["Location"] == "/sign-in?next=/desk/messages"
