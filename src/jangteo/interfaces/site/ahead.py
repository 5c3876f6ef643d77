"""What comes next for a contract in force, as its page says it to each reader.

The page is the contract's own; what follows is known to later stages, so the shell tells it.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from jangteo.records.account.queries import Actor
from jangteo.stages.contract.queries import ContractRow, contract, is_party
from jangteo.stages.delivery import queries as delivery
from jangteo.stages.payment import queries as payment
from jangteo.ui.shapes import DeskTask

_PAGE = re.compile(r"/contracts/([^/]+)")


@dataclass(frozen=True, slots=True)
class Ahead:
    """A next step; mine: whether this reader is the one who takes it."""

    task: DeskTask
    mine: bool


def ahead(path: str, actor: Actor, at: datetime) -> list[Ahead]:
    """The next steps of the contract whose page this is: works first, then the money."""
    found = _PAGE.fullmatch(path)
    if found is None or found[1] == "new":
        return []
    row = contract(found[1])
    if not row.stands:
        return []
    tasks = (delivery.ahead(row.number, at=at), payment.ahead(row.number))
    return [_for(actor, row, task) for task in tasks if task is not None]


def _for(actor: Actor, row: ContractRow, task: DeskTask) -> Ahead:
    """Whoever has no part in the contract is led to the public trail of its money."""
    side = row.supplier_id if task.who == "representative" else row.buyer_id
    mine = actor.party_id == side and task.who in actor.roles
    if is_party(actor, row):
        return Ahead(task, mine)
    return Ahead(replace(task, url=f"/contracts/{row.number}/trail"), mine=False)
