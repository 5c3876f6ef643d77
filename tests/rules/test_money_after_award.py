"""Interest, damages, securities and direct payment: exact won, caps, what never happens."""

import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.rules.dated import RuleMissing
from jangteo.rules.deadline.steps import due
from jangteo.rules.payment.damages import delay_damages
from jangteo.rules.payment.direct import Direct, direct_payment
from jangteo.rules.payment.interest import accrued, late_interest
from jangteo.rules.price.defaults import floor_rate
from jangteo.rules.price.floor import floor_price
from jangteo.rules.security.performance import performance, works_bond

CASES = Path(__file__).parent / "cases"
ON = date(2026, 11, 24)
WON = st.integers(0, 10**13)
REGIMES = st.sampled_from(["national", "local"])
CATEGORIES = st.sampled_from(["works", "goods", "services"])


def _case(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


CLOCK = _case("ex_10_clocks_and_money")
DAMAGES = _case("ex_9_delay_damages")


def test_a_claim_of_friday_and_its_interest() -> None:
    last = due("payment", CLOCK["claimed"], regime="national", on=CLOCK["on"]).day
    assert last == CLOCK["due"]
    assert (CLOCK["paid"] - last).days == CLOCK["late_days"]
    rate = Fraction(CLOCK["rate"])
    assert accrued(CLOCK["amount"], rate, CLOCK["late_days"]) == CLOCK["interest"]
    late = late_interest(
        amount=CLOCK["amount"], due=last, paid=CLOCK["paid"], regime="national", on=last
    )
    assert (late.days, late.rule) == (7, "payment/late_interest:national-2020")
    assert "제59조" in late.reason.law


@pytest.mark.parametrize(
    ("regime", "days", "won"),
    [
        ("national", -3, 0),
        ("national", 0, 0),
        ("national", 1, 12_328),
        ("local", 1, 21_917),
        ("national", 365, 4_500_000),
    ],
)
def test_interest_by_the_day(regime: str, days: int, won: int) -> None:
    paid = ON + timedelta(days=days)
    found = late_interest(amount=100_000_000, due=ON, paid=paid, regime=regime, on=ON)
    assert (found.amount, found.days) == (won, max(0, days))


@given(WON, st.integers(-400, 4000), REGIMES)
def test_interest_is_whole_never_negative_and_never_too_much(
    amount: int, days: int, regime: str
) -> None:
    paid = ON + timedelta(days=days)
    found = late_interest(amount=amount, due=ON, paid=paid, regime=regime, on=ON)
    assert type(found.amount) is int
    assert found.amount >= 0
    exact = Fraction(amount) * Fraction(found.reason.params["rate"]) / 100 * found.days / 365
    assert 0 <= exact - found.amount < 1


@given(WON, st.integers(0, 400), st.integers(0, 400), REGIMES)
def test_interest_grows_with_the_days(amount: int, days: int, more: int, regime: str) -> None:
    first, second = (
        late_interest(amount=amount, due=ON, paid=ON + timedelta(days=n), regime=regime, on=ON)
        for n in (days, days + more)
    )
    assert first.amount <= second.amount


@pytest.mark.parametrize("case", DAMAGES["case"])
def test_damages(case: dict[str, Any]) -> None:
    found = delay_damages(
        value=case["value"], accepted=case["accepted"], ends=DAMAGES["ends"],
        done=DAMAGES["ends"] + timedelta(days=case["days"]), regime=case["regime"],
        category=case["category"], on=DAMAGES["on"],
    )  # fmt: skip
    assert (found.amount, found.days) == (case["amount"], case["days"])
    assert found.capped == case["capped"]
    assert "시행규칙 제75조" in found.reason.law
    assert found.reason.row == found.rule


@given(WON, WON, st.integers(-500, 5000), REGIMES, CATEGORIES)
def test_damages_are_whole_never_negative_and_capped(
    value: int, accepted: int, days: int, regime: str, category: str
) -> None:
    done = ON + timedelta(days=days)
    found = delay_damages(
        value=value, accepted=accepted, ends=ON, done=done, regime=regime, category=category, on=ON
    )
    assert type(found.amount) is int
    assert 0 <= found.amount <= Fraction(max(0, value - accepted)) * 30 / 100
    assert days > 0 or found.amount == 0
    assert found.days == max(0, days)


@pytest.mark.parametrize(
    ("regime", "law"),
    [
        ("national", "국가계약법 시행령 제50조제1항, 제6항제3호"),
        ("local", "지방계약법 시행령 제51조제1항제1호, 제5항, 제53조제1항제2호"),
    ],
)
@pytest.mark.parametrize(
    ("value", "amount", "waivable"),
    [
        (50_000_000, 5_000_000, True),
        (50_000_001, 5_000_001, False),
        (CLOCK["value"], CLOCK["performance"], False),
        (1, 1, True),
    ],
)
def test_performance_security(
    regime: str, law: str, value: int, amount: int, waivable: bool
) -> None:
    found = performance(value=value, regime=regime, on=ON)
    assert (found.amount, found.waivable, found.reason.law) == (amount, waivable, law)


@pytest.mark.parametrize("regime", ["national", "local"])
@pytest.mark.parametrize(
    ("rate", "amount"),
    [("70", CLOCK["works_bond"]), ("69.999", 617_283_945), ("89.745", CLOCK["works_bond"])],
)
def test_works_bond(regime: str, rate: str, amount: int) -> None:
    found = works_bond(
        value=CLOCK["value"], award_rate_percent=Fraction(rate), regime=regime, on=ON
    )
    assert (found.amount, found.waivable) == (amount, False)


@given(WON, REGIMES)
def test_a_security_is_at_least_its_share(value: int, regime: str) -> None:
    found = performance(value=value, regime=regime, on=ON)
    assert 0 <= found.amount - Fraction(value, 10) < 1


def _direct(**changed: Any) -> Direct:
    calm: dict[str, Any] = {
        "late_times": 0, "award_rate_percent": Fraction("89.745"), "agreement": False,
        "requested": False, "guarantee": True, "insolvent": False, "on": ON,
    }  # fmt: skip
    return direct_payment(**{**calm, **changed})


@pytest.mark.parametrize(
    ("changed", "allowed", "duty", "articles"),
    [
        ({}, False, False, ["제35조"]),
        ({"requested": True}, False, False, ["제35조"]),
        ({"late_times": 1}, True, False, ["제35조제1항제1호가목"]),
        ({"late_times": 1, "requested": True}, True, False, ["제35조제1항제1호가목"]),
        ({"late_times": 2}, True, False, ["제35조제1항제1호가목"]),
        (
            {"late_times": 2, "requested": True},
            True,
            True,
            ["제35조제2항제3호", "제35조제1항제1호가목"],
        ),
        ({"award_rate_percent": Fraction(82)}, False, False, ["제35조"]),
        ({"award_rate_percent": Fraction("81.999")}, True, False, ["제35조제1항제1호나목"]),
        (
            {"award_rate_percent": Fraction(70), "requested": True},
            True,
            False,
            ["제35조제1항제1호나목"],
        ),
        (
            {"award_rate_percent": Fraction("69.999"), "requested": True},
            True,
            True,
            ["제35조제2항제6호", "제35조제1항제1호나목"],
        ),
        ({"agreement": True}, True, True, ["제35조제2항제1호, 제2호"]),
        ({"guarantee": False}, True, True, ["제35조제2항제5호"]),
        ({"insolvent": True}, True, False, ["제35조제1항제2호"]),
        (
            {"insolvent": True, "requested": True},
            True,
            True,
            ["제35조제2항제4호", "제35조제1항제2호"],
        ),
    ],
)
def test_direct_payment(
    changed: dict[str, Any], allowed: bool, duty: bool, articles: list[str]
) -> None:
    found = _direct(**changed)
    assert (found.allowed, found.duty) == (allowed, duty)
    assert [reason.law for reason in found.reasons] == [f"건설산업기본법 {one}" for one in articles]
    assert all(reason.row == found.rule == "payment/direct:2020" for reason in found.reasons)


@given(
    st.integers(0, 9), st.integers(0, 100_000), st.booleans(), st.booleans(), st.booleans(),
    st.booleans(),
)  # fmt: skip
def test_a_duty_is_always_allowed_and_asking_never_hurts(
    late: int, rate: int, agreement: bool, guarantee: bool, insolvent: bool, requested: bool
) -> None:
    terms = {
        "late_times": late, "award_rate_percent": Fraction(rate, 1000), "agreement": agreement,
        "guarantee": guarantee, "insolvent": insolvent,
    }  # fmt: skip
    found = _direct(**terms, requested=requested)
    assert found.allowed or not found.duty
    assert found.reasons
    asked = _direct(**terms, requested=True)
    assert (asked.allowed, asked.duty) >= (found.allowed, found.duty)


@pytest.mark.parametrize("floor", _case("ex_7_quotation")["floor"])
def test_floor_of_a_quotation(floor: dict[str, Any]) -> None:
    case = _case("ex_7_quotation")
    rate = floor_rate(
        "national", floor["category"], case["reserve_price"], on=case["on"], procedure="quotation"
    )
    assert rate.rate == floor["rate"]
    assert floor_price(case["reserve_price"], rate.rate).price == floor["price"]
    assert floor["below"] < floor["price"]


def test_before_the_first_rows_nothing_is_guessed() -> None:
    early = date(2019, 12, 31)
    with pytest.raises(RuleMissing):
        performance(value=1, regime="national", on=early)
    with pytest.raises(RuleMissing):
        _direct(on=early)
    with pytest.raises(RuleMissing):
        late_interest(amount=1, due=early, paid=early, regime="local", on=early)
