"""Every fact has its consumers on one page, and each of them bears hearing a fact twice."""

import ast
import importlib
import inspect
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

import jangteo
from jangteo.config import deliveries, timetable
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.states import TABLE as EXCHANGE
from jangteo.records.journal.actions import record
from jangteo.records.journal.delivery import hand_over
from jangteo.records.journal.models import Link
from jangteo.records.message.models import Message
from jangteo.stages.registration import actions as registration
from jangteo.stages.registration.queries import LicenceRow

HOUSE = Path(jangteo.__file__).parent
STAGES = (
    "registration", "tender", "bid", "opening", "award", "contract", "delivery", "payment",
)  # fmt: skip
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
OPERATOR = Actor(None, "Operator", roles=frozenset({"operator"}))


def state_kinds() -> set[str]:
    rooms = [importlib.import_module(f"jangteo.stages.{name}.states") for name in STAGES]
    tables = [table for room in rooms for table in getattr(room, "TABLES", (room.TABLE,))]
    return {
        f"{table.name}.{row.verb}" for table in (*tables, EXCHANGE) for row in table.transitions
    }


def recorded_kinds() -> set[str]:
    """Kinds written by name: the first argument of record() anywhere in the house."""
    found = set()
    for path in HOUSE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        named = {
            getattr(node.targets[0], "id", ""): node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            first = named.get(first.id, first) if isinstance(first, ast.Name) else first
            if called == "record" and isinstance(first, ast.Constant) and "." in str(first.value):
                found.add(str(first.value))
    return found


def test_every_fact_has_a_listener_or_a_reason_for_silence() -> None:
    kinds = state_kinds() | recorded_kinds()
    listed = set(timetable.LISTENERS) | set(timetable.SILENT)
    assert kinds - listed == set()
    assert listed - kinds == set()
    assert set(timetable.LISTENERS) & set(timetable.SILENT) == set()
    assert all(len(why) > 10 for why in timetable.SILENT.values())


def test_every_function_of_every_jobs_room_is_on_the_page() -> None:
    there = {one for many in timetable.LISTENERS.values() for one in many}
    there |= {one.run for one in timetable.CLOCK}
    for stage in STAGES:
        if not (HOUSE / "stages" / stage / "jobs.py").exists():
            continue
        jobs = importlib.import_module(f"jangteo.stages.{stage}.jobs")
        for name, function in inspect.getmembers(jobs, inspect.isfunction):
            if function.__module__ == jobs.__name__ and not name.startswith("_"):
                assert function in there, f"{stage}.jobs.{name} is never called"


def test_a_function_of_a_job_is_found_by_its_name() -> None:
    names = {deliveries.name_of(one) for many in timetable.LISTENERS.values() for one in many}
    assert names == set(deliveries._LISTENERS)
    assert {deliveries.name_of(one.run) for one in timetable.CLOCK} == set(deliveries._CLOCK)


def supplier() -> uuid.UUID:
    made = registration.register_supplier(
        by=Actor.anyone(), at=AT, name="한빛건설", identifier="2208162517", region="11",
        representative="김하나", address="서울", username="hana",
        licences=[LicenceRow("0001", "서울-1", AT.date())],
    )  # fmt: skip
    found: uuid.UUID = made.pk
    return found


def chain_all() -> None:
    from jangteo.records.journal.models import Entry

    for place, entry in enumerate(Entry.objects.filter(link=None).order_by("id"), 1000):
        Link.objects.create(
            place=place + Link.objects.count(), entry=entry, hash=bytes(32), linked_at=AT
        )


@pytest.mark.django_db
def test_a_fact_becomes_one_job_a_listener_and_two_hearings_make_one_message() -> None:
    registration.approve(by=OPERATOR, at=AT, registration_id=supplier())
    chain_all()
    deliveries.deliver(AT)
    deliveries.deliver(AT)
    (job,) = ProcrastinateJob.objects.filter(task_name="jangteo.hear")
    assert job.args["listener"] == "jangteo.stages.registration.jobs.tell_of_decision"
    for _ in range(2):
        deliveries.hear(**job.args)
    (message,) = Message.objects.all()
    assert message.text == "{name} is registered and may take part from now on."
    assert message.params["name"] == "한빛건설"


@pytest.mark.django_db
def test_a_fact_nobody_hears_makes_no_job() -> None:
    record("tender.edit", "tender:R26BK00000001", by=OPERATOR, at=AT)
    chain_all()
    assert hand_over(deliveries.enqueue) == 1
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_a_listener_that_fails_keeps_nothing_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(fact: object) -> None:
        record("x.x", "party:2", by=OPERATOR, at=AT)
        raise RuntimeError("broken")

    entry = record("tender.edit", "tender:R26BK00000001", by=OPERATOR, at=AT)
    monkeypatch.setitem(deliveries._LISTENERS, "fails", fails)
    with pytest.raises(RuntimeError):
        deliveries.hear(listener="fails", fact=str(entry.pk))
    assert not Link.objects.filter(entry__kind="x.x").exists()
    patience = deliveries.Patience()
    waits = [
        patience.get_retry_decision(
            exception=RuntimeError(), job=type("Job", (), {"attempts": n})()
        ).retry_at
        for n in (0, 3, 50)
    ]
    assert waits[0] < waits[1] < waits[2]


@pytest.mark.django_db
def test_clock_jobs_follow_the_databases_clock_and_wait_only_once() -> None:
    ticker = deliveries.Ticker()
    every = timetable.CLOCK[0].every
    for at in (AT, AT + every / 2, AT + every, AT + 3 * every):
        ticker(at)
    assert ProcrastinateJob.objects.filter(task_name="jangteo.tick").count() == 1
    job = ProcrastinateJob.objects.get()
    deliveries.tick(**job.args)
