"""The machine's door of payments: the same verbs, the same refusals, nothing more to be seen."""

import json
from typing import Any

import pytest
from django.test import Client

from jangteo.records.account.actions import issue_token
from jangteo.stages.payment import queries
from jangteo.stages.payment.models import Claim, Leaf
from tests.stages.payment.street import (
    Street,
    answer,
    key_of,
    leaf,
    prime,
    reject,
    street,
    under,
    worker,
)

pytestmark = pytest.mark.django_db


class Machine:
    """A program that calls for one person."""

    def __init__(self, here: Street, who: str = "") -> None:
        headers = {"accept-language": "en"}
        if who:
            actor = here.who(who)
            token = issue_token(
                at=here.contract.created_at, account_id=actor.account_id,
                party_id=actor.party_id, label=who,
            )  # fmt: skip
            headers["authorization"] = f"Bearer {token}"
        self.client = Client(headers=headers)

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        data = json.dumps(body) if body is not None else ""
        answered = self.client.generic(
            method, f"/api/v1{path}", data, content_type="application/json"
        )
        return answered.status_code, answered.json()


def body(*leaves: queries.LeafGiven, amount: int | None = None) -> dict[str, Any]:
    rows = [
        {name: getattr(one, name) for name in queries.LeafGiven.__dataclass_fields__}
        for one in leaves
    ]
    return {"amount": sum(x.amount for x in leaves) if amount is None else amount, "leaves": rows}


def test_a_claim_goes_its_way_by_calls() -> None:
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    claimant, checker, payer = (Machine(here, who) for who in ("claimant", "checker", "payer"))
    status, left = claimant.call("GET", f"/contracts/{here.number}/claims/left")
    assert (status, left["left"], left["completes"]) == (200, 900_000, False)
    sent = body(prime(600_000), under(sub, 250_000), worker(50_000))
    status, made = claimant.call("POST", f"/contracts/{here.number}/claims", sent)
    assert (status, made["status"], made["amount"]) == (200, "filed", 900_000)
    (why,) = made["reasons"]
    assert (why["code"], why["row"]) == (
        "deadline.steps.progress_payment", "deadline/steps:local-progress-payment-2020"
    )  # fmt: skip
    assert ("2026" in why["text"], why["law"]) == (True, "지방계약법 시행령 제67조제1항, 제4항")
    assert [leaf["account"] for leaf in made["leaves"]] == [
        "110123456789", "301987654321", "1002345678901",
    ]  # fmt: skip
    path = f"/claims/{made['number']}"
    assert checker.call("POST", f"{path}/return", {"reason": "다시"})[1]["status"] == "returned"
    status, again = claimant.call("PUT", path, sent)
    assert (status, again["status"], again["number"]) == (200, "filed", made["number"])
    status, seen = checker.call("POST", f"{path}/approve")
    assert (seen["status"], seen["leaves"][0]["account"]) == ("approved", "********6789")
    assert seen["leaves"][0]["link"] == ""
    assert payer.call("POST", f"{path}/order")[1]["status"] == "ordered"
    claim = Claim.objects.get()
    reject(claim.number)
    assert payer.call("POST", f"{path}/order-again")[1]["finding"] == ""
    answer(f"{claim.number}-again-2")
    reject(key_of(claim, 3))
    wrong = claimant.call("PUT", f"{path}/leaves/3/account", {"bank": "020", "account": "1"})
    assert (wrong[0], wrong[1]["error"]["code"]) == (422, "claim.leaf.account")
    fixed = {"bank": "020", "account": "1002345678902"}
    assert claimant.call("PUT", f"{path}/leaves/3/account", fixed)[0] == 200
    for position in (1, 2, 3):
        answer(key_of(claim, position))
    status, done = payer.call("GET", path)
    assert (done["status"], done["interest"]) == ("paid", None)
    assert {leaf["status"] for leaf in done["leaves"]} == {"credited"}
    assert [
        row["number"] for row in claimant.call("GET", f"/contracts/{here.number}/claims")[1]
    ] == [claim.number]


