"""What somebody who rules the platform might try, each made as consistent as it can be."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.verifier.bundles import bundle, found, write

Bundle = dict[str, Any]


def drop_a_bid(b: Bundle) -> None:
    gone = b["envelopes"].pop(1)["hash"]
    b["opened"] = [one for one in b["opened"] if one["hash"] != gone]
    b["ranking"] = [one for one in b["ranking"] if one["hash"] != gone]


def drop_an_exclusion(b: Bundle) -> None:
    b["exclusions"] = []


def add_an_exclusion(b: Bundle) -> None:
    b["exclusions"].append(b["exclusions"][0] | {"hash": b["ranking"][0]["hash"]})
    del b["ranking"][0]


def exchange_ranks(b: Bundle) -> None:
    first, last = b["ranking"][0], b["ranking"][3]
    first["rank"], last["rank"] = last["rank"], first["rank"]


def draw_others(b: Bundle) -> None:
    b["drawn"] = [7, 3, 11, 1]


def exchange_two_rates(b: Bundle) -> None:
    one, other = b["prices"][2], b["prices"][6]
    for name in ("rate", "price"):
        one[name], other[name] = other[name], one[name]


def say_rates_were_given(b: Bundle) -> None:
    b["rates_from"] = "given"
    b["prices"][0]["rate"] = "98.237"


def exchange_seeds(b: Bundle) -> None:
    b["seeds"].reverse()


def another_commitment(b: Bundle) -> None:
    b["seeds"][1]["commitment"] = hashlib.sha256(b"another").hexdigest()


def void_a_good_bid(b: Bundle) -> None:
    b["opened"][1] = {"hash": b["opened"][1]["hash"], "check": "V07"}


def open_a_void_bid(b: Bundle) -> None:
    one = b["opened"][7]
    del one["check"]
    one |= {"amount": 128_000_000, "picks": [5, 6]}


def arrive_late(b: Bundle) -> None:
    b["envelopes"][0]["arrival"] = b["notice"]["deadline"]
    b["envelopes"][0]["receipt"]["leaf"]["arrival"] = b["notice"]["deadline"]


def later_deadline(b: Bundle) -> None:
    b["notice"]["deadline"] = "2026-10-01T01:00:01Z"


def one_signer_twice(b: Bundle) -> None:
    first = b["request"]["signatures"][0]
    b["request"]["signatures"][1] = first | {"role": "opening_officer"}


def one_release(b: Bundle) -> None:
    del b["releases"][1]


def one_release_twice(b: Bundle) -> None:
    b["releases"][1] = b["releases"][0]


def exchange_suppliers(b: Bundle) -> None:
    one, other = b["envelopes"][1], b["envelopes"][2]
    one["supplier"], other["supplier"] = other["supplier"], one["supplier"]


def exchange_receipts(b: Bundle) -> None:
    one, other = b["envelopes"][1], b["envelopes"][2]
    one["receipt"], other["receipt"] = other["receipt"], one["receipt"]


def hold_it(b: Bundle) -> None:
    b["outcome"] |= {"outcome": "hold", "code": "opening.hold.commitment"}


def hide_the_draw(b: Bundle) -> None:
    for name in ("rates_from", "prices", "drawn", "supplied", "ranking"):
        del b[name]
    del b["reserve_price"], b["floor_price"]
    b["outcome"] |= {"outcome": "failed", "code": "opening.failed.too_few"}


def other_terms(b: Bundle) -> None:
    b["notice"]["mean_of"] = "unrounded"
    del b["rules"]["price/mean_of"]


FORGERIES: dict[Callable[[Bundle], None], set[str]] = {
    drop_a_bid: {"V6", "V13"},
    drop_an_exclusion: {"V13", "V16"},
    add_an_exclusion: {"V13"},
    exchange_ranks: {"V16"},
    draw_others: {"V13"},
    exchange_two_rates: {"V11", "V12"},
    say_rates_were_given: {"V12"},
    exchange_seeds: {"V10"},
    another_commitment: {"V10"},
    void_a_good_bid: {"V9"},
    open_a_void_bid: {"V9"},
    arrive_late: {"V4", "V5"},
    later_deadline: {"V3", "V6"},
    one_signer_twice: {"V6"},
    one_release: {"V8", "V9"},
    one_release_twice: {"V8"},
    exchange_suppliers: {"V5", "V9"},
    exchange_receipts: {"V5"},
    hold_it: {"V10", "V17"},
    hide_the_draw: {"V11", "V17"},
    other_terms: {"V14", "V15"},
}


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forgery_is_found_where_it_was_made(forge: Callable[[Bundle], None]) -> None:
    forged = bundle("seeded")
    forge(forged)
    assert FORGERIES[forge] <= set(found(write(forged)))


def test_a_failed_tender_shows_no_price() -> None:
    forged = bundle("failed")
    forged["opened"] = [{"hash": forged["envelopes"][0]["hash"], "amount": 1, "picks": [1, 2]}]
    assert found(write(forged)) == ["V9"]
    forged = bundle("failed")
    forged["releases"] = bundle("unranked")["releases"]
    assert found(write(forged)) == ["V8"]


def say_it_was_open(b: Bundle) -> None:
    b["notice"] |= {"procedure": "open", "award_method": "qualification"}


def lower_its_floor_rate(b: Bundle) -> None:
    b["notice"]["floor_rate"] = "88"


def forget_the_simple_labour(b: Bundle) -> None:
    del b["notice"]["service_kind"]


def say_it_failed(b: Bundle) -> None:
    b["outcome"] |= {"outcome": "failed", "code": "opening.failed.too_few"}


QUOTED: dict[tuple[str, Callable[[Bundle], None]], set[str]] = {
    ("quoted", say_it_was_open): {"V2", "V17"},
    ("quoted", lower_its_floor_rate): {"V2", "V15"},
    ("quoted", forget_the_simple_labour): {"V2"},
    ("alone", say_it_was_open): {"V2", "V8", "V9", "V17"},
    ("alone", say_it_failed): {"V17"},
}


@pytest.mark.parametrize(
    ("name", "forge"), QUOTED, ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_a_forged_quotation_is_found(name: str, forge: Callable[[Bundle], None]) -> None:
    forged = bundle(name)
    forge(forged)
    assert QUOTED[name, forge] <= set(found(write(forged)))


def test_one_quotation_above_twenty_million_is_too_few() -> None:
    forged = bundle("alone")
    forged["notice"]["estimated_price"] = 20_000_001
    assert {"V2", "V8", "V9", "V17"} <= set(found(write(forged)))


def test_an_a_value_of_goods_is_found() -> None:
    forged = bundle("alone")
    forged["notice"]["a_value"] = 1
    assert "V2" in found(write(forged))
