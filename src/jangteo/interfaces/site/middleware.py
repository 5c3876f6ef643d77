"""Every request gets its time, its actor and its trace; every refusal gets its page or JSON."""

import re
import secrets
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

import structlog
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from ninja.utils import check_csrf

from jangteo.ground.errors import N_, Fault, Refusal, Refusals
from jangteo.interfaces.api import errors
from jangteo.records.account.queries import Actor, actor_for, actor_for_token
from jangteo.records.journal.queries import now
from jangteo.ui.sentences import sentence

log = structlog.get_logger("jangteo.web")
OPEN = ("/healthz", "/readyz", "/static/")


class RequestContext:
    """Sets request.at, request.actor and request.trace, and answers what views raise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.trace = secrets.token_hex(8)
        request.at = None
        request.actor = Actor.anyone()
        request.bearer = False
        refused = None if request.path.startswith(OPEN) else self._who(request)
        response = refused or self.get_response(request)
        if is_api(request) and not response.get("Content-Type", "").startswith("application/"):
            response = self._shaped(request, response)
        response["X-Trace"] = request.trace
        return response

    def _who(self, request: HttpRequest) -> HttpResponse | None:
        try:
            request.at = now()
            request.actor = _actor(request)
            refuse_unwritable(request)
        except Refusal as refusal:
            return refuse(request, refusal)
        except DatabaseError as error:
            return broken(request, error, status=503)
        return None

    def _shaped(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Django's own 404 and 405 under /api/ in the API's shape."""
        known = {404: errors.not_there, 405: errors.not_this_way}
        if response.status_code not in known:
            return response
        shaped = refuse(request, known[response.status_code]())
        if "Allow" in response:
            shaped["Allow"] = response["Allow"]
        return shaped

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The API's views are exempt from Django's CSRF check; a session there is checked here."""
        by_session = is_api(request) and request.actor.signed_in and not request.bearer
        if by_session and check_csrf(request) is not None:
            return refuse(request, csrf_refusal())
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is answered; Django's own exceptions pass; anything else is our fault."""
        if isinstance(error, Refusal | Refusals):
            return refuse(request, error)
        if isinstance(error, Http404 | PermissionDenied | SuspiciousOperation | BadRequest):
            return None
        return broken(request, error, status=500)


def is_api(request: HttpRequest) -> bool:
    """Whether a machine asks."""
    return request.path.startswith("/api/")


#: what JSON can spell and PostgreSQL cannot hold: NUL, and a surrogate that has lost its pair
_BACKSLASH = re.compile(rb"\\\\")
_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_UNWRITABLE = re.compile(rb"\\u0000|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\x00")


def refuse_unwritable(request: HttpRequest) -> None:
    """Refusal `request.malformed` (400) for characters that no text of ours can hold."""
    words = unquote_to_bytes(f"{request.path}?{request.META.get('QUERY_STRING', '')}")
    if b"\x00" in words or _body_is_unwritable(request):
        raise Refusal(
            "request.malformed",
            N_("The request holds a character that cannot be written."),
            repair=N_("Leave out NUL and half surrogates."),
            status=400,
        )


def _body_is_unwritable(request: HttpRequest) -> bool:
    """Whether a JSON body or a field of a form holds such a character; files may."""
    try:
        if request.content_type == "application/json":
            plain = _PAIR.sub(b"  ", _BACKSLASH.sub(b"  ", request.body))
            return bool(_UNWRITABLE.search(plain))
        return any("\x00" in text for _, many in request.POST.lists() for text in many)
    except RequestDataTooBig:
        raise Refusal(
            "request.too_large",
            N_("The request is too large."),
            repair=N_("Send less at once."),
            status=413,
        ) from None


def _actor(request: HttpRequest) -> Actor:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        found = actor_for_token(token.strip(), at=request.at)
        if found is None:
            raise Refusal(
                "account.token.unknown",
                N_("This token is unknown or revoked."),
                repair=N_("Ask for a new token, or sign in."),
                status=401,
            )
        request.bearer = True
        request._dont_enforce_csrf_checks = True
        return found
    if isinstance(request.user, AnonymousUser) or not request.user.is_authenticated:
        return Actor.anyone()
    chosen = _chosen(request.session.get("party"))
    actor = actor_for(request.user, chosen, at=request.at)
    if chosen and actor.party_id is None:  # left meanwhile: this request acts for nobody
        del request.session["party"]
    return actor


def _chosen(stored: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(stored) if stored else None
    except ValueError:
        return None


def csrf_refusal() -> Refusal:
    """What is said when a form's or script's token is missing or old."""
    return Refusal(
        "request.csrf",
        N_("This request did not come from a page of ours, or the page was open too long."),
        repair=N_("Load the page again and repeat what you did."),
        status=403,
    )


def refuse(request: HttpRequest, refused: Refusal | Refusals) -> HttpResponse:
    """The answer to a refusal: JSON for machines, a page for people."""
    if is_api(request):
        response = errors.answer(refused, trace=request.trace, at=request.at)
        if response.status_code == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response
    status = errors.status_of(refused)
    found = refused.refusals if isinstance(refused, Refusals) else (refused,)
    if _sign_in_helps(request, status, found[0].code):
        return redirect(f"/sign-in?{urlencode({'next': request.get_full_path()})}")
    said = [errors.error(one, trace=request.trace, at=request.at) for one in found]
    context = {"refusals": said, "status": status, "trace": request.trace}
    return render(request, "site/refusal.html", context, status=status)


def _sign_in_helps(request: HttpRequest, status: int, code: str) -> bool:
    """Whether a visitor who is refused a page may only have to sign in."""
    visitor = request.method == "GET" and not request.actor.signed_in
    return visitor and status in {401, 403} and not code.startswith(("account.", "request.csrf"))


def broken(request: HttpRequest, error: Exception, *, status: int) -> HttpResponse:
    """Log where it broke, never with what values, and say so with the trace's number."""
    log.error(
        "fault",
        trace=request.trace,
        method=request.method,
        route=_route(request),
        error=type(error).__name__,
        said=str(error) if isinstance(error, Fault) else "",
        frames=_frames(error),
    )
    refusal = errors.fault(trace=request.trace)
    refusal.status = status
    try:
        return refuse(request, refusal)
    except Exception:  # the page itself may be what is broken; the number must still be said
        log.exception("fault page", trace=request.trace, exc_info=False)
        text = sentence(refusal.text, {}) + "\n" + sentence(refusal.repair, refusal.params)
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _route(request: HttpRequest) -> str:
    """The address as a pattern, so that no number or name of a person is logged."""
    try:
        return str(resolve(request.path_info).route)
    except Resolver404:
        return ""


def _frames(error: BaseException) -> list[str]:
    frames, trace = [], error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        frames.append(
            f"{code.co_filename.rpartition('jangteo/')[2]}:{trace.tb_lineno}:{code.co_name}"
        )
        trace = trace.tb_next
    return frames[-8:]
