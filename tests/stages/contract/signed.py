"""A contract on an award that was made through the award's own verbs, and everybody's keys."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from jangteo.records.account.actions import enrol_signing_key
from jangteo.records.exchange.models import Exchange
from jangteo.records.party.models import Party
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.stages.contract import actions, queries
from jangteo.stages.contract.models import Contract, Subcontract
from tests.stages.award.opened import AT, FULL, Opened, chairs, opened

STARTS, ENDS = date(2026, 12, 1), date(2027, 3, 31)
TERMS: dict[str, Any] = {"starts": STARTS, "ends": ENDS, "budget_line": "401-01"}
VALUE = 97_908_840
NEEDED = 9_790_884
BOND: dict[str, Any] = {
    "kind": "bond", "amount": NEEDED, "issuer": "건설공제조합", "paper": "B-1", "until": ENDS,
}  # fmt: skip


@dataclass(slots=True)
class Signed:
    """here: the tender's people; head0 signs for the supplier, officer for the agency."""

    here: Opened
    number: str = ""
    keys: dict[str, EllipticCurvePrivateKey] = field(default_factory=dict)

    def do(self, verb: str, who: str, **given: Any) -> Any:
        at = given.pop("at", AT)
        number = given.pop("number", self.number)
        return getattr(actions, verb)(by=self.here.who(who), at=at, number=number, **given)

    def row(self) -> queries.ContractRow:
        return queries.contract(self.number)

    def page(self, who: str) -> queries.ContractPage:
        return queries.contract_for(self.here.who(who), self.number)

    def key(self, who: str) -> EllipticCurvePrivateKey:
        """The enrolled key of a person."""
        if who not in self.keys:
            self.keys[who] = seal.fresh_signing_key()
            account = self.here.people[who][0]
            public = seal.public_of(self.keys[who])
            enrol_signing_key(at=AT, account_id=account.pk, public_key=public)
        return self.keys[who]

    def signature(self, who: str, text: str = "") -> dict[str, str]:
        """What a person's browser sends: a signature over the text that waits for it."""
        offered = self.page(who).offered
        said = text or (offered.statement if offered else "")
        made = seal.sign(self.key(who), said.encode())
        return {"signer_key": seal.public_of(self.key(who)), "signature": b64u(made)}

    def sign(self, verb: str, who: str) -> Any:
        return self.do(verb, who, **self.signature(who))

    def offer(self, **terms: Any) -> None:
        self.do("revise", "officer", changes=TERMS | terms)
        self.do("offer", "officer")

    def conclude(self) -> None:
        """From the draft to a contract in force."""
        self.offer()
        self.sign("agree", "head0")
        self.do("record_security", "officer", **BOND)
        self.sign("conclude", "officer")

    def amend(self, value: int = VALUE, ends: date = ENDS) -> None:
        self.do("propose_amendment", "officer", value=value, ends=ends, reason="물량 변경")
        self.sign("agree_amendment", "head0")
        needed = self.page("officer").security
        if not needed.enough:
            self.do("record_security", "officer",
                    **BOND | {"amount": needed.required, "until": needed.until})  # fmt: skip
        self.sign("conclude_amendment", "officer")

    def hire(self, amount: int, n: int = 1, **changed: Any) -> Subcontract:
        """Bidder number n is hired for a part of the works."""
        given = {
            "subcontractor": self.here.identifier(n), "work": "방수", "amount": amount,
            "starts": STARTS, "ends": ENDS, "signed_on": AT.date(),
        }  # fmt: skip
        made: Subcontract = self.do("register_subcontract", "head0", **(given | changed))
        return made

    def told(self) -> list[tuple[str, int, str]]:
        """(kind, amount, key) of what the budget system was told of this contract."""
        rows = Exchange.objects.filter(about=f"contract:{self.number}").order_by("created_at", "id")
        return [(row.body["kind"], row.body["amount"], row.key) for row in rows]

    @property
    def supplier(self) -> Party:
        return self.here.people["head0"][1]

    def state(self) -> str:
        return str(Contract.objects.get(number=self.number).status)


def awarded(**terms: Any) -> Signed:
    """An award in force without a contract."""
    here = opened(**terms)
    here.awarded()
    here.add("second", "contract_officer", here.buyer)
    here.add("payer", "disbursing_officer", here.buyer)
    return Signed(here)


def drafted(**terms: Any) -> Signed:
    """A contract in preparation."""
    made = awarded(**terms)
    made.number = made.do("draft", "officer", number=made.here.number).number
    return made


def active(**terms: Any) -> Signed:
    """A contract in force."""
    made = drafted(**terms)
    made.conclude()
    return made


def small(**terms: Any) -> Signed:
    """A quotation's contract in preparation: its security may be waived."""
    here = chairs(**terms)
    here.call()
    here.do("pass_review", "officer", scores={})
    here.do("propose", "officer")
    here.do("confirm", "approver")
    made = Signed(here)
    made.number = made.do("draft", "officer", number=here.number).number
    return made


__all__ = ["FULL", "Signed", "active", "awarded", "drafted", "small"]
