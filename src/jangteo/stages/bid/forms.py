"""What a bidder types. It is never posted: the page seals it and sends the envelope only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jangteo.ui.forms import Form, MoneyField


class PriceForm(Form):
    """The bid price; its input has no form around it, so no browser can send it."""

    price = MoneyField(
        label=_("Bid price"),
        positive=True,
        help_text=_("Whole won, value-added tax included."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-price": ""}),
    )
