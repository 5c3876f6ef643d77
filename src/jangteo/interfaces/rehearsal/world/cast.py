"""Who lives in the practice world, registered through the doors like anybody else."""

import random
from typing import Any

from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.offices import OFFICES, enter_agency
from jangteo.interfaces.rehearsal.play import Agency, Supplier
from jangteo.interfaces.rehearsal.world import names
from jangteo.interfaces.rehearsal.world.names import Company

#: sign-in names of the first agency's and the first supplier's people: the personas
LICENSED = "2019-03-04"
OFFICER = "kim.contract"
PERSONAS = {
    "opening": ("lee.opening", "이집행"),
    "approving": ("jung.approving", "정승인"),
    "inspector": ("han.inspector", "한검사"),
    "disbursing": ("seo.disbursing", "서지출"),
}
#: the second supplier is the subcontractor among the personas
REPRESENTATIVES = {0: "박대표", 1: "오하도"}
BUILDER, AGENT, SUBCONTRACTOR = "park.builder", "choi.agent", "oh.subcontractor"


def companies(count: int, chance: random.Random) -> list[Company]:
    """The invented suppliers."""
    return names.companies(count, chance)


def agency(doors: Doors, operator: Person, index: int) -> Agency:
    """Register an agency with its officers; those of the first one are the personas."""
    name, region, regime = names.AGENCIES[index]
    chance = random.Random(index)
    terms = {
        "name": name,
        "identifier": f"{6_100_000 + index:07d}",
        "region": region,
        "regime": regime,
        "representative": "김계약" if index == 0 else names.person(chance),
        "address": f"{name} 중앙로 {index + 1}",
        "username": OFFICER if index == 0 else f"contract.{index:02d}",
    }
    others = {office: (f"{office}.{index:02d}", names.person(chance)) for office in OFFICES}
    return enter_agency(doors, operator, terms, PERSONAS if index == 0 else others)


def supplier(doors: Doors, operator: Person, index: int, company: Company) -> Supplier:
    """Register a supplier, approve it; the first one has a bidding agent of its own."""
    username = {0: BUILDER, 1: SUBCONTRACTOR}.get(index, f"builder.{index:03d}")
    made = _apply(doors, index, company, username)
    operator.post(f"/registrations/{made['id']}/approve")
    token = made["token"]
    if index == 0:
        person = {"username": AGENT, "name": "최대리", "roles": ["bidding_agent"]}
        doors.as_(token).post(f"/parties/{made['party_id']}/people", person)
    return Supplier(company.identifier, company.name, doors.as_(token))


def _apply(doors: Doors, index: int, company: Company, username: str) -> dict[str, Any]:
    """Ask to be registered as a supplier."""
    body = {
        "name": company.name,
        "identifier": company.identifier,
        "region": company.region,
        "representative": REPRESENTATIVES.get(index, company.representative),
        "address": f"산업로 {index + 1}",
        "licences": [
            {"code": code, "number": f"{company.region}-{index:04d}-{code}", "since": LICENSED}
            for code in company.licences
        ],
        "username": username,
    }
    made: dict[str, Any] = doors.as_().post("/registrations/suppliers", body)
    return made


def applicants(doors: Doors, operator: Person) -> None:
    """Two who ask today: the operator has sent one back, the other waits."""
    for number, company in enumerate(names.APPLICANTS):
        made = _apply(doors, 900 + number, company, f"applicant.{number}")
        if number == 0:
            reason = {"reason": "등록증 사본의 발급일을 읽을 수 없습니다. 다시 올려 주십시오."}
            operator.post(f"/registrations/{made['id']}/send-back", reason)
