"""The machine's door of contracts: the same verbs, the same refusals, nothing more to be seen."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from jangteo.stages.contract.models import Amendment, Contract, Security, Signature, Subcontract
from tests.stages.award.opened import AT
from tests.stages.contract.machines import Machine
from tests.stages.contract.signed import (
    ENDS,
    NEEDED,
    STARTS,
    VALUE,
    Signed,
    active,
    awarded,
    drafted,
)

pytestmark = pytest.mark.django_db
TERMS = {"starts": "2026-12-01", "ends": "2027-03-31", "budget_line": "401-01"}
BOND = {
    "kind": "bond", "amount": NEEDED, "issuer": "건설공제조합", "paper": "B-1",
    "until": "2027-03-31",
}  # fmt: skip
WHY = {"reason": "예산이 줄었습니다."}


def hired(made: Signed, amount: int = 1_000_000, **changed: Any) -> dict[str, Any]:
    return {
        "subcontractor": made.here.identifier(1), "work": "방수", "amount": amount,
        "starts": STARTS.isoformat(), "ends": ENDS.isoformat(),
        "signed_on": AT.date().isoformat(),
    } | changed  # fmt: skip


def test_a_contract_goes_its_way_by_calls() -> None:
    made = awarded()
    officer, head = Machine(made, "officer"), Machine(made, "head0")
    found = officer.post(f"/tenders/{made.here.number}/contract")
    made.number = found["number"]
    url = f"/contracts/{made.number}"
    assert (found["status"], found["value"], found["text"]) == ("pending", VALUE, -1)
    assert (found["statement"], found["document_hash"], found["signatures"]) == ("", "", [])
    assert officer.get("/contracts") == [made.number]
    assert head.get("/contracts") == []
    status, found = officer.call("PUT", f"{url}/terms", TERMS | {"place": " 서울 ", "value": 1})
    assert (status, found["starts"], found["value"]) == (200, "2026-12-01", VALUE)
    assert officer.call("PUT", f"{url}/terms", {"ends": "2027-03-31"})[1]["starts"] == "2026-12-01"
    assert officer.post(f"{url}/offer")["status"] == "offered"
    assert officer.post(f"{url}/take-back")["status"] == "pending"
    found = officer.post(f"{url}/offer")
    said = json.loads(found["statement"])
    assert (found["text"], said["value"], said["document"]) == (1, VALUE, found["document_hash"])
    paper = head.client.get(f"/api/v1{url}/document")
    assert paper["content-type"] == "application/pdf"
    assert hashlib.sha256(paper.content).hexdigest() == found["document_hash"]
    found = head.post(f"{url}/agree", head.signature())
    assert (found["status"], [one["side"] for one in found["signatures"]]) == (
        "agreed", ["supplier"]
    )  # fmt: skip
    assert (found["security_enough"], found["security_missing"]) == (False, NEEDED)
    found = officer.post(f"{url}/securities", BOND)
    assert (found["security_required"], found["security_missing"]) == (NEEDED, 0)
    assert (found["security_enough"], found["security_until"]) == (True, "2027-03-31")
    found = officer.post(f"{url}/conclude", officer.signature())
    assert (found["status"], len(found["signatures"])) == ("active", 2)
    assert made.told() == [("new", VALUE, f"{made.number}-new-1")]


def test_an_amendment_goes_its_way_by_calls() -> None:
    made = active()
    officer, head = Machine(made, "officer"), Machine(made, "head0")
    url = f"/contracts/{made.number}"
    more = {"value": VALUE + 10, "ends": "2027-05-31", "reason": "물량이 늘었습니다."}
    (row,) = officer.post(f"{url}/amendment", more)["amendments"]
    assert (row["status"], row["value"], row["ends"]) == ("proposed", VALUE + 10, "2027-05-31")
    assert officer.post(f"{url}/amendment/withdraw")["amendments"][0]["status"] == "withdrawn"
    found = officer.post(f"{url}/amendment", more)
    assert (found["security_missing"], found["security_until"]) == (NEEDED + 1, "2027-05-31")
    assert found["value"] == VALUE
    assert head.post(f"{url}/amendment/agree", head.signature())["status"] == "active"
    no = officer.refused("POST", f"{url}/amendment/conclude", officer.signature())
    assert no == (409, "contract.amendment.security")
    officer.post(f"{url}/securities", BOND | {"amount": NEEDED + 1, "until": "2027-05-31"})
    found = officer.post(f"{url}/amendment/conclude", officer.signature())
    assert (found["value"], found["ends"], found["text"]) == (VALUE + 10, "2027-05-31", 2)
    assert [one["status"] for one in found["amendments"]] == ["withdrawn", "effective"]
    assert [one["status"] for one in Machine(made).get(url)["amendments"]] == ["effective"]


def test_a_contract_is_given_up_or_terminated_by_calls() -> None:
    made = drafted()
    officer = Machine(made, "officer")
    assert officer.post(f"/contracts/{made.number}/cancel", WHY)["status"] == "cancelled"
    made.number = officer.post(f"/tenders/{made.here.number}/contract")["number"]
    made.conclude()
    found = Machine(made, "approver").post(
        f"/contracts/{made.number}/terminate", WHY | {"ground": "agency"}
    )
    assert found["status"] == "terminated"
    assert made.told()[-1][:2] == ("cancel", 0)


def test_a_subcontract_goes_its_way_by_calls() -> None:
    made = active()
    head, sub, officer = (Machine(made, who) for who in ("head0", "head1", "officer"))
    row = head.post(f"/contracts/{made.number}/subcontracts", hired(made))
    assert (row["status"], row["amount"], row["work"]) == ("registered", 1_000_000, "방수")
    assert row["told_due"].startswith("2026-12-24T15:00:00")
    url = f"/subcontracts/{row['number']}"
    for who in (head, sub, officer):
        assert who.get(url)["number"] == row["number"]
    assert Machine(made, "head2").refused("GET", url) == (404, "contract.subcontract.unknown")
    assert Machine(made).refused("GET", url) == (404, "contract.subcontract.unknown")
    assert sub.post(f"{url}/agree")["status"] == "agreed"
    assert officer.post(f"{url}/acknowledge")["status"] == "acknowledged"
    seen = sub.get(f"/contracts/{made.number}")
    assert [one["number"] for one in seen["subcontracts"]] == [row["number"]]
    assert (seen["statement"], seen["signatures"]) == ("", [])
    assert head.post(f"{url}/end", WHY)["status"] == "ended"


def test_who_reads_what_by_calls() -> None:
    made = drafted()
    url = f"/contracts/{made.number}"
    assert Machine(made, "officer").get(url)["status"] == "pending"
    for who in ("head0", "head1", ""):
        assert Machine(made, who).refused("GET", url) == (404, "contract.unknown"), who
    made.offer()
    assert Machine(made, "head0").get(url)["statement"]
    for who in ("head1", ""):
        assert Machine(made, who).refused("GET", url) == (404, "contract.unknown"), who
    made.sign("agree", "head0")
    made.do("record_security", "officer", kind="cash", amount=NEEDED)
    made.sign("conclude", "officer")
    made.hire(1_000_000)
    for who in ("head1", "head2", ""):
        seen = Machine(made, who).get(url)
        assert (seen["status"], seen["value"]) == ("active", VALUE)
        assert (seen["statement"], seen["document_hash"], seen["signatures"]) == ("", "", []), who
        assert len(seen["subcontracts"]) == (who == "head1"), who
    for who in ("head1", "head2"):
        no = Machine(made, who).refused("GET", f"{url}/document")
        assert no == (404, "contract.unknown"), who
    assert Machine(made).refused("GET", f"{url}/document") == (404, "contract.unknown")
    assert Machine(made).get("/contracts") == []


#: verb -> (method, path after the contract, body, who of its sides may not, with the code)
FORBIDDEN = {
    "revise": ("PUT", "terms", TERMS, "contract.revise.forbidden"),
    "offer": ("POST", "offer", {}, "contract.offer.forbidden"),
    "take_back": ("POST", "take-back", {}, "contract.take_back.forbidden"),
    "securities": ("POST", "securities", BOND, "contract.record_security.forbidden"),
    "cancel": ("POST", "cancel", WHY, "contract.cancel.forbidden"),
    "amendment": ("POST", "amendment", {"value": 1, "ends": "2027-01-01", "reason": "물량"},
                  "amendment.propose_amendment.forbidden"),
}  # fmt: skip


@pytest.mark.parametrize("verb", FORBIDDEN)
def test_who_may_not_is_told_so_by_calls(verb: str) -> None:
    made = drafted()
    made.offer()
    method, path, body, code = FORBIDDEN[verb]
    url = f"/contracts/{made.number}/{path}"
    for who in ("approver", "payer", "head0"):
        assert Machine(made, who).refused(method, url, body) == (403, code), who
    for who in ("head1", "bidder2"):
        assert Machine(made, who).refused(method, url, body) == (404, "contract.unknown"), who
    assert Machine(made).call(method, url, body)[0] == 401
    assert made.state() == "offered"
    assert not Security.objects.exists() and not Amendment.objects.exists()


def test_signatures_are_the_signers_own_by_calls() -> None:
    made = drafted()
    made.offer()
    url = f"/contracts/{made.number}"
    for who in ("officer", "bidder0"):
        machine = Machine(made, who)
        no = machine.refused("POST", f"{url}/agree", machine.signature())
        assert no == (403, "contract.agree.forbidden"), who
    head = Machine(made, "head0")
    good = head.signature()
    foreign = good | {"signer_key": Machine(made, "officer").signature()["signer_key"]}
    assert head.refused("POST", f"{url}/agree", foreign) == (422, "contract.sign.key")
    wrong = made.signature("head0", "another text")
    assert head.refused("POST", f"{url}/agree", wrong) == (422, "contract.sign.signature")
    assert head.refused("POST", f"{url}/agree", good | {"signature": "?"}) == (
        422, "contract.sign.signature"
    )  # fmt: skip
    assert head.call("POST", f"{url}/agree", {"signer_key": "a"})[0] in (400, 422)
    assert (made.state(), Signature.objects.count()) == ("offered", 0)
    head.post(f"{url}/agree", good)
    officer = Machine(made, "officer")
    no = officer.refused("POST", f"{url}/conclude", officer.signature())
    assert no == (409, "contract.conclude.security")
    no = head.refused("POST", f"{url}/conclude", head.signature())
    assert no == (403, "contract.conclude.forbidden")
    assert (made.state(), Signature.objects.count()) == ("agreed", 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "gold"}, "contract.security.kind"),
        ({"kind": "undertaking"}, "contract.security.not_waived"),
        ({"amount": 0}, "contract.security.amount"),
        ({"issuer": " "}, "contract.security.issuer"),
        ({"until": "2027-03-30"}, "contract.security.too_short"),
        ({"until": None}, "contract.security.too_short"),
    ],
)
def test_what_is_no_security_by_calls(changed: dict[str, Any], code: str) -> None:
    made = drafted()
    made.offer()
    officer = Machine(made, "officer")
    no = officer.refused("POST", f"/contracts/{made.number}/securities", BOND | changed)
    assert no == (422, code)
    assert not Security.objects.exists()


def test_what_cannot_be_done_now_by_calls() -> None:
    made = drafted()
    officer, head = Machine(made, "officer"), Machine(made, "head0")
    url = f"/contracts/{made.number}"
    assert officer.refused("POST", f"{url}/offer") == (422, "contract.offer.incomplete")
    backwards = {"starts": "2027-01-02", "ends": "2027-01-01"}
    assert officer.refused("PUT", f"{url}/terms", backwards) == (422, "contract.period.reversed")
    assert officer.refused("POST", f"{url}/take-back") == (409, "contract.take_back.not_now")
    assert officer.refused("POST", f"/tenders/{made.here.number}/contract") == (
        409, "contract.draft.exists"
    )  # fmt: skip
    assert officer.refused("POST", f"{url}/cancel", {"reason": " "}) == (
        422, "contract.reason.missing"
    )  # fmt: skip
    assert officer.refused("POST", f"{url}/amendment/withdraw")[1] == "contract.amendment.none"
    made.conclude()
    assert officer.refused("POST", f"{url}/cancel", WHY) == (409, "contract.cancel.not_now")
    approver = Machine(made, "approver")
    ground = WHY | {"ground": "mood"}
    assert approver.refused("POST", f"{url}/terminate", ground) == (
        422, "contract.terminate.ground"
    )  # fmt: skip
    assert officer.refused("POST", f"{url}/terminate", WHY | {"ground": "breach"}) == (
        403, "contract.terminate.forbidden"
    )  # fmt: skip
    path = f"{url}/subcontracts"
    assert head.refused("POST", path, hired(made, VALUE + 1)) == (
        422, "contract.subcontract.too_much"
    )  # fmt: skip
    late = (ENDS + timedelta(days=1)).isoformat()
    assert head.refused("POST", path, hired(made, ends=late)) == (
        422, "contract.subcontract.period"
    )  # fmt: skip
    assert Machine(made, "bidder0").refused("POST", path, hired(made)) == (
        403, "subcontract.register_subcontract.forbidden"
    )  # fmt: skip
    assert Machine(made, "head1").refused("POST", path, hired(made)) == (404, "contract.unknown")
    assert (made.state(), Subcontract.objects.count()) == ("active", 0)
    assert Contract.objects.count() == 1


def test_a_subcontract_is_moved_by_its_own_side_only_by_calls() -> None:
    made = active()
    row = made.hire(1_000_000)
    url = f"/subcontracts/{row.number}"
    for who in ("head0", "officer", "bidder1"):
        no = Machine(made, who).refused("POST", f"{url}/agree")
        assert no == (403, "subcontract.agree_subcontract.forbidden"), who
    officer = Machine(made, "officer")
    no = officer.refused("POST", f"{url}/acknowledge")
    assert no == (409, "subcontract.acknowledge_subcontract.not_now")
    for who in ("head1", "officer"):
        no = Machine(made, who).refused("POST", f"{url}/end", WHY)
        assert no == (403, "subcontract.end_subcontract.forbidden"), who
    for verb in ("agree", "acknowledge", "end"):
        no = Machine(made, "head2").refused("POST", f"{url}/{verb}", WHY)
        assert no == (404, "contract.subcontract.unknown"), verb
    no = Machine(made, "head0").refused("POST", f"{url}/end", {"reason": ""})
    assert no == (422, "contract.reason.missing")
    assert Subcontract.objects.get().status == "registered"
