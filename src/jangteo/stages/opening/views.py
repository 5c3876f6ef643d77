"""Pages of the opening: today's list, the ceremony, the result, its reasons, its bundle."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.verifier import queries as verifier
from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.forms import (
    ExclusionForm,
    OfficerKeyForm,
    RefuseWayOutForm,
    SeenForm,
    SignatureForm,
    WayOutForm,
)
from jangteo.stages.opening.states import WAYS
from jangteo.ui.forms import Form, show_refusal


@require_GET
def openings(request: HttpRequest) -> HttpResponse:
    """The agency's openings: due now, coming, done."""
    if not request.actor.roles & {"opening_officer", "contract_officer"}:
        raise Refusal(
            "opening.list.forbidden",
            N_("This list is for an agency's contract and opening officers."),
            repair=N_("Sign in as one of them. Results are public on each tender's page."),
            status=403,
        )
    lines = queries.openings_of(request.actor, at=request.at)
    waiting = [line for line in lines if line.tender_status == "active"]
    context = {
        "due": [line for line in waiting if line.deadline <= request.at],
        "coming": [line for line in waiting if line.deadline > request.at],
        "done": [line for line in lines if line.tender_status != "active"][::-1],
    }
    return render(request, "opening/openings.html", context)


@require_GET
def ceremony(request: HttpRequest, number: str) -> HttpResponse:
    """The opening, step by step."""
    return _ceremony(request, number)


def _ceremony(request: HttpRequest, number: str, form: Any = None, status: int = 200) -> Any:
    state = queries.opening_state(request.actor, number, at=request.at)
    context = {
        "state": state,
        "steps": queries.steps(state, at=request.at),
        "panel": queries.panel(state, at=request.at),
        "form": form or ExclusionForm(state=state),
        "error": getattr(form, "refused", None),
        "backup": queries.officer_backup(request.actor, number, at=request.at),
        "at": request.at,
        "account": request.actor.account_id,
    }
    return render(request, "opening/ceremony.html", context, status=status)


@require_GET
def custodians(request: HttpRequest, number: str) -> HttpResponse:
    """The three custodians' state alone, for the page that waits for them."""
    state = queries.opening_state(request.actor, number, at=request.at)
    return render(request, "opening/parts/custodians.html", {"state": state})


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One step of the ceremony; a refusal is shown on the page where the step was tried."""
    form: Any = None
    try:
        form = _step(request, number, verb)
    except (Refusal, Refusals) as refusal:
        form = _refused(request, number, verb, refusal)
        return _ceremony(request, number, form, status=_status(refusal))
    if form is not None:
        return _ceremony(request, number, form, status=422)
    place = "result" if verb == "hold" else "opening"
    return redirect(f"/tenders/{number}/{place}")


def _status(refusal: Refusal | Refusals) -> int:
    return refusal.status if isinstance(refusal, Refusal) else 422


def _step(request: HttpRequest, number: str, verb: str) -> Any:
    """Do the verb; the form itself if it was not filled in rightly."""
    who = {"by": request.actor, "at": request.at, "number": number}
    match verb:
        case "prepare":
            actions.prepare(**who)
        case "close":
            actions.close_set(**who)
        case "hold":
            actions.hold_opening(**who)
        case "exclude":
            return _exclude(request, number, who)
        case "sign":
            return _scripted(SignatureForm(request.POST), actions.sign_request, who)
        case "officer-key":
            return _scripted(OfficerKeyForm(request.POST), actions.release_officer_key, who)
    return None


def _exclude(request: HttpRequest, number: str, who: dict[str, Any]) -> Any:
    state = queries.opening_state(request.actor, number, at=request.at)
    form = ExclusionForm(request.POST, state=state)
    if not form.is_valid():
        return form
    data = form.cleaned_data
    actions.exclude(**who, bid_hash=data["bid"], ground=data["ground"], note=data["note"])
    return None


def _scripted(form: Any, action: Any, who: dict[str, Any]) -> None:
    if not form.is_valid():
        raise Refusal(
            "opening.script.missing",
            N_("The browser's script did not sign."),
            repair=N_("Allow scripts for this site, load the page again and sign once more."),
            status=400,
        )
    action(**who, **form.cleaned_data)


def _refused(request: HttpRequest, number: str, verb: str, refusal: Refusal | Refusals) -> Any:
    state = queries.opening_state(request.actor, number, at=request.at)
    form = ExclusionForm(request.POST if verb == "exclude" else None, state=state)
    if verb == "exclude":
        form.is_valid()
        show_refusal(form, refusal)
    else:
        form.refused = refusal.refusals[0] if isinstance(refusal, Refusals) else refusal
    return form


@require_GET
def result(request: HttpRequest, number: str) -> HttpResponse:
    """What the opening found, in words, and how to check it."""
    return _result(request, number)


def _result(
    request: HttpRequest, number: str, status: int = 200, error: Any = None, **forms: Any
) -> HttpResponse:
    found = queries.result(number)
    mine = None
    if request.actor.party_kind == "supplier":
        mine = queries.my_result(request.actor, number)
    ways = queries.ways_out(request.actor, number, at=request.at)
    context = {
        "result": found,
        "mine": mine,
        "me": request.actor.party_id,
        "both": queries.beside(request.actor, found),
        "ways": ways,
        "ask": forms.get("ask") or WayOutForm(ways=ways.ways if ways else WAYS),
        "refuse": forms.get("refuse") or RefuseWayOutForm(),
        "error": error,
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "opening/result.html", context, status=status)


@require_POST
def way_out(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """A step out of a hold, or its refusal; what is refused is shown on the result page."""
    form = _way_out_form(request, number, verb)
    if not form.is_valid():
        return _result(request, number, 422, **{verb: form})
    who = {"by": request.actor, "at": request.at, "number": number}
    try:
        _WAYS[verb](**who, **form.cleaned_data)
    except Refusal as refusal:
        shown = {verb: form} if refusal.field else {}
        return _result(request, number, refusal.status, refusal, **shown)
    return redirect(f"/tenders/{number}/result")


def _way_out_form(request: HttpRequest, number: str, verb: str) -> Any:
    if verb == "ask":
        ways = queries.ways_out(request.actor, number, at=request.at)
        return WayOutForm(request.POST, ways=ways.ways if ways else WAYS)
    return {"refuse": RefuseWayOutForm, "withdraw": Form}.get(verb, SeenForm)(request.POST)


_WAYS: dict[str, Any] = {
    "ask": actions.ask_way_out, "again": actions.open_again, "set-aside": actions.set_aside,
    "refuse": actions.refuse_way_out, "withdraw": actions.withdraw_way_out,
}  # fmt: skip


@require_GET
def why(request: HttpRequest, number: str) -> HttpResponse:
    """Every figure's steps."""
    return render(request, "opening/why.html", {"result": queries.result(number)})


@require_GET
def bundle(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen bundle, byte for byte."""
    data, digest = queries.bundle(request.actor, number)
    response = HttpResponse(data, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{number}-bundle.json"'
    response["X-Bundle-SHA256"] = digest
    return response


@require_GET
def program(request: HttpRequest) -> HttpResponse:
    """The verifier itself, one file, for anyone to run on a machine of their own."""
    response = HttpResponse(verifier.program(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="jangteo_verify.py"'
    return response
