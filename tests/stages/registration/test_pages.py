"""The pages of registration, walked as visitor, operator and representative."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from jangteo.records.account.actions import enter_account, give_role, issue_token
from jangteo.records.account.models import Account, ApiToken
from jangteo.records.party.actions import enter_party
from jangteo.stages.registration.models import Licence, Registration

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, tzinfo=UTC)
ORGANISATION = {
    "name": "한빛건설", "identifier": "220-81-62517", "region": "11",
    "address": "서울특별시 중구 세종대로 110",
}  # fmt: skip
LICENCE = {
    "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0",
    "form-0-code": "0001", "form-0-number": "서울-1", "form-0-since": "2020-03-02",
}  # fmt: skip
PERSON = {"representative": "김하나", "username": "hana"}
PASSWORD = "소나무-아래에서-만나요"


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def operator() -> Client:
    platform = enter_party(at=AT, kind="platform", identifier="0000000", name="운영", region="11")
    account = enter_account(username="operator", name="운영자")
    give_role(at=AT, account_id=account.pk, party_id=platform.pk, role="operator")
    client = Client()
    client.force_login(account)
    return client


def submit(client: Client) -> Registration:
    for name, data in (("organisation", ORGANISATION), ("licences", LICENCE), ("person", PERSON)):
        client.post(f"/register/supplier/{name}", data)
    answer = client.post("/register/supplier/check", {"password": PASSWORD})
    assert answer.headers["Location"] == "/register/submitted"
    return Registration.objects.get()


def member(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def test_each_step_leads_to_the_next_and_back_to_the_first_open_one(visitor: Client) -> None:
    assert "/register/supplier/organisation" in visitor.get("/register").content.decode()
    early = visitor.get("/register/supplier/check")
    assert early.headers["Location"] == "/register/supplier/organisation"
    assert visitor.get("/register/supplier/regime").status_code == 404
    steps: list[tuple[str, dict[str, str], str]] = [
        ("organisation", ORGANISATION, "licences"),
        ("licences", LICENCE, "person"),
        ("person", PERSON, "check"),
    ]
    for name, data, following in steps:
        assert visitor.get(f"/register/supplier/{name}").status_code == 200
        answer = visitor.post(f"/register/supplier/{name}", data)
        assert answer.headers["Location"] == f"/register/supplier/{following}"
    page = visitor.get("/register/supplier/check").content.decode()
    for value in ("한빛건설", "2208162517", "서울특별시", "토목공사업 · 서울-1", "김하나", "hana"):
        assert value in page
    assert Registration.objects.count() == 0
    changed = visitor.post("/register/supplier/organisation", {**ORGANISATION, "name": "새빛건설"})
    assert changed.headers["Location"] == "/register/supplier/check"


def test_the_password_is_asked_last_and_kept_nowhere_on_the_way(visitor: Client) -> None:
    for name, data in (("organisation", ORGANISATION), ("licences", LICENCE), ("person", PERSON)):
        visitor.post(f"/register/supplier/{name}", data)
    weak = visitor.post("/register/supplier/check", {"password": "12345"})
    assert weak.status_code == 200
    assert "비밀번호" in weak.content.decode() or "password" in weak.content.decode()
    assert Registration.objects.count() == 0
    assert PASSWORD not in str(visitor.session.items())
    visitor.post("/register/supplier/check", {"password": PASSWORD})
    assert Account.objects.get(username="hana").check_password(PASSWORD)
    assert "registration" not in visitor.session


def test_a_wrong_check_digit_is_said_at_the_field(visitor: Client) -> None:
    page = visitor.post(
        "/register/supplier/organisation", {**ORGANISATION, "identifier": "220-81-62518"}
    )
    assert page.status_code == 200
    assert 'href="#id_identifier"' in page.content.decode()
    assert "registration" not in visitor.session


def test_one_more_licence_row_can_be_asked_for(visitor: Client) -> None:
    visitor.post("/register/supplier/organisation", ORGANISATION)
    page = visitor.post("/register/supplier/licences", {**LICENCE, "more": "1"}).content.decode()
    assert "form-2-code" in page
    assert "form-3-code" not in page
    assert "서울-1" in page


def test_an_agency_says_its_law(visitor: Client) -> None:
    told = {**ORGANISATION, "identifier": "1741000", "regime": "local"}
    visitor.post("/register/agency/organisation", told)
    visitor.post("/register/agency/person", PERSON)
    visitor.post("/register/agency/check", {"password": PASSWORD})
    assert Registration.objects.get().regime == "local"


def test_the_operator_approves(visitor: Client, operator: Client) -> None:
    asked = submit(visitor)
    assert "한빛건설" in operator.get("/registrations").content.decode()
    page = operator.get(f"/registrations/{asked.pk}").content.decode()
    assert 'name="approve"' in page
    done = operator.post(f"/registrations/{asked.pk}", {"approve": "1"})
    assert done.headers["Location"] == "/registrations"
    asked.refresh_from_db()
    assert asked.status == "active"
    assert f"/registrations/{asked.pk}" not in operator.get("/registrations").content.decode()
    assert "한빛건설" in operator.get("/registrations?status=active").content.decode()


def test_papers_go_back_and_come_again(visitor: Client, operator: Client) -> None:
    asked = submit(visitor)
    short = operator.post(f"/registrations/{asked.pk}", {"reason": "no", "send_back": "1"})
    assert short.status_code == 200
    reason = "등록증 사본이 없습니다."
    operator.post(f"/registrations/{asked.pk}", {"reason": reason, "send_back": "1"})
    hana = member("hana")
    assert reason in hana.get(f"/registrations/{asked.pk}").content.decode()
    path = f"/registrations/{asked.pk}/correct"
    assert 'value="서울-1"' in hana.get(path).content.decode()
    papers: dict[str, Any] = {
        **LICENCE, "name": "한빛종합건설", "region": "41", "address": "경기도 수원시",
        "representative": "김하나",
    }  # fmt: skip
    answer = hana.post(path, papers)
    assert answer.headers["Location"] == f"/registrations/{asked.pk}"
    asked.refresh_from_db()
    assert asked.status == "submitted"


def test_a_stranger_sees_neither_papers_nor_list(visitor: Client, operator: Client) -> None:
    asked = submit(visitor)
    assert visitor.get(f"/registrations/{asked.pk}").status_code == 404
    listed = visitor.get("/registrations")
    assert listed.headers["Location"] == "/sign-in?next=%2Fregistrations"
    assert member("hana").get("/registrations").status_code == 403


def test_people_and_licences_are_added(visitor: Client, operator: Client) -> None:
    asked = submit(visitor)
    hana = member("hana")
    assert "/people/add" not in hana.get("/people").content.decode()
    operator.post(f"/registrations/{asked.pk}", {"approve": "1"})
    assert "/people/add" in hana.get("/people").content.decode()
    assert "opening_officer" not in hana.get("/people/add").content.decode()
    person = {
        "name": "박세나", "username": "sena", "roles": ["bidding_agent"], "password": PASSWORD
    }  # fmt: skip
    assert hana.post("/people/add", person).headers["Location"] == "/people"
    again = hana.post("/people/add", person)
    assert 'href="#id_username"' in again.content.decode()
    licence = {"code": "0037", "number": "전기-3", "since": "2024-05-01"}
    assert hana.post("/licences/add", licence).headers["Location"] == "/people"
    page = hana.get("/people").content.decode()
    assert "박세나" in page
    assert "전기-3" in page
    assert "승인" in page
    shown = operator.get(f"/registrations/{asked.pk}").content.decode()
    assert 'value="0037"' in shown
    operator.post(f"/registrations/{asked.pk}", {"licence": "0037", "number": "전기-3"})
    assert Licence.objects.exclude(approved_at=None).count() == 2


def test_the_operator_enters_people_and_an_organisation_takes_back(
    visitor: Client, operator: Client
) -> None:
    told = {**ORGANISATION, "identifier": "1741000", "regime": "local"}
    visitor.post("/register/agency/organisation", told)
    visitor.post("/register/agency/person", PERSON)
    visitor.post("/register/agency/check", {"password": PASSWORD})
    asked = Registration.objects.get()
    operator.post(f"/registrations/{asked.pk}", {"approve": "1"})
    hana = member("hana")
    assert 'value="opening_officer"' not in hana.get("/people/add").content.decode()
    path = f"/registrations/{asked.pk}/people/add"
    assert 'value="opening_officer"' in operator.get(path).content.decode()
    person = {
        "name": "최다람", "username": "opener", "roles": ["opening_officer"], "password": PASSWORD
    }  # fmt: skip
    refused = hana.post(path, person)
    assert (refused.status_code, Account.objects.filter(username="opener").count()) == (200, 0)
    assert operator.post(path, person).headers["Location"] == f"/registrations/{asked.pk}"
    opener = Account.objects.get(username="opener")
    issue_token(at=AT, account_id=opener.pk, party_id=asked.party_id, label="x")
    assert str(opener.pk) in hana.get("/people").content.decode()
    hana.post("/people", {"account": str(opener.pk)})
    assert ApiToken.objects.filter(revoked_at=None).count() == 0
    hana.post("/people", {"account": str(opener.pk), "role": "opening_officer"})
    assert "최다람" not in hana.get("/people").content.decode()


def test_one_changes_ones_own_password(visitor: Client) -> None:
    submit(visitor)
    hana, word = member("hana"), "버드나무-위에서-만나요"
    assert "/password" in hana.get("/people").content.decode()
    assert hana.get("/password").status_code == 200
    words = {"oldpassword": "wrong", "password1": word, "password2": word}
    assert hana.post("/password", words).status_code == 200
    assert Account.objects.get(username="hana").check_password(PASSWORD)
    weak = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    assert hana.post("/password", weak).status_code == 200
    done = hana.post("/password", {**words, "oldpassword": PASSWORD})
    assert (done.status_code, done.headers["Location"]) == (302, "/desk")
    assert Account.objects.get(username="hana").check_password(word)
    assert hana.get("/people").status_code == 200


def test_who_has_no_password_is_told(operator: Client, visitor: Client) -> None:
    assert operator.get("/password").status_code == 409
    assert visitor.get("/password").headers["Location"] == "/sign-in?next=/password"
