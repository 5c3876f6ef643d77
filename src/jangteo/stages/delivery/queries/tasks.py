"""What a delivery asks of whom, and the inspections that an agency has to hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.stages.delivery.queries.clocks import end_of
from jangteo.stages.delivery.queries.reading import deliveries_of
from jangteo.stages.delivery.queries.rows import DeliveryRow, InspectionRow
from jangteo.ui.shapes import DeskTask

START = "국가계약법 제11조, 지방계약법 제14조"
LAW = "국가계약법 시행령 제55조, 지방계약법 시행령 제64조"
_PEOPLE = frozenset({"contract_officer", "inspector"})


def inspections_of(actor: Actor, *, at: datetime) -> list[tuple[DeliveryRow, InspectionRow]]:
    """The open inspections of the actor's agency or company, the soonest due first.

    Those that wait for the supplier to mend come after, by the day that the inspector named.
    """
    rows = [(row, row.current) for row in deliveries_of(actor, at=at)]
    found = [(row, current) for row, current in rows if current is not None]
    return sorted(found, key=lambda one: (one[1].status != "requested", one[1].until))


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """What waits for this person, and what waits for a colleague or the other side."""
    if actor.party_kind == "agency" and actor.roles & _PEOPLE:
        return [task for row in deliveries_of(actor, at=at) for task in _agency(actor, row)]
    if actor.party_kind == "supplier" and "representative" in actor.roles:
        return [task for row in deliveries_of(actor, at=at) for task in _supplier(row)]
    return []


def _task(
    row: DeliveryRow, title: str, due: datetime | None, *, who: str = "", law: str = LAW,
    **params: Any,
) -> DeskTask:  # fmt: skip
    state = "waiting" if who else "todo"
    said = {"title": row.title, **params}
    return DeskTask(title, said, f"/contracts/{row.number}/delivery", due, law, state, who)


def _agency(actor: Actor, row: DeliveryRow) -> Iterator[DeskTask]:
    current = row.current
    if current is None:
        if row.status == "awaiting_start" and "contract_officer" in actor.roles:
            due = end_of(row.starts) if row.starts else None
            said = N_("“{title}”: the supplier begins the works")
            yield _task(row, said, due, who="representative", law=START)
        return
    if current.status == "requested":
        mine = "accept" in row.verbs or "order_correction" in row.verbs
        said = N_("Inspect {amount} won of “{title}”")
        who = "" if mine else "inspector"
        yield _task(row, said, current.until, who=who, amount=current.amount)
        return
    said = N_("“{title}”: the supplier mends what was found")
    yield _task(row, said, current.until, who="representative")


def _supplier(row: DeliveryRow) -> Iterator[DeskTask]:
    current = row.current
    if current is not None and current.status == "correcting":
        yield _task(row, N_("Mend what was found at “{title}” and notify it"), current.until)
    elif current is not None:
        said = N_("“{title}”: the agency inspects {amount} won")
        yield _task(row, said, current.until, who="inspector", amount=current.amount)
    elif row.status == "awaiting_start":
        due = end_of(row.starts) if row.starts else None
        yield _task(row, N_("Begin the works of “{title}” and say so"), due, law=START)
    elif row.status == "under_way":
        due = end_of(row.ends) if row.ends else None
        yield _task(row, N_("Notify what is done of “{title}”"), due)
