"""Qualification screening: worked examples, every band's edge, properties of the price score."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Fault
from jangteo.rules.award import METHODS, screening
from jangteo.rules.award.price_score import Scale
from jangteo.rules.dated import RuleMissing, table
from jangteo.rules.eligibility.verdict import Verdict
from jangteo.rules.price.defaults import floor_rate
from jangteo.rules.price.floor import floor_price
from tests.rules.said import said

CASES = Path(__file__).parent / "cases"
NOW = date(2026, 11, 24)
M, BN = 10**6, 10**9
BANDS = [100 * M, 250 * M, 500 * M, 2 * BN, 7 * BN]


def _case(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def _score(amount: int, **changed: Any) -> screening.Score:
    asked: dict[str, Any] = {
        "reserve_price": 1_000_000_000, "a_value": 0, "estimated_price": 500 * M,
        "regime": "national", "category": "works", "on": NOW, **changed,
    }  # fmt: skip
    return screening.provisional(amount=amount, **asked)


@pytest.mark.parametrize(
    ("case", "bid"),
    [
        (case, bid)
        for case in (_case("ex_4_works_1bn"), _case("ex_6_scores"))
        for bid in case["bid"]
    ],
)
def test_worked_examples(case: dict[str, Any], bid: dict[str, Any]) -> None:
    keys = ("reserve_price", "a_value", "estimated_price", "regime", "category", "on")
    found = screening.provisional(amount=bid["amount"], **{key: case[key] for key in keys})
    assert found.price == Fraction(bid["price"])
    assert found.total == Fraction(bid["total"])
    assert (found.pass_mark, found.passes) == (Fraction(case["pass_mark"]), bid["passes"])
    assert found.price + found.others == found.total


@pytest.mark.parametrize(
    ("amount", "price", "ratio"),
    [(97908840, "86.4", "0.8982"), (97847277, "85", "0.8975"), (97847276, "84.8", "0.8974")],
)
def test_the_published_opening_with_a_value(amount: int, price: str, ratio: str) -> None:
    found = _score(
        amount, reserve_price=106286950, a_value=23988821, estimated_price=96 * M,
        on=date(2026, 4, 2),
    )  # fmt: skip
    assert found.price == Fraction(price)
    assert found.reasons[0].params["ratio"] == ratio
    assert found.rules == {"award/screening": "award/screening:national-under-200m-2026-01-30"}
    assert "[별표 5]" in found.reasons[0].law


@pytest.mark.parametrize("regime", ["national", "local"])
@pytest.mark.parametrize("on", [date(2024, 5, 1), NOW])
@pytest.mark.parametrize("price", BANDS)
def test_the_floor_price_is_the_lowest_that_passes(regime: str, on: date, price: int) -> None:
    """Two tables made apart agree: the floor rate and the screening of the same day and band."""
    reserve, a_value = 987_654_321, 12_345_678
    floor = floor_price(reserve, floor_rate(regime, "works", price, on=on).rate, a_value).price
    terms: dict[str, Any] = {
        "reserve_price": reserve, "a_value": a_value, "estimated_price": price, "regime": regime,
        "on": on,
    }  # fmt: skip
    for category in ("works", "special_works"):
        assert _score(floor, category=category, **terms).passes
        assert not _score(floor - 1, category=category, **terms).passes
        assert _score(reserve, category=category, **terms).total == 95


@pytest.mark.parametrize(("on", "rate"), [(date(2025, 6, 30), "79.995"), (NOW, "81.995")])
@pytest.mark.parametrize("price", [10 * BN, 20 * BN, 30 * BN - 1])
def test_local_works_of_the_largest_band(price: int, on: date, rate: str) -> None:
    """The floor rate and the pass mark agree here too, where the pass mark is another."""
    reserve, a_value = 22_987_654_321, 912_345_678
    known = floor_rate("local", "works", price, on=on)
    assert known.rate == rate
    floor = floor_price(reserve, known.rate, a_value).price
    terms: dict[str, Any] = {
        "reserve_price": reserve, "a_value": a_value, "estimated_price": price,
        "regime": "local", "on": on,
    }  # fmt: skip
    for category in ("works", "special_works"):
        found = _score(floor, category=category, **terms)
        assert (found.price, found.others, found.total) == (22, 70, 92)
        assert (found.passes, found.pass_mark) == (True, 92)
        assert not _score(floor - 1, category=category, **terms).passes
        assert _score(reserve, category=category, **terms).total == 92
        row = table("award/screening").row(found.rules["award/screening"])
        assert (row.sure, row.integer("weight")) == ("assumed", 30)
        assert "not at hand" in row.source


@pytest.mark.parametrize(
    ("difficulty", "rate"),
    [
        ("1", "79.995"), ("0.95", "80.695"), ("0.9", "81.395"), ("0.85", "82.095"),
        ("0.8", "82.795"),
    ],
)  # fmt: skip
def test_the_known_floors_by_difficulty_fit_the_mark_of_wages(difficulty: str, rate: str) -> None:
    row = table(screening.TABLE).on(
        date(2025, 6, 30), regime="local", category="works", estimated_price=20 * BN
    )
    reserve, marks = 10**12, screening.marks(row, difficulty=Fraction(difficulty))
    scale, floor = Scale(row, reserve_price=reserve), int(reserve * Fraction(rate) / 100)
    assert marks.score(scale.score(floor)).passes
    assert not marks.score(scale.score(floor - 1)).passes


@pytest.mark.parametrize(
    ("category", "price", "codes", "full"),
    [
        ("works", 0, "finance", 10),
        ("works", 200 * M - 1, "finance", 10),
        ("works", 200 * M, "experience finance", 10),
        ("works", 300 * M - 1, "experience finance", 10),
        ("works", 300 * M, "experience finance", 20),
        ("works", BN - 1, "experience finance", 20),
        ("works", BN, "experience finance", 30),
        ("works", 5 * BN - 1, "experience finance", 30),
        ("works", 5 * BN, "experience finance wages subcontracting", 50),
        ("works", 10 * BN - 1, "experience finance wages subcontracting", 50),
        ("special_works", 80 * M - 1, "finance", 10),
        ("special_works", 80 * M, "experience finance", 10),
        ("special_works", 300 * M, "experience finance", 30),
        ("special_works", BN, "experience finance", 30),
        ("goods", 230 * M - 1, "finance", 30),
        ("goods", 230 * M, "finance", 30),
        ("services", 500 * M - 1, "finance", 30),
    ],
)
def test_items_with_their_full_marks(category: str, price: int, codes: str, full: int) -> None:
    found = screening.items(estimated_price=price, regime="national", category=category, on=NOW)
    assert " ".join(one.code for one in found) == codes
    assert sum(one.full for one in found) == full
    row = table("award/screening").on(
        NOW, regime="national", category=category, estimated_price=price
    )
    assert row.fraction("weight") + full == 100


@pytest.mark.parametrize(
    ("regime", "category", "price", "on"),
    [
        ("national", "works", 10 * BN, NOW),
        ("local", "works", 30 * BN, NOW),
        ("local", "special_works", 30 * BN, NOW),
        ("local", "works", 20 * BN, date(2019, 12, 31)),
        ("national", "services", 500 * M, NOW),
        ("national", "goods", BN, NOW),
        ("national", "works", M, date(2019, 12, 31)),
    ],
)
def test_nothing_is_guessed(regime: str, category: str, price: int, on: date) -> None:
    with pytest.raises(RuleMissing):
        screening.items(estimated_price=price, regime=regime, category=category, on=on)


@pytest.mark.parametrize(
    ("regime", "on", "basis"),
    [
        ("national", date(2026, 1, 29), "88"),
        ("national", date(2026, 1, 30), "90"),
        ("local", date(2025, 6, 30), "88"),
        ("local", date(2025, 7, 1), "90"),
    ],
)
def test_the_raise_by_its_day(regime: str, on: date, basis: str) -> None:
    reserve = 1_000_000_000
    found = _score(reserve * int(basis) // 100, regime=regime, on=on)
    assert (found.price, found.total) == (80, 100)


@pytest.mark.parametrize(
    ("category", "price", "floor"),
    [("goods", 100 * M, "84.245"), ("goods", 500 * M, "80.495"), ("services", 100 * M, "87.995")],
)
def test_goods_and_services_have_the_floor_that_is_known(
    category: str, price: int, floor: str
) -> None:
    lowest = floor_price(1_000_000_000, floor).price
    terms = {"category": category, "estimated_price": price}
    assert _score(lowest, **terms).passes
    assert not _score(lowest - 1, **terms).passes
    row = table("award/screening").row(_score(lowest, **terms).rules["award/screening"])
    assert row.sure == "assumed"


def test_services_of_the_worked_answer() -> None:
    found = _score(
        114_156_413, reserve_price=128_226_825, category="services", estimated_price=116 * M,
        on=date(2022, 5, 1),
    )  # fmt: skip
    assert (found.reasons[0].params["ratio"], found.price) == ("0.8903", Fraction("60.15"))


REVIEW: dict[str, Any] = {
    "amount": 900_000_000, "reserve_price": 1_000_000_000, "a_value": 0,
    "estimated_price": 7 * BN, "regime": "national", "category": "works", "on": NOW,
}  # fmt: skip


def _reviewed(**scores: str) -> Fraction:
    given = {"experience": "15", "finance": "15", "wages": "10", "subcontracting": "10", **scores}
    figures = {code: Fraction(text) for code, text in given.items()}
    return screening.reviewed(**REVIEW, scores=figures).others


@pytest.mark.parametrize(
    ("scores", "others"),
    [
        ({}, "50"),
        ({"experience": "12.341"}, "47.35"),
        ({"experience": "12.34", "finance": "13.001"}, "45.35"),
        ({"experience": "99", "wages": "11"}, "50"),
        ({"reputation": "2"}, "50"),
        ({"experience": "13", "reputation": "1.5"}, "49.5"),
        ({"experience": "13", "reputation": "6"}, "50"),
        ({"reputation": "-3"}, "47"),
        ({"reputation": "-9"}, "46"),
        ({"wages": "8", "reputation": "2"}, "48"),
    ],
    ids=[
        "full", "rounded up at the third decimal", "each by itself", "at most the full mark",
        "reputation cannot exceed capability", "it can mend it", "up to its own mark",
        "it can cost", "not more than the table says", "it mends capability only",
    ],
)  # fmt: skip
def test_figures_of_a_review(scores: dict[str, str], others: str) -> None:
    assert _reviewed(**scores) == Fraction(others)


def test_what_a_review_says() -> None:
    figures = {"experience": 13, "finance": 15, "wages": 10, "subcontracting": 10, "reputation": 1}
    found = screening.reviewed(
        **REVIEW, scores={code: Fraction(mark) for code, mark in figures.items()}
    )
    assert said(found)[-2:] == [
        "With 1 for reputation, capability is 29 points; 30 at most count.",
        "50 + 49 is 99 points; 95 are needed.",
    ]


def test_technical_ability_is_part_of_capability() -> None:
    terms = {**REVIEW, "category": "sme_goods", "estimated_price": BN}
    known = {"experience": Fraction(5), "technology": Fraction(9), "finance": Fraction(30)}
    assert screening.reviewed(**terms, scores=known).others == 44
    best = {**known, "reputation": Fraction(3)}
    assert screening.reviewed(**terms, scores=best).others == 45


@pytest.mark.parametrize(
    ("regime", "limit", "law"),
    [
        ("national", 10 * BN, "국가계약법 시행령 제42조제4항제1호"),
        ("local", 30 * BN, "지방계약법 시행령 제42조제1항제1호, 제42조의3"),
    ],
)
def test_larger_works_are_not_screened(regime: str, limit: int, law: str) -> None:
    asked: dict[str, Any] = {"category": "works", "licence": (), "regime": regime, "on": NOW}
    within = screening.METHOD.allowed
    assert within is screening.allowed
    assert screening.allowed(estimated_price=limit - 1, **asked) == Verdict(True, ())
    for licence in ((), ("0037",)):
        beyond = screening.allowed(estimated_price=limit, **(asked | {"licence": licence}))
        assert not beyond.allowed
        (why,) = beyond.reasons
        assert (why.code, why.law) == ("award.screening.limit", law)
        assert why.row == f"award/screening_limit:{regime}-works-2020"
        assert said(why) == [
            f"Works from {limit:,} won on are awarded by {screening.WHOLE[regime]}; "
            f"this is {limit:,} won."
        ]
    before = asked | {"on": date(2019, 12, 31)}
    assert screening.allowed(estimated_price=limit, **before).allowed
    goods = asked | {"category": "goods"}
    assert screening.allowed(estimated_price=limit, **goods).allowed


def test_the_methods_law_and_what_others_may_ask() -> None:
    assert screening.METHOD.laws == {
        "national": "국가계약법 시행령 제42조", "local": "지방계약법 시행령 제42조",
    }  # fmt: skip
    assert all(hasattr(screening, name) for name in screening.__all__)


@pytest.mark.parametrize("scores", [{}, {"finance": 1}, {"experience": 1, "luck": 1}])
def test_a_review_has_a_figure_for_each_item(scores: dict[str, int]) -> None:
    figures = {code: Fraction(value) for code, value in scores.items()}
    with pytest.raises(Fault):
        screening.reviewed(**{**REVIEW, "estimated_price": 250 * M}, scores=figures)


def test_full_marks_reviewed_are_the_provisional_score() -> None:
    given = {one.code: one.full for one in screening.items(
        estimated_price=7 * BN, regime="national", category="works", on=NOW
    )}  # fmt: skip
    assert screening.reviewed(**REVIEW, scores=given) == screening.provisional(**REVIEW)


def test_which_works_are_special() -> None:
    assert screening.category_of("works", ["0037"], on=NOW) == "special_works"
    assert screening.category_of("works", ["0037", "0002"], on=NOW) == "works"
    assert screening.category_of("works", ["4990"], on=NOW) == "works"
    assert screening.category_of("works", [], on=NOW) == "works"
    assert screening.category_of("goods", ["0037"], on=NOW) == "goods"


def test_a_scale_without_an_a_value_is_one_of_nothing() -> None:
    row = table(screening.TABLE).on(
        NOW, regime="national", category="works", estimated_price=150_000_000
    )
    assert Scale(row, reserve_price=1000).score(897) == (
        Scale(row, reserve_price=1000, a_value=0).score(897)
    )


def test_a_price_says_whether_it_was_computed_or_flat() -> None:
    row = table(screening.TABLE).on(
        NOW, regime="national", category="works", estimated_price=150_000_000
    )
    codes = {
        amount: [why.code for why in Scale(row, reserve_price=1000).score(amount).reasons]
        for amount in (897, 990)
    }
    assert codes == {
        897: ["award.screening.ratio", "award.screening.price"],
        990: ["award.screening.ratio", "award.screening.flat"],
    }


def test_every_method_says_what_it_needs() -> None:
    assert {name: one.needs for name, one in METHODS.items() if one.offered} == {
        "qualification": {"papers", "scores"}, "quotation": frozenset(),
    }  # fmt: skip


TERMS = st.tuples(
    st.sampled_from(BANDS), st.sampled_from(["national", "local"]),
    st.sampled_from([date(2023, 3, 1), NOW]),
)  # fmt: skip
RESERVES = st.integers(10**7, 10**11)


@given(TERMS, RESERVES, st.data())
def test_the_score_rises_with_the_price_below_the_basis(
    terms: tuple[int, str, date], reserve: int, data: st.DataObject
) -> None:
    price, regime, on = terms
    a_value = data.draw(st.integers(0, reserve // 3))
    row = table("award/screening").on(on, regime=regime, category="works", estimated_price=price)
    top = int((reserve - a_value) * row.fraction("basis") / 100) + a_value
    low, high = sorted(data.draw(st.lists(st.integers(1, top), min_size=2, max_size=2)))
    asked = {
        "reserve_price": reserve, "a_value": a_value, "estimated_price": price, "regime": regime,
        "on": on,
    }  # fmt: skip
    assert _score(low, **asked).price <= _score(high, **asked).price


@given(TERMS, RESERVES, st.integers(1, 100_000))
def test_a_score_lies_between_the_least_and_the_weight(
    terms: tuple[int, str, date], reserve: int, share: int
) -> None:
    price, regime, on = terms
    asked = {"estimated_price": price, "regime": regime, "on": on}
    found = _score(max(1, reserve * share // 100_000), reserve_price=reserve, **asked)
    row = table("award/screening").on(on, regime=regime, category="works", estimated_price=price)
    assert 2 <= found.price <= row.fraction("weight")
    assert (found.price * 100).denominator == 1
    assert found.passes == (found.total >= 95)
    assert found.total <= 100
