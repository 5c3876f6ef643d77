"""What comes next for the money of a contract, for whoever reads it: who acts, and by when."""

from jangteo.ground.errors import N_
from jangteo.stages.payment.models import Claim
from jangteo.stages.payment.queries.reading import claimable
from jangteo.stages.payment.queries.tasks import LAW
from jangteo.ui.shapes import DeskTask

#: state of a claim -> (what comes next, the role that acts)
_NEXT = {
    "filed": (N_("The contract officer checks the claim."), "contract_officer"),
    "approved": (N_("The disbursing officer orders the payment."), "disbursing_officer"),
    "ordered": (N_("The bank pays the payees; their banks confirm it."), "system"),
    "returned": (N_("The supplier corrects the returned claim."), "representative"),
}


def ahead(number: str) -> DeskTask | None:
    """The next step of a contract's open claim that is due soonest, else of what can be claimed.

    None if nothing is claimed or accepted that is not paid. `who` is the role that acts.
    """
    claims = Claim.objects.filter(contract_number=number, status__in=_NEXT)
    claim = claims.order_by("due", "number").first()
    if claim is not None:
        said, who = _NEXT[claim.status]
        due = None if claim.status == "returned" else claim.due
        return DeskTask(said, {}, f"/claims/{claim.number}", due, LAW, "waiting", who)
    left = claimable(number).left
    if left <= 0:
        return None
    said, page = N_("The supplier claims the {left} won accepted."), f"/contracts/{number}/claims"
    return DeskTask(said, {"left": left}, page, None, LAW, "waiting", "representative")
