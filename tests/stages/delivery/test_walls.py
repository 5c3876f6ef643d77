"""Raw SQL, as the owner of the tables: what can never be is refused by the database itself."""

import threading
import time
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from jangteo.config.rights import insert_only_tables
from jangteo.ground.errors import Refusal
from jangteo.records.journal.models import Entry
from jangteo.stages.contract.models import Contract
from jangteo.stages.delivery import actions
from jangteo.stages.delivery.models import Acceptance, Delivery, Finding, Inspection
from tests.stages.delivery.works import AT, TODAY, VALUE, Works, works

TOOK, FOUND = "jangteo_delivery_acceptance", "jangteo_delivery_finding"
INSPECTION, CONTRACT = "jangteo_delivery_inspection", "jangteo_contract_contract"
INSERT = (
    f'insert into {TOOK} (inspection_id, delivery_id, amount, total, "by", at)'
    " values (%s, %s, %s, %s, gen_random_uuid(), now())"
)


def refused(sql: str, *values: Any) -> str:
    """Run it as an ordinary session and as one that plays replica: both are refused, and why."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        connection.cursor().execute(sql, values)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(sql, values)
    return str(caught.value).splitlines()[0]


def notice(here: Works, amount: int, sequence: int) -> Inspection:
    """An inspection that waits, however many others do."""
    of = here.contract
    return Inspection.objects.create(
        delivery=here.delivery, contract_number=of.number, tender_number=of.tender_number,
        buyer_id=of.buyer_id, supplier_id=of.supplier_id, status="accepted", sequence=sequence,
        kind="progress", amount=amount, done_on=TODAY, notified_at=AT, due=AT,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_acceptance_is_for_what_was_notified_and_its_total_is_the_sum() -> None:
    here, other = works(), works()
    first = notice(here, 40_000_000, 1)
    made = (first.pk, here.delivery.pk)
    said = "an acceptance is for what was notified, 40000000 won"
    assert refused(INSERT, *made, 39_999_999, 39_999_999) == said
    assert refused(INSERT, first.pk, other.delivery.pk, 40_000_000, 40_000_000) == said
    said = "the total of 40000001 won is not the sum of 40000000 won"
    assert refused(INSERT, *made, 40_000_000, 40_000_001) == said
    connection.cursor().execute(INSERT, (*made, 40_000_000, 40_000_000))
    second = notice(here, 60_000_001, 2)
    again = (second.pk, here.delivery.pk, 60_000_001)
    said = "the total of 60000001 won is not the sum of 100000001 won"
    assert refused(INSERT, *again, 60_000_001) == said
    said = "100000001 won accepted exceed the 100000000 won contracted"
    assert refused(INSERT, *again, VALUE + 1) == said
    assert Acceptance.objects.get().total == 40_000_000


@pytest.mark.django_db
def test_a_contract_amended_downwards_takes_less_and_never_below_what_was_accepted() -> None:
    here = works()
    here.request(40_000_000)
    here.accept()
    said = "a contract of 39999999 won is below the 40000000 won accepted"
    assert refused(f"update {CONTRACT} set value = 39999999 where number = %s", here.number) == said
    here.change(value=50_000_000)
    late = notice(here, 10_000_001, 9)
    said = "50000001 won accepted exceed the 50000000 won contracted"
    assert refused(INSERT, late.pk, here.delivery.pk, 10_000_001, 50_000_001) == said
    here.change(value=40_000_000)
    assert here.contract.value == 40_000_000


@pytest.mark.django_db
def test_what_was_notified_found_and_accepted_stays() -> None:
    here = works()
    here.request(40_000_000)
    fixed = "what was notified is fixed"
    for change in ("amount = amount + 1", "kind = 'completion'", "sequence = 7"):
        assert refused(f"update {INSPECTION} set {change}") == fixed
    here.accept()
    settled = "an inspection that is settled stays as it is"
    for change in ("status = 'requested'", "due = now()", "note = 'x'"):
        assert refused(f"update {INSPECTION} set {change}") == settled
    assert refused(f"delete from {INSPECTION}") == "an inspection is never deleted"
    for table in (TOOK, FOUND):
        never = f"rows of {table} are never changed"
        assert refused(f"update {table} set at = now()") == never
        assert refused(f"delete from {table}") == never
    assert {TOOK, FOUND} <= insert_only_tables()
    assert (Acceptance.objects.count(), Finding.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_amounts_are_positive_but_for_a_completion_of_nothing() -> None:
    here = works()
    with pytest.raises(IntegrityError, match="inspection_positive"), transaction.atomic():
        notice(here, 0, 1)
    with pytest.raises(IntegrityError, match="inspection_positive"), transaction.atomic():
        notice(here, -1, 1)


def together(*acts: Any) -> list[str]:
    """Run each in a thread and connection of its own, all at once; "" or the database's no."""
    gate, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Any) -> None:
        try:
            gate.wait(30)
            with transaction.atomic():
                act()
        except IntegrityError as error:
            said[place] = str(error).splitlines()[0]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def test_of_acceptances_at_the_same_moment_each_leans_on_the_one_before(committed: str) -> None:
    """Eight want 20 of 100 million at once, each sure to be the first: exactly one is right."""
    here = works()
    rows = [notice(here, 20_000_000, n) for n in range(1, 9)]
    wanted = here.delivery

    def take(row: Inspection) -> None:
        Acceptance.objects.create(
            inspection=row, delivery=wanted, amount=row.amount, total=row.amount,
            by=uuid.uuid4(), at=AT,
        )  # fmt: skip

    said = together(*(lambda row=row: take(row) for row in rows))
    wrong = "the total of 20000000 won is not the sum of 40000000 won"
    assert sorted(said) == ["", *[wrong] * 7]
    assert [one.total for one in Acceptance.objects.all()] == [20_000_000]


