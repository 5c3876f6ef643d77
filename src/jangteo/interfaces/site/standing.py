"""Where a tender stands at a moment: its state in one word, and its line of stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from jangteo.ground.errors import N_
from jangteo.interfaces.site.street import Street
from jangteo.stages.award.queries import examined_as
from jangteo.stages.contract.queries import contracts_on
from jangteo.stages.tender.queries import Dated, MyTender, stands
from jangteo.stages.tender.states import STANDINGS
from jangteo.ui.shapes import Step

#: the kind of tag of each of the tender's own states
KINDS = {
    "draft": "neutral", "coming": "neutral", "bidding": "now", "waiting": "warning",
    "opened": "success", "awarded": "success", "unsuccessful": "warning", "hold": "danger",
    "cancelled": "neutral",
}  # fmt: skip
_ENDED = ("unsuccessful", "hold", "cancelled")
_CONTRACTED = {
    "active": (N_("Under contract"), "now"),
    "completed": (N_("Paid in full"), "success"),
    "terminated": (N_("Contract terminated"), "danger"),
}
_NOWHERE = Street()

Point = tuple[str, datetime | date | None, str, str]


class Published(Dated, Protocol):
    """A published notice."""

    @property
    def award_method(self) -> str: ...
    @property
    def published_at(self) -> datetime: ...
    @property
    def opening_at(self) -> datetime | None: ...


def standing(row: Dated, at: datetime, way: Street = _NOWHERE) -> tuple[str, str]:
    """(msgid, kind of tag): an active tender's state also depends on the moment."""
    if way.contract is not None:
        return _CONTRACTED[way.contract.status]
    found = stands(row, at)
    return STANDINGS[found], KINDS[found]


@dataclass(frozen=True, slots=True)
class Mine:
    """A tender of one's own agency; label, kind: as `standing` gives them; group: of GROUPS."""

    row: MyTender
    label: str
    kind: str
    group: str


#: how far an agency's tender has come -> its msgid, in the order in which it goes through them
GROUPS = {
    "draft": N_("To be published"),
    "published": N_("Published"),
    "opened": N_("Award, contract and payment"),
    "ended": N_("Ended"),
}


def of_mine(rows: Sequence[MyTender], at: datetime) -> list[Mine]:
    """Where tenders of one's own agency stand, drafts included; one question for all of them."""
    found = contracts_on(row.number for row in rows if row.status == "awarded")
    return [_of_mine(row, at, Street(contract=found.get(row.number))) for row in rows]


def _of_mine(row: MyTender, at: datetime, way: Street) -> Mine:
    if way.contract is not None and not way.contract.stands:
        way = _NOWHERE
    if row.notice is None:
        return Mine(row, STANDINGS[row.status], KINDS[row.status], "draft")
    over = way.contract is not None and way.contract.status != "active"
    if row.status in ("opened", "awarded") and not over:
        group = "opened"
    else:
        group = "published" if row.status in ("active", "hold") else "ended"
    return Mine(row, *standing(row.notice, at, way), group)


def line(
    row: Published, at: datetime, opened_at: datetime | None = None, way: Street = _NOWHERE
) -> list[Step]:
    """From the notice to the last payment: what happened, what is now, what comes, who acts."""
    points = [*_before(row, opened_at), *_behind(row, way)]
    here = _here(row, at, way)
    states = ["done"] * here + ["now"] + ["next"] * len(points)
    if way.paying and here == _DELIVERY:  # parts are paid while the works go on
        states[_DELIVERY + 1] = "now"
    ends = _ends(way)
    steps = [
        Step(label, state, moment, who, url, due=moment in ends)
        for (label, moment, who, url), state in zip(points, states, strict=False)
    ]
    done = [step for step in steps if step.state == "done"]
    if row.status in _ENDED:
        return [*done, Step(STANDINGS[row.status], "failed", way.screened_at or opened_at)]
    if way.contract is not None and way.contract.status == "terminated":
        ended, url = way.contract.ended_at, f"/contracts/{way.contract.number}"
        return [*done, Step(N_("Contract terminated"), "failed", ended, url=url)]
    return steps


_OPENING, _SCREENING, _AWARD, _CONTRACT, _DELIVERY, _PAYMENT = range(3, 9)


def _before(row: Published, opened_at: datetime | None) -> list[Point]:
    result = f"/tenders/{row.number}/result" if row.status in ("opened", "awarded") else ""
    return [
        (N_("Notice"), row.published_at, N_("Buying agency"), ""),
        (N_("Bidding"), row.bidding_from, N_("Suppliers"), ""),
        (N_("Bids close"), row.deadline, "", ""),
        (N_("Opening"), opened_at or row.opening_at, N_("Opening officer"), result),
    ]


def _behind(row: Published, way: Street) -> list[Point]:
    award, contract, candidate = way.award, way.contract, way.examined
    page = f"/tenders/{row.number}/award" if candidate else ""
    terms = f"/contracts/{contract.number}" if contract else ""
    money = f"{terms}/trail" if contract else ""
    due = candidate.due if candidate else None
    signed = contract.concluded_at if contract else award.contract_due if award else None
    delivered = way.delivered_on or (contract.ends if contract else None)
    paid = contract.ended_at if contract and contract.status == "completed" else None
    return [
        (examined_as(row.award_method), way.screened_at or due, N_("Contract officer"), page),
        (N_("Award"), award.confirmed_at if award else None, N_("Approving officer"), page),
        (N_("Contract"), signed, N_("Agency and supplier"), terms),
        (N_("Delivery"), delivered, N_("Supplier and inspector"), terms),
        (N_("Payment"), paid, N_("Disbursing officer"), money),
    ]


def _ends(way: Street) -> set[datetime | None]:
    """The moments on the line by which something must be done, each the end of its period."""
    candidate = way.examined.due if way.examined else None
    return {candidate, way.award.contract_due if way.award else None} - {None}


def _here(row: Published, at: datetime, way: Street) -> int:
    """Which step of the line the tender is in; one behind the last once all is paid."""
    if way.contract is not None:
        if way.contract.status == "completed":
            return _PAYMENT + 1
        return _PAYMENT if way.completed else _DELIVERY
    if row.status == "awarded":
        return _CONTRACT
    passed = way.examined is not None and way.examined.status == "passed"
    if row.status == "opened":
        return _AWARD if passed and way.examined and not way.examined.annulled else _SCREENING
    if row.status == "unsuccessful" and way.examined is not None:
        return _SCREENING
    if row.deadline and at >= row.deadline:
        return _OPENING
    return 1 if row.bidding_from and at >= row.bidding_from else 0
