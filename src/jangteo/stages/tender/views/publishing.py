"""Check the answers, make the keys, publish, correct, cancel."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jangteo.records.vault.queries import custody_state
from jangteo.records.vault.statements import moment
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.forms import CancelForm, CorrectionForm
from jangteo.stages.tender.queries import DraftRow, NoticeRow
from jangteo.stages.tender.views.answers import answers
from jangteo.stages.tender.views.door import for_officers, own_tender, prepared, tried
from jangteo.ui.forms import Form

form_page = require_http_methods(["GET", "POST"])


@form_page
@for_officers
def check(request: HttpRequest, number: str) -> HttpResponse:
    """All answers on one page; each can be changed; then the keys are asked for."""
    draft, current = prepared(request, number)
    form = Form(request.POST if request.method == "POST" else None)

    def confirm() -> None:
        seen = request.POST.get("examples", "")
        actions.see_examples(by=request.actor, at=request.at, number=number, seen=seen)
        actions.ask_for_keys(by=request.actor, at=request.at, number=number)

    if request.method == "POST" and tried(form, confirm):
        messages.success(request, _("The lot keys were asked for."))
        return redirect("my-tender-custody", number)
    return render(request, "tender/check.html", _checked(request, draft, current) | {"form": form})


def _checked(request: HttpRequest, draft: DraftRow, current: NoticeRow | None) -> dict[str, Any]:
    on = queries.rule_day(request.at, current)
    return {
        "draft": draft,
        "notice": current,
        "groups": answers(draft, current, on=on, contract=_contract(request)),
        "problems": queries.against(draft, at=request.at, current=current),
        "example": queries.example(draft, on=on),
        "filled": queries.filled_or_none(draft, on=on),
        "conditions": queries.conditions(draft, on=on),
        "schedule": queries.schedule_reasons(draft, at=request.at),
        "contract": _contract(request),
        "examples": queries.examples(draft, on=on),
        "read": queries.care_for(request.actor, draft.number, at=request.at).examples_seen,
        "small": queries.entered_once(draft, on=on),
        "at": request.at,
    }


def _contract(request: HttpRequest) -> bool:
    return "contract_officer" in request.actor.roles


def _custody(request: HttpRequest, number: str) -> dict[str, Any]:
    draft, current = prepared(request, number)
    state = custody_state(draft.scope)
    return {
        "draft": draft,
        "notice": current,
        "state": state,
        "asked": draft.keys_asked,
        "officer_done": "officer" in state.keys and "agency" in state.seeds,
        "opening": "opening_officer" in request.actor.roles,
        "contract": _contract(request),
        "account": request.actor.account_id,
        "deadline": moment(state.deadline) if state.deadline else "",
        "at": request.at,
    }


@require_GET
@for_officers
def custody(request: HttpRequest, number: str) -> HttpResponse:
    """The three custodians' keys and the two seeds; the opening officer makes the agency's."""
    return render(request, "tender/custody.html", _custody(request, number))


@require_GET
@for_officers
def custody_parts(request: HttpRequest, number: str) -> HttpResponse:
    """The same state alone, for the page that waits for it."""
    return render(request, "tender/parts/custodians.html", _custody(request, number))


@require_POST
@for_officers
def renew_keys(request: HttpRequest, number: str) -> HttpResponse:
    """Begin with fresh keys, when the officer's passphrase or device is lost."""
    prepared(request, number)
    actions.ask_for_keys(by=request.actor, at=request.at, number=number, renew=True)
    messages.success(request, _("Fresh lot keys were asked for."))
    return redirect("my-tender-custody", number)


@form_page
@for_officers
def publish(request: HttpRequest, number: str) -> HttpResponse:
    """The last look, and the button that makes it public."""
    draft, current = prepared(request, number)
    form = Form(request.POST if request.method == "POST" else None)
    act = actions.correct if current else actions.publish
    if request.method == "POST" and tried(
        form, lambda: act(by=request.actor, at=request.at, number=number)
    ):
        said = _("The correction is published.") if current else _("The notice is published.")
        messages.success(request, said)
        return redirect(f"/tenders/{number}")
    context = _checked(request, draft, current) | _custody(request, number) | {"form": form}
    context["missing"] = queries.custody_problems(draft) + queries.care_missing(
        request.actor, number, at=request.at
    )
    return render(request, "tender/publish.html", context)


@form_page
@for_officers
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a correction by saying what was wrong."""
    row = own_tender(request, number)
    current = queries.current_notice(number)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes = form.cleaned_data
        if tried(
            form,
            lambda: actions.start_correction(
                by=request.actor, at=request.at, number=number, changes=changes
            ),
        ):
            return redirect("my-tender", number)
    suggestion = queries.suggestion(current, at=request.at, current=current) if current else None
    context = {"row": row, "notice": current, "form": form, "suggestion": suggestion}
    return render(request, "tender/correct.html", context)


@require_POST
@for_officers
def abandon(request: HttpRequest, number: str) -> HttpResponse:
    """Throw away a correction that is being prepared."""
    own_tender(request, number)
    actions.abandon_correction(by=request.actor, at=request.at, number=number)
    messages.success(request, _("The correction was thrown away; the notice stays as it is."))
    return redirect("my-tender", number)


@form_page
@for_officers
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel with a reason."""
    row = own_tender(request, number)
    current = queries.current_notice(number)
    form = CancelForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form,
            lambda: actions.cancel(
                by=request.actor, at=request.at, number=number, **form.cleaned_data
            ),
        )
    ):
        messages.success(request, _("The tender is cancelled."))
        return redirect(f"/tenders/{number}" if current else "/my/tenders")
    title = current.title if current else row.draft.title if row.draft else number
    context = {"row": row, "notice": current, "form": form, "title": title}
    return render(request, "tender/cancel.html", context)
