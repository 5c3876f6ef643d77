"""The lists of a desk: the first few of each on the desk itself, the whole on a page of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.message.queries import inbox
from jangteo.stages.bid import queries as bid
from jangteo.stages.contract import queries as contract
from jangteo.stages.payment import queries as payment
from jangteo.stages.registration import queries as registration
from jangteo.stages.tender import queries as tender

#: how many of each list a desk shows
SHOWN = 5
#: who of an agency works on what comes after the opening
ON_CONTRACTS = frozenset(
    {"contract_officer", "approving_officer", "inspector", "disbursing_officer"}
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list; label, none: msgids; actions: (address, msgid) above it.

    none: what will appear here; url, known: where the whole is shown and how many that are, if
    another page than the desk's own shows it.
    """

    name: str
    label: str
    rows: Sequence[Any]
    none: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    url: str = ""
    known: int = 0

    @property
    def first(self) -> Sequence[Any]:
        """What the desk shows."""
        return self.rows[:SHOWN]

    @property
    def count(self) -> int:
        """How many there are."""
        return self.known or len(self.rows)

    @property
    def more(self) -> bool:
        """Whether the desk does not show all."""
        return self.count > SHOWN

    @property
    def address(self) -> str:
        """The page that shows all."""
        return self.url or f"/desk/{self.name}"

    @property
    def template(self) -> str:
        """How its rows are shown."""
        return f"site/parts/desk_{self.name}.html"


def messages(actor: Actor) -> Listing:
    """What was said to the actor's organisation, the newest first."""
    none = N_("Messages about your tenders and bids appear here.")
    rows = inbox(actor.party_id, most=200) if actor.party_id else []
    return Listing("messages", N_("Messages"), rows, none)


Make = Callable[[], Listing]


def listings(actor: Actor, at: datetime) -> list[Listing]:
    """The lists of this person's desk, in their order; those that say nothing are left out."""
    found = [make() for make in makers(actor, at).values()]
    return [one for one in found if one.rows or one.none]


def makers(actor: Actor, at: datetime) -> dict[str, Make]:
    """The lists of this person's desk by name, in their order, each asked for when it is made."""
    if actor.party_kind == "agency":
        money = _money(actor, at) if actor.roles & ON_CONTRACTS else {}
        return {**money, "mine": lambda: _mine(actor, bool(money))}
    if actor.party_kind == "supplier":
        return {
            **_money(actor, at), "hired": lambda: _hired(actor), "bids": lambda: _bids(actor),
            "open": lambda: _open(at),
        }  # fmt: skip
    return {"registrations": lambda: _registrations(actor)} if "operator" in actor.roles else {}


def _live_first(row: contract.ContractRow) -> bool:
    return row.status not in ("pending", "offered", "agreed", "active")


def _money(actor: Actor, at: datetime) -> dict[str, Make]:
    return {
        "claims": lambda: _claims(actor, at),
        "branches": lambda: _branches(actor, at),
        "contracts": lambda: _contracts(actor),
    }


def _claims(actor: Actor, at: datetime) -> Listing:
    """Claims not paid yet, the soonest due on top."""
    rows = [row for row in payment.claims_of(actor, at=at, unsettled=True) if row.open]
    return Listing("claims", N_("Payments under way"), sorted(rows, key=lambda row: row.due))


def _branches(actor: Actor, at: datetime) -> Listing:
    rows = payment.my_branches(actor, at=at) if actor.party_kind == "supplier" else []
    waiting = [one for one in rows if not one.credited_at]
    return Listing("branches", N_("Where our money is"), waiting)


def _contracts(actor: Actor) -> Listing:
    """Those that still go on first."""
    none = N_("Contracts appear here as soon as an award leads to one.")
    rows = sorted(contract.contracts_of(actor), key=_live_first)
    return Listing("contracts", N_("Contracts"), rows, none)


def by_need(row: tender.MyTender) -> tuple[bool, str]:
    """Those in preparation or in force first, the next deadline on top; then what has ended."""
    deadline = row.notice.deadline if row.notice else None
    return row.status not in ("draft", "active"), deadline.isoformat() if deadline else ""


def _mine(actor: Actor, on_contracts: bool) -> Listing:
    rows = sorted(tender.my_tenders(actor), key=by_need)
    openings = ("/openings", N_("Openings of our agency"))
    actions = (openings,) if actor.roles else ()
    if "contract_officer" in actor.roles:
        new = ("/my/tenders/new", N_("Prepare a new tender"))
        quick = ("/my/tenders/quick", N_("Ask for quotations"))
        actions = (new, quick, ("/my/tenders", N_("All tenders of our agency")), openings)
    elif on_contracts and not rows:
        return Listing("mine", "", ())
    none = N_("The tenders of your agency appear here, drafts included.")
    return Listing("mine", N_("Our tenders"), rows, none, actions, "/my/tenders")


def _hired(actor: Actor) -> Listing:
    return Listing("hired", N_("Our subcontracts"), contract.subcontracts_of(actor))


def _bids(actor: Actor) -> Listing:
    none = N_("Your sealed bids and their receipts appear here.")
    return Listing("bids", N_("Our bids"), bid.my_bids(actor, most=200), none)


def _open(at: datetime) -> Listing:
    found = tender.search(status="bidding", sort="deadline", per_page=SHOWN, at=at)
    none = N_("Tenders that take bids appear here, the next deadline first.")
    page = "/tenders?status=bidding&sort=deadline"
    return Listing("open", N_("Closing soonest"), found.rows, none, (), page, found.count)


def _registrations(actor: Actor) -> Listing:
    none = N_("Organisations that ask to be registered appear here.")
    to = ("/operations/exchange", N_("Messages to other systems"))
    rows, page = registration.registrations(actor), "/registrations?status=all"
    return Listing("registrations", N_("Registrations"), rows, none, (to,), page)
