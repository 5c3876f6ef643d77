"""The sign-in form: allauth's checks and limits, our fields and words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):
    """Accounts are made by organisations, never by signing up here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Sign-in name and password do not match."),
        "account_inactive": _("This account is closed."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page after signing in says who one is; no message is needed."""


class SignInForm(LoginForm):
    """Sign-in name and password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for name, autocomplete in (("login", "username"), ("password", "current-password")):
            self.fields[name].widget.attrs = {"autocomplete": autocomplete}
            self.fields[name].error_messages["required"] = _("Fill this in.")
