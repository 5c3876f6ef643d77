"""My work: what the law wants next, then the lists, then what has been said to us."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jangteo.ground.errors import N_
from jangteo.interfaces.links import standing as links
from jangteo.interfaces.site.listings import SHOWN, Listing, listings, makers, messages
from jangteo.records.account.queries import Actor
from jangteo.records.message.actions import mark_read
from jangteo.records.message.queries import MessageRow
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
#: lists that every desk has, empty or not
_ALWAYS = ("tasks", "waiting", "messages")
_ORDER = {"todo": 0, "waiting": 1, "done": 2}


def tasks(actor: Actor, at: Any) -> list[DeskTask]:
    """All stages' tasks and those of the links: mine first, the soonest due on top."""
    found = [task for stage in (*STAGES, links) for task in stage.tasks_for(actor, at)]
    far = at.replace(year=at.year + 100)
    return sorted(found, key=lambda task: (_ORDER[task.state], task.due or far))


def _tasks(found: list[DeskTask]) -> tuple[Listing, Listing]:
    """What waits for the reader, and what waits for others."""
    todo = [task for task in found if task.state == "todo"]
    waiting = [task for task in found if task.state == "waiting"]
    return Listing("tasks", N_("What comes next"), todo), Listing(
        "waiting", N_("Waiting for others"), waiting
    )


def desk(request: HttpRequest) -> HttpResponse:
    """`/desk`"""
    actor = request.actor
    if not actor.signed_in:
        return redirect("/sign-in?next=/desk")
    todo, waiting = _tasks(tasks(actor, request.at))
    said = messages(actor)
    _seen(actor, said.rows[:SHOWN], request.at)
    context = {
        "first": next(iter(todo.rows), None),
        "tasks": replace(todo, rows=todo.rows[1:SHOWN], known=len(todo.rows)),
        "messages_here": said,
        "elsewhere": next((to for role, to in ELSEWHERE.items() if role in actor.roles), None),
        "lists": [*([waiting] if waiting.rows else []), *listings(actor, request.at)],
    }
    return render(request, "site/desk.html", context)


def _seen(actor: Actor, shown: Sequence[MessageRow], at: datetime) -> None:
    """What was shown is read; what stands behind it is still new."""
    fresh = [one.id for one in shown if not one.read]
    if fresh:
        mark_read(actor.party_id, fresh, at=at)


def whole(request: HttpRequest, name: str) -> HttpResponse:
    """`/desk/<name>`: one list of the desk, all of it."""
    actor = request.actor
    if not actor.signed_in:
        return redirect(f"/sign-in?next=/desk/{name}")
    found = _named(actor, name, request.at)
    if found is None or not (found.rows or found.none or name in _ALWAYS):
        raise Http404
    if found.url:
        return redirect(found.url)
    if found.name == "messages":
        _seen(actor, found.rows, request.at)
    return render(request, "site/desk_list.html", {"one": found})


def _named(actor: Actor, name: str, at: datetime) -> Listing | None:
    """One list of this person's desk by its name; no other is asked for."""
    if name in ("tasks", "waiting"):
        todo, waiting = _tasks(tasks(actor, at))
        return todo if name == "tasks" else waiting
    if name == "messages":
        return messages(actor)
    make = makers(actor, at).get(name)
    return make() if make else None
