"""Each award method against figures worked out by hand: order, remarks, scores, ties, refusals."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from jangteo.ground.errors import Fault
from jangteo.rules.award import (
    committee,
    lowest_price,
    negotiation,
    screening,
    two_stage,
)
from jangteo.rules.award.order import Placed, first, points
from jangteo.rules.award.ranking import Bid
from jangteo.rules.dated import Row, table
from jangteo.rules.price.net_cost import net_cost_line
from tests.rules.said import said

ON = date(2026, 11, 26)
BN = 10**9
REGIMES = ("national", "local")


def _short(placed: list[Placed] | tuple[Placed, ...]) -> list[tuple[str, int, str]]:
    return [(one.key, one.rank, one.remark) for one in placed]


def test_the_lowest_price_wins_whatever_it_is_but_not_below_the_net_cost_line() -> None:
    bids = [Bid("a", 900), Bid("b", 700), Bid("c", 1001), Bid("d", 700), Bid("e", 1000)]
    found = lowest_price.rank(bids, 1000, regime="national")
    assert _short(found) == [
        ("a", 3, "normal"), ("b", 1, "normal"), ("c", 0, "above_reserve"), ("d", 1, "normal"),
        ("e", 4, "normal"),
    ]  # fmt: skip
    assert first(found) == ("b", "d")
    net = net_cost_line(
        base_net_cost=800, base_amount=1000, reserve_price=1000, regime="local",
        category="works", on=ON,
    )  # fmt: skip
    assert net is not None
    assert (net.net, net.line) == (800, 784)
    found = lowest_price.rank(bids, 1000, regime="local", net=net)
    assert first(found) == ("a",)
    assert found[1].remark == "below_net_cost"
    assert "제13조제4항" in found[1].reasons[0].law
    assert found[0].reasons[0].law == "지방계약법 제13조제2항"


@pytest.mark.parametrize(
    ("regime", "category", "reserve", "on", "is_line"),
    [
        ("national", "works", 10 * BN - 1, ON, True),
        ("national", "works", 10 * BN, ON, False),
        ("national", "goods", BN, ON, False),
        ("national", "special_works", BN, ON, True),
        ("national", "works", BN, date(2020, 5, 26), False),
        ("national", "works", BN, date(2020, 5, 27), True),
        ("local", "works", BN, date(2023, 7, 11), False),
        ("local", "works", BN, date(2023, 7, 12), True),
    ],
)
def test_which_works_have_a_net_cost_line(
    regime: str, category: str, reserve: int, on: date, is_line: bool
) -> None:
    found = net_cost_line(
        base_net_cost=1, base_amount=BN, reserve_price=reserve, regime=regime, category=category,
        on=on,
    )  # fmt: skip
    assert (found is not None) == is_line


def test_a_net_cost_lies_within_the_base_amount() -> None:
    for base_net_cost in (0, 1001):
        with pytest.raises(Fault):
            net_cost_line(
                base_net_cost=base_net_cost, base_amount=1000, reserve_price=1000,
                regime="national", category="works", on=ON,
            )  # fmt: skip


def _offer(key: str, amount: int | None, technical: str, qualified: bool = True) -> two_stage.Offer:
    return two_stage.Offer(key, qualified, Fraction(technical), amount)


def test_of_equal_prices_the_better_technique_stands_first() -> None:
    offers = [
        _offer("a", 900, "88.5"), _offer("b", 900, "91"), _offer("c", 800, "70"),
        _offer("d", None, "40", qualified=False), _offer("e", 1001, "99"), _offer("f", 900, "91"),
    ]  # fmt: skip
    found = two_stage.rank(offers, 1000, regime="national")
    assert _short(found) == [
        ("a", 4, "normal"), ("b", 2, "normal"), ("c", 1, "normal"), ("d", 0, "unqualified"),
        ("e", 0, "above_reserve"), ("f", 2, "normal"),
    ]  # fmt: skip
    assert first(found) == ("c",)
    assert [one.code for one in found[1].reasons] == [
        "award.two_stage.normal", "award.two_stage.technique",
    ]  # fmt: skip
    assert found[1].reasons[1].law == "국가계약법 시행령 제47조제1항제4호"
    assert [one.code for one in found[2].reasons] == ["award.two_stage.normal"]
    assert found[3].reasons[0].law == "국가계약법 시행령 제18조, 제42조제3항"


@pytest.mark.parametrize(
    ("qualified", "out", "later", "at_once"),
    [(2, 0, True, True), (1, 1, False, True), (0, 2, False, False), (1, 0, False, False)],
)
def test_when_prices_are_looked_at(qualified: int, out: int, later: bool, at_once: bool) -> None:
    offers = [_offer(f"q{n}", 1, "1") for n in range(qualified)]
    offers += [_offer(f"o{n}", None, "1", qualified=False) for n in range(out)]
    assert two_stage.stands(offers, 2, at_once=False) == later
    assert two_stage.stands(offers, 2, at_once=True) == at_once


def test_a_price_of_one_who_is_not_qualified_is_not_looked_at() -> None:
    offers = [_offer("a", 900, "88"), _offer("b", 100, "10", qualified=False)]
    found = two_stage.rank(offers, 1000, regime="local")
    assert _short(found) == [("a", 1, "normal"), ("b", 0, "unqualified")]
    assert [one.code for one in found[1].reasons] == ["award.two_stage.unqualified"]


def _terms(**changed: Any) -> negotiation.Terms:
    asked: dict[str, Any] = {
        "regime": "national", "on": ON, "estimated_price": 100_000, "reserve_price": 110_000,
        **changed,
    }  # fmt: skip
    return negotiation.Terms(**asked)


def _proposals(*given: tuple[str, int, str]) -> list[negotiation.Proposal]:
    return [negotiation.Proposal(key, amount, Fraction(text)) for key, amount, text in given]


def test_technique_and_price_are_added_and_85_percent_is_the_cutoff() -> None:
    found = negotiation.rank(
        _proposals(("a", 100_000, "68"), ("b", 90_000, "67.9999"), ("c", 110_001, "80"),
                   ("d", 88_000, "70"), ("e", 87_999, "70")), _terms(),
    )  # fmt: skip
    assert (found.reference, found.ceiling) == (110_000, 110_000)
    assert _short(found.placed) == [
        ("a", 3, "normal"), ("b", 0, "unqualified"), ("c", 0, "above_reserve"),
        ("d", 2, "normal"), ("e", 1, "normal"),
    ]  # fmt: skip
    scores = {one.key: one.scores for one in found.placed}
    assert scores["d"]["price"] == Fraction("19.9998")
    assert scores["e"]["price"] == Fraction("19.9999")
    assert scores["a"] == {
        "technical": 68,
        "price": Fraction("17.5998"),
        "total": Fraction("85.5998"),
    }
    assert scores["b"] == {"technical": Fraction("67.9999")}


def test_the_slope_begins_below_eighty_percent_of_the_reference() -> None:
    found = negotiation.rank(_proposals(("near", 88_000, "70"), ("far", 87_999, "70")), _terms())
    codes = {one.key: [why.code for why in one.reasons] for one in found.placed}
    assert "award.negotiation.price" in codes["near"]
    assert "award.negotiation.price_low" in codes["far"]
    assert "award.negotiation.price_low" not in codes["near"]


def test_points_have_at_most_thirty_places() -> None:
    assert points(Fraction(1, 10**30)) == "0." + "0" * 29 + "1"
    with pytest.raises(ValueError, match="has more than 30 decimals"):
        points(Fraction(1, 10**31))


def test_the_ceiling_without_a_reserve_price() -> None:
    given = _proposals(("a", 110_000, "80"), ("b", 110_001, "80"))
    local = negotiation.rank(given, _terms(regime="local", reserve_price=None))
    assert (local.reference, local.ceiling) == (100_000, 110_000)
    assert [one.remark for one in local.placed] == ["normal", "above_reserve"]
    national = negotiation.rank(given, _terms(reserve_price=None))
    assert (national.ceiling, [one.rank for one in national.placed]) == (None, [1, 2])


def _with(row: Row, **values: str) -> Row:
    return Row(row.id, row.table, row.period, row.where, {**row.values, **values}, row.law,
               row.source, row.sure)  # fmt: skip


def test_whose_price_is_the_lowest_is_a_value_of_the_table() -> None:
    given = _proposals(("a", 100_000, "80"), ("b", 50_000, "10"), ("c", 110_001, "80"))
    usual = negotiation.rank(given, _terms())
    assert usual.placed[0].scores["price"] == 10
    row = _with(_terms().row(negotiation.PRICE), lowest_of="qualified")
    other = negotiation.rank(given, _terms(rows={negotiation.PRICE: row}))
    assert other.placed[0].scores["price"] == 20


def test_a_price_above_the_ceiling_is_nobodys_lowest() -> None:
    row = _with(_terms().row(negotiation.PRICE), lowest_of="qualified")
    given = _proposals(("a", 100_000, "80"), ("b", 110_000, "80"))
    terms = _terms(reserve_price=105_000, rows={negotiation.PRICE: row})
    assert negotiation.rank(given, terms).placed[0].scores["price"] == 20
    none = negotiation.rank(_proposals(("b", 110_000, "80")), terms)
    assert [one.rank for one in none.placed] == [0]


def test_equal_sums_go_by_technique_then_by_the_heaviest_item_then_by_lot() -> None:
    row = _with(_terms().row(negotiation.PRICE), places="0")
    given = [
        negotiation.Proposal("a", 100_000, Fraction(70), Fraction(30)),
        negotiation.Proposal("b", 100_001, Fraction(70), Fraction(31)),
        negotiation.Proposal("c", 100_002, Fraction(70), Fraction(31)),
        negotiation.Proposal("d", 105_300, Fraction(71), Fraction(0)),
    ]
    found = negotiation.rank(given, _terms(rows={negotiation.PRICE: row}))
    assert {one.scores["total"] for one in found.placed} == {90}
    assert [one.rank for one in found.placed] == [4, 2, 2, 1]


@pytest.mark.parametrize(("weights", "price"), [((90, 10), 10), ((70, 30), 30)])
def test_weights_at_the_edge_of_the_table(weights: tuple[int, int], price: int) -> None:
    found = negotiation.rank(_proposals(("a", 100_000, "90")), _terms(weights=weights))
    assert found.placed[0].scores["price"] == price


@pytest.mark.parametrize("weights", [(90, 9), (91, 9), (69, 31), (100, 0)])
def test_weights_outside_the_table_are_refused(weights: tuple[int, int]) -> None:
    with pytest.raises(Fault):
        negotiation.rank(_proposals(("a", 1, "90")), _terms(weights=weights))


def _marks(*sums: str) -> list[dict[str, Fraction]]:
    return [{"plan": Fraction(one) - 10, "team": Fraction(10)} for one in sums]


def _committee() -> Row:
    return table("award/committee").on(ON, regime="national")


def test_one_highest_and_one_lowest_are_left_out_and_the_fifth_decimal_rounds() -> None:
    found = committee.evaluate(_committee(), _marks("90", "80", "70", "70", "90.0001"))
    assert found.kept == (0, 1, 3)
    assert found.technical == 80
    found = committee.evaluate(_committee(), _marks("90", "71", "71.0001", "60"))
    assert found.technical == Fraction("71.0001")
    assert found.items == {"plan": Fraction("61.0001"), "team": 10}
    found = committee.evaluate(_committee(), _marks("80", "80", "80"))
    assert (found.kept, found.technical) == ((2,), 80)


def test_a_committee_has_three_at_least_and_all_mark_the_same() -> None:
    for marks in (_marks("80", "81"), [*_marks("80", "81"), {"plan": Fraction(1)}]):
        with pytest.raises(Fault):
            committee.evaluate(_committee(), marks)


def test_two_bids_of_one_key_are_a_fault_in_every_method() -> None:
    asks: list[Callable[[], object]] = [
        lambda: lowest_price.rank([Bid("a", 1), Bid("a", 2)], 9, regime="local"),
        lambda: two_stage.rank([_offer("a", 1, "1"), _offer("a", 2, "1")], 9, regime="local"),
        lambda: negotiation.rank(_proposals(("a", 1, "80"), ("a", 2, "80")), _terms()),
    ]
    for ask in asks:
        with pytest.raises(Fault):
            ask()


def test_what_negotiation_and_two_stages_say() -> None:
    given = _proposals(
        ("a", 100_000, "68"), ("b", 80_000, "70"), ("c", 1, "60"), ("d", 120_000, "80")
    )
    found = negotiation.rank(given, _terms())
    assert said(list(found.placed)) == [
        "20 × 1 / 100,000 is 0.0002 points for the price.",
        "68 + 0.0002 is 68.0002 points: rank 2 to negotiate.",
        "Below 88,000 won: 20 × 1 / 88,000 + 2 × (88,000 − 80,000) / (88,000 − 66,000), no price "
        "counting below 66,000, is 0.7275 points for the price.",
        "70 + 0.7275 is 70.7275 points: rank 1 to negotiate.",
        "60 technical points; 68 are needed to negotiate.",
        "120,000 won is above the reserve price of 110,000 won: not ranked.",
    ]
    equal = [
        negotiation.Proposal("a", 88_000, Fraction(70), Fraction("9.5")),
        negotiation.Proposal("b", 88_000, Fraction(70)),
    ]
    placed = negotiation.rank(equal, _terms()).placed
    assert [(one.rank, said(one)[-1]) for one in placed] == [
        (1, "Equal sums: then technique (70), the mark of the heaviest item (9.5), the lot."),
        (2, "Equal sums: then technique (70), the mark of the heaviest item (0), the lot."),
    ]
    assert [why.code for why in placed[0].reasons][1:] == [
        "award.negotiation.total", "award.negotiation.tie",
    ]  # fmt: skip
    verdict = committee.evaluate(_committee(), _marks("90", "80", "70"))
    assert said(verdict) == ["Of 3 marks 90, 70 are left out; the mean of the others is 80."]
    offers = [
        _offer("a", 900, "88.5"),
        _offer("b", 900, "91"),
        _offer("d", None, "1", qualified=False),
    ]
    assert said(two_stage.rank(offers, 1000, regime="local")) == [
        "Qualified, and 900 won is not above the reserve price: rank 2.",
        "Of equal amounts the better technique stands first: 88.5 points.",
        "Qualified, and 900 won is not above the reserve price: rank 1.",
        "Of equal amounts the better technique stands first: 91 points.",
        "Not qualified at the first stage: the price is not looked at.",
    ]


def test_the_items_that_may_be_left_out() -> None:
    terms: Any = {"estimated_price": 7 * BN, "regime": "national", "category": "works", "on": ON}
    (extra,) = screening.extras(**terms)
    assert (extra.code, extra.least, extra.full) == ("reputation", -4, 2)
