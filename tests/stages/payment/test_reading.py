"""Who sees which claim, leaf, name and account; which clocks run; what is due; who is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.actions import tell
from jangteo.records.exchange.models import Exchange
from jangteo.records.exchange.queries import BudgetCommitment
from jangteo.stages.payment import actions, queries
from jangteo.stages.payment.queries.clocks import day_of, last_day
from jangteo.stages.payment.queries.links import masked_account, masked_name
from tests.stages.payment.street import (
    AT,
    DAY,
    Street,
    answer,
    key_of,
    lose,
    prime,
    reject,
    street,
    under,
    worker,
)

pytestmark = pytest.mark.django_db
ACCOUNTS = {"110123456789": "********6789", "301987654321": "********4321"}


def full(here: Street) -> str:
    sub = here.hire(300_000_000)
    leaves = [prime(500_000_000), under(sub, 100_000_000), worker(5_000_000, sub=sub)]
    return here.file(leaves).number


@pytest.mark.parametrize(
    ("who", "open_accounts"),
    [
        ("claimant", True), ("payer", True), ("checker", False), ("approver", False),
        ("inspector", False), ("agent", False),
    ],
)  # fmt: skip
def test_accounts_are_open_to_claimant_and_disbursing_officer_only(
    who: str, open_accounts: bool
) -> None:
    here = street(accepted=900_000_000)
    row = queries.claim_for(here.who(who), full(here), at=AT)
    assert row.whole
    shown = [leaf.account for leaf in row.leaves[:2]]
    assert shown == (list(ACCOUNTS) if open_accounts else list(ACCOUNTS.values()))
    assert [leaf.payee_name for leaf in row.leaves] == ["한빛건설", "하수급0", "김하늘"]
    assert all(bool(leaf.link) == (who == "claimant") for leaf in row.leaves)


def test_a_subcontractor_sees_its_own_branch_and_nothing_else() -> None:
    here = street(accepted=900_000_000)
    number = full(here)
    other = here.hire(1_000)
    row = queries.claim_for(here.who("hired0"), number, at=AT)
    assert not row.whole
    assert [leaf.position for leaf in row.leaves] == [2, 3]
    assert row.branch == 105_000_000
    assert [leaf.account for leaf in row.leaves] == ["********4321", "*********8901"]
    assert all(leaf.link.startswith("/w/") for leaf in row.leaves)
    assert (row.interest, row.verbs) == (None, frozenset())
    with pytest.raises(Refusal) as caught:
        queries.claim_for(here.who("hired1"), number, at=AT)
    assert (caught.value.code, caught.value.status) == ("claim.unknown", 404)
    assert other.number != row.leaves[0].subcontract


def test_strangers_and_visitors_get_the_same_answer_as_for_a_claim_that_is_not_there() -> None:
    here, there = street(accepted=900_000_000), street()
    number = full(here)
    for actor in (Actor.anyone(), there.who("payer"), there.who("claimant"), there.who("checker")):
        for wanted in (number, "R26PC99999999"):
            with pytest.raises(Refusal) as caught:
                queries.claim_for(actor, wanted, at=AT)
            assert str(caught.value) == "claim.unknown: There is no such claim."
        with pytest.raises(Refusal) as caught:
            queries.contract_claims(actor, here.number)
        assert caught.value.code == "contract.unknown"
        assert queries.suggested_leaves(actor, here.number) == []
        with pytest.raises(Refusal):
            queries.leaves_given(actor, number)


def test_lists_hold_ones_own_claims_only() -> None:
    here, there = street(accepted=900_000_000), street(accepted=5)
    number, other = full(here), there.file([prime(5)]).number
    assert [row.number for row in queries.claims_of(here.who("claimant"), at=AT)] == [number]
    assert [row.number for row in queries.claims_of(here.who("payer"), at=AT)] == [number]
    assert [row.number for row in queries.claims_of(there.who("checker"), at=AT)] == [other]
    assert queries.claims_of(here.who("hired0"), at=AT) == []
    assert queries.claims_of(Actor.anyone(), at=AT) == []
    assert [leaf.position for leaf in queries.my_branches(here.who("hired0"), at=AT)] == [2, 3]
    assert queries.my_branches(here.who("claimant"), at=AT) == []
    assert queries.due_list(here.who("claimant"), AT) == ()
    assert queries.due_list(Actor.anyone(), AT) == ()


def test_what_is_due_is_listed_late_today_tomorrow_later() -> None:
    here = street(accepted=900_000_000)
    days = (0, 1, 2, 6)
    numbers = [here.file([prime(1_000)], at=AT + n * DAY).number for n in days]
    # due on 12-01, 12-02, 12-03, 12-07 (a claim filed on Monday 30 November)
    noon = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    groups = {
        g.code: [c.number for c in g.claims] for g in queries.due_list(here.who("payer"), noon)
    }
    assert groups == {
        "late": [numbers[0]], "today": [numbers[1]], "tomorrow": [numbers[2]],
        "later": [numbers[3]],
    }  # fmt: skip
    (late, *_) = queries.due_list(here.who("payer"), noon)
    assert (late.claims[0].late, late.total) == (True, 1_000)
    assert late.claims[0].interest is not None
    assert (late.claims[0].interest.days, late.claims[0].interest.so_far) == (1, True)
    last_moment = datetime(2026, 12, 1, 14, 59, 59, tzinfo=UTC)
    assert next(g.code for g in queries.due_list(here.who("payer"), last_moment)) == "today"
    assert (
        next(
            g.code for g in queries.due_list(here.who("payer"), last_moment + timedelta(seconds=1))
        )
        == "late"
    )


def test_the_agencys_clock_holds_until_the_money_is_out_then_the_payees_own() -> None:
    here = street(accepted=900_000_000)
    sub = here.hire(300_000_000)
    claim = here.ordered([prime(5), under(sub, 7), worker(3)])
    rows = queries.claim_for(here.who("payer"), claim.number, at=AT).leaves
    assert {row.due for row in rows} == {claim.due}
    answer(claim.number, at=AT + DAY)  # paid out on Wednesday 25 November
    prime_row, sub_row, worker_row = queries.claim_for(
        here.who("payer"), claim.number, at=AT
    ).leaves
    assert prime_row.due == claim.due
    assert sub_row.due == datetime(2026, 12, 10, 15, 0, tzinfo=UTC)  # 15 days
    assert sub_row.reason["law"].startswith("건설산업기본법 제34조제1항")
    assert worker_row.due == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # two working days
    late = queries.claim_for(here.who("payer"), claim.number, at=worker_row.due).leaves
    assert [row.late for row in late] == [False, False, True]
    answer(key_of(claim, 3), at=worker_row.due)
    for at in (None, AT):
        assert queries.claim_for(here.who("payer"), claim.number, at=at).leaves[2].late


def holder(here: Street, number: str, position: int = 1) -> str:
    row = queries.claim_for(here.who("payer"), number, at=AT).leaves[position - 1]
    return row.holder.text.format(**row.holder.params)


def test_it_is_always_said_who_holds_the_money() -> None:
    here = street(accepted=900_000_000)
    buyer, supplier = here.contract.buyer.name, "한빛건설"
    claim = here.file([prime(5)])
    assert holder(here, claim.number) == (
        f"{buyer} checks the claim. The money is still with {buyer}."
    )
    actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason="다시")
    assert holder(here, claim.number).startswith(f"{supplier} has to correct the claim.")
    actions.file_again(
        by=here.who("claimant"), at=AT, number=claim.number, amount=5, leaves=[prime(5)]
    )
    here.approve(claim)
    assert holder(here, claim.number).startswith(f"{buyer} has checked the claim")
    here.order(claim)
    assert holder(here, claim.number).startswith(f"{buyer} has ordered the payment")
    reject(claim.number)
    assert "refused the payment order" in holder(here, claim.number)
    actions.order_again(by=here.who("payer"), at=AT, number=claim.number)
    answer(f"{claim.number}-again-2")
    assert holder(here, claim.number).startswith("The bank has been told to pay.")
    lose(key_of(claim))
    assert holder(here, claim.number).startswith("The bank has not said for certain")
    reject(key_of(claim))
    assert holder(here, claim.number).startswith("The payee's bank sent the money back.")
    actions.correct_account(
        by=here.who("claimant"), at=AT, number=claim.number, position=1, bank="004",
        account="12345678",
    )  # fmt: skip
    answer(key_of(claim))
    assert holder(here, claim.number).startswith("The money is in the payee's account since 2026")


def test_a_payee_reads_of_its_own_account() -> None:
    here = street(accepted=500_000)
    claim = here.instructed([prime(500_000)])
    own = [_own(here, claim.number)]
    reject(key_of(claim))
    own.append(_own(here, claim.number))
    actions.correct_account(
        by=here.who("claimant"), at=AT, number=claim.number, position=1, bank="004",
        account="12345678",
    )  # fmt: skip
    answer(key_of(claim))
    own.append(_own(here, claim.number))
    assert [one[:34] for one in own] == [
        "", "Your bank sent the money back. {su", "The money is in your account since",
    ]  # fmt: skip


def _own(here: Street, number: str) -> str:
    return queries.claim_for(here.who("claimant"), number).leaves[0].holder.own


def titles(here: Street, who: str, at: datetime = AT) -> list[tuple[str, str]]:
    found = queries.tasks_for(here.who(who), at)
    return [(task.title.format(**task.params), task.state) for task in found]


def test_each_desk_is_asked_for_the_next_step() -> None:
    here = street(accepted=900_000_000)
    title = here.contract.title
    assert titles(here, "claimant") == [
        (f"Claim the 900000000 won accepted for “{title}”", "todo")
    ]  # fmt: skip
    assert titles(here, "agent") == []
    claim = here.file([prime(900_000_000)])
    assert titles(here, "claimant") == []
    check = f"Check the claim of 900000000 won for “{title}”"
    assert titles(here, "checker") == [(check, "todo")]
    assert titles(here, "payer") == [(check, "waiting")]
    (task,) = queries.tasks_for(here.who("checker"), AT)
    assert (task.due, task.url) == (claim.due, f"/claims/{claim.number}")
    here.approve(claim)
    order = f"Order the payment of 900000000 won for “{title}”"
    assert titles(here, "checker") == [(order, "waiting")]
    assert titles(here, "payer") == [(order, "todo")]
    here.order(claim)
    assert titles(here, "payer") == titles(here, "checker") == []
    reject(claim.number)
    assert len(titles(here, "payer")) == 1
    assert "refused" in titles(here, "payer")[0][0]
    actions.order_again(by=here.who("payer"), at=AT, number=claim.number)
    answer(f"{claim.number}-again-2")
    reject(key_of(claim))
    assert "correct the account" in titles(here, "claimant")[0][0]
    actions.correct_account(
        by=here.who("claimant"), at=AT, number=claim.number, position=1, bank="004",
        account="12345678",
    )  # fmt: skip
    answer(key_of(claim), amount=1)
    assert "confirmed another amount" in titles(here, "payer")[0][0]
    assert titles(here, "inspector") == []


def test_a_returned_claim_is_asked_for_and_has_no_clock() -> None:
    here = street(accepted=900_000_000)
    claim = here.file([prime(900_000_000)])
    actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason="다시")
    first, second = queries.tasks_for(here.who("claimant"), AT)
    assert first.title.startswith("Correct the returned claim")
    assert (first.due, second.title[:9]) == (None, "Claim the")
    row = queries.claim_for(here.who("payer"), claim.number, at=AT + 90 * DAY)
    assert (row.late, row.interest) == (False, None)


def test_suggested_payees_are_those_of_the_last_claim() -> None:
    here = street(accepted=900_000_000)
    sub = here.hire(300_000_000)
    here.hire(300_000_000, status="registered")
    first = queries.suggested_leaves(here.who("claimant"), here.number)
    assert [(one.kind, one.payee_name, one.subcontract, one.amount) for one in first] == [
        ("prime", "한빛건설", "", 0), ("subcontractor", "하수급0", sub.number, 0),
    ]  # fmt: skip
    here.file([prime(5), worker(3, sub=sub)])
    again = queries.suggested_leaves(here.who("claimant"), here.number)
    assert [(one.kind, one.account, one.amount, one.subcontract) for one in again] == [
        ("prime", "110123456789", 0, ""), ("worker", "1002345678901", 0, sub.number),
    ]  # fmt: skip
    assert queries.suggested_leaves(here.who("agent"), here.number) == []
    sub.status = "ended"
    sub.save()
    left = queries.suggested_leaves(here.who("claimant"), here.number)
    assert [one.kind for one in left] == ["prime"]


def test_a_supplier_without_subcontractors_is_suggested_all_of_it() -> None:
    here = street(accepted=900_000_000)
    (only,) = queries.suggested_leaves(here.who("claimant"), here.number)
    assert (only.kind, only.payee_name, only.amount) == ("prime", "한빛건설", 900_000_000)


@given(st.text("0123456789", min_size=8, max_size=16))
def test_a_masked_account_shows_four_digits(account: str) -> None:
    masked = masked_account(account)
    assert len(masked) == len(account)
    assert set(masked[:-4]) == {"*"}
    assert masked[-4:] == account[-4:]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("김하늘", "김○○"),
        ("이산", "이○"),
        ("남궁민수", "남○○○"),
        ("김", "김○"),
        ("Nguyen Van", "N○○○"),
    ],
)
def test_a_masked_name_shows_its_first_letter(name: str, masked: str) -> None:
    assert masked_name(name) == masked


def test_payments_know_their_days() -> None:
    assert day_of(datetime(2026, 11, 30, 15, 0, tzinfo=UTC)) == date(2026, 12, 1)
    assert last_day(datetime(2026, 11, 30, 15, 0, tzinfo=UTC)) == date(2026, 11, 30)


def test_a_payer_is_told_when_nobody_says_what_became_of_the_money() -> None:
    here = street(accepted=900_000_000)
    claim = here.ordered([prime(900_000_000)])
    title, day, minute = here.contract.title, timedelta(days=1), timedelta(minutes=1)
    asked = f"The budget system does not say whether it pays for “{title}”: ask it"
    near = claim.due - day
    assert near - AT > day
    assert titles(here, "payer", AT + day - minute) == []
    assert titles(here, "payer", AT + day) == [(asked, "todo")]
    assert titles(here, "checker", AT + day) == []
    (task,) = queries.tasks_for(here.who("payer"), AT + day)
    assert (task.due, task.url) == (claim.due, f"/claims/{claim.number}")
    answer(claim.number, at=near)
    assert titles(here, "payer", near + timedelta(minutes=59)) == []
    asked = f"The bank does not say whether money for “{title}” is there: ask the bank"
    assert titles(here, "payer", near + timedelta(hours=1)) == [(asked, "todo")]
    assert titles(here, "payer", claim.due + 9 * day) == [(asked, "todo")]
    answer(key_of(claim), at=near + timedelta(hours=1))
    assert titles(here, "payer", claim.due + 9 * day) == []


def test_only_the_last_word_about_the_bound_money_counts() -> None:
    here = street(accepted=5_000_000, budget=False)
    here.commit_budget()
    Exchange.objects.update(status="rejected", answered_at=AT)
    claim = here.approve(here.file([prime(5_000_000)]))
    with pytest.raises(Refusal, match="not_committed"):
        here.order(claim)
    message = BudgetCommitment(f"{here.number}-change-1", here.number, "1", "1", "change",
                               5_000_000, AT.date())  # fmt: skip
    tell(
        message, by=here.who("checker"), at=AT + timedelta(hours=1), about=here.contract.subject,
        party_id=here.contract.buyer_id,
    )  # fmt: skip
    with pytest.raises(Refusal, match="not_committed"):
        here.order(claim)
    Exchange.objects.filter(key=message.key).update(status="done", answered_at=AT)
    assert here.order(claim).status == "ordered"
