"""Two people order a payment; the budget system and the banks say what became of it."""

from datetime import datetime
from typing import Any

import pytest

from jangteo.config import timetable
from jangteo.ground.errors import Refusal
from jangteo.records.exchange.models import Exchange
from jangteo.records.exchange.queries import exchanges
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of
from jangteo.stages.contract.models import Contract
from jangteo.stages.delivery.actions.inspecting import finish
from jangteo.stages.payment import actions, jobs
from jangteo.stages.payment.models import Claim, PaymentOrder
from tests.stages.payment.street import (
    AT,
    DAY,
    Street,
    answer,
    key_of,
    leaf,
    lose,
    prime,
    reject,
    street,
    under,
    worker,
)

pytestmark = pytest.mark.django_db


def fresh(claim: Claim) -> Claim:
    found: Claim = Claim.objects.get(pk=claim.pk)
    return found


def transfers(claim: Claim) -> list[tuple[str, int]]:
    told = Exchange.objects.filter(about=claim.subject, question="Transfer").order_by("key")
    return [(row.key, row.body["amount"]) for row in told]


def hear_all_again() -> None:
    """Every fact is heard once more, oldest and newest first."""
    kinds = ("exchange.finish", "exchange.reject", "exchange.lose")
    facts = [fact_of(entry) for entry in Entry.objects.filter(kind__in=kinds).order_by("id")]
    for fact in [*facts, *reversed(facts)]:
        jobs.hear_answer(fact)


def test_a_claim_goes_its_whole_way_and_closes_the_contract() -> None:
    here = street()
    here.accept(1_000_000_000, kind="completion")
    sub = here.hire(300_000_000)
    leaves = [prime(690_000_000), under(sub, 300_000_000), worker(10_000_000)]
    claim = here.ordered(leaves)
    order = PaymentOrder.objects.get(claim=claim)
    assert (order.amount, order.by) == (1_000_000_000, here.accounts["payer"].pk)
    (told,) = exchanges(claim.subject)
    assert (told.key, told.question, told.status) == (claim.number, "DisbursementOrder", "ready")
    body = Exchange.objects.get(key=claim.number).body
    assert body == {
        "key": claim.number, "claim": claim.number, "contract": here.number,
        "agency": here.contract.buyer.identifier, "budget_line": "401-01",
        "amount": 1_000_000_000, "due_on": "2026-12-01",
    }  # fmt: skip
    assert Exchange.objects.get(key=claim.number).due == claim.due
    assert transfers(claim) == []
    assert leaf(claim).status == "waiting"

    answer(claim.number, at=AT + DAY)
    assert fresh(claim).released_at == AT + DAY
    assert transfers(claim) == [
        (f"{claim.number}-1-1", 690_000_000),
        (f"{claim.number}-2-1", 300_000_000),
        (f"{claim.number}-3-1", 10_000_000),
    ]
    sent = Exchange.objects.get(key=f"{claim.number}-3-1").body
    assert (sent["payee_name"], sent["bank"], sent["account"]) == ("김하늘", "020", "1002345678901")

    for position in (3, 1):
        answer(f"{claim.number}-{position}-1", at=AT + DAY)
        assert leaf(claim, position).status == "credited"
    assert fresh(claim).status == "ordered"
    assert Contract.objects.get().status == "active"
    answer(f"{claim.number}-2-1", at=AT + 2 * DAY)
    done = fresh(claim)
    assert (done.status, done.paid_at, done.interest) == ("paid", AT + 2 * DAY, 0)
    assert Contract.objects.get().status == "completed"
    assert leaf(claim, 2).bank_reference == f"B-{claim.number}-2-1"

    before = list(Entry.objects.values_list("id", flat=True).order_by("id"))
    hear_all_again()
    assert list(Entry.objects.values_list("id", flat=True).order_by("id")) == before
    assert len(transfers(claim)) == 3


def test_progress_payments_complete_nothing() -> None:
    here = street(accepted=500_000_000)
    claim = here.instructed([prime(500_000_000)])
    answer(key_of(claim))
    assert fresh(claim).status == "paid"
    assert Contract.objects.get().status == "active"


