"""The 15 rates of a tender that is re-enacted: given in a practice world, and said in the journal.

The table is one of the schema `sandbox`; where that is not, there is nothing to give them to.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.rate import Rate
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.stages.tender.queries import DraftRow, draft, tender_for

COUNT = 15
_THREE_DECIMALS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")


def can_be_given() -> bool:
    """Whether this database is a practice world."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('sandbox.given_rates') is not null")
        row = cursor.fetchone()
    return bool(row and row[0])


@transaction.atomic
def give_rates(*, by: Actor, at: datetime, number: str, rates: Sequence[str]) -> None:
    """Give the rates of a tender that is being prepared; once, by its contract officer.

    The same rates again change nothing. The fact names their hash: nobody reads them before the
    opening. Refusal `sandbox.rates.*`.
    """
    row = tender_for(by, number)
    if "contract_officer" not in by.roles or by.party_id != row.buyer_id:
        raise _refusal("forbidden", N_("Only the tender's contract officer may do this."), 403)
    if row.status != "draft":
        raise _refusal("not_now", N_("Rates are given before the notice is published."), 409)
    _check(rates, draft(by, number))
    text = json.dumps(list(rates))
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sandbox.given_rates (tender, rates) values (%s, %s::jsonb)"
            " on conflict do nothing",
            [number, text],
        )
        if cursor.rowcount:
            payload = {"sha256": hashlib.sha256(text.encode()).hexdigest()}
            subject = f"tender:{number}"
            record("sandbox.give_rates", subject, by=by, at=at, tender=number, payload=payload)
            return
        cursor.execute(
            "select rates = %s::jsonb from sandbox.given_rates where tender = %s", [text, number]
        )
        same = cursor.fetchone()
    if not (same and same[0]):
        raise _refusal("given", N_("This tender already has other rates."), 409)


def _check(rates: Sequence[str], terms: DraftRow) -> None:
    if len(rates) != COUNT or not all(_THREE_DECIMALS.fullmatch(rate) for rate in rates):
        raise _refusal("shape", N_("Give 15 rates in percent with three decimals each."), 400)
    if len(set(rates)) != COUNT:
        raise _refusal("twice", N_("A rate is given twice."), 422)
    if not (terms.range_low and terms.range_high):
        raise _refusal("range_missing", N_("The draft has no range yet."), 409)
    low, high = Rate.parse(terms.range_low).percent, Rate.parse(terms.range_high).percent
    if not all(low <= Rate.parse(rate).percent - 100 <= high for rate in rates):
        raise _refusal("outside", N_("A rate lies outside the tender's range."), 422)


def _refusal(code: str, text: str, status: int) -> Refusal:
    repair = N_("See the description of this address at /api/v1/docs.")
    return Refusal(f"sandbox.rates.{code}", text, repair=repair, field="rates", status=status)
