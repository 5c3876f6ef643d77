"""The verbs of a message: told once, settled once, and never by a word that came too late."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from jangteo.config.rights import grants, insert_only_tables
from jangteo.ground.errors import Fault, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.exchange import actions
from jangteo.records.exchange.models import Evidence, Exchange
from jangteo.records.exchange.queries import exchange, exchanges
from jangteo.records.exchange.questions import (
    BudgetCommitment,
    DisbursementOrder,
    Transfer,
    message,
)
from jangteo.records.journal.models import Entry
from tests.market import party

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TOLD = Transfer("R26PC00000001-1-1", "R26PC00000001", "김하늘", "088", "110123456789", 4_400_000)
KEY = TOLD.key
DONE = {"amount": 4_400_000, "reference": "K1", "at": "2026-11-26T12:00:00+09:00"}


def tell(told: Any = TOLD) -> uuid.UUID:
    found = Exchange.objects.first()
    owner = found.party_id if found else party("agency", "6110000").pk
    by = Actor.system("test")
    return actions.tell(told, by=by, at=AT, about="claim:R26PC00000001", party_id=owner)


def state() -> tuple[str, int, int]:
    found = Exchange.objects.get(key=KEY)
    return found.status, found.attempts, found.asked


def facts() -> list[str]:
    rows = Entry.objects.filter(kind__startswith="exchange.").order_by("id")
    return [one.kind.removeprefix("exchange.") for one in rows]


def test_the_same_key_and_body_again_changes_nothing() -> None:
    assert tell() == tell()
    assert facts() == ["queue"]
    assert state() == ("ready", 0, 0)


@pytest.mark.parametrize("changed", [{"amount": 4_400_001}, {"account": "1"}, {"bank": "004"}])
def test_a_known_key_with_another_body_is_a_fault(changed: dict[str, Any]) -> None:
    tell()
    with pytest.raises(Fault):
        tell(replace(TOLD, **changed))
    assert Exchange.objects.get(key=KEY).body["amount"] == 4_400_000
    assert facts() == ["queue"]


def test_a_message_comes_back_from_its_row_as_it_was_told() -> None:
    bound = BudgetCommitment("k1", "R26TA00000001", "611", "401", "new", 5, AT.date())
    order = DisbursementOrder("k2", "R26PC00000001", "R26TA00000001", "611", "401", 5, AT.date())
    for told in (TOLD, bound, order):
        tell(told)
        found = Exchange.objects.get(key=told.key)
        assert message(found.question, found.body) == told


def test_facts_never_hold_a_name_or_an_account() -> None:
    tell()
    actions.send(at=AT, key=KEY)
    actions.finish(at=AT, key=KEY, answer={**DONE, "account": "110123456789", "name": "김하늘"})
    for entry in Entry.objects.filter(kind__startswith="exchange."):
        assert "110123456789" not in str(entry.payload)
        assert "김하늘" not in str(entry.payload)
    assert Entry.objects.get(kind="exchange.finish").payload["answer"] == DONE


def test_a_result_that_comes_twice_is_one_fact() -> None:
    tell()
    actions.send(at=AT, key=KEY)
    for _ in range(2):
        actions.finish(at=AT, key=KEY, answer=DONE)
    assert facts() == ["queue", "send", "finish"]
    for late in (actions.lose, actions.defer, actions.accept):
        late(at=AT, key=KEY)
    assert facts() == ["queue", "send", "finish"]
    found = exchange(KEY)
    assert found is not None
    assert (found.status, found.answer, found.answered_at, found.next_at) == (
        "done", DONE, AT, None,
    )  # fmt: skip
    assert [row.key for row in exchanges("claim:R26PC00000001")] == [KEY]


def test_a_result_never_becomes_another_result() -> None:
    tell()
    actions.send(at=AT, key=KEY)
    actions.finish(at=AT, key=KEY, answer=DONE)
    with pytest.raises(Fault):
        actions.reject(at=AT, key=KEY, code="0101")
    assert state()[0] == "done"


def test_a_message_is_not_sent_while_nobody_knows_or_after_its_result() -> None:
    tell()
    actions.send(at=AT, key=KEY)
    for settle in (lambda: None, lambda: actions.lose(at=AT, key=KEY)):
        settle()
        with pytest.raises(Refusal) as caught:
            actions.send(at=AT, key=KEY)
        assert caught.value.code == "exchange.send.not_now"
    assert state() == ("unknown", 1, 0)


def test_a_late_word_of_an_earlier_sending_changes_nothing() -> None:
    tell()
    actions.send(at=AT, key=KEY)
    actions.lose(at=AT, key=KEY, attempt=1)
    actions.defer(at=AT, key=KEY, attempt=1)
    actions.send(at=AT, key=KEY)
    assert state() == ("sent", 2, 0)
    actions.defer(at=AT, key=KEY, attempt=1)
    actions.lose(at=AT, key=KEY, attempt=1)
    assert state() == ("sent", 2, 0)
    assert facts() == ["queue", "send", "lose", "defer", "send"]
    actions.lose(at=AT, key=KEY, attempt=2)
    assert state()[0] == "unknown"


def test_asks_are_counted_since_the_last_sending() -> None:
    tell()
    actions.postpone(key=KEY, until=AT + SECOND)
    assert state() == ("ready", 0, 0)
    actions.send(at=AT, key=KEY)
    actions.lose(at=AT, key=KEY)
    for n in (1, 2):
        actions.postpone(key=KEY, until=AT + n * SECOND)
    assert state() == ("unknown", 1, 2)
    assert Exchange.objects.get(key=KEY).next_at == AT + 2 * SECOND
    actions.defer(at=AT, key=KEY)
    actions.send(at=AT, key=KEY)
    assert state() == ("sent", 2, 0)


def test_an_accepted_message_is_never_sent_again() -> None:
    tell()
    actions.send(at=AT, key=KEY)
    actions.accept(at=AT, key=KEY, reference="K1", again_at=AT + SECOND)
    actions.accept(at=AT, key=KEY, reference="K2", again_at=AT)
    found = Exchange.objects.get(key=KEY)
    assert (found.reference, found.next_at) == ("K1", AT + SECOND)
    actions.defer(at=AT, key=KEY)
    actions.lose(at=AT, key=KEY)
    assert state() == ("accepted", 1, 0)


@given(sent=st.binary(max_size=200), received=st.binary(max_size=200))
def test_evidence_is_kept_byte_for_byte(sent: bytes, received: bytes) -> None:
    with transaction.atomic():
        tell()
        actions.note(at=AT, key=KEY, address="http://x", sent=sent, received=received, status=200)
        kept = Evidence.objects.latest("id")
        assert (bytes(kept.sent), bytes(kept.received), kept.status) == (sent, received, 200)
        transaction.set_rollback(True)


def test_evidence_is_insert_only_for_the_application() -> None:
    table = Evidence._meta.db_table
    assert grants("app", [table], insert_only_tables())[table] == ("SELECT", "INSERT")
