"""A door of a practice world only: it leads nowhere unless the database has the sandbox schema.

It lets a past opening be re-enacted with the rates that were published then. The clock has no
door here: only the database's owner may move it (`./jangteo clock`).
"""

from django.http import HttpRequest
from ninja import Router, Schema

from jangteo.interfaces.api.errors import not_there
from jangteo.interfaces.rehearsal import rates

router = Router()


class Rates(Schema):
    """The 15 rates in percent of the base amount, three decimals, in the order of their numbers."""

    rates: list[str]


@router.put("/tenders/{number}/rates", response=Rates)
def give_rates(request: HttpRequest, number: str, body: Rates) -> Rates:
    """Give the rates of a tender that is being prepared; once, by its contract officer."""
    if not rates.can_be_given():
        raise not_there()
    rates.give_rates(by=request.actor, at=request.at, number=number, rates=body.rates)
    return body
