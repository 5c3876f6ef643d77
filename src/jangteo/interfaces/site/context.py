"""What every page knows: who is here, for whom, what time it is, where one can go."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_
from jangteo.interfaces.site.ahead import ahead
from jangteo.records.account.queries import Actor, memberships

NAVIGATION = [
    ("/tenders", N_("Tenders")),
    ("/desk", N_("My work")),
    ("/contracts", N_("Contracts")),
    ("/payments", N_("Payments")),
    ("/data/log", N_("Data")),
    ("/help", N_("Help")),
]


#: what belongs under which entry, the first that fits; the money of a contract is a payment
_PLACES = [
    (re.compile(pattern), url)
    for pattern, url in (
        (r"/tenders(/|$)|/receipts/", "/tenders"),
        (r"/desk(/|$)|/my/tenders|/openings(/|$)|/people(/|$)|/registrations(/|$)", "/desk"),
        (r"/contracts/[^/]+/(claims|trail)(/|$)", "/payments"),
        (r"/claims/|/payments$|/my/payments$|/w/", "/payments"),
        (r"/(sub)?contracts(/|$)|/inspections$", "/contracts"),
        (r"/data(/|$)|/operations$", "/data/log"),
        (r"/help(/|$)", "/help"),
    )
]


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: one variable, `page`."""
    actor = getattr(request, "actor", Actor.anyone())
    at = getattr(request, "at", None)
    korean = (get_language() or "ko").startswith("ko")
    return {
        "page": {
            "actor": actor,
            "at": at,
            "today": at.astimezone(KST).date() if at else None,
            "trace": getattr(request, "trace", ""),
            "here": request.get_full_path(),
            "nav": _navigation(request.path),
            "search": request.GET.get("text", ""),
            "can_switch": _can_switch(request, actor),
            "ahead": SimpleLazyObject(lambda: ahead(request.path, actor, request.at)),
            "sandbox": settings.SANDBOX,
            "official": settings.OFFICIAL,
            "other_language": "en" if korean else "ko",
            "other_language_name": "English" if korean else "한국어",
        }
    }


def _navigation(path: str) -> list[dict[str, Any]]:
    here = next((url for pattern, url in _PLACES if pattern.match(path)), "")
    return [{"url": url, "label": gettext(label), "here": url == here} for url, label in NAVIGATION]


def _can_switch(request: HttpRequest, actor: Actor) -> bool:
    if actor.account_id is None or getattr(request, "at", None) is None:
        return False
    return len({row[0] for row in memberships(actor.account_id, at=request.at)}) > 1
