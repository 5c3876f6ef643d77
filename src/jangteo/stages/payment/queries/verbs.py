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
    if claim.status == "ordered":
        found |= _at_leaves(actor, claim)
    return frozenset(found)


def _at_leaves(actor: Actor, claim: Claim) -> set[str]:
    """What the agency's people may do with single payees of an ordered claim."""
    found = set()
    for leaf in claim.leaves.filter(status__in=("bounced", "unknown")):
        if leaf.status == "bounced" and leaf.proposed and may(actor, "confirm_payee", leaf):
            found.add("confirm_payee")
        settles = may(actor, "settle", leaf) and claim.approved_by != actor.account_id
        if leaf.status == "unknown" and leaf.finding and settles:
            found.add("settle")
    return found
