"""How the API says no: one shape for refusals, malformed requests and our own faults."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ui.sentences import sentence

FAULT = N_("Something is broken on our side. Nothing you sent was at fault.")
FAULT_REPAIR = N_("Try again; if it goes on, tell the platform's operator this number: {trace}.")


def error(refusal: Refusal, *, trace: str, at: datetime | None) -> dict[str, Any]:
    """One refusal as JSON; times are ISO 8601 with their offset."""
    return {
        "code": refusal.code,
        "message": sentence(refusal.text, refusal.params),
        "repair": sentence(refusal.repair, refusal.params),
        "law": refusal.law,
        "field": refusal.field,
        "params": dict(refusal.params),
        "trace": trace,
        "time": at.isoformat() if at else None,
    }


def answer(refused: Refusal | Refusals, *, trace: str, at: datetime | None) -> JsonResponse:
    """The response to a refusal, or to several at once."""
    if isinstance(refused, Refusal):
        body = {"error": error(refused, trace=trace, at=at)}
        return JsonResponse(body, status=refused.status)
    errors = [error(one, trace=trace, at=at) for one in refused.refusals]
    return JsonResponse({"errors": errors}, status=status_of(refused))


def status_of(refused: Refusal | Refusals) -> int:
    """The HTTP status of a refusal; several answer with their common status, else 422."""
    if isinstance(refused, Refusal):
        return refused.status
    found = {one.status for one in refused.refusals}
    return found.pop() if len(found) == 1 else 422


def fault(*, trace: str) -> Refusal:
    """What is said when we are broken."""
    return Refusal("platform.fault", FAULT, repair=FAULT_REPAIR, status=500, trace=trace)


def not_there() -> Refusal:
    """What is said of an address that leads nowhere."""
    return Refusal(
        "request.not_found",
        N_("There is nothing at this address."),
        repair=N_("Check the address, or start from the home page."),
        status=404,
    )


def not_this_way() -> Refusal:
    """What is said when an address does not take this method."""
    return Refusal(
        "request.method",
        N_("This address does not take this method."),
        repair=N_("See the list of addresses and methods at /api/v1/docs."),
        status=405,
    )


def sign_in_first() -> Refusal:
    """What is said to a visitor where a person is needed."""
    return Refusal(
        "request.sign_in",
        N_("You have to sign in for this."),
        repair=N_("Sign in, or send the header Authorization: Bearer followed by your token."),
        status=401,
    )


def _malformed(caught: ValidationError) -> Refusals | Refusal:
    found = []
    for one in caught.errors:
        loc = [str(part) for part in one["loc"]]
        place = ".".join(loc[2:] if loc[0] == "body" else loc[1:])
        found.append(
            Refusal(
                "request.malformed",
                N_("The field {name} does not have the shape we expect: {detail}."),
                repair=N_("Compare your request with the description at /api/v1/docs."),
                field=place,
                status=400,
                name=place or "body",
                detail=one["msg"],
            )
        )
    return found[0] if len(found) == 1 else Refusals(found)


def _http(caught: HttpError) -> Refusal:
    return Refusal(
        "request.malformed",
        N_("The request could not be read: {detail}."),
        repair=N_("Compare your request with the description at /api/v1/docs."),
        status=caught.status_code,
        detail=str(caught),
    )


def install(api: NinjaAPI) -> None:
    """Teach an API our shapes; refusals and faults themselves are the middleware's."""

    def shaped(request: HttpRequest, refused: Refusal | Refusals) -> HttpResponse:
        return answer(refused, trace=request.trace, at=request.at)

    api.add_exception_handler(
        ValidationError, lambda request, caught: shaped(request, _malformed(caught))
    )
    api.add_exception_handler(
        AuthenticationError, lambda request, caught: shaped(request, sign_in_first())
    )
    api.add_exception_handler(HttpError, lambda request, caught: shaped(request, _http(caught)))
    api.add_exception_handler(Http404, lambda request, caught: shaped(request, not_there()))
