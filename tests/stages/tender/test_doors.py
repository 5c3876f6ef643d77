"""The same verbs through the API and the pages."""

import base64
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangteo.records.account.actions import issue_token
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import now
from jangteo.records.vault import queries as vault
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.stages.tender import queries
from jangteo.stages.tender.queries.schedule import suggestion
from tests.stages.tender import agency as agencies
from tests.stages.tender.agency import Agency

pytestmark = pytest.mark.django_db


class Machine:
    """A person's token at work."""

    def __init__(self, who: Actor) -> None:
        assert who.account_id
        assert who.party_id
        token = issue_token(
            at=now(), account_id=who.account_id, party_id=who.party_id, label="test"
        )
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def __call__(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = getattr(self.client, method)(
            f"/api/v1/tenders{path}", body, content_type="application/json"
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


def terms(number: str, agency: Agency) -> dict[str, Any]:
    """Lawful terms from now on; moments as text with their offset."""
    found = suggestion(queries.draft(agency.contract, number), at=now())
    assert found is not None

    def text(at: datetime) -> str:
        return at.isoformat()

    return {"bidding_from": text(found.bidding_from), "deadline": text(found.deadline)}


def drafted(machine: Machine, agency: Agency) -> str:
    first = {
        name: value
        for name, value in agencies.TERMS.items()
        if name not in ("bidding_from", "deadline")
    }
    number = str(machine("post", "", first, 201)["number"])
    machine("put", f"/{number}/draft", terms(number, agency))
    return number


def test_a_notice_through_the_api(agency: Agency) -> None:
    contract, opening = Machine(agency.contract), Machine(agency.opening)
    number = drafted(contract, agency)
    assert contract("get", f"/{number}/draft")["problems"] == []
    paper = {
        "title": "공고문.txt", "kind": "notice", "media_type": "text/plain",
        "data": base64.b64encode("공고".encode()).decode(),
    }  # fmt: skip
    document = contract("post", f"/{number}/documents", paper, 201)
    assert Client().get(document["url"]).status_code == 404
    asked = contract("post", f"/{number}/keys")
    agency.custodians()
    state = opening("get", f"/{number}/custody")
    assert (set(state["keys"]), state["complete"]) == ({"platform", "audit"}, False)
    made = seal.make_lot_keys(
        scope=asked["scope"], custodian="officer",
        deadline=datetime.fromisoformat(state["deadline"]),
    )  # fmt: skip
    signature = b64u(seal.sign(agency.key, made.statement.encode()))
    officer = {"statement": made.statement, "signature": signature}
    officer |= {"signer_key": seal.public_of(agency.key), "wrapped": ""}
    contract("post", f"/{number}/custody/officer", officer, 403)
    keys = opening("post", f"/{number}/custody/officer", officer)
    seed = seal.seal_seed(
        scope=keys["scope"], maker="agency", keys_statement=keys["keys_statement"]
    )
    opening(
        "post", f"/{number}/custody/seed", {"sealed": seed.sealed, "commitment": seed.commitment}
    )
    agency.custodians()
    opening("post", f"/{number}/publish", status=403)
    assert opening("get", f"/{number}/draft")["base_amount"] is None
    refused = contract("post", f"/{number}/publish", status=409)
    assert [one["code"] for one in refused["errors"]] == [
        "tender.second_entry.missing", "tender.examples.unseen",
    ]  # fmt: skip
    shown = contract("get", f"/{number}/care")["examples"]
    assert [len(one["bids"]) for one in shown["worked"]] == [3, 3, 4]
    assert opening("get", f"/{number}/care")["examples"] is None
    contract("post", f"/{number}/care/examples", {"examples": "0" * 64}, 409)
    contract("post", f"/{number}/care/examples", {"examples": shown["hash"]})
    figures = {"base_amount": 330_000_000, "a_value": 12_345_678, "base_net_cost": 280_000_000}
    wrong = opening("post", f"/{number}/care/second-entry", figures | {"range_high": "1"})
    assert (wrong["second_entry"]["state"], wrong["hidden"]) == ("differs", True)
    assert wrong["second_entry"]["differing"] == ["range_high"]
    entered = opening("post", f"/{number}/care/second-entry", figures)
    assert (entered["second_entry"]["state"], entered["warnings"]) == ("done", [])
    assert opening("get", f"/{number}/draft")["base_amount"] == 330_000_000
    told = contract("post", f"/{number}/publish")
    assert (told["id"], told["status"]) == (f"{number}-000", "active")
    assert told["keys_hash"] == vault.keys_statement(asked["scope"]).hash
    assert told["base_amount"] == 330_000_000
    assert told["floor_rate"] == "89.745"

    public = Client()
    found = public.get("/api/v1/tenders", {"q": "복지관 조달구청", "status": "active"}).json()
    assert [row["number"] for row in found["tenders"]] == [number]
    assert public.get("/api/v1/tenders", {"q": "복지관 없는말"}).json()["count"] == 0
    whole = public.get(f"/api/v1/tenders/{number}").json()
    assert whole["title"] == agencies.TERMS["title"]
    assert whole["amendments"] == []
    assert public.get(document["url"]).content.decode() == "공고"

    change = {"correction_reason": "오기를 바로잡습니다."}
    contract("post", f"/{number}/correction", change)
    problems = contract("get", f"/{number}/draft")["problems"]
    assert [one["code"] for one in problems] == ["tender.correction.too_short"]
    contract("post", f"/{number}/cancel", {"reason": ""}, 422)
    assert contract("post", f"/{number}/cancel", {"reason": "예산 변경"})["status"] == "cancelled"


def test_the_api_refuses_what_is_not_a_field_and_what_is_not_yours(
    agency: Agency, town: Agency
) -> None:
    contract, stranger = Machine(agency.contract), Machine(town.contract)
    number = drafted(contract, agency)
    contract("put", f"/{number}/draft", {"colour": "red"}, 400)
    contract("put", f"/{number}/draft", {"base_amount": "1"}, 400)
    contract("put", f"/{number}/draft", {"base_amount": 1.5}, 400)
    for method, path in (
        ("get", "/draft"), ("get", "/custody"), ("get", ""), ("post", "/publish"),
        ("post", "/keys"), ("post", "/correction"), ("get", "/documents"),
    ):  # fmt: skip
        body = stranger(method, f"/{number}{path}", status=404)
        assert body["error"]["code"] == "tender.unknown"
        assert "복지관" not in str(body)
    assert Client().post(f"/api/v1/tenders/{number}/publish").status_code == 401


def signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id))
    return client


