"""My work: what the law wants next, then the lists, then what has been said to us."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jangteo.ground.errors import N_
from jangteo.interfaces.links import standing as links
from jangteo.interfaces.site.standing import standing
from jangteo.interfaces.site.street import street
from jangteo.records.account.queries import Actor
from jangteo.records.message.actions import mark_read
from jangteo.records.message.queries import inbox
from jangteo.stages.award import queries as award
from jangteo.stages.bid import queries as bid
from jangteo.stages.contract import queries as contract
from jangteo.stages.delivery import queries as delivery
from jangteo.stages.opening import queries as opening
from jangteo.stages.payment import queries as payment
from jangteo.stages.registration import queries as registration
from jangteo.stages.tender import queries as tender
from jangteo.ui.shapes import DeskTask

STAGES = (registration, tender, bid, opening, award, contract, delivery, payment)
LISTED = 15
#: who of an agency works on what comes after the opening
ON_CONTRACTS = frozenset(
    {"contract_officer", "approving_officer", "inspector", "disbursing_officer"}
)
#: where a desk leads that asks for nothing: role -> (address, label), the first that is held
ELSEWHERE = {
    "contract_officer": ("/my/tenders/new", N_("Prepare a new tender")),
    "opening_officer": ("/openings", N_("Openings of our agency")),
    "disbursing_officer": ("/payments", N_("What is due")),
    "inspector": ("/contracts", N_("Contracts of our agency")),
    "approving_officer": ("/contracts", N_("Contracts of our agency")),
    "representative": ("/tenders?status=bidding&sort=deadline", N_("Find a tender")),
    "bidding_agent": ("/tenders?status=bidding&sort=deadline", N_("Find a tender")),
    "operator": ("/registrations?status=all", N_("All registrations")),
}
_ORDER = {"todo": 0, "waiting": 1, "done": 2}


def tasks(actor: Actor, at: Any) -> list[DeskTask]:
    """All stages' tasks and those of the links: mine first, the soonest due on top."""
    found = [task for stage in (*STAGES, links) for task in stage.tasks_for(actor, at)]
    far = at.replace(year=at.year + 100)
    return sorted(found, key=lambda task: (_ORDER[task.state], task.due or far))


def desk(request: HttpRequest) -> HttpResponse:
    """`/desk`"""
    actor = request.actor
    if not actor.signed_in:
        return redirect("/sign-in?next=/desk")
    found = tasks(actor, request.at)
    said = inbox(actor.party_id, most=8) if actor.party_id else []
    if any(not one.read for one in said):
        mark_read(actor.party_id, at=request.at)
    context = {
        "first": next((task for task in found if task.state == "todo"), None),
        "tasks": [task for task in found if task.state == "todo"][1:],
        "waiting": [task for task in found if task.state == "waiting"],
        "messages_here": said,
        "elsewhere": next((to for role, to in ELSEWHERE.items() if role in actor.roles), None),
        **_lists(actor, request.at),
    }
    return render(request, "site/desk.html", context)


def _by_need(row: tender.MyTender) -> tuple[bool, str]:
    """Those in preparation or in force first, the next deadline on top; then what has ended."""
    deadline = row.notice.deadline if row.notice else None
    return row.status not in ("draft", "active"), deadline.isoformat() if deadline else ""


def _standing(row: tender.MyTender, at: Any) -> tuple[str, str]:
    return standing(row.notice, at, street(row)) if row.notice else standing(row, at)


def _live_first(row: contract.ContractRow) -> bool:
    return row.status not in ("pending", "offered", "agreed", "active")


def _money(actor: Actor, at: Any) -> dict[str, Any]:
    """The contracts that still go on first, and the claims not paid yet, the soonest due on top."""
    contracts = sorted(contract.contracts_of(actor), key=_live_first)
    claims = [row for row in payment.claims_of(actor, at=at, unsettled=True) if row.open]
    claims.sort(key=lambda row: row.due)
    return {
        "contracts": contracts[:LISTED], "more_contracts": len(contracts) > LISTED,
        "claims": claims[:LISTED], "more_claims": len(claims) > LISTED, "money_here": True,
    }  # fmt: skip


def _lists(actor: Actor, at: Any) -> dict[str, Any]:
    if actor.party_kind == "agency":
        mine = sorted(tender.my_tenders(actor), key=_by_need)
        shown = [(row, _standing(row, at)) for row in mine[:LISTED]]
        money = _money(actor, at) if actor.roles & ON_CONTRACTS else {}
        return {"mine": shown, "more": len(mine) > LISTED, **money}
    if actor.party_kind == "supplier":
        open_now = tender.search(status="bidding", sort="deadline", per_page=10, at=at)
        hired = contract.subcontracts_of(actor)
        branches = [leaf for leaf in payment.my_branches(actor, at=at) if not leaf.credited_at]
        return {
            "bids": bid.my_bids(actor), "open_now": open_now.rows, "hired": hired[:LISTED],
            "branches": branches[:LISTED], **_money(actor, at),
        }  # fmt: skip
    if "operator" in actor.roles:
        return {"registrations": registration.registrations(actor)[:20]}
    return {}
