"""Pages of contracts: the list, one contract with its next action, its document, subcontracts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.journal.queries import history
from jangteo.stages.contract import actions, queries
from jangteo.stages.contract.forms import (
    AmendmentForm,
    BudgetLineForm,
    ReasonForm,
    SecurityForm,
    SignatureForm,
    SubcontractForm,
    TerminateForm,
    TermsForm,
)
from jangteo.ui.forms import Form, show_refusal

FORMS: dict[str, type[Form]] = {
    "revise": TermsForm, "record_security": SecurityForm, "propose_amendment": AmendmentForm,
    "register_subcontract": SubcontractForm, "cancel": ReasonForm, "terminate": TerminateForm,
    "bind_again": BudgetLineForm,
}  # fmt: skip
SIGNED = ("agree", "conclude", "agree_amendment", "conclude_amendment")
PLAIN = ("offer", "take_back", "withdraw_amendment")
VERBS = "|".join((*FORMS, *SIGNED, *PLAIN))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The contracts of the reader's agency or company."""
    if not request.actor.signed_in:
        return redirect_to_login(request.get_full_path())
    context = {
        "contracts": queries.contracts_of(request.actor),
        "hired": queries.subcontracts_of(request.actor) if request.actor.party_id else (),
    }
    return render(request, "contract/list.html", context)


def new(request: HttpRequest, number: str) -> HttpResponse:
    """Draft the contract of an award; number: the tender's."""
    award, known = queries.to_draft(request.actor, number)
    if known is not None:
        return redirect(f"/contracts/{known.number}")
    if request.method != "POST":
        return render(request, "contract/new.html", {"award": award, "at": request.at})
    made = actions.draft(by=request.actor, at=request.at, number=number)
    return redirect(f"/contracts/{made.number}")


@require_GET
def contract(request: HttpRequest, number: str) -> HttpResponse:
    """One contract: what is next, what it says, who signed, what hangs on it."""
    return _page(request, number)


def _page(request: HttpRequest, number: str, status: int = 200, **given: Any) -> HttpResponse:
    page = queries.contract_for(request.actor, number)
    row = page.row
    forms: dict[str, Form] = {name: form() for name, form in FORMS.items()}
    known = {name: getattr(row, name) for name in TermsForm.base_fields}
    forms["revise"] = TermsForm(initial=known)
    lacks = {"amount": page.security.missing, "until": page.security.until}
    likely = {"kind": "undertaking"} if page.security.waivable else {}
    forms["record_security"] = SecurityForm(initial={**lacks, **likely})
    forms["register_subcontract"] = SubcontractForm(category=row.category)
    forms["propose_amendment"] = AmendmentForm(initial={"value": row.value, "ends": row.ends})
    forms["bind_again"] = BudgetLineForm(initial={"budget_line": row.budget_line})
    context = {
        "contract": page, "forms": {**forms, **given.pop("forms", {})}, "at": request.at,
        "account": request.actor.account_id, "sign_reasons": queries.signing_reasons(row),
        "facts": history(subject=f"contract:{number}"),
    }  # fmt: skip
    return render(request, "contract/contract.html", {**context, **given}, status=status)


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One verb of the contract; a refusal is shown on the page where it was tried."""
    row = queries.contract_for(request.actor, number).row
    form: Form | None = None
    if verb in FORMS or verb in SIGNED:
        given = {"category": row.category} if verb == "register_subcontract" else {}
        form = FORMS.get(verb, SignatureForm)(request.POST, **given)
        if not form.is_valid():
            return _page(request, number, status=422, forms={verb: form})
    try:
        _do(request, number, verb, form.cleaned_data if form else {})
    except (Refusal, Refusals) as refusal:
        return _refused(request, number, verb, form, refusal)
    messages.success(request, _SAID[verb]())
    return redirect(f"/contracts/{number}")


def _do(request: HttpRequest, number: str, verb: str, data: dict[str, Any]) -> None:
    who = {"by": request.actor, "at": request.at, "number": number}
    if verb == "revise":
        with transaction.atomic():
            actions.revise(**who, changes=data)
            actions.offer(**who)
    elif verb == "record_security":
        actions.record_security(**who, **{**data, "amount": data["amount"] or 0})
    else:
        getattr(actions, verb)(**who, **data)


def _refused(
    request: HttpRequest, number: str, verb: str, form: Form | None, refusal: Refusal | Refusals
) -> HttpResponse:
    first = refusal.refusals[0] if isinstance(refusal, Refusals) else refusal
    if first.status in (403, 404):
        raise refusal
    if form is not None and verb in FORMS:
        show_refusal(form, refusal)
        return _page(request, number, status=first.status, forms={verb: form})
    return _page(request, number, status=first.status, error=first)


_SAID = {
    "revise": lambda: _("The contract is sent to the supplier."),
    "offer": lambda: _("The contract is sent to the supplier."),
    "take_back": lambda: _("The contract is taken back; change it and send it again."),
    "agree": lambda: _("You have signed. The agency signs last."),
    "conclude": lambda: _("Signed: the contract is in force."),
    "record_security": lambda: _("The security is recorded."),
    "cancel": lambda: _("The contract is given up."),
    "propose_amendment": lambda: _("The amendment is sent to the supplier."),
    "agree_amendment": lambda: _("You have signed the amendment."),
    "conclude_amendment": lambda: _("Signed: the amendment is in force."),
    "withdraw_amendment": lambda: _("The amendment is withdrawn."),
    "register_subcontract": lambda: _("Registered. The subcontractor agrees next."),
    "bind_again": lambda: _("The budget system is told again."),
    "terminate": lambda: _("The contract is terminated."),
}


@require_GET
def document(request: HttpRequest, number: str, text: int | None = None) -> HttpResponse:
    """The PDF of the newest text, or of one by its number."""
    name, data = queries.document(request.actor, number, text)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def subcontract(request: HttpRequest, number: str) -> HttpResponse:
    """One subcontract for its three sides; agree, take note or end it here."""
    row = queries.subcontract_for(request.actor, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        who = {"by": request.actor, "at": request.at, "number": number}
        verb = request.POST.get("verb", "")
        if verb == "agree":
            actions.agree_subcontract(**who)
        elif verb == "acknowledge":
            actions.acknowledge_subcontract(**who)
        elif form.is_valid():
            actions.end_subcontract(**who, reason=form.cleaned_data["reason"])
        if verb in ("agree", "acknowledge") or form.is_valid():
            return redirect(f"/subcontracts/{number}")
    me = request.actor.party_id
    officer = me == row.buyer_id and "contract_officer" in request.actor.roles
    representative = "representative" in request.actor.roles
    context = {
        "row": row, "at": request.at, "form": form, "reasons": queries.telling_reasons(row),
        "may_agree": representative and me == row.subcontractor_id and row.status == "registered",
        "may_note": officer and row.status == "agreed",
        "may_end": representative and me == row.supplier_id and row.status != "ended",
    }  # fmt: skip
    return render(request, "contract/subcontract.html", context)
