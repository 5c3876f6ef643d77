"""Enter an agency's people through the doors: whoever drafts, opens, approves, inspects, pays."""

from collections.abc import Mapping
from typing import Any

from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import Agency

#: field of Agency -> role; the operator enters them, the contract officer came with registration
OFFICES = {
    "opening": "opening_officer",
    "approving": "approving_officer",
    "inspector": "inspector",
    "disbursing": "disbursing_officer",
}


def enter_agency(
    doors: Doors, operator: Person, terms: Mapping[str, Any], people: Mapping[str, tuple[str, str]]
) -> Agency:
    """Register an agency, approve it and enter its officers.

    terms: as POST /registrations/agencies takes them; people: office -> (sign-in name, name).
    """
    made = doors.as_().post("/registrations/agencies", dict(terms))
    operator.post(f"/registrations/{made['id']}/approve")
    entered = {}
    for office, role in OFFICES.items():
        username, name = people[office]
        body = {"username": username, "name": name, "roles": [role]}
        added = operator.post(f"/parties/{made['party_id']}/people", body)
        entered[office] = doors.as_(added["token"])
    return Agency(terms["regime"], contract=doors.as_(made["token"]), **entered)
