"""Who may call the API: whoever signed in or sent a token; reading is open, queries check."""

from django.http import HttpRequest
from ninja.security.base import AuthBase

from jangteo.records.account.queries import Actor


class Door(AuthBase):
    """Signed in for anything that writes; what one may read is each query's decision.

    A public address that writes says `auth=None` and leaves the decision to its action.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Actor | None:
        actor: Actor = request.actor
        return actor if actor.signed_in or request.method in {"GET", "HEAD"} else None
