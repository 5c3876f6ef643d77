"""A small-value quotation on one page: what the officer knows; the rules fill in the rest."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jangteo.ground.errors import N_, Refusal
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.forms import QuickForm, offer
from jangteo.stages.tender.views.door import for_officers, tried
from jangteo.stages.tender.views.preparing import form_page
from jangteo.ui.sentences import refusal_text, say


@form_page
@for_officers
def quick(request: HttpRequest) -> HttpResponse:
    """Everything is checked against the law at once; nothing is begun while something is wrong."""
    proposed = queries.proposal(request.actor, request.at)
    form = _form(request, proposed)
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []

        def begin() -> None:
            changes = form.changes() | {"procedure": "quotation"}
            made.append(actions.draft_at_once(by=request.actor, at=request.at, changes=changes))

        if tried(form, begin):
            return _onward(request, made[0].number, form)
    context = {"form": form, "proposed": proposed, "at": request.at}
    return render(request, "tender/quick.html", context)


def _form(request: HttpRequest, proposed: queries.Proposal | None) -> QuickForm:
    initial = (
        {"regions": proposed.region, "deadline": proposed.schedule.deadline} if proposed else {}
    )
    form = QuickForm(request.POST or None, request.FILES or None, initial=initial)
    on = queries.rule_day(request.at, None)
    anywhere = [("", say(N_("The whole country")))]
    choices = {
        "regions": anywhere + queries.region_choices(on),
        "licences": queries.licence_choices(on),
    }
    offer(form, choices)
    return form


def _onward(request: HttpRequest, number: str, form: QuickForm) -> HttpResponse:
    """To the answers; a file that cannot be taken is told, and the notice stays prepared."""
    file = form.cleaned_data["file"]
    if file:
        try:
            actions.attach(
                by=request.actor, at=request.at, number=number, title=file.name[:200],
                media_type=file.content_type or "application/octet-stream", data=file.read(),
            )  # fmt: skip
        except Refusal as refused:
            messages.error(request, refusal_text(refused))
            return redirect("my-tender-papers", number)
    messages.success(request, _("Filled in from the rules. Check it once."))
    return redirect("my-tender-check", number)