def test_the_contract_closes_with_the_last_claim_to_be_paid_not_the_last_to_be_filed() -> None:
    here = street(accepted=400_000_000)
    part = here.instructed([prime(400_000_000)])
    here.accept(600_000_000, kind="completion")
    rest = here.instructed([prime(600_000_000)])
    answer(key_of(rest))
    assert (fresh(rest).status, Contract.objects.get().status) == ("paid", "active")
    answer(key_of(part))
    assert Contract.objects.get().status == "completed"


def hear_finish(here: Street) -> None:
    """The end of a delivery is heard twice by whoever listens to it, as the timetable says."""
    here.delivery.status = "under_way"
    here.delivery.save()
    finish(here.delivery, by=here.who("inspector"), at=AT)
    entry = Entry.objects.get(kind="delivery.finish")
    for listener in timetable.LISTENERS["delivery.finish"] * 2:
        listener(fact_of(entry))


def test_a_completion_that_leaves_nothing_to_claim_closes_a_contract_that_is_paid() -> None:
    here = street(accepted=1_000_000_000)
    answer(key_of(here.instructed([prime(1_000_000_000)])))
    assert Contract.objects.get().status == "active"
    here.accept(0, kind="completion")
    hear_finish(here)
    found = Contract.objects.get()
    assert (found.status, found.ended_at) == ("completed", AT)
    assert Entry.objects.filter(kind="contract.complete").count() == 1


def test_a_completion_closes_nothing_while_money_is_owed() -> None:
    here = street(accepted=400_000_000)
    claim = here.instructed([prime(400_000_000)])
    here.accept(0, kind="completion")
    hear_finish(here)
    assert Contract.objects.get().status == "active"
    answer(key_of(claim))
    assert Contract.objects.get().status == "completed"
    assert Entry.objects.filter(kind="contract.complete").count() == 1


def test_a_terminated_contract_stays_terminated_when_it_is_paid() -> None:
    here = street()
    here.accept(5_000_000, kind="completion")
    claim = here.instructed([prime(5_000_000)])
    Contract.objects.update(status="terminated")
    answer(key_of(claim))
    assert (fresh(claim).status, Contract.objects.get().status) == ("paid", "terminated")


PEOPLE = ("checker", "payer", "inspector", "approver", "claimant", "agent", "hired0", "other")
ALLOWED = {
    "approve": {"checker"},
    "send_back": {"checker"},
    "order": {"payer"},
    "order_again": {"payer"},
    "withdraw_claim": {"claimant"},
    "correct_account": {"claimant"},
}


def ready_for(verb: str, here: Street) -> Claim:
    if verb in ("approve", "send_back", "withdraw_claim"):
        return here.file([prime(5_000_000)])
    if verb == "order":
        return here.approve(here.file([prime(5_000_000)]))
    if verb == "order_again":
        claim = here.ordered([prime(5_000_000)])
        reject(claim.number)
        return claim
    claim = here.instructed([prime(5_000_000)])
    reject(key_of(claim))
    return claim


MORE: dict[str, dict[str, Any]] = {
    "send_back": {"reason": "다시"},
    "correct_account": {"position": 1, "bank": "004", "account": "12345678901"},
}


@pytest.mark.parametrize("verb", ALLOWED)
@pytest.mark.parametrize("who", PEOPLE)
def test_each_verb_is_done_by_its_people_only(verb: str, who: str) -> None:
    here = street(accepted=5_000_000)
    here.hire(1)
    here.add("other", "disbursing_officer", street().contract.buyer)
    claim = ready_for(verb, here)
    facts = Entry.objects.count()
    do = getattr(actions, verb)
    given = {"by": here.who(who), "at": AT, "number": claim.number, **MORE.get(verb, {})}
    if who in ALLOWED[verb]:
        do(**given)
        assert Entry.objects.count() > facts
        return
    with pytest.raises(Refusal) as caught:
        do(**given)
    outsider = who in ("hired0", "other")
    assert caught.value.status == (404 if outsider else 403)
    assert Entry.objects.count() == facts
    assert fresh(claim).status == claim.status


