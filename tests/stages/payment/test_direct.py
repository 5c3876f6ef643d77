"""What the agency sees of every subcontractor of a claim, and whether it may pay directly."""

from datetime import date

import pytest

from jangteo.stages.payment import queries
from jangteo.stages.payment.queries.direct import by_amounts
from tests.stages.payment.street import prime, street, under

pytestmark = pytest.mark.django_db


def test_a_subcontractor_who_is_left_out_is_seen() -> None:
    here = street(accepted=900_000_000)
    named, left_out = here.hire(300_000_000), here.hire(200_000_000, work="창호")
    here.hire(1_000_000, status="registered")
    here.file([under(named, 50_000_000)])
    claim = here.file([prime(100_000_000), under(named, 30_000_000)])
    rows = queries.branches_of(here.who("checker"), claim.number)
    assert [(row.number, row.amount, row.here, row.claimed) for row in rows] == [
        (named.number, 300_000_000, 30_000_000, 80_000_000),
        (left_out.number, 200_000_000, 0, 0),
    ]
    assert {(row.allowed, row.reasons[0]["code"]) for row in rows} == {
        (False, "payment.direct.none")
    }


@pytest.mark.parametrize("who", ["claimant", "hired0", "agent"])
def test_only_the_agency_sees_them(who: str) -> None:
    here = street(accepted=900_000_000)
    claim = here.file([under(here.hire(300_000_000), 50_000_000)])
    assert queries.branches_of(here.who(who), claim.number) == ()


@pytest.mark.parametrize(
    ("value", "reserve_price", "code", "allowed"),
    [
        (532_999_999, 650_000_000, "payment.direct.low", True),
        (533_000_000, 650_000_000, "payment.direct.none", False),  # exactly 82 %
        (1, None, "payment.direct.none", False),
    ],
)
def test_a_low_contract_lets_the_agency_pay_directly(
    value: int, reserve_price: int | None, code: str, allowed: bool
) -> None:
    found = by_amounts(value, reserve_price, date(2026, 11, 24))
    assert (found.reasons[0].code, found.allowed, found.duty) == (code, allowed, False)
