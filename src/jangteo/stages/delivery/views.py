"""Pages of a delivery: one contract's works with what is next, and the inspections that are due."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.journal.queries import Fact, history
from jangteo.stages.delivery import actions, queries
from jangteo.stages.delivery.forms import (
    AcceptForm,
    AgainForm,
    CorrectionForm,
    RequestForm,
    StartForm,
)
from jangteo.ui.forms import Form, show_refusal
from jangteo.ui.sentences import day_text
from jangteo.ui.shapes import Step

FORMS: dict[str, type[Form]] = {
    "start": StartForm, "request": RequestForm, "request_again": AgainForm,
    "order_correction": CorrectionForm, "accept": AcceptForm,
}  # fmt: skip
VERBS = "|".join((*FORMS, "withdraw_request"))


@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """The open inspections of the reader's agency or company, the soonest due first."""
    if not request.actor.signed_in:
        return redirect_to_login(request.get_full_path())
    rows = queries.inspections_of(request.actor, at=request.at)
    waiting = [(row, one) for row, one in rows if one.status == "requested"]
    mending = [(row, one) for row, one in rows if one.status == "correcting"]
    context = {"waiting": waiting, "mending": mending, "at": request.at}
    return render(request, "delivery/inspections.html", context)


@require_GET
def delivery(request: HttpRequest, number: str) -> HttpResponse:
    """A contract's works: what is next, by when, what was found, what is accepted."""
    return _page(request, number)


def _page(request: HttpRequest, number: str, status: int = 200, **given: Any) -> HttpResponse:
    row = queries.delivery_for(request.actor, number, at=request.at)
    today = request.at.astimezone(KST).date()
    first = max(today, row.starts) if row.starts else today
    forms = {
        "start": StartForm(initial={"started_on": first}),
        "request": RequestForm(initial={"kind": "progress", "done_on": today}),
        "request_again": AgainForm(initial={"done_on": today}, prefix="again"),
        "order_correction": CorrectionForm(prefix="correction"),
        "accept": AcceptForm(prefix="accept"),
        **given.pop("forms", {}),
    }
    context = {
        "delivery": row, "current": row.current, "forms": forms, "at": request.at,
        "steps": _steps(row), "facts": _facts(number),
    }  # fmt: skip
    return render(request, "delivery/delivery.html", {**context, **given}, status=status)


def _facts(number: str) -> list[Fact]:
    found = history(subject=f"contract:{number}")
    return [fact for fact in found if fact.kind.startswith(("delivery.", "inspection."))]


def _steps(row: queries.DeliveryRow) -> list[Step]:
    """From the signed contract to the accepted completion."""
    last = next((one for one in row.inspections if one.kind == "completion"
                 and one.status in ("requested", "accepted")), None)  # fmt: skip
    begun = day_text(row.started_on) if row.started_on else ""
    reached = [
        (N_("Contract in force"), True, row.concluded_at, ""),
        (N_("Works begun"), row.started_on is not None, None, begun),
        (N_("Completion notified"), last is not None, last.notified_at if last else None, ""),
        (N_("Inspected and accepted"), row.completed_at is not None, row.completed_at, ""),
    ]
    steps, now = [], False
    for label, done, at, who in reached:
        state = "done" if done else "next" if now else "now"
        state = "failed" if state == "now" and row.status == "stopped" else state
        now = now or not done
        steps.append(Step(label, state, at, who))
    return steps


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One verb of the delivery; a refusal is shown at its field, else on the page."""
    row = queries.delivery_for(request.actor, number, at=request.at)
    form: Form | None = None
    if verb in FORMS:
        form = FORMS[verb](request.POST, prefix=_PREFIX.get(verb))
        if not form.is_valid():
            return _page(request, number, status=422, forms={verb: form})
    data = dict(form.cleaned_data) if form else {}
    if verb == "request" and data["amount"] is None:
        data["amount"] = row.left if data["kind"] == "completion" else 0
    try:
        getattr(actions, verb)(by=request.actor, at=request.at, number=number, **data)
    except (Refusal, Refusals) as refusal:
        return _refused(request, number, verb, form, refusal)
    messages.success(request, _SAID[verb]())
    return redirect(f"/contracts/{number}/delivery")


_PREFIX = {"request_again": "again", "order_correction": "correction", "accept": "accept"}


def _refused(
    request: HttpRequest, number: str, verb: str, form: Form | None, refusal: Refusal | Refusals
) -> HttpResponse:
    first = refusal.refusals[0] if isinstance(refusal, Refusals) else refusal
    if first.status == 404:
        raise refusal
    if form is not None and first.status == 422:
        show_refusal(form, refusal)
        return _page(request, number, status=422, forms={verb: form})
    return _page(request, number, status=first.status, error=first)


_SAID = {
    "start": lambda: _("Begun. Notify the works as they are done."),
    "request": lambda: _("Notified. The inspector comes within the law's days."),
    "request_again": lambda: _("Notified again. The days for the inspection begin anew."),
    "order_correction": lambda: _("The supplier is told what to mend."),
    "accept": lambda: _("Accepted. The supplier can claim the payment."),
    "withdraw_request": lambda: _("The notice is withdrawn."),
}
