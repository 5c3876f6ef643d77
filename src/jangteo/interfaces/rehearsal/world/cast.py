"""Who lives in the practice world, registered through the doors like anybody else."""

import random

from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import Agency, Supplier
from jangteo.interfaces.rehearsal.world import names
from jangteo.interfaces.rehearsal.world.names import Company

#: sign-in names of the first agency's and the first supplier's people: the personas
LICENSED = "2019-03-04"
OFFICER, OPENER = "kim.contract", "lee.opening"
BUILDER, AGENT = "park.builder", "choi.agent"


def companies(count: int, chance: random.Random) -> list[Company]:
    """The invented suppliers."""
    return names.companies(count, chance)


def agency(doors: Doors, operator: Person, index: int) -> Agency:
    """Register an agency, approve it, and let the operator enter its opening officer."""
    name, region, regime = names.AGENCIES[index]
    chance = random.Random(index)
    made = doors.as_().post(
        "/registrations/agencies",
        {
            "name": name,
            "identifier": f"{6_100_000 + index:07d}",
            "region": region,
            "regime": regime,
            "representative": "김계약" if index == 0 else names.person(chance),
            "address": f"{name} 중앙로 {index + 1}",
            "username": OFFICER if index == 0 else f"contract.{index:02d}",
        },
    )
    operator.post(f"/registrations/{made['id']}/approve")
    contract = doors.as_(made["token"])
    opener = operator.post(
        f"/parties/{made['party_id']}/people",
        {
            "username": OPENER if index == 0 else f"opening.{index:02d}",
            "name": "이집행" if index == 0 else names.person(chance),
            "roles": ["opening_officer"],
        },
    )
    return Agency(regime, contract, doors.as_(opener["token"]))


def supplier(doors: Doors, operator: Person, index: int, company: Company) -> Supplier:
    """Register a supplier, approve it; the first one has a bidding agent of its own."""
    made = doors.as_().post(
        "/registrations/suppliers",
        {
            "name": company.name,
            "identifier": company.identifier,
            "region": company.region,
            "representative": "박대표" if index == 0 else company.representative,
            "address": f"산업로 {index + 1}",
            "licences": [
                {"code": code, "number": f"{company.region}-{index:04d}-{code}", "since": LICENSED}
                for code in company.licences
            ],
            "username": BUILDER if index == 0 else f"builder.{index:03d}",
        },
    )
    operator.post(f"/registrations/{made['id']}/approve")
    token = made["token"]
    if index == 0:
        person = {"username": AGENT, "name": "최대리", "roles": ["bidding_agent"]}
        doors.as_(token).post(f"/parties/{made['party_id']}/people", person)
    return Supplier(company.identifier, company.name, doors.as_(token))
