"""Take an opening in hand: one at a time, for the notice version in force."""

from jangteo.ground.errors import N_, Refusal
from jangteo.stages.opening.models import Opening
from jangteo.stages.tender.queries import NoticeRow, notice


def locked(number: str) -> tuple[Opening, NoticeRow]:
    """The opening of the version in force, its row locked until the transaction ends.

    Refusal `tender.unknown` (404) or `opening.not_prepared` (409).
    """
    found = notice(number)
    opening = (
        Opening.objects.select_for_update()
        .filter(tender_id=found.tender_id, lot=found.lot, round=found.round, version=found.version)
        .first()
    )
    if opening is None:
        raise Refusal(
            "opening.not_prepared",
            N_("The opening of this tender has not been prepared yet."),
            repair=N_("After the deadline, an opening officer of the agency prepares it."),
            status=409,
        )
    return opening, found
