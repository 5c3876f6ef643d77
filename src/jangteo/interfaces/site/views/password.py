"""`/password`: change one's own password, such as the first one that somebody else chose."""

from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.account.views import PasswordChangeView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from jangteo.ground.errors import N_, Refusal


class PasswordForm(ChangePasswordForm):
    """The present password and a new one, twice."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {
            "oldpassword": (_("Present password"), "current-password"),
            "password1": (_("New password"), "new-password"),
            "password2": (_("New password, again"), "new-password"),
        }
        for name, (label, autocomplete) in said.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs = {"autocomplete": autocomplete}
            self.fields[name].error_messages["required"] = _("Fill this in.")
        self.fields["password1"].help_text = _(
            "At least ten characters; not a common word and not only digits."
        )


class _Change(PasswordChangeView):
    template_name = "site/password.html"
    form_class = PasswordForm
    success_url = "/desk"

    def get_form_class(self) -> type[PasswordForm]:
        return PasswordForm

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("Your password is changed; other sessions have ended."))
        return answer


_change = _Change.as_view()


def password(request: HttpRequest) -> HttpResponse:
    """Only for a person who signed in here with a password."""
    if not request.user.is_authenticated:
        return redirect("/sign-in?next=/password")
    if not request.user.has_usable_password():
        raise Refusal(
            "account.password.none",
            N_("This account has no password."),
            repair=N_("It signs in by other means, in a practice world by one click."),
            status=409,
        )
    answer: HttpResponse = _change(request)
    return answer
