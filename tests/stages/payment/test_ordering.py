"""Who orders a payment, of what money, and how long a claim found right can still be returned."""

import pytest

from jangteo.ground.errors import Refusal
from jangteo.records.account.models import Membership
from jangteo.records.exchange.actions import tell
from jangteo.records.exchange.models import Exchange
from jangteo.records.exchange.queries import BudgetCommitment, exchanges
from jangteo.stages.contract.models import Contract
from jangteo.stages.payment import actions, queries
from jangteo.stages.payment.models import Claim, PaymentOrder
from tests.stages.payment.street import AT, DAY, Street, answer, prime, reject, street

pytestmark = pytest.mark.django_db


def fresh(claim: Claim) -> Claim:
    found: Claim = Claim.objects.get(pk=claim.pk)
    return found


def change(here: Street, amount: int, count: int = 1, kind: str = "change") -> str:
    """The budget system is told of an amended amount; the key of that message."""
    key = f"{here.number}-{kind}-{count}"
    tell(
        BudgetCommitment(key, here.number, "1", "1", kind, amount, AT.date()),
        by=here.who("checker"), at=AT, about=here.contract.subject,
        party_id=here.contract.buyer_id,
    )  # fmt: skip
    return key


def amended() -> Street:
    """A contract amended from 10 to 12 million won, all accepted, of which 10 are bound so far."""
    here = street(10_000_000)
    Contract.objects.filter(pk=here.contract.pk).update(value=12_000_000)
    here.accept(12_000_000)
    return here


def not_committed(here: Street, claim: Claim) -> None:
    orders, told = PaymentOrder.objects.count(), Exchange.objects.count()
    with pytest.raises(Refusal) as caught:
        here.order(claim)
    assert (caught.value.code, caught.value.status) == ("claim.order.not_committed", 409)
    assert "contract officer's desk" in caught.value.repair
    assert (PaymentOrder.objects.count(), Exchange.objects.count()) == (orders, told)
    assert fresh(claim).status == "approved"


def test_whoever_checked_does_not_order() -> None:
    here = street(accepted=5_000_000)
    here.add("both", "contract_officer", here.contract.buyer)
    Membership.objects.create(
        account=here.accounts["both"], party=here.contract.buyer, role="disbursing_officer",
        since=AT - DAY,
    )  # fmt: skip
    both = here.who("both")
    claim = here.file([prime(5_000_000)])
    actions.approve(by=both, at=AT, number=claim.number)
    with pytest.raises(Refusal) as caught:
        actions.order(by=both, at=AT, number=claim.number)
    assert (caught.value.code, caught.value.status) == ("claim.order.same_person", 403)
    assert fresh(claim).status == "approved"
    assert not PaymentOrder.objects.exists()
    assert here.order(claim).status == "ordered"


@pytest.mark.parametrize("state", ["none", "ready", "sent", "unknown", "rejected", "one of two"])
def test_nothing_is_ordered_while_the_budget_is_not_bound(state: str) -> None:
    here = street(accepted=5_000_000, budget=False)
    if state != "none":
        here.commit_budget()
        told = "done" if state == "one of two" else state
        Exchange.objects.update(status=told)
    if state == "one of two":
        tell(
            BudgetCommitment(f"{here.number}-change-1", here.number, "1", "1", "change", 5,
                             AT.date()),
            by=here.who("checker"), at=AT, about=here.contract.subject,
            party_id=here.contract.buyer_id,
        )  # fmt: skip
    claim = here.approve(here.file([prime(5_000_000)]))
    with pytest.raises(Refusal) as caught:
        here.order(claim)
    assert (caught.value.code, caught.value.status) == ("claim.order.not_committed", 409)
    assert not PaymentOrder.objects.exists()
    assert exchanges(claim.subject) == []


def test_a_refused_increase_stops_no_works_that_were_bound_before() -> None:
    here = amended()
    reject(change(here, 12_000_000), "B105")
    assert here.ordered([prime(6_000_000)]).status == "ordered"
    last = here.approve(here.file([prime(4_000_000)]))
    assert here.order(last).status == "ordered"
    assert [order.amount for order in PaymentOrder.objects.order_by("amount")] == [
        4_000_000, 6_000_000,
    ]  # fmt: skip


