"""The machine's door of deliveries: the same verbs, the same refusals, nothing more to be seen."""

from datetime import datetime
from typing import Any

import pytest

from jangteo.ground.clock import KST
from jangteo.stages.delivery.models import Inspection
from tests.stages.delivery.works import TODAY, VALUE, Works, works
from tests.stages.payment.test_doors import Machine

pytestmark = pytest.mark.django_db


def machine(here: Works, who: str = "") -> Machine:
    return Machine(here.street, who)


def failed(answered: tuple[int, Any]) -> tuple[int, str]:
    return answered[0], answered[1]["error"]["code"]


def test_works_go_their_way_by_calls() -> None:
    here = works(started=False)
    builder, inspector = machine(here, "claimant"), machine(here, "inspector")
    path, today = f"/contracts/{here.number}", TODAY.isoformat()
    assert builder.call("GET", f"{path}/delivery") == (200, {
        "status": "awaiting_start", "started_on": None, "completed_at": None,
        "contracted": VALUE, "accepted": 0, "left": VALUE, "inspections": [], "damages": None,
    })  # fmt: skip
    status, said = builder.call("POST", f"{path}/start", {"started_on": "2026-11-02"})
    assert (status, said["status"], said["started_on"]) == (200, "under_way", "2026-11-02")
    part = {"kind": "progress", "amount": 30_000_000, "done_on": today, "note": "골조"}
    status, said = builder.call("POST", f"{path}/inspections", part)
    (one,) = said["inspections"]
    assert status == 200
    assert {name: one[name] for name in ("sequence", "kind", "amount", "status", "late")} == {
        "sequence": 1, "kind": "progress", "amount": 30_000_000, "status": "requested",
        "late": False,
    }  # fmt: skip
    assert (one["done_on"], one["note"], one["findings"]) == (today, "골조", [])
    mend = {"note": "균열", "mend_by": "2099-01-01"}
    status, said = inspector.call("POST", f"{path}/inspections/correction", mend)
    found = said["inspections"][0]["findings"][0]
    assert (found["accepted"], found["note"], found["mend_by"]) == (False, "균열", "2099-01-01")
    mended = datetime.fromisoformat(found["at"]).astimezone(KST).date()
    again = {"done_on": mended.isoformat(), "note": "마침"}
    status, said = builder.call("POST", f"{path}/inspections/again", again)
    assert (status, said["inspections"][0]["status"]) == (200, "requested")
    status, said = inspector.call("POST", f"{path}/inspections/accept", {"note": ""})
    assert (status, said["accepted"], said["left"]) == (200, 30_000_000, 70_000_000)
    builder.call("POST", f"{path}/inspections", {**part, "amount": 1})
    assert builder.call("POST", f"{path}/inspections/withdraw")[1]["inspections"][1][
        "status"] == "withdrawn"  # fmt: skip
    rest = {**part, "kind": "completion", "amount": 70_000_000}
    assert builder.call("POST", f"{path}/inspections", rest)[0] == 200
    (due,) = inspector.call("GET", "/inspections")[1]
    assert (due["contract_number"], due["inspection"]["amount"]) == (here.number, 70_000_000)
    status, said = inspector.call("POST", f"{path}/inspections/accept")
    assert (status, said["status"], said["accepted"], said["left"]) == (200, "completed", VALUE, 0)
    assert said["completed_at"]
    assert inspector.call("GET", "/inspections") == (200, [])


def test_refusals_have_their_codes_and_fields() -> None:
    here = works()
    builder, path = machine(here, "claimant"), f"/contracts/{here.number}"
    sent = {"kind": "completion", "amount": 1, "done_on": "2099-01-01", "note": ""}
    status, said = builder.call("POST", f"{path}/inspections", sent)
    assert status == 422
    assert [(one["code"], one["field"]) for one in said["errors"]] == [
        ("inspection.request.not_all", "amount"), ("inspection.request.done_on", "done_on"),
    ]  # fmt: skip
    accept = builder.call("POST", f"{path}/inspections/accept")
    assert failed(accept) == (409, "inspection.none")
    here.request()
    accept = builder.call("POST", f"{path}/inspections/accept")
    assert failed(accept) == (403, "inspection.accept.forbidden")
    start = builder.call("POST", f"{path}/start", {"started_on": TODAY.isoformat()})
    assert failed(start) == (409, "delivery.start.not_now")
    assert Inspection.objects.get().status == "requested"


def test_nobody_else_gets_in() -> None:
    here, there = works(), works()
    here.request()
    path = f"/contracts/{here.number}"
    day = TODAY.isoformat()
    doors = (
        ("GET", f"{path}/delivery", None), ("POST", f"{path}/start", {"started_on": day}),
        ("POST", f"{path}/inspections",
         {"kind": "progress", "amount": 1, "done_on": day, "note": ""}),
        ("POST", f"{path}/inspections/correction", {"note": "x", "mend_by": day}),
        ("POST", f"{path}/inspections/again", {"done_on": day}),
        ("POST", f"{path}/inspections/accept", {}), ("POST", f"{path}/inspections/withdraw", None),
    )  # fmt: skip
    strangers = [machine(there, "inspector"), machine(there, "claimant")]
    for method, where, body in doors:
        assert machine(here).call(method, where, body)[0] == (404 if method == "GET" else 401)
        for stranger in strangers:
            assert failed(stranger.call(method, where, body)) == (404, "contract.unknown")
    assert strangers[0].call("GET", "/inspections") == (200, [])
    assert Inspection.objects.get().status == "requested"
