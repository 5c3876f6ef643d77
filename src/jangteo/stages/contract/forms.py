"""What is typed about a contract: its terms, a security, an amendment, a subcontract, reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.ground.errors import N_
from jangteo.stages.contract.states import GROUNDS, SECURITIES
from jangteo.ui.forms import Form, MoneyField
from jangteo.ui.sentences import say
from jangteo.ui.words import worded

PART = N_("Part of the works")


def _day(label: Any, hint: Any = "", **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, **kwargs)


def _long(label: Any, hint: Any, *, most: int = 500, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class TermsForm(Form):
    """What the award leaves open."""

    starts = _day(_("First day"))
    ends = _day(_("Last day"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    budget_line = forms.CharField(
        label=_("Budget line"),
        max_length=40,
        help_text=_("The line of your budget that the money comes from."),
    )
    special_terms = _long(
        _("Special terms"), _("They stand in the contract as written."), most=2000, required=False
    )


class BudgetLineForm(Form):
    """The line that the money is bound on, told again after a refusal."""

    budget_line = forms.CharField(label=_("Budget line"), max_length=40)


class SignatureForm(Form):
    """Filled by the page's script: a signature made in this browser."""

    signer_key = forms.CharField(max_length=100)
    signature = forms.CharField(max_length=100)


class SecurityForm(Form):
    """A performance security as it was handed in; what is needed of it follows from its kind."""

    all_needed = True
    kind = forms.ChoiceField(label=_("Kind"))
    amount = MoneyField(label=_("Amount secured"), required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=100, required=False)
    paper = forms.CharField(label=_("Number of the bond"), max_length=60, required=False)
    until = _day(_("Holds until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, gettext(text)) for code, text in SECURITIES.items()]


class AmendmentForm(Form):
    """Another value or last day, and why."""

    value = MoneyField(label=_("New contract amount"), positive=True)
    ends = _day(_("New last day"))
    reason = _long(_("Reason"), _("It stands in the amended contract."))


class SubcontractForm(Form):
    """A subcontract as it was signed."""

    subcontractor = forms.CharField(
        label=_("Business number of the subcontractor"),
        max_length=12,
        help_text=_("It must be registered here, such as 123-45-67890."),
    )
    work = forms.CharField(max_length=200)
    amount = MoneyField(label=_("Amount, VAT included"), positive=True)
    starts = _day(_("First day"))
    ends = _day(_("Last day"))
    signed_on = _day(_("Signed on"))

    def __init__(self, *args: Any, category: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work"].label = say(worded(PART, category))


class ReasonForm(Form):
    """Why a contract is given up, or a subcontract ended."""

    reason = _long(_("Reason"), _("Whoever it concerns reads it."))


class TerminateForm(Form):
    """On which ground a contract is terminated."""

    ground = forms.ChoiceField(label=_("Ground"))
    reason = _long(_("What was found"), _("It is published."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(code, gettext(text)) for code, text in GROUNDS.items()]
