"""The task list of one notice, and its steps."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jangteo.ground.errors import N_, Refusals
from jangteo.records.journal.queries import Fact
from jangteo.records.vault.queries import custody_state
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.forms import STEP_FORMS, PaperForm, TitleForm, leave_out, offer, usual
from jangteo.stages.tender.queries import DraftRow, NoticeRow, TenderRow
from jangteo.stages.tender.views.door import for_officers, for_seconds, own_tender, prepared, tried
from jangteo.stages.tender.views.hints import choices_for, hints_for
from jangteo.ui.forms import Form, show_refusal
from jangteo.ui.shapes import Task
from jangteo.ui.words import worded

form_page = require_http_methods(["GET", "POST"])
#: what one does where a last task is named by a thing
_ACTS = {
    "Lot keys": N_("Make the lot keys"),
    "Second entry and doubts": N_("Enter the figures a second time, settle the doubts"),
}


@form_page
@for_officers
def new(request: HttpRequest) -> HttpResponse:
    """Begin a notice with its title."""
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []

        def begin() -> None:
            made.append(actions.draft_tender(by=request.actor, at=request.at, **form.cleaned_data))

        if tried(form, begin):
            return redirect("my-tender-step", made[0].number, "basics")
    return render(request, "tender/new.html", {"form": form, "kind": queries.kind_of("open")})


@require_GET
@for_officers
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """What is done, what is next, who acts."""
    row = own_tender(request, number)
    current = queries.current_notice(number)
    contract = "contract_officer" in request.actor.roles
    context: dict[str, Any] = {"row": row, "notice": current, "at": request.at}
    if row.draft:
        context |= _progress(request, row.draft, current)
    before_deadline = bool(current and current.deadline and request.at < current.deadline)
    active = contract and row.status == "active"
    context |= {
        "title": row.draft.title if row.draft else current.title if current else number,
        "may_correct": active and before_deadline and not row.draft,
        "may_cancel": contract and (row.status == "draft" or _may_cancel(row, current, request)),
        "history": _condensed(queries.history_for(request.actor, number)),
    }
    return render(request, "tender/overview.html", context)


def _condensed(facts: list[Fact]) -> list[Fact]:
    """Of edits that follow each other by the same person, the last one."""
    pairs = zip(facts, [*facts[1:], None], strict=True)
    return [one for one, after in pairs if not _goes_on(one, after)]


def _goes_on(one: Fact, after: Fact | None) -> bool:
    edited = one.kind == "tender.edit"
    return edited and after is not None and (after.kind, after.actor_name) == (
        one.kind, one.actor_name,
    )  # fmt: skip


def _may_cancel(row: TenderRow, current: NoticeRow | None, request: HttpRequest) -> bool:
    opening_at = current.opening_at if current else None
    return row.status == "active" and opening_at is not None and request.at < opening_at


def _progress(request: HttpRequest, draft: DraftRow, current: NoticeRow | None) -> dict[str, Any]:
    problems = queries.against(draft, at=request.at, current=current)
    steps = queries.step_states(draft, problems)
    page = f"/my/tenders/{draft.number}"
    contract = "contract_officer" in request.actor.roles
    tasks = [_step_task(one, page, contract, draft) for one in steps]
    last = _last_tasks(request, draft, page, ready=not problems)
    ahead = next((one for one in steps if one.state != "done" and one.key != "documents"), None)
    if ahead and contract:
        action = (worded(ahead.act, draft.category), f"{page}/{ahead.key}")
    else:
        action = next(
            ((_ACTS.get(one.label, one.label), one.url) for one in last if one.state == "todo"),
            ("", ""),
        )
    return {
        "tasks": [*tasks, *last],
        "problems": problems,
        "next_step": ahead,
        "action": action,
        "contract": contract,
    }


def _step_task(step: queries.StepState, page: str, contract: bool, draft: DraftRow) -> Task:
    hint = N_("Optional") if step.key == "documents" and not draft.documents else ""
    url = f"{page}/{step.key}" if contract else ""
    return Task(worded(step.label, draft.category), step.state, url, hint=hint)


def _last_tasks(request: HttpRequest, draft: DraftRow, page: str, *, ready: bool) -> list[Task]:
    """Check, keys, publication: each open only when the one before is done."""
    roles = request.actor.roles
    contract, opening = "contract_officer" in roles, "opening_officer" in roles
    asked = draft.keys_asked
    state = custody_state(draft.scope) if asked else None
    complete = bool(state and state.complete)
    officer_due = bool(state and ("officer" not in state.keys or "agency" not in state.seeds))
    care = queries.care_for(request.actor, draft.number, at=request.at)
    read = care.examples_seen or care.examples is None
    check = "done" if asked and ready and read else "todo" if contract else "waiting"
    keys = "done" if complete else "todo" if asked and opening and officer_due else "waiting"
    waits_for = ("opening_officer" if officer_due else "platform") if asked else "contract_officer"
    entered = queries.care_state(care, request.actor)
    clear = complete and ready and read and entered == "done"
    publish = "todo" if clear and contract else "waiting"
    return [
        Task(N_("Check your answers"), check, f"{page}/check", "contract_officer"),
        Task(N_("Lot keys"), keys, f"{page}/custody" if asked else "", waits_for),
        Task(N_("Second entry and doubts"), entered, f"{page}/care", "second_person"),
        Task(
            N_("Publish the correction") if draft.next_version else N_("Publish"),
            publish,
            f"{page}/publish" if clear and contract else "",
            ("contract_officer" if entered == "done" else "second_person")
            if complete
            else waits_for,
        ),
    ]


@form_page
@for_officers
def step(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One step of the notice; saved as you go."""
    draft, current = prepared(request, number)
    if key not in queries.step_keys(draft):
        return redirect("my-tender", number)
    form = _step_form(request, draft, current, key)
    if request.method == "POST" and "use_suggestion" in request.POST:
        return _use_suggestion(request, draft, current)
    if request.method == "POST" and form.is_valid():
        changes = form.cleaned_data
        if tried(
            form,
            lambda: actions.save_draft(
                by=request.actor, at=request.at, number=number, changes=changes
            ),
        ) and not _breaches(request, number, form):
            return _onward(request, number, key)
    context = {
        "draft": draft,
        "form": form,
        "key": key,
        "label": worded(queries.STEP_LABELS[key], draft.category),
        "keys": _named(draft),
        "more": _more(form),
        "at": request.at,
        "suggestion": _suggestion(draft, request, current) if key == "schedule" else None,
        "back": f"/my/tenders/{number}",
    }
    return render(request, f"tender/step_{key}.html", context)