def test_what_a_refused_increase_would_have_bound_is_not_ordered() -> None:
    here = amended()
    here.ordered([prime(6_000_000)])
    reject(change(here, 12_000_000), "B105")
    over = here.approve(here.file([prime(4_000_001)]))
    not_committed(here, over)
    bound = change(here, 10_000_001, 2)
    not_committed(here, over)
    answer(bound)
    assert here.order(over).status == "ordered"


def test_an_open_change_counts_for_what_it_may_bind_less_not_for_what_it_may_bind_more() -> None:
    here = amended()
    more = change(here, 12_000_000)
    claim = here.approve(here.file([prime(10_000_000)]))
    less = change(here, 9_999_999, 2)
    not_committed(here, claim)
    reject(less, "B103")
    assert here.order(claim).status == "ordered"
    rest = here.approve(here.file([prime(2_000_000)]))
    not_committed(here, rest)
    answer(more)
    assert here.order(rest).status == "ordered"


def test_works_done_before_a_termination_are_paid_even_if_they_are_accepted_after_it() -> None:
    here = street(10_000_000, accepted=1_000_000)
    Contract.objects.filter(pk=here.contract.pk).update(
        status="terminated", ended_at=AT, ground="agency", ending_reason="취소"
    )
    answer(change(here, 1_000_000, kind="cancel"))
    here.accept(4_000_000)
    assert here.ordered([prime(5_000_000)]).status == "ordered"


def test_an_order_that_was_refused_is_told_again_only_of_bound_money() -> None:
    here = street(10_000_000, accepted=10_000_000)
    claim = here.ordered([prime(10_000_000)])
    reject(claim.number)
    bound = change(here, 9_000_000)
    answer(bound)
    with pytest.raises(Refusal) as caught:
        actions.order_again(by=here.who("payer"), at=AT, number=claim.number)
    assert caught.value.code == "claim.order.not_committed"
    answer(change(here, 10_000_000, 2))
    actions.order_again(by=here.who("payer"), at=AT, number=claim.number)
    assert [row.key for row in exchanges(claim.subject)] == [
        claim.number, f"{claim.number}-again-2",
    ]  # fmt: skip


def test_a_claim_found_right_is_still_returned_until_it_is_ordered() -> None:
    here = street(accepted=5_000_000)
    claim = here.approve(here.file([prime(5_000_000)]))
    assert "send_back" in queries.claim_for(here.who("checker"), claim.number, at=AT).verbs
    back = actions.send_back(
        by=here.who("checker"), at=AT + DAY, number=claim.number, reason="계좌를 확인하세요"
    )
    assert (back.status, back.approved_by, back.approved_at) == ("returned", None, None)
    with pytest.raises(Refusal) as caught:
        here.order(claim)
    assert caught.value.code == "claim.order.not_now"
    actions.file_again(
        by=here.who("claimant"), at=AT + DAY, number=claim.number, amount=5_000_000,
        leaves=[prime(5_000_000, "22012345678")],
    )  # fmt: skip
    here.approve(claim)
    here.order(claim)
    assert "send_back" not in queries.claim_for(here.who("checker"), claim.number, at=AT).verbs
    with pytest.raises(Refusal) as caught:
        actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason="늦음")
    assert caught.value.code == "claim.send_back.not_now"
    assert PaymentOrder.objects.get().amount == 5_000_000


def test_whoever_checked_a_claim_does_not_order_it_again_either() -> None:
    here = street(accepted=5_000_000)
    claim = here.ordered([prime(5_000_000)])
    reject(claim.number)
    payer = here.who("payer")
    assert "order_again" in queries.claim_for(payer, claim.number, at=AT).verbs
    Claim.objects.update(approved_by=payer.account_id)
    assert "order_again" not in queries.claim_for(payer, claim.number, at=AT).verbs
    with pytest.raises(Refusal) as caught:
        actions.order_again(by=payer, at=AT, number=claim.number)
    assert (caught.value.code, caught.value.status) == ("claim.order.same_person", 403)
    assert [row.key for row in exchanges(claim.subject)] == [claim.number]
