"""Every component in all its states, for the gallery page: made-up texts, marked as such."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.ui.forms import Form, MomentField, MoneyField, RateField, show_refusal
from jangteo.ui.shapes import Paper, Step, SummaryRow, Task
from jangteo.ui.templatetags.ui import hangul_won, won

LARGE = 1_234_567_890_123


@dataclass(frozen=True, slots=True)
class SampleFact:
    """A fact as the journal gives it."""

    at: datetime
    kind: str
    actor_name: str
    law: str
    place: int | None


class SampleForm(Form):
    """One field of each look."""

    title = forms.CharField(label=_("Title"), max_length=60, help_text=_("At most 60 letters."))
    amount = MoneyField(label=_("Base amount"), positive=True)
    rate = RateField(label=_("Floor rate"), help_text=_("In percent, such as 89.745."))
    moment = MomentField(label=_("Bids close"))
    region = forms.ChoiceField(label=_("Region"), choices=[("11", _("Seoul")), ("26", _("Busan"))])
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("a", _("First")), ("b", _("Second"))], widget=forms.RadioSelect
    )
    trades = forms.MultipleChoiceField(
        label=_("Trades"),
        choices=[("1", _("First")), ("2", _("Second"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label=_("I have read the notice"), required=False)


def _form_with_errors() -> SampleForm:
    form = SampleForm(
        {"title": "Bridge", "amount": "1,2a4", "rate": "89.7451", "moment": ""}, auto_id="wrong_%s"
    )
    show_refusal(
        form,
        Refusal(
            "sample.title.taken",
            N_("There is already a tender with this title: {number}."),
            repair=N_("Choose another title."),
            law="국가계약법 시행령 제33조",
            field="title",
            number="R26BK00000001",
        ),
    )
    return form


def everything(at: datetime) -> dict[str, Any]:
    """The context of the gallery page at a moment."""
    filled = {"title": _("Repair of a bridge"), "amount": LARGE, "rate": "89.745", "moment": at}
    return {
        "form": SampleForm(initial=filled),
        "wrong": _form_with_errors(),
        "amount": LARGE,
        "steps": _steps(at),
        "ended": [*_steps(at)[:2], Step(_("Cancelled"), "failed", at)],
        "tasks": _tasks(),
        "rows": _rows(),
        "reasons": _reasons(),
        "facts": [
            SampleFact(
                at - timedelta(days=2), "tender.publish", "김계약", "국가계약법 제8조", 4021
            ),
            SampleFact(at, "tender.correct", "김계약", "", None),
        ],
        "papers": [Paper(_("Notice.pdf"), "#papers", "application/pdf", 3_251_000, "9f" * 32)],
        "no_papers": [],
        "far": at + timedelta(days=3, hours=4),
        "near": at + timedelta(minutes=42),
        "passed": at - timedelta(minutes=1),
    }


def _steps(at: datetime) -> list[Step]:
    return [
        Step(_("Notice"), "done", at - timedelta(days=9), _("Buying agency")),
        Step(_("Bidding opens"), "now", at - timedelta(days=2), _("Suppliers")),
        Step(_("Bids close"), "next", at + timedelta(days=3)),
        Step(_("Opening"), "next", at + timedelta(days=3, hours=1), _("Opening officer")),
    ]


def _tasks() -> list[Task]:
    return [
        Task(_("Amounts and prices"), "done", "#tasks"),
        Task(_("Schedule"), "doing", "#tasks", hint=_("The deadline is one working day short.")),
        Task(_("Documents"), "todo", "#tasks"),
        Task(_("Keys"), "waiting", "", "opening_officer"),
    ]


def _rows() -> list[SummaryRow]:
    return [
        SummaryRow(_("Title"), _("Repair of a bridge"), "#rows"),
        SummaryRow(_("Base amount"), won(LARGE), "#rows", hangul_won(LARGE)),
        SummaryRow(_("Description"), None),
    ]


def _reasons() -> list[Reason]:
    said = N_("The mean of the four prices drawn is {mean} won; it is rounded up to whole won.")
    return [
        Reason("sample.mean", said, {"mean": LARGE}, "국가계약법 시행규칙 제11조", "price/unit:1")
    ]
