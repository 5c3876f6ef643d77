"""From an award to a contract in force, its subcontracts and its changes."""

from datetime import date
from typing import Any

from jangteo.interfaces.rehearsal.client import Person
from jangteo.interfaces.rehearsal.play import Agency, Supplier

BUDGET_LINE = "401-01"
ISSUER = "건설공제조합"


def state(reader: Person, number: str) -> dict[str, Any]:
    """A contract as this reader may see it."""
    found: dict[str, Any] = reader.get(f"/contracts/{number}")
    return found


def draft(agency: Agency, tender: str) -> str:
    """Draft the contract of a tender's award; the contract's number."""
    return str(agency.contract.post(f"/tenders/{tender}/contract")["number"])


def set_terms(
    agency: Agency, number: str, *, starts: date, ends: date, budget_line: str = BUDGET_LINE
) -> None:
    """Set the period and the line of the budget that pays."""
    body = {"starts": starts.isoformat(), "ends": ends.isoformat(), "budget_line": budget_line}
    agency.contract.put(f"/contracts/{number}/terms", body)


def offer(agency: Agency, number: str) -> None:
    """Freeze the text and send it to the supplier."""
    agency.contract.post(f"/contracts/{number}/offer")


def agree(supplier: Supplier, number: str) -> None:
    """Sign for the supplier with an enrolled key."""
    _sign(supplier.agent, number, "agree")


def _sign(person: Person, number: str, verb: str) -> dict[str, Any]:
    statement = state(person, number)["statement"]
    key, signature = person.sign(statement.encode())
    body = {"signer_key": key, "signature": signature}
    found: dict[str, Any] = person.post(f"/contracts/{number}/{verb}", body)
    return found


def secure(agency: Agency, number: str) -> None:
    """Record a bond over what the law wants secured; nothing where that is enough already."""
    found = state(agency.contract, number)
    if found["security_enough"]:
        return
    bond = {
        "kind": "bond", "amount": found["security_required"], "issuer": ISSUER,
        "paper": f"B-{number}", "until": found["security_until"],
    }  # fmt: skip
    agency.contract.post(f"/contracts/{number}/securities", bond)


def conclude(agency: Agency, number: str) -> dict[str, Any]:
    """Sign for the agency: the contract is in force."""
    return _sign(agency.contract, number, "conclude")


def cancel(agency: Agency, number: str, *, reason: str) -> None:
    """Give up a contract that is not signed."""
    agency.contract.post(f"/contracts/{number}/cancel", {"reason": reason})


def contract(
    agency: Agency, supplier: Supplier, tender: str, *, starts: date, ends: date
) -> dict[str, Any]:
    """All of it, from the award; the contract in force."""
    number = draft(agency, tender)
    set_terms(agency, number, starts=starts, ends=ends)
    offer(agency, number)
    agree(supplier, number)
    secure(agency, number)
    return conclude(agency, number)


def register(supplier: Supplier, number: str, hired: Supplier, *, work: str, amount: int) -> str:
    """Register a subcontract over the contract's own period; its number."""
    found = state(supplier.agent, number)
    signed = found["concluded_at"][:10]
    body = {
        "subcontractor": hired.identifier, "work": work, "amount": amount,
        "starts": found["starts"], "ends": found["ends"], "signed_on": signed,
    }  # fmt: skip
    return str(supplier.agent.post(f"/contracts/{number}/subcontracts", body)["number"])


def agree_subcontract(hired: Supplier, number: str) -> None:
    """Agree as the subcontractor; number: the subcontract's."""
    hired.agent.post(f"/subcontracts/{number}/agree")


def acknowledge(agency: Agency, number: str) -> None:
    """Take note as the agency; number: the subcontract's."""
    agency.contract.post(f"/subcontracts/{number}/acknowledge")


def end_subcontract(supplier: Supplier, number: str, *, reason: str) -> None:
    """End a subcontract; number: the subcontract's."""
    supplier.agent.post(f"/subcontracts/{number}/end", {"reason": reason})


def subcontract(
    agency: Agency, supplier: Supplier, number: str, hired: Supplier, *, work: str, amount: int
) -> str:
    """All of it; number: the contract's. The subcontract's number."""
    made = register(supplier, number, hired, work=work, amount=amount)
    agree_subcontract(hired, made)
    acknowledge(agency, made)
    return made


def propose_amendment(agency: Agency, number: str, *, value: int, ends: date, reason: str) -> None:
    """Propose another value in won, or another last day."""
    body = {"value": value, "ends": ends.isoformat(), "reason": reason}
    agency.contract.post(f"/contracts/{number}/amendment", body)


def agree_amendment(supplier: Supplier, number: str) -> None:
    """Sign the proposed amendment for the supplier."""
    _sign(supplier.agent, number, "amendment/agree")


def conclude_amendment(agency: Agency, number: str) -> None:
    """Sign the amendment for the agency: it is in force."""
    _sign(agency.contract, number, "amendment/conclude")


def withdraw_amendment(agency: Agency, number: str) -> None:
    """Withdraw an amendment that is not in force yet."""
    agency.contract.post(f"/contracts/{number}/amendment/withdraw")


def amend(
    agency: Agency, supplier: Supplier, number: str, *, value: int, ends: date, reason: str
) -> None:
    """Propose another value or last day, and sign it on both sides."""
    propose_amendment(agency, number, value=value, ends=ends, reason=reason)
    agree_amendment(supplier, number)
    secure(agency, number)
    conclude_amendment(agency, number)


def terminate(agency: Agency, number: str, *, ground: str, reason: str) -> None:
    """End the contract on a ground: delay, damages, breach or agency."""
    body = {"ground": ground, "reason": reason}
    agency.approving.post(f"/contracts/{number}/terminate", body)
