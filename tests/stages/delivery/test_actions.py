"""From the start to the accepted completion, each step with what it refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.journal.models import Entry
from jangteo.stages.delivery import actions, queries
from jangteo.stages.delivery.models import Acceptance, Delivery, Finding, Inspection
from tests.stages.delivery.works import AT, DAY, TODAY, VALUE, Works, works

pytestmark = pytest.mark.django_db


def code(act: Any, *args: Any, **kwargs: Any) -> tuple[str, int]:
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert caught.value.text and caught.value.repair
    assert caught.value.law or caught.value.status == 404
    return caught.value.code, caught.value.status


def kinds() -> list[str]:
    rows = Entry.objects.filter(kind__regex="^(delivery|inspection)[.]").order_by("at", "id")
    return list(rows.values_list("kind", flat=True))


def test_works_go_from_the_start_over_a_part_to_the_accepted_completion() -> None:
    here = works()
    part = here.request(30_000_000)
    assert (part.sequence, part.status, part.notified_at) == (1, "requested", AT)
    assert here.accept(note="설계대로").total == 30_000_000
    assert here.delivery.status == "under_way"
    rest = here.request(70_000_000, "completion", at=AT + DAY)
    assert rest.sequence == 2
    took = here.accept(at=AT + 2 * DAY)
    assert (took.amount, took.total) == (70_000_000, VALUE)
    found = here.delivery
    assert (found.status, found.completed_at) == ("completed", AT + 2 * DAY)
    assert kinds() == [
        "delivery.await_start", "delivery.start", "inspection.request", "inspection.accept",
        "inspection.request", "inspection.accept", "delivery.finish",
    ]  # fmt: skip
    said = Entry.objects.filter(kind="inspection.accept").order_by("at").first()
    assert said is not None
    assert said.payload == {
        "sequence": 1, "kind": "progress", "amount": 30_000_000, "total": 30_000_000,
    }  # fmt: skip
    assert (queries.accepted_total(here.number), queries.completion_accepted(here.number)) == (
        VALUE, True,
    )  # fmt: skip
    assert queries.accepted_on(here.number) == TODAY + 2 * DAY
    assert [one.note for one in Finding.objects.order_by("at")] == ["설계대로", ""]


def test_a_correction_begins_the_period_anew() -> None:
    here = works()
    here.request()
    assert here.mend().status == "correcting"
    later = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
    row = here.again(at=later, done_on=date(2026, 11, 30))
    assert (row.status, row.notified_at, row.done_on) == ("requested", later, date(2026, 11, 30))
    row.refresh_from_db()
    assert row.due == datetime(2026, 12, 15, 15, 0, tzinfo=UTC)
    assert row.rules["due"]["params"] == {"days": 14, "start": "2026-12-01", "day": "2026-12-15"}
    assert here.accept(at=later).total == 30_000_000
    assert [(one.accepted, one.mend_by) for one in Finding.objects.order_by("at")] == [
        (False, date(2026, 12, 4)), (True, None),
    ]  # fmt: skip


def test_opening_twice_makes_one_delivery() -> None:
    here = works(started=False)
    first = here.delivery
    assert actions.await_start(at=AT + DAY, number=here.number).pk == first.pk
    assert kinds() == ["delivery.await_start"]


def test_nothing_opens_before_the_contract_is_in_force() -> None:
    here = works()
    here.change(status="agreed")
    Delivery.objects.all().delete()
    where = {"at": AT, "number": here.number}
    assert code(actions.await_start, **where) == ("delivery.await_start.not_in_force", 409)
    assert code(actions.await_start, at=AT, number="R26TA00000000") == ("contract.unknown", 404)
    assert not Delivery.objects.exists()


def test_whoever_acts_before_the_fact_is_heard_opens_the_delivery() -> None:
    here = works(started=False)
    Delivery.objects.all().delete()
    assert here.start().status == "under_way"
    assert kinds()[-2:] == ["delivery.await_start", "delivery.start"]


def test_what_starting_refuses() -> None:
    here = works(started=False)
    assert code(here.start, by="inspector") == ("delivery.start.forbidden", 403)
    assert code(here.start, by="agent") == ("delivery.start.forbidden", 403)
    for day in (date(2026, 10, 31), date(2027, 4, 1)):
        assert code(here.start, day) == ("delivery.start.period", 422)
    here.change(status="terminated")
    assert code(here.start) == ("delivery.start.not_in_force", 409)
    here.change(status="active")
    assert here.delivery.status == "awaiting_start"
    assert here.start(date(2027, 3, 31)).started_on == date(2027, 3, 31)
    assert code(here.start) == ("delivery.start.not_now", 409)


def test_strangers_learn_nothing() -> None:
    here, there = works(), works()
    here.request()
    for number in (here.number, "R26TA00000000"):
        supplier = {"by": there.who("claimant"), "at": AT, "number": number}
        inspector = {"by": there.who("inspector"), "at": AT, "number": number}
        given = {"kind": "progress", "amount": 1, "done_on": TODAY}
        for answer in (
            code(actions.start, **supplier, started_on=TODAY),
            code(actions.request, **supplier, **given),
            code(actions.request_again, **supplier, done_on=TODAY),
            code(actions.withdraw_request, **supplier),
            code(actions.order_correction, **inspector, note="x", mend_by=TODAY),
            code(actions.accept, **inspector),
        ):
            assert answer == ("contract.unknown", 404)
    assert Inspection.objects.get().status == "requested"


@pytest.mark.parametrize(
    ("kind", "amount", "said"),
    [
        ("partly", 1, "kind"), ("progress", 0, "amount"), ("progress", -1, "amount"),
        ("progress", VALUE + 1, "too_much"), ("progress", VALUE, "all_left"),
        ("completion", VALUE - 1, "not_all"), ("completion", VALUE + 1, "not_all"),
    ],
)  # fmt: skip
def test_amounts_that_are_refused(kind: str, amount: int, said: str) -> None:
    here = works()
    assert code(here.request, amount, kind) == (f"inspection.request.{said}", 422)
    assert not Inspection.objects.exists()


def test_what_is_left_shrinks_with_each_acceptance() -> None:
    here = works()
    here.request(60_000_000)
    here.accept()
    assert code(here.request, 40_000_001) == ("inspection.request.too_much", 422)
    assert code(here.request, VALUE, "completion") == ("inspection.request.not_all", 422)
    assert here.request(40_000_000, "completion").status == "requested"


def test_days_and_notes_that_are_refused() -> None:
    here = works()
    for day in (date(2026, 11, 1), date(2026, 11, 25)):
        assert code(here.request, 1, done_on=day) == ("inspection.request.done_on", 422)
    who = {"by": here.who("claimant"), "at": AT, "number": here.number}
    with pytest.raises(Refusals) as caught:
        actions.request(**who, kind="x", amount=0, done_on=TODAY + DAY, note="x" * 501)
    assert [(one.code, one.field) for one in caught.value.refusals] == [
        ("inspection.request.kind", "kind"), ("inspection.request.done_on", "done_on"),
        ("inspection.request.note", "note"),
    ]  # fmt: skip
    here.request()
    here.mend()
    assert code(here.again, done_on=TODAY - DAY) == ("inspection.request_again.done_on", 422)
    assert code(here.again, done_on=TODAY + DAY) == ("inspection.request_again.done_on", 422)
    assert Inspection.objects.get().status == "correcting"


def test_who_may_ask_and_when() -> None:
    here = works(started=False)
    assert code(here.request) == ("inspection.request.not_now", 409)
    here.start()
    for name in ("agent", "inspector", "checker"):
        assert code(here.request, by=name) == ("inspection.request.forbidden", 403)
    here.request()
    assert code(here.request) == ("inspection.request.open", 409)
    here.mend()
    assert code(here.request) == ("inspection.request.open", 409)
    assert code(here.again, by="inspector") == ("inspection.request_again.forbidden", 403)
    here.again()
    assert code(here.again) == ("inspection.request_again.not_now", 409)


def test_an_agencys_person_never_notifies_in_the_suppliers_place() -> None:
    here = works()
    odd = replace(here.who("inspector"), roles=frozenset({"inspector", "representative"}))
    where = {"by": odd, "at": AT, "number": here.number}
    works_done = {"kind": "progress", "amount": 1, "done_on": TODAY}
    refused = ("inspection.request.forbidden", 403)
    assert code(actions.request, **where, **works_done) == refused
    here.request()
    refused = ("inspection.withdraw_request.forbidden", 403)
    assert code(actions.withdraw_request, **where) == refused
    assert Inspection.objects.get().status == "requested"


def test_what_an_inspector_is_refused() -> None:
    here = works()
    for act in (here.mend, here.accept):
        assert code(act) == ("inspection.none", 409)
    here.request()
    for name in ("claimant", "checker", "payer"):
        assert code(here.accept, by=name) == ("inspection.accept.forbidden", 403)
        assert code(here.mend, by=name) == ("inspection.order_correction.forbidden", 403)
    assert code(here.mend, " ") == ("inspection.order_correction.note", 422)
    assert code(here.mend, "x" * 1001) == ("inspection.order_correction.note", 422)
    yesterday = TODAY - DAY
    assert code(here.mend, "x", yesterday) == ("inspection.order_correction.mend_by", 422)
    assert code(here.accept, note="x" * 1001) == ("inspection.accept.note", 422)
    here.mend("x", TODAY)
    assert code(here.mend) == ("inspection.order_correction.not_now", 409)
    assert code(here.accept) == ("inspection.accept.not_now", 409)
    assert (Acceptance.objects.count(), Finding.objects.count()) == (0, 1)


def test_a_notice_can_be_withdrawn_until_it_is_accepted() -> None:
    here = works()
    for mended in (False, True):
        here.request()
        if mended:
            here.mend()
        assert code(here.withdraw, by="inspector") == ("inspection.withdraw_request.forbidden", 403)
        assert here.withdraw().status == "withdrawn"
    assert code(here.accept) == ("inspection.none", 409)
    here.request(VALUE, "completion")
    here.accept()
    assert code(here.withdraw) == ("inspection.none", 409)
    assert code(here.request, 1) == ("inspection.request.not_now", 409)
    assert [one.sequence for one in Inspection.objects.order_by("sequence")] == [1, 2, 3]


def test_a_contract_amended_meanwhile_asks_for_a_new_notice() -> None:
    here = works()
    here.request(VALUE, "completion")
    here.change(value=VALUE - 1)
    assert code(here.accept) == ("inspection.accept.value_changed", 409)
    here.mend()
    assert code(here.again) == ("inspection.request_again.value_changed", 409)
    here.change(value=VALUE)
    here.again()
    assert here.accept().total == VALUE


def test_a_part_that_became_all_or_too_much() -> None:
    here = works()
    here.request(30_000_000)
    here.change(value=29_999_999)
    assert code(here.accept) == ("inspection.accept.value_changed", 409)
    here.change(value=30_000_000)
    assert here.accept().total == 30_000_000
    assert here.request(0, "completion").amount == 0
    assert here.accept().total == 30_000_000
    assert here.delivery.status == "completed"


def test_after_a_termination_the_part_that_was_done_is_still_accepted() -> None:
    here = works()
    here.request(VALUE, "completion")
    assert here.terminate().status == "stopped"
    assert code(here.accept) == ("inspection.accept.stopped", 409)
    here.withdraw()
    assert code(here.request, VALUE, "completion") == ("inspection.request.not_now", 409)
    here.request(VALUE)
    assert here.accept().total == VALUE
    assert (here.delivery.status, here.delivery.completed_at) == ("stopped", None)


def test_stopping_twice_or_before_opening_stops_once() -> None:
    here = works()
    assert actions.stop(at=AT, number=here.number).status == "under_way"
    here.terminate()
    here.terminate()
    assert kinds().count("delivery.stop") == 1
    other = works(started=False)
    Delivery.objects.filter(contract_number=other.number).delete()
    assert other.terminate().status == "stopped"
    assert actions.await_start(at=AT, number=other.number).status == "stopped"
    assert code(other.start) == ("delivery.start.not_now", 409)


def test_a_completed_delivery_stays_completed() -> None:
    here: Works = works()
    here.request(VALUE, "completion")
    here.accept()
    assert here.terminate().status == "completed"
    assert kinds().count("delivery.stop") == 0
