"""What Django itself refuses, shown like every other refusal."""

from django.http import HttpRequest, HttpResponse

from jangteo.ground.errors import N_, Refusal
from jangteo.interfaces.api import errors
from jangteo.interfaces.site.middleware import csrf_refusal, refuse
from jangteo.ui.sentences import sentence


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return refuse(request, errors.not_there())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    refusal = Refusal(
        "request.forbidden",
        N_("You may not do this here."),
        repair=N_("Go back to your desk."),
        status=403,
    )
    return refuse(request, refusal)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400; the page cannot be rendered for a host we do not know."""
    text = sentence(N_("The request could not be read."), {})
    return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return refuse(request, csrf_refusal())


def fault(request: HttpRequest) -> HttpResponse:
    """handler500, for what broke outside any view."""
    refusal = errors.fault(trace=getattr(request, "trace", "-"))
    text = sentence(refusal.text, {}) + "\n" + sentence(refusal.repair, refusal.params)
    return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")
