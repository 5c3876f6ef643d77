"""What the agency must know of each subcontractor before it finds a claim right."""

from datetime import date
from fractions import Fraction

from django.db.models import Sum

from jangteo.ground.errors import Refusal
from jangteo.records.account.queries import Actor
from jangteo.rules.payment.direct import Direct, direct_payment
from jangteo.stages.contract.queries import ContractRow, contract, payable, subcontracts
from jangteo.stages.opening.queries import result
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries.reading import OFFICERS, STANDING
from jangteo.stages.payment.queries.rows import BranchRow


def branches_of(actor: Actor, number: str) -> tuple[BranchRow, ...]:
    """Each payable subcontract of a claim's contract, for the agency's people; else none.

    number: the claim's. Whether the buyer may pay directly is answered from what the platform
    knows: the contract's share of the reserve price. Late payments, agreements, guarantees and
    requests are papers between people (건설산업기본법 제35조); the officer looks at them.
    """
    found = Claim.objects.filter(number=number, buyer_id=actor.party_id).first()
    if found is None or not actor.roles & OFFICERS:
        return ()
    of = contract(found.contract_number)
    if of.category != "works":
        return ()
    leaves = Leaf.objects.filter(contract_number=of.number, claim__status__in=STANDING)
    won = {
        key: dict(part.values_list("subcontract_id").annotate(won=Sum("amount")))
        for key, part in (("here", leaves.filter(claim=found)), ("all", leaves))
    }
    direct = by_amounts(of.value, _reserve_price(of), of.rule_day)
    reasons = tuple(one.as_json() for one in direct.reasons)
    return tuple(
        BranchRow(
            s.number, s.subcontractor, s.work, s.amount, won["here"].get(s.id, 0),
            won["all"].get(s.id, 0), direct.allowed, reasons,
        )
        for s in subcontracts(of.number)
        if payable(s)
    )  # fmt: skip


def by_amounts(value: int, reserve_price: int | None, on: date) -> Direct:
    """Whether the buyer may pay directly as far as the amounts tell; both in won."""
    rate = Fraction(value * 100, reserve_price) if reserve_price else Fraction(100)
    return direct_payment(
        late_times=0, award_rate_percent=rate, agreement=False, requested=False, guarantee=True,
        insolvent=False, on=on,
    )  # fmt: skip


def _reserve_price(of: ContractRow) -> int | None:
    try:
        return result(of.tender_number).reserve_price
    except Refusal:  # nothing was opened: a contract that was entered by hand
        return None
