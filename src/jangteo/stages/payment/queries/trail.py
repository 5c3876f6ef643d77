"""One amount from the notice to the last payee: each step as the journal has it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Sum

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import Fact, history
from jangteo.records.party.queries import names
from jangteo.stages.contract.queries import ContractRow, contract
from jangteo.stages.delivery.queries import accepted_total
from jangteo.stages.opening.queries import result
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries.links import masked_name
from jangteo.stages.payment.queries.reading import STANDING, is_side
from jangteo.stages.payment.queries.rows import Sums, TrailStep
from jangteo.stages.tender.queries import notice

#: fact -> (step, page); the page is filled with the tender's, contract's or claim's number
_STEPS = {
    "tender.publish": (N_("Notice published with the base amount"), "/tenders/{tender}"),
    "opening.publish": (N_("Bids opened; the first rank's price"), "/tenders/{tender}/result"),
    "award.confirm": (N_("Awarded by two people"), "/tenders/{tender}/award"),
    "contract.conclude": (N_("Contract signed by both sides"), "/contracts/{contract}"),
    "contract.amend": (N_("Contract amended"), "/contracts/{contract}"),
    "inspection.accept": (N_("Works accepted"), "/contracts/{contract}/delivery"),
    "claim.file": (N_("Payment claimed"), "/claims/{claim}"),
    "claim.send_back": (N_("Claim returned"), "/claims/{claim}"),
    "claim.file_again": (N_("Payment claimed again"), "/claims/{claim}"),
    "claim.withdraw_claim": (N_("Claim withdrawn"), "/claims/{claim}"),
    "claim.approve": (N_("Claim checked"), "/claims/{claim}"),
    "claim.order": (N_("Payment ordered by a second person"), "/claims/{claim}"),
    "claim.refuse_order": (N_("Budget system refused the order"), "/claims/{claim}"),
    "claim.order_again": (N_("Payment ordered again"), "/claims/{claim}"),
    "claim.release": (N_("Budget system paid the money out"), "/claims/{claim}"),
    "leaf.instruct": (N_("Bank told to pay a payee"), "/claims/{claim}"),
    "leaf.lose": (N_("Bank's answer lost; it is being asked"), "/claims/{claim}"),
    "leaf.doubt": (N_("Bank confirmed another amount"), "/claims/{claim}"),
    "leaf.bounce": (N_("Payee's bank sent the money back"), "/claims/{claim}"),
    "leaf.correct_account": (N_("Account corrected"), "/claims/{claim}"),
    "leaf.correct_payee": (N_("Payee corrected; the agency has to confirm it"), "/claims/{claim}"),
    "leaf.confirm_payee": (N_("Corrected payee confirmed by the agency"), "/claims/{claim}"),
    "leaf.settle": (N_("Bank asked; doubt settled by the agency"), "/claims/{claim}"),
    "leaf.credit": (N_("Payee's bank confirmed the money"), "/claims/{claim}"),
    "leaf.say": (N_("Payee answered"), "/claims/{claim}"),
    "claim.pay": (N_("Claim paid in full"), "/claims/{claim}"),
    "contract.complete": (N_("Contract completed"), "/contracts/{contract}"),
    "contract.terminate": (N_("Contract terminated"), "/contracts/{contract}"),
}
#: what the budget system's answer about the contract itself is called
_COMMITTED = (N_("Budget system bound the money"), "/contracts/{contract}")


def trail(contract_number: str, *, actor: Actor | None = None) -> tuple[TrailStep, ...]:
    """Every step of a contract's money in the order of the journal, each with its amount.

    Public for a contract that is or was in force: persons' names are masked for all but the two
    sides. Refusal `contract.unknown` (404).
    """
    of = contract(contract_number)
    if not of.stands:
        contract("")
    inside = actor is not None and is_side(actor, of.buyer_id, of.supplier_id)
    return _Way(of, inside).steps()


def sums(contract_number: str) -> Sums:
    """Where a contract's amount stands now; public as the trail is."""
    of = contract(contract_number)
    claims = Claim.objects.filter(contract_number=of.number, status__in=STANDING)
    ordered = claims.filter(status__in=("ordered", "paid"))
    credited = Leaf.objects.filter(contract_number=of.number, status="credited")
    won = [found.aggregate(won=Sum("amount"))["won"] or 0 for found in (claims, ordered, credited)]
    return Sums(of.value, accepted_total(of.number), *won)


