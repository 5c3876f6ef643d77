"""Live examples for the first page, from what the database holds at this moment."""

from dataclasses import dataclass
from datetime import datetime

from jangteo.records.journal.queries import Fact, count, history, latest
from jangteo.records.log.queries import size
from jangteo.stages.contract.queries import ContractRow, contract_of_tender
from jangteo.stages.opening.queries import ResultLine, latest_results
from jangteo.stages.tender.queries import search

_BID = "bid.submit"
_CREDIT = "leaf.credit"


@dataclass(frozen=True, slots=True)
class Opened:
    """The newest result and one receipt of its bids; hash in hex, place in the public log."""

    result: ResultLine
    receipt: Fact | None

    @property
    def hash(self) -> str:
        """The receipted envelope's hash."""
        return str(self.receipt.payload["hash"]) if self.receipt else ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Money that reached a payee: the fact that its bank confirmed it, and the contract."""

    fact: Fact
    contract: ContractRow

    @property
    def amount(self) -> int:
        """Whole won."""
        return int(self.fact.payload["amount"])


def latest_money() -> Arrived | None:
    """The newest amount that a payee's bank confirmed; None before the first."""
    for fact in latest(_CREDIT, 1):
        contract = contract_of_tender(fact.tender)
        if contract is not None:
            return Arrived(fact, contract)
    return None


def latest_bid(at: datetime) -> Fact | None:
    """The newest sealed envelope of a tender past its deadline: its hash and place.

    While bids are taken nobody learns from this page that somebody has bid.
    """
    found = latest(_BID, 1, without=taking_bids(at))
    return found[0] if found else None


def taking_bids(at: datetime) -> list[str]:
    """The tenders that take bids at this moment."""
    return [row.number for row in search(status="bidding", per_page=100_000, at=at).rows]


def latest_result() -> Opened | None:
    """The newest published ranking with a receipt of one of its bids; None before the first."""
    lines = [line for line in latest_results(20) if line.reserve_price is not None]
    if not lines:
        return None
    bids = [fact for fact in history(tender=lines[0].number) if fact.kind == _BID]
    return Opened(lines[0], bids[-1] if bids else None)


def counts(at: datetime) -> dict[str, int]:
    """What the market holds now."""
    return {
        "bidding": search(status="bidding", per_page=1, at=at).count,
        "published": search(per_page=1, at=at).count,
        "bids": count(_BID, without=taking_bids(at)),
        "log": size(),
    }
