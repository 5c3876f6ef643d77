"""What people type when they register an organisation, a person or a licence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangteo.ground.text import agency_code_valid, business_number_plain, business_number_valid
from jangteo.stages.registration.queries import LICENCES, REGIONS, LicenceRow
from jangteo.stages.registration.states import BY_OPERATOR, REGIMES, ROLES
from jangteo.ui.forms import Form

MOST_LICENCES = 10


def _asks(sentence: Any) -> dict[str, Any]:
    """What a field left empty says: the thing to do, not that something is missing."""
    return {"required": sentence}


def _regions() -> list[tuple[str, Any]]:
    return [("", _("Choose a province")), *REGIONS.items()]


def _trades() -> list[tuple[str, Any]]:
    return [("", _("Choose a trade")), *LICENCES.items()]


class OrganisationForm(Form):
    """The organisation itself; the number's label and check depend on its kind."""

    name = forms.CharField(
        error_messages=_asks(_("Enter the name of the organisation.")),
        label=_("Name of the organisation"),
        max_length=100,
        help_text=_("As it stands on the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    identifier = forms.CharField(error_messages=_asks(_("Enter the number.")), max_length=12)
    regime = forms.ChoiceField(
        error_messages=_asks(_("Choose the contract law.")),
        label=_("Contract law"),
        choices=list(REGIMES.items()),
        widget=forms.RadioSelect,
    )
    region = forms.ChoiceField(
        error_messages=_asks(_("Choose the province.")),
        label=_("Province of the head office"),
        choices=_regions,
    )
    address = forms.CharField(
        error_messages=_asks(_("Enter the address.")),
        label=_("Address"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, kind: str, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        number = self.fields["identifier"]
        if kind == "supplier":
            number.label = _("Business registration number")
            number.help_text = _("Ten digits, such as 123-45-67890.")
            number.widget.attrs["inputmode"] = "numeric"
        else:
            number.label = _("Institution code")
            number.help_text = _("Seven characters of the administrative standard codes.")
        if kind == "supplier" or known:
            del self.fields["regime"]
        if known:
            del self.fields["identifier"]

    def clean_identifier(self) -> str:
        text = business_number_plain(self.cleaned_data["identifier"])
        if self.kind == "supplier" and not business_number_valid(text):
            raise forms.ValidationError(
                _("The check digit does not fit. Copy the ten digits from the certificate.")
            )
        if self.kind == "agency" and not agency_code_valid(text):
            raise forms.ValidationError(_("An institution code has seven characters."))
        return text


class LicenceForm(Form):
    """One licence of a supplier."""

    code = forms.ChoiceField(
        error_messages=_asks(_("Choose the trade.")), label=_("Trade"), choices=_trades
    )
    number = forms.CharField(
        error_messages=_asks(_("Enter the number of the certificate.")),
        label=_("Number of the certificate"),
        max_length=40,
    )
    since = forms.DateField(
        error_messages=_asks(_("Enter the day of the registration.")),
        label=_("Registered since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def row(self) -> LicenceRow:
        """The licence that was typed."""
        return LicenceRow(**self.cleaned_data)


class _Licences(forms.BaseFormSet):
    """At least one; a row left empty is no licence."""

    def clean(self) -> None:
        codes = [form.cleaned_data.get("code") for form in self.filled() if form.is_valid()]
        if len(codes) != len(set(codes)):
            raise forms.ValidationError(_("A licence is entered twice."))
        if not codes and not any(form.errors for form in self.forms):
            raise forms.ValidationError(_("A supplier of works needs at least one licence."))

    def filled(self) -> list[Any]:
        """The rows in which something was typed."""
        return [form for form in self.forms if form.has_changed()]


LicenceForms = forms.formset_factory(
    LicenceForm, formset=_Licences, extra=0, min_num=1, max_num=MOST_LICENCES, absolute_max=20
)


class PersonForm(Form):
    """Who acts first for the organisation."""

    representative = forms.CharField(
        error_messages=_asks(_("Enter the name.")),
        label=_("Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$",
        error_messages={
            "required": _("Enter a sign-in name."),
            "invalid": _("Use 3 to 60 small letters, digits, dots, hyphens or underscores."),
        },
        label=_("Sign-in name"),
        help_text=_("3 to 60 small letters, digits, dots, hyphens or underscores."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class RepresentativeForm(Form):
    """The representative's name in papers that are handed in again."""

    representative = forms.CharField(
        error_messages=_asks(_("Enter the name of the representative.")),
        label=_("Name of the representative"),
        max_length=60,
    )


class PasswordForm(Form):
    """Chosen last, so that it is kept nowhere on the way."""

    password = forms.CharField(
        error_messages=_asks(_("Choose a password.")),
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        help_text=_("At least ten characters; not a common word and not only digits."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ReasonForm(Form):
    """Why papers are returned."""

    reason = forms.CharField(
        error_messages=_asks(_("Say what is to be corrected.")),
        label=_("What is to be corrected"),
        max_length=300,
        min_length=5,
        help_text=_("The organisation reads this sentence."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewPersonForm(Form):
    """A person with roles; the choice of roles depends on the organisation's kind."""

    name = forms.CharField(
        error_messages=_asks(_("Enter the name.")), label=_("Name"), max_length=60
    )
    username = PersonForm.base_fields["username"]
    roles = forms.MultipleChoiceField(
        error_messages=_asks(_("Choose at least one role.")),
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
    )
    password = forms.CharField(
        error_messages=_asks(_("Enter a first password.")),
        label=_("First password"),
        strip=False,
        max_length=200,
        help_text=_("At least ten characters. Hand it over in person."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, kind: str, operator: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [
            (role, _(label))
            for role, (label, held_in) in ROLES.items()
            if held_in == kind and (operator or role not in BY_OPERATOR)
        ]
