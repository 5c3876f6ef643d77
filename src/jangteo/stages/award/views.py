"""The award page: what happened, what is next, why; and the steps that lead to it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangteo.ground.errors import Refusal, Refusals
from jangteo.stages.award import actions, queries
from jangteo.stages.award.forms import (
    AgainForm,
    AnnulForm,
    FailForm,
    OwnScoreForm,
    PaperForm,
    RefuseForm,
    RefuseWishForm,
    ScoreForm,
    SeenForm,
    SupplementForm,
)
from jangteo.ui.forms import Form, show_refusal

FORMS = {
    "papers": PaperForm, "supplement": SupplementForm, "fail": FailForm, "refuse": RefuseForm,
    "annulment": AnnulForm, "again": AgainForm, "own": OwnScoreForm,
    "refuse_annulment": RefuseWishForm, "refuse_again": RefuseWishForm,
    "refuse_own": RefuseWishForm,
}  # fmt: skip


@require_GET
def award(request: HttpRequest, number: str) -> HttpResponse:
    """The award of a tender."""
    return _page(request, number)


def _page(request: HttpRequest, number: str, status: int = 200, **given: Any) -> HttpResponse:
    named = request.POST.get("supplier") or request.GET.get("supplier", "")
    page = queries.award_page(request.actor, number, at=request.at, supplier=named)
    items = page.current.scored_items if page.current else []
    empty = {name: form() for name, form in FORMS.items() if name != "fail"}
    late = page.current and page.current.papers_due and request.at >= page.current.papers_due
    empty["fail"] = FailForm(only=_grounds(page, bool(late)))
    empty["score"] = ScoreForm(items=items)
    context = {"page_of": page, "forms": {**empty, **given.pop("forms", {})}, "at": request.at}
    return render(request, "award/award.html", {**context, **given}, status=status)


def _grounds(page: queries.AwardPage, late: bool) -> list[str]:
    found = ["no_papers"] if late and page.current and page.current.status != "submitted" else []
    return [*found, "disqualified"]


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One step; a refusal is shown on the page where it was tried."""
    form = _form(request, number, verb)
    if form is not None and not form.is_valid():
        return _page(request, number, status=422, forms={verb: form})
    try:
        said = _STEPS[verb](request, number, form)
    except (Refusal, Refusals) as refusal:
        return _refused(request, number, verb, form, refusal)
    if isinstance(said, HttpResponse):
        return said
    messages.success(request, said)
    return redirect(f"/tenders/{number}/award")


def _form(request: HttpRequest, number: str, verb: str) -> Form | None:
    if verb in FORMS:
        return FORMS[verb](request.POST, request.FILES)
    if verb not in ("score", "pass", "fail-score"):
        return None
    page = queries.award_page(request.actor, number, at=request.at)
    named = [row for row in page.candidates if row.identifier == request.POST.get("supplier")]
    row = named[0] if named else page.current
    return ScoreForm(request.POST, items=row.scored_items if row else [])


def _refused(
    request: HttpRequest, number: str, verb: str, form: Form | None, refusal: Refusal | Refusals
) -> HttpResponse:
    first = refusal.refusals[0] if isinstance(refusal, Refusals) else refusal
    if first.status in (403, 404):
        raise refusal
    name = "score" if verb in ("pass", "fail-score") else verb
    if form is not None and name in (*FORMS, "score"):
        show_refusal(form, refusal)
        return _page(request, number, status=first.status, forms={name: form})
    return _page(request, number, status=first.status, error=first)


def _add_paper(request: HttpRequest, number: str, form: Any) -> str:
    file = form.cleaned_data["file"]
    actions.add_paper(
        by=request.actor, at=request.at, number=number,
        title=form.cleaned_data["title"] or file.name[:200],
        media_type=file.content_type or "application/octet-stream", data=file.read(),
    )  # fmt: skip
    return _("The paper was added. Hand all of them in when they are complete.")


def _score(request: HttpRequest, number: str, form: Any) -> HttpResponse:
    """What the scores come to; nothing is decided yet."""
    supplier = request.POST.get("supplier", "")
    found = queries.trial(request.actor, number, form.scores(), supplier)
    return _page(request, number, forms={"score": form}, trial=found)


def _who(request: HttpRequest, number: str) -> dict[str, Any]:
    return {"by": request.actor, "at": request.at, "number": number}


def _named(request: HttpRequest, number: str) -> dict[str, Any]:
    """The officer speaks of the candidate that its page showed, even if another came since."""
    return {**_who(request, number), "supplier": request.POST.get("supplier", "")}


def _submit(request: HttpRequest, number: str, form: Any) -> str:
    actions.submit_papers(**_who(request, number))
    return _("Your papers are handed in.")


def _supplement(request: HttpRequest, number: str, form: Any) -> str:
    actions.ask_supplement(**_named(request, number), text=form.cleaned_data["note"])
    return _("The candidate is asked to supplement its papers.")


def _pass(request: HttpRequest, number: str, form: Any) -> str:
    scores = form.scores() if form else {}
    row = actions.pass_review(**_named(request, number), scores=scores)
    if row.status == "hold":
        return _held()
    return _("The candidate passes. Propose the award next.")


def _fail_score(request: HttpRequest, number: str, form: Any) -> str:
    said = {"ground": "score", "note": "", "scores": form.scores() if form else {}}
    row = actions.fail_review(**_named(request, number), **said)
    return _held() if row.status == "hold" else _fails()


