"""Amounts and rates: in one form, within what an opening can compute, before keys are asked."""

from typing import Any

import pytest

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.vault import queries as vault
from jangteo.stages.tender import actions, queries
from tests.stages.tender.agency import POSTED, Agency, kst, refused

pytestmark = pytest.mark.django_db


def codes(agency: Agency, **changed: Any) -> list[str]:
    return refused(queries.draft(agency.contract, agency.draft(**changed)), at=POSTED)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("-2.000", "-2"), ("-2", "-2"), ("-02.50", "-2.5"), ("-0.0", "0"), ("+3.010", "3.01"),
        ("89.7450", "89.745"), ("100", "100"), ("", ""),
    ],
)  # fmt: skip
def test_a_rate_is_kept_in_its_one_form(agency: Agency, sent: str, kept: str) -> None:
    number = agency.draft(range_low=sent)
    assert queries.draft(agency.contract, number).range_low == kept


@pytest.mark.parametrize("sent", ["89.7451", "1000", "3.", ".5", "--1", "1e2", "١", "-"])
def test_what_is_no_rate_is_refused(agency: Agency, sent: str) -> None:
    number = agency.draft()
    with pytest.raises(Refusals) as refusals:
        actions.save_draft(
            by=agency.contract, at=POSTED, number=number, changes={"floor_rate": sent}
        )
    assert [one.code for one in refusals.value.refusals] == ["tender.field.malformed"]
    assert queries.draft(agency.contract, number).floor_rate == ""


@pytest.mark.parametrize(
    ("changed", "gone"),
    [
        ({"range_low": "-2.000", "range_high": "+2"}, set()),
        ({"floor_rate": "89.7450"}, set()),
        ({"range_low": "-2.5", "range_high": "3"}, {"price/range"}),
        ({"price_rounding": "down"}, {"price/rounding"}),
        ({"mean_of": "unrounded"}, {"price/mean_of"}),
        ({"mean_rounding": "down"}, {"price/mean_rounding"}),
        ({"price_unit": 1}, {"price/unit"}),
        ({"floor_rate": "90", "floor_rate_reason": "협약"}, {"price/floor_rate"}),
    ],
)
def test_a_row_that_the_notice_departs_from_is_not_cited(
    agency: Agency, changed: dict[str, Any], gone: set[str]
) -> None:
    row = queries.draft(agency.contract, agency.draft(**changed))
    assert refused(row, at=POSTED) == []
    whole = queries.filled(row, on=POSTED.date())
    every = {
        "price/range", "price/unit", "price/rounding", "price/mean_of", "price/mean_rounding",
        "price/floor_rate", "price/strata",
    }  # fmt: skip
    assert set(whole.rows) == every - gone
    cells = "other-equal-2020" if "price/range" in gone else "2-percent-equal-2020"
    assert whole.rows["price/strata"] == f"price/strata:{cells}"


def test_the_a_value_lies_below_the_lowest_price_that_can_come_out(agency: Agency) -> None:
    lowest = 323_400_000  # 330,000,000 won less two percent
    assert codes(agency, a_value=lowest - 1) == []
    assert codes(agency, a_value=lowest) == ["tender.a_value.too_large"]
    assert codes(agency, a_value=329_999_999) == ["tender.a_value.too_large"]
    number = agency.draft(a_value=lowest, base_net_cost=329_000_000)
    with pytest.raises(Refusals) as refusals:
        actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    (one,) = refusals.value.refusals
    assert (one.code, one.field, one.params["lowest"]) == (
        "tender.a_value.too_large", "a_value", lowest,
    )  # fmt: skip
    assert one.repair
    assert vault.custody_state(f"{number}/1/0/000/0").deadline is None
    row = queries.draft(agency.contract, number)
    assert queries.example(row, on=POSTED.date()) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"base_amount": 37_600, "a_value": 0}, ""),  # a cell of 0.266 % is just 100 won
        ({"base_amount": 37_500, "a_value": 0}, "tender.base_amount.too_small"),
        ({"base_amount": 50, "a_value": 49}, "tender.base_amount.too_small"),
        ({"base_amount": 37_500, "a_value": 0, "price_unit": 1}, ""),
        ({"range_low": "-0.001", "range_high": "0.001"}, "tender.range.too_narrow"),
        ({"range_low": "-0.008", "range_high": "0.007"}, ""),
        ({"range_low": "2", "range_high": "3"}, "price.range.malformed"),
        ({"range_low": "-100", "range_high": "3"}, "price.range.malformed"),
        ({"floor_rate": "100"}, "tender.floor_rate.impossible"),
    ],
)
def test_fifteen_different_prices_must_fit(
    agency: Agency, changed: dict[str, Any], code: str
) -> None:
    found = codes(agency, **changed)
    assert found == ([code] if code else [])


@pytest.mark.parametrize("year", [1, 1999, 2101, 9999])
def test_a_moment_of_another_age_is_refused(agency: Agency, year: int) -> None:
    number = agency.draft()
    for field in ("bidding_from", "deadline", "opening_at"):
        with pytest.raises(Refusals) as refusals:
            actions.save_draft(
                by=agency.contract, at=POSTED, number=number,
                changes={field: kst(9, 10).replace(year=year)},
            )  # fmt: skip
        (one,) = refusals.value.refusals
        assert (one.code, one.field, one.status) == ("tender.field.malformed", field, 400)
    assert queries.draft(agency.contract, number).deadline == kst(9, 10)


@pytest.mark.parametrize(
    ("title", "media_type", "code"),
    [
        ("가" * 201, "text/plain", "document.title.malformed"),
        (" ", "text/plain", "document.title.malformed"),
        ("a\nb", "text/plain", "document.title.malformed"),
        ("a\x00", "text/plain", "document.title.malformed"),
        ("a", "text/" + "a" * 96, "document.media_type.malformed"),
        ("a", "text/plain\nx: y", "document.media_type.malformed"),
        ("a", "text/plain\n", "document.media_type.malformed"),
        ("a", "text", "document.media_type.malformed"),
        ("a", "", "document.media_type.malformed"),
    ],
)
def test_a_paper_that_could_not_be_given_out_is_not_taken(
    agency: Agency, title: str, media_type: str, code: str
) -> None:
    number = agency.draft()
    with pytest.raises(Refusal) as refusal:
        actions.attach(
            by=agency.contract, at=POSTED, number=number, title=title, media_type=media_type,
            data=b"x",
        )  # fmt: skip
    assert (refusal.value.code, refusal.value.status) == (code, 400)
    assert queries.draft(agency.contract, number).documents == ()
    kept = actions.attach(
        by=agency.contract, at=POSTED, number=number, title="가" * 200, data=b"x",
        media_type="text/" + "a" * 95,
    )  # fmt: skip
    assert len(kept.media_type) == 100


def test_a_search_is_of_a_readable_length() -> None:
    assert queries.search(" ".join(["가"] * 10)).count == 0
    assert queries.search("가" * 200).count == 0
    for text in (" ".join(["가"] * 11), "가" * 201):
        with pytest.raises(Refusal) as refusal:
            queries.search(text)
        assert (refusal.value.code, refusal.value.status) == ("tender.search.too_long", 400)
