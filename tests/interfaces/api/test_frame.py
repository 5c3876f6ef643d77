"""The API's frame: who asks, what time it is, and the one shape of every no."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from jangteo.ground.errors import Fault, Refusal, Refusals
from jangteo.interfaces.site import middleware
from jangteo.interfaces.site.middleware import RequestContext
from jangteo.records.account.actions import enter_account, give_role, issue_token
from jangteo.records.account.models import Account, ApiToken, SigningKey
from jangteo.records.account.queries import Actor
from jangteo.records.message.actions import send
from jangteo.records.party.actions import enter_party
from jangteo.records.party.models import Party
from jangteo.records.vault.models import Identity

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, tzinfo=UTC)
KEY = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"


@pytest.fixture
def party() -> Party:
    return enter_party(at=AT, kind="supplier", identifier="2208162517", name="한빛", region="11")


@pytest.fixture
def hana(party: Party) -> Account:
    account = enter_account(username="hana", name="김하나")
    give_role(at=AT, account_id=account.pk, party_id=party.pk, role="representative")
    return account


def bearer(account: Account, party: Party) -> dict[str, str]:
    token = issue_token(at=AT, account_id=account.pk, party_id=party.pk, label="test")
    return {"Authorization": f"Bearer {token}"}


def refused(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    error: dict[str, Any] = answer.json()["error"]
    assert set(error) == {
        "code", "message", "repair", "law", "field", "params", "trace", "time",
    }  # fmt: skip
    assert error["trace"] == answer["X-Trace"]
    assert datetime.fromisoformat(error["time"]).tzinfo is not None
    return error


def test_the_time_is_the_databases() -> None:
    told = datetime.fromisoformat(Client().get("/api/v1/time").json()["now"])
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=5)  # noqa: TID251 - the real clock


def test_a_token_acts_for_its_organisation(hana: Account, party: Party) -> None:
    told = Client().get("/api/v1/me", headers=bearer(hana, party)).json()
    assert told == {
        "account": str(hana.pk), "name": "김하나", "roles": ["representative"],
        "signing_keys": [],
        "party": {
            "id": str(party.pk), "kind": "supplier", "identifier": "2208162517", "name": "한빛",
        },
    }  # fmt: skip


def test_an_unknown_or_revoked_token_is_refused_even_where_none_is_needed(
    hana: Account, party: Party
) -> None:
    headers = bearer(hana, party)
    ApiToken.objects.update(revoked_at=AT)
    for given in (headers, {"Authorization": "Bearer jt_nobody"}):
        answer = Client().get("/api/v1/time", headers=given)
        assert refused(answer, 401)["code"] == "account.token.unknown"
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_visitor_has_to_sign_in_to_write_or_to_ask_who_it_is() -> None:
    for answer in (
        Client().get("/api/v1/me"),
        Client().post("/api/v1/tokens", {"label": "x"}, content_type="application/json"),
    ):
        assert refused(answer, 401)["code"] == "request.sign_in"
    assert ApiToken.objects.count() == 0


def test_a_session_needs_the_csrf_token_and_a_machine_does_not(hana: Account, party: Party) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(hana)
    asked = {"path": "/api/v1/tokens", "data": {"label": "ERP"}, "content_type": "application/json"}
    assert refused(browser.post(**asked), 403)["code"] == "request.csrf"
    assert ApiToken.objects.count() == 0

    browser.cookies["csrftoken"] = "a" * 32
    made = browser.post(**asked, headers={"X-CSRFToken": "a" * 32})
    assert made.status_code == 201
    machine = Client(enforce_csrf_checks=True)
    answer = machine.post(**asked, headers={"Authorization": f"Bearer {made.json()['token']}"})
    assert answer.status_code == 201
    assert ApiToken.objects.count() == 2
    assert made.json()["token"] not in str(list(ApiToken.objects.values()))


def test_a_signing_key_is_enrolled_once_and_belongs_to_one_person(
    hana: Account, party: Party
) -> None:
    def enrol(account: Account, key: str) -> Any:
        return Client().post(
            "/api/v1/me/keys", {"public_key": key}, content_type="application/json",
            headers=bearer(account, party),
        )  # fmt: skip

    for _ in range(2):
        assert enrol(hana, KEY).json() == {"signing_keys": [KEY]}
    assert SigningKey.objects.count() == 1
    other = enter_account(username="duri", name="이두리")
    give_role(at=AT, account_id=other.pk, party_id=party.pk, role="bidding_agent")
    assert refused(enrol(other, KEY), 409)["code"] == "account.signing_key.taken"
    error = refused(enrol(other, "AAAA"), 400)
    assert (error["code"], error["field"]) == ("account.signing_key.malformed", "public_key")


def test_messages_are_said_in_the_readers_language(hana: Account, party: Party) -> None:
    send(
        party.pk, at=AT, key="k", text="{name} is registered and may take part from now on.",
        params={"name": "한빛"}, link="/desk",
    )  # fmt: skip
    headers = {**bearer(hana, party), "Accept-Language": "en"}
    (message,) = Client().get("/api/v1/me/messages", headers=headers).json()
    assert message["text"] == "한빛 is registered and may take part from now on."
    assert (message["link"], message["read"]) == ("/desk", False)


def test_what_is_malformed_is_named_field_by_field(hana: Account, party: Party) -> None:
    headers = bearer(hana, party)
    asked = {"path": "/api/v1/tokens", "content_type": "application/json", "headers": headers}
    error = refused(Client().post(**asked, data={"label": ""}), 400)
    assert (error["code"], error["field"]) == ("request.malformed", "label")
    assert refused(Client().post(**asked, data="{"), 400)["code"] == "request.malformed"
    several = Client().post(
        "/api/v1/registrations/suppliers", {"name": "x"}, content_type="application/json"
    )
    assert several.status_code == 400
    fields = {one["field"] for one in several.json()["errors"]}
    assert {"identifier", "licences"} <= fields


def test_addresses_that_lead_nowhere_answer_in_json() -> None:
    assert refused(Client().get("/api/v1/nothing"), 404)["code"] == "request.not_found"
    answer = Client().post("/api/v1/time")
    assert refused(answer, 405)["code"] == "request.method"
    assert answer["Allow"] == "GET"


def test_a_page_that_leads_nowhere_is_a_page() -> None:
    answer = Client().get("/nothing/here")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


def test_the_description_is_a_page_without_scripts_of_others() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    mine = page.split("GET /api/v1/me</code>")[1].split("</li>")[0]
    assert "공개되지 않은 것을 읽을 때만 필요" in mine
    assert "<code>[]</code>" not in page
    assert "POST /api/v1/registrations/suppliers" in page
    assert "//cdn" not in page
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    assert "/api/v1/tokens" in schema["paths"]


def test_the_english_description_is_english_and_says_what_an_address_takes() -> None:
    page = Client(headers={"accept-language": "en"}).get("/api/v1/docs").content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    assert re.findall("[가-힣]+", main) == []
    search = main.split("GET /api/v1/tenders</code>")[1].split("</li>")[0]
    assert "<code>status</code> string (may be left out)" in search
    assert re.search(r"<code>leaves</code>: \[Leaf\w*\]", main)
    assert not re.search(r"</code>: (array|)[ <]", main)


def context(view: Any) -> RequestContext:
    return RequestContext(view)


def request(path: str) -> HttpRequest:
    made = RequestFactory().get(path)
    made.actor, made.at, made.trace, made.bearer = Actor.anyone(), AT, "0123456789abcdef", False
    return made


def test_several_refusals_are_answered_together() -> None:
    both = Refusals([Refusal("a.b", "A", status=422), Refusal("c.d", "C", status=409)])
    answer = context(None).process_exception(request("/api/v1/x"), both)
    assert answer is not None
    assert answer.status_code == 422
    assert [one["code"] for one in json.loads(answer.content)["errors"]] == ["a.b", "c.d"]


def test_a_fault_says_its_number_and_logs_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[str, Any]] = []

    class Log:
        def error(self, event: str, **words: Any) -> None:
            said.append(words)

    monkeypatch.setattr(middleware, "log", Log())
    secret = "1234567890 won"
    try:
        raise ValueError(secret)
    except ValueError as error:
        answer = context(None).process_exception(request("/api/v1/time?price=99"), error)
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 500
    body = json.loads(answer.content)["error"]
    assert (body["code"], body["params"]) == ("platform.fault", {"trace": "0123456789abcdef"})
    (logged,) = said
    assert logged["error"] == "ValueError"
    assert logged["route"] == "api/v1/time"
    assert secret not in str(logged)
    assert "99" not in logged["route"]
    assert secret not in answer.content.decode()


def test_our_own_faults_are_logged_with_their_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(
        middleware, "log", type("Log", (), {"error": lambda _self, _event, **w: said.append(w)})()
    )
    context(None).process_exception(request("/api/v1/time"), Fault("the chain is broken"))
    assert said[0]["said"] == "the chain is broken"


def test_everybody_may_keep_the_custodians_keys(client: Client) -> None:
    assert client.get("/api/v1/custodians").json() == []
    for name in ("audit", "platform"):
        Identity.objects.create(custodian=name, public_key=f"key of {name}", enrolled_at=AT)
    assert client.get("/api/v1/custodians").json() == [
        {"custodian": name, "public_key": f"key of {name}", "enrolled_at": "2026-01-05T00:00:00Z"}
        for name in ("platform", "audit")
    ]
