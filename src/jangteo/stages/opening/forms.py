"""What an opening officer types: which bid is set aside, on which ground, and the facts."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jangteo.stages.opening.queries import OpeningState
from jangteo.stages.opening.states import GROUNDS, WAYS
from jangteo.ui.forms import Form


class ExclusionForm(Form):
    """One bid set aside; grounds are those that the tender's law knows."""

    bid = forms.ChoiceField(label=gettext_lazy("Bid of"))
    ground = forms.ChoiceField(label=gettext_lazy("Ground"))
    note = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=300,
        help_text=gettext_lazy("One or two sentences. The bidder and the public will read them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, state: OpeningState, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        bids = [(e.hash, f"{e.supplier} ({e.identifier})") for e in state.envelopes
                if not e.excluded]  # fmt: skip
        self.fields["bid"].choices = [("", gettext("Choose a bid")), *bids]
        self.fields["ground"].choices = [
            ("", gettext("Choose a ground")),
            *(
                (code, f"{gettext(ground.text)} – {ground.article(state.regime)}")
                for code, ground in GROUNDS.items()
                if ground.article(state.regime)
            ),
        ]


class SignatureForm(Form):
    """Filled by the page's script: a signature made in this browser."""

    role = forms.CharField(max_length=30)
    signer_key = forms.CharField(max_length=100)
    signature = forms.CharField(max_length=100)


class OfficerKeyForm(Form):
    """Filled by the page's script: the officer's unwrapped price key and a signature over it."""

    price_private = forms.CharField(max_length=50)
    signer_key = forms.CharField(max_length=100)
    signature = forms.CharField(max_length=100)


class SeenForm(Form):
    """What was read before it is confirmed; the action says so if it is missing."""

    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class RefuseWayOutForm(SeenForm):
    """Why the way that is asked for is refused."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("Whoever asked for it reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WayOutForm(Form):
    """How an opening on hold is to end, and why; ways: those that can end it."""

    way = forms.ChoiceField(label=gettext_lazy("How it is to go on"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("What was found and mended; it is published."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: object, ways: Collection[str] = tuple(WAYS), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        said = [(code, gettext(text)) for code, text in WAYS.items() if code in ways]
        self.fields["way"].choices = said
