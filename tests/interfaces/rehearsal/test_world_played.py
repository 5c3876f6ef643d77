"""The small practice world, played for real through the doors of a running system."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

import psycopg
import pytest

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import sandbox
from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import Agency, Supplier
from jangteo.interfaces.rehearsal.stack import Stack
from jangteo.interfaces.rehearsal.street import contracting, delivering, paying
from jangteo.interfaces.rehearsal.tokens import operator_of
from jangteo.interfaces.rehearsal.world import cast, load


@dataclass(frozen=True, slots=True)
class Played:
    """The system, when its world arrived at the present, and the personas in it."""

    stack: Stack
    doors: Doors
    present: datetime
    operator: Person
    agency: Agency
    builder: Supplier
    hired: Supplier

    def contract(self) -> dict[str, Any]:
        """The only contract there is."""
        (number,) = self.agency.contract.get("/contracts")
        return contracting.state(self.agency.contract, number)

    def claims(self) -> list[dict[str, Any]]:
        """Its claims as the claimant sees them, oldest first."""
        found = self.builder.agent.get(f"/contracts/{self.contract()['number']}/claims")
        return list(found)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    present = datetime.now(KST)  # noqa: TID251 - the practice world arrives at it
    folder = tmp_path_factory.mktemp("world")
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    with (
        Stack(folder, start=present - load.BEFORE) as stack,
        Doors(stack.site_url, stack.intake_url) as doors,
    ):
        operator = doors.as_(operator_of(stack.var))
        agencies, suppliers = load.load(
            doors, operator, partial(sandbox.advance, stack.database_url), present, size="small",
            say=lambda line: None,
        )  # fmt: skip
        yield Played(stack, doors, present, operator, agencies[0], suppliers[0], suppliers[1])


def test_the_contract_of_the_personas_is_in_force_with_a_subcontract(played: Played) -> None:
    found = played.contract()
    assert found["status"] == "active"
    assert found["supplier_identifier"] == played.builder.identifier
    (hired,) = found["subcontracts"]
    assert (hired["status"], hired["subcontractor"]) == ("acknowledged", played.hired.name)
    assert [one["side"] for one in found["signatures"]] == ["supplier", "buyer"]
    assert date.fromisoformat(found["starts"]) < played.present.date()
    assert date.fromisoformat(found["ends"]) > played.present.date()


def test_part_of_the_works_is_accepted_and_the_rest_is_notified(played: Played) -> None:
    found = delivering.state(played.agency.inspector, played.contract()["number"])
    assert found["status"] == "under_way"
    states = [(one["kind"], one["status"]) for one in found["inspections"]]
    assert states == [("progress", "accepted")] * 3 + [("completion", "requested")]
    assert found["accepted"] == sum(one["amount"] for one in found["inspections"][:3])
    assert found["accepted"] + found["inspections"][3]["amount"] == found["contracted"]
    assert not found["inspections"][3]["late"]


def test_one_claim_is_paid_to_the_last_payee_one_approved_one_filed(played: Played) -> None:
    found = played.claims()
    assert [one["status"] for one in found] == ["paid", "approved", "filed"]
    paid, approved, filed = found
    assert {leaf["status"] for leaf in paid["leaves"]} == {"credited"}
    assert {leaf["status"] for leaf in [*approved["leaves"], *filed["leaves"]]} == {"waiting"}
    kinds = {leaf["kind"] for leaf in paid["leaves"]}
    assert kinds == {"prime", "subcontractor", "worker", "equipment", "material"}
    assert paid["paid_at"] < approved["filed_at"]
    assert not any(one["late"] for one in found)
    sums = paying.trail(played.doors, played.contract()["number"])["sums"]
    assert sums["claimed"] == sums["accepted"] == sum(one["amount"] for one in found)
    assert sums["credited"] == paid["amount"]


def test_a_worker_has_said_that_the_money_is_there(played: Played) -> None:
    leaf = next(one for one in played.claims()[0]["leaves"] if one["words"])
    assert (leaf["kind"], [one["said"] for one in leaf["words"]]) == ("worker", ["received"])
    token = leaf["link"].rpartition("/")[2]
    page = played.doors.as_().get(f"/payees/{token}")
    assert (page["amount"], page["status"]) == (leaf["amount"], "credited")


def test_nothing_lies_ahead_of_the_clock_or_before_the_world_began(played: Played) -> None:
    with psycopg.connect(played.stack.database_url) as connection:
        row = connection.execute(
            "select min(at), max(at), jangteo_now() from jangteo_journal_entry"
        ).fetchone()
    assert row is not None
    first, last, now = row
    assert played.present - load.BEFORE <= first
    assert last <= now
    assert now >= played.present


def test_of_two_applicants_one_waits_for_the_operator_and_one_is_sent_back(played: Played) -> None:
    def names_of(status: str) -> list[str]:
        return [one["name"] for one in played.operator.get("/registrations", status=status)]

    assert (names_of("submitted"), names_of("returned")) == ([], [])
    cast.applicants(played.doors, played.operator)
    assert names_of("submitted") == ["주식회사 참빛전기"]
    assert names_of("returned") == ["주식회사 새길방수"]
    assert len(names_of("active")) == 2 + 40
