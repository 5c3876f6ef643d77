"""Register an organisation step by step; the answers wait in the session until they are sent."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.account import throttle
from jangteo.stages.registration import actions
from jangteo.stages.registration.forms import (
    MOST_LICENCES,
    LicenceForms,
    OrganisationForm,
    PasswordForm,
    PersonForm,
)
from jangteo.stages.registration.queries import LICENCES, REGIONS, LicenceRow
from jangteo.stages.registration.states import REGIMES
from jangteo.ui.forms import show_refusal
from jangteo.ui.sentences import day_text, say
from jangteo.ui.shapes import SummaryRow

STEPS = {
    "agency": ("organisation", "person", "check"),
    "supplier": ("organisation", "licences", "person", "check"),
}
KEPT = "registration"
Answers = dict[str, Any]


def choose(request: HttpRequest) -> HttpResponse:
    """`/register`: agency or supplier."""
    return render(request, "registration/choose.html")


def step(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """One step; a step whose predecessors are not answered leads back to the first open one."""
    if name not in STEPS.get(kind, ()):
        raise Http404
    answers = _answers(request, kind)
    before = STEPS[kind][: STEPS[kind].index(name)]
    missing = next((one for one in before if one not in answers), None)
    if missing:
        return redirect("registration-step", kind, missing)
    page = {"organisation": _organisation, "licences": _licences, "person": _person}.get(name)
    return (page or _check)(request, kind, answers)


def submitted(request: HttpRequest) -> HttpResponse:
    """`/register/submitted`: what happens now."""
    return render(request, "registration/submitted.html")


def _organisation(request: HttpRequest, kind: str, answers: Answers) -> HttpResponse:
    form = OrganisationForm(request.POST or None, kind=kind, initial=answers.get("organisation"))
    if form.is_valid():
        return _keep(request, kind, "organisation", form.cleaned_data)
    return _page(request, kind, "organisation", {"form": form})


def _person(request: HttpRequest, kind: str, answers: Answers) -> HttpResponse:
    form = PersonForm(request.POST or None, initial=answers.get("person"))
    if form.is_valid():
        return _keep(request, kind, "person", form.cleaned_data)
    return _page(request, kind, "person", {"form": form})


def _licences(request: HttpRequest, kind: str, answers: Answers) -> HttpResponse:
    rows = licence_forms(request, answers.get("licences"))
    if request.method == "POST" and "more" not in request.POST and rows.is_valid():
        found = [_plain(form.row()) for form in rows.filled()]
        return _keep(request, kind, "licences", found)
    return _page(request, kind, "licences", {"rows": rows})


def _check(request: HttpRequest, kind: str, answers: Answers) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            _submit(request, kind, answers, form.cleaned_data["password"])
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
        else:
            del request.session[KEPT]
            return redirect("registration-submitted")
    return _page(request, kind, "check", {"form": form, "answers": _summary(kind, answers)})


def _submit(request: HttpRequest, kind: str, answers: Answers, password: str) -> None:
    throttle.count(request.META["REMOTE_ADDR"])
    words = {**answers["organisation"], **answers["person"], "password": password}
    if kind == "supplier":
        words["licences"] = [licence_row(one) for one in answers["licences"]]
        actions.register_supplier(by=request.actor, at=request.at, **words)
    else:
        actions.register_agency(by=request.actor, at=request.at, **words)


def licence_forms(request: HttpRequest, known: list[dict[str, str]] | None) -> Any:
    """The licence rows: as they are known, as typed, or as typed with one more if asked for."""
    if request.method != "POST":
        return LicenceForms(initial=[_typed(one) for one in known or ()])
    data = request.POST.copy()
    data["form-INITIAL_FORMS"] = "0"  # so that a known licence can be emptied, and so removed
    rows = LicenceForms(data)
    if "more" not in data:
        return rows
    typed = [{bound.name: bound.value() for bound in form} for form in rows]
    return LicenceForms(initial=[*typed, {}][:MOST_LICENCES])


def licence_row(one: dict[str, str]) -> LicenceRow:
    """A licence from how the session keeps it."""
    return LicenceRow(one["code"], one["number"], date.fromisoformat(one["since"]))


def _typed(one: dict[str, str]) -> dict[str, Any]:
    return {**one, "since": date.fromisoformat(one["since"])}


def _plain(row: LicenceRow) -> dict[str, str]:
    return {"code": row.code, "number": row.number, "since": row.since.isoformat()}


def _answers(request: HttpRequest, kind: str) -> Answers:
    kept = request.session.get(KEPT)
    return kept["answers"] if kept and kept["kind"] == kind else {}


def _keep(request: HttpRequest, kind: str, name: str, given: Any) -> HttpResponse:
    """Remember a step and go to the next one, or back to the check if it was a change."""
    answers = {**_answers(request, kind), name: given}
    request.session[KEPT] = {"kind": kind, "answers": answers}
    following = next((one for one in STEPS[kind] if one not in answers), "check")
    return redirect("registration-step", kind, following)


def _page(request: HttpRequest, kind: str, name: str, more: Answers) -> HttpResponse:
    names = STEPS[kind]
    place = names.index(name)
    context = {
        "kind": kind,
        "place": place + 1,
        "places": len(names),
        "back": names[place - 1] if place else "",
        **more,
    }
    return render(request, f"registration/{name}.html", context)


def _summary(kind: str, answers: Answers) -> list[SummaryRow]:
    def change(name: str) -> str:
        return f"/register/{kind}/{name}"

    told, person = answers["organisation"], answers["person"]
    region = REGIONS.get(told["region"], told["region"])
    number = _("Business registration number") if kind == "supplier" else _("Institution code")
    rows = [
        SummaryRow(_("Name of the organisation"), told["name"], change("organisation")),
        SummaryRow(number, told["identifier"], change("organisation")),
        SummaryRow(_("Province of the head office"), region, change("organisation")),
        SummaryRow(_("Address"), told["address"], change("organisation")),
    ]
    if kind == "agency":
        law = say(REGIMES[told["regime"]])
        rows.append(SummaryRow(_("Contract law"), law, change("organisation")))
    for one in answers.get("licences", ()):
        since = day_text(date.fromisoformat(one["since"]))
        value = f"{LICENCES[one['code']]} · {one['number']} · {since}"
        rows.append(SummaryRow(_("Licence"), value, change("licences")))
    first = _("Representative") if kind == "supplier" else _("Who acts first")
    rows.append(SummaryRow(first, person["representative"], change("person")))
    rows.append(SummaryRow(_("Sign-in name"), person["username"], change("person")))
    return rows
