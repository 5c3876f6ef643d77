"""Registration by machine, from the first request to people and licences."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, override_settings

from jangteo.records.account.actions import enter_account, give_role, issue_token
from jangteo.records.account.models import Account, SigningKey
from jangteo.records.party.actions import enter_party
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u, unb64u
from jangteo.stages.registration.models import Registration

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, tzinfo=UTC)
SUPPLIER: dict[str, Any] = {
    "name": "한빛건설", "identifier": "2208162517", "region": "11", "representative": "김하나",
    "address": "서울특별시 중구 세종대로 110", "username": "hana",
    "licences": [{"code": "0001", "number": "서울-1", "since": "2020-03-02"}],
}  # fmt: skip
AGENCY: dict[str, Any] = {
    "name": "조달구청", "identifier": "1741000", "region": "11", "representative": "이두리",
    "address": "서울특별시 종로구", "username": "duri", "regime": "local",
}  # fmt: skip


def call(method: str, path: str, body: Any = None, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    send = getattr(Client(), method)
    return send(
        f"/api/v1{path}", *([body] if body is not None else []),
        content_type="application/json", headers=headers,
    )  # fmt: skip


@pytest.fixture
def operator() -> str:
    platform = enter_party(at=AT, kind="platform", identifier="0000000", name="운영", region="11")
    account = enter_account(username="operator", name="운영자")
    give_role(at=AT, account_id=account.pk, party_id=platform.pk, role="operator")
    return issue_token(at=AT, account_id=account.pk, party_id=platform.pk, label="operator")


def test_a_supplier_from_request_to_bidding_agent(operator: str) -> None:
    asked = call("post", "/registrations/suppliers", SUPPLIER)
    assert asked.status_code == 201
    told = asked.json()
    assert (told["status"], told["kind"], told["licences"][0]["code"]) == (
        "submitted", "supplier", "0001",
    )  # fmt: skip
    token, path = told["token"], f"/registrations/{told['id']}"
    assert call("get", "/me", token=token).json()["roles"] == ["applicant"]
    assert call("post", f"{path}/approve", token=token).status_code == 403

    waiting = call("get", "/registrations?status=submitted", token=operator).json()
    assert [one["id"] for one in waiting] == [told["id"]]
    assert call("post", f"{path}/approve", token=operator).json()["status"] == "active"
    assert call("post", f"{path}/approve", token=operator).status_code == 409
    assert call("get", "/me", token=token).json()["roles"] == ["representative"]

    people = f"/parties/{told['party_id']}/people"
    person = {"username": "sena", "name": "박세나", "roles": ["bidding_agent"]}
    made = call("post", people, person, token)
    assert made.status_code == 201
    assert made.json()["token"] is None
    listed = call("get", people, token=token).json()
    assert [(one["name"], one["roles"]) for one in listed] == [
        ("김하나", ["representative"]), ("박세나", ["bidding_agent"]),
    ]  # fmt: skip
    licence = {"code": "0037", "number": "전기-3", "since": "2024-05-01"}
    more = call("post", f"/parties/{told['party_id']}/licences", licence, token)
    assert [(one["code"], one["approved"]) for one in more.json()["licences"]] == [
        ("0001", True), ("0037", False),
    ]  # fmt: skip
    seen, approve = (
        {"code": "0037", "number": "전기-3"},
        f"/parties/{told['party_id']}/licences/approve",
    )
    assert call("post", approve, seen, token).status_code == 403
    assert call("post", approve, seen, operator).json()["licences"][1]["approved"] is True


def test_papers_go_back_and_come_again(operator: str) -> None:
    told = call("post", "/registrations/suppliers", SUPPLIER).json()
    path = f"/registrations/{told['id']}"
    back = call("post", f"{path}/send-back", {"reason": "등록증 사본이 없습니다."}, operator)
    assert (back.json()["status"], back.json()["note"]) == ("returned", "등록증 사본이 없습니다.")
    kept = ("name", "region", "representative", "address", "licences")
    papers = {name: SUPPLIER[name] for name in kept}
    assert call("post", f"{path}/resubmit", papers, operator).status_code == 403
    again = call("post", f"{path}/resubmit", papers, told["token"])
    assert (again.json()["status"], again.json()["note"]) == ("submitted", "")


def test_an_agency_is_registered_with_its_law(operator: str) -> None:
    told = call("post", "/registrations/agencies", AGENCY).json()
    call("post", f"/registrations/{told['id']}/approve", token=operator)
    me = call("get", "/me", token=told["token"]).json()
    assert (me["roles"], me["party"]["identifier"]) == (["contract_officer"], "1741000")


def test_all_that_is_wrong_comes_in_one_answer() -> None:
    wrong = {**SUPPLIER, "identifier": "2208162518", "region": "99"}
    answer = call("post", "/registrations/suppliers", wrong)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["identifier", "region"]
    assert (Registration.objects.count(), Account.objects.count()) == (0, 0)


def test_others_neither_list_nor_look() -> None:
    told = call("post", "/registrations/suppliers", SUPPLIER).json()
    other = call("post", "/registrations/agencies", AGENCY).json()
    assert call("get", f"/registrations/{told['id']}", token=other["token"]).status_code == 404
    assert call("get", f"/registrations/{told['id']}").status_code == 404
    assert call("get", "/registrations", token=other["token"]).status_code == 403
    assert call("get", f"/registrations/{told['id']}", token=told["token"]).status_code == 200


def test_only_the_operator_enters_an_opening_officer_and_gets_the_token(operator: str) -> None:
    told = call("post", "/registrations/agencies", AGENCY).json()
    call("post", f"/registrations/{told['id']}/approve", token=operator)
    people = f"/parties/{told['party_id']}/people"
    opener = {"username": "opener", "name": "최다람", "roles": ["opening_officer"]}
    answer = call("post", people, opener, told["token"])
    code = answer.json()["error"]["code"]
    assert (answer.status_code, code) == (403, "registration.officer.by_operator")
    assert not Account.objects.filter(username="opener").exists()
    made = call("post", people, opener, operator).json()
    assert call("get", "/me", token=made["token"]).json()["roles"] == ["opening_officer"]
    equal = {"username": "second", "name": "박둘", "roles": ["contract_officer"]}
    assert call("post", people, equal, told["token"]).json()["token"].startswith("jt_")

    path = f"{people}/{made['account']}"
    assert call("post", f"{path}/revoke-tokens", token=told["token"]).json() == {"revoked": 1}
    assert call("get", "/me", token=made["token"]).status_code == 401
    ended = call("post", f"{path}/end-role", {"role": "opening_officer"}, told["token"])
    assert [one["roles"] for one in ended.json()] == [["contract_officer"], ["contract_officer"]]


def test_one_revokes_ones_own_tokens_only(operator: str) -> None:
    told = call("post", "/registrations/suppliers", SUPPLIER).json()
    (mine,) = call("get", "/tokens", token=told["token"]).json()
    assert mine["label"] == "first token"
    path = f"/tokens/{mine['id']}/revoke"
    refused = call("post", path, token=operator)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "account.token.unknown")
    assert call("post", path, token=told["token"]).json() == []
    assert call("get", "/tokens", token=told["token"]).status_code == 401


@override_settings(SANDBOX=False)
def test_one_address_asks_twenty_times_an_hour() -> None:
    for _ in range(20):
        assert (
            call("post", "/registrations/suppliers", {**SUPPLIER, "region": "99"}).status_code
            == 422
        )
    answer = call("post", "/registrations/suppliers", SUPPLIER)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "registration.too_many")
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    "spelled",
    [
        lambda key: key + "=",
        lambda key: key[:-1] + "!" + key[-1],
        lambda key: key[:40] + "\n" + key[40:],
        lambda key: key.replace("-", "+").replace("_", "/"),
        lambda key: key[:-1] + chr(ord(key[-1]) + 1),
        lambda key: b64u(b"\x02" + unb64u(key)[1:33]),
        lambda key: b64u(b"\x05" + unb64u(key)[1:]),
        lambda key: "é" * 87,
    ],
)
def test_a_signing_key_has_one_spelling(operator: str, spelled: Callable[[str], str]) -> None:
    key = next(
        one
        for one in iter(lambda: seal.public_of(seal.fresh_signing_key()), "")
        if "-" in one and "_" in one
    )
    answer = call("post", "/me/keys", {"public_key": spelled(key)}, operator)
    assert answer.status_code == 400
    assert SigningKey.objects.count() == 0
    assert call("post", "/me/keys", {"public_key": key}, operator).status_code == 201


def test_officers_after_the_opening_are_entered_by_machine(operator: str) -> None:
    told = call("post", "/registrations/agencies", AGENCY).json()
    assert call("post", f"/registrations/{told['id']}/approve", token=operator).status_code == 200
    path = f"/parties/{told['party_id']}/people"
    roles = ("approving_officer", "disbursing_officer", "inspector")
    for role in roles:
        body = {"username": role.replace("_", "."), "name": "최다람", "roles": [role]}
        assert call("post", path, body, operator).status_code == 201, role
    both = {"username": "both", "name": "두역할", "roles": ["inspector", "disbursing_officer"]}
    refused = call("post", path, both, operator)
    assert (refused.status_code, refused.json()["error"]["code"]) == (
        422, "registration.role.conflict",
    )  # fmt: skip
    assert not Account.objects.filter(username="both").exists()
