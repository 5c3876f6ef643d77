"""Take the award of a tender in hand: one at a time."""

from django.db import connection

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.party.queries import party_by_identifier
from jangteo.stages.award.models import Award, Examination
from jangteo.stages.award.queries.candidates import INSIDE, current_of, unknown

MOST = 500
_LOCK = "select pg_advisory_xact_lock(hashtextextended('award:' || %s, 0))"


def hold(number: str) -> None:
    """Let nobody else act on a tender's award until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [number])


def own_examination(by: Actor, number: str, supplier: str = "") -> Examination:
    """The candidate that an actor may speak of; Refusal `award.unknown` (404).

    A supplier speaks of itself; the agency's people name one by its business number, or leave it
    out and mean the one that is examined now.
    """
    hold(number)
    rows = Examination.objects.select_for_update().filter(tender_number=number)
    if by.party_kind == "supplier":
        rows = rows.filter(supplier_id=by.party_id)
    elif by.roles & INSIDE:
        rows = rows.filter(buyer_id=by.party_id)
        if supplier:
            named = party_by_identifier("supplier", supplier)
            rows = rows.filter(supplier_id=named.id if named else None)
    else:
        rows = rows.none()
    found = current_of(list(rows.order_by("rank", "called_at", "id")))
    if found is None:
        raise unknown()
    return found


def own_award(by: Actor, number: str, status: str) -> Award:
    """The award of the actor's agency in a state; Refusal `award.none` (404)."""
    hold(number)
    rows = Award.objects.select_for_update().filter(tender_number=number, status=status)
    found = rows.filter(buyer_id=by.party_id).first()
    if found is None:
        raise Refusal(
            "award.none",
            N_("There is no such award."),
            repair=N_("Look at the award page of the tender again."),
            status=404,
        )
    return found


def reason_given(text: str, field: str = "note") -> str:
    """A reason as it is kept; Refusal `award.reason.missing` for none or one too long."""
    plain = text.strip()
    if not plain or len(plain) > MOST:
        raise Refusal(
            "award.reason.missing",
            N_("This needs a reason of at most {most} characters."),
            repair=N_("Say it in a sentence or two; whoever is concerned reads it."),
            field=field,
            most=MOST,
        )
    return plain