def test_a_return_needs_a_reason() -> None:
    here = street(accepted=5_000_000)
    claim = here.file([prime(5_000_000)])
    for reason in ("", "   ", "가" * 501):
        with pytest.raises(Refusal) as caught:
            actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason=reason)
        assert caught.value.code == "claim.reason.missing"
    assert fresh(claim).status == "filed"


def test_steps_come_in_their_order() -> None:
    here = street(accepted=5_000_000)
    claim = here.file([prime(5_000_000)])
    with pytest.raises(Refusal) as caught:
        here.order(claim)
    assert caught.value.code == "claim.order.not_now"
    here.approve(claim)
    with pytest.raises(Refusal) as caught:
        here.approve(claim)
    assert caught.value.code == "claim.approve.not_now"
    here.order(claim)
    with pytest.raises(Refusal) as caught:
        here.order(claim)
    assert caught.value.code == "claim.order.not_now"
    assert PaymentOrder.objects.count() == 1
    with pytest.raises(Refusal) as caught:
        actions.order_again(by=here.who("payer"), at=AT, number=claim.number)
    assert caught.value.code == "claim.order.not_refused"


def test_an_order_the_budget_refused_is_told_again_under_a_new_key() -> None:
    here = street(accepted=5_000_000)
    claim = here.ordered([prime(5_000_000)])
    reject(claim.number, "B07", reason="예산 부족")
    assert (fresh(claim).status, fresh(claim).finding) == ("ordered", "B07 예산 부족")
    assert transfers(claim) == []
    again = actions.order_again(by=here.who("payer"), at=AT + DAY, number=claim.number)
    assert (again.orders, again.finding) == (2, "")
    new = f"{claim.number}-again-2"
    hear_all_again()  # the old refusal comes late once more
    assert fresh(claim).finding == ""
    assert [row.key for row in exchanges(claim.subject)] == [claim.number, new]
    answer(new, at=AT + DAY)
    assert fresh(claim).released_at == AT + DAY
    assert PaymentOrder.objects.count() == 1
    answer(key_of(claim), at=AT + DAY)
    assert fresh(claim).status == "paid"


def test_a_bounced_leaf_gets_a_new_account_and_a_new_key() -> None:
    here = street(accepted=5_000_000)
    claim = here.instructed([prime(4_000_000), worker(1_000_000)])
    reject(key_of(claim, 2), "E12", at=AT + DAY)
    back = leaf(claim, 2)
    assert (back.status, back.finding, back.attempt) == ("bounced", "E12 계좌 없음", 1)
    answer(key_of(claim, 1))
    assert fresh(claim).status == "ordered"
    fix = {"by": here.who("claimant"), "number": claim.number, "position": 2}
    for account, bank, code in (
        ("1002345678901", "020", "claim.leaf.same_account"),
        ("1", "020", "claim.leaf.account"),
        ("1002345678902", "xyz", "claim.leaf.bank"),
    ):
        with pytest.raises(Refusal) as caught:
            actions.correct_account(at=AT + DAY, bank=bank, account=account, **fix)
        assert caught.value.code == code
        assert leaf(claim, 2).status == "bounced"
    actions.correct_account(at=AT + 2 * DAY, bank="020", account="1002-345-678902", **fix)
    now = leaf(claim, 2)
    assert (now.status, now.attempt, now.account, now.finding) == (
        "instructed", 2, "1002345678902", "",
    )  # fmt: skip
    assert now.instructed_at == AT + 2 * DAY
    assert (now.payee_name, now.amount) == ("김하늘", 1_000_000)
    hear_all_again()
    assert leaf(claim, 2).status == "instructed"
    answer(f"{claim.number}-2-2", at=AT + 3 * DAY)
    assert fresh(claim).status == "paid"
    assert [key for key, _ in transfers(claim)] == [
        f"{claim.number}-1-1", f"{claim.number}-2-1", f"{claim.number}-2-2",
    ]  # fmt: skip


