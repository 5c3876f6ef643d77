"""Characters that PostgreSQL cannot hold are refused once, at the door, never a crash."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from jangteo.config.api import api
from jangteo.records.account.actions import enter_account, give_role, issue_token
from jangteo.records.journal.models import Entry
from jangteo.records.party.actions import enter_party

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, tzinfo=UTC)
PATHS = (
    "/api/v1/tenders?q=%00",
    "/api/v1/tenders?region=%00",
    "/api/v1/tenders/%00",
    "/api/v1/tenders/%00/result",
    "/tenders/%00",
)


@pytest.mark.parametrize("path", PATHS)
def test_nul_in_an_address_is_refused(path: str) -> None:
    assert Client().get(path).status_code == 400


@pytest.mark.parametrize(
    "text", ["\\u0000", "\\ud800", "\\udfff x", "\\\\\\u0000", "\\ud83d\\\\\\ude00"]
)
def test_a_json_body_that_cannot_be_written_is_refused(text: str) -> None:
    body = '{"title": "' + text + '"}'
    answer = Client().post("/api/v1/tenders", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "request.malformed"


def test_a_whole_pair_of_surrogates_is_a_letter() -> None:
    body = '{"title": "\\ud83d\\ude00"}'
    answer = Client().post("/api/v1/tenders", body, content_type="application/json")
    assert answer.status_code == 401


def test_a_backslash_before_a_word_is_not_an_escape() -> None:
    body = '{"title": "\\\\u0000 and \\\\ud800"}'
    answer = Client().post("/api/v1/tenders", body, content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/sign-in", "/act-as", "/organisation", "/people"])
def test_nul_in_a_form_is_refused(path: str) -> None:
    answer = Client().post(path, {"login": "a\0b", "password": "x"})
    assert answer.status_code == 400


def test_too_much_is_said_to_be_too_much() -> None:
    body = '{"title": "' + "x" * 3_000_000 + '"}'
    answer = Client().post("/api/v1/tenders", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request.too_large")


def writing() -> Iterator[tuple[str, str]]:
    """Every address of the API that takes a body."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, said in methods.items():
            if "requestBody" in said:
                yield method, path


BODIES = [
    *("[" * 100_000, "{", "[]", "null", '"x"', "", "NaN", "\x00"),
    *('{"label": 1e999}', '{"label": %s}' % ("9" * 5000), '{"label": "\\ud800"}'),
]


@pytest.mark.parametrize("body", BODIES)
def test_no_address_breaks_on_a_body_that_is_none(body: str) -> None:
    platform = enter_party(at=AT, kind="platform", identifier="0000000", name="운영", region="11")
    account = enter_account(username="operator", name="운영자")
    give_role(at=AT, account_id=account.pk, party_id=platform.pk, role="operator")
    token = issue_token(at=AT, account_id=account.pk, party_id=platform.pk, label="x")
    headers = {"Authorization": f"Bearer {token}"}
    found = {}
    for method, path in writing():
        address = path.replace("{number}", "R26BK00000001")
        for name in ("registration_id", "party_id", "account", "token_id", "document_id"):
            address = address.replace(f"{{{name}}}", str(account.pk))
        answer = getattr(Client(), method)(
            address, body, content_type="application/json", headers=headers
        )
        found[path] = answer.status_code
    assert {path: status for path, status in found.items() if not 400 <= status < 500} == {}
    assert len(found) > 15
    assert Entry.objects.count() == 0
