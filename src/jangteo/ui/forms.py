"""Shapes of what people type: whole won, rates, moments; and how a refusal reaches its field."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.ground.errors import Refusal, Refusals
from jangteo.ui.sentences import refusal_text

_RATE = re.compile(r"^[+-]?\d{1,3}(\.\d{1,3})?$")
_MOST_WON = 10**15
_REQUIRED = forms.Field.default_error_messages["required"]


class Form(forms.Form):
    """A plain form whose fields are drawn by the `field` tag; the browser adds no own bubbles."""

    use_required_attribute = False

    def add_error(self, field: str | None, error: Any) -> None:
        """Django's own "required" does not say of which field; the summary on top needs that."""
        if field and getattr(error, "message", None) == _REQUIRED:
            said = gettext("{label}: this cannot be left empty.")
            label = str(self[field].label).rstrip("?.")
            error = forms.ValidationError(said.format(label=label), code="required")
        super().add_error(field, error)


class MoneyField(forms.Field):
    """Whole won: "1,234,500,000", "1234500000원" → int; depends: as a `DependsField`."""

    default_error_messages = {
        "required": _("Enter an amount."),
        "not_whole_won": _("Enter whole won, digits only, such as 1,234,500,000."),
        "too_large": _("This amount is larger than any budget. Check the digits."),
    }

    def __init__(self, *, positive: bool = False, depends: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs | ({"required": False} if depends else {}))
        self.positive, self.depends = positive, depends

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[\s,，원₩]", "", str(value or ""))
        if not text:
            return None
        if not re.fullmatch(r"[0-9]+", text):
            raise forms.ValidationError(self.error_messages["not_whole_won"], code="not_whole_won")
        amount = int(text)
        if amount > _MOST_WON:
            raise forms.ValidationError(self.error_messages["too_large"], code="too_large")
        if self.positive and amount == 0:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return amount


class DependsField(forms.ChoiceField):
    """A choice that is asked for or not by what else was entered: the law judges it when it is
    saved, so that it may be left empty here, and yet nobody reads that it is optional."""

    depends = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class RateField(forms.Field):
    """A rate in percent, kept as text with at most three decimals: "89.745", "-3"."""

    default_error_messages = {
        "required": _("Enter a rate."),
        "not_a_rate": _("Enter a percentage with at most three decimals, such as 89.745."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = re.sub(r"[\s%]", "", str(value or "")).lstrip("+")
        if text and not _RATE.match(text):
            raise forms.ValidationError(self.error_messages["not_a_rate"], code="not_a_rate")
        return text


class MomentField(forms.DateTimeField):
    """A day and time in Korean time, with the browser's own picker."""

    default_error_messages = {
        "required": _("Enter a day and a time."),
        "invalid": _("Enter a day and a time, such as 2026-11-24 10:00."),
    }

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("widget", picker)
        kwargs.setdefault(
            "input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        return moment


def show_refusal(form: forms.BaseForm, refusal: Refusal | Refusals) -> None:
    """Put a refusal, or each of several, at its field, else on top of the form."""
    for one in refusal.refusals if isinstance(refusal, Refusals) else (refusal,):
        field = one.field if one.field in form.fields else None
        form.add_error(field, forms.ValidationError(refusal_text(one), code=one.code))
