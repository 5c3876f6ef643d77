"""Interest for late money: on what came late only, for exactly its days, never a payee's fault.

Local claims: 8.0 % a year, counted by hand; a claim filed at AT is due on Tuesday 1 December.
"""

from datetime import date, timedelta

import pytest
from django.test import Client

from jangteo.records.journal.models import Entry
from jangteo.stages.payment import actions, queries
from jangteo.stages.payment.models import Claim
from tests.stages.payment.street import (
    AT,
    DAY,
    Street,
    answer,
    key_of,
    leaf,
    prime,
    reject,
    street,
    under,
)

pytestmark = pytest.mark.django_db


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_late_payment_owes_interest_of_its_own() -> None:
    here = street(accepted=5_000_000)
    here.accept(995_000_000, kind="completion")
    claim = here.ordered([prime(1_000_000_000)])
    in_time = claim.due - timedelta(seconds=1)
    answer(claim.number, at=in_time)
    answer(key_of(claim), at=claim.due + 9 * DAY)
    done = fresh(claim)
    assert done.status == "paid"
    assert done.amount == 1_000_000_000
    assert leaf(claim).amount == 1_000_000_000
    (reason,) = done.rules["interest"]
    assert reason["code"] == "payment.late_interest"
    assert reason["params"]["days"] == 10
    # 1,000,000,000 × 8 % × 10 / 365 = 2,191,780.8…
    assert done.interest == reason["params"]["found"] == 2_191_780
    told = [e.payload for e in Entry.objects.filter(kind="leaf.instruct")]
    assert [p["amount"] for p in told] == [1_000_000_000]


def test_a_payment_in_the_last_second_owes_nothing() -> None:
    here = street(accepted=5_000_000)
    claim = here.instructed([prime(5_000_000)])
    answer(key_of(claim), at=claim.due - timedelta(seconds=1))
    assert (fresh(claim).interest, "interest" in fresh(claim).rules) == (0, False)


def two_payees() -> tuple[Street, Claim]:
    """A claim of 700 and 300 million won, told to the bank in time."""
    here = street(accepted=1_000_000_000)
    claim = here.ordered([prime(700_000_000), under(here.hire(300_000_000), 300_000_000)])
    answer(claim.number, at=AT + DAY)
    return here, claim


def test_what_came_in_time_owes_no_interest() -> None:
    here, claim = two_payees()
    answer(key_of(claim, 1), at=AT + 2 * DAY)
    (row,) = queries.claims_of(here.who("payer"), at=claim.due + 4 * DAY)
    assert row.interest is not None
    # 300,000,000 × 8 % × 5 / 365 = 328,767.1…
    assert (row.interest.amount, row.interest.days, row.interest.so_far) == (328_767, 5, True)
    answer(key_of(claim, 2), at=claim.due + 9 * DAY)
    # 300,000,000 × 8 % × 10 / 365 = 657,534.2…
    assert fresh(claim).interest == 657_534
    (reason,) = fresh(claim).rules["interest"]
    assert (reason["params"]["amount"], reason["params"]["days"]) == (300_000_000, 10)


def test_each_late_day_counts_its_own_amount() -> None:
    _, claim = two_payees()
    answer(key_of(claim, 1), at=claim.due)
    answer(key_of(claim, 2), at=claim.due + 9 * DAY)
    # 700,000,000 × 8 % × 1 / 365 = 153,424.6…, and 657,534 as above
    assert fresh(claim).interest == 153_424 + 657_534
    said = [(one["params"]["amount"], one["params"]["days"]) for one in
            fresh(claim).rules["interest"]]  # fmt: skip
    assert said == [(700_000_000, 1), (300_000_000, 10)]


def test_a_wrong_account_is_not_the_agencys_delay() -> None:
    here, claim = two_payees()
    answer(key_of(claim, 1), at=AT + 2 * DAY)
    reject(key_of(claim, 2), at=AT + 2 * DAY)
    (group,) = queries.due_list(here.who("payer"), claim.due + 5 * DAY)
    (row,) = group.claims
    assert (group.code, row.late, row.interest) == ("elsewhere", False, None)
    actions.correct_account(
        by=here.who("claimant"), at=claim.due + 6 * DAY, number=claim.number, position=2,
        bank="088", account="110999888777",
    )  # fmt: skip
    answer(key_of(claim, 2), at=claim.due + 7 * DAY)
    assert (fresh(claim).status, fresh(claim).interest) == ("paid", 0)


def test_money_released_late_owes_interest_until_the_release_even_if_it_came_back() -> None:
    here = street(accepted=1_000_000_000)
    claim = here.ordered([prime(1_000_000_000)])
    answer(claim.number, at=claim.due + 9 * DAY)
    reject(key_of(claim), at=claim.due + 10 * DAY)
    actions.correct_account(
        by=here.who("claimant"), at=claim.due + 20 * DAY, number=claim.number, position=1,
        bank="011", account="301987654321",
    )  # fmt: skip
    answer(key_of(claim), at=claim.due + 21 * DAY)
    # 1,000,000,000 × 8 % × 10 / 365 = 2,191,780.8…
    assert fresh(claim).interest == 2_191_780


def test_damages_and_interest_stand_beside_the_claim_with_their_reasons() -> None:
    here = street(accepted=1_000_000_000)
    here.contract.ends = date(2026, 11, 10)
    here.contract.save(update_fields=["ends"])
    claim = here.file([prime(1_000_000_000)])
    reader = Client(headers={"accept-language": "en"})
    reader.force_login(here.accounts["checker"])
    page = reader.get(f"/claims/{claim.number}").content.decode()
    assert "Damages for delay so far" in page
    assert "지방계약법 시행령 제90조" in page
    assert "제18조제3항" in page
    assert claim.amount == fresh(claim).amount == 1_000_000_000  # nothing is set off by itself
