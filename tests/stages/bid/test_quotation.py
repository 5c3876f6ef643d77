"""Quotations on the bidding page, the notice's page and for machines: same door, own words."""

import re

import pytest
from django.test import Client

from jangteo.records.journal.queries import now
from jangteo.stages.bid import queries
from tests.market import Market, bidder, market
from tests.stages.bid.receiving import put
from tests.stages.bid.test_doors import machine, page

pytestmark = pytest.mark.django_db

GOODS = {
    "procedure": "quotation", "award_method": "quotation", "category": "goods", "floor_rate": "88",
    "estimated_price": 50_000_000, "base_amount": 55_000_000, "range_low": "-3", "range_high": "3",
    "site": "시청", "title": "의자 40개",
}  # fmt: skip


def quoted(**changed: object) -> Market:
    return market(**GOODS | changed)


def codes(where: Market, **supplier: object) -> dict[str, bool]:
    who = bidder(**supplier)  # type: ignore[arg-type]
    answer = queries.may_bid(who.actor(), where.tender.number, now())
    return {check.reason.code: check.passed for check in answer.checks}


def test_goods_ask_for_no_licence_and_say_who_is_contracted_with() -> None:
    found = codes(quoted())
    assert all(found.values())
    assert found["eligibility.licence"]
    assert found["award.quotation.small_enterprise"]


def test_up_to_twenty_million_whoever_quotes() -> None:
    assert "award.quotation.small_enterprise" not in codes(quoted(estimated_price=20_000_000))


def test_the_region_of_the_delivery_holds() -> None:
    assert codes(quoted(regions=["11"]))["eligibility.region"]
    assert not codes(quoted(regions=["26"]))["eligibility.region"]


def test_works_by_quotation_ask_for_their_trade() -> None:
    works = {"category": "works", "licences": ["0002"], "floor_rate": "89.745"}
    assert not codes(quoted(**works))["eligibility.licence"]
    assert codes(quoted(**works), licences=("0002",))["eligibility.licence"]


def test_the_pages_speak_of_quotations(client: Client) -> None:
    where, who = quoted(), bidder()
    number = where.tender.number
    text = page(client, f"/tenders/{number}/bid", who)
    for words in (
        "Seal and send your quotation", "Quoted price", "1. Your quotation", "Check my quotation",
        "You may quote. See why", "Quotations close",
    ):  # fmt: skip
        assert words in text
    assert not re.search(r"Bid price|Seal and send your bid", text)
    notice = page(client, f"/tenders/{number}", who)
    for words in ("Small-value quotation", "Goods", "What is bought", "Place of delivery"):
        assert words in notice
    assert "What is to be built" not in notice
    digest = bytes(put(where, who).hash).hex()
    assert "Receipt of a sealed quotation" in page(client, f"/receipts/{digest}", who)


def test_a_competition_keeps_its_words(client: Client) -> None:
    where, who = market(), bidder()
    text = page(client, f"/tenders/{where.tender.number}/bid", who)
    assert "Bid price" in text
    assert "uotation" not in text


def test_a_machine_reads_the_same(client: Client) -> None:
    where, who = quoted(service_kind="simple_labour", category="services"), bidder()
    told = client.get(f"/api/v1/tenders/{where.tender.number}").json()
    assert (told["procurement_method"], told["award_criteria"]) == ("quotation", "quotation")
    assert told["main_procurement_category"] == "services"
    assert told["service_kind"] == "simple_labour"
    answer = client.get(f"/api/v1/tenders/{where.tender.number}/may-bid", **machine(who)).json()
    assert answer["allowed"]
