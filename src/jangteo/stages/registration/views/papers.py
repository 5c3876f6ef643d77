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
from jangteo.ui.sentences import say
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
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        try:
            if "approve" in request.POST:
                actions.approve(by=request.actor, at=request.at, registration_id=row.id)
                said = _("{name} is registered now, and has been told so.")
                messages.success(request, said.format(name=row.name))
                return redirect("registrations")
            if form.is_valid():
                actions.send_back(
                    by=request.actor, at=request.at, registration_id=row.id, **form.cleaned_data
                )
                said = _("The papers went back to {name} with your sentence.")
                messages.success(request, said.format(name=row.name))
                return redirect("registrations")
        except (Refusal, Refusals) as refused:
            form.is_valid()
            show_refusal(form, refused)
    operator = "operator" in request.actor.roles
    context = {
        "row": row,
        "summary": summary(row),
        "says": TABLE.states[row.status],
        "kind": KINDS[row.status],
        "decides": operator and row.status == "submitted",
        "corrects": not operator and row.status == "returned",
        "form": form,
        "facts": history(subject=f"party:{row.party_id}"),
    }
    return render(request, "registration/detail.html", context)


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
        value = f"{LICENCES.get(one.code, one.code)} · {one.number} · {one.since}"
        rows.append(SummaryRow(_("Licence"), value))
    return rows


def _kept(row: RegistrationRow) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "number": one.number, "since": one.since.isoformat()}
        for one in row.licences
    ]
