"""From a published result to an award in force: papers, review, proposal, confirmation."""

import base64
from datetime import datetime
from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.interfaces.rehearsal.client import Person, wait_for
from jangteo.interfaces.rehearsal.play import Agency, Supplier

#: states of a candidate that somebody still examines
OPEN = ("called", "submitted", "supplement")
PAPERS = {
    "시공실적증명서.txt": "최근 5년간의 시공실적은 연습용으로 지어낸 것입니다.\n",
    "경영상태평가.txt": "신용평가등급은 연습용으로 지어낸 것입니다.\n",
}


def state(reader: Person, number: str) -> dict[str, Any]:
    """Where the award of a tender stands, as this reader may see it."""
    found: dict[str, Any] = reader.get(f"/tenders/{number}/award")
    return found


def candidate(agency: Agency, number: str) -> dict[str, Any]:
    """The candidate under examination; waits until the worker has called one."""
    found = wait_for(
        lambda: [c for c in _candidates(agency, number) if c["status"] in OPEN],
        bool,
        what="the first in rank to be called",
    )
    last: dict[str, Any] = found[-1]
    return last


def _candidates(agency: Agency, number: str) -> list[dict[str, Any]]:
    """None before the result is heard of."""
    try:
        found: list[dict[str, Any]] = state(agency.contract, number)["candidates"]
    except Refusal as refusal:
        if refusal.code != "award.unknown":
            raise
        return []
    return found


def add_papers(supplier: Supplier, number: str) -> None:
    """Add what a candidate has to show."""
    for title, text in PAPERS.items():
        data = base64.b64encode(text.encode()).decode()
        body = {"title": title, "media_type": "text/plain", "data": data}
        supplier.agent.post(f"/tenders/{number}/award/papers", body)


def hand_in(supplier: Supplier, number: str) -> None:
    """Hand in the papers added so far."""
    supplier.agent.post(f"/tenders/{number}/award/submit")


def pass_review(agency: Agency, number: str) -> None:
    """Find that the candidate passes, with all marks beside the price."""
    scores = candidate(agency, number)["items"]
    agency.contract.post(f"/tenders/{number}/award/review", {"passed": True, "scores": scores})


def ask_supplement(agency: Agency, number: str, *, text: str) -> None:
    """Ask the candidate once for what is missing."""
    agency.contract.post(f"/tenders/{number}/award/supplement", {"text": text})


def fail_review(agency: Agency, number: str, *, ground: str, note: str) -> None:
    """Find that the candidate fails: score, no_papers or disqualified; the next one is called."""
    body = {"passed": False, "ground": ground, "note": note}
    agency.contract.post(f"/tenders/{number}/award/review", body)


def withdraw(supplier: Supplier, number: str) -> None:
    """Give one's candidacy up; the next in rank is called."""
    supplier.agent.post(f"/tenders/{number}/award/withdraw")


def propose(agency: Agency, number: str) -> None:
    """Propose the award to the candidate who passed."""
    agency.contract.post(f"/tenders/{number}/award/propose")


def confirm(agency: Agency, number: str) -> dict[str, Any]:
    """Confirm the award as another person; the award in force."""
    made = agency.approving.post(f"/tenders/{number}/award/confirm")
    return in_force(made)


def refuse(agency: Agency, number: str, *, text: str) -> None:
    """Do not confirm a proposed award."""
    agency.approving.post(f"/tenders/{number}/award/refuse", {"text": text})


def annul(agency: Agency, number: str, *, cause: str, reason: str) -> None:
    """Annul an award in force, two people; the next in rank is called."""
    body = {"cause": cause, "reason": reason}
    agency.contract.post(f"/tenders/{number}/award/annulment", body)
    read = state(agency.approving, number)["annulment"]
    agency.approving.post(f"/tenders/{number}/award/annul", {"digest": read["digest"]})


def in_force(found: dict[str, Any]) -> dict[str, Any]:
    """The one award in force; Refusal `rehearsal.no_award` where there is none."""
    active: list[dict[str, Any]] = [one for one in found["awards"] if one["status"] == "active"]
    if len(active) != 1:
        raise Refusal(
            "rehearsal.no_award",
            N_("{number} has {count} awards in force."),
            repair=N_("Look at the award's page."),
            number=found["tender"],
            count=len(active),
        )
    return active[0]


def award(agency: Agency, supplier: Supplier, number: str) -> dict[str, Any]:
    """All of it, from the call of the first in rank; supplier: whoever is called."""
    if candidate(agency, number)["papers_due"] is not None:
        add_papers(supplier, number)
        hand_in(supplier, number)
    pass_review(agency, number)
    propose(agency, number)
    return confirm(agency, number)


def papers_due(called: dict[str, Any]) -> datetime | None:
    """Until when a candidate may hand in its papers, or None if there are none."""
    return datetime.fromisoformat(called["papers_due"]) if called["papers_due"] else None
