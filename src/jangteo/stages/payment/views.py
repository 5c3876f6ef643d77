"""Pages of payments: claims of a contract, one claim, what is due, where is my money, the trail."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.exchange.queries import ExchangeRow, exchanges
from jangteo.records.exchange.states import TABLE as EXCHANGE
from jangteo.records.journal.queries import Fact, history
from jangteo.stages.delivery.queries import damages_of
from jangteo.stages.payment import actions, queries
from jangteo.stages.payment.forms import (
    AccountForm,
    ClaimForm,
    ConfirmForm,
    CorrectedPayeeForm,
    Payees,
    ReasonForm,
    SettleForm,
    WordForm,
)
from jangteo.ui.forms import Form, show_refusal
from jangteo.ui.sentences import refusal_text
from jangteo.ui.shapes import Step

VERBS = "approve|send_back|order|order_again|withdraw_claim"


@require_GET
def claims(request: HttpRequest, number: str) -> HttpResponse:
    """The claims of a contract, and what can be claimed now."""
    rows = queries.contract_claims(request.actor, number, at=request.at)
    free = queries.claimable(number)
    files = any(one.contract_number == number for one in queries.claimable_of(request.actor))
    context = {"claims": rows, "free": free, "may_file": files, "number": number, "at": request.at}
    return render(request, "payment/claims.html", context)


def new_claim(request: HttpRequest, number: str) -> HttpResponse:
    """File a claim of a contract."""
    queries.contract_claims(request.actor, number)
    known = queries.suggested_leaves(request.actor, number)
    free = queries.claimable(number)
    return _claim_form(request, number, free, known, amount=max(0, free.left))


def edit_claim(request: HttpRequest, number: str) -> HttpResponse:
    """Correct a returned claim and file it again."""
    row = queries.claim_for(request.actor, number, at=request.at)
    known = queries.leaves_given(request.actor, number)
    free = queries.claimable(row.contract_number, without=number)
    return _claim_form(request, row.contract_number, free, known, amount=row.amount, claim=row)


def _claim_form(
    request: HttpRequest,
    contract: str,
    free: queries.Claimable,
    known: list[queries.LeafGiven],
    *,
    amount: int,
    claim: queries.ClaimRow | None = None,
) -> HttpResponse:
    subs = queries.payable_subcontracts(contract)
    form = ClaimForm(initial={"amount": amount, "note": claim.note if claim else ""})
    payees, status = Payees(subs, known=known), 200
    if request.method == "POST" and "add" in request.POST:
        form = ClaimForm(initial=request.POST.dict())
        payees = Payees(subs, data=request.POST, bound=False)
        payees.add_line()
    elif request.method == "POST":
        form, payees, status = ClaimForm(request.POST), Payees(subs, data=request.POST), 422
        if all([form.is_valid(), payees.is_valid()]):
            made = _file(request, contract, form, payees, claim)
            if made is not None:
                messages.success(request, _("Claimed. The contract officer checks it next."))
                return redirect(f"/claims/{made}")
    context = {
        "form": form, "payees": payees, "free": free, "contract": contract, "claim": claim,
        "at": request.at,
    }  # fmt: skip
    return render(request, "payment/new.html", context, status=status)


def _file(
    request: HttpRequest,
    contract: str,
    form: ClaimForm,
    payees: Payees,
    claim: queries.ClaimRow | None,
) -> str | None:
    """The number of the claim, or None with the refusals at their fields."""
    given = payees.given()
    what = {"leaves": [one for _, one in given], **form.cleaned_data}
    who = {"by": request.actor, "at": request.at}
    try:
        if claim is not None:
            return actions.file_again(number=claim.number, **who, **what).number
        return actions.file(number=contract, **who, **what).number
    except (Refusal, Refusals) as refusal:
        for one in refusal.refusals if isinstance(refusal, Refusals) else (refusal,):
            if one.status in (403, 404):
                raise
            _place(one, form, payees, [line for line, _ in given])
    return None


def _place(one: Refusal, form: ClaimForm, payees: Payees, lines: list[int]) -> None:
    """Put a refusal at the line and field it is about, else on top."""
    if not one.field.startswith("leaf-"):
        show_refusal(form, one)
        return
    _leaf, place, field = one.field.split("-", 2)
    line = payees.lines[lines[int(place)]]
    line.add_error(field if field in line.fields else None, refusal_text(one))


@require_GET
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """One claim: what is next, who gets how much, where each amount is now."""
    return _claim_page(request, number)


def _claim_page(request: HttpRequest, number: str, status: int = 200, **given: Any) -> HttpResponse:
    row = queries.claim_for(request.actor, number, at=request.at)
    context = {
        "claim": row, "at": request.at, "reason": ReasonForm(), "account": AccountForm(),
        "payee": CorrectedPayeeForm(), "confirm": ConfirmForm(), "settle": SettleForm(),
        "told": _told(number) if row.whole else (),
        "branches": queries.branches_of(request.actor, number),
        "damages": damages_of(row.contract_number, at=request.at) if row.whole else None,
        "facts": _facts(number) if row.whole else (),
    }  # fmt: skip
    return render(request, "payment/claim.html", {**context, **given}, status=status)


def _facts(number: str) -> list[Fact]:
    """What happened to a claim; the messages of each answer stand in a table of their own."""
    found = history(subject=f"claim:{number}")
    return [fact for fact in found if not fact.kind.startswith("exchange.")]


def _told(number: str) -> list[tuple[ExchangeRow, str]]:
    """What other systems were told of a claim, each with its state as a msgid."""
    return [(row, EXCHANGE.states[row.status]) for row in exchanges(f"claim:{number}")]


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One verb of a claim; a refusal is shown on the page where it was tried."""
    queries.claim_for(request.actor, number)
    who: dict[str, Any] = {"by": request.actor, "at": request.at, "number": number}
    form = ReasonForm(request.POST) if verb == "send_back" else None
    if form is not None and not form.is_valid():
        return _claim_page(request, number, status=422, reason=form)
    try:
        getattr(actions, verb)(**who, **(form.cleaned_data if form else {}))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _claim_page(request, number, status=refusal.status, error=refusal)
    messages.success(request, _SAID[verb]())
    return redirect(f"/claims/{number}")