def test_a_wrong_name_and_a_doubt_come_to_their_end_by_calls() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([worker(500_000), prime(400_000)])
    claimant, checker, payer = (Machine(here, who) for who in ("claimant", "checker", "payer"))
    path = f"/claims/{claim.number}/leaves"
    reject(key_of(claim, 1))
    answer(key_of(claim, 2), amount=1)
    right = {"payee_name": "김하얀", "bank": "004", "account": "5556677788", "reason": "오기"}
    assert checker.call("PUT", f"{path}/1/payee", right)[0] == 403
    status, said = claimant.call("PUT", f"{path}/1/payee", right)
    assert (status, said["leaves"][0]["proposed"]["payee_name"]) == (200, "김하얀")
    seen = checker.call("GET", f"/claims/{claim.number}")[1]["leaves"][0]["proposed"]
    assert (seen["account"], seen["reason"]) == ("******7788", "오기")
    sent = {"proposal": seen["id"]}
    assert payer.call("POST", f"{path}/1/payee/confirm", sent)[0] == 403
    status, said = checker.call("POST", f"{path}/1/payee/confirm", sent)
    assert (status, said["leaves"][0]["status"]) == (200, "instructed")
    bank = {"outcome": "there", "reference": "B-77", "reason": "확인"}
    assert checker.call("POST", f"{path}/2/settle", bank)[0] == 403
    status, said = payer.call("POST", f"{path}/2/settle", bank)
    assert (status, said["leaves"][1]["status"]) == (200, "credited")


def test_every_refusal_of_a_claim_comes_at_once() -> None:
    here = street(accepted=900_000)
    sent = body(prime(5, "1"), worker(5, ""), amount=11)
    status, said = Machine(here, "claimant").call("POST", f"/contracts/{here.number}/claims", sent)
    assert status == 422
    assert [(one["code"], one["field"]) for one in said["errors"]] == [
        ("claim.leaf.account", "leaf-0-account"),
        ("claim.leaf.name", "leaf-1-payee_name"),
        ("claim.leaves.sum", "amount"),
    ]


def test_nobody_else_gets_in() -> None:
    here, there = street(accepted=900_001), street(accepted=900_000)
    here.hire(1)
    claim = here.file([prime(900_000)])
    path, sent = f"/claims/{claim.number}", body(prime(1))
    visitor, stranger = Machine(here), Machine(there, "payer")
    hired, agent = Machine(here, "hired0"), Machine(here, "agent")
    for machine in (visitor, stranger, hired):
        assert machine.call("GET", path)[0] == 404
        assert machine.call("GET", f"/contracts/{here.number}/claims")[0] == 404
    for method, where, given in (
        ("POST", f"{path}/approve", None), ("POST", f"{path}/order", None),
        ("POST", f"{path}/withdraw", None), ("POST", f"{path}/return", {"reason": "x"}),
        ("PUT", path, sent), ("POST", f"/contracts/{here.number}/claims", sent),
        ("PUT", f"{path}/leaves/1/account", {"bank": "004", "account": "12345678"}),
    ):  # fmt: skip
        assert visitor.call(method, where, given)[0] == 401
        assert stranger.call(method, where, given)[0] == 404
        assert hired.call(method, where, given)[0] == 404
        assert agent.call(method, where, given)[0] == 403
    claim.refresh_from_db()
    assert (claim.status, Leaf.objects.get().account) == ("filed", "110123456789")
    assert visitor.call("GET", "/payments") == (200, [])
    assert visitor.call("GET", "/my/payments") == (200, {"claims": [], "leaves": []})


def test_lists_by_calls() -> None:
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    claim = here.file([prime(600_000), under(sub, 250_000)])
    (group,) = Machine(here, "payer").call("GET", "/payments")[1]
    assert (group["total"], group["claims"][0]["number"]) == (850_000, claim.number)
    mine = Machine(here, "hired0").call("GET", "/my/payments")[1]
    assert mine["claims"] == []
    assert [(row["amount"], row["account"]) for row in mine["leaves"]] == [
        (250_000, "********4321")
    ]


def test_anybody_follows_the_money_by_a_call_without_persons() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([prime(600_000), worker(50_000)])
    answer(key_of(claim, 2))
    status, said = Machine(here).call("GET", f"/contracts/{here.number}/trail")
    assert status == 200
    assert said["sums"] == {
        "contracted": 1_000_000_000, "accepted": 900_000, "claimed": 650_000,
        "ordered": 650_000, "credited": 50_000,
    }  # fmt: skip
    assert said["steps"][-1]["kind"] == "leaf.credit"
    assert (said["steps"][-1]["amount"], said["steps"][-1]["payee"]) == (50_000, "김○○")
    assert "김하늘" not in json.dumps(said, ensure_ascii=False)


def test_a_payee_answers_by_a_call() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([worker(50_000)])
    path = f"/payees/{queries.token_of(leaf(claim).pk)}"
    visitor = Machine(here)
    assert visitor.call("GET", "/payees/x")[0] == 404
    early = visitor.call("POST", path, {"said": "received"})
    assert (early[0], early[1]["error"]["code"]) == (409, "leaf.say.not_now")
    answer(key_of(claim))
    status, said = visitor.call("POST", path, {"said": "differs", "amount": 49_000})
    assert (status, said["words"][0]["said"], said["words"][0]["amount"]) == (
        200, "differs", 49_000,
    )  # fmt: skip
    assert (said["payee_name"], said["amount"], "account" in said) == ("김하늘", 50_000, False)
