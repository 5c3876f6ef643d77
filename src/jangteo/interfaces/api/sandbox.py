"""A door of a practice world only: it leads nowhere unless the database has the sandbox schema.

It lets a past opening be re-enacted with the rates that were published then. The clock has no
door here: only the database's owner may move it (`./jangteo clock`).
"""

import json
import re

from django.db import connection
from django.http import HttpRequest
from ninja import Router, Schema

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.rate import Rate
from jangteo.interfaces.api.errors import not_there
from jangteo.stages.tender.queries import DraftRow, draft, tender_for

router = Router()
COUNT = 15
_THREE_DECIMALS = re.compile(r"\d{1,3}\.\d{3}")


class Rates(Schema):
    """The 15 rates in percent of the base amount, three decimals, in the order of their numbers."""

    rates: list[str]


@router.put("/tenders/{number}/rates", response=Rates)
def give_rates(request: HttpRequest, number: str, body: Rates) -> Rates:
    """Give the rates of a tender that is being prepared; once, by its contract officer."""
    _only_in_a_sandbox()
    row = tender_for(request.actor, number)
    if "contract_officer" not in request.actor.roles or request.actor.party_id != row.buyer_id:
        raise _refusal("forbidden", N_("Only the tender's contract officer may do this."), 403)
    if row.status != "draft":
        raise _refusal("not_now", N_("Rates are given before the notice is published."), 409)
    _check(body.rates, draft(request.actor, number))
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sandbox.given_rates (tender, rates) values (%s, %s::jsonb)"
            " on conflict do nothing",
            [number, json.dumps(body.rates)],
        )
        cursor.execute(
            "select rates = %s::jsonb from sandbox.given_rates where tender = %s",
            [json.dumps(body.rates), number],
        )
        same = cursor.fetchone()
    if not (same and same[0]):
        raise _refusal("given", N_("This tender already has other rates."), 409)
    return body


def _check(rates: list[str], terms: DraftRow) -> None:
    if len(rates) != COUNT or not all(_THREE_DECIMALS.fullmatch(rate) for rate in rates):
        raise _refusal("shape", N_("Give 15 rates in percent with three decimals each."), 400)
    if len(set(rates)) != COUNT:
        raise _refusal("twice", N_("A rate is given twice."), 422)
    if not (terms.range_low and terms.range_high):
        raise _refusal("range_missing", N_("The draft has no range yet."), 409)
    low, high = Rate.parse(terms.range_low).percent, Rate.parse(terms.range_high).percent
    if not all(low <= Rate.parse(rate).percent - 100 <= high for rate in rates):
        raise _refusal("outside", N_("A rate lies outside the tender's range."), 422)


def _only_in_a_sandbox() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('sandbox.given_rates') is not null")
        row = cursor.fetchone()
    if not (row and row[0]):
        raise not_there()


def _refusal(code: str, text: str, status: int) -> Refusal:
    repair = N_("See the description of this address at /api/v1/docs.")
    return Refusal(f"sandbox.rates.{code}", text, repair=repair, field="rates", status=status)
