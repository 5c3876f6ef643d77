"""Raw SQL, as the owner of the tables: what can never be is refused by the database itself."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.config.rights import insert_only_tables
from jangteo.ground.errors import Refusal
from jangteo.stages.payment.models import Claim, Leaf, PayeeWord, PaymentOrder
from tests.stages.payment.street import (
    AT,
    Street,
    answer,
    key_of,
    prime,
    reject,
    street,
    worker,
)

pytestmark = pytest.mark.django_db
CLAIM, LEAF = "jangteo_payment_claim", "jangteo_payment_leaf"
ORDER, WORD = "jangteo_payment_paymentorder", "jangteo_payment_payeeword"


def run(sql: str, *values: Any) -> None:
    """One statement, and then what is checked at commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def refused(sql: str, *values: Any) -> str:
    """Run it as an ordinary session and as one that plays replica: both are refused, and why."""
    with pytest.raises(IntegrityError) as caught:
        run(sql, *values)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("set constraints all immediate")
    return str(caught.value).splitlines()[0]


def filed(here: Street) -> Claim:
    return here.file([prime(4_000_000), worker(1_000_000)])


def test_leaves_always_sum_to_their_claim() -> None:
    claim = filed(street(accepted=9_000_000))
    first = Leaf.objects.get(claim=claim, position=1).pk
    said = "the leaves sum to 4999999 won, the claim to 5000000 won"
    assert refused(f"update {LEAF} set amount = amount - 1 where id = %s", first) == said
    said = "the leaves sum to 5000000 won, the claim to 5000001 won"
    assert refused(f"update {CLAIM} set amount = amount + 1") == said
    said = "the leaves sum to 1000000 won, the claim to 5000000 won"
    assert refused(f"delete from {LEAF} where id = %s", first) == said
    run(f"update {LEAF} set amount = case position when 1 then 4500000 else 500000 end")
    assert [leaf.amount for leaf in claim.leaves.order_by("position")] == [4_500_000, 500_000]


def test_a_leaf_too_many_is_refused_at_commit() -> None:
    claim = filed(street(accepted=9_000_000))
    names = [f.column for f in Leaf._meta.concrete_fields if f.column not in ("id", "position")]
    columns = ", ".join(f'"{name}"' for name in names)
    said = refused(
        f"insert into {LEAF} (id, position, {columns})"
        f" select %s, 3, {columns} from {LEAF} where position = 1",
        uuid.uuid4(),
    )
    assert said == "the leaves sum to 9000000 won, the claim to 5000000 won"
    assert claim.leaves.count() == 2


def test_a_claim_without_leaves_is_refused_at_commit() -> None:
    claim = filed(street(accepted=50_000_000))
    names = [f.column for f in Claim._meta.concrete_fields if f.column not in ("id", "number")]
    columns = ", ".join(names)
    said = refused(
        f"insert into {CLAIM} (id, number, {columns})"
        f" select %s, 'R26PC99999999', {columns} from {CLAIM}",
        uuid.uuid4(),
    )
    assert said == "the leaves sum to 0 won, the claim to 5000000 won"
    assert Claim.objects.get().pk == claim.pk


def test_claims_never_exceed_what_was_accepted() -> None:
    here = street(accepted=9_999_999)
    filed(here)
    second = here.file([prime(4_999_999)])
    said = refused(
        f"with a as (update {LEAF} set amount = amount + 1 where claim_id = %s)"
        f" update {CLAIM} set amount = amount + 1 where id = %s",
        second.pk,
        second.pk,
    )
    assert said == "claims of 10000000 won exceed the 9999999 won accepted"
    other = street(accepted=1)
    said = refused(
        f"update {CLAIM} set contract_id = %s where id = %s", other.contract.pk, second.pk
    )
    assert said == "claims of 4999999 won exceed the 1 won accepted"


def test_a_returned_or_withdrawn_claim_cannot_come_back_over_what_was_accepted() -> None:
    here = street(accepted=5_000_000)
    first = filed(here)
    run(f"update {CLAIM} set status = 'withdrawn' where id = %s", first.pk)
    filed(here)
    said = refused(f"update {CLAIM} set status = 'filed' where id = %s", first.pk)
    assert said == "claims of 10000000 won exceed the 5000000 won accepted"


def test_once_approved_payees_and_amounts_are_fixed() -> None:
    here = street(accepted=9_000_000)
    claim = here.approve(filed(here))
    fixed = "payees and amounts are fixed once the claim is approved"
    for change in (
        "amount = amount + 1",
        "payee_name = '다른이'",
        "kind = 'worker'",
        "position = 9",
    ):
        assert refused(f"update {LEAF} set {change} where position = 1") == fixed
    assert refused(f"delete from {LEAF} where position = 1") == fixed
    said = "the amount is fixed once the claim is approved"
    assert refused(f"update {CLAIM} set amount = 1") == said
    assert refused(f"delete from {CLAIM}") == "a claim is never deleted"
    here.order(claim)
    assert refused(f"update {LEAF} set amount = 1") == fixed


