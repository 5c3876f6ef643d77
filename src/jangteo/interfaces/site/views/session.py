"""Sign in and out, act as somebody in a practice world, choose organisation and language."""

import uuid

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from jangteo.ground.errors import N_, Refusal
from jangteo.interfaces.rehearsal.personas import persona
from jangteo.interfaces.site.signin import SignInForm
from jangteo.records.account.queries import account_named, memberships

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


class SignIn(LoginView):
    """`/sign-in`: throttled by allauth, an address and a name at a time."""

    form_class = SignInForm
    template_name = "site/sign_in.html"

    def get_form_class(self) -> type[SignInForm]:
        return SignInForm


sign_in = SignIn.as_view()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; back to the home page."""
    logout(request)
    return redirect("/")


def inactive(request: HttpRequest) -> HttpResponse:
    """Where allauth sends an account that has been closed."""
    raise Refusal(
        "account.inactive",
        N_("This account is closed."),
        repair=N_("Ask the people of your organisation who manage its accounts."),
        status=403,
    )


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """One click signs in as a persona, in a practice world only."""
    chosen = persona(request.POST.get("persona", ""))
    if not settings.SANDBOX or chosen is None:
        raise Http404
    account = account_named(chosen.username)
    if account is None:
        raise Refusal(
            "persona.absent",
            N_("The people of the practice world have not moved in yet."),
            repair=N_("Start it once with ./jangteo up, which loads its world."),
            status=409,
        )
    logout(request)
    login(request, account, backend=BACKEND)
    return redirect(chosen.first)


def organisation(request: HttpRequest) -> HttpResponse:
    """Choose for which of one's organisations one acts."""
    if not request.actor.signed_in:
        return redirect("/sign-in?next=/organisation")
    rows = memberships(request.actor.account_id, at=request.at)
    if request.method == "POST":
        return _switch(request, {str(party_id) for party_id, _name, _role in rows})
    choices: dict[uuid.UUID, tuple[str, list[str]]] = {}
    for party_id, name, role in rows:
        choices.setdefault(party_id, (name, []))[1].append(role)
    return render(request, "site/organisation.html", {"choices": choices, "title": _("Act for")})


def _switch(request: HttpRequest, allowed: set[str]) -> HttpResponse:
    chosen = request.POST.get("party", "")
    if chosen not in allowed:
        raise Refusal(
            "account.organisation.not_yours",
            N_("You hold no role in this organisation."),
            repair=N_("Choose one of the organisations in the list."),
            status=403,
        )
    request.session["party"] = chosen
    return redirect("/desk")


language = require_POST(set_language)
