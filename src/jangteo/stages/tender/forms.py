"""What an officer types, step by step; parsed, never judged by the law here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangteo.stages.tender import states
from jangteo.ui.forms import DependsField, Form, MomentField, MoneyField, RateField


def _choices(closed: dict[str, str], empty: Any = None) -> list[tuple[str, Any]]:
    first = [("", empty)] if empty is not None else []
    return first + [(key, _(label)) for key, label in closed.items()]


class TitleForm(Form):
    """The first question: what is it called."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("As it will stand in the list: place and works, such as a school's new roof."),
        error_messages={"required": _("Give the notice a title.")},
    )


class BasicsForm(TitleForm):
    """What is to be built."""

    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "What is built, from when to when, on what conditions. Details go into documents."
        ),
    )


class PlaceForm(Form):
    """Where it is built and who may bid."""

    site = forms.CharField(
        label=_("Place of the works"),
        max_length=200,
        error_messages={"required": _("Say where it is built.")},
    )
    licences = forms.MultipleChoiceField(
        label=_("Licences asked for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A supplier needs one of those you mark. Mark none to ask for none."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions that may bid"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where the supplier's head office lies. Mark none to admit the whole country."),
    )


class AmountsForm(Form):
    """What it may cost and how the reserve price is drawn."""

    base_amount = MoneyField(
        label=_("Base amount"), positive=True, help_text=_("With VAT; it is published.")
    )
    estimated_price = MoneyField(
        label=_("Estimated price"),
        positive=True,
        help_text=_("Without VAT; it decides the notice period and the floor rate."),
    )
    budget_amount = MoneyField(
        label=_("Budget"),
        depends=True,
        positive=True,
        help_text=_(
            "What the approval sets aside for this purchase, with VAT; it is published. "
            "A competition without one says why."
        ),
    )
    a_value = MoneyField(
        label=_("A value"),
        help_text=_("Insurances, retirement fund, safety and quality costs. Enter 0 if none."),
    )
    base_net_cost = MoneyField(
        label=_("Net construction cost"),
        depends=True,
        positive=True,
        help_text=_("Material, labour, expenses and the tax on them within the base amount."),
    )
    difficulty = DependsField(label=_("Difficulty of the works"))
    range_low = RateField(label=_("Range of preliminary prices, from"), required=False)
    range_high = RateField(label=_("Range of preliminary prices, to"), required=False)
    price_unit = forms.TypedChoiceField(
        label=_("Unit of preliminary prices"), required=False, coerce=int, empty_value=None
    )
    price_rounding = forms.ChoiceField(label=_("Rounding of preliminary prices"), required=False)
    mean_of = forms.ChoiceField(label=_("The mean is taken of"), required=False)
    mean_rounding = forms.ChoiceField(label=_("Rounding of the mean"), required=False)
    floor_rate = RateField(label=_("Floor rate"), required=False)
    floor_rate_reason = forms.CharField(
        label=_("Reason for another floor rate"), required=False, max_length=300
    )


class FiguresForm(Form):
    """The figures that decide the award, entered by a second person."""

    base_amount = MoneyField(label=_("Base amount"), positive=True, help_text=_("With VAT."))
    a_value = MoneyField(label=_("A value"), help_text=_("Enter 0 if there is none."))
    base_net_cost = MoneyField(
        label=_("Net construction cost"),
        depends=True,
        positive=True,
        help_text=_("Leave it empty if the papers do not name it."),
    )
    difficulty = DependsField(label=_("Difficulty of the works"))
    range_low = RateField(label=_("Range of preliminary prices, from"), required=False)
    range_high = RateField(label=_("Range of preliminary prices, to"), required=False)
    price_unit = forms.TypedChoiceField(
        label=_("Unit of preliminary prices"), required=False, coerce=int, empty_value=None
    )
    price_rounding = forms.ChoiceField(label=_("Rounding of preliminary prices"), required=False)
    mean_of = forms.ChoiceField(label=_("The mean is taken of"), required=False)
    mean_rounding = forms.ChoiceField(label=_("Rounding of the mean"), required=False)
    floor_rate = RateField(
        label=_("Floor rate"),
        required=False,
        help_text=_("Leave empty what the papers leave to the rule."),
    )


class BorrowForm(Form):
    """Who of another agency is admitted."""

    username = forms.CharField(
        label=_("Sign-in name of the officer"),
        max_length=150,
        help_text=_("For this notice only. The person sees its papers and enters its figures."),
        error_messages={"required": _("Enter the sign-in name.")},
    )


