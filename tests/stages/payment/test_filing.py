"""A claim is filed from what was accepted, by its claimant, with leaves that sum to it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.journal.models import Entry
from jangteo.stages.contract import actions as contracts
from jangteo.stages.payment import actions, queries
from jangteo.stages.payment.models import Claim, Leaf
from tests.stages.payment.street import AT, DAY, Street, prime, street, under, worker

pytestmark = pytest.mark.django_db


def code_of(caught: pytest.ExceptionInfo[Refusal]) -> tuple[str, int, str]:
    return caught.value.code, caught.value.status, caught.value.field


def test_a_claim_of_what_was_accepted_is_filed_with_its_leaves() -> None:
    here = street(accepted=500_000_000)
    sub = here.hire(200_000_000)
    leaves = [prime(200_000_000), under(sub, 140_000_000), worker(3_000_000, sub=sub)]
    claim = here.file(leaves)
    assert (claim.status, claim.kind, claim.amount) == ("filed", "progress", 343_000_000)
    rows = list(Leaf.objects.filter(claim=claim).order_by("position"))
    assert [(r.position, r.kind, r.payee_name, r.account, r.status) for r in rows] == [
        (1, "prime", "한빛건설", "110123456789", "waiting"),
        (2, "subcontractor", "하수급0", "301987654321", "waiting"),
        (3, "worker", "김하늘", "1002345678901", "waiting"),
    ]
    assert [r.payee_party_id for r in rows] == [
        here.contract.supplier_id,
        sub.subcontractor_id,
        None,
    ]
    assert [r.subcontract_id for r in rows] == [None, sub.pk, sub.pk]
    free = queries.claimable(here.number)
    assert (free.accepted, free.claimed, free.left) == (500_000_000, 343_000_000, 157_000_000)
    fact = Entry.objects.get(kind="claim.file")
    assert fact.payload["amount"] == 343_000_000
    assert fact.law == "국가계약법 시행령 제58조, 지방계약법 시행령 제67조"
    told = [e.payload for e in Entry.objects.filter(kind="leaf.add_leaf").order_by("id")]
    assert "김하늘" not in str(told)
    assert "1002345678901" not in str(told)


def test_all_that_is_left_after_the_completion_is_the_final_payment() -> None:
    here = street(accepted=300_000_000)
    here.file([prime(100_000_000)])
    here.accept(700_000_000, kind="completion")
    part = here.file([prime(50_000_000)])
    assert part.kind == "progress"
    rest = here.file([prime(850_000_000)])
    assert rest.kind == "completion"
    assert queries.claimable(here.number).left == 0


def test_a_final_payment_is_due_five_working_days_after_the_claim() -> None:
    here = street(accepted=0)
    here.accept(1_000_000_000, kind="completion")
    claim = here.file([prime(1_000_000_000)])
    assert claim.due == datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # end of Tuesday 1 December
    assert claim.rules["due"]["params"]["day"] == "2026-12-01"


def test_a_claim_before_the_acceptance_counts_from_the_acceptance() -> None:
    here = street()
    here.accept(1_000_000_000, kind="completion", at=AT + DAY)
    claim = here.file([prime(1_000_000_000)], at=AT)
    assert claim.due == datetime(2026, 12, 2, 15, 0, tzinfo=UTC)
    assert claim.rules["start"] == "2026-11-25"


def test_more_than_accepted_is_refused() -> None:
    here = street(accepted=10_000_000)
    with pytest.raises(Refusal) as caught:
        here.file([prime(10_000_001)])
    assert code_of(caught) == ("claim.file.too_much", 422, "amount")
    assert caught.value.params["left"] == 10_000_000
    here.file([prime(10_000_000)])
    with pytest.raises(Refusal) as caught:
        here.file([prime(1)])
    assert code_of(caught)[:2] == ("claim.file.nothing", 409)
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("amount", [0, -5])
def test_a_claim_is_above_zero(amount: int) -> None:
    here = street(accepted=10_000_000)
    with pytest.raises(Refusal) as caught:
        here.file([prime(1_000_000)], amount=amount)
    assert caught.value.code == "claim.file.too_much"


def test_leaves_that_do_not_sum_are_refused_with_both_figures() -> None:
    here = street(accepted=10_000_000)
    with pytest.raises(Refusal) as caught:
        here.file([prime(4_000_000), worker(2_000_000)], amount=6_000_001)
    assert code_of(caught) == ("claim.leaves.sum", 422, "amount")
    assert caught.value.params == {"total": 6_000_000, "amount": 6_000_001}
    assert not Leaf.objects.exists()


def bad(here: Street) -> dict[str, tuple[list[queries.LeafGiven], str, str]]:
    sub, quiet = here.hire(5_000_000), here.hire(5_000_000, status="agreed")
    ended = here.hire(5_000_000, status="ended")
    other = street(accepted=1).hire(5_000_000)
    won = 1_000_000
    return {
        "none": ([], "claim.leaf.none", "leaves"),
        "many": ([prime(1)] * 501, "claim.leaf.too_many", "leaves"),
        "kind": ([replace(prime(won), kind="friend")], "claim.leaf.kind", "leaf-0-kind"),
        "prime under": (
            [replace(prime(won), subcontract=sub.number)],
            "claim.leaf.subcontract",
            "leaf-0-subcontract",
        ),
        "sub without": (
            [replace(under(sub, won), subcontract="")],
            "claim.leaf.subcontract",
            "leaf-0-subcontract",
        ),
        "of another contract": (
            [under(other, won)],
            "claim.leaf.subcontract",
            "leaf-0-subcontract",
        ),
        "not noted": ([under(quiet, won)], "claim.leaf.not_acknowledged", "leaf-0-subcontract"),
        "ended": ([under(ended, won)], "claim.leaf.not_acknowledged", "leaf-0-subcontract"),
        "name": ([worker(won, "  ")], "claim.leaf.name", "leaf-0-payee_name"),
        "long name": ([worker(won, "가" * 61)], "claim.leaf.name", "leaf-0-payee_name"),
        "bank": ([replace(prime(won), bank="999")], "claim.leaf.bank", "leaf-0-bank"),
        "account": ([prime(won, "12-34")], "claim.leaf.account", "leaf-0-account"),
        "letters": ([prime(won, "1101234567a9")], "claim.leaf.account", "leaf-0-account"),
        "amount": ([prime(won), worker(0)], "claim.leaf.amount", "leaf-1-amount"),
        "negative": ([prime(won), worker(-1)], "claim.leaf.amount", "leaf-1-amount"),
        "above": ([under(sub, 5_000_001)], "claim.leaf.above_subcontract", "leaf-0-amount"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "none", "many", "kind", "prime under", "sub without", "of another contract", "not noted",
        "ended", "name", "long name", "bank", "account", "letters", "amount", "negative", "above",
    ],
)  # fmt: skip
def test_each_unsound_payee_is_refused_at_its_field(name: str) -> None:
    here = street(accepted=100_000_000)
    leaves, code, field = bad(here)[name]
    amount = sum(leaf.amount for leaf in leaves) or 1
    with pytest.raises(Refusal) as caught:
        here.file(leaves, amount=amount)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.law == "전자조달법 제9조의2, 하도급거래공정화법 제13조"
    assert caught.value.repair
    assert not Claim.objects.filter(contract=here.contract).exists()


def test_several_unsound_payees_are_named_at_once() -> None:
    here = street(accepted=100_000_000)
    with pytest.raises(Refusals) as caught:
        here.file([prime(5, "1"), worker(5, "")], amount=11)
    assert [one.code for one in caught.value.refusals] == [
        "claim.leaf.account", "claim.leaf.name", "claim.leaves.sum",
    ]  # fmt: skip


def test_a_subcontract_is_never_claimed_above_itself_over_several_claims() -> None:
    here = street(accepted=100_000_000)
    sub = here.hire(5_000_000)
    here.file([under(sub, 3_000_000), worker(1_000_000, sub=sub)])
    with pytest.raises(Refusal) as caught:
        here.file([under(sub, 1_000_001)])
    assert caught.value.code == "claim.leaf.above_subcontract"
    assert caught.value.params["claimed"] == 5_000_001
    here.file([under(sub, 1_000_000)])


@pytest.mark.parametrize(
    ("who", "status"),
    [("checker", 404), ("payer", 404), ("hired0", 404), ("agent", 403)],
)
def test_only_the_suppliers_representative_files(who: str, status: int) -> None:
    here = street(accepted=10_000_000)
    here.hire(1)
    with pytest.raises(Refusal) as caught:
        actions.file(
            by=here.who(who), at=AT, number=here.number, amount=5, leaves=[prime(5)]
        )  # fmt: skip
    assert caught.value.status == status
    assert not Claim.objects.exists()


def test_a_contract_that_is_not_in_force_is_not_there() -> None:
    here = street(accepted=10_000_000)
    here.contract.status = "agreed"
    here.contract.save()
    with pytest.raises(Refusal) as caught:
        here.file([prime(5)])
    assert code_of(caught)[:2] == ("contract.unknown", 404)


def test_what_was_accepted_of_a_terminated_contract_is_still_claimed() -> None:
    here = street(accepted=10_000_000)
    here.contract.status = "terminated"
    here.contract.save()
    assert here.file([prime(10_000_000)]).status == "filed"


def test_a_withdrawn_claim_gives_back_what_it_held() -> None:
    here = street(accepted=10_000_000)
    claim = here.file([prime(10_000_000)])
    actions.withdraw_claim(by=here.who("claimant"), at=AT, number=claim.number)
    assert queries.claimable(here.number).left == 10_000_000
    assert here.file([prime(10_000_000)]).number != claim.number
    here.approve(Claim.objects.get(status="filed"))
    with pytest.raises(Refusal) as caught:
        actions.withdraw_claim(
            by=here.who("claimant"), at=AT, number=Claim.objects.get(status="approved").number
        )
    assert caught.value.code == "claim.withdraw_claim.not_now"


def test_a_returned_claim_is_filed_again_and_its_clock_stood_still() -> None:
    here = street(accepted=1_000_000)
    here.accept(999_000_000, kind="completion")
    claim = here.file([prime(1_000_000_000)])  # Tuesday: due Tuesday 1 December
    back = actions.send_back(
        by=here.who("checker"), at=AT + 2 * DAY, number=claim.number, reason=" 노무비 누락 "
    )
    assert (back.status, back.finding) == ("returned", "노무비 누락")
    assert queries.claimable(here.number).left == 1_000_000_000
    old = Leaf.objects.get(claim=claim).pk
    again = actions.file_again(
        by=here.who("claimant"), at=AT + 6 * DAY, number=claim.number, amount=999_999_999,
        leaves=[prime(999_999_998), worker(1)],
    )  # fmt: skip
    # Wednesday was counted; Thursday 26 to Monday 30 were not: four working days are left
    assert again.due == datetime(2026, 12, 4, 15, 0, tzinfo=UTC)
    assert again.rules["pauses"] == [["2026-11-26", "2026-11-30"]]
    assert (again.status, again.amount, again.kind, again.finding) == (
        "filed", 999_999_999, "progress", "",
    )  # fmt: skip
    assert not Leaf.objects.filter(pk=old).exists()
    assert Leaf.objects.filter(claim=claim).count() == 2


def test_a_claim_is_filed_again_only_when_returned_and_only_by_its_claimant() -> None:
    here = street(accepted=1_000_000)
    claim = here.file([prime(1_000_000)])
    again = {"at": AT, "number": claim.number, "amount": 1_000_000, "leaves": [prime(1_000_000)]}
    with pytest.raises(Refusal) as caught:
        actions.file_again(by=here.who("claimant"), **again)
    assert caught.value.code == "claim.file_again.not_now"
    actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason="다시")
    for who, code in (
        ("checker", "claim.file_again.forbidden"),
        ("agent", "claim.file_again.forbidden"),
    ):
        with pytest.raises(Refusal) as caught:
            actions.file_again(by=here.who(who), **again)
        assert caught.value.code == code
    with pytest.raises(Refusal) as caught:
        actions.file_again(by=here.who("claimant"), **{**again, "amount": 1_000_001})
    assert caught.value.code == "claim.file.too_much"
    assert Leaf.objects.get(claim=claim).amount == 1_000_000


def test_what_a_returned_claim_held_may_be_gone_when_it_comes_back() -> None:
    here = street(accepted=1_000_000)
    claim = here.file([prime(1_000_000)])
    actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason="다시")
    here.file([prime(400_000)])
    with pytest.raises(Refusal) as caught:
        actions.file_again(
            by=here.who("claimant"), at=AT, number=claim.number, amount=1_000_000,
            leaves=[prime(1_000_000)],
        )  # fmt: skip
    assert caught.value.params["left"] == 600_000


def test_a_subcontractor_whose_subcontract_is_ended_is_still_paid_for_what_it_did() -> None:
    here = street(accepted=5_000_000)
    sub = here.hire(5_000_000, status="agreed")
    contracts.acknowledge_subcontract(by=here.who("checker"), at=AT, number=sub.number)
    contracts.end_subcontract(
        by=here.who("claimant"), at=AT, number=sub.number, reason="공사가 끝났습니다."
    )
    assert [number for number, _ in queries.payable_subcontracts(here.number)] == [sub.number]
    claim = here.file([under(sub, 5_000_000)])
    assert Leaf.objects.get(claim=claim).payee_party_id == sub.subcontractor_id
    assert [row.number for row in queries.branches_of(here.who("checker"), claim.number)] == [
        sub.number
    ]
