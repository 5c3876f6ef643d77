"""The supplier begins the works."""

from datetime import date, datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.contract.queries import ContractRow
from jangteo.stages.delivery.actions.own import own
from jangteo.stages.delivery.models import Delivery

_LAW = "국가계약법 제11조, 지방계약법 제14조"


@transaction.atomic
def start(*, by: Actor, at: datetime, number: str, started_on: date) -> Delivery:
    """Name the first day of the works, within the contract's period; number: the contract's.

    Refusal `contract.unknown` (404), `delivery.start.forbidden` (403), `delivery.start.not_now`
    (409), `delivery.start.not_in_force` (409), `delivery.start.period`.
    """
    of, found = own(by, at, number)
    move(found, "start", by=by, at=at, payload={"started_on": started_on.isoformat()})
    _in_period(of, started_on)
    found.started_on = started_on
    found.save(update_fields=["started_on"])
    return found


def _in_period(of: ContractRow, started_on: date) -> None:
    if of.status != "active":
        raise Refusal(
            "delivery.start.not_in_force",
            N_("The contract is no longer in force."),
            repair=N_("See on the contract's page why it ended."),
            law=_LAW,
            status=409,
        )
    assert of.starts and of.ends  # noqa: S101 - a contract is not offered without its period
    if not of.starts <= started_on <= of.ends:
        raise Refusal(
            "delivery.start.period",
            N_("The works begin between {starts} and {ends}, as the contract says."),
            repair=N_("Name a day of the contract's period."),
            law=_LAW,
            field="started_on",
            starts=of.starts.isoformat(),
            ends=of.ends.isoformat(),
        )
