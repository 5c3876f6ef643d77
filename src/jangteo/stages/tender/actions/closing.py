"""End a tender: cancelled by the agency, or closed by its opening."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Fault, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.tender import states
from jangteo.stages.tender.actions.drafting import changeable, permitted
from jangteo.stages.tender.models import Draft, Tender
from jangteo.stages.tender.queries.rows import notice

_MOST = 500


def cancel(*, by: Actor, at: datetime, number: str, reason: str) -> Tender:
    """Cancel a tender with a reason, before its announced opening; sealed bids stay sealed.

    Law: 국가계약법 시행령 제33조, 지방계약법 시행령 제33조제2항.
    Refusal `tender.cancel.no_reason`, `tender.cancel.too_late`.
    """
    given = reason.strip()
    if not given or len(given) > _MOST:
        raise Refusal(
            "tender.cancel.no_reason",
            N_("A cancellation needs a reason of at most {most} characters."),
            repair=N_("Say in a sentence why the tender is cancelled; it is published."),
            field="reason",
            most=_MOST,
        )
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "cancel", tender)
        if tender.version >= 0:
            _before_opening(number, at)
        move(tender, "cancel", by=by, at=at, payload={"reason": given})
        tender.closing_reason = given
        tender.save(update_fields=["closing_reason"])
        Draft.objects.filter(tender=tender, tender__version__gte=0).delete()
    return tender


def _before_opening(number: str, at: datetime) -> None:
    opening_at = notice(number).opening_at
    if opening_at is None or at >= opening_at:
        raise Refusal(
            "tender.cancel.too_late",
            N_("The announced time of the opening has come; it can no longer be cancelled here."),
            repair=N_("Hold the opening; its result may then be set aside with a reason."),
            law=states.TABLE.transition("cancel").law,
            status=409,
        )


def close(*, by: Actor, at: datetime, number: str, verb: str, reason: str = "") -> Tender:
    """End a tender by its opening: a verb of states.CLOSING; called by the opening stage.

    Law: 국가계약법 시행령 제40조, 제11조, 지방계약법 시행령 제40조, 제12조.
    Refusal `tender.close.too_early` before the deadline.
    """
    if verb not in states.CLOSING:
        raise Fault(f"an opening does not {verb} a tender")
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, verb, tender)
        deadline = notice(number).deadline
        if deadline is None or at < deadline:
            raise Refusal(
                "tender.close.too_early",
                N_("The deadline has not passed yet."),
                repair=N_("Wait until the deadline in force has passed."),
                law=tender.state_table.transition(verb).law,
                status=409,
            )
        move(tender, verb, by=by, at=at, payload={"reason": reason} if reason else {})
        tender.closing_reason = reason[:_MOST]
        tender.save(update_fields=["closing_reason"])
    return tender


def settle(*, by: Actor, at: datetime, number: str, verb: str, reason: str = "") -> Tender:
    """Move an opened tender on by its award: by a verb of states.SETTLING.

    Law: 국가계약법 시행령 제42조, 지방계약법 시행령 제42조. Called by the award stage.
    """
    if verb not in states.SETTLING:
        raise Fault(f"an award does not {verb} a tender")
    with transaction.atomic():
        tender = changeable(by, number)
        move(tender, verb, by=by, at=at, payload={"reason": reason} if reason else {})
        tender.closing_reason = reason[:_MOST]
        tender.save(update_fields=["closing_reason"])
    return tender
