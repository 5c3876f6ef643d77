"""The operator's list and decision; the organisation's own papers, and handing them in again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.journal.queries import history
from jangteo.stages.registration import actions, queries
from jangteo.stages.registration.forms import OrganisationForm, ReasonForm, RepresentativeForm
from jangteo.stages.registration.queries import LICENCES, REGIONS, RegistrationRow
from jangteo.stages.registration.states import REGIMES, TABLE
from jangteo.stages.registration.views.register import licence_forms
from jangteo.ui.forms import show_refusal
from jangteo.ui.sentences import day_text, say
from jangteo.ui.shapes import SummaryRow

KINDS = {"submitted": "now", "active": "success", "returned": "warning"}


def listing(request: HttpRequest) -> HttpResponse:
    """`/registrations`: the operator's list, those that wait first."""
    status = request.GET.get("status", "submitted")
    status = status if status in TABLE.states else ""
    rows = queries.registrations(request.actor, status)
    context = {"rows": [(row, KINDS[row.status]) for row in rows], "status": status}
    return render(request, "registration/listing.html", context)


def detail(request: HttpRequest, registration_id: uuid.UUID) -> HttpResponse:
    """`/registrations/…`: the papers; the operator approves or sends them back here."""
    row = queries.registration_for(request.actor, registration_id)
    form = ReasonForm(request.POST if "send_back" in request.POST else None)
    if request.method == "POST":
        try:
            done = _decide(request, row, form)
        except (Refusal, Refusals) as refused:
            form = ReasonForm(request.POST)
            form.is_valid()
            show_refusal(form, refused)
        else:
            if done:
                return redirect(done, *([row.id] if done == "registration" else []))
    operator = "operator" in request.actor.roles
    context = {
        "row": row,
        "summary": summary(row),
        "says": TABLE.states[row.status],
        "kind": KINDS[row.status],
        "decides": operator and row.status == "submitted",
        "waiting": _waiting(row) if operator else [],
        "enters": operator and row.active,
        "people": queries.people_in(row.party_id, request.at) if operator else [],
        "corrects": not operator and row.status == "returned",
        "form": form,
        "facts": history(subject=f"party:{row.party_id}"),
    }
    return render(request, "registration/detail.html", context)


def _decide(request: HttpRequest, row: RegistrationRow, form: ReasonForm) -> str:
    """Do what the operator pressed; the name of the page that follows, "" if it needs mending."""
    act: dict[str, Any] = {"by": request.actor, "at": request.at}
    if "approve" in request.POST:
        actions.approve(**act, registration_id=row.id)
        said, following = _("{name} is registered now, and has been told so."), "registrations"
    elif "licence" in request.POST:
        seen = {"code": request.POST["licence"], "number": request.POST.get("number", "")}
        actions.approve_licence(**act, party_id=row.party_id, **seen)
        said, following = _("The licence of {name} counts from now on."), "registration"
    elif form.is_valid():
        actions.send_back(**act, registration_id=row.id, **form.cleaned_data)
        said, following = _("The papers went back to {name} with your sentence."), "registrations"
    else:
        return ""
    messages.success(request, said.format(name=row.name))
    return following


def correct(request: HttpRequest, registration_id: uuid.UUID) -> HttpResponse:
    """`/registrations/…/correct`: hand the papers in again."""
    row = queries.registration_for(request.actor, registration_id)
    known = {"name": row.name, "region": row.region, "address": row.address}
    form = OrganisationForm(request.POST or None, kind=row.kind, known=True, initial=known)
    person = RepresentativeForm(
        request.POST or None, initial={"representative": row.representative}
    )
    rows = licence_forms(request, _kept(row)) if row.kind == "supplier" else None
    sent = request.method == "POST" and "more" not in request.POST
    if sent and form.is_valid() and person.is_valid() and (rows is None or rows.is_valid()):
        words = {**form.cleaned_data, **person.cleaned_data}
        licences = [one.row() for one in rows.filled()] if rows is not None else []
        try:
            actions.resubmit(
                by=request.actor, at=request.at, registration_id=row.id, licences=licences, **words
            )
            return redirect("registration", row.id)
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
    context = {"row": row, "form": form, "person": person, "rows": rows}
    return render(request, "registration/correct.html", context)


def summary(row: RegistrationRow) -> list[SummaryRow]:
    """What an organisation handed in."""
    number = _("Business registration number") if row.kind == "supplier" else _("Institution code")
    rows = [
        SummaryRow(_("Name of the organisation"), row.name),
        SummaryRow(number, row.identifier),
        SummaryRow(_("Province of the head office"), REGIONS.get(row.region, row.region)),
        SummaryRow(_("Address"), row.address),
        SummaryRow(_("Representative"), row.representative),
    ]
    if row.regime:
        rows.append(SummaryRow(_("Contract law"), say(REGIMES[row.regime])))
    for one in row.licences:
        value = f"{LICENCES.get(one.code, one.code)} · {one.number} · {day_text(one.since)}"
        waits = row.active and not one.approved
        rows.append(SummaryRow(_("Licence, waits for approval") if waits else _("Licence"), value))
    return rows


def _waiting(row: RegistrationRow) -> list[dict[str, Any]]:
    """Licences that were added later and wait for the operator."""
    return [
        {"code": one.code, "name": LICENCES.get(one.code, one.code), "number": one.number}
        for one in row.licences
        if row.active and not one.approved
    ]


def _kept(row: RegistrationRow) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "number": one.number, "since": one.since.isoformat()}
        for one in row.licences
    ]
