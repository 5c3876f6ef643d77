"""What comes next in a delivery, for whoever reads the contract: who acts, and by when."""

from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.stages.contract.queries import contract
from jangteo.stages.delivery.queries.clocks import end_of
from jangteo.stages.delivery.queries.reading import delivery_rows
from jangteo.stages.delivery.queries.tasks import LAW, START
from jangteo.ui.shapes import DeskTask


def ahead(number: str, *, at: datetime) -> DeskTask | None:
    """The next step of a contract's delivery; None once it is accepted or has stopped.

    `who` is the role that acts, whoever reads.
    """
    (row,) = delivery_rows([contract(number)], actor=Actor.anyone(), at=at)
    page, current = f"/contracts/{number}/delivery", row.current
    if current is not None and current.status == "requested":
        said = N_("The inspector inspects what the supplier has notified.")
        return DeskTask(said, {}, page, current.until, LAW, "waiting", "inspector")
    if current is not None:
        said = N_("The supplier mends what the inspector found.")
        return DeskTask(said, {}, page, current.until, LAW, "waiting", "representative")
    if row.status == "awaiting_start":
        due = end_of(row.starts) if row.starts else None
        said = N_("The supplier begins and says so.")
        return DeskTask(said, {}, page, due, START, "waiting", "representative")
    if row.status == "under_way":
        due = end_of(row.ends) if row.ends else None
        said = N_("The supplier notifies what is done; {left} won are not accepted yet.")
        return DeskTask(said, {"left": row.left}, page, due, LAW, "waiting", "representative")
    return None