def test_only_a_bounced_leaf_of_this_claim_is_corrected() -> None:
    here = street(accepted=5_000_000)
    claim = here.instructed([prime(5_000_000)])
    fix = {"by": here.who("claimant"), "at": AT, "number": claim.number, "bank": "004"}
    with pytest.raises(Refusal) as caught:
        actions.correct_account(position=1, account="12345678", **fix)
    assert caught.value.code == "leaf.correct_account.not_now"
    with pytest.raises(Refusal) as caught:
        actions.correct_account(position=2, account="12345678", **fix)
    assert (caught.value.code, caught.value.status) == ("claim.leaf.unknown", 404)


def test_an_unknown_transfer_is_never_sent_again_and_may_still_be_credited() -> None:
    here = street(accepted=5_000_000)
    claim = here.instructed([prime(5_000_000)])
    lose(key_of(claim))
    lose(key_of(claim))
    assert leaf(claim).status == "unknown"
    hear_all_again()
    assert [key for key, _ in transfers(claim)] == [f"{claim.number}-1-1"]
    assert Entry.objects.filter(kind="leaf.lose").count() == 1
    answer(key_of(claim), at=AT + DAY)
    assert (leaf(claim).status, leaf(claim).finding) == ("credited", "")
    hear_all_again()  # the lost answer is told late: nothing is taken back
    assert leaf(claim).status == "credited"
    assert fresh(claim).status == "paid"


def test_an_unknown_transfer_may_bounce() -> None:
    here = street(accepted=5_000_000)
    claim = here.instructed([prime(5_000_000)])
    lose(key_of(claim))
    reject(key_of(claim))
    assert leaf(claim).status == "bounced"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (4_999_999, "4,999,999"), (5_000_001, "5,000,001"), (None, "None"), (True, "True"),
        ("5000000", "5000000"), (5_000_000.0, "5000000.0"),
    ],
)  # fmt: skip
def test_another_amount_than_ordered_credits_nothing(said: Any, heard: str) -> None:
    here = street(accepted=5_000_000)
    claim = here.instructed([prime(5_000_000)])
    answer(key_of(claim), amount=said)
    row = leaf(claim)
    assert (row.status, row.credited_at) == ("unknown", None)
    assert row.finding == f"{heard} ≠ 5,000,000"
    assert fresh(claim).status == "ordered"
    hear_all_again()
    assert Entry.objects.filter(kind="leaf.doubt").count() == 1
    assert not Entry.objects.filter(kind="leaf.credit").exists()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-11-25T10:00:00+09:00", datetime.fromisoformat("2026-11-25T10:00:00+09:00")),
        ("2026-11-25T10:00:00", datetime.fromisoformat("2026-11-25T10:00:00+09:00")),
        ("2026-11-23T10:00:00+09:00", AT + 3 * DAY),
        ("2026-12-25T10:00:00+09:00", AT + 3 * DAY),
        ("yesterday", AT + 3 * DAY),
    ],
)
def test_money_is_there_when_the_bank_says_within_what_can_be(
    said: str, expected: datetime
) -> None:
    here = street(accepted=5_000_000)
    claim = here.instructed([prime(5_000_000)])
    actions.credit(
        at=AT + 3 * DAY, key=key_of(claim), answer={"amount": 5_000_000, "at": said}
    )  # fmt: skip
    assert leaf(claim).credited_at == expected


def test_nothing_is_paid_before_its_credits_whichever_is_written_last() -> None:
    here = street()
    here.accept(1_000_000_000, kind="completion")
    claim = here.instructed([prime(990_000_000), worker(10_000_000)])
    later, earlier = AT + 2 * DAY, AT + DAY
    answer(f"{claim.number}-1-1", at=later)
    answer(f"{claim.number}-2-1", at=earlier)
    assert fresh(claim).status == "paid"
    at = {
        kind: [entry.at for entry in Entry.objects.filter(kind=kind).order_by("at")]
        for kind in ("leaf.credit", "claim.pay", "contract.complete")
    }
    assert at == {
        "leaf.credit": [earlier, later], "claim.pay": [later], "contract.complete": [later],
    }  # fmt: skip
