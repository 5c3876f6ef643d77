"""Whoever a payment concerns hears of it, once."""

import pytest

from jangteo.config import timetable
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of
from jangteo.records.message.models import Message
from jangteo.stages.payment import actions, jobs, queries
from tests.stages.payment.street import (
    AT,
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


def hear(kind: str) -> None:
    """Every fact of a kind is heard twice by whoever listens to it, as the timetable says."""
    for entry in Entry.objects.filter(kind=kind):
        for _ in range(2):
            for listener in timetable.LISTENERS[kind]:
                listener(fact_of(entry))


def inbox(here: Street, who: str) -> list[tuple[str, str]]:
    found = Message.objects.filter(party=here.parties[who]).order_by("at", "id")
    return [(m.text.format(**m.params), m.link) for m in found]


def test_a_subcontractor_hears_what_was_claimed_for_it_and_that_it_is_there() -> None:
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    here.hire(300_000)
    claim = here.instructed([prime(500_000), under(sub, 200_000), worker(50_000, sub=sub)])
    hear("claim.file")
    title = here.contract.title
    first = f"한빛건설 has claimed 250000 won for you under “{title}”."
    assert inbox(here, "hired0") == [(first, "/my/payments")]
    assert inbox(here, "hired1") == []
    answer(key_of(claim, 2))
    answer(key_of(claim, 1))
    hear("leaf.credit")
    there = f"The bank confirms 200000 won for you under “{title}”."
    assert inbox(here, "hired0") == [(first, "/my/payments"), (there, "/my/payments")]
    assert inbox(here, "claimant") == []
    assert "김하늘" not in str(list(Message.objects.values_list("text", "params")))


def test_the_supplier_hears_of_return_order_bounce_and_payment() -> None:
    here = street(accepted=900_000)
    claim = here.file([worker(900_000)])
    actions.send_back(by=here.who("checker"), at=AT, number=claim.number, reason="다시")
    actions.file_again(
        by=here.who("claimant"), at=AT, number=claim.number, amount=900_000,
        leaves=[worker(900_000)],
    )  # fmt: skip
    here.approve(claim)
    here.order(claim)
    answer(claim.number)
    reject(key_of(claim))
    actions.correct_account(
        by=here.who("claimant"), at=AT, number=claim.number, position=1, bank="004",
        account="12345678",
    )  # fmt: skip
    answer(key_of(claim))
    for kind in ("claim.send_back", "claim.order", "leaf.bounce", "leaf.credit", "claim.pay"):
        hear(kind)
    said = sorted(text for text, _ in inbox(here, "claimant"))
    assert len(said) == 4
    assert [text.split(":")[0].split("“")[0].strip() for text in said] == [
        "A payee's bank sent 900000 won back under",
        "Your claim of 900000 won for",
        "Your claim of 900000 won for",
        "Your claim of 900000 won for",
    ]
    assert {link for _, link in inbox(here, "claimant")} == {f"/claims/{claim.number}"}


def test_the_agency_hears_of_refused_orders_and_missing_money_only() -> None:
    here = street(accepted=900_000)
    claim = here.ordered([worker(900_000)])
    reject(claim.number)
    hear("claim.refuse_order")
    actions.order_again(by=here.who("payer"), at=AT, number=claim.number)
    answer(f"{claim.number}-again-2")
    answer(key_of(claim))
    token = queries.token_of(leaf(claim).pk)
    for said in ("received", "not_received"):
        actions.say(by=here.who("payer"), at=AT, token=token, said=said)
    hear("leaf.say")
    texts = [text for text, _ in inbox(here, "payer")]
    assert len(texts) == 2
    assert any("refused the payment" in text for text in texts)
    assert any("not there as it should be" in text for text in texts)


def test_a_withdrawal_is_told_to_whom_the_claim_named() -> None:
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    claim = here.file([prime(1), under(sub, 2)])
    actions.withdraw_claim(by=here.who("claimant"), at=AT, number=claim.number)
    hear("claim.withdraw_claim")
    assert [link for _, link in inbox(here, "hired0")] == ["/my/payments"]


def test_answers_about_other_things_change_nothing() -> None:
    here = street(accepted=900_000)
    claim = here.instructed([prime(5)])
    before = Entry.objects.count()
    for entry in Entry.objects.filter(kind="exchange.finish", payload__question="BudgetCommitment"):
        jobs.hear_answer(fact_of(entry))
    assert Entry.objects.count() == before
    assert leaf(claim).status == "instructed"


def test_a_changed_account_is_told_to_the_agency_and_to_whom_the_money_belongs() -> None:
    here = street(accepted=900_000)
    sub = here.hire(300_000)
    claim = here.instructed([prime(600_000), under(sub, 300_000)])
    reject(key_of(claim, 2))
    actions.correct_account(
        by=here.who("claimant"), at=AT, number=claim.number, position=2, bank="004",
        account="99912345678",
    )  # fmt: skip
    hear("leaf.correct_account")
    title = here.contract.title
    said = f"한빛건설 changed the account to which 300000 won go under “{title}”: look at it."
    assert inbox(here, "hired0") == [(said, "/my/payments")]
    assert inbox(here, "payer") == [(said, f"/claims/{claim.number}")]
    assert inbox(here, "claimant") == []
    assert "99912345678" not in str(list(Message.objects.values_list("text", "params")))
