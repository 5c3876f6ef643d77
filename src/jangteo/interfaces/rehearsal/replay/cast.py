"""The people of a replay: two agencies and as many suppliers as the largest tender had bidders."""

from concurrent.futures import ThreadPoolExecutor

from jangteo.ground.text import business_number_complete
from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.offices import OFFICES, enter_agency
from jangteo.interfaces.rehearsal.play import Agency, Supplier

REGIONS = ("11", "26", "27", "28", "29", "30", "31", "36", "41", "43", "44", "46", "47", "48")


def agency(doors: Doors, operator: Person, regime: str, index: int) -> Agency:
    """Register an agency with its officers, and approve it."""
    terms = {
        "name": f"재현 기관 {index} ({regime})",
        "identifier": f"{9_990_000 + index:07d}",
        "region": "36",
        "regime": regime,
        "representative": f"기관장 {index}",
        "address": "재현용 주소",
        "username": f"replay.contract.{regime}",
    }
    people = {office: (f"replay.{office}.{regime}", f"{office} {index}") for office in OFFICES}
    return enter_agency(doors, operator, terms, people)


def enter_supplier(doors: Doors, operator: Person, index: int) -> Supplier:
    """Register a supplier whose representative bids, and approve it."""
    identifier = business_number_complete(f"{200_000_000 + index * 7:09d}")
    made = doors.as_().post(
        "/registrations/suppliers",
        {
            "name": f"재현 업체 {index:03d}",
            "identifier": identifier,
            "region": REGIONS[index % len(REGIONS)],
            "representative": f"대표 {index:03d}",
            "address": "재현용 주소",
            "licences": [{"code": "0001", "number": f"{index:04d}", "since": "2010-01-04"}],
            "username": f"replay.supplier.{index:03d}",
        },
    )
    operator.post(f"/registrations/{made['id']}/approve")
    return Supplier(identifier, f"재현 업체 {index:03d}", doors.as_(made["token"]))


def enter_suppliers(doors: Doors, operator: Person, count: int) -> list[Supplier]:
    """Register suppliers, some at once, in the order of their numbers."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda index: enter_supplier(doors, operator, index), range(count)))
