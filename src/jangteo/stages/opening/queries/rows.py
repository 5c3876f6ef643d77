"""The frozen rows that screens and machines see of an opening."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jangteo.ground.reason import Reason
from jangteo.stages.opening.states import CUSTODIANS, REFUSALS
from jangteo.stages.tender.states import STANDINGS


@dataclass(frozen=True, slots=True)
class EnvelopeRow:
    """One sealed bid of the closed set: who and when, never what. hash: hex."""

    hash: str
    supplier_id: uuid.UUID
    supplier: str
    identifier: str
    arrival: datetime
    excluded: bool


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """A bid set aside; ground: a msgid; hash: hex."""

    hash: str
    supplier_id: uuid.UUID
    supplier: str
    code: str
    ground: str
    article: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Who signed the request for the keys, in which role."""

    role: str
    account_id: uuid.UUID
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CustodianRow:
    """state: released, refused, asked or waiting (not asked yet); code: why it refused.

    name, why: the custodian and the reason of its code in words, as msgids.
    """

    custodian: str
    state: str
    code: str = ""
    at: datetime | None = None

    @property
    def name(self) -> str:
        return CUSTODIANS[self.custodian]

    @property
    def why(self) -> str:
        return REFUSALS.get(self.code, REFUSALS["other"]) if self.code else ""


@dataclass(frozen=True, slots=True)
class OpeningState:
    """An opening as the agency's people follow it; status "" before it is prepared.

    may: the verbs that this actor may do now, with "sign:<role>" for each signature.
    changed: whether the set of envelopes is no longer the one that was closed.
    needed: how many valid bids the law asks for at least.
    """

    number: str
    title: str
    buyer_id: uuid.UUID
    buyer: str
    regime: str
    procedure: str
    needed: int
    version: int
    scope: str
    status: str
    tender_status: str
    deadline: datetime
    opening_at: datetime
    prepared_at: datetime | None
    closed_at: datetime | None
    root: str
    count: int
    statement: str
    unsettled: int
    changed: bool
    envelopes: tuple[EnvelopeRow, ...]
    exclusions: tuple[ExclusionRow, ...]
    signatures: tuple[SignatureRow, ...]
    custodians: tuple[CustodianRow, ...]
    may: frozenset[str]

    @property
    def released(self) -> int:
        """How many custodians have given their key."""
        return sum(row.state == "released" for row in self.custodians)

    @property
    def standing(self) -> int:
        """How many bids are not excluded."""
        return sum(not row.excluded for row in self.envelopes)

    @property
    def may_sign(self) -> bool:
        """Whether this actor's signature is one of those still missing."""
        return any(verb.startswith("sign:") for verb in self.may)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One of the 15; rate: percent of the base amount; picked: by all bids; counted: without
    excluded ones."""

    number: int
    rate: str
    price: int
    picked: int
    counted: int
    drawn: bool


@dataclass(frozen=True, slots=True)
class BidRow:
    """A bid as opened. amount None if void; rank 0 if not ranked; verdict: a msgid.

    check: the number of the mechanical check that a void envelope failed; finding: a msgid that
    says what that check found; tiebreak: its number in the lot if it shares its rank, the least
    comes first; "" otherwise, and in results of before there was one.
    """

    rank: int
    supplier_id: uuid.UUID
    supplier: str
    identifier: str
    hash: str
    amount: int | None
    rate: str
    remark: str
    verdict: str
    picks: tuple[int, ...]
    check: str
    finding: str
    reasons: tuple[Mapping[str, Any], ...]
    tiebreak: str = ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What an opening found. outcome: published, failed or hold; sentence: a msgid for `code`.

    steps: figure -> stored Reasons; rules: figure -> dated row id; verified: none, same or
    different; rates_from: seeds, given (practice world only) or none (nothing was drawn).
    difficulty: of the works, "0.85", with its article; both "" where the notice names none.
    floor_rate_reasons: of the law's own floor rate, empty where the notice departs from it.
    set_aside: why two people set the opening aside after a hold, "" if they did not.
    """

    number: str
    version: int
    title: str
    buyer_id: uuid.UUID
    buyer: str
    regime: str
    procedure: str
    outcome: str
    code: str
    sentence: str
    law: str
    base_amount: int
    a_value: int
    base_net_cost: int | None
    difficulty: str
    difficulty_law: str
    floor_rate: str
    reserve_price: int | None
    floor_price: int | None
    net_cost_line: int | None
    prices: tuple[PriceRow, ...]
    bids: tuple[BidRow, ...]
    exclusions: tuple[ExclusionRow, ...]
    steps: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    rates_from: str = "seeds"
    verified: str = "none"
    root: str = ""
    count: int = 0
    bundle_hash: str = ""
    bundle_size: int = 0
    opened_at: datetime | None = None
    set_aside: str = ""
    floor_rate_reasons: tuple[Reason, ...] = ()

    @property
    def ranked(self) -> tuple[BidRow, ...]:
        """The bids with a rank, best first."""
        return tuple(bid for bid in self.bids if bid.rank)

    @property
    def unranked(self) -> tuple[BidRow, ...]:
        """The bids without a rank, each with its reason."""
        return tuple(bid for bid in self.bids if not bid.rank)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result in a list; first: name and amount of rank 1, if there is one."""

    number: str
    title: str
    buyer: str
    outcome: str
    reserve_price: int | None
    bids: int
    first: str
    amount: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class MyResult:
    """What a result means for one supplier: one sentence with its article. bid None: no bid."""

    bid: BidRow | None
    text: str
    params: Mapping[str, Any]
    law: str


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One opening of an agency in a list; status "" before it is prepared.

    standing: where the tender stands, a key of its STANDINGS.
    """

    number: str
    title: str
    status: str
    tender_status: str
    deadline: datetime
    opening_at: datetime
    signed: tuple[str, ...]
    released: int
    standing: str

    @property
    def standing_text(self) -> str:
        """Where the tender stands, in a word or two."""
        return STANDINGS[self.standing]
