"""What every page of this stage begins with: who asks, for what, and what goes wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.stages.tender import queries
from jangteo.stages.tender.queries import DraftRow, NoticeRow, TenderRow
from jangteo.ui.forms import Form, show_refusal

View = Callable[..., HttpResponse]


def for_officers(view: View) -> View:
    """Visitors sign in first; others than an agency's officers are told whose page it is."""
    return _guarded(view, lambda actor: queries.is_inside(actor, actor.party_id))


def for_seconds(view: View) -> View:
    """The same for whoever may be a notice's second person: an agency's deciding officers."""
    return _guarded(view, lambda actor: bool(actor.roles & set(queries.SECONDS)))


def _guarded(view: View, may_see: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.signed_in:
            return redirect_to_login(request.get_full_path())
        if not may_see(request.actor):
            raise queries.outsider()
        return view(request, *args, **kwargs)

    return guarded


def own_tender(request: HttpRequest, number: str) -> TenderRow:
    """A tender of the reader's own agency; Refusal `tender.unknown` (404) for others' drafts."""
    row = queries.tender_for(request.actor, number)
    if not queries.is_inside(request.actor, row.buyer_id):
        raise Refusal(
            "tender.pages.other_agency",
            N_("This tender belongs to another agency."),
            repair=N_("Its published notice is under Tenders."),
            status=403,
        )
    return row


def prepared(request: HttpRequest, number: str) -> tuple[DraftRow, NoticeRow | None]:
    """What is being prepared, and the version in force if it is a correction."""
    own_tender(request, number)
    return queries.draft(request.actor, number), queries.current_notice(number)


def tried(form: Form | None, act: Callable[[], object]) -> bool:
    """Do an action; a refusal is shown in the form and answers False."""
    try:
        act()
    except (Refusal, Refusals) as refused:
        codes = refused.refusals if isinstance(refused, Refusals) else (refused,)
        if form is None or any(one.status in (403, 404) for one in codes):
            raise
        show_refusal(form, refused)
        return False
    return True
