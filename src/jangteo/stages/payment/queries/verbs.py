"""What a reader may do with a claim now."""

from jangteo.records.account.queries import Actor, may
from jangteo.stages.payment.models import Claim

_PEOPLE = ("send_back", "file_again", "withdraw_claim", "approve", "order", "order_again")


def verbs_of(actor: Actor, claim: Claim) -> frozenset[str]:
    """The verbs that this person's buttons show; each action checks again."""
    table = claim.state_table
    found = {
        verb
        for verb in _PEOPLE
        if claim.status in table.transition(verb).source and may(actor, verb, claim)
    }
    if claim.approved_by == actor.account_id:
        found -= {"order", "order_again"}
    if not claim.finding:
        found.discard("order_again")
    claimant = claim.status == "ordered" and may(actor, "file_again", claim)
    if claimant and claim.leaves.filter(status="bounced").exists():
        found.add("correct_account")
    return frozenset(found)
