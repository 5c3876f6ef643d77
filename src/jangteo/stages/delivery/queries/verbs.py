"""What a reader may do with a delivery now."""

from jangteo.records.account.queries import Actor, may
from jangteo.stages.delivery.models import Delivery, Inspection
from jangteo.stages.delivery.queries.rows import InspectionRow

_ON_INSPECTION = ("order_correction", "accept", "request_again", "withdraw_request")


def verbs_of(actor: Actor, found: Delivery, current: InspectionRow | None) -> frozenset[str]:
    """The verbs that this person's buttons show; each action checks again."""
    verbs = set()
    if found.status == "awaiting_start" and may(actor, "start", found):
        verbs.add("start")
    if current is None:
        supplier = actor.party_id == found.supplier_id and may(actor, "request", Inspection)
        if supplier and found.status in ("under_way", "stopped"):
            verbs.add("request")
        return frozenset(verbs)
    thing = Inspection(
        status=current.status, buyer_id=found.buyer_id, supplier_id=found.supplier_id
    )
    table = thing.state_table
    for verb in _ON_INSPECTION:
        if current.status in table.transition(verb).source and may(actor, verb, thing):
            verbs.add(verb)
    if found.status == "stopped" and current.kind == "completion":
        verbs.discard("accept")
    return frozenset(verbs)