class ScheduleForm(Form):
    """From when to when."""

    urgency = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=_choices(states.URGENCIES),
        widget=forms.RadioSelect,
    )
    urgency_reason = forms.CharField(
        label=_("Reason for the urgency"),
        required=False,
        max_length=300,
        help_text=_("Only for a shorter notice period; it is published."),
    )
    bidding_from = MomentField(label=_("Bids are taken from"))
    deadline = MomentField(
        label=_("Deadline for bids"),
        help_text=_(
            "A working day from 10:00 to 17:00, on the hour; the opening follows an hour later."
        ),
    )
    deadline_reason = forms.CharField(
        label=_("Reason for a deadline outside office hours"),
        required=False,
        max_length=300,
        help_text=_("Only if the deadline lies on another day or at another hour."),
    )


#: what is bought, as an officer says it -> category and kind of services
WHAT = {
    "works": ("works", ""),
    "goods": ("goods", ""),
    "services": ("services", ""),
    "simple_labour": ("services", "simple_labour"),
}
_WHAT_LABELS = {
    "works": _("Works"),
    "goods": _("Goods"),
    "services": _("Services"),
    "simple_labour": _("Services of simple labour: cleaning, guarding, meter reading, helpers"),
}


class QuickForm(Form):
    """All that a small-value quotation needs to be told; the rules know the rest."""

    what = forms.ChoiceField(
        label=_("What is bought"),
        choices=list(_WHAT_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Give the notice a title.")},
    )
    base_amount = MoneyField(
        label=_("Base amount"),
        required=False,
        positive=True,
        help_text=_("With VAT. One of the two amounts is enough; the other follows from it."),
    )
    estimated_price = MoneyField(
        label=_("Estimated price"), required=False, positive=True, help_text=_("Without VAT.")
    )
    site = forms.CharField(
        label=_("Place of the works or delivery"),
        max_length=200,
        error_messages={"required": _("Say where it is built or delivered.")},
    )
    regions = forms.ChoiceField(
        label=_("Region that may quote"),
        required=False,
        help_text=_("Where the supplier's head office lies: the region of the place, or anywhere."),
    )
    deadline = MomentField(
        label=_("Deadline for quotations"),
        required=False,
        help_text=_("The earliest lawful moment stands here. Leave it or choose a later one."),
    )
    licences = forms.MultipleChoiceField(
        label=_("Licences asked for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    a_value = MoneyField(
        label=_("A value"), required=False, help_text=_("Left empty, there is none.")
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(label=_("File"), required=False, help_text=_("At most 20 MB."))

    def clean(self) -> dict[str, Any]:
        """One of the two amounts is needed."""
        given = super().clean() or {}
        broken = {"base_amount", "estimated_price"} & set(self.errors)
        if not broken and not given.get("base_amount") and not given.get("estimated_price"):
            self.add_error("base_amount", _("Enter the base amount or the estimated price."))
        return given

    def changes(self) -> dict[str, Any]:
        """What was typed as fields of a notice; blanks are left to the rules."""
        given = dict(self.cleaned_data)
        given.pop("file")
        category, kind = WHAT[given.pop("what")]
        given["regions"] = [given["regions"]] if given["regions"] else []
        plain = {name: value for name, value in given.items() if value not in ("", None)}
        return plain | {"category": category, "service_kind": kind}


class PaperForm(Form):
    """A document to add."""

    title = forms.CharField(
        label=_("Name of the document"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty to take the file's own name."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("At most 20 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class CorrectionForm(Form):
    """Why a published notice is corrected."""

    correction_reason = forms.CharField(
        label=_("What was wrong, and what is corrected"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is published with the correction."),
        error_messages={"required": _("Say in a sentence what is corrected and why.")},
    )


class CancelForm(Form):
    """Why a tender is cancelled."""

    reason = forms.CharField(
        label=_("Why the tender is cancelled"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is published."),
        error_messages={"required": _("Say in a sentence why the tender is cancelled.")},
    )


STEP_FORMS: dict[str, type[Form]] = {
    "correction": CorrectionForm,
    "basics": BasicsForm,
    "place": PlaceForm,
    "amounts": AmountsForm,
    "schedule": ScheduleForm,
}
ROUNDING_CHOICES = states.ROUNDINGS
MEAN_CHOICES = states.MEANS


def leave_out(form: Form, names: tuple[str, ...]) -> None:
    """Ask nothing that means nothing here."""
    for name in names:
        form.fields.pop(name, None)


def offer(form: Form, choices: dict[str, list[tuple[Any, Any]]]) -> None:
    """Fill the choices that depend on the day: regions, licences, units and their defaults."""
    for name, offered in choices.items():
        if name in form.fields:
            form.fields[name].choices = offered  # type: ignore[attr-defined]


def usual(form: Form, hints: dict[str, Any]) -> None:
    """Say at each field what holds if it is left empty."""
    for name, hint in hints.items():
        if name in form.fields:
            form.fields[name].help_text = hint
