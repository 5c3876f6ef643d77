"""The operator's pages: what waits for other systems, and what went over the line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jangteo.ground.errors import N_
from jangteo.interfaces.links.standing import standings
from jangteo.records.exchange import watching

#: state -> its label and the kind of its tag
TAGS = {
    "ready": (N_("To be sent"), "neutral"),
    "sent": (N_("Sending"), "now"),
    "unknown": (N_("Unknown"), "warning"),
    "accepted": (N_("Taken"), "now"),
    "done": (N_("Done"), "success"),
    "rejected": (N_("Rejected"), "danger"),
}
LISTS = {
    "open": N_("Without a result"),
    "unknown": N_("Unknown"),
    "rejected": N_("Rejected"),
    "done": N_("Done"),
}


def messages(request: HttpRequest) -> HttpResponse:
    """`/operations/exchange`"""
    if not request.actor.signed_in:
        return redirect("/sign-in?next=/operations/exchange")
    shown = request.GET.get("shown", "open")
    shown = shown if shown in LISTS else "open"
    rows = watching.watch(request.actor, request.at, shown)
    context = {
        "systems": standings(request.actor),
        "rows": [(row, *TAGS[row.status]) for row in rows],
        "shown": shown,
        "lists": LISTS.items(),
        "most": watching.MOST,
    }
    return render(request, "links/messages.html", context)


def message(request: HttpRequest, key: str) -> HttpResponse:
    """`/operations/exchange/…`: one message and its evidence."""
    if not request.actor.signed_in:
        return redirect(f"/sign-in?next=/operations/exchange/{key}")
    row, seen = watching.look(request.actor, request.at, key)
    label, kind = TAGS[row.status]
    context = {"row": row, "label": label, "kind": kind, "seen": seen}
    return render(request, "links/message.html", context)
