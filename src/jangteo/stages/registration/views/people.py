"""The people and licences of one's own organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import people_of
from jangteo.stages.registration import actions, queries
from jangteo.stages.registration.forms import LicenceForm, NewPersonForm
from jangteo.stages.registration.queries import RegistrationRow
from jangteo.stages.registration.views.papers import KINDS, summary
from jangteo.ui.forms import show_refusal


def people(request: HttpRequest) -> HttpResponse:
    """`/people`: who acts for the organisation, and as what."""
    row = _own(request)
    held: dict[object, tuple[str, list[str]]] = {}
    for account_id, name, role in people_of(row.party_id, at=request.at):
        held.setdefault(account_id, (name, []))[1].append(role)
    context = {
        "row": row,
        "kind": KINDS[row.status],
        "people": list(held.values()),
        "summary": summary(row),
        "may_add": queries.may_add_person(request.actor),
    }
    return render(request, "registration/people.html", context)


def add_person(request: HttpRequest) -> HttpResponse:
    """`/people/add`"""
    row = _own(request)
    form = NewPersonForm(request.POST or None, kind=row.kind)
    if form.is_valid():
        try:
            actions.add_person(
                by=request.actor, at=request.at, party_id=row.party_id, **form.cleaned_data
            )
            return redirect("people")
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
    return render(request, "registration/add_person.html", {"form": form, "row": row})


def add_licence(request: HttpRequest) -> HttpResponse:
    """`/licences/add`"""
    row = _own(request)
    form = LicenceForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_licence(
                by=request.actor, at=request.at, party_id=row.party_id, licence=form.row()
            )
            return redirect("people")
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
    return render(request, "registration/add_licence.html", {"form": form, "row": row})


def _own(request: HttpRequest) -> RegistrationRow:
    if request.actor.party_id is None:
        raise Refusal(
            "registration.no_organisation",
            N_("You do not act for an organisation here."),
            repair=N_("Sign in, or register your organisation."),
            status=403,
        )
    return queries.registration_of(request.actor.party_id)