def _breaches(request: HttpRequest, number: str, form: Form) -> bool:
    """Show at its fields what the law says to the answers just saved; whether it says anything."""
    draft, current = prepared(request, number)
    on = queries.rule_day(request.at, current)
    leave_out(form, queries.means_nothing(draft, on=on))
    offer(form, choices_for(draft, on))
    found = queries.against(draft, at=request.at, current=current)
    here = [one for one in found if one.field in form.fields]
    if here:
        show_refusal(form, Refusals(here))
    return bool(here)


def _named(draft: DraftRow) -> list[tuple[str, str]]:
    labels = queries.STEP_LABELS
    return [(key, worded(labels[key], draft.category)) for key in queries.step_keys(draft)]


def _more(form: Form) -> bool:
    """Whether the folded part of the amounts holds an answer or an error."""
    plain = {
        "base_amount", "estimated_price", "budget_amount", "a_value", "base_net_cost", "difficulty",
    }  # fmt: skip
    return any(form.initial.get(n) or n in form.errors for n in form.fields if n not in plain)


def _step_form(request: HttpRequest, draft: DraftRow, current: NoticeRow | None, key: str) -> Form:
    initial = {name: getattr(draft, name) for name in queries.fields_of(key)}
    form = STEP_FORMS[key](request.POST or None, initial=initial)
    on = queries.rule_day(request.at, current)
    leave_out(form, queries.means_nothing(draft, on=on))
    offer(form, choices_for(draft, on))
    usual(form, hints_for(draft, on))
    return form


def _suggestion(
    draft: DraftRow, request: HttpRequest, current: NoticeRow | None
) -> queries.Suggestion | None:
    return queries.suggestion(draft, at=request.at, current=current)


def _use_suggestion(
    request: HttpRequest, draft: DraftRow, current: NoticeRow | None
) -> HttpResponse:
    found = _suggestion(draft, request, current)
    if found:
        actions.save_draft(
            by=request.actor, at=request.at, number=draft.number,
            changes={
                "bidding_from": found.bidding_from, "deadline": found.deadline,
                "opening_at": found.opening_at,
            },
        )  # fmt: skip
    return redirect("my-tender-step", draft.number, "schedule")


def _onward(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """To the next step, or back to the answers if the reader came from there."""
    if request.GET.get("from") == "check":
        return redirect(f"/my/tenders/{number}/check")
    keys = queries.step_keys(queries.draft(request.actor, number))
    after = keys[keys.index(key) + 1 :]
    return redirect(f"/my/tenders/{number}/{after[0]}" if after else f"/my/tenders/{number}")


@form_page
@for_officers
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """The documents of the notice: add one, leave one out."""
    draft, _current = prepared(request, number)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        title = form.cleaned_data["title"] or file.name[:200]
        if tried(
            form,
            lambda: actions.attach(
                by=request.actor, at=request.at, number=number, title=title,
                media_type=file.content_type or "application/octet-stream", data=file.read(),
            ),
        ):  # fmt: skip
            messages.success(request, _("{title} was added.").format(title=title))
            return redirect("my-tender-papers", number)
    context = {
        "draft": draft,
        "form": form,
        "key": "documents",
        "label": queries.STEP_LABELS["documents"],
        "keys": _named(draft),
        "papers": queries.papers(number, draft),
        "back": f"/my/tenders/{number}",
    }
    return render(request, "tender/step_documents.html", context)


@require_POST
@for_officers
def remove_paper(request: HttpRequest, number: str, document_id: uuid.UUID) -> HttpResponse:
    """Leave a document out of what is being prepared."""
    prepared(request, number)
    actions.detach(by=request.actor, at=request.at, number=number, document_id=document_id)
    messages.success(request, _("The document is no longer part of the notice."))
    return redirect("my-tender-papers", number)


@require_GET
@for_seconds
def paper(request: HttpRequest, number: str, document_id: uuid.UUID) -> HttpResponse:
    """The file itself, always to be saved and never run in our origin."""
    row, data = queries.paper(request.actor, number, document_id)
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.title)
    return response
