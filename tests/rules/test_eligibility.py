"""Regions and licences."""

from datetime import date

import pytest

from jangteo.ground.errors import Refusal
from jangteo.rules.eligibility import licence, region

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
