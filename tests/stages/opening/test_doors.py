"""The same opening through the JSON API and its pages."""

import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jangteo.records.account.actions import issue_token
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import now
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.stages.opening.models import Exclusion, Result
from tests.stages.opening.ceremony import Ceremony, pairs
from tests.stages.opening.examples import ONE, ONE_COUNTS, ONE_RATES

Begin = Callable[..., Ceremony]


class Door:
    """One person at the API."""

    def __init__(self, who: Actor | None, number: str) -> None:
        self.client = Client()
        self.path = f"/api/v1/tenders/{number}"
        self.headers = {}
        if who is not None and who.account_id and who.party_id:
            token = issue_token(
                at=now(), account_id=who.account_id, party_id=who.party_id, label="test"
            )
            self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self.client.get(self.path + path, headers=self.headers)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(
            self.path + path, body or {}, content_type="application/json", headers=self.headers
        )


def test_the_whole_ceremony_by_machine(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all(zip([128_646_600 + n for n in range(23)], pairs(ONE_COUNTS), strict=True))
    extra = made.receive_all([(128_000_000, (12, 15))])[0]
    made.forward(made.notice.opening_at)
    opener, contract = (
        Door(made.agency.opening, made.number),
        Door(made.agency.contract, made.number),
    )
    assert opener.post("/opening").json()["count"] == 24
    body = {"supplier": extra.party.identifier, "ground": "no_security"}
    assert opener.post("/opening/exclusions", body).json()["exclusions"][0]["article"] == (
        "지방계약법 시행규칙 제42조제2호"
    )
    assert opener.post("/opening/close").json()["status"] == "closed_set"
    text = opener.get("/opening/statement").json()["statement"]
    for door, key, role in (
        (contract, made.contract_key, "contract_officer"),
        (opener, made.agency.key, "opening_officer"),
    ):
        body = {"role": role, "signer_key": seal.public_of(key),
                "signature": b64u(seal.sign(key, text.encode()))}  # fmt: skip
        assert door.post("/opening/signatures", body).status_code == 200
    made.custodians()
    assert opener.get("/opening").json()["releases"] == ["platform", "audit"]
    held = opener.post("/opening/hold")
    assert held.status_code == 200, held.content
    public = Door(None, made.number).get("/result").json()
    assert public == held.json() == opener.post("/opening/hold").json()
    assert public["reserve_price"] == 141_804_150
    assert [p["number"] for p in public["prices"] if p["drawn"]] == [3, 5, 7, 11]
    assert public["prices"][11]["picked"] == 1
    assert public["prices"][11]["counted"] == 0
    assert public["bids"][0]["rate"] == "90.721"
    assert public["steps"]["reserve"]
    assert public["opened_at"].endswith(("+00:00", "Z", "+09:00"))
    bundle = Door(None, made.number).get("/bundle")
    assert hashlib.sha256(bundle.content).hexdigest() == public["bundle_hash"]
    assert bundle["X-Bundle-SHA256"] == public["bundle_hash"]


def test_machines_are_refused_with_code_and_reason(begin: Begin) -> None:
    made = begin(**ONE)
    who = made.receive_all([(128_000_000, (1, 2)), (129_000_000, (3, 4))])
    opener, supplier = Door(made.agency.opening, made.number), Door(who[0].actor(), made.number)
    early = opener.post("/opening")
    assert (early.status_code, early.json()["error"]["code"]) == (
        409, "opening.prepare.before_deadline",
    )  # fmt: skip
    for path, method in (("/opening", supplier.get), ("/opening/statement", supplier.get)):
        assert method(path).json()["error"]["code"] == "opening.forbidden"
    for path in ("/opening", "/opening/close", "/opening/hold"):
        assert supplier.post(path).status_code in (403, 409)
        assert Door(None, made.number).post(path).status_code == 401
    assert Door(None, made.number).get("/result").status_code == 404
    assert Door(None, made.number).get("/bundle").status_code == 404
    assert (Result.objects.count(), Exclusion.objects.count()) == (0, 0)


@pytest.fixture
def page(begin: Begin) -> Callable[..., Any]:
    def fetch(who: Actor | None, path: str, post: dict[str, str] | None = None) -> Any:
        client = Client()
        if who is not None:
            from jangteo.records.account.models import Account

            client.force_login(Account.objects.get(pk=who.account_id))
        client.cookies["django_language"] = "en"
        return client.get(path) if post is None else client.post(path, post)

    return fetch


def test_every_page_of_the_ceremony_is_shown(begin: Begin, page: Callable[..., Any]) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    officer, base = made.agency.opening, f"/tenders/{made.number}"

    def shown(path: str, who: Actor | None = officer) -> str:
        answer = page(who, path)
        assert answer.status_code == 200, answer.content.decode()[-2000:]
        return answer.content.decode()

    assert "Bids are being taken" in shown(f"{base}/opening")
    assert "환경" not in shown("/openings")
    who = made.receive_all(
        zip([128_646_600 + n for n in range(23)], pairs(ONE_COUNTS), strict=True)
    )
    assert who[0].party.name not in shown(f"{base}/opening")
    made.forward(made.notice.opening_at)
    assert "Prepare the opening" in shown(f"{base}/opening")
    assert page(officer, f"{base}/opening/prepare", {}).status_code == 302
    assert who[0].party.name in shown(f"{base}/opening")
    wrong = page(officer, f"{base}/opening/exclude", {"bid": "", "ground": "", "note": ""})
    assert wrong.status_code == 422
    assert page(officer, f"{base}/opening/close", {}).status_code == 302
    assert "Sign as opening officer" in shown(f"{base}/opening")
    assert "Sign as contract officer" in shown(f"{base}/opening", made.agency.contract)
    made.sign("contract_officer")
    made.sign("opening_officer")
    assert "Custodian of the platform" in shown(f"{base}/opening")
    early = page(officer, f"{base}/opening/hold", {})
    assert early.status_code == 409
    assert "Two of three custodians must release" in early.content.decode()
    made.custodians()
    assert "Start the opening" in shown(f"{base}/opening/custodians")
    assert page(officer, f"{base}/opening/hold", {})["Location"] == f"{base}/result"
    result = shown(f"{base}/result", None)
    assert "141,804,150" in result
    assert "An independent program recomputed everything" in result
    assert "You are first in rank" in shown(f"{base}/result", who[0].actor())
    assert "3. The reserve price" in shown(f"{base}/why", None)
    assert page(None, f"{base}/bundle.json").status_code == 200
    check_the_line_that_verifies(made.number, result, page(None, f"{base}/bundle.json").content)
    assert "See the result" in shown("/openings")


def check_the_line_that_verifies(number: str, shown: str, bundle: bytes) -> None:
    """An outsider who saves the program and types the page's line gets exit code 0."""
    (line,) = re.findall(r"<code>(curl -s .+?)</code>", shown)
    fetch, run = line.split(" | ")
    assert fetch == f"curl -s http://testserver/tenders/{number}/bundle.json"
    python, *words = run.split()
    assert (python, words[-1]) == ("python3", hashlib.sha256(bundle).hexdigest())
    program = Client().get("/data/jangteo_verify.py")
    assert program["Content-Disposition"] == 'attachment; filename="jangteo_verify.py"'
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "jangteo_verify.py").write_bytes(program.content)
        given = [sys.executable, "-I", *words]
        done = subprocess.run(given, input=bundle, cwd=folder, capture_output=True, check=False)
        changed = bundle.replace(b'"title":"', b'"title":"x', 1)
        other = subprocess.run(given, input=changed, cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert other.returncode == 1
