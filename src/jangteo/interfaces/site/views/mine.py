"""All tenders of an officer's own agency, drafts included, each with where it stands by now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from jangteo.ground.errors import N_
from jangteo.interfaces.site.standing import of_mine
from jangteo.stages.tender import queries


@require_GET
def my_tenders(request: HttpRequest) -> HttpResponse:
    """`/my/tenders`: being prepared, public, ended."""
    actor = request.actor
    if not actor.signed_in:
        return redirect("/sign-in?next=/my/tenders")
    if not queries.is_inside(actor, actor.party_id):
        raise queries.outsider()
    rows = [(row, of_mine(row, request.at)) for row in queries.my_tenders(actor)]
    groups = [
        (N_("To be published"), [one for one in rows if one[0].status == "draft"]),
        (N_("Published"), [one for one in rows if one[0].status in ("active", "hold")]),
        (N_("Ended"), [one for one in rows if one[0].status not in ("draft", "active", "hold")]),
    ]
    context = {
        "groups": [(label, found) for label, found in groups if found],
        "tasks": queries.tasks_for(actor, request.at),
        "may_draft": "contract_officer" in actor.roles,
    }
    return render(request, "site/mine.html", context)
