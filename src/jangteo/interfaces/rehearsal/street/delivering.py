"""From a contract in force to accepted works: start, inspection, correction, acceptance."""

from datetime import date
from typing import Any

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal.client import Person, wait_for
from jangteo.interfaces.rehearsal.play import Agency, Supplier


def state(reader: Person, number: str) -> dict[str, Any]:
    """Where the delivery of a contract stands."""
    found: dict[str, Any] = reader.get(f"/contracts/{number}/delivery")
    return found


def start(supplier: Supplier, number: str, *, on: date) -> None:
    """Give notice that the works begin; waits until the worker has opened the delivery."""
    wait_for(lambda: is_open(supplier, number), bool, what="the delivery to be opened")
    supplier.agent.post(f"/contracts/{number}/start", {"started_on": on.isoformat()})


def is_open(supplier: Supplier, number: str) -> bool:
    """Whether the delivery of a contract in force has been opened."""
    try:
        return bool(state(supplier.agent, number)["status"])
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        return False


def request(supplier: Supplier, number: str, *, kind: str, amount: int, on: date) -> None:
    """Ask for an inspection of works over an amount in won; kind: progress or completion."""
    body = {"kind": kind, "amount": amount, "done_on": on.isoformat(), "note": ""}
    supplier.agent.post(f"/contracts/{number}/inspections", body)


def order_correction(agency: Agency, number: str, *, note: str, mend_by: date) -> None:
    """Say what must be mended, by when."""
    body = {"note": note, "mend_by": mend_by.isoformat()}
    agency.inspector.post(f"/contracts/{number}/inspections/correction", body)


def request_again(supplier: Supplier, number: str, *, on: date) -> None:
    """Ask again after mending."""
    body = {"done_on": on.isoformat(), "note": "지적 사항을 보완했습니다."}
    supplier.agent.post(f"/contracts/{number}/inspections/again", body)


def withdraw(supplier: Supplier, number: str) -> None:
    """Withdraw the notice of works that are done."""
    supplier.agent.post(f"/contracts/{number}/inspections/withdraw")


def accept(agency: Agency, number: str) -> dict[str, Any]:
    """Accept what was asked for; where the delivery stands then."""
    body = {"note": "설계도서와 일치합니다."}
    found: dict[str, Any] = agency.inspector.post(f"/contracts/{number}/inspections/accept", body)
    return found


def deliver(
    agency: Agency, supplier: Supplier, number: str, *, kind: str, amount: int, on: date
) -> dict[str, Any]:
    """Ask for an inspection and accept it; the works have been started."""
    request(supplier, number, kind=kind, amount=amount, on=on)
    return accept(agency, number)
