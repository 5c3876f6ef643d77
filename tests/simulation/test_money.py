"""What the simulation looks for in claims: each planted fault is found, and nothing else is."""

from datetime import timedelta

import pytest

from jangteo.interfaces.rehearsal.simulation import money
from jangteo.interfaces.rehearsal.simulation.watch import Violation
from jangteo.stages.payment.models import Leaf
from tests.stages.payment import street as payment
from tests.stages.payment.street import AT

pytestmark = pytest.mark.django_db


def test_money_called_credited_that_the_bank_never_paid_is_found() -> None:
    where = payment.street(accepted=1_000)
    claim = where.instructed([payment.prime(1_000)])
    payment.answer(payment.key_of(claim))
    by, paid = where.who("payer"), {(f"{claim.number}-1", 1_000)}
    money.look(by, where.number, paid, at=AT)
    with pytest.raises(Violation, match=f"{claim.number}-1 is credited and was never paid"):
        money.look(by, where.number, {(f"{claim.number}-1", 999)}, at=AT)


def test_a_late_claim_that_no_list_calls_late_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    where = payment.street(accepted=1_000)
    claim = where.file([payment.prime(1_000)])
    by, late = where.who("payer"), claim.due + timedelta(seconds=1)
    money.look(by, where.number, set(), at=late)
    monkeypatch.setattr(money.queries, "due_list", lambda actor, at: [])
    money.look(by, where.number, set(), at=claim.due - timedelta(seconds=1))
    with pytest.raises(Violation, match="is late and the agency's list does not say so"):
        money.look(by, where.number, set(), at=late)
    assert Leaf.objects.get(claim_number=claim.number).status == "waiting"