class _Way:
    """The facts of one contract's money, with what is needed to name them."""

    def __init__(self, of: ContractRow, inside: bool) -> None:
        self.of, self.inside = of, inside
        claims = Claim.objects.filter(contract_number=of.number)
        self.claims = {claim.subject: claim for claim in claims}
        leaves = Leaf.objects.filter(contract_number=of.number)
        self.leaves = {(leaf.claim_number, leaf.position): leaf for leaf in leaves}
        self.facts = [f for f in history(tender=of.tender_number) if self._ours(f)]
        known = {f.party_id for f in self.facts if f.party_id}
        self.names: Mapping[uuid.UUID, str] = names(known)
        self.first = self._first_price()

    def _ours(self, fact: Fact) -> bool:
        if fact.kind == "exchange.finish":
            return fact.payload.get("question") == "BudgetCommitment" and self._here(fact)
        if fact.kind not in _STEPS:
            return False
        return not fact.kind.startswith(("contract.", "inspection.")) or self._here(fact)

    def _here(self, fact: Fact) -> bool:
        return fact.subject == f"contract:{self.of.number}"

    def _first_price(self) -> int | None:
        if not any(fact.kind == "opening.publish" for fact in self.facts):
            return None
        found = result(self.of.tender_number)
        return found.ranked[0].amount if found and found.ranked else None

    def steps(self) -> tuple[TrailStep, ...]:
        """The steps, oldest first; what one moment brought stands in the order of the way."""
        order = {kind: place for place, kind in enumerate(_STEPS)}
        told = order["contract.amend"]

        def key(fact: Fact) -> tuple[datetime, int, int]:
            return fact.at, order.get(fact.kind, told), fact.payload.get("position", 0)

        return tuple(self._step(fact) for fact in sorted(self.facts, key=key))

    def _step(self, fact: Fact) -> TrailStep:
        text, page = _STEPS.get(fact.kind, _COMMITTED)
        claim = fact.subject.rpartition(":")[2]
        where = {"tender": self.of.tender_number, "contract": self.of.number, "claim": claim}
        if not self.inside and page.startswith("/claims/"):
            page = "/contracts/{contract}/trail"
        if not self.inside and page.endswith("/delivery"):
            page = "/contracts/{contract}"
        return TrailStep(
            step=text, amount=self._amount(fact), at=fact.at, who=self._who(fact),
            article=fact.law, page=page.format(**where), fact=fact.id, kind=fact.kind,
            payee=self._payee(fact), place=fact.place,
        )  # fmt: skip

    def _amount(self, fact: Fact) -> int | None:
        if fact.kind == "tender.publish":
            return notice(self.of.tender_number).base_amount
        if fact.kind == "opening.publish":
            return self.first
        if fact.subject in self.claims and "amount" not in fact.payload:
            return self.claims[fact.subject].amount
        if fact.kind == "exchange.finish":
            found = fact.payload.get("answer", {}).get("amount")
            return found if isinstance(found, int) else self.of.value
        return _won(fact.payload)

    def _who(self, fact: Fact) -> str:
        if fact.kind in ("exchange.finish", "claim.release", "claim.refuse_order"):
            return N_("Budget system")
        if fact.kind in ("leaf.credit", "leaf.bounce", "leaf.doubt", "leaf.lose"):
            return N_("Bank")
        if fact.kind == "leaf.say":
            return N_("Payee")
        if fact.party_id is None:
            return N_("The platform")
        said = self.names.get(fact.party_id, "")
        return f"{said} {fact.actor_name}".strip() if self.inside else said

    def _payee(self, fact: Fact) -> str:
        leaf = self.leaves.get((fact.subject.rpartition(":")[2], fact.payload.get("position", 0)))
        if leaf is None or not fact.kind.startswith("leaf."):
            return ""
        open_name = self.inside or leaf.payee_party_id is not None
        return leaf.payee_name if open_name else masked_name(leaf.payee_name)


def _won(payload: Mapping[str, Any]) -> int | None:
    found = payload.get("amount", payload.get("value"))
    return found if isinstance(found, int) else None
