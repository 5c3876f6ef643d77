"""The people and licences of an organisation, for its own people and for the operator."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account import actions as accounts
from jangteo.records.account.queries import tokens_of
from jangteo.stages.registration import actions, queries
from jangteo.stages.registration.forms import LicenceForm, NewPersonForm
from jangteo.stages.registration.queries import RegistrationRow
from jangteo.stages.registration.views.papers import KINDS, summary
from jangteo.ui.forms import show_refusal


def people(request: HttpRequest) -> HttpResponse:
    """`/people`: who acts for the organisation, and as what; a role ends or tokens go here."""
    row = _own(request)
    if request.method == "POST":
        return _take_back(request, row)
    context = {
        "row": row,
        "kind": KINDS[row.status],
        "people": queries.people_in(row.party_id, request.at),
        "summary": summary(row),
        "may_add": queries.may_add_person(request.actor),
        "tokens": tokens_of(request.actor.account_id),
    }
    return render(request, "registration/people.html", context)


def _take_back(request: HttpRequest, row: RegistrationRow) -> HttpResponse:
    where: dict[str, Any] = {"by": request.actor, "at": request.at, "party_id": row.party_id}
    token, account = (_id(request.POST.get(name, "")) for name in ("token", "account"))
    if token:
        mine = request.actor.account_id
        accounts.revoke_token(at=request.at, account_id=mine, token_id=token)
        messages.success(request, _("The token is worthless now."))
    elif account and "role" in request.POST:
        actions.end_role(**where, account_id=account, role=request.POST["role"])
        messages.success(request, _("The role has ended."))
    elif account:
        actions.revoke_tokens(**where, account_id=account)
        messages.success(request, _("The person's tokens are worthless now."))
    return redirect("people")


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def add_person(request: HttpRequest, registration_id: uuid.UUID | None = None) -> HttpResponse:
    """`/people/add`, and for the operator `/registrations/…/people/add`"""
    if registration_id is None:
        row, back = _own(request), "/people"
    else:
        row = queries.registration_for(request.actor, registration_id)
        back = f"/registrations/{row.id}"
    operator = "operator" in request.actor.roles
    form = NewPersonForm(request.POST or None, kind=row.kind, operator=operator)
    if form.is_valid():
        try:
            actions.add_person(
                by=request.actor, at=request.at, party_id=row.party_id, **form.cleaned_data
            )
            return redirect(back)
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
    context = {"form": form, "row": row, "back": back, "operator": operator}
    return render(request, "registration/add_person.html", context)


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
