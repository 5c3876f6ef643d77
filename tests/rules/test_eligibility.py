"""Regions and licences."""

from datetime import date

import pytest

from jangteo.ground.errors import Refusal
from jangteo.rules.dated import RuleMissing
from jangteo.rules.eligibility import licence, region
from jangteo.rules.eligibility.seat import Seat
from jangteo.rules.eligibility.seat import check as check_seat

ON = date(2026, 11, 24)


def test_regions_change_their_codes_with_the_law() -> None:
    assert len(region.regions(ON)) == 17
    names = {found.code: found.ko for found in region.regions(ON)}
    assert names["51"] == "강원특별자치도"
    assert "42" not in names
    before = {found.code: found.ko for found in region.regions(date(2023, 6, 10))}
    assert before["42"] == "강원도"
    assert len(before) == 17


def test_a_head_office_inside_and_outside() -> None:
    inside = region.check("43", ["43", "44"], regime="local", on=ON)
    assert inside.allowed
    assert inside.reasons[0].law == "지방계약법 시행규칙 제25조제3항"
    outside = region.check("11", ["43"], regime="national", on=ON)
    assert not outside.allowed
    assert outside.reasons[0].params == {"office": "서울특별시", "allowed": "충청북도"}
    assert region.check("11", [], regime="national", on=ON).allowed


@pytest.mark.parametrize(
    ("regime", "kind", "on", "limit"),
    [
        ("national", "general", ON, 8_800_000_000),
        ("national", "other", ON, 1_000_000_000),
        ("local", "general", date(2026, 4, 23), 10_000_000_000),
        ("local", "general", date(2026, 4, 24), 15_000_000_000),
        ("local", "other", ON, 1_000_000_000),
    ],
)
def test_how_large_works_may_be_reserved(regime: str, kind: str, on: date, limit: int) -> None:
    terms = {"regime": regime, "kind": kind, "on": on}
    reasons = region.check_restriction(["43"], estimated_price=limit - 1, **terms)
    assert reasons[0].params == {"limit": limit}
    with pytest.raises(Refusal) as refused:
        region.check_restriction(["43"], estimated_price=limit, **terms)
    assert refused.value.code == "tender.regions.price_too_high"
    assert region.check_restriction([], estimated_price=limit, **terms) == []


@pytest.mark.parametrize(
    ("regime", "kind", "treaty", "limit", "law"),
    [
        ("national", "goods", True, 230_000_000, "국가계약법 시행규칙 제24조제2항제2호"),
        ("national", "services", False, 230_000_000, "국가계약법 시행규칙 제24조제2항제2호"),
        ("local", "goods", True, 350_000_000, "지방계약법 시행규칙 제24조제2호나목"),
        ("local", "services", True, 350_000_000, "지방계약법 시행규칙 제24조제2호나목"),
        ("local", "goods", False, 500_000_000, "지방계약법 시행규칙 제24조제2호나목"),
        ("local", "services", False, 500_000_000, "지방계약법 시행규칙 제24조제2호나목"),
        ("local", "engineering", True, 330_000_000, "지방계약법 시행규칙 제24조제2호가목"),
        ("local", "engineering", False, 330_000_000, "지방계약법 시행규칙 제24조제2호가목"),
        ("local", "safety", True, 150_000_000, "지방계약법 시행규칙 제24조제2호가목 단서"),
    ],
)
def test_how_large_a_purchase_may_be_reserved(
    regime: str, kind: str, treaty: bool, limit: int, law: str
) -> None:
    terms = {"regime": regime, "kind": kind, "on": ON, "treaty": treaty}
    (reason,) = region.check_restriction(["43"], estimated_price=limit - 1, **terms)
    assert (reason.params, reason.law) == ({"limit": limit}, law)
    with pytest.raises(Refusal) as refused:
        region.check_restriction(["43"], estimated_price=limit, **terms)
    assert (refused.value.code, refused.value.law) == ("tender.regions.price_too_high", law)
    assert "Works" not in reason.text + refused.value.text


POSTED, BID = date(2026, 11, 26), date(2026, 12, 10)
EDGE = date(2026, 5, 30)  # 180 days before 26 November
LONG_AGO = date(2010, 1, 4)


@pytest.mark.parametrize(
    ("seat", "allowed"),
    [
        (Seat(EDGE, LONG_AGO), True),
        (Seat(date(2026, 5, 31), LONG_AGO), False),
        (Seat(LONG_AGO, LONG_AGO, left=BID), False),
        (Seat(LONG_AGO, LONG_AGO, left=date(2026, 12, 11)), True),
        # founded within the 180 days: inside from its founding on
        (Seat(date(2026, 5, 31), date(2026, 5, 31)), True),
        (Seat(date(2026, 11, 27), date(2026, 11, 27)), True),
        (Seat(date(2026, 6, 2), date(2026, 6, 1)), False),
        (Seat(date(2026, 12, 11), date(2026, 12, 11)), False),
    ],
)
def test_how_long_a_head_office_lay_in_the_region(seat: Seat, allowed: bool) -> None:
    found = check_seat(seat, regime="local", posted=POSTED, until=BID)
    assert found.allowed == allowed
    assert found.reasons[0].law == "지방계약법 시행규칙 제25조제4항"
    # the winner is asked again on the day of the contract
    moved = Seat(LONG_AGO, LONG_AGO, left=date(2026, 12, 20))
    for until, stays in ((date(2026, 12, 19), True), (date(2026, 12, 20), False)):
        assert check_seat(moved, regime="local", posted=POSTED, until=until).allowed == stays


@pytest.mark.parametrize(("regime", "posted"), [("national", POSTED), ("local", date(2026, 4, 23))])
def test_no_days_of_a_head_office_are_invented(regime: str, posted: date) -> None:
    with pytest.raises(RuleMissing):
        check_seat(Seat(LONG_AGO, LONG_AGO), regime=regime, posted=posted, until=BID)


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        region.check_restriction(["99"], regime="local", kind="other", estimated_price=1, on=ON)
    assert refused.value.code == "tender.regions.unknown"
    with pytest.raises(Refusal) as refused:
        licence.check(["0001"], ["9999"], on=ON)
    assert refused.value.params == {"codes": "9999"}


def test_one_of_the_required_licences_suffices() -> None:
    assert licence.check(["0037"], ["0036", "0037"], on=ON).allowed
    refused = licence.check(["0037"], ["4994"], on=ON)
    assert not refused.allowed
    assert refused.reasons[0].params["needed"] == "철근·콘크리트공사업"
    assert licence.check([], [], on=ON).allowed
    assert "전기공사업법 제4조" in licence.check(["0037"], ["0037"], on=ON).reasons[0].law


def test_kinds_of_works() -> None:
    assert licence.works_kind(["0001", "4994"], on=ON) == "general"
    assert licence.works_kind(["0037"], on=ON) == "other"
    kinds = {found.kind for found in licence.licences(ON)}
    assert kinds == {"general", "specialty", "electrical", "telecom", "fire"}
