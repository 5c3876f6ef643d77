"""The figures entered a second time, what is doubted, and a person of another agency."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.forms import (
    MEAN_CHOICES,
    ROUNDING_CHOICES,
    BorrowForm,
    FiguresForm,
    offer,
    usual,
)
from jangteo.stages.tender.queries import CareRow
from jangteo.stages.tender.views.door import for_seconds, tried
from jangteo.stages.tender.views.hints import difficulties, difficulty_hint
from jangteo.ui.forms import Form
from jangteo.ui.sentences import say, won_text


def _row(request: HttpRequest, number: str) -> CareRow:
    return queries.care_for(request.actor, number, at=request.at)


def _figures(request: HttpRequest, row: CareRow, *, sent: bool) -> FiguresForm:
    form = FiguresForm(request.POST if sent else None)
    for name in row.unasked:
        form.fields.pop(name, None)
    units = [(unit, won_text(unit)) for unit in queries.unit_choices(request.at.date())]
    by_rule: tuple[Any, Any] = ("", say(queries.AS_USUAL))
    roundings = [by_rule, *((key, say(label)) for key, label in ROUNDING_CHOICES.items())]
    means = [by_rule, *((key, say(label)) for key, label in MEAN_CHOICES.items())]
    offer(
        form,
        {
            "difficulty": difficulties(row.difficulty),
            "price_unit": [by_rule, *units], "price_rounding": roundings, "mean_of": means,
            "mean_rounding": roundings,
        },
    )  # fmt: skip
    if row.difficulty:
        usual(form, {"difficulty": difficulty_hint(row.difficulty)})
    return form


def _page(request: HttpRequest, row: CareRow, **forms: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "figures": _figures(request, row, sent=False),
        "borrow": BorrowForm(),
        "labels": [queries.FIELD_LABELS[name] for name in row.second.differing],
        "first": str(request.actor.account_id) in row.second.first_by,
        "account": request.actor.account_id,
        "inside": queries.inside_of(request.actor, row.number),
        "at": request.at,
    }
    return render(request, "tender/care.html", context | forms)


@require_GET
@for_seconds
def care(request: HttpRequest, number: str) -> HttpResponse:
    """How carefully the notice was entered, and what is still to be done."""
    return _page(request, _row(request, number))


@require_http_methods(["GET", "POST"])
@for_seconds
def second_entry(request: HttpRequest, number: str) -> HttpResponse:
    """The figures, entered by somebody who has not seen the first ones."""
    row = _row(request, number)
    if request.method == "GET":
        return redirect("my-tender-care", number)
    form = _figures(request, row, sent=True)
    found: list[tuple[str, ...]] = []

    def enter() -> None:
        values = form.cleaned_data
        found.append(
            actions.second_entry(by=request.actor, at=request.at, number=number, values=values)
        )

    if not form.is_valid() or not tried(form, enter):
        return _page(request, row, figures=form)
    if found[0]:
        messages.warning(request, _("The two entries differ. Both of you are told where."))
    else:
        messages.success(request, _("Both entries are the same."))
    return redirect("my-tender-care", number)


@require_POST
@for_seconds
def reason(request: HttpRequest, number: str) -> HttpResponse:
    """Why something that is doubted is right."""
    row, form = _row(request, number), Form(request.POST)
    code, said = request.POST.get("warning", ""), request.POST.get("reason", "")

    def give() -> None:
        actions.give_reason(by=request.actor, at=request.at, number=number, code=code, reason=said)

    if not tried(form, give):
        return _page(request, row, failed=form)
    messages.success(request, _("The reason is written down."))
    return redirect("my-tender-care", number)


@require_POST
@for_seconds
def agree(request: HttpRequest, number: str) -> HttpResponse:
    """Agree with somebody else's reason."""
    row, form = _row(request, number), Form(request.POST)
    code = request.POST.get("warning", "")
    if not tried(
        form,
        lambda: actions.agree_reason(by=request.actor, at=request.at, number=number, code=code),
    ):
        return _page(request, row, failed=form)
    messages.success(request, _("You agreed with the reason."))
    return redirect("my-tender-care", number)


@require_POST
@for_seconds
def borrow(request: HttpRequest, number: str) -> HttpResponse:
    """Admit an officer of another agency to this tender."""
    row, form = _row(request, number), BorrowForm(request.POST)
    if not form.is_valid() or not tried(
        form,
        lambda: actions.borrow_person(
            by=request.actor, at=request.at, number=number, **form.cleaned_data
        ),
    ):
        return _page(request, row, borrow=form)
    messages.success(request, _("This person may now be the second one for this notice."))
    return redirect("my-tender-care", number)
