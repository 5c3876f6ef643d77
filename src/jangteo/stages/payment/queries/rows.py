"""The frozen rows that screens, machines and the site see of claims and their leaves."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.stages.payment.states import BANKS, BY_HAND, KINDS, LEAF, PAYEES, TABLE, WORDS

OPEN = ("filed", "returned", "approved", "ordered")
#: when claims are due -> what a list calls it
GROUPS = {
    "late": N_("Past due"),
    "today": N_("Due today"),
    "tomorrow": N_("Due tomorrow"),
    "later": N_("Due later"),
    "elsewhere": N_("Paid out by the agency; a payee's account is being corrected"),
}


@dataclass(frozen=True, slots=True)
class LeafGiven:
    """One payee as it is claimed. kind: a key of states.PAYEES; amount: whole won.

    subcontract: number of the branch it hangs on, "" for the contractor's own; payee_name: for
    the contractor and a subcontractor the registered name is taken instead.
    """

    kind: str
    payee_name: str
    bank: str
    account: str
    amount: int
    subcontract: str = ""


@dataclass(frozen=True, slots=True)
class PayeeGiven:
    """A payee named by hand as the claimant corrects it: name, bank and account."""

    payee_name: str
    bank: str
    account: str


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A corrected payee that waits for the agency; account masked as the leaf's own is."""

    id: str
    payee_name: str
    bank: str
    account: str
    reason: str

    @property
    def bank_name(self) -> str:
        """The bank's name as a msgid."""
        return BANKS.get(self.bank, self.bank)


@dataclass(frozen=True, slots=True)
class WordRow:
    """What a payee said of the money: a key of states.WORDS; amount in won where it differs."""

    said: str
    amount: int | None
    at: datetime

    @property
    def text(self) -> str:
        """What was said, as a msgid."""
        return WORDS[self.said]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the money now: a msgid with its params; own: the payee's own words, or ""."""

    text: str
    params: Mapping[str, Any]
    own: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafRow:
    """One payee as one reader sees it; account and name masked for those they do not concern.

    due: when the law wants the money there; reason: why then; late: not there in time.
    link: path of the payee's own page, "" for those who may not hand it on.
    """

    id: uuid.UUID
    claim_number: str
    contract_number: str
    position: int
    kind: str
    payee_name: str
    payee_id: uuid.UUID | None
    subcontract: str
    work: str
    bank: str
    account: str
    amount: int
    status: str
    attempt: int
    instructed_at: datetime | None
    credited_at: datetime | None
    bank_reference: str
    finding: str
    due: datetime
    reason: Mapping[str, Any]
    late: bool
    holder: Holder
    words: tuple[WordRow, ...]
    link: str = ""
    proposed: ProposedRow | None = None

    @property
    def by_hand(self) -> bool:
        """Whether the payee's name was typed by hand, not taken from the register."""
        return self.kind in BY_HAND

    @property
    def to_correct(self) -> bool:
        """Whether the money came back and nobody has yet said where it goes instead."""
        return self.status == "bounced" and self.proposed is None

    @property
    def in_doubt(self) -> bool:
        """Whether the bank confirmed another amount, and people have to settle it."""
        return self.status == "unknown" and bool(self.finding)

    @property
    def reasons(self) -> tuple[Mapping[str, Any], ...]:
        """The steps behind `due`."""
        return (self.reason,)

    @property
    def kind_text(self) -> str:
        """The kind of payee as a msgid."""
        return PAYEES[self.kind]

    @property
    def bank_name(self) -> str:
        """The bank's name as a msgid."""
        return BANKS.get(self.bank, self.bank)

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return LEAF.states[self.status]

    @property
    def word(self) -> WordRow | None:
        """The last that the payee said, or None."""
        return self.words[-1] if self.words else None

    @property
    def disputed(self) -> bool:
        """Whether the payee last said that the money is not there, or another amount."""
        return self.word is not None and self.word.said != "received"