def _fail(request: HttpRequest, number: str, form: Any) -> str:
    data = form.cleaned_data
    actions.fail_review(**_named(request, number), ground=data["ground"], note=data["note"])
    return _fails()


def _withdraw(request: HttpRequest, number: str, form: Any) -> str:
    actions.withdraw(**_who(request, number))
    return _("Your candidacy is withdrawn.")


def _propose(request: HttpRequest, number: str, form: Any) -> str:
    actions.propose(**_who(request, number))
    return _("The award is proposed; an approving officer decides.")


def _confirm(request: HttpRequest, number: str, form: Any) -> str:
    actions.confirm(**_who(request, number))
    return _("Awarded and published. The contract comes next.")


def _refuse(request: HttpRequest, number: str, form: Any) -> str:
    actions.refuse(**_who(request, number), reason=form.cleaned_data["reason"])
    return _("The award is not confirmed; the contract officer reads why.")


def _ask_annulment(request: HttpRequest, number: str, form: Any) -> str:
    actions.ask_annulment(**_who(request, number), **form.cleaned_data)
    return _("It is asked for; an approving officer confirms it.")


def _annul(request: HttpRequest, number: str, form: Any) -> str:
    actions.annul(**_who(request, number), digest=_digest(request))
    return _("The award is annulled, and everybody who bid is told.")


def _refuse_annulment(request: HttpRequest, number: str, form: Any) -> str:
    actions.refuse_annulment(**_who(request, number), **form.cleaned_data)
    return _("It is refused; whoever asked for it is told and reads why.")


def _withdraw_annulment(request: HttpRequest, number: str, form: Any) -> str:
    actions.withdraw_annulment(**_who(request, number))
    return _("It is withdrawn.")


def _refuse_again(request: HttpRequest, number: str, form: Any) -> str:
    actions.refuse_reopening(**_named(request, number), **form.cleaned_data)
    return _("It is refused; whoever asked for it is told and reads why.")


def _withdraw_again(request: HttpRequest, number: str, form: Any) -> str:
    actions.withdraw_reopening(**_named(request, number))
    return _("It is withdrawn.")


def _again(request: HttpRequest, number: str, form: Any) -> str:
    actions.ask_reopening(**_named(request, number), reason=form.cleaned_data["reason"])
    return _("It is asked for; an approving officer confirms it.")


def _reopen(request: HttpRequest, number: str, form: Any) -> str:
    row = actions.reopen(**_named(request, number), digest=_digest(request))
    if row.status == "hold":
        return _held()
    return _("The candidate is examined again and is told.")


def _own(request: HttpRequest, number: str, form: Any) -> str:
    actions.enter_own_score(**_named(request, number), **form.cleaned_data)
    return _("The score is entered; another officer confirms it.")


def _confirm_own(request: HttpRequest, number: str, form: Any) -> str:
    actions.confirm_own_score(**_named(request, number), digest=_digest(request))
    return _("The score is confirmed; the contract officer decides on it.")


def _refuse_own(request: HttpRequest, number: str, form: Any) -> str:
    actions.refuse_own_score(**_named(request, number), **form.cleaned_data)
    return _("It is refused; whoever asked for it is told and reads why.")


def _withdraw_own(request: HttpRequest, number: str, form: Any) -> str:
    actions.withdraw_own_score(**_named(request, number))
    return _("It is withdrawn.")


def _digest(request: HttpRequest) -> str:
    """Of what the page showed to the second person, "" if the form says nothing."""
    form = SeenForm(request.POST)
    return str(form.cleaned_data["digest"]) if form.is_valid() else ""


def _compute(request: HttpRequest, number: str, form: Any) -> str:
    row = actions.compute_again(**_named(request, number), digest=_digest(request))
    if row.status == "hold":
        return _held()
    return _("Both calculations agree now; the examination goes on.")


def _held() -> str:
    return _("On hold: the two calculations of the score differ. Nothing is decided.")


def _next(request: HttpRequest, number: str, form: Any) -> str:
    actions.go_on(**_who(request, number))
    return _("It goes on with the next in rank.")


def _fails() -> str:
    return _("The candidate fails; see who is next.")


_STEPS: dict[str, Any] = {
    "papers": _add_paper, "score": _score, "submit": _submit, "supplement": _supplement,
    "pass": _pass, "fail-score": _fail_score, "fail": _fail, "withdraw": _withdraw,
    "propose": _propose, "confirm": _confirm, "refuse": _refuse, "annul": _annul,
    "annulment": _ask_annulment, "refuse_annulment": _refuse_annulment,
    "withdraw_annulment": _withdraw_annulment, "refuse_again": _refuse_again,
    "withdraw_again": _withdraw_again,
    "again": _again, "reopen": _reopen, "compute": _compute, "next": _next,
    "own": _own, "confirm-own": _confirm_own, "refuse_own": _refuse_own,
    "withdraw_own": _withdraw_own,
}  # fmt: skip
VERBS = "|".join(_STEPS)


@require_GET
def paper(request: HttpRequest, number: str, document_id: uuid.UUID) -> HttpResponse:
    """A candidate's paper, always to be saved and never run in our origin."""
    row, data = queries.paper(request.actor, number, document_id)
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.title)
    return response