def taken_twice(page: str, contract: Client, opening: Client) -> None:
    """The figures are entered by a second person, and no A value at all is explained."""
    for path in ("", "/amounts", "/check", "/publish", "/care"):
        unseen = opening.get(page + path).content.decode()
        assert "330,000,000" not in unseen
        assert "89.745" not in unseen
        assert "드뭅니다" not in unseen  # what is doubted would tell the A value
    masked = "이 화면을 저장하면 그 값이 모두 바뀌고"
    assert masked in opening.get(f"{page}/amounts").content.decode()
    assert masked not in contract.get(f"{page}/amounts").content.decode()
    figures = {"base_amount": "330,000,000", "a_value": "1", "base_net_cost": "280000000"}
    assert opening.post(f"{page}/care/second-entry", figures).status_code == 302
    for who in (contract, opening):
        assert "<strong>A값</strong>" in who.get(f"{page}/care").content.decode()
    figures["a_value"] = "0"
    assert contract.post(f"{page}/care/second-entry", figures).status_code == 403
    assert opening.post(f"{page}/care/second-entry", figures).status_code == 302
    assert "330,000,000" in opening.get(f"{page}/check").content.decode()
    warning = {"warning": "entry.a_value.none"}
    assert opening.post(f"{page}/care/agree", warning).status_code == 200
    assert contract.post(f"{page}/care/reason", warning).status_code == 200
    assert (
        contract.post(f"{page}/care/reason", warning | {"reason": "자재만 산다."}).status_code
        == 302
    )
    assert contract.post(f"{page}/care/agree", warning).status_code == 403
    assert contract.post(f"{page}/publish").status_code == 200
    assert "자재만 산다." in opening.get(f"{page}/care").content.decode()
    assert opening.post(f"{page}/care/agree", warning).status_code == 302


def test_the_button_of_what_comes_next_names_the_act(agency: Agency) -> None:
    contract = signed_in(agency.contract)
    page = contract.post("/my/tenders/new", {"title": "옥상 방수공사"}).headers["Location"]
    page = page.rpartition("/")[0]
    said = []
    for answers in (
        {"site": "세종", "licences": ["4992"]},
        {"base_amount": "330,000,000", "estimated_price": "300000000", "a_value": "0"},
        {"use_suggestion": "1"},
    ):
        shown = contract.get(page).content.decode()
        button = shown.split('class="krds-btn medium primary" href="')[1]
        step, name = button.partition('">')[0], button.partition('">')[2].partition("<")[0]
        said.append((step.removeprefix(f"{page}/"), name))
        contract.post(step, answers)
    assert said == [
        ("place", "장소와 참가자격 정하기"),
        ("amounts", "금액과 가격 쓰기"),
        ("schedule", "일정 정하기"),
    ]


