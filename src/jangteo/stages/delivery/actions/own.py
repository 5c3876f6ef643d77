"""Take a delivery or its open inspection in hand, locked, and check what every step needs."""

from datetime import date, datetime

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.stages.contract.queries import ContractRow
from jangteo.stages.delivery.actions.awaiting import await_start
from jangteo.stages.delivery.models import Delivery, Inspection
from jangteo.stages.delivery.queries.accepted import accepted_total
from jangteo.stages.delivery.queries.reading import standing

LAW = "국가계약법 제14조, 시행령 제55조; 지방계약법 제17조, 시행령 제64조"
#: an inspection that waits for somebody
OPEN = ("requested", "correcting")
MOST = 500


def own(by: Actor, at: datetime, number: str) -> tuple[ContractRow, Delivery]:
    """The contract and its delivery, locked, for its two sides; Refusal `contract.unknown` (404).

    A contract in force always has one: where the fact has not been heard yet, it is opened here.
    """
    of = standing(by, number)
    return of, await_start(at=at, number=number)


def open_inspection(found: Delivery) -> Inspection:
    """The inspection that waits for somebody, locked; Refusal `inspection.none` (409)."""
    rows = Inspection.objects.select_for_update().filter(delivery=found)
    row = rows.filter(status__in=OPEN).first()
    if row is None:
        raise Refusal(
            "inspection.none",
            N_("No inspection is asked for."),
            repair=N_("The supplier notifies first what is done."),
            law=LAW,
            status=409,
        )
    return row


def unchanged(verb: str, of: ContractRow, row: Inspection) -> None:
    """Refusal `inspection.<verb>.value_changed` (409) if the contract no longer fits the request.

    It may have been amended since: then the amount is too much, or the completion not all.
    """
    left = of.value - accepted_total(of.number)
    if row.amount == left or (row.kind == "progress" and row.amount < left):
        return
    raise Refusal(
        f"inspection.{verb}.value_changed",
        N_("The contract was amended: {amount} won were notified, {left} won are left."),
        repair=N_("The supplier withdraws this notice and notifies again."),
        law=LAW,
        status=409,
        amount=row.amount,
        left=left,
    )


def refused(code: str, text: str, field: str, *, repair: str = "", **params: object) -> Refusal:
    """A refusal about what was typed."""
    said = repair or N_("Correct it and send it again.")
    return Refusal(code, text, repair=said, law=LAW, field=field, **params)


def raise_all(found: list[Refusal]) -> None:
    """Raise what was found, all at once."""
    if len(found) == 1:
        raise found[0]
    if found:
        raise Refusals(found)


def note_fits(verb: str, note: str, most: int = MOST) -> list[Refusal]:
    """`inspection.<verb>.note` for one that is too long."""
    if len(note.strip()) <= most:
        return []
    text = N_("This is longer than {most} characters.")
    return [refused(f"inspection.{verb}.note", text, "note", most=most)]


def done_in_order(verb: str, done_on: date, first: date | None, today: date) -> list[Refusal]:
    """`inspection.<verb>.done_on` for a day before the first possible one, or in the future."""
    if done_on <= today and (first is None or first <= done_on):
        return []
    text = N_("The works cannot be done on {day}: it must lie between {first} and {today}.")
    days = {
        "day": done_on.isoformat(), "today": today.isoformat(),
        "first": (first or today).isoformat(),
    }  # fmt: skip
    return [refused(f"inspection.{verb}.done_on", text, "done_on", **days)]
