"""What is typed about a claim: its payees, a reason, another account, a payee's answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.stages.payment.queries import LeafGiven
from jangteo.stages.payment.states import BANKS, OUTCOMES, PAYEES
from jangteo.ui.forms import Form, MoneyField

MOST = 500


def _choices(named: Mapping[str, str], empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((code, gettext(text)) for code, text in named.items())]


class _AccountFields(Form):
    bank = forms.ChoiceField(label=_("Bank"))
    account = forms.CharField(
        label=_("Account number"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banks = [(code, f"{gettext(name)} ({code})") for code, name in BANKS.items()]
        self.fields["bank"].choices = [("", gettext("Choose a bank")), *banks]


class AccountForm(_AccountFields):
    """Another account for a payee whose bank sent the money back, or why the same one will do."""

    reason = forms.CharField(
        label=_("Why the same account will do now"), max_length=MOST, required=False,
        help_text=_("Only if you send to the very same account again."),
    )  # fmt: skip
    field_order = ("bank", "account", "reason")


class CorrectedPayeeForm(_AccountFields):
    """The right name of a payee, with its bank and account; the agency confirms it."""

    prefix = "payee"
    payee_name = forms.CharField(label=_("The payee's right name"), max_length=60)
    reason = forms.CharField(
        label=_("What was wrong"), max_length=MOST, help_text=_("The contract officer reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    field_order = ("payee_name", "bank", "account", "reason")


class ConfirmForm(Form):
    """The correction that was seen."""

    proposal = forms.CharField(max_length=36, widget=forms.HiddenInput)


class SettleForm(Form):
    """What the bank said of a transfer that is in doubt."""

    prefix = "settle"
    outcome = forms.ChoiceField(label=_("What the bank says"))
    reference = forms.CharField(label=_("Reference of the bank"), max_length=40)
    reason = forms.CharField(
        label=_("What was asked and answered"), max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = _choices(OUTCOMES, gettext("Choose one"))


class PayeeForm(_AccountFields):
    """One payee of a claim; a line without an amount is left out."""

    all_needed = True
    kind = forms.ChoiceField(label=_("Kind of payee"), required=False)
    subcontract = forms.ChoiceField(label=_("Paid under"), required=False)
    payee_name = forms.CharField(label=_("Name"), max_length=60, required=False)
    amount = MoneyField(label=_("Amount"), required=False)
    field_order = ("kind", "subcontract", "payee_name", "bank", "account", "amount")

    def __init__(
        self, *args: Any, subcontracts: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].required = self.fields["account"].required = False
        self.fields["kind"].choices = _choices(PAYEES, gettext("Choose a kind"))
        own = ("", gettext("the contractor itself"))
        self.fields["subcontract"].choices = [own, *subcontracts]

    def given(self) -> LeafGiven | None:
        """The payee as it was typed, or None for a line that is left out."""
        data = self.cleaned_data
        if not data.get("amount"):
            return None
        return LeafGiven(
            data["kind"], data["payee_name"], data["bank"], data["account"], data["amount"],
            data["subcontract"],
        )  # fmt: skip


class ClaimForm(Form):
    """The claim itself; its payees are lines of their own."""

    amount = MoneyField(label=_("Amount claimed, VAT included"), positive=True)
    note = forms.CharField(
        label=_("Note to the agency"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class Payees:
    """The lines of a claim's payees, read from a posted page or made from what is known.

    Lines are numbered from 0 in the order of the page; field names are "leaf-<line>-<field>".
    """

    def __init__(
        self,
        subcontracts: Sequence[tuple[str, str]],
        *,
        data: Any = None,
        known: Iterable[LeafGiven] = (),
        bound: bool = True,
    ) -> None:
        self.subcontracts = subcontracts
        if data is None:
            self.lines = [self._known(n, one) for n, one in enumerate(known)]
            self.lines = self.lines or [self._known(0, LeafGiven("prime", "", "", "", 0))]
            return
        count = min(MOST, int(data.get("lines", "1")) if data.get("lines", "").isdigit() else 1)
        if bound:
            self.lines = [self._form(n, data=data) for n in range(count)]
        else:
            self.lines = [self._typed(n, data) for n in range(count)]

    def _form(self, n: int, **kwargs: Any) -> PayeeForm:
        return PayeeForm(prefix=f"leaf-{n}", subcontracts=self.subcontracts, **kwargs)

    def _known(self, n: int, one: LeafGiven) -> PayeeForm:
        typed = {name: getattr(one, name) for name in PayeeForm.field_order}
        return self._form(n, initial={**typed, "amount": one.amount or ""})

    def _typed(self, n: int, data: Any) -> PayeeForm:
        typed = {name: data.get(f"leaf-{n}-{name}", "") for name in PayeeForm.field_order}
        return self._form(n, initial=typed)

    def add_line(self) -> None:
        """One more empty line, if there is room."""
        if len(self.lines) < MOST:
            self.lines.append(self._form(len(self.lines), initial={"kind": "worker"}))

    def is_valid(self) -> bool:
        """Whether each line can be read."""
        sound = [form.is_valid() for form in self.lines]
        return all(sound)

    def given(self) -> list[tuple[int, LeafGiven]]:
        """(line, payee) of the lines that have an amount."""
        found = ((n, form.given()) for n, form in enumerate(self.lines))
        return [(n, one) for n, one in found if one is not None]

    @property
    def total(self) -> int:
        """Won of all lines as typed, as far as they can be read."""
        if all(form.is_bound for form in self.lines):
            return sum(form.cleaned_data.get("amount") or 0 for form in self.lines
                       if form.is_valid())  # fmt: skip
        initial = (form.initial.get("amount") for form in self.lines)
        return sum(int(str(one).replace(",", "")) for one in initial
                   if str(one or "").replace(",", "").isdigit())  # fmt: skip


class ReasonForm(Form):
    """Why a claim is returned."""

    reason = forms.CharField(
        label=_("What must be corrected"), max_length=500,
        help_text=_("The supplier reads it. The clock stands still until it is filed again."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class WordForm(Form):
    """How much came, if it is not what was told."""

    amount = MoneyField(label=_("How much came?"))
