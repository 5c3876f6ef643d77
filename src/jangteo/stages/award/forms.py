"""What is typed on the award page: papers, scores, grounds, causes, reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.stages.award.states import CAUSES, GROUNDS
from jangteo.ui.forms import Form
from jangteo.ui.sentences import say


class PaperForm(Form):
    """A paper to add."""

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


class ScoreForm(Form):
    """One field an item, and one that may stay empty; the check of the figures is the action's."""

    all_needed = True

    def __init__(self, *args: Any, items: Iterable[Mapping[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[item["code"]] = forms.CharField(
                label=say(item["text"]),
                help_text=_range(item),
                max_length=8,
                required="least" not in item,
                error_messages={"required": gettext("Enter a score.")},
                widget=forms.TextInput(attrs={"inputmode": _mode(item), "autocomplete": "off"}),
            )

    def scores(self) -> dict[str, str]:
        """What was typed, item by item."""
        return {name: str(self.data.get(name, "")) for name in self.fields}


def _mode(item: Mapping[str, str]) -> str:
    """A phone's keypad for decimals has no minus."""
    return "text" if "least" in item else "decimal"


def _range(item: Mapping[str, str]) -> str:
    if "least" in item:
        text = gettext(
            "From {least} to {full}; leave it empty where nothing speaks for or against."
        )
        return text.format(least=item["least"], full=item["full"])
    return gettext("From 0 to {full}.").format(full=item["full"])


def _reason(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SupplementForm(Form):
    """What the candidate is to supplement."""

    note = _reason(_("What is missing"), _("It can be asked for once; the candidate reads it."))


class OwnScoreForm(Form):
    """A score by the agency's own standard; the check of the figures is the action's."""

    points = forms.CharField(
        label=_("Points"),
        help_text=_("What the candidate reaches in all, the price included."),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    pass_mark = forms.CharField(
        label=_("Pass mark"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    document = forms.CharField(
        label=_("Standard and article"),
        help_text=_("The agency's published standard, with the table that was used."),
        max_length=500,
    )
    reason = _reason(_("How the points came about"), _("Item by item; the candidate reads it."))


class FailForm(Form):
    """On which ground a candidate fails, and what was found."""

    ground = forms.ChoiceField(label=_("Ground"))
    note = _reason(_("What was found"), _("One or two sentences; the candidate reads them."))

    def __init__(self, *args: Any, only: Iterable[str] = tuple(GROUNDS), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(code, gettext(GROUNDS[code])) for code in only]


class SeenForm(Form):
    """What was read before it is confirmed; the action says so if it is missing."""

    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class RefuseForm(Form):
    """Why a proposed award is not confirmed."""

    reason = _reason(_("Reason"), _("The contract officer reads it."))


class RefuseWishForm(SeenForm):
    """Why what was asked for is refused."""

    reason = _reason(_("Reason"), _("Whoever asked for it reads it."))


class AgainForm(Form):
    """Why who failed is to be examined again."""

    reason = _reason(_("Reason"), _("The approving officer decides by it."))


class AnnulForm(Form):
    """Why an award is to be annulled."""

    cause = forms.ChoiceField(label=_("Cause"))
    reason = _reason(_("Reason"), _("It is published."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [(code, gettext(text)) for code, text in CAUSES.items()]
