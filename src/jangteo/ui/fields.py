"""How a form field is drawn: KRDS classes, hint and error tied to the input."""

from typing import Any

from django import forms
from django.forms import BoundField

_CLASS = {"text": "krds-input", "area": "krds-input", "choice": "krds-form-select"}


def look_of(bound: BoundField) -> str:
    """text, area, choice, radios, checks, check or file, by the widget."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.Select):
        return "choice"
    if isinstance(widget, forms.Textarea):
        return "area"
    return "file" if isinstance(widget, forms.FileInput) else "text"


def _described_by(bound: BoundField, input_id: str) -> str:
    ids = [f"{input_id}_hint"] if bound.help_text else []
    if bound.errors:
        ids.append(f"{input_id}_error")
    return " ".join(ids)


def styled(bound: BoundField, attrs: dict[str, Any]) -> dict[str, Any]:
    """What the field template needs: the drawn widget, its look and the ids that tie it up.

    A form with `all_needed = True` is one of many lines that may be left out as a whole, or its
    empty fields are an action's to judge: none of them is called optional. Nor is a single field
    with `depends = True`.
    """
    look = look_of(bound)
    input_id = attrs.get("id") or bound.auto_id
    described = _described_by(bound, input_id)
    judged = getattr(bound.form, "all_needed", False) or getattr(bound.field, "depends", False)
    drawn = dict(attrs)
    classes = [_CLASS.get(look, ""), "is-error" if bound.errors else "", attrs.get("class", "")]
    drawn["class"] = " ".join(name for name in classes if name)
    if look not in ("radios", "checks"):
        if described:
            drawn["aria-describedby"] = described
        if bound.errors:
            drawn["aria-invalid"] = "true"
    return {
        "bound": bound,
        "look": look,
        "group": look in ("radios", "checks"),
        "widget": bound.as_widget(attrs=drawn) if look not in ("radios", "checks") else "",
        "input_id": input_id,
        "described": described,
        "optional": not bound.field.required and not judged,
        "money": False,
    }