_SAID = {
    "approve": lambda: _("Found right. The disbursing officer orders the payment next."),
    "send_back": lambda: _("Returned to the supplier; the clock stands still until it is back."),
    "order": lambda: _("Ordered. The budget system and the bank are told."),
    "order_again": lambda: _("Ordered again under a new number."),
    "withdraw_claim": lambda: _("The claim is withdrawn."),
}


#: step at one payee -> (name of its form on the page, form, action, what is said when it is done)
_STEPS: dict[str, tuple[str, type[Form], Callable[..., object], Callable[[], str]]] = {
    "account": (
        "account", AccountForm, actions.correct_account,
        lambda: _("Corrected. The bank is told to pay again."),
    ),
    "payee": (
        "payee", CorrectedPayeeForm, actions.correct_payee,
        lambda: _("Sent to the contract officer. The bank is told once it is confirmed."),
    ),
    "confirm": (
        "confirm", ConfirmForm, actions.confirm_payee,
        lambda: _("Confirmed. The bank is told to pay again."),
    ),
    "settle": (
        "settle", SettleForm, actions.settle,
        lambda: _("Settled as the bank said."),
    ),
}  # fmt: skip


@require_POST
def at_payee(request: HttpRequest, number: str, position: int, step: str) -> HttpResponse:
    """One step at one payee: another account, another name, the agency's word, a doubt's end."""
    queries.claim_for(request.actor, number)
    name, made, act_on, said = _STEPS[step]
    form, status = made(request.POST), 422
    if form.is_valid():
        given = dict(form.cleaned_data)
        if step == "payee":
            parts = {part: given.pop(part) for part in ("payee_name", "bank", "account")}
            given["payee"] = queries.PayeeGiven(**parts)
        try:
            act_on(by=request.actor, at=request.at, number=number, position=position, **given)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            show_refusal(form, refusal)
            status = refusal.status
        else:
            messages.success(request, said())
            return redirect(f"/claims/{number}")
    return _claim_page(request, number, status=status, corrected=position, **{name: form})


@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    """What is due at the agency: late, today, tomorrow, later; suppliers see their own page."""
    if not request.actor.signed_in:
        return redirect_to_login(request.get_full_path())
    if request.actor.party_kind == "supplier":
        return redirect("/my/payments")
    groups = queries.due_list(request.actor, request.at)
    return render(request, "payment/payments.html", {"groups": groups, "at": request.at})


@require_GET
def my_payments(request: HttpRequest) -> HttpResponse:
    """Where is my money: a supplier's claims, and what it is owed as a subcontractor."""
    if not request.actor.signed_in:
        return redirect_to_login(request.get_full_path())
    context = {
        "claims": queries.claims_of(request.actor, at=request.at),
        "leaves": queries.my_branches(request.actor, at=request.at),
        "to_claim": queries.claimable_of(request.actor), "at": request.at,
    }  # fmt: skip
    return render(request, "payment/mine.html", context)


@require_GET
def trail(request: HttpRequest, number: str) -> HttpResponse:
    """One amount from the notice to the last payee, for everybody."""
    steps = queries.trail(number, actor=request.actor)
    context = {"steps": steps, "sums": queries.sums(number), "number": number, "at": request.at}
    return render(request, "payment/trail.html", context)


def payee(request: HttpRequest, token: str) -> HttpResponse:
    """The payee's own page by a signed link: no sign-in, nothing kept, nothing indexed."""
    page = queries.leaf_by_token(token, at=request.at)
    form, status = WordForm(), 200
    if request.method == "POST":
        said = request.POST.get("said", "")
        form = WordForm(request.POST if said == "differs" else {"amount": "0"})
        status = 422
        if form.is_valid() and _say(request, token, said, form):
            return _kept_nowhere(redirect(f"/w/{token}"))
    steps = [Step(label, state, at) for label, state, at in page.steps]
    context = {"page_of": page, "leaf": page.leaf, "steps": steps, "form": form, "at": request.at}
    return _kept_nowhere(render(request, "payment/payee.html", context, status=status))


def _say(request: HttpRequest, token: str, said: str, form: Form) -> bool:
    amount = form.cleaned_data["amount"] if said == "differs" else None
    try:
        actions.say(by=request.actor, at=request.at, token=token, said=said, amount=amount)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        show_refusal(form, refusal)
        return False
    return True


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