def test_a_notice_through_the_pages(agency: Agency) -> None:
    contract, opening = signed_in(agency.contract), signed_in(agency.opening)
    assert contract.post("/my/tenders/new", {"title": ""}).status_code == 200
    begun = contract.post("/my/tenders/new", {"title": "복지관 지붕 보수공사"})
    number = begun.headers["Location"].split("/")[3]
    page = f"/my/tenders/{number}"
    steps = {
        "basics": {"title": "복지관 지붕 보수공사", "description": "지붕"},
        "place": {"site": "세종", "licences": ["0002"]},
        "amounts": {
            "base_amount": "330,000,000",
            "estimated_price": "300000000",
            "budget_amount": "330,000,000",
            "a_value": "0",
            "base_net_cost": "280,000,000",
        },
    }
    for step, answers in steps.items():
        assert contract.post(f"{page}/{step}", answers).status_code == 302
    assert contract.post(f"{page}/amounts", {"base_amount": "x"}).status_code == 200
    contract.post(f"{page}/schedule", {"use_suggestion": "1"})
    row = queries.draft(agency.contract, number)
    assert (row.base_amount, row.a_value, row.licences) == (330_000_000, 0, ("0002",))
    assert row.base_net_cost == 280_000_000
    assert row.deadline is not None
    checked = contract.get(f"{page}/check").content.decode()
    assert "89.745%" in checked
    assert contract.post(f"{page}/check").status_code == 200  # the examples are not confirmed
    seen = queries.care_for(agency.contract, number, at=now()).examples
    assert seen
    assert f'value="{seen.hash}"' in checked
    told = contract.post(f"{page}/check", {"examples": seen.hash})
    assert told.headers["Location"] == f"{page}/custody"
    agency.custodians()
    for path in ("", "/custody", "/custody/custodians", "/check"):
        assert opening.get(page + path).status_code == 200
    agency.bring_keys(number, row.scope, row.deadline, at=now())
    agency.bring_seed(number, row.scope, at=now())
    agency.custodians()
    assert opening.post(f"{page}/publish").status_code == 403
    assert contract.post(f"{page}/publish").status_code == 200
    taken_twice(page, contract, opening)
    assert contract.post(f"{page}/publish").headers["Location"] == f"/tenders/{number}"
    assert queries.notice(number).status == "active"
    for path in ("", "/correct", "/cancel"):
        assert contract.get(page + path).status_code == 200
    assert contract.post(f"{page}/correct", {"correction_reason": "오기"}).status_code == 302
    assert contract.get(f"{page}/check").status_code == 200
    assert contract.post(f"{page}/abandon").status_code == 302
    assert contract.post(f"{page}/cancel", {"reason": "예산 변경"}).status_code == 302
    assert queries.notice(number).status == "cancelled"


def test_pages_are_for_the_agencys_own_officers(agency: Agency, town: Agency) -> None:
    number = agency.draft()
    paths = ["", "/basics", "/check", "/custody", "/publish", "/cancel", "/documents"]
    for path in paths:
        visitor = Client().get(f"/my/tenders/{number}{path}")
        assert visitor.headers["Location"].startswith("/sign-in?next=/my/tenders/")
        answer = signed_in(town.contract).get(f"/my/tenders/{number}{path}")
        assert answer.status_code == 404
        assert "복지관" not in answer.content.decode()
    assert "복지관" not in signed_in(town.contract).get("/my/tenders").content.decode()
    assert "복지관" in signed_in(agency.opening).get("/my/tenders").content.decode()


def test_a_paper_is_added_and_left_out(agency: Agency) -> None:
    number, contract = agency.draft(), signed_in(agency.contract)
    page = f"/my/tenders/{number}/documents"
    assert contract.post(page, {}).status_code == 200
    file = SimpleUploadedFile("설계서.pdf", b"%PDF-1", "application/pdf")
    assert contract.post(page, {"file": file}).status_code == 302
    (paper,) = queries.papers(number, queries.draft(agency.contract, number))
    assert (paper.title, paper.size) == ("설계서.pdf", 6)
    given = contract.get(f"{page}/{paper.id}")
    assert given.content == b"%PDF-1"
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert contract.post(f"{page}/{paper.id}/remove").status_code == 302
    assert queries.draft(agency.contract, number).documents == ()
