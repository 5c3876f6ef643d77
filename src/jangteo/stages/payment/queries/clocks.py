"""When the law wants the money there, who holds it meanwhile, and what lateness costs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_
from jangteo.rules.deadline.returned import due_after_returns
from jangteo.rules.deadline.steps import Due, due
from jangteo.rules.payment.interest import late_interest
from jangteo.stages.contract.queries import ContractRow
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries.rows import Holder, InterestRow, LeafRow

#: kind of payee -> the clock that runs once the budget system has paid the money out
_CLOCK = {
    "subcontractor": "subcontract_payment",
    "equipment": "subcontract_payment",
    "material": "subcontract_payment",
    "worker": "worker_payment",
}
#: kind of claim -> its clock: a part and the whole have a paragraph each
_CLAIM_CLOCK = {"progress": "progress_payment", "completion": "payment"}


def day_of(at: datetime) -> date:
    """The day of a moment in Korea."""
    return at.astimezone(KST).date()


def last_day(moment: datetime) -> date:
    """The last day of a period that ends at a moment, exclusive."""
    return day_of(moment - timedelta(microseconds=1))


def claim_due(
    contract: ContractRow, kind: str, start: date, pauses: Sequence[tuple[date, date]] = ()
) -> Due:
    """When a claim is due by law; start: the day of the claim, or of the acceptance if later."""
    return due_after_returns(
        _CLAIM_CLOCK[kind], start, pauses, regime=contract.regime, on=contract.rule_day
    )


def leaf_due(claim: Claim, leaf: Leaf, contract: ContractRow) -> tuple[datetime, Mapping[str, Any]]:
    """When a leaf's money must be there, and why.

    Until the budget system has paid the money out the agency's own clock holds; from then on a
    worker's or subcontractor's.
    """
    kind = _CLOCK.get(leaf.kind)
    if claim.released_at is None or kind is None:
        return claim.due, claim.rules["due"]
    found = due(
        kind, day_of(claim.released_at), regime=contract.regime, on=contract.rule_day
    )  # fmt: skip
    return found.moment, found.reason.as_json()


def paid_out(claim: Claim, leaf: Leaf | LeafRow) -> datetime | None:
    """When the agency had paid a leaf: its credit; None while it owes it.

    Money that a payee's bank sent back because of the account was paid when the budget system
    released it: what comes after is the creditor's delay (민법 제400조, 제402조; ADR 0017).
    """
    if leaf.status == "bounced" or leaf.attempt > 1:
        return claim.released_at
    return leaf.credited_at


def is_late(claim: Claim, leaves: Iterable[Leaf | LeafRow], at: datetime | None) -> bool:
    """Whether the agency paid a leaf after the claim's due day, or owes one past it at `at`."""
    if claim.status in ("returned", "withdrawn"):
        return False
    moments = (paid_out(claim, leaf) or at for leaf in leaves)
    return any(moment is not None and moment >= claim.due for moment in moments)


def interest_on(
    claim: Claim, leaves: Iterable[Leaf | LeafRow], regime: str, at: datetime | None
) -> InterestRow | None:
    """Interest owed on what was paid late, or so far on what is late; None if all is in time.

    Each day's unpaid amount counts on its own: what reached its payee in time owes nothing. Law:
    국가계약법 시행령 제59조, 지방계약법 시행령 제68조; the rate is that of the day on which the
    delay began.
    """
    now = at if claim.status in ("filed", "approved", "ordered") else None
    unpaid: dict[date, int] = {}
    for leaf in leaves:
        until = paid_out(claim, leaf) or now
        if until is not None and until >= claim.due:
            unpaid[day_of(until)] = unpaid.get(day_of(until), 0) + leaf.amount
    if not unpaid:
        return None
    last = last_day(claim.due)
    found = [
        late_interest(
            amount=won, due=last, paid=day, regime=regime, on=last + timedelta(days=1)
        )
        for day, won in sorted(unpaid.items())
    ]  # fmt: skip
    return InterestRow(
        sum(one.amount for one in found), max(one.days for one in found),
        tuple(one.reason.as_json() for one in found), claim.paid_at is None,
    )  # fmt: skip


_CLAIM = {
    "filed": N_("{buyer} checks the claim. The money is still with {buyer}."),
    "returned": N_("{supplier} has to correct the claim. The money is still with {buyer}."),
    "approved": N_("{buyer} has checked the claim and orders the payment next."),
    "withdrawn": N_("{supplier} withdrew the claim. The money is still with {buyer}."),
}
_LEAF = {
    "instructed": N_("The bank has been told to pay. The money is on its way."),
    "unknown": N_("The bank has not said for certain that the money is there. It is being asked."),
    "credited": N_("The money is in the payee's account since {at}."),
    "bounced": N_(
        "The payee's bank sent the money back. {supplier} has to correct the account; "
        "until then the paying bank holds the money."
    ),
}
_PROPOSED = N_(
    "{supplier} has corrected the payee, and {buyer} has to confirm it; until then the paying "
    "bank holds the money."
)
#: the same as the payee itself reads it
_OWN = {
    _LEAF["credited"]: N_("The money is in your account since {at}."),
    _LEAF["bounced"]: N_(
        "Your bank sent the money back. {supplier} has to correct your account; until then the "
        "paying bank holds the money."
    ),
    _PROPOSED: N_(
        "{supplier} has corrected your name or account, and {buyer} has to confirm it; until then "
        "the paying bank holds the money."
    ),
}
_DOUBT = N_("The bank confirmed another amount than ordered. {buyer} asks the bank and settles it.")


def holder_of(claim: Claim, leaf: Leaf, names: Mapping[str, str]) -> Holder:
    """Who holds the money of a leaf now; names: {"buyer": …, "supplier": …}."""
    if claim.status in _CLAIM:
        return Holder(_CLAIM[claim.status], names)
    if leaf.status == "bounced" and leaf.proposed:
        return Holder(_PROPOSED, names, _OWN[_PROPOSED])
    if leaf.status == "unknown" and leaf.finding:
        return Holder(_DOUBT, names)
    if leaf.status in _LEAF:
        at = leaf.credited_at.isoformat() if leaf.credited_at else ""
        said = _LEAF[leaf.status]
        return Holder(said, {**names, "at": at}, _OWN.get(said, ""))
    if claim.finding:
        said = N_("The budget system refused the payment order. {buyer} has to act.")
        return Holder(said, names)
    return Holder(N_("{buyer} has ordered the payment; its budget system pays it out."), names)