@dataclass(frozen=True, slots=True)
class InterestRow:
    """Interest owed for days late: an amount of its own, not part of the claim.

    days: of the part that came last; reasons: one for each day on which money came late.
    """

    amount: int
    days: int
    reasons: tuple[Mapping[str, Any], ...]
    so_far: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim. amount: won including VAT; due: the end of the last day by law, exclusive.

    whole: whether the reader sees all leaves, or only the branch that is its own; branch: won of
    the leaves shown. verbs: what the reader may do now. late: not paid in time.
    """

    id: uuid.UUID
    number: str
    contract_number: str
    tender_number: str
    title: str
    regime: str
    rule_day: date
    buyer_id: uuid.UUID
    buyer: str
    supplier_id: uuid.UUID
    supplier: str
    status: str
    kind: str
    amount: int
    filed_at: datetime
    due: datetime
    due_reason: Mapping[str, Any]
    note: str
    finding: str
    orders: int
    approved_by: uuid.UUID | None
    approved_at: datetime | None
    ordered_at: datetime | None
    released_at: datetime | None
    paid_at: datetime | None
    late: bool
    interest: InterestRow | None
    whole: bool
    leaves: tuple[LeafRow, ...] = ()
    verbs: frozenset[str] = frozenset()

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return TABLE.states[self.status]

    @property
    def reasons(self) -> tuple[Mapping[str, Any], ...]:
        """The steps behind `due`."""
        return (self.due_reason,)

    @property
    def kind_text(self) -> str:
        """The kind as a msgid."""
        return KINDS[self.kind]

    @property
    def to_correct(self) -> bool:
        """Whether money of some payee came back and nobody has said where it goes instead."""
        return any(leaf.to_correct for leaf in self.leaves)

    @property
    def open(self) -> bool:
        """Whether it still goes its way."""
        return self.status in OPEN

    @property
    def mine(self) -> bool:
        """Whether its next step is the reader's."""
        return bool(self.verbs - {"send_back", "withdraw_claim"})

    @property
    def bounced(self) -> bool:
        """Whether a payee's bank has sent money back."""
        return any(leaf.status == "bounced" for leaf in self.leaves)

    @property
    def branch(self) -> int:
        """Won of the leaves shown."""
        return sum(leaf.amount for leaf in self.leaves)

    @property
    def credited(self) -> int:
        """Won of the leaves shown that have reached their payees."""
        return sum(leaf.amount for leaf in self.leaves if leaf.status == "credited")


_CLAIMED = N_(
    "Claimed: {claimed:,} won, every claim that was not returned or withdrawn; never more than "
    "accepted."
)
_ACCEPTED = N_("Accepted: {accepted:,} won, the sum of all inspections that passed.")
#: what an amount is the sum of -> its article
_CLAIMABLE = {
    _ACCEPTED: "국가계약법 제14조, 지방계약법 제17조",
    _CLAIMED: "국가계약법 제15조, 지방계약법 제18조",
    N_("{accepted:,} won − {claimed:,} won = {left:,} won can be claimed."):
        "국가계약법 시행령 제58조, 지방계약법 시행령 제67조",
}  # fmt: skip
_SUMS = {
    N_("Contracted: {contracted:,} won, the value of the text in force."):
        "국가계약법 제11조, 지방계약법 제14조",
    _ACCEPTED: "국가계약법 제14조, 지방계약법 제17조",
    _CLAIMED: "국가계약법 제15조, 지방계약법 제18조",
    N_("Ordered: {ordered:,} won, the claims whose payment was ordered."):
        "국가계약법 시행령 제58조, 지방계약법 시행령 제67조",
    N_("With the payees: {credited:,} won, what their own banks have confirmed."):
        "전자조달법 제9조의2",
}  # fmt: skip


def _steps(texts: Mapping[str, str], **won: int) -> tuple[Reason, ...]:
    return tuple(Reason("payment.sum", text, won, law) for text, law in texts.items())


@dataclass(frozen=True, slots=True)
class Claimable:
    """What can be claimed for a contract: all in won; completes: it would be the final payment."""

    contract_number: str
    title: str
    accepted: int
    claimed: int
    completes: bool

    @property
    def left(self) -> int:
        """Won accepted and not yet claimed."""
        return self.accepted - self.claimed

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The steps behind the three amounts."""
        return _steps(_CLAIMABLE, accepted=self.accepted, claimed=self.claimed, left=self.left)


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Claims that are due at the same time: code a key of GROUPS."""

    code: str
    claims: tuple[ClaimRow, ...]

    @property
    def label(self) -> str:
        """The group as a msgid."""
        return GROUPS[self.code]

    @property
    def total(self) -> int:
        """Won of all of them."""
        return sum(claim.amount for claim in self.claims)


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A subcontract as a claim touches it, in won: its amount, in this claim, in all claims.

    allowed: whether the buyer may pay directly as far as amounts tell; reasons: why.
    """

    number: str
    subcontractor: str
    work: str
    amount: int
    here: int
    claimed: int
    allowed: bool
    reasons: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One step of an amount's way. step: a msgid; who: an organisation or system, as a text.

    payee: of a leaf, masked for the public; fact: id in the journal; place: in the public log.
    """

    step: str
    amount: int | None
    at: datetime
    who: str
    article: str
    page: str
    fact: uuid.UUID
    kind: str
    payee: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Where a contract's amount stands, in won: each part lies within the one before it."""

    contracted: int
    accepted: int
    claimed: int
    ordered: int
    credited: int

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The steps behind the five amounts."""
        return _steps(_SUMS, **asdict(self))


@dataclass(frozen=True, slots=True)
class PayeePage:
    """What a payee sees by the link: no account but its end, no other payee."""

    leaf: LeafRow
    works: str
    agency: str
    payer: str
    claim_amount: int
    steps: tuple[tuple[str, str, datetime | None], ...]
