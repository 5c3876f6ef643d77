"""Signing in, acting as somebody, choosing organisation and language."""

import pytest
from django.test import Client, override_settings

from jangteo.records.account.models import Account, Membership
from jangteo.records.journal.queries import now
from tests.interfaces.site.conftest import Browser
from tests.market import bidder, party, person

pytestmark = pytest.mark.django_db
WORD = "right horse battery"


@pytest.fixture
def account() -> Account:
    found = person(party("agency", "7654321"), "contract_officer")
    found.set_password(WORD)
    found.save()
    return found


def sign_in(client: Client, account: Account, word: str, **more: str) -> object:
    return client.post("/sign-in", {"login": account.username, "password": word, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_leads_to_the_desk(client: Client, account: Account) -> None:
    response = sign_in(client, account, WORD)
    assert (response.status_code, response.headers["Location"]) == (302, "/desk")  # type: ignore[attr-defined]
    assert signed_in(client)


def test_a_wrong_password_says_so_and_signs_nobody_in(browser: Browser, account: Account) -> None:
    client = browser(None)
    response = sign_in(client, account, "wrong")
    assert response.status_code == 200  # type: ignore[attr-defined]
    assert "Sign-in name and password do not match." in response.content.decode()  # type: ignore[attr-defined]
    assert not signed_in(client)


def test_after_five_failures_even_the_right_password_waits(
    client: Client, account: Account
) -> None:
    for _ in range(5):
        sign_in(client, account, "wrong")
    sign_in(client, account, WORD)
    assert not signed_in(client)


def test_nobody_is_sent_to_another_site(client: Client, account: Account) -> None:
    response = sign_in(client, account, WORD, next="https://evil.example/")
    assert response.headers["Location"] == "/desk"  # type: ignore[attr-defined]
    switched = client.post("/language", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in switched.headers["Location"]


def test_signing_out_needs_a_post(browser: Browser, account: Account) -> None:
    client = browser(account)
    assert client.get("/sign-out").status_code == 405
    assert signed_in(client)
    client.post("/sign-out")
    assert not signed_in(client)


@override_settings(SANDBOX=True)
def test_one_click_acts_as_a_persona(client: Client) -> None:
    Account.objects.create_user("kim.contract", "김계약")
    response = client.post("/act-as", {"persona": "officer"})
    assert (response.status_code, response.headers["Location"]) == (302, "/desk")
    assert signed_in(client)


@override_settings(SANDBOX=False)
def test_outside_a_practice_world_nobody_acts_as_a_persona(client: Client) -> None:
    Account.objects.create_user("kim.contract", "김계약")
    assert client.post("/act-as", {"persona": "officer"}).status_code == 404
    assert not signed_in(client)
    assert b'value="officer"' not in client.get("/").content


@override_settings(SANDBOX=True)
@pytest.mark.parametrize(("key", "status"), [("officer", 409), ("root", 404), ("", 404)])
def test_a_persona_that_is_not_there(client: Client, key: str, status: int) -> None:
    assert client.post("/act-as", {"persona": key}).status_code == status
    assert not signed_in(client)


def test_acting_as_a_persona_is_checked_for_csrf(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/act-as", {"persona": "officer"}).status_code == 403


def test_one_switches_only_to_an_organisation_of_ones_own(browser: Browser) -> None:
    mine, other = bidder(), party("supplier", "1111111111")
    second = party("supplier", "2222222222")
    Membership.objects.create(
        account=mine.account, party=second, role="representative", since=now()
    )
    client = browser(mine.account)
    assert second.name in client.get("/organisation").content.decode()
    assert client.post("/organisation", {"party": str(other.pk)}).status_code == 403
    assert "party" not in client.session
    assert client.post("/organisation", {"party": str(second.pk)}).status_code == 302
    assert second.name in client.get("/desk").content.decode()


def test_the_language_is_kept(client: Client) -> None:
    client.post("/language", {"language": "en", "next": "/help"})
    assert "About this market" in client.get("/help").content.decode()