def test_an_acceptance_waits_for_one_that_is_not_committed_yet(committed: str) -> None:
    here = works()
    first, second = notice(here, 60_000_000, 1), notice(here, 50_000_000, 2)
    wanted, said = here.delivery, []

    def take(row: Inspection, total: int) -> None:
        Acceptance.objects.create(
            inspection=row, delivery=wanted, amount=row.amount, total=total, by=uuid.uuid4(), at=AT
        )

    def late() -> None:
        said.extend(together(lambda: take(second, 50_000_000)))

    other = threading.Thread(target=late)
    with transaction.atomic():
        take(first, 60_000_000)
        other.start()
        while other.is_alive() and not somebody_waits():
            time.sleep(0.02)
        assert said == []
    other.join(60)
    assert said == ["the total of 50000000 won is not the sum of 110000000 won"]
    assert [one.total for one in Acceptance.objects.all()] == [60_000_000]


def somebody_waits() -> bool:
    """Whether any session waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        row = cursor.fetchone()
    return bool(row and row[0])


def test_an_acceptance_and_a_lower_amendment_at_the_same_moment_never_both_hold(
    committed: str,
) -> None:
    for _ in range(4):
        here = works()
        row, wanted = notice(here, 60_000_000, 1), here.delivery

        def take(row: Any = row, wanted: Any = wanted) -> None:
            Acceptance.objects.create(
                inspection=row, delivery=wanted, amount=row.amount, total=row.amount,
                by=uuid.uuid4(), at=AT,
            )  # fmt: skip

        def lower(here: Works = here) -> None:
            Contract.objects.filter(number=here.number).update(value=50_000_000)

        said = together(take, lower)
        value = here.contract.value
        taken = sum(one.total for one in Acceptance.objects.filter(delivery=wanted))
        assert (taken, value) in {(60_000_000, VALUE), (0, 50_000_000)}
        assert [bool(one) for one in said].count(True) == 1


def test_two_inspectors_who_accept_at_the_same_moment_accept_once(committed: str) -> None:
    here = works()
    here.request(40_000_000)
    codes: list[str] = []

    def take() -> None:
        try:
            here.accept()
        except Refusal as refusal:
            codes.append(refusal.code)

    assert together(take, take, take) == ["", "", ""]
    assert codes == ["inspection.none", "inspection.none"]
    assert [one.total for one in Acceptance.objects.all()] == [40_000_000]
    assert Finding.objects.count() == 1
    assert Entry.objects.filter(kind="inspection.accept").count() == 1


def test_two_listeners_at_the_same_moment_open_one_delivery(committed: str) -> None:
    here = works()
    Delivery.objects.all().delete()
    before = Entry.objects.filter(kind="delivery.await_start").count()

    def hear() -> None:
        actions.await_start(at=AT, number=here.number)

    assert together(hear, hear, hear) == ["", "", ""]
    assert Delivery.objects.count() == 1
    assert Entry.objects.filter(kind="delivery.await_start").count() == before + 1
