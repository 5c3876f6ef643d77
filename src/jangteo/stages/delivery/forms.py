"""What is typed about works: their first day, what is done, what must be mended, what was found."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.stages.delivery.states import KINDS
from jangteo.ui.forms import Form, MoneyField


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def _note(
    label: Any, hint: Any = "", *, most: int = 500, required: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class StartForm(Form):
    """The first day of the works."""

    started_on = _day(_("First day of the works"))


class RequestForm(Form):
    """Works that are done; the amount of a completion is all that is left."""

    kind = forms.ChoiceField(label=_("What is done"), widget=forms.RadioSelect)
    amount = MoneyField(
        label=_("Amount of the works done"),
        required=False,
        help_text=_(
            "What was done since the last accepted part, VAT included. "
            "Leave it empty for the completion."
        ),
    )
    done_on = _day(_("Done on"))
    note = _note(_("Note to the inspector"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, gettext(text)) for code, text in KINDS.items()]


class AgainForm(Form):
    """What was mended."""

    done_on = _day(_("Mended on"))
    note = _note(_("What was done"))


class CorrectionForm(Form):
    """What must be mended, by when."""

    note = _note(
        _("What must be mended"),
        _("The supplier reads it."),
        most=1000,
        required=True,
    )
    mend_by = _day(_("To be mended by"))


class AcceptForm(Form):
    """What the inspector found, if anything is to be said."""

    note = _note(_("What you found"), _("It stands in the record of the inspection."), most=1000)