def test_a_name_changes_only_to_what_was_proposed_for_a_payee_named_by_hand() -> None:
    here = street(accepted=9_000_000)
    claim = here.instructed([prime(4_000_000), worker(1_000_000)])
    new = '{"payee_name": "박산", "bank": "020", "account": "1002345678901"}'
    propose = f"update {LEAF} set proposed = %s where position = %s"
    early = "a payee is proposed anew only by hand, after its bank sent the money back"
    assert refused(propose, new, 2) == early
    reject(key_of(claim, 1))
    reject(key_of(claim, 2))
    assert refused(propose, new, 1) == early
    fixed = "payees and amounts are fixed once the claim is approved"
    name = f"update {LEAF} set payee_name = %s, proposed = null where position = 2"
    assert refused(name, "박산") == fixed
    assert refused(f"update {LEAF} set payee_name = '박산', proposed = %s where position = 2", new)
    run(propose, new, 2)
    assert refused(name, "다른이") == fixed
    assert refused(f"update {LEAF} set payee_name = '박산' where position = 2") == fixed
    elsewhere = name.replace("proposed", "account = '99999999', proposed")
    assert refused(elsewhere, "박산") == fixed
    more = name.replace("proposed", "amount = amount + 1, proposed")
    assert refused(more, "박산") == fixed
    run(name, "박산")
    assert Leaf.objects.get(position=2).payee_name == "박산"


def test_an_account_is_fixed_while_the_bank_is_told() -> None:
    here = street(accepted=9_000_000)
    claim = here.instructed([prime(5_000_000)])
    said = "an account is fixed while the bank is told to pay it"
    assert refused(f"update {LEAF} set account = '99999999'") == said
    assert refused(f"update {LEAF} set bank = '004'") == said
    reject(key_of(claim))
    run(f"update {LEAF} set account = '99999999'")


def test_a_leaf_is_credited_once_and_stays() -> None:
    here = street(accepted=9_000_000)
    claim = here.ordered([prime(5_000_000)])
    early = "a leaf is credited only after the bank was told"
    credit = f"update {LEAF} set status = 'credited', credited_at = %s"
    assert refused(credit, AT) == early
    answer(claim.number)
    reject(key_of(claim))
    assert refused(credit, AT) == early
    run(f"update {LEAF} set status = 'instructed'")
    assert "leaf_credited_when" in refused(f"update {LEAF} set status = 'credited'")
    answer_leaf = f"update {LEAF} set status = 'credited', credited_at = %s, bank_reference = 'B1'"
    run(answer_leaf, AT)
    stays = "a leaf is credited once and stays as it is"
    for change in (
        "status = 'instructed'", "status = 'bounced'", "credited_at = now()",
        "bank_reference = 'B2'", "account = '99999999'", "amount = 1", "attempt = 7",
    ):  # fmt: skip
        assert refused(f"update {LEAF} set {change}") == stays


def test_a_claim_is_paid_only_when_every_leaf_is_credited() -> None:
    here = street(accepted=9_000_000)
    claim = here.instructed([prime(4_000_000), worker(1_000_000)])
    answer(key_of(claim, 1))
    said = "a claim is paid only when every leaf is credited"
    assert refused(f"update {CLAIM} set status = 'paid'") == said
    answer(key_of(claim, 2))
    assert Claim.objects.get().status == "paid"
    assert refused(f"update {CLAIM} set status = 'ordered'") == "what is paid stays paid"


def test_an_order_is_one_a_claim_for_its_amount_by_another_person() -> None:
    here = street(accepted=9_000_000)
    claim = filed(here)
    insert = f'insert into {ORDER} (claim_id, amount, "by", at) values (%s, %s, %s, %s)'
    sound = "an order is for an approved claim, its amount, by another person"
    stranger = uuid.uuid4()
    assert refused(insert, claim.pk, 5_000_000, stranger, AT) == sound
    here.approve(claim)
    assert refused(insert, claim.pk, 5_000_001, stranger, AT) == sound
    assert refused(insert, claim.pk, 5_000_000, here.accounts["checker"].pk, AT) == sound
    here.order(claim)
    assert "duplicate key" in refused(insert, claim.pk, 5_000_000, stranger, AT)
    never = f"rows of {ORDER} are never changed"
    assert refused(f"update {ORDER} set amount = 1") == never
    assert refused(f"delete from {ORDER}") == never
    assert PaymentOrder.objects.count() == 1


def test_what_a_payee_said_is_never_changed() -> None:
    here = street(accepted=9_000_000)
    claim = here.instructed([prime(5_000_000)])
    answer(key_of(claim))
    PayeeWord.objects.create(leaf=Leaf.objects.get(), said="not_received", at=AT)
    never = f"rows of {WORD} are never changed"
    assert refused(f"update {WORD} set said = 'received'") == never
    assert refused(f"delete from {WORD}") == never
    assert {ORDER, WORD} <= insert_only_tables()


def test_a_wall_that_somebody_runs_into_is_a_refusal_not_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two people file at the same moment: the second passes the check and meets the wall."""
    here = street(accepted=5_000_000)
    filed(here)
    monkeypatch.setattr("jangteo.stages.payment.actions.filing._within", lambda free, amount: None)
    with pytest.raises(Refusal) as caught:
        here.file([prime(1)])
    assert caught.value.code == "claim.file.too_much"
    assert Claim.objects.count() == 1
